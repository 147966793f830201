//! Sections of docstrings: what functions are given, and what comes back.

use std::collections::BTreeSet;

use super::columns::Columns;
use super::functions::Passage;
use super::nouns::Subject;
use super::sentence;
use super::summaries::{Described, joined, listed};
use super::words::{is_word, names_thing};

/// Columns of a line of a docstring, without its indentation.
const WIDTH: usize = 92;

impl Passage<'_> {
    /// The lines of `Args`, when there are columns to tell, and something to say of every parameter.
    pub(super) fn arguments(
        &self,
        parameters: &[Described<'_>],
        columns: &Columns,
    ) -> Option<String> {
        let has_columns = columns.read.values().any(|columns| !columns.is_empty());
        if !has_columns {
            return None;
        }
        let mut text = String::new();
        for parameter in parameters {
            let needed = columns
                .read
                .get(parameter.name)
                .filter(|columns| !columns.is_empty());
            let mut described = match &parameter.description {
                Some(description) => sentence(description),
                None => what_holds(parameter, self.subject),
            };
            if let Some(needed) = needed {
                let names: Vec<&str> = needed.iter().map(String::as_str).collect();
                let list = listed(&names, 12)
                    .unwrap_or_else(|| format!("{} columns that the code names", names.len()));
                let noun = if names.len() == 1 {
                    "column"
                } else {
                    "columns"
                };
                described = if names.len() > 12 {
                    format!("{} with the {}.", described.trim_end_matches('.'), list)
                } else {
                    format!(
                        "{} with the {noun} {list}.",
                        described.trim_end_matches('.')
                    )
                };
            }
            text.push_str(&item(&format!("{}: ", parameter.name), &described));
        }
        Some(text)
    }

    /// What comes back: a frame with columns that are new.
    pub(super) fn returns(&self, columns: &Columns) -> Option<String> {
        let [output] = self.outputs else {
            let phrases: Vec<String> = self
                .outputs
                .iter()
                .map(|it| {
                    let noun = self.subject.noun(it, (self.type_of)(it).as_ref());
                    if names_thing(&noun) && noun.split('_').all(is_word) {
                        format!("the {}", self.subject.words(&noun))
                    } else {
                        format!("`{it}`")
                    }
                })
                .collect();
            let distinct: BTreeSet<&String> = phrases.iter().collect();
            if distinct.len() < phrases.len() || phrases.is_empty() || phrases.len() > 4 {
                return None;
            }
            return Some(sentence(&joined(&phrases)));
        };
        let added = columns
            .added
            .get(output)
            .filter(|added| !added.is_empty())?;
        let names: Vec<&str> = added.iter().map(String::as_str).collect();
        let noun = self.subject.words(&self.subject.noun(output, None));
        let list = listed(&names, 8)?;
        let columns = if names.len() == 1 {
            "column"
        } else {
            "columns"
        };
        Some(format!(
            "The {noun}, with the {columns} {list} added or replaced."
        ))
    }
}

/// What a parameter holds, in a sentence.
pub(super) fn what_holds(parameter: &Described<'_>, subject: &Subject) -> String {
    let known = match parameter.name {
        "X" => "Features, a row for each case.",
        "y" => "Labels, in the order of the rows.",
        "X_train" | "x_train" => "Features of the rows to learn from.",
        "X_test" | "x_test" => "Features of the rows held out.",
        "y_train" => "Labels of the rows to learn from.",
        "y_test" => "Labels of the rows held out.",
        "y_pred" | "preds" | "predictions" | "pred" => "Predictions, in the order of the rows.",
        "proba" | "y_proba" | "probabilities" | "y_prob" => {
            "Predicted probabilities, in the order of the rows."
        }
        "clf" | "model" | "reg" | "estimator" => "The fitted model.",
        "rng" => "Generator of the random numbers.",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let noun = subject.words(&subject.noun(parameter.name, None));
    let short = parameter.annotation.rsplit('.').next().unwrap_or_default();
    let is_thing = names_thing(&noun.replace(' ', "_"));
    match short {
        "DataFrame" if !is_thing => format!("The {noun} table."),
        "Series" if !is_thing => format!("The {noun} series."),
        "ndarray" if !is_thing => format!("The {noun} array."),
        "DataFrame" if noun == "table" || noun == "data" => "The table.".to_owned(),
        // An abbreviation says nothing that the name does not say.
        "DataFrame" if noun == parameter.name && !is_word(&noun) => "The table.".to_owned(),
        "DataFrame" if noun == parameter.name && is_plural(&noun) => format!("Table of {noun}."),
        "DataFrame" if noun == parameter.name => format!("The {noun} table."),
        "Series" if noun == parameter.name && !is_word(&noun) => "The series.".to_owned(),
        "Series" if is_plural(&noun) => format!("Series of {noun}."),
        "Series" => format!("The {noun} series."),
        "ndarray" if noun == parameter.name && !is_word(&noun) => "The array.".to_owned(),
        "ndarray" if is_plural(&noun) => format!("Array of {noun}."),
        "ndarray" => format!("The {noun} array."),
        _ => format!("The {noun}."),
    }
}

/// Whether a noun stands for several: one of them makes no table.
fn is_plural(noun: &str) -> bool {
    noun.ends_with('s') && !noun.ends_with("ss")
}

/// The columns that tables must have, in a sentence.
pub(super) fn needs(parameters: &[Described<'_>], columns: &Columns) -> Option<String> {
    let mut parts = Vec::new();
    for parameter in parameters {
        let read = columns.read.get(parameter.name);
        let Some(needed) = read.filter(|columns| !columns.is_empty()) else {
            continue;
        };
        let names: Vec<&str> = needed.iter().map(String::as_str).collect();
        let noun = if names.len() == 1 {
            "column"
        } else {
            "columns"
        };
        parts.push(match listed(&names, 12) {
            Some(list) => format!("the {noun} {list} of `{}`", parameter.name),
            None => format!("{} columns of `{}`", names.len(), parameter.name),
        });
    }
    (!parts.is_empty()).then(|| sentence(&format!("Needs {}", joined(&parts))))
}

/// A paragraph of a docstring, wrapped.
pub(super) fn paragraph(text: &str) -> String {
    item("", text)
        .lines()
        .map(|line| format!("    {}\n", line.trim_start()))
        .collect::<Vec<_>>()
        .concat()
}

/// An item of a section, wrapped; `label` stands before its text.
pub(super) fn item(label: &str, text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = format!("        {label}");
    for (index, word) in text.split_whitespace().enumerate() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH && index > 0 {
            lines.push(std::mem::replace(&mut line, "            ".to_owned()));
        } else if index > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.join("\n") + "\n"
}
