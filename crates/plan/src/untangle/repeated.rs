//! Functions that the input defines again word for word, as cells are copied: the first is the function. A name that is
//! given one constant, again and again, has it from the first time on, and is a setting.

use std::collections::BTreeMap;

use srcify_effects::EffectGraph;
use srcify_syntax::ast::{Expr, Stmt, StmtFunctionDef};
use srcify_syntax::{Program, UnitId};

use super::Analysis;
use super::unneeded::without;

/// The program without the definitions of functions, and the values of names, that are there already.
pub(super) fn leave_out(
    program: Program,
    graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    let functions = repeated(&program, &graph, Kind::Functions);
    let reason = "defines again, word for word, what is defined";
    let (program, graph) = without(program, graph, &functions, reason, analyze);
    let constants = repeated(&program, &graph, Kind::Constants);
    let reason = "gives a name again the value that it has";
    without(program, graph, &constants, reason, analyze)
}

/// What may be there already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Functions,
    Constants,
}

impl Kind {
    fn is_kind_of(self, statement: &Stmt) -> bool {
        match (self, statement) {
            (Self::Functions, Stmt::FunctionDef(function)) => is_plain(function),
            (Self::Constants, Stmt::Assign(it)) => {
                matches!(&it.targets[..], [Expr::Name(_)]) && is_constant(&it.value)
            }
            _ => false,
        }
    }
}

fn repeated(program: &Program, graph: &EffectGraph, kind: Kind) -> Vec<UnitId> {
    // What is bound to each name; what is of the kind alone, of one text.
    let mut bound: BTreeMap<&str, Vec<(UnitId, Option<&str>)>> = BTreeMap::new();
    let mut changed: Vec<&str> = Vec::new();
    for unit in program.units() {
        let facts = &graph.units[unit.id.index()];
        let is_kind = kind.is_kind_of(program.statement(unit.id));
        let text = is_kind.then(|| program.text(unit.range).trim_end());
        for name in &facts.access.may {
            bound.entry(name).or_default().push((unit.id, text));
        }
        let touched = facts.mutates.keys().chain(&facts.access.globals);
        changed.extend(touched.chain(&facts.access.deletes).map(String::as_str));
    }
    let written = graph.functions.values().flat_map(|it| &it.writes);
    changed.extend(written.map(String::as_str));
    // What is kept in a function's attributes goes when it is made again.
    let text = &program.source.text;
    let has_attributes = |name: &str| {
        kind == Kind::Functions && (text.contains("setattr(") || text.contains(&format!("{name}.")))
    };
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
