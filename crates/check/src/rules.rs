//! The rules, in the order of their codes.

pub(crate) mod sup001_unused_suppression;

use crate::rule::Rule;

/// Every rule.
pub static RULES: &[&Rule] = &[&sup001_unused_suppression::RULE];

/// The rule of a code or name.
pub fn rule(selector: &str) -> Option<&'static Rule> {
    let code = selector.to_uppercase();
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code == code || rule.name == selector)
}
