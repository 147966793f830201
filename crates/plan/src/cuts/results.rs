//! What a function gives back that nothing asks for, and where a long one is divided.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cut, Form, GENERATORS, LiveAfter, MAX_INPUTS, Mutation, Situation, Step};

/// A function with more results than this gives back no more than what is read.
const MAX_GIVEN: usize = 8;

impl Situation<'_> {
    /// Adds what nothing reads to the results of a function, so that nothing is computed for nothing.
    pub(super) fn give_back_unread(&self, cut: &mut Cut) {
        let unread = if cut.outputs.is_empty() {
            self.unread_names(&cut.steps)
        } else {
            let names = self.last_names(&cut.steps).into_iter();
            names.filter(|name| !cut.outputs.contains(name)).collect()
        };
        let is_generator = |name: &&String| self.is_generator(name, &cut.steps);
        let unread: Vec<String> =
            if cut.outputs.is_empty() && unread.iter().all(|it| is_generator(&it)) {
                unread
            } else {
                let names = unread.iter().filter(|it| !is_generator(it));
                names.cloned().collect()
            };
        if cut.outputs.len() + unread.len() > MAX_GIVEN {
            return;
        }
        let last = cut.steps[cut.steps.len() - 1];
        let is_rebound = |name: &String| !self.is_final(name, last);
        let (rebound, kept): (BTreeSet<String>, BTreeSet<String>) =
            unread.iter().cloned().partition(is_rebound);
        if cut.outputs.is_empty() {
            cut.unread = unread.iter().cloned().collect();
            cut.rebound = rebound;
        } else {
            cut.unread = kept;
            cut.passing = rebound;
        }
        cut.outputs.extend(unread);
    }

    /// Whether a name holds a generator of random numbers, from which nobody draws any more: it is no result.
    fn is_generator(&self, name: &str, steps: &[usize]) -> bool {
        let types = steps.iter().rev().map(|&it| self.steps[it].types.get(name));
        types
            .flatten()
            .next()
            .is_some_and(|ty| GENERATORS.contains(&ty.name.as_str()))
    }

    /// Whether no statement after the step `last` binds or changes a name.
    fn is_final(&self, name: &str, last: usize) -> bool {
        let changed = self.timeline.changes.last(name);
        changed.is_none_or(|changed| changed <= last)
    }

    /// Names of what nothing reads after the steps: those that they bind for good, and what else all of them were for.
    fn unread_names(&self, steps: &[usize]) -> Vec<String> {
        let finals = self.final_names(steps);
        let last = self.last_names(steps);
        if finals.is_empty() {
            return last;
        }
        let mut all: Vec<String> = Vec::new();
        for name in steps.iter().flat_map(|&it| &self.steps[it].binds) {
            if (finals.contains(name) || last.contains(name)) && !all.contains(name) {
                all.push(name.clone());
            }
        }
        if all.len() > MAX_INPUTS { finals } else { all }
    }

    /// Names that the steps bind for good: no later statement binds them again.
    fn final_names(&self, steps: &[usize]) -> Vec<String> {
        let last = steps[steps.len() - 1];
        let must: BTreeSet<&String> = steps.iter().flat_map(|&it| &self.steps[it].must).collect();
        let is_final = |name: &&String| {
            must.contains(*name) && !name.starts_with('_') && self.is_final(name, last)
        };
        let mut names: Vec<String> = Vec::new();
        for name in steps
            .iter()
            .flat_map(|&it| &self.steps[it].binds)
            .filter(is_final)
        {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        if names.len() > MAX_INPUTS {
            Vec::new()
        } else {
            names
        }
    }

    /// Names that the steps bind and that no step after reads: what all the others were for.
    fn last_names(&self, steps: &[usize]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (at, &index) in steps.iter().enumerate() {
            for name in self.steps[index]
                .binds
                .iter()
                .filter(|name| !name.starts_with('_'))
            {
                let is_bound = self.steps[index].must.contains(name);
                let is_used = steps[at + 1..]
                    .iter()
                    .map(|&it| &self.steps[it])
                    .any(|later| {
                        // What takes a name is what it was for (`fitted = model.fit(x)`).
                        let only_changes = later.must.is_empty()
                            && later.mutates.get(name) == Some(&Mutation::Own);
                        (later.reads.contains(name) && !only_changes)
                            || later.deletes.contains(name)
                    });
                if is_bound && !is_used && !names.contains(name) {
                    names.push(name.clone());
                }
            }
        }
        if names.len() > MAX_INPUTS {
            Vec::new()
        } else {
            names
        }
    }

    /// The place of the first step that binds a name again whose value no step read: a function ends before it, to give
    /// that value back.
    pub(super) fn first_rebinding(&self, steps: &[usize]) -> Option<usize> {
        let mut unread: BTreeSet<&str> = BTreeSet::new();
        for (at, &index) in steps.iter().enumerate() {
            let step = &self.steps[index];
            for name in step.reads.iter().chain(&step.captures) {
                unread.remove(name.as_str());
            }
            let Some(name) = (self.assigned)(index).filter(|it| step.must.contains(*it)) else {
                continue;
            };
            if unread.contains(name) {
                return Some(at);
            }
            let is_computed = matches!(step.form, Form::Tiny | Form::Full);
            if is_computed && !self.is_generator(name, &steps[..=at]) {
                unread.insert(name);
            }
        }
        None
    }

    /// The position where the fewest values cross, near the middle.
    pub(super) fn best_split(&self, steps: &[usize]) -> usize {
        let middle = steps.len() / 2;
        let mut made: BTreeMap<&String, usize> = BTreeMap::new();
        let mut read: BTreeMap<&String, usize> = BTreeMap::new();
        for (at, &index) in steps.iter().enumerate() {
            for name in &self.steps[index].may {
                made.entry(name).or_insert(at);
            }
            for name in &self.steps[index].reads {
                read.insert(name, at);
            }
        }
        // A value crosses every position behind the step that makes it first, up to the step that reads it last.
        let mut change = vec![0_isize; steps.len() + 1];
        for (name, first) in made {
            if let Some(&last) = read.get(name).filter(|last| **last > first) {
                change[first + 1] += 1;
                change[last + 1] -= 1;
            }
        }
        let mut crossing = 0;
        let mut best = (usize::MAX, 1);
        for (at, step) in change.iter().enumerate().take(steps.len()).skip(1) {
            crossing += step;
            let cost = crossing.unsigned_abs() * 4 + at.abs_diff(middle);
            best = best.min((cost, at));
        }
        best.1
    }
}

/// The names that are live, in the order in which the steps bind them.
pub(super) fn in_order<'a>(
    steps: impl Iterator<Item = &'a Step>,
    names: &BTreeSet<&String>,
    live: &LiveAfter<'_>,
) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    for step in steps {
        for name in step.binds.iter().chain(step.mutates.keys()) {
            if names.contains(name) && live.contains(name) && !order.contains(name) {
                order.push(name.clone());
            }
        }
    }
    order
}
