//! What local modules compute and define that the input has no use for.
//!
//! What defines nothing but names is left out before (`link`); what that cannot tell from the text, the analysis can:
//! `START = pd.Timestamp("2020-01-01")`, and a function with that as a default.

use std::collections::BTreeSet;

use srcify_effects::EffectGraph;
use srcify_syntax::ast::Stmt;
use srcify_syntax::{Dropped, Program, Span, TextRange, UnitId};

use super::Analysis;

/// The program without pure statements of modules that bind what no other statement names.
pub(super) fn leave_out(
    program: Program,
    graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    if program.source.inclusions.is_empty() {
        return (program, graph);
    }
    let unneeded = unneeded(&program, &graph);
    if unneeded.is_empty() {
        return (program, graph);
    }
    let mut source = program.source.clone();
    let mut edits = Vec::new();
    for unit in unneeded {
        let range = program.units()[unit.index()].full_range;
        source.dropped.push(Dropped {
            span: Span::from(TextRange::empty(range.start())),
            text: program.text(range).to_owned(),
            reason: "nothing in the input uses it".to_owned(),
        });
        let lines = program.text(range).matches('\n').count();
        edits.push((range, "\n".repeat(lines)));
    }
    let parsed = srcify_syntax::parse(source.edited(&edits));
    if parsed
        .diagnostics
        .iter()
        .any(|it| it.severity == srcify_syntax::Severity::Error)
    {
        return (program, graph);
    }
    let graph = analyze(&parsed.output);
    (parsed.output, graph)
}

fn unneeded(program: &Program, graph: &EffectGraph) -> Vec<UnitId> {
    let mut open: Vec<UnitId> = Vec::new();
    let mut waiting: Vec<UnitId> = Vec::new();
    for unit in program.units() {
        let facts = &graph.units[unit.id.index()];
        let defines = matches!(
            program.statement(unit.id),
            Stmt::Assign(_) | Stmt::AnnAssign(_) | Stmt::FunctionDef(_) | Stmt::ClassDef(_)
        );
        let only_binds = facts.effects.is_pure()
            && !facts.is_assumed
            && facts.mutates.is_empty()
            && facts.consumes.is_empty()
            && facts.writes_by_call.is_empty()
            && !facts.access.may.is_empty();
        let is_of_module = program.source.inclusion_at(unit.range.start()).is_some();
        if defines && only_binds && is_of_module {
            waiting.push(unit.id);
        } else {
            open.push(unit.id);
        }
    }
    while let Some(unit) = open.pop() {
        if matches!(
            program.statement(unit),
            Stmt::Import(_) | Stmt::ImportFrom(_)
        ) {
            continue;
        }
        let words = words(program.text(program.units()[unit.index()].range));
        let (used, unused) = waiting.into_iter().partition(|other| {
            let names = &graph.units[other.index()].access.may;
            names.iter().any(|name| words.contains(name.as_str()))
        });
        waiting = unused;
        open.extend::<Vec<UnitId>>(used);
    }
    waiting
}

/// Every word of a text: what strings name counts as well.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .collect()
}
