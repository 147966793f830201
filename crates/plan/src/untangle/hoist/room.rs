//! How many parameters functions have room for: settings come to them as the models that hold them, where they are many
//! (`definitions/models.rs`).

use std::collections::BTreeSet;

use srcify_effects::{Effect, EffectSet};

use super::super::callers::is_computed;
use super::{Hoisting, PLACE};
use crate::definitions::MOST_PARAMETERS;

impl<'a> Hoisting<'a> {
    /// Whether functions can have one more parameter, all of them: settings of one section come together, but to a class.
    pub(super) fn take_more(
        &self,
        functions: &BTreeSet<&'a str>,
        name: &str,
        meaning: &str,
    ) -> bool {
        let known = |it: &&str| self.functions.get(*it);
        let has_class = functions.iter().filter_map(known).any(|it| it.is_class);
        functions.iter().all(|one| {
            known(one).is_some_and(|it| {
                let all = it.definition.parameters.iter_non_variadic_params().count();
                let own = all - usize::from(it.is_class && all > 0);
                let more = usize::from(!it.needed.contains(name));
                let needed = it.needed.len() + more;
                let is_alone = has_class || own + needed <= MOST_PARAMETERS;
                let needed = if is_alone {
                    needed
                } else {
                    self.models_among(&it.needed, (name, meaning))
                };
                it.stays
                    || own + needed <= MOST_PARAMETERS
                    || !has_class && self.takes_all(one, own)
            })
        })
    }

    /// Whether a function of the application can as well get all settings as one, and has no more parameters then.
    fn takes_all(&self, function: &str, own: usize) -> bool {
        const OF_APPLICATION: EffectSet =
            EffectSet::from_slice(&[Effect::Stdout, Effect::Display, Effect::Figure]);
        let facts = self.graph.functions.get(function);
        let tells = facts.is_some_and(|it| it.effects.intersects(OF_APPLICATION));
        let needed = &self.functions[function].needed;
        let is_computed = |it: &&String| {
            let is_hoisted = self.variables.values().any(|name| name == *it);
            !is_hoisted && is_computed(self.program, self.graph, it)
        };
        let computed = needed.iter().filter(is_computed).count();
        tells && own + computed < MOST_PARAMETERS.max(own + needed.len())
    }

    /// How many parameters stand for what a function needs where the settings of each section come as one.
    fn models_among(&self, needed: &BTreeSet<String>, (name, meaning): (&str, &str)) -> usize {
        // What a value means begins with the section of what it is given to.
        let section = |meaning: &str| {
            let (section, rest) = meaning.split_once('.').unwrap_or_default();
            let is_section = !self.functions.contains_key(section) && section != PLACE;
            (is_section && !rest.is_empty()).then(|| section.to_owned())
        };
        let of = |needed: &str| {
            let mut hoisted = self.variables.iter();
            let known = hoisted.find(|(_, it)| *it == needed);
            section(&known?.0.0)
        };
        let mut sections: BTreeSet<String> = section(meaning).into_iter().collect();
        let mut apart = usize::from(sections.is_empty());
        for one in needed.iter().filter(|it| *it != name) {
            match of(one) {
                Some(section) => {
                    sections.insert(section);
                }
                None => apart += 1,
            }
        }
        sections.len() + apart
    }
}
