//! Loops over several tables, as what each table needs alone.
//!
//! `for table in [train, test]: …` says of the rows that are predicted what it says of others. What treats each row alone
//! becomes a function that both are given; where values of all rows go in, the statements are written out for each table.

use srcify_effects::EffectGraph;
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, Unit};

use crate::rowwise::is_of_all_rows;
use crate::untangle::{edited, frames};

/// The program without such loops; `None` where it has none.
pub(super) fn without_loops(
    program: &Program,
    graph: &EffectGraph,
    analyze: &dyn Fn(&Program) -> EffectGraph,
) -> Option<(Program, EffectGraph)> {
    let computes = |body: &[Stmt]| {
        let mut search = Computes(false);
        search.visit_body(body);
        search.0
    };
    let has_loops = |it: &Unit| program.statement(it.id).is_for_stmt();
    if !program.units().iter().any(has_loops) {
        return None;
    }
    let (program, graph) = frames::write_out(program, graph, analyze, &computes)
        .or_else(|| edited(program, Vec::new(), analyze))?;
    let taken = frames::call_for_each(program, graph, analyze);
    Some((taken.program, taken.graph))
}

/// Whether something computes a value of all rows.
struct Computes(bool);

impl<'a> Visitor<'a> for Computes {
    fn visit_expr(&mut self, expression: &'a Expr) {
        self.0 |= is_of_all_rows(expression);
        walk_expr(self, expression);
    }
}
