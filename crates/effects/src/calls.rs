//! Calls on abstract values: what is called, on which arguments, and the record of it.

mod application;
mod conditions;
mod methods;
mod results;
mod scalars;

use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange};

use crate::analyze::Analyzer;
use crate::catalog::{Entry, EntryKind};
use crate::facts::{Argument, CallFacts, Callee};
use crate::value::{Callable, Value};
use crate::{Effect, EffectSet};

/// An evaluated argument.
#[derive(Clone)]
pub(crate) struct Passed {
    /// The keyword, or the parameter at its position.
    pub name: Option<String>,
    pub value: Value,
    pub range: TextRange,
    pub is_keyword: bool,
    /// `*args` or `**options`: may be any parameter.
    pub is_unpacked: bool,
}

impl Passed {
    /// It may be any parameter: unpacked, or at a position whose name the catalog does not know.
    fn is_uncertain(&self) -> bool {
        self.is_unpacked || (self.name.is_none() && !self.is_keyword)
    }
}

/// What stands before the parentheses of a call.
struct Called {
    function: Value,
    /// The object and the name, when it is an attribute.
    member: Option<(Value, String)>,
}

/// Something that the catalog describes, as a call reaches it.
#[derive(Clone, Copy)]
pub(crate) struct Known<'c> {
    pub entry: &'c Entry,
    /// The qualified name under which it was found.
    pub name: &'c str,
    /// The object whose method it is.
    pub receiver: Option<&'c Value>,
}

impl<'c> Known<'c> {
    /// A function or class: what is called on no object.
    pub fn free(entry: &'c Entry, name: &'c str) -> Self {
        Self {
            entry,
            name,
            receiver: None,
        }
    }
}

/// The place of a call, and what it calls, for the record.
pub(crate) struct Site {
    pub range: TextRange,
    pub function: TextRange,
}

impl<'a> Analyzer<'a> {
    /// Evaluates a call.
    pub(crate) fn call(&mut self, call: &'a ast::ExprCall) -> Value {
        let site = Site {
            range: call.range(),
            function: call.func.range(),
        };
        let outer = self.begin_call();
        let called = match &*call.func {
            Expr::Attribute(attribute) => {
                let receiver = self.evaluate(&attribute.value);
                let function = self.member_to_call(&receiver, attribute);
                Called {
                    function,
                    member: Some((receiver, attribute.attr.to_string())),
                }
            }
            other => Called {
                function: self.evaluate(other),
                member: None,
            },
        };
        let mut arguments = self.arguments(&call.arguments);
        let (value, callee) = self.call_value(&called, &mut arguments, &site);
        self.note_call(&site, callee, &arguments, &value);
        self.end_call(outer);
        value
    }

    /// Like reading the attribute, but a method of a library is left to the call.
    fn member_to_call(&mut self, receiver: &Value, attribute: &'a ast::ExprAttribute) -> Value {
        let is_library_object = receiver.path.is_none()
            && receiver
                .ty
                .as_ref()
                .is_some_and(|ty| !self.classes.contains_key(&ty.name))
            && !matches!(&receiver.callable, Some(Callable::Class(_)));
        if is_library_object {
            let ty = receiver
                .ty
                .as_ref()
                .map(|ty| ty.members()[0].name.clone())
                .unwrap_or_default();
            let entry = self.catalog.member(&ty, &attribute.attr);
            if entry.is_none_or(|entry| entry.kind != EntryKind::Attribute) {
                return Value::default();
            }
        }
        self.member(receiver, &attribute.attr, attribute.range)
    }

    fn arguments(&mut self, arguments: &'a ast::Arguments) -> Vec<Passed> {
        let mut passed = Vec::new();
        for argument in &arguments.args {
            let value = self.evaluate(argument);
            let is_unpacked = argument.is_starred_expr();
            passed.push(Passed {
                name: None,
                value,
                range: argument.range(),
                is_keyword: false,
                is_unpacked,
            });
        }
        for keyword in &arguments.keywords {
            let value = self.evaluate(&keyword.value);
            let name = keyword.arg.as_ref().map(ToString::to_string);
            let is_unpacked = name.is_none();
            passed.push(Passed {
                name,
                value,
                range: keyword.value.range(),
                is_keyword: true,
                is_unpacked,
            });
        }
        passed
    }

    fn call_value(
        &mut self,
        called: &Called,
        arguments: &mut [Passed],
        site: &Site,
    ) -> (Value, Callee) {
        let function = &called.function;
        if let Some(callable) = &function.callable {
            self.change_receiver(&callable.clone(), function);
            return self.call_callable(&callable.clone(), arguments, site);
        }
        if let Some(path) = function.path.as_deref() {
            let path = self.catalog.canonical(path).to_owned();
            if let Some(entry) = self.catalog.lookup(&path).cloned() {
                let value = self.apply(Known::free(&entry, &path), arguments, site);
                return (value, Callee::Library(path));
            }
            // `DataFrame.from_dict(...)`, `str.lower(x)`: a method called on its class.
            if let Some((class, name)) = path.rsplit_once('.')
                && let Some(entry) = self.catalog.member(class, name).cloned()
            {
                let value = self.apply(Known::free(&entry, &path), arguments, site);
                return (value, Callee::Library(path));
            }
            return (
                self.unknown_call(&path, None, arguments, site),
                Callee::Unknown,
            );
        }
        if let Some((receiver, method)) = &called.member {
            return self.call_method(receiver, method, arguments, site);
        }
        let class = function.ty.as_ref().map(|ty| ty.name.clone());
        if let Some(class) = class {
            if self.find_class(&class, "__call__").is_some() {
                let value = self.call_own_method(&class, "__call__", function, arguments);
                return (value, Callee::User(format!("{class}.__call__")));
            }
            if let Some(entry) = self.catalog.member(&class, "__call__").cloned() {
                let name = format!("{class}.__call__");
                let known = Known {
                    entry: &entry,
                    name: &name,
                    receiver: Some(function),
                };
                let value = self.apply(known, arguments, site);
                return (value, Callee::Library(name));
            }
        }
        (
            self.unknown_call("a value", Some(function), arguments, site),
            Callee::Unknown,
        )
    }

    fn call_callable(
        &mut self,
        callable: &Callable,
        arguments: &mut [Passed],
        site: &Site,
    ) -> (Value, Callee) {
        match callable {
            Callable::Closure(index) => {
                let name = self.closures[*index].name.clone();
                (
                    self.invoke(*index, None, arguments, site.range),
                    Callee::User(name),
                )
            }
            Callable::Method(index, receiver) => {
                let name = self.closures[*index].name.clone();
                let object = Value {
                    ty: receiver.ty.clone(),
                    own: receiver.own.clone(),
                    holds: receiver.holds.clone(),
                    ..Value::default()
                };
                (
                    self.invoke(*index, Some(object), arguments, site.range),
                    Callee::User(name),
                )
            }
            Callable::Class(name) => (
                self.construct(name, arguments, site),
                Callee::User(name.clone()),
            ),
            Callable::Library(class, method) => {
                let name = format!("{class}.{method}");
                match self.catalog.member(class, method).cloned() {
                    Some(entry) => (
                        self.apply(Known::free(&entry, &name), arguments, site),
                        Callee::Library(name),
                    ),
                    None => (
                        self.unknown_call(&name, None, arguments, site),
                        Callee::Unknown,
                    ),
                }
            }
        }
    }

    /// A bound method of a library's object changes the object, if the method does.
    fn change_receiver(&mut self, callable: &Callable, value: &Value) {
        if let Callable::Library(class, method) = callable
            && self
                .catalog
                .member(class, method)
                .is_some_and(|entry| !entry.mutates.is_empty())
        {
            self.mutate_deeply(value);
        }
    }

    /// A function that is passed to be called, on arguments that are not known.
    pub(crate) fn call_argument(&mut self, value: &Value, site: &Site) {
        match value.callable.clone() {
            Some(Callable::Closure(index)) => {
                let name = self.closures[index].name.clone();
                self.functions.entry(name).or_default().is_value = true;
                self.invoke_unknown(index, None);
            }
            Some(callable) => {
                self.change_receiver(&callable, value);
                self.call_callable(&callable, &mut [], site);
            }
            None => match value.path.clone() {
                Some(path) => match self.catalog.lookup(&path).cloned() {
                    Some(entry) => {
                        self.apply(Known::free(&entry, &path), &mut [], site);
                    }
                    None => self.add_effect(Effect::Unknown, site.range, &path),
                },
                // Strings and lists of names (`agg("mean")`) call nothing of the user's.
                None if value.is_immutable() || value.is("list") || value.is("dict") => {}
                None => {
                    self.add_effect(Effect::Unknown, site.range, "a function that is not known");
                }
            },
        }
    }

    /// A call that may do anything to its arguments and to the world.
    pub(crate) fn unknown_call(
        &mut self,
        name: &str,
        receiver: Option<&Value>,
        arguments: &[Passed],
        site: &Site,
    ) -> Value {
        self.add_effect(Effect::Unknown, site.range, name);
        let mut result = self.fresh((self.oracle)(site.range));
        for value in receiver
            .into_iter()
            .chain(arguments.iter().map(|argument| &argument.value))
        {
            self.mutate_deeply(value);
            self.record.consumed.extend(value.reach());
            if let Some(Callable::Closure(index)) = value.callable {
                let name = self.closures[index].name.clone();
                self.functions.entry(name).or_default().is_value = true;
                self.invoke_unknown(index, None);
            }
            if !result.is_immutable() {
                result.own.extend(value.reach());
                result.draws |= value.draws;
            }
        }
        result
    }

    /// Puts the record of what happened so far aside.
    fn begin_call(&mut self) -> (EffectSet, bool, bool) {
        let record = &mut self.record;
        (
            std::mem::take(&mut record.effects),
            std::mem::take(&mut record.draws_figure),
            std::mem::take(&mut record.mutates_other),
        )
    }

    /// Adds what happened before a call to what the call did.
    fn end_call(&mut self, (effects, draws_figure, mutates_other): (EffectSet, bool, bool)) {
        self.record.effects.extend(effects);
        self.record.draws_figure |= draws_figure;
        self.record.mutates_other |= mutates_other;
    }

    fn note_call(&mut self, site: &Site, callee: Callee, arguments: &[Passed], value: &Value) {
        let facts = CallFacts {
            range: site.range,
            function: site.function,
            callee,
            arguments: arguments
                .iter()
                .map(|passed| Argument {
                    parameter: passed.name.clone(),
                    range: passed.range,
                    is_keyword: passed.is_keyword,
                })
                .collect(),
            returns: value.ty.clone(),
            effects: self.record.effects,
            draws_figure: self.record.draws_figure,
            mutates_other: self.record.mutates_other,
        };
        self.calls.insert(
            (site.range.start().to_u32(), site.range.end().to_u32()),
            facts,
        );
    }
}
