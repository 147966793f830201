//! When names are bound, changed and read: asked one name at a time, however long the input is.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Effect, EffectSet};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, UnitId};

use crate::steps::Step;

/// Places at which something happens to names, in order.
#[derive(Debug, Default)]
pub(crate) struct Places(BTreeMap<String, Vec<usize>>);

impl Places {
    /// Notes that something happens at `place`, which is none before those noted already.
    pub(crate) fn note(&mut self, name: &str, place: usize) {
        let places = match self.0.get_mut(name) {
            Some(places) => places,
            None => self.0.entry(name.to_owned()).or_default(),
        };
        if places.last() != Some(&place) {
            places.push(place);
        }
    }

    fn all(&self, name: &str) -> &[usize] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn first(&self, name: &str) -> Option<usize> {
        self.all(name).first().copied()
    }

    pub(crate) fn last(&self, name: &str) -> Option<usize> {
        self.all(name).last().copied()
    }

    /// The last place before `place`.
    pub(crate) fn last_before(&self, name: &str, place: usize) -> Option<usize> {
        let all = self.all(name);
        let earlier = all.partition_point(|it| *it < place);
        all[..earlier].last().copied()
    }

    /// The places from `place` on.
    pub(crate) fn from(&self, name: &str, place: usize) -> &[usize] {
        let all = self.all(name);
        &all[all.partition_point(|it| *it < place)..]
    }
}

/// What happens to names at places of a sequence: one of two things.
#[derive(Debug, Default)]
struct Events(BTreeMap<String, Vec<(usize, bool)>>);

impl Events {
    /// Notes what happens to a name at `place`; of several things there the last one counts.
    fn note(&mut self, name: &str, place: usize, event: bool) {
        let events = match self.0.get_mut(name) {
            Some(events) => events,
            None => self.0.entry(name.to_owned()).or_default(),
        };
        match events.last_mut() {
            Some((at, known)) if *at == place => *known = event,
            _ => events.push((place, event)),
        }
    }

    /// What happened to the name last before `place`, and what happens to it next.
    fn around(&self, name: &str, place: usize) -> (Option<bool>, Option<bool>) {
        let Some(events) = self.0.get(name) else {
            return (None, None);
        };
        let at = events.partition_point(|(it, _)| *it < place);
        let event = |it: &(usize, bool)| it.1;
        (events[..at].last().map(event), events.get(at).map(event))
    }
}

/// Where names are read before they are bound again.
#[derive(Debug, Default)]
pub(crate) struct Live {
    events: Events,
    /// Names that are read when all is over.
    kept: BTreeSet<String>,
}

impl Live {
    pub(crate) fn until(kept: BTreeSet<String>) -> Self {
        Self {
            events: Events::default(),
            kept,
        }
    }

    /// Notes a place: what it binds for certain, and what it reads before.
    pub(crate) fn note<'s>(
        &mut self,
        place: usize,
        must: impl IntoIterator<Item = &'s String>,
        reads: impl IntoIterator<Item = &'s String>,
    ) {
        for name in must {
            self.events.note(name, place, false);
        }
        for name in reads {
            self.events.note(name, place, true);
        }
    }

    /// Whether a name is read at `place` or after it, before it is bound again.
    pub(crate) fn is_read_from(&self, place: usize, name: &str) -> bool {
        let (_, next) = self.events.around(name, place);
        next.unwrap_or_else(|| self.kept.contains(name))
    }
}

/// Where names are certainly bound.
#[derive(Debug, Default)]
pub(crate) struct Bound(Events);

impl Bound {
    pub(crate) fn of(steps: &[Step]) -> Self {
        let mut events = Events::default();
        for (place, step) in steps.iter().enumerate() {
            for name in &step.deletes {
                events.note(name, place, false);
            }
            for name in &step.must {
                events.note(name, place, true);
            }
        }
        Self(events)
    }

    /// Whether a name is certainly bound before the step at `place`.
    pub(crate) fn is_bound_before(&self, place: usize, name: &str) -> bool {
        let (last, _) = self.0.around(name, place);
        last.unwrap_or(false)
    }
}

/// When the names of some steps are read, bound and changed.
pub(crate) struct Timeline {
    /// What is read at a step or after it.
    pub live: Live,
    /// What is certainly bound before a step.
    pub bound: Bound,
    /// Steps that may bind a name.
    pub binds: Places,
    /// Steps that may bind or unbind a name.
    pub changes: Places,
    /// Steps of the job that keep a name for code that runs later.
    pub captures: Places,
    /// Those of them that make functions.
    pub looks: Places,
}

impl Timeline {
    pub(crate) fn of(steps: &[Step], is_kept: &dyn Fn(UnitId) -> bool) -> Self {
        let mut timeline = Self {
            live: live_after(steps, is_kept),
            bound: Bound::of(steps),
            binds: Places::default(),
            changes: Places::default(),
            captures: Places::default(),
            looks: Places::default(),
        };
        for (place, step) in steps.iter().enumerate() {
            for name in &step.may {
                timeline.binds.note(name, place);
            }
            for name in step.may.iter().chain(&step.deletes) {
                timeline.changes.note(name, place);
            }
            for name in step.captures.iter().filter(|_| is_kept(step.unit)) {
                timeline.captures.note(name, place);
                if step.keeps_code {
                    timeline.looks.note(name, place);
                }
            }
        }
        timeline
    }
}

/// Where names are bound or changed, and where they are bound or unbound.
pub(crate) fn changes(steps: &[Step]) -> (Places, Places) {
    let (mut changes, mut bindings) = (Places::default(), Places::default());
    for (place, step) in steps.iter().enumerate() {
        for name in step.may.iter().chain(step.mutates.keys()) {
            changes.note(name, place);
        }
        for name in step.may.iter().chain(&step.deletes) {
            bindings.note(name, place);
        }
    }
    (changes, bindings)
}

/// Where names stand, as variables of whatever scope, or their objects change, and where the program may end.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    names: Places,
    ends: Vec<usize>,
}

impl Mentions {
    pub(crate) fn of(program: &Program, steps: &[Step]) -> Self {
        let ends = EffectSet::from_slice(&[Effect::Exit, Effect::Unknown, Effect::Dynamic]);
        let mut mentions = Self::default();
        for (place, step) in steps.iter().enumerate() {
            for name in names_in(program.statement(step.unit)) {
                mentions.names.note(name, place);
            }
            for name in step.deletes.iter().chain(step.mutates.keys()) {
                mentions.names.note(name, place);
            }
            if step.effects.intersects(ends) {
                mentions.ends.push(place);
            }
        }
        mentions
    }

    /// The steps from `place` on that have to do with a name, up to the first one after which nothing is certain.
    pub(crate) fn from(&self, name: &str, place: usize) -> impl Iterator<Item = usize> {
        let next = self.ends.partition_point(|it| *it < place);
        let end = self.ends.get(next).copied().unwrap_or(usize::MAX);
        let steps = self.names.from(name, place).iter().copied();
        steps.take_while(move |step| *step < end)
    }
}

/// Every name in a statement, as a variable of whatever scope.
pub(crate) fn names_in(statement: &Stmt) -> BTreeSet<&str> {
    struct Names<'a>(BTreeSet<&'a str>);
    impl<'a> Visitor<'a> for Names<'a> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Name(name) = expression {
                self.0.insert(&name.id);
            }
            walk_expr(self, expression);
        }
    }
    let mut names = Names(BTreeSet::new());
    names.visit_stmt(statement);
    names.0
}

/// Where names are read before they are bound again.
pub(crate) fn reads(steps: &[Step]) -> Live {
    let mut live = Live::default();
    for (place, step) in steps.iter().enumerate() {
        live.note(place, &step.must, &step.reads);
    }
    live
}

/// Names that are read after each step, before they are bound again: those after step `i` are read from `i + 1` on.
fn live_after(steps: &[Step], kept: &dyn Fn(UnitId) -> bool) -> Live {
    let mut live = Live::default();
    for (place, step) in steps.iter().enumerate() {
        if kept(step.unit) {
            // What changes through another name is not read by this one.
            live.note(place, &step.must, &step.reads);
        }
    }
    live
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_name_is_live_until_it_is_bound_again() {
        let mut live = Live::until(BTreeSet::from(["end".to_owned()]));
        live.note(0, &names(&["x"]), &names(&[]));
        live.note(1, &names(&["x"]), &names(&["x"]));
        live.note(2, &names(&["x"]), &names(&[]));
        let at = |place| live.is_read_from(place, "x");
        assert_eq!([at(0), at(1), at(2), at(3)], [false, true, false, false]);
        assert!(live.is_read_from(3, "end"));
    }

    #[test]
    fn places_are_found_before_and_from_a_place() {
        let mut places = Places::default();
        for place in [1, 4, 4, 7] {
            places.note("x", place);
        }
        assert_eq!(places.last_before("x", 4), Some(1));
        assert_eq!(places.from("x", 4), [4, 7]);
        assert!(places.from("y", 0).is_empty());
    }
}
