//! Data that libraries download themselves.

use srcify_effects::{CallFacts, Effect, EffectSet, EntryKind};
use srcify_syntax::ast::Expr;
use srcify_syntax::{Program, TextRange, UnitId};

use super::{Access, Extractor, OUTSIDE, families};
use crate::edits::Edit;
use crate::naming;
use crate::settings::expression_at;

/// What is written down in a call, and chooses among the data of one place: `train=True`.
pub(super) struct Choice {
    name: String,
    annotation: &'static str,
    value: TextRange,
}

impl Choice {
    /// The argument of the method.
    pub(super) fn argument(&self, program: &Program) -> String {
        format!("{}={}", self.name, program.text(self.value))
    }

    /// The parameter, in place of the value.
    pub(super) fn edit(&self) -> Edit {
        Edit {
            range: self.value,
            text: self.name.clone(),
        }
    }
}

/// The parameters of a method with those that choose.
pub(super) fn with_choices(mut parameters: Vec<String>, choices: &[Choice]) -> Vec<String> {
    if !choices.is_empty() {
        parameters.push("*".to_owned());
    }
    let typed = choices
        .iter()
        .map(|it| format!("{}: {}", it.name, it.annotation));
    parameters.extend(typed);
    parameters
}

/// What a class of data sets with a folder of its own is named after: `FashionMNIST`.
pub(super) fn noun_of_callee(access: &Access<'_>) -> Option<String> {
    let class = access.callee.rsplit('.').next()?;
    let is_source = access.family.suffix == families::SOURCE.suffix;
    let is_class = class.starts_with(char::is_uppercase);
    (is_source && is_class).then(|| naming::snake(class))
}

impl Extractor<'_> {
    /// The keywords of a call that fetches data into a folder which say, by what is written there, which of them: several
    /// calls then share a method.
    pub(super) fn choices(
        &self,
        unit: UnitId,
        access: &Access<'_>,
        parameters: &[String],
    ) -> Vec<Choice> {
        if access.family.suffix != families::SOURCE.suffix || access.location.is_none() {
            return Vec::new();
        }
        let arguments = access.call.arguments.iter().filter(|it| it.is_keyword);
        let chosen = arguments.filter_map(|argument| {
            let name = argument.parameter.clone()?;
            let annotation = match expression_at(self.program, unit, argument.range)? {
                Expr::BooleanLiteral(_) => "bool",
                Expr::StringLiteral(_) => "str",
                _ => return None,
            };
            let is_free = !parameters.contains(&name) && name != "download";
            is_free.then_some(Choice {
                name,
                annotation,
                value: argument.range,
            })
        });
        chosen.collect()
    }

    /// `fetch_california_housing()`, `sns.load_dataset("titanic")`: a function that downloads data, from where its library
    /// knows.
    pub(super) fn is_source(&self, callee: &str, call: &CallFacts) -> bool {
        let allowed = OUTSIDE.union(EffectSet::of(Effect::Stdout));
        let Some(entry) = self.entry(callee) else {
            return false;
        };
        let gives_data = call
            .returns
            .as_ref()
            .is_none_or(|ty| !matches!(ty.name.as_str(), "None" | "bool"));
        entry.kind == EntryKind::Function
            && entry.path.is_none()
            && call.effects.contains(Effect::Network)
            && call.effects.is_subset(allowed)
            && gives_data
            && families::fetches_data(callee)
    }

    /// What a function downloads: what its first text or its name say.
    pub(super) fn source_noun(&self, unit: UnitId, access: &Access<'_>) -> String {
        let arguments = access.call.arguments.iter();
        let named = arguments
            .filter_map(|it| expression_at(self.program, unit, it.range)?.as_string_literal_expr())
            .find_map(|text| naming::stem_noun(text.value.to_str()));
        let method = access.callee.rsplit('.').next().unwrap_or_default();
        let from_function = ["fetch_", "load_", "get_", "read_"]
            .iter()
            .find_map(|verb| method.strip_prefix(verb))
            .filter(|rest| !families::says_nothing(rest))
            .and_then(naming::plain_noun);
        let facts = &self.graph.units[unit.index()].access;
        let of_variable = facts
            .must
            .iter()
            .next()
            .map(|it| self.subject.noun(it, None));
        let fits = |name: &String| name.is_ascii() && name.len() > 2 && name.len() < 40;
        let method_noun = from_function.filter(fits);
        method_noun
            .or_else(|| named.filter(fits))
            .or_else(|| of_variable.filter(fits))
            .unwrap_or_else(|| access.family.noun.to_owned())
    }
}
