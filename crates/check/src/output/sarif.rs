//! SARIF 2.1.0, for code scanning.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};
use srcify_syntax::Severity;

use super::gitlab::fingerprint;
use crate::finding::{Finding, Position};
use crate::rules::RULES;

/// A log of one run, with the rules that have findings.
pub fn sarif(findings: &[Finding], version: &str) -> String {
    let codes: BTreeSet<&str> = findings.iter().map(|it| it.code).collect();
    let found = RULES.iter().filter(|rule| codes.contains(rule.code));
    let order: Vec<&str> = found.clone().map(|rule| rule.code).collect();
    let rules: Vec<Value> = found
        .map(|rule| {
            json!({
                "id": rule.code,
                "name": rule.name,
                "shortDescription": {"text": rule.summary},
                "help": {"text": rule.page, "markdown": rule.page},
                "defaultConfiguration": {"level": level(rule.severity)},
            })
        })
        .collect();
    let results: Vec<Value> = findings.iter().map(|it| result(it, &order)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "srcify", "version": version, "informationUri": "https://github.com/srcify/srcify", "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn location(path: &str, start: Position, end: Option<Position>) -> Value {
    let mut region = json!({"startLine": start.row, "startColumn": start.column});
    if let Some(end) = end {
        region["endLine"] = json!(end.row.max(start.row));
        region["endColumn"] = json!(end.column);
    }
    json!({"physicalLocation": {"artifactLocation": {"uri": uri(path)}, "region": region}})
}

/// A path as a relative reference: blanks and the like percent-encoded.
fn uri(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

fn result(finding: &Finding, order: &[&str]) -> Value {
    let help = finding
        .help
        .as_ref()
        .map_or(String::new(), |it| format!("; {it}"));
    let index = order.iter().position(|it| *it == finding.code).unwrap_or(0);
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": {"text": format!("{}{help}", finding.message)},
        "locations": [location(finding.path.as_str(), finding.start, Some(finding.end))],
        "partialFingerprints": {"srcify/v1": fingerprint(&format!("{}:{}:{}", finding.path, finding.code, finding.message))},
    });
    let related: Vec<Value> = finding
        .chain
        .iter()
        .map(|it| {
            let mut place = location(it.path.as_str(), it.start, None);
            place["message"] = json!({"text": it.message});
            place
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    result
}
