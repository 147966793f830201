//! What the program may import.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

/// What the program may import, besides the standard library (always there) and our own stubs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Absolute paths of the site-packages folders of a virtual environment. Relative or missing ones are skipped.
    pub site_packages: Vec<Utf8PathBuf>,
    /// Minor version of Python 3.
    pub python_minor: u8,
    /// Source text of the modules beside the program, by dotted name.
    pub modules: BTreeMap<String, String>,
    /// Further stubs, by path: `sklearn-stubs/metrics/__init__.pyi`. They win over the embedded ones.
    pub stubs: BTreeMap<Utf8PathBuf, String>,
}

impl Default for Environment {
    fn default() -> Self {
        Self {
            site_packages: Vec::new(),
            python_minor: 11,
            modules: BTreeMap::new(),
            stubs: BTreeMap::new(),
        }
    }
}
