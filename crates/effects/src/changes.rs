//! Effects and changes of objects, noted for the statement and for every function in progress.

use std::collections::BTreeMap;

use srcify_syntax::TextRange;

use crate::analyze::Analyzer;
use crate::facts::Reason;
use crate::value::{Object, Objects, Value};
use crate::{Effect, Type};

impl Analyzer<'_> {
    /// A new object of a type.
    pub(crate) fn fresh(&mut self, ty: Option<Type>) -> Value {
        let mut value = Value {
            ty,
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
        let mut chain: Vec<String> = self
            .frames
            .iter()
            .map(|frame| frame.function.clone())
            .collect();
        chain.push(source.to_owned());
        for (depth, frame) in self.frames.iter().enumerate() {
            let facts = self.functions.entry(frame.function.clone()).or_default();
            if !facts.effects.contains(effect) {
                facts.effects.insert(effect);
                facts.reasons.push(Reason {
                    effect,
                    range,
                    chain: chain[depth + 1..].to_vec(),
                });
            }
        }
        self.record.effects.insert(effect);
        if !self
            .record
            .reasons
            .iter()
            .any(|reason| reason.effect == effect)
        {
            self.record.reasons.push(Reason {
                effect,
                range,
                chain,
            });
        }
    }

    /// Notes that an object changes in place. A shallow change leaves views of it alone.
    pub(crate) fn mutate(&mut self, value: &Value, shallow: bool) {
        if value.is_immutable() {
            return;
        }
        if value.ty.as_ref().is_some_and(Type::is_figure) {
            self.record.draws_figure = true;
        } else {
            self.record.mutates_other = true;
        }
        let mut objects = value.own.clone();
        if !shallow {
            objects.extend(&value.views);
        }
        self.change_shared(&objects);
        for frame in &mut self.frames {
            for (name, parameter) in &frame.parameters {
                if !parameter.is_disjoint(&objects) {
                    let facts = self.functions.entry(frame.function.clone()).or_default();
                    facts.mutates.insert(name.clone());
                }
            }
            let first = frame.first_object;
            frame
                .changed
                .extend(objects.iter().filter(|object| **object < first));
        }
        for object in objects {
            let entry = self.record.mutated.entry(object).or_insert(shallow);
            *entry &= shallow;
        }
    }

    /// Changes of what outlives calls: state of the process, for those that did not make it themselves.
    fn change_shared(&mut self, objects: &Objects) {
        let oldest = objects
            .iter()
            .filter(|object| self.shared.contains(object))
            .min()
            .copied();
        if let Some(oldest) = oldest {
            self.add_effect_of_older(oldest, "an object that calls share");
        }
    }

    /// A change of the variables of an ended call: state, for the calls that began after it.
    pub(crate) fn change_kept(&mut self, scope: u32, source: &str) {
        let reason = Reason {
            effect: Effect::GlobalState,
            range: TextRange::default(),
            chain: vec![source.to_owned()],
        };
        for frame in &self.frames {
            let facts = self.functions.entry(frame.function.clone()).or_default();
            if frame.id > scope && !facts.effects.contains(Effect::GlobalState) {
                facts.effects.insert(Effect::GlobalState);
                facts.reasons.push(reason.clone());
            }
        }
        let is_older_than_statement = scope < self.first_frame;
        if is_older_than_statement && !self.record.effects.contains(Effect::GlobalState) {
            self.record.effects.insert(Effect::GlobalState);
            self.record.reasons.push(reason);
        }
    }

    /// A change of process-wide state, for the calls that are younger than the object.
    fn add_effect_of_older(&mut self, object: Object, source: &str) {
        let reason = Reason {
            effect: Effect::GlobalState,
            range: TextRange::default(),
            chain: vec![source.to_owned()],
        };
        for frame in &self.frames {
            let facts = self.functions.entry(frame.function.clone()).or_default();
            if object < frame.first_object && !facts.effects.contains(Effect::GlobalState) {
                facts.effects.insert(Effect::GlobalState);
                facts.reasons.push(reason.clone());
            }
        }
        if object < self.first_object && !self.record.effects.contains(Effect::GlobalState) {
            self.record.effects.insert(Effect::GlobalState);
            self.record.reasons.push(reason);
        }
    }

    /// Notes that iterators are used up.
    pub(crate) fn use_up(&mut self, value: &Value) {
        self.record.consumed.extend(&value.own);
        if !value.ty.as_ref().is_some_and(Type::is_iterator) {
            return;
        }
        for frame in &self.frames {
            for (name, parameter) in &frame.parameters {
                if !parameter.is_disjoint(&value.own) {
                    let facts = self.functions.entry(frame.function.clone()).or_default();
                    facts.consumes.insert(name.clone());
                }
            }
        }
    }

    /// Notes that everything reachable from a value may change.
    pub(crate) fn mutate_deeply(&mut self, value: &Value) {
        if !value.is_immutable() {
            let everything = Value {
                own: value.reach(),
                ..Value::default()
            };
            self.mutate(&everything, false);
        }
    }

    /// Makes every variable that may be one of `receiver`'s objects hold those of `argument`.
    pub(crate) fn absorb(&mut self, receiver: &Value, argument: &Value) {
        let reach = argument.reach();
        let is_plain = reach.is_empty() && !argument.draws && argument.called().is_none();
        if is_plain || receiver.own.is_empty() {
            return;
        }
        let scopes = self
            .frames
            .iter_mut()
            .map(|frame| &mut frame.locals)
            .chain(self.scopes.values_mut().map(|scope| &mut scope.variables))
            .chain([&mut self.globals]);
        for variable in scopes.flat_map(BTreeMap::values_mut) {
            if !variable.own.is_disjoint(&receiver.own) {
                variable.absorb(argument);
            }
        }
    }
}
