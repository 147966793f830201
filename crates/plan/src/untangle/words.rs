//! The names of a program, for those that move values between its functions.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};

/// Names of all scopes, and who calls what.
#[derive(Default)]
pub(super) struct Words<'a> {
    /// The function at module level around, empty for a class or a decorated function.
    pub(super) function: Option<&'a str>,
    pub(super) bound: Vec<&'a str>,
    pub(super) read: BTreeSet<&'a str>,
    /// Names that are read other than to call them.
    pub(super) values: BTreeSet<&'a str>,
    pub(super) callers: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Visitor<'a> for Words<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(it) => self.bound.push(&it.name),
            Stmt::ClassDef(it) => self.bound.push(&it.name),
            Stmt::Global(it) => self
                .values
                .extend(it.names.iter().map(ast::Identifier::as_str)),
            Stmt::Nonlocal(it) => self
                .values
                .extend(it.names.iter().map(ast::Identifier::as_str)),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_alias(&mut self, alias: &'a ast::Alias) {
        let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
        self.bound.push(name.split('.').next().unwrap_or(name));
    }

    fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
        self.bound.push(&parameter.name);
        ast::visitor::walk_parameter(self, parameter);
    }

    fn visit_except_handler(&mut self, handler: &'a ast::ExceptHandler) {
        let ast::ExceptHandler::ExceptHandler(it) = handler;
        self.bound
            .extend(it.name.iter().map(ast::Identifier::as_str));
        ast::visitor::walk_except_handler(self, handler);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => {
                if let Expr::Name(name) = &*call.func {
                    self.read.insert(&name.id);
                    if let Some(caller) = self.function {
                        self.callers.entry(&name.id).or_default().insert(caller);
                    }
                } else {
                    self.visit_expr(&call.func);
                }
                self.visit_arguments(&call.arguments);
            }
            Expr::Name(name) if name.ctx.is_load() => {
                self.values.insert(&name.id);
                self.read.insert(&name.id);
            }
            Expr::Name(name) => self.bound.push(&name.id),
            _ => walk_expr(self, expression),
        }
    }
}
