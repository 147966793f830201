//! Branches, and what variables are after ways that are certainly not taken.
//!
//! A variable is what the ways that may be taken make of it. Whoever converts a program may make a setting of the constant
//! that decides: for the statement, a change of such a variable is a change of what the other ways would have made of it,
//! too, and a call of it a call of that.

use srcify_syntax::Ranged;
use srcify_syntax::ast;

use super::narrowing::without_nothing;
use super::{ends, is_true, is_version_check};
use crate::analyze::Analyzer;
use crate::value::{Callable, Objects, Value};
use crate::variables::Env;

impl<'a> Analyzer<'a> {
    /// Whether the way that it certainly takes leaves the block.
    pub(super) fn branch(&mut self, branch: &'a ast::StmtIf) -> bool {
        if is_version_check(self.program.text(branch.test.range())) {
            self.test(&branch.test);
            self.block(&branch.body);
            return false;
        }
        let mut met = self.ask(&branch.test, true, false);
        if !self.frames.is_empty() && is_true(&branch.test) {
            self.block(&branch.body);
            return false;
        }
        let mut on_constants = self.rests_on_constants.get();
        let mut is_left = met == Some(true) && ends(&branch.body);
        let mut is_only = met == Some(false);
        let before = self.variables();
        self.narrow(&branch.test);
        let runs = met != Some(false);
        self.rests_on_constants.set(on_constants);
        self.where_run(runs, |it| it.block(&branch.body));
        let mut after = self.variables();
        let mut ways = Ways::default();
        ways.add(runs, &after, None);
        self.restore(before);
        // What is no longer asked for `None` is something.
        self.narrow_otherwise(&branch.test);
        let before = self.variables();
        let mut exhaustive = false;
        for clause in &branch.elif_else_clauses {
            // Where one before it is met it is not asked.
            let is_asked = met != Some(true);
            let mut own = Some(true);
            match &clause.test {
                Some(test) => {
                    own = self.ask(test, is_asked, on_constants);
                    on_constants |= self.rests_on_constants.get();
                    self.narrow(test);
                }
                None => exhaustive = true,
            }
            is_left |= is_only && own == Some(true) && ends(&clause.body);
            is_only &= own == Some(false);
            let runs = is_asked && own != Some(false);
            self.rests_on_constants.set(on_constants);
            self.where_run(runs, |it| it.block(&clause.body));
            met = if own == Some(false) { met } else { own };
            let variables = self.variables();
            ways.add(runs, &variables, Some(&after));
            after = after.join(variables);
            self.restore(before.clone());
        }
        if !exhaustive {
            let before = without_nothing(&branch.test, before);
            ways.add(met != Some(true), &before, Some(&after));
            after = after.join(before);
        }
        self.set_aside(&mut after, ways);
        self.restore(after);
        self.narrow_behind(branch);
        self.rests_on_constants.set(on_constants);
        is_left
    }

    /// Asks a condition; whether it is certainly met, or certainly not.
    fn ask(&mut self, test: &'a ast::Expr, is_asked: bool, on_constants: bool) -> Option<bool> {
        let popped = self.settled_first(test);
        let on_popped = self.rests_on_constants.replace(on_constants);
        self.where_run(is_asked, |it| it.test(test));
        if popped.is_none() {
            return self.settled(test);
        }
        self.rests_on_constants.set(on_popped);
        popped
    }

    /// What a call gives back, where other ways would give back something else.
    pub(crate) fn but_for_asleep(&mut self, value: Value, asleep: Option<Value>) -> Value {
        match asleep {
            Some(asleep) => self.but_for(asleep.join(&value), &value, &asleep),
            None => value,
        }
    }

    /// Makes of variables what they are after the ways that may be taken.
    pub(super) fn set_aside(&mut self, after: &mut Env, ways: Ways) {
        let Some(taken) = ways.taken.filter(|_| !ways.others.is_empty()) else {
            return;
        };
        for other in ways.others {
            for (name, value) in other.changed_from(&taken) {
                let (Some(joined), Some(known)) = (after.get(&name), taken.get(&name)) else {
                    continue;
                };
                let value = self.but_for(joined.clone(), known, &value);
                after.insert(name, value);
            }
        }
    }

    /// A value that is one of two, of which it is certainly not the second: its type is that of both.
    pub(crate) fn but_for(&mut self, joined: Value, taken: &Value, other: &Value) -> Value {
        if taken.is_never || other.is_never {
            return joined;
        }
        let inside = |it: &Value| it.holds.union(&it.deep);
        let (inner, others) = (inside(taken), inside(other));
        let mut own = taken.own.union(&taken.views);
        own.extend(inner.difference(&others).copied());
        let others = other.reach();
        let mut value = joined;
        if own.len() + others.len() > FEW || self.aside.len() > MANY {
            sleep(&mut value, taken, other);
            return value;
        }
        self.note_aside(&own, &others);
        if own.is_empty() && taken.ty.is_none() && taken.called().is_none() {
            return value;
        }
        value.own.clone_from(&taken.own);
        value.views.clone_from(&taken.views);
        value.holds.clone_from(&taken.holds);
        value.deep.clone_from(&taken.deep);
        value.cell_of.clone_from(&taken.cell_of);
        value.written.clone_from(&taken.written);
        if value.parts.len() == taken.parts.len() && other.parts.len() == taken.parts.len() {
            let parts = std::mem::take(&mut value.parts).into_iter();
            let parts = parts.zip(taken.parts.iter().zip(&other.parts));
            let parts = parts.map(|(part, (taken, other))| self.but_for(part, taken, other));
            value.parts = parts.collect();
        }
        sleep(&mut value, taken, other);
        value
    }

    /// What is one of two by a condition of which some constants of the module say whether it is met.
    pub(crate) fn chosen(&mut self, test: &'a ast::Expr, left: &Value, right: &Value) -> Value {
        let mut joined = left.join(right);
        if let Some(met) = self.settled(test) {
            let (taken, other) = if met { (left, right) } else { (right, left) };
            return self.but_for(joined, taken, other);
        }
        if let Some(met) = self.settled_above(test) {
            let (taken, other) = if met { (left, right) } else { (right, left) };
            sleep(&mut joined, taken, other);
        }
        joined
    }

    /// Notes that a change of some objects would be one of others, if other ways were taken.
    fn note_aside(&mut self, objects: &Objects, others: &Objects) {
        let others: Objects = others.difference(objects).copied().collect();
        let others = others.union(&self.asides_of(&others));
        if others.is_empty() {
            return;
        }
        for object in objects.iter().copied() {
            self.aside.entry(object).or_default().add(&others);
        }
    }

    /// Whether two values lead to a common object, or would if other ways were taken.
    pub(crate) fn may_meet(&self, left: &Value, right: &Value) -> bool {
        let reach = right.reach();
        left.meets(&reach)
            || left.meets(&self.asides_of(&reach))
            || right.meets(&self.asides_of(&left.reach()))
    }

    /// What a change of objects would change, too, if other ways were taken.
    pub(crate) fn asides_of(&self, objects: &Objects) -> Objects {
        let mut found = Objects::new();
        if self.aside.len() < objects.len() {
            for (object, others) in &self.aside {
                if objects.contains(object) {
                    found.add(others);
                }
            }
        } else if !self.aside.is_empty() {
            for object in objects {
                if let Some(others) = self.aside.get(object) {
                    found.add(others);
                }
            }
        }
        found
    }
}

/// Of values that lead to more objects than this, and in programs with many that are, it is not told which way is taken.
const FEW: usize = 12;
const MANY: usize = 100;

/// A call of what is one of two, and certainly not the second, is no call of that.
fn sleep(value: &mut Value, taken: &Value, other: &Value) {
    let known = taken.called();
    let Some(asleep) = other.called().filter(|it| known.as_ref() != Some(it)) else {
        return;
    };
    if known.is_none() && !taken.is("None") {
        return;
    }
    let asleep = Callable::Asleep(Box::new(asleep));
    value.path = None;
    value.callable = Some(match known {
        Some(known) => known.either(asleep),
        None => asleep,
    });
}

/// The variables at the end of each way, where some are not taken.
#[derive(Default)]
pub(super) struct Ways {
    /// After those that may be taken.
    taken: Option<Env>,
    /// After each of the others.
    others: Vec<Env>,
}

impl Ways {
    /// Adds the variables at the end of a way; `so_far` are those after any of the ways before it.
    pub(super) fn add(&mut self, runs: bool, variables: &Env, so_far: Option<&Env>) {
        if !runs {
            if self.others.is_empty() {
                self.taken = so_far.cloned();
            }
            self.others.push(variables.clone());
        } else if !self.others.is_empty() {
            self.taken = Some(match self.taken.take() {
                Some(taken) => taken.join(variables.clone()),
                None => variables.clone(),
            });
        }
    }
}
