//! Functions that are defined again: each definition gets a name of its own, so that each can stand at module level.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{EffectGraph, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize};

use super::{Analysis, NewNames, edited};
use crate::definitions::is_generator;
use crate::edits::Edit;
use crate::names::{identifiers, mentioned_names};
use crate::steps::keeps_code;

/// Renames later definitions of a function, with the calls that mean them.
pub(super) fn rename(
    program: Program,
    graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    let mut names = NewNames::of(&graph);
    let words = identifiers(&program.source.text);
    let mut edits = Vec::new();
    for (name, versions) in versions(&program, &graph) {
        if let Some(places) = places(&program, &graph, name, &versions) {
            for later in places {
                let mut text = names.unique(name);
                while words.contains(&text) {
                    text = names.unique(name);
                }
                edits.extend(later.into_iter().map(|range| Edit {
                    range,
                    text: text.clone(),
                }));
            }
        }
    }
    if edits.is_empty() {
        return (program, graph);
    }
    edited(&program, edits, analyze).unwrap_or((program, graph))
}

/// The functions that several statements define, and nothing else binds: the numbers of the statements.
fn versions<'p>(program: &'p Program, graph: &EffectGraph) -> BTreeMap<&'p str, Vec<usize>> {
    let mut defined: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for unit in program.units() {
        if let Stmt::FunctionDef(function) = program.statement(unit.id)
            && function.decorator_list.is_empty()
        {
            let versions = defined.entry(function.name.as_str()).or_default();
            versions.push(unit.id.index());
        }
    }
    defined.retain(|_, versions| versions.len() > 1);
    for (index, facts) in graph.units.iter().enumerate() {
        let access = &facts.access;
        let bound = access.may.iter().chain(&facts.writes_by_call);
        for name in bound.chain(&access.globals).chain(&access.deletes) {
            if defined
                .get(name.as_str())
                .is_some_and(|it| !it.contains(&index))
            {
                defined.remove(name.as_str());
            }
        }
        for name in mentioned_names(program.statement(srcify_syntax::UnitId(
            u32::try_from(index).unwrap_or(u32::MAX),
        ))) {
            defined.remove(name.as_str());
        }
    }
    defined
}

/// Where each definition after the first is named: in itself, and in the calls up to the next one.
///
/// `None` when something else than a call in the open names the function: what it means there, is only known when it runs,
/// or its name could be seen.
fn places(
    program: &Program,
    graph: &EffectGraph,
    name: &str,
    versions: &[usize],
) -> Option<Vec<Vec<TextRange>>> {
    let mut later: Vec<Vec<TextRange>> = Vec::new();
    for (index, unit) in program.units().iter().enumerate() {
        let statement = program.statement(unit.id);
        let access = &graph.units[index].access;
        let version = versions.partition_point(|it| *it <= index);
        let is_definition = versions.contains(&index);
        if access.captures.contains(name) && !is_definition {
            return None;
        }
        let loads: Vec<TextRange> = access
            .occurrences
            .iter()
            .filter(|(it, _, kind)| it == name && *kind == Occurrence::Load)
            .map(|(_, range, _)| *range)
            .collect();
        if loads.is_empty() && !is_definition {
            continue;
        }
        let called = called_in(statement);
        let is_call = |it: &TextRange| called.contains(&(it.start(), it.end()));
        // Before the first definition it would be something else.
        if version == 0 && !loads.is_empty() || !loads.iter().all(is_call) {
            return None;
        }
        if is_definition && !loads.is_empty() && version < versions.len() {
            // What waits in it calls the definition of that moment.
            let function = statement.as_function_def_stmt()?;
            if is_generator(function) || function.body.iter().any(keeps_code) {
                return None;
            }
        }
        if is_definition && version > 1 {
            // Its defaults are evaluated before it is bound.
            let function = statement.as_function_def_stmt()?;
            let body = function.body.first()?.start();
            if loads.iter().any(|it| it.start() < body) {
                return None;
            }
            later.push(vec![function.name.range()]);
        }
        if version > 1 {
            later.get_mut(version - 2)?.extend(loads);
        }
    }
    Some(later)
}

/// Where the names stand that a statement calls.
fn called_in(statement: &Stmt) -> BTreeSet<(TextSize, TextSize)> {
    struct Called(BTreeSet<(TextSize, TextSize)>);
    impl<'a> Visitor<'a> for Called {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Call(call) = expression
                && call.func.is_name_expr()
            {
                self.0.insert((call.func.start(), call.func.end()));
            }
            walk_expr(self, expression);
        }
    }
    let mut called = Called(BTreeSet::new());
    called.visit_stmt(statement);
    called.0
}
