//! Where the input's own functions and classes go.

mod callbacks;
mod copying;
mod hidden;
mod layers;
mod models;

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Callee, EffectGraph, FunctionFacts, Occurrence, UnitFacts};
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Program, Ranged, Span, TextRange, UnitId};

use self::callbacks::Callbacks;
pub(crate) use self::callbacks::only_calls;
pub(crate) use self::copying::layer;
pub(crate) use self::models::{MOST_PARAMETERS, Model, hand_models, key};
use crate::Folder;
use crate::constants;
use crate::defining::Before;
use crate::defining::used_when_defined;
use crate::names::Names;
use crate::steps::{Step, constant_assignment, keeps_code};
use crate::timeline::Bound;

/// A function or class at module level of the package.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub unit: UnitId,
    pub name: String,
    pub folder: Folder,
    /// Variables of the module that it read, with the parameters that it gets for them.
    pub lifted: Vec<(String, String)>,
    /// Parameters that it copies first, because it changes them.
    pub copies: Vec<String>,
    /// What it gets instead of some of the settings among these variables.
    pub models: Vec<Model>,
}

impl Definition {
    /// One that reads no variables.
    pub(crate) fn new(unit: UnitId, name: &str, folder: Folder) -> Self {
        Self {
            unit,
            name: name.to_owned(),
            folder,
            lifted: Vec::new(),
            copies: Vec::new(),
            models: Vec::new(),
        }
    }
}

/// The definitions of an input.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    /// By name.
    pub placed: BTreeMap<String, Definition>,
    /// Definitions that stay inside the application function, and why.
    pub nested: BTreeMap<String, String>,
    /// The class of all settings of the job, once it is named.
    pub settings: String,
}

impl Definitions {
    /// The variables that placed functions get as arguments, with the parameters, by function.
    pub(crate) fn lifted(&self) -> BTreeMap<String, Vec<(String, String)>> {
        let placed = self.placed.values();
        placed.map(|it| (it.name.clone(), it.given())).collect()
    }
}

/// Decides for every `def` and `class` at module level.
pub(crate) fn place(
    program: &Program,
    graph: &EffectGraph,
    names: &mut Names,
    steps: &[Step],
    bound: &Bound,
    section_of: &dyn Fn(&str) -> Option<String>,
) -> Definitions {
    let uses = Uses::of((program, graph), steps, bound, section_of);
    let mut definitions = Definitions::default();
    for step in steps.iter().filter(|step| step.is_definition()) {
        let Some(name) = defined_name(program.statement(step.unit)) else {
            continue;
        };
        match placement(program, graph, names, step, &uses) {
            Ok(definition) => {
                definitions.placed.insert(name.to_owned(), definition);
            }
            Err(reason) => {
                definitions.nested.insert(name.to_owned(), reason);
            }
        }
    }
    nest_dependents(program, graph, names, &mut definitions);
    definitions
}

fn defined_name(statement: &Stmt) -> Option<&str> {
    match statement {
        Stmt::FunctionDef(function) => Some(&function.name),
        Stmt::ClassDef(class) => Some(&class.name),
        other => constant_assignment(other).map(|(name, _)| name),
    }
}

/// Whether a definition means the same at module level of the package.
fn is_movable(unit: &UnitFacts, names: &Names, name: &str) -> Result<(), String> {
    if !names.is_definition(name) {
        return Err("its name is bound more than once".to_owned());
    }
    if names.get(name).is_some_and(|facts| facts.is_deleted) {
        return Err("its name is deleted".to_owned());
    }
    if !unit.access.globals.is_empty() {
        return Err("it binds names of the module".to_owned());
    }
    Ok(())
}

/// The function that can be given what a definition reads: itself, or the constructor of the class.
fn receiver_of<'p>(
    (program, graph): (&Program, &EffectGraph),
    statement: &'p Stmt,
    access: &srcify_effects::Access,
    variables: &[&String],
) -> Result<&'p ast::StmtFunctionDef, String> {
    match statement {
        Stmt::FunctionDef(function) => Ok(function),
        Stmt::ClassDef(class) => {
            let constructors = variables
                .iter()
                .map(|it| constants::constructor_of(graph, class, access, it));
            let constructors = constructors.collect::<Option<Vec<_>>>();
            let first = constructors.and_then(|all| all.first().copied());
            first
                .filter(|_| !makes_itself(program, class))
                .ok_or_else(|| format!("the class reads the variable `{}`", variables[0]))
        }
        _ => Err(format!("it reads the variable `{}`", variables[0])),
    }
}

fn placement(
    program: &Program,
    graph: &EffectGraph,
    names: &mut Names,
    step: &Step,
    uses: &Uses<'_>,
) -> Result<Definition, String> {
    let statement = program.statement(step.unit);
    let name = defined_name(statement).unwrap_or_default();
    let access = &graph.units[step.unit.index()].access;
    is_movable(&graph.units[step.unit.index()], names, name)?;
    uses.before.is_the_same_before(step, names)?;
    let facts = function_facts(graph, statement, name);
    let mut free: BTreeSet<&String> = access.captures.iter().chain(&facts.reads).collect();
    if free.len() > access.captures.len() {
        let given = read_by_what_it_is_given(program, graph, step.unit);
        free.retain(|it| access.captures.contains(*it) || !given.contains(it));
    }
    let variables: Vec<&String> = free
        .into_iter()
        .filter(|it| names.is_variable(it) && *it != name)
        .collect();
    if variables.is_empty() {
        return Ok(Definition::new(step.unit, name, Folder::Domain));
    }
    let function = receiver_of((program, graph), statement, access, &variables)?;
    let known = (program, graph, &*names);
    liftable(known, (name, function), &facts, uses, &variables)?;
    let own = crate::job::bound_in(std::slice::from_ref(statement));
    let is_own = |it: &&&String| own.contains(**it) && !access.captures.contains(**it);
    if let Some(variable) = variables.iter().find(is_own) {
        return Err(format!(
            "what it calls reads the variable `{variable}`, and it has one of that name itself"
        ));
    }
    let is_rebound = |it: &&&String| names.get(it).is_some_and(|it| it.bindings.len() > 1);
    if let Some(variable) = variables.iter().find(is_rebound)
        && runs_later(function)
    {
        return Err(format!(
            "it may read `{variable}` after it was called, which is bound again"
        ));
    }
    let mut lifted = Vec::new();
    for variable in variables {
        let parameter = parameter_name(variable, function, program, names);
        lifted.push((variable.clone(), parameter));
    }
    Ok(Definition {
        lifted,
        ..Definition::new(step.unit, name, Folder::Domain)
    })
}

/// What only functions read that this one does not name: it is given them to call, and they have brought along what
/// they read. What methods read may be read on an object that it is given, or makes.
fn read_by_what_it_is_given<'g>(
    program: &Program,
    graph: &'g EffectGraph,
    unit: UnitId,
) -> BTreeSet<&'g String> {
    let mut functions: BTreeMap<&str, Vec<UnitId>> = BTreeMap::new();
    let mut reads = BTreeSet::new();
    for unit in program.units() {
        match program.statement(unit.id) {
            Stmt::FunctionDef(function) => {
                let places = functions.entry(function.name.as_str()).or_default();
                places.push(unit.id);
            }
            _ => reads.extend(&graph.units[unit.id.index()].access.captures),
        }
    }
    let mut named = BTreeSet::from([unit]);
    let mut left = vec![unit];
    while let Some(unit) = left.pop() {
        let captures = &graph.units[unit.index()].access.captures;
        let called = captures.iter().filter_map(|it| functions.get(it.as_str()));
        left.extend(called.flatten().filter(|it| named.insert(**it)));
    }
    let (named, given): (Vec<UnitId>, Vec<UnitId>) =
        (functions.into_values().flatten()).partition(|it| named.contains(it));
    let captures = |it: &UnitId| graph.units[it.index()].access.captures.iter();
    reads.extend(named.iter().flat_map(captures));
    let given = given.iter().flat_map(captures);
    given.filter(|it| !reads.contains(it)).collect()
}

/// Where names are read and called, found once for all definitions.
struct Uses<'a> {
    before: Before<'a>,
    loads: BTreeMap<&'a str, Vec<(UnitId, TextRange)>>,
    /// The user's functions that calls call, by the place of the function.
    called: BTreeSet<(Span, &'a str)>,
    bound: &'a Bound,
    /// The section of a variable that is a setting.
    section_of: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Uses<'a> {
    fn of(
        (program, graph): (&'a Program, &'a EffectGraph),
        steps: &'a [Step],
        bound: &'a Bound,
        section_of: &'a dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let mut loads: BTreeMap<&str, Vec<(UnitId, TextRange)>> = BTreeMap::new();
        for (unit, facts) in (0..).map(UnitId).zip(&graph.units) {
            for (name, range, occurrence) in &facts.access.occurrences {
                if *occurrence == Occurrence::Load {
                    loads.entry(name).or_default().push((unit, *range));
                }
            }
        }
        let called = graph.calls.iter().filter_map(|call| match &call.callee {
            Callee::User(name) => Some((Span::from(call.function), name.as_str())),
            _ => None,
        });
        Self {
            before: Before::of(program, graph, steps),
            loads,
            called: called.collect(),
            bound,
            section_of,
        }
    }

    fn loads(&self, name: &str) -> &[(UnitId, TextRange)] {
        self.loads.get(name).map_or(&[], Vec::as_slice)
    }

    fn is_call(&self, range: TextRange, function: &str) -> bool {
        self.called.contains(&(Span::from(range), function))
    }
}

/// Whether every use of the function is a call that can pass what it read from the module, or can give it along with it.
fn liftable(
    (program, graph, names): (&Program, &EffectGraph, &Names),
    (name, function): (&str, &ast::StmtFunctionDef),
    facts: &FunctionFacts,
    uses: &Uses<'_>,
    variables: &[&String],
) -> Result<(), String> {
    let variable = variables[0];
    if !function.decorator_list.iter().all(passes_on) {
        return Err(format!(
            "it is decorated and reads the variable `{variable}`"
        ));
    }
    if uses.parameters_for(program, name, variables) > MOST_PARAMETERS {
        return Err(format!(
            "it reads {} variables of the module",
            variables.len()
        ));
    }
    let is_there = |unit: UnitId, name: &str| {
        uses.bound.is_bound_before(unit.index(), name) || (uses.section_of)(name).is_some()
    };
    let callbacks = Callbacks {
        program,
        graph,
        names,
        function,
        is_there: &is_there,
    };
    let mut is_given = false;
    for (unit, range) in uses.loads(name) {
        if is_asked_for(program, *unit, *range) {
            continue;
        }
        let is_call = uses.is_call(*range, name);
        if !is_call && !callbacks.may_be_partial(*unit, *range, variables) {
            return Err(format!(
                "it is used as a value and reads the variable `{variable}`"
            ));
        }
        is_given |= !is_call;
        let hidden = hidden::hidden_at(program.statement(*unit), *range);
        if let Some(hidden) = variables.iter().find(|it| hidden.contains(**it)) {
            return Err(format!(
                "it reads the variable `{hidden}`, and is called where another one has that name"
            ));
        }
        let access = &graph.units[unit.index()].access;
        let is_in_definition = access.captures.contains(name);
        let is_unbound = |name: &&&String| !is_there(*unit, name);
        if let Some(unbound) = variables.iter().find(is_unbound)
            && !is_in_definition
        {
            return Err(format!(
                "`{unbound}`, which it reads, may be unbound when it is called"
            ));
        }
    }
    // What a library calls and no part of the program names is no value of a call.
    if facts.is_value && !is_given {
        return Err(format!(
            "it is used as a value and reads the variable `{variable}`"
        ));
    }
    Ok(())
}

/// Whether what a decorator makes of a function passes on whatever it is given: `@torch.no_grad()`, `@contextmanager`.
/// Source: the documentation of each.
fn passes_on(decorator: &ast::Decorator) -> bool {
    let function = match &decorator.expression {
        ast::Expr::Call(call) if call.arguments.is_empty() => &*call.func,
        other => other,
    };
    let name = match function {
        ast::Expr::Name(name) => name.id.as_str(),
        ast::Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return false,
    };
    ["no_grad", "inference_mode", "contextmanager"].contains(&name)
}

/// Whether a class may make instances of itself, by its name or without it: its methods have no values for them.
pub(crate) fn makes_itself(program: &Program, class: &ast::StmtClassDef) -> bool {
    use ast::visitor::{Visitor, walk_expr};
    struct Calls<'a>(&'a str, bool);
    impl<'a> Visitor<'a> for Calls<'_> {
        fn visit_expr(&mut self, expression: &'a ast::Expr) {
            if let ast::Expr::Call(call) = expression
                && let Some(function) = call.func.as_name_expr()
            {
                self.1 |= [self.0, "cls"].contains(&function.id.as_str());
            }
            walk_expr(self, expression);
        }
    }
    let mut calls = Calls(&class.name, false);
    calls.visit_body(&class.body);
    let text = program.text(class.range);
    calls.1 || text.contains("type(self)") || text.contains("__class__")
}

/// Whether a class is only named here to ask it something: `isinstance(x, Net)`, `super(Net, self)`, `Net.count`.
fn is_asked_for(program: &Program, unit: UnitId, range: TextRange) -> bool {
    use ast::visitor::{Visitor, walk_expr};
    struct Questions(TextRange, bool);
    impl<'a> Visitor<'a> for Questions {
        fn visit_expr(&mut self, expression: &'a ast::Expr) {
            if let ast::Expr::Call(call) = expression
                && let Some(function) = call.func.as_name_expr()
                && ["isinstance", "issubclass", "super"].contains(&function.id.as_str())
            {
                self.1 |= call.arguments.args.iter().any(|it| it.range() == self.0);
            }
            // `Deck.created`: what its instances share; but `f.__code__` tells of parameters.
            if let ast::Expr::Attribute(it) = expression {
                self.1 |= !it.attr.starts_with("__") && it.value.range() == self.0;
            }
            walk_expr(self, expression);
        }
    }
    let mut questions = Questions(range, false);
    questions.visit_stmt(program.statement(unit));
    questions.1
}

/// Whether code of the function may run when its call is over: it is a generator, or makes functions.
fn runs_later(function: &ast::StmtFunctionDef) -> bool {
    is_generator(function) || function.body.iter().any(keeps_code)
}

/// Whether the body of a function does not run, or not all of it, when it is called.
pub(crate) fn is_generator(function: &ast::StmtFunctionDef) -> bool {
    use ast::visitor::{Visitor, walk_expr};
    struct Yields(bool);
    impl<'a> Visitor<'a> for Yields {
        fn visit_expr(&mut self, expression: &'a ast::Expr) {
            self.0 |= expression.is_yield_expr() || expression.is_yield_from_expr();
            walk_expr(self, expression);
        }
    }
    let mut yields = Yields(function.is_async);
    yields.visit_body(&function.body);
    yields.0
}

/// The parameter for a variable: its name in lower case, where that is free.
fn parameter_name(
    variable: &str,
    function: &ast::StmtFunctionDef,
    program: &Program,
    names: &Names,
) -> String {
    // A text calls it by its name.
    if names.get(variable).is_some_and(|it| it.is_mentioned) {
        return variable.to_owned();
    }
    let lower = variable.to_lowercase();
    // Inside of the function the name is its own: only what it reads itself must not be hidden.
    let is_used = crate::names::variables(program.text(function.range)).contains(&lower);
    let is_free =
        !is_used && names.get(&lower).is_none() && !srcify_syntax::is_reserved_word(&lower);
    if is_free { lower } else { variable.to_owned() }
}

/// Facts of a function, or of a class: those of all its methods.
pub(crate) fn function_facts(graph: &EffectGraph, statement: &Stmt, name: &str) -> FunctionFacts {
    let facts = graph.functions.get(name).cloned().unwrap_or_default();
    // A constant may become a setting, which brings to life what it keeps from running.
    let mut facts = facts.awake();
    if matches!(statement, Stmt::ClassDef(_)) {
        let prefix = format!("{name}.");
        let methods = graph.functions.range(prefix.clone()..);
        for (_, method) in methods.take_while(|(method, _)| method.starts_with(&prefix)) {
            let method = method.clone().awake();
            facts.effects.extend(method.effects);
            facts.reasons.extend(method.reasons);
            facts.reads.extend(method.reads);
            facts.writes.extend(method.writes);
        }
    }
    facts
}

/// What a nested definition is needed by must be nested, too.
fn nest_dependents(
    program: &Program,
    graph: &EffectGraph,
    names: &Names,
    definitions: &mut Definitions,
) {
    let needs_variables = |callee: &Definition| {
        let mut lifted = callee.lifted.iter();
        lifted.any(|(variable, _)| names.is_variable(variable))
    };
    loop {
        let mut moved = Vec::new();
        for (name, definition) in &definitions.placed {
            let access = &graph.units[definition.unit.index()].access;
            let uses = access.captures.iter().chain(&access.reads);
            if let Some(nested) = uses
                .into_iter()
                .find(|it| definitions.nested.contains_key(*it))
            {
                moved.push((
                    name.clone(),
                    format!("it uses `{nested}`, which stays in the application"),
                ));
            }
            // A function that passes lifted values on needs them itself.
            let missing = access
                .captures
                .iter()
                .filter_map(|it| definitions.placed.get(it))
                .any(|callee| {
                    callee.lifted.iter().any(|(variable, _)| {
                        names.is_variable(variable)
                            && !definition.lifted.iter().any(|(own, _)| own == variable)
                    })
                });
            // At the head of a module there are no variables to pass to what a decorator or a default calls.
            let runs_now = used_when_defined(program.statement(definition.unit));
            let mut runs_now = runs_now.into_iter().filter(|it| it != name);
            let is_early = runs_now.any(|it| {
                let callee = definitions.placed.get(it);
                callee.is_some_and(needs_variables)
            });
            if missing || is_early {
                moved.push((
                    name.clone(),
                    "it calls a function that needs variables of the module".to_owned(),
                ));
            }
        }
        if moved.is_empty() {
            break;
        }
        for (name, reason) in moved {
            definitions.placed.remove(&name);
            definitions.nested.insert(name, reason);
        }
    }
}

/// Notes what is passed on to functions, which read it themselves before: by the calls of a step, by decorators and defaults,
/// and by code that is kept for later.
pub(crate) fn note_passed_values(definitions: &Definitions, steps: &mut [Step]) {
    let passed_to = |called: &BTreeSet<String>| -> Vec<String> {
        let placed = called
            .iter()
            .filter_map(|name| definitions.placed.get(name));
        placed
            .flat_map(|callee| callee.lifted.iter().map(|(variable, _)| variable.clone()))
            .collect()
    };
    for step in steps {
        let now = passed_to(&step.reads);
        let later = passed_to(&step.captures);
        step.reads.extend(now);
        step.reads.extend(later.iter().cloned());
        step.captures.extend(later);
    }
}
