//! `unused-suppression`: a comment allows a finding that is not there.

use srcify_syntax::Severity;

use crate::rule::{Confidence, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "SUP001",
    name: "unused-suppression",
    summary: "comment that allows a finding that is not there",
    page: include_str!("../../docs/SUP001.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    // Found while comments are matched with findings, see `suppression.rs`.
    check: |_, _| {},
};
