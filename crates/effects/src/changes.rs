//! Effects and changes of objects, noted for the statement and for every function in progress.

use std::collections::BTreeMap;
use std::rc::Rc;

use srcify_syntax::TextRange;

use crate::analyze::{Analyzer, Frame};
use crate::classes::{held_by_classes, leads_to_instances};
use crate::facts::{FunctionFacts, Reason};
use crate::figures::FIGURE;
use crate::hearing::hearing;
use crate::statements::STDOUT;
use crate::value::{Happened, Object, Objects, Value};
use crate::{Effect, Type};

impl Analyzer<'_> {
    /// A new object of a type.
    pub(crate) fn fresh(&mut self, ty: Option<Type>) -> Value {
        let (ty, hint) = told_apart(ty);
        let mut value = Value {
            ty,
            hint,
            ..Value::default()
        };
        if !value.is_immutable() {
            value.own.insert(self.next_object);
            self.next_object += 1;
        }
        value
    }

    /// Notes an effect of the statement, and of every function in progress.
    pub(crate) fn add_effect(&mut self, effect: Effect, range: TextRange, source: &str) {
        self.add_effect_on(&Objects::new(), effect, range, source);
    }

    /// Notes an effect on objects: it is none of the functions that were given them, for it is a change of an argument.
    pub(crate) fn add_effect_on(
        &mut self,
        objects: &Objects,
        effect: Effect,
        range: TextRange,
        source: &str,
    ) {
        let restored = match effect {
            Effect::GlobalState => source.split('.').next().unwrap_or_default(),
            Effect::Figure => FIGURE,
            _ => "",
        };
        if self.restored.iter().any(|it| it == restored) {
            return;
        }
        let quiet = self.quiet_depth(effect, range);
        let heard_from = self.heard_from.max(quiet.unwrap_or(0));
        let Some(frames) = hearing(&self.frames, self.guessed_from, effect, source) else {
            return;
        };
        let reason = |from: usize| {
            let functions = frames[from..].iter().map(|frame| frame.function.as_str());
            let chain = functions.chain([source]).map(str::to_owned).collect();
            Reason {
                effect,
                range,
                chain,
            }
        };
        let is_given = |frame: &Frame| {
            let mut given = frame.parameters.iter();
            !objects.is_empty() && given.any(|(_, it)| !it.is_disjoint(objects))
        };
        for (depth, frame) in frames.iter().enumerate().skip(heard_from) {
            if is_given(frame) {
                continue;
            }
            let facts = facts_of(&mut self.functions, &frame.function);
            if !facts.effects.contains(effect) {
                facts.effects.insert(effect);
                facts.reasons.push(reason(depth + 1));
            }
        }
        // What is converted prints where it stands.
        if quiet.is_some() && self.is_presuming {
            return;
        }
        self.record.effects.insert(effect, self.asleep == 0);
        let mut known = self.record.reasons.iter();
        if known.all(|it| it.effect != effect) {
            self.record.reasons.push(reason(0));
        }
    }

    /// Notes that an object changes in place. A shallow change leaves views of it alone.
    pub(crate) fn mutate(&mut self, value: &Value, shallow: bool) {
        let streams = self.module_objects.get(STDOUT).copied();
        // A writer writes to the file that it was made of.
        if streams.is_some_and(|it| value.own.contains(&it) || value.views.contains(&it)) {
            self.add_effect(Effect::Stdout, TextRange::default(), STDOUT);
        }
        if value.is_immutable() {
            return;
        }
        if value.ty.as_ref().is_some_and(Type::is_figure) {
            self.record.draws_figure = true;
        } else {
            self.record.mutates_other = true;
        }
        if self.has_entries && value.is("list") {
            self.forget_entries(&value.own); // what it holds may have moved
        }
        let mut objects = value.own.clone();
        if !shallow {
            objects.add(&value.views);
        }
        if let Some(streams) = streams.filter(|it| objects.contains(it)) {
            objects = &objects - &[streams].into();
        }
        self.change_dictionaries(&objects);
        if !self.last_stores.is_empty() {
            self.last_stores.retain(|it| !it.is_in(&objects));
        }
        let is_shared = self.change_shared(&objects);
        self.change_parameters(&objects, is_shared);
        if self.asleep == 0 {
            self.record.mutated.add(&objects, shallow);
        } else {
            self.record.asleep.add(&objects, shallow);
        }
        self.change_asides(&objects, shallow);
    }

    /// Notes what a change of objects would change, too, if other ways were taken.
    fn change_asides(&mut self, objects: &Objects, shallow: bool) {
        let others = self.asides_of(objects);
        if others.is_empty() {
            return;
        }
        self.change_dictionaries(&others);
        if others.oldest_in(&self.shared).is_some() {
            self.dormant(|it| it.change_shared(&others));
        }
        for frame in self.frames.iter_mut().skip(self.heard_from) {
            for (name, parameter) in &frame.parameters {
                if !parameter.is_disjoint(&others) {
                    let facts = facts_of(&mut self.functions, &frame.function);
                    let dormant = facts.dormant.get_or_insert_default();
                    dormant.mutates.insert(name.clone());
                }
            }
            frame.dormant.add_older(&others, frame.first_object);
        }
        self.record.asleep.add(&others, shallow);
    }

    /// Notes a change of objects for the functions in progress that were given them. What a class holds is no part of its
    /// objects.
    fn change_parameters(&mut self, objects: &Objects, is_shared: bool) {
        if is_shared {
            self.change_defaults(objects);
        }
        let mut of_classes: Option<Objects> = None;
        let heard_from = self.heard_from;
        let mut looked_at = objects.len();
        for (depth, frame) in self.frames.iter_mut().enumerate().skip(heard_from) {
            // Of arguments that may be parts of each other, in a call that nobody made, it is the one that is meant.
            let meant = if self.is_presuming && depth > 0 {
                closest(frame, objects)
            } else {
                None
            };
            for (name, parameter) in &frame.parameters {
                if meant.as_ref().is_some_and(|it| it != name) {
                    continue;
                }
                let known = self.functions.get(&frame.function);
                let is_known = known.is_some_and(|it| {
                    if self.is_cause_unknown {
                        it.may_mutate.contains(name)
                    } else {
                        it.mutates.contains(name) && it.mutates_inside.contains(name)
                    }
                });
                if is_known {
                    continue;
                }
                looked_at += objects.len() + parameter.len();
                if parameter.is_disjoint(objects) {
                    continue;
                }
                if is_shared && leads_to_instances(frame.locals.get(name), &self.classes) {
                    let held = || held_by_classes(objects, &self.shared, &self.classes);
                    let held = of_classes.get_or_insert_with(held);
                    held.add(&self.class_states);
                    if !parameter.meets_outside(objects, held) {
                        continue;
                    }
                }
                let facts = facts_of(&mut self.functions, &frame.function);
                if self.is_cause_unknown {
                    facts.may_mutate.insert(name.clone());
                    continue;
                }
                facts.mutates.insert(name.clone());
                let none = Objects::new();
                let own = frame.given.get(name).unwrap_or(&none);
                if parameter.meets_outside(objects, own) {
                    facts.mutates_inside.insert(name.clone());
                }
            }
            frame.changed.add_older(objects, frame.first_object);
        }
        self.budget = self.budget.saturating_sub(work(looked_at));
    }

    /// The object that a module holds at a path: it is older than all that the program makes.
    pub(crate) fn module_object(&mut self, path: &str) -> Object {
        let next = Object::try_from(self.module_objects.len()).unwrap_or(0);
        let object = *self.module_objects.entry(path.to_owned()).or_insert(next);
        self.shared.insert(object);
        object
    }

    /// Changes of what outlives calls: state of the process, for those that did not make it themselves. Whether there are any.
    fn change_shared(&mut self, objects: &Objects) -> bool {
        let oldest = objects.oldest_in(&self.shared);
        if let Some(oldest) = oldest {
            self.add_effect_of_older(oldest, "an object that calls share");
        }
        oldest.is_some()
    }

    /// A change of the variables of an ended call: state, for the calls that began after it.
    pub(crate) fn change_kept(&mut self, scope: u32, source: &str) {
        let reason = Reason {
            effect: Effect::GlobalState,
            range: TextRange::default(),
            chain: vec![source.to_owned()],
        };
        for frame in &self.frames {
            let facts = facts_of(&mut self.functions, &frame.function);
            if frame.id > scope && !facts.effects.contains(Effect::GlobalState) {
                facts.effects.insert(Effect::GlobalState);
                facts.reasons.push(reason.clone());
            }
        }
        let is_older_than_statement = scope < self.first_frame;
        if is_older_than_statement {
            self.record_state(reason);
        }
    }

    /// A change of process-wide state, for the calls that are younger than the object.
    fn add_effect_of_older(&mut self, object: Object, source: &str) {
        let reason = Reason {
            effect: Effect::GlobalState,
            range: TextRange::default(),
            chain: vec![source.to_owned()],
        };
        let is_of_class = self.is_of_class(object);
        for frame in &self.frames {
            let facts = facts_of(&mut self.functions, &frame.function);
            // What it was given is its argument, but not what all objects of its class share.
            let is_given =
                !is_of_class && frame.parameters.iter().any(|(_, it)| it.contains(&object));
            if object < frame.first_object
                && !is_given
                && !facts.effects.contains(Effect::GlobalState)
            {
                facts.effects.insert(Effect::GlobalState);
                facts.reasons.push(reason.clone());
            }
        }
        if object < self.first_object {
            self.record_state(reason);
        }
    }

    /// The statement changes state of the process, for a reason.
    fn record_state(&mut self, reason: Reason) {
        let effects = &mut self.record.effects;
        let is_new = !effects.all.contains(reason.effect);
        effects.insert(reason.effect, self.asleep == 0);
        if is_new {
            self.record.reasons.push(reason);
        }
    }

    /// Whether a class holds an object itself, and not each of its objects one of its own.
    fn is_of_class(&self, object: Object) -> bool {
        self.classes.values().any(|class| {
            let shared = class.attributes.iter();
            let mut shared = shared.filter(|(name, _)| !class.own_attributes.contains(*name));
            shared.any(|(_, value)| value.leads_to(object))
        })
    }

    /// What waits in a value happens now, as it is iterated.
    pub(crate) fn happen(&mut self, lazy: Happened, range: TextRange, source: &str) {
        for effect in lazy.awake.iter() {
            self.add_effect(effect, range, source);
        }
        if !lazy.asleep().is_pure() {
            self.dormant(|it| {
                for effect in lazy.asleep().iter() {
                    it.add_effect(effect, range, source);
                }
            });
        }
    }

    /// Notes what a generator does to older objects and to names of the module, now that it is iterated.
    pub(crate) fn change_later(&mut self, iterable: &Value) {
        let Some(changes) = iterable.later.changes() else {
            return;
        };
        let changed = Value {
            own: changes.objects.clone(),
            ..Value::default()
        };
        self.mutate(&changed, false);
        if !changes.asleep.is_empty() {
            let changed = Value {
                own: changes.asleep.clone(),
                ..Value::default()
            };
            self.dormant(|it| it.mutate(&changed, false));
        }
        self.record
            .global_reads
            .extend(changes.reads.iter().cloned());
        self.record
            .global_writes
            .extend(changes.writes.iter().cloned());
    }

    /// Notes that iterators are used up.
    pub(crate) fn use_up(&mut self, value: &Value) {
        self.record.consumed.add(&value.own);
        let others = self.asides_of(&value.own);
        self.record.consumed.add(&others);
        if !value.ty.as_ref().is_some_and(Type::is_iterator) {
            return;
        }
        for frame in &self.frames {
            for (name, parameter) in &frame.parameters {
                if !parameter.is_disjoint(&value.own) {
                    let facts = facts_of(&mut self.functions, &frame.function);
                    if self.is_cause_unknown {
                        facts.may_mutate.insert(name.clone());
                    } else {
                        facts.consumes.insert(name.clone());
                    }
                }
            }
        }
    }

    /// A cell that turns out to be a list or the like changes.
    pub(crate) fn change_cell(&mut self, cell: &Value) {
        if !cell.cell_of.is_empty() {
            self.mutate(&cell.table_of_cell(), false);
        }
    }

    /// Notes that everything reachable from a value may change.
    pub(crate) fn mutate_deeply(&mut self, value: &Value) {
        if !value.is_immutable() {
            let everything = Value {
                own: value.reach(),
                ..Value::default()
            };
            self.forget_held(&everything.own);
            if self.has_entries {
                self.forget_entries(&everything.own);
            }
            self.mutate(&everything, false);
        }
    }

    /// What displays put at positions of these objects may be elsewhere now.
    fn forget_entries(&mut self, objects: &Objects) {
        for frame in &mut self.frames {
            frame.locals.forget_entries(objects);
        }
        for scope in self.scopes.values_mut() {
            scope.variables.forget_entries(objects);
        }
        let objects = &self.with_originals(objects);
        for class in self.classes.values_mut() {
            let forgets = |it: &Value| it.entries.is_some() && it.meets(objects);
            if class.attributes.values().any(forgets) {
                let attributes = Rc::make_mut(class).attributes.values_mut();
                for value in attributes.filter(|it| forgets(it)) {
                    value.forget_entries(objects);
                }
            }
        }
        self.globals.forget_entries(objects);
    }

    /// A container gets an element: the types of its elements grow.
    pub(crate) fn grow(&mut self, receiver: &Value, key: Option<Type>, element: Option<Type>) {
        let is_container = [
            "list",
            "set",
            "dict",
            "collections.deque",
            "collections.defaultdict",
            "collections.OrderedDict",
        ]
        .iter()
        .any(|name| receiver.is(name));
        if !is_container || receiver.own.is_empty() {
            return;
        }
        let mut grown = vec![element];
        let has_keys = ["dict", "collections.defaultdict", "collections.OrderedDict"];
        if has_keys.iter().any(|name| receiver.is(name)) {
            grown.insert(0, key);
        }
        let inside = receiver.own.union(&receiver.views);
        let grow_one = |own: &Objects, views: &Objects, variable: &mut Value| {
            if variable.own.is_disjoint(own) {
                let holds_it = !variable.own.is_disjoint(views) || !variable.holds.is_disjoint(own);
                if holds_it && let (Some(ty), Some(of)) = (&mut variable.ty, &receiver.ty) {
                    grow_inside(ty, of, &grown, 0);
                }
                return;
            }
            let Some(ty) = variable.ty.as_mut() else {
                return;
            };
            if Some(&ty.name) != receiver.ty.as_ref().map(|ty| &ty.name) || ty.arguments.is_empty()
            {
                return;
            }
            ty.arguments = grown_arguments(ty, &grown);
        };
        let grow = |own: &Objects, views: &Objects, variable: &mut Value| {
            grow_one(own, views, variable);
            variable.change_entries(&inside, &mut |it| grow_one(own, views, it));
        };
        for frame in &mut self.frames {
            let locals = &mut frame.locals;
            locals.change(&inside, |it| grow(&receiver.own, &receiver.views, it));
        }
        let own = self.with_originals(&receiver.own);
        let views = self.with_originals(&receiver.views);
        self.change_attributes(&own.union(&views), |it| grow(&own, &views, it));
        self.globals
            .change(&inside, |it| grow(&receiver.own, &receiver.views, it));
    }

    /// What is looked up in it is there from now on.
    pub(crate) fn grow_keys(&mut self, receiver: &Value, key: Option<&Type>) {
        let own = self.with_originals(&receiver.own);
        let grow_one = |variable: &mut Value| {
            let is_it = !variable.own.is_disjoint(&own);
            let of = receiver.ty.as_ref().map(|it| &it.name);
            let known = variable
                .ty
                .as_mut()
                .filter(|it| Some(&it.name) == of && is_it);
            if let Some(own) = known.and_then(|it| it.arguments.first_mut()) {
                *own = Type::or_unknown(Type::join(Some(own), key));
            }
        };
        let grow = |variable: &mut Value| {
            grow_one(variable);
            variable.change_entries(&own, &mut |it| grow_one(it));
        };
        for frame in &mut self.frames {
            frame.locals.change(&receiver.own, grow);
        }
        self.change_attributes(&own, grow);
        self.globals.change(&receiver.own, grow);
    }

    /// Makes every variable that may be one of `receiver`'s objects hold those of `argument`.
    pub(crate) fn absorb(&mut self, receiver: &Value, argument: &Value) {
        let reach = argument.reach();
        let is_plain = reach.is_empty() && !argument.draws && argument.called().is_none();
        if is_plain || receiver.own.is_empty() {
            return;
        }
        for frame in &mut self.frames {
            let variables = &mut frame.locals;
            variables.change(&receiver.own, |it| it.absorb_into(&receiver.own, argument));
        }
        for scope in self.scopes.values_mut() {
            let variables = &mut scope.variables;
            variables.change(&receiver.own, |it| it.absorb_into(&receiver.own, argument));
        }
        let own = self.with_originals(&receiver.own);
        self.change_attributes(&own, |it| it.absorb_into(&own, argument));
        self.hold_inside(&receiver.own, argument);
        let variables = &mut self.globals;
        variables.change(&receiver.own, |it| it.absorb_into(&receiver.own, argument));
    }

    /// Changes what attributes of classes hold that leads to any of some objects.
    fn change_attributes(&mut self, objects: &Objects, mut change: impl FnMut(&mut Value)) {
        for class in self.classes.values_mut() {
            // A class is copied only when something in it changes.
            if class.attributes.values().any(|it| it.meets(objects)) {
                let attributes = Rc::make_mut(class).attributes.values_mut();
                attributes
                    .filter(|it| it.meets(objects))
                    .for_each(&mut change);
            }
        }
    }
}

/// What is known of a function, by name.
pub(crate) fn facts_of<'f>(
    functions: &'f mut BTreeMap<String, FunctionFacts>,
    name: &str,
) -> &'f mut FunctionFacts {
    if !functions.contains_key(name) {
        functions.insert(name.to_owned(), FunctionFacts::default());
    }
    functions.get_mut(name).expect("it was just there")
}

/// What it costs to compare sets of so many objects, in statements.
fn work(objects: usize) -> u32 {
    u32::try_from(objects / COMPARED_AT_ONCE).unwrap_or(u32::MAX)
}

/// So many objects are compared in the time of a statement.
const COMPARED_AT_ONCE: usize = 500;

/// The one of several parameters that share an object which is nothing else than that.
fn closest(frame: &Frame, objects: &Objects) -> Option<String> {
    let sharing = frame
        .parameters
        .iter()
        .filter(|(_, it)| !it.is_disjoint(objects));
    if sharing.count() < 2 {
        return None;
    }
    let is_meant = |(_, own): &(&String, &Objects)| own.len() == 1 && !own.is_disjoint(objects);
    let mut meant = frame.given.iter().filter(is_meant);
    let (name, _) = meant.next()?;
    meant.next().is_none().then(|| name.clone())
}

/// What is known of a type, and what it appears to be where nothing is.
pub(crate) fn told_apart(ty: Option<Type>) -> (Option<Type>, Option<Type>) {
    match ty {
        Some(mut ty) if ty.name == "unknown" => (None, ty.arguments.pop()),
        Some(mut ty) if ty.name == "scalar" => {
            let hint = ty.arguments.pop();
            (Some(Type::new("scalar")), hint)
        }
        ty => (ty, None),
    }
}

/// A container in a container gets an element: those of its kind may be it.
fn grow_inside(ty: &mut Type, of: &Type, grown: &[Option<Type>], depth: u8) {
    const MAX_DEPTH: u8 = 3;
    if depth > MAX_DEPTH {
        return;
    }
    for inner in &mut ty.arguments {
        let is_known = grown.iter().all(Option::is_some);
        if inner.name == of.name && !inner.arguments.is_empty() && (is_known || inner.is_empty()) {
            inner.arguments = grown_arguments(inner, grown);
        }
        grow_inside(inner, of, grown, depth + 1);
    }
}

/// The types of a container's parts after elements of other types came in; none where they are not known.
pub(crate) fn grown_arguments(ty: &Type, grown: &[Option<Type>]) -> Vec<Type> {
    let arguments: Option<Vec<Type>> = grown
        .iter()
        .enumerate()
        .map(|(at, new)| {
            let known = ty.arguments.get(at);
            match new {
                // Who fills a dictionary with another of which nothing is known knows no more of it.
                None if known.is_some_and(|it| it.name == "never") => Some(Type::unknown()),
                _ => Type::join(known, new.as_ref()),
            }
        })
        .collect();
    arguments.unwrap_or_default()
}
