//! `legacy-typing`: types written as before Python 3.9 and 3.10.

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Operator, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::finding::{Edit, Fix, Safety};
use crate::index::Index;
use crate::module::Role;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "TYP003",
    name: "legacy-typing",
    summary: "types written as before Python 3.9 and 3.10",
    page: include_str!("../../docs/TYP003.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

/// Names of `typing` that builtins replace, from Python 3.9 on.
const BUILTINS: &[(&str, &str)] = &[
    ("List", "list"),
    ("Dict", "dict"),
    ("Set", "set"),
    ("FrozenSet", "frozenset"),
    ("Tuple", "tuple"),
    ("Type", "type"),
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let python = context
        .project
        .pyproject
        .as_ref()
        .and_then(|it| it.requires_python.as_ref())
        .map_or(10, |it| minor(&it.value));
    for index in &context.project.modules {
        let uses_typing = index.names.values().any(|it| it.starts_with("typing"));
        if !uses_typing || index.module.role == Role::Notebook {
            continue;
        }
        let mut finder = Finder {
            index,
            python,
            found: Vec::new(),
        };
        index
            .module
            .statements()
            .for_each(|it| finder.visit_stmt(it));
        for (range, old, new) in finder.found {
            let fix = Fix {
                safety: Safety::Safe,
                message: format!("write `{new}`"),
                edits: vec![Edit {
                    path: index.module.path.clone(),
                    range,
                    content: new.clone(),
                }],
            };
            reporter
                .report(
                    &index.module.path,
                    range,
                    format!("`{old}` is the old way of writing `{new}`"),
                )
                .help(format!("write `{new}`"))
                .fix(fix);
        }
    }
}

/// The minor version of the oldest Python that a specifier allows; new ones where it does not say.
fn minor(specifier: &str) -> u32 {
    let lowest = specifier.split(',').filter_map(|it| {
        let it = it.trim();
        let version = it
            .strip_prefix(">=")
            .or_else(|| it.strip_prefix("~="))
            .or_else(|| it.strip_prefix("=="))
            .or_else(|| it.strip_prefix('^'))?;
        version
            .trim()
            .strip_prefix("3.")?
            .split('.')
            .next()?
            .trim_end_matches('*')
            .parse::<u32>()
            .ok()
    });
    lowest.min().unwrap_or(10)
}

struct Finder<'a, 'i> {
    index: &'i Index<'a>,
    python: u32,
    /// Where, what is written, what to write.
    found: Vec<(TextRange, String, String)>,
}

impl Finder<'_, '_> {
    fn typing(&self, expression: &Expr) -> Option<String> {
        let name = self.index.qualified(None, expression)?;
        name.strip_prefix("typing.").map(str::to_owned)
    }

    /// `Optional[X]` and `Union[X, Y]`, from Python 3.10 on.
    fn union(&self, name: &str, slice: &Expr) -> Option<String> {
        let text = |it: &Expr| {
            let is_quoted = it.is_string_literal_expr();
            let text = self.index.module.slice(it.range()).to_owned();
            (!is_quoted && !text.contains('\n')).then_some(text)
        };
        match (name, slice) {
            ("Optional", Expr::BinOp(it)) if it.op != Operator::BitOr => None,
            ("Optional", slice) if !slice.is_tuple_expr() => {
                Some(format!("{} | None", text(slice)?))
            }
            ("Union", Expr::Tuple(parts)) => {
                let parts: Option<Vec<String>> = parts.elts.iter().map(text).collect();
                Some(parts?.join(" | "))
            }
            _ => None,
        }
    }
}

impl<'a> Visitor<'a> for Finder<'_, '_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !matches!(statement, Stmt::Import(_) | Stmt::ImportFrom(_)) {
            srcify_syntax::ast::visitor::walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Subscript(it) = expression
            && let Some(name) = self.typing(&it.value)
        {
            if self.python >= 10
                && let Some(new) = self.union(&name, &it.slice)
            {
                let old = self.index.module.slice(it.range()).to_owned();
                self.found.push((it.range(), old, new));
            } else if let Some((old, new)) = BUILTINS
                .iter()
                .find(|(old, _)| *old == name)
                .filter(|_| self.python >= 9)
            {
                self.found
                    .push((it.value.range(), (*old).to_owned(), (*new).to_owned()));
            }
        }
        walk_expr(self, expression);
    }
}
