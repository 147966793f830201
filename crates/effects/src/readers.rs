//! Which statements look at objects that later statements change under another name.

use std::collections::BTreeMap;

use crate::analyze::{Analyzer, Record};
use crate::facts::Mutation;
use crate::value::{Object, Objects, Value};

impl Analyzer<'_> {
    /// Notes the objects that a statement reads under names which are bound more than once.
    pub(crate) fn note_readers(&mut self, unit: usize) {
        for name in self.accesses[unit].reads.intersection(&self.rebound) {
            let Some(value) = self.globals.get(name) else {
                continue;
            };
            for object in value.reach() {
                let names = self.readers.entry(object).or_default();
                names.entry(name.clone()).or_default().push(unit);
            }
        }
    }

    /// Tells the statements that read an object under a name which is none of it any more that it changes now: the name
    /// under which it does.
    pub(crate) fn tell_readers(
        &mut self,
        record: &Record,
        before: &BTreeMap<String, Value>,
        mutates: &BTreeMap<String, Mutation>,
        oldest: Object,
    ) {
        let changed = record.mutated.all.iter().chain(&record.consumed);
        for object in changed.filter(|it| **it < oldest) {
            let Some(readers) = self.readers.get(object) else {
                continue;
            };
            let unaware = readers.iter().filter(|(it, _)| !mutates.contains_key(*it));
            let units: Vec<usize> = unaware.flat_map(|(_, it)| it.iter().copied()).collect();
            if units.is_empty() {
                continue;
            }
            let leads = |it: Option<&Value>| it.is_some_and(|it| it.leads_to(*object));
            let name = mutates
                .keys()
                .find(|it| leads(before.get(*it)) || leads(self.globals.get(it)))
                .cloned()
                .or_else(|| self.name_of(*object));
            let Some(name) = name else { continue };
            for unit in units {
                let facts = self.units.get_mut(unit);
                // What it binds itself is ordered by that.
                if let Some(facts) = facts.filter(|it| !it.access.may.contains(&name)) {
                    facts.looks_at.insert(name.clone());
                }
            }
        }
    }

    /// A name that leads to an object.
    fn name_of(&self, object: Object) -> Option<String> {
        let names = self.globals.leading_to(&Objects::from([object]));
        names.into_iter().map(|(name, _)| name.to_owned()).min()
    }
}
