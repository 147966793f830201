//! `for x in xs` for `for x in list(xs)`, where a setting is a tuple, and nobody can tell.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, snippet};

use super::Mend;

/// Builtins that go through what they get, and give nothing of it away but its items.
const READERS: &[&str] = &[
    "all",
    "any",
    "enumerate",
    "frozenset",
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

/// Takes copies of tuples away that are only gone through.
pub(super) fn mends(
    text: &str,
    taken: &BTreeSet<String>,
    settings: &BTreeSet<String>,
) -> Vec<Mend> {
    if !text.contains("list(") || taken.contains("list") {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut mends = Vec::new();
    for statement in parsed.statements() {
        if let Stmt::FunctionDef(function) = statement {
            let mut bound = Bound::default();
            bound.visit_body(&function.body);
            let parameters = function.parameters.iter_non_variadic_params();
            let tuples = parameters.filter_map(|it| {
                let annotation = it.annotation()?;
                let annotation = &text[annotation.range()];
                let name = it.name().as_str();
                let is_settings = settings.contains(annotation);
                let is_kept = !bound.names.contains(name);
                (is_kept && (is_settings || annotation.starts_with("tuple[")))
                    .then_some((name, is_settings))
            });
            let mut search = Search {
                text,
                taken,
                tuples: tuples.collect(),
                mends: Vec::new(),
            };
            search.visit_body(&function.body);
            mends.extend(search.mends);
        }
    }
    mends
}

/// The models that a module takes from the package's settings, whose lists are tuples.
pub(super) fn models_of_settings(imports: &BTreeSet<String>) -> BTreeSet<String> {
    let parsed: Vec<_> = imports.iter().map(|it| snippet(it)).collect();
    let imports = parsed
        .iter()
        .flat_map(srcify_syntax::ParsedSnippet::statements);
    imports
        .filter_map(Stmt::as_import_from_stmt)
        .filter(|it| {
            let module = it.module.as_ref().map_or("", ast::Identifier::as_str);
            module
                .split_once('.')
                .is_some_and(|(_, last)| last == "config")
        })
        .flat_map(|it| &it.names)
        .filter(|it| it.asname.is_none())
        .map(|it| it.name.to_string())
        .collect()
}

/// Every name that a function binds, in whatever scope.
#[derive(Default)]
struct Bound<'a> {
    names: BTreeSet<&'a str>,
}

impl<'a> Visitor<'a> for Bound<'a> {
    fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
        self.names.insert(&parameter.name);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression
            && !name.ctx.is_load()
        {
            self.names.insert(&name.id);
        }
        walk_expr(self, expression);
    }
}

struct Search<'a> {
    text: &'a str,
    /// Builtins that the module uses for something else.
    taken: &'a BTreeSet<String>,
    /// Parameters that hold tuples, or settings.
    tuples: Vec<(&'a str, bool)>,
    mends: Vec<Mend>,
}

impl<'a> Visitor<'a> for Search<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::For(it) = statement {
            self.gone_through(&it.iter);
        }
        walk_stmt(self, statement);
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        self.gone_through(&comprehension.iter);
        ast::visitor::walk_comprehension(self, comprehension);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => {
                let is_reader = call.func.as_name_expr().is_some_and(|it| {
                    READERS.contains(&it.id.as_str()) && !self.taken.contains(it.id.as_str())
                });
                if is_reader {
                    call.arguments
                        .args
                        .iter()
                        .for_each(|it| self.gone_through(it));
                }
            }
            Expr::Compare(it) => {
                for (operator, value) in it.ops.iter().zip(&it.comparators) {
                    if matches!(operator, ast::CmpOp::In | ast::CmpOp::NotIn) {
                        self.gone_through(value);
                    }
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

impl Search<'_> {
    /// `list(xs)` where only its items matter.
    fn gone_through(&mut self, expression: &Expr) {
        let Some(call) = expression.as_call_expr() else {
            return;
        };
        let is_list = call
            .func
            .as_name_expr()
            .is_some_and(|it| it.id.as_str() == "list");
        let ([value], []) = (&call.arguments.args[..], &call.arguments.keywords[..]) else {
            return;
        };
        if is_list && self.is_tuple(value) {
            self.mends
                .push((call.range(), self.text[value.range()].to_owned()));
        }
    }

    fn is_tuple(&self, value: &Expr) -> bool {
        let mut root = value;
        while let Expr::Attribute(attribute) = root {
            root = &attribute.value;
        }
        let name = root.as_name_expr().map(|it| it.id.as_str());
        self.tuples.iter().any(|(tuple, is_settings)| {
            name == Some(*tuple) && *is_settings != value.is_name_expr()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::mended;
    use super::{mends, models_of_settings};

    #[test]
    fn tuples_that_are_gone_through_are_not_copied() {
        let before = "def f(a: tuple[int, ...], b: list[int], config: AConfig) -> int:\n    for x in list(a):\n        g(list(a))\n    n = len(list(config.model.k)) + sum(y for y in list(a))\n    return 3 in list(a), sorted(list(b)), n\n";
        let after = "def f(a: tuple[int, ...], b: list[int], config: AConfig) -> int:\n    for x in a:\n        g(list(a))\n    n = len(config.model.k) + sum(y for y in a)\n    return 3 in a, sorted(list(b)), n\n";
        let taken = BTreeSet::new();
        let imports = BTreeSet::from(["from p.config import AConfig, BConfig".to_owned()]);
        let settings = models_of_settings(&imports);
        assert_eq!(mended(before, |text| mends(text, &taken, &settings)), after);
        let kept = "def f(a: tuple[int, ...]) -> None:\n    for x in list(a):\n        a = g(a)\n";
        assert_eq!(mended(kept, |text| mends(text, &taken, &settings)), kept);
        let own = BTreeSet::from(["len".to_owned(), "sum".to_owned()]);
        assert!(
            mended(before, |text| mends(text, &own, &settings))
                .contains("len(list(config.model.k))")
        );
        let section =
            "def f(b: BConfig, c: CConfig) -> int:\n    return len(list(b.k)) + len(list(c.k))\n";
        let mended_section = mended(section, |text| mends(text, &taken, &settings));
        assert!(mended_section.contains("return len(b.k) + len(list(c.k))"));
        let own = BTreeSet::from(["list".to_owned()]);
        assert_eq!(mended(before, |text| mends(text, &own, &settings)), before);
    }
}
