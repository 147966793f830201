//! When names of the module are certainly bound, and when they certainly are not.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Access, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_except_handler, walk_expr};
use srcify_syntax::ast::{ExceptHandler, Expr, Stmt};
use srcify_syntax::stdlib::builtins::is_python_builtin;
use srcify_syntax::{Program, Ranged, SourceKind, TextSize};

/// What is known of a name at some point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Bound,
    Unbound,
    Unknown,
}

/// What is known of the names of a program.
pub(super) struct Bound {
    /// For each name, what is known of it from a statement on.
    events: BTreeMap<String, Vec<(usize, State)>>,
    /// For each statement, where it binds or unbinds a name first.
    changes: Vec<BTreeMap<String, TextSize>>,
    /// Names that something unbinds, wherever: a function that is called, the end of an `except` block.
    deleted: BTreeSet<String>,
    /// The first statement after which any name may be bound, and none need be.
    opaque: usize,
    is_notebook: bool,
    names: BTreeSet<String>,
}

impl Bound {
    pub(super) fn of(program: &Program) -> Self {
        let mut bound = Self {
            events: BTreeMap::new(),
            changes: Vec::new(),
            deleted: deleted(program),
            opaque: usize::MAX,
            is_notebook: program.source.kind == SourceKind::Notebook,
            names: BTreeSet::new(),
        };
        let accesses = Access::of_units(program).into_iter();
        for ((index, unit), mut access) in program.units().iter().enumerate().zip(accesses) {
            let statement = program.statement(unit.id);
            access.must.extend(stored(program.text(unit.range)));
            access.may.extend(access.must.clone());
            if bound.opaque == usize::MAX && is_opaque(statement, &access, program.text(unit.range))
            {
                bound.opaque = index;
            }
            bound.note(index, statement, &access);
        }
        bound
    }

    fn note(&mut self, index: usize, statement: &Stmt, access: &Access) {
        // A value is computed before it is bound.
        let value = match statement {
            Stmt::Assign(it) => Some(it.value.range()),
            Stmt::AugAssign(it) => Some(it.value.range()),
            Stmt::AnnAssign(it) => it.value.as_ref().map(|value| value.range()),
            _ => None,
        };
        let mut changes: BTreeMap<String, TextSize> = BTreeMap::new();
        for (name, range, occurrence) in &access.occurrences {
            let is_changed = access.may.contains(name) || access.deletes.contains(name);
            if *occurrence == Occurrence::Load || !is_changed {
                continue;
            }
            let at = match value {
                Some(value) if !value.contains_range(*range) => value.end(),
                _ => range.start(),
            };
            let first = changes.entry(name.clone()).or_insert(at);
            *first = (*first).min(at);
        }
        self.changes.push(changes);
        self.names.extend(access.may.iter().cloned());
        let mut event = |name: &String, state: State| {
            let events = self.events.entry(name.clone()).or_default();
            events.push((index + 1, state));
        };
        for name in access.may.difference(&access.must).chain(&access.globals) {
            event(name, State::Unknown);
        }
        for name in &access.must {
            event(name, State::Bound);
        }
        let state = if statement.is_delete_stmt() {
            State::Unbound
        } else {
            State::Unknown
        };
        for name in &access.deletes {
            event(name, state);
        }
    }

    /// Notes that of a statement only these parts run.
    pub(super) fn only(&mut self, unit: usize, parts: &[Stmt]) {
        for events in self.events.values_mut() {
            events.retain(|(from, _)| *from != unit + 1);
        }
        let changes = self.changes.split_off(unit);
        for part in parts {
            let access = Access::of(part);
            self.note(unit, part, &access);
        }
        self.changes.truncate(unit);
        self.changes.extend(changes);
        // Of several parts the last one counts, and later statements come after them.
        for events in self.events.values_mut() {
            events.sort_by_key(|(from, _)| *from);
        }
    }

    /// What is known of a name before a statement.
    pub(super) fn before(&self, unit: usize, name: &str) -> State {
        let events = self.events.get(name).map_or(&[][..], Vec::as_slice);
        let mut state = self.at_first(name);
        for (from, event) in events {
            if *from > unit {
                break;
            }
            state = match event {
                // To bind what is bound changes nothing.
                State::Unknown if state == State::Bound && !self.is_deleted(name) => State::Bound,
                other => *other,
            };
        }
        if self.opaque <= unit {
            State::Unknown
        } else {
            state
        }
    }

    /// What is known of a name whenever it is asked for: of those that nothing in the program binds or unbinds.
    pub(super) fn throughout(&self, name: &str) -> State {
        let is_touched = self.events.contains_key(name) || self.is_deleted(name);
        if is_touched || self.opaque != usize::MAX {
            State::Unknown
        } else {
            self.at_first(name)
        }
    }

    /// Whether something unbinds a name at some point.
    pub(super) fn is_deleted(&self, name: &str) -> bool {
        self.deleted.contains(name)
    }

    /// What Python and IPython bind themselves.
    fn at_first(&self, name: &str) -> State {
        match name {
            "__name__" | "__doc__" | "__builtins__" => State::Bound,
            "__file__" if self.is_notebook => State::Unbound,
            "__file__" => State::Bound,
            "get_ipython" if self.is_notebook => State::Bound,
            "In" | "Out" | "exit" | "quit" | "open" if self.is_notebook => State::Unknown,
            _ if name.starts_with('_') => State::Unknown,
            _ => State::Unbound,
        }
    }

    /// Where a statement binds or unbinds a name first.
    pub(super) fn first_change(&self, unit: usize, name: &str) -> Option<TextSize> {
        self.changes.get(unit)?.get(name).copied()
    }

    /// Whether a builtin's name is the author's.
    pub(super) fn is_own(&self, builtin: &str) -> bool {
        debug_assert!(is_python_builtin(builtin, 13, false), "it is a builtin");
        self.names.contains(builtin)
    }
}

/// The names that a program unbinds, in functions as well.
fn deleted(program: &Program) -> BTreeSet<String> {
    struct Deleted(BTreeSet<String>);
    impl<'a> Visitor<'a> for Deleted {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Name(name) = expression
                && name.ctx.is_del()
            {
                self.0.insert(name.id.to_string());
            }
            walk_expr(self, expression);
        }

        fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
            let ExceptHandler::ExceptHandler(it) = handler;
            self.0.extend(it.name.iter().map(ToString::to_string));
            walk_except_handler(self, handler);
        }
    }
    let mut deleted = Deleted(BTreeSet::new());
    for unit in program.units() {
        deleted.visit_stmt(program.statement(unit.id));
    }
    deleted.0
}

/// Names that the statement binds by their text: `globals()["x"] = 1`.
fn stored(text: &str) -> Option<String> {
    let rest = ["globals()[", "locals()[", "vars()["]
        .iter()
        .find_map(|it| text.strip_prefix(it))?;
    let quote = rest.chars().next().filter(|it| ['"', '\''].contains(it))?;
    let (name, after) = rest[1..].split_once(quote)?;
    let after = after.strip_prefix(']')?.trim_start();
    (after.starts_with('=') && !after.starts_with("==")).then(|| name.to_owned())
}

/// Whether a statement may bind or unbind names that it does not say.
fn is_opaque(statement: &Stmt, access: &Access, text: &str) -> bool {
    let is_star = |statement: &Stmt| match statement {
        Stmt::ImportFrom(import) => import.names.iter().any(|it| it.name.as_str() == "*"),
        _ => false,
    };
    let loads = |name: &str| access.occurrences.iter().any(|(it, ..)| it == name);
    let stores = ["globals()", "locals()", "vars()"].iter().any(|look| {
        let mut uses = text.match_indices(look);
        uses.any(|(at, _)| may_store(text, at, look))
    });
    is_star(statement)
        || text.contains("import *")
        || loads("exec")
        || stores
        || text.contains("__main__") && text.contains("setattr")
}

/// Whether names may be bound through the mapping that is looked up here.
fn may_store(text: &str, at: usize, look: &str) -> bool {
    let before = text[..at].trim_end();
    let after = text[at + look.len()..].trim_start();
    let is_asked = before.ends_with(" in") || before.ends_with("**") || before.ends_with('%');
    let is_read = [".get(", ".keys()", ".items()", ".values()"]
        .iter()
        .any(|it| after.starts_with(it));
    let is_subscript = after.starts_with("['") || after.starts_with("[\"");
    let is_stored = is_subscript && stored(&text[at..]).is_some() && at > 0;
    let is_deleted = before.ends_with("del");
    is_deleted || !is_asked && !is_read && (!is_subscript || is_stored)
}
