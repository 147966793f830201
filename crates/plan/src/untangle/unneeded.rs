//! What local modules compute and define that the input has no use for.
//!
//! What defines nothing but names is left out before (`link`); what that cannot tell from the text, the analysis can:
//! `START = pd.Timestamp("2020-01-01")`, and a function with that as a default.

use srcify_effects::EffectGraph;
use srcify_syntax::ast::Stmt;
use srcify_syntax::{Program, Severity, UnitId};

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
    let unneeded = program.unnamed(|id| {
        let unit = &program.units()[id.index()];
        let facts = &graph.units[id.index()];
        // Classes are told by their text: what they are made of may note that they are.
        let defines = matches!(
            program.statement(id),
            Stmt::Assign(_) | Stmt::AnnAssign(_) | Stmt::FunctionDef(_)
        );
        let only_binds = facts.effects.is_pure()
            && !facts.is_assumed
            && facts.mutates.is_empty()
            && facts.consumes.is_empty()
            && facts.writes_by_call.is_empty();
        let is_of_module = program.source.inclusion_at(unit.range.start()).is_some();
        (defines && only_binds && is_of_module).then(|| facts.access.may.clone())
    });
    without(
        program,
        graph,
        &unneeded,
        "nothing in the input uses it",
        analyze,
    )
}

/// The program without some statements, which are left out for a reason; as it was where the rest cannot be read.
pub(super) fn without(
    program: Program,
    graph: EffectGraph,
    units: &[UnitId],
    reason: &str,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    if units.is_empty() {
        return (program, graph);
    }
    let parsed = srcify_syntax::parse(program.source_without(units, reason));
    let mut diagnostics = parsed.diagnostics.iter();
    if diagnostics.any(|it| it.severity == Severity::Error) {
        return (program, graph);
    }
    let graph = analyze(&parsed.output);
    (parsed.output, graph)
}
