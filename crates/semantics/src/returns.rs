//! What a function returns: ty leaves unannotated functions open, so the types of their `return`s are joined.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Pattern, Stmt, StmtFunctionDef, StmtReturn};
use ruff_text_size::{Ranged, TextRange};

use crate::Type;
use crate::collect::Table;

/// The type of what `function` returns. For a coroutine what `await` gives; for a generator an iterator of what it
/// yields.
pub(crate) fn return_type(function: &StmtFunctionDef, types: &Table) -> Type {
    if let Some(annotation) = &function.returns {
        return types
            .get(&annotation.range())
            .cloned()
            .unwrap_or(Type::Unknown);
    }
    let mut body = Body::default();
    body.visit_body(&function.body);
    if body.has_opaque_yield {
        return Type::Unknown;
    }
    let at = |range: TextRange| types.get(&range).cloned().unwrap_or(Type::Unknown);
    if !body.yields.is_empty() {
        let items = body.yields.iter().map(|each| each.map_or(Type::None, at));
        let name = if function.is_async {
            "collections.abc.AsyncIterator"
        } else {
            "collections.abc.Iterator"
        };
        return Type::Class {
            name: name.to_owned(),
            arguments: vec![Type::join(items)],
        };
    }
    let returns = body.returns.iter().map(|statement| {
        let value = statement.value.as_deref();
        value.map_or(Type::None, |value| at(value.range()))
    });
    let end = may_fall_through(&function.body).then_some(Type::None);
    Type::join(returns.chain(end))
}

/// The values that `function` returns; `None` for one that does nothing else than to stand for others, or gives more than
/// values: what is abstract, or a generator.
pub(crate) fn returned(function: &StmtFunctionDef) -> Option<Vec<&Expr>> {
    let mut body = Body::default();
    body.visit_body(&function.body);
    let is_plain = body.yields.is_empty() && !body.has_opaque_yield && !function.is_async;
    let returns = body.returns.iter();
    let values: Option<Vec<&Expr>> = returns.map(|it| it.value.as_deref()).collect();
    values.filter(|it| is_plain && !it.is_empty() && !may_fall_through(&function.body))
}

/// The `return`s and `yield`s of one body, not of functions inside it.
#[derive(Default)]
struct Body<'a> {
    returns: Vec<&'a StmtReturn>,
    yields: Vec<Option<TextRange>>,
    /// A `yield from`, or a `yield` whose value is used: more than an iterator.
    has_opaque_yield: bool,
}

impl<'a> SourceOrderVisitor<'a> for Body<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Return(inner) => {
                self.returns.push(inner);
                walk_stmt(self, statement);
            }
            Stmt::Expr(inner) if inner.value.is_yield_expr() => {
                if let Expr::Yield(inner) = inner.value.as_ref() {
                    self.yields
                        .push(inner.value.as_ref().map(|value| value.range()));
                }
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Lambda(_) => {}
            Expr::Yield(_) | Expr::YieldFrom(_) => self.has_opaque_yield = true,
            _ => walk_expr(self, expression),
        }
    }
}

/// Whether control may reach the end of `body`. When in doubt, it may.
fn may_fall_through(body: &[Stmt]) -> bool {
    let Some(last) = body.last() else {
        return true;
    };
    match last {
        Stmt::Return(_) | Stmt::Raise(_) | Stmt::Continue(_) | Stmt::Break(_) => false,
        Stmt::If(inner) => {
            let has_else = inner
                .elif_else_clauses
                .last()
                .is_some_and(|clause| clause.test.is_none());
            !has_else
                || may_fall_through(&inner.body)
                || inner
                    .elif_else_clauses
                    .iter()
                    .any(|clause| may_fall_through(&clause.body))
        }
        // A context manager may swallow an exception; people's seldom do, and a wrong `None` would cost more.
        Stmt::With(inner) => may_fall_through(&inner.body),
        Stmt::Try(inner) => {
            if !inner.finalbody.is_empty() && !may_fall_through(&inner.finalbody) {
                return false;
            }
            let ends = if inner.orelse.is_empty() {
                &inner.body
            } else {
                &inner.orelse
            };
            may_fall_through(ends)
                || inner.handlers.iter().any(|handler| {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    may_fall_through(&handler.body)
                })
        }
        Stmt::While(inner) => !is_true(&inner.test) || has_break(&inner.body),
        Stmt::Match(inner) => {
            let is_exhaustive = inner
                .cases
                .last()
                .is_some_and(|case| case.guard.is_none() && is_wildcard(&case.pattern));
            !is_exhaustive || inner.cases.iter().any(|case| may_fall_through(&case.body))
        }
        _ => true,
    }
}

fn is_true(test: &Expr) -> bool {
    match test {
        Expr::BooleanLiteral(literal) => literal.value,
        Expr::NumberLiteral(literal) => {
            matches!(&literal.value, ruff_python_ast::Number::Int(int) if int.as_u8() == Some(1))
        }
        _ => false,
    }
}

fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::MatchAs(inner) if inner.pattern.is_none())
}

fn has_break(body: &[Stmt]) -> bool {
    struct Breaks(bool);
    impl<'a> SourceOrderVisitor<'a> for Breaks {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Break(_) => self.0 = true,
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ => walk_stmt(self, statement),
            }
        }
        fn visit_expr(&mut self, _: &'a Expr) {}
    }
    let mut breaks = Breaks(false);
    breaks.visit_body(body);
    breaks.0
}
