//! Which variables of a function are read later, and which are bound for sure, at each of its statements.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextSize};

use super::uses::Uses;

type Names = BTreeSet<String>;

/// Where control may go from inside a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Exits {
    leave: Names,
    again: Names,
    /// What handlers of exceptions read.
    raised: Names,
}

/// Names that are read after each statement before they are bound again.
#[derive(Debug, Default)]
pub(super) struct Live {
    pub after: BTreeMap<TextSize, Names>,
}

impl Live {
    /// The names that some statements read before they bind them; `out` are those that are read behind them.
    pub(super) fn block(&mut self, statements: &[Stmt], out: &Names, exits: &Exits) -> Names {
        let mut live = out.clone();
        for statement in statements.iter().rev() {
            let after = self.after.entry(statement.start()).or_default();
            after.extend(live.iter().cloned());
            live = self.statement(statement, live, exits);
            live.extend(exits.raised.iter().cloned());
        }
        live
    }

    fn statement(&mut self, statement: &Stmt, out: Names, exits: &Exits) -> Names {
        match statement {
            Stmt::If(it) => {
                let mut live = self.block(&it.body, &out, exits);
                let has_else = it.elif_else_clauses.iter().any(|it| it.test.is_none());
                for clause in &it.elif_else_clauses {
                    live.extend(self.block(&clause.body, &out, exits));
                    live.extend(Uses::of_expressions(&clause.test).reads);
                }
                if !has_else {
                    live.extend(out);
                }
                live.extend(Uses::of_expressions([&*it.test]).reads);
                live
            }
            Stmt::For(it) => {
                let target = Uses::of_expressions([&*it.target]);
                let live = self.looped(&it.body, &it.orelse, (&out, exits), &target);
                with(live, Uses::of_expressions([&*it.iter]).reads)
            }
            Stmt::While(it) => {
                let test = Uses {
                    reads: Uses::of_expressions([&*it.test]).reads,
                    ..Uses::default()
                };
                self.looped(&it.body, &it.orelse, (&out, exits), &test)
            }
            Stmt::Try(it) => self.attempt(it, &out, exits),
            Stmt::With(it) => {
                // Some contexts swallow exceptions.
                let inside = Exits {
                    raised: with(exits.raised.clone(), out.clone()),
                    ..exits.clone()
                };
                let mut live = self.block(&it.body, &out, &inside);
                for item in &it.items {
                    live.extend(Uses::of_expressions([&item.context_expr]).reads);
                    live.extend(Uses::of_expressions(item.optional_vars.as_deref()).reads);
                }
                live
            }
            Stmt::Return(it) => Uses::of_expressions(it.value.as_deref()).reads,
            Stmt::Raise(_) => Uses::of_statements(std::slice::from_ref(statement)).reads,
            Stmt::Break(_) => exits.leave.clone(),
            Stmt::Continue(_) => exits.again.clone(),
            _ => {
                let uses = Uses::of_statements(std::slice::from_ref(statement));
                let mut live = out;
                let is_sure = !holds_short_circuit(statement);
                live.retain(|name| !is_sure || !uses.binds.contains(name));
                with(live, uses.reads)
            }
        }
    }

    fn looped(
        &mut self,
        body: &[Stmt],
        orelse: &[Stmt],
        (out, exits): (&Names, &Exits),
        head: &Uses,
    ) -> Names {
        let mut live = self.block(orelse, out, exits);
        loop {
            let inside = Exits {
                leave: out.clone(),
                again: live.clone(),
                raised: exits.raised.clone(),
            };
            let mut next = self.block(body, &live, &inside);
            next.retain(|name| !head.binds.contains(name));
            next.extend(head.reads.iter().cloned());
            next.extend(live.iter().cloned());
            if next == live {
                return live;
            }
            live = next;
        }
    }

    fn attempt(&mut self, it: &ast::StmtTry, out: &Names, exits: &Exits) -> Names {
        let last = self.block(&it.finalbody, out, exits);
        let behind = with(last, out.clone());
        let mut handled = behind.clone();
        for handler in &it.handlers {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            let mut live = self.block(&handler.body, &behind, exits);
            if let Some(name) = &handler.name {
                live.remove(name.as_str());
            }
            handled.extend(live);
            handled.extend(Uses::of_expressions(handler.type_.as_deref()).reads);
        }
        let orelse = self.block(&it.orelse, &behind, exits);
        let inside = Exits {
            leave: with(exits.leave.clone(), behind.clone()),
            again: with(exits.again.clone(), behind),
            raised: with(exits.raised.clone(), handled.clone()),
        };
        let body = self.block(&it.body, &with(orelse, handled.clone()), &inside);
        with(body, handled)
    }
}

fn with(mut names: Names, others: Names) -> Names {
    names.extend(others);
    names
}

/// Names that are bound whenever each statement is reached.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub before: BTreeMap<TextSize, Names>,
}

impl Bound {
    /// The names that are bound when the statements completed; `None` where they never do.
    pub(super) fn block(&mut self, statements: &[Stmt], bound: &Names) -> Option<Names> {
        let mut bound = bound.clone();
        for statement in statements {
            self.before.insert(statement.start(), bound.clone());
            bound = self.statement(statement, bound)?;
        }
        Some(bound)
    }

    fn statement(&mut self, statement: &Stmt, bound: Names) -> Option<Names> {
        match statement {
            Stmt::If(it) => {
                let mut ends = vec![self.block(&it.body, &bound)];
                let has_else = it.elif_else_clauses.iter().any(|it| it.test.is_none());
                for clause in &it.elif_else_clauses {
                    ends.push(self.block(&clause.body, &bound));
                }
                if !has_else {
                    ends.push(Some(bound));
                }
                common(ends)
            }
            Stmt::For(it) => {
                let target = Uses::of_expressions([&*it.target]).binds;
                let inside = with(bound.clone(), target.into_iter().collect());
                self.block(&it.body, &inside);
                self.block(&it.orelse, &bound);
                Some(bound)
            }
            Stmt::While(it) => {
                self.block(&it.body, &bound);
                self.block(&it.orelse, &bound);
                Some(bound)
            }
            Stmt::Try(it) => {
                let body = self.block(&it.body, &bound);
                let body = body.and_then(|body| self.block(&it.orelse, &body));
                let mut ends = vec![body];
                let mut kept = bound.clone();
                for handler in &it.handlers {
                    let ast::ExceptHandler::ExceptHandler(handler) = handler;
                    let name = handler.name.as_ref().map(ToString::to_string);
                    let inside = with(bound.clone(), name.into_iter().collect());
                    let mut end = self.block(&handler.body, &inside);
                    if let (Some(end), Some(name)) = (&mut end, &handler.name) {
                        end.remove(name.as_str());
                        kept.remove(name.as_str());
                    }
                    ends.push(end);
                }
                self.block(&it.finalbody, &bound);
                let end = common(ends)?;
                Some(with(end, kept))
            }
            Stmt::With(it) => {
                let names = it.items.iter().filter_map(|it| it.optional_vars.as_deref());
                let names = Uses::of_expressions(names).binds;
                let inside = with(bound.clone(), names.into_iter().collect());
                self.block(&it.body, &inside);
                Some(bound)
            }
            Stmt::Return(_) | Stmt::Raise(_) | Stmt::Break(_) | Stmt::Continue(_) => None,
            _ => {
                let uses = Uses::of_statements(std::slice::from_ref(statement));
                let short = holds_short_circuit(statement);
                let binds = uses.binds.into_iter().filter(|_| !short);
                Some(with(bound, binds.collect()))
            }
        }
    }
}

/// Whether a part of the statement may not run: what `a and (x := 1)` binds is not sure.
fn holds_short_circuit(statement: &Stmt) -> bool {
    use ast::visitor::{Visitor, walk_expr};
    struct Walrus(bool);
    impl<'a> Visitor<'a> for Walrus {
        fn visit_expr(&mut self, expression: &'a Expr) {
            self.0 |= expression.is_named_expr();
            walk_expr(self, expression);
        }
    }
    let mut walrus = Walrus(false);
    walrus.visit_stmt(statement);
    walrus.0
}

fn common(ends: Vec<Option<Names>>) -> Option<Names> {
    let mut ends = ends.into_iter().flatten();
    let first = ends.next()?;
    Some(ends.fold(first, |all, end| all.intersection(&end).cloned().collect()))
}
