//! Values that are written down in one statement: `rate, epochs = 0.1, 30` becomes a statement for each.

use srcify_effects::EffectGraph;
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged};

use super::{Analysis, edited};
use crate::edits::Edit;
use crate::steps::is_scalar;

/// Gives each name a statement of its own where all values are literals: nothing can tell the order.
pub(super) fn split(
    program: Program,
    graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    let edits: Vec<Edit> = program
        .units()
        .iter()
        .filter_map(|unit| split_text(&program, program.statement(unit.id)))
        .collect();
    if edits.is_empty() {
        return (program, graph);
    }
    edited(&program, edits, analyze).unwrap_or((program, graph))
}

fn split_text(program: &Program, statement: &Stmt) -> Option<Edit> {
    let Stmt::Assign(ast::StmtAssign { targets, value, .. }) = statement else {
        return None;
    };
    let [target] = targets.as_slice() else {
        return None;
    };
    let (names, values) = (elements(target)?, elements(value)?);
    let is_plain = names.len() == values.len()
        && names.len() > 1
        && names.iter().all(Expr::is_name_expr)
        && values.iter().all(is_scalar);
    let lines: Vec<String> = names
        .iter()
        .zip(values)
        .map(|(name, value)| {
            let (name, value) = (program.text(name.range()), program.text(value.range()));
            format!("{name} = {value}")
        })
        .collect();
    let is_on_one_line = lines.iter().all(|line| !line.contains('\n'));
    (is_plain && is_on_one_line).then(|| Edit {
        range: statement.range(),
        text: lines.join("\n"),
    })
}

fn elements(expression: &Expr) -> Option<&[Expr]> {
    match expression {
        Expr::Tuple(tuple) => Some(&tuple.elts),
        Expr::List(list) => Some(&list.elts),
        _ => None,
    }
}
