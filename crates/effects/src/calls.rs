//! Calls on abstract values: what is called, on which arguments, and the record of it.

mod appearance;
pub(crate) mod application;
mod arguments;
mod arrays;
mod callbacks;
mod conditions;
pub(crate) mod containers;
mod files;
mod guessed;
mod methods;
pub(crate) mod models;
mod results;
mod scalars;
pub(crate) mod shapes;
mod special;
pub(crate) mod stored;
pub(crate) mod tables;
mod unpacked;

use std::rc::Rc;

use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange};

pub(crate) use appearance::arrays::{compared, dimensions_of, gives_numbers, operated};
pub(crate) use arrays::is_elementwise;
pub(crate) use containers::{element_type, is_container};

use crate::analyze::Analyzer;
use crate::catalog::{Entry, EntryKind};
use crate::facts::{Argument, CallFacts, Callee};
use crate::value::{Callable, Happened, Value};
use crate::{Effect, EffectSet, Type};

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
    /// Its expression says that it is a URL.
    pub is_link: bool,
}

impl Passed {
    /// It, as what it appears to be.
    fn as_apparent(&self) -> Self {
        Self {
            name: self.name.clone(),
            value: self.value.as_apparent(),
            range: self.range,
            is_keyword: self.is_keyword,
            is_unpacked: self.is_unpacked,
            is_link: self.is_link,
        }
    }

    /// It may be any parameter: unpacked, or at a position whose name the catalog does not know.
    fn is_uncertain(&self) -> bool {
        (self.is_unpacked || !self.is_keyword) && self.name.is_none()
    }
}

/// What stands before the parentheses of a call.
struct Called {
    function: Value,
    /// The object and the name, when it is an attribute.
    member: Option<(Value, String)>,
}

/// The object and the name in `getattr(object, "name")`, or in `getattr(object, name)`.
fn named_member(called: &Expr) -> Option<(&ast::ExprName, &Expr)> {
    let call = called.as_call_expr()?;
    let is_lookup = call.func.as_name_expr()?.id.as_str() == "getattr";
    let [object, name] = &*call.arguments.args else {
        return None;
    };
    let is_plain = name.is_string_literal_expr() || name.is_name_expr();
    (is_lookup && is_plain).then_some((object.as_name_expr()?, name))
}

/// Methods that texts have, and bytes; and nothing that can change.
const OF_TEXTS_ALONE: &[&str] = &[
    "capitalize",
    "casefold",
    "encode",
    "endswith",
    "isalnum",
    "isalpha",
    "isdigit",
    "islower",
    "isnumeric",
    "isspace",
    "isupper",
    "ljust",
    "lower",
    "lstrip",
    "partition",
    "removeprefix",
    "removesuffix",
    "rjust",
    "rsplit",
    "rstrip",
    "splitlines",
    "startswith",
    "strip",
    "title",
    "upper",
    "zfill",
];

/// Classes of the language whose methods change their objects.
const CONTAINERS: [&str; 4] = ["dict", "list", "set", "collections.deque"];

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
                let receiver = self.evaluate_container(&attribute.value);
                let receiver = self.as_text(receiver, attribute, &call.arguments);
                let function = self.member_to_call(&receiver, attribute);
                Called {
                    function,
                    member: Some((receiver, attribute.attr.to_string())),
                }
            }
            other => {
                let function = self.evaluate(other);
                let is_open = function.path.is_none() && function.called().is_none();
                let member = named_member(other).filter(|_| is_open);
                let member = member.and_then(|(object, name)| {
                    let name = self.evaluate(name).literal?;
                    Some((self.load(&object.id), name.to_string()))
                });
                Called { function, member }
            }
        };
        let mut arguments = self.arguments(&call.arguments);
        self.note_evaluated(call, called.function.path.as_deref(), &arguments);
        let given = std::mem::take(&mut self.record.effects);
        let items = self.looked_into(&called);
        let (mut value, callee) = self.call_spread(&called, &mut arguments, &site);
        if let (Expr::Attribute(method), Some(items)) = (&*call.func, items) {
            let known = Self::known_item(&items, &method.attr, &arguments);
            value = known.unwrap_or(value);
            if let Some(key) = arguments.first().filter(|_| method.attr.as_str() == "pop") {
                self.rewrite(&method.value, Some(items), &key.value, None);
            }
        }
        let own = self.record.effects.all;
        self.record.effects.extend(given);
        let hint = self.hint_of(call, &called, &arguments, &value);
        value.hint = hint.or(value.hint);
        if value.is_open_array()
            && let Some(told) = self.told_array(&called, &arguments)
        {
            value.tell_array(&told);
        }
        if value.is_open_column() && self.gives_numbers(&called, &arguments) {
            value.tell_numbers();
        }
        self.note_call(&site, (callee, own), &arguments, &value);
        self.end_call(outer);
        value
    }

    /// A variable of which nothing is known but that a method of texts is called on it: a text, for summaries.
    fn as_text(
        &mut self,
        receiver: Value,
        attribute: &ast::ExprAttribute,
        arguments: &ast::Arguments,
    ) -> Value {
        let Expr::Name(name) = &*attribute.value else {
            return receiver;
        };
        let method = attribute.attr.as_str();
        let is_open = self.is_presuming
            && receiver.ty.is_none()
            && receiver.path.is_none()
            && receiver.callable.is_none()
            && !receiver.is_never
            && !receiver.is_foreign;
        // Arrays and folds split by other things than texts.
        let splits = method == "split"
            && arguments
                .args
                .first()
                .is_none_or(Expr::is_string_literal_expr);
        if !is_open || !(splits || OF_TEXTS_ALONE.contains(&method)) {
            return receiver;
        }
        let is_own = |it: &Rc<crate::analyze::Class>| it.methods.contains_key(method);
        if self.classes.values().any(is_own) || !self.is_local(&name.id) {
            return receiver;
        }
        let text = Value {
            may_be_none: receiver.may_be_none,
            ..Value::of_type("str")
        };
        self.bind(&name.id, text.clone());
        text
    }

    /// Like reading the attribute, but a method of a library is left to the call.
    fn member_to_call(&mut self, receiver: &Value, attribute: &'a ast::ExprAttribute) -> Value {
        let is_library_object = receiver.path.is_none()
            && receiver.ty.as_ref().is_some_and(|ty| {
                !self.classes.contains_key(ty.name.as_str()) && !self.is_own_union(ty)
            })
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

    fn call_value(
        &mut self,
        called: &Called,
        arguments: &mut [Passed],
        site: &Site,
    ) -> (Value, Callee) {
        let function = &called.function;
        if let Some(callable) = &function.callable {
            let (value, callee) = self.call_callable(&callable.clone(), arguments, site);
            // Of an object that holds functions, it may be one of them, or a method of its own.
            let object = called
                .member
                .as_ref()
                .filter(|(receiver, _)| receiver.ty.is_none() && !receiver.functions.is_empty());
            let Some((receiver, method)) = object else {
                return (value, callee);
            };
            let other = self.call_method(receiver, method, arguments, site).0;
            let mut joined = value.join(&other);
            if self.is_described(receiver, method) {
                joined.hint = None; // by all appearances it is the method
            }
            return (joined, Callee::Unknown);
        }
        if let Some(path) = function.path.clone() {
            let waits = matches!(&*path, "abs" | "max" | "min" | "round" | "sum")
                && arguments.iter().any(|it| it.value.is_never);
            let (value, callee) = self.call_path(&path, arguments, site);
            // What it is given comes of a call that is still being followed.
            let is_open = waits && value.ty.is_none();
            return (if is_open { Value::never() } else { value }, callee);
        }
        if function.is_never {
            return (Value::never(), Callee::Unknown);
        }
        if let Some(result) = self.call_object(function, arguments, site) {
            return result;
        }
        if let Some((receiver, method)) = &called.member {
            let is_own = receiver
                .ty
                .as_ref()
                .is_some_and(|ty| self.classes.contains_key(ty.name.as_str()));
            if is_own && let Some(ty) = self.presumed_layer(method) {
                let layer = function.clone().with_type(ty);
                if let Some(result) = self.call_object(&layer, arguments, site) {
                    return result;
                }
            }
            return self.call_method(receiver, method, arguments, site);
        }
        let value = match self.call_own_object(function, arguments) {
            Some(value) => value,
            None => self.unknown_call("a value", Some(function), arguments, site),
        };
        (value, Callee::Unknown)
    }

    /// Whether an object appears to be of a class that has such a method.
    pub(crate) fn is_described(&self, object: &Value, method: &str) -> bool {
        let ty = object.hint.as_ref().filter(|_| object.ty.is_none());
        ty.is_some_and(|ty| self.catalog.member(&ty.name, method).is_some())
    }

    /// A call of an object: what its class does when it is called; `None` when that is not known.
    fn call_object(
        &mut self,
        function: &Value,
        arguments: &mut [Passed],
        site: &Site,
    ) -> Option<(Value, Callee)> {
        if let Some(ty) = function.ty.clone().filter(|it| self.is_own_union(it)) {
            let mut joined = Value::never();
            for member in ty.members().iter().filter(|it| it.name != "None") {
                let one = function.clone().with_type(member.clone());
                joined = joined.join(&self.call_object(&one, arguments, site)?.0);
            }
            return Some((joined, Callee::Unknown));
        }
        let class = function.ty.as_ref().map(|ty| ty.name.clone())?;
        if self.find_class(&class, "__call__").is_some() {
            let value = self.call_own_method(&class, "__call__", function, arguments);
            return Some((value, Callee::User(format!("{class}.__call__"))));
        }
        if let Some(method) = self.forward_of(&class) {
            self.recorded.add(&function.reach());
            let value = self.call_own_method(&class, method, function, arguments);
            return Some((value, Callee::User(format!("{class}.{method}"))));
        }
        // Of what is only a model by name, a call computes.
        if self.is_presuming && class == "torch.nn.Module" {
            self.recorded.add(&function.own);
            let value = self.fresh(Some(Type::new("torch.Tensor")));
            return Some((value, Callee::Library(format!("{class}.__call__"))));
        }
        let catalog = self.catalog;
        if let Some(entry) = catalog.member(&class, "__call__") {
            if self.is_module(&class) && !class.ends_with("Loss") {
                self.recorded.extend(function.own.union(&function.views));
            }
            let name = format!("{class}.__call__");
            let known = Known {
                entry,
                name: &name,
                receiver: Some(function),
            };
            let value = self.apply(known, arguments, site);
            return Some((value, Callee::Library(name)));
        }
        None
    }

    /// The method that runs when an object of the user's class is called whose base is a layer or model of a library.
    pub(crate) fn forward_of(&self, class: &str) -> Option<&'static str> {
        let own = ["forward", "call"]
            .into_iter()
            .find(|it| self.find_class(class, it).is_some())?;
        self.member_entry(class, "__call__").map(|_| own)
    }

    /// What `backward` adds gradients to: the layers that computed something.
    fn add_gradients(&mut self) {
        let layers = Value {
            own: self.recorded.clone(),
            ..Value::default()
        };
        self.mutate(&layers, false);
    }

    /// A function or class of a library.
    pub(crate) fn call_path(
        &mut self,
        path: &str,
        arguments: &mut [Passed],
        site: &Site,
    ) -> (Value, Callee) {
        let catalog = self.catalog;
        let path = catalog.canonical(path).to_owned();
        if self.patched.contains(&path) {
            let value = self.unknown_call(&path, None, arguments, site);
            return (value, Callee::Unknown);
        }
        if let Some(value) = self.special_call(&path, arguments, site) {
            return (value, Callee::Library(path));
        }
        if let Some((receiver, method)) = self.unbound_receiver(&path, arguments) {
            let method = method.to_owned();
            return self.call_method(&receiver, &method, &mut arguments[1..], site);
        }
        // What is said of all of a library says less than what is said of the class.
        let is_general = |entry: &Entry| entry.name.ends_with('*');
        let is_of_class = path.rsplit_once('.').is_some_and(|(class, name)| {
            catalog.is_class(class) && catalog.member(class, name).is_some()
        });
        if let Some(entry) = catalog.lookup(&path)
            && !(is_general(entry) && is_of_class)
        {
            let value = self.apply(Known::free(entry, &path), arguments, site);
            return (value, Callee::Library(path));
        }
        // `DataFrame.from_dict(...)`, `str.lower(x)`: a method called on its class.
        if let Some((class, name)) = path.rsplit_once('.')
            && let Some(entry) = catalog.member(class, name)
        {
            let value = self.apply(Known::free(entry, &path), arguments, site);
            return (value, Callee::Library(path));
        }
        let value = self.unknown_call(&path, None, arguments, site);
        (value, Callee::Unknown)
    }

    /// `list.append(xs, x)`: a method called on its class; its object and its name.
    fn unbound_receiver<'p>(
        &self,
        path: &'p str,
        arguments: &[Passed],
    ) -> Option<(Value, &'p str)> {
        let (class, method) = path.rsplit_once('.')?;
        let entry = self.catalog.own_member(class, method)?;
        let first = arguments.first()?;
        let is_object = !first.is_keyword && !first.is_unpacked;
        if entry.kind != EntryKind::Method || !is_object || !self.catalog.is_class(class) {
            return None;
        }
        let object = first.value.clone();
        match &object.ty {
            Some(ty) => (ty.name == class).then_some((object, method)),
            // The methods of the language's containers are none of their classes.
            None if CONTAINERS.contains(&class) => {
                Some((object.with_type(Type::new(class)), method))
            }
            None => None,
        }
    }

    pub(crate) fn call_callable(
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
                (
                    self.invoke(*index, Some(receiver.value()), arguments, site.range),
                    Callee::User(name),
                )
            }
            Callable::Class(name) => (
                self.construct(name, arguments, site),
                Callee::User(name.clone()),
            ),
            Callable::Library(_, method, receiver) => {
                self.call_method(&receiver.value(), method, arguments, site)
            }
            Callable::Path(path) => self.call_path(path, arguments, site),
            Callable::Partial(inner, bound) => {
                let mut all = self.partials[*bound].clone();
                all.extend(arguments.iter().cloned());
                self.call_callable(inner, &mut all, site)
            }
            Callable::Either(all) => {
                let mut joined: Option<(Value, Callee)> = None;
                let (asleep, awake) = self.made_last(all);
                for one in awake {
                    let (value, callee) = self.call_callable(one, arguments, site);
                    joined = Some(match joined {
                        Some((known, _)) => (known.join(&value), Callee::Unknown),
                        None => (value, callee),
                    });
                }
                for one in asleep {
                    let (value, callee) = self.call_callable(one, arguments, site);
                    joined = Some(match joined {
                        Some((known, _)) => {
                            let joined = known.join(&value);
                            (self.but_for(joined, &known, &value), Callee::Unknown)
                        }
                        None => (value, callee),
                    });
                }
                joined.unwrap_or((Value::default(), Callee::Unknown))
            }
            Callable::Asleep(inner) => self.dormant(|it| it.call_callable(inner, arguments, site)),
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
        self.last_stores.clear();
        let mut result = self.fresh((self.oracle)(site.range));
        result.is_foreign = true;
        for value in receiver
            .into_iter()
            .chain(arguments.iter().map(|argument| &argument.value))
        {
            let outer = std::mem::replace(&mut self.is_cause_unknown, true);
            self.mutate_deeply(value);
            self.use_up(value);
            self.is_cause_unknown = outer;
            self.record.consumed.add(&value.reach());
            if value.callable.is_some() {
                self.call_argument(value, &[], site);
            }
            if !result.is_immutable() {
                result.own.add(&value.reach());
                result.draws |= value.draws;
            }
        }
        result
    }

    /// Puts the record of what happened so far aside.
    fn begin_call(&mut self) -> (Happened, bool, bool) {
        let record = &mut self.record;
        (
            std::mem::take(&mut record.effects),
            std::mem::take(&mut record.draws_figure),
            std::mem::take(&mut record.mutates_other),
        )
    }

    /// Adds what happened before a call to what the call did.
    fn end_call(&mut self, (effects, draws_figure, mutates_other): (Happened, bool, bool)) {
        self.record.effects.extend(effects);
        self.record.draws_figure |= draws_figure;
        self.record.mutates_other |= mutates_other;
    }

    fn note_call(
        &mut self,
        site: &Site,
        (callee, own_effects): (Callee, EffectSet),
        arguments: &[Passed],
        value: &Value,
    ) {
        let facts = CallFacts {
            range: site.range,
            function: site.function,
            callee,
            arguments: arguments
                .iter()
                .map(|passed| Argument {
                    parameter: passed.name.clone().filter(|it| it != "*"),
                    range: passed.range,
                    is_keyword: passed.is_keyword,
                })
                .collect(),
            returns: value.ty.as_ref().map(Type::certain),
            hint: value.apparent(),
            effects: self.record.effects.all,
            own_effects,
            draws_figure: self.record.draws_figure,
            mutates_other: self.record.mutates_other,
        };
        self.calls.insert(
            (site.range.start().to_u32(), site.range.end().to_u32()),
            facts,
        );
    }
}
