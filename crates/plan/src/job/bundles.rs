//! Many results of one function, as a frozen dataclass.

use std::collections::{BTreeMap, BTreeSet};

use super::{JobText, docstring};
use crate::Item;
use crate::cuts::Cut;
use crate::naming;
use crate::planner::Planner;
use crate::types::{Annotator, Imports};
use srcify_syntax::TextRange;

/// The class of a function's results.
pub(super) struct Bundle {
    /// `FittedModel`
    pub class: String,
    /// What the job calls its object: `fitted_model`.
    variable: String,
}

/// Where a variable is kept.
#[derive(Clone)]
pub(super) struct Field {
    pub object: String,
    pub class: String,
    pub name: String,
}

impl Field {
    /// The expression that gives it.
    pub(super) fn text(&self) -> String {
        format!("{}.{}", self.object, self.name)
    }
}

/// More results than this are given as one object.
const MAX_RESULTS: usize = 3;
/// When the job has to take more of them out of the object again, it gets them as they are.
const MAX_LOOSE: usize = 2;

/// Columns of a line.
const WIDTH: usize = 100;
/// What a call has around its arguments, about: its indentation, its name, `=` and brackets.
const NAME: usize = 32;
/// The indentation of arguments on lines of their own.
const INDENTATION: usize = 8;
/// What stands around a variable: the object that holds it, perhaps, and a comma.
const HOLDER: usize = 10;
/// What stands around a setting: `config`, dots and a comma.
const SETTING: usize = 10;

impl Bundle {
    /// The `return` of the function.
    pub(super) fn construction(&self, outputs: &[String]) -> String {
        let fields: Vec<String> = outputs
            .iter()
            .map(|name| format!("{name}={name}"))
            .collect();
        format!("return {}({})\n", self.class, fields.join(", "))
    }
}

impl JobText {
    /// How the job names a variable: a field of an object that holds it, or its own name.
    pub(super) fn held(&self, name: &str) -> String {
        self.held
            .get(name)
            .map_or_else(|| name.to_owned(), Field::text)
    }
}

/// What the job calls the results that it has a use for.
fn used(cut: &Cut) -> impl Iterator<Item = &String> {
    let results = cut.outputs.iter().zip(cut.given());
    let used = results.filter(|(name, _)| !cut.passing.contains(*name));
    used.map(|(_, given)| given)
}

impl Planner<'_> {
    /// The class for the results of a function, when it has many.
    pub(super) fn bundle(&mut self, cut: &Cut, function: &str) -> Option<Bundle> {
        if !self.is_bundle(cut) {
            return None;
        }
        let wanted = nouns(function, &cut.subjects());
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let variable = self.names.first_free(&wanted);
        let class = self.names.unique(&naming::pascal(&variable));
        Some(Bundle { class, variable })
    }

    /// How many results the job has to take out of the object at once.
    fn loose(&self, cut: &Cut) -> usize {
        used(cut).filter(|name| !self.stays(cut, name)).count()
    }

    /// Lines of the call of a function in the job, about.
    pub(super) fn lines_of_call(&self, cut: &Cut) -> usize {
        let is_bundle = self.is_bundle(cut);
        let results = if is_bundle {
            20
        } else {
            cut.outputs.join(", ").len()
        };
        let arguments: usize = cut.inputs.iter().map(|name| name.len() + 12).sum();
        let call = match results + arguments + 30 {
            width if width < 96 => 1,
            width if width < 150 => 3,
            _ => 2 + cut.inputs.len(),
        };
        call + if is_bundle { self.loose(cut) } else { 0 }
    }

    /// Lines of the call of a function in the job, where all settings that it gets are counted as well.
    pub(super) fn written_lines(&self, cut: &Cut, ranges: &[TextRange]) -> usize {
        let is_bundle = self.is_bundle(cut);
        let results = if is_bundle {
            20
        } else {
            cut.given().join(", ").len()
        };
        let is_variable = |name: &&String| self.lifting.by_variable(name).is_none();
        let variables = cut.inputs.iter().filter(is_variable);
        let mut arguments: Vec<usize> = variables.map(|name| name.len() + HOLDER).collect();
        let settings = self.settings_of(&cut.inputs, ranges);
        let is_crowded = super::domain::are_models(settings.len(), arguments.len());
        let mut models: BTreeSet<&String> = BTreeSet::new();
        for it in &settings {
            let others = settings.iter().filter(|other| other.section == it.section);
            if !is_crowded || others.count() == 1 {
                arguments.push(it.section.len() + it.field.len() + SETTING);
            } else if models.insert(&it.section) {
                arguments.push(it.section.len() + SETTING);
            }
        }
        let width: usize = arguments.iter().sum();
        let call = if results + width + NAME <= WIDTH {
            1
        } else if width + INDENTATION <= WIDTH {
            3
        } else {
            2 + arguments.len()
        };
        call + if is_bundle { self.loose(cut) } else { 0 }
    }

    /// The results that the job keeps as fields of one object.
    pub(super) fn fields_of(&self, cut: &Cut) -> BTreeSet<String> {
        if !self.is_bundle(cut) {
            return BTreeSet::new();
        }
        used(cut)
            .filter(|name| self.stays(cut, name))
            .cloned()
            .collect()
    }

    /// Whether the results of a function are given as one object.
    fn is_bundle(&self, cut: &Cut) -> bool {
        let is_field = |name: &String| !name.starts_with("__");
        cut.outputs.len() > MAX_RESULTS
            && cut.outputs.iter().all(is_field)
            && self.loose(cut) <= MAX_LOOSE
    }

    /// Writes the call of a function, and notes how the job finds its results.
    pub(super) fn write_call(
        &self,
        cut: &Cut,
        call: &str,
        bundle: Option<&Bundle>,
        job: &mut JobText,
    ) {
        for name in cut.given() {
            job.held.remove(name);
        }
        let Some(bundle) = bundle else {
            if !cut.given().is_empty() {
                job.body.push_str(&format!("{} = ", cut.given().join(", ")));
            }
            job.body.push_str(&format!("{call}\n"));
            return;
        };
        let variable = &bundle.variable;
        job.body.push_str(&format!("{variable} = {call}\n"));
        let results = cut.outputs.iter().zip(cut.given());
        for (field, name) in results.filter(|(name, _)| !cut.passing.contains(*name)) {
            let field = Field {
                object: variable.clone(),
                class: bundle.class.clone(),
                name: field.clone(),
            };
            if self.stays(cut, name) {
                job.held.insert(name.clone(), field);
            } else {
                job.body.push_str(&format!("{name} = {}\n", field.text()));
            }
        }
    }

    /// Whether a variable keeps the value that a function gave it, for all who read it.
    fn stays(&self, cut: &Cut, name: &str) -> bool {
        let facts = self.names.get(name);
        let is_plain = facts.is_none_or(|it| !it.is_mentioned);
        let first = cut.steps.iter().min().copied().unwrap_or_default();
        let mut bindings = self.bindings.from(name, first).iter();
        is_plain && bindings.all(|index| cut.steps.contains(index))
    }

    /// The class itself.
    pub(super) fn bundle_class(
        &self,
        cut: &Cut,
        bundle: &Bundle,
        function: &str,
        needed: &mut Imports,
    ) -> Item {
        let is_class = |class: &str| self.is_domain_class(class);
        let annotator = Annotator {
            imports: &self.graph.imports,
            bases: &self.class_bases,
            is_class: &is_class,
        };
        needed.insert(
            "dataclass".to_owned(),
            "from dataclasses import dataclass".to_owned(),
        );
        let mut fields = String::new();
        for name in &cut.outputs {
            let annotation = annotator.annotation(self.output_type(cut, name), needed);
            fields.push_str(&format!("    {name}: {annotation}\n"));
        }
        let summary = summary_of_results(function);
        Item {
            name: bundle.class.clone(),
            text: format!(
                "@dataclass(frozen=True)\nclass {}:\n    {}\n\n{fields}",
                bundle.class,
                docstring(&summary)
            ),
            units: Vec::new(),
        }
    }
}

/// The docstring of the class for a function's results.
fn summary_of_results(function: &str) -> String {
    let verb = function.split('_').next().unwrap_or(function);
    match verb {
        "split" | "separate" | "divide" => {
            format!("The parts that `{function}` divides the data into.")
        }
        "load" | "read" | "fetch" | "download" => format!("The data that `{function}` loads."),
        "simulate" | "draw" | "sample" => format!("The data that `{function}` draws."),
        "generate" | "make" | "create" => format!("The data that `{function}` makes."),
        _ => format!("The results of `{function}`."),
    }
}

/// What a function makes, from its name, the best first: `fit_model` makes a `fitted_model`.
fn nouns(function: &str, outputs: &[String]) -> Vec<String> {
    let (verb, object) = function.split_once('_').unwrap_or((function, ""));
    let is_short = object.split('_').count() <= 3 && !object.contains("_and_");
    let object = if is_short && !object.is_empty() {
        object.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_')
    } else {
        "values"
    };
    let mut nouns = Vec::new();
    match verb {
        "split" => nouns.extend([format!("{object}_split"), "split".to_owned()]),
        "assess" => {
            let one = object.strip_suffix('s').unwrap_or(object);
            nouns.push(format!("{one}_results"));
        }
        "evaluate" | "measure" | "score" => {
            nouns.extend(["metrics", "scores"].map(str::to_owned));
            nouns.extend(["scores", "metrics"].map(|word| format!("{object}_{word}")));
        }
        "build" | "collect" | "compute" | "create" | "define" => {
            // What is built or computed is named for what it is.
            let is_plural = object.ends_with('s') && !object.ends_with("ss");
            let one = if is_plural {
                object.trim_end_matches('s')
            } else {
                object
            };
            let parts = if verb == "compute" {
                "results"
            } else {
                "parts"
            };
            nouns.extend([object.to_owned(), format!("{one}_{parts}")]);
        }
        _ => {}
    }
    let participle = participle(verb);
    nouns.push(format!("{participle}_{object}"));
    let own = outputs.iter().rev().map(|name| naming::snake(name));
    let own = own.filter(|name| name.len() > 2 && name.split('_').count() < 3);
    nouns.extend(own.map(|name| format!("{participle}_{name}")));
    nouns.retain(|name| name.is_ascii() && !name.ends_with('_'));
    nouns
}

/// `cleaned` of `clean`.
fn participle(verb: &str) -> String {
    let known: BTreeMap<&str, &str> = PARTICIPLES.iter().copied().collect();
    if let Some(participle) = known.get(verb) {
        return (*participle).to_owned();
    }
    let is_vowel = |c: char| "aeiou".contains(c);
    let letters: Vec<char> = verb.chars().rev().collect();
    match letters[..] {
        ['e', ..] => format!("{verb}d"),
        ['y', before, ..] if !is_vowel(before) => format!("{}ied", &verb[..verb.len() - 1]),
        [last, middle, first, ..]
            if verb.len() < 5
                && !is_vowel(last)
                && !"wxy".contains(last)
                && is_vowel(middle)
                && !is_vowel(first) =>
        {
            format!("{verb}{last}ed")
        }
        _ => format!("{verb}ed"),
    }
}

/// Verbs whose participle no rule makes.
const PARTICIPLES: &[(&str, &str)] = &[
    ("build", "built"),
    ("choose", "chosen"),
    ("cut", "cut"),
    ("draw", "drawn"),
    ("find", "found"),
    ("get", "given"),
    ("hold", "held"),
    ("keep", "kept"),
    ("make", "made"),
    ("model", "modelled"),
    ("put", "put"),
    ("read", "read"),
    ("run", "resulting"),
    ("set", "chosen"),
    ("split", "split"),
    ("take", "taken"),
    ("write", "written"),
];

#[cfg(test)]
mod tests {
    use super::{nouns, participle};

    #[test]
    fn participles_follow_the_rules_and_their_exceptions() {
        let verbs = [
            "clean", "fit", "compute", "classify", "crop", "build", "display",
        ];
        let expected = [
            "cleaned",
            "fitted",
            "computed",
            "classified",
            "cropped",
            "built",
            "displayed",
        ];
        assert_eq!(verbs.map(participle), expected.map(str::to_owned));
    }

    #[test]
    fn results_are_named_after_what_makes_them() {
        let first = |function: &str| nouns(function, &["rmse".to_owned()])[0].clone();
        assert_eq!(first("split_bank"), "bank_split");
        assert_eq!(first("evaluate_rmse"), "metrics");
        assert_eq!(nouns("evaluate_model", &[])[2], "model_scores");
        assert_eq!(first("fit_lm32"), "fitted_lm");
        assert_eq!(nouns("fit_model", &["rmse".to_owned()])[1], "fitted_rmse");
    }
}
