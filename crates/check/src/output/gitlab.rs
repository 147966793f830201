//! GitLab's code quality report.

use std::collections::BTreeMap;

use serde_json::json;
use srcify_syntax::Severity;

use crate::finding::Finding;

/// A list of issues with fingerprints that do not depend on lines.
pub fn gitlab(findings: &[Finding]) -> String {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut issues = Vec::new();
    for finding in findings {
        let key = format!("{}:{}:{}", finding.path, finding.code, finding.message);
        let count = seen.entry(key.clone()).or_default();
        *count += 1;
        let severity = match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Advice => "info",
        };
        issues.push(json!({
            "check_name": finding.code,
            "description": format!("{}: {}", finding.code, finding.message),
            "severity": severity,
            "fingerprint": fingerprint(&format!("{key}:{count}")),
            "location": {
                "path": finding.path,
                "positions": {
                    "begin": {"line": finding.start.row, "column": finding.start.column},
                    "end": {"line": finding.end.row, "column": finding.end.column},
                },
            },
        }));
    }
    let mut text = serde_json::to_string_pretty(&issues).unwrap_or_default();
    text.push('\n');
    text
}

/// FNV-1a, the same on every machine.
pub(super) fn fingerprint(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
