//! `no-pyproject`: package without pyproject.toml.

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "PKG001",
    name: "no-pyproject",
    summary: "package without pyproject.toml",
    page: include_str!("../../docs/PKG001.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    match &project.pyproject {
        None if !project.roots.packages.is_empty() => {
            let older = ["setup.py", "setup.cfg"];
            let older = older
                .into_iter()
                .find(|it| project.package.text(it).is_some());
            let message = match older {
                Some(file) => format!("there is no `pyproject.toml`: the metadata is in `{file}`"),
                None => {
                    "there is no `pyproject.toml`, so nobody can install the package".to_owned()
                }
            };
            reporter.report_file("pyproject.toml", message).help(
                "add one with `[project]` and `[build-system]`; `uv init --package` writes it",
            );
        }
        Some(it) => {
            if let Some(error) = &it.error {
                let message = error.lines().next().unwrap_or("unknown error");
                reporter.report_file(
                    "pyproject.toml",
                    format!("`pyproject.toml` is no TOML: {message}"),
                );
            } else if !it.has_project
                && !it.is_poetry
                && !project.roots.packages.is_empty()
                && !project.package.has("setup.py")
                && !project.package.has("setup.cfg")
            {
                reporter
                    .report_file("pyproject.toml", "there is no `[project]` table, so the package has no name, version or dependencies")
                    .help("add `[project]` with `name`, `version`, `requires-python` and `dependencies`");
            }
        }
        None => {}
    }
}
