//! What calls pass to the parameters of the user's functions, and what becomes of calls that nothing awaits.

use std::collections::BTreeMap;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::Type;
use crate::analyze::{Analyzer, Body, Frame};
use crate::calls::Passed;
use crate::changes::facts_of;
use crate::functions::{given, keyword};
use crate::value::{Objects, Value};

/// What grows in place, of what functions remember from one call to the next.
const CONTAINERS: [&str; 8] = [
    "list",
    "dict",
    "set",
    "bytearray",
    "collections.defaultdict",
    "collections.OrderedDict",
    "collections.Counter",
    "collections.deque",
];

/// What a call passes.
pub(crate) struct Passing<'p> {
    pub arguments: &'p [Passed],
    pub defaults: &'p BTreeMap<String, Value>,
    pub presumed: &'p BTreeMap<String, Type>,
    /// Nothing else is passed.
    pub is_complete: bool,
}

impl<'a> Analyzer<'a> {
    /// Binds a parameter to what stands at its position, else to what is passed under its name, else to its default.
    pub(crate) fn take_argument(
        &mut self,
        frame: &mut Frame,
        parameter: &'a ast::ParameterWithDefault,
        passed: Option<Value>,
        passing: &Passing<'_>,
    ) {
        let name = parameter.name().to_string();
        let default = passing.defaults.get(&name);
        let passed = passed.or_else(|| keyword(passing.arguments, &name));
        let is_passed = passed.is_some();
        let is_certain = passing.is_complete || self.keeps_default(&name);
        let passed = given(passed, default, is_certain);
        let is_default = !is_passed && passed.is_some();
        let is_open = passed.is_none();
        let mut value = self.parameter(parameter, passed, passing.presumed.get(&name));
        value.may_be_none |= is_open && default.is_some_and(|it| it.is("None"));
        let mut objects = Objects::new();
        if !is_default {
            objects = value.reach();
        } else if !is_certain && !value.own.is_empty() {
            // Something else may have been given in the place of what all calls share.
            objects.insert(self.next_object);
            value.own.insert(self.next_object);
            self.next_object += 1;
        }
        let own = value.own.union(&value.views);
        frame.given.insert(name.clone(), own);
        frame.parameters.push((name.clone(), objects));
        frame.locals.insert(name, value);
    }

    /// Notes a change of containers that parameters have by default, for the functions in progress that were given nothing in
    /// their place: `def collect(x, acc=[]): acc.append(x)` changes `acc`.
    pub(crate) fn change_defaults(&mut self, objects: &Objects) {
        for frame in self.frames.iter().skip(self.heard_from) {
            for (name, default) in &self.closures[frame.closure].defaults {
                let own = frame.given.get(name).filter(|_| !default.own.is_empty());
                let is_changed = own.is_some_and(|it| !it.is_disjoint(objects));
                if is_changed && CONTAINERS.iter().any(|it| default.is(it)) {
                    let facts = facts_of(&mut self.functions, &frame.function);
                    if self.is_cause_unknown {
                        facts.may_mutate.insert(name.clone());
                    } else {
                        facts.mutates.insert(name.clone());
                    }
                }
            }
        }
    }

    /// Whether the call at a place makes a coroutine that nothing runs: its value is dropped, or kept under a name that is only
    /// closed.
    pub(crate) fn is_never_awaited(&self, index: usize, call: TextRange) -> bool {
        let closure = &self.closures[index];
        if !closure.is_async || closure.is_generator {
            return false;
        }
        let Some(caller) = self.frames.last() else {
            return false;
        };
        let Body::Statements(body) = self.closures[caller.closure].body else {
            return false;
        };
        let mut uses = Uses {
            call,
            name: None,
            is_dropped: false,
            others: Vec::new(),
        };
        uses.visit_body(body);
        let is_closed = |name: &str| {
            let is_own = caller.names.locals.contains(name) && !caller.is_kept;
            is_own && !uses.others.contains(&name)
        };
        uses.is_dropped || uses.name.is_some_and(is_closed)
    }
}

/// What a function does with the value of a call.
struct Uses<'n> {
    call: TextRange,
    /// The name that it gets.
    name: Option<&'n str>,
    is_dropped: bool,
    /// The names that are read for something else than to close what they are.
    others: Vec<&'n str>,
}

impl<'n> Visitor<'n> for Uses<'n> {
    fn visit_stmt(&mut self, statement: &'n Stmt) {
        match statement {
            Stmt::Expr(it) if is_call_at(&it.value, self.call) => self.is_dropped = true,
            Stmt::Expr(it) if is_closing(&it.value) => return,
            Stmt::Assign(it) if is_call_at(&it.value, self.call) => {
                if let [Expr::Name(name)] = &it.targets[..] {
                    self.name = Some(&name.id);
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'n Expr) {
        if let Expr::Name(name) = expression
            && name.ctx.is_load()
        {
            self.others.push(&name.id);
        }
        walk_expr(self, expression);
    }
}

fn is_call_at(expression: &Expr, place: TextRange) -> bool {
    expression
        .as_call_expr()
        .is_some_and(|it| it.range() == place)
}

/// `job.close()`
fn is_closing(expression: &Expr) -> bool {
    let Some(call) = expression.as_call_expr() else {
        return false;
    };
    let method = call.func.as_attribute_expr();
    let is_close = method.is_some_and(|it| it.attr.as_str() == "close" && it.value.is_name_expr());
    is_close && call.arguments.is_empty()
}
