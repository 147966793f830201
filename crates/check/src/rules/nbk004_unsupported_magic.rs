//! `unsupported-magic`: magic that has no equal in Python.

use serde_json::Value;
use srcify_syntax::{TextRange, TextSize};

use crate::finding::Position;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "NBK004",
    name: "unsupported-magic",
    summary: "magic that has no equal in Python",
    page: include_str!("../../docs/NBK004.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

/// Magics that run another language, or that bring in what is not in the notebook.
const UNSUPPORTED: &[&str] = &[
    "%%bash",
    "%%sh",
    "%%script",
    "%%R",
    "%%r",
    "%R",
    "%%javascript",
    "%%js",
    "%%html",
    "%%HTML",
    "%%sql",
    "%sql",
    "%%perl",
    "%%ruby",
    "%%latex",
    "%%svg",
    "%%cython",
    "%%julia",
    "%%bigquery",
    "%%spark",
    "%run",
    "%store",
    "%macro",
    "%edit",
    "%load",
    "%%pypy",
    "%%cmd",
    "%%powershell",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for (path, text) in &context.project.package.files {
        if path.extension() != Some("ipynb") {
            continue;
        }
        let Ok(notebook) = serde_json::from_str::<Value>(text) else {
            continue;
        };
        let cells = notebook["cells"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate();
        for (number, cell) in cells.filter(|(_, it)| it["cell_type"] == "code") {
            let source = match &cell["source"] {
                Value::String(text) => text.clone(),
                Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
                _ => continue,
            };
            for (row, line) in source.lines().enumerate() {
                let Some(magic) = magic(line) else { continue };
                let finding = reporter.report(
                    path,
                    TextRange::empty(TextSize::new(0)),
                    format!("`{magic}` has no equal in Python"),
                );
                finding.cell = Some(number as u32 + 1);
                let indent = line.chars().take_while(|c| c.is_whitespace()).count() as u32;
                finding.start = Position {
                    row: row as u32 + 1,
                    column: indent + 1,
                };
                finding.end = Position {
                    row: row as u32 + 1,
                    column: indent + 1 + magic.chars().count() as u32,
                };
                finding.help("write what it does in Python, or keep it out of the package");
            }
        }
    }
}

/// The magic that a line begins with, when there is no Python for it.
fn magic(line: &str) -> Option<&'static str> {
    let word = line.split_whitespace().next()?;
    UNSUPPORTED.iter().copied().find(|it| *it == word)
}
