//! Data that libraries download themselves.

use srcify_effects::{CallFacts, Effect, EffectSet, EntryKind};
use srcify_syntax::UnitId;

use super::{Access, Extractor, OUTSIDE, families};
use crate::naming;
use crate::settings::expression_at;

impl Extractor<'_> {
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
