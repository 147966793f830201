//! Data that libraries download themselves.

use srcify_effects::{CallFacts, Effect, EffectSet, EntryKind};
use srcify_syntax::ast::Expr;
use srcify_syntax::{TextRange, UnitId};

use super::passed::Whole;
use super::{Access, Extractor, OUTSIDE, families};
use crate::edits::Edit;
use crate::job::{need_words_of, setting_annotation};
use crate::naming;
use crate::settings::expression_at;
use crate::types::Imports;

/// What is written down in a call and passed to the method: a setting, or what chooses among the data of one place
/// (`train=True`).
pub(super) struct Choice {
    name: String,
    annotation: String,
    value: TextRange,
    /// What the job passes.
    text: String,
}

impl Choice {
    /// The argument of the method.
    pub(super) fn argument(&self) -> String {
        format!("{}={}", self.name, self.text)
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
pub(super) fn with_choices(
    mut parameters: Vec<String>,
    choices: &[Choice],
    imports: &mut Imports,
) -> Vec<String> {
    if !choices.is_empty() {
        parameters.push("*".to_owned());
    }
    for choice in choices {
        need_words_of(&choice.annotation, imports);
        parameters.push(format!("{}: {}", choice.name, choice.annotation));
    }
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
    /// What a call is given that is written there and that its method must be given: settings, and of data that is fetched
    /// into a folder the keywords that say which of them, so that several calls share a method. `None` where a setting stands
    /// where it cannot be passed. `inner` gives the text of a part of the call in the job.
    pub(super) fn choices(
        &self,
        unit: UnitId,
        access: &Access<'_>,
        parameters: &[String],
        passed: &[Whole],
        inner: &dyn Fn(TextRange) -> String,
    ) -> Option<Vec<Choice>> {
        let is_source = access.family.suffix == families::SOURCE.suffix;
        let chooses = is_source && access.location.is_some();
        let mut choices: Vec<Choice> = Vec::new();
        for argument in &access.call.arguments {
            let is_whole = passed.iter().any(|it| it.value == argument.range);
            if access.location == Some(argument.range) || is_whole {
                continue;
            }
            let setting = self.lifting.at(argument.range);
            let literal = expression_at(self.program, unit, argument.range)
                .filter(|_| chooses && argument.is_keyword);
            let annotation = match (setting, literal) {
                (Some(setting), _) => setting_annotation(setting, &mut Imports::new()),
                (None, Some(Expr::BooleanLiteral(_))) => "bool".to_owned(),
                (None, Some(Expr::StringLiteral(_))) => "str".to_owned(),
                _ => continue,
            };
            let Some(name) = argument.parameter.clone().filter(|it| it != "download") else {
                if setting.is_some() {
                    return None;
                }
                continue;
            };
            if parameters.contains(&name) || choices.iter().any(|it| it.name == name) {
                return None;
            }
            let text = inner(argument.range);
            choices.push(Choice {
                name,
                annotation: if text.starts_with("str(") {
                    "str".to_owned()
                } else {
                    annotation
                },
                value: argument.range,
                text,
            });
        }
        let is_passed = |place: TextRange| {
            access.location.is_some_and(|it| it.contains_range(place))
                || choices.iter().any(|it| it.value == place)
                || passed.iter().any(|it| it.value.contains_range(place))
        };
        let mut places = self.lifting.places_inside(access.call.range);
        places.all(is_passed).then_some(choices)
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
