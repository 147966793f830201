//! What the package says of itself: `srcify-report.json`, written by `srcify convert`.

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

/// What a package promises: where it came from, and where it holds the input's values.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contract {
    /// In order; empty when unknown.
    pub inputs: Vec<InputEntry>,
    /// The import name.
    pub package: Option<String>,
    /// Names of the jobs, in order.
    pub jobs: Vec<String>,
    /// By name of the input: `module`, `function` and `result` that hold it.
    pub names: Map<String, Value>,
    /// The environment variables from which the package reads secrets.
    pub secrets: Vec<String>,
    /// Whether statements that only draw a shown figure are not in the package.
    pub drawing_left_out: bool,
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

    /// Reads the contract in a report's text; whatever is missing or malformed is unknown.
    pub fn parse(text: &str) -> Self {
        let report: Value = serde_json::from_str(text).unwrap_or(Value::Null);
        let list = |key: &str| report[key].as_array().cloned().unwrap_or_default();
        Self {
            inputs: list("inputs").iter().filter_map(parse_input).collect(),
            package: report["package"].as_str().map(ToOwned::to_owned),
            jobs: list("jobs")
                .iter()
                .filter_map(|job| job["name"].as_str().map(ToOwned::to_owned))
                .collect(),
            names: parse_names(&report["names"]),
            secrets: list("secrets")
                .iter()
                .filter_map(|name| name.as_str().map(ToOwned::to_owned))
                .collect(),
            drawing_left_out: list("statements").iter().any(|statement| {
                let reason = statement["reason"].as_str().unwrap_or_default();
                statement["rung"] == "dropped" && reason.contains("figure")
            }),
        }
    }
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
        .filter(|(_, target)| target["module"].is_string() && target["function"].is_string())
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
        assert_eq!(contract.jobs, ["training"]);
        assert_eq!(contract.inputs[0].path, "nb.ipynb");
        assert_eq!(contract.inputs[0].order, Some(vec![2, 1]));
        assert!(contract.names.contains_key("X"));
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
