//! Figures that values are read from: what draws on the current figure must stay before or after that.

use std::collections::BTreeSet;

use srcify_effects::{Effect, EffectSet, Type};

use super::Step;

/// Effects that may change the current figure, whatever its name is.
const DRAWS: EffectSet = EffectSet::from_slice(&[Effect::Figure, Effect::Unknown]);

/// Notes which figures each step may draw on without naming them: those of which others read values, which could move.
pub(super) fn note_redrawn(steps: &mut [Step]) {
    let mut figures: BTreeSet<&String> = BTreeSet::new();
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for step in &*steps {
        if step.is_pure() {
            let read = step.reads.iter().filter(|it| figures.contains(it));
            asked.extend(read.cloned());
        }
        for (name, ty) in &step.types {
            if holds_figure(ty) {
                figures.insert(name);
            } else if step.must.contains(name) {
                figures.remove(name);
            }
        }
    }
    if asked.is_empty() {
        return;
    }
    for step in steps.iter_mut().filter(|it| it.effects.intersects(DRAWS)) {
        step.redraws.clone_from(&asked);
    }
}

/// Whether a type is a figure or a part of one, or a container of some.
fn holds_figure(ty: &Type) -> bool {
    ty.is_figure() || ty.arguments.iter().any(holds_figure)
}
