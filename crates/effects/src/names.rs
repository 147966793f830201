//! Which names of the module a statement reads, binds and captures.
//!
//! Follows Python's binding rules (language reference, "Naming and binding"): functions, lambdas and comprehensions have
//! scopes of their own, class bodies run at once, the first iterable of a comprehension belongs to the outer scope, and a
//! name that a function binds anywhere is local everywhere in it.

mod collector;
mod expressions;
mod statements;

pub(crate) use statements::swallows;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use srcify_syntax::ast::visitor::Visitor;
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, TextRange};

use crate::swallowing::swallowing_names;
use collector::Collector;

/// How a name occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occurrence {
    /// Its value is read.
    Load,
    /// It is bound: assignment, loop target, definition, import.
    Store,
    /// It is deleted.
    Delete,
}

/// What a statement does to the names of its scope.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Names whose value from before the statement may be read while it runs.
    pub reads: BTreeSet<String>,
    /// Names that are bound whenever the statement completes.
    pub must: BTreeSet<String>,
    /// Names that may be bound, `must` included.
    pub may: BTreeSet<String>,
    /// Names that may be deleted.
    pub deletes: BTreeSet<String>,
    /// Names read by code that may run later: lambdas, nested functions, generator expressions.
    pub captures: BTreeSet<String>,
    /// Names that nested functions declare `global`.
    pub globals: BTreeSet<String>,
    /// Every place where a name of this scope stands, in source order, those in nested scopes included.
    pub occurrences: Vec<(String, TextRange, Occurrence)>,
}

impl Access {
    /// Of one statement at module level.
    pub fn of(statement: &Stmt) -> Self {
        let mut collector = Collector::default();
        collector.statement(statement);
        collector.finish()
    }

    /// Of each of a program's statements. What stands in a context that may swallow an exception, by what the program says of
    /// it, need not run to its end.
    pub fn of_units(program: &Program) -> Vec<Self> {
        let units = program.units().iter();
        let statements = units.map(|unit| program.statement(unit.id));
        let swallowing = Rc::new(swallowing_names(statements.clone()));
        let one = |statement| {
            let mut collector = Collector {
                swallowing: Rc::clone(&swallowing),
                ..Collector::default()
            };
            collector.statement(statement);
            collector.finish()
        };
        statements.map(one).collect()
    }

    /// Of one expression at module level.
    pub fn of_expression(expression: &Expr) -> Self {
        let mut collector = Collector::default();
        collector.visit_expr(expression);
        collector.finish()
    }
}

/// The names of the enclosing scopes that a function reads when it is called, and its own.
#[derive(Debug, Clone, Default)]
pub struct FunctionNames {
    /// Names that are no locals: globals, builtins, names of enclosing functions.
    pub free: BTreeSet<String>,
    /// Parameters and names bound in the body.
    pub locals: BTreeSet<String>,
    /// Names declared `global`.
    pub globals: BTreeSet<String>,
    /// Locals that are bound in more than one place; being given is one.
    pub rebound: BTreeSet<String>,
    /// Every place of a name that is not local.
    pub occurrences: Vec<(String, TextRange, Occurrence)>,
}

/// The names of a function: `parameters` are its own, `body` runs when it is called.
pub fn function_names(parameters: Option<&ast::Parameters>, body: &[Stmt]) -> FunctionNames {
    let mut collector = Collector::default();
    for statement in body {
        collector.statement(statement);
    }
    collector.into_function(parameters)
}

/// The names that a target binds.
pub fn bound_names(target: &Expr, names: &mut BTreeSet<String>) {
    match target {
        Expr::Name(name) => {
            names.insert(name.id.to_string());
        }
        Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
            for element in elts {
                bound_names(element, names);
            }
        }
        Expr::Starred(starred) => bound_names(&starred.value, names),
        _ => {}
    }
}

/// Occurrences grouped by name.
pub fn by_name(occurrences: &[(String, TextRange, Occurrence)]) -> BTreeMap<&str, Vec<TextRange>> {
    let mut found: BTreeMap<&str, Vec<TextRange>> = BTreeMap::new();
    for (name, range, _) in occurrences {
        found.entry(name).or_default().push(*range);
    }
    found
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};
    use srcify_syntax::{ParsedSnippet, snippet};

    use super::*;

    fn check(python: &str, expected: Expect) {
        let snippet: ParsedSnippet = snippet(python);
        let mut text = String::new();
        for statement in snippet.statements() {
            let access = Access::of(statement);
            let Access {
                reads,
                must,
                may,
                captures,
                ..
            } = access;
            writeln!(
                text,
                "reads {reads:?} must {must:?} may {may:?} captures {captures:?}"
            )
            .unwrap();
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn branches_bind_what_all_of_them_bind() {
        check(
            "if c:\n    x = 1\n    y = 2\nelse:\n    x = 3\n",
            expect![[r#"
                reads {"c"} must {"x"} may {"x", "y"} captures {}
            "#]],
        );
    }

    #[test]
    fn a_branch_that_raises_does_not_count() {
        check(
            "if c:\n    raise E\nelse:\n    x = 3\n",
            expect![[r#"
                reads {"E", "c"} must {"x"} may {"x"} captures {}
            "#]],
        );
    }

    #[test]
    fn a_loop_may_not_run_and_carries_values() {
        check(
            "for i in xs:\n    total = total + i\n",
            expect![[r#"
                reads {"total", "xs"} must {} may {"i", "total"} captures {}
            "#]],
        );
    }

    #[test]
    fn comprehensions_and_lambdas_have_their_own_scopes() {
        check(
            "y = [x * k for x in xs if (w := x)]\nf = lambda a: a + b\n",
            expect![[r#"
                reads {"k", "xs"} must {"y"} may {"w", "y"} captures {}
                reads {"b"} must {"f"} may {"f"} captures {"b"}
            "#]],
        );
    }

    #[test]
    fn class_bodies_run_at_once_and_methods_later() {
        check(
            "class A(B):\n    x = n\n    y = x\n    def m(self):\n        return x + k\n",
            expect![[r#"
                reads {"B", "k", "n", "x"} must {"A"} may {"A"} captures {"k", "x"}
            "#]],
        );
    }
}
