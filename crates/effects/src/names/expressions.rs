//! Expressions, of which some have scopes of their own and some run only in part.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr};

use super::collector::Collector;
use super::{Access, FunctionNames, Occurrence, bound_names};

impl<'a> Visitor<'a> for Collector {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => self.read(&name.id, name.range),
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                self.target(&named.target);
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.signature(parameters);
                }
                self.nested(lambda_names(lambda));
            }
            Expr::ListComp(it) => self.comprehension(&it.generators, &[&it.elt], false),
            Expr::SetComp(it) => self.comprehension(&it.generators, &[&it.elt], false),
            Expr::Generator(it) => self.comprehension(&it.generators, &[&it.elt], true),
            Expr::DictComp(it) => {
                let results: Vec<&Expr> =
                    it.key.as_deref().into_iter().chain([&*it.value]).collect();
                self.comprehension(&it.generators, &results, false);
            }
            // Only the first operand, and only the test, are sure to run.
            Expr::BoolOp(it) => {
                let mut values = it.values.iter();
                self.read_all(values.next());
                self.path(|collector| collector.read_all(values));
            }
            Expr::If(it) => {
                self.visit_expr(&it.test);
                let paths = vec![
                    self.path(|collector| collector.visit_expr(&it.body)),
                    self.path(|collector| collector.visit_expr(&it.orelse)),
                ];
                self.join(paths);
            }
            _ => walk_expr(self, expression),
        }
    }
}

impl Collector {
    fn comprehension(
        &mut self,
        generators: &[ast::Comprehension],
        results: &[&Expr],
        is_lazy: bool,
    ) {
        let Some(first) = generators.first() else {
            return;
        };
        self.visit_expr(&first.iter);
        let mut inner = Self::default();
        for (index, generator) in generators.iter().enumerate() {
            if index > 0 {
                inner.visit_expr(&generator.iter);
            }
            inner.target(&generator.target);
            inner.read_all(&generator.ifs);
        }
        inner.read_all(results.iter().copied());
        let mut targets = BTreeSet::new();
        for generator in generators {
            bound_names(&generator.target, &mut targets);
        }
        let Access {
            captures,
            globals,
            occurrences,
            ..
        } = inner.finish();
        self.access
            .captures
            .extend(captures.into_iter().filter(|name| !targets.contains(name)));
        self.access.globals.extend(globals);
        for (name, range, occurrence) in occurrences {
            if targets.contains(&name) {
                continue;
            }
            if occurrence == Occurrence::Load {
                if is_lazy {
                    self.access.captures.insert(name.clone());
                }
                self.read(&name, range);
            } else {
                // A walrus binds in the scope that holds the comprehension, if it runs at all.
                self.access.may.insert(name.clone());
                self.access.occurrences.push((name, range, occurrence));
            }
        }
    }
}

fn lambda_names(lambda: &ast::ExprLambda) -> FunctionNames {
    let mut collector = Collector::default();
    collector.visit_expr(&lambda.body);
    collector.into_function(lambda.parameters.as_deref())
}
