//! Statements that set options of libraries, and do nothing else.

use srcify_effects::{Callee, Effect, EffectSet};

use super::functions::Passage;
use super::summaries::joined;

/// Libraries that draw.
const DRAWING: &[&str] = &["matplotlib", "plotly", "seaborn"];

impl Passage<'_> {
    /// The libraries whose options the statements set, where they do no more than that.
    fn set_up(&self) -> Option<Vec<&str>> {
        let options = EffectSet::from_slice(&[Effect::GlobalState]);
        let others = EffectSet::from_slice(&[Effect::ReadGlobal, Effect::Logging]);
        let sets = |unit: &srcify_syntax::UnitId| {
            let effects = self.graph.units[unit.index()].effects;
            effects.contains(Effect::GlobalState) && effects.without(options).is_subset(others)
        };
        if !self.outputs.is_empty() || self.units.is_empty() || !self.units.iter().all(sets) {
            return None;
        }
        let mut libraries: Vec<&str> = Vec::new();
        for call in self.graph.calls_in_any(self.ranges) {
            let Callee::Library(name) = &call.callee else {
                return None;
            };
            let library = name.split('.').next().unwrap_or(name);
            if !libraries.contains(&library) {
                libraries.push(library);
            }
        }
        (!libraries.is_empty()).then_some(libraries)
    }

    /// `configure_plots`
    pub(super) fn set_up_name(&self) -> Option<String> {
        let libraries = self.set_up()?;
        let noun = match &libraries[..] {
            all if all.iter().all(|it| DRAWING.contains(it)) => "plots",
            [one] => one,
            _ => "libraries",
        };
        Some(format!("configure_{noun}"))
    }

    /// "Set the options of pandas and seaborn"
    pub(super) fn set_up_in_words(&self) -> Option<String> {
        let libraries = self.set_up()?;
        let names: Vec<String> = libraries.iter().map(|it| (*it).to_owned()).collect();
        Some(format!("Set options of {}", joined(&names)))
    }
}
