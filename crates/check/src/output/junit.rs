//! JUnit XML, for the test reports of CI systems.

use crate::finding::Finding;
use crate::output::place;
use std::fmt::Write as _;

/// A test suite per file, a failure per finding.
pub fn junit(findings: &[Finding]) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let total = findings.len().max(1);
    let _ = writeln!(
        text,
        "<testsuites name=\"srcify\" tests=\"{total}\" failures=\"{}\" errors=\"0\">",
        findings.len()
    );
    if findings.is_empty() {
        text.push_str("  <testsuite name=\"srcify\" tests=\"1\" failures=\"0\" errors=\"0\">\n    <testcase name=\"no finding\"/>\n  </testsuite>\n");
    }
    for group in findings.chunk_by(|a, b| a.path == b.path) {
        let (path, count) = (escape(group[0].path.as_str()), group.len());
        let _ = writeln!(
            text,
            "  <testsuite name=\"{path}\" tests=\"{count}\" failures=\"{count}\" errors=\"0\">"
        );
        for finding in group {
            let _ = writeln!(
                text,
                "    <testcase name=\"{} {}\" classname=\"{path}\" line=\"{}\" column=\"{}\">\n      <failure message=\"{}\">{}</failure>\n    </testcase>",
                finding.code,
                finding.name,
                finding.start.row,
                finding.start.column,
                escape(&finding.message),
                escape(&format!(
                    "{}: {}",
                    place(finding),
                    finding.help.as_deref().unwrap_or("")
                )),
            );
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML 1.0 has no way to write them.
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
