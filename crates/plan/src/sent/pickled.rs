//! What a program pickles: the names that come into what is written.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::snippet;

/// The names of what is pickled, and of all that comes into it.
pub(super) fn names(source: &str) -> BTreeSet<String> {
    let mut flow = Flow::default();
    flow.visit_body(snippet(source).statements());
    let mut found = BTreeSet::new();
    let mut pending: Vec<String> = flow.pickled.into_iter().collect();
    while let Some(name) = pending.pop() {
        pending.extend(flow.parts.remove(&name).into_iter().flatten());
        found.insert(name);
    }
    found
}

#[derive(Default)]
struct Flow {
    /// For each name and attribute, those that come into it.
    parts: BTreeMap<String, BTreeSet<String>>,
    pickled: BTreeSet<String>,
    /// The functions around.
    functions: Vec<String>,
}

impl Flow {
    fn comes_into(&mut self, target: &Expr, value: &Expr) {
        let mut given = BTreeSet::new();
        values(value, &mut given);
        let mut targets = BTreeSet::new();
        values(target, &mut targets);
        for name in targets {
            self.parts.entry(name).or_default().extend(given.clone());
        }
    }

    fn called(&mut self, call: &ast::ExprCall) {
        let name = match &*call.func {
            Expr::Name(it) => it.id.as_str(),
            Expr::Attribute(it) => it.attr.as_str(),
            _ => return,
        };
        match name {
            "dump" | "dumps" | "save" => {
                if let Some(written) = call.arguments.args.first() {
                    values(written, &mut self.pickled);
                }
            }
            "to_pickle" => values(&call.func, &mut self.pickled),
            _ => {}
        }
        // `models.append(model)`
        if let Expr::Attribute(method) = &*call.func {
            for argument in &call.arguments.args {
                self.comes_into(&method.value, argument);
            }
        }
    }
}

impl<'a> Visitor<'a> for Flow {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assign(it) => {
                for target in &it.targets {
                    self.comes_into(target, &it.value);
                }
            }
            Stmt::AugAssign(it) => self.comes_into(&it.target, &it.value),
            Stmt::AnnAssign(it) => {
                if let Some(value) = &it.value {
                    self.comes_into(&it.target, value);
                }
            }
            Stmt::For(it) => self.comes_into(&it.target, &it.iter),
            Stmt::With(it) => {
                for item in &it.items {
                    if let Some(target) = &item.optional_vars {
                        self.comes_into(target, &item.context_expr);
                    }
                }
            }
            Stmt::Return(it) => {
                if let (Some(value), Some(function)) = (&it.value, self.functions.last()) {
                    let given = self.parts.entry(function.clone()).or_default();
                    values(value, given);
                }
            }
            Stmt::FunctionDef(it) => {
                self.functions.push(it.name.to_string());
                walk_stmt(self, statement);
                self.functions.pop();
                return;
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => self.called(call),
            Expr::Named(it) => self.comes_into(&it.target, &it.value),
            _ => {}
        }
        walk_expr(self, expression);
    }
}

/// The names and attributes whose values an expression may give, or hold: of `model.weights`, the weights.
fn values(expression: &Expr, found: &mut BTreeSet<String>) {
    struct Values<'f>(&'f mut BTreeSet<String>);
    impl<'a> Visitor<'a> for Values<'_> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            match expression {
                Expr::Name(it) => {
                    self.0.insert(it.id.to_string());
                }
                Expr::Attribute(it) => {
                    self.0.insert(it.attr.to_string());
                }
                // A method may give the object: `Scale().fit(x)`.
                Expr::Call(call) => {
                    if let Expr::Attribute(method) = &*call.func {
                        self.visit_expr(&method.value);
                    }
                    walk_expr(self, expression);
                }
                Expr::Subscript(it) => self.visit_expr(&it.value),
                _ => walk_expr(self, expression),
            }
        }
    }
    Values(found).visit_expr(expression);
}
