//! What libraries document of their results: types alone, nothing of effects.
//!
//! One file per library in `returns/`, written by `xtask/src/catalog_returns.py`.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

static RETURNS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/returns");

/// Types of calls and attributes, by qualified name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Documented {
    calls: BTreeMap<String, String>,
    attributes: BTreeMap<String, String>,
}

/// Names by type.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LibraryFile {
    calls: BTreeMap<String, String>,
    attributes: BTreeMap<String, String>,
}

impl Documented {
    /// What a library's file says, when it has one, and the types that it mentions.
    pub(crate) fn of(library: &str) -> (Self, Vec<String>) {
        let mut documented = Self::default();
        let Some(file) = RETURNS.get_file(format!("{library}.toml")) else {
            return (documented, Vec::new());
        };
        let text = file.contents_utf8().unwrap_or_default();
        let file: LibraryFile = toml::from_str(text).unwrap_or_default();
        let mentioned = file.calls.keys().chain(file.attributes.keys());
        let mentioned = mentioned.cloned().collect();
        collect(library, file.calls, &mut documented.calls);
        collect(library, file.attributes, &mut documented.attributes);
        (documented, mentioned)
    }

    pub(crate) fn call(&self, qualified: &str) -> Option<&str> {
        self.calls.get(qualified).map(String::as_str)
    }

    /// All types that it mentions.
    pub(crate) fn types(&self) -> impl Iterator<Item = &str> {
        let all = self.calls.values().chain(self.attributes.values());
        all.map(String::as_str)
    }

    pub(crate) fn attribute(&self, qualified: &str) -> Option<&str> {
        self.attributes.get(qualified).map(String::as_str)
    }
}

fn collect(
    library: &str,
    by_type: BTreeMap<String, String>,
    by_name: &mut BTreeMap<String, String>,
) {
    for (ty, names) in by_type {
        for name in names.split_whitespace() {
            by_name.insert(format!("{library}.{name}"), ty.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LibraryFile, RETURNS};
    use crate::Type;

    #[test]
    fn every_file_fits_the_schema() {
        for file in RETURNS.files() {
            let text = file.contents_utf8().unwrap();
            let parsed: LibraryFile = toml::from_str(text).unwrap();
            for ty in parsed.calls.keys().chain(parsed.attributes.keys()) {
                assert_eq!(Type::parse(ty).unwrap().to_string(), *ty);
            }
        }
    }
}
