//! Which rules are on.

use std::collections::BTreeSet;

use camino::Utf8Path;

use crate::rule::{Confidence, Rule};
use crate::rules::RULES;
use crate::settings::Settings;

/// The rules that are on, by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    codes: BTreeSet<&'static str>,
    /// By pattern of paths: the codes that are off there.
    per_file: Vec<(String, BTreeSet<&'static str>)>,
}

/// A selector that no rule answers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectionError(pub String);

impl std::fmt::Display for SelectionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "`{}` is no rule: give a code (`LAY001`), a family (`LAY`), a name (`impure-domain`) or `ALL`",
            self.0
        )
    }
}

impl std::error::Error for SelectionError {}

impl Default for Selection {
    fn default() -> Self {
        Self::certain()
    }
}

impl Selection {
    /// The rules that are on by default.
    pub fn certain() -> Self {
        let certain = RULES
            .iter()
            .filter(|rule| rule.confidence == Confidence::Certain);
        Self {
            codes: certain.map(|rule| rule.code).collect(),
            per_file: Vec::new(),
        }
    }

    /// Every rule.
    pub fn all() -> Self {
        Self {
            codes: RULES.iter().map(|rule| rule.code).collect(),
            per_file: Vec::new(),
        }
    }

    /// What settings (of a file or of the command line) ask for.
    ///
    /// # Errors
    /// A selector that no rule answers to.
    pub fn from_settings(settings: &Settings) -> Result<Self, SelectionError> {
        let mut codes = if !settings.select.is_empty() {
            codes_of(&settings.select)?
        } else if settings.strict {
            Self::all().codes
        } else {
            Self::certain().codes
        };
        codes.extend(codes_of(&settings.extend_select)?);
        for code in codes_of(&settings.ignore)? {
            codes.remove(code);
        }
        let mut per_file = Vec::new();
        for entry in &settings.per_file_ignores {
            per_file.push((entry.pattern.clone(), codes_of(&entry.rules)?));
        }
        Ok(Self { codes, per_file })
    }

    /// Whether a rule is on.
    pub fn contains(&self, rule: &Rule) -> bool {
        self.codes.contains(rule.code)
    }

    /// Whether the rule with this code is on.
    pub fn has(&self, code: &str) -> bool {
        self.codes.contains(code)
    }

    /// Only this rule.
    pub fn only(rule: &Rule) -> Self {
        Self {
            codes: BTreeSet::from([rule.code]),
            per_file: Vec::new(),
        }
    }

    /// Whether a rule is off in a file.
    pub(crate) fn is_ignored_in(&self, path: &Utf8Path, code: &str) -> bool {
        self.per_file
            .iter()
            .any(|(pattern, codes)| codes.contains(code) && glob(pattern, path.as_str()))
    }
}

fn codes_of(selectors: &[String]) -> Result<BTreeSet<&'static str>, SelectionError> {
    let mut codes = BTreeSet::new();
    for selector in selectors {
        let matching = RULES.iter().filter(|rule| matches(selector, rule));
        let found: Vec<_> = matching.map(|rule| rule.code).collect();
        if found.is_empty() {
            return Err(SelectionError(selector.clone()));
        }
        codes.extend(found);
    }
    Ok(codes)
}

/// Whether a selector means a rule: its code, a prefix of it, its name, or `ALL`.
pub(crate) fn matches(selector: &str, rule: &Rule) -> bool {
    selector == "ALL"
        || selector == rule.name
        || (selector.len() >= 3 && rule.code.starts_with(&selector.to_uppercase()))
}

/// Whether a path matches a glob: `*` within a folder, `**` across folders; a pattern without `/` matches names.
pub(crate) fn glob(pattern: &str, path: &str) -> bool {
    if !pattern.contains('/') {
        let name = path.rsplit('/').next().unwrap_or(path);
        return glob_bytes(pattern.as_bytes(), name.as_bytes())
            || path.split('/').any(|part| part == pattern);
    }
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    glob_bytes(pattern.as_bytes(), path.as_bytes())
        || path
            .strip_prefix(pattern)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a path is left out by patterns.
pub fn is_excluded(patterns: &[String], path: &Utf8Path) -> bool {
    patterns.iter().any(|it| glob(it, path.as_str()))
}

fn glob_bytes(pattern: &[u8], text: &[u8]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'*', b'*', b'/', rest @ ..] => {
            glob_bytes(rest, text)
                || (0..text.len()).any(|at| text[at] == b'/' && glob_bytes(rest, &text[at + 1..]))
        }
        [b'*', b'*', rest @ ..] => (0..=text.len()).any(|at| glob_bytes(rest, &text[at..])),
        [b'*', rest @ ..] => {
            let end = text
                .iter()
                .position(|byte| *byte == b'/')
                .unwrap_or(text.len());
            (0..=end).any(|at| glob_bytes(rest, &text[at..]))
        }
        [b'?', rest @ ..] => {
            text.first().is_some_and(|byte| *byte != b'/') && glob_bytes(rest, &text[1..])
        }
        [first, rest @ ..] => text.first() == Some(first) && glob_bytes(rest, &text[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(select: &[&str], ignore: &[&str]) -> Settings {
        Settings {
            select: select.iter().map(ToString::to_string).collect(),
            ignore: ignore.iter().map(ToString::to_string).collect(),
            ..Settings::default()
        }
    }

    #[test]
    fn a_family_selects_its_rules_and_a_name_takes_one_out() {
        let selection = Selection::from_settings(&settings(&["LAY"], &["impure-domain"])).unwrap();
        let codes: Vec<_> = RULES
            .iter()
            .filter(|rule| selection.contains(rule))
            .map(|rule| rule.code)
            .collect();
        assert!(
            codes.contains(&"LAY002") && !codes.contains(&"LAY001") && !codes.contains(&"DOC001")
        );
    }

    #[test]
    fn a_selector_without_rules_is_an_error() {
        let error = Selection::from_settings(&settings(&["ABC"], &[])).unwrap_err();
        assert!(error.to_string().starts_with("`ABC` is no rule"));
    }

    #[test]
    fn globs_match_as_people_expect() {
        assert!(glob("tests/**", "tests/domain/test_a.py"));
        assert!(glob("**/test_*.py", "tests/test_a.py"));
        assert!(glob("*.ipynb", "notebooks/a.ipynb"));
        assert!(glob("src/*/io/*.py", "src/churn/io/a.py"));
        assert!(!glob("src/*.py", "src/churn/a.py"));
        assert!(glob("docs", "docs/conf.py"));
    }
}
