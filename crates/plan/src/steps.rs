//! The statements of the input as steps of a job: what each needs, gives and changes.

mod awaits;
mod called_back;
mod closings;
mod declared;
mod prepared;
mod redraws;
mod shown;
mod spent;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use srcify_effects::{Access, Callee, Effect, EffectGraph, EffectSet, Mutation, Occurrence, Type};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, UnitId};

use crate::figures;
use crate::names::{Names, mentioned_names};
use crate::prints::as_print;

pub(crate) use self::awaits::awaits;
pub(crate) use self::prepared::{calls_little, prepared_only};

/// What kind of statement a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepKind {
    Import,
    Function,
    Class,
    /// Binds a constant of the module.
    Constant,
    /// A string alone on its line: the docstring, or a comment.
    Text,
    Print,
    /// Everything else.
    Work,
}

/// How much a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Names a value that is written down: `sizes = {"small": 1}`.
    Literal,
    /// Names a part of something: `features = table.columns`.
    Part,
    /// Names what is hardly more than a name: `today = pd.Timestamp("2024-01-01")`.
    Tiny,
    Full,
}

/// A statement as a step.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub unit: UnitId,
    pub kind: StepKind,
    pub form: Form,
    pub effects: EffectSet,
    /// Names it needs, imports and builtins included.
    pub reads: BTreeSet<String>,
    /// Names it binds whenever it completes.
    pub must: BTreeSet<String>,
    pub may: BTreeSet<String>,
    /// The names that it may bind, as they stand in the text.
    pub binds: Vec<String>,
    pub deletes: BTreeSet<String>,
    /// Names whose files may end here: they are deleted or bound again.
    pub closes: BTreeSet<String>,
    pub captures: BTreeSet<String>,
    /// Names that functions within it declare `global`.
    pub globals: BTreeSet<String>,
    /// It makes functions, or generators that may run later.
    pub keeps_code: bool,
    /// What the functions do that it makes.
    pub kept_effects: EffectSet,
    pub mutates: BTreeMap<String, Mutation>,
    /// Pairs of names in `mutates` that may lead to a common object.
    pub shares: BTreeSet<(String, String)>,
    /// Other names of what it reads, under names that are bound again.
    pub looks_at: BTreeSet<String>,
    /// Other names that may be the objects which names had that it binds again.
    pub leaves: BTreeSet<String>,
    pub consumes: BTreeSet<String>,
    pub types: BTreeMap<String, Type>,
    /// What names appear to be, for annotations.
    pub hints: BTreeMap<String, Type>,
    pub is_assumed: bool,
    /// Lines that its text takes, about.
    pub lines: usize,
    /// Functions rebind names of the module while it runs.
    pub writes_globals: bool,
    /// Figures of which values are read, where it may draw on them without naming them.
    pub redraws: BTreeSet<String>,
    /// What it may set or change without naming it: through functions that unknown code calls, or in a library.
    pub called_back: Rc<BTreeSet<String>>,
    /// It imports something while it runs: a name that is bound twice, or one of several libraries.
    pub imports: bool,
}

impl Step {
    /// Whether it defines something that may stand at module level: a function, a class, a constant.
    pub(crate) fn is_definition(&self) -> bool {
        matches!(
            self.kind,
            StepKind::Function | StepKind::Class | StepKind::Constant
        )
    }

    /// The names of which it knows a type, or what they appear to be.
    pub(crate) fn typed(&self) -> impl Iterator<Item = &str> {
        let names = self.types.keys().chain(self.hints.keys());
        names.map(String::as_str)
    }

    /// The type that an annotation says of a name.
    pub(crate) fn annotated(&self, name: &str) -> Option<&Type> {
        self.hints.get(name).or_else(|| self.types.get(name))
    }
}

/// Effects that only change what is seen.
pub(crate) const SEEN_ONLY: EffectSet = EffectSet::from_slice(&[Effect::Display, Effect::Figure]);

/// Steps for all statements.
pub(crate) fn steps_of(
    program: &Program,
    graph: &EffectGraph,
    names: &Names,
    secrets: &BTreeSet<UnitId>,
) -> Vec<Step> {
    let mut steps: Vec<Step> = program
        .units()
        .iter()
        .map(|unit| step(program, graph, names, unit.id))
        .collect();
    for step in steps.iter_mut().filter(|step| secrets.contains(&step.unit)) {
        step.effects.insert(Effect::ReadEnvironment);
    }
    // A logger that is no constant is nothing to compute with.
    for step in steps.iter_mut().filter(|it| it.kind == StepKind::Work) {
        if crate::constants::is_logger(program, graph, step.unit) {
            step.effects.insert(Effect::Logging);
        }
    }
    // What waits belongs into the job, which is a coroutine then: no other function is one.
    for step in &mut steps {
        if awaits(program.statement(step.unit)) {
            step.effects.insert(Effect::Clock);
        }
    }
    declared::say(program, &mut steps);
    closings::note_closings(program, &mut steps);
    redraws::note_redrawn(&mut steps);
    spent::release_spent(program, graph, &mut steps);
    called_back::note_called_back(program, graph, names, &mut steps);
    steps
}

/// The functions that a statement calls: one out of a table (`handlers["clip"](99)`) is needed, though no name says so.
fn called_by(
    program: &Program,
    graph: &EffectGraph,
    names: &Names,
    unit: UnitId,
) -> BTreeSet<String> {
    let calls = graph.calls_in(program.units()[unit.index()].range);
    let called = calls.filter_map(|call| match &call.callee {
        Callee::User(name) if names.is_definition(name) => Some(name.clone()),
        _ => None,
    });
    called.collect()
}

fn step(program: &Program, graph: &EffectGraph, names: &Names, unit: UnitId) -> Step {
    let statement = program.statement(unit);
    let facts = &graph.units[unit.index()];
    let kind = match statement {
        Stmt::Import(_) | Stmt::ImportFrom(_) => StepKind::Import,
        _ if names.typing_branches.contains(&unit) => StepKind::Import,
        Stmt::FunctionDef(_) => StepKind::Function,
        Stmt::ClassDef(_) => StepKind::Class,
        Stmt::Expr(ast::StmtExpr { value, .. }) if value.is_string_literal_expr() => StepKind::Text,
        _ if as_print(statement).is_some() => StepKind::Print,
        _ if constant_assignment(statement).is_some_and(|(name, _)| names.is_definition(name)) => {
            StepKind::Constant
        }
        _ => StepKind::Work,
    };
    let mut reads: BTreeSet<String> = facts.access.reads.clone();
    reads.extend(facts.reads_by_call.iter().cloned());
    reads.extend(
        mentioned_names(statement)
            .into_iter()
            .filter(|name| names.get(name).is_some()),
    );
    if kind == StepKind::Work {
        reads.extend(called_by(program, graph, names, unit));
    }
    let may = facts.access.may.iter().chain(&facts.writes_by_call);
    let may: BTreeSet<String> = may.cloned().collect();
    let [types, hints] = [&facts.types, &facts.hints].map(|it| declared::grown(it, facts, &may));
    Step {
        unit,
        kind,
        form: form(statement),
        effects: facts.effects,
        reads,
        must: facts.access.must.clone(),
        binds: in_text_order(&facts.access, &may),
        may,
        deletes: facts.access.deletes.clone(),
        closes: BTreeSet::new(),
        captures: facts.access.captures.clone(),
        globals: facts.access.globals.clone(),
        keeps_code: keeps_code(statement),
        kept_effects: kept_effects(graph, statement),
        mutates: facts.mutates.clone(),
        shares: facts.shares.clone(),
        looks_at: facts.looks_at.clone(),
        leaves: facts.leaves.clone(),
        consumes: facts.consumes.clone(),
        types,
        hints,
        is_assumed: facts.is_assumed,
        lines: lines(program.own_text(unit)),
        writes_globals: !facts.writes_by_call.is_empty(),
        redraws: BTreeSet::new(),
        called_back: Rc::default(),
        imports: imports(statement),
    }
}

/// What the functions do that a statement makes, as far as that is known.
fn kept_effects(graph: &EffectGraph, statement: &Stmt) -> EffectSet {
    let mut effects = EffectSet::default();
    if keeps_code(statement) {
        let calls = graph.calls_in(statement.range());
        calls.for_each(|call| effects.extend(call.effects));
    }
    effects.without(EffectSet::of(Effect::Unknown))
}

/// Whether an import stands in a statement, outside of functions and classes.
fn imports(statement: &Stmt) -> bool {
    use ast::visitor::{Visitor, walk_stmt};
    struct Found(bool);
    impl<'a> Visitor<'a> for Found {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Import(_) | Stmt::ImportFrom(_) => self.0 = true,
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ => walk_stmt(self, statement),
            }
        }
    }
    let mut found = Found(false);
    found.visit_stmt(statement);
    found.0
}

/// Methods that give a part of an object, or the object itself in another form.
const PART_METHODS: &[&str] = &[
    "asarray", "copy", "head", "items", "keys", "tail", "to_list", "to_numpy", "tolist", "values",
];

fn takes_part(expression: &Expr) -> bool {
    let Expr::Call(call) = expression else {
        return false;
    };
    let method = call.func.as_attribute_expr();
    method.is_some_and(|it| PART_METHODS.contains(&it.attr.as_str()))
        || call.func.as_name_expr().is_some_and(|it| it.id == "len")
}

/// Parts of an expression that make a function worth its name.
const WORTH_A_FUNCTION: usize = 7;

fn form(statement: &Stmt) -> Form {
    use ast::visitor::{Visitor, walk_expr};
    struct Parts {
        count: usize,
        is_literal: bool,
        makes_code: bool,
        is_part: bool,
    }
    impl<'a> Visitor<'a> for Parts {
        fn visit_expr(&mut self, expression: &'a Expr) {
            self.count += 1;
            self.is_literal &= expression.is_literal_expr()
                || matches!(expression, Expr::Dict(it) if it.items.iter().all(|it| it.key.is_some()))
                || matches!(
                    expression,
                    Expr::List(_) | Expr::Tuple(_) | Expr::UnaryOp(_)
                );
            self.is_part &= expression.is_literal_expr()
                || matches!(
                    expression,
                    Expr::Name(_)
                        | Expr::Attribute(_)
                        | Expr::Subscript(_)
                        | Expr::Slice(_)
                        | Expr::List(_)
                        | Expr::Tuple(_)
                )
                || takes_part(expression);
            self.makes_code |= expression.is_lambda_expr()
                || expression.is_generator_expr()
                || expression.is_named_expr();
            walk_expr(self, expression);
        }
    }
    let Some((value, is_one)) = named_value(statement) else {
        return Form::Full;
    };
    let mut parts = Parts {
        count: 0,
        is_literal: true,
        makes_code: false,
        is_part: true,
    };
    parts.visit_expr(value);
    match (parts.is_literal, parts.count) {
        (true, _) => Form::Literal,
        (false, _) if parts.is_part => Form::Part,
        (false, count) if is_one && count <= WORTH_A_FUNCTION && !parts.makes_code => Form::Tiny,
        _ => Form::Full,
    }
}

/// What a statement gives names to, and whether it is one name: `low, high = data.range` gives two.
fn named_value(statement: &Stmt) -> Option<(&Expr, bool)> {
    if let Some((_, value)) = constant_assignment(statement) {
        return Some((value, true));
    }
    let assign = statement.as_assign_stmt()?;
    let is_names = |target: &Expr| match target {
        Expr::Name(_) => true,
        Expr::Tuple(it) => it.elts.iter().all(Expr::is_name_expr),
        _ => false,
    };
    assign
        .targets
        .iter()
        .all(is_names)
        .then_some((&*assign.value, false))
}

/// The names that a statement may bind, as they stand in its text.
fn in_text_order(access: &Access, may: &BTreeSet<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let stores = access
        .occurrences
        .iter()
        .filter(|(.., kind)| *kind == Occurrence::Store)
        .map(|(name, ..)| name);
    for name in stores.chain(may) {
        if may.contains(name) && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Lines of some text, once the formatter has broken the long ones.
fn lines(text: &str) -> usize {
    text.lines().map(|line| 1 + line.len() / WIDTH).sum()
}

/// Longer lines are broken.
const WIDTH: usize = 96;

impl Step {
    /// Whether it does no more than compute new values.
    pub(crate) fn is_pure(&self) -> bool {
        self.effects.is_pure() && !self.writes_globals
    }

    /// Whether `later` may not run before it.
    pub(crate) fn orders(&self, later: &Self) -> bool {
        self.touched()
            .any(|name| later.looks(name) || later.touches(name))
            || later.touched().any(|name| self.looks(name))
            || self.is_timed_by(later)
            || later.is_timed_by(self)
    }

    /// Whether another step may tell how long it takes: `start = time()`, `print(time() - start)`.
    pub(crate) fn is_timed_by(&self, clock: &Self) -> bool {
        clock.effects.contains(Effect::Clock)
            && self.kind == StepKind::Work
            && matches!(self.form, Form::Tiny | Form::Full)
    }

    /// Whether it reads a name, or what that is a name of.
    fn looks(&self, name: &String) -> bool {
        self.reads.contains(name) || self.looks_at.contains(name)
    }

    /// Names that it binds, unbinds, or whose objects it changes; some of them twice.
    pub(crate) fn touched(&self) -> impl Iterator<Item = &String> {
        self.may
            .iter()
            .chain(&self.deletes)
            .chain(self.mutates.keys())
            .chain(&self.consumes)
            .chain(&self.redraws)
            .chain(&*self.called_back)
    }

    fn touches(&self, name: &str) -> bool {
        self.may.contains(name)
            || self.deletes.contains(name)
            || self.mutates.contains_key(name)
            || self.consumes.contains(name)
            || self.redraws.contains(name)
            || self.called_back.contains(name)
    }
}

/// Finds the statements that only show something: their reasons, by step.
///
/// A statement goes when all it does is draw or display, all it changes are figures, and nothing that stays needs what
/// it binds or draws.
pub(crate) fn seen_only(
    program: &Program,
    graph: &EffectGraph,
    steps: &[Step],
) -> BTreeMap<UnitId, &'static str> {
    let (candidates, drawn) = shown::drawing(program, graph, steps);
    let mut dropped = BTreeMap::new();
    let mut needs = Needs::default();
    let mut stretch = usize::MAX;
    let stretches = figures::Figures::of(program).stretches(program, graph, steps);
    for (step, at) in steps.iter().zip(stretches).rev() {
        // What is drawn here is closed before the next stretch.
        needs.figure &= stretch == at;
        stretch = at;
        let Some((reason, touched)) = candidates.get(&step.unit) else {
            needs.keep(program, graph, step, &drawn);
            continue;
        };
        if needs.want(step, touched) {
            needs.keep(program, graph, step, &drawn);
        } else {
            dropped.insert(step.unit, *reason);
        }
    }
    shown::keep_closes(graph, steps, program, &mut dropped);
    shown::drop_callbacks(steps, &mut dropped);
    dropped
}

/// What the statements that stay, seen from the last to the first, need of those before them.
#[derive(Default)]
struct Needs {
    names: BTreeSet<String>,
    /// Something that stays uses a figure.
    figure: bool,
}

impl Needs {
    /// Whether what stays needs a drawing statement.
    fn want(&self, step: &Step, figures: &BTreeSet<String>) -> bool {
        let binds = step
            .may
            .iter()
            .chain(step.mutates.keys())
            .any(|name| self.names.contains(name));
        // Drawing on a part of a figure that is saved: the parts go by other names.
        let draws_on_needed = !figures.is_disjoint(&self.names);
        let draws = step.effects.contains(Effect::Figure) || !figures.is_empty();
        binds || draws_on_needed || (self.figure && draws)
    }

    fn keep(
        &mut self,
        program: &Program,
        graph: &EffectGraph,
        step: &Step,
        figures: &BTreeSet<String>,
    ) {
        let range = program.units()[step.unit.index()].range;
        let uses_figure = step.effects.contains(Effect::Figure)
            || !step.reads.is_disjoint(figures)
            || figures::may_be_taken(program, graph, range);
        let begins_figure = uses_figure && figures::begins_figure(program, graph, step.unit);
        for name in &step.must {
            self.names.remove(name);
        }
        self.names.extend(step.reads.iter().cloned());
        let own = step
            .mutates
            .iter()
            .filter(|(_, kind)| **kind == Mutation::Own);
        self.names.extend(own.map(|(name, _)| name.clone()));
        self.figure = (self.figure || uses_figure) && !begins_figure;
    }
}

/// The literal that a simple assignment binds, and its name.
pub(crate) fn constant_assignment(statement: &Stmt) -> Option<(&str, &Expr)> {
    match statement {
        Stmt::Assign(ast::StmtAssign { targets, value, .. }) => match &targets[..] {
            [Expr::Name(name)] => Some((name.id.as_str(), value)),
            _ => None,
        },
        Stmt::AnnAssign(ast::StmtAnnAssign {
            target,
            value: Some(value),
            ..
        }) => Some((target.as_name_expr()?.id.as_str(), value)),
        _ => None,
    }
}

/// A literal that is no container, with its sign: its identity tells nothing, and it is the same wherever it stands.
pub(crate) fn is_scalar(value: &Expr) -> bool {
    match value {
        Expr::UnaryOp(unary) => is_scalar(&unary.operand),
        other => other.is_literal_expr(),
    }
}

/// Whether a statement makes code that runs later. Generators do not that a call uses up at once, as in `sum(…)`.
pub(crate) fn keeps_code(statement: &Stmt) -> bool {
    use ast::visitor::{Visitor, walk_expr, walk_stmt};
    struct Code(bool);
    impl<'a> Visitor<'a> for Code {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            self.0 |= matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
            walk_stmt(self, statement);
        }
        fn visit_expr(&mut self, expression: &'a Expr) {
            let used_up = [
                "sum", "any", "all", "min", "max", "sorted", "list", "set", "tuple", "dict", "join",
            ];
            match expression {
                Expr::Lambda(_) | Expr::Generator(_) => self.0 = true,
                Expr::Call(call) => {
                    let name = match &*call.func {
                        Expr::Name(name) => name.id.as_str(),
                        Expr::Attribute(attribute) => attribute.attr.as_str(),
                        _ => "",
                    };
                    match &call.arguments.args[..] {
                        [Expr::Generator(generator)] if used_up.contains(&name) => {
                            self.visit_expr(&generator.elt);
                        }
                        _ => walk_expr(self, expression),
                    }
                }
                _ => walk_expr(self, expression),
            }
        }
    }
    let mut code = Code(false);
    code.visit_stmt(statement);
    code.0
}
