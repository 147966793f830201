//! Which distribution brings a module, and whether it brings types, from `distributions.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use srcify_syntax::stdlib::sys::is_known_standard_library;

use crate::Catalog;

/// The newest minor version of Python whose modules are known.
const NEWEST_MINOR: u8 = 14;

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    toml::from_str(include_str!("../distributions.toml"))
        .expect("`distributions.toml` is embedded and read by a test")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    distributions: BTreeMap<String, String>,
    stubs: BTreeMap<String, String>,
    types: Types,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Types {
    typed: BTreeSet<String>,
}

/// The distribution of a module on the package index, where it has another name: `scikit-learn` for `sklearn.svm`.
pub fn distribution_of(module: &str) -> Option<&'static str> {
    let mut module = module;
    loop {
        if let Some(distribution) = KNOWN.distributions.get(module) {
            return Some(distribution);
        }
        module = module.rsplit_once('.')?.0;
    }
}

/// Whether a module exists only where a notebook runs: no distribution brings it.
pub fn is_given_by_host(module: &str) -> bool {
    let hosts = [
        "google.colab",
        "kaggle_secrets",
        "kaggle_datasets",
        "dbruntime",
    ];
    hosts.iter().any(|host| {
        let rest = module.strip_prefix(host);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// Whether anything is known of a library: where it comes from, its types or what its functions do.
pub fn is_known(library: &str, catalog: &Catalog) -> bool {
    is_standard_library(library)
        || is_given_by_host(library)
        || distribution_of(library).is_some()
        || has_types(library)
        || types_package(library).is_some()
        || catalog.knows_library(library)
}

/// Whether a module comes with Python.
pub fn is_standard_library(module: &str) -> bool {
    let top = module.split_once('.').map_or(module, |(top, _)| top);
    matches!(top, "__future__" | "__main__") || is_known_standard_library(NEWEST_MINOR, top)
}

/// The distribution with stubs for one without types, or for its versions without: `pandas-stubs` for `pandas`.
pub fn types_package(distribution: &str) -> Option<&'static str> {
    KNOWN
        .stubs
        .get(&normalized(distribution))
        .map(String::as_str)
}

/// Whether a distribution is known to have types of its own.
pub fn has_types(distribution: &str) -> bool {
    KNOWN.types.typed.contains(&normalized(distribution))
}

fn normalized(distribution: &str) -> String {
    distribution.to_lowercase().replace(['_', '.'], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_under_a_shared_namespace_has_its_own_distribution() {
        assert_eq!(distribution_of("sklearn.svm"), Some("scikit-learn"));
        assert_eq!(
            distribution_of("google.cloud.storage.blob"),
            Some("google-cloud-storage")
        );
        assert_eq!(distribution_of("google"), None);
        assert_eq!(distribution_of("pandas"), None);
    }

    #[test]
    fn modules_of_python_need_no_distribution() {
        assert!(is_standard_library("os.path"));
        assert!(is_standard_library("tomllib"));
        assert!(!is_standard_library("numpy"));
    }

    #[test]
    fn names_of_distributions_are_compared_as_the_index_does() {
        assert_eq!(types_package("PyYAML"), Some("types-pyyaml"));
        assert!(has_types("scikit_image"));
        assert!(!has_types("seaborn"));
    }

    #[test]
    fn the_map_holds_only_names_that_differ_and_are_normal() {
        assert!(KNOWN.distributions.len() >= 200);
        for (module, distribution) in &KNOWN.distributions {
            assert_ne!(module, distribution);
            assert_eq!(&normalized(distribution), distribution, "{module}");
            assert!(!is_standard_library(module), "{module}");
        }
    }
}
