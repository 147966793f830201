//! `x: str | None = None` for `x: str = None`: a default is a value like any other.

use std::collections::BTreeMap;

use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

use super::Mend;
use super::generics::is_silent;
use super::typing::is_joinable;

/// The changes in a text, given what the names of its module stand for and whether nobody reads the fields of a class when it runs.
pub(super) fn mends(
    text: &str,
    imported: &BTreeMap<String, String>,
    has_silent_fields: &dyn Fn(&ast::StmtClassDef) -> bool,
) -> Vec<Mend> {
    if !text.contains("None") {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut search = Search {
        text,
        imported,
        has_silent_fields,
        mends: Vec::new(),
    };
    search.visit_body(parsed.statements());
    search.mends
}

struct Search<'a> {
    text: &'a str,
    imported: &'a BTreeMap<String, String>,
    has_silent_fields: &'a dyn Fn(&ast::StmtClassDef) -> bool,
    mends: Vec<Mend>,
}

impl Search<'_> {
    /// Adds `None` to an annotation of what is `None` unless something else is given.
    fn annotation(&mut self, annotation: &Expr, value: Option<&Expr>) {
        if !value.is_some_and(Expr::is_none_literal_expr) || self.admits_none(annotation) {
            return;
        }
        match annotation {
            // The name of something that stands further down.
            Expr::StringLiteral(it) if !it.value.is_implicit_concatenated() => {
                let text = &self.text[it.range()];
                let (inner, quote) = text.split_at(text.len() - 1);
                let named = &inner[1..];
                let is_plain = named
                    .chars()
                    .all(|it| it.is_alphanumeric() || "_.".contains(it));
                if is_plain && !["Any", "object"].contains(&named) {
                    let range = TextRange::new(it.end() - TextSize::from(1), it.end());
                    self.mends.push((range, format!(" | None{quote}")));
                }
            }
            other if self.is_class(other) || is_joinable(other) && !self.is_function(other) => {
                let end = TextRange::empty(other.end());
                self.mends.push((end, " | None".to_owned()));
            }
            _ => {}
        }
    }

    fn admits_none(&self, annotation: &Expr) -> bool {
        match annotation {
            Expr::NoneLiteral(_) => true,
            Expr::BinOp(it) => self.admits_none(&it.left) || self.admits_none(&it.right),
            Expr::Name(_) | Expr::Attribute(_) => {
                let written = &self.text[annotation.range()];
                let name = written.rsplit('.').next().unwrap_or(written);
                ["Any", "object", "Incomplete"].contains(&name)
            }
            Expr::Subscript(it) => {
                let form = &self.text[it.value.range()];
                let form = form.rsplit('.').next().unwrap_or(form);
                let is_open = ["Optional", "Annotated", "ClassVar", "Final", "InitVar"];
                is_open.contains(&form)
                    || ["Literal", "Union"].contains(&form)
                        && self.text[it.slice.range()].contains("None")
            }
            _ => false,
        }
    }

    /// Whether a name is that of a class in small letters.
    fn is_class(&self, annotation: &Expr) -> bool {
        let written = &self.text[annotation.range()];
        let (root, rest) = written.split_at(written.find('.').unwrap_or(written.len()));
        let path = self.imported.get(root).map(|it| format!("{it}{rest}"));
        path.is_some_and(|it| CLASSES.contains(&it.as_str()))
    }

    /// Whether a name looks like a class and is that of a function, which `|` does not join.
    fn is_function(&self, annotation: &Expr) -> bool {
        let written = &self.text[annotation.range()];
        let name = written.rsplit('.').next().unwrap_or(written);
        FUNCTIONS.contains(&name)
    }
}

/// Classes with names in small letters.
const CLASSES: &[&str] = &[
    "collections.defaultdict",
    "collections.deque",
    "datetime.date",
    "datetime.datetime",
    "datetime.time",
    "datetime.timedelta",
    "datetime.tzinfo",
];

/// Functions with names of classes.
const FUNCTIONS: &[&str] = &[
    "Barrier",
    "BoundedSemaphore",
    "Condition",
    "Event",
    "Input",
    "JoinableQueue",
    "Lock",
    "Manager",
    "NamedTuple",
    "NewType",
    "Pipe",
    "Pool",
    "Queue",
    "RLock",
    "Semaphore",
    "TypedDict",
    "Value",
];

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                if function
                    .decorator_list
                    .iter()
                    .all(|it| is_silent(it, self.text))
                {
                    for parameter in function.parameters.iter_non_variadic_params() {
                        if let Some(annotation) = &parameter.parameter.annotation {
                            self.annotation(annotation, parameter.default.as_deref());
                        }
                    }
                }
                walk_stmt(self, statement);
            }
            Stmt::ClassDef(class) => {
                let is_silent = (self.has_silent_fields)(class);
                let members = class.body.iter();
                let members = members.filter(|it| is_silent || !it.is_ann_assign_stmt());
                members.for_each(|it| self.visit_stmt(it));
            }
            Stmt::AnnAssign(it) => self.annotation(&it.annotation, it.value.as_deref()),
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::mended;

    #[track_caller]
    fn check(before: &str, after: &str) {
        let is_silent = |class: &srcify_syntax::ast::StmtClassDef| class.name.as_str() != "Read";
        let imported = BTreeMap::from([("date".to_owned(), "datetime.date".to_owned())]);
        let text = mended(before, |text| super::mends(text, &imported, &is_silent));
        assert_eq!(text, after);
    }

    #[test]
    fn what_is_none_by_default_may_be_none() {
        check(
            "def f(a: str = None, *, b: np.ndarray | list[int] = None, c: \"Late\" = None, e: date = None) -> None:\n    d: int = None\n",
            "def f(a: str | None = None, *, b: np.ndarray | list[int] | None = None, c: \"Late | None\" = None, e: date | None = None) -> None:\n    d: int | None = None\n",
        );
        check(
            "@dataclass\nclass A:\n    a: dict[str, int] = None\n",
            "@dataclass\nclass A:\n    a: dict[str, int] | None = None\n",
        );
    }

    #[test]
    fn what_may_be_that_already_or_is_read_or_no_class_stays() {
        for code in [
            "def f(a: int | None = None, b: Any = None, c: Optional[\"A\"] = None, d: str = \"\") -> None: ...\n",
            "def f(a: callable = None, b: threading.Lock = None, c: Literal[\"x\", None] = None) -> None: ...\n",
            "@app.command()\ndef f(a: str = None) -> None: ...\n",
            "class Read:\n    a: str = None\n",
        ] {
            check(code, code);
        }
    }
}
