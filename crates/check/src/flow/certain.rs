//! What a call of a function is sure to do, as far as branches tell.
//!
//! `if verbose: print(…)` and the handler of an exception are what a function *may* do. That importing a package does
//! something is only said of what happens without a condition, or on one that the world decides (`if not
//! folder.exists(): folder.mkdir()`) or that holds at the first call (`if CACHE is None: CACHE = load()`).

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{CmpOp, ExceptHandler, Expr, ExprContext, Stmt, UnaryOp};
use srcify_syntax::{Ranged, TextRange, TextSize};

use crate::annotations::last_name;
use crate::index::Index;

/// What asks the machine, not the caller: by the last name of what is called or read.
const WORLD: [&str; 12] = [
    "exists", "isfile", "isdir", "is_file", "is_dir", "access", "getenv", "environ", "which",
    "isatty", "platform", "glob",
];

/// The parts of a function's body that a call may pass by.
///
/// `index` is of the function's module, `function` its index in it.
pub(super) fn doubtful(index: &Index<'_>, function: usize) -> Vec<TextRange> {
    let node = index.functions[function].node;
    let mut parts = Parts {
        index,
        function,
        end: node.range().end(),
        found: Vec::new(),
    };
    parts.block(&node.body);
    parts.found
}

struct Parts<'a> {
    index: &'a Index<'a>,
    function: usize,
    end: TextSize,
    found: Vec<TextRange>,
}

impl Parts<'_> {
    fn block(&mut self, body: &[Stmt]) {
        for statement in body {
            self.statement(statement);
            if self.may_leave(statement) {
                let start = statement.range().end();
                self.found.push(TextRange::new(start, self.end.max(start)));
            }
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::If(it) => {
                self.visit_expr(&it.test);
                let mut is_open = self.may_be(&it.test, true);
                self.branch(&it.body, is_open);
                is_open = self.may_be(&it.test, false);
                for clause in &it.elif_else_clauses {
                    let holds = clause.test.as_ref().is_none_or(|it| self.may_be(it, true));
                    self.branch(&clause.body, is_open && holds);
                    is_open &= clause.test.as_ref().is_none_or(|it| self.may_be(it, false));
                }
            }
            Stmt::While(it) => {
                self.visit_expr(&it.test);
                let is_open = self.may_be(&it.test, true);
                self.branch(&it.body, is_open);
                self.branch(&it.orelse, false);
            }
            Stmt::For(it) => {
                self.visit_expr(&it.iter);
                // What was collected before may be empty.
                let is_collected = matches!(&*it.iter, Expr::Name(it) if self.is_own(&it.id));
                self.branch(&it.body, !is_collected);
                self.branch(&it.orelse, false);
            }
            Stmt::With(it) => {
                for item in &it.items {
                    self.visit_expr(&item.context_expr);
                }
                self.block(&it.body);
            }
            Stmt::Try(it) => {
                self.block(&it.body);
                for handler in &it.handlers {
                    self.found.push(handler.range());
                }
                self.block(&it.orelse);
                self.block(&it.finalbody);
            }
            Stmt::Match(it) => {
                self.visit_expr(&it.subject);
                self.found.extend(it.cases.iter().map(Ranged::range));
            }
            // They run when they are called, and have doubts of their own.
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            simple => walk_stmt(self, simple),
        }
    }

    fn branch(&mut self, body: &[Stmt], is_open: bool) {
        if is_open {
            self.block(body);
        } else if let (Some(first), Some(last)) = (body.first(), body.last()) {
            let range = TextRange::new(first.range().start(), last.range().end());
            self.found.push(range);
        }
    }

    /// Whether what follows a statement may be passed by, because the function returns in it.
    fn may_leave(&self, statement: &Stmt) -> bool {
        let leaves = |body: &[Stmt]| body.iter().any(returns);
        match statement {
            Stmt::If(it) => {
                let first = leaves(&it.body) && !self.may_be(&it.test, false);
                let clauses = it.elif_else_clauses.iter();
                first || clauses.into_iter().any(|clause| leaves(&clause.body))
            }
            Stmt::Return(_) => false,
            compound => returns(compound),
        }
    }

    /// Whether a condition may well be true (or false) when a fresh process comes to it.
    fn may_be(&self, test: &Expr, value: bool) -> bool {
        match test {
            Expr::UnaryOp(it) if it.op == UnaryOp::Not => self.may_be(&it.operand, !value),
            Expr::BoolOp(it) => it.values.iter().all(|it| self.may_be(it, value)),
            Expr::BooleanLiteral(it) => it.value == value,
            // What a module keeps for later is empty at first.
            Expr::Name(_) if self.is_kept(test) => !value,
            Expr::Compare(it) if self.is_kept(&it.left) => match (&*it.ops, &*it.comparators) {
                ([CmpOp::Is], [Expr::NoneLiteral(_)]) => value,
                ([CmpOp::IsNot], [Expr::NoneLiteral(_)]) => !value,
                _ => asks_world(test),
            },
            _ => asks_world(test),
        }
    }

    /// Whether it is a variable of the module, or an attribute of the instance, that the function has not bound before.
    fn is_kept(&self, expression: &Expr) -> bool {
        let is_kept = match expression {
            Expr::Name(it) => !self.index.is_local(Some(self.function), &it.id),
            Expr::Attribute(it) => {
                matches!(&*it.value, Expr::Name(it) if it.id == "self" || it.id == "cls")
            }
            _ => false,
        };
        is_kept && !self.is_bound_before(expression)
    }

    fn is_bound_before(&self, expression: &Expr) -> bool {
        let node = self.index.functions[self.function].node;
        let mut bound = Bound {
            name: last_name(expression),
            before: expression.range().start(),
            found: false,
        };
        bound.visit_body(&node.body);
        bound.found
    }

    /// Whether it is a variable of the function, but no parameter.
    fn is_own(&self, name: &str) -> bool {
        let node = self.index.functions[self.function].node;
        self.index.is_local(Some(self.function), name) && !node.parameters.includes(name)
    }
}

impl<'a> Visitor<'a> for Parts<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::If(it) => {
                self.visit_expr(&it.test);
                for (branch, value) in [(&it.body, true), (&it.orelse, false)] {
                    if self.may_be(&it.test, value) {
                        self.visit_expr(branch);
                    } else {
                        self.found.push(branch.range());
                    }
                }
            }
            Expr::BoolOp(it) => {
                let mut values = it.values.iter();
                if let Some(first) = values.next() {
                    self.visit_expr(first);
                }
                self.found.extend(values.map(Ranged::range));
            }
            Expr::Lambda(it) => self.found.push(it.body.range()),
            _ => walk_expr(self, expression),
        }
    }
}

/// Looks for a name, or an attribute of this name, that is stored before a place.
struct Bound<'a> {
    name: Option<&'a str>,
    before: TextSize,
    found: bool,
}

impl<'a> Visitor<'a> for Bound<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        let context = match expression {
            Expr::Name(it) => Some(it.ctx),
            Expr::Attribute(it) => Some(it.ctx),
            _ => None,
        };
        self.found |= context == Some(ExprContext::Store)
            && expression.range().start() < self.before
            && last_name(expression) == self.name;
        walk_expr(self, expression);
    }
}

/// Whether a statement may end its function by a `return`.
fn returns(statement: &Stmt) -> bool {
    let any = |body: &[Stmt]| body.iter().any(returns);
    match statement {
        Stmt::Return(_) => true,
        Stmt::If(it) => any(&it.body) || it.elif_else_clauses.iter().any(|it| any(&it.body)),
        Stmt::While(it) => any(&it.body) || any(&it.orelse),
        Stmt::For(it) => any(&it.body) || any(&it.orelse),
        Stmt::With(it) => any(&it.body),
        Stmt::Match(it) => it.cases.iter().any(|it| any(&it.body)),
        Stmt::Try(it) => {
            let handlers = it.handlers.iter().any(|it| match it {
                ExceptHandler::ExceptHandler(it) => any(&it.body),
            });
            any(&it.body) || handlers || any(&it.orelse) || any(&it.finalbody)
        }
        _ => false,
    }
}

/// Whether a condition asks the machine: for a file, a program, a variable of the environment.
fn asks_world(test: &Expr) -> bool {
    struct Asked(bool);
    impl<'a> Visitor<'a> for Asked {
        fn visit_expr(&mut self, expression: &'a Expr) {
            self.0 |= match expression {
                Expr::Attribute(it) => WORLD.contains(&it.attr.as_str()),
                Expr::Name(it) => WORLD.contains(&it.id.as_str()),
                _ => false,
            };
            walk_expr(self, expression);
        }
    }
    let mut asked = Asked(false);
    asked.visit_expr(test);
    asked.0
}
