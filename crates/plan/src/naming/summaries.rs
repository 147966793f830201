//! Docstrings of functions that are cut out of the input.

use std::collections::BTreeSet;

use srcify_effects::Callee;

use super::arguments::{item, needs, paragraph, what_holds};
use super::columns::{Columns, columns_of};
use super::functions::{PLAIN_VERB, Passage, class_words};
use super::nouns::is_plain_frame;
use super::shared::shared_noun;
use super::titles::Title;
use super::topics::{under_heading, under_topic};
use super::verbs::main_call;
use super::words::{is_word, names_thing, spelled_out};
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
        let of = |preposition: &str| self.of_data(preposition, &data);
        let results = self.results_in_words();
        let verb = self.verb().verb;
        if let Some(text) = self.lines_in_words(verb, &data) {
            return text;
        }
        if let Some(text) = self.set_up_in_words() {
            return sentence(&text);
        }
        let text = match verb {
            "fit" | "tune" => self.fit_in_words(verb, &results, parameters),
            "split" => format!("Hold out a part of the {} for testing", self.split_noun()),
            "evaluate" => format!("Measure {results}{}", of("on")),
            "predict" if results.contains("predict") || self.outputs.len() > 1 => {
                format!("Compute {results}{}", of("from"))
            }
            "predict" => format!("Predict {results}{}", of("from")),
            "load" => self.load_in_words(&results),
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
                .or_else(|| Some(format!("Order {}", self.ordered(&results)?)))
                .unwrap_or_else(|| self.told_in_words(PLAIN_VERB, &results, &of("from"))),
            _ => {
                let list = self.operations_in_words(columns);
                let changes = parameters.iter().any(|it| is_result(it.name));
                let from = if changes && !MAKING.contains(&verb) {
                    String::new()
                } else {
                    of("from")
                };
                list.unwrap_or_else(|| self.told_in_words(verb, &results, &from))
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

    /// "Load the wine data that comes with scikit-learn".
    fn load_in_words(&self, results: &str) -> String {
        let source = self.source();
        if results.starts_with("the ") && results.ends_with(" data") {
            let library = source.replace("the data that ", "");
            return format!("Load {results} that {library}");
        }
        format!("Load {results} from {source}")
    }

    /// "Fit an OLS model to the sales": what is fitted, to what of the parameters.
    fn fit_in_words(&self, verb: &str, results: &str, parameters: &[Described<'_>]) -> String {
        let given = self.given_data(parameters);
        let data: Vec<&str> = given.names.iter().map(String::as_str).collect();
        let model = self.fitted_class().map(|class| {
            if given.has_model {
                format!("the {class}")
            } else {
                with_article(&class)
            }
        });
        let (to, on) = if given.is_part {
            ("to a part of", "on a part of")
        } else {
            ("to", "on")
        };
        match model {
            Some(model) if verb == "fit" => format!("Fit {model}{}", self.of_data(to, &data)),
            Some(model) => format!(
                "Search for the best settings with {model}{}",
                self.of_data(on, &data)
            ),
            None => format!("Fit {results}{}", self.of_data(to, &data)),
        }
    }

    /// "from the sales and the costs", with a space before; nothing where there are more.
    fn of_data(&self, preposition: &str, data: &[&str]) -> String {
        if data.is_empty() || data.len() > 2 {
            return String::new();
        }
        format!(" {preposition} {}", joined(&self.spoken_names(data)))
    }

    /// "Compute the fevd from `res`": what becomes of what, by the verb for it.
    fn told_in_words(&self, verb: &'static str, results: &str, from: &str) -> String {
        let told = self.last_told(verb);
        let shows = matches!(told, "plot" | "report" | "write");
        // What is cleaned or sorted is what is given, not what comes of it.
        let is_of_result = shows || MAKING.contains(&told);
        let verb = if is_of_result || from.is_empty() && self.outputs.len() == 1 {
            told
        } else {
            PLAIN_VERB
        };
        // What is drawn on says nothing of what is drawn.
        let is_drawn_on = told == "plot" && self.outputs.iter().all(|it| is_axes(it));
        let text = if shows && (self.outputs.len() > 3 || is_drawn_on) {
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
        let is_it = matches!(verb, PLAIN_VERB | "rank") && self.only_describes();
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
        let told = match last {
            Some(last) => self.told(verb, last),
            // Nothing comes of it: it draws, writes or says something.
            None => self.verb_of_effects().filter(|_| verb == PLAIN_VERB),
        };
        told.unwrap_or(verb)
    }

    /// "Add the columns `a` and `b`", "Update the column `c`": for statements that do no more than that to a table.
    pub(super) fn added_columns(&self, columns: &Columns) -> Option<String> {
        let frame = self.changed_frame()?;
        let added = columns.added.get(&frame)?;
        let names: Vec<&str> = added.iter().map(String::as_str).collect();
        let noun = if names.len() == 1 {
            "column"
        } else {
            "columns"
        };
        let is_read = |name: &&&str| {
            let mut read = columns.read.get(&frame).into_iter().flatten();
            read.any(|it| it == **name)
        };
        let verb = match names.iter().filter(is_read).count() {
            0 => "Add",
            all if all == names.len() => "Update",
            _ => "Set",
        };
        let text = format!("{verb} the {noun} {}", listed(&names, 4)?);
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
            .map(|name| {
                let is_told =
                    |it: &String| self.subject.is_bundled(it) || it.split('_').all(is_word);
                noun(name).filter(is_told)
            })
            .collect();
        let is_clear = |phrase: &Option<String>| {
            phrase.is_some() && phrases.iter().filter(|it| *it == phrase).count() == 1
        };
        let spoken = |(name, phrase): (&&str, &Option<String>)| match phrase {
            Some(words) if is_clear(phrase) && names_thing(words) => {
                format!("the {}", self.subject.words(words))
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
        let is_short = names.len() <= 3 || (names.len() <= 6 && all.chars().count() <= 66);
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
            .map_or_else(|| "rows".to_owned(), |noun| self.subject.words(noun))
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
}

/// Verbs whose object is what comes of it: "find the largest rows".
const MAKING: &[&str] = &[
    "build",
    "calculate",
    "choose",
    "collect",
    "compute",
    "count",
    "create",
    "define",
    "derive",
    "describe",
    "draw",
    "estimate",
    "extract",
    "find",
    "format",
    "generate",
    "get",
    "list",
    "load",
    "locate",
    "make",
    "map",
    "measure",
    "predict",
    "select",
    "simulate",
    "specify",
];

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

/// Whether a variable is called as what is drawn on is called: `ax2`.
pub(super) fn is_axes(name: &str) -> bool {
    let plain = name.trim_matches(|c: char| c.is_ascii_digit() || c == '_');
    matches!(plain, "ax" | "axs" | "axes" | "fig" | "figure")
}

/// `a`, `b` and `c` in backticks; `None` when there are none, or more than fit.
pub(super) fn listed(names: &[&str], most: usize) -> Option<String> {
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
