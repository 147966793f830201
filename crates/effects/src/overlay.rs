//! What users say of functions that the knowledge base does not know, or knows otherwise: `[tool.srcify.effects]`.

use std::sync::Arc;

use crate::catalog::{Catalog, Entry};
use crate::installed::{Answer, Installed};

/// Entries of users, by library, and who knows what is installed.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    entries: Vec<(String, Entry)>,
    installed: Option<Installed>,
}

impl Overlay {
    /// Reads the table `[tool.srcify.effects]` of a TOML file: a list of entries for each library. A file without the table
    /// has none.
    ///
    /// # Errors
    /// What is no TOML or does not fit the schema, with the library and the entry.
    pub fn read(text: &str) -> Result<Self, String> {
        let document: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| format!("it is no TOML: {}", error.message()))?;
        let table = ["tool", "srcify", "effects"]
            .iter()
            .try_fold(&toml::Value::Table(document), |table, key| table.get(key))
            .cloned();
        let Some(table) = table else {
            return Ok(Self::default());
        };
        let Some(libraries) = table.as_table() else {
            return Err(
                "`tool.srcify.effects` is a table: a list of entries for each library".to_owned(),
            );
        };
        let mut overlay = Self::default();
        for (library, entries) in libraries {
            let Some(entries) = entries.as_array() else {
                return Err(format!(
                    "`tool.srcify.effects.{library}` is a list of entries: write `[[tool.srcify.effects.{library}]]`"
                ));
            };
            for (at, entry) in entries.iter().enumerate() {
                let entry = parse(entry).map_err(|error| {
                    let name = entry.get("name").and_then(toml::Value::as_str);
                    let name = name.map(|it| format!(" (`{it}`)")).unwrap_or_default();
                    format!(
                        "`tool.srcify.effects.{library}`, entry {}{name}: {error}",
                        at + 1
                    )
                })?;
                overlay.entries.push((library.clone(), entry));
            }
        }
        Ok(overlay)
    }

    /// Asks about what nobody describes: for annotations alone.
    pub fn ask(&mut self, answer: Arc<Answer>) {
        self.installed = Some(Installed::new(answer));
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds what another one says, which wins.
    pub fn extend(&mut self, other: Self) {
        self.entries.extend(other.entries);
    }

    /// Lays the entries over a catalog: they win over its own.
    pub fn lay_over(&self, catalog: &mut Catalog) {
        let libraries = self.entries.iter().map(|(library, _)| library.clone());
        let mentioned = self.entries.iter().flat_map(|(_, entry)| {
            let written = entry.bases.iter().chain(&entry.returns);
            written.flat_map(|it| it.split(['[', ']', ',', ' ', '|']))
        });
        let mentioned = mentioned.filter_map(|it| it.split_once('.'));
        let mentioned = mentioned.map(|(library, _)| library.to_owned());
        catalog.load(libraries.chain(mentioned).collect());
        for (library, entry) in &self.entries {
            catalog.add_named(library, entry.clone());
        }
        if let Some(installed) = &self.installed {
            catalog.ask(installed.clone());
        }
    }
}

fn parse(entry: &toml::Value) -> Result<Entry, String> {
    let entry: Entry = entry
        .clone()
        .try_into()
        .map_err(|error: toml::de::Error| error.message().to_owned())?;
    if entry.name.trim().is_empty() {
        return Err("`name` is empty".to_owned());
    }
    let is_parameter = |name: &str| {
        entry.parameters.is_empty()
            || entry.parameters.iter().any(|it| it == name)
            || matches!(name, "*" | "**")
    };
    let effects = entry.effects.iter().flat_map(|it| &it.conditions);
    let conditions = effects.chain(entry.mutates.iter().flat_map(|it| &it.conditions));
    let asked = conditions.filter_map(|it| Some(("a condition asks for", it.parameter()?)));
    let called = entry
        .callbacks
        .iter()
        .map(|it| ("`callbacks` names", it.as_str()));
    let path = entry.path.iter().map(|it| ("`path` names", it.as_str()));
    let changed = entry.mutates.iter().map(|it| it.what.name.as_str());
    let changed = changed
        .filter(|it| *it != "self")
        .map(|it| ("`mutates` names", it));
    let mut all = asked.chain(called).chain(path).chain(changed);
    match all.find(|(_, name)| !is_parameter(name)) {
        Some((what, name)) => Err(format!("{what} `{name}`, which is not among `parameters`")),
        None => Ok(entry),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_win_over_the_catalog_and_bring_libraries_along() {
        let text = "[[tool.srcify.effects.shop]]\nname = \"load orders\"\nparameters = [\"path\"]\neffects = [\"read-file\"]\nreturns = \"pandas.DataFrame\"\n\n[[tool.srcify.effects.pandas]]\nname = \"DataFrame.dropna\"\nkind = \"method\"\neffects = [\"logging\"]\n";
        let overlay = Overlay::read(text).unwrap();
        let mut catalog = Catalog::for_libraries(["shop"]);
        overlay.lay_over(&mut catalog);
        assert_eq!(catalog.lookup("shop.orders").unwrap().effects.len(), 1);
        let dropna = catalog.member("pandas.DataFrame", "dropna").unwrap();
        assert!(dropna.mutates.is_empty() && dropna.effects.len() == 1);
        assert!(catalog.member("pandas.DataFrame", "merge").is_some());
        assert!(catalog.knows_library("shop"));
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        for (text, parts) in [
            (
                "name = \"f\"\neffects = [\"reads\"]",
                vec!["entry 1 (`f`)", "`reads` is no effect", "read-file"],
            ),
            (
                "name = \"f\"\nefects = []",
                vec!["entry 1 (`f`)", "unknown field `efects`"],
            ),
            ("effects = []", vec!["entry 1:", "missing field `name`"]),
            (
                "name = \"f\"\nparameters = [\"a\"]\npath = \"b\"",
                vec!["`path` names `b`", "not among `parameters`"],
            ),
            (
                "name = \"f\"\nparameters = [\"a\"]\nmutates = [\"c when a given\"]",
                vec!["`mutates` names `c`"],
            ),
        ] {
            let error =
                Overlay::read(&format!("[[tool.srcify.effects.shop]]\n{text}\n")).unwrap_err();
            assert!(
                error.starts_with("`tool.srcify.effects.shop`, entry 1"),
                "{error}"
            );
            for part in parts {
                assert!(error.contains(part), "{error}");
            }
        }
        let error = Overlay::read("[tool.srcify.effects]\nshop = 3\n").unwrap_err();
        assert!(error.contains("[[tool.srcify.effects.shop]]"), "{error}");
    }
}
