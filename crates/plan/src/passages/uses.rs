//! Which names the parts of a function read, bind and look up later, by Python's rules alone.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextSize};

/// What some code does with names.
#[derive(Debug, Default)]
pub(super) struct Uses {
    pub reads: BTreeSet<String>,
    /// In order.
    pub binds: Vec<String>,
    /// Names that functions made here look up when they run, and where they are made.
    pub captures: Vec<(TextSize, String)>,
    /// It holds something that this analysis does not follow.
    pub is_odd: bool,
}

impl Uses {
    pub(super) fn of_expressions<'a>(expressions: impl IntoIterator<Item = &'a Expr>) -> Self {
        let mut uses = Self::default();
        for expression in expressions {
            uses.visit_expr(expression);
        }
        uses
    }

    /// Of a statement and all that it holds.
    pub(super) fn of_statements(statements: &[Stmt]) -> Self {
        let mut uses = Self::default();
        for statement in statements {
            uses.visit_stmt(statement);
        }
        uses
    }

    fn bind(&mut self, name: &str) {
        self.binds.push(name.to_owned());
    }

    /// A function of its own, which may run later.
    fn define(&mut self, at: TextSize, inner: Self, parameters: &[String]) {
        let free = inner
            .reads
            .into_iter()
            .filter(|it| !parameters.contains(it));
        for name in free {
            self.reads.insert(name.clone());
            self.captures.push((at, name));
        }
        let deeper = inner.captures.into_iter();
        self.captures
            .extend(deeper.filter(|it| !parameters.contains(&it.1)));
        self.is_odd |= inner.is_odd;
    }

    fn definition(&mut self, statement: &Stmt) {
        let mut inner = Self::default();
        match statement {
            Stmt::FunctionDef(function) => {
                let decorators = function.decorator_list.iter();
                decorators.for_each(|it| self.visit_expr(&it.expression));
                let parameters = function.parameters.iter_non_variadic_params();
                let defaults = parameters.filter_map(|it| it.default.as_deref());
                defaults.for_each(|it| self.visit_expr(it));
                inner.visit_body(&function.body);
                self.bind(function.name.as_str());
            }
            Stmt::ClassDef(class) => {
                class.bases().iter().for_each(|it| self.visit_expr(it));
                inner.visit_body(&class.body);
                self.bind(class.name.as_str());
            }
            _ => return,
        }
        self.define(statement.start(), inner, &[]);
    }

    fn import(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.bind(name.split('.').next().unwrap_or(name));
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    self.is_odd |= alias.name.as_str() == "*";
                    self.bind(alias.asname.as_ref().unwrap_or(&alias.name));
                }
            }
            _ => {}
        }
    }

    fn comprehension(&mut self, elements: &[&Expr], generators: &[ast::Comprehension]) -> Self {
        let mut inner = Self::default();
        let mut targets = Self::default();
        for generator in generators {
            inner.visit_expr(&generator.iter);
            targets.visit_expr(&generator.target);
            generator.ifs.iter().for_each(|it| inner.visit_expr(it));
        }
        elements.iter().for_each(|it| inner.visit_expr(it));
        // An assignment inside binds a name outside.
        inner.is_odd |= !inner.binds.is_empty() || generators.iter().any(|it| it.is_async);
        inner.reads.retain(|name| !targets.binds.contains(name));
        inner.captures.retain(|it| !targets.binds.contains(&it.1));
        self.reads.extend(inner.reads.iter().cloned());
        self.captures.extend(inner.captures.iter().cloned());
        self.is_odd |= inner.is_odd;
        inner
    }
}

impl<'a> Visitor<'a> for Uses {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => self.definition(statement),
            Stmt::AugAssign(assign) => {
                self.visit_expr(&assign.value);
                if let Expr::Name(name) = &*assign.target {
                    self.reads.insert(name.id.to_string());
                }
                self.visit_expr(&assign.target);
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.visit_expr(value);
                    self.visit_expr(&assign.target);
                }
            }
            Stmt::Import(_) | Stmt::ImportFrom(_) => self.import(statement),
            Stmt::Try(it) => {
                for handler in &it.handlers {
                    let ast::ExceptHandler::ExceptHandler(handler) = handler;
                    if let Some(name) = &handler.name {
                        self.bind(name.as_str());
                    }
                }
                self.is_odd |= it.is_star;
                walk_stmt(self, statement);
            }
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::Match(_) | Stmt::TypeAlias(_) => {
                self.is_odd = true;
            }
            Stmt::For(it) => {
                self.is_odd |= it.is_async;
                walk_stmt(self, statement);
            }
            Stmt::With(it) => {
                self.is_odd |= it.is_async;
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if name.ctx.is_load() => {
                self.is_odd |= LOOKING.contains(&name.id.as_str());
                self.reads.insert(name.id.to_string());
            }
            Expr::Name(name) => {
                // A name that is deleted may be unbound.
                self.is_odd |= name.ctx.is_del();
                self.bind(name.id.as_str());
            }
            Expr::Lambda(lambda) => {
                let mut parameters = Vec::new();
                if let Some(found) = &lambda.parameters {
                    let defaults = found.iter_non_variadic_params();
                    defaults
                        .filter_map(|it| it.default.as_deref())
                        .for_each(|it| self.visit_expr(it));
                    parameters.extend(found.iter().map(|it| it.name().to_string()));
                }
                let mut inner = Self::default();
                inner.visit_expr(&lambda.body);
                self.define(expression.start(), inner, &parameters);
            }
            Expr::ListComp(it) => {
                self.comprehension(&[&it.elt], &it.generators);
            }
            Expr::SetComp(it) => {
                self.comprehension(&[&it.elt], &it.generators);
            }
            Expr::DictComp(it) => {
                let parts: Vec<&Expr> = it.key.iter().chain([&it.value]).map(|it| &**it).collect();
                self.comprehension(&parts, &it.generators);
            }
            Expr::Generator(it) => {
                // It may be iterated later.
                let inner = self.comprehension(&[&it.elt], &it.generators);
                let names = inner.reads.into_iter();
                self.captures
                    .extend(names.map(|name| (expression.start(), name)));
            }
            Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Await(_) => self.is_odd = true,
            Expr::Attribute(it) if LOOKING.contains(&it.attr.as_str()) => {
                self.is_odd = true;
            }
            _ => walk_expr(self, expression),
        }
    }
}

/// What looks up the names of the function that calls it, or its frame.
const LOOKING: &[&str] = &[
    "locals",
    "globals",
    "vars",
    "dir",
    "eval",
    "exec",
    "super",
    "__class__",
    "_getframe",
    "currentframe",
    "stack",
    "getsource",
    "jit",
    "njit",
    "numba",
];
