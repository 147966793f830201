//! Parts of what is cut, where nothing more is asked of them than that they are gone through, measured or handed on.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_comprehension, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

/// The places of such parts in a function, whose result is annotated as `returns` says.
pub(super) fn parts(
    function: &ast::StmtFunctionDef,
    returns: Option<&str>,
) -> BTreeSet<(u32, u32)> {
    let mut search = Parts {
        name: function.name.as_str(),
        gives_anything: returns.is_none_or(|it| it == "Any"),
        found: BTreeSet::new(),
    };
    search.visit_body(&function.body);
    search.found
}

/// The key of a place.
pub(super) fn place(range: TextRange) -> (u32, u32) {
    (range.start().into(), range.end().into())
}

struct Parts<'f> {
    /// The function itself.
    name: &'f str,
    gives_anything: bool,
    found: BTreeSet<(u32, u32)>,
}

impl Parts<'_> {
    fn open(&mut self, expression: &Expr) {
        match expression {
            Expr::Subscript(it) if it.slice.is_slice_expr() => {
                self.found.insert(place(it.range()));
            }
            Expr::List(it) => it.elts.iter().for_each(|it| self.open(it)),
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.open(it)),
            Expr::ListComp(it) => self.open(&it.elt),
            Expr::Generator(it) => self.open(&it.elt),
            _ => {}
        }
    }

    fn call(&mut self, call: &ast::ExprCall) {
        const TAKERS: [&str; 13] = [
            "all",
            "any",
            "enumerate",
            "iter",
            "len",
            "list",
            "max",
            "min",
            "set",
            "sorted",
            "sum",
            "tuple",
            "zip",
        ];
        let takes = match &*call.func {
            Expr::Name(it) => TAKERS.contains(&it.id.as_str()) || it.id.as_str() == self.name,
            Expr::Attribute(it) => matches!(it.attr.as_str(), "append" | "extend"),
            _ => false,
        };
        for argument in call.arguments.args.iter().filter(|_| takes) {
            self.open(argument);
        }
    }
}

impl<'a> Visitor<'a> for Parts<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::For(it) => self.open(&it.iter),
            Stmt::Return(it) => {
                let value = it.value.as_deref();
                let is_inside = value.is_some_and(|it| !it.is_subscript_expr());
                if let Some(value) = value.filter(|_| self.gives_anything || is_inside) {
                    self.open(value);
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => self.call(call),
            Expr::Yield(it) => {
                if let Some(value) = &it.value {
                    self.open(value);
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }

    fn visit_comprehension(&mut self, it: &'a ast::Comprehension) {
        self.open(&it.iter);
        walk_comprehension(self, it);
    }
}
