//! Contexts that may swallow an exception: what stands in them need not run to its end.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Number, Stmt};

use crate::analyze::{Analyzer, Body};
use crate::names::swallows;
use crate::value::{Callable, Value};

/// Those of the standard library, by what they are, whatever they are called.
const SWALLOWING: [&str; 3] = [
    "contextlib.AsyncExitStack",
    "contextlib.ExitStack",
    "contextlib.suppress",
];

impl Analyzer<'_> {
    /// Whether a context, given as it is written and as it was made, may swallow what its body raises.
    pub(crate) fn may_swallow(&mut self, context: &Expr, manager: &Value) -> bool {
        let is_of_library = SWALLOWING.iter().any(|it| manager.is(it));
        is_of_library
            || swallows(context)
            || self.own_swallows(manager)
            || self.is_forgiving(context)
    }

    /// An object of the author's whose `__exit__` may return something true.
    fn own_swallows(&self, manager: &Value) -> bool {
        manager.members().any(|ty| {
            ["__exit__", "__aexit__"].into_iter().any(|method| {
                let known = self.find_class(&ty.name, method);
                let index = known.and_then(|(_, it)| it.methods.get(method).copied());
                index.is_some_and(|it| match self.closures[it].body {
                    Body::Statements(body) => returns_something(body),
                    Body::Expression(_) => true,
                })
            })
        })
    }

    /// A call of an author's `contextmanager` that catches what comes out of its `yield`.
    fn is_forgiving(&mut self, context: &Expr) -> bool {
        let function = context.as_call_expr().and_then(|it| it.func.as_name_expr());
        let made = function.map(|it| self.load(&it.id));
        let Some(Callable::Closure(index)) = made.and_then(|it| it.callable) else {
            return false;
        };
        let closure = &self.closures[index];
        match closure.body {
            Body::Statements(body) if closure.is_context => catches_at_yield(body),
            _ => false,
        }
    }
}

/// The names that a program gives to contexts that may swallow an exception, or to what makes them: `suppress` by another
/// name, a class of the author's, a variable that holds a stack.
pub(crate) fn swallowing_names<'s>(statements: impl Iterator<Item = &'s Stmt>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for statement in statements {
        match statement {
            Stmt::ImportFrom(it) if it.module.as_ref().is_some_and(|it| it == "contextlib") => {
                let told = it.names.iter().filter(|it| {
                    let path = format!("contextlib.{}", it.name);
                    SWALLOWING.contains(&path.as_str())
                });
                names.extend(told.map(|it| it.asname.as_ref().unwrap_or(&it.name).to_string()));
            }
            Stmt::ClassDef(class) if class_swallows(class, &names) => {
                names.insert(class.name.to_string());
            }
            Stmt::FunctionDef(function) if catches_at_yield(&function.body) => {
                names.insert(function.name.to_string());
            }
            Stmt::Assign(it) => {
                let made = it
                    .value
                    .as_call_expr()
                    .and_then(|it| it.func.as_name_expr());
                let is_one =
                    swallows(&it.value) || made.is_some_and(|it| names.contains(it.id.as_str()));
                let targets = it.targets.iter().filter_map(Expr::as_name_expr);
                names.extend(targets.filter(|_| is_one).map(|it| it.id.to_string()));
            }
            _ => {}
        }
    }
    names
}

/// Whether a class leaves contexts with something true, or inherits from one that does.
fn class_swallows(class: &ast::StmtClassDef, known: &BTreeSet<String>) -> bool {
    let leaves = |it: &Stmt| match it {
        Stmt::FunctionDef(it) if matches!(it.name.as_str(), "__exit__" | "__aexit__") => {
            Some(returns_something(&it.body))
        }
        _ => None,
    };
    let own = class.body.iter().find_map(leaves);
    let mut bases = class.bases().iter().filter_map(Expr::as_name_expr);
    own.unwrap_or_else(|| bases.any(|it| known.contains(it.id.as_str())))
}

/// Whether a function may return what is true.
fn returns_something(body: &[Stmt]) -> bool {
    struct Returns(bool);
    impl<'a> Visitor<'a> for Returns {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Return(it) => self.0 |= it.value.as_deref().is_some_and(|it| !is_false(it)),
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ => walk_stmt(self, statement),
            }
        }

        // No statement is inside.
        fn visit_expr(&mut self, _expression: &'a Expr) {}
    }
    let mut returns = Returns(false);
    returns.visit_body(body);
    returns.0
}

fn is_false(value: &Expr) -> bool {
    match value {
        Expr::NoneLiteral(_) => true,
        Expr::BooleanLiteral(it) => !it.value,
        Expr::NumberLiteral(it) => matches!(&it.value, Number::Int(it) if it.as_u8() == Some(0)),
        _ => false,
    }
}

/// Whether there is a `yield` in what is tried, and a handler that does not end with `raise`.
fn catches_at_yield(body: &[Stmt]) -> bool {
    struct Tries(bool);
    impl<'a> Visitor<'a> for Tries {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            if let Stmt::Try(attempt) = statement {
                let is_caught = attempt.handlers.iter().any(|it| {
                    let ast::ExceptHandler::ExceptHandler(handler) = it;
                    !handler.body.last().is_some_and(Stmt::is_raise_stmt)
                });
                self.0 |= is_caught && yields(&attempt.body);
            }
            if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
                walk_stmt(self, statement);
            }
        }

        // No statement is inside.
        fn visit_expr(&mut self, _expression: &'a Expr) {}
    }
    let mut tries = Tries(false);
    tries.visit_body(body);
    tries.0
}

fn yields(body: &[Stmt]) -> bool {
    struct Yields(bool);
    impl<'a> Visitor<'a> for Yields {
        fn visit_expr(&mut self, expression: &'a Expr) {
            self.0 |= expression.is_yield_expr();
            walk_expr(self, expression);
        }
    }
    let mut yields = Yields(false);
    yields.visit_body(body);
    yields.0
}
