//! The analysis: runs a program on abstract values, statement by statement.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashSet;
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, TextRange, UnitId};

use crate::calls::Passed;
use crate::catalog::obtainable::Obtainable;
use crate::condense::Condensed;
use crate::facts::{CallFacts, EffectGraph, FunctionFacts, Mutation, Reason, UnitFacts};
use crate::instances::Instances;
use crate::mentions::Mentions;
use crate::names::{Access, FunctionNames};
use crate::objects::Changed;
use crate::presume;
use crate::protocols::options_end;
use crate::records::Options;
use crate::recursion::Recursion;
use crate::stores::{LastStore, Stores};
use crate::value::{Happened, Object, Objects, Value};
use crate::variables::Env;
use crate::{Catalog, Effect, EffectSet, Type};

/// Tells the type of the expression at a place, when something better than the catalog knows it.
pub type TypeOracle<'a> = &'a dyn Fn(TextRange) -> Option<Type>;

/// Finds out what every statement and function of `program` reads, binds, changes and does to the world.
///
/// Never fails: what it cannot know has the effect `unknown`.
pub fn analyze(program: &Program, catalog: &Catalog, oracle: TypeOracle<'_>) -> EffectGraph {
    let told = presume::told_libraries(program, catalog);
    let wider = (!told.is_empty()).then(|| catalog.with_libraries(&told));
    let mut analyzer = Analyzer::new(program, catalog, oracle);
    analyzer.run_units();
    if analyzer.draws_unseen && analyzer.has_draws() {
        analyzer = Analyzer::new(program, catalog, oracle);
        analyzer.others_draw = true;
        analyzer.run_units();
    }
    if let Some(wider) = &wider {
        analyzer.presumed_catalog = wider;
    }
    analyzer.presumed_libraries = told;
    analyzer.run_uncalled_functions();
    analyzer.finish()
}

/// What happens while one statement runs.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub effects: Happened,
    pub reasons: Vec<Reason>,
    /// Objects changed in place.
    pub mutated: Changed,
    /// Objects that code changes which does not run.
    pub asleep: Changed,
    /// Iterators used up.
    pub consumed: Objects,
    pub global_reads: BTreeSet<String>,
    pub global_writes: BTreeSet<String>,
    pub is_assumed: bool,
    /// A figure changed.
    pub draws_figure: bool,
    /// Something that is no figure changed.
    pub mutates_other: bool,
}

/// A function or lambda of the user.
pub(crate) struct Closure<'a> {
    /// `clean`, `Model.fit`, `<lambda>`.
    pub name: String,
    pub parameters: Option<&'a ast::Parameters>,
    pub body: Body<'a>,
    pub names: Rc<FunctionNames>,
    /// The call in which it was defined.
    pub enclosing: Option<u32>,
    /// The class whose method it is.
    pub class: Option<String>,
    /// Defaults, evaluated when it was defined.
    pub defaults: BTreeMap<String, Value>,
    /// Variables of the comprehension in which it was defined, which end with that.
    pub captured: Env,
    pub is_generator: bool,
    pub is_async: bool,
    pub returns: Option<&'a Expr>,
    /// Defined at module level, or in a class there.
    pub is_top_level: bool,
    /// Contexts that decorate it, which each call enters.
    pub contexts: Vec<Value>,
    /// `@contextmanager`: calls give what `with` enters, not what it yields from.
    pub is_context: bool,
}

/// What a closure runs.
#[derive(Clone, Copy)]
pub(crate) enum Body<'a> {
    Statements(&'a [Stmt]),
    Expression(&'a Expr),
}

/// A class of the user.
#[derive(Debug, Clone, Default)]
pub(crate) struct Class {
    pub bases: Vec<String>,
    /// Methods and properties, as closures.
    pub methods: BTreeMap<String, usize>,
    pub properties: BTreeSet<String>,
    /// Properties that keep their value in the instance.
    pub cached: BTreeSet<String>,
    /// Static methods.
    pub unbound: BTreeSet<String>,
    /// Methods that are given the class.
    pub bound_to_type: BTreeSet<String>,
    /// What runs when a property is set.
    pub setters: BTreeMap<String, usize>,
    /// What its attributes were seen to hold.
    pub attributes: BTreeMap<String, Value>,
    /// Attributes that instances have of their own.
    pub own_attributes: BTreeSet<String>,
    /// Annotated names of records, in the order in which they are given.
    pub fields: Vec<String>,
    /// What those of them are that nothing is given for.
    pub defaults: BTreeMap<String, Value>,
    /// Its objects hold what they are given.
    pub is_plain_record: bool,
    /// Its annotated names are attributes of instances.
    pub is_dataclass: bool,
    /// A base, decorator or metaclass that is not known: construction may do anything.
    pub is_opaque: bool,
}

/// A call in progress.
#[derive(Clone)]
pub(crate) struct Frame {
    pub id: u32,
    pub closure: usize,
    pub locals: Env,
    pub names: Rc<FunctionNames>,
    /// The call in which the function was defined.
    pub enclosing: Option<u32>,
    pub returned: Option<Value>,
    /// What it would return if conditions had other answers, which they have not.
    pub asleep: Option<Value>,
    pub yielded: Option<Value>,
    pub function: String,
    /// Objects that came in through parameters.
    pub parameters: Vec<(String, Objects)>,
    /// Of these, the objects that parameters are, not those that they contain.
    pub given: BTreeMap<String, Objects>,
    /// Objects from this on were made by the call.
    pub first_object: Object,
    /// Older objects that it changed.
    pub changed: Objects,
    /// Those that only code changes which does not run.
    pub dormant: Objects,
    /// Functions defined in it keep its variables.
    pub is_kept: bool,
    /// Names of the module that were noted as read, for it and for the calls around it.
    pub reads: FxHashSet<String>,
}

/// The variables of a call that has ended, which functions defined in it still use.
pub(crate) struct Scope {
    pub variables: Env,
    pub names: Rc<FunctionNames>,
    pub enclosing: Option<u32>,
}

pub(crate) struct Analyzer<'a> {
    pub program: &'a Program,
    pub catalog: &'a Catalog,
    pub oracle: TypeOracle<'a>,
    pub globals: Env,
    pub frames: Vec<Frame>,
    pub closures: Vec<Closure<'a>>,
    pub classes: BTreeMap<String, Rc<Class>>,
    pub record: Record,
    pub functions: BTreeMap<String, FunctionFacts>,
    pub calls: BTreeMap<(u32, u32), CallFacts>,
    pub imports: BTreeMap<String, String>,
    pub left_as_none: Vec<String>,
    pub lookups: BTreeMap<(u32, u32), bool>,
    pub next_object: Object,
    /// Objects that outlive the calls that use them: mutable defaults, variables that closures keep, state of classes.
    pub shared: Objects,
    /// Those of them that stand for attributes which code outside of their bodies sets on classes.
    pub class_states: Objects,
    pub next_frame: u32,
    /// Variables of calls that have ended.
    pub scopes: BTreeMap<u32, Scope>,
    /// Functions that are being followed, by closure.
    pub recursions: BTreeMap<usize, Recursion>,
    /// Arguments that partial calls have bound.
    pub partials: Vec<Vec<Passed>>,
    /// The next call is made with arguments that nobody knows.
    pub has_unknown_arguments: bool,
    /// The next call is made by somebody else, who may pass more than what is known.
    pub is_handed: bool,
    /// Layers that computed something, which gradients may be added to.
    pub recorded: Objects,
    /// What calls of decorated functions change of their arguments.
    pub decorated: BTreeMap<String, BTreeSet<String>>,
    /// What the parameters of the next call are taken to be.
    pub presumed: BTreeMap<String, Type>,
    /// What calls appear to give, by closure.
    pub given_back: BTreeMap<usize, Option<Type>>,
    /// What variables of functions appear to be when calls end, by closure.
    pub locals: BTreeMap<usize, BTreeMap<String, Option<Type>>>,
    /// What the variables of functions appeared to be whenever they were bound.
    pub bound: BTreeMap<usize, BTreeMap<String, Option<Type>>>,
    /// What parameters appear to be.
    pub apparent: presume::Apparent,
    /// What attributes most likely are, by class.
    pub attribute_types: BTreeMap<String, Rc<BTreeMap<String, Type>>>,
    /// Functions that nothing calls are looked at, on what they are most likely given.
    pub is_presuming: bool,
    /// The catalog for that: it knows libraries, too, whose objects functions are given without importing them.
    pub presumed_catalog: &'a Catalog,
    /// The libraries that only that catalog knows.
    pub presumed_libraries: Vec<&'static str>,
    /// Effects of calls are no effects of the functions outside of these frames: a generator waits.
    pub heard_from: usize,
    pub guessed_from: Option<usize>, // from this depth on, calls are ones that a library may make
    /// What changes does so by code that nobody knows.
    pub is_cause_unknown: bool,
    /// The value being evaluated is looked into at once.
    pub is_container_only: bool,
    /// The classes whose objects the program can have, by the catalog and by the one for functions that nothing calls.
    pub obtainable: [OnceCell<Obtainable<'a>>; 2],
    /// The call that is a statement of its own.
    pub bare: Option<TextRange>,
    /// The operation that is a statement of its own: done for what it does to its operands.
    pub bare_operation: Option<TextRange>,
    /// Something draws from a global generator whose draws nothing else would show.
    pub draws_unseen: bool,
    /// Something else draws from it, or seeds it.
    pub others_draw: bool,
    /// Libraries whose state is restored when the block in progress ends.
    pub restored: Vec<String>,
    /// What was set to attributes of variables just now, and nothing ran since.
    pub last_stores: Vec<LastStore>,
    /// Functions of libraries in whose places the program sets others.
    pub patched: BTreeSet<String>,
    /// What attributes of objects hold that the statement makes.
    pub instances: Instances,
    /// Options of objects that nothing changes.
    pub options: BTreeMap<Object, Rc<Options>>,
    /// How the program's text mentions names.
    pub mentions: OnceCell<Mentions<'a>>,
    /// Where the program sets attributes.
    pub stores: OnceCell<Stores>,
    /// Classes of which some method was called and not followed; attributes that were set on what may be of any class.
    pub unseen_stores: [BTreeSet<String>; 2],
    /// Depths of calls whose standard output goes elsewhere.
    pub quiet: Vec<usize>,
    /// Some display holds objects that are told apart.
    pub has_entries: bool,
    /// Attributes and items that the blocks in progress put back, as they are written, with the depth of the call.
    pub restored_places: Vec<(usize, String)>,
    /// What was condensed in the attributes of classes.
    pub condensed: Condensed,
    /// Where options of how tables are shown are set for the last time.
    pub options_end: usize,
    /// Objects that modules hold, by path.
    pub module_objects: BTreeMap<String, Object>,
    /// What exceptions carry.
    pub raised: Value,
    /// Objects from this on were made by the statement.
    pub first_object: Object,
    /// Calls from this on belong to the statement.
    pub first_frame: u32,
    /// What a change of an object would change, too, if conditions had other answers, which they have not.
    pub aside: BTreeMap<Object, Objects>,
    /// Names of functions, by where they are defined.
    pub names_of: BTreeMap<(u32, u32), Rc<FunctionNames>>,
    /// Statements that may still be evaluated inside calls; then calls are unknown.
    pub budget: u32,
    /// How deep the current expression is nested.
    pub depth: u32,
    pub units: Vec<UnitFacts>,
    pub(crate) accesses: Vec<Access>,
    /// Who reads an object under which name, of names that are bound more than once.
    pub(crate) readers: BTreeMap<Object, BTreeMap<String, Vec<usize>>>,
    /// Names that more than one statement binds.
    pub(crate) rebound: BTreeSet<String>,
    /// Names of the module that are what one statement says, always.
    pub(crate) constants: OnceCell<BTreeSet<String>>,
    /// Names that are bound, with whether each certainly counts up from zero or more.
    pub(crate) counters: OnceCell<BTreeMap<String, bool>>,
    /// Dictionaries of which it is known; names that are not only looked up in; names that are bound as `nonlocal`.
    pub(crate) dictionaries: BTreeMap<Object, u32>,
    pub(crate) handed_on: OnceCell<BTreeSet<String>>,
    pub(crate) nonlocals: OnceCell<BTreeSet<String>>,
    /// Variables of the comprehensions in progress.
    pub(crate) comprehended: Vec<String>,
    /// How deep the code in progress stands in code that does not run.
    pub(crate) asleep: u32,
    /// The last condition that was settled is so by constants of the module.
    pub(crate) rests_on_constants: Cell<bool>,
    /// Nothing asks scikit-learn for tables, so transformers give arrays.
    pub(crate) is_dense: bool,
}

/// The first objects are those of modules, which are older than all others.
const MODULE_OBJECTS: Object = 10_000;
/// Deeper calls of the user's functions than this are unknown.
pub(crate) const MAX_CALL_DEPTH: usize = 24;
/// Statements evaluated inside the calls of one top-level statement.
pub(crate) const UNIT_BUDGET: u32 = 20_000;

/// Of a statement that binds more names it is not asked which of them alone lead to their objects.
const MOST_FRESH: usize = 200;

impl<'a> Analyzer<'a> {
    #[expect(clippy::too_many_lines, reason = "one line for each field")]
    fn new(program: &'a Program, catalog: &'a Catalog, oracle: TypeOracle<'a>) -> Self {
        let accesses = Access::of_units(program);
        let mut bound = BTreeSet::new();
        let names = accesses.iter().flat_map(|access| &access.may);
        let rebound = names.filter(|name| !bound.insert(*name)).cloned().collect();
        Self {
            program,
            catalog,
            oracle,
            globals: Env::default(),
            frames: Vec::new(),
            closures: Vec::new(),
            classes: BTreeMap::new(),
            record: Record::default(),
            functions: BTreeMap::new(),
            calls: BTreeMap::new(),
            imports: BTreeMap::new(),
            left_as_none: Vec::new(),
            lookups: BTreeMap::new(),
            next_object: MODULE_OBJECTS,
            shared: Objects::new(),
            class_states: Objects::new(),
            next_frame: 0,
            scopes: BTreeMap::new(),
            recursions: BTreeMap::new(),
            partials: Vec::new(),
            given_back: BTreeMap::new(),
            locals: BTreeMap::new(),
            bound: BTreeMap::new(),
            has_unknown_arguments: false,
            is_handed: false,
            recorded: Objects::new(),
            decorated: BTreeMap::new(),
            presumed: BTreeMap::new(),
            apparent: presume::Apparent::default(),
            attribute_types: BTreeMap::new(),
            is_presuming: false,
            presumed_catalog: catalog,
            presumed_libraries: Vec::new(),
            heard_from: 0,
            guessed_from: None,
            is_cause_unknown: false,
            is_container_only: false,
            obtainable: [OnceCell::new(), OnceCell::new()],
            bare: None,
            bare_operation: None,
            draws_unseen: false,
            others_draw: false,
            restored: Vec::new(),
            last_stores: Vec::new(),
            patched: BTreeSet::new(),
            instances: Instances::default(),
            options: BTreeMap::new(),
            mentions: OnceCell::new(),
            stores: OnceCell::new(),
            counters: OnceCell::new(),
            unseen_stores: Default::default(),
            quiet: Vec::new(),
            has_entries: false,
            restored_places: Vec::new(),
            condensed: Condensed::default(),
            options_end: options_end(&program.source.text),
            module_objects: BTreeMap::new(),
            raised: Value::never(),
            first_object: 0,
            first_frame: 0,
            aside: BTreeMap::new(),
            names_of: BTreeMap::new(),
            budget: UNIT_BUDGET,
            depth: 0,
            units: Vec::new(),
            accesses,
            readers: BTreeMap::new(),
            rebound,
            constants: OnceCell::new(),
            dictionaries: BTreeMap::new(),
            handed_on: OnceCell::new(),
            nonlocals: OnceCell::new(),
            comprehended: Vec::new(),
            asleep: 0,
            rests_on_constants: Cell::new(false),
            is_dense: !["set_output", "transform_output"]
                .iter()
                .any(|word| program.source.text.contains(word)),
        }
    }

    /// Notes which functions and classes there are, so that facts of them exist even when nothing calls them.
    fn declare_functions(&mut self) {
        for unit in self.program.units() {
            let name = match self.program.statement(unit.id) {
                Stmt::FunctionDef(function) => function.name.to_string(),
                Stmt::ClassDef(class) => class.name.to_string(),
                _ => continue,
            };
            self.functions.entry(name).or_default().unit = Some(unit.id);
        }
    }

    fn run_units(&mut self) {
        self.declare_functions();
        for unit in self.program.units() {
            self.run_unit(unit.id);
        }
    }

    /// Whether a statement draws from a global generator, or seeds it.
    fn has_draws(&self) -> bool {
        let draws = EffectSet::from_slice(&[Effect::Random, Effect::Seed]);
        self.units.iter().any(|unit| unit.effects.intersects(draws))
    }

    fn run_unit(&mut self, unit: UnitId) {
        self.record = Record::default();
        self.instances = Instances::default();
        self.budget = UNIT_BUDGET;
        let statement = self.program.statement(unit);
        if let Stmt::Raise(raise) = statement {
            // It ends the run, whatever it raises.
            self.add_effect(Effect::Exit, raise.range, "raise");
        }
        let before = self.next_object;
        self.first_object = before;
        self.first_frame = self.next_frame;
        let aliases_before = self.rebound_values(&self.accesses[unit.index()]);
        self.note_readers(unit.index());
        let leaves = self.left_behind(&aliases_before);
        self.execute(statement);
        let access = self.accesses[unit.index()].clone();
        let mut record = std::mem::take(&mut self.record);
        record.mutated.extend(&record.asleep);
        let (mutates, consumes) = self.mutated_names(&record, &aliases_before, before);
        self.tell_readers(&record, &aliases_before, &mutates, before);
        let shares = self.shared_names(&mutates, &aliases_before);
        let mut types = BTreeMap::new();
        let mut hints = BTreeMap::new();
        let mut fresh = BTreeSet::new();
        for name in access
            .may
            .iter()
            .chain(mutates.keys())
            .chain(&record.global_writes)
        {
            let Some(value) = self.globals.get(name) else {
                continue;
            };
            if let Some(ty) = &value.ty {
                types.insert(name.clone(), ty.certain());
            }
            if let Some(hint) = value.apparent().filter(|it| types.get(name) != Some(it)) {
                hints.insert(name.clone(), hint);
            }
            let is_few = access.may.len() <= MOST_FRESH;
            if is_few && access.must.contains(name) && self.is_fresh(name, value, before) {
                fresh.insert(name.clone());
            }
        }
        self.globals.settle();
        self.units.push(UnitFacts {
            reads_by_call: record.global_reads,
            writes_by_call: record.global_writes,
            effects: record.effects.all,
            reasons: record.reasons,
            mutates,
            shares,
            looks_at: BTreeSet::new(),
            leaves,
            consumes,
            types,
            hints,
            fresh,
            is_assumed: record.is_assumed,
            access,
        });
    }

    /// Names that a statement rebinds lose their objects, which it may have changed before: what they were.
    fn rebound_values(&self, access: &Access) -> BTreeMap<String, Value> {
        let names = access.may.iter().chain(&access.deletes);
        names
            .filter_map(|name| Some((name.clone(), self.globals.get(name)?.clone())))
            .collect()
    }

    /// Other names that may be the objects of names which a statement binds again.
    fn left_behind(&self, before: &BTreeMap<String, Value>) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for (name, value) in before {
            let objects: Objects = value.own.union(&value.views);
            let others = self.globals.being(&objects).into_iter();
            names.extend(others.filter(|it| *it != name).map(str::to_owned));
        }
        names
    }

    /// Whether only `name` leads to the objects of `value`, all of which are younger than `before`.
    fn is_fresh(&self, name: &str, value: &Value, before: Object) -> bool {
        let mut reach = value.reach();
        reach.add(&self.asides_of(&reach));
        reach.iter().all(|object| *object >= before)
            && self
                .globals
                .leading_to(&reach)
                .iter()
                .all(|(other, _)| *other == name)
    }

    /// Pairs of changed names that may have led to a common object, before the statement or after it.
    fn shared_names(
        &self,
        mutates: &BTreeMap<String, Mutation>,
        before: &BTreeMap<String, Value>,
    ) -> BTreeSet<(String, String)> {
        let mut shares = BTreeSet::new();
        // Names that only look at an object are not asked for.
        let own = mutates.iter().filter(|(_, kind)| **kind == Mutation::Own);
        let names: Vec<&String> = own.map(|(name, _)| name).collect();
        for (at, left) in names.iter().enumerate() {
            for right in &names[at + 1..] {
                let meet = |pair: (Option<&Value>, Option<&Value>)| match pair {
                    (Some(left), Some(right)) => self.may_meet(left, right),
                    _ => false,
                };
                if meet((before.get(*left), before.get(*right)))
                    || meet((self.globals.get(left), self.globals.get(right)))
                {
                    shares.insert(((*left).clone(), (*right).clone()));
                }
            }
        }
        shares
    }

    /// Names of objects older than `oldest` that changed: what a statement makes itself is its own business.
    fn mutated_names(
        &self,
        record: &Record,
        before: &BTreeMap<String, Value>,
        oldest: Object,
    ) -> (BTreeMap<String, Mutation>, BTreeSet<String>) {
        let mut mutates = BTreeMap::new();
        let mut consumes = BTreeSet::new();
        let mut mutated = Objects::new();
        mutated.add_older(&record.mutated.all, oldest);
        if mutated.is_empty() && record.consumed.is_empty() {
            return (mutates, consumes);
        }
        let mut deep = Objects::new();
        deep.add_older(&record.mutated.deep, oldest);
        let touched = mutated.union(&record.consumed);
        let before = before.iter().map(|(name, value)| (name.as_str(), value));
        for (name, value) in before.chain(self.globals.leading_to(&touched)) {
            let owns = !value.own.is_disjoint(&mutated);
            let holds = [&value.holds, &value.deep]
                .iter()
                .any(|it| !it.is_disjoint(&mutated));
            let views = !value.views.is_disjoint(&deep);
            if owns || holds || views {
                let kind = if owns { Mutation::Own } else { Mutation::Alias };
                let entry = mutates.entry(name.to_owned()).or_insert(kind);
                *entry = (*entry).max(kind);
            }
            if value.meets(&record.consumed) {
                consumes.insert(name.to_owned());
            }
        }
        (mutates, consumes)
    }
}
