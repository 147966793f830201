//! Calls of methods on objects that are no instances of the user's classes.

mod agreed;

use super::application::bind_positions;
use super::conditions::may_hold;
use super::results::is_receiver;
use super::scalars::scalar_method;
use super::{Known, Passed, Site};
use crate::analyze::Analyzer;
use crate::catalog::{Condition, Entry, EntryKind};
use crate::facts::Callee;
use crate::value::Value;
use crate::{Effect, EffectSet, Type};
use agreed::Agreed;
use srcify_syntax::TextRange;
use std::collections::BTreeMap;

impl<'a> Analyzer<'a> {
    pub(super) fn call_method(
        &mut self,
        receiver: &Value,
        method: &str,
        arguments: &mut [Passed],
        site: &Site,
    ) -> (Value, Callee) {
        if CONTAINERS_ONLY.contains(&method) {
            self.change_cell(receiver);
        }
        if let Some(result) = self.special_method(receiver, method, arguments, site) {
            return result;
        }
        // A cell that no number or text is may be any object.
        let is_cell = receiver.is("scalar") && CONTAINERS_ONLY.contains(&method);
        let cell = is_cell.then(|| receiver.table_of_cell());
        let Some(ty) = receiver.ty.clone().filter(|_| !is_cell) else {
            let object = cell.as_ref().unwrap_or(receiver);
            return (
                self.method_of_unknown(object, method, arguments, site),
                Callee::Unknown,
            );
        };
        let all = ty.members().iter();
        let members: Vec<Type> = all.filter(|it| !self.lacks(it, method)).cloned().collect();
        let entries: Option<Vec<&Entry>> = members
            .iter()
            .map(|member| self.member_entry(&member.name, method))
            .collect();
        let is_known =
            |all: &Vec<&Entry>| !all.is_empty() && !all.iter().any(|it| holds_anything(it));
        let entries = entries.filter(|it| is_known(it) && !only_looks(&ty, method, it));
        let Some(entries) = entries else {
            if ty.is_figure() && !OUTPUTS.contains(&method) && !method.starts_with("print_") {
                if !method.starts_with(GETTER) {
                    self.mutate(receiver, false);
                }
                let value = self.call_figure(receiver, arguments, site);
                return (value, Callee::Library(format!("{ty}.{method}")));
            }
            let name = spoken(&ty, method);
            return (
                self.unknown_call(&name, Some(receiver), arguments, site),
                Callee::Unknown,
            );
        };
        self.run_hooks(receiver, method);
        let catalog = self.catalog;
        let mut joined: Option<Value> = None;
        for (entry, member) in entries.into_iter().zip(&members) {
            let mut receiver = receiver.clone();
            receiver.ty = Some(member.clone());
            // `frame.plot(…)`: an object that is an attribute is called.
            let object = entry.returns.as_ref();
            let called = object
                .filter(|_| entry.kind == EntryKind::Attribute)
                .and_then(|class| catalog.member(class, "__call__"));
            let known = Known {
                entry: called.unwrap_or(entry),
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

    /// Methods that the catalog alone cannot say: of what is never there, of gradients, contexts and scalars.
    fn special_method(
        &mut self,
        receiver: &Value,
        method: &str,
        arguments: &[Passed],
        site: &Site,
    ) -> Option<(Value, Callee)> {
        if receiver.is_never {
            return Some((Value::never(), Callee::Unknown));
        }
        if method == "backward" {
            self.add_gradients();
        }
        // What a coroutine does it did when it was called.
        let is_own = |it: &Type| self.classes.contains_key(it.name.as_str());
        if method == "__await__" && !receiver.members().any(is_own) {
            let waiting = self.derived(receiver, Some(Type::new("Iterator")));
            return Some((waiting, Callee::Library(method.to_owned())));
        }
        let ty = receiver.ty.clone()?;
        let callee = Callee::Library(format!("{ty}.{method}"));
        if method == "fit_transform" && self.member_entry(&ty.name, method).is_some() {
            let transformed = self.fit_and_transform(receiver, arguments);
            return transformed.map(|it| (it, callee));
        }
        if matches!(method, "enter_context" | "enter_async_context")
            && ty.name.starts_with("contextlib.")
            && let Some(manager) = arguments.first()
        {
            let manager = manager.value.clone();
            let entered = self.enter(&manager, site.range);
            self.absorb(receiver, &manager);
            return Some((entered, callee));
        }
        let result = scalar_method(&ty, method)?;
        Some((self.fresh(result.into_type()), callee))
    }

    /// Runs the methods of a class of the program that a method of its base calls: `start` of a thread its `run`.
    fn run_hooks(&mut self, receiver: &Value, method: &str) {
        let class = receiver.ty.as_ref().map_or("", |ty| ty.name.as_str());
        if !self.classes.contains_key(class) {
            return;
        }
        let lineage = self.lineage(class);
        let bases: Vec<&str> = lineage
            .iter()
            .flat_map(|(_, known)| known.bases.iter().map(|it| self.catalog.canonical(it)))
            .collect();
        let is_meant =
            |(base, callers, _): &&Hooks| bases.contains(base) && callers.contains(&method);
        let mut hooks = BTreeMap::new();
        for (_, _, names) in HOOKS.iter().filter(is_meant) {
            for (_, known) in lineage.iter().rev() {
                let is_hook = |name: &str| {
                    names.iter().any(|hook| match hook.strip_suffix('*') {
                        Some(beginning) => name.starts_with(beginning),
                        None => name == *hook,
                    })
                };
                let own = known.methods.iter().filter(|(name, _)| is_hook(name));
                hooks.extend(own.map(|(name, index)| (name.clone(), *index)));
            }
        }
        for index in hooks.into_values() {
            self.invoke_unknown(index, Some(receiver.clone()));
        }
    }

    /// What scikit-learn's `fit_transform` does for a class of the program: it calls its `fit` and its `transform`.
    fn fit_and_transform(&mut self, receiver: &Value, arguments: &[Passed]) -> Option<Value> {
        let given: Vec<Value> = arguments.iter().map(|it| it.value.clone()).collect();
        self.protocol(receiver, "fit", &given)?;
        self.protocol(receiver, "transform", given.get(..1)?)
    }

    /// Calls a method without arguments.
    pub(crate) fn call_by_name(&mut self, receiver: &Value, method: &str, range: TextRange) {
        let site = Site {
            range,
            function: range,
        };
        if self.protocol(receiver, method, &[]).is_none() {
            self.call_method(receiver, method, &mut [], &site);
        }
    }

    /// Whether a value of a type is known to have no such method: a call of it raises, and does nothing else.
    fn lacks(&self, ty: &Type, method: &str) -> bool {
        const PLAIN: [&str; 9] = [
            "None", "bool", "dict", "float", "int", "list", "set", "str", "tuple",
        ];
        PLAIN.contains(&ty.name.as_str()) && self.member_entry(&ty.name, method).is_none()
    }

    /// What the catalog says of a method or attribute; of a user's class, what it says of the library's classes that
    /// are its bases.
    pub(crate) fn member_entry(&self, class: &str, name: &str) -> Option<&'a Entry> {
        if !self.classes.contains_key(class) {
            // What is said of a class as a whole says nothing of a method that gives something away.
            let is_told = |it: &&Entry| !it.name.ends_with('*') || !OUTPUTS.contains(&name);
            return self.catalog.member(class, name).filter(is_told);
        }
        self.lineage(class)
            .iter()
            .flat_map(|(_, known)| &known.bases)
            .find_map(|base| self.catalog.member(base, name))
    }

    /// A method of an object whose type is not known. In the closed world of a program whose libraries all have a
    /// catalog, and whose own classes do not define the name, a name that every catalogued class gives a pure method is
    /// taken to be one; the statement is marked as resting on that.
    fn method_of_unknown(
        &mut self,
        receiver: &Value,
        method: &str,
        arguments: &mut [Passed],
        site: &Site,
    ) -> Value {
        let is_own = self.classes.iter().any(|(name, class)| {
            class.methods.contains_key(method) && !self.hands_on(name, method)
        });
        if is_own && let Some(value) = self.method_of_own(receiver, method, arguments) {
            return value;
        }
        let may_draw = receiver.draws && !NAMING.contains(&method);
        let is_plain = !is_own && !may_draw && !receiver.is_foreign && receiver.lazy.all.is_pure();
        if is_plain && let Some(agreed) = self.same_everywhere(method, arguments) {
            self.record.is_assumed = true;
            let entry = self.catalog.methods_named(method).next();
            if let Some((_, entry)) = entry.filter(|_| !agreed.changed.is_empty()) {
                bind_positions(entry, arguments);
            }
            let arguments = &*arguments;
            for effect in agreed.effects.iter() {
                self.add_effect(effect, site.range, method);
            }
            let mut named = self.catalog.methods_named(method);
            let calls = named.any(|(_, it)| !it.callbacks.is_empty());
            for argument in arguments {
                if calls && argument.value.callable.is_some() {
                    self.call_argument(&argument.value, &[], site);
                } else if !CONTAINERS_ONLY.contains(&method) {
                    self.call_perhaps(&argument.value, site.range);
                }
            }
            let keys = usize::from(matches!(method, "setdefault" | "get" | "pop"));
            let kept = &arguments[keys.min(arguments.len())..];
            if agreed.changes {
                self.mutate(receiver, false);
                for argument in kept {
                    self.absorb(receiver, &argument.value);
                }
            }
            for argument in arguments {
                if argument
                    .name
                    .as_ref()
                    .is_some_and(|it| agreed.changed.contains(it))
                {
                    self.mutate(&argument.value, false);
                }
            }
            return self.agreed_result((receiver, method), agreed, kept);
        }
        // Whatever is closed is done with.
        if is_plain && self.is_presuming && method == "close" && arguments.is_empty() {
            self.mutate(receiver, false);
            return Value::of_type("None");
        }
        self.unknown_call(
            &format!("method `{method}` of an object of unknown type"),
            Some(receiver),
            arguments,
            site,
        )
    }

    /// A method of an object of which nothing is known, in a function that nothing calls: one of those that classes of the
    /// program have, where they are few. What the language's containers do under that name they may do, too.
    fn method_of_own(
        &mut self,
        receiver: &Value,
        method: &str,
        arguments: &[Passed],
    ) -> Option<Value> {
        if !self.is_presuming || receiver.is_foreign || receiver.draws {
            return None;
        }
        let own = self.classes.iter();
        let own = own
            .filter(|(name, it)| it.methods.contains_key(method) && !self.hands_on(name, method));
        let own: Vec<String> = own.map(|(name, _)| name.clone()).collect();
        let is_open = |it: &String| self.classes[it].is_opaque;
        if own.len() > MOST_CLASSES || own.iter().any(is_open) {
            return None;
        }
        let mut joined = Value::never();
        for class in own {
            let object = receiver.clone().with_type(Type::new(&class));
            joined = joined.join(&self.call_own_method(&class, method, &object, arguments));
        }
        if CONTAINERS_ONLY.contains(&method) {
            self.mutate(receiver, false);
            for argument in arguments {
                self.absorb(receiver, &argument.value);
            }
        }
        joined.ty = None;
        Some(joined)
    }

    /// A call of an object of which nothing is known, in a function that nothing calls, where classes of the program have
    /// objects that are called. What parameters are is decided already.
    pub(super) fn call_own_object(
        &mut self,
        object: &Value,
        arguments: &[Passed],
    ) -> Option<Value> {
        const CALL: &str = "__call__";
        let mut given = self.frames.last()?.given.values();
        let is_parameter = given.any(|it| !it.is_disjoint(&object.own));
        let mut classes = self.classes.values();
        let is_meant = object.ty.is_none()
            && !object.own.is_empty()
            && !is_parameter
            && classes.any(|it| it.methods.contains_key(CALL));
        if !is_meant {
            return None;
        }
        self.method_of_own(object, CALL, arguments)
    }

    /// Whether a method of a class of the program is running that hands the call on to a part of its object, which has a
    /// method of this name, too: what it does itself is told all the same.
    fn hands_on(&self, class: &str, method: &str) -> bool {
        let Some(frame) = self.frames.last().filter(|_| self.is_presuming) else {
            return false;
        };
        let running = frame.function.split_once('.');
        running.is_some_and(|(own, name)| {
            own == class && name.trim_start_matches('_') == method.trim_start_matches('_')
        })
    }

    /// What a method does, where every catalogued class that has one of this name agrees that, on these arguments, it
    /// does nothing but compute and change its object. Of functions that nothing calls, agreed effects are enough.
    fn same_everywhere(&self, method: &str, arguments: &[Passed]) -> Option<Agreed> {
        let mut agreed: Option<Agreed> = None;
        let is_presuming = self.is_presuming;
        let obtainable = self.obtainable[usize::from(is_presuming)]
            .get_or_init(|| self.catalog.obtainable(&self.program.source.text));
        for (class, entry) in self.catalog.methods_named(method) {
            // Nobody is given the environment.
            if self.is_presuming && entry.name.starts_with('_') {
                continue;
            }
            let is_builtin = !class.contains('.');
            if !is_builtin && self.catalog.is_class(class) && !obtainable.contains(class) {
                continue;
            }
            // What stands in a module, as `sys.path` does, nobody has who does not import that.
            let module = class.split('.').next().unwrap_or_default();
            if !is_builtin && !self.catalog.is_class(class) && !self.uses(module) {
                continue;
            }
            // Who gives a table a style says so.
            let is_style = class.ends_with(".Styler");
            if self.is_presuming && is_style && !self.program.source.text.contains("style") {
                continue;
            }
            // `record.pop("id", None)`: sets give any of theirs, and take no argument.
            if class == "set" && method == "pop" && !arguments.is_empty() {
                continue;
            }
            let said = self.said_by(entry, arguments)?;
            agreed = Some(match agreed {
                None => said,
                Some(known) => known.and(said)?,
            });
        }
        let mut agreed = agreed?;
        agreed.is_list = !self.is_presuming && matches!(method, "tolist" | "to_list");
        agreed.is_new = method == "copy" || (self.is_presuming && agreed.is_new);
        if !self.is_presuming {
            agreed.returns = None;
        }
        Some(agreed)
    }

    /// What one class says of a method on these arguments; `None` when it does more than compute and change its object.
    fn said_by(&self, entry: &Entry, arguments: &[Passed]) -> Option<Agreed> {
        let mut arguments = arguments.to_vec();
        bind_positions(entry, &mut arguments);
        let holds = |conditions: &[Condition]| conditions.iter().all(|it| may_hold(it, &arguments));
        let mut effects = EffectSet::PURE;
        for effect in entry.effects.iter().filter(|it| holds(&it.conditions)) {
            effects.insert(effect.what);
        }
        if self.is_presuming {
            effects = effects.without(EffectSet::of(Effect::Nondeterministic));
        } else if !effects.is_pure() {
            return None;
        }
        // A parameter that is not passed cannot change.
        let is_passed = |name: &str| {
            let named = |it: &Passed| it.is_unpacked || it.name.as_deref() == Some(name);
            name == "self" || arguments.iter().any(named)
        };
        let changed = entry.mutates.iter();
        let changed = changed.filter(|it| holds(&it.conditions) && is_passed(&it.what.name));
        let (own, others): (Vec<&str>, Vec<&str>) = changed
            .map(|it| it.what.name.as_str())
            .partition(|it| *it == "self");
        if !others.is_empty() && !self.is_presuming {
            return None;
        }
        let is_same = is_receiver(entry, &arguments)
            || entry.aliases.iter().any(|it| it == "self" || it == "*");
        let returns = entry.returns.as_deref().and_then(Type::parse);
        Some(Agreed {
            effects,
            changes: !own.is_empty(),
            changed: others.into_iter().map(str::to_owned).collect(),
            is_new: !is_same,
            is_list: false,
            is_object: is_receiver(entry, &arguments),
            returns: returns.filter(Type::is_immutable),
        })
    }

    /// Figures have hundreds of methods; but for those that save or show, they change the figure alone, if they do.
    fn call_figure(&mut self, receiver: &Value, arguments: &[Passed], site: &Site) -> Value {
        for argument in arguments {
            if argument.value.callable.is_some() {
                self.call_argument(&argument.value, &[], site);
            }
        }
        self.derived(receiver, Some(Type::figure_part()))
    }
}

/// Methods of estimators that tell names and settings, whatever is drawn when they are fitted.
const NAMING: [&str; 3] = ["get_feature_names_out", "get_params", "get_support"];

/// What the names of methods begin with by which one looks at a part of a figure.
const GETTER: &str = "get_";

/// Whether a method looks at a part of a figure, of which only a convention for all its methods says what they do.
fn only_looks(ty: &Type, method: &str, entries: &[&Entry]) -> bool {
    let is_getter = ty.is_figure() && method.starts_with(GETTER);
    is_getter && entries.iter().all(|it| it.name.ends_with('*'))
}

/// Of more classes of the program that have a method it is not asked what it does.
const MOST_CLASSES: usize = 3;

/// A class of a library, methods of it, and those of its heirs that these call; `*` stands for the rest of a name.
type Hooks = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const HOOKS: &[Hooks] = &[
    ("threading.Thread", &["start", "run"], &["run"]),
    (
        "html.parser.HTMLParser",
        &["feed", "close"],
        &["handle_*", "unknown_decl"],
    ),
    ("ast.NodeVisitor", &["visit", "generic_visit"], &["visit_*"]),
    (
        "ast.NodeTransformer",
        &["visit", "generic_visit"],
        &["visit_*"],
    ),
    ("json.JSONEncoder", &["encode", "iterencode"], &["default"]),
    ("logging.Handler", &["handle"], &["emit"]),
    (
        "cmd.Cmd",
        &["onecmd", "cmdloop"],
        &["do_*", "default", "emptyline"],
    ),
    (
        "collections.UserDict",
        &WRITERS,
        &["__setitem__", "__delitem__", "__getitem__"],
    ),
    (
        "collections.abc.MutableMapping",
        &WRITERS,
        &["__setitem__", "__delitem__", "__getitem__"],
    ),
    (
        "collections.abc.MutableSequence",
        &["append", "extend", "pop", "remove", "clear", "reverse"],
        &["insert", "__setitem__", "__delitem__"],
    ),
    (
        "collections.abc.MutableSet",
        &["remove", "pop", "clear"],
        &["add", "discard"],
    ),
];

const WRITERS: [&str; 5] = ["update", "setdefault", "pop", "popitem", "clear"];

/// Methods that do more than draw or compute.
const OUTPUTS: &[&str] = &[
    "dump",
    "export",
    "save",
    "save_model",
    "savefig",
    "show",
    "to_csv",
    "to_excel",
    "to_json",
    "to_parquet",
    "to_pickle",
    "upload",
    "write",
    "write_html",
    "write_image",
    "write_json",
    "to_file",
];

/// Whether an attribute may have any name: what it holds, and is called, may be any function.
fn holds_anything(entry: &Entry) -> bool {
    entry.kind == EntryKind::Attribute && entry.name.ends_with('*')
}

/// Methods that change lists, sets and dictionaries, and that neither numbers nor texts have.
const CONTAINERS_ONLY: &[&str] = &[
    "add",
    "append",
    "clear",
    "discard",
    "extend",
    "insert",
    "pop",
    "popitem",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "update",
];

/// A method as people call it.
fn spoken(ty: &Type, method: &str) -> String {
    if ty.name == "|" {
        format!("method `{method}` of one of several things")
    } else {
        format!("{ty}.{method}")
    }
}
