//! `match`: what patterns bind, and cases that certainly run, or certainly do not.

use srcify_syntax::ast::{self, CmpOp, Expr, Pattern};

use super::branches::Ways;
use super::ends;
use super::settled::Constant;
use crate::Type;
use crate::analyze::Analyzer;
use crate::value::Value;

impl<'a> Analyzer<'a> {
    /// Whether the case that certainly runs leaves the block.
    pub(super) fn matching(&mut self, matching: &'a ast::StmtMatch) -> bool {
        let subject = self.evaluate(&matching.subject);
        let answers = self.case_answers(matching);
        let mut on_constants = self.rests_on_constants.get();
        let before = self.variables();
        let mut after = None;
        let mut ways = Ways::default();
        let mut is_met = false;
        let (mut is_only, mut is_left) = (true, false);
        for (case, mut answer) in matching.cases.iter().zip(answers) {
            self.restore(before.clone());
            let is_tried = !is_met && answer != Some(false);
            self.rests_on_constants.set(on_constants);
            self.where_run(is_tried, |it| it.pattern(&case.pattern, &subject));
            if let Some(guard) = &case.guard {
                self.where_run(is_tried, |it| it.evaluate(guard));
                if is_tried {
                    let guarded = self.settled(guard);
                    on_constants |= self.rests_on_constants.get();
                    answer = both(answer, guarded);
                }
            }
            let runs = is_tried && answer != Some(false);
            self.rests_on_constants.set(on_constants);
            self.where_run(runs, |it| it.block(&case.body));
            is_left |= is_only && answer == Some(true) && ends(&case.body);
            is_only &= answer == Some(false);
            is_met |= answer == Some(true);
            let variables = self.variables();
            ways.add(runs, &variables, after.as_ref());
            after = Some(match after {
                Some(earlier) => variables.join(earlier),
                None => variables,
            });
        }
        let last = matching.cases.last();
        let takes_all = last.is_some_and(|it| it.guard.is_none() && it.pattern.is_irrefutable());
        let mut after = match after {
            Some(after) if takes_all => after,
            Some(after) => {
                ways.add(!is_met, &before, Some(&after));
                after.join(before)
            }
            None => before,
        };
        self.set_aside(&mut after, ways);
        self.restore(after);
        self.rests_on_constants.set(on_constants);
        is_left && !self.frames.is_empty()
    }

    /// Of each case, whether its pattern certainly fits what is matched, or certainly does not.
    fn case_answers(&self, matching: &'a ast::StmtMatch) -> Vec<Option<bool>> {
        let known = self.settled_value(&matching.subject);
        let patterns = matching.cases.iter().map(|it| &it.pattern);
        patterns.map(|it| self.fits(known.as_ref(), it)).collect()
    }

    /// Whether a pattern certainly fits a value, or certainly does not.
    fn fits(&self, known: Option<&Constant>, pattern: &'a Pattern) -> Option<bool> {
        if pattern.is_irrefutable() {
            return Some(true);
        }
        let known = known?;
        match pattern {
            Pattern::MatchValue(it) => self.settled_equality(known, &it.value),
            Pattern::MatchSingleton(it) => match (known, it.value) {
                (Constant::Nothing, ast::Singleton::None) => Some(true),
                // `True` is no other number than 1, but no other object either.
                (Constant::Number(_), ast::Singleton::True | ast::Singleton::False) => None,
                _ => Some(false),
            },
            Pattern::MatchAs(it) => self.fits(Some(known), it.pattern.as_deref()?),
            Pattern::MatchOr(it) => {
                let answers = it.patterns.iter().map(|it| self.fits(Some(known), it));
                answers.reduce(either)?
            }
            // A text is no sequence here, and neither is a number.
            Pattern::MatchSequence(_) | Pattern::MatchMapping(_) => Some(false),
            Pattern::MatchClass(_) | Pattern::MatchStar(_) => None,
        }
    }

    /// Whether a value is what a pattern writes down; names with dots may stand for anything that says of itself what it
    /// equals.
    fn settled_equality(&self, known: &Constant, written: &'a Expr) -> Option<bool> {
        if written.is_attribute_expr() {
            return None;
        }
        known.compared(CmpOp::Eq, &self.constant(written)?)
    }

    fn pattern(&mut self, pattern: &'a Pattern, subject: &Value) {
        let part = self.derived(subject, None);
        match pattern {
            Pattern::MatchAs(it) => {
                if let Some(inner) = &it.pattern {
                    self.pattern(inner, subject);
                }
                if let Some(name) = &it.name {
                    self.bind(name, subject.clone());
                }
            }
            Pattern::MatchStar(it) => {
                if let Some(name) = &it.name {
                    let mut rest = self.fresh(Some(Type::new("list")));
                    rest.take_elements(subject);
                    if subject.ty.is_none() {
                        rest.absorb(subject);
                    }
                    self.bind(name, rest);
                }
            }
            Pattern::MatchSequence(it) => {
                for inner in &it.patterns {
                    let of = if inner.is_match_star() {
                        subject
                    } else {
                        &part
                    };
                    self.pattern(inner, of);
                }
            }
            Pattern::MatchOr(it) => {
                for inner in &it.patterns {
                    self.pattern(inner, subject);
                }
            }
            Pattern::MatchMapping(it) => {
                for inner in &it.patterns {
                    self.pattern(inner, &part);
                }
                if let Some(name) = &it.rest {
                    self.bind(name, part);
                }
            }
            Pattern::MatchClass(it) => {
                for inner in &it.arguments.patterns {
                    self.pattern(inner, &part);
                }
                for keyword in &it.arguments.keywords {
                    self.pattern(&keyword.pattern, &part);
                }
            }
            Pattern::MatchValue(_) | Pattern::MatchSingleton(_) => {}
        }
    }
}

/// Whether both hold.
fn both(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Whether one of the two holds.
fn either(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}
