//! `del x`, which mostly frees memory only: functions free theirs at their end.

use std::collections::BTreeSet;

use srcify_effects::{Effect, EffectSet, Type};
use srcify_syntax::ast::Stmt;

use crate::planner::Planner;
use crate::steps::Step;
use crate::timeline::Live;

/// What opens something that ends when nobody holds it any more: a file whose last lines are written then.
const OPENS: EffectSet = EffectSet::from_slice(&[
    Effect::WriteFile,
    Effect::Network,
    Effect::Database,
    Effect::Process,
    Effect::Unknown,
]);

/// Libraries whose objects are data alone.
const DATA: [&str; 7] = [
    "numpy.",
    "pandas.",
    "polars.",
    "sklearn.",
    "lightgbm.",
    "xgboost.",
    "scipy.",
];

/// Classes of theirs that write what they hold when they go.
const FILES: [&str; 3] = ["memmap", "HDFStore", "ExcelWriter"];

/// Builtins that are data, or hold some.
const BUILTINS: [&str; 10] = [
    "None", "bool", "bytes", "dict", "float", "int", "list", "set", "str", "tuple",
];

impl Planner<'_> {
    /// Variables that may hold something open, or something that holds it.
    pub(super) fn held_open(&self) -> BTreeSet<String> {
        let mut held: BTreeSet<String> = BTreeSet::new();
        for step in &self.steps {
            let holds =
                step.effects.intersects(OPENS) || step.reads.iter().any(|name| held.contains(name));
            for name in &step.may {
                let ty = step.types.get(name);
                let is_held = match ty {
                    Some(ty) if ends_with_code(ty) => true,
                    Some(ty) => holds && !is_data(ty),
                    None => holds,
                };
                if is_held {
                    held.insert(name.clone());
                }
            }
        }
        held
    }

    /// `del x` of variables alone, which does nothing else: no `__del__` runs, and nothing is closed.
    pub(super) fn is_cleanup(&self, step: &Step, reads: &Live, held: &BTreeSet<String>) -> bool {
        if !step.effects.is_pure() || !step.mutates.is_empty() {
            return false;
        }
        let Stmt::Delete(delete) = self.program.statement(step.unit) else {
            return false;
        };
        delete.targets.iter().all(|target| {
            target.as_name_expr().is_some_and(|name| {
                self.names.is_variable(&name.id)
                    && !held.contains(name.id.as_str())
                    // A later read that finds the name unbound must still fail.
                    && !reads.is_read_from(step.unit.index() + 1, &name.id)
            })
        })
    }
}

/// A generator runs what stands in its `finally` when it goes.
fn ends_with_code(ty: &Type) -> bool {
    ty.name == "Generator"
}

/// Whether nothing happens when an object of a type goes, but that memory is free.
fn is_data(ty: &Type) -> bool {
    let is_known =
        BUILTINS.contains(&ty.name.as_str()) || DATA.iter().any(|it| ty.name.starts_with(it));
    let is_file = FILES.iter().any(|it| ty.name.ends_with(it));
    is_known && !is_file && ty.arguments.iter().all(is_data)
}
