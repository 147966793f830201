//! What runs where a function or class is defined: whether it does the same at the head of a module.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Access, Effect, EffectGraph, EffectSet, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Span, UnitId};

use crate::names::Names;
use crate::steps::{Step, StepKind};

/// Effects that only look at the world, or of which that is all that is known.
const LOOKS: EffectSet = EffectSet::from_slice(&[
    Effect::ReadFile,
    Effect::ReadEnvironment,
    Effect::ReadGlobal,
    Effect::Clock,
    Effect::Nondeterministic,
    Effect::Unknown,
    Effect::Dynamic,
]);

/// Effects after which the world may look otherwise.
const CHANGES: EffectSet = EffectSet::from_slice(&[
    Effect::WriteFile,
    Effect::WriteEnvironment,
    Effect::Network,
    Effect::Database,
    Effect::Process,
    Effect::Seed,
    Effect::GlobalState,
    Effect::Unknown,
    Effect::Dynamic,
]);

/// Methods that run when a class is defined, or derived from.
const HOOKS: &[&str] = &[
    "__init_subclass__",
    "__new__",
    "__init__",
    "__prepare__",
    "__set_name__",
];

/// What the statements before a definition do, found once for all definitions.
pub(crate) struct Before<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
    /// The first statement that changes the world.
    world: Option<UnitId>,
    /// The first statement that changes what each name means.
    changed: BTreeMap<&'a str, UnitId>,
    /// The first statement that reads each name, itself or by functions.
    read: BTreeMap<&'a str, UnitId>,
    /// The classes of the input, by name.
    classes: BTreeMap<&'a str, &'a ast::StmtClassDef>,
    /// The modules that it imports, by the names they get.
    modules: BTreeSet<&'a str>,
}

impl<'a> Before<'a> {
    pub(crate) fn of(program: &'a Program, graph: &'a EffectGraph, steps: &'a [Step]) -> Self {
        let mut before = Self {
            program,
            graph,
            world: None,
            changed: BTreeMap::new(),
            read: BTreeMap::new(),
            classes: BTreeMap::new(),
            modules: BTreeSet::new(),
        };
        let mut uses: BTreeMap<&str, &Step> = BTreeMap::new();
        for step in steps {
            match program.statement(step.unit) {
                Stmt::ClassDef(class) => {
                    before.classes.insert(&class.name, class);
                }
                Stmt::Import(import) => {
                    let names = import.names.iter();
                    let bound = names.map(|it| it.asname.as_ref().unwrap_or(&it.name));
                    before.modules.extend(bound.map(|it| it.id.as_str()));
                }
                _ => {}
            }
            if step.is_definition() {
                uses.extend(step.may.iter().map(|name| (name.as_str(), step)));
            }
        }
        let acts = |it: &&Step| matches!(it.kind, StepKind::Work | StepKind::Print);
        for step in steps.iter().filter(acts) {
            if before.world.is_none() && step.effects.intersects(CHANGES) {
                before.world = Some(step.unit);
            }
            for name in step.mutates.keys() {
                before.changed.entry(name).or_insert(step.unit);
            }
            before.note_reads(step, step.unit, &uses);
        }
        before
    }

    /// Notes what a statement reads, and what the definitions use that it reads.
    fn note_reads(&mut self, step: &'a Step, unit: UnitId, uses: &BTreeMap<&'a str, &'a Step>) {
        let mut rest = vec![step];
        while let Some(step) = rest.pop() {
            for name in step.reads.iter().chain(&step.captures) {
                if !self.read.contains_key(name.as_str()) {
                    self.read.insert(name, unit);
                    rest.extend(uses.get(name.as_str()));
                }
            }
        }
    }

    /// Whether a definition does the same before all other statements, or why not.
    pub(crate) fn is_the_same_before(&self, step: &Step, names: &Names) -> Result<(), String> {
        let statement = self.program.statement(step.unit);
        let facts = &self.graph.units[step.unit.index()];
        let header = definition_time_reads(statement, &facts.access);
        if let Some(variable) = header.iter().find(|it| names.is_variable(it)) {
            return Err(format!("its definition reads the variable `{variable}`"));
        }
        if let Some(changed) = facts.mutates.keys().next() {
            return Err(format!("its definition changes `{changed}`"));
        }
        let mut read = facts.reads_by_call.iter();
        if let Some(variable) = read.find(|it| names.is_variable(it)) {
            return Err(format!(
                "what its definition calls reads the variable `{variable}`"
            ));
        }
        if let Some(effect) = facts.effects.without(LOOKS).iter().next() {
            return Err(format!("its definition has the effect `{effect}`"));
        }
        let is_before = |it: UnitId| it < step.unit;
        if let Some(effect) = facts.effects.iter().next()
            && self.world.is_some_and(is_before)
        {
            return Err(format!(
                "its definition has the effect `{effect}`, after others changed what it sees"
            ));
        }
        let is_in = |map: &BTreeMap<&str, UnitId>, name: &str| {
            map.get(name).copied().is_some_and(is_before)
        };
        if let Some(name) = looked_into(statement)
            .into_iter()
            .find(|it| is_in(&self.changed, it))
        {
            return Err(format!(
                "its definition reads `{name}`, which changes before"
            ));
        }
        if let Some(name) = self
            .notifies(statement)
            .into_iter()
            .find(|it| is_in(&self.read, it))
        {
            return Err(format!(
                "its definition may change `{name}`, which is used before"
            ));
        }
        Ok(())
    }

    /// The definitions that may change when this one is made: classes with hooks for heirs, and what registers functions.
    fn notifies(&self, statement: &'a Stmt) -> Vec<&'a str> {
        let decorators: &[ast::Decorator] = match statement {
            Stmt::FunctionDef(function) => &function.decorator_list,
            Stmt::ClassDef(class) => &class.decorator_list,
            _ => return Vec::new(),
        };
        // `@show.register`; `@torch.no_grad()` is a function of a library.
        let registers = decorators.iter().filter_map(|it| {
            let function = match &it.expression {
                Expr::Call(call) => &*call.func,
                other => other,
            };
            let owner = function.as_attribute_expr()?.value.as_name_expr()?;
            let owner = owner.id.as_str();
            (!self.modules.contains(owner)).then_some(owner)
        });
        let mut changed: Vec<&str> = registers.collect();
        let Stmt::ClassDef(class) = statement else {
            return changed;
        };
        let mut lineage: Vec<&str> = Vec::new();
        let mut rest = parents(class);
        while let Some(name) = rest.pop() {
            if let Some(class) = self.classes.get(name)
                && !lineage.contains(&name)
            {
                lineage.push(name);
                rest.extend(parents(class));
            }
        }
        let has_hook = |name: &&str| {
            self.classes.get(*name).is_some_and(|class| {
                let mut methods = class.body.iter().filter_map(Stmt::as_function_def_stmt);
                let is_metaclass = parents(class).contains(&"type");
                methods.any(|it| {
                    it.name.as_str() == "__init_subclass__"
                        || is_metaclass && HOOKS.contains(&it.name.as_str())
                })
            })
        };
        if lineage.iter().any(has_hook) {
            changed.append(&mut lineage);
        }
        changed
    }
}

/// The names of the classes that a class is made of: its bases, and its metaclass.
fn parents(class: &ast::StmtClassDef) -> Vec<&str> {
    let arguments = class.arguments.as_deref();
    let bases = arguments.into_iter().flat_map(|it| &it.args);
    let keywords = arguments.into_iter().flat_map(|it| &it.keywords);
    let values = bases.chain(keywords.map(|it| &it.value));
    values
        .filter_map(|it| Some(it.as_name_expr()?.id.as_str()))
        .collect()
}

/// Names that are read when the definition itself runs.
fn definition_time_reads(statement: &Stmt, access: &Access) -> BTreeSet<String> {
    match statement {
        Stmt::FunctionDef(function) => {
            let body = srcify_effects::function_names(Some(&function.parameters), &function.body);
            let inner: BTreeSet<Span> = body
                .occurrences
                .iter()
                .map(|(_, range, _)| (*range).into())
                .collect();
            let outer = access
                .occurrences
                .iter()
                .filter(|(_, range, _)| !inner.contains(&Span::from(*range)));
            outer
                .filter(|(.., it)| *it == Occurrence::Load)
                .map(|(name, ..)| name.clone())
                .collect()
        }
        _ => access
            .reads
            .iter()
            .filter(|name| !access.captures.contains(*name))
            .cloned()
            .collect(),
    }
}

/// Names of which a definition looks at more than that they are there: `size = Base.size * 2`, `def f(n=Base.size)`.
fn looked_into(statement: &Stmt) -> Vec<&str> {
    let mut found = LookedInto {
        names: Vec::new(),
        takes_names_alone: false,
    };
    found.definition(statement);
    found.names
}

/// Names that decorators, defaults, bases and the body of a class use, which run when the definition does.
pub(crate) fn used_when_defined(statement: &Stmt) -> Vec<&str> {
    let mut found = LookedInto {
        names: Vec::new(),
        takes_names_alone: true,
    };
    found.definition(statement);
    found.names
}

struct LookedInto<'a> {
    names: Vec<&'a str>,
    /// Also a name that stands alone: `@traced`, `key=default`.
    takes_names_alone: bool,
}

impl<'a> LookedInto<'a> {
    /// What runs now; names alone, annotations and bodies of functions are left out.
    fn definition(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                for decorator in &function.decorator_list {
                    self.value(&decorator.expression);
                }
                let parameters = function.parameters.iter();
                parameters
                    .filter_map(ast::AnyParameterRef::default)
                    .for_each(|it| self.value(it));
            }
            Stmt::ClassDef(class) => {
                for decorator in &class.decorator_list {
                    self.value(&decorator.expression);
                }
                let arguments = class.arguments.as_deref();
                let bases = arguments.into_iter().flat_map(|it| &it.args);
                let keywords = arguments.into_iter().flat_map(|it| &it.keywords);
                bases
                    .chain(keywords.map(|it| &it.value))
                    .for_each(|it| self.value(it));
                class.body.iter().for_each(|it| self.definition(it));
            }
            Stmt::AnnAssign(ast::StmtAnnAssign { value, .. }) => {
                value.iter().for_each(|it| self.value(it));
            }
            other => self.visit_stmt(other),
        }
    }

    fn value(&mut self, value: &'a Expr) {
        if self.takes_names_alone || !value.is_name_expr() {
            self.visit_expr(value);
        }
    }
}

impl<'a> Visitor<'a> for LookedInto<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => self.names.push(&name.id),
            Expr::Lambda(_) => {}
            _ => walk_expr(self, expression),
        }
    }
}
