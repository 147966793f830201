//! Values that statements of the job bind, and that nothing reads.

use std::collections::BTreeSet;

use srcify_effects::{Callee, Type};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, UnitId};

use crate::cuts::Part;
use crate::edits::{Edit, value_start};
use crate::planner::Planner;
use crate::steps::{StepKind, constant_assignment};
use crate::timeline::Timeline;

/// What becomes of a value that nothing reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unread {
    /// The job gives it back.
    Result(String),
    /// The job gives it back, once the statement at that step has filled it.
    Filled(String, usize),
    /// A part of a drawing, which its figure holds, or the value of a call whose name another value takes: it needs none.
    Nameless(String),
}

impl Planner<'_> {
    /// Notes what the statements bind that stay in the job and that nothing reads, where `position` is the place of each
    /// step in the order of `timeline`.
    pub(crate) fn note_unread(
        &mut self,
        parts: &[Vec<Part>],
        timeline: &Timeline,
        position: &[usize],
    ) {
        if self.is_introspective {
            return;
        }
        let in_place = parts.iter().flatten().filter_map(|part| match part {
            Part::InPlace(index, _) => Some(*index),
            Part::Cut(_) => None,
        });
        let in_place: BTreeSet<usize> = in_place.collect();
        for &index in &in_place {
            let unread = self
                .unread_value(index, timeline, position[index])
                .or_else(|| self.filled_value((index, &in_place), timeline, position));
            if let Some(unread) = unread {
                self.unread.insert(index, unread);
            }
        }
    }

    fn unread_value(&self, index: usize, timeline: &Timeline, place: usize) -> Option<Unread> {
        let step = &self.steps[index];
        let (name, value) = constant_assignment(self.program.statement(step.unit))?;
        let changes = [
            timeline.changes.last(name),
            self.changes
                .last(name)
                .map(|it| position_of(it, index, place)),
        ];
        let is_final = changes.into_iter().flatten().all(|last| last <= place);
        let is_unread = step.kind == StepKind::Work
            && step.must.contains(name)
            && !name.starts_with('_')
            && self.names.is_variable(name)
            && !timeline.live.is_read_from(place + 1, name)
            && timeline.captures.first(name).is_none();
        if !is_unread {
            return None;
        }
        if !is_final {
            // Another value takes the name before anything reads this one, or what changes it is left out.
            let is_call = value
                .as_call_expr()
                .is_some_and(|it| !crate::mends::may_end(it));
            let is_call = is_call && !crate::mends::notices_ends(&self.program.source.text);
            return is_call.then(|| Unread::Nameless(name.to_owned()));
        }
        let ty = self.type_after(index, name);
        if ty.is_some_and(Type::is_figure) && self.is_held_by_figure(value) {
            return Some(Unread::Nameless(name.to_owned()));
        }
        Some(Unread::Result(name.to_owned()))
    }

    /// A container that a step binds empty, that later ones in the job fill, and that nothing reads then: what a drawing
    /// that is left out showed.
    fn filled_value(
        &self,
        (index, in_place): (usize, &BTreeSet<usize>),
        timeline: &Timeline,
        position: &[usize],
    ) -> Option<Unread> {
        let step = &self.steps[index];
        let (name, value) = constant_assignment(self.program.statement(step.unit))?;
        let is_empty = match value {
            Expr::List(list) => list.elts.is_empty(),
            Expr::Dict(dict) => dict.items.is_empty(),
            _ => false,
        };
        let last = self.changes.last(name)?;
        let is_filled = is_empty
            && last > index
            && in_place.contains(&last)
            && self.steps[last].kind == StepKind::Work
            && !self.steps[last].may.contains(name);
        let place = position[last];
        let is_last = |it: Option<usize>, place: usize| it.is_none_or(|it| it <= place);
        let is_unread = !name.starts_with('_')
            && self.names.is_variable(name)
            && is_last(timeline.changes.last(name), place)
            && is_last(timeline.binds.last(name), position[index])
            && !timeline.live.is_read_from(place + 1, name)
            && timeline.captures.first(name).is_none();
        let is_drawing = self.type_after(last, name).is_some_and(is_drawing);
        (is_filled && is_unread && !is_drawing).then(|| Unread::Filled(name.to_owned(), last))
    }

    /// Whether a call draws on a figure that is held elsewhere: by pyplot, or by the one who calls the method.
    fn is_held_by_figure(&self, value: &Expr) -> bool {
        let facts = value
            .as_call_expr()
            .and_then(|call| self.graph.call_at(call.range()));
        let Some(Callee::Library(name)) = facts.map(|it| &it.callee) else {
            return false;
        };
        let is_function = name
            .rsplit('.')
            .next()
            .is_some_and(|last| last.starts_with(char::is_lowercase));
        is_function && name.starts_with("matplotlib.") && !name.contains("animation")
    }

    /// The edits that leave a name out which nothing reads.
    pub(super) fn unread_edits(&self, index: usize) -> Vec<Edit> {
        let Some(Unread::Nameless(_)) = self.unread.get(&index) else {
            return Vec::new();
        };
        let unit: UnitId = self.steps[index].unit;
        let Stmt::Assign(assign) = self.program.statement(unit) else {
            return Vec::new();
        };
        let [Expr::Name(target)] = &assign.targets[..] else {
            return Vec::new();
        };
        let start = value_start(
            self.program.text(assign.range),
            target,
            &assign.value,
            assign.range,
        );
        vec![Edit {
            range: TextRange::new(assign.start(), start),
            text: String::new(),
        }]
    }

    /// Notes that the job gives a value back.
    pub(super) fn give_back(&mut self, index: usize) {
        let (name, last) = match self.unread.get(&index).cloned() {
            Some(Unread::Result(name)) => (name, index),
            Some(Unread::Filled(name, last)) => (name, last),
            _ => return,
        };
        let ty = self.type_after(last, &name).cloned();
        self.results.insert(name, ty);
    }

    /// The name of a value of the step `index` that the job gives back.
    pub(super) fn unread_result(&self, index: usize) -> Option<&String> {
        match self.unread.get(&index) {
            Some(Unread::Result(name) | Unread::Filled(name, _)) => Some(name),
            _ => None,
        }
    }
}

/// Whether something is a part of a drawing, or holds such.
fn is_drawing(ty: &Type) -> bool {
    ty.is_figure() || ty.name.starts_with("matplotlib.") || ty.arguments.iter().any(is_drawing)
}

/// A change at the step `changed`: at `place` for the step `index` itself, behind it for later ones.
fn position_of(changed: usize, index: usize, place: usize) -> usize {
    if changed > index { place + 1 } else { place }
}
