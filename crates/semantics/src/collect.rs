//! The types of all expressions of a file, by range.

use std::collections::HashMap;

use ruff_python_ast::visitor::source_order::{
    SourceOrderVisitor, TraversalSignal, walk_expr, walk_parameters, walk_stmt,
};
use ruff_python_ast::{
    Alias, AnyNodeRef, AnyParameterRef, ExceptHandler, Expr, Parameters, Stmt, StmtFunctionDef,
};
use ruff_text_size::{Ranged, TextRange};
use ty_python_semantic::types::Type as TyType;
use ty_python_semantic::{HasType, SemanticModel};

use crate::Type;
use crate::render::Renderer;

/// Types by range.
pub(crate) type Table = HashMap<TextRange, Type>;

/// Asks for the type of every expression, target, parameter and definition.
pub(crate) struct Collector<'a, 'db> {
    pub(crate) model: &'a SemanticModel<'db>,
    pub(crate) renderer: &'a Renderer<'db>,
    pub(crate) types: Table,
    pub(crate) functions: Vec<&'a StmtFunctionDef>,
}

impl<'db> Collector<'_, 'db> {
    fn insert(&mut self, range: TextRange, ty: Option<TyType<'db>>) {
        if let Some(ty) = ty {
            self.types.insert(range, self.renderer.render(ty));
        }
    }
}

impl<'a> SourceOrderVisitor<'a> for Collector<'a, '_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                self.functions.push(function);
                self.insert(function.name.range(), function.inferred_type(self.model));
            }
            Stmt::ClassDef(class) => {
                self.insert(class.name.range(), class.inferred_type(self.model));
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        self.insert(expression.range(), expression.inferred_type(self.model));
        walk_expr(self, expression);
    }

    fn visit_parameters(&mut self, parameters: &'a Parameters) {
        for parameter in parameters {
            let ty = match parameter {
                AnyParameterRef::NonVariadic(parameter) => parameter.inferred_type(self.model),
                AnyParameterRef::Variadic(parameter) => parameter.inferred_type(self.model),
            };
            self.insert(parameter.as_parameter().range(), ty);
            self.insert(parameter.name().range(), ty);
        }
        walk_parameters(self, parameters);
    }

    fn visit_alias(&mut self, alias: &'a Alias) {
        if alias.name.as_str() != "*" {
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            self.insert(name.range(), alias.inferred_type(self.model));
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(inner) = handler;
        if let Some(name) = &inner.name {
            self.insert(name.range(), inner.inferred_type(self.model));
        }
        ruff_python_ast::visitor::source_order::walk_except_handler(self, handler);
    }
}

/// Deeper trees than people write would need more stack than we have.
const MAX_NESTING: u32 = 300;

/// Whether `suite` nests deeper than ty's recursion can bear.
pub(crate) fn is_too_deep(suite: &[Stmt]) -> bool {
    let mut depth = Depth::default();
    depth.visit_body(suite);
    depth.exceeded
}

#[derive(Default)]
struct Depth {
    now: u32,
    exceeded: bool,
}

impl<'a> SourceOrderVisitor<'a> for Depth {
    fn enter_node(&mut self, _: AnyNodeRef<'a>) -> TraversalSignal {
        self.now += 1;
        self.exceeded |= self.now > MAX_NESTING;
        if self.exceeded {
            TraversalSignal::Skip
        } else {
            TraversalSignal::Traverse
        }
    }

    fn leave_node(&mut self, _: AnyNodeRef<'a>) {
        self.now -= 1;
    }
}
