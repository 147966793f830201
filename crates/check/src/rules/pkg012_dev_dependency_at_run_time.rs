//! `dev-dependency-at-run-time`: package imports what is declared for development only.

use std::collections::BTreeSet;

use super::pkg004_stale_lockfile::requirement_name;
use super::pkg010_undeclared_dependency::{candidates, declared, is_own};

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "PKG012",
    name: "dev-dependency-at-run-time",
    summary: "package imports what is declared for development only",
    page: include_str!("../../docs/PKG012.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let Some(pyproject) = declared(project) else {
        return;
    };
    let names = |list: &[crate::project::Spanned]| -> BTreeSet<String> {
        list.iter()
            .filter_map(|it| requirement_name(&it.value))
            .collect()
    };
    let (groups, mut all) = (names(&pyproject.groups), names(&pyproject.dependencies));
    all.extend(names(&pyproject.extras));
    let mut seen = BTreeSet::new();
    for index in project.package_modules() {
        let stem = index.module.path.file_stem().unwrap_or("");
        for import in index
            .imports
            .iter()
            .filter(|it| !it.is_type_checking && !it.is_optional && !it.is_guarded)
        {
            let top = import.module.split('.').next().unwrap_or("");
            // `mypy.py`, `pytest_plugin.py`: the tool itself imports it.
            if stem.contains("plugin") || stem.trim_start_matches('_').starts_with(top) {
                continue;
            }
            let names = candidates(project, &import.module);
            let found = names.iter().find(|it| groups.contains(*it));
            let Some(name) =
                found.filter(|_| !is_own(project, top) && !names.iter().any(|it| all.contains(it)))
            else {
                continue;
            };
            if seen.insert(top.to_owned()) {
                reporter
                    .report(&index.module.path, import.range, format!("the package imports `{top}`, but `{name}` is only installed for development"))
                    .help(format!("run `uv add {name}`, which moves it to the dependencies"));
            }
        }
    }
}
