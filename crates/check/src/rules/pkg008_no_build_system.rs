//! `no-build-system`: project without a build system.

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "PKG008",
    name: "no-build-system",
    summary: "project without a build system",
    page: include_str!("../../docs/PKG008.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let Some(pyproject) = &project.pyproject else {
        return;
    };
    if pyproject.has_project
        && !pyproject.has_build_system
        && !pyproject.is_virtual
        && !project.roots.packages.is_empty()
    {
        reporter
            .report_file("pyproject.toml", "there is no `[build-system]`, so `uv sync` does not install the package and its commands")
            .help("add `[build-system]` with `requires = [\"uv_build>=0.9\"]` and `build-backend = \"uv_build\"`");
    }
}
