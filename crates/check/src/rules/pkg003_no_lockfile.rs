//! `no-lockfile`: project without a lock file.

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "PKG003",
    name: "no-lockfile",
    summary: "project without a lock file",
    page: include_str!("../../docs/PKG003.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

const LOCKS: &[&str] = &[
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "pylock.toml",
    "Pipfile.lock",
    "conda-lock.yml",
    "pixi.lock",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let Some(pyproject) = &project.pyproject else {
        return;
    };
    let has_lock = LOCKS.iter().any(|name| project.package.has(name));
    if pyproject.has_project
        && !has_lock
        && !pyproject.dependencies.is_empty()
        && !project.roots.packages.is_empty()
    {
        reporter
            .report_file(
                "pyproject.toml",
                "there is no lock file, so two installations may get different versions",
            )
            .help("run `uv lock` and commit `uv.lock`");
    }
}
