//! Functions that the input defines again word for word, as cells are copied: the first is the function.

use std::collections::BTreeMap;

use srcify_effects::EffectGraph;
use srcify_syntax::ast::{Expr, StmtFunctionDef};
use srcify_syntax::{Program, UnitId};

use super::Analysis;
use super::unneeded::without;

/// The program without the definitions of functions that are there already.
pub(super) fn leave_out(
    program: Program,
    graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    let repeated = repeated(&program, &graph);
    let reason = "defines again, word for word, what is defined";
    without(program, graph, &repeated, reason, analyze)
}

fn repeated(program: &Program, graph: &EffectGraph) -> Vec<UnitId> {
    // What is bound to each name; functions alone, of one text.
    let mut bound: BTreeMap<&str, Vec<(UnitId, Option<&str>)>> = BTreeMap::new();
    let mut changed: Vec<&str> = Vec::new();
    for unit in program.units() {
        let facts = &graph.units[unit.id.index()];
        let function = program.statement(unit.id).as_function_def_stmt();
        let text = function
            .filter(|it| is_plain(it))
            .map(|_| program.text(unit.range).trim_end());
        for name in &facts.access.may {
            bound.entry(name).or_default().push((unit.id, text));
        }
        let touched = facts.mutates.keys().chain(&facts.access.globals);
        changed.extend(touched.chain(&facts.access.deletes).map(String::as_str));
    }
    // What is kept in a function's attributes goes when it is made again.
    let text = &program.source.text;
    let has_attributes =
        |name: &str| text.contains("setattr(") || text.contains(&format!("{name}."));
    let is_same = |(name, units): &(&str, Vec<(UnitId, Option<&str>)>)| {
        let first = units[0].1;
        first.is_some()
            && !changed.contains(name)
            && !has_attributes(name)
            && units.iter().all(|it| it.1 == first)
    };
    let again = bound.into_iter().filter(is_same);
    let mut found: Vec<UnitId> = again
        .flat_map(|(_, units)| units.into_iter().skip(1).map(|it| it.0))
        .collect();
    found.sort();
    found
}

/// Whether making a function again gives the same: nothing decorates it, and what stands for its defaults is written down.
fn is_plain(function: &StmtFunctionDef) -> bool {
    let mut defaults = function
        .parameters
        .iter_non_variadic_params()
        .filter_map(|it| it.default.as_deref());
    function.decorator_list.is_empty() && defaults.all(is_constant)
}

fn is_constant(value: &Expr) -> bool {
    match value {
        Expr::UnaryOp(it) => is_constant(&it.operand),
        Expr::Tuple(it) => it.elts.iter().all(is_constant),
        _ => value.is_literal_expr(),
    }
}
