//! What the search for settings asks of the whole program, found once.

use std::collections::BTreeMap;

use srcify_effects::{CallFacts, Callee, EffectGraph, Occurrence};
use srcify_syntax::{Program, Span, TextRange, UnitId};

use super::stored::stored;
use super::thresholds::{Score, scores};
use crate::timeline::names_in;

/// Answers by name and by place.
pub(super) struct Lookup<'a> {
    /// Every place where a name is read, with its statement.
    loads: BTreeMap<&'a str, Vec<(UnitId, TextRange)>>,
    /// The first statement that reads a name when it runs.
    first_read: BTreeMap<&'a str, UnitId>,
    /// The statements in which a name stands, as a variable of whatever scope.
    mentions: BTreeMap<&'a str, Vec<UnitId>>,
    /// Calls that have an expression as an argument.
    givers: BTreeMap<Span, Vec<&'a CallFacts>>,
    /// The parameter that an expression is given to, where the callee belongs to a library.
    parameters: BTreeMap<Span, (&'a str, &'a str)>,
    /// At how many places each name is kept.
    stored: BTreeMap<&'a str, usize>,
    /// Variables that hold the probabilities of a model, or other scores.
    pub scores: BTreeMap<String, Score>,
}

impl<'a> Lookup<'a> {
    pub(super) fn of(program: &'a Program, graph: &'a EffectGraph) -> Self {
        let mut lookup = Self {
            loads: BTreeMap::new(),
            first_read: BTreeMap::new(),
            mentions: BTreeMap::new(),
            givers: BTreeMap::new(),
            parameters: BTreeMap::new(),
            stored: stored(program),
            scores: scores(program, graph),
        };
        for (unit, facts) in program.units().iter().zip(&graph.units) {
            for (name, range, occurrence) in &facts.access.occurrences {
                if *occurrence == Occurrence::Load {
                    let places = lookup.loads.entry(name).or_default();
                    places.push((unit.id, *range));
                }
            }
            let own = facts.access.reads.iter();
            let now = own.filter(|name| !facts.access.captures.contains(*name));
            for name in now.chain(&facts.reads_by_call) {
                lookup.first_read.entry(name).or_insert(unit.id);
            }
            for name in names_in(program.statement(unit.id)) {
                lookup.mentions.entry(name).or_default().push(unit.id);
            }
        }
        for call in &graph.calls {
            for argument in &call.arguments {
                let place = Span::from(argument.range);
                lookup.givers.entry(place).or_default().push(call);
                if let (Callee::Library(callee), Some(name)) = (&call.callee, &argument.parameter) {
                    lookup.parameters.insert(place, (callee, name));
                }
            }
        }
        lookup
    }

    /// Every place where a name is read, with its statement.
    pub(super) fn loads(&self, name: &str) -> &[(UnitId, TextRange)] {
        self.loads.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a statement before `unit` reads the name when it runs.
    pub(super) fn is_read_before(&self, unit: UnitId, name: &str) -> bool {
        self.first_read.get(name).is_some_and(|first| *first < unit)
    }

    /// Whether what a name holds is kept at several places.
    pub(super) fn is_kept_twice(&self, name: &str) -> bool {
        self.stored.get(name).is_some_and(|places| *places > 1)
    }

    /// The statements in which a name stands.
    pub(super) fn mentions(&self, name: &str) -> &[UnitId] {
        self.mentions.get(name).map_or(&[], Vec::as_slice)
    }

    /// The calls that have the expression at `range` as an argument.
    pub(super) fn givers(&self, range: TextRange) -> &[&'a CallFacts] {
        self.givers
            .get(&Span::from(range))
            .map_or(&[], Vec::as_slice)
    }

    /// The function of a library and its parameter that the expression at `range` is given to.
    pub(super) fn parameter(&self, range: TextRange) -> Option<(&'a str, &'a str)> {
        self.parameters.get(&Span::from(range)).copied()
    }
}
