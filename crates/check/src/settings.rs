//! `[tool.srcify.check]` of `pyproject.toml`.

use serde_json::{Value, json};
use toml_edit::{Document, Item, TableLike};

/// What a project decides about its checks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Codes, prefixes or names; empty: the default rules.
    pub select: Vec<String>,
    /// Added to the selection.
    pub extend_select: Vec<String>,
    /// Taken from the selection.
    pub ignore: Vec<String>,
    /// Opinions are on, too.
    pub strict: bool,
    /// By pattern of paths.
    pub per_file_ignores: Vec<PerFileIgnore>,
    /// Patterns of paths that are not looked at.
    pub exclude: Vec<String>,
    /// Findings known when the baseline was written are left out.
    pub baseline: Option<String>,
}

/// Rules that are off in some files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerFileIgnore {
    /// A glob on the path from the project's root: `tests/**`, `*.ipynb`.
    pub pattern: String,
    /// Codes, prefixes or names.
    pub rules: Vec<String>,
}

/// Why settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError(pub String);

impl std::fmt::Display for SettingsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SettingsError {}

impl Settings {
    /// Reads the settings of a `pyproject.toml`; a file without the table has none.
    ///
    /// # Errors
    /// What is no TOML, an unknown setting, or one of another type.
    pub fn read(pyproject: &str) -> Result<Self, SettingsError> {
        let document = Document::parse(pyproject)
            .map_err(|error| SettingsError(format!("`pyproject.toml` is no TOML: {error}")))?;
        let mut settings = Self::default();
        let table = ["tool", "srcify", "check"]
            .iter()
            .try_fold(document.as_item(), |item, key| item.get(key))
            .and_then(Item::as_table_like);
        let Some(table) = table else {
            return Ok(settings);
        };
        for (key, item) in table.iter() {
            settings.set(key, item)?;
        }
        Ok(settings)
    }

    fn set(&mut self, key: &str, item: &Item) -> Result<(), SettingsError> {
        match key {
            "select" => self.select = strings(key, item)?,
            "extend-select" => self.extend_select = strings(key, item)?,
            "ignore" => self.ignore = strings(key, item)?,
            "exclude" => self.exclude = strings(key, item)?,
            "strict" => {
                self.strict = item
                    .as_bool()
                    .ok_or_else(|| wrong_type(key, "true or false"))?;
            }
            "baseline" => {
                let path = item.as_str().ok_or_else(|| wrong_type(key, "a path"))?;
                self.baseline = Some(path.to_owned());
            }
            "per-file-ignores" => {
                let table = item
                    .as_table_like()
                    .ok_or_else(|| wrong_type(key, "a table"))?;
                self.per_file_ignores = per_file_ignores(table)?;
            }
            _ => {
                return Err(SettingsError(format!(
                    "`tool.srcify.check.{key}` is no setting"
                )));
            }
        }
        Ok(())
    }
}

/// The JSON schema of `[tool.srcify]`, as `srcify.schema.json` holds it.
pub fn settings_schema() -> Value {
    let selectors = |text: &str| json!({"description": text, "type": "array", "items": {"$ref": "#/definitions/selector"}});
    let mut names = vec!["ALL".to_owned()];
    for rule in crate::rules::RULES {
        let family: String = rule.code.chars().take(3).collect();
        if !names.contains(&family) {
            names.push(family);
        }
    }
    let rules = crate::rules::RULES.iter();
    names.extend(rules.flat_map(|rule| [rule.code.to_owned(), rule.name.to_owned()]));
    let check = json!({
        "description": "What `srcify check` looks at.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "select": selectors("The rules that are on; default: all that are certain."),
            "extend-select": selectors("Rules that are on beside the selected ones."),
            "ignore": selectors("Rules that are off."),
            "strict": {"description": "Whether opinions are on, too.", "type": "boolean", "default": false},
            "per-file-ignores": {
                "description": "Rules that are off in some files: by glob on the path from the project's folder.",
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"$ref": "#/definitions/selector"}},
            },
            "exclude": {
                "description": "Globs of paths that are not looked at.",
                "type": "array",
                "items": {"type": "string"},
            },
            "baseline": {
                "description": "A file of known findings, from the project's folder. It only ever shrinks.",
                "type": "string",
            },
        },
    });
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The table [tool.srcify] of pyproject.toml",
        "type": "object",
        "properties": {"check": check},
        "definitions": {
            "selector": {
                "description": "A code, the beginning of one, a rule's name, or ALL.",
                "anyOf": [{"enum": names}, {"type": "string", "pattern": "^[A-Z]{3}[0-9]{0,2}$"}],
            },
        },
    })
}

fn per_file_ignores(table: &dyn TableLike) -> Result<Vec<PerFileIgnore>, SettingsError> {
    let entries = table.iter().map(|(pattern, item)| {
        Ok(PerFileIgnore {
            pattern: pattern.to_owned(),
            rules: strings("per-file-ignores", item)?,
        })
    });
    entries.collect()
}

fn strings(key: &str, item: &Item) -> Result<Vec<String>, SettingsError> {
    let error = || wrong_type(key, "a list of strings");
    let array = item.as_array().ok_or_else(error)?;
    array
        .iter()
        .map(|value| value.as_str().map(str::to_owned).ok_or_else(error))
        .collect()
}

fn wrong_type(key: &str, expected: &str) -> SettingsError {
    SettingsError(format!("`tool.srcify.check.{key}` is {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_without_the_table_has_the_defaults() {
        assert_eq!(
            Settings::read("[project]\nname = 'a'"),
            Ok(Settings::default())
        );
    }

    #[test]
    fn settings_are_read() {
        let text = "[tool.srcify.check]\nignore = ['DOC']\nstrict = true\nper-file-ignores = {'tests/**' = ['TYP']}";
        let settings = Settings::read(text).unwrap();
        assert!(settings.strict);
        assert_eq!(settings.ignore, ["DOC"]);
        assert_eq!(settings.per_file_ignores[0].pattern, "tests/**");
    }

    #[test]
    fn mistakes_are_named() {
        let unknown = Settings::read("[tool.srcify.check]\nselekt = []").unwrap_err();
        assert_eq!(unknown.0, "`tool.srcify.check.selekt` is no setting");
        let wrong = Settings::read("[tool.srcify.check]\nselect = 'DOC'").unwrap_err();
        assert_eq!(wrong.0, "`tool.srcify.check.select` is a list of strings");
    }
}
