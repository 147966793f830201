//! Small values that only a display which is left out needs: colours, labels, positions of ticks, and those that nothing
//! needs before they are bound again.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Access, Callee, EffectGraph};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, TextRange, UnitId, snippet};

use super::{Form, Step, StepKind, keeps_code};
use crate::names::mentioned_names;
use crate::timeline::names_in;
use crate::untangle::DRAWN;

/// What only prepares a display is built of literals, of names, and of calls of these.
const SMALL_CALLS: &[&str] = &[
    "dict",
    "enumerate",
    "float",
    "int",
    "itertools.cycle",
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

/// What makes the points at which something is drawn.
const GRIDS: &[&str] = &[
    "numpy.arange",
    "numpy.geomspace",
    "numpy.linspace",
    "numpy.logspace",
    "numpy.meshgrid",
];

/// Why they go.
const REASON: &str = "only prepares a display that is left out";
const UNREAD: &str = "is bound again before anything that stays reads it";
const UNUSED: &str = "names a value that is written down, and nothing reads it";

/// Finds the statements that only prepare what `dropped` displays.
pub(crate) fn prepared_only(
    program: &Program,
    graph: &EffectGraph,
    steps: &[Step],
    dropped: &BTreeMap<UnitId, &'static str>,
) -> BTreeMap<UnitId, &'static str> {
    let kept_elsewhere = named_by_definitions(program, steps, dropped);
    let work = steps.iter().filter(|it| it.kind == StepKind::Work);
    let variables: BTreeSet<&String> = work.flat_map(|it| &it.may).collect();
    // `grid = np.linspace(0, 1)`, but not `edges = sobel(image)`.
    let is_slight = |step: &Step| match step.form {
        Form::Literal | Form::Part => true,
        Form::Tiny => step.reads.iter().all(|name| !variables.contains(name)),
        Form::Full => false,
    };
    let is_literal = |step: &Step| step.form == Form::Literal;
    let drawn_inside = drawn_inside(program);
    let mentioned = mentioned_in(program);
    // What stands for a cell of another language, or an unknown magic, may need anything.
    let has_gaps = program.source.text.contains("raise NotImplementedError(");
    let mut found = BTreeMap::new();
    // What the statements after a step read before they bind it again: those that stay, and those that go.
    let mut needed: BTreeSet<&String> = BTreeSet::new();
    let mut shown: BTreeSet<&String> = BTreeSet::new();
    let mut bound: BTreeSet<&String> = BTreeSet::new();
    for step in steps.iter().rev() {
        let is_shown_only = |name: &String| {
            (shown.contains(name) || drawn_inside.contains(name))
                && !needed.contains(name)
                && !kept_elsewhere.contains(name.as_str())
        };
        let is_bound_again = |name: &String| {
            let is_needed = needed.contains(name) || kept_elsewhere.contains(name.as_str());
            bound.contains(name) && !is_needed
        };
        let is_unused = |name: &String| {
            let is_read = needed.contains(name) || shown.contains(name);
            !is_read && !kept_elsewhere.contains(name.as_str()) && !mentioned.contains(name)
        };
        let is_small = only_names(program, step);
        let reason = if dropped.contains_key(&step.unit) {
            None
        } else if is_small
            && calls_little(graph, program.units()[step.unit.index()].range, GRIDS)
            && step.may.iter().all(is_shown_only)
        {
            Some(REASON)
        } else if is_small && is_slight(step) && step.may.iter().all(is_bound_again) {
            Some(UNREAD)
        } else if is_small && !has_gaps && is_literal(step) && step.may.iter().all(is_unused) {
            Some(UNUSED)
        } else {
            None
        };
        let goes = reason.is_some() || dropped.contains_key(&step.unit);
        found.extend(reason.map(|it| (step.unit, it)));
        for name in &step.must {
            needed.remove(name);
            shown.remove(name);
            bound.insert(name);
        }
        let readers = if goes { &mut shown } else { &mut needed };
        readers.extend(step.reads.iter().chain(&step.captures));
        if !goes {
            let used = step.mutates.keys().chain(&step.consumes);
            readers.extend(used.chain(&step.deletes));
        }
    }
    found
}

/// Names that texts mention, which a library may look up.
fn mentioned_in(program: &Program) -> BTreeSet<String> {
    let statements = program.units().iter().map(|it| program.statement(it.id));
    statements.flat_map(mentioned_names).collect()
}

/// Names in the drawing that was left out of loops and branches.
fn drawn_inside(program: &Program) -> BTreeSet<String> {
    let dropped = program.source.dropped.iter();
    let drawn = dropped.filter(|it| it.reason == DRAWN);
    let mut names = BTreeSet::new();
    for it in drawn {
        let parsed = snippet(&it.text);
        for statement in parsed.statements() {
            let occurrences = Access::of(statement).occurrences.into_iter();
            names.extend(occurrences.map(|(name, ..)| name));
        }
    }
    names
}

/// Names that functions and classes which stay look up: they may be read whenever those are used.
fn named_by_definitions<'p>(
    program: &'p Program,
    steps: &'p [Step],
    dropped: &BTreeMap<UnitId, &'static str>,
) -> BTreeSet<&'p str> {
    let mut names = BTreeSet::new();
    for step in steps.iter().filter(|it| !dropped.contains_key(&it.unit)) {
        if step.is_definition() {
            names.extend(step.captures.iter().chain(&step.reads).map(String::as_str));
        } else if keeps_code(program.statement(step.unit)) {
            names.extend(names_in(program.statement(step.unit)));
        }
    }
    names
}

/// Whether a statement does no more than give names to a value.
fn only_names(program: &Program, step: &Step) -> bool {
    let Stmt::Assign(ast::StmtAssign { targets, .. }) = program.statement(step.unit) else {
        return false;
    };
    let is_name = |target: &Expr| match target {
        Expr::Name(_) => true,
        Expr::Tuple(tuple) => tuple.elts.iter().all(Expr::is_name_expr),
        _ => false,
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
}

/// Whether what stands at a place calls no more than what small values are made with, and these.
pub(crate) fn calls_little(graph: &EffectGraph, range: TextRange, others: &[&str]) -> bool {
    let is_small = |callee: &Callee| match callee {
        Callee::Library(name) => {
            let name = name.trim_start_matches("builtins.");
            SMALL_CALLS.contains(&name) || others.contains(&name)
        }
        Callee::User(_) | Callee::Unknown => false,
    };
    graph.calls_in(range).all(|call| is_small(&call.callee))
}
