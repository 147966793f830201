//! Objects from outside that a function copies, and that come into it by another way, too.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cut, LiveAfter, Situation};
use crate::steps::Step;

/// Whether a step binds a name that it does not read: it changes the object by the name that it has before
/// (`fitted = model.fit(x)`).
pub(super) fn is_new(step: &Step, name: &String) -> bool {
    step.must.contains(name) && !step.reads.contains(name)
}

impl Situation<'_> {
    /// Whether steps of a cut bind a name: what they made of a copy refers to the copy (`groups = table.groupby(…)`).
    pub(super) fn binds_in(&self, steps: &[usize], name: &str) -> bool {
        steps.iter().any(|&it| self.steps[it].must.contains(name))
    }

    /// Whether a step may change the copy of an object of which another name keeps the original.
    pub(super) fn check_originals(
        &self,
        place: (&[usize], usize),
        cut: &Cut,
        live: &LiveAfter<'_>,
    ) -> Result<(), String> {
        match self.holder_of_original(place, cut, live) {
            Some(name) => Err(format!("changes an object that `{name}` also refers to")),
            None => Ok(()),
        }
    }

    /// A name bound in the cut, and read later, through which the object that a step changes is known from outside: it would
    /// go on to hold the original, while the cut changes its copy (`rows = rows; row.append(1)` after `rows.append(row)`).
    fn holder_of_original(
        &self,
        (steps, at): (&[usize], usize),
        cut: &Cut,
        live: &LiveAfter<'_>,
    ) -> Option<String> {
        let mutates = &self.steps[steps[at]].mutates;
        if !mutates.keys().any(|name| cut.copies.contains(name)) {
            return None;
        }
        // By name bound in the cut: the names from outside that it may come from.
        let mut sources: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
        for &index in &steps[..at] {
            let step = &self.steps[index];
            let mut from: BTreeSet<&String> = BTreeSet::new();
            for name in &step.reads {
                match sources.get(name) {
                    Some(known) => from.extend(known),
                    None => from.extend([name]),
                }
            }
            for name in &step.may {
                let mut all = from.clone();
                if !step.must.contains(name) {
                    let old = sources.get(name).cloned();
                    all.extend(old.unwrap_or_else(|| [name].into()));
                }
                sources.insert(name, all);
            }
            let changed = step.mutates.keys().filter(|it| !cut.copies.contains(it));
            for name in changed {
                if let Some(known) = sources.get_mut(name) {
                    known.extend(&from);
                }
            }
        }
        let is_original = |it: &&&String| {
            !cut.copies.contains(it) && (mutates.contains_key(**it) || sources.contains_key(**it))
        };
        let mut holders = mutates.keys().filter(|name| {
            let from = sources.get(name).into_iter().flatten();
            from.clone().any(|it| is_original(&it))
                && (live.contains(name) || self.read_in(&steps[at..], name))
        });
        holders.next().cloned()
    }
}
