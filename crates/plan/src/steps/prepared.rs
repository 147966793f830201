//! Small values that only a display which is left out needs: colours, labels, positions of ticks.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Callee, EffectGraph};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, UnitId};

use super::{Step, StepKind, keeps_code};
use crate::timeline::names_in;

/// What only prepares a display is built of literals, of names, and of calls of these.
const SMALL_CALLS: &[&str] = &[
    "dict",
    "enumerate",
    "float",
    "int",
    "len",
    "list",
    "max",
    "min",
    "range",
    "reversed",
    "round",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
];

/// Why they go.
const REASON: &str = "only prepares a display that is left out";

/// Finds the statements that only prepare what `dropped` displays.
pub(crate) fn prepared_only(
    program: &Program,
    graph: &EffectGraph,
    steps: &[Step],
    dropped: &BTreeMap<UnitId, &'static str>,
) -> BTreeMap<UnitId, &'static str> {
    let kept_elsewhere = named_by_definitions(program, steps, dropped);
    let mut found = BTreeMap::new();
    // What the statements after a step read before they bind it again: those that stay, and those that go.
    let mut needed: BTreeSet<&String> = BTreeSet::new();
    let mut shown: BTreeSet<&String> = BTreeSet::new();
    for step in steps.iter().rev() {
        let is_shown_only = |name: &String| {
            shown.contains(name)
                && !needed.contains(name)
                && !kept_elsewhere.contains(name.as_str())
        };
        let goes = dropped.contains_key(&step.unit)
            || (prepares(program, graph, step) && step.may.iter().all(is_shown_only));
        if goes && !dropped.contains_key(&step.unit) {
            found.insert(step.unit, REASON);
        }
        for name in &step.must {
            needed.remove(name);
            shown.remove(name);
        }
        let readers = if goes { &mut shown } else { &mut needed };
        readers.extend(step.reads.iter().chain(&step.captures));
        if !goes {
            readers.extend(
                step.mutates
                    .keys()
                    .chain(&step.consumes)
                    .chain(&step.deletes),
            );
        }
    }
    found
}

/// Names in functions and classes that stay: they may be read whenever those are used.
fn named_by_definitions<'p>(
    program: &'p Program,
    steps: &[Step],
    dropped: &BTreeMap<UnitId, &'static str>,
) -> BTreeSet<&'p str> {
    let is_code = |step: &&Step| {
        let statement = program.statement(step.unit);
        !dropped.contains_key(&step.unit) && (step.is_definition() || keeps_code(statement))
    };
    let code = steps.iter().filter(is_code);
    code.flat_map(|step| names_in(program.statement(step.unit)))
        .collect()
}

/// Whether a statement does no more than write a small value down.
fn prepares(program: &Program, graph: &EffectGraph, step: &Step) -> bool {
    let facts = &program.units()[step.unit.index()];
    let Stmt::Assign(ast::StmtAssign { targets, .. }) = program.statement(step.unit) else {
        return false;
    };
    let is_name = |target: &Expr| match target {
        Expr::Name(_) => true,
        Expr::Tuple(tuple) => tuple.elts.iter().all(Expr::is_name_expr),
        _ => false,
    };
    let is_small = |callee: &Callee| match callee {
        Callee::Library(name) => SMALL_CALLS.contains(&name.trim_start_matches("builtins.")),
        Callee::User(_) | Callee::Unknown => false,
    };
    step.kind == StepKind::Work
        && step.is_pure()
        && !step.is_assumed
        && !step.keeps_code
        && !step.may.is_empty()
        && step.must == step.may
        && step.mutates.is_empty()
        && step.consumes.is_empty()
        && step.captures.is_empty()
        && targets.iter().all(is_name)
        && graph
            .calls_in(facts.range)
            .all(|call| is_small(&call.callee))
}
