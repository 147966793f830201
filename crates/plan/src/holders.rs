//! Where the package holds the last value of each variable of the input, for a comparison of both.

use crate::Rung;
use crate::planner::Planner;

impl Planner<'_> {
    /// Notes which statement changed each variable last.
    pub(crate) fn note_holders(&mut self) {
        for step in &self.steps {
            let decision = self.decisions.get(&step.unit);
            let is_placed = decision
                .is_some_and(|decision| matches!(decision.rung, Rung::Layered | Rung::InPlace));
            // What changes through another name is not held where it changes.
            let mutated = step.mutates.keys().filter(|it| step.reads.contains(*it));
            let changed = step.may.iter().chain(mutated);
            for name in changed.filter(|name| self.names.is_variable(name)) {
                if is_placed {
                    self.plan.holders.insert(name.clone(), step.unit);
                } else if step.may.contains(name) {
                    self.plan.holders.remove(name);
                }
            }
        }
    }
}
