//! `legacy-typing`: types written as before Python 3.9 and 3.10.

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Operator, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::finding::{Edit, Fix, Safety};
use crate::index::Index;
use crate::module::Role;
use crate::project::Project;

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
        .map(|it| it.value.clone())
        .or_else(|| python_of_setup(context.project))
        .map_or(10, |it| minor(&it));
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
        report_unused(context.project, index, reporter);
        for (range, old, new) in finder.found {
            let old = old.split_whitespace().collect::<Vec<_>>().join(" ");
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

/// What `setup.py` or `setup.cfg` says about Python.
fn python_of_setup(project: &Project<'_>) -> Option<String> {
    let texts = ["setup.cfg", "setup.py"]
        .into_iter()
        .filter_map(|it| project.package.text(it));
    for text in texts {
        let line = text.lines().find(|it| it.contains("python_requires"));
        if let Some((_, specifier)) = line.and_then(|it| it.split_once('=')) {
            let is_wanted = |c: char| c.is_ascii_digit() || "<>=~!.,*".contains(c);
            return Some(specifier.chars().filter(|it| is_wanted(*it)).collect());
        }
    }
    None
}

/// Names of `typing` that a file imports and that nothing mentions any more, as modernising leaves them.
fn report_unused(project: &Project<'_>, index: &Index<'_>, reporter: &mut Reporter<'_>) {
    let module = index.module;
    if module.is_init() {
        return;
    }
    for statement in module.statements() {
        let Stmt::ImportFrom(import) = statement else {
            continue;
        };
        if import.module.as_deref() != Some("typing") {
            continue;
        }
        for (at, alias) in import.names.iter().enumerate() {
            let name = alias.name.as_str();
            let is_old =
                name == "Optional" || name == "Union" || BUILTINS.iter().any(|it| it.0 == name);
            let is_word = |text: &str| {
                let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
                words.by_ref().filter(|it| *it == name).count() == 1
            };
            let is_passed_on = project.modules.iter().any(|it| {
                let mut imports = it.imports.iter();
                imports.any(|it| it.module == module.name && it.name == Some(name))
            });
            let line = module.slice(module.line_range(alias.start()));
            if alias.asname.is_some()
                || !is_old
                || !is_word(module.text())
                || is_passed_on
                || line.contains("noqa")
            {
                continue;
            }
            let range = match (import.names.get(at + 1), at.checked_sub(1)) {
                _ if import.names.len() == 1 => {
                    TextRange::new(import.start(), module.line_range(import.end()).end())
                }
                (Some(next), _) => TextRange::new(alias.start(), next.start()),
                (None, Some(before)) => TextRange::new(import.names[before].end(), alias.end()),
                (None, None) => continue,
            };
            let edit = Edit {
                path: module.path.clone(),
                range,
                content: String::new(),
            };
            reporter
                .report(
                    &module.path,
                    alias.range(),
                    format!("`{name}` of `typing` is imported and not used"),
                )
                .help("take it out")
                .fix(Fix {
                    safety: Safety::Safe,
                    message: "take the import out".to_owned(),
                    edits: vec![edit],
                });
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
    /// Whether the file has a `list` of its own, as classes with such a method do.
    fn is_shadowed(&self, builtin: &str) -> bool {
        let last = |name: &str| name.rsplit('.').next() == Some(builtin);
        self.index.globals.contains_key(builtin)
            || self.index.names.contains_key(builtin)
            || self.index.functions.iter().any(|it| last(&it.name))
            || self.index.classes.iter().any(|it| last(&it.name))
    }

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
                .filter(|(_, new)| self.python >= 9 && !self.is_shadowed(new))
            {
                self.found
                    .push((it.value.range(), (*old).to_owned(), (*new).to_owned()));
            }
        }
        walk_expr(self, expression);
    }
}
