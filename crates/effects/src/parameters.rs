//! Parameters that users tune: their names in settings, their meaning and bounds.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// A well-known parameter of library functions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Name of the field in the settings: `seed` for `random_state`.
    pub name: String,
    /// The concern it belongs to: `model`, `split`, `data`…
    pub section: String,
    /// Its annotation, when it takes more than the type of its value tells.
    #[serde(default)]
    pub annotation: Option<String>,
    /// A sentence with its final stop.
    pub description: String,
    /// Bounds that every library documents, as arguments of Pydantic's `Field`.
    #[serde(default)]
    pub bounds: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct File {
    parameter: BTreeMap<String, Parameter>,
}

/// What is known of the parameter of this name.
pub fn lookup(parameter: &str) -> Option<&'static Parameter> {
    static TABLE: OnceLock<BTreeMap<String, Parameter>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let file: File = toml::from_str(include_str!("../parameters.toml")).expect("a test reads the file");
        file.parameter
    });
    table.get(parameter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read() {
        assert_eq!(lookup("random_state").unwrap().name, "seed");
        assert!(lookup("no such parameter").is_none());
    }
}
