//! Programs with other names for variables.

use std::collections::BTreeMap;

use srcify_effects::EffectGraph;
use srcify_syntax::Program;

use super::{Analysis, edited};
use crate::edits::Edit;

/// A program, and the last name of each variable that has another one now.
pub(super) struct Renamed {
    pub program: Program,
    pub graph: EffectGraph,
    pub names: BTreeMap<String, String>,
}

impl Renamed {
    /// The program with these edits; as it was where there are none, or where they do not make a program.
    pub(super) fn by(
        edits: Vec<Edit>,
        names: BTreeMap<String, String>,
        (program, graph): (Program, EffectGraph),
        analyze: Analysis<'_>,
    ) -> Self {
        let changed = (!edits.is_empty())
            .then(|| edited(&program, edits, analyze))
            .flatten();
        let (program, graph, names) = match changed {
            Some((program, graph)) => (program, graph, names),
            None => (program, graph, BTreeMap::new()),
        };
        Self {
            program,
            graph,
            names,
        }
    }
}
