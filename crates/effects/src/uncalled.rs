//! Functions that nothing calls: what they do, on arguments that are not known.

use std::collections::BTreeMap;

use srcify_syntax::{TextRange, ast};

use crate::analyze::{Analyzer, Body, Record, UNIT_BUDGET};
use crate::calls::Passed;
use crate::facts::FunctionFacts;
use crate::instances::Instances;
use crate::value::{Callable, Value};
use crate::{Effect, EffectSet};

impl<'a> Analyzer<'a> {
    /// Evaluates functions and methods that nothing calls. Their types are those of unknown arguments; their effects those
    /// of the arguments that they are most likely given.
    pub(crate) fn run_uncalled_functions(&mut self) {
        let called: Vec<String> = self
            .functions
            .iter()
            .filter(|(_, facts)| facts.is_called)
            .map(|(name, _)| name.clone())
            .collect();
        let before = self.functions.clone();
        let oldest = self.next_object;
        self.condensed.next = oldest;
        self.apparent.first_guessed = self.closures.len();
        for index in 0..self.closures.len() {
            if self.is_uncalled(index) {
                self.run_uncalled(index);
                self.condense_attributes(oldest);
            }
        }
        let plain = std::mem::replace(&mut self.functions, before);
        let calls = self.calls.clone();
        self.is_presuming = true;
        let catalog = std::mem::replace(&mut self.catalog, self.presumed_catalog);
        let indices: Vec<usize> = (0..self.closures.len())
            .filter(|it| self.is_uncalled(*it))
            .collect();
        for index in indices {
            self.presumed = self.presumed_types(index);
            self.run_uncalled(index);
            self.run_decorated(index);
            self.condense_attributes(oldest);
        }
        let wrapped: Vec<usize> = (0..self.closures.len())
            .filter(|it| self.closures[*it].is_top_level && !self.is_uncalled(*it))
            .collect();
        for index in wrapped {
            self.run_decorated(index);
        }
        let made = self.run_made();
        self.is_presuming = false;
        self.catalog = catalog;
        self.calls = calls;
        let presumed = std::mem::replace(&mut self.functions, plain);
        for (name, facts) in made {
            self.functions.entry(name).or_insert(facts);
        }
        for (name, changed) in std::mem::take(&mut self.decorated) {
            let facts = self.functions.entry(name).or_default();
            facts.mutates.retain(|it| changed.contains(it));
        }
        for (name, facts) in &mut self.functions {
            let Some(found) = presumed.get(name).filter(|_| !called.contains(name)) else {
                continue;
            };
            // What is only unknown of the presumed types speaks against them.
            let is_refuted =
                found.effects.contains(Effect::Unknown) && !facts.effects.contains(Effect::Unknown);
            if !is_refuted {
                take_effects(facts, found);
            }
        }
    }

    fn is_uncalled(&self, index: usize) -> bool {
        let closure = &self.closures[index];
        let is_called = self
            .functions
            .get(&closure.name)
            .is_some_and(|facts| facts.is_called);
        closure.is_top_level && !is_called && closure.name != "<lambda>"
    }

    fn run_uncalled(&mut self, index: usize) {
        self.begin_uncalled();
        let class = self.closures[index]
            .name
            .split_once('.')
            .map(|(class, _)| class.to_owned());
        let receiver = class.map(|class| self.instance_of(&class));
        self.apparent.is_guess = true;
        self.invoke_unknown(index, receiver);
    }

    /// Functions that variables hold: `step = counter()`, `double = lambda x: 2 * x`.
    fn run_made(&mut self) -> Vec<(String, FunctionFacts)> {
        let held: Vec<(String, usize)> = self
            .globals
            .iter()
            .filter(|(name, _)| !self.functions.contains_key(*name))
            .filter_map(|(name, value)| match value.callable {
                Some(Callable::Closure(index)) => Some(((*name).to_owned(), index)),
                _ => None,
            })
            .take(MAX_MADE)
            .collect();
        let mut made = Vec::new();
        for (name, index) in held {
            let own = self.closures[index].name.clone();
            let before = self.functions.remove(&own);
            self.presumed = self.presumed_types(index);
            self.begin_uncalled();
            self.invoke_unknown(index, None);
            let found = match before {
                Some(before) => self.functions.insert(own, before),
                None => self.functions.remove(&own),
            };
            let mut facts = FunctionFacts::default();
            if let Some(found) = found {
                take_effects(&mut facts, &found);
            }
            made.push((name, facts));
        }
        made
    }

    /// What may be called, first what only code makes that does not run; without functions that an earlier guess made, where
    /// the one that is followed makes them anew: attributes of classes hold what all guesses left there.
    pub(crate) fn made_last<'c>(
        &self,
        all: &'c [Callable],
    ) -> (Vec<&'c Callable>, Vec<&'c Callable>) {
        let guessed = |it: &Callable| match it {
            Callable::Closure(index) if *index >= self.apparent.first_guessed => {
                Some((self.closures[*index].body, self.closures[*index].enclosing?))
            }
            _ => None,
        };
        let guessed: Vec<_> = all.iter().map(guessed).collect();
        let is_new = |scope: u32| self.is_presuming && scope >= self.first_frame;
        let is_stale = |(body, scope): (Body<'_>, u32)| {
            let mut others = guessed.iter().flatten();
            !is_new(scope) && others.any(|(other, scope)| is_new(*scope) && other.is(&body))
        };
        let last = all.iter().zip(&guessed);
        let last = last.filter(|(_, it)| !it.is_some_and(is_stale));
        let last = last.map(|(it, _)| it);
        last.partition(|it| matches!(it, Callable::Asleep(_)))
    }

    fn begin_uncalled(&mut self) {
        self.record = Record::default();
        self.instances = Instances::default();
        self.budget = UNIT_BUDGET;
        self.first_object = self.next_object;
        self.first_frame = self.next_frame;
    }

    /// What a function is most likely given, by the names of its parameters.
    fn likely_arguments(
        &mut self,
        index: usize,
        parameters: &'a ast::Parameters,
    ) -> Vec<(String, Passed)> {
        let presumed = self.presumed_types(index);
        let mut given: Vec<(String, Passed)> = Vec::new();
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            let own = parameter.name().to_string();
            let value = self.parameter(parameter, None, presumed.get(&own));
            given.push((own, plain(value)));
        }
        given
    }

    /// Calls of a decorated function run what the decorator made of it, on what the function itself is most likely given.
    fn run_decorated(&mut self, index: usize) {
        let name = self.closures[index].name.clone();
        let made = self.globals.get(&name).and_then(|it| it.callable.clone());
        let (Some(Callable::Closure(wrapper)), Some(parameters)) =
            (made, self.closures[index].parameters)
        else {
            return;
        };
        if wrapper == index {
            return;
        }
        self.begin_uncalled();
        let given = self.likely_arguments(index, parameters);
        let passed: Vec<Passed> = given.iter().map(|(_, it)| it.clone()).collect();
        self.presumed = BTreeMap::new();
        let own = self.closures[wrapper].name.clone();
        let before = self.functions.remove(&own);
        // What the function does by itself it does where the decorator's calls it.
        let plain = self.functions.get_mut(&name).map(|it| {
            let deeds = it.deeds();
            it.take_deeds(FunctionFacts::default());
            deeds
        });
        self.invoke(wrapper, None, &passed, TextRange::default());
        let found = match before {
            Some(before) => self.functions.insert(own, before),
            None => self.functions.remove(&own),
        };
        let record = std::mem::take(&mut self.record);
        let facts = self.functions.entry(name.clone()).or_default();
        let dormant = found.as_ref().and_then(|it| it.dormant.clone());
        let asleep = dormant.as_ref().map_or(EffectSet::PURE, |it| it.effects);
        facts.effects.extend(record.effects.all.without(asleep));
        for reason in record.reasons {
            if asleep.contains(reason.effect) {
                continue;
            }
            if facts.reasons.iter().all(|it| it.effect != reason.effect) {
                facts.reasons.push(reason);
            }
        }
        if let Some(found) = found {
            facts.effects.extend(found.effects);
            facts.changes.extend(found.changes);
            facts.writes.extend(found.writes);
        }
        let plain = plain.filter(|it| !facts.includes(it)).map(Box::new);
        for asleep in dormant.into_iter().chain(plain) {
            facts.dormant.get_or_insert_default().add_deeds(&asleep);
        }
        // What it does to copies that the decorator makes is nothing to its caller.
        let is_changed = |it: &Passed| it.value.meets(&record.mutated.all);
        facts.mutates = given
            .into_iter()
            .filter(|(_, it)| is_changed(it))
            .map(|(name, _)| name)
            .collect();
        let changed = facts.mutates.clone();
        self.decorated.insert(name, changed);
    }
}

impl Body<'_> {
    /// Whether it is the same code.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Statements(one), Self::Statements(other)) => std::ptr::eq(*one, *other),
            (Self::Expression(one), Self::Expression(other)) => std::ptr::eq(*one, *other),
            _ => false,
        }
    }
}

fn plain(value: Value) -> Passed {
    Passed {
        name: None,
        value,
        range: TextRange::default(),
        is_keyword: false,
        is_unpacked: false,
        is_link: false,
    }
}

/// Functions that variables hold more than this are not looked at.
const MAX_MADE: usize = 50;

fn take_effects(facts: &mut FunctionFacts, found: &FunctionFacts) {
    facts.effects = found.effects;
    facts.reasons.clone_from(&found.reasons);
    facts.mutates.clone_from(&found.mutates);
    facts.may_mutate.clone_from(&found.may_mutate);
    facts.consumes.clone_from(&found.consumes);
    facts.changes.clone_from(&found.changes);
    facts.reads.extend(found.reads.iter().cloned());
    facts.writes.extend(found.writes.iter().cloned());
    facts.dormant.clone_from(&found.dormant);
}
