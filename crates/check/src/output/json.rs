//! JSON in the shape of ruff's, with severity and chain added.

use std::fmt::Write as _;

use serde_json::{Value, json};
use srcify_syntax::Severity;

use super::Sources;
use crate::finding::{Edit, Finding, Position, Safety};
use crate::text::LineIndex;

/// A list of objects.
pub fn json(findings: &[Finding], sources: &Sources) -> String {
    let list: Vec<Value> = findings.iter().map(|it| object(it, sources)).collect();
    let mut text = serde_json::to_string_pretty(&list).unwrap_or_default();
    text.push('\n');
    text
}

/// An object per line.
pub fn json_lines(findings: &[Finding], sources: &Sources) -> String {
    let mut text = String::new();
    for finding in findings {
        let _ = writeln!(text, "{}", object(finding, sources));
    }
    text
}

fn position(it: Position) -> Value {
    json!({"column": it.column, "row": it.row})
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    }
}

fn object(finding: &Finding, sources: &Sources) -> Value {
    let fix = finding.fix.as_ref().map(|fix| {
        let applicability = match fix.safety {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        };
        let edits: Vec<Value> = fix.edits.iter().map(|it| edit(it, sources)).collect();
        json!({"applicability": applicability, "edits": edits, "message": fix.message})
    });
    let chain: Vec<Value> = finding
        .chain
        .iter()
        .map(|it| json!({"cell": it.cell, "filename": it.path, "location": position(it.start), "message": it.message}))
        .collect();
    json!({
        "cell": finding.cell,
        "chain": chain,
        "code": finding.code,
        "end_location": position(finding.end),
        "filename": finding.path,
        "fix": fix,
        "help": finding.help,
        "location": position(finding.start),
        "message": finding.message,
        "name": finding.name,
        "severity": severity(finding.severity),
    })
}

fn edit(edit: &Edit, sources: &Sources) -> Value {
    let text = sources.get(&edit.path).map_or("", String::as_str);
    let lines = LineIndex::new(text);
    json!({
        "content": edit.content,
        "filename": edit.path,
        "location": position(lines.position(text, edit.range.start())),
        "end_location": position(lines.position(text, edit.range.end())),
    })
}
