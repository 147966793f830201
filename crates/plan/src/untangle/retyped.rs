//! Variables that hold something of another type later: `results = pd.DataFrame(results)`.
//!
//! A function has one type for each of its variables, so a type checker refuses what the job would do. From such a statement
//! on, the variable gets a name of its own, wherever that cannot be seen.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{EffectGraph, Occurrence, Type, UnitFacts};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, TextRange};

use super::renamed::Renamed;
use super::{Analysis, NewNames};
use crate::edits::Edit;
use crate::names::{identifiers, mentioned_names};

/// Types that a type checker knows, with the word that tells a variable of each from one of another type.
const WORDS: &[(&str, &str)] = &[
    ("bool", "number"),
    ("dict", "mapping"),
    ("float", "number"),
    ("int", "number"),
    ("list", "list"),
    ("numpy.float64", "number"),
    ("numpy.int64", "number"),
    ("numpy.ndarray", "array"),
    ("pandas.DataFrame", "table"),
    ("pandas.Series", "series"),
    ("set", "set"),
    ("str", "text"),
    ("tuple", "tuple"),
];

/// Renames variables from the statement on that gives them another type.
pub(super) fn rename(program: Program, graph: EffectGraph, analyze: Analysis<'_>) -> Renamed {
    let mut names = NewNames::of(&graph);
    let words = identifiers(&program.source.text);
    let mut edits = Vec::new();
    let mut renamed = BTreeMap::new();
    for (name, changes) in changes(&program, &graph) {
        let Some(places) = places(&program, &graph, name, &changes) else {
            continue;
        };
        for ((_, word), ranges) in changes.iter().zip(places) {
            let wanted = format!("{name}_{word}");
            let mut text = names.unique(&wanted);
            while words.contains(&text) {
                text = names.unique(&wanted);
            }
            edits.extend(ranges.into_iter().map(|range| Edit {
                range,
                text: text.clone(),
            }));
            renamed.insert(name.to_owned(), text);
        }
    }
    Renamed::by(edits, renamed, (program, graph), analyze)
}

/// A statement that gives a variable another type, and the word for what it holds then.
type Change = (usize, &'static str);

/// The statements that give variables another type than they had.
fn changes<'p>(program: &'p Program, graph: &'p EffectGraph) -> BTreeMap<&'p str, Vec<Change>> {
    let mut known: BTreeMap<&str, &Type> = BTreeMap::new();
    let mut found: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    for (index, (unit, facts)) in program.units().iter().zip(&graph.units).enumerate() {
        let targets = targets(program.statement(unit.id));
        for (name, ty) in &facts.types {
            let before = known.insert(name, ty);
            let is_bound = facts.access.must.contains(name) && targets.contains(name.as_str());
            if is_bound && let Some(word) = before.and_then(|before| word_for(before, ty)) {
                found.entry(name).or_default().push((index, word));
            }
        }
        // What is bound to something unknown may be of any type.
        for name in &facts.access.may {
            if !facts.types.contains_key(name) {
                known.remove(name.as_str());
            }
        }
    }
    found
}

/// The names that an assignment binds, where it binds names alone.
pub(super) fn targets(statement: &Stmt) -> BTreeSet<&str> {
    let Stmt::Assign(assign) = statement else {
        return BTreeSet::new();
    };
    let names = assign.targets.iter().flat_map(|target| match target {
        Expr::Tuple(tuple) => tuple.elts.iter().collect(),
        other => vec![other],
    });
    let names = names.filter_map(|it| it.as_name_expr());
    names.map(|it| it.id.as_str()).collect()
}

/// The word for a type, where a variable of the type `before` cannot have it.
pub(super) fn word_for(before: &Type, after: &Type) -> Option<&'static str> {
    let (before, after) = (word_of(before)?, word_of(after)?);
    (before != after).then_some(after)
}

/// The word for a type.
pub(super) fn word_of(ty: &Type) -> Option<&'static str> {
    let mut words = WORDS.iter();
    words.find(|(name, _)| *name == ty.name).map(|(_, it)| *it)
}

/// Where a variable is named from each change on, to the next one; nothing where a name could be seen, or where something
/// that runs later looks it up.
fn places(
    program: &Program,
    graph: &EffectGraph,
    name: &str,
    changes: &[Change],
) -> Option<Vec<Vec<TextRange>>> {
    let mut places: Vec<Vec<TextRange>> = vec![Vec::new(); changes.len()];
    for (index, (unit, facts)) in program.units().iter().zip(&graph.units).enumerate() {
        let access = &facts.access;
        if is_looked_up(program.statement(unit.id), facts, name) {
            return None;
        }
        let version = changes.partition_point(|(at, _)| *at <= index);
        for (_, range, occurrence) in access.occurrences.iter().filter(|(it, ..)| it == name) {
            if is_shown(program, *range) {
                return None;
            }
            // The statement that changes the type reads what the variable held before.
            let is_change = version > 0 && changes[version - 1].0 == index;
            let version = version - usize::from(is_change && *occurrence == Occurrence::Load);
            if version > 0 {
                places[version - 1].push(*range);
            }
        }
    }
    Some(places)
}

/// Something that runs later looks the name up, or it is deleted, or a text may mean it.
pub(super) fn is_looked_up(statement: &Stmt, facts: &UnitFacts, name: &str) -> bool {
    let access = &facts.access;
    access.captures.contains(name)
        || access.globals.contains(name)
        || access.deletes.contains(name)
        || facts.reads_by_call.contains(name)
        || facts.writes_by_call.contains(name)
        || mentioned_names(statement).contains(name)
}

/// `f"{name=}"` shows the name.
pub(super) fn is_shown(program: &Program, range: TextRange) -> bool {
    let rest = program.source.text[usize::from(range.end())..].trim_start();
    let Some(rest) = rest.strip_prefix('=') else {
        return false;
    };
    rest.trim_start().starts_with(['}', '!', ':'])
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
    fn a_variable_of_another_type_has_another_name() {
        check(
            "x = 'a,b'\nx = x.split(',')\nx.append('c')\nprint(x, f'{x!r}')\n",
            "x = 'a,b'\nx_list = x.split(',')\nx_list.append('c')\nprint(x_list, f'{x_list!r}')\n",
        );
        check(
            "x_list = 0\nx = 'a,b'\nx = x.split(',')\nx = ''\nprint(x)\n",
            "x_list = 0\nx = 'a,b'\nx_list_2 = x.split(',')\nx_text = ''\nprint(x_text)\n",
        );
    }

    #[test]
    fn a_name_that_is_seen_or_looked_up_later_stays() {
        for text in [
            "x = 'a,b'\nx = x.split(',')\nprint(f'{x = }')\n",
            "x = 'a,b'\ndef f():\n    return x\nx = x.split(',')\nprint(f())\n",
            "x = 'a,b'\nshow = lambda: x\nx = x.split(',')\nprint(show())\n",
            "x = 'a,b'\nif x:\n    x = x.split(',')\nprint(x)\n",
            "x = 1\nx = x / 2\nprint(x)\n",
            "x = 'a'\nx = x.upper()\nprint(x)\n",
        ] {
            check(text, text);
        }
    }
}
