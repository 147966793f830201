//! Variables that code which nobody knows may read or set: the author's functions use them, and it may call those.
//!
//! `events.on("full", note)`, then `events.fire("full")`: that runs `note`, though nothing of the second line says so.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use srcify_effects::Effect;
use srcify_syntax::Program;

use super::{Step, StepKind, constant_assignment, is_scalar};

/// Notes for each step that runs unknown code which variables the functions made before it use.
pub(super) fn note_called_back(program: &Program, steps: &mut [Step]) {
    let runs_unknown = |step: &Step| step.effects.contains(Effect::Unknown);
    if !steps.iter().any(runs_unknown) {
        return;
    }
    let shared = shared_with_functions(program, steps);
    let mut known: Rc<BTreeSet<String>> = Rc::default();
    for step in steps.iter_mut() {
        if runs_unknown(step) {
            step.called_back = Rc::clone(&known);
        }
        let used = step.captures.iter().chain(&step.globals);
        let mut new = used
            .filter(|it| shared.contains(*it) && !known.contains(*it))
            .peekable();
        if new.peek().is_some() {
            let new: Vec<String> = new.cloned().collect();
            Rc::make_mut(&mut known).extend(new);
        }
    }
}

/// Variables that functions use and that change while these exist: bound or changed by statements after them, or bound by
/// the functions, or objects that they may change.
fn shared_with_functions(program: &Program, steps: &[Step]) -> BTreeSet<String> {
    let mut used: BTreeMap<&String, usize> = BTreeMap::new();
    let mut shared: BTreeSet<String> = BTreeSet::new();
    for (index, step) in steps.iter().enumerate() {
        for name in step.captures.iter().chain(&step.globals) {
            used.entry(name).or_insert(index);
        }
        shared.extend(step.globals.iter().cloned());
    }
    for (index, step) in steps.iter().enumerate() {
        let defines = matches!(
            step.kind,
            StepKind::Import | StepKind::Function | StepKind::Class
        );
        if defines {
            continue;
        }
        let bound = constant_assignment(program.statement(step.unit));
        let is_fixed = bound.is_some_and(|(_, value)| is_scalar(value));
        let touched = step.touched().filter(|name| {
            let first = used.get(*name);
            first.is_some_and(|first| *first < index || !is_fixed)
        });
        shared.extend(touched.cloned());
    }
    shared
}
