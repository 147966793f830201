//! `missing-layer`: package without the layers domain, io and application.

use crate::module::Layer;
use camino::Utf8PathBuf;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "PKG006",
    name: "missing-layer",
    summary: "package without the layers domain, io and application",
    page: include_str!("../../docs/PKG006.md"),
    confidence: Confidence::Opinion,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    for name in &project.roots.packages {
        let modules: Vec<_> = project
            .package_modules()
            .filter(|it| it.module.top_level() == name)
            .collect();
        let is_layered = modules.iter().any(|it| {
            matches!(
                it.module.layer,
                Layer::Domain | Layer::Io | Layer::Application
            )
        });
        let has_code = modules.iter().filter(|it| !it.functions.is_empty()).count();
        if is_layered || has_code < 2 {
            continue;
        }
        let path = project
            .roots
            .source
            .join(Utf8PathBuf::from(format!("{name}/__init__.py")));
        reporter
            .report_file(path, format!("`{name}` has none of the layers `domain`, `io` and `application`, so effects and logic cannot be told apart"))
            .help("move pure logic to `domain/`, reading and writing to `io/`, and what strings them together to `application/`");
    }
}
