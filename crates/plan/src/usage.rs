//! The types of parameters that no call tells, from what the function does with them.

use srcify_effects::{TEXT_METHODS, Type};
use srcify_syntax::Ranged;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, CmpOp, Expr, Stmt};

/// The type of a parameter that is only used as one: a number that decides a branch, or a text.
pub(crate) fn type_by_use(function: &ast::StmtFunctionDef, parameter: &str) -> Option<Type> {
    let mut uses = Uses {
        parameter,
        in_test: false,
        all: 0,
        compared: 0,
        deciding: 0,
        as_text: 0,
        is_bound: false,
    };
    function.body.iter().for_each(|it| uses.visit_stmt(it));
    if uses.is_bound || uses.all == 0 {
        return None;
    }
    if uses.deciding > 0 && uses.compared == uses.all {
        return Some(Type::new("float"));
    }
    (uses.as_text == uses.all).then(|| Type::new("str"))
}

struct Uses<'a> {
    parameter: &'a str,
    /// Inside the condition of a branch, where an array would fail.
    in_test: bool,
    all: u32,
    compared: u32,
    deciding: u32,
    as_text: u32,
    is_bound: bool,
}

impl Uses<'_> {
    fn is_it(&self, expression: &Expr) -> bool {
        expression
            .as_name_expr()
            .is_some_and(|name| name.id.as_str() == self.parameter)
    }

    fn test(&mut self, test: &Expr) {
        let outer = std::mem::replace(&mut self.in_test, true);
        self.visit_expr(test);
        self.in_test = outer;
    }
}

impl<'a> Visitor<'a> for Uses<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::If(choice) => {
                self.test(&choice.test);
                choice.body.iter().for_each(|it| self.visit_stmt(it));
                for clause in &choice.elif_else_clauses {
                    if let Some(test) = &clause.test {
                        self.test(test);
                    }
                    clause.body.iter().for_each(|it| self.visit_stmt(it));
                }
            }
            // Names inside mean what they mean there.
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => self.is_bound = true,
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if name.id.as_str() == self.parameter => {
                self.all += 1;
                self.is_bound |= !name.ctx.is_load();
            }
            Expr::Lambda(_) => self.is_bound = true,
            Expr::If(choice) => {
                self.test(&choice.test);
                self.visit_expr(&choice.body);
                self.visit_expr(&choice.orelse);
                return;
            }
            Expr::Compare(compare) => {
                let sides = || std::iter::once(&*compare.left).chain(&*compare.comparators);
                let orders = compare
                    .ops
                    .iter()
                    .all(|op| matches!(op, CmpOp::Gt | CmpOp::GtE | CmpOp::Lt | CmpOp::LtE));
                let others_are_numbers = sides().filter(|side| !self.is_it(side)).all(is_number);
                let own = sides().filter(|side| self.is_it(side)).count();
                if orders && others_are_numbers {
                    let own = u32::try_from(own).unwrap_or_default();
                    self.compared += own;
                    self.deciding += if self.in_test { own } else { 0 };
                }
            }
            Expr::Call(call) => {
                if let Expr::Attribute(attribute) = &*call.func
                    && self.is_it(&attribute.value)
                    && TEXT_METHODS.contains(&attribute.attr.as_str())
                {
                    self.as_text += 1;
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

fn is_number(expression: &Expr) -> bool {
    match expression {
        Expr::NumberLiteral(number) => !number.range().is_empty(),
        Expr::UnaryOp(operation) => is_number(&operation.operand),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let snippet = srcify_syntax::snippet(text);
        let Stmt::FunctionDef(function) = &snippet.statements()[0] else {
            panic!("it is a function");
        };
        let found = type_by_use(function, "x").map(|ty| ty.to_string());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn what_decides_a_branch_is_a_number() {
        check(
            "def f(x):\n    if x <= 12:\n        return 'new'\n    return 'old' if x < 36 else 'loyal'",
            Some("float"),
        );
        check(
            "def f(x):\n    return 0 < x < 1 if x > 2 else 1",
            Some("float"),
        );
    }

    #[test]
    fn what_may_be_an_array_stays_unknown() {
        check("def f(x):\n    return x > 12", None);
        check("def f(x):\n    if x > 1:\n        return x['a']", None);
        check("def f(x):\n    if x > y:\n        return 1", None);
    }

    #[test]
    fn methods_of_strings_are_called_on_strings() {
        check("def f(x):\n    return x.strip().lower()", Some("str"));
        check("def f(x):\n    x = x.strip()\n    return x", None);
        check("def f(x):\n    return x.replace('a', 'b')", None);
        check("def f(x):\n    return x.encode('a')", None);
    }
}
