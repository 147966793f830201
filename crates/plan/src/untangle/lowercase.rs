//! Variables in capitals that no setting and no constant of a module becomes: `RAW = HERE / "raw"`.
//!
//! At the head of a script capitals say that a name is bound once. In the package it is a variable of a function or one of
//! its parameters, which are written in small letters, wherever the name cannot be seen.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::EffectGraph;
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::stdlib::builtins::is_python_builtin;
use srcify_syntax::stdlib::identifiers::is_identifier;
use srcify_syntax::{Program, Ranged, TextRange, TextSize, UnitId};

use super::Analysis;
use super::renamed::Renamed;
use super::retyped::{is_shown, targets};
use crate::edits::Edit;
use crate::names::Names;
use crate::steps::{constant_assignment, is_scalar};

/// Short names in capitals are taken from formulas, where letters have their meaning: `W`, `SD`.
const SHORTEST: usize = 3;

/// Renames variables in capitals.
pub(super) fn rename(program: Program, graph: EffectGraph, analyze: Analysis<'_>) -> Renamed {
    let renamed = names(&program, &graph);
    let edits: Vec<Edit> = renamed
        .iter()
        .flat_map(|(name, (text, places))| {
            debug_assert_ne!(name, text);
            places.iter().map(|range| Edit {
                range: *range,
                text: text.clone(),
            })
        })
        .collect();
    let names = renamed
        .into_iter()
        .map(|(name, (text, _))| (name, text))
        .collect();
    Renamed::by(edits, names, (program, graph), analyze)
}

/// The variables that get another name, with the name and where each stands.
fn names(program: &Program, graph: &EffectGraph) -> BTreeMap<String, (String, Vec<TextRange>)> {
    let candidates: Vec<(UnitId, &str)> = program
        .units()
        .iter()
        .flat_map(|unit| {
            let names = candidates(program.statement(unit.id));
            names.into_iter().map(|name| (unit.id, name))
        })
        .collect();
    if candidates.is_empty() {
        return BTreeMap::new();
    }
    let known = Names::of(program, graph);
    // They are read from the environment where they are needed.
    let secrets = crate::secrets::find(program).into_iter();
    let secrets: BTreeSet<UnitId> = secrets.map(|it| it.unit).collect();
    let mut taken: BTreeSet<String> = known.taken.clone();
    let mut renamed = BTreeMap::new();
    for (unit, name) in candidates {
        let is_changed = known.get(name).is_some_and(|it| it.is_mutated);
        let is_plain = known.get(name).is_some_and(|it| {
            it.bindings == [unit] && !it.is_deleted && !it.is_mentioned && !it.is_identified
        }) && (secrets.contains(&unit)
            || !names_setting(program.statement(unit), is_changed));
        let small = name.to_lowercase();
        let is_free = is_identifier(&small)
            && !is_python_builtin(&small, 14, false)
            && (!taken.contains(&small)
                || known.taken.contains(&small) && stands_beside_code(program, &small));
        if !is_plain || !known.is_variable(name) || !is_free {
            continue;
        }
        let Some(places) = places(program, graph, name) else {
            continue;
        };
        taken.insert(small.clone());
        renamed.insert(name.to_owned(), (small, places));
    }
    renamed
}

/// Whether a word stands in comments and in names of files alone: nothing that runs has that name.
fn stands_beside_code(program: &Program, word: &str) -> bool {
    let mut files = Files(Vec::new());
    for unit in program.units() {
        files.visit_stmt(program.statement(unit.id));
    }
    let beside: Vec<TextRange> = program.comments().iter().copied().chain(files.0).collect();
    let text = &program.source.text;
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).all(|(at, _)| {
        let end = at + word.len();
        let is_word = !text[..at].ends_with(is_part) && !text[end..].starts_with(is_part);
        let place = TextRange::new(offset(at), offset(end));
        !is_word || beside.iter().any(|it| it.contains_range(place))
    })
}

fn offset(at: usize) -> TextSize {
    TextSize::try_from(at).expect("sources are shorter than 4 GB")
}

/// Where texts stand that are names of files: `"data/graph.json"`.
struct Files(Vec<TextRange>);

impl<'a> Visitor<'a> for Files {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::StringLiteral(it) = expression {
            let text = it.value.to_str();
            let is_part = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
            let ending = text.rsplit_once('.').map_or("", |(_, ending)| ending);
            let has_ending = (1..=5).contains(&ending.len())
                && ending.chars().all(|c| c.is_ascii_alphanumeric())
                && ending.starts_with(|c: char| c.is_ascii_alphabetic());
            if has_ending && text.chars().all(is_part) {
                self.0.push(it.range());
            }
        }
        walk_expr(self, expression);
    }
}

/// The names in capitals that a statement binds.
fn candidates(statement: &Stmt) -> BTreeSet<&str> {
    let mut names = match statement {
        Stmt::AnnAssign(assign) if assign.value.is_some() => {
            let name = assign.target.as_name_expr();
            name.map(|it| it.id.as_str()).into_iter().collect()
        }
        _ => targets(statement),
    };
    names.retain(|it| it.len() >= SHORTEST && is_in_capitals(it));
    names
}

/// Whether a statement names what becomes a setting, if nothing changes it: a number, a text, some of them, a folder.
fn names_setting(statement: &Stmt, is_changed: bool) -> bool {
    constant_assignment(statement).is_some_and(|(_, value)| match value {
        Expr::List(it) => !is_changed && it.elts.iter().all(is_scalar),
        Expr::Tuple(it) => it.elts.iter().all(is_scalar),
        Expr::Call(call) => {
            call.arguments.keywords.is_empty() && call.arguments.args.iter().all(names_place)
        }
        other => is_scalar(other),
    })
}

/// Whether a text names a folder or file: not where the program stands anyway, `Path(".")`.
fn names_place(text: &Expr) -> bool {
    matches!(text, Expr::StringLiteral(it) if it.value.to_str() != ".")
}

fn is_in_capitals(name: &str) -> bool {
    let is_capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(is_capital)
}

/// Everywhere that a variable is named; `None` where something else has its name, or where the name can be seen.
fn places(program: &Program, graph: &EffectGraph, name: &str) -> Option<Vec<TextRange>> {
    let mut places = Vec::new();
    for unit in program.units() {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let words = program.text(unit.range).split(|c: char| !is_part(c));
        let occurrences = &graph.units[unit.id.index()].access.occurrences;
        let named: Vec<TextRange> = occurrences
            .iter()
            .filter(|(it, ..)| it == name)
            .map(|(_, range, _)| *range)
            .collect();
        let is_all = words.filter(|word| *word == name).count() == named.len();
        if !is_all || named.iter().any(|range| is_shown(program, *range)) {
            return None;
        }
        places.extend(named);
    }
    Some(places)
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
    fn variables_in_capitals_are_written_small() {
        check(
            "from pathlib import Path\nRAW_DIR = Path('a') / input()\nWEIGHTS: dict = {'a': 1}\ndef weigh(x):\n    return WEIGHTS[x]\nprint(RAW_DIR, f'{RAW_DIR}', weigh('a'))\n",
            "from pathlib import Path\nraw_dir = Path('a') / input()\nweights: dict = {'a': 1}\ndef weigh(x):\n    return weights[x]\nprint(raw_dir, f'{raw_dir}', weigh('a'))\n",
        );
        check(
            "HIGH, LOW = sorted([1, 2])\n",
            "high, low = sorted([1, 2])\n",
        );
    }

    #[test]
    fn names_that_stay_or_can_be_seen_keep_their_capitals() {
        for text in [
            // A setting, a constant of the module, a letter of a formula.
            "RATE = 0.5\nSIZES = [1, 2]\nprint(RATE, SIZES)\n",
            "from pathlib import Path\nHOME = Path('data')\nprint(HOME)\n",
            "import re\nWORD = re.compile('a')\ndef find(x):\n    return WORD.findall(x)\nprint(find('a'))\n",
            "W = [1, 2]\nXX = [W]\n",
            // Bound again, by a function, or deleted.
            "ROWS = {1: 1}\nROWS = ROWS | {2: 2}\n",
            "ROWS = {1: 1}\ndef more():\n    global ROWS\n    ROWS = {}\nmore()\n",
            "ROWS = {1: 1}\ndel ROWS\n",
            // Another variable has the name, or would have it.
            "ROWS = {1: 1}\ndef f(ROWS):\n    return ROWS\nprint(f(2), ROWS)\n",
            "ROWS = {1: 1}\nrows = [2]\nprint(ROWS, rows)\n",
            "LIST = {1: 1}\nprint(LIST)\n",
            // The name can be seen.
            "ROWS = {1: 1}\nprint(f'{ROWS=}')\n",
            "import pandas as pd\nROWS = {1: 1}\nt = pd.DataFrame({'a': [1]})\nprint(t.query('a in @ROWS'))\n",
        ] {
            check(text, text);
        }
    }
}
