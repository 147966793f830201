//! Where the package holds the last value of each variable of the input, for a comparison of both.

use crate::Rung;
use crate::job::unread::Unread;
use crate::planner::Planner;
use crate::steps::Step;

impl Planner<'_> {
    /// Notes which statement changed each variable last.
    pub(crate) fn note_holders(&mut self) {
        let steps = std::mem::take(&mut self.steps);
        for step in &steps {
            let decision = self.decisions.get(&step.unit);
            let is_placed = decision
                .is_some_and(|decision| matches!(decision.rung, Rung::Layered | Rung::InPlace));
            // What changes through another name is not held where it changes.
            let mutated = step.mutates.keys().filter(|it| step.reads.contains(*it));
            let changed = step.may.iter().chain(mutated);
            for name in changed.filter(|name| self.names.is_variable(name)) {
                let is_nameless =
                    |index: &usize| self.unread.get(index) == Some(&Unread::Nameless(name.clone()));
                if is_placed && is_nameless(&step.unit.index()) {
                    self.plan.holders.remove(name);
                    self.plan.left_out.insert(name.clone(), step.unit);
                } else if is_placed {
                    self.plan.holders.insert(name.clone(), step.unit);
                    self.plan.left_out.remove(name);
                } else {
                    let is_dropped = self.dropped.contains_key(&step.unit);
                    if is_dropped || step.may.contains(name) {
                        self.plan.holders.remove(name);
                    }
                    if is_dropped {
                        self.plan.left_out.insert(name.clone(), step.unit);
                    }
                }
            }
            self.forget_old_versions(step);
        }
        self.steps = steps;
    }

    /// A function changes a copy of what it is given: names of parts of the old object, which nothing reads any more,
    /// do not see it.
    fn forget_old_versions(&mut self, step: &Step) {
        let place_of = |unit| self.decisions.get(unit).map(|it| (it.rung, &it.place));
        let Some((Rung::Layered, place)) = place_of(&step.unit) else {
            return;
        };
        let others = step.mutates.keys().filter(|it| !step.reads.contains(*it));
        let old: Vec<String> = others
            .filter(|name| {
                let holder = self.plan.holders.get(*name);
                holder
                    .and_then(place_of)
                    .is_some_and(|(_, other)| other != place)
            })
            .cloned()
            .collect();
        for name in old {
            self.plan.holders.remove(&name);
            self.plan.left_out.insert(name, step.unit);
        }
    }
}
