//! `list[Any]` for a bare `list` in annotations, and so for all that holds something: a strict type checker wants it said.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

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

/// Classes of libraries that hold something by their stubs alone: when it runs, nothing can be said of it in brackets.
const STUBBED: &[(&str, &str)] = &[
    ("networkx.DiGraph", "Any"),
    ("networkx.Graph", "Any"),
    ("networkx.MultiDiGraph", "Any"),
    ("networkx.MultiGraph", "Any"),
    ("pandas.api.typing.DataFrameGroupBy", "Any, Any"),
    ("pandas.api.typing.SeriesGroupBy", "Any, Any"),
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

/// The changes in a text, given what the names of its module stand for and which builtins mean something else there, and
/// whether nobody reads the fields of its classes when it runs.
pub(super) fn mends(
    text: &str,
    (imported, taken): (&BTreeMap<String, String>, &BTreeSet<String>),
    has_silent_fields: &dyn Fn(&ast::StmtClassDef) -> bool,
) -> Vec<Mend> {
    let parsed = snippet(text);
    let mut search = Search {
        text,
        imported,
        taken,
        has_silent_fields,
        is_in_function: false,
        mends: Vec::new(),
    };
    search.visit_body(parsed.statements());
    search.mends
}

struct Search<'a> {
    text: &'a str,
    imported: &'a BTreeMap<String, String>,
    taken: &'a BTreeSet<String>,
    has_silent_fields: &'a dyn Fn(&ast::StmtClassDef) -> bool,
    /// Whether the statements are those of a function: Python does not read annotations there.
    is_in_function: bool,
    mends: Vec<Mend>,
}

impl Search<'_> {
    /// Completes an annotation; as a text, where Python reads it and finds what only stubs know.
    fn annotation(&mut self, annotation: &Expr, is_read: bool) {
        let before = self.mends.len();
        self.bare_names(annotation);
        let is_stubbed = |it: &Mend| {
            let mut ends = Ends(it.0.end(), None);
            ends.visit_expr(annotation);
            let path = ends.1.and_then(|it| self.path(it));
            path.is_some_and(|path| STUBBED.iter().any(|it| it.0 == path))
        };
        if !is_read || !self.mends[before..].iter().any(is_stubbed) {
            return;
        }
        let mut text = self.text[annotation.range()].to_owned();
        for (range, new) in self.mends.drain(before..).rev() {
            let at = usize::from(range.start() - annotation.start());
            text.insert_str(at, &new);
        }
        let single = text.replace('"', "'");
        let is_plain =
            !text.contains(['\n', '\\', '#']) && (single == text || !text.contains('\''));
        if is_plain {
            self.mends
                .push((annotation.range(), format!("\"{single}\"")));
        }
    }

    /// Looks for bare names in an annotation.
    fn bare_names(&mut self, annotation: &Expr) {
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
                    self.bare_names(&it.slice);
                }
            }
            Expr::BinOp(it) if it.op == ast::Operator::BitOr => {
                self.bare_names(&it.left);
                self.bare_names(&it.right);
            }
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.bare_names(it)),
            Expr::List(it) => it.elts.iter().for_each(|it| self.bare_names(it)),
            _ => {}
        }
    }

    fn arguments(&self, name: &Expr) -> Option<&'static str> {
        let written = &self.text[name.range()];
        if let Some(builtin) = BUILTINS.iter().find(|it| it.0 == written) {
            let is_other = self.taken.contains(written) || self.imported.contains_key(written);
            return (!is_other).then_some(builtin.1);
        }
        let path = self.path(name)?;
        let found = IMPORTED.iter().chain(STUBBED).find(|it| it.0 == path);
        found.map(|it| it.1)
    }

    /// What is imported under a name.
    fn path(&self, name: &Expr) -> Option<String> {
        let written = &self.text[name.range()];
        let (root, rest) = written.split_at(written.find('.').unwrap_or(written.len()));
        Some(format!("{}{rest}", self.imported.get(root)?))
    }
}

/// Whether a decorator leaves the annotations of a function alone.
pub(super) fn is_silent(decorator: &ast::Decorator, text: &str) -> bool {
    let callee = match &decorator.expression {
        Expr::Call(it) => &*it.func,
        other => other,
    };
    let name = text[callee.range()].rsplit('.').next();
    name.is_some_and(|it| SILENT.contains(&it))
}

/// Finds the name that ends somewhere.
struct Ends<'a>(TextSize, Option<&'a Expr>);

impl<'a> Visitor<'a> for Ends<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if expression.end() == self.0 && self.1.is_none() {
            self.1 = matches!(expression, Expr::Name(_) | Expr::Attribute(_)).then_some(expression);
        }
        walk_expr(self, expression);
    }
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                if function
                    .decorator_list
                    .iter()
                    .all(|it| is_silent(it, self.text))
                {
                    for parameter in &function.parameters {
                        if let Some(annotation) = parameter.annotation() {
                            self.annotation(annotation, true);
                        }
                    }
                    if let Some(returns) = &function.returns {
                        self.annotation(returns, true);
                    }
                }
                let before = std::mem::replace(&mut self.is_in_function, true);
                function.body.iter().for_each(|it| self.visit_stmt(it));
                self.is_in_function = before;
            }
            // Of fields, much is read at run time.
            Stmt::ClassDef(class) => {
                let before = std::mem::replace(&mut self.is_in_function, false);
                let is_silent = (self.has_silent_fields)(class);
                let members = class.body.iter();
                let members = members.filter(|it| is_silent || !it.is_ann_assign_stmt());
                members.for_each(|it| self.visit_stmt(it));
                self.is_in_function = before;
            }
            Stmt::AnnAssign(it) => self.annotation(&it.annotation, !self.is_in_function),
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
        check_in(before, after, false);
    }

    #[track_caller]
    fn check_in(before: &str, after: &str, has_silent_fields: bool) {
        let imported: BTreeMap<String, String> = [
            ("np", "numpy"),
            ("nx", "networkx"),
            ("npt", "numpy.typing"),
            ("re", "re"),
            ("Callable", "collections.abc.Callable"),
            ("Sequence", "typing.Sequence"),
        ]
        .map(|(name, path)| (name.to_owned(), path.to_owned()))
        .into();
        let taken = BTreeSet::from(["set".to_owned()]);
        let names = (&imported, &taken);
        let text = mended(before, |text| {
            super::mends(text, names, &|_| has_silent_fields)
        });
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

    #[test]
    fn what_only_stubs_know_is_a_text_where_python_reads_it() {
        check(
            "def f(a: nx.Graph, b: list) -> tuple[nx.DiGraph, dict[\"str\", int]]:\n    c: nx.Graph = a\n",
            "def f(a: \"nx.Graph[Any]\", b: list[Any]) -> \"tuple[nx.DiGraph[Any], dict['str', int]]\":\n    c: nx.Graph[Any] = a\n",
        );
        check("class A:\n    a: nx.Graph\n", "class A:\n    a: nx.Graph\n");
        let after = "class A:\n    a: \"nx.Graph[Any]\"\n";
        check_in("class A:\n    a: nx.Graph\n", after, true);
    }
}
