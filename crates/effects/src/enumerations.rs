//! Enumerations: what their bodies assign are objects of them.

use crate::analyze::{Analyzer, Class};

impl Analyzer<'_> {
    /// Whether the members of a class are objects of it: one of its bases is an enumeration.
    pub(crate) fn is_enumeration(&self, class: &Class) -> bool {
        class.bases.iter().any(|base| {
            let mut lineage = self.lineage(base).into_iter();
            is_of_library(base)
                || lineage.any(|(_, it)| it.bases.iter().any(|it| is_of_library(it)))
        })
    }
}

fn is_of_library(base: &str) -> bool {
    let name = base.strip_prefix("enum.");
    name.is_some_and(|it| ["Enum", "Flag", "IntEnum", "IntFlag", "StrEnum"].contains(&it))
}
