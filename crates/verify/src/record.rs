//! What was observed, kept as a test of the package.

use camino::Utf8PathBuf;
use serde_json::Value;

use crate::{Package, Status, Verdict};

/// The test, with `PACKAGE` for the package's name.
const TEST: &str = include_str!("../python/test_equivalence.py");
/// What stands before the tests of single functions.
const CALLS: &str = "# CALLS\n";

/// The files of a test that holds the package to what was observed; `None` when the package is not the input's equal.
pub fn equivalence_test(
    verdict: &Verdict,
    package: &Package,
) -> Option<Vec<(Utf8PathBuf, String)>> {
    if verdict.status() != Status::Equal {
        return None;
    }
    let golden = verdict.golden.as_ref()?;
    Some(vec![
        (
            Utf8PathBuf::from("tests/golden/equivalence.json"),
            format!("{golden:#}\n"),
        ),
        (
            Utf8PathBuf::from("tests/test_equivalence.py"),
            test_text(golden, &package.name),
        ),
    ])
}

fn test_text(golden: &Value, package: &str) -> String {
    let variable = format!("{}_DATA", package.to_uppercase());
    let text = TEST
        .replace("PACKAGE_DATA", &variable)
        .replace("\"PACKAGE\"", &format!("\"{package}\""));
    let has_calls = golden["calls"].as_array().is_some_and(|it| !it.is_empty());
    match text.split_once(CALLS) {
        Some((runs, calls)) if has_calls => format!("{runs}{calls}"),
        Some((runs, _)) => {
            let text = format!("{}\n", runs.trim_end());
            text.replace("import importlib\n", "")
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Failure;

    fn package() -> Package {
        Package {
            root: Utf8PathBuf::from("churn"),
            source: Utf8PathBuf::from("churn/src"),
            name: "churn".to_owned(),
        }
    }

    fn files(calls: &Value) -> Vec<(Utf8PathBuf, String)> {
        let verdict = Verdict {
            golden: Some(json!({ "calls": calls })),
            ..Verdict::default()
        };
        equivalence_test(&verdict, &package()).unwrap()
    }

    #[test]
    fn the_test_names_the_package_and_holds_no_placeholder() {
        let files = files(&json!([]));
        assert_eq!(files[0].0, "tests/golden/equivalence.json");
        let test = &files[1].1;
        assert!(test.contains("\"churn\", *arguments"), "{test}");
        assert!(test.contains("CHURN_DATA"), "{test}");
        assert!(!test.contains("PACKAGE"), "{test}");
    }

    #[test]
    fn functions_are_tested_when_calls_were_recorded() {
        let call =
            json!([{"function": "churn.domain.features:band", "arguments": {}, "result": 1}]);
        let with = &files(&call)[1].1;
        let without = &files(&json!([]))[1].1;
        assert!(with.contains("importlib") && with.contains("parametrize"));
        assert!(!without.contains("importlib") && !without.contains("parametrize"));
        assert!(!with.contains("CALLS"));
    }

    #[test]
    fn nothing_is_recorded_of_a_package_that_is_not_equal() {
        let mut verdict = Verdict {
            golden: Some(json!({ "calls": [] })),
            ..Verdict::default()
        };
        verdict.package.failure = Some(Failure::default());
        assert_eq!(equivalence_test(&verdict, &package()), None);
    }
}
