//! `srcify convert --observe`: what one run of the input shows.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use serde_json::Value;
use srcify_effects::Type;
use srcify_plan::{Dependency, Observed, Start};
use srcify_syntax::Reading;

use crate::commands::verify;

/// Running the input before it is converted.
#[derive(Debug, Clone, Args)]
pub struct ObserveArgs {
    /// Run the input once first, and use what it shows: types, columns, versions; then verify, and record the results
    #[arg(long)]
    pub observe: bool,
    /// Where the input's libraries are installed, to read the types that they declare: an interpreter, an environment or a
    /// folder of packages; `auto` for the active environment or `.venv`. Nothing of it runs, but with `--observe`: then it
    /// is the interpreter that runs the input; default for that: the active environment, `python3`
    #[arg(long, value_name = "PATH")]
    pub python: Option<Utf8PathBuf>,
    /// Seconds that each run may take
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 600,
        requires = "observe"
    )]
    pub timeout: u64,
    /// Keep the runs from the network
    #[arg(long, requires = "observe")]
    pub offline: bool,
}

/// What a run showed.
pub struct Observation {
    /// For the plan.
    pub observed: Observed,
    /// Distribution and version by imported module.
    versions: BTreeMap<String, (String, String)>,
}

/// Runs the input, and reads what it showed.
pub fn observe(
    input: &Utf8Path,
    reading: Reading,
    arguments: &ObserveArgs,
) -> anyhow::Result<Observation> {
    let learnt = verify::learn(input, reading, arguments)?;
    if let Some(failure) = &learnt.failure {
        let place = match (failure.cell, failure.line) {
            (Some(cell), Some(line)) => format!("cell {cell}, line {line}: "),
            (None, Some(line)) => format!("line {line}: "),
            _ => String::new(),
        };
        anstream::eprintln!(
            "the input ended early; what it showed up to there is used\n  {place}{}: {}",
            failure.kind,
            failure.message
        );
    }
    if learnt.facts.is_null() {
        bail!("the run of the input showed nothing; convert it without `--observe`");
    }
    read(&learnt.facts).context("the record of the run cannot be read")
}

impl Observation {
    /// Gives each dependency the minor version with which the input ran.
    pub fn pin(&self, dependencies: &mut [Dependency]) {
        for dependency in dependencies {
            let seen = self.versions.get(&dependency.module);
            if let Some((_, version)) = seen
                && dependency.specifier.is_empty()
                && let Some(minor) = minor_version(version)
            {
                dependency.specifier = format!("=={minor}.*");
            }
        }
    }
}

/// `2.3` of `2.3.3`; nothing of what is no plain version.
fn minor_version(version: &str) -> Option<String> {
    let mut parts = version.split('.');
    let (major, minor) = (parts.next()?, parts.next()?);
    let is_plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    (is_plain(major) && is_plain(minor)).then(|| format!("{major}.{minor}"))
}

fn read(facts: &Value) -> Option<Observation> {
    let mut observed = Observed::default();
    for entry in facts["expressions"].as_array()? {
        let extent = (start_of(entry)?, number(&entry[3])?, number(&entry[4])?);
        observed.expressions.insert(extent, type_of(&entry[5])?);
    }
    for entry in facts["statements"].as_array()? {
        observed
            .statements
            .insert(start_of(entry)?, types_of(&entry[3])?);
    }
    for entry in facts["frames"].as_array()? {
        let key = (start_of(entry)?, entry[3].as_str()?.to_owned());
        observed.looks.insert(key, entry[4].as_str()?.to_owned());
    }
    for (name, entry) in facts["functions"].as_object()? {
        let types = (types_of(&entry["parameters"])?, type_of(&entry["returns"]));
        observed.functions.insert(name.clone(), types);
    }
    let versions = facts["versions"]
        .as_object()?
        .iter()
        .filter_map(|(module, entry)| {
            let known = (entry[0].as_str()?.to_owned(), entry[1].as_str()?.to_owned());
            Some((module.clone(), known))
        });
    Some(Observation {
        observed,
        versions: versions.collect(),
    })
}

fn start_of(entry: &Value) -> Option<Start> {
    Some((number(&entry[0]), number(&entry[1])?, number(&entry[2])?))
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}

fn types_of(value: &Value) -> Option<BTreeMap<String, Type>> {
    let types = value.as_object()?.iter();
    Some(
        types
            .filter_map(|(name, tree)| Some((name.clone(), type_of(tree)?)))
            .collect(),
    )
}

fn type_of(tree: &Value) -> Option<Type> {
    let arguments = tree["arguments"].as_array()?.iter().map(type_of);
    Some(Type::generic(
        tree["name"].as_str()?,
        arguments.collect::<Option<_>>()?,
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_record_gives_types_by_place_looks_and_versions() {
        let list = json!({"name": "list", "arguments": [{"name": "int", "arguments": []}]});
        let facts = json!({
            "expressions": [[2, 1, 5, 1, 9, list]],
            "statements": [[2, 1, 1, {"x": list}]],
            "frames": [[2, 1, 1, "df", "3 rows of a (int64)"]],
            "functions": {"f": {"parameters": {"x": list}, "returns": null}},
            "versions": {"sklearn": ["scikit-learn", "1.9.1"]},
        });
        let observation = read(&facts).unwrap();
        let observed = &observation.observed;
        let expected = Type::generic("list", vec![Type::new("int")]);
        assert_eq!(observed.expressions[&((Some(2), 1, 5), 1, 9)], expected);
        assert_eq!(observed.statements[&(Some(2), 1, 1)]["x"], expected);
        assert_eq!(observed.functions["f"].0["x"], expected);
        assert_eq!(observed.looks.len(), 1);
        let mut dependencies = [Dependency {
            distribution: "scikit-learn".to_owned(),
            specifier: String::new(),
            module: "sklearn".to_owned(),
            stubs: None,
            typed: false,
            is_for_checkers: false,
        }];
        observation.pin(&mut dependencies);
        assert_eq!(dependencies[0].specifier, "==1.9.*");
    }

    #[test]
    fn odd_versions_pin_nothing() {
        assert_eq!(minor_version("2.3.3").as_deref(), Some("2.3"));
        assert_eq!(minor_version("2024a.1"), None);
        assert_eq!(minor_version("7"), None);
    }
}
