//! What certainly is a number, and what is computed with numbers, in programs that know no others than Python's.

use srcify_syntax::Ranged;
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Expr, Operator, Stmt};

use super::need::Need;
use super::needs::{Scope, is_bound_once, path_of};
use super::plain::computes_numbers;

/// Notes what an expression computes with, where all of that must be numbers: the whole is one if `is_certain`.
pub(super) fn numbers<'e>(
    scope: &Scope<'_>,
    expression: &'e Expr,
    is_certain: bool,
    found: &mut Vec<(&'e Expr, Need)>,
) {
    if !scope.around.is_plain && !is_certain {
        return;
    }
    match expression {
        Expr::BinOp(it) => {
            let is_certain = is_certain && !matches!(it.op, Operator::MatMult)
                || computes_numbers(scope, it, &|it| is_number(scope, it))
                || it.op == Operator::Mult && [&it.left, &it.right].iter().any(|it| is_part(it));
            for side in [&*it.left, &*it.right] {
                if scope.around.is_plain && !is_certain && it.op != Operator::MatMult {
                    found.push((side, Need::Term));
                }
                numbers(scope, side, is_certain, found);
            }
        }
        Expr::UnaryOp(it) if it.op != ast::UnaryOp::Not => {
            numbers(scope, &it.operand, is_certain, found);
        }
        Expr::Name(_) | Expr::Attribute(_) if is_certain => {
            found.push((expression, Need::Is("float".to_owned())));
        }
        _ => {}
    }
}

/// Nothing is repeated half a time.
fn is_part(expression: &Expr) -> bool {
    let number = expression.as_number_literal_expr();
    number.is_some_and(|it| it.value.is_float())
}

/// Whether an expression is certainly a number.
pub(super) fn is_number(scope: &Scope<'_>, expression: &Expr) -> bool {
    is_number_within(scope, expression, MAX_DEPTH)
}

/// What is bound to what is bound to something else is not followed further.
const MAX_DEPTH: u8 = 3;

fn is_number_within(scope: &Scope<'_>, expression: &Expr, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    let is_known = |it: &Expr| is_number_within(scope, it, depth);
    match expression {
        Expr::NumberLiteral(_) => true,
        Expr::UnaryOp(it) => it.op != ast::UnaryOp::Not && is_known(&it.operand),
        Expr::BinOp(it) => {
            let is_product = || is_known(&it.left) && is_known(&it.right);
            scope.around.is_plain && computes_numbers(scope, it, &is_known) || is_product()
        }
        Expr::Call(call) => {
            let path = path_of(scope, &call.func).unwrap_or_default();
            let is_builtin = matches!(path.as_str(), "len" | "float" | "int" | "ord");
            let is_counted = is_builtin && !scope.signatures.contains_key(&path);
            let is_itself = scope.gives_number && path == scope.function.name.as_str();
            is_counted || is_itself || path.starts_with("math.") || path == "time.time"
        }
        Expr::Name(name) => {
            let name = name.id.as_str();
            is_annotated(scope, name) || is_bound_once(scope, name) && is_bound(scope, name, depth)
        }
        _ => false,
    }
}

/// Whether a parameter is said to be a number, and stays what it is.
fn is_annotated(scope: &Scope<'_>, name: &str) -> bool {
    let mut parameters = scope.function.parameters.iter_non_variadic_params();
    let own = parameters.find(|it| it.name().as_str() == name);
    let annotation = own.and_then(|it| it.annotation());
    let said = annotation.map(|it| &scope.text[it.range()]);
    matches!(said, Some("int" | "float")) && crate::names::stores(&scope.function.body, name) == 0
}

/// Whether the one statement that binds a name binds it to a number.
fn is_bound(scope: &Scope<'_>, name: &str, depth: u8) -> bool {
    struct Binding<'a>(&'a str, Option<&'a Expr>, bool);
    impl<'a> Visitor<'a> for Binding<'a> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            let is_it = |it: &Expr| it.as_name_expr().is_some_and(|it| it.id.as_str() == self.0);
            match statement {
                Stmt::Assign(it) if matches!(&it.targets[..], [one] if is_it(one)) => {
                    self.1 = Some(&it.value);
                }
                Stmt::For(it) if is_it(&it.target) => self.2 = is_range(&it.iter),
                _ => {}
            }
            walk_stmt(self, statement);
        }

        fn visit_comprehension(&mut self, it: &'a ast::Comprehension) {
            let target = it.target.as_name_expr();
            if target.is_some_and(|it| it.id.as_str() == self.0) {
                self.2 = is_range(&it.iter);
            }
            ast::visitor::walk_comprehension(self, it);
        }
    }
    let mut binding = Binding(name, None, false);
    binding.visit_body(&scope.function.body);
    let is_value = |it| is_number_within(scope, it, depth);
    binding.2 || binding.1.is_some_and(is_value)
}

fn is_range(iterable: &Expr) -> bool {
    let call = iterable.as_call_expr();
    let name = call.and_then(|it| it.func.as_name_expr());
    name.is_some_and(|it| it.id.as_str() == "range")
}
