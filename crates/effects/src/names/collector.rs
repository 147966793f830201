//! The names of one scope, collected in the order in which its code runs.

use std::collections::BTreeSet;
use std::rc::Rc;

use srcify_syntax::TextRange;
use srcify_syntax::ast::visitor::Visitor;
use srcify_syntax::ast::{self, Expr, Stmt};

use super::{Access, FunctionNames, Occurrence};

/// Walks the statements of one scope in the order in which they run.
#[derive(Default)]
pub(super) struct Collector {
    pub(super) access: Access,
    /// Names bound on every path to here.
    pub(super) defined: BTreeSet<String>,
    /// Control does not get here.
    pub(super) terminated: bool,
    pub(super) nonlocals: BTreeSet<String>,
    pub(super) own_globals: BTreeSet<String>,
    /// Names of contexts, and of what makes them, that may swallow an exception.
    pub(super) swallowing: Rc<BTreeSet<String>>,
}

impl Collector {
    pub(super) fn finish(mut self) -> Access {
        self.access.must = self.defined;
        self.access.globals.extend(self.own_globals);
        self.access
    }

    pub(super) fn into_function(self, parameters: Option<&ast::Parameters>) -> FunctionNames {
        let Self {
            access,
            nonlocals,
            own_globals,
            ..
        } = self;
        let mut locals: BTreeSet<String> = parameters
            .into_iter()
            .flat_map(|it| it.iter())
            .map(|it| it.name().to_string())
            .collect();
        locals.extend(access.may.iter().chain(&access.deletes).cloned());
        for name in own_globals.iter().chain(&nonlocals) {
            locals.remove(name);
        }
        let given = parameters.into_iter().flat_map(|it| it.iter());
        let mut bound: BTreeSet<&str> = given.map(|it| it.name().as_str()).collect();
        let mut rebound = BTreeSet::new();
        for (name, _, occurrence) in &access.occurrences {
            if *occurrence != Occurrence::Load && !bound.insert(name) {
                rebound.insert(name.clone());
            }
        }
        let occurrences: Vec<_> = access
            .occurrences
            .into_iter()
            .filter(|(name, ..)| !locals.contains(name))
            .collect();
        let free = occurrences.iter().map(|(name, ..)| name.clone()).collect();
        let mut globals = access.globals;
        globals.extend(own_globals);
        FunctionNames {
            free,
            locals,
            globals,
            rebound,
            occurrences,
        }
    }

    pub(super) fn read(&mut self, name: &str, range: TextRange) {
        if !self.defined.contains(name) {
            self.access.reads.insert(name.to_owned());
        }
        self.access
            .occurrences
            .push((name.to_owned(), range, Occurrence::Load));
    }

    pub(super) fn bind(&mut self, name: &str, range: TextRange) {
        self.defined.insert(name.to_owned());
        self.access.may.insert(name.to_owned());
        self.access
            .occurrences
            .push((name.to_owned(), range, Occurrence::Store));
    }

    pub(super) fn read_all<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expr>) {
        for expression in expressions {
            self.visit_expr(expression);
        }
    }

    /// Adds the names that code of a nested scope reads from this one, now or later.
    pub(super) fn nested(&mut self, names: FunctionNames) {
        self.access.captures.extend(names.free);
        self.access.globals.extend(names.globals);
        for (name, range, occurrence) in names.occurrences {
            if occurrence == Occurrence::Load {
                self.read(&name, range);
            } else {
                self.access.occurrences.push((name, range, occurrence));
            }
        }
    }

    pub(super) fn block(&mut self, statements: &[Stmt]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    /// Runs `body` as one of several paths: returns what is defined at its end, or `None` when it does not end.
    pub(super) fn path(&mut self, body: impl FnOnce(&mut Self)) -> Option<BTreeSet<String>> {
        let before = self.defined.clone();
        let terminated = std::mem::replace(&mut self.terminated, false);
        body(self);
        let after = std::mem::replace(&mut self.defined, before);
        let ended = std::mem::replace(&mut self.terminated, terminated);
        (!ended).then_some(after)
    }

    /// Continues after paths of which one was taken.
    pub(super) fn join(&mut self, paths: Vec<Option<BTreeSet<String>>>) {
        let mut open = paths.into_iter().flatten();
        match open.next() {
            Some(first) => {
                self.defined = open.fold(first, |all, path| {
                    all.intersection(&path).cloned().collect()
                });
            }
            None => self.terminated = true,
        }
    }
}
