//! What definitions change that are called where no call shows it: callbacks, decorated functions, methods.

use std::collections::BTreeSet;

use srcify_effects::{Access, CHANGING_METHODS, EffectGraph};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

/// The names of the module whose objects `definition` changes, if others than the program's own calls may run it.
pub(super) fn changed_unseen<'a>(
    definition: &Stmt,
    access: &'a Access,
    graph: &EffectGraph,
) -> BTreeSet<&'a str> {
    let is_called_back = match definition {
        Stmt::ClassDef(_) => true,
        Stmt::FunctionDef(function) => {
            let facts = graph.functions.get(function.name.as_str());
            !function.decorator_list.is_empty() || facts.is_some_and(|it| it.is_value)
        }
        _ => false,
    };
    if !is_called_back {
        return BTreeSet::new();
    }
    let mut changes = Changes(Vec::new());
    changes.visit_stmt(definition);
    let places = access.occurrences.iter();
    places
        .filter(|(_, range, _)| changes.0.contains(range))
        .map(|(name, ..)| name.as_str())
        .collect()
}

/// Where the objects stand that are changed.
struct Changes(Vec<TextRange>);

impl Changes {
    fn target(&mut self, target: &Expr) {
        if let Expr::Subscript(ast::ExprSubscript { value, .. }) = target {
            self.0.push(value.range());
        }
    }
}

impl<'a> Visitor<'a> for Changes {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assign(it) => it.targets.iter().for_each(|it| self.target(it)),
            Stmt::AugAssign(it) => {
                self.target(&it.target);
                self.0.push(it.target.range());
            }
            Stmt::Delete(it) => it.targets.iter().for_each(|it| self.target(it)),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && let Expr::Attribute(method) = &*call.func
            && CHANGING_METHODS.contains(&method.attr.as_str())
        {
            self.0.push(method.value.range());
        }
        walk_expr(self, expression);
    }
}
