//! What methods give that Python calls itself.

use srcify_effects::Type;
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Stmt};

/// What a method gives that Python calls itself, with the word of `typing` that says it: `__new__` makes an object of its
/// class, however it finds one, and an `__exit__` that gives `False` alone never swallows an exception.
pub(super) fn special_result(
    method: &ast::StmtFunctionDef,
    name: &str,
    returns: Option<&Type>,
) -> Option<(&'static str, &'static str)> {
    let class = name.rsplit_once('.')?.0;
    match method.name.as_str() {
        "__new__" => {
            let is_other = |it: &Type| ![class, "None", "object", ""].contains(&it.name.as_str());
            let is_other = returns.is_some_and(|it| *it != Type::unknown() && is_other(it));
            let gives = results_of(&method.body).iter().any(Option::is_some);
            (!is_other && gives).then_some(("Self", "Self"))
        }
        "__exit__" => {
            let results = results_of(&method.body);
            let is_false = |it: Option<&ast::Expr>| {
                it.and_then(ast::Expr::as_boolean_literal_expr)
                    .is_some_and(|it| !it.value)
            };
            let is_never = !results.is_empty() && results.into_iter().all(is_false);
            is_never.then_some(("Literal[False]", "Literal"))
        }
        _ => None,
    }
}

/// What the statements give that leave a function.
fn results_of(body: &[Stmt]) -> Vec<Option<&ast::Expr>> {
    struct Results<'a>(Vec<Option<&'a ast::Expr>>);
    impl<'a> Visitor<'a> for Results<'a> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Return(it) => self.0.push(it.value.as_deref()),
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ => walk_stmt(self, statement),
            }
        }
    }
    let mut results = Results(Vec::new());
    results.visit_body(body);
    results.0
}
