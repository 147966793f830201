//! Names for functions that are cut out of the input, the best first.

use srcify_effects::{Callee, Catalog, EffectGraph, EntryKind, Type};
use srcify_syntax::{Program, TextRange, UnitId};

use super::fitted::is_collected;
use super::nouns::{Subject, binds, is_plain_frame};
use super::plain_names::is_name;
use super::shared::shared_noun;
use super::snake;
use super::summaries::is_axes;
use super::titles::{Title, words_of};
use super::verbs::{CallVerb, is_done, main_call, verb_of_word};
use super::words::{ARTICLES, EMPTY, STOPS, capped, without_verb};

/// Some statements that become one function.
pub(crate) struct Passage<'a> {
    pub program: &'a Program,
    pub graph: &'a EffectGraph,
    pub catalog: &'a Catalog,
    pub subject: &'a Subject,
    pub units: &'a [UnitId],
    pub ranges: &'a [TextRange],
    pub outputs: &'a [String],
    /// The type of a variable after the statements.
    pub type_of: &'a dyn Fn(&str) -> Option<Type>,
}

/// What statements do of which nothing tells more.
pub(super) const PLAIN_VERB: &str = "compute";

impl Passage<'_> {
    /// Names for the function: from its title, then from its main call and result.
    pub(crate) fn names(&self, title: Option<&Title>) -> Vec<String> {
        let verb = self.verb();
        let mut names: Vec<String> = Vec::new();
        if let Some(title) = title {
            names.extend(name_of_title(title, verb.verb, &self.data_noun()));
        }
        let from_title = names.len();
        let output = self.main_output(verb.verb);
        let noun = self.subject.noun(&output, (self.type_of)(&output).as_ref());
        let told = self.told(verb.verb, &output);
        names.extend(self.verb_names(verb.verb, &output, &noun));
        let verb = verb.verb;
        // Names that say all of it, of as many words as that takes; the author's own words come first.
        let whole = self.whole_names(verb);
        let titled = names.len();
        let verb = told.unwrap_or(verb);
        if told.is_some() {
            names.iter_mut().for_each(|name| retell(name, verb));
        }
        let says_nothing = output.is_empty()
            || ((output.len() < 4 || is_axes(&output)) && self.verb_of_effects().is_some());
        let noun = if says_nothing && (told.is_some() || output.is_empty()) {
            let models = (verb == "evaluate" && self.fitted().as_deref() == Some("models"))
                .then(|| "models".to_owned());
            models
                .or_else(|| self.subject.main.clone())
                .unwrap_or_else(|| "results".to_owned())
        } else {
            noun
        };
        let noun = self.noun_beside(verb, without_verb(&noun, verb));
        let outputs: Vec<&str> = self.outputs.iter().map(String::as_str).collect();
        let shared = shared_noun(&outputs).filter(|_| verb == "build");
        names.extend(shared.map(|(_, plural)| format!("{verb}_{plural}")));
        names.push(format!("{verb}_{noun}"));
        if let Some(class) = self.class_word() {
            names.push(format!("{verb}_{class}"));
        }
        // A name of its own tells two functions apart that make the same kind of thing.
        let own = snake(&output);
        let own = (!says_nothing).then(|| format!("{verb}_{}", without_verb(&own, verb)));
        let (own, weak_own) = match own {
            Some(name) if says_little(&output) => (None, Some(name)),
            own => (own, None),
        };
        names.extend(own);
        for other in self.outputs.iter().rev().filter(|it| !is_collected(it)) {
            let noun = self.subject.noun(other, None);
            names.push(format!("{verb}_{}", without_verb(&noun, verb)));
        }
        names.iter_mut().for_each(|name| *name = capped(name));
        names.splice(titled..titled, whole);
        self.leave_numbers_out(&mut names, from_title);
        names.extend(self.distinct_names(verb, &noun, &output, title));
        names.extend(weak_own);
        names.retain(|name| is_name(name));
        names
    }

    /// Names for what the verb alone tells.
    fn verb_names(&self, verb: &str, output: &str, noun: &str) -> Vec<String> {
        let mut names = Vec::new();
        match verb {
            "fit" | "tune" => names.extend(self.fit_names(verb, output)),
            "split" => names.push(format!("split_{}", self.data_noun())),
            "load" => names.push(format!("load_{}", self.subject.noun(output, None))),
            "predict" => names.extend(self.prediction_names(noun)),
            "evaluate" => names.extend(self.evaluation_names()),
            "assess" => names.extend(self.assessment_name()),
            "detect" => names.push("detect_outliers".to_owned()),
            "scale" | "project" | "impute" if is_of_features(noun) => {
                names.push(format!("{verb}_features"));
            }
            "vectorize" => names.push("vectorize_text".to_owned()),
            "cluster" | "resample" => names.push(format!("{}_{}", verb, self.data_noun())),
            _ => {}
        }
        names
    }

    /// The result that the function is about.
    fn main_output(&self, verb: &str) -> String {
        // A table that is cleaned, whatever is found out about it on the way.
        let changes = matches!(verb, "clean" | "encode" | "scale" | "impute");
        if let Some(frame) = self.changed_frame().filter(|_| changes) {
            return frame;
        }
        let mut outputs = self.outputs.iter();
        let written = outputs.find(|it| self.subject.written_to(it).is_some());
        if let Some(written) = written.filter(|_| verb == PLAIN_VERB) {
            return written.clone();
        }
        let main = self.main();
        let is_generator = |name: &String| self.subject.noun(name, None) == "generator";
        main.as_ref()
            .filter(|(_, output)| !is_generator(output) || self.outputs.len() == 1)
            .map_or_else(
                || {
                    // Of what is put together, the first is what the rest is for: `net`, then its optimiser.
                    let mut outputs = self.outputs.iter().filter(|it| !is_collected(it));
                    let named = if verb == "build" {
                        outputs.next()
                    } else {
                        outputs.next_back()
                    };
                    named.cloned().unwrap_or_default()
                },
                |(_, output)| output.clone(),
            )
    }

    /// A verb for statements that are no known step: from what they do, and from the value of their result.
    pub(super) fn told(&self, verb: &str, output: &str) -> Option<&'static str> {
        if verb != PLAIN_VERB {
            return None;
        }
        if self.only_describes() {
            return Some("describe");
        }
        self.verb_of_effects()
            .or_else(|| self.verb_of_result(output))
    }

    /// Whether all that the statements give are lines that are printed later.
    pub(super) fn only_describes(&self) -> bool {
        !self.outputs.is_empty() && self.outputs.iter().all(|it| is_collected(it))
    }

    /// The module of the domain where the function belongs.
    pub(crate) fn theme(&self) -> &'static str {
        self.verb().theme
    }

    /// What the statements do, in a verb.
    pub(crate) fn verb(&self) -> CallVerb {
        if let Some((verb, _)) = self.main() {
            return verb;
        }
        if let Some(name) = self.constructed() {
            let theme = if self.catalog.member(name, "fit").is_some() {
                "model"
            } else {
                library_theme(name)
            };
            return CallVerb {
                verb: "build",
                theme,
            };
        }
        let makes = [
            "linspace",
            "arange",
            "zeros",
            "ones",
            "zeros_like",
            "ones_like",
            "empty",
            "eye",
            "array",
            "meshgrid",
            "Series",
            "full",
            "date_range",
        ];
        let callees = self.callees();
        let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
        let builds = !callees.is_empty()
            && callees
                .iter()
                .all(|name| makes.contains(&last(name).as_str()));
        let theme = callees
            .iter()
            .map(|name| library_theme(name))
            .find(|theme| *theme != "analysis")
            .unwrap_or("analysis");
        let verb = if builds || self.only_states() {
            "build"
        } else if callees.is_empty() && self.only_selects() {
            "select"
        } else {
            PLAIN_VERB
        };
        CallVerb { verb, theme }
    }

    /// The main call's verb, and the result that it goes into.
    fn main(&self) -> Option<(CallVerb, String)> {
        let (mut verb, callee, range) = main_call(self.graph, self.ranges)?;
        self.outputs.first()?;
        if verb.verb == "tune" && is_class(callee) && !self.learns() {
            verb.verb = "build";
        }
        let at = self.ranges.iter().position(|it| it.contains_range(range))?;
        let statement = self.program.statement(self.units[at]);
        if verb.verb == "load" && self.only_computes() {
            return None;
        }
        let output = self
            .outputs
            .iter()
            .find(|output| binds(statement, output))
            .or_else(|| self.outputs.iter().rfind(|it| !is_collected(it)));
        Some((verb, output.cloned().unwrap_or_default()))
    }

    /// Whether anything is fitted here: a grid search is only set up until then.
    fn learns(&self) -> bool {
        let fits = |name: &&str| {
            name.rsplit('.')
                .next()
                .is_some_and(|it| it.starts_with("fit"))
        };
        self.callees().iter().any(fits)
    }

    /// The table that the statements take and give back, changed, beside what they find out about it.
    pub(super) fn changed_frame(&self) -> Option<String> {
        let is_frame = |name: &&String| match (self.type_of)(name) {
            Some(ty) => ty.name == "pandas.DataFrame",
            None => is_plain_frame(&name.to_lowercase()),
        };
        let takes = |name: &&String| {
            self.units.first().is_some_and(|unit| {
                let facts = &self.graph.units[unit.index()];
                facts.access.reads.contains(*name) || facts.mutates.keys().any(|it| it == *name)
            })
        };
        let mut frames = self.outputs.iter().filter(is_frame).filter(takes);
        let frame = frames.next()?;
        frames.next().is_none().then(|| frame.clone())
    }

    pub(super) fn callees(&self) -> Vec<&str> {
        let calls = self.graph.calls_in_any(self.ranges);
        calls
            .into_iter()
            .filter_map(|call| match &call.callee {
                Callee::Library(name) => Some(name.as_str()),
                _ => None,
            })
            .collect()
    }

    /// The class of a library that the statements make an object of.
    pub(super) fn constructed(&self) -> Option<&str> {
        self.callees().into_iter().rev().find(|name| {
            let entry = self.catalog.lookup(name);
            entry.is_some_and(|entry| entry.kind == EntryKind::Class)
                && name
                    .rsplit('.')
                    .next()
                    .is_some_and(|last| last.starts_with(char::is_uppercase))
                && !name.ends_with("Error")
                && !matches!(
                    *name,
                    "pandas.Series"
                        | "pandas.DataFrame"
                        | "pandas.Timestamp"
                        | "numpy.random.RandomState"
                        | "pathlib.Path"
                )
        })
    }

    /// Whether the statements only write values down: lists of names, tables of options.
    fn only_states(&self) -> bool {
        use srcify_syntax::ast::{Expr, Stmt};
        let states = |unit: &UnitId| match self.program.statement(*unit) {
            Stmt::Assign(assign) => {
                assign.value.is_literal_expr()
                    || matches!(
                        &*assign.value,
                        Expr::List(_) | Expr::Tuple(_) | Expr::Dict(_) | Expr::Set(_)
                    )
            }
            _ => false,
        };
        self.graph.calls_in_any(self.ranges).is_empty() && self.units.iter().all(states)
    }

    /// `random_forest` for a class of which the statements make or fit an object.
    pub(super) fn class_word(&self) -> Option<String> {
        let (_, callee, _) = main_call(self.graph, self.ranges)?;
        let mut parts = callee.rsplit('.');
        let (last, owner) = (parts.next()?, parts.next()?);
        let class = if last.starts_with(char::is_uppercase) {
            last
        } else {
            owner
        };
        let says_something = !matches!(class, "DataFrame" | "Series" | "Index");
        (class.starts_with(char::is_uppercase) && says_something).then(|| class_words(class))
    }

    fn prediction_names(&self, noun: &str) -> Vec<String> {
        match &self.subject.target {
            Some(target) => vec![format!("predict_{target}")],
            None if noun == "predictions" => {
                vec!["predict_labels".to_owned(), "predict_values".to_owned()]
            }
            None => vec![format!("predict_{}", without_verb(noun, "predict"))],
        }
    }

    /// Names of a function that measures, where the call says more than its results.
    fn evaluation_names(&self) -> Option<String> {
        let (_, callee, _) = main_call(self.graph, self.ranges)?;
        let is_repeated = self.units.iter().any(|unit| {
            let statement = self.program.statement(*unit);
            statement.is_for_stmt()
        });
        let model = if is_repeated { "models" } else { "model" };
        Some(match callee.rsplit('.').next()? {
            "cross_val_score" | "cross_validate" => format!("cross_validate_{model}"),
            "permutation_importance" => "measure_importances".to_owned(),
            name @ ("roc_curve"
            | "precision_recall_curve"
            | "learning_curve"
            | "validation_curve"
            | "calibration_curve"
            | "det_curve") => format!("compute_{name}"),
            _ => return None,
        })
    }

    /// What the data is about: `customers`, else `data`.
    pub(crate) fn data_noun(&self) -> String {
        self.subject
            .main
            .clone()
            .unwrap_or_else(|| "data".to_owned())
    }
}

/// Whether the name of a variable is a letter, or says only that something comes of something: `x`, `res2`.
fn says_little(variable: &str) -> bool {
    let lower = snake(variable);
    let stem = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    stem.len() < 2 || super::fitted::is_plain_model(stem)
}

/// Whether a noun says no more than that its values are features.
fn is_of_features(noun: &str) -> bool {
    noun.len() < 4
        || matches!(
            noun,
            "features" | "values" | "table" | "data" | "scaled" | "array"
        )
}

/// `RandomForestClassifier` as `random_forest`.
pub(crate) fn class_words(class: &str) -> String {
    let name = match class {
        "KMeans" => "kmeans".to_owned(),
        "MiniBatchKMeans" => "mini_batch_kmeans".to_owned(),
        _ => snake(class),
    };
    let mut short = name.as_str();
    for suffix in [
        "_classifier",
        "_regressor",
        "_model",
        "_results",
        "_regression_results",
    ] {
        short = short
            .strip_suffix(suffix)
            .filter(|rest| rest.len() > 2)
            .unwrap_or(short);
    }
    short.trim_matches('_').to_owned()
}

/// Whether a callee is a class, by how it is written.
fn is_class(name: &str) -> bool {
    let last = name.rsplit('.').next();
    last.is_some_and(|it| it.starts_with(char::is_uppercase))
}

/// The module of the domain for what a library does.
fn library_theme(name: &str) -> &'static str {
    let top = name.split('.').next().unwrap_or(name);
    match top {
        "statsmodels" | "scipy" | "arch" | "linearmodels" => "statistics",
        "skimage" | "cv2" | "PIL" | "imageio" => "images",
        "networkx" => "graphs",
        "sklearn"
            if name.contains("preprocessing")
                || name.contains("feature")
                || name.contains("impute")
                || name.contains("compose") =>
        {
            "features"
        }
        "sklearn" if name.contains("metrics") || name.contains("model_selection") => "metrics",
        _ => "analysis",
    }
}

/// A title as a name: "Train the model" is `train_model`, "Weighted IV" over a fit is `fit_weighted_iv`.
pub(crate) fn name_of_title(title: &Title, verb: &str, subject: &str) -> Option<String> {
    let all = words_of(&title.text);
    let words: Vec<&str> = all.iter().map(String::as_str).collect();
    // "Train / valid" names two things, and no work.
    if words.iter().any(|word| !word.is_ascii()) || title.text.contains(" / ") {
        return None;
    }
    let (first, rest) = words.split_first()?;
    if let Some(own) = verb_of_word(first) {
        let object = object_of(rest);
        if rest.is_empty() {
            // A heading over several steps is not about the first of them.
            if !is_done(own, verb) {
                return None;
            }
            let is_of_models = ["train", "fit", "evaluate", "tune", "validate"].contains(&own);
            let object = if is_of_models { "model" } else { subject };
            return Some(format!("{own}_{object}"));
        }
        return object.map(|object| format!("{own}_{object}"));
    }
    if title.is_imperative {
        return None;
    }
    let is_name = |words: &[&str]| {
        (1..=3).contains(&words.len())
            && words
                .iter()
                .all(|word| !STOPS.contains(word) && !is_number(word))
    };
    let last = *words.last()?;
    if let Some(own) = verb_of_word(last)
        && words.len() > 1
        && own != last
    {
        let object = object_of(&words[..words.len() - 1])?;
        return Some(format!("{own}_{object}"));
    }
    // A heading over several steps names the one that is about it, not the loading before it.
    let fits = !matches!(
        verb,
        "load"
            | "combine"
            | "clean"
            | "simulate"
            | "select"
            | "build"
            | "rank"
            | "compute"
            | "summarize"
    ) || (verb == "compute"
        && words.len() > 1
        && !first.ends_with("ing")
        && !first.starts_with("re"));
    (fits
        && is_name(&words)
        && words.concat().len() > 3
        && !words.iter().any(|word| ARTICLES.contains(word)))
    .then(|| format!("{verb}_{}", without_verb(&words.join("_"), verb)))
}

/// A title as the name of a stage that does several things under it: "Wages of married women" is
/// `analyze_wages_of_married_women`.
pub(crate) fn stage_of_title(title: &Title, verb: &str) -> Option<String> {
    let all = words_of(&title.text);
    let mut words: Vec<&str> = all.iter().map(String::as_str).collect();
    while words.first().is_some_and(|it| ARTICLES.contains(it)) {
        words.remove(0);
    }
    let (first, last) = (*words.first()?, *words.last()?);
    let is_plain = |word: &&str| {
        word.chars().all(|c| c.is_ascii_lowercase())
            && !matches!(
                *word,
                "section" | "part" | "step" | "example" | "examples" | "case" | "lets"
            )
    };
    let is_name = words.iter().all(is_plain)
        && !title.is_imperative
        && verb_of_word(first).is_none()
        && !STOPS.contains(&first)
        && !STOPS.contains(&last)
        && !EMPTY.contains(&first)
        && (2..=5).contains(&words.len());
    let verb = match verb {
        "fit" | "tune" | "predict" | "evaluate" | "simulate" | "load"
            if !words.iter().any(|it| it.starts_with("data")) =>
        {
            verb
        }
        _ => "analyze",
    };
    let name = format!("{verb}_{}", without_verb(&words.join("_"), verb));
    (is_name && name.len() <= 38).then_some(name)
}

/// The object of a verb: the words up to the first preposition, at most the last three of them.
fn object_of(words: &[&str]) -> Option<String> {
    let mut object: Vec<&str> = Vec::new();
    let mut skips_verb = false;
    for word in words {
        if std::mem::take(&mut skips_verb) && verb_of_word(word).is_some() {
            continue;
        }
        if STOPS.contains(word) {
            if object.is_empty() {
                // "Load and prepare the data": one verb is enough.
                skips_verb = matches!(*word, "and" | "or");
                continue;
            }
            break;
        }
        if ARTICLES.contains(word) || is_number(word) {
            continue;
        }
        object.push(word);
    }
    let start = object.len().saturating_sub(3);
    let object = object[start..].join("_");
    (object.len() > 1 && !EMPTY.contains(&object.as_str())).then_some(object)
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
        || matches!(
            word,
            "one"
                | "two"
                | "three"
                | "four"
                | "five"
                | "six"
                | "seven"
                | "eight"
                | "nine"
                | "ten"
                | "several"
                | "many"
                | "few"
                | "both"
        )
}

/// A name that begins with a better verb than the plain one.
fn retell(name: &mut String, verb: &str) {
    if let Some(rest) = name.strip_prefix(PLAIN_VERB) {
        *name = format!("{verb}{rest}");
    }
}

#[cfg(test)]
mod tests {
    use super::super::titles::title_of;
    use super::*;

    fn check(title: &str, verb: &str, expected: Option<&str>) {
        let title = title_of(title).expect("it is a title");
        assert_eq!(
            name_of_title(&title, verb, "customers").as_deref(),
            expected
        );
    }

    #[test]
    fn titles_become_verb_and_object() {
        check(
            "Create five simulated Gaussian data sets",
            "compute",
            Some("create_gaussian_data_sets"),
        );
        check(
            "Load the data and split it into separate pieces",
            "load",
            Some("load_data"),
        );
        check("Data cleaning", "clean", Some("clean_data"));
        check("Clean", "clean", Some("clean_customers"));
        check("Train", "fit", Some("train_model"));
        check(
            "We train a `LogisticRegression` model which can predict",
            "fit",
            Some("train_logistic_regression_model"),
        );
    }

    #[test]
    fn short_headings_take_the_verb_of_the_calls() {
        check("Weighted IV", "fit", Some("fit_weighted_iv"));
        check("OLS vs. WLS", "fit", None);
    }

    #[test]
    fn headings_over_several_things_name_a_stage() {
        let name =
            |text: &str, verb: &str| stage_of_title(&title_of(text).expect("it is a title"), verb);
        assert_eq!(
            name("Wages of Married Women", "build").as_deref(),
            Some("analyze_wages_of_married_women")
        );
        assert_eq!(
            name("OLS with dummy variables", "fit").as_deref(),
            Some("fit_ols_with_dummy_variables")
        );
        for text in ["Section 4.3", "A more difficult case", "Load the data"] {
            assert_eq!(name(text, "compute"), None, "{text}");
        }
    }

    #[test]
    fn classes_are_named_without_their_kind() {
        assert_eq!(class_words("RandomForestClassifier"), "random_forest");
        assert_eq!(class_words("OLS"), "ols");
        assert_eq!(class_words("KMeans"), "kmeans");
    }
}
