//! Parameters that users tune, from `parameters.toml`: where they belong in the settings and what they mean.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

static PARAMETERS: LazyLock<Known> = LazyLock::new(|| read(include_str!("../parameters.toml")));

/// What the file holds.
struct Known {
    /// By the name of the parameter.
    anywhere: BTreeMap<String, Parameter>,
    /// By library and last name of what is called, and the parameter.
    calls: BTreeMap<(String, String), Tuned>,
}

/// Descriptions by qualified name of the callee, then by parameter; written by `xtask/parameter_docs.py`.
const DOCUMENTED: &str = include_str!("../parameter_docs.toml");

/// What the documentation says in another sentence than the first one, or less plainly: the end of the class's name, the
/// parameter, and what it means.
const PLAINLY: &[(&str, &str, &str)] = &[
    (
        "Vectorizer",
        "max_features",
        "Largest number of terms, the most frequent ones.",
    ),
    (
        "Vectorizer",
        "ngram_range",
        "Smallest and largest number of words in a term.",
    ),
    (
        "KNeighborsClassifier",
        "n_neighbors",
        "Number of neighbors that vote.",
    ),
    (
        "KNeighborsRegressor",
        "n_neighbors",
        "Number of neighbors that are averaged.",
    ),
];

/// What is known of a parameter, whatever function it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The field in the settings: `seed` for `random_state`.
    pub name: String,
    /// The concern it belongs to: `data`, `split`, `features`, `model`, `training`, `evaluation` or `output`.
    pub section: String,
    /// Its type, when libraries agree on one.
    pub annotation: Option<String>,
    /// One sentence with a full stop.
    pub description: String,
    /// Pydantic's `gt`, `ge`, `lt`, `le` with their numbers, for values that are numbers.
    pub bounds: Vec<(String, String)>,
}

/// What is known of a parameter of one function or method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tuned {
    /// The field in the settings.
    pub name: String,
    /// The concern it belongs to.
    pub section: String,
    /// One sentence with a full stop.
    pub description: String,
    /// Numbers that say what is done, not how much: no user tunes these.
    pub plain: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterFile {
    parameter: Vec<ParameterEntry>,
    call: Vec<CallEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CallEntry {
    of: String,
    parameter: String,
    name: Option<String>,
    section: String,
    description: String,
    #[serde(default)]
    plain: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterEntry {
    parameter: String,
    name: Option<String>,
    section: String,
    annotation: Option<String>,
    description: String,
    #[serde(default)]
    bounds: Vec<(String, String)>,
}

/// What is known of a parameter of this name: `n_estimators`, `test_size`.
pub fn lookup(parameter: &str) -> Option<&'static Parameter> {
    PARAMETERS.anywhere.get(parameter)
}

/// What is known of a parameter of this very function or method, `pandas.Series.rolling`, where users tune it.
pub fn tuned(callee: &str, parameter: &str) -> Option<&'static Tuned> {
    let library = callee.split('.').next()?;
    let method = callee.rsplit('.').next()?;
    let key = (format!("{library}.{method}"), parameter.to_owned());
    PARAMETERS.calls.get(&key)
}

/// Whether a parameter that the catalog lists among the settings of `callee` tunes what is computed, as its library's
/// documentation describes it. How much of the machine is used, and what is told on the way, changes no result.
pub fn is_documented_setting(callee: &str, parameter: &str) -> bool {
    !matches!(
        parameter,
        "n_jobs" | "verbose" | "verbosity" | "num_workers" | "pre_dispatch" | "batch_size"
    ) && describe(callee, parameter).is_some()
}

/// What a parameter means in one function, class or method, from the documentation of its library.
pub fn describe(callee: &str, parameter: &str) -> Option<String> {
    if let Some(text) = plainly(callee, parameter) {
        return Some(text.to_owned());
    }
    // A table of a few thousand entries, of which a program needs a handful: searched, not parsed.
    let start = DOCUMENTED.find(&format!("\n[\"{callee}\"]\n"))?;
    let mut lines = DOCUMENTED[start + 1..].lines().skip(1);
    let text = lines
        .by_ref()
        .take_while(|line| !line.is_empty())
        .find_map(|line| {
            line.split_once(" = ")
                .filter(|(name, _)| *name == parameter)
        })?
        .1;
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    if is_conversion(inner) {
        return None;
    }
    Some(inner.replace("\\\"", "\"").replace("\\\\", "\\"))
}

/// What a parameter means in our words.
fn plainly(callee: &str, parameter: &str) -> Option<&'static str> {
    let class = callee.rsplit('.').next().unwrap_or(callee);
    let is_it = |(end, name, _): &&(&str, &str, &str)| class.ends_with(end) && *name == parameter;
    PLAINLY.iter().find(is_it).map(|(_, _, text)| *text)
}

fn read(text: &str) -> Known {
    let file: ParameterFile =
        toml::from_str(text).expect("`parameters.toml` is embedded and read by a test");
    let mut known = Known {
        anywhere: BTreeMap::new(),
        calls: BTreeMap::new(),
    };
    for entry in file.parameter {
        let parameter = Parameter {
            name: entry.name.unwrap_or_else(|| entry.parameter.clone()),
            section: entry.section,
            annotation: entry.annotation,
            description: entry.description,
            bounds: entry.bounds,
        };
        known.anywhere.insert(entry.parameter, parameter);
    }
    for entry in file.call {
        let tuned = Tuned {
            name: entry.name.unwrap_or_else(|| entry.parameter.clone()),
            section: entry.section,
            description: entry.description,
            plain: entry.plain,
        };
        known.calls.insert((entry.of, entry.parameter), tuned);
    }
    known
}

/// Whether documentation says no more than that a value gets another type: it means what it meant before.
fn is_conversion(text: &str) -> bool {
    text.starts_with("Value to be converted")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_called_seed_whatever_the_library_calls_it() {
        for parameter in ["random_state", "seed", "random_seed"] {
            assert_eq!(lookup(parameter).unwrap().name, "seed");
        }
    }

    #[test]
    fn descriptions_are_sentences_and_sections_are_known() {
        let sections = [
            "data",
            "split",
            "features",
            "model",
            "training",
            "evaluation",
            "output",
        ];
        let known = &PARAMETERS.anywhere;
        assert!(known.len() > 180, "{}", known.len());
        for (name, parameter) in &PARAMETERS.anywhere {
            assert!(sections.contains(&parameter.section.as_str()), "{name}");
            assert!(parameter.description.ends_with('.'), "{name}");
            assert!(
                parameter.description.starts_with(char::is_uppercase),
                "{name}"
            );
        }
    }

    #[test]
    fn arguments_of_single_functions_are_described() {
        for ((of, parameter), tuned) in &PARAMETERS.calls {
            assert_eq!(of.split('.').count(), 2, "{of}");
            assert!(tuned.description.ends_with('.'), "{of}: {parameter}");
            assert!(tuned.plain.iter().all(|it| it.parse::<f64>().is_ok()));
        }
        let of = |callee: &str| tuned(callee, "window").map(|it| it.section.as_str());
        assert_eq!(of("pandas.core.generic.NDFrame.rolling"), Some("features"));
        assert_eq!(of("polars.Series.rolling"), None);
    }

    #[test]
    fn bounds_are_numbers_under_pydantics_names() {
        for (name, parameter) in &PARAMETERS.anywhere {
            for (bound, number) in &parameter.bounds {
                assert!(
                    ["gt", "ge", "lt", "le"].contains(&bound.as_str()),
                    "{name}: {bound}"
                );
                assert!(number.parse::<f64>().is_ok(), "{name}: {number}");
            }
        }
    }

    #[test]
    fn the_library_says_what_a_parameter_is_in_one_of_its_classes() {
        assert_eq!(
            describe("sklearn.ensemble.RandomForestClassifier", "n_estimators").as_deref(),
            Some("The number of trees in the forest.")
        );
        assert_eq!(
            describe("sklearn.ensemble.RandomForestClassifier", "frobnicate"),
            None
        );
        assert_eq!(describe("frobnicate", "n_estimators"), None);
    }

    #[test]
    fn documentation_is_sentences() {
        let table: BTreeMap<String, BTreeMap<String, String>> =
            toml::from_str(DOCUMENTED).expect("it is valid TOML");
        for (callee, texts) in table {
            for (name, text) in texts {
                assert!(
                    text.ends_with('.') && text.contains(' '),
                    "{callee}: {name}: {text}"
                );
                let plain = plainly(&callee, &name).map(str::to_owned);
                let told = plain.or_else(|| Some(text).filter(|it| !is_conversion(it)));
                assert_eq!(describe(&callee, &name), told, "{callee}: {name}");
            }
        }
    }

    #[test]
    fn an_unknown_parameter_has_no_description() {
        assert_eq!(lookup("frobnicate"), None);
    }
}
