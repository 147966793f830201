//! What is too small for a function.

use srcify_syntax::UnitId;

use super::{
    Cut, MAX_CALLS, MAX_INPUTS, MAX_LINES, MAX_STATEMENTS, MAX_TRIVIAL_LINES, Part, Situation,
    WRITTEN_DOWN,
};
use crate::steps::Form;

/// So many statements about values of unknown types are no function.
const MAX_UNKNOWN: usize = 3;

/// Longer runs are left as they are: each of their steps would be compared with every other one.
const MOST_COMPARED: usize = 60;

impl Situation<'_> {
    pub(super) fn is_callable(&self, cut: &Cut) -> bool {
        let units: Vec<UnitId> = cut.steps.iter().map(|&it| self.steps[it].unit).collect();
        (self.parameters)(&units, &cut.inputs) <= MAX_INPUTS
    }

    pub(super) fn is_small(&self, cut: &Cut) -> bool {
        let lines: usize = cut.steps.iter().map(|&it| self.steps[it].lines).sum();
        cut.steps.len() <= MAX_STATEMENTS && lines <= MAX_LINES && self.is_callable(cut)
    }

    /// The place of a value at an end of a run that the input only writes down and that nothing else of the run uses:
    /// `history = []` before a loop is no result of what stands above it.
    pub(super) fn written_down_at_an_end(&self, run: &[usize]) -> Option<usize> {
        let (first, last) = (0, run.len() - 1);
        let is_alone = |at: &usize| {
            let step = &self.steps[run[*at]];
            let others = run.iter().filter(|it| **it != run[*at]);
            step.form == Form::Literal
                && others
                    .clone()
                    .any(|&it| self.steps[it].form != Form::Literal)
                && !others
                    .clone()
                    .any(|&it| self.steps[it].orders(step) || step.orders(&self.steps[it]))
        };
        [last, first].into_iter().find(is_alone)
    }

    /// Makes cuts of a run, and leaves in place what it only writes down, nothing of it uses, and stands between its steps.
    pub(super) fn settle_apart(&self, run: Vec<usize>, parts: &mut Vec<Part>) {
        let is_apart = |at: &usize| {
            let step = &self.steps[*at];
            let mut others = run.iter().filter(|it| *it != at);
            step.form == Form::Literal
                && !others.any(|&it| self.steps[it].orders(step) || step.orders(&self.steps[it]))
        };
        let works = run.iter().any(|&it| self.steps[it].form != Form::Literal);
        if run.len() < 3 || run.len() > MOST_COMPARED || !works {
            return self.settle(&run, parts);
        }
        let ends = [run[0], run[run.len() - 1]];
        let is_apart = |at: &usize| !ends.contains(at) && is_apart(at);
        let (apart, together): (Vec<usize>, Vec<usize>) = run.iter().partition(|it| is_apart(it));
        self.settle(&together, parts);
        let in_place = |step| Part::InPlace(step, WRITTEN_DOWN.to_owned());
        parts.extend(apart.into_iter().map(in_place));
    }

    /// Whether a function of these steps would only rename what its caller can write as well.
    pub(super) fn is_trivial(&self, cut: &Cut) -> bool {
        let steps = &cut.steps;
        let lines: usize = steps.iter().map(|&it| self.steps[it].lines).sum();
        let of_form = |form| steps.iter().all(|&it| self.steps[it].form == form);
        let is_given_nothing = cut.inputs.iter().all(|name| (self.is_setting)(name));
        lines <= MAX_TRIVIAL_LINES
            && (steps.iter().all(|&it| is_named_only(self.steps[it].form))
                || (steps.len() == 1 && of_form(Form::Tiny) && is_given_nothing))
    }

    /// Why a function of the steps would tell its reader nothing.
    pub(super) fn is_pointless(&self, cut: &Cut) -> Option<&'static str> {
        if cut.outputs.is_empty() {
            return Some("gives nothing that is used");
        }
        self.is_about_unknown(cut)
            .then_some("works on values of unknown types")
    }

    /// Whether a few steps take nothing and give nothing whose type is known: what their operators do is not known either.
    fn is_about_unknown(&self, cut: &Cut) -> bool {
        let is_result_known = |name: &String| {
            let mut steps = cut.steps.iter().map(|&it| &self.steps[it]);
            steps.any(|it| it.may.contains(name) && it.annotated(name).is_some())
        };
        let mut inputs = cut.inputs.iter().filter(|it| !(self.is_setting)(it));
        cut.steps.len() <= MAX_UNKNOWN
            && inputs.clone().next().is_some()
            && !inputs.any(|it| self.typed.contains(it.as_str()))
            && !cut.outputs.iter().any(is_result_known)
    }

    /// Whether all that the steps do is to call functions that the author wrote: the job calls them as well.
    pub(super) fn only_calls(&self, cut: &Cut) -> bool {
        let is_small_value = |step: &usize| {
            self.steps[*step].form == Form::Literal && self.steps[*step].lines <= MAX_TRIVIAL_LINES
        };
        let is_call = |step: &usize| (self.is_own_call)(*step);
        cut.steps.len() <= MAX_CALLS
            && cut.steps.iter().any(is_call)
            && cut
                .steps
                .iter()
                .all(|step| is_call(step) || is_small_value(step))
    }
}

/// Whether a statement names what is written down, or a part of something.
fn is_named_only(form: Form) -> bool {
    matches!(form, Form::Literal | Form::Part)
}
