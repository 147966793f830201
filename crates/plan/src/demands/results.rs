//! What functions give of which nothing else tells: a parameter as it is, or a number.

use srcify_syntax::Ranged;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};

use super::needs::Scope;
use super::numbers::is_number;

/// The annotation of the result of a function that is said to give `Any`.
pub(super) fn given(scope: &Scope<'_>) -> Option<String> {
    let function = scope.function;
    let mut returned = Returned::default();
    returned.visit_body(&function.body);
    let ends = matches!(function.body.last(), Some(Stmt::Return(_) | Stmt::Raise(_)));
    if returned.is_generator || function.is_async || !ends {
        return None;
    }
    let mut known: Vec<&str> = Vec::new();
    for value in returned.values {
        let said = match value? {
            // What it gives where it calls itself is what it gives elsewhere.
            Expr::Call(call) if is_itself(scope, call) => continue,
            Expr::NoneLiteral(_) => "None",
            Expr::NumberLiteral(it) if it.value.is_int() => "int",
            one if is_computed(scope, one) => "float",
            Expr::Name(name) => parameter(scope, name.id.as_str())?,
            _ => return None,
        };
        if !known.contains(&said) {
            known.push(said);
        }
    }
    known.sort_unstable();
    match known[..] {
        ["float", "int"] => Some("float".to_owned()),
        ["None"] => None,
        [one] => Some(one.to_owned()),
        ["None", one @ ("float" | "int" | "str")] => Some(format!("{one} | None")),
        _ => None,
    }
}

fn is_itself(scope: &Scope<'_>, call: &ast::ExprCall) -> bool {
    let name = call.func.as_name_expr();
    name.is_some_and(|it| it.id == scope.function.name.id)
}

/// Whether numbers are computed with, to one that may be no whole one.
fn is_computed(scope: &Scope<'_>, value: &Expr) -> bool {
    let is_operation = value.is_bin_op_expr() || value.is_call_expr();
    scope.around.is_plain && is_operation && is_number(scope, value)
}

/// What a parameter is said to be that stays what it is.
fn parameter<'s>(scope: &Scope<'s>, name: &str) -> Option<&'s str> {
    let mut parameters = scope.function.parameters.iter_non_variadic_params();
    let own = parameters.find(|it| it.name().as_str() == name)?;
    let said = &scope.text[own.annotation()?.range()];
    let is_known = !["Any", "None", "object"].iter().any(|it| said.contains(it))
        || said == "object" && scope.is_uncalled;
    (is_known && crate::names::stores(&scope.function.body, name) == 0).then_some(said)
}

/// What a function returns, and whether it yields.
#[derive(Default)]
struct Returned<'a> {
    values: Vec<Option<&'a Expr>>,
    is_generator: bool,
}

impl<'a> Visitor<'a> for Returned<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            Stmt::Return(it) => self.values.push(it.value.as_deref()),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        self.is_generator |= expression.is_yield_expr() || expression.is_yield_from_expr();
        walk_expr(self, expression);
    }
}
