//! Calls on abstract values: the catalog's entries applied to arguments.

use std::rc::Rc;

use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange};

use crate::analyze::Analyzer;
use crate::catalog::{ArgumentKind, Condition, Entry, EntryKind};
use crate::expressions::resolve_self;
use crate::facts::{Argument, CallFacts, Callee};
use crate::value::{Callable, Value};
use crate::{Effect, Type};

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

    fn call_method(
        &mut self,
        receiver: &Value,
        method: &str,
        arguments: &mut [Passed],
        site: &Site,
    ) -> (Value, Callee) {
        let Some(ty) = receiver.ty.clone() else {
            return (
                self.method_of_unknown(receiver, method, arguments, site),
                Callee::Unknown,
            );
        };
        if let Some(result) = scalar_method(&ty, method) {
            let value = self.fresh(result.into_type());
            return (value, Callee::Library(format!("{ty}.{method}")));
        }
        let members = ty.members().to_vec();
        let entries: Option<Vec<Entry>> = members
            .iter()
            .filter(|member| member.name != "None")
            .map(|member| self.catalog.member(&member.name, method).cloned())
            .collect();
        let Some(entries) = entries.filter(|entries| !entries.is_empty()) else {
            if ty.is_figure() && !OUTPUTS.contains(&method) && !method.starts_with("print_") {
                let value = self.call_figure(receiver, arguments, site);
                return (value, Callee::Library(format!("{ty}.{method}")));
            }
            let name = format!("{ty}.{method}");
            return (
                self.unknown_call(&name, Some(receiver), arguments, site),
                Callee::Unknown,
            );
        };
        let mut joined: Option<Value> = None;
        for (entry, member) in entries.iter().zip(&members) {
            let mut receiver = receiver.clone();
            receiver.ty = Some(member.clone());
            let known = Known {
                entry,
                name: &format!("{}.{method}", member.name),
                receiver: Some(&receiver),
            };
            let value = self.apply(known, arguments, site);
            joined = Some(joined.map_or_else(|| value.clone(), |known| known.join(&value)));
        }
        (
            joined.unwrap_or_default(),
            Callee::Library(format!("{}.{method}", members[0].name)),
        )
    }

    /// A method of an object whose type is not known. In the closed world of a program whose libraries all have a
    /// catalog, and whose own classes do not define the name, a name that every catalogued class gives a pure method is
    /// taken to be one; the statement is marked as resting on that.
    fn method_of_unknown(
        &mut self,
        receiver: &Value,
        method: &str,
        arguments: &[Passed],
        site: &Site,
    ) -> Value {
        let is_own = self
            .classes
            .values()
            .any(|class| class.methods.contains_key(method));
        let is_plain = !is_own && !receiver.draws && receiver.lazy.is_pure();
        if is_plain && self.is_pure_everywhere(method, arguments) {
            self.record.is_assumed = true;
            for argument in arguments {
                self.call_argument(&argument.value, site);
            }
            let mut value = self.derived(receiver, None);
            for argument in arguments {
                value.absorb(&argument.value);
            }
            return value;
        }
        self.unknown_call(
            &format!("method `{method}` of an object of unknown type"),
            Some(receiver),
            arguments,
            site,
        )
    }

    /// Whether every catalogued class that has this method has one that, on these arguments, only computes.
    fn is_pure_everywhere(&self, method: &str, arguments: &[Passed]) -> bool {
        let mut entries = self.catalog.methods_named(method).peekable();
        entries.peek().is_some()
            && entries.all(|entry| {
                let mut arguments = arguments.to_vec();
                bind_positions(entry, &mut arguments);
                let holds =
                    |conditions: &[Condition]| conditions.iter().all(|it| may_hold(it, &arguments));
                !entry.effects.iter().any(|it| holds(&it.conditions))
                    && !entry.mutates.iter().any(|it| holds(&it.conditions))
            })
    }

    /// Figures have hundreds of methods; but for those that save or show, they change the figure alone.
    fn call_figure(&mut self, receiver: &Value, arguments: &[Passed], site: &Site) -> Value {
        for argument in arguments {
            if argument.value.callable.is_some() {
                self.call_argument(&argument.value, site);
            }
        }
        self.mutate(receiver, false);
        self.derived(receiver, Some(Type::figure_part()))
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

    /// Applies a catalog entry to arguments.
    pub(crate) fn apply(
        &mut self,
        known: Known<'_>,
        arguments: &mut [Passed],
        site: &Site,
    ) -> Value {
        let Known {
            entry,
            name,
            receiver,
        } = known;
        bind_positions(entry, arguments);
        let is_estimator =
            entry.kind == EntryKind::Class && self.catalog.member(name, "fit").is_some();
        let mut draws =
            receiver.is_some_and(|it| it.draws) || arguments.iter().any(|it| it.value.draws);
        for effect in &entry.effects {
            if !effect
                .conditions
                .iter()
                .all(|condition| may_hold(condition, arguments))
            {
                continue;
            }
            if is_estimator && effect.what == Effect::Random {
                draws = true; // `fit` will draw
            } else {
                self.add_effect(effect.what, site.range, name);
            }
        }
        let is_lazy = matches!(name, "map" | "filter");
        for argument in arguments.iter() {
            let is_callback = argument.is_unpacked
                || argument
                    .name
                    .as_ref()
                    .is_some_and(|name| entry.callbacks.contains(name));
            if is_callback && !is_lazy {
                self.call_argument(&argument.value, site);
            }
            self.consume_argument(name, argument);
        }
        if draws && (entry.kind != EntryKind::Class || !is_estimator) && !is_passive(entry, name) {
            self.add_effect(Effect::Random, site.range, name);
        }
        self.apply_mutations(entry, receiver, arguments);
        let mut value = self.result(known, arguments);
        value.draws |= draws
            && !value.is_immutable()
            && (entry.kind == EntryKind::Class || is_receiver(entry));
        if is_lazy {
            self.defer(&mut value, arguments, site);
        }
        value
    }

    fn consume_argument(&mut self, name: &str, argument: &Passed) {
        if CONSUMERS.contains(&name) || argument.value.ty.as_ref().is_some_and(Type::is_iterator) {
            let value = argument.value.clone();
            self.element(&value, argument.range);
        }
    }

    /// `map` and `filter` call their function when they are iterated.
    fn defer(&mut self, value: &mut Value, arguments: &[Passed], site: &Site) {
        let outer = self.begin_call();
        if let Some(function) = arguments.first() {
            self.call_argument(&function.value, site);
        }
        value.lazy.extend(self.record.effects);
        self.end_call(outer);
    }

    fn apply_mutations(&mut self, entry: &Entry, receiver: Option<&Value>, arguments: &[Passed]) {
        for target in &entry.mutates {
            if !target
                .conditions
                .iter()
                .all(|condition| may_hold(condition, arguments))
            {
                continue;
            }
            let name = target.what.name.as_str();
            let shallow = target.what.shallow;
            if name == "self" {
                let Some(receiver) = receiver else { continue };
                self.mutate(receiver, shallow || is_shallow_container(receiver));
                for argument in arguments {
                    self.absorb(receiver, &argument.value);
                }
                continue;
            }
            for argument in arguments {
                let is_meant = argument.is_unpacked || argument.name.as_deref() == Some(name);
                if is_meant && !is_generator(&argument.value) {
                    self.mutate(&argument.value, shallow);
                } else if is_meant {
                    self.record.consumed.extend(&argument.value.own);
                }
            }
        }
    }

    fn result(&mut self, known: Known<'_>, arguments: &[Passed]) -> Value {
        let Known {
            entry,
            name,
            receiver,
        } = known;
        let ty = self.result_type(known, arguments);
        if is_receiver(entry)
            && let Some(receiver) = receiver
        {
            return receiver.clone();
        }
        let mut value = self.fresh(ty);
        if value.is_immutable() {
            return value;
        }
        for alias in &entry.aliases {
            let sources = arguments
                .iter()
                .filter(|it| alias == "*" || it.name.as_deref() == Some(alias));
            for argument in sources {
                share(&mut value, &argument.value);
            }
            if alias == "self"
                && let Some(receiver) = receiver
            {
                share(&mut value, receiver);
            }
        }
        // An object made from others may keep them, unless it is known to copy them.
        if entry.kind == EntryKind::Class && entry.aliases.is_empty() && !COPYING.contains(&name) {
            for argument in arguments {
                value.absorb(&argument.value);
            }
        }
        value
    }

    fn result_type(&self, known: Known<'_>, arguments: &[Passed]) -> Option<Type> {
        let Known {
            entry,
            name,
            receiver,
        } = known;
        let first = arguments
            .first()
            .and_then(|argument| argument.value.ty.clone());
        if let Some(ty) = builtin_result(name, arguments) {
            return Some(ty);
        }
        match (entry.returns.as_deref(), receiver) {
            (Some("T0"), _) => first,
            (Some(text), Some(Value { ty: Some(ty), .. })) => resolve_self(text, ty),
            (Some(text), _) => Type::parse(text),
            (None, _) if entry.kind == EntryKind::Class => {
                Some(Type::new(self.catalog.canonical(name)))
            }
            (None, _) => None,
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
    fn begin_call(&mut self) -> (crate::EffectSet, bool, bool) {
        let record = &mut self.record;
        (
            std::mem::take(&mut record.effects),
            std::mem::take(&mut record.draws_figure),
            std::mem::take(&mut record.mutates_other),
        )
    }

    /// Adds what happened before a call to what the call did.
    fn end_call(&mut self, (effects, draws_figure, mutates_other): (crate::EffectSet, bool, bool)) {
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

    /// Binds `import a.b as c`.
    pub(crate) fn import_module(&mut self, alias: &'a ast::Alias) {
        let module = alias.name.as_str();
        let top = module.split('.').next().unwrap_or(module);
        match &alias.asname {
            Some(name) => self.bind_import(name, module),
            None => self.bind_import(top, top),
        }
    }

    /// Binds `from a import b`.
    pub(crate) fn import_from(&mut self, import: &'a ast::StmtImportFrom) {
        let module = import
            .module
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        for alias in &import.names {
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            if name.as_str() == "*" {
                self.add_effect(
                    Effect::Unknown,
                    alias.range,
                    &format!("from {module} import *"),
                );
                continue;
            }
            self.bind_import(name, &format!("{module}.{}", alias.name));
        }
    }

    fn bind_import(&mut self, name: &str, path: &str) {
        let path = self.catalog.canonical(path).to_owned();
        if self.frames.is_empty() {
            self.imports.insert(name.to_owned(), path.clone());
        }
        self.bind(
            name,
            Value {
                path: Some(Rc::from(path)),
                ..Value::default()
            },
        );
    }
}

/// Methods of figures that do more than draw.
const OUTPUTS: &[&str] = &[
    "savefig",
    "save",
    "show",
    "write",
    "write_html",
    "write_image",
    "write_json",
    "to_file",
];

/// Builtins that read all elements of what they are given.
const CONSUMERS: &[&str] = &[
    "list",
    "tuple",
    "set",
    "frozenset",
    "dict",
    "sum",
    "min",
    "max",
    "any",
    "all",
    "sorted",
    "next",
    "enumerate",
    "zip",
    "reversed",
    "str.join",
    "iter",
];

/// Classes whose objects keep nothing of their arguments.
const COPYING: &[&str] = &[
    "str",
    "int",
    "float",
    "bool",
    "pathlib.Path",
    "datetime.datetime",
    "datetime.timedelta",
];

/// Makes `value` share the objects of `source`.
fn share(value: &mut Value, source: &Value) {
    if source.is_immutable() {
        return;
    }
    value.views.extend(source.own.iter().chain(&source.views));
    value.holds.extend(source.holds.iter().chain(&source.own));
    value.draws |= source.draws;
}

fn is_receiver(entry: &Entry) -> bool {
    matches!(entry.returns.as_deref(), Some("self" | "Self"))
        && entry.mutates.iter().any(|it| it.what.name == "self")
}

/// Methods that look at an estimator without running it.
fn is_passive(entry: &Entry, name: &str) -> bool {
    let method = name.rsplit('.').next().unwrap_or(name);
    let looks = [
        "get_params",
        "set_params",
        "predict",
        "predict_proba",
        "transform",
        "score",
        "append",
        "decision_function",
    ];
    looks.contains(&method)
        || (entry.kind == EntryKind::Function && !name.contains('.'))
        || ["list.", "dict.", "str.", "sklearn.base.clone"]
            .iter()
            .any(|prefix| name.starts_with(prefix))
}

fn is_generator(value: &Value) -> bool {
    value.is("numpy.random.Generator")
        || value.is("numpy.random.RandomState")
        || value.is("random.Random")
}

fn is_shallow_container(value: &Value) -> bool {
    [
        "list",
        "dict",
        "set",
        "collections.defaultdict",
        "collections.deque",
    ]
    .iter()
    .any(|name| value.is(name))
}

/// Whether a condition on the arguments may hold.
fn may_hold(condition: &Condition, arguments: &[Passed]) -> bool {
    let find = |name: &str| {
        let named = arguments
            .iter()
            .find(|argument| argument.name.as_deref() == Some(name));
        named.or_else(|| arguments.iter().find(|argument| argument.is_uncertain()))
    };
    let literal = |passed: &Passed| {
        passed
            .value
            .literal
            .clone()
            .filter(|_| !passed.is_uncertain())
    };
    // A text cannot equal, or be part of, what is known to be no text.
    let fits = |passed: &Passed, text: &str| {
        let is_text = text.parse::<f64>().is_err() && !matches!(text, "True" | "False" | "None");
        let ty = passed.value.ty.as_ref();
        !is_text || passed.is_uncertain() || ty.is_none_or(|ty| ty.name == "str" || ty.name == "|")
    };
    match condition {
        Condition::Equals(name, text) => find(name)
            .filter(|it| fits(it, text.trim_matches(['\'', '"'])))
            .is_some_and(|it| literal(it).is_none_or(|known| matches_literal(&known, text))),
        Condition::Differs(name, text) => find(name)
            .is_none_or(|it| literal(it).is_none_or(|known| !matches_literal(&known, text))),
        Condition::Contains(name, parts) => match find(name) {
            Some(it) if !fits(it, "text") => false,
            Some(it) => literal(it)
                .is_none_or(|known| parts.iter().any(|part| known.contains(part.as_str()))),
            None => name == "mode" && parts.iter().any(|part| part == "r"),
        },
        Condition::Given(name) => {
            find(name).is_some_and(|it| literal(it).as_deref() != Some("None"))
        }
        Condition::Absent(name) => find(name).is_none_or(|it| {
            it.is_uncertain() || literal(it).as_deref() == Some("None") || it.value.is("None")
        }),
        Condition::Is(name, kind) => {
            find(name).is_some_and(|it| it.is_uncertain() || may_be(&it.value, *kind))
        }
    }
}

fn may_be(value: &Value, kind: ArgumentKind) -> bool {
    let is_handle = value
        .ty
        .as_ref()
        .is_some_and(|ty| ty.name.starts_with("io.") || ty.is_iterator());
    let is_text = value.is("str");
    let looks_like_url = value.literal.as_deref().map(|text| text.contains("://"));
    match kind {
        ArgumentKind::Url => {
            (is_text && looks_like_url != Some(false))
                || (value.ty.is_none() && value.path.is_none())
        }
        ArgumentKind::Path => {
            (is_text && looks_like_url != Some(true))
                || value.is("pathlib.Path")
                || value.ty.is_none()
        }
        ArgumentKind::Handle => is_handle,
        ArgumentKind::Generator => {
            is_generator(value) || (value.ty.is_none() && value.literal.is_none())
        }
    }
}

fn matches_literal(known: &str, text: &str) -> bool {
    known == text.trim_matches(['\'', '"'])
}

/// Gives positional arguments the names of their parameters.
fn bind_positions(entry: &Entry, arguments: &mut [Passed]) {
    let positional = entry.parameters.iter().take_while(|name| *name != "*");
    let free = arguments.iter_mut().filter(|argument| !argument.is_keyword);
    for (argument, parameter) in free.zip(positional) {
        if argument.is_unpacked {
            break;
        }
        argument.name = Some(parameter.clone());
    }
}

/// Types of results that follow from the arguments.
fn builtin_result(name: &str, arguments: &[Passed]) -> Option<Type> {
    let first = arguments
        .first()
        .and_then(|argument| argument.value.ty.clone());
    let element = |ty: Option<Type>| -> Vec<Type> {
        let Some(ty) = ty else { return Vec::new() };
        match ty.name.as_str() {
            "range" => vec![Type::new("int")],
            "str" => vec![Type::new("str")],
            "list" | "set" | "dict" | "frozenset" | "Iterator" | "Generator" | "reversed"
            | "map" | "filter" => ty.arguments.first().cloned().into_iter().collect(),
            "zip" | "enumerate" => ty.arguments.first().cloned().into_iter().collect(),
            "pandas.Series" | "pandas.Index" => vec![Type::new("scalar")],
            _ => Vec::new(),
        }
    };
    match name {
        "list" | "sorted" => Some(Type::generic("list", element(first))),
        "set" | "frozenset" => Some(Type::generic(name, element(first))),
        "reversed" => Some(Type::generic("reversed", element(first))),
        "enumerate" => {
            let inner = element(first);
            let pair = inner
                .into_iter()
                .next()
                .map(|ty| Type::generic("tuple", vec![Type::new("int"), ty]));
            Some(Type::generic("enumerate", pair.into_iter().collect()))
        }
        "zip" => {
            let parts: Option<Vec<Type>> = arguments
                .iter()
                .map(|argument| element(argument.value.ty.clone()).into_iter().next())
                .collect();
            let pair = parts.map(|parts| Type::generic("tuple", parts));
            Some(Type::generic("zip", pair.into_iter().collect()))
        }
        "abs" | "max" | "min" | "round" | "sum" => first.filter(|ty| {
            matches!(
                ty.name.as_str(),
                "int" | "float" | "numpy.float64" | "numpy.ndarray"
            )
        }),
        _ => None,
    }
}

/// What a method of a scalar gives back.
enum ScalarResult {
    Known(Type),
    Unknown,
}

impl ScalarResult {
    fn into_type(self) -> Option<Type> {
        match self {
            Self::Known(ty) => Some(ty),
            Self::Unknown => None,
        }
    }
}

/// Methods of a value that is some scalar: an element of a series. Text, numbers and dates have only pure methods.
fn scalar_method(ty: &Type, method: &str) -> Option<ScalarResult> {
    if ty.name != "scalar" {
        return None;
    }
    let known = match method {
        "split" | "rsplit" | "splitlines" => Type::generic("list", vec![Type::new("str")]),
        "lower" | "upper" | "strip" | "lstrip" | "rstrip" | "replace" | "title" | "capitalize"
        | "strftime" | "format" | "zfill" | "join" | "isoformat" | "swapcase" | "casefold" => {
            Type::new("str")
        }
        "startswith" | "endswith" | "isdigit" | "isalpha" | "isnumeric" | "isspace" | "isupper"
        | "islower" => Type::new("bool"),
        "find" | "count" | "index" | "weekday" | "toordinal" | "isoweekday" => Type::new("int"),
        "item" | "date" | "time" | "total_seconds" | "timestamp" | "encode" | "decode"
        | "is_integer" | "normalize" => return Some(ScalarResult::Unknown),
        _ => return None,
    };
    Some(ScalarResult::Known(known))
}
