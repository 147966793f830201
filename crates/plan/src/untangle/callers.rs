//! The functions and classes of a program all of whose uses are calls, and who calls them: they can be given more.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::EffectGraph;
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Program, UnitId};

use super::held::{Attributes, Holder};
use super::words::Words;
use crate::definitions::is_generator;
use crate::settings::literal_of;

/// A function all of whose uses are calls, or which reads its module all the same.
pub(super) struct Function<'a> {
    pub(super) unit: UnitId,
    /// Of a class it is what sets up its objects.
    pub(super) definition: &'a ast::StmtFunctionDef,
    pub(super) is_class: bool,
    /// The class, where its methods can read values from the object.
    pub(super) holder: Option<Holder<'a>>,
    /// It is passed around and reads variables of the module, so it stays where they are, and gets no parameters.
    pub(super) stays: bool,
    /// The functions that call it.
    pub(super) callers: BTreeSet<&'a str>,
    /// What it needs from the module: parameters that it will get.
    pub(super) needed: BTreeSet<String>,
}

/// The functions all of whose uses are calls, by code that can pass on what they get.
pub(super) fn functions_of<'a>(
    program: &'a Program,
    graph: &EffectGraph,
    words: &Words<'a>,
    attributes: &Attributes<'_>,
) -> BTreeMap<&'a str, Function<'a>> {
    let mut functions: BTreeMap<&str, Function<'_>> = BTreeMap::new();
    for unit in program.units() {
        let (name, definition, is_class) = match program.statement(unit.id) {
            Stmt::FunctionDef(it) => (it.name.as_str(), it, false),
            Stmt::ClassDef(it) if it.decorator_list.is_empty() => match set_up(it) {
                Some(definition) => (it.name.as_str(), definition, true),
                None => continue,
            },
            _ => continue,
        };
        let is_plain = definition.decorator_list.is_empty()
            && !definition.is_async
            && !is_generator(definition)
            && definition.parameters.kwarg.is_none();
        let is_once = words.bound.iter().filter(|it| **it == name).count() == 1;
        let needed = variables_read(program, graph, unit.id);
        let stays = words.values.contains(name);
        let is_kept = || needed.iter().any(|it| is_computed(program, graph, it));
        let is_meant = !stays || (!is_class && is_kept());
        if is_plain && is_once && is_meant {
            let callers = words.callers.get(name).cloned().unwrap_or_default();
            let class = program.statement(unit.id).as_class_def_stmt();
            let function = Function {
                unit: unit.id,
                definition,
                is_class,
                holder: class.and_then(|it| Holder::of(it, definition, attributes)),
                stays,
                callers,
                needed,
            };
            functions.insert(name, function);
        }
    }
    pass_on(&mut functions);
    // Whoever calls it must be able to pass on what it gets.
    loop {
        let known: BTreeSet<&str> = functions.keys().copied().collect();
        let before = functions.len();
        functions.retain(|_, it| it.callers.iter().all(|caller| known.contains(caller)));
        if functions.len() == before {
            break;
        }
    }
    functions
}

/// What sets up the objects of a class.
fn set_up(class: &ast::StmtClassDef) -> Option<&ast::StmtFunctionDef> {
    let mut methods = class.body.iter().filter_map(Stmt::as_function_def_stmt);
    methods.find(|it| it.name.as_str() == "__init__")
}

/// What a function needs, its callers need.
fn pass_on(functions: &mut BTreeMap<&str, Function<'_>>) {
    loop {
        let mut wanted: Vec<(String, String)> = Vec::new();
        for function in functions.values() {
            let callers = function.callers.iter();
            for caller in callers.filter_map(|it| functions.get_key_value(it)) {
                let missing = function.needed.difference(&caller.1.needed);
                wanted.extend(missing.map(|it| (caller.0.to_string(), it.clone())));
            }
        }
        if wanted.is_empty() {
            return;
        }
        for (caller, variable) in wanted {
            if let Some(it) = functions.get_mut(caller.as_str()) {
                it.needed.insert(variable);
            }
        }
    }
}

/// The variables of the module that a function reads.
fn variables_read(program: &Program, graph: &EffectGraph, unit: UnitId) -> BTreeSet<String> {
    let captures = &graph.units[unit.index()].access.captures;
    let is_variable = |name: &&String| {
        program.units().iter().any(|it| {
            let statement = program.statement(it.id);
            let is_work = !matches!(
                statement,
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) | Stmt::Import(_) | Stmt::ImportFrom(_)
            );
            is_work
                && graph.units[it.id.index()]
                    .access
                    .may
                    .contains(name.as_str())
        })
    };
    captures.iter().filter(is_variable).cloned().collect()
}

/// Whether a variable of the module is bound to more than what is written down: it is neither a constant nor a setting.
pub(super) fn is_computed(program: &Program, graph: &EffectGraph, name: &str) -> bool {
    program.units().iter().any(|it| {
        let binds = graph.units[it.id.index()].access.may.contains(name);
        let statement = program.statement(it.id);
        let value = statement.as_assign_stmt().map(|it| &*it.value);
        binds
            && !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_))
            && value.is_none_or(|it| literal_of(it).is_none())
    })
}
