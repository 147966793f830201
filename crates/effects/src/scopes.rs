//! Variables: of the call in progress, of the calls its function was defined in, of the module, built in.

use std::rc::Rc;

use srcify_syntax::TextRange;

use crate::Effect;
use crate::analyze::{Analyzer, Frame, Scope};
use crate::changes::facts_of;
use crate::code::note_type;
use crate::value::{Objects, Value};
use crate::variables::Env;

impl Analyzer<'_> {
    /// The value of a variable.
    pub(crate) fn load(&mut self, name: &str) -> Value {
        if let Some(frame) = self.frames.last() {
            if let Some(value) = frame.locals.get(name) {
                return value.clone();
            }
            if frame.names.locals.contains(name) {
                return Value::default();
            }
            if !frame.names.globals.contains(name)
                && let Some(value) = self.load_enclosing(frame.enclosing, name)
            {
                return value;
            }
            self.note_global_read(name);
            if let Some(value) = self.globals.get(name) {
                return self.shared_dictionary(name, value.clone());
            }
        }
        if let Some(value) = self.globals.get(name) {
            return value.clone();
        }
        self.built_in(name)
    }

    /// Notes that the functions in progress read a name of the module.
    fn note_global_read(&mut self, name: &str) {
        let Some(running) = self.frames.last_mut() else {
            return;
        };
        if running.reads.contains(name) {
            return;
        }
        running.reads.insert(name.to_owned());
        self.record.global_reads.insert(name.to_owned());
        for frame in &self.frames {
            let facts = facts_of(&mut self.functions, &frame.function);
            facts.reads.insert(name.to_owned());
        }
    }

    /// A variable of the functions around a function: as it is now, not as it was when the function was defined.
    fn load_enclosing(&mut self, mut scope: Option<u32>, name: &str) -> Option<Value> {
        while let Some(id) = scope {
            if let Some(frame) = self.frames.iter().rev().find(|frame| frame.id == id) {
                if let Some(value) = frame.locals.get(name) {
                    let mut value = value.clone();
                    value.written = None;
                    return Some(value);
                }
                if frame.names.locals.contains(name) {
                    return Some(Value::default());
                }
                scope = frame.enclosing;
                continue;
            }
            let kept = self.scopes.get(&id)?;
            if let Some(value) = kept.variables.get(name) {
                let mut value = value.clone();
                value.written = None;
                self.shared.add(&value.own);
                return Some(value);
            }
            if kept.names.locals.contains(name) {
                return Some(Value::default());
            }
            scope = kept.enclosing;
        }
        None
    }

    fn built_in(&self, name: &str) -> Value {
        let path = |path: &str| Value {
            path: Some(Rc::from(path)),
            ..Value::default()
        };
        match name {
            "display" if self.program.source.is_interactive() => {
                return path("IPython.display.display");
            }
            "get_ipython" => return path("IPython.get_ipython"),
            _ => {}
        }
        if self.catalog.exact(name).is_some()
            || srcify_syntax::stdlib::builtins::is_python_builtin(name, 13, true)
        {
            return path(name);
        }
        match name {
            "__name__" | "__file__" => Value::of_type("str"),
            _ => Value {
                is_foreign: true,
                ..Value::default()
            },
        }
    }

    /// The variables of the scope in progress.
    pub(crate) fn variables(&self) -> Env {
        self.frames
            .last()
            .map_or_else(|| self.globals.clone(), |frame| frame.locals.clone())
    }

    pub(crate) fn restore(&mut self, variables: Env) {
        match self.frames.last_mut() {
            Some(frame) => frame.locals = variables,
            None => self.globals = variables,
        }
    }

    /// Binds a name in the scope in progress.
    pub(crate) fn bind(&mut self, name: &str, mut value: Value) {
        if self.is_presuming && value.ty.is_none() && value.called().is_none() {
            value.ty = self.named_type(name);
        }
        self.last_stores.retain(|it| !it.is_through(name));
        match self.frames.last_mut() {
            Some(frame) if frame.names.locals.contains(name) => {
                let index = frame.closure;
                if !self.is_presuming && self.closures[index].is_top_level {
                    let known = self.bound.entry(index).or_default();
                    note_type(known, name, value.apparent());
                }
                frame.locals.insert(name.to_owned(), value);
            }
            Some(frame) if frame.names.globals.contains(name) => {
                self.note_global_write(name);
                self.globals.insert(name.to_owned(), value);
            }
            Some(frame) => {
                let enclosing = frame.enclosing;
                self.bind_nonlocal(enclosing, name, value);
            }
            None => {
                self.let_go(name);
                self.tell_variable(name, &mut value);
                self.globals.insert(name.to_owned(), value);
            }
        }
    }

    /// A variable of the module leaves its object, which may run code of the user.
    fn let_go(&mut self, name: &str) {
        if self.classes.is_empty() {
            return;
        }
        if let Some(value) = self.globals.get(name).cloned() {
            self.end_of(&value, TextRange::default());
        }
    }

    /// Objects with a `__del__` may end here, or whenever nothing holds them any more.
    pub(crate) fn end_of(&mut self, value: &Value, range: TextRange) {
        if self.protocol(value, "__del__", &[]).is_some() {
            self.add_effect(Effect::Unknown, range, "__del__");
        }
    }

    /// Binds a variable of an enclosing function: of one that still runs, or of one that left it to its closures.
    fn bind_nonlocal(&mut self, mut scope: Option<u32>, name: &str, value: Value) {
        while let Some(id) = scope {
            if let Some(frame) = self.frames.iter_mut().rev().find(|frame| frame.id == id) {
                if frame.names.locals.contains(name) {
                    frame.locals.insert(name.to_owned(), value);
                    return;
                }
                scope = frame.enclosing;
                continue;
            }
            let Some(kept) = self.scopes.get_mut(&id) else {
                break;
            };
            if kept.names.locals.contains(name) {
                let joined = match kept.variables.get(name) {
                    Some(known) => known.join(&value),
                    None => value,
                };
                kept.variables.insert(name.to_owned(), joined);
                self.change_kept(id, "a variable that a closure keeps");
                return;
            }
            scope = kept.enclosing;
        }
        // A class body in a function binds names that are not the function's.
        if let Some(frame) = self.frames.last_mut() {
            frame.locals.insert(name.to_owned(), value);
        }
    }

    /// Notes that the functions in progress bind or unbind a name of the module.
    fn note_global_write(&mut self, name: &str) {
        self.record.global_writes.insert(name.to_owned());
        for frame in &self.frames {
            let facts = facts_of(&mut self.functions, &frame.function);
            facts.writes.insert(name.to_owned());
        }
    }

    /// Unbinds a name in the scope in progress, which changes the scope that it belongs to.
    pub(crate) fn unbind(&mut self, name: &str) {
        match self.frames.last_mut() {
            Some(frame) if frame.names.globals.contains(name) => {
                self.note_global_write(name);
                self.globals.remove(name);
            }
            Some(frame) if frame.names.locals.contains(name) => {
                frame.locals.remove(name);
            }
            Some(frame) => {
                let enclosing = frame.enclosing;
                self.bind_nonlocal(enclosing, name, Value::default());
            }
            None => {
                self.let_go(name);
                self.globals.remove(name);
            }
        }
    }

    /// The names of the module that lead to objects which a call changes, but not by its parameters.
    fn changed_globals(&self, frame: &Frame, changed: &Objects) -> Vec<String> {
        let mut changed = changed.clone();
        for (_, parameter) in &frame.parameters {
            if !changed.is_disjoint(parameter) {
                changed = &changed - parameter;
            }
        }
        if changed.is_empty() {
            return Vec::new();
        }
        let leading = self.globals.leading_to(&changed).into_iter();
        let meant = leading.filter(|(_, value)| {
            let parts = [&value.own, &value.holds, &value.deep];
            parts.iter().any(|it| !it.is_disjoint(&changed))
        });
        // Objects that are being made have names that nobody reads.
        let meant = meant.filter(|(name, _)| !name.starts_with('<'));
        meant.map(|(name, _)| name.to_owned()).collect()
    }

    /// Ends a call: the functions defined in it keep its variables.
    pub(crate) fn leave(&mut self) -> Option<Frame> {
        let frame = self.frames.pop()?;
        let names = self.changed_globals(&frame, &frame.changed);
        if !names.is_empty() {
            let facts = facts_of(&mut self.functions, &frame.function);
            facts.changes.extend(names);
        }
        let names = self.changed_globals(&frame, &frame.dormant);
        if !names.is_empty() {
            let facts = facts_of(&mut self.functions, &frame.function);
            let dormant = facts.dormant.get_or_insert_default();
            dormant.changes.extend(names);
        }
        if frame.is_kept {
            let scope = Scope {
                variables: frame.locals.clone(),
                names: Rc::clone(&frame.names),
                enclosing: frame.enclosing,
            };
            self.scopes.insert(frame.id, scope);
        }
        Some(frame)
    }
}
