//! Branches that run only where something is there, and handlers around what may be meant to fail.

use srcify_syntax::ast::{self, CmpOp, Expr, Stmt};

/// What handlers catch of what fails because of what a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caught {
    /// Nothing of it.
    Other,
    /// That as well as all the rest.
    Everything,
    /// Just that: it asks what the value is.
    Kinds,
}

/// What the handlers of a statement catch.
pub(super) fn caught(attempt: &ast::StmtTry) -> Caught {
    let names = |it: &Expr| match it {
        Expr::Tuple(it) => it.elts.clone(),
        one => vec![one.clone()],
    };
    let mut found = Caught::Other;
    for ast::ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
        let Some(classes) = handler.type_.as_deref() else {
            found = Caught::Everything;
            continue;
        };
        for class in names(classes) {
            let name = class.as_name_expr().map_or("", |it| it.id.as_str());
            match name {
                "TypeError" | "AttributeError" => return Caught::Kinds,
                "Exception" | "BaseException" => found = Caught::Everything,
                _ => {}
            }
        }
    }
    found
}

/// Whether a test holds only where `is_it` is something: `x`, `x is not None and …`.
pub(super) fn is_something(test: &Expr, is_it: &dyn Fn(&Expr) -> bool) -> bool {
    match test {
        Expr::BoolOp(it) if it.op == ast::BoolOp::And => {
            it.values.first().is_some_and(|it| is_something(it, is_it))
        }
        Expr::Compare(it) => is_it(&it.left) && is_against_none(it, CmpOp::IsNot),
        one => is_it(one),
    }
}

/// Whether a statement leaves the function where `is_it` is nothing: `if x is None: return`.
pub(super) fn leaves_without(statement: &Stmt, is_it: &dyn Fn(&Expr) -> bool) -> bool {
    let Stmt::If(choice) = statement else {
        return false;
    };
    let is_nothing = match &*choice.test {
        Expr::UnaryOp(it) => it.op == ast::UnaryOp::Not && is_it(&it.operand),
        Expr::Compare(it) => is_it(&it.left) && is_against_none(it, CmpOp::Is),
        _ => false,
    };
    let leaves = matches!(choice.body.last(), Some(Stmt::Return(_) | Stmt::Raise(_)));
    is_nothing && leaves && choice.elif_else_clauses.is_empty()
}

fn is_against_none(compare: &ast::ExprCompare, operator: CmpOp) -> bool {
    *compare.ops == [operator] && compare.comparators[0].is_none_literal_expr()
}
