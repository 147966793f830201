//! Loops: what variables are after their bodies ran, and which bodies certainly run.

use srcify_syntax::Ranged;
use srcify_syntax::ast::{self, Expr, Number, Stmt};

use super::settled::Constant;
use crate::analyze::Analyzer;
use crate::value::Value;

/// The functions of longer displays are not called one after another.
const MAX_STEPS: usize = 6;

impl<'a> Analyzer<'a> {
    /// `for … in …`
    pub(super) fn each(&mut self, each: &'a ast::StmtFor) {
        let iterable = self.evaluate(&each.iter);
        let keyed = self.keyed(each);
        let is_certain = !self.frames.is_empty()
            && self.is_not_empty(&each.iter)
            && !each.body.iter().any(leaves_early);
        if is_certain {
            self.steps(each);
        }
        self.twice(is_certain, |it| {
            let held = it.forget_stored(&keyed);
            let element = it.element(&iterable, each.iter.range());
            it.assign(&each.target, &element);
            it.block(&each.body);
            it.remember_stored(held);
        });
        self.block(&each.orelse);
    }

    /// Runs a loop's body until values that it carries over have been seen.
    pub(super) fn twice(&mut self, is_certain: bool, mut body: impl FnMut(&mut Self)) {
        for turn in 0..2 {
            let before = self.variables();
            body(self);
            // Where the body certainly runs, variables are what it makes of them.
            if !is_certain || turn > 0 {
                let after = self.variables();
                self.restore(after.join(before));
            }
        }
    }

    /// Runs the body for each of some functions in their order: `for step in (clean, scale): df = step(df)`.
    fn steps(&mut self, each: &'a ast::StmtFor) {
        let steps = match &*each.iter {
            Expr::Tuple(it) => &it.elts[..],
            Expr::List(it) => &it.elts[..],
            _ => return,
        };
        if steps.len() > MAX_STEPS || !steps.iter().all(Expr::is_name_expr) {
            return;
        }
        let steps: Vec<Value> = steps.iter().map(|it| self.evaluate(it)).collect();
        if steps.iter().all(|it| it.callable.is_some()) {
            for step in steps {
                self.assign(&each.target, &step);
                self.block(&each.body);
            }
        }
    }

    /// Whether there is certainly something in what is iterated, as it is written.
    fn is_not_empty(&self, iterable: &'a Expr) -> bool {
        match iterable {
            Expr::Tuple(it) => it.elts.iter().any(|it| !it.is_starred_expr()),
            Expr::List(it) => it.elts.iter().any(|it| !it.is_starred_expr()),
            Expr::Call(call) => {
                let name = call.func.as_name_expr().map(|it| it.id.as_str());
                let is_plain = call.arguments.keywords.is_empty()
                    && name.is_some_and(|it| self.is_builtin(it));
                match (name, &*call.arguments.args) {
                    (Some("range"), [end]) => {
                        is_plain && (number(end) > Some(0) || self.is_passed_positive(end))
                    }
                    (Some("range"), [begin, end]) => {
                        is_plain && number(begin).is_some() && number(begin) < number(end)
                    }
                    (Some("enumerate" | "reversed" | "sorted"), [of]) => {
                        is_plain && self.is_not_empty(of)
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }
}

impl<'a> Analyzer<'a> {
    /// Whether a variable of the function is a number above zero that the call in progress passes, not a constant of the
    /// module.
    fn is_passed_positive(&self, end: &'a Expr) -> bool {
        let rests_on_constants = self.rests_on_constants.replace(false);
        let found = end.is_name_expr().then(|| self.constant(end)).flatten();
        let is_own = !self.rests_on_constants.replace(rests_on_constants);
        is_own && matches!(found, Some(Constant::Number(it)) if it >= 1.0)
    }
}

fn number(expression: &Expr) -> Option<i64> {
    match &expression.as_number_literal_expr()?.value {
        Number::Int(it) => it.as_i64(),
        _ => None,
    }
}

/// Whether a statement may leave the turn of the loop that it stands in before its end.
fn leaves_early(statement: &Stmt) -> bool {
    let any = |body: &[Stmt]| body.iter().any(leaves_early);
    match statement {
        Stmt::Break(_) | Stmt::Continue(_) | Stmt::Try(_) | Stmt::Match(_) => true,
        Stmt::If(it) => any(&it.body) || it.elif_else_clauses.iter().any(|it| any(&it.body)),
        Stmt::With(it) => any(&it.body),
        Stmt::For(it) => any(&it.orelse),
        Stmt::While(it) => any(&it.orelse),
        _ => false,
    }
}
