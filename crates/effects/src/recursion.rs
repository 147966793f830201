//! Functions of the user that call themselves.

use crate::analyze::{Analyzer, Frame};
use crate::calls::Passed;
use crate::value::{Objects, Value};

/// What is known of a function that calls itself, while it is followed.
#[derive(Default)]
pub(crate) struct Recursion {
    pub is_met: bool,
    /// What it changes has been seen once.
    pub is_complete: bool,
    pub returned: Option<Value>,
}

impl Analyzer<'_> {
    /// A function calls itself: what it was seen to change so far, it changes of these arguments, too.
    pub(crate) fn meet_again(
        &mut self,
        index: usize,
        receiver: Option<Value>,
        arguments: &[Passed],
    ) -> Value {
        self.pay_for(1, receiver.as_ref(), arguments);
        let class = self.closures[index].class.clone();
        self.miss_stores(class.as_deref());
        let frame = self.frame(index, receiver, arguments);
        self.note_parameters(&frame, true);
        let known = self.recursions.entry(index).or_default();
        known.is_met = true;
        let returned = known.returned.clone();
        let name = &self.closures[index].name;
        let facts = self.functions.get(name).cloned().unwrap_or_default();
        let facts = facts.awake();
        let (changed, may_change) = (facts.mutates, facts.may_mutate);
        let inside = facts.mutates_inside;
        let outer = self.is_cause_unknown;
        for (parameter, _) in &frame.parameters {
            let Some(value) = frame.locals.get(parameter) else {
                continue;
            };
            if changed.contains(parameter) || may_change.contains(parameter) {
                self.is_cause_unknown = outer || !changed.contains(parameter);
                if self.is_cause_unknown || inside.contains(parameter) {
                    self.mutate_deeply(value);
                } else {
                    self.mutate(value, false);
                }
            }
        }
        self.is_cause_unknown = outer;
        match returned {
            // The objects it gives back are those of its own arguments, or new.
            Some(returned) if returned.own.is_empty() => returned,
            Some(returned) => self.given_back(index, &frame, &returned),
            None => Value::never(),
        }
    }

    /// What a call of a function that is being followed gives back: of its arguments what `returned` is of those of the
    /// call in progress, or something new.
    fn given_back(&mut self, index: usize, frame: &Frame, returned: &Value) -> Value {
        let mut value = self.fresh(returned.ty.clone());
        let outer = self.frames.iter().rev().find(|it| it.closure == index);
        let Some(outer) = outer else { return value };
        for (parameter, objects) in &outer.parameters {
            let Some(passed) = frame.locals.get(parameter) else {
                continue;
            };
            let none = Objects::new();
            let whole = outer.given.get(parameter).unwrap_or(&none);
            let inside: Objects = objects.difference(whole).copied().collect();
            if !returned.own.is_disjoint(&inside) {
                value.own.add(&passed.reach());
            } else if !returned.own.is_disjoint(whole) {
                value.own.extend(passed.own.iter().chain(&passed.views));
            }
            if !returned.views.is_disjoint(objects) {
                value.views.add(&passed.reach());
            }
            value.holds.add(&passed.reach());
        }
        value
    }
}
