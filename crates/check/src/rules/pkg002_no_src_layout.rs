//! `no-src-layout`: package beside the tooling instead of under src/.

use camino::Utf8PathBuf;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "PKG002",
    name: "no-src-layout",
    summary: "package beside the tooling instead of under src/",
    page: include_str!("../../docs/PKG002.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    if !project.roots.source.as_str().is_empty() {
        return;
    }
    for name in &project.roots.packages {
        let path = Utf8PathBuf::from(format!("{name}/__init__.py"));
        reporter
            .report_file(path, format!("the package `{name}` is not under `src/`, so tests may import the folder instead of what is installed"))
            .help(format!("move `{name}/` to `src/{name}/`"));
    }
}
