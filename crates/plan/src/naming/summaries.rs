//! Docstrings of functions that are cut out of the input.

use std::collections::BTreeSet;

use srcify_effects::Callee;

use super::columns::{Columns, columns_of};
use super::functions::{PLAIN_VERB, Passage, class_words};
use super::nouns::{Subject, is_plain_frame, spelled_out};
use super::shared::shared_noun;
use super::titles::Title;
use super::topics::{under_heading, under_topic};
use super::verbs::main_call;
use super::words::{is_word, names_thing};
use super::{sentence, snake};

/// A parameter, for the docstring.
pub(crate) struct Described<'a> {
    pub name: &'a str,
    pub annotation: &'a str,
    /// What is known of it: the description of a setting.
    pub description: Option<String>,
}

/// Characters of a summary, without its final stop.
pub(super) const SUMMARY: usize = 84;
/// Columns of a line of a docstring, without its indentation.
const WIDTH: usize = 92;

impl Passage<'_> {
    /// The text of the docstring, without quotes; lines after the first are indented by four spaces.
    pub(crate) fn docstring(
        &self,
        title: Option<&Title>,
        topic: Option<&Title>,
        parameters: &[Described<'_>],
    ) -> String {
        let frames: BTreeSet<String> = parameters
            .iter()
            .filter(|it| it.annotation.ends_with("DataFrame"))
            .map(|it| it.name.to_owned())
            .collect();
        let statements = self.units.iter().map(|unit| self.program.statement(*unit));
        let columns = columns_of(statements, &frames);
        let summary = title
            .filter(|title| {
                title.says_more() && !title.text.contains(" / ") && !is_remark(&title.text)
            })
            .map_or_else(
                || under_topic(topic, self.summary(parameters, &columns)),
                |title| {
                    if title.is_imperative {
                        return sentence(&title.text);
                    }
                    under_heading(&title.text, &self.summary(parameters, &columns))
                },
            );
        let mut text = summary;
        let is_told = |it: &Described<'_>| {
            it.description.is_some() || {
                let holds = what_holds(it, self.subject).to_lowercase();
                let own = it.name.replace('_', " ").to_lowercase();
                holds != format!("the {own}.") || it.annotation.ends_with("DataFrame")
            }
        };
        if !parameters.iter().all(is_told) {
            if let Some(needs) = needs(parameters, &columns) {
                text.push_str(&format!("\n\n{}    ", paragraph(&needs)));
            }
        } else if let Some(arguments) = self.arguments(parameters, &columns) {
            text.push_str("\n\n    Args:\n");
            text.push_str(&arguments);
            if let Some(returns) = self.returns(&columns) {
                text.push_str("\n    Returns:\n");
                text.push_str(&item("", &returns));
            }
            text.push_str("    ");
        }
        text
    }

    /// What the statements do, in a sentence of ours.
    fn summary(&self, parameters: &[Described<'_>], columns: &Columns) -> String {
        let is_result = |name: &str| self.outputs.iter().any(|it| it == name);
        let data: Vec<&str> = parameters
            .iter()
            .filter(|it| it.description.is_none() && !is_result(it.name))
            .map(|it| it.name)
            .collect();
        let phrase = |preposition: &str, data: &[&str]| {
            if data.is_empty() || data.len() > 2 {
                return String::new();
            }
            format!(" {preposition} {}", joined(&self.spoken_names(data)))
        };
        let of = |preposition: &str| phrase(preposition, &data);
        let results = self.results_in_words();
        let verb = self.verb().verb;
        if let Some(text) = self.lines_in_words(verb, &data) {
            return text;
        }
        let text = match verb {
            "fit" | "tune" => {
                let given = self.given_data(parameters);
                let data: Vec<&str> = given.names.iter().map(String::as_str).collect();
                let model = self.fitted_class().map(|class| {
                    if given.has_model {
                        format!("the {class}")
                    } else {
                        with_article(&class)
                    }
                });
                match model {
                    Some(model) if verb == "fit" => format!("Fit {model}{}", phrase("to", &data)),
                    Some(model) => format!(
                        "Search for the best settings with {model}{}",
                        phrase("on", &data)
                    ),
                    None => format!("Fit {results}{}", phrase("to", &data)),
                }
            }
            "split" => format!("Hold out a part of the {} for testing", self.split_noun()),
            "evaluate" => format!("Measure {results}{}", of("on")),
            "predict" if results.contains("predict") => {
                format!("Compute {results}{}", of("from"))
            }
            "predict" => format!("Predict {results}{}", of("from")),
            "load" => format!("Load {results} from {}", self.source()),
            "simulate" => format!("Draw {results} at random"),
            "build" => match self.built_class() {
                Some(class) => format!("Set up {}", with_article(&class)),
                None => format!("Create {results}{}", of("from")),
            },
            "select" | PLAIN_VERB if self.kept_rows().is_some() => {
                format!("Keep the rows {}", self.kept_rows().unwrap_or_default())
            }
            "select" if !data.is_empty() => format!("Take {results}{}", of("out of")),
            "rank" => self
                .operations_in_words(columns)
                .unwrap_or_else(|| format!("Order {}{}", self.ordered(&results), of("from"))),
            _ => {
                let list = self.operations_in_words(columns);
                list.unwrap_or_else(|| self.told_in_words(verb, &results, &of("from")))
            }
        };
        let fits = |it: &String| it.chars().count() < SUMMARY;
        let told = capital(if verb == "evaluate" { "measure" } else { verb });
        let names: Vec<&str> = self.outputs.iter().map(String::as_str).collect();
        let last = self.spoken_names(&names).pop().unwrap_or_default();
        let last = format!("{told} {last} and intermediate results");
        let mut shorter = [text, format!("{told} {results}"), last].into_iter();
        let text = shorter.find(fits);
        sentence(&text.unwrap_or_else(|| format!("{told} the results")))
    }

    /// "Compute the fevd from `res`": what becomes of what, by the verb for it.
    fn told_in_words(&self, verb: &'static str, results: &str, from: &str) -> String {
        let verb = self.last_told(verb);
        let shows = matches!(verb, "plot" | "report" | "write");
        let text = if shows && self.outputs.len() > 3 {
            format!("{} the results", capital(verb))
        } else {
            format!("{} {results}{from}", capital(verb))
        };
        // What the verb says already needs no second word.
        let says_more = |call: &&str| {
            let first = snake(call);
            let first = first.split('_').next().unwrap_or_default();
            !verb.starts_with(first) && !text.contains(*call)
        };
        let call = self.deciding_call().filter(says_more);
        let call = call.filter(|_| self.outputs.len() == 1);
        let with = call.map(|it| format!("{text} with `{it}`"));
        with.filter(|it| it.chars().count() < SUMMARY)
            .unwrap_or(text)
    }

    /// What only lines of text come of, and tests of hypotheses.
    fn lines_in_words(&self, verb: &str, data: &[&str]) -> Option<String> {
        if verb == "assess" {
            return self.assessment_summary();
        }
        let is_it = verb == PLAIN_VERB && self.only_describes();
        (is_it && !data.is_empty() && data.len() < 4).then(|| {
            let names = joined(&self.spoken_names(data));
            sentence(&format!("Describe {names}, line by line"))
        })
    }

    /// A better verb than the plain one for what is made last.
    fn last_told(&self, verb: &'static str) -> &'static str {
        let mut outputs = self.outputs.iter();
        let written = outputs.find(|it| self.subject.written_to(it).is_some());
        let last = written.or(self.outputs.last());
        last.and_then(|it| self.told(verb, it)).unwrap_or(verb)
    }

    /// "Add the columns `a` and `b`": for statements that do no more than that to a table.
    pub(super) fn added_columns(&self, columns: &Columns) -> Option<String> {
        let frame = self.changed_frame()?;
        let added = columns.added.get(&frame)?;
        let names: Vec<&str> = added.iter().map(String::as_str).collect();
        let noun = if names.len() == 1 {
            "column"
        } else {
            "columns"
        };
        let text = format!("Add the {noun} {}", listed(&names, 4)?);
        (text.chars().count() < SUMMARY).then_some(text)
    }

    /// The only function of a library that the statements call, where its name says something.
    fn deciding_call(&self) -> Option<&str> {
        let calls = self.graph.calls_in_any(self.ranges);
        let mut names: Vec<&str> = calls
            .into_iter()
            .filter_map(|call| match &call.callee {
                Callee::Library(name) => name.rsplit('.').next(),
                _ => None,
            })
            .filter(|name| name.len() > 3 && !PLAIN_CALLS.contains(name))
            .collect();
        names.dedup();
        match names[..] {
            [one] if one.starts_with(char::is_lowercase) => Some(one),
            _ => None,
        }
    }

    /// What variables hold, in words, where their names are words; else the names.
    pub(super) fn spoken_names(&self, names: &[&str]) -> Vec<String> {
        let noun = |name: &str| {
            let lower = snake(name);
            let is_own = lower.split('_').all(|it| is_word(&spelled_out(it)));
            let is_known = is_own || self.subject.written_to(name).is_some();
            (is_known || is_plain_frame(&lower))
                .then(|| self.subject.noun(name, (self.type_of)(name).as_ref()))
        };
        let phrases: Vec<Option<String>> = names
            .iter()
            .map(|name| noun(name).filter(|it| it.split('_').all(is_word)))
            .collect();
        let is_clear = |phrase: &Option<String>| {
            phrase.is_some() && phrases.iter().filter(|it| *it == phrase).count() == 1
        };
        let spoken = |(name, phrase): (&&str, &Option<String>)| match phrase {
            Some(words) if is_clear(phrase) && names_thing(words) => {
                format!("the {}", words.replace('_', " "))
            }
            _ => format!("`{name}`"),
        };
        names.iter().zip(&phrases).map(spoken).collect()
    }

    /// The results of a function: all of them where that is short, else the last ones, which the others lead to.
    fn results_in_words(&self) -> String {
        let names: Vec<&str> = self.outputs.iter().map(String::as_str).collect();
        if let Some((apart, plural)) = shared_noun(&names).filter(|_| names.len() <= 4) {
            return format!("the {} {plural}", joined(&apart));
        }
        let phrases = self.spoken_names(&names);
        let all = joined(&phrases);
        let is_short = names.len() <= 3 || (names.len() <= 5 && all.chars().count() <= 48);
        if is_short && !names.is_empty() {
            return all;
        }
        match &phrases[..] {
            [.., first, second] => format!("{first}, {second} and intermediate results"),
            _ => "the results".to_owned(),
        }
    }

    /// The library that the data of a loading function comes with.
    fn source(&self) -> String {
        let library =
            main_call(self.graph, self.ranges).and_then(|(_, callee, _)| callee.split('.').next());
        match library {
            Some("sklearn") => "the data that comes with scikit-learn".to_owned(),
            Some("skimage") => "the data that comes with scikit-image".to_owned(),
            Some(name) if name != "builtins" => format!("the data that comes with {name}"),
            _ => "the data that comes with a library".to_owned(),
        }
    }

    fn split_noun(&self) -> String {
        self.subject
            .main
            .as_ref()
            .map_or_else(|| "rows".to_owned(), |noun| noun.replace('_', " "))
    }

    fn fitted_class(&self) -> Option<String> {
        let (_, callee, _) = main_call(self.graph, self.ranges)?;
        let mut parts = callee.rsplit('.');
        let (last, owner) = (parts.next()?, parts.next()?);
        let class = if last.starts_with(char::is_uppercase) {
            last
        } else {
            owner
        };
        class.starts_with(char::is_uppercase).then(|| spoken(class))
    }

    /// The lines of `Args`, when there are columns to tell, and something to say of every parameter.
    fn arguments(&self, parameters: &[Described<'_>], columns: &Columns) -> Option<String> {
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
    fn returns(&self, columns: &Columns) -> Option<String> {
        let [output] = self.outputs else {
            let phrases: Vec<String> = self
                .outputs
                .iter()
                .map(|it| {
                    let noun = self.subject.noun(it, (self.type_of)(it).as_ref());
                    if names_thing(&noun) && noun.split('_').all(is_word) {
                        format!("the {}", noun.replace('_', " "))
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
        let noun = self.subject.noun(output, None).replace('_', " ");
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

/// Whether the name of a function says nothing about what is done.
pub(crate) fn is_plain_call(name: &str) -> bool {
    PLAIN_CALLS.contains(&name)
        || matches!(
            name,
            "zip" | "choice" | "len" | "map" | "int" | "str" | "print" | "max" | "min"
        )
}

/// Functions that say nothing about what is computed.
const PLAIN_CALLS: &[&str] = &[
    "append",
    "arange",
    "array",
    "dict",
    "linspace",
    "ones",
    "print",
    "sort",
    "stdout",
    "asarray",
    "astype",
    "copy",
    "enumerate",
    "extend",
    "float",
    "format",
    "index",
    "items",
    "keys",
    "list",
    "range",
    "reshape",
    "round",
    "sorted",
    "to_numpy",
    "tolist",
    "tuple",
    "update",
    "values",
    "zeros",
];

/// `a`, `b` and `c` in backticks; `None` when there are none, or more than fit.
fn listed(names: &[&str], most: usize) -> Option<String> {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    (!quoted.is_empty() && quoted.len() <= most).then(|| joined(&quoted))
}

pub(super) fn joined(parts: &[String]) -> String {
    match parts.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => parts.concat(),
    }
}

/// A class in words: `RandomForestClassifier` is `random forest`, `OLS` is `OLS`.
fn spoken(class: &str) -> String {
    match class {
        "GridSearchCV" => return "grid search".to_owned(),
        "RandomizedSearchCV" => return "random search".to_owned(),
        "HalvingGridSearchCV" => return "halving grid search".to_owned(),
        "KMeans" => return "k-means model".to_owned(),
        "MiniBatchKMeans" => return "mini-batch k-means model".to_owned(),
        _ => {}
    }
    let is_acronym = class.chars().all(|c| c.is_uppercase() || c.is_numeric());
    if is_acronym {
        return format!("{class} model");
    }
    let words = class_words(class);
    if words.split('_').all(|word| word.len() > 3 || is_word(word)) {
        words.replace('_', " ")
    } else {
        format!("`{class}`")
    }
}

fn with_article(words: &str) -> String {
    let first = words.trim_start_matches('`').chars().next().unwrap_or('x');
    let article = if "aeiouAEIO".contains(first) {
        "an"
    } else {
        "a"
    };
    format!("{article} {words}")
}

pub(crate) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// Whether a title states something rather than naming what is done: "target is skewed".
fn is_remark(title: &str) -> bool {
    let states = ["is", "are", "was", "were", "isn't", "aren't"];
    title
        .split_whitespace()
        .skip(1)
        .take(4)
        .any(|word| states.contains(&word.to_lowercase().as_str()))
}

/// What a parameter holds, in a sentence.
fn what_holds(parameter: &Described<'_>, subject: &Subject) -> String {
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
    let noun = subject.noun(parameter.name, None).replace('_', " ");
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
fn needs(parameters: &[Described<'_>], columns: &Columns) -> Option<String> {
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
fn paragraph(text: &str) -> String {
    item("", text)
        .lines()
        .map(|line| format!("    {}\n", line.trim_start()))
        .collect::<Vec<_>>()
        .concat()
}

/// An item of a section, wrapped; `label` stands before its text.
fn item(label: &str, text: &str) -> String {
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
