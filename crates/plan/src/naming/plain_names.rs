//! Names of functions that say what is done, and no more: without numbers, and without the same word twice.

use srcify_effects::Callee;
use srcify_syntax::UnitId;

use super::functions::{PLAIN_VERB, Passage};
use super::nouns::binds;
use super::set_columns::ColumnsSet;
use super::snake;
use super::verbs::verb_of_call;

impl Passage<'_> {
    /// Names that say all that is done to a table.
    pub(super) fn whole_names(&self, verb: &str) -> Vec<String> {
        let mut whole = Vec::new();
        if let Some(frame) = self.changed_frame().filter(|_| verb == PLAIN_VERB) {
            let noun = self.subject.noun(&frame, (self.type_of)(&frame).as_ref());
            let set = self.set_columns(&frame);
            whole.extend(self.only_method(&frame, &noun));
            whole.extend(set.as_ref().and_then(ColumnsSet::name));
            whole.push(format!("prepare_{noun}"));
            whole.extend(set.as_ref().and_then(ColumnsSet::short_name));
        }
        whole
    }

    /// A noun that says more than the verb: `fit_fit1` says less than any other name.
    pub(super) fn noun_beside(&self, verb: &str, noun: String) -> String {
        if noun.trim_end_matches(|c: char| c.is_ascii_digit()) != verb {
            return noun;
        }
        self.class_word().unwrap_or_else(|| "values".to_owned())
    }

    /// Before each name that ends as a variable does that is one of several, puts that without the number: `predict_price2`.
    pub(super) fn leave_numbers_out(&self, names: &mut Vec<String>, titled: usize) {
        let numbered = std::mem::take(names);
        for (at, name) in numbered.into_iter().enumerate() {
            let plain = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
            let (verb, noun) = plain.split_once('_').unwrap_or((plain, ""));
            let own = &name[name.len() - noun.len() - (name.len() - plain.len())..];
            let is_variable = self.outputs.iter().any(|it| snake(it) == own);
            let is_known =
                self.subject.main.as_deref() == Some(own) || self.subject.is_bundled(own);
            let last = noun.rsplit('_').next().unwrap_or(noun);
            if at >= titled && plain != name && is_variable && !is_known && last.len() > 2 {
                if noun == verb {
                    continue;
                }
                names.push(plain.to_owned());
            }
            names.push(name);
        }
    }

    /// Whether all results are what functions make that neither load data nor take parts of them: `blurred = gaussian(coins())`.
    pub(super) fn only_computes(&self) -> bool {
        let computes = |unit: &UnitId| {
            let range = self.program.units()[unit.index()].range;
            let mut calls = self.graph.calls_in(range);
            calls.any(|call| match &call.callee {
                Callee::Library(name) => {
                    let top = name.split('.').next().unwrap_or(name);
                    let is_table = matches!(top, "builtins" | "numpy" | "pandas" | "polars");
                    let is_type = name.contains(".util.") || name.contains(".datasets.");
                    !is_table && !is_type && verb_of_call(name).is_none()
                }
                _ => false,
            })
        };
        let mut outputs = self.outputs.iter();
        !self.outputs.is_empty()
            && outputs.all(|output| {
                let binding = |it: &&UnitId| binds(self.program.statement(**it), output);
                self.units.iter().rfind(binding).is_some_and(computes)
            })
    }
}

/// Whether something may be a function's name, and has a noun.
pub(super) fn is_name(name: &str) -> bool {
    let is_number = |noun: &str| noun.chars().all(|c| c.is_ascii_digit());
    let noun = name.split_once('_').map(|it| it.1);
    name.is_ascii() && !name.ends_with('_') && !name.contains("__") && !noun.is_some_and(is_number)
}
