//! Annotations of classes that stand further below, or whose names mean something else in the module.

use std::collections::BTreeSet;

use srcify_plan::{Item, Module};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, Parameters, Stmt};
use srcify_syntax::{Ranged, TextRange};

/// The builtins that annotations are made of.
const TYPES: &[&str] = &[
    "bool",
    "bytes",
    "complex",
    "dict",
    "float",
    "frozenset",
    "int",
    "list",
    "object",
    "range",
    "set",
    "str",
    "tuple",
    "type",
];

/// The builtin types whose names a module binds to values of its own.
pub(crate) fn taken_types(module: &Module) -> BTreeSet<&'static str> {
    let imported = module.imports.iter();
    let names = imported.filter_map(|it| it.split_whitespace().next_back());
    let bound: BTreeSet<&str> = names
        .chain(module.items.iter().map(|item| item.name.as_str()))
        .collect();
    let types = TYPES.iter().copied();
    types.filter(|it| bound.contains(it)).collect()
}

/// The texts of a module's items: an annotation that names what the module defines later, or one of `taken`, is quoted, as
/// Python reads it when the function is defined.
pub(crate) fn quote_annotations(items: &[Item], taken: &BTreeSet<&str>) -> Vec<String> {
    let mut later: BTreeSet<&str> = taken.clone();
    let mut texts: Vec<String> = Vec::new();
    for item in items.iter().rev() {
        // A class is not defined before its methods are.
        later.insert(&item.name);
        texts.push(quoted(&item.text, &later));
    }
    texts.reverse();
    texts
}

/// Whether annotations of the items must not be evaluated: they, or those inside of functions, name one of `wanted` outside of
/// a string, or a branch for type checkers binds names.
pub(crate) fn must_be_postponed(items: &[Item], wanted: &BTreeSet<&str>) -> bool {
    struct Annotated<'a>(&'a BTreeSet<&'a str>, bool);
    impl<'a> Visitor<'a> for Annotated<'_> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            let mut annotations = Vec::new();
            match statement {
                Stmt::FunctionDef(it) => {
                    of_parameters(&it.parameters, &mut annotations);
                    annotations.extend(it.returns.as_deref());
                }
                Stmt::AnnAssign(it) => annotations.push(&it.annotation),
                Stmt::If(it) => self.1 |= srcify_syntax::is_type_checking(&it.test),
                _ => {}
            }
            self.1 |= annotations.into_iter().any(|it| names(it, self.0));
            walk_stmt(self, statement);
        }
    }
    let mut found = Annotated(wanted, false);
    let is_candidate = |item: &&Item| !wanted.is_empty() || item.text.contains("TYPE_CHECKING");
    for item in items.iter().filter(is_candidate) {
        let parsed = srcify_syntax::snippet(&item.text);
        parsed
            .statements()
            .iter()
            .for_each(|it| found.visit_stmt(it));
    }
    found.1
}

fn quoted(text: &str, later: &BTreeSet<&str>) -> String {
    let is_later = |word: &str| later.contains(word);
    let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    if !words.any(is_later) {
        return text.to_owned();
    }
    let parsed = srcify_syntax::snippet(text);
    let mut places = Vec::new();
    annotations_of(parsed.statements(), &mut places);
    places.retain(|annotation| names(annotation, later));
    let mut ranges: Vec<TextRange> = places.iter().map(Ranged::range).collect();
    ranges.sort_by_key(Ranged::start);
    let mut result = text.to_owned();
    for range in ranges.into_iter().rev() {
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let annotation = &text[start..end];
        let single = annotation.replace('"', "'");
        let is_plain = !annotation.contains(['\n', '\\', '#'])
            && (single == annotation || !annotation.contains('\''));
        if is_plain {
            result.replace_range(start..end, &format!("\"{single}\""));
        }
    }
    result
}

/// The annotations that are read when the statements run; those inside of functions are read when they are called.
fn annotations_of<'a>(statements: &'a [Stmt], annotations: &mut Vec<&'a Expr>) {
    for statement in statements {
        match statement {
            Stmt::FunctionDef(function) => {
                of_parameters(&function.parameters, annotations);
                annotations.extend(function.returns.as_deref());
            }
            Stmt::ClassDef(class) => annotations_of(&class.body, annotations),
            Stmt::AnnAssign(assignment) => annotations.push(&assignment.annotation),
            _ => {}
        }
    }
}

fn of_parameters<'a>(parameters: &'a Parameters, annotations: &mut Vec<&'a Expr>) {
    annotations.extend(
        parameters
            .iter()
            .filter_map(srcify_syntax::ast::AnyParameterRef::annotation),
    );
}

/// Whether an expression names one of `later`, outside of strings.
fn names(expression: &Expr, later: &BTreeSet<&str>) -> bool {
    struct Names<'a>(&'a BTreeSet<&'a str>, bool);
    impl<'a> Visitor<'a> for Names<'_> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Name(name) = expression {
                self.1 |= self.0.contains(name.id.as_str());
            }
            walk_expr(self, expression);
        }
    }
    let mut found = Names(later, false);
    found.visit_expr(expression);
    found.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[(&str, &str)], expected: &[&str]) {
        check_beside(&BTreeSet::new(), texts, expected);
    }

    #[track_caller]
    fn check_beside(taken: &BTreeSet<&str>, texts: &[(&str, &str)], expected: &[&str]) {
        let items: Vec<Item> = texts
            .iter()
            .map(|(name, text)| Item {
                name: (*name).to_owned(),
                text: (*text).to_owned(),
                units: Vec::new(),
            })
            .collect();
        assert_eq!(quote_annotations(&items, taken), expected);
    }

    #[test]
    fn types_whose_names_mean_something_else_are_quoted() {
        let before = "def f(rows: list[int] = list, n: int = 2) -> dict[str, int]: ...\n";
        let after = "def f(rows: \"list[int]\" = list, n: int = 2) -> dict[str, int]: ...\n";
        let texts = [("list", "list = [3, 1]\n"), ("f", before)];
        check_beside(&BTreeSet::from(["list"]), &texts, &[texts[0].1, after]);
    }

    #[test]
    fn a_class_that_stands_below_is_quoted() {
        check(
            &[
                (
                    "f",
                    "def f(a: int | Late, *, b: Early) -> list[Late]: ...\n",
                ),
                ("Late", "class Late: ...\n"),
                ("g", "def g(a: Late) -> Late: ...\n"),
            ],
            &[
                "def f(a: \"int | Late\", *, b: Early) -> \"list[Late]\": ...\n",
                "class Late: ...\n",
                "def g(a: Late) -> Late: ...\n",
            ],
        );
    }

    #[test]
    fn a_class_is_quoted_in_itself_but_not_in_bodies() {
        check(
            &[(
                "A",
                "class A:\n    def m(self) -> A:\n        x: A = self\n        return x\n",
            )],
            &["class A:\n    def m(self) -> \"A\":\n        x: A = self\n        return x\n"],
        );
    }

    #[test]
    fn strings_stay_as_they_are() {
        check(
            &[
                ("f", "def f(a: \"Late\", b: Literal[\"x\"] | Late): ...\n"),
                ("Late", "class Late: ...\n"),
            ],
            &[
                "def f(a: \"Late\", b: \"Literal['x'] | Late\"): ...\n",
                "class Late: ...\n",
            ],
        );
    }
}
