//! Runs of pure statements that become functions of the domain.

mod originals;
mod results;
mod small;

use std::collections::BTreeSet;

use srcify_effects::{Effect, EffectSet, Mutation, Type};

use srcify_syntax::UnitId;

use self::originals::is_new;
use self::results::in_order;
use crate::steps::{Form, SEEN_ONLY, Step};
use crate::timeline::{Live, Timeline};

/// Statements of one function of the domain, and its signature.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cut {
    /// Indices of steps, in order.
    pub steps: Vec<usize>,
    /// Variables that it reads and does not make: its parameters.
    pub inputs: Vec<String>,
    /// Variables that it binds or changes and that are read later: its results.
    pub outputs: Vec<String>,
    /// Inputs that it changes, of which it takes a copy.
    pub copies: Vec<String>,
    /// The results that nothing reads: they are what the job gives back.
    pub unread: BTreeSet<String>,
    /// The results that nothing reads and whose names are bound again later: the job has no use for them.
    pub passing: BTreeSet<String>,
    /// The results that only the job gives back, under other names: it uses theirs for other values later.
    pub rebound: BTreeSet<String>,
    /// What the job calls the results, when it uses those names for other values later.
    pub given: Option<Vec<String>>,
}

impl Cut {
    /// What the job calls the results.
    pub(crate) fn given(&self) -> &[String] {
        self.given.as_deref().unwrap_or(&self.outputs)
    }

    /// The results that the function is about: those that something reads, where there are any.
    pub(crate) fn subjects(&self) -> Vec<String> {
        let is_read =
            |name: &&String| !self.unread.contains(*name) && !self.passing.contains(*name);
        let read: Vec<String> = self.outputs.iter().filter(is_read).cloned().collect();
        if read.is_empty() {
            self.outputs.clone()
        } else {
            read
        }
    }
}

/// A statement of a group: in a function of the domain, or where it was.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Cut(Cut),
    /// Index of a step, and why it stays.
    InPlace(usize, String),
}

impl Part {
    /// The same part, where the step `i` was the step `order[i]`.
    pub(crate) fn renumbered(mut self, order: &[usize]) -> Self {
        match &mut self {
            Self::Cut(cut) => cut.steps.iter_mut().for_each(|it| *it = order[*it]),
            Self::InPlace(index, _) => *index = order[*index],
        }
        self
    }
}

/// What the cutter needs to know of the whole input, its steps in the order in which they will run.
pub(crate) struct Situation<'a> {
    pub steps: &'a [Step],
    /// When names are read, bound and changed.
    pub timeline: &'a Timeline,
    /// Names that are no variables: imports, builtins, functions of the domain.
    pub is_variable: &'a dyn Fn(&str) -> bool,
    /// Names that code in the domain must not use: functions that stay in the application.
    pub is_barred: &'a dyn Fn(&str) -> bool,
    /// Names that are settings: known from the beginning.
    pub is_setting: &'a dyn Fn(&str) -> bool,
    /// Names whose type is known somewhere.
    pub typed: BTreeSet<&'a str>,
    /// Statements that are part of the job.
    pub is_kept: &'a dyn Fn(UnitId) -> bool,
    /// Whether a step only calls a function of the input that is part of the domain, with values that have names.
    pub is_own_call: &'a dyn Fn(usize) -> bool,
    /// The name that a step assigns, when it assigns one alone.
    pub assigned: &'a dyn Fn(usize) -> Option<&'a str>,
    /// How many parameters a function has that holds some statements and reads some names.
    pub parameters: &'a dyn Fn(&[UnitId], &[String]) -> usize,
}

/// What is left of a run of pure steps.
enum Rest<'a> {
    Run(&'a [usize]),
    /// A step that stays in place, and why.
    Stays(usize, String),
}

/// Names that steps outside of a cut read once it ran.
struct LiveAfter<'a> {
    live: &'a Live,
    last: usize,
    /// What the steps read that it moves across.
    crossed: BTreeSet<&'a str>,
}

impl LiveAfter<'_> {
    fn contains(&self, name: &str) -> bool {
        self.crossed.contains(name) || self.live.is_read_from(self.last + 1, name)
    }
}

/// More parameters than this make a function hard to call.
pub(crate) const MAX_INPUTS: usize = 6;
/// Longer functions are cut where the fewest values cross.
const MAX_STATEMENTS: usize = 15;
/// Lines of a function, without its signature, docstring and `return`.
const MAX_LINES: usize = 30;
/// Longer runs are halved before anything is asked of them: no cell that people read comes near.
const LONG_RUN: usize = 500;

/// Values that are written down in more lines than these stand in a function of their own.
const MAX_TRIVIAL_LINES: usize = 6;
/// Why the name of a literal stays in the job: there is nothing to compute.
pub(crate) const WRITTEN_DOWN: &str = "is a value that the input writes down";

/// Why a call stays in the job: what it calls is a function of the domain already.
pub(crate) const OWN_CALL: &str = "calls a pure function of the input";
/// More calls than these in a row are a step of their own.
const MAX_CALLS: usize = 6;

/// Effects that pure statements may be moved across: nothing pure depends on them.
const CROSSABLE: EffectSet = EffectSet::from_slice(&[
    Effect::Stdout,
    Effect::Logging,
    Effect::ReadFile,
    Effect::WriteFile,
    Effect::Network,
    Effect::Database,
    Effect::Display,
    Effect::Figure,
    Effect::Clock,
]);

/// Types whose objects have a `copy` method that gives an independent object.
pub(crate) const COPYABLE: &[&str] = &["pandas.DataFrame", "pandas.Series", "numpy.ndarray"];
/// Types whose `copy` method is shallow.
const COPYABLE_SHALLOWLY: &[&str] = &[
    "list",
    "dict",
    "set",
    "collections.defaultdict",
    "collections.deque",
];

/// Generators of random numbers.
pub(crate) const GENERATORS: &[&str] = &[
    "numpy.random.Generator",
    "numpy.random.RandomState",
    "random.Random",
];

/// Divides the steps of a group.
pub(crate) fn divide(situation: &Situation<'_>, group: &[usize]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    // The cut that is open, and the steps that stay in place after it.
    let mut open: Vec<usize> = Vec::new();
    let mut after: Vec<Part> = Vec::new();
    // Small values after a step that stays: they go with what follows, unless the next step that stays needs them.
    let mut small: Vec<usize> = Vec::new();
    for &index in group {
        match situation.obstacle(index) {
            None if situation.steps[index].form != Form::Full && !after.is_empty() => {
                small.push(index);
            }
            None => {
                let is_blocked = |it: &usize| situation.is_blocked(&after, *it);
                if small.iter().chain([&index]).any(is_blocked) {
                    situation.close(&mut open, &mut after, &mut parts);
                }
                open.append(&mut small);
                open.push(index);
            }
            Some(reason) => {
                let is_needed = |it: &usize| situation.steps[*it].orders(&situation.steps[index]);
                if small.iter().any(is_needed) {
                    if small.iter().any(|&it| situation.is_blocked(&after, it)) {
                        situation.close(&mut open, &mut after, &mut parts);
                    }
                    open.append(&mut small);
                }
                after.push(Part::InPlace(index, reason));
            }
        }
    }
    if small.iter().any(|&it| situation.is_blocked(&after, it)) {
        situation.close(&mut open, &mut after, &mut parts);
    }
    open.append(&mut small);
    situation.close(&mut open, &mut after, &mut parts);
    parts
}

impl Situation<'_> {
    /// Why a step cannot be part of a domain function, wherever it stands.
    fn obstacle(&self, index: usize) -> Option<String> {
        let step = &self.steps[index];
        if let Some(effect) = step.effects.iter().next() {
            return Some(format!("has the effect `{effect}`"));
        }
        if let Some(effect) = step.kept_effects.without(SEEN_ONLY).iter().next() {
            return Some(format!("makes a function with the effect `{effect}`"));
        }
        let is_touched = |name: &String| {
            step.may.contains(name) || step.mutates.get(name) == Some(&Mutation::Own)
        };
        let draws = |(name, ty): (&String, &Type)| ty.is_figure() && is_touched(name);
        if step.types.iter().any(draws) {
            return Some("draws".to_owned());
        }
        if step.is_definition() {
            return Some("a definition that is bound again or reads variables".to_owned());
        }
        if let Some(name) = step.deletes.iter().next() {
            return Some(format!("deletes `{name}`"));
        }
        if step.imports {
            return Some("imports what the rest of the job uses".to_owned());
        }
        if let Some(name) = step.globals.iter().next() {
            return Some(format!(
                "holds a function that binds `{name}` of the module"
            ));
        }
        let captured = step.may.iter().filter_map(|name| {
            let first = self.timeline.captures.first(name)?;
            (first < index).then_some((first, name))
        });
        if let Some((_, name)) = captured.min() {
            return Some(format!(
                "binds `{name}`, which code made before looks up when it runs"
            ));
        }
        if step.writes_globals {
            return Some("calls a function that binds names of the module".to_owned());
        }
        if let Some(name) = step.reads.iter().find(|name| (self.is_barred)(name)) {
            return Some(format!("uses `{name}`, which stays in the application"));
        }
        let captured = step.captures.iter().find(|name| {
            let bound_last = self.timeline.binds.last(name);
            (self.is_variable)(name)
                && !(self.is_setting)(name)
                && bound_last.is_some_and(|last| last >= index)
        });
        if let Some(name) = captured {
            return Some(format!("keeps `{name}` for later, which is bound again"));
        }
        None
    }

    /// Whether a pure step must run after one of those that stay.
    fn is_blocked(&self, after: &[Part], index: usize) -> bool {
        after.len() > LONG_RUN
            || after.iter().any(|part| match part {
                Part::InPlace(earlier, _) => !self.may_cross(*earlier, index),
                Part::Cut(_) => false,
            })
    }

    /// Whether the pure step `later` may run before the step `earlier`.
    fn may_cross(&self, earlier: usize, later: usize) -> bool {
        let (earlier, later) = (&self.steps[earlier], &self.steps[later]);
        let is_harmless = earlier.effects.is_subset(CROSSABLE) && !later.is_assumed;
        is_harmless && !earlier.orders(later)
    }

    fn close(&self, open: &mut Vec<usize>, after: &mut Vec<Part>, parts: &mut Vec<Part>) {
        self.settle_apart(std::mem::take(open), parts);
        parts.append(after);
    }

    /// Turns consecutive pure steps into cuts, leaving those in place that cannot be part of one.
    fn settle(&self, steps: &[usize], parts: &mut Vec<Part>) {
        // What is left to do, the next last.
        let mut rest = vec![Rest::Run(steps)];
        while let Some(next) = rest.pop() {
            let run = match next {
                Rest::Stays(index, reason) => {
                    parts.push(Part::InPlace(index, reason));
                    continue;
                }
                Rest::Run([]) => continue,
                Rest::Run(run) => run,
            };
            if run.len() > LONG_RUN {
                let (before, behind) = run.split_at(run.len() / 2);
                rest.extend([Rest::Run(behind), Rest::Run(before)]);
                continue;
            }
            if let Some(at) = self.written_down_at_an_end(run) {
                let reason = WRITTEN_DOWN.to_owned();
                rest.push(Rest::Run(&run[at + 1..]));
                rest.push(Rest::Stays(run[at], reason));
                rest.push(Rest::Run(&run[..at]));
                continue;
            }
            if let Some(at) = self.first_rebinding(run) {
                let (before, behind) = run.split_at(at);
                rest.extend([Rest::Run(behind), Rest::Run(before)]);
                continue;
            }
            let split = match self.signature(run) {
                Ok(cut) if run.len() == 1 || self.is_small(&cut) => {
                    self.add(cut, parts);
                    None
                }
                Ok(_) => Some(self.best_split(run)),
                Err((at, reason)) => {
                    rest.push(Rest::Run(&run[at + 1..]));
                    rest.push(Rest::Stays(run[at], reason));
                    rest.push(Rest::Run(&run[..at]));
                    None
                }
            };
            if let Some(at) = split {
                rest.push(Rest::Run(&run[at..]));
                rest.push(Rest::Run(&run[..at]));
            }
        }
    }

    /// Adds a cut that is no longer divided.
    fn add(&self, mut cut: Cut, parts: &mut Vec<Part>) {
        let is_small = self.is_small(&cut);
        if is_small {
            self.give_back_unread(&mut cut);
        }
        if !cut.outputs.is_empty() && self.is_trivial(&cut) {
            parts.extend(cut.steps.into_iter().map(|step| {
                let reason = match self.steps[step].form {
                    Form::Literal => WRITTEN_DOWN,
                    _ => "is too small for a function",
                };
                Part::InPlace(step, reason.to_owned())
            }));
            return;
        }
        if !cut.outputs.is_empty() && self.only_calls(&cut) {
            parts.extend(cut.steps.into_iter().map(|step| {
                let reason = match self.steps[step].form {
                    Form::Literal => WRITTEN_DOWN,
                    _ => OWN_CALL,
                };
                Part::InPlace(step, reason.to_owned())
            }));
            return;
        }
        if let Some(reason) = self.is_pointless(&cut) {
            let in_place = |index| Part::InPlace(index, reason.to_owned());
            parts.extend(cut.steps.into_iter().map(in_place));
        } else if is_small || self.is_callable(&cut) {
            parts.push(Part::Cut(cut));
        } else {
            let reason = format!("needs more than {MAX_INPUTS} values");
            parts.push(Part::InPlace(cut.steps[0], reason));
        }
    }

    /// Parameters and results of a function that holds `steps`; else which step cannot be in it, and why.
    fn signature(&self, steps: &[usize]) -> Result<Cut, (usize, String)> {
        let mut cut = Cut::default();
        let mut defined: BTreeSet<&String> = BTreeSet::new();
        let mut changed: BTreeSet<String> = BTreeSet::new();
        // Names bound in the cut that may be objects from outside, whose own names are bound again.
        let mut outside: BTreeSet<&String> = BTreeSet::new();
        let live = self.live_after_cut(steps);
        for (at, &index) in steps.iter().enumerate() {
            let step = &self.steps[index];
            for name in step.reads.iter().filter(|name| (self.is_variable)(name)) {
                if !defined.contains(name) {
                    self.add_input(&mut cut, steps[0], name)
                        .map_err(|reason| (at, reason))?;
                }
            }
            // What is bound only on some paths keeps its old value on the others.
            for name in step.may.difference(&step.must) {
                let is_live = self.is_needed(&steps[at + 1..], name, &live);
                if !defined.contains(name) && is_live {
                    self.add_input(&mut cut, steps[0], name)
                        .map_err(|reason| (at, reason))?;
                }
            }
            for (name, kind) in step.mutates.iter().filter(|(it, _)| !is_new(step, it)) {
                if !defined.contains(name) {
                    self.change(&mut cut, (steps, at), &live, (name, *kind))
                        .map_err(|reason| (at, reason))?;
                    if *kind == Mutation::Own {
                        changed.insert(name.clone());
                    }
                } else if *kind == Mutation::Own && outside.contains(name) {
                    return Err((at, format!("changes `{name}`, which is made elsewhere")));
                }
            }
            self.check_originals((steps, at), &cut, &live)
                .map_err(|reason| (at, reason))?;
            let is_outside = |it: &String| {
                !defined.contains(it) && !cut.copies.contains(it) || outside.contains(it)
            };
            if step.may.iter().any(is_outside) {
                outside.extend(step.leaves.iter().filter(|it| defined.contains(it)));
            }
            outside.retain(|it| !step.must.contains(*it));
            for name in &step.deletes {
                defined.remove(name);
            }
            defined.extend(&step.must);
        }
        let mut outputs: BTreeSet<&String> =
            steps.iter().flat_map(|&it| &self.steps[it].may).collect();
        let rng = |name: &&String| !cut.copies.contains(*name);
        let given_back: BTreeSet<&String> = changed.iter().filter(|name| !rng(name)).collect();
        outputs.extend(given_back);
        cut.outputs = in_order(steps.iter().map(|&it| &self.steps[it]), &outputs, &live);
        cut.steps = steps.to_vec();
        self.check_generators(&cut, steps)?;
        self.check_objects(&cut, steps)
            .map_err(|reason| (steps.len() - 1, reason))?;
        Ok(cut)
    }

    /// Names that steps outside the cut read once it ran: those after it, and those that it moves across.
    fn live_after_cut(&self, steps: &[usize]) -> LiveAfter<'_> {
        let last = steps[steps.len() - 1];
        let mut crossed = BTreeSet::new();
        for pair in steps.windows(2) {
            let between = self.steps.get(pair[0] + 1..pair[1]).unwrap_or_default();
            for step in between.iter().filter(|it| (self.is_kept)(it.unit)) {
                crossed.extend(step.reads.iter().map(String::as_str));
            }
        }
        LiveAfter {
            live: &self.timeline.live,
            last,
            crossed,
        }
    }

    /// A generator that others draw from as well is made by the job, which passes it on.
    fn check_generators(&self, cut: &Cut, steps: &[usize]) -> Result<(), (usize, String)> {
        for (at, &index) in steps.iter().enumerate() {
            let step = &self.steps[index];
            let is_generator = |name: &&String| {
                let ty = step.types.get(*name);
                ty.is_some_and(|ty| GENERATORS.contains(&ty.name.as_str()))
            };
            let made = step.may.iter().filter(|name| cut.outputs.contains(name));
            if let Some(name) = made.into_iter().find(is_generator) {
                return Err((at, format!("makes the generator `{name}`")));
            }
        }
        Ok(())
    }

    /// Results that share an object stay one object only inside one function.
    fn check_objects(&self, cut: &Cut, steps: &[usize]) -> Result<(), String> {
        for name in &cut.outputs {
            let is_bound = steps
                .iter()
                .any(|&it| self.steps[it].may.contains(name) || cut.copies.contains(name));
            if !is_bound {
                return Err(format!(
                    "changes `{name}` in a way that cannot be given back"
                ));
            }
        }
        Ok(())
    }

    /// Whether the value of `name` is read by `steps` or after them, before it is bound again.
    fn is_needed(&self, steps: &[usize], name: &String, live: &LiveAfter<'_>) -> bool {
        for &it in steps {
            let step = &self.steps[it];
            if step.reads.contains(name) {
                return true;
            }
            if step.must.contains(name) {
                return false;
            }
        }
        live.contains(name)
    }

    fn read_in(&self, steps: &[usize], name: &str) -> bool {
        steps.iter().any(|&it| self.steps[it].reads.contains(name))
    }

    fn add_input(&self, cut: &mut Cut, first: usize, name: &str) -> Result<(), String> {
        if cut.inputs.iter().any(|known| known == name) {
            return Ok(());
        }
        if !self.timeline.bound.is_bound_before(first, name) && !(self.is_setting)(name) {
            return Err(format!("`{name}` may be unbound"));
        }
        cut.inputs.push(name.to_owned());
        Ok(())
    }

    /// Allows the change of an object that came from outside, through a copy, or says why not.
    fn change(
        &self,
        cut: &mut Cut,
        (steps, at): (&[usize], usize),
        live: &LiveAfter<'_>,
        (name, kind): (&str, Mutation),
    ) -> Result<(), String> {
        let is_read_later = live.contains(name) || self.read_in(&steps[at..], name);
        if kind == Mutation::Alias {
            // Another name looks at the object that changes: harmless when nothing reads it any more.
            return if is_read_later {
                Err(format!("changes an object that `{name}` also refers to"))
            } else {
                Ok(())
            };
        }
        if cut.copies.iter().any(|known| known == name) {
            return Ok(());
        }
        let step = &self.steps[steps[at]];
        let ty = step.types.get(name).map_or("", |ty| ty.name.as_str());
        if GENERATORS.contains(&ty) {
            // Drawing from a generator that is passed in is how randomness enters the domain.
            return self.add_input(cut, steps[0], name);
        }
        let others = step
            .mutates
            .iter()
            .filter(|(other, kind)| *other != name && **kind == Mutation::Own)
            .filter(|(other, _)| {
                let (first, second) = if other.as_str() < name {
                    (other.as_str(), name)
                } else {
                    (name, other.as_str())
                };
                step.shares.contains(&(first.to_owned(), second.to_owned()))
            });
        // What the step itself binds is not made elsewhere: it is part of what has another name (`for m in models:`).
        let first = self.timeline.binds.first(name);
        let is_own = first.is_some_and(|first| first >= steps[at]);
        let is_made_here =
            |other: &str| COPYABLE.contains(&ty) && self.binds_in(&steps[..at], other);
        for (other, _) in others.filter(|(it, _)| !is_own && !is_made_here(it)) {
            if live.contains(other) || self.read_in(&steps[at..], other) {
                return Err(format!(
                    "changes an object that both `{name}` and `{other}` name"
                ));
            }
        }
        if !is_read_later {
            // It changes through another name (`left = result.resid`), of which a copy would not know.
            let is_input = cut.inputs.iter().any(|it| it == name);
            let reason = format!("changes a part of `{name}`, which is made elsewhere");
            return if is_input { Err(reason) } else { Ok(()) };
        }
        if !COPYABLE.contains(&ty) && !COPYABLE_SHALLOWLY.contains(&ty) {
            return Err(format!("changes `{name}`, which is made elsewhere"));
        }
        let looked = self.timeline.looks.first(name);
        if looked.is_some_and(|first| first < steps[0]) {
            return Err(format!(
                "changes `{name}`, which functions made before look at"
            ));
        }
        self.add_input(cut, steps[0], name)?;
        cut.copies.push(name.to_owned());
        Ok(())
    }
}
