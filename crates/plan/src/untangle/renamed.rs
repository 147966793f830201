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

/// The text of a program in which `rename` gave variables other names.
#[cfg(test)]
pub(super) fn text_after(
    rename: fn(Program, EffectGraph, Analysis<'_>) -> Renamed,
    text: &str,
) -> String {
    let source = srcify_syntax::read("a.py".into(), text.as_bytes()).unwrap();
    let program = srcify_syntax::parse(source.output).output;
    let catalog = srcify_effects::Catalog::for_libraries(["numpy", "pandas", "pathlib", "re"]);
    let analysis = |program: &Program| srcify_effects::analyze(program, &catalog, &|_| None);
    let graph = analysis(&program);
    rename(program, graph, &analysis).program.source.text
}
