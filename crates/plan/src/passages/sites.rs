//! Where names of a function are bound, and where control leaves some of its statements.

use std::collections::BTreeMap;

use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextSize};

use super::uses::Uses;

/// Where names are bound, and whether that may be more than once.
pub(super) type Sites = BTreeMap<String, Vec<(TextSize, bool)>>;

/// Notes what some statements bind.
pub(super) fn note_sites(statements: &[Stmt], in_loop: bool, sites: &mut Sites) {
    for statement in statements {
        let at = statement.start();
        match statement {
            Stmt::For(it) => {
                note(sites, at, true, [&*it.target, &*it.iter]);
                note_sites(&it.body, true, sites);
                note_sites(&it.orelse, in_loop, sites);
            }
            Stmt::While(it) => {
                note(sites, at, true, [&*it.test]);
                note_sites(&it.body, true, sites);
                note_sites(&it.orelse, in_loop, sites);
            }
            Stmt::If(it) => {
                let tests = it
                    .elif_else_clauses
                    .iter()
                    .filter_map(|it| it.test.as_ref());
                note(sites, at, in_loop, tests.chain([&*it.test]));
                note_sites(&it.body, in_loop, sites);
                for clause in &it.elif_else_clauses {
                    note_sites(&clause.body, in_loop, sites);
                }
            }
            Stmt::With(it) => {
                let names = it.items.iter().filter_map(|it| it.optional_vars.as_deref());
                let contexts = it.items.iter().map(|it| &it.context_expr);
                note(sites, at, in_loop, names.chain(contexts));
                note_sites(&it.body, in_loop, sites);
            }
            // What a block binds that exceptions leave is never sure: names of exceptions are unbound again.
            other => {
                let is_unsure = in_loop || other.is_try_stmt();
                let uses = Uses::of_statements(std::slice::from_ref(other));
                for name in uses.binds {
                    sites.entry(name).or_default().push((at, is_unsure));
                }
            }
        }
    }
}

fn note<'a>(
    sites: &mut Sites,
    at: TextSize,
    in_loop: bool,
    expressions: impl IntoIterator<Item = &'a Expr>,
) {
    for name in Uses::of_expressions(expressions).binds {
        sites.entry(name).or_default().push((at, in_loop));
    }
}

/// Jumps out of some statements, and definitions in them.
#[derive(Default)]
pub(super) struct Jumps {
    pub returns: bool,
    /// `break` and `continue` of a loop around them.
    pub leaves: bool,
    pub defines: bool,
    depth: u32,
}

impl Jumps {
    pub(super) fn of(run: &[Stmt]) -> Self {
        use ast::visitor::Visitor;
        let mut jumps = Self::default();
        jumps.visit_body(run);
        jumps
    }
}

impl<'a> ast::visitor::Visitor<'a> for Jumps {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => self.defines = true,
            Stmt::Return(_) => self.returns = true,
            Stmt::Break(_) | Stmt::Continue(_) => self.leaves |= self.depth == 0,
            Stmt::For(ast::StmtFor { body, orelse, .. })
            | Stmt::While(ast::StmtWhile { body, orelse, .. }) => {
                self.depth += 1;
                self.visit_body(body);
                self.depth -= 1;
                self.visit_body(orelse);
            }
            other => ast::visitor::walk_stmt(self, other),
        }
    }
}
