//! What a block changes and puts back: `old = d[k]; d[k] = 1; try: … finally: d[k] = old`.

use srcify_syntax::ast::{Expr, Operator, Stmt, StmtAssign};
use srcify_syntax::{Ranged, TextRange};

use crate::analyze::{Analyzer, Body};
use crate::value::Value;

impl Analyzer<'_> {
    /// Notes the places in a block that its `finally` gives back what stood there.
    pub(crate) fn note_restored_places(&mut self, statements: &[Stmt]) {
        let tries = statements.iter().enumerate();
        let tries = tries.filter_map(|(at, it)| Some((at, it.as_try_stmt()?)));
        for (at, attempt) in tries.filter(|(_, it)| !it.finalbody.is_empty()) {
            self.note_places(&statements[..at], &attempt.finalbody, self.frames.len());
        }
    }

    /// Notes the places that `__exit__` gives back what stood there before `__enter__`.
    pub(crate) fn note_left_places(&mut self, class: &str) {
        let body = |method: &str| {
            let (_, known) = self.find_class(class, method)?;
            match self.closures[*known.methods.get(method)?].body {
                Body::Statements(statements) => Some(statements),
                Body::Expression(_) => None,
            }
        };
        if let (Some(enter), Some(exit)) = (body("__enter__"), body("__exit__")) {
            self.note_places(enter, exit, self.frames.len() + 1);
        }
    }

    fn note_places(&mut self, before: &[Stmt], after: &[Stmt], depth: usize) {
        let places = after.iter().filter_map(|last| match last {
            Stmt::Assign(assign) => self.put_back(assign, before).map(|it| vec![it]),
            // `depth += 1` and `depth -= 1`
            Stmt::AugAssign(back) if is_place(&back.target) => {
                let is_forth = |it: &Stmt| {
                    it.as_aug_assign_stmt().is_some_and(|it| {
                        is_inverse(it.op, back.op)
                            && self.is_same(&it.target, &back.target)
                            && self.is_same(&it.value, &back.value)
                    })
                };
                let is_met = before.iter().any(is_forth);
                is_met.then(|| vec![self.written(&back.target)])
            }
            Stmt::Expr(back) => self.undone_calls(&back.value, before),
            _ => None,
        });
        let places: Vec<String> = places.flatten().collect();
        let places = places.into_iter().map(|it| (depth, it));
        self.restored_places.extend(places);
    }

    fn written(&self, expression: &Expr) -> String {
        self.program.text(expression.range()).to_owned()
    }

    fn is_same(&self, left: &Expr, right: &Expr) -> bool {
        self.program.text(left.range()) == self.program.text(right.range())
    }

    /// `d[k] = old`, where `old = d[k]` stands before.
    fn put_back(&self, last: &StmtAssign, before: &[Stmt]) -> Option<String> {
        let [place] = &last.targets[..] else {
            return None;
        };
        let kept = &*last.value;
        let is_name = kept.is_name_expr() || kept.is_attribute_expr();
        let is_met = before.iter().any(|it| {
            it.as_assign_stmt().is_some_and(|it| {
                self.is_same(&it.value, place) && it.targets.iter().any(|it| self.is_same(it, kept))
            })
        });
        (is_name && is_met && is_place(place)).then(|| self.written(place))
    }

    /// `stack.pop()` where `stack.append(x)` stands before; `setattr(o, n, old)` where `old = getattr(o, n)` does.
    fn undone_calls(&self, back: &Expr, before: &[Stmt]) -> Option<Vec<String>> {
        if let Some((stack, "pop", [])) = method(back) {
            let is_push = |it: &Stmt| {
                let call = it.as_expr_stmt().and_then(|it| method(&it.value));
                call.is_some_and(|(receiver, name, given)| {
                    name == "append" && given.len() == 1 && self.is_same(receiver, stack)
                })
            };
            let stack = self.written(stack);
            let both = || vec![format!("{stack}.append("), format!("{stack}.pop(")];
            return before.iter().any(is_push).then(both);
        }
        let (function, given) = call_by_name(back)?;
        let [object, name, kept] = given else {
            return None;
        };
        let is_kept = |it: &Stmt| {
            let Some(it) = it.as_assign_stmt() else {
                return false;
            };
            let read = call_by_name(&it.value).filter(|(name, _)| *name == "getattr");
            let is_read = read.is_some_and(|(_, it)| {
                it.len() > 1 && self.is_same(&it[0], object) && self.is_same(&it[1], name)
            });
            is_read && it.targets.iter().any(|it| self.is_same(it, kept))
        };
        let is_met = function == "setattr" && before.iter().any(is_kept);
        let start = TextRange::new(back.range().start(), name.range().end());
        is_met.then(|| vec![format!("{},", self.program.text(start))])
    }

    /// Whether what stands at a place is put back before the block ends.
    pub(crate) fn is_restored(&self, place: TextRange) -> bool {
        let depth = self.frames.len();
        let mut places = self.restored_places.iter().filter(|it| it.0 == depth);
        places.any(|(_, it)| self.program.text(place) == it)
    }

    /// Whether a call of a method is undone before the block ends.
    pub(crate) fn is_undone(&self, call: TextRange) -> bool {
        let depth = self.frames.len();
        let mut places = self.restored_places.iter().filter(|it| it.0 == depth);
        places.any(|(_, it)| it.ends_with(['(', ',']) && self.program.text(call).starts_with(it))
    }

    /// Whether an item that is put back is what it was: the row of an array is only looked at.
    pub(crate) fn keeps_items(&self, container: &Value) -> bool {
        container.ty.as_ref().map_or(self.is_presuming, |ty| {
            ty.name == "dict" || ty.name == "list" || ty.name == "collections.defaultdict"
        })
    }
}

/// An attribute or an item that a name or a literal picks.
fn is_place(target: &Expr) -> bool {
    match target {
        Expr::Attribute(_) => true,
        Expr::Subscript(it) => !matches!(&*it.slice, Expr::Slice(_) | Expr::Tuple(_)),
        _ => false,
    }
}

fn is_inverse(forth: Operator, back: Operator) -> bool {
    matches!(
        (forth, back),
        (Operator::Add, Operator::Sub) | (Operator::Sub, Operator::Add)
    )
}

/// The receiver, name and arguments of a call of a method.
fn method(call: &Expr) -> Option<(&Expr, &str, &[Expr])> {
    let call = call.as_call_expr()?;
    let function = call.func.as_attribute_expr()?;
    Some((
        &function.value,
        function.attr.as_str(),
        &call.arguments.args,
    ))
}

/// The name of a function, and the arguments of a call of it.
fn call_by_name(call: &Expr) -> Option<(&str, &[Expr])> {
    let call = call.as_call_expr()?;
    Some((call.func.as_name_expr()?.id.as_str(), &call.arguments.args))
}
