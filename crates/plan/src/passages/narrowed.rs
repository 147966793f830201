//! What a parameter certainly is where a part of a function stands: after `if x is None: return` it is something.

use srcify_syntax::Ranged;
use srcify_syntax::TextSize;
use srcify_syntax::ast::{self, BoolOp, CmpOp, Expr, Stmt, UnaryOp};

/// Whether a variable that the statements never bind is something at a place among them, though it may be `None` elsewhere.
pub(super) fn is_something(body: &[Stmt], name: &str, at: TextSize) -> bool {
    for statement in body {
        if statement.range().contains_inclusive(at) && statement.start() <= at {
            return is_something_within(statement, name, at);
        }
        if let Stmt::If(branch) = statement
            && leaves(&branch.body)
            && branch.elif_else_clauses.is_empty()
            && joins(&branch.test, BoolOp::Or, &|it| is_nothing(it, name))
        {
            return true;
        }
    }
    false
}

fn is_something_within(statement: &Stmt, name: &str, at: TextSize) -> bool {
    let branch = match statement {
        Stmt::If(branch) => branch,
        Stmt::For(it) => return is_something(&it.body, name, at),
        Stmt::While(it) => return is_something(&it.body, name, at),
        Stmt::With(it) => return is_something(&it.body, name, at),
        Stmt::Try(it) => return is_something(&it.body, name, at),
        _ => return false,
    };
    let clauses = branch.elif_else_clauses.iter();
    let clauses = clauses.map(|it| (it.test.as_ref(), &it.body));
    let first = (Some(&*branch.test), &branch.body);
    let mut is_left = false;
    for (test, body) in std::iter::once(first).chain(clauses) {
        let is_here = |it: &Stmt| it.range().contains_inclusive(at);
        if body.iter().any(is_here) {
            return is_left
                || test.is_some_and(|it| joins(it, BoolOp::And, &|it| is_asked(it, name)))
                || is_something(body, name, at);
        }
        is_left |= test.is_some_and(|it| joins(it, BoolOp::Or, &|it| is_nothing(it, name)));
    }
    false
}

/// Whether one of the conditions that a condition joins is met.
fn joins(test: &Expr, operator: BoolOp, is_met: &dyn Fn(&Expr) -> bool) -> bool {
    match test {
        Expr::BoolOp(it) if it.op == operator => {
            it.values.iter().any(|it| joins(it, operator, is_met))
        }
        one => is_met(one),
    }
}

/// `x is None`, `x == None` or `not x`.
fn is_nothing(test: &Expr, name: &str) -> bool {
    match test {
        Expr::UnaryOp(it) => it.op == UnaryOp::Not && is_name(&it.operand, name),
        other => is_compared(other, name, [CmpOp::Is, CmpOp::Eq]),
    }
}

/// `x is not None`, `x != None` or `x`.
fn is_asked(test: &Expr, name: &str) -> bool {
    is_name(test, name) || is_compared(test, name, [CmpOp::IsNot, CmpOp::NotEq])
}

fn is_compared(test: &Expr, name: &str, operators: [CmpOp; 2]) -> bool {
    let Expr::Compare(ast::ExprCompare {
        left,
        ops,
        comparators,
        ..
    }) = test
    else {
        return false;
    };
    let is_none = matches!(&comparators[..], [it] if it.is_none_literal_expr());
    is_name(left, name) && is_none && matches!(&ops[..], [it] if operators.contains(it))
}

fn is_name(expression: &Expr, name: &str) -> bool {
    let found = expression.as_name_expr();
    found.is_some_and(|it| it.id.as_str() == name)
}

fn leaves(body: &[Stmt]) -> bool {
    matches!(
        body.last(),
        Some(Stmt::Return(_) | Stmt::Raise(_) | Stmt::Continue(_) | Stmt::Break(_))
    )
}

#[cfg(test)]
mod tests {
    use srcify_syntax::{TextSize, snippet};

    #[test]
    fn a_parameter_is_something_where_conditions_say_so() {
        for (code, expected) in [
            ("if x is None:\n    return\nHERE()\n", true),
            ("if x is None or y == None:\n    return\nHERE()\n", true),
            ("if x is None and y is None:\n    return\nHERE()\n", false),
            ("if x is None:\n    print()\nHERE()\n", false),
            ("if x is None:\n    HERE()\n", false),
            (
                "if x == None or y:\n    pass\nelif z:\n    a()\n    HERE()\n",
                true,
            ),
            ("if x is not None and y:\n    HERE()\n", true),
            ("if x is not None or y:\n    HERE()\n", false),
            (
                "for i in y:\n    if not x:\n        continue\n    HERE()\n",
                true,
            ),
            (
                "for i in y:\n    if not x:\n        continue\nHERE()\n",
                false,
            ),
        ] {
            let parsed = snippet(code);
            let at = TextSize::try_from(code.find("HERE").unwrap()).unwrap();
            let found = super::is_something(parsed.statements(), "x", at);
            assert_eq!(found, expected, "{code}");
        }
    }
}
