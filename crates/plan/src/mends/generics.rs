//! `list[Any]` for a bare `list` in annotations, and so for all that holds something: a strict type checker wants it said.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, snippet};

use super::Mend;

/// Builtins that hold something, with what they hold.
const BUILTINS: &[(&str, &str)] = &[
    ("dict", "Any, Any"),
    ("frozenset", "Any"),
    ("list", "Any"),
    ("set", "Any"),
    ("tuple", "Any, ..."),
];

/// Names of modules that do.
const IMPORTED: &[(&str, &str)] = &[
    ("collections.abc.Callable", "..., Any"),
    ("collections.abc.Collection", "Any"),
    ("collections.abc.Iterable", "Any"),
    ("collections.abc.Iterator", "Any"),
    ("collections.abc.Mapping", "Any, Any"),
    ("collections.abc.Sequence", "Any"),
    ("collections.abc.Set", "Any"),
    ("collections.defaultdict", "Any, Any"),
    ("collections.deque", "Any"),
    ("collections.OrderedDict", "Any, Any"),
    ("numpy.typing.NDArray", "Any"),
    ("re.Match", "Any"),
    ("re.Pattern", "Any"),
    ("typing.Callable", "..., Any"),
    ("typing.Collection", "Any"),
    ("typing.Iterable", "Any"),
    ("typing.Iterator", "Any"),
    ("typing.Mapping", "Any, Any"),
    ("typing.Sequence", "Any"),
];

/// Decorators that leave annotations alone: others may do something by them.
const SILENT: &[&str] = &[
    "abstractmethod",
    "cache",
    "cached_property",
    "classmethod",
    "contextmanager",
    "lru_cache",
    "override",
    "property",
    "staticmethod",
    "wraps",
];

/// The changes in a text, given what the names of its module stand for and which builtins mean something else there.
pub(super) fn mends(
    text: &str,
    imported: &BTreeMap<String, String>,
    taken: &BTreeSet<String>,
) -> Vec<Mend> {
    let parsed = snippet(text);
    let mut search = Search {
        text,
        imported,
        taken,
        mends: Vec::new(),
    };
    search.visit_body(parsed.statements());
    search.mends
}

struct Search<'a> {
    text: &'a str,
    imported: &'a BTreeMap<String, String>,
    taken: &'a BTreeSet<String>,
    mends: Vec<Mend>,
}

impl Search<'_> {
    /// Looks for bare names in an annotation.
    fn annotation(&mut self, annotation: &Expr) {
        match annotation {
            Expr::Name(_) | Expr::Attribute(_) => {
                if let Some(arguments) = self.arguments(annotation) {
                    let end = TextRange::empty(annotation.end());
                    self.mends.push((end, format!("[{arguments}]")));
                }
            }
            Expr::Subscript(it) => {
                let form = it.value.as_name_expr().map(|it| it.id.as_str());
                if !["Literal", "Annotated"].contains(&form.unwrap_or_default()) {
                    self.annotation(&it.slice);
                }
            }
            Expr::BinOp(it) if it.op == ast::Operator::BitOr => {
                self.annotation(&it.left);
                self.annotation(&it.right);
            }
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.annotation(it)),
            Expr::List(it) => it.elts.iter().for_each(|it| self.annotation(it)),
            _ => {}
        }
    }

    fn arguments(&self, name: &Expr) -> Option<&'static str> {
        let written = &self.text[name.range()];
        if let Some(builtin) = BUILTINS.iter().find(|it| it.0 == written) {
            let is_other = self.taken.contains(written) || self.imported.contains_key(written);
            return (!is_other).then_some(builtin.1);
        }
        let (root, rest) = written.split_at(written.find('.').unwrap_or(written.len()));
        let path = format!("{}{rest}", self.imported.get(root)?);
        let found = IMPORTED.iter().find(|it| it.0 == path);
        found.map(|it| it.1)
    }

    fn is_silent(&self, decorator: &ast::Decorator) -> bool {
        let callee = match &decorator.expression {
            Expr::Call(it) => &*it.func,
            other => other,
        };
        let name = self.text[callee.range()].rsplit('.').next();
        name.is_some_and(|it| SILENT.contains(&it))
    }
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                if function.decorator_list.iter().all(|it| self.is_silent(it)) {
                    for parameter in &function.parameters {
                        if let Some(annotation) = parameter.annotation() {
                            self.annotation(annotation);
                        }
                    }
                    if let Some(returns) = &function.returns {
                        self.annotation(returns);
                    }
                }
                function.body.iter().for_each(|it| self.visit_stmt(it));
            }
            // Of fields, much is read at run time.
            Stmt::ClassDef(class) => {
                let members = class.body.iter().filter(|it| !it.is_ann_assign_stmt());
                members.for_each(|it| self.visit_stmt(it));
            }
            Stmt::AnnAssign(it) => self.annotation(&it.annotation),
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::mended;

    fn check(before: &str, after: &str) {
        let imported: BTreeMap<String, String> = [
            ("np", "numpy"),
            ("npt", "numpy.typing"),
            ("re", "re"),
            ("Callable", "collections.abc.Callable"),
            ("Sequence", "typing.Sequence"),
        ]
        .map(|(name, path)| (name.to_owned(), path.to_owned()))
        .into();
        let taken = BTreeSet::from(["set".to_owned()]);
        let text = mended(before, |text| super::mends(text, &imported, &taken));
        assert_eq!(text, after);
    }

    #[test]
    fn what_holds_something_says_that_it_may_be_anything() {
        check(
            "def f(a: list, b: dict | None, c: dict[str, tuple], d: npt.NDArray, m: re.Match) -> Callable:\n    x: Sequence = a\n",
            "def f(a: list[Any], b: dict[Any, Any] | None, c: dict[str, tuple[Any, ...]], d: npt.NDArray[Any], m: re.Match[Any]) -> Callable[..., Any]:\n    x: Sequence[Any] = a\n",
        );
    }

    #[test]
    fn what_says_it_or_is_read_when_it_runs_stays() {
        for code in [
            "def f(a: list[int], b: np.ndarray, c: set) -> dict[str, int]:\n    return {}\n",
            "@app.command()\ndef f(a: list) -> None:\n    pass\n",
            "class A:\n    a: list\n",
        ] {
            check(code, code);
        }
    }
}
