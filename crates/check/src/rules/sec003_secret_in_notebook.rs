//! `secret-in-notebook`: secret in the sources or outputs of a notebook.

use srcify_effects::{environment_variable, find_secret};
use srcify_syntax::{TextRange, TextSize};

use super::sec001_secret_in_code::literals;
use crate::module::Role;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "SEC003",
    name: "secret-in-notebook",
    summary: "secret in the sources or outputs of a notebook",
    page: include_str!("../../docs/SEC003.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for (index, literal) in literals(context.project, &[Role::Notebook]) {
        let Some(kind) = find_secret(literal.name, &literal.text) else {
            continue;
        };
        let variable = environment_variable(literal.name, kind);
        reporter
            .report(
                &index.module.path,
                literal.range,
                format!(
                    "{} in a notebook: everyone who opens it has it",
                    kind.description()
                ),
            )
            .help(format!(
                "read it with `os.environ[\"{variable}\"]`, and have this one revoked"
            ));
    }
    for (path, text) in &context.project.package.files {
        if path.extension() != Some("ipynb") {
            continue;
        }
        for (cell, output) in outputs(text) {
            // Only what services issue: outputs are full of identifiers.
            let Some(kind) = output.lines().find_map(|line| find_secret(None, line)) else {
                continue;
            };
            let range = TextRange::empty(TextSize::new(0));
            let finding = reporter.report(
                path,
                range,
                format!("{} in the output of a cell", kind.description()),
            );
            finding.cell = Some(cell);
            finding.help("clear the output, and have the secret revoked");
        }
    }
}

/// Texts of outputs with the numbers of their cells.
fn outputs(notebook: &str) -> Vec<(u32, String)> {
    let Ok(json) = serde_json::from_str::<serde_json::Value>(notebook) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let cells = json["cells"].as_array().into_iter().flatten();
    for (number, cell) in cells.enumerate() {
        for output in cell["outputs"].as_array().into_iter().flatten() {
            for text in [&output["text"], &output["data"]["text/plain"]] {
                let joined = match text {
                    serde_json::Value::String(text) => text.clone(),
                    serde_json::Value::Array(lines) => {
                        lines.iter().filter_map(serde_json::Value::as_str).collect()
                    }
                    _ => continue,
                };
                found.push((number as u32 + 1, joined));
            }
        }
    }
    found
}
