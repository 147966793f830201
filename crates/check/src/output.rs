//! Findings as text, for people and machines.
//!
//! By design renderers belong to the crate `report`; these are here until that crate has a place for them.

mod full;
mod gitlab;
mod json;
mod junit;
mod sarif;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use camino::Utf8PathBuf;
use srcify_syntax::Severity;

use crate::finding::Finding;

pub use full::full;
pub use gitlab::gitlab;
pub use json::{json, json_lines};
pub use junit::junit;
pub use sarif::sarif;

/// Texts of files, by the paths that findings name.
pub type Sources = BTreeMap<Utf8PathBuf, String>;

/// One line per finding: `path:row:column: CODE message`.
pub fn concise(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let _ = writeln!(
            text,
            "{}: {} {}",
            place(finding),
            finding.code,
            finding.message
        );
    }
    text
}

/// Commands that GitHub shows beside the code.
pub fn github(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "notice",
        };
        let escape = |it: &str| {
            it.replace('%', "%25")
                .replace('\r', "%0D")
                .replace('\n', "%0A")
        };
        let _ = writeln!(
            text,
            "::{level} title=srcify ({}),file={},line={},col={},endLine={},endColumn={}::{}: {} {}",
            finding.code,
            finding.path,
            finding.start.row,
            finding.start.column,
            finding.end.row,
            finding.end.column,
            place(finding),
            finding.code,
            escape(&finding.message),
        );
    }
    text
}

/// How many findings each rule has, most first.
pub fn statistics(findings: &[Finding]) -> String {
    let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for finding in findings {
        let count = counts.entry((finding.code, finding.name)).or_default();
        count.0 += 1;
        count.1 += usize::from(finding.fix.is_some());
    }
    let mut lines: Vec<_> = counts.into_iter().collect();
    lines.sort_by_key(|(key, count)| (std::cmp::Reverse(count.0), *key));
    let width = lines
        .first()
        .map_or(1, |(_, count)| count.0.to_string().len());
    let mut text = String::new();
    for ((code, name), (count, fixes)) in lines {
        let mark = if fixes > 0 { "*" } else { " " };
        let _ = writeln!(text, "{count:>width$}  {code}  [{mark}] {name}");
    }
    text
}

/// `path:row:column`, with the cell of a notebook.
pub(crate) fn place(finding: &Finding) -> String {
    let (row, column) = (finding.start.row, finding.start.column);
    match finding.cell {
        Some(cell) => format!("{}:cell {cell}:{row}:{column}", finding.path),
        None => format!("{}:{row}:{column}", finding.path),
    }
}
