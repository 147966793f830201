//! The emitted files, in memory: nobody but the binary writes them.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use srcify_plan::{redacted, redacted_python};

/// Files by their path in the project, e.g. `src/churn/config.py`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree(BTreeMap<Utf8PathBuf, String>);

impl Tree {
    /// Puts a file at `path`, in the place of the one that was there.
    pub fn insert(&mut self, path: impl Into<Utf8PathBuf>, text: String) {
        self.0.insert(path.into(), text);
    }

    /// The text of the file at `path`.
    pub fn get(&self, path: impl AsRef<Utf8Path>) -> Option<&str> {
        self.0.get(path.as_ref()).map(String::as_str)
    }

    /// Replaces every secret in every file, wherever it still stands: in comments, in longer strings.
    pub fn redact(&mut self, secrets: &[String]) {
        for (path, text) in &mut self.0 {
            *text = if path.extension() == Some("py") {
                redacted_python(text, secrets)
            } else {
                redacted(text, secrets)
            };
        }
    }

    /// All files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8Path, &str)> {
        self.0
            .iter()
            .map(|(path, text)| (path.as_path(), text.as_str()))
    }
}
