//! What variables of the module appear to be of which nothing else tells: by what the program does with them, as for
//! parameters. A table that comes out of a pickle is one because the program groups it.

use std::collections::BTreeMap;
use std::rc::Rc;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, ExprContext, Stmt};

use super::evidence::evidence_in;
use crate::Type;
use crate::analyze::Analyzer;
use crate::value::Value;

/// Only classes that nothing else is like are told by their members.
const TOLD: &[&str] = &["pandas.DataFrame", "pandas.Series"];

impl Analyzer<'_> {
    /// Says what a variable of the module appears to be, where its value does not.
    pub(crate) fn tell_variable(&mut self, name: &str, value: &mut Value) {
        let is_open = value.ty.is_none() && value.hint.is_none() && value.path.is_none();
        if !is_open || self.is_presuming || value.called().is_some() || value.is_never {
            return;
        }
        let told = self.apparent_variables();
        value.hint = told.get(name).cloned();
    }

    fn apparent_variables(&mut self) -> Rc<BTreeMap<String, Type>> {
        if let Some(known) = &self.apparent.variables {
            return Rc::clone(known);
        }
        let found = if self.uses("pandas") {
            self.find_apparent_variables()
        } else {
            BTreeMap::new()
        };
        let found = Rc::new(found);
        self.apparent.variables = Some(Rc::clone(&found));
        found
    }

    fn find_apparent_variables(&self) -> BTreeMap<String, Type> {
        let units = self.program.units().iter();
        let statements = units.map(|unit| self.program.statement(unit.id));
        let is_code = |it: &&Stmt| !matches!(it, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
        let bodies: Vec<&[Stmt]> = statements
            .filter(is_code)
            .map(std::slice::from_ref)
            .collect();
        let mut bound = Bound::default();
        for body in &bodies {
            bound.visit_body(body);
        }
        // What gets another value may be something else then.
        let once = bound.0.into_iter().filter(|(_, count)| *count == 1);
        let names = once.map(|(name, _)| name.to_owned()).collect();
        let told = evidence_in(names, &bodies)
            .into_iter()
            .filter_map(|(name, found)| {
                let is_met = found.is_tested || found.is_called || found.members.is_empty();
                let ty = self.told_by_members(&name, &found).filter(|_| !is_met)?;
                TOLD.contains(&ty).then(|| (name, Type::new(ty)))
            });
        told.collect()
    }
}

/// How often names are bound.
#[derive(Default)]
struct Bound<'a>(BTreeMap<&'a str, usize>);

impl<'a> Visitor<'a> for Bound<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        // What a loop binds is another thing each time.
        if let Stmt::For(it) = statement {
            let mut targets = Bound::default();
            targets.visit_expr(&it.target);
            for name in targets.0.keys() {
                *self.0.entry(name).or_default() += 2;
            }
        }
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(it) = expression
            && it.ctx != ExprContext::Load
        {
            *self.0.entry(&it.id).or_default() += 1;
        }
        walk_expr(self, expression);
    }
}
