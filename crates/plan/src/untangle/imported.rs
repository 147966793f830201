//! Variables that have the name of a module, or of what is imported: `sm = pd.get_dummies(…)`, then
//! `import statsmodels.api as sm`.
//!
//! In a notebook one follows the other. Where the import can stand at the head of a module, the variable needs a name of its
//! own, so it gets one, wherever that cannot be seen.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{EffectGraph, Occurrence};
use srcify_syntax::ast::Stmt;
use srcify_syntax::{Program, TextRange};

use super::renamed::Renamed;
use super::retyped::{is_looked_up, is_shown, targets, word_of};
use super::{Analysis, NewNames};
use crate::edits::Edit;
use crate::names::identifiers;

/// Renames variables that are imports before or after.
pub(super) fn rename(program: Program, graph: EffectGraph, analyze: Analysis<'_>) -> Renamed {
    let mut names = NewNames::of(&graph);
    let words = identifiers(&program.source.text);
    let mut edits = Vec::new();
    let mut renamed = BTreeMap::new();
    for name in both(&program, &graph) {
        for stretch in stretches(&program, &graph, name).unwrap_or_default() {
            let wanted = format!("{name}_{}", stretch.word);
            let mut text = names.unique(&wanted);
            while words.contains(&text) {
                text = names.unique(&wanted);
            }
            edits.extend(stretch.places.into_iter().map(|range| Edit {
                range,
                text: text.clone(),
            }));
            if stretch.is_last {
                renamed.insert(name.to_owned(), text);
            }
        }
    }
    Renamed::by(edits, renamed, (program, graph), analyze)
}

/// The names that imports bind, and assignments too.
fn both<'p>(program: &'p Program, graph: &'p EffectGraph) -> BTreeSet<&'p str> {
    let units = || program.units().iter().zip(&graph.units);
    let imported: BTreeSet<&str> = units()
        .filter(|(unit, _)| is_import(program.statement(unit.id)))
        .flat_map(|(_, facts)| facts.access.must.iter().map(String::as_str))
        .collect();
    units()
        .flat_map(|(unit, _)| targets(program.statement(unit.id)))
        .filter(|name| imported.contains(name))
        .collect()
}

fn is_import(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Import(_) | Stmt::ImportFrom(_))
}

/// A part of the program in which a name is a variable.
struct Stretch {
    /// What the variable holds first.
    word: &'static str,
    places: Vec<TextRange>,
    /// No import follows.
    is_last: bool,
}

/// Where a name is a variable; nothing where something binds it otherwise, where it could be seen, or where what runs later
/// looks it up.
fn stretches(program: &Program, graph: &EffectGraph, name: &str) -> Option<Vec<Stretch>> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut is_variable = false;
    for (unit, facts) in program.units().iter().zip(&graph.units) {
        let statement = program.statement(unit.id);
        let access = &facts.access;
        if is_looked_up(statement, facts, name) {
            return None;
        }
        let is_bound = access.must.contains(name);
        let is_assigned = is_bound && targets(statement).contains(name);
        if access.may.contains(name) && !is_assigned && !(is_bound && is_import(statement)) {
            return None;
        }
        if is_assigned && !is_variable {
            found.push(Stretch {
                word: facts.types.get(name).and_then(word_of).unwrap_or("value"),
                places: Vec::new(),
                is_last: true,
            });
        }
        for (_, range, occurrence) in access.occurrences.iter().filter(|(it, ..)| it == name) {
            if is_shown(program, *range) {
                return None;
            }
            // The statement that binds the variable reads what was imported.
            let is_own = is_variable || is_assigned && *occurrence != Occurrence::Load;
            if is_own && !is_import(statement) {
                found.last_mut()?.places.push(*range);
            }
        }
        if is_bound {
            is_variable = is_assigned;
            if let Some(last) = found.last_mut() {
                last.is_last = is_variable;
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::renamed::text_after;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(text_after(rename, text), expected);
    }

    #[test]
    fn a_variable_is_told_from_the_import_of_its_name() {
        check(
            "import pandas as pd\nsm = pd.DataFrame()\nprint(sm)\nimport statsmodels.api as sm\nsm.OLS\n",
            "import pandas as pd\nsm_table = pd.DataFrame()\nprint(sm_table)\nimport statsmodels.api as sm\nsm.OLS\n",
        );
        check(
            "from os import path\npath = path.join('a', 'b')\npath += 'c'\nprint(path)\n",
            "from os import path\npath = path.join('a', 'b')\npath += 'c'\nprint(path)\n",
        );
        check(
            "from os import path\npath = path.join('a', 'b')\nprint(path)\n",
            "from os import path\npath_value = path.join('a', 'b')\nprint(path_value)\n",
        );
    }

    #[test]
    fn a_name_that_is_seen_or_looked_up_later_stays() {
        for text in [
            "import os\ndef f():\n    return os.sep\nos = f()\nprint(os)\n",
            "import os\nos = 1\nprint(f'{os=}')\n",
            "import os\nif os.sep:\n    os = 1\nprint(os)\n",
            "import os\nfor os in [1]:\n    print(os)\nos = 2\n",
        ] {
            check(text, text);
        }
    }
}
