//! `no-entrypoint`: main function that no command runs.

use crate::finding::{Edit, Fix, Safety};
use crate::project::Project;
use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::{Severity, TextLen, TextRange};

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CLI001",
    name: "no-entrypoint",
    summary: "main function that no command runs",
    page: include_str!("../../docs/CLI001.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let Some(pyproject) = project.pyproject.as_ref().filter(|it| it.has_project) else {
        return;
    };
    if !pyproject.scripts.is_empty() || pyproject.dynamic.iter().any(|it| it == "scripts") {
        return;
    }
    for index in project.package_modules() {
        let is_command = matches!(
            index.module.path.file_name(),
            Some("scripts.py" | "cli.py" | "__main__.py")
        );
        let Some(main) = index.function("main").filter(|_| is_command) else {
            continue;
        };
        let name = pyproject.name.as_deref().unwrap_or("my-tool");
        let module = &index.module.name;
        let finding = reporter
            .report(
                &index.module.path,
                crate::flow::name_range(&index.functions[main]),
                "no command runs this `main`: `[project.scripts]` is missing",
            )
            .help(format!(
                "add `[project.scripts]` with `{name} = \"{module}:main\"` to `pyproject.toml`"
            ));
        if let Some(fix) = registration(project, name, module) {
            finding.fix(fix);
        }
        return;
    }
}

/// Adds the table at the end of `pyproject.toml`.
fn registration(project: &Project<'_>, name: &str, module: &str) -> Option<Fix> {
    let text = project.package.text("pyproject.toml")?;
    // A table that is there, empty or written in another way, is not written twice.
    if text.contains("project.scripts") || text.contains("scripts =") {
        return None;
    }
    let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
    let edit = Edit {
        path: "pyproject.toml".into(),
        range: TextRange::empty(text.text_len()),
        content: format!("{gap}[project.scripts]\n{name} = \"{module}:main\"\n"),
    };
    Some(Fix {
        safety: Safety::Safe,
        message: "register the command".to_owned(),
        edits: vec![edit],
    })
}
