//! Functions that order or choose: `max(tours, key=cost)` is `max(tours, key=lambda tour: cost(tour))`.
//!
//! A function that is passed around can be given nothing more, so it would stay where the variables are that it reads. What
//! `max`, `min`, `sorted`, `list.sort`, `map` and `filter` do is to call it, with one value at a time.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Callee, EffectGraph};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, UnitId};

use super::{Analysis, edited};
use crate::definitions::is_generator;
use crate::edits::Edit;
use crate::names::Names;

/// Calls functions that read variables of the module where they are passed to what only calls them.
pub(super) fn call(
    program: Program,
    graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    let edits = edits(&program, &graph);
    if edits.is_empty() {
        return (program, graph);
    }
    match edited(&program, edits, analyze) {
        Some(new) => new,
        None => (program, graph),
    }
}

fn edits(program: &Program, graph: &EffectGraph) -> Vec<Edit> {
    let names = Names::of(program, graph);
    let mut functions: BTreeMap<&str, (UnitId, &ast::StmtFunctionDef)> = BTreeMap::new();
    for unit in program.units() {
        if let Stmt::FunctionDef(it) = program.statement(unit.id)
            && names.is_definition(&it.name)
        {
            functions.insert(&it.name, (unit.id, it));
        }
    }
    let mut uses = Uses {
        graph,
        names: &names,
        calling: BTreeMap::new(),
        others: BTreeSet::new(),
    };
    for unit in program.units() {
        uses.visit_stmt(program.statement(unit.id));
    }
    let mut edits = Vec::new();
    for (name, places) in &uses.calling {
        let Some((unit, function)) = functions.get(name) else {
            continue;
        };
        let parameter = only_parameter(function).filter(|_| !uses.others.contains(name));
        let Some(parameter) = parameter else {
            continue;
        };
        if reads_variables(graph, &names, &functions, *unit) {
            edits.extend(places.iter().map(|range| Edit {
                range: *range,
                text: format!("lambda {parameter}: {name}({parameter})"),
            }));
        }
    }
    edits
}

/// The one parameter that a plain function must be given.
fn only_parameter(function: &ast::StmtFunctionDef) -> Option<&str> {
    let parameters = &*function.parameters;
    let mut positional = parameters.posonlyargs.iter().chain(&parameters.args);
    let first = positional.next().filter(|it| it.default.is_none())?;
    let is_plain = function.decorator_list.is_empty()
        && !function.is_async
        && !is_generator(function)
        && parameters.vararg.is_none()
        && parameters.kwarg.is_none();
    let is_only = positional.all(|it| it.default.is_some())
        && parameters.kwonlyargs.iter().all(|it| it.default.is_some());
    (is_plain && is_only).then(|| first.name().as_str())
}

/// Whether a function, or one that it calls, reads variables of the module.
fn reads_variables(
    graph: &EffectGraph,
    names: &Names,
    functions: &BTreeMap<&str, (UnitId, &ast::StmtFunctionDef)>,
    unit: UnitId,
) -> bool {
    let mut seen = BTreeSet::from([unit]);
    let mut left = vec![unit];
    while let Some(unit) = left.pop() {
        let captures = &graph.units[unit.index()].access.captures;
        if captures.iter().any(|it| names.is_variable(it)) {
            return true;
        }
        let called = captures.iter().filter_map(|it| functions.get(it.as_str()));
        left.extend(called.map(|it| it.0).filter(|it| seen.insert(*it)));
    }
    false
}

/// Where names are used other than to call them.
struct Uses<'a, 'g> {
    graph: &'g EffectGraph,
    names: &'g Names,
    /// In the hands of what only calls them.
    calling: BTreeMap<&'a str, Vec<TextRange>>,
    /// Elsewhere.
    others: BTreeSet<&'a str>,
}

impl<'a> Uses<'a, '_> {
    /// What a call only calls, with one value at a time.
    fn called_by(&self, call: &'a ast::ExprCall) -> Option<&'a ast::ExprName> {
        let key = || call.arguments.find_keyword("key").map(|it| &it.value);
        let given = match &*call.func {
            Expr::Name(name) if self.names.get(&name.id).is_none() => match name.id.as_str() {
                "max" | "min" | "sorted" => key(),
                "map" | "filter" if call.arguments.len() == 2 => call.arguments.args.first(),
                _ => None,
            },
            Expr::Attribute(_) => {
                let facts = self.graph.call_at(call.range());
                let is_sort =
                    |it: &Callee| matches!(it, Callee::Library(name) if name == "list.sort");
                facts.filter(|it| is_sort(&it.callee)).and_then(|_| key())
            }
            _ => None,
        };
        given?.as_name_expr()
    }
}

impl<'a> Visitor<'a> for Uses<'a, '_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => {
                let called = self.called_by(call);
                if !call.func.is_name_expr() {
                    self.visit_expr(&call.func);
                }
                for argument in call.arguments.iter_source_order() {
                    let value = argument.value();
                    match called {
                        Some(name) if name.range == value.range() => {
                            let places = self.calling.entry(&name.id).or_default();
                            places.push(name.range);
                        }
                        _ => self.visit_expr(value),
                    }
                }
            }
            Expr::Name(name) if name.ctx.is_load() => {
                self.others.insert(&name.id);
            }
            _ => walk_expr(self, expression),
        }
    }
}
