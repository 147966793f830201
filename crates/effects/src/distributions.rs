//! From import names to distributions on PyPI, and what type checkers find there.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    /// Import name to distribution, where they differ.
    distributions: BTreeMap<String, String>,
    /// Distribution to the package with its stubs.
    stubs: BTreeMap<String, String>,
    /// Distributions that carry their own types.
    typed: Vec<String>,
}

fn table() -> &'static File {
    static TABLE: OnceLock<File> = OnceLock::new();
    TABLE.get_or_init(|| toml::from_str(include_str!("../distributions.toml")).expect("a test reads the file"))
}

/// The distribution that brings a top-level module, where its name differs.
pub fn distribution_of(module: &str) -> Option<&'static str> {
    table().distributions.get(module).map(String::as_str)
}

/// The distribution with stubs for a distribution without types.
pub fn types_package(distribution: &str) -> Option<&'static str> {
    table().stubs.get(distribution).map(String::as_str)
}

/// Whether a type checker finds types in the distribution itself.
pub fn has_types(distribution: &str) -> bool {
    table().typed.iter().any(|name| name == distribution)
}

/// Whether a top-level module comes with Python 3.11.
pub fn is_standard_library(module: &str) -> bool {
    srcify_syntax::stdlib::sys::is_known_standard_library(11, module) || module == "__future__"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_are_known() {
        assert_eq!(distribution_of("sklearn"), Some("scikit-learn"));
        assert_eq!(types_package("pandas"), Some("pandas-stubs"));
        assert!(has_types("numpy") && !has_types("scikit-learn"));
        assert!(is_standard_library("json") && !is_standard_library("pandas"));
    }
}
