//! `list[int] | None` for `Optional[List[int]]` in annotations.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, snippet};

use super::Mend;
use crate::Module;
use crate::steps::constant_assignment;

/// The names of `typing` that builtins replaced.
const BUILTINS: &[(&str, &str)] = &[
    ("Dict", "dict"),
    ("FrozenSet", "frozenset"),
    ("List", "list"),
    ("Set", "set"),
    ("Tuple", "tuple"),
    ("Type", "type"),
];

/// Those and the forms that `|` replaced.
const FORMS: &[&str] = &["Optional", "Union"];

/// The types with a name of the author's own, `Grid = List[List[int]]`, that nothing but annotations and such types read.
pub(super) fn named_types(program: &Program) -> BTreeSet<String> {
    struct Loads<'a>(BTreeSet<&'a str>);
    impl<'a> Visitor<'a> for Loads<'a> {
        fn visit_annotation(&mut self, _: &'a Expr) {}
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Name(name) = expression {
                self.0.insert(&name.id);
            }
            walk_expr(self, expression);
        }
    }
    let mut types: Vec<(&str, &Expr)> = Vec::new();
    let mut loads = Loads(BTreeSet::new());
    for unit in program.units() {
        match constant_assignment(program.statement(unit.id)) {
            Some((name, value)) if value.is_subscript_expr() => types.push((name, value)),
            _ => loads.visit_stmt(program.statement(unit.id)),
        }
    }
    // What a type that something looks at is made of, it looks at, too; and a name that is bound twice is not one type.
    while let Some(at) = types.iter().position(|it| loads.0.contains(it.0)) {
        let (_, value) = types.swap_remove(at);
        loads.visit_expr(value);
    }
    let names = types.iter().map(|it| it.0);
    let is_one = |name: &&str| types.iter().filter(|it| it.0 == *name).count() == 1;
    names.filter(is_one).map(str::to_owned).collect()
}

pub(super) fn mends(text: &str, imports: &BTreeSet<String>, named: &BTreeSet<String>) -> Vec<Mend> {
    let meant: BTreeMap<&str, &str> = BUILTINS
        .iter()
        .map(|it| it.0)
        .chain(FORMS.iter().copied())
        .filter(|name| imports.contains(&format!("from typing import {name}")))
        .map(|name| {
            let builtin = BUILTINS.iter().find(|it| it.0 == name);
            (name, builtin.map_or("", |it| it.1))
        })
        .collect();
    let numpy = ["np", "numpy"]
        .into_iter()
        .find(|it| imports.contains(&import_of_numpy(it)))
        .filter(|it| text.contains(&format!("{it}.array")));
    if meant.is_empty() && numpy.is_none() {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut search = Search {
        text,
        meant,
        named,
        numpy,
        mends: Vec::new(),
    };
    search.visit_body(parsed.statements());
    search.mends
}

fn import_of_numpy(name: &str) -> String {
    match name {
        "numpy" => "import numpy".to_owned(),
        other => format!("import numpy as {other}"),
    }
}

struct Search<'a> {
    text: &'a str,
    /// What stands for each name of `typing`; nothing for forms.
    meant: BTreeMap<&'a str, &'a str>,
    /// Types with a name of the author's own.
    named: &'a BTreeSet<String>,
    /// The name of numpy, whose function `array` is no type: who annotates with it means what it makes.
    numpy: Option<&'static str>,
    mends: Vec<Mend>,
}

impl Search<'_> {
    fn annotation(&mut self, annotation: &Expr) {
        let new = self.modern(annotation);
        let range = annotation.range();
        if new != self.text[usize::from(range.start())..usize::from(range.end())] {
            self.mends.push((range, new));
        }
    }

    /// The text of a type in modern words.
    fn modern(&self, ty: &Expr) -> String {
        let slice = |range: TextRange| {
            self.text[usize::from(range.start())..usize::from(range.end())].to_owned()
        };
        match ty {
            Expr::Name(name) => match self.meant.get(name.id.as_str()) {
                Some(builtin) if !builtin.is_empty() => (*builtin).to_owned(),
                _ => slice(name.range()),
            },
            Expr::Attribute(it)
                if it.attr.as_str() == "array"
                    && it.value.as_name_expr().map(|name| name.id.as_str()) == self.numpy =>
            {
                format!("{}.ndarray", slice(it.value.range()))
            }
            Expr::Subscript(it) => {
                let form = it.value.as_name_expr().map(|name| name.id.as_str());
                let form = form.filter(|name| self.meant.get(name).is_some_and(|it| it.is_empty()));
                match (form, &*it.slice) {
                    (Some("Optional"), inner) if is_joinable(inner) => {
                        format!("{} | None", self.modern(inner))
                    }
                    (Some("Union"), Expr::Tuple(parts)) if parts.elts.iter().all(is_joinable) => {
                        let parts: Vec<String> =
                            parts.elts.iter().map(|it| self.modern(it)).collect();
                        parts.join(" | ")
                    }
                    (Some(_), _) => slice(it.range()),
                    (None, inner) => {
                        let value = self.modern(&it.value);
                        format!("{value}[{}]", self.modern(inner))
                    }
                }
            }
            Expr::Tuple(it) if !it.parenthesized && !it.elts.is_empty() => {
                let parts: Vec<String> = it.elts.iter().map(|it| self.modern(it)).collect();
                parts.join(", ")
            }
            Expr::List(it) => {
                let parts: Vec<String> = it.elts.iter().map(|it| self.modern(it)).collect();
                format!("[{}]", parts.join(", "))
            }
            Expr::BinOp(it) if is_union(ty) => {
                format!("{} | {}", self.modern(&it.left), self.modern(&it.right))
            }
            other => slice(other.range()),
        }
    }
}

/// Whether an expression is nothing but types that `|` joins.
fn is_union(expression: &Expr) -> bool {
    match expression {
        Expr::BinOp(it) => {
            it.op == ast::Operator::BitOr && is_union(&it.left) && is_union(&it.right)
        }
        Expr::Name(_)
        | Expr::Attribute(_)
        | Expr::Subscript(_)
        | Expr::StringLiteral(_)
        | Expr::NoneLiteral(_) => true,
        _ => false,
    }
}

/// Whether Python lets `|` join a type with others: it is a class.
pub(super) fn is_joinable(ty: &Expr) -> bool {
    let is_class = |name: &str| {
        name.starts_with(char::is_uppercase)
            || [
                "bool", "bytes", "complex", "dict", "float", "int", "list", "ndarray", "object",
                "set", "str", "tuple",
            ]
            .contains(&name)
    };
    match ty {
        Expr::Name(name) => is_class(name.id.as_str()),
        Expr::Attribute(attribute) => is_class(attribute.attr.as_str()),
        Expr::Subscript(it) => is_joinable(&it.value),
        Expr::NoneLiteral(_) => true,
        Expr::BinOp(it) => {
            it.op == ast::Operator::BitOr && is_joinable(&it.left) && is_joinable(&it.right)
        }
        _ => false,
    }
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                let annotations = function.parameters.iter();
                for annotation in annotations.filter_map(|it| it.annotation().cloned()) {
                    self.annotation(&annotation);
                }
                if let Some(returns) = &function.returns {
                    self.annotation(returns);
                }
                function.body.iter().for_each(|it| self.visit_stmt(it));
            }
            Stmt::AnnAssign(it) => self.annotation(&it.annotation),
            Stmt::Assign(it)
                if constant_assignment(statement)
                    .is_some_and(|(name, _)| self.named.contains(name)) =>
            {
                self.annotation(&it.value);
            }
            _ => walk_stmt(self, statement),
        }
    }

    /// Types of fields are annotations too: `TypedDict("Row", {"x": Optional[int]})`.
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && let Expr::Name(name) = &*call.func
            && ["TypedDict", "NamedTuple"].contains(&name.id.as_str())
            && let Some(Expr::Dict(fields)) = call.arguments.args.get(1)
        {
            fields.iter_values().for_each(|it| self.annotation(it));
        }
    }
}

/// Drops the imports that no item needs any more.
pub(super) fn drop_imports(module: &mut Module) {
    let names = BUILTINS.iter().map(|it| it.0).chain(FORMS.iter().copied());
    for name in names {
        let import = format!("from typing import {name}");
        if module.imports.contains(&import)
            && !module.items.iter().any(|item| uses(&item.text, name))
        {
            module.imports.remove(&import);
        }
    }
}

/// Whether code names something, outside of its docstrings: annotations may be strings.
fn uses(text: &str, name: &str) -> bool {
    struct Uses<'n>(&'n str, bool);
    impl<'a> Visitor<'a> for Uses<'_> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            let is_text = matches!(statement, Stmt::Expr(it) if it.value.is_string_literal_expr());
            if !is_text {
                walk_stmt(self, statement);
            }
        }
        fn visit_expr(&mut self, expression: &'a Expr) {
            self.1 |= match expression {
                Expr::Name(it) => it.id.as_str() == self.0,
                Expr::StringLiteral(it) => it.value.to_str().contains(self.0),
                _ => false,
            };
            walk_expr(self, expression);
        }
    }
    if !text.contains(name) {
        return false;
    }
    let mut uses = Uses(name, false);
    uses.visit_body(snippet(text).statements());
    uses.1
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::mended;
    use super::mends;

    fn check(text: &str, expected: &str) {
        let imports: BTreeSet<String> = ["Dict", "List", "Optional", "Tuple", "Union"]
            .iter()
            .map(|name| format!("from typing import {name}"))
            .collect();
        let named = BTreeSet::from(["Grid".to_owned()]);
        assert_eq!(mended(text, |text| mends(text, &imports, &named)), expected);
    }

    #[test]
    fn types_with_a_name() {
        check(
            "Grid = List[Optional[int]]\nKept = List[int]\n",
            "Grid = list[int | None]\nKept = List[int]\n",
        );
    }

    #[test]
    fn types_of_fields() {
        check(
            "Row = TypedDict(\"Row\", {\"x\": Optional[int], \"y\": List[str]})\n",
            "Row = TypedDict(\"Row\", {\"x\": int | None, \"y\": list[str]})\n",
        );
    }

    #[test]
    fn annotations_use_builtins() {
        check(
            "def f(x: Optional[List[int]], y: Dict[str, Tuple[int, ...]]) -> Union[int, None]: ...\n",
            "def f(x: list[int] | None, y: dict[str, tuple[int, ...]]) -> int | None: ...\n",
        );
    }

    #[test]
    fn what_is_no_union_stays() {
        for text in [
            "x: List[int] * (lambda: 1) = 2\n",
            "x: (List[int] | (lambda: 1)) = 2\n",
            "x: List[int] * (y := 3) = 2\n",
        ] {
            check(text, text);
        }
        check("x: List[int] | None = 2\n", "x: list[int] | None = 2\n");
    }

    #[test]
    fn the_function_that_makes_arrays_is_no_type() {
        let imports = BTreeSet::from(["import numpy as np".to_owned()]);
        let found = mended("def f(x: np.array) -> None:\n    np.array(x)\n", |text| {
            mends(text, &imports, &BTreeSet::new())
        });
        assert_eq!(found, "def f(x: np.ndarray) -> None:\n    np.array(x)\n");
    }

    #[test]
    fn what_is_no_class_keeps_its_form() {
        let text =
            "def f(x: Optional[\"A\"], y: Optional[callable]) -> None:\n    return List[int]\n";
        check(text, text);
    }
}
