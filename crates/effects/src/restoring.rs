//! What a block changes and puts back: `old = d[k]; d[k] = 1; try: … finally: d[k] = old`.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Operator, Stmt, StmtAssign, StmtAugAssign};
use srcify_syntax::{Ranged, TextRange};

use crate::analyze::{Analyzer, Body};
use crate::value::Value;

impl<'a> Analyzer<'a> {
    /// Notes the places in a block that its `finally` gives back what stood there.
    pub(crate) fn note_restored_places(&mut self, statements: &'a [Stmt]) {
        let tries = statements.iter().enumerate();
        let tries = tries.filter_map(|(at, it)| Some((at, it.as_try_stmt()?)));
        for (at, attempt) in tries.filter(|(_, it)| !it.finalbody.is_empty()) {
            let block = Block {
                text: self.program.source.text.as_str(),
                parts: vec![&statements[..=at]],
                before: &statements[..at],
                after: &attempt.finalbody,
            };
            self.note_places(&block, self.frames.len());
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
        let enter = body("__enter__").or_else(|| body("__aenter__"));
        let exit = body("__exit__").or_else(|| body("__aexit__"));
        if let (Some(enter), Some(exit)) = (enter, exit) {
            let block = Block {
                text: self.program.source.text.as_str(),
                parts: vec![enter, exit],
                before: enter,
                after: exit,
            };
            self.note_places(&block, self.frames.len() + 1);
        }
    }

    fn note_places(&mut self, block: &Block<'_>, depth: usize) {
        let places = block.after.iter().filter_map(|last| match last {
            Stmt::Assign(assign) => block
                .put_back(assign)
                .map(|it| vec![it])
                .or_else(|| block.refilled_list(assign)),
            Stmt::AugAssign(assign) => block.counted_back(assign).map(|it| vec![it]),
            Stmt::Expr(back) => block
                .undone_calls(&back.value)
                .or_else(|| block.refilled(&back.value)),
            _ => None,
        });
        let places: Vec<String> = places.flatten().collect();
        let places = places.into_iter().map(|it| (depth, it));
        self.restored_places.extend(places);
    }

    /// Whether what stands at a place is put back before the block ends.
    pub(crate) fn is_restored(&self, place: TextRange) -> bool {
        let depth = self.frames.len();
        let mut places = self.restored_places.iter().filter(|it| it.0 == depth);
        let written = self.program.text(place);
        places.any(|(_, it)| {
            let is_item = it.ends_with('[') && written.starts_with(it);
            written == it || is_item && !written.contains("][") && !written.contains("].")
        })
    }

    /// Whether a call of a method is undone before the block ends.
    pub(crate) fn is_undone(&self, call: TextRange) -> bool {
        let depth = self.frames.len();
        let mut places = self.restored_places.iter().filter(|it| it.0 == depth);
        let written = self.program.text(call);
        places.any(|(_, it)| {
            let Some(rest) = written.strip_prefix(it.as_str()) else {
                return false;
            };
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let is_method = || rest.trim_start_matches(is_word).starts_with('(');
            it.ends_with(['(', ',']) || it.ends_with('.') && is_method()
        })
    }

    /// Whether an item that is put back is what it was: the row of an array is only looked at.
    pub(crate) fn keeps_items(&self, container: &Value) -> bool {
        container.ty.as_ref().map_or(self.is_presuming, |ty| {
            ty.name == "dict" || ty.name == "list" || ty.name == "collections.defaultdict"
        })
    }
}

/// What is done, and done back at the end.
struct Block<'a> {
    /// The program.
    text: &'a str,
    /// All statements.
    parts: Vec<&'a [Stmt]>,
    before: &'a [Stmt],
    /// Those that run at the end, whatever happened.
    after: &'a [Stmt],
}

impl<'a> Block<'a> {
    fn written(&self, expression: &Expr) -> &'a str {
        &self.text[expression.range()]
    }

    fn is_same(&self, left: &Expr, right: &Expr) -> bool {
        self.written(left) == self.written(right)
    }

    /// `d[k] = old`, where `old = d[k]` stands before, and neither is anything else in between.
    fn put_back(&self, last: &StmtAssign) -> Option<String> {
        let [place] = &last.targets[..] else {
            return None;
        };
        let kept = &*last.value;
        let is_met = self.before.iter().any(|it| {
            it.as_assign_stmt().is_some_and(|it| {
                self.is_same(&it.value, place) && it.targets.iter().any(|it| self.is_same(it, kept))
            })
        });
        let is_last = count(
            self.after.iter().map(|it| &self.text[it.range()]),
            self.written(place),
        ) == 1;
        (is_met && is_last && is_place(place) && self.is_kept(kept) && self.is_steady(&[place]))
            .then(|| self.written(place).to_owned())
    }

    /// `depth -= 1`, where `depth += 1` stands before, and nothing else sets it.
    fn counted_back(&self, back: &StmtAugAssign) -> Option<String> {
        let opposite = match back.op {
            Operator::Add => Operator::Sub,
            Operator::Sub => Operator::Add,
            _ => return None,
        };
        let is_met = self.before.iter().any(|it| {
            it.as_aug_assign_stmt().is_some_and(|it| {
                it.op == opposite
                    && self.is_same(&it.target, &back.target)
                    && self.is_same(&it.value, &back.value)
            })
        });
        let is_whole = back.value.as_number_literal_expr();
        let is_whole = is_whole.is_some_and(|it| it.value.is_int());
        let place = self.written(&back.target);
        let sets = |it: &&str| count(self.texts(), &format!("{place} {it}")) > 0;
        let others = ["=", "*=", "/=", "//=", "%=", "**="];
        let is_once = ["+=", "-="]
            .iter()
            .all(|it| count(self.texts(), &format!("{place} {it}")) == 1);
        (is_met
            && is_whole
            && is_once
            && !others.iter().any(sets)
            && is_place(&back.target)
            && self.is_steady(&[&back.target]))
        .then(|| place.to_owned())
    }

    /// `d.update(old)` after `d.clear()`, where `old` is a copy of `d` that stands before: whatever was put into it.
    fn refilled(&self, back: &Expr) -> Option<Vec<String>> {
        let (container, "update", [kept]) = method(back)? else {
            return None;
        };
        let is_emptied = |it: &Stmt| {
            let call = it.as_expr_stmt().and_then(|it| method(&it.value));
            call.is_some_and(|(receiver, name, _)| {
                name == "clear" && self.is_same(receiver, container)
            })
        };
        let is_empty = self.after.iter().any(is_emptied);
        self.whole(container, kept).filter(|_| is_empty)
    }

    /// `items[:] = old`, where `old` is a copy of `items` that stands before.
    fn refilled_list(&self, back: &StmtAssign) -> Option<Vec<String>> {
        let [Expr::Subscript(place)] = &back.targets[..] else {
            return None;
        };
        let slice = place.slice.as_slice_expr()?;
        let is_all = slice.lower.is_none() && slice.upper.is_none() && slice.step.is_none();
        self.whole(&place.value, &back.value).filter(|_| is_all)
    }

    /// What changes a container alone, where a name keeps a copy of it.
    fn whole(&self, container: &Expr, kept: &Expr) -> Option<Vec<String>> {
        let is_met = self.before.iter().any(|it| {
            it.as_assign_stmt().is_some_and(|it| {
                self.is_copy_of(&it.value, container)
                    && it.targets.iter().any(|it| self.is_same(it, kept))
            })
        });
        let written = self.written(container);
        (is_met && kept.is_name_expr() && self.is_kept(kept) && self.is_steady(&[container]))
            .then(|| vec![format!("{written}."), format!("{written}[")])
    }

    /// `dict(d)`, `d.copy()`, `d[:]`.
    fn is_copy_of(&self, copy: &Expr, container: &Expr) -> bool {
        if let Expr::Subscript(it) = copy {
            let slice = it.slice.as_slice_expr();
            let is_all = slice.is_some_and(|it| it.lower.is_none() && it.upper.is_none());
            return is_all && self.is_same(&it.value, container);
        }
        if let Some((function, [given])) = call_by_name(copy) {
            return matches!(function, "dict" | "list" | "copy" | "deepcopy")
                && self.is_same(given, container);
        }
        match method(copy) {
            Some((receiver, "copy", [])) => self.is_same(receiver, container),
            Some((_, "copy" | "deepcopy", [given])) => self.is_same(given, container),
            _ => false,
        }
    }

    /// Whether what a name or an attribute keeps is bound and given back, and nothing more.
    fn is_kept(&self, kept: &Expr) -> bool {
        let written = self.written(kept);
        match kept {
            Expr::Name(_) => count(self.texts(), written) == 2,
            // Any method may bind an attribute.
            Expr::Attribute(_) => count([self.text].into_iter(), written) == 2,
            _ => false,
        }
    }

    /// Whether the names in some expressions mean the same all the time.
    fn is_steady(&self, expressions: &[&Expr]) -> bool {
        #[derive(Default)]
        struct Names<'n> {
            read: BTreeSet<&'n str>,
            bound: BTreeSet<&'n str>,
        }
        impl<'n> Visitor<'n> for Names<'n> {
            fn visit_expr(&mut self, expression: &'n Expr) {
                if let Expr::Name(name) = expression {
                    let names = if name.ctx.is_load() {
                        &mut self.read
                    } else {
                        &mut self.bound
                    };
                    names.insert(&name.id);
                }
                walk_expr(self, expression);
            }
        }
        let (mut own, mut all) = (Names::default(), Names::default());
        for expression in expressions {
            own.visit_expr(expression);
        }
        self.parts.iter().for_each(|it| all.visit_body(it));
        own.read.is_disjoint(&all.bound)
    }

    fn texts(&self) -> impl Iterator<Item = &'a str> {
        let statements = self.parts.iter().flat_map(|it| it.iter());
        statements.map(|it| &self.text[it.range()])
    }

    /// `stack.pop()` where `stack.append(x)` stands before; `setattr(o, n, old)` where `old = getattr(o, n)` does.
    fn undone_calls(&self, back: &Expr) -> Option<Vec<String>> {
        if let Some((stack, "pop", [])) = method(back) {
            let is_push = |it: &Stmt| {
                let call = it.as_expr_stmt().and_then(|it| method(&it.value));
                call.is_some_and(|(receiver, name, given)| {
                    name == "append" && given.len() == 1 && self.is_same(receiver, stack)
                })
            };
            let written = self.written(stack);
            let both = vec![format!("{written}.append("), format!("{written}.pop(")];
            let is_once = both.iter().all(|it| count(self.texts(), it) == 1);
            return (is_once && self.is_steady(&[stack]) && self.before.iter().any(is_push))
                .then_some(both);
        }
        let (function, given) = call_by_name(back)?;
        let [object, name, kept] = given else {
            return None;
        };
        let keeps = |it: &Stmt| {
            let Some(it) = it.as_assign_stmt() else {
                return false;
            };
            let read = call_by_name(&it.value).filter(|(name, _)| *name == "getattr");
            let is_read = read.is_some_and(|(_, it)| {
                it.len() == 2 && self.is_same(&it[0], object) && self.is_same(&it[1], name)
            });
            is_read && it.targets.iter().any(|it| self.is_same(it, kept))
        };
        let start = &self.text[TextRange::new(back.range().start(), name.range().end())];
        let is_last = count(self.after.iter().map(|it| &self.text[it.range()]), start) == 1;
        let is_met = function == "setattr" && self.before.iter().any(keeps);
        (is_met && is_last && self.is_kept(kept) && self.is_steady(&[object, name]))
            .then(|| vec![format!("{start},")])
    }
}

/// How often something is written in texts, as a word of its own.
fn count<'t>(texts: impl Iterator<Item = &'t str>, wanted: &str) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let in_text = |text: &str| {
        let places = text.match_indices(wanted);
        let alone = places.filter(|(at, found)| {
            let before = text[..*at].chars().next_back();
            let after = text[at + found.len()..].chars().next();
            let ends = wanted.ends_with(is_word);
            let is_longer = before.is_some_and(|it| is_word(it) || it == '.')
                || ends && after.is_some_and(is_word);
            !is_longer
        });
        alone.count()
    };
    texts.map(in_text).sum()
}

/// An attribute or an item that a name or a literal picks.
fn is_place(target: &Expr) -> bool {
    match target {
        Expr::Attribute(_) => true,
        Expr::Subscript(it) => !matches!(&*it.slice, Expr::Slice(_) | Expr::Tuple(_)),
        _ => false,
    }
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
