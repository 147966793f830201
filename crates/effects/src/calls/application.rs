//! The catalog's entries applied to arguments.

use super::conditions::{is_generator, may_hold};
use super::containers::is_container;
use super::models::overwritten;
use super::results::{MEMORY, SILENT, is_receiver, share};
use super::{Known, Passed, Site};
use crate::analyze::Analyzer;
use crate::catalog::{Condition, Entry, EntryKind};
use crate::value::{Changes, Happened, Later, Objects, Value};
use crate::{Effect, Type};

impl Analyzer<'_> {
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
        // Those that split draw when they split.
        let is_estimator = entry.fits_parts
            || entry.kind == EntryKind::Class
                && (self.catalog.member(name, "fit").is_some() || entry.draws_later)
                && !self.is_module(name);
        let mut draws =
            receiver.is_some_and(|it| it.draws) || arguments.iter().any(|it| it.value.draws);
        draws |= self.have_effects(known, arguments, is_estimator, site);
        draws |= is_estimator && arguments.iter().any(|it| self.gives_random(&it.value));
        let is_lazy = matches!(name, "map" | "filter");
        let called = if is_lazy {
            Value::never()
        } else {
            self.run_callbacks(known, arguments, site)
        };
        for argument in arguments.iter() {
            self.consume_argument(name, argument);
        }
        if draws && !is_estimator && !is_passive(name) {
            self.add_effect(Effect::Random, site.range, name);
        }
        if !self.is_undone(site.range) {
            self.apply_mutations(entry, receiver, arguments);
            if let Some(data) = overwritten(name, receiver, arguments).cloned() {
                self.mutate(&data, false);
            }
        }
        self.use_files(known, arguments, site);
        let mut value = self.result(known, arguments);
        self.note_writer(&mut value, name, arguments);
        if let Some(data) = overwritten(name, receiver, arguments) {
            share(&mut value, data);
        }
        give_back_output(entry, arguments, &mut value);
        if let Some(receiver) = receiver
            && may_act(entry, name, self.bare == Some(site.range))
        {
            self.mutate(receiver, false);
            // It may give its object back.
            value.own.add(&receiver.own);
        }
        if gives_result_of_callback(name) && !called.is_never {
            value = called;
        } else if name.ends_with("DataFrameGroupBy.apply") && called.is("pandas.DataFrame") {
            // The tables of the groups are put together; of anything else it depends on what it is.
            value.ty = Some(Type::new("pandas.DataFrame"));
        } else if name.contains("Executor.") && !called.is_never {
            // A future leads to what its function gives, by a method whose result is the future's own.
            value.own.add(&called.own);
            value.absorb(&called);
        }
        value.draws |= draws
            && !value.is_immutable()
            && (entry.kind == EntryKind::Class || is_estimator || is_receiver(entry, arguments));
        if is_lazy {
            self.defer(known, &mut value, arguments, site);
        }
        value
    }

    /// Notes the effects whose conditions may hold; whether the object will draw when it is used.
    fn have_effects(
        &mut self,
        known: Known<'_>,
        arguments: &[Passed],
        is_estimator: bool,
        site: &Site,
    ) -> bool {
        let Known {
            entry,
            name,
            receiver,
        } = known;
        let mut draws = false;
        for effect in &entry.effects {
            if !effect
                .conditions
                .iter()
                .all(|condition| may_hold(condition, arguments))
            {
                continue;
            }
            if effect.conditions.contains(&Condition::OthersDraw) && !self.others_draw {
                self.draws_unseen = true;
                continue;
            }
            if receiver.is_some_and(|it| self.is_spared(it, effect.what)) {
                continue;
            }
            let is_silent = receiver.is_some_and(|it| it.literal.as_deref() == Some(SILENT));
            if effect.what == Effect::Stdout && is_silent {
                continue;
            }
            let is_file = matches!(effect.what, Effect::ReadFile | Effect::WriteFile);
            if let Some(receiver) = receiver.filter(|it| is_file && is_in_memory(it)) {
                self.mutate(receiver, false);
                continue;
            }
            // What a function does to a logger that it is given, it does to its argument.
            if effect.what == Effect::GlobalState
                && let Some(object) = receiver.filter(|_| entry.changes_object())
            {
                if !self.is_presuming || !self.is_given(object) {
                    self.add_effect_on(&object.own, effect.what, site.range, name);
                }
                continue;
            }
            if is_estimator && effect.what == Effect::Random {
                draws = true; // `fit` will draw
            } else {
                self.add_effect(effect.what, site.range, name);
            }
        }
        // `send` and `close` run a generator as `next` does.
        let waiting = receiver
            .filter(|it| it.is("Generator"))
            .map_or_else(Happened::default, |it| it.lazy);
        self.happen(waiting, site.range, "a generator");
        if let Some(generator) = receiver.filter(|it| it.is("Generator")) {
            self.change_later(generator);
        }
        draws
    }

    /// Whether it is a function of a library that draws where it is not told what to draw from: a score for selection.
    fn gives_random(&self, value: &Value) -> bool {
        let entry = value.path.as_deref().and_then(|it| self.catalog.lookup(it));
        entry.is_some_and(|it| {
            it.kind == EntryKind::Function && it.effects.iter().any(|it| it.what == Effect::Random)
        })
    }

    /// Whether a class is one of torch's layers, or a model of keras, which draw when they are made.
    pub(super) fn is_module(&self, class: &str) -> bool {
        let has = |method| self.catalog.own_member(class, method).is_some();
        has("load_state_dict") || has("load_weights")
    }

    /// Whether it came in through a parameter.
    fn is_given(&self, value: &Value) -> bool {
        let mut parameters = self.frames.iter().flat_map(|frame| &frame.parameters);
        parameters.any(|(_, objects)| !objects.is_disjoint(&value.own))
    }

    /// What `append`, `add` and the like do to the types of elements.
    fn grow_by(&mut self, method: &str, receiver: &Value, arguments: &[Passed]) {
        let first = arguments.first().and_then(|it| it.value.element_type());
        match method {
            "append" | "add" | "appendleft" => self.grow(receiver, None, first),
            "insert" => {
                let element = arguments.get(1).and_then(|it| it.value.element_type());
                self.grow(receiver, None, element);
            }
            "extend" | "extendleft" | "update" => {
                let ty = first.unwrap_or_else(|| Type::new("unknown"));
                let (key, element) = match ty.name.as_str() {
                    "dict" => (ty.arguments.first().cloned(), ty.arguments.get(1).cloned()),
                    _ => (None, ty.arguments.first().cloned()),
                };
                let element = if receiver.is("set") && ty.name == "dict" {
                    key.clone()
                } else {
                    element
                };
                self.grow(receiver, key, element);
            }
            "setdefault" => {
                let element = arguments.get(1).and_then(|it| it.value.element_type());
                self.grow(receiver, first, element);
            }
            _ => {}
        }
    }

    fn consume_argument(&mut self, name: &str, argument: &Passed) {
        if LOOKS.contains(&name) {
            return; // whether it is one is asked without a step
        }
        let takes_elements = CONSUMERS.contains(&name) || name.starts_with("itertools.");
        let value = argument.value.clone();
        if value.is("io.TextIOWrapper") && !takes_elements {
            self.consume(&value); // an open file may be written to
        } else if takes_elements || value.ty.as_ref().is_some_and(Type::is_iterator) {
            self.element(&value, argument.range);
        }
    }

    /// `map` and `filter` call their function when they are iterated.
    fn defer(&mut self, known: Known<'_>, value: &mut Value, arguments: &[Passed], site: &Site) {
        let outer = self.begin_call();
        let names = self.names_so_far();
        let seen = self.record.mutated.all.clone();
        let seen_asleep = self.record.asleep.all.clone();
        let oldest = self.next_object;
        // What is converted does not rest on when it is iterated.
        let heard_from = std::mem::replace(&mut self.heard_from, self.frames.len());
        if let Some(function) = arguments.first() {
            let function = function.value.clone();
            let given = self.callback_arguments(known, arguments);
            let called = self.call_argument(&function, &given, site);
            let element = if known.name == "filter" {
                given.into_iter().next()
            } else {
                Some(called)
            };
            if let Some(element) = element {
                value.ty = Some(Type::generic(
                    known.name,
                    element.element_type().into_iter().collect(),
                ));
                value.absorb(&element);
            }
        }
        for argument in arguments.iter().skip(1) {
            value.look_at(&argument.value);
        }
        value.lazy.extend(self.record.effects);
        let mut changed = Objects::new();
        changed.add_older(&self.record.mutated.all, oldest);
        let mut asleep = Objects::new();
        asleep.add_older(&self.record.asleep.all, oldest);
        let later = Later::of(Changes {
            objects: &changed - &seen,
            asleep: &asleep - &seen_asleep,
            ..Changes::default()
        });
        value.later = value.later.and(&later).and(&self.names_since(names));
        if self.is_presuming {
            self.record.effects = Happened::default();
        }
        self.heard_from = heard_from;
        self.end_call(outer);
    }

    /// Whether a method fits an estimator that keeps nothing of its data.
    fn forgets(&self, receiver: &Value, method: &str) -> bool {
        if !FITTING.contains(&method) {
            return false;
        }
        let class = receiver.ty.as_ref();
        let entry = class.and_then(|ty| self.catalog.lookup(&ty.name));
        // Those that keep their data do not change it, either; what is converted rests on no such guess.
        self.is_presuming || entry.is_some_and(|it| it.forgets)
    }

    fn apply_mutations(&mut self, entry: &Entry, receiver: Option<&Value>, arguments: &[Passed]) {
        let name_of_method = entry.name.rsplit('.').next().unwrap_or_default();
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
                self.grow_by(name_of_method, receiver, arguments);
                let draws_it = receiver.ty.as_ref().is_some_and(Type::is_figure);
                let keys = usize::from(name_of_method == "setdefault");
                let kept = arguments.iter().skip(keys);
                let forgets = self.forgets(receiver, name_of_method);
                // A figure shows what it is given, and never changes it.
                for argument in kept.filter(|_| !draws_it && !forgets) {
                    if is_merge(name_of_method) && is_container(&argument.value) {
                        let elements = Value {
                            own: argument.value.holds.clone(),
                            holds: argument.value.deep.clone(),
                            functions: argument.value.functions.clone(),
                            ..Value::default()
                        };
                        self.absorb(receiver, &elements);
                    } else {
                        self.absorb(receiver, &argument.value);
                    }
                }
                continue;
            }
            for argument in arguments {
                // Where the catalog has no order of parameters, it means those that are passed by name.
                let is_meant = argument.is_unpacked && argument.name.is_none()
                    || argument.is_uncertain() && may_be_parameter(entry, name, argument)
                    || argument.name.as_deref() == Some(name)
                    || (name == "*" && argument.name.is_none());
                if let Some(elements) = elements_meant(argument).filter(|_| is_meant) {
                    if !elements.is_immutable() {
                        self.mutate(&elements, shallow);
                    }
                } else if is_meant && !is_generator(&argument.value) {
                    let shallow = shallow || is_shallow_container(&argument.value);
                    self.mutate(&argument.value, shallow);
                } else if is_meant {
                    self.mutate(&argument.value, false);
                    self.record.consumed.add(&argument.value.own);
                }
            }
        }
    }
}

/// Methods that fit an estimator.
const FITTING: &[&str] = &["fit", "fit_predict", "fit_transform", "partial_fit"];

/// What a function is told to write its result into it gives back.
fn give_back_output(entry: &Entry, arguments: &[Passed], value: &mut Value) {
    if value.is_immutable() || !entry.mutates.iter().any(|it| it.what.name == "out") {
        return;
    }
    let mut given = arguments.iter();
    if let Some(output) = given.find(|it| it.name.as_deref() == Some("out")) {
        value.own.add(&output.value.own);
        value.views.add(&output.value.views);
    }
}

/// Each pass through it draws from the global generator, whether it shuffles or not.
pub(crate) const LOADER: &str = "torch.utils.data.DataLoader";

/// Whether an argument whose parameter is not known may be that of this name: what stands after all that have a position
/// is none of them.
fn may_be_parameter(entry: &Entry, name: &str, argument: &Passed) -> bool {
    let is_known = entry.parameters.iter().any(|it| it == name);
    !entry.parameters.is_empty() && (argument.is_unpacked || !is_known)
}

/// Whether a method that is only known with all others of its class is called after a change of its object, or for
/// nothing else: nobody writes a call of its own for a result that is thrown away.
fn may_act(entry: &Entry, name: &str, is_bare: bool) -> bool {
    let method = name.rsplit('.').next().unwrap_or(name);
    let verb = method.split('_').next().unwrap_or(method);
    let is_told = entry.returns.is_some() || !entry.mutates.is_empty();
    entry.name.ends_with('*') && !is_told && (is_bare || ACTIONS.contains(&verb))
}

/// Verbs of changes.
const ACTIONS: &[&str] = &[
    "add",
    "append",
    "autoscale",
    "build",
    "calibrate",
    "clear",
    "close",
    "compile",
    "configure",
    "conformalize",
    "extend",
    "fill",
    "fit",
    "free",
    "generate",
    "initialize",
    "insert",
    "learn",
    "pop",
    "pretrain",
    "push",
    "register",
    "remove",
    "reset",
    "restore",
    "run",
    "set",
    "setup",
    "start",
    "step",
    "stop",
    "train",
    "update",
];

/// The elements of a container, which stays as it is itself: of what `*args` or `**options` pass, and of tuples.
fn elements_meant(argument: &Passed) -> Option<Value> {
    let ty = argument.value.ty.as_ref()?;
    let element = match (ty.name.as_str(), argument.is_unpacked) {
        ("dict", true) => ty.arguments.get(1).cloned(),
        ("list" | "set", true) => ty.arguments.first().cloned(),
        ("tuple", false) => None,
        _ => return None,
    };
    Some(Value {
        ty: element,
        own: argument.value.holds.clone(),
        holds: argument.value.holds.union(&argument.value.deep),
        deep: argument.value.deep.clone(),
        ..Value::default()
    })
}

/// Functions that give back what the function they call gives back.
fn gives_result_of_callback(name: &str) -> bool {
    matches!(
        name.rsplit('.').next(),
        Some("pipe") if name.contains('.')
    ) || matches!(name, "functools.reduce" | "asyncio.run")
}

/// Methods that take the elements of what they are given.
fn is_merge(method: &str) -> bool {
    matches!(method, "extend" | "update" | "extendleft")
}

/// Builtins that look at an iterator itself and ask it for nothing.
const LOOKS: &[&str] = &[
    "bool",
    "callable",
    "hasattr",
    "hash",
    "id",
    "isinstance",
    "repr",
    "type",
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

/// Beginnings of names of what shows, stores or keeps whatever it is given, without fitting it.
const LOOKING: &[&str] = &[
    "cloudpickle.dump",
    "dict.",
    "dill.dump",
    "joblib.dump",
    "list.",
    "logging.",
    "matplotlib.",
    "pickle.Pickler.",
    "pickle.dump",
    "pprint.",
    "sklearn.base.clone",
    "sklearn.base.is_",
    "sklearn.tree.export_",
    "sklearn.tree.plot_tree",
    "sklearn.utils.validation.check_is_fitted",
    "str.",
    "torch.save",
];

/// Whether a method or function only looks at an estimator that it is called on or given, without fitting it.
pub fn is_passive(name: &str) -> bool {
    let method = name.rsplit('.').next().unwrap_or(name);
    let looks = [
        "get_params",
        "set_params",
        "get_n_splits",
        "predict",
        "predict_proba",
        "transform",
        "score",
        "append",
        "decision_function",
        "predict_log_proba",
        "score_samples",
        "inverse_transform",
        "get_feature_names_out",
        "staged_predict",
        "kneighbors",
        "compile",
        "count_params",
        "get_config",
        "get_layer",
        "get_weights",
        "save",
        "save_weights",
        "set_weights",
        "summary",
        "to_json",
    ];
    looks.contains(&method)
        || !name.contains('.')
        || LOOKING.iter().any(|prefix| name.starts_with(prefix))
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

/// Gives positional arguments the names of their parameters.
pub(super) fn bind_positions(entry: &Entry, arguments: &mut [Passed]) {
    // What stands at a position after the last that has a name is none of those that are passed by name.
    let ends = entry.parameters.iter().any(|name| name == "*");
    let named = entry.parameters.iter().take_while(|name| *name != "*");
    let mut positional = named.map(String::as_str);
    for argument in arguments.iter_mut().filter(|it| !it.is_keyword) {
        let next = positional.next();
        // What is unpacked may be all that follow; what follows `*` is passed by name alone.
        if argument.is_unpacked && next.is_some() {
            break;
        }
        let Some(name) = next.or(ends.then_some("*")) else {
            break;
        };
        argument.name = Some(name.to_owned());
    }
}

/// Whether it is an archive in a buffer.
fn is_in_memory(archive: &Value) -> bool {
    archive.literal.as_deref() == Some(MEMORY)
}

/// What the value of a file says that is open for reading alone.
pub(crate) const READING: &str = "reading";
