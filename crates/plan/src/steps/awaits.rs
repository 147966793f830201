//! Statements that wait: they make a coroutine of the function that they stand in.

use srcify_syntax::ast::visitor::{Visitor, walk_comprehension, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Stmt};

/// Whether a statement waits for something itself: `await`, `async for`, `async with`.
pub(crate) fn awaits(statement: &Stmt) -> bool {
    struct Awaits(bool);
    impl<'a> Visitor<'a> for Awaits {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                Stmt::For(each) if each.is_async => self.0 = true,
                Stmt::With(with) if with.is_async => self.0 = true,
                _ => walk_stmt(self, statement),
            }
        }
        fn visit_expr(&mut self, expression: &'a ast::Expr) {
            self.0 |= expression.is_await_expr();
            walk_expr(self, expression);
        }
        fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
            self.0 |= comprehension.is_async;
            walk_comprehension(self, comprehension);
        }
    }
    let mut awaits = Awaits(false);
    awaits.visit_stmt(statement);
    awaits.0
}
