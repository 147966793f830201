//! What the package says of itself: `srcify-report.json`, written by `srcify convert`.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value};

/// An input as the report names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputEntry {
    /// As it was given to `convert`.
    pub path: Utf8PathBuf,
    /// Numbers of the cells in the order in which they run; the document's order when absent.
    pub order: Option<Vec<u64>>,
}

/// A job as the report names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobEntry {
    /// Its name: what the command line is given, with hyphens, when there are several.
    pub name: String,
    /// The input that it was made of, as it was given to `convert`.
    pub input: Option<Utf8PathBuf>,
}

/// What a package promises: where it came from, and where it holds the input's values.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contract {
    /// In order; empty when unknown.
    pub inputs: Vec<InputEntry>,
    /// The import name.
    pub package: Option<String>,
    /// In order.
    pub jobs: Vec<JobEntry>,
    /// By variable of the input: `module`, `function` and `result` or `local` that hold it.
    pub names: Map<String, Value>,
    /// The same for each of several inputs, by its path.
    pub names_by_input: BTreeMap<Utf8PathBuf, Map<String, Value>>,
    /// The environment variables from which the package reads secrets.
    pub secrets: Vec<String>,
    /// Whether statements that only draw a shown figure are not in the package.
    pub drawing_left_out: bool,
    /// Attributes that objects of the author's classes hold only in the package, by class: settings that methods read.
    pub handed: Value,
}

impl Contract {
    /// The name of the file in the package's folder.
    pub const FILE: &'static str = "srcify-report.json";

    /// Reads the contract of the package in `folder`; whatever is missing or malformed is unknown.
    pub fn read(folder: &Utf8Path) -> Self {
        match std::fs::read_to_string(folder.join(Self::FILE)) {
            Ok(text) => Self::parse(&text),
            Err(_) => Self::default(),
        }
    }

    /// What the command line is given for each job, with the position of its input among `inputs`: in their order.
    ///
    /// One job needs no word. A job of an unknown input belongs to the first, one of another input to none.
    pub(crate) fn jobs_of(
        &self,
        inputs: &[Utf8PathBuf],
    ) -> impl Iterator<Item = (usize, Vec<String>)> {
        let mut jobs = Vec::new();
        for job in &self.jobs {
            let position = match &job.input {
                Some(path) => inputs.iter().position(|input| input.ends_with(path)),
                None => Some(0),
            };
            let word = (self.jobs.len() > 1).then(|| job.name.replace('_', "-"));
            if let Some(position) = position.or((self.jobs.len() == 1).then_some(0)) {
                jobs.push((position, word.into_iter().collect()));
            }
        }
        if self.jobs.is_empty() {
            jobs.push((0, Vec::new()));
        }
        jobs.sort_by_key(|(position, _)| *position);
        jobs.into_iter()
    }

    /// Where the package holds the variables of an input.
    pub(crate) fn names_of(&self, input: &Utf8Path) -> &Map<String, Value> {
        let mut own = self.names_by_input.iter();
        own.find(|(path, _)| input.ends_with(path))
            .map_or(&self.names, |(_, names)| names)
    }

    /// Reads the contract in a report's text; whatever is missing or malformed is unknown.
    pub fn parse(text: &str) -> Self {
        let report: Value = serde_json::from_str(text).unwrap_or(Value::Null);
        let list = |key: &str| report[key].as_array().cloned().unwrap_or_default();
        Self {
            inputs: list("inputs").iter().filter_map(parse_input).collect(),
            package: report["package"].as_str().map(ToOwned::to_owned),
            jobs: list("jobs").iter().filter_map(parse_job).collect(),
            names_by_input: list("inputs")
                .iter()
                .filter(|entry| entry["names"].is_object())
                .filter_map(|entry| {
                    Some((entry["path"].as_str()?.into(), parse_names(&entry["names"])))
                })
                .collect(),
            names: parse_names(&report["names"]),
            secrets: list("secrets")
                .iter()
                .filter_map(|name| name.as_str().map(ToOwned::to_owned))
                .collect(),
            handed: report["handed"].clone(),
            drawing_left_out: list("statements").iter().any(|statement| {
                let reason = statement["reason"].as_str().unwrap_or_default();
                statement["rung"] == "dropped" && reason.contains("figure")
            }),
        }
    }
}

fn parse_job(entry: &Value) -> Option<JobEntry> {
    Some(JobEntry {
        name: entry["name"].as_str()?.to_owned(),
        input: entry["input"].as_str().map(Utf8PathBuf::from),
    })
}

fn parse_input(entry: &Value) -> Option<InputEntry> {
    let path = entry.as_str().or_else(|| entry["path"].as_str())?;
    let order = entry["order"]
        .as_array()
        .map(|numbers| numbers.iter().filter_map(Value::as_u64).collect());
    Some(InputEntry {
        path: Utf8PathBuf::from(path),
        order,
    })
}

/// Entries without a module and a function say nothing.
fn parse_names(names: &Value) -> Map<String, Value> {
    let Some(names) = names.as_object() else {
        return Map::new();
    };
    names
        .iter()
        .filter(|(_, target)| {
            let is_held = target["module"].is_string() && target["function"].is_string();
            is_held || target["left_out"] == true
        })
        .map(|(name, target)| (name.clone(), target.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_gives_inputs_jobs_and_names() {
        let contract = Contract::parse(
            r#"{"inputs": [{"path": "nb.ipynb", "order": [2, 1]}], "package": "churn",
                "jobs": [{"name": "training", "module": "m", "function": "f"}],
                "names": {"X": {"module": "churn.domain.features", "function": "build", "result": 0}}}"#,
        );
        assert_eq!(contract.package.as_deref(), Some("churn"));
        assert_eq!(contract.jobs[0].name, "training");
        assert_eq!(contract.inputs[0].path, "nb.ipynb");
        assert_eq!(contract.inputs[0].order, Some(vec![2, 1]));
        assert!(contract.names.contains_key("X"));
    }

    #[test]
    fn several_inputs_have_jobs_and_names_of_their_own() {
        let contract = Contract::parse(
            r#"{"inputs": [{"path": "a/prepare.py"}, {"path": "fit.ipynb",
                            "names": {"X": {"module": "m", "function": "f", "local": "X"}}}],
                "jobs": [{"name": "fit", "input": "fit.ipynb"}, {"name": "prepare", "input": "a/prepare.py"}]}"#,
        );
        let found = vec!["/copy/a/prepare.py".into(), "/copy/fit.ipynb".into()];
        let jobs: Vec<_> = contract.jobs_of(&found).collect();
        assert_eq!(
            jobs,
            [(0, vec!["prepare".to_owned()]), (1, vec!["fit".to_owned()])]
        );
        assert!(
            contract
                .names_of("/copy/fit.ipynb".into())
                .contains_key("X")
        );
        assert!(contract.names_of("/copy/a/prepare.py".into()).is_empty());
    }

    #[test]
    fn what_is_missing_or_malformed_is_unknown() {
        assert_eq!(Contract::parse(""), Contract::default());
        assert_eq!(
            Contract::parse(r#"{"inputs": 3, "names": {"x": 1}}"#),
            Contract::default()
        );
    }
}
