//! Variables that code which nobody knows may read or set: the author's functions use them, and it may call those.
//!
//! `events.on("full", note)`, then `events.fire("full")`: that runs `note`, though nothing of the second line says so.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use srcify_effects::{Effect, EffectGraph};
use srcify_syntax::Program;
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Stmt};

use super::{Form, Step, StepKind, constant_assignment, is_scalar};
use crate::names::Names;

/// Notes for each step what it may read, set or change without naming it.
pub(super) fn note_called_back(
    program: &Program,
    graph: &EffectGraph,
    names: &Names,
    steps: &mut [Step],
) {
    note_unknown(program, steps);
    note_looks(program, graph, names, steps);
    note_patches(program, names, steps);
}

/// Unknown code may call any function that was made before.
fn note_unknown(program: &Program, steps: &mut [Step]) {
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

/// What is handed to somebody who keeps it (`connection.create_function("vat", 1, vat)`), and what operators and `str` call
/// (`__repr__`), may run wherever something is done: variables that are bound again after it was made keep their place.
fn note_looks(program: &Program, graph: &EffectGraph, names: &Names, steps: &mut [Step]) {
    let mut kept: BTreeMap<&String, usize> = BTreeMap::new();
    for (index, step) in steps.iter().enumerate() {
        if is_kept_by_others(program, graph, step) {
            for name in &step.captures {
                kept.entry(name).or_insert(index);
            }
        }
    }
    if kept.is_empty() {
        return;
    }
    let mut looked_up: BTreeMap<String, usize> = BTreeMap::new();
    for (index, step) in steps.iter().enumerate() {
        for name in step.may.iter().filter(|_| !step.is_definition()) {
            if let Some(made) = kept.get(name).filter(|made| **made < index) {
                looked_up.entry(name.clone()).or_insert(*made);
            }
        }
    }
    for (index, step) in steps.iter_mut().enumerate() {
        let is_of_program = |name: &String| names.is_variable(name) || names.is_definition(name);
        let does_something = matches!(step.kind, StepKind::Work | StepKind::Print)
            && step.form != Form::Literal
            && step.reads.iter().any(is_of_program);
        if does_something {
            let names = looked_up.iter().filter(|(_, made)| **made <= index);
            step.looks_at.extend(names.map(|(name, _)| name.clone()));
        }
    }
}

/// Whether others than the calls that name it may run code that a step makes.
fn is_kept_by_others(program: &Program, graph: &EffectGraph, step: &Step) -> bool {
    match program.statement(step.unit) {
        Stmt::FunctionDef(function) => {
            let facts = graph.functions.get(function.name.as_str());
            !function.decorator_list.is_empty() || facts.is_some_and(|it| it.is_value)
        }
        Stmt::ClassDef(class) => class.body.iter().any(|it| {
            let method = it.as_function_def_stmt().map(|it| it.name.as_str());
            method.is_some_and(|it| it.starts_with("__") && !MADE_BY_NAME.contains(&it))
        }),
        _ => step.keeps_code,
    }
}

/// Methods that run where the class is called by its name.
const MADE_BY_NAME: [&str; 3] = ["__init__", "__new__", "__post_init__"];

/// `random.randint = fixed`: what reads the library before and after that is not the same.
fn note_patches(program: &Program, names: &Names, steps: &mut [Step]) {
    let patches_of = |step: &Step| {
        let mut patches = Patches::default();
        patches.visit_stmt(program.statement(step.unit));
        patches.0.retain(|it| names.is_import(it));
        patches.0
    };
    let patches: Vec<BTreeSet<&str>> = steps.iter().map(patches_of).collect();
    let in_functions: BTreeSet<&str> = steps
        .iter()
        .zip(&patches)
        .filter(|(step, _)| step.is_definition())
        .flat_map(|(_, patches)| patches.iter().copied())
        .collect();
    for (step, own) in steps.iter_mut().zip(&patches) {
        if step.is_definition() {
            continue;
        }
        let mut set: BTreeSet<&str> = own.clone();
        if step.effects.contains(Effect::GlobalState) {
            set.extend(&in_functions);
        }
        if !set.is_empty() {
            let set = set.into_iter().map(str::to_owned);
            Rc::make_mut(&mut step.called_back).extend(set);
        }
    }
}

/// Names whose attributes are set: `random` in `random.randint = fixed`.
#[derive(Default)]
struct Patches<'a>(BTreeSet<&'a str>);

impl<'a> Visitor<'a> for Patches<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Attribute(attribute) = expression
            && !attribute.ctx.is_load()
        {
            let mut object = &*attribute.value;
            while let Expr::Attribute(inner) = object {
                object = &inner.value;
            }
            self.0
                .extend(object.as_name_expr().map(|it| it.id.as_str()));
        }
        walk_expr(self, expression);
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
