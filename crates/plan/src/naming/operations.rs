//! What calls of libraries do to tables, in words.

use srcify_effects::Callee;

use super::functions::Passage;
use super::set_columns::is_of_column;
use super::summaries::capital;
use super::verbs::verb_of_call;

impl Passage<'_> {
    /// What known methods do to a frame, in order: "drop duplicated rows".
    pub(super) fn operations(&self) -> Vec<&'static str> {
        let mut found: Vec<&str> = Vec::new();
        for call in self.graph.calls_in_any(self.ranges) {
            let name = match &call.callee {
                Callee::Library(name) => name.rsplit('.').next().unwrap_or(name),
                _ => continue,
            };
            // `table["age"].dropna()` leaves the rows of the table alone.
            let is_column = name == "dropna" && is_of_column(self.program.text(call.function));
            let drops_columns = || {
                let text = self.program.text(call.range).replace(' ', "");
                text.contains("axis=1") || text.contains("columns=")
            };
            let known = match &call.callee {
                Callee::Library(path) if TRANSFORMING.contains(&name) => {
                    verb_of_call(path).and_then(|(_, it)| transformation(it.verb))
                }
                _ => None,
            };
            if let Some(phrase) = known {
                if !found.contains(&phrase) {
                    found.push(phrase);
                }
            } else if name == "drop" && drops_columns() {
                if !found.contains(&DROPS) {
                    found.push(DROPS);
                }
            } else if let Some((_, phrase)) = OPERATIONS.iter().find(|(method, _)| *method == name)
                && !is_column
                && !found.contains(phrase)
            {
                found.push(phrase);
            }
        }
        found
    }
}

/// What methods of frames do.
const OPERATIONS: &[(&str, &str)] = &[
    ("drop_duplicates", "drop repeated rows"),
    ("dropna", "drop rows with missing values"),
    ("fillna", "fill missing values"),
    ("ffill", "fill missing values forward"),
    ("bfill", "fill missing values backward"),
    ("interpolate", "interpolate missing values"),
    ("to_numeric", "turn text into numbers"),
    ("to_datetime", "parse dates"),
    ("get_dummies", "make a column of each category"),
    ("factorize", "number the categories"),
    ("merge", "join the tables"),
    ("concat", "put the parts together"),
    ("concatenate", "put the arrays together"),
    ("vstack", "stack the rows"),
    ("hstack", "put the columns side by side"),
    ("column_stack", "put the columns side by side"),
    ("groupby", "aggregate by group"),
    ("pivot_table", "pivot the table"),
    ("value_counts", "count the values"),
    ("crosstab", "cross-tabulate"),
    ("cut", "cut values into bands"),
    ("qcut", "cut values into quantiles"),
    ("rename", "rename columns"),
    ("set_index", "set the index"),
    ("resample", "resample by time"),
    ("fit_transform", "fit and apply the transformation"),
    ("add_constant", "add a constant"),
    ("fit_resample", "resample the classes"),
];

/// What `drop(columns=…)` does.
pub(super) const DROPS: &str = "drop columns";

/// Methods that apply a transformer.
const TRANSFORMING: &[&str] = &["fit_transform", "transform", "fit_resample", "fit_predict"];

/// What a transformer does to the data, by its verb.
fn transformation(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "scale" => "scale the features",
        "encode" => "encode the categories",
        "impute" => "fill missing values",
        "vectorize" => "turn text into features",
        "project" => "project the features onto components",
        "resample" => "resample the classes",
        "cluster" => "assign rows to clusters",
        "detect" => "detect outliers",
        _ => return None,
    })
}

/// Operations as one sentence; `None` where there are none.
pub(super) fn listed_words(operations: &[&str], most: usize) -> Option<String> {
    let shown = &operations[..operations.len().min(most)];
    let (last, first) = shown.split_last()?;
    let text = if first.is_empty() {
        (*last).to_owned()
    } else if shown.iter().any(|it| it.contains(" and ")) {
        format!("{}, then {last}", first.join(", "))
    } else {
        format!("{} and {last}", first.join(", "))
    };
    Some(capital(&text))
}
