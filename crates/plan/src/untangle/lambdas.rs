//! Lambdas that the author gives a name and calls by it: `area = lambda r: 3 * r ** 2` is a function like any other, with a
//! place, types and a docstring of its own.
//!
//! Only its `__name__` tells the two apart, which nothing sees while the program does nothing but call it, or sort by it.

use std::collections::BTreeSet;

use srcify_effects::{CallFacts, Callee, EffectGraph, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, Unit};

use crate::edits::Edit;
use crate::names::mentioned_names;

/// Writes such lambdas as functions.
pub(super) fn edits(program: &Program, graph: &EffectGraph) -> Vec<Edit> {
    let named = program.units().iter().filter_map(|unit| {
        let (name, lambda) = named_lambda(program.statement(unit.id))?;
        Some((unit, name, lambda))
    });
    let named: Vec<(&Unit, &str, &ast::ExprLambda)> = named.collect();
    if named.is_empty() {
        return Vec::new();
    }
    let mut called = Called(BTreeSet::new());
    let mut mentioned = BTreeSet::new();
    for unit in program.units() {
        called.visit_stmt(program.statement(unit.id));
        let sorts = graph.calls_in(unit.range).filter(|it| takes_key(it));
        called.0.extend(
            sorts
                .flat_map(|it| &it.arguments)
                .map(|it| (it.range.start(), it.range.end())),
        );
        mentioned.extend(mentioned_names(program.statement(unit.id)));
    }
    named
        .into_iter()
        .filter(|(unit, name, _)| {
            has_own_lines(program, unit)
                && !mentioned.contains(*name)
                && is_only_called(graph, name, &called)
        })
        .map(|(unit, name, lambda)| definition(program, unit, name, lambda))
        .collect()
}

/// Whether a call does nothing with a function but call it: nobody sees its name.
fn takes_key(call: &CallFacts) -> bool {
    const THESE: &[&str] = &[
        "sorted",
        "min",
        "max",
        "map",
        "filter",
        "list.sort",
        "itertools.groupby",
        "functools.reduce",
        "heapq.nlargest",
        "heapq.nsmallest",
    ];
    matches!(&call.callee, Callee::Library(it) if THESE.contains(&it.as_str()))
}

fn named_lambda(statement: &Stmt) -> Option<(&str, &ast::ExprLambda)> {
    let assign = statement.as_assign_stmt()?;
    let [Expr::Name(name)] = &assign.targets[..] else {
        return None;
    };
    Some((&name.id, assign.value.as_lambda_expr()?))
}

/// Whether a name is bound once, and everything else that is done with it is a call.
fn is_only_called(graph: &EffectGraph, name: &str, called: &Called) -> bool {
    let accesses = || graph.units.iter().map(|it| &it.access);
    let bound = accesses().filter(|it| it.may.contains(name)).count();
    let is_changed = accesses().any(|it| it.globals.contains(name) || it.deletes.contains(name));
    let mut occurrences = accesses().flat_map(|it| &it.occurrences);
    bound == 1
        && !is_changed
        && occurrences.all(|(it, range, kind)| {
            it != name
                || *kind != Occurrence::Load
                || called.0.contains(&(range.start(), range.end()))
        })
}

/// Whether nothing else stands on the lines of a statement, but for a comment.
fn has_own_lines(program: &Program, unit: &Unit) -> bool {
    let text = &program.source.text;
    let before = &text[..usize::from(unit.range.start())];
    let after = &text[usize::from(unit.range.end())..];
    let rest = after.lines().next().unwrap_or_default().trim_start();
    (before.is_empty() || before.ends_with('\n')) && (rest.is_empty() || rest.starts_with('#'))
}

fn definition(program: &Program, unit: &Unit, name: &str, lambda: &ast::ExprLambda) -> Edit {
    let parameters = lambda.parameters.as_deref();
    let parameters = parameters.map_or("", |it| program.text(it.range()));
    let body = program.text(lambda.body.range());
    let body = if body.contains('\n') {
        format!("({body})")
    } else {
        body.to_owned()
    };
    Edit {
        range: unit.range,
        text: format!("def {name}({parameters}):\n    return {body}"),
    }
}

/// The names that are called, by where they stand.
struct Called(BTreeSet<(TextSize, TextSize)>);

impl<'a> Visitor<'a> for Called {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && let Expr::Name(name) = &*call.func
        {
            let range: TextRange = name.range;
            self.0.insert((range.start(), range.end()));
        }
        walk_expr(self, expression);
    }
}
