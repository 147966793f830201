//! Which functions copy what they are given, and so belong to the domain.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::EffectGraph;
use srcify_syntax::Program;

use super::Definitions;
use crate::Folder;
use crate::copies::{Copies, Copying};
use crate::steps::Step;
use crate::timeline::Live;

/// Decides for every placed definition which layer it belongs to, and notes which calls leave alone what they are given.
pub(crate) fn layer(
    program: &Program,
    graph: &EffectGraph,
    live: &Live,
    steps: &mut [Step],
    definitions: &mut Definitions,
) {
    let mut refused = BTreeSet::new();
    let found = loop {
        let found = copying_functions((program, graph), (live, steps), definitions, &refused);
        super::layers::raise_folders(program, graph, steps, definitions);
        let copies = |name: &String| {
            let folder = definitions.placed.get(name).map(|it| it.folder);
            found.contains_key(name) && folder == Some(Folder::Domain)
        };
        // What a function hands on that does not copy it is still somebody else's.
        let mut broken = found
            .iter()
            .filter(|(name, it)| copies(name) && !it.callers.iter().all(copies));
        let Some((name, _)) = broken.next() else {
            break found;
        };
        refused.insert(name.clone());
    };
    for (name, copies) in found {
        let definition = definitions.placed.get_mut(&name);
        let Some(definition) = definition.filter(|it| it.folder == Folder::Domain) else {
            // Elsewhere it may as well change what it is given.
            definitions
                .placed
                .entry(name)
                .and_modify(|it| it.copies.clear());
            continue;
        };
        debug_assert!(!definition.copies.is_empty());
        for (unit, released) in copies.released {
            let step = &mut steps[unit.index()];
            step.mutates.retain(|name, _| !released.contains(name));
            step.shares
                .retain(|(one, other)| !released.contains(one) && !released.contains(other));
        }
    }
}

/// Notes the functions that a copy of what they are given makes pure, but for those that are refused.
fn copying_functions(
    (program, graph): (&Program, &EffectGraph),
    (live, steps): (&Live, &[Step]),
    definitions: &mut Definitions,
    refused: &BTreeSet<String>,
) -> BTreeMap<String, Copies> {
    let copying = Copying {
        program,
        graph,
        steps,
        live,
    };
    let mut found = BTreeMap::new();
    for (name, definition) in &mut definitions.placed {
        definition.copies.clear();
        if !refused.contains(name)
            && let Some(copies) = copying.of(definition)
        {
            definition.copies.clone_from(&copies.parameters);
            found.insert(name.clone(), copies);
        }
    }
    found
}
