//! Methods and attributes by their name, whatever class they are of.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::{Entry, EntryKind};

/// A qualified name, and what it does.
type Named = (Arc<str>, Arc<Entry>);

/// The methods and attributes of a catalog by their name, made when they are first asked for.
#[derive(Debug, Default)]
pub(super) struct MethodNames(OnceLock<BTreeMap<String, Vec<Named>>>);

/// A copy of a catalog is made in order to change it.
impl Clone for MethodNames {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl MethodNames {
    /// Those of a name among some entries, which are the same at each call.
    pub fn get(&self, entries: &BTreeMap<Arc<str>, Arc<Entry>>, name: &str) -> &[Named] {
        let names = self.0.get_or_init(|| {
            let mut names: BTreeMap<String, Vec<Named>> = BTreeMap::new();
            for (qualified, entry) in entries {
                if matches!(entry.kind, EntryKind::Method | EntryKind::Attribute)
                    && let Some((_, method)) = qualified.rsplit_once('.')
                {
                    let named = (Arc::clone(qualified), Arc::clone(entry));
                    names.entry(method.to_owned()).or_default().push(named);
                }
            }
            names
        });
        names.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The entries have changed.
    pub fn forget(&mut self) {
        self.0.take();
    }
}
