//! Secrets that nothing reads: the package must not ask for them.

use std::collections::BTreeSet;

use srcify_effects::{Effect, EffectSet};
use srcify_syntax::UnitId;
use srcify_syntax::ast::{Expr, Stmt};

use super::Planner;
use crate::cuts::GENERATORS;
use crate::steps::{Step, StepKind, constant_assignment, is_scalar};

/// Why such a statement is dropped.
pub(super) const UNREAD_SECRET: &str = "holds a secret that nothing reads";

impl Planner<'_> {
    /// `key = "…"` alone, with a secret, where no statement or function needs the name.
    pub(super) fn is_unread_secret(&self, step: &Step) -> bool {
        let needs = |name: &str| self.steps.iter().any(|it| needs(it, name));
        self.secret_of(step).is_some_and(|name| !needs(name))
    }

    /// A function that is placed gets the secret from those who call it. Where nobody does, nobody has to have it.
    pub(super) fn drop_secrets_of_the_uncalled(&mut self) {
        let is_unread = |step: &&Step| {
            self.secret_of(step)
                .is_some_and(|name| self.is_for_uncalled(name))
        };
        let unread: Vec<UnitId> = self
            .steps
            .iter()
            .filter(is_unread)
            .map(|it| it.unit)
            .collect();
        for unit in unread {
            self.dropped.entry(unit).or_insert(UNREAD_SECRET);
        }
    }

    /// Whether only placed functions read a variable that nothing else calls.
    fn is_for_uncalled(&self, name: &str) -> bool {
        let placed = self.definitions.placed.values();
        let given: Vec<_> = placed
            .filter(|it| it.lifted.iter().any(|(variable, _)| variable == name))
            .collect();
        let units: BTreeSet<UnitId> = given.iter().map(|it| it.unit).collect();
        let mut others = self.steps.iter().filter(|it| !units.contains(&it.unit));
        !others.any(|it| needs(it, name) || given.iter().any(|function| needs(it, &function.name)))
    }

    /// `rng = np.random.RandomState(18)`, where nothing has to do with the name: nobody draws from it.
    pub(super) fn is_undrawn_generator(&self, step: &Step) -> bool {
        let statement = self.program.statement(step.unit);
        let Some((name, Expr::Call(call))) = constant_assignment(statement) else {
            return false;
        };
        let ty = step.types.get(name);
        let is_generator = ty.is_some_and(|ty| GENERATORS.contains(&ty.name.as_str()));
        let is_named = |it: &Step| {
            it.unit != step.unit
                && (needs(it, name) || it.may.contains(name) || it.mutates.contains_key(name))
        };
        is_generator
            && step.kind == StepKind::Work
            && step.is_pure()
            && !step.is_assumed
            && call.arguments.keywords.is_empty()
            && call.arguments.args.iter().all(is_scalar)
            && !self.steps.iter().any(is_named)
            && !self.names.get(name).is_some_and(|it| it.is_mentioned)
    }

    /// The variable of a statement that does nothing but name a secret.
    fn secret_of(&self, step: &Step) -> Option<&str> {
        let Stmt::Assign(assignment) = self.program.statement(step.unit) else {
            return None;
        };
        let [Expr::Name(name)] = assignment.targets.as_slice() else {
            return None;
        };
        let does_no_more = EffectSet::from_slice(&[Effect::ReadEnvironment]);
        let is_plain = !self.is_introspective
            && step.effects == does_no_more
            && step.mutates.is_empty()
            && self.secrets.iter().any(|secret| secret.unit == step.unit);
        is_plain.then_some(name.id.as_str())
    }
}

fn needs(step: &Step, name: &str) -> bool {
    step.reads.contains(name) || step.captures.contains(name)
}
