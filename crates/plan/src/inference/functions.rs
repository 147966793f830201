//! The author's own functions in the slice: of single values, and of rows.

use std::collections::BTreeSet;

use srcify_effects::{Effect, EffectSet, function_names};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::stdlib::builtins::is_python_builtin;
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::candidates::column_target;
use super::{Slicer, in_place};
use crate::rowwise::{Need, Rows};

/// How many functions deep calls are followed.
const DEEPEST: usize = 4;

impl<'a> Slicer<'a> {
    /// A plain function of the author's that has this name and keeps it.
    pub(super) fn function(&self, name: &str) -> Option<(UnitId, &'a ast::StmtFunctionDef)> {
        let facts = self.names.get(name)?;
        let [unit] = facts.bindings[..] else {
            return None;
        };
        let Stmt::FunctionDef(definition) = self.program.statement(unit) else {
            return None;
        };
        let has_plain_defaults = definition
            .parameters
            .iter_non_variadic_params()
            .filter_map(|it| it.default.as_deref())
            .all(Expr::is_literal_expr);
        let is_plain = definition.decorator_list.is_empty()
            && !definition.is_async
            && has_plain_defaults
            && !facts.is_deleted;
        is_plain.then_some((unit, definition))
    }

    /// What a function needs that is applied to one value after the other: names of the author's constants and functions;
    /// `None` where it is not known to look at its value alone.
    pub(super) fn of_element(&self, function: &Expr, depth: usize) -> Option<Need> {
        let depth = depth.checked_sub(1)?;
        match function {
            Expr::Lambda(lambda) => {
                let mut names = Names::default();
                if let Some(parameters) = lambda.parameters.as_deref() {
                    names
                        .bound
                        .extend(parameters.iter().map(|it| it.name().to_string()));
                }
                names.visit_expr(&lambda.body);
                let free = names.read.difference(&names.bound).cloned().collect();
                self.is_steady(function.range())
                    .then(|| self.free_names(&free, depth))?
            }
            Expr::Name(name) => {
                let id = name.id.as_str();
                if is_python_builtin(id, 13, true) && self.names.get(id).is_none() {
                    let keeps = ["str", "int", "float", "len", "bool", "abs", "round"];
                    return keeps.contains(&id).then(Need::default);
                }
                self.own_of_element(id, depth)
            }
            _ => None,
        }
    }

    fn own_of_element(&self, name: &str, depth: usize) -> Option<Need> {
        let (_, definition) = self.function(name)?;
        let names = function_names(Some(&definition.parameters), &definition.body);
        if !names.globals.is_empty() || !self.is_steady(definition.range()) {
            return None;
        }
        let depth = depth.checked_sub(1)?;
        let mut need = self.free_names(&names.free, depth)?;
        need.functions.insert(name.to_owned());
        Some(need)
    }

    /// Whether all calls in a range give the same for the same values, and change nothing.
    fn is_steady(&self, range: TextRange) -> bool {
        let mut calls = self.graph.calls_in(range);
        calls.all(|call| call.effects.is_subset(EffectSet::of(Effect::Stdout)))
    }

    fn free_names(&self, free: &BTreeSet<String>, depth: usize) -> Option<Need> {
        let mut need = Need::default();
        for name in free {
            if self.graph.imports.contains_key(name) {
                continue;
            }
            if self.is_constant(name) {
                need.constants.insert(name.clone());
            } else if self.function(name).is_some() {
                need.merge(self.own_of_element(name, depth)?);
            } else if !is_python_builtin(name, 13, true) || self.names.get(name).is_some() {
                return None;
            }
        }
        Some(need)
    }

    /// What a function of the author's needs that gives rows for rows, treating each alone; with `reads`, it may also read
    /// them.
    pub(super) fn of_rows(&self, name: &str, reads: bool, depth: usize) -> Option<Need> {
        let depth = depth.checked_sub(1)?;
        let (_, definition) = self.function(name)?;
        let names = function_names(Some(&definition.parameters), &definition.body);
        let is_plain = names.globals.is_empty()
            && definition.parameters.vararg.is_none()
            && definition.parameters.kwarg.is_none();
        if !is_plain {
            return None;
        }
        let is_constant = |name: &str| !names.locals.contains(name) && self.is_constant(name);
        let nothing = |_: &str| false;
        let of_element = |it: &Expr| self.of_element(it, depth);
        let of_rows = |it: &str| self.of_rows(it, false, depth);
        let rows = Rows {
            program: self.program,
            imports: &self.graph.imports,
            is_constant: &is_constant,
            is_fitted: &nothing,
            of_element: &of_element,
            own: &of_rows,
        };
        let mut need = Need::default();
        let (last, body) = definition.body.split_last()?;
        let Stmt::Return(ast::StmtReturn {
            value: Some(given), ..
        }) = last
        else {
            return None;
        };
        for statement in body {
            let is_fine = Self::is_of_rows(&rows, statement, reads, &mut need);
            if !is_fine {
                return None;
            }
        }
        let is_known = Self::gives_rows(&rows, given, reads, &mut need)
            && need.statistics.is_empty()
            && need.fitted.is_empty();
        // What it reads of the module is wanted where it is called.
        need.frames.retain(|it| !names.locals.contains(it));
        let is_known = is_known && need.frames.iter().all(|it| self.names.get(it).is_some());
        need.functions.insert(name.to_owned());
        is_known.then_some(need)
    }

    /// Whether a statement of a function treats each row alone.
    fn is_of_rows(rows: &Rows<'_>, statement: &Stmt, reads: bool, need: &mut Need) -> bool {
        match statement {
            Stmt::Expr(it) if it.value.is_string_literal_expr() => true,
            Stmt::Expr(it) if in_place(&it.value).is_some() => rows.judge(&it.value, need).is_ok(),
            Stmt::Assign(it) => {
                let target = match &it.targets[..] {
                    [Expr::Name(_)] => Some(Vec::new()),
                    [Expr::Subscript(it)] => column_target(it, rows.is_constant),
                    _ => None,
                };
                let mut parts = target.iter().flatten();
                target.is_some()
                    && parts.all(|it| rows.judge(it, need).is_ok())
                    && Self::gives_rows(rows, &it.value, reads, need)
            }
            Stmt::AugAssign(it) => {
                let target = it.target.as_subscript_expr();
                let parts = target.and_then(|it| column_target(it, rows.is_constant));
                parts.is_some_and(|parts| {
                    let mut all = parts.into_iter().chain([&*it.value]);
                    all.all(|it| rows.judge(it, need).is_ok())
                })
            }
            _ => false,
        }
    }

    fn gives_rows(rows: &Rows<'_>, value: &Expr, reads: bool, need: &mut Need) -> bool {
        let call = value.as_call_expr().filter(|_| reads);
        let path = call.and_then(|call| rows.library_path(&call.func));
        if let (Some(call), Some(path)) = (call, path)
            && path.starts_with("pandas.read_")
        {
            let named = call.arguments.keywords.iter().map(|it| &it.value);
            let mut arguments = call.arguments.args.iter().chain(named);
            return arguments.all(|it| rows.judge(it, need).is_ok());
        }
        rows.judge(value, need).is_ok()
    }

    /// How deep calls of the author's functions are followed from here.
    pub(super) const fn depth() -> usize {
        DEEPEST
    }
}

/// The names of an expression: those it reads, and those it binds.
#[derive(Default)]
struct Names {
    read: BTreeSet<String>,
    bound: BTreeSet<String>,
}

impl<'e> Visitor<'e> for Names {
    fn visit_expr(&mut self, expression: &'e Expr) {
        if let Expr::Name(name) = expression {
            let names = if name.ctx.is_load() {
                &mut self.read
            } else {
                &mut self.bound
            };
            names.insert(name.id.to_string());
        }
        if let Expr::Lambda(lambda) = expression
            && let Some(parameters) = lambda.parameters.as_deref()
        {
            self.bound
                .extend(parameters.iter().map(|it| it.name().to_string()));
        }
        walk_expr(self, expression);
    }
}
