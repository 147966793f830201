//! `stale-lockfile`: uv.lock that differs from pyproject.toml.

use std::collections::BTreeSet;
use std::str::FromStr;

use pep508_rs::{Requirement, VerbatimUrl};
use toml_edit::{ArrayOfTables, Document, Item, Table};

use crate::project::{Pyproject, Spanned};
use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "PKG004",
    name: "stale-lockfile",
    summary: "uv.lock that differs from pyproject.toml",
    page: include_str!("../../docs/PKG004.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let (Some(pyproject), Some(text)) = (&project.pyproject, project.package.text("uv.lock"))
    else {
        return;
    };
    let Some(name) = pyproject.name.as_deref() else {
        return;
    };
    let Ok(lock) = Document::parse(text) else {
        stale(reporter, "`uv.lock` is no TOML".to_owned());
        return;
    };
    let root = lock.as_item();
    let packages = root.get("package").and_then(Item::as_array_of_tables);
    let mut packages = packages.into_iter().flat_map(ArrayOfTables::iter);
    let named = |it: &Table| it.get("name").and_then(Item::as_str).map(normalize);
    let Some(own) = packages.find(|it| named(it) == Some(normalize(name))) else {
        stale(reporter, format!("`uv.lock` does not lock `{name}`"));
        return;
    };
    let locked_python = root.get("requires-python").and_then(Item::as_str);
    if let (Some(wanted), Some(locked)) = (&pyproject.requires_python, locked_python)
        && versions(&wanted.value) != versions(locked)
    {
        let wanted = &wanted.value;
        stale(
            reporter,
            format!("`uv.lock` was made for Python {locked}, `pyproject.toml` asks for {wanted}"),
        );
    }
    compare(pyproject, own, reporter);
}

fn stale(reporter: &mut Reporter<'_>, message: String) {
    reporter
        .report_file("uv.lock", message)
        .help("run `uv lock`");
}

/// The requirements of the project against those that were locked.
fn compare(pyproject: &Pyproject, own: &Table, reporter: &mut Reporter<'_>) {
    let listed = own.get("metadata").and_then(|it| it.get("requires-dist"));
    let Some(locked) = listed.or_else(|| own.get("dependencies")) else {
        if !pyproject.dependencies.is_empty() {
            let message = "`uv.lock` has none of the dependencies of `pyproject.toml`";
            stale(reporter, message.to_owned());
        }
        return;
    };
    let locked = locked_names(locked);
    let names = |list: &[Spanned]| -> BTreeSet<String> {
        list.iter()
            .filter_map(|it| requirement_name(&it.value))
            .collect()
    };
    let (wanted, extras) = (names(&pyproject.dependencies), names(&pyproject.extras));
    for dependency in &pyproject.dependencies {
        let Some(name) = requirement_name(&dependency.value).filter(|it| !locked.contains(it))
        else {
            continue;
        };
        let message = format!("`{name}` is declared but not in `uv.lock`");
        reporter
            .report_line("pyproject.toml".into(), dependency.range, message)
            .help("run `uv lock`");
    }
    for name in locked
        .difference(&wanted)
        .filter(|it| !extras.contains(*it))
    {
        stale(
            reporter,
            format!("`uv.lock` holds `{name}`, which `pyproject.toml` does not ask for"),
        );
    }
}

fn locked_names(list: &Item) -> BTreeSet<String> {
    let array = list.as_array().into_iter().flat_map(toml_edit::Array::iter);
    array
        .filter_map(|it| it.as_inline_table()?.get("name")?.as_str().map(normalize))
        .collect()
}

/// The parts of a version specifier, in any order and without blanks.
fn versions(text: &str) -> BTreeSet<String> {
    text.split(',')
        .map(|it| it.replace(' ', ""))
        .filter(|it| !it.is_empty())
        .collect()
}

/// The distribution that a requirement asks for, as PyPI spells it.
pub(crate) fn requirement_name(text: &str) -> Option<String> {
    let requirement = Requirement::<VerbatimUrl>::from_str(text).ok()?;
    Some(requirement.name.to_string())
}

/// `Scikit_Learn` is `scikit-learn`.
pub(crate) fn normalize(name: &str) -> String {
    name.to_lowercase().replace(['_', '.'], "-")
}
