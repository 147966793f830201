//! `no-readme`: project without a readme.

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "PKG005",
    name: "no-readme",
    summary: "project without a readme",
    page: include_str!("../../docs/PKG005.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let Some(pyproject) = &project.pyproject else {
        return;
    };
    if let Some(readme) = &pyproject.readme {
        if !project.package.has(&readme.value) {
            let message = format!(
                "the readme `{}` does not exist, so the package cannot be built",
                readme.value
            );
            reporter
                .report_line("pyproject.toml".into(), readme.range, message)
                .help("write the file, or correct its name");
        }
        return;
    }
    let has_readme = project.package.files.keys().any(|path| {
        !path.as_str().contains('/') && path.as_str().to_lowercase().starts_with("readme")
    });
    if !has_readme && !project.roots.packages.is_empty() {
        reporter
            .report_file(
                "README.md",
                "there is no readme, so nobody learns what the package is for",
            )
            .help("write `README.md`, and name it in `[project] readme`");
    }
}
