//! Which layer a definition belongs to: the domain, `io`, or the application.

use std::collections::BTreeSet;

use srcify_effects::{CallFacts, Callee, Effect, EffectGraph, EffectSet, FunctionFacts};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange};

use super::{Definition, Definitions, function_facts};
use crate::Folder;
use crate::steps::{Step, constant_assignment, keeps_code};

/// What belongs to `io`.
const TOUCHES: EffectSet = EffectSet::from_slice(&[
    Effect::ReadFile,
    Effect::WriteFile,
    Effect::Network,
    Effect::Database,
    Effect::Process,
    Effect::ReadEnvironment,
    Effect::Nondeterministic,
]);

/// What a function of `io` may do besides: tell about it, draw what it saves, say how long it took, ask where it is, give up,
/// and call what nobody knows.
const BESIDES: EffectSet = EffectSet::from_slice(&[
    Effect::Stdout,
    Effect::Figure,
    Effect::Display,
    Effect::Logging,
    Effect::Clock,
    Effect::ReadGlobal,
    Effect::Exit,
    Effect::Unknown,
]);

/// What tells about the work, and is none.
const TELLS: EffectSet =
    EffectSet::from_slice(&[Effect::Stdout, Effect::Logging, Effect::ReadGlobal]);

/// What the code that a function makes may do because of what that code is given.
const OF_OTHERS: EffectSet = EffectSet::from_slice(&[Effect::Unknown, Effect::Dynamic]);

/// Whether a function changes what it is given; to draw from a generator is how randomness enters the domain.
fn changes_arguments(facts: &FunctionFacts, steps: &[Step]) -> bool {
    let of_variable = |name: &String| steps.iter().rev().find_map(|step| step.types.get(name));
    let is_generator = |name: &String| {
        let ty = facts.parameters.get(name).or_else(|| of_variable(name));
        ty.is_some_and(|ty| crate::cuts::GENERATORS.contains(&ty.name.as_str()))
    };
    let mut changed = facts.mutates.iter().chain(&facts.changes);
    changed.any(|name| name != "self" && !is_generator(name))
}

/// Moves definitions out of the domain that have effects, or use others that have.
pub(crate) fn raise_folders(
    program: &Program,
    graph: &EffectGraph,
    steps: &[Step],
    definitions: &mut Definitions,
) {
    let names: BTreeSet<String> = definitions.placed.keys().cloned().collect();
    for definition in definitions.placed.values_mut() {
        let known = (program, graph);
        definition.folder = folder_by_effects(known, steps, &names, definition);
    }
    raise_orchestrators(program, graph, definitions);
    lower_tellers(program, graph, steps, definitions);
    loop {
        let mut moved = Vec::new();
        for (name, definition) in &definitions.placed {
            let access = &graph.units[definition.unit.index()].access;
            let quoted = quoted(program.statement(definition.unit));
            let read = access.captures.iter().chain(&access.reads);
            let used = read
                .map(String::as_str)
                .chain(quoted)
                .filter_map(|it| definitions.placed.get(it));
            let lowest = used.map(|it| it.folder).max().unwrap_or(Folder::Domain);
            let needed = match (definition.folder, lowest) {
                (Folder::Domain, Folder::Io | Folder::Application)
                | (Folder::Io, Folder::Application) => Folder::Application,
                (own, _) => own,
            };
            if needed != definition.folder {
                moved.push((name.clone(), needed));
            }
        }
        if moved.is_empty() {
            return;
        }
        for (name, folder) in moved {
            if let Some(definition) = definitions.placed.get_mut(&name) {
                definition.folder = folder;
            }
        }
    }
}

/// The texts in a type that has a name: `Index = Dict[str, "Node"]` needs the class as much as if it read it.
fn quoted(statement: &Stmt) -> Vec<&str> {
    struct Texts<'a>(Vec<&'a str>);
    impl<'a> Visitor<'a> for Texts<'a> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::StringLiteral(text) = expression {
                self.0.push(text.value.to_str());
            }
            walk_expr(self, expression);
        }
    }
    let mut texts = Texts(Vec::new());
    if let Some((_, value)) = constant_assignment(statement) {
        texts.visit_expr(value);
    }
    texts.0
}

/// Moves functions to `io` that only tell what is done, where what reads or writes calls them.
fn lower_tellers(
    program: &Program,
    graph: &EffectGraph,
    steps: &[Step],
    definitions: &mut Definitions,
) {
    let tells = |definition: &Definition| {
        let statement = program.statement(definition.unit);
        let facts = function_facts(graph, statement, &definition.name);
        definition.folder == Folder::Application
            && matches!(statement, Stmt::FunctionDef(_))
            && facts.effects.is_subset(TELLS)
            && !changes_arguments(&facts, steps)
    };
    let mut next: Vec<String> = Vec::new();
    for (name, definition) in &definitions.placed {
        if definition.folder == Folder::Io {
            next.push(name.clone());
        }
    }
    while let Some(name) = next.pop() {
        let access = &graph.units[definitions.placed[&name].unit.index()].access;
        for used in access.captures.iter().chain(&access.reads) {
            if let Some(definition) = definitions.placed.get_mut(used)
                && tells(definition)
            {
                definition.folder = Folder::Io;
                next.push(used.clone());
            }
        }
    }
}

/// The layer of a definition by what it does, whatever the others do.
fn folder_by_effects(
    (program, graph): (&Program, &EffectGraph),
    steps: &[Step],
    definitions: &BTreeSet<String>,
    definition: &Definition,
) -> Folder {
    let statement = program.statement(definition.unit);
    let facts = function_facts(graph, statement, &definition.name);
    let mut effects = facts.effects.union(steps[definition.unit.index()].effects);
    if let Stmt::FunctionDef(function) = statement
        && function.body.iter().any(keeps_code)
    {
        // What it makes, and gives away, does that when others call it.
        for call in graph.calls_in(function.range) {
            effects.extend(call.own_effects.without(OF_OTHERS));
        }
    }
    if matches!(statement, Stmt::ClassDef(_)) && only_layers_draw(graph, statement.range()) {
        effects = effects.without(EffectSet::of(Effect::Random));
    }
    let changes = definition.copies.is_empty() && changes_arguments(&facts, steps);
    let mut besides = BESIDES;
    if graph.calls_in(statement.range()).all(is_loading) {
        besides.insert(Effect::Dynamic);
    }
    if effects.contains(Effect::Unknown) && registers(program, definitions, statement) {
        // Nobody but the job would import it, and it must be there when what it is registered with runs.
        Folder::Application
    } else if effects.is_pure() && !changes {
        Folder::Domain
    } else if effects.is_pure() {
        // What it is given changes behind the back of whoever gave it: no function of the domain does that.
        Folder::Application
    } else if effects.intersects(TOUCHES) && effects.is_subset(TOUCHES.union(besides)) {
        Folder::Io
    } else {
        Folder::Application
    }
}

/// Whether a definition is registered with another one of the author's: `@cli.command()`.
fn registers(program: &Program, names: &BTreeSet<String>, statement: &Stmt) -> bool {
    let decorators = match statement {
        Stmt::FunctionDef(it) => &it.decorator_list,
        Stmt::ClassDef(it) => &it.decorator_list,
        _ => return false,
    };
    decorators.iter().any(|it| {
        let owner = program.text(it.expression.range()).split(['.', '(']).next();
        owner.is_some_and(|owner| names.contains(owner.trim()))
    })
}

/// Whether nothing in a class draws but the layers of a network, their first weights: the architecture is the domain's.
fn only_layers_draw(graph: &EffectGraph, class: TextRange) -> bool {
    let mut drawing = graph
        .calls_in(class)
        .filter(|it| it.own_effects.contains(Effect::Random));
    drawing.all(|it| matches!(&it.callee, Callee::Library(name) if name.starts_with("torch.nn.")))
}

/// Whether a call runs no code but that of objects that it reads (`pickle.load`): `exec` and imports by name run any.
fn is_loading(call: &CallFacts) -> bool {
    let reads = |name: &str| {
        let last = name.rsplit('.').next().unwrap_or(name);
        last.starts_with("load") || last.starts_with("read_")
    };
    match &call.callee {
        Callee::Library(name) => !call.own_effects.contains(Effect::Dynamic) || reads(name),
        // It has a layer of its own, which this one follows.
        Callee::User(_) => true,
        Callee::Unknown => !call.own_effects.contains(Effect::Dynamic),
    }
}

/// Moves functions to the application that touch nothing themselves, but call functions of `io` that do: they say what is done
/// in which order, unless what reads or writes needs them.
fn raise_orchestrators(program: &Program, graph: &EffectGraph, definitions: &mut Definitions) {
    let io: BTreeSet<&String> = definitions
        .placed
        .iter()
        .filter(|(_, it)| it.folder == Folder::Io)
        .map(|(name, _)| name)
        .collect();
    let touches = |definition: &Definition| {
        let statement = program.statement(definition.unit);
        let effects = function_facts(graph, statement, &definition.name).effects;
        let mut passed_on = EffectSet::default();
        let mut calls_library = false;
        for call in graph.calls_in(statement.range()) {
            match &call.callee {
                Callee::User(name) if io.contains(name) => passed_on.extend(call.own_effects),
                _ => calls_library |= call.own_effects.intersects(TOUCHES),
            }
        }
        let own = effects.without(passed_on);
        calls_library || own.intersects(TOUCHES) || matches!(statement, Stmt::ClassDef(_))
    };
    let mut stay: BTreeSet<String> = BTreeSet::new();
    let mut next: Vec<&String> = io
        .iter()
        .copied()
        .filter(|name| touches(&definitions.placed[*name]))
        .collect();
    while let Some(name) = next.pop() {
        if stay.insert(name.clone()) {
            let access = &graph.units[definitions.placed[name].unit.index()].access;
            let used = access.captures.iter().chain(&access.reads);
            next.extend(used.filter_map(|it| io.get(it).copied()));
        }
    }
    for (name, definition) in &mut definitions.placed {
        if definition.folder == Folder::Io && !stay.contains(name) {
            definition.folder = Folder::Application;
        }
    }
}
