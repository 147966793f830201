//! `unresolved-entrypoint`: command that names what does not exist.

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CLI002",
    name: "unresolved-entrypoint",
    summary: "command that names what does not exist",
    page: include_str!("../../docs/CLI002.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let Some(pyproject) = &project.pyproject else {
        return;
    };
    for script in &pyproject.scripts {
        let path = camino::Utf8Path::new("pyproject.toml");
        let Some((module, attribute)) = script.value.split_once(':') else {
            let message = format!(
                "the command `{}` names no function: `{}`",
                script.key, script.value
            );
            reporter
                .report_line(path, script.range, message)
                .help("write it as `package.module:function`");
            continue;
        };
        let attribute = attribute.split('[').next().unwrap_or(attribute).trim();
        let top = module.split('.').next().unwrap_or(module);
        if !project.roots.packages.iter().any(|it| it == top) {
            continue;
        }
        let Some(at) = project.find(module.trim()) else {
            let message = format!(
                "the command `{}` runs `{module}`, which does not exist",
                script.key
            );
            reporter
                .report_line(path, script.range, message)
                .help("correct the module's name, or write the module");
            continue;
        };
        let index = &project.modules[at];
        let head = attribute.split('.').next().unwrap_or(attribute);
        let has_star = index.imports.iter().any(|it| it.name == Some("*"));
        let is_known = index.globals.contains_key(head)
            || index.names.contains_key(head)
            || project.find(&format!("{module}.{head}")).is_some()
            || index.function("__getattr__").is_some();
        if !is_known && !has_star {
            let message = format!(
                "the command `{}` runs `{head}`, which `{module}` does not define",
                script.key
            );
            reporter
                .report_line(path, script.range, message)
                .help("correct the function's name, or write the function");
        }
    }
}
