//! `[tool.srcify.convert]` in `srcify.toml` or `pyproject.toml` beside the input: what the author wishes.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, anyhow, bail};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use srcify_effects::Overlay;

/// The author's settings for `convert` and `plan`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Name of the project.
    pub name: Option<String>,
    /// Names of jobs, by the file name of the input.
    pub jobs: BTreeMap<String, String>,
    /// Other names for functions that srcify names.
    pub names: BTreeMap<String, String>,
    /// Whether plots that are only shown stay.
    pub keep_plots: bool,
    /// Variables that stay in code, though they could be settings.
    pub in_code: BTreeSet<String>,
}

/// Reads the wishes that lie beside the first input.
///
/// # Errors
/// When a file cannot be read, or says what is no setting.
pub fn read(inputs: &[Utf8PathBuf]) -> anyhow::Result<Wishes> {
    let Some(first) = inputs.first() else {
        return Ok(Wishes::default());
    };
    let folder = folder_of(first);
    for file in ["srcify.toml", "pyproject.toml"] {
        let path = folder.join(file);
        if !path.is_file() {
            continue;
        }
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read `{path}`"))?;
        if let Some(table) = table_of(&path, &text)? {
            return parse(&path, &table);
        }
    }
    Ok(Wishes::default())
}

/// The folder of an input: itself, when it is one.
pub fn folder_of(input: &Utf8Path) -> Utf8PathBuf {
    match (input.is_dir(), input.parent()) {
        (true, _) => input.to_owned(),
        (false, Some(folder)) if !folder.as_str().is_empty() => folder.to_owned(),
        _ => Utf8PathBuf::new(),
    }
}

/// Reads `[tool.srcify.effects]` of the files in a folder: what the user says of libraries' functions.
///
/// # Errors
/// When a file cannot be read, or has an entry that does not fit.
pub fn effects_in(folder: &Utf8Path) -> anyhow::Result<Overlay> {
    let mut overlay = Overlay::default();
    for file in ["pyproject.toml", "srcify.toml"] {
        let path = folder.join(file);
        if !path.is_file() {
            continue;
        }
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read `{path}`"))?;
        if !text.contains("srcify") {
            continue; // what else it holds is not ours to judge
        }
        let found = Overlay::read(&text).map_err(|error| anyhow!("`{path}`: {error}"))?;
        overlay.extend(found);
    }
    Ok(overlay)
}

fn table_of(path: &Utf8Path, text: &str) -> anyhow::Result<Option<Value>> {
    let document: Value = toml::from_str(text).with_context(|| format!("`{path}` is not TOML"))?;
    let table = &document["tool"]["srcify"]["convert"];
    Ok((!table.is_null()).then(|| table.clone()))
}

fn parse(path: &Utf8Path, table: &Value) -> anyhow::Result<Wishes> {
    let Some(entries) = table.as_object() else {
        bail!("`tool.srcify.convert` of `{path}` is no table");
    };
    let mut wishes = Wishes::default();
    for (key, value) in entries {
        let fits = match key.as_str() {
            "name" => value
                .as_str()
                .map(|name| wishes.name = Some(name.to_owned())),
            "jobs" => texts(value).map(|jobs| wishes.jobs = jobs),
            "names" => texts(value).map(|names| wishes.names = names),
            "keep-plots" => value.as_bool().map(|keep| wishes.keep_plots = keep),
            "in-code" => list(value).map(|names| wishes.in_code = names),
            _ => bail!(
                "`tool.srcify.convert.{key}` of `{path}` is no setting; there are `name`, `jobs`, `names`, `keep-plots` and `in-code`"
            ),
        };
        if fits.is_none() {
            bail!("`tool.srcify.convert.{key}` of `{path}` has a value of another kind");
        }
    }
    for name in wishes.jobs.values().chain(wishes.names.values()) {
        if !srcify_plan::is_name(name) {
            bail!("`{name}` in `{path}` is no name; use lower case, digits and `_`");
        }
    }
    Ok(wishes)
}

fn texts(value: &Value) -> Option<BTreeMap<String, String>> {
    let entries = value.as_object()?.iter();
    entries
        .map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect()
}

fn list(value: &Value) -> Option<BTreeSet<String>> {
    let items = value.as_array()?.iter();
    items.map(|item| item.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> anyhow::Result<Wishes> {
        let path = Utf8Path::new("srcify.toml");
        let table = table_of(path, text)?.context("there is no table")?;
        parse(path, &table)
    }

    #[test]
    fn every_setting_is_read() {
        let text = "[tool.srcify.convert]\nname = \"shop\"\nkeep-plots = true\nin-code = [\"SEED\"]\njobs = {\"a.py\" = \"train\"}\nnames = {fit_model = \"fit_churn\"}\n";
        let wishes = parsed(text).unwrap();
        assert_eq!(wishes.name.as_deref(), Some("shop"));
        assert_eq!(wishes.jobs["a.py"], "train");
        assert_eq!(wishes.names["fit_model"], "fit_churn");
        assert!(wishes.keep_plots && wishes.in_code.contains("SEED"));
    }

    #[test]
    fn mistakes_are_named() {
        for (text, part) in [
            ("nam = \"x\"", "tool.srcify.convert.nam"),
            ("name = 3", "another kind"),
            ("jobs = {\"a.py\" = \"Run it\"}", "is no name"),
        ] {
            let error = parsed(&format!("[tool.srcify.convert]\n{text}\n")).unwrap_err();
            assert!(error.to_string().contains(part), "{error}");
        }
    }
}
