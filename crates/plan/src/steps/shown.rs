//! Statements that do nothing but draw or show something.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Callee, EffectGraph, Mutation, Type};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, UnitId};

use super::{SEEN_ONLY, Step, StepKind};

/// Statements that may go, with the reason, and the figures that each touches.
pub(super) type Candidates = BTreeMap<UnitId, (&'static str, BTreeSet<String>)>;

/// Finds the statements that do nothing but draw or display.
pub(super) fn drawing(
    program: &Program,
    graph: &EffectGraph,
    steps: &[Step],
) -> (Candidates, BTreeSet<String>) {
    let mut all_figures: BTreeSet<String> = BTreeSet::new();
    let mut candidates = Candidates::new();
    let mut figures: BTreeSet<String> = BTreeSet::new();
    // What is fitted in the list of models that a loop draws is no figure.
    let changes_data = |step: &Step| {
        let range = program.units()[step.unit.index()].range;
        let calls = graph.calls.iter();
        calls
            .filter(|call| range.contains_range(call.range))
            .any(|call| call.mutates_other)
    };
    let mut last_read: BTreeMap<&String, UnitId> = BTreeMap::new();
    for step in steps {
        last_read.extend(step.reads.iter().map(|name| (name, step.unit)));
    }
    let mut arrays: BTreeSet<&String> = BTreeSet::new();
    for step in steps {
        // What goes through an array uses nothing up.
        let is_array = |name: &String| arrays.contains(name);
        // An iterator that is used up here, and nobody asks again.
        let is_last = |name: &String| last_read.get(name) == Some(&step.unit);
        let is_figure = |name: &String| {
            figures.contains(name) || step.types.get(name).is_some_and(Type::is_figure)
        };
        let is_candidate = step.kind == StepKind::Work
            && step.effects.is_subset(SEEN_ONLY)
            && !step.writes_globals
            && step.deletes.is_empty()
            && step.mutates.iter().all(|(name, kind)| {
                is_figure(name) || (*kind == Mutation::Alias && !changes_data(step))
            })
            && step
                .consumes
                .iter()
                .all(|it| is_figure(it) || is_last(it) || is_array(it));
        note_arrays(step, &mut arrays);
        let draws = step.effects.intersects(SEEN_ONLY) || !step.mutates.is_empty();
        let touched: BTreeSet<String> = step
            .reads
            .iter()
            .filter(|name| figures.contains(*name))
            .cloned()
            .collect();
        let is_bare = shows_value(program.statement(step.unit))
            && (!graph.units[step.unit.index()].is_assumed || is_seen(program, step.unit));
        if is_candidate && is_bare && !draws {
            candidates.insert(step.unit, ("only displays a value", BTreeSet::new()));
        } else if is_candidate && (draws || !touched.is_empty()) {
            candidates.insert(step.unit, ("only draws a figure that is shown", touched));
            figures.extend(step.may.iter().cloned());
            all_figures.extend(step.may.iter().cloned());
        } else {
            for name in &step.may {
                figures.remove(name);
            }
        }
    }
    (candidates, all_figures)
}

/// Notes which names appear to be arrays after a step.
fn note_arrays<'s>(step: &'s Step, arrays: &mut BTreeSet<&'s String>) {
    for name in &step.may {
        let ty = step.types.get(name).or_else(|| step.hints.get(name));
        if ty.is_some_and(|it| it.name == "numpy.ndarray") {
            arrays.insert(name);
        } else {
            arrays.remove(name);
        }
    }
}

/// Whether a notebook shows the value of a statement: a call anywhere else is there for what it does.
fn is_seen(program: &Program, unit: UnitId) -> bool {
    let own = &program.units()[unit.index()];
    let is_call = |it: &ast::StmtExpr| it.value.is_call_expr();
    if !program.statement(unit).as_expr_stmt().is_some_and(is_call) {
        return true;
    }
    let next = program.units().get(unit.index() + 1);
    program.source.cells.len() > 1 && next.is_none_or(|it| it.cell != own.cell)
}

/// Whether a statement is a value alone, which notebooks show. A check that may fail is more than that.
fn shows_value(statement: &Stmt) -> bool {
    let Stmt::Expr(ast::StmtExpr { value, .. }) = statement else {
        return false;
    };
    let called = value.as_call_expr().map(|call| match &*call.func {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => "",
    });
    !called.is_some_and(|name| name.starts_with("assert"))
}

/// Keeps what closes a figure that was saved: it frees memory, as it does in a loop.
pub(super) fn keep_closes(
    graph: &EffectGraph,
    steps: &[Step],
    program: &Program,
    dropped: &mut BTreeMap<UnitId, &'static str>,
) {
    let mut is_saved = false;
    for step in steps {
        let range = program.units()[step.unit.index()].range;
        let calls = |name: &str| {
            graph.calls_in(range).any(|call| match &call.callee {
                Callee::Library(it) => it.rsplit('.').next() == Some(name),
                _ => false,
            })
        };
        let is_dropped = dropped.contains_key(&step.unit);
        is_saved |= !is_dropped && calls("savefig");
        if calls("close") {
            // Of the figure that is the current one: no other has to be there for it.
            let is_plain = step.reads.iter().all(|it| graph.imports.contains_key(it));
            if is_saved && is_plain && step.may.is_empty() {
                dropped.remove(&step.unit);
            }
            is_saved = false;
        }
    }
}

/// The statements that read each name; no more than two of them, which is all that anybody asks.
fn readers<'s>(steps: &[&'s Step]) -> BTreeMap<&'s String, Vec<UnitId>> {
    let mut readers: BTreeMap<&String, Vec<UnitId>> = BTreeMap::new();
    for step in steps {
        for name in &step.reads {
            let units = readers.entry(name).or_default();
            if units.len() < 2 {
                units.push(step.unit);
            }
        }
    }
    readers
}

/// Drops the functions that only dropped statements use and that draw on what those bind.
pub(super) fn drop_callbacks(steps: &[Step], dropped: &mut BTreeMap<UnitId, &'static str>) {
    loop {
        let is_dropped = |step: &&Step| dropped.contains_key(&step.unit);
        let (gone, kept): (Vec<&Step>, Vec<&Step>) = steps.iter().partition(is_dropped);
        let bound: BTreeSet<&String> = kept.iter().flat_map(|step| &step.may).collect();
        let lost: BTreeSet<&String> = gone.iter().flat_map(|step| &step.may).collect();
        let lacks = |name: &String| !bound.contains(name) && lost.contains(name);
        let (read, read_by_gone) = (readers(&kept), readers(&gone));
        let is_used = |name: &String, by: &BTreeMap<&String, Vec<UnitId>>, except: UnitId| {
            by.get(name)
                .is_some_and(|readers| readers.iter().any(|unit| *unit != except))
        };
        let found = kept.iter().find(|step| {
            step.kind == StepKind::Function
                && step.captures.iter().any(lacks)
                && step.may.iter().all(|name| {
                    !is_used(name, &read, step.unit) && is_used(name, &read_by_gone, step.unit)
                })
        });
        let Some(found) = found.map(|step| step.unit) else {
            return;
        };
        dropped.insert(found, "only draws on a figure that is shown");
    }
}
