//! Variables of the module that a text names in a function inside of another scope: only as globals are they found there.

use std::borrow::Cow;
use std::collections::BTreeSet;

use srcify_effects::{EffectGraph, LookedUp};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Unit, UnitId};

use super::Planner;

/// Whether a text that a library evaluates names a variable of the module in a lambda, a comprehension, a method or a
/// function of a function. What runs there sees the variables of the function around it only where its code names them.
pub(super) fn names_variables(program: &Program, graph: &EffectGraph) -> bool {
    let uses = |it: &str| graph.libraries.contains(it);
    // Imports and definitions are within reach wherever their module is.
    let is_variable = |unit: &&Unit| {
        let statement = program.statement(unit.id);
        !matches!(
            statement,
            Stmt::Import(_) | Stmt::ImportFrom(_) | Stmt::FunctionDef(_) | Stmt::ClassDef(_)
        )
    };
    let units = program.units().iter().filter(is_variable);
    let variables = units.flat_map(|it| &graph.units[it.id.index()].access.may);
    let variables: BTreeSet<&str> = variables.map(String::as_str).collect();
    let mut deep = Deep {
        looked_up: LookedUp::of(&program.source.text, uses),
        graph,
        is_variable: &|name| variables.contains(name),
        depth: 0,
        is_found: false,
    };
    for unit in program.units() {
        deep.visit_stmt(program.statement(unit.id));
    }
    deep.is_found
}

impl Planner<'_> {
    /// Whether a text in a statement names a variable: code that moves elsewhere would not find it.
    pub(crate) fn is_looked_up_in(&self, unit: UnitId) -> bool {
        let uses = |it: &str| self.graph.libraries.contains(it);
        let mut deep = Deep {
            looked_up: LookedUp::of(&self.program.source.text, uses),
            graph: self.graph,
            is_variable: &|name| self.names.is_variable(name),
            depth: DEEP,
            is_found: false,
        };
        deep.visit_stmt(self.program.statement(unit));
        deep.is_found
    }
}

struct Deep<'a> {
    looked_up: LookedUp<'a>,
    graph: &'a EffectGraph,
    is_variable: &'a dyn Fn(&str) -> bool,
    /// How many scopes stand around; two where the first is none that could be given a variable.
    depth: usize,
    is_found: bool,
}

/// From this depth on no parameter helps.
const DEEP: usize = 2;

impl Deep<'_> {
    fn inside(&mut self, scopes: usize, visit: impl FnOnce(&mut Self)) {
        self.depth += scopes;
        visit(self);
        self.depth -= scopes;
    }

    fn note(&mut self, names: &BTreeSet<&str>) {
        self.is_found |= self.depth >= DEEP && names.iter().any(|it| (self.is_variable)(it));
    }

    fn called<'c>(&self, call: &'c ast::ExprCall) -> (Option<String>, &'c str) {
        match &*call.func {
            Expr::Name(name) => (self.graph.imports.get(name.id.as_str()).cloned(), &name.id),
            Expr::Attribute(attribute) => {
                let module = attribute.value.as_name_expr();
                let module = module.and_then(|it| self.graph.imports.get(it.id.as_str()));
                let path = module.map(|it| format!("{it}.{}", attribute.attr));
                (path, &attribute.attr)
            }
            _ => (None, ""),
        }
    }
}

impl<'a> Visitor<'a> for Deep<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) => self.inside(1, |it| walk_stmt(it, statement)),
            Stmt::ClassDef(_) => self.inside(DEEP, |it| walk_stmt(it, statement)),
            // A lambda with a name becomes a function.
            Stmt::Assign(assign) => match &*assign.value {
                Expr::Lambda(lambda) => self.inside(1, |it| it.visit_expr(&lambda.body)),
                _ => walk_stmt(self, statement),
            },
            // Docstrings, and other texts that stand alone, are for readers.
            Stmt::Expr(it) if it.value.is_string_literal_expr() => {}
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::StringLiteral(string) => {
                let names = self.looked_up.in_text(string.value.to_str());
                self.note(&names);
            }
            Expr::FString(string) => {
                for literal in string.value.elements().filter_map(|it| it.as_literal()) {
                    let names = self.looked_up.in_text(&literal.value);
                    self.note(&names);
                }
                walk_expr(self, expression);
            }
            Expr::Call(call) => {
                if let Some(text) = call.arguments.args.first().and_then(written) {
                    let (path, name) = self.called(call);
                    let names = self.looked_up.in_evaluated(path.as_deref(), name, &text);
                    self.note(&names);
                }
                walk_expr(self, expression);
            }
            Expr::Lambda(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_) => self.inside(DEEP, |it| walk_expr(it, expression)),
            _ => walk_expr(self, expression),
        }
    }
}

/// What is written down of a text.
fn written(text: &Expr) -> Option<Cow<'_, str>> {
    match text {
        Expr::StringLiteral(string) => Some(Cow::Borrowed(string.value.to_str())),
        Expr::FString(string) => {
            let parts = string.value.elements().filter_map(|it| it.as_literal());
            let parts: Vec<&str> = parts.map(|it| &*it.value).collect();
            Some(Cow::Owned(parts.join(" ")))
        }
        _ => None,
    }
}
