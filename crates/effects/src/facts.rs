//! What the analysis found: per statement, per function, per call.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::{TextRange, UnitId};

use crate::names::Access;
use crate::{Effect, EffectSet, Type};

/// What a program does.
#[derive(Debug, Default)]
pub struct EffectGraph {
    /// By [`UnitId`].
    pub units: Vec<UnitFacts>,
    /// The functions, methods and classes defined at module level, by name (`Class.method`).
    pub functions: BTreeMap<String, FunctionFacts>,
    /// Calls of library and user functions, in source order, those inside functions included.
    pub calls: Vec<CallFacts>,
    /// Names bound by imports, with what they mean: `pd` is `pandas`.
    pub imports: BTreeMap<String, String>,
    /// Classes of libraries that classes of the program inherit from: of each the first that is known.
    pub bases: BTreeMap<String, String>,
    /// What attributes of the program's objects appear to hold, by class and name: for annotations alone.
    pub attributes: BTreeMap<String, BTreeMap<String, Type>>,
    /// Where `d.get` is read of a name that is certainly a dictionary each time: the first and the last place of each.
    pub lookups: BTreeSet<(u32, u32)>,
    /// Top-level modules that the program imports.
    pub libraries: BTreeSet<String>,
}

impl EffectGraph {
    /// The calls inside `range`, in source order.
    pub fn calls_in(&self, range: TextRange) -> impl DoubleEndedIterator<Item = &CallFacts> {
        let from = self
            .calls
            .partition_point(|call| call.range.start() < range.start());
        let to =
            from + self.calls[from..].partition_point(|call| call.range.start() <= range.end());
        let inside = move |call: &&CallFacts| range.contains_range(call.range);
        self.calls[from..to].iter().filter(inside)
    }

    /// The calls inside any of `ranges`, in source order.
    pub fn calls_in_any(&self, ranges: &[TextRange]) -> Vec<&CallFacts> {
        let place = |call: &&CallFacts| (call.range.start(), call.range.end());
        let mut calls: Vec<&CallFacts> = ranges.iter().flat_map(|it| self.calls_in(*it)).collect();
        calls.sort_by_key(place);
        calls.dedup_by_key(|call| place(call));
        calls
    }

    /// The call that is exactly at `range`.
    pub fn call_at(&self, range: TextRange) -> Option<&CallFacts> {
        let place = (range.start(), range.end());
        let at = self
            .calls
            .binary_search_by_key(&place, |call| (call.range.start(), call.range.end()));
        at.ok().map(|at| &self.calls[at])
    }
}

/// What one top-level statement does.
#[derive(Debug, Clone, Default)]
pub struct UnitFacts {
    /// Names it reads, binds and captures.
    pub access: Access,
    /// Names of the module that functions read while it runs.
    pub reads_by_call: BTreeSet<String>,
    /// Names of the module that functions bind while it runs (`global x`).
    pub writes_by_call: BTreeSet<String>,
    /// What it does.
    pub effects: EffectSet,
    /// Why, one reason an effect.
    pub reasons: Vec<Reason>,
    /// Names whose object it may change in place, and how they name it.
    pub mutates: BTreeMap<String, Mutation>,
    /// Pairs of the names in `mutates` that may be the object and may lead to a common one, in alphabetical order.
    pub shares: BTreeSet<(String, String)>,
    /// Other names of the objects that it reads under a name which is bound more than once: what changes the object later,
    /// under another name, still comes after it.
    pub looks_at: BTreeSet<String>,
    /// Other names that may be the objects which names had that it binds again.
    pub leaves: BTreeSet<String>,
    /// Names whose iterator it may use up.
    pub consumes: BTreeSet<String>,
    /// Types of the names it binds or changes, after it ran; unknown ones are absent.
    pub types: BTreeMap<String, Type>,
    /// What those names appear to be of which no type is known: for annotations alone.
    pub hints: BTreeMap<String, Type>,
    /// Names it binds to an object that it made itself, which no other name shares.
    pub fresh: BTreeSet<String>,
    /// It rests on the name of a method whose receiver is unknown.
    pub is_assumed: bool,
}

/// How a name is concerned by a change of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mutation {
    /// It holds the object or looks at its memory.
    Alias,
    /// It may be the object.
    Own,
}

/// Why a statement has an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The effect.
    pub effect: Effect,
    /// The call or statement that has it.
    pub range: TextRange,
    /// From the statement to the library: `clean`, `log`, `builtins.open`.
    pub chain: Vec<String>,
}

/// What one function of the user does, over all calls seen.
#[derive(Debug, Clone, Default)]
pub struct FunctionFacts {
    /// The statement that defines it.
    pub unit: Option<UnitId>,
    /// What calls of it do.
    pub effects: EffectSet,
    /// Why, one reason an effect.
    pub reasons: Vec<Reason>,
    /// Parameters whose objects it changes.
    pub mutates: BTreeSet<String>,
    /// Parameters that it gives to code that nobody knows, which may change them; `unknown` is among its effects.
    pub may_mutate: BTreeSet<String>,
    /// Those of which something changes that they contain, not only they themselves.
    pub mutates_inside: BTreeSet<String>,
    /// Parameters whose iterators it uses up.
    pub consumes: BTreeSet<String>,
    /// Module names whose objects it changes in place.
    pub changes: BTreeSet<String>,
    /// Module names that it reads when called, directly or through others.
    pub reads: BTreeSet<String>,
    /// Module names that it binds.
    pub writes: BTreeSet<String>,
    /// Types of its parameters, joined over all calls; unknown ones are absent.
    pub parameters: BTreeMap<String, Type>,
    /// Type of its result.
    pub returns: Option<Type>,
    /// Like `parameters`, with what appears to be: for annotations alone.
    pub hints: BTreeMap<String, Type>,
    /// Like `returns`, with what appears to be.
    pub returns_hint: Option<Type>,
    /// What its variables appear to be when calls of it end: for annotations alone.
    pub locals: BTreeMap<String, Type>,
    /// Those of them that have one type wherever they are bound.
    pub steady: BTreeSet<String>,
    /// Whether a call of it was seen.
    pub is_called: bool,
    /// What parameters appear to be by those calls that tell; `None` where they contradict each other.
    pub(crate) told: BTreeMap<String, Option<Type>>,
    /// Whether only a call on arguments that nobody knows was seen.
    pub(crate) is_guessed: bool,
    /// Whether it is used other than by calling it.
    pub is_value: bool,
    /// What only code does that never runs as the program stands: `if DEBUG: print(x)`, where the module says `DEBUG = False`.
    pub dormant: Option<Box<FunctionFacts>>,
}

impl FunctionFacts {
    /// The facts with what is dormant in it: for whoever may change constants of the program.
    #[must_use]
    pub fn awake(mut self) -> Self {
        if let Some(dormant) = self.dormant.take() {
            self.add_deeds(&dormant);
        }
        self
    }

    /// Adds what another function does.
    pub(crate) fn add_deeds(&mut self, other: &Self) {
        let is_new = |it: &&Reason| !self.effects.contains(it.effect);
        let new: Vec<Reason> = other.reasons.iter().filter(is_new).cloned().collect();
        self.effects.extend(other.effects);
        self.reasons.extend(new);
        for (own, others) in [
            (&mut self.mutates, &other.mutates),
            (&mut self.may_mutate, &other.may_mutate),
            (&mut self.mutates_inside, &other.mutates_inside),
            (&mut self.consumes, &other.consumes),
            (&mut self.changes, &other.changes),
            (&mut self.writes, &other.writes),
        ] {
            own.extend(others.iter().cloned());
        }
    }
}

/// A call.
#[derive(Debug, Clone)]
pub struct CallFacts {
    /// The whole call.
    pub range: TextRange,
    /// The expression that is called.
    pub function: TextRange,
    /// Catalog name of the callee (`pandas.read_csv`, `pandas.DataFrame.dropna`); else the user's function.
    pub callee: Callee,
    /// Arguments with the parameter each is bound to, where known.
    pub arguments: Vec<Argument>,
    /// Type of the result.
    pub returns: Option<Type>,
    /// What the result appears to be, where no type is known: for annotations alone.
    pub hint: Option<Type>,
    /// The effects of this call and of what it is given.
    pub effects: EffectSet,
    /// The effects of this call alone, without what evaluating its arguments does.
    pub own_effects: EffectSet,
    /// It changes a figure.
    pub draws_figure: bool,
    /// It changes something that is no figure.
    pub mutates_other: bool,
}

/// What a call calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Callee {
    /// A function, class or method of a library, by its name in the catalog.
    Library(String),
    /// A function or class of the user, by name.
    User(String),
    /// Nobody knows.
    Unknown,
}

/// An argument of a call.
#[derive(Debug, Clone)]
pub struct Argument {
    /// The parameter; `None` when the catalog does not say.
    pub parameter: Option<String>,
    /// The value's expression.
    pub range: TextRange,
    /// Whether it was passed by keyword.
    pub is_keyword: bool,
}
