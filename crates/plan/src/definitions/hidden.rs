//! Names that scopes around a call bind themselves: `[scaled(level) for level in levels]` hides the module's `level`.

use std::collections::BTreeSet;

use srcify_effects::bound_names;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

/// The names that functions, classes, lambdas and comprehensions around a place of a statement bind. What a function
/// binds in functions of its own counts as its own.
pub(super) fn hidden_at(statement: &Stmt, place: TextRange) -> BTreeSet<String> {
    let mut scopes = Scopes {
        place,
        bound: BTreeSet::new(),
    };
    scopes.visit_stmt(statement);
    scopes.bound
}

struct Scopes {
    place: TextRange,
    bound: BTreeSet<String>,
}

impl Scopes {
    fn generators(&mut self, generators: &[ast::Comprehension]) {
        for generator in generators {
            bound_names(&generator.target, &mut self.bound);
        }
    }
}

impl<'a> Visitor<'a> for Scopes {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !statement.range().contains_range(self.place) {
            return;
        }
        match statement {
            Stmt::FunctionDef(function) => {
                let parameters = function.parameters.iter();
                let parameters = parameters.map(|it| it.name().to_string());
                self.bound.extend(parameters);
                self.bound.extend(crate::job::bound_in(&function.body));
            }
            Stmt::ClassDef(class) => self.bound.extend(crate::job::bound_in(&class.body)),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if !expression.range().contains_range(self.place) {
            return;
        }
        match expression {
            Expr::Lambda(lambda) => {
                let parameters = lambda.parameters.iter().flat_map(|it| it.iter());
                self.bound
                    .extend(parameters.map(|it| it.name().to_string()));
            }
            Expr::ListComp(it) => self.generators(&it.generators),
            Expr::SetComp(it) => self.generators(&it.generators),
            Expr::DictComp(it) => self.generators(&it.generators),
            Expr::Generator(it) => self.generators(&it.generators),
            _ => {}
        }
        walk_expr(self, expression);
    }
}
