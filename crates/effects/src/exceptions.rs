//! What is raised, and what catches it.

use srcify_syntax::ast::{self, Expr};

use crate::analyze::Analyzer;
use crate::value::{Callable, Value};
use crate::{Effect, Type};

impl<'a> Analyzer<'a> {
    /// Raises something, which its handlers may catch.
    pub(crate) fn raise(&mut self, raise: &'a ast::StmtRaise) {
        for part in raise.exc.iter().chain(&raise.cause) {
            let value = self.evaluate(part);
            // What an exception carries reaches every handler.
            self.raised = self.raised.join(&value);
            let is_exit = value.path.as_deref() == Some("SystemExit") || value.is("SystemExit");
            if is_exit {
                self.add_effect(Effect::Exit, raise.range, "SystemExit");
            }
        }
    }

    /// A `try` with its handlers.
    pub(crate) fn attempt(&mut self, attempt: &'a ast::StmtTry) {
        let before = self.variables();
        self.block(&attempt.body);
        self.block(&attempt.orelse);
        let success = self.variables();
        let mut after = success.clone();
        for handler in &attempt.handlers {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            self.restore(before.clone().join(success.clone()));
            if let Some(name) = &handler.name {
                let exception = self.caught(handler.type_.as_deref());
                self.bind(name, exception);
            }
            self.block(&handler.body);
            after = after.join(self.variables());
        }
        self.restore(after);
        self.block(&attempt.finalbody);
    }

    /// What a handler catches: what was raised, of the program's classes those that it asks for.
    fn caught(&mut self, asked: Option<&'a Expr>) -> Value {
        let mut exception = self.fresh(Some(Type::new("BaseException")));
        let raised = self.raised.clone();
        exception.absorb(&raised);
        exception.own.add(&raised.own);
        exception.holds.add(&raised.holds);
        exception.deep.add(&raised.deep);
        let class = asked.and_then(|it| match self.evaluate(it).callable {
            Some(Callable::Class(class)) => Some(class),
            _ => None,
        });
        if let Some(class) = class {
            let kinds: Vec<&Type> = raised.ty.iter().flat_map(Type::members).collect();
            let is_meant = |it: &&&Type| self.resolution_order(&it.name).contains(&class.as_str());
            let meant = kinds.iter().filter(is_meant).map(|it| Some((*it).clone()));
            let joined = meant.reduce(|one, other| Type::join(one.as_ref(), other.as_ref()));
            exception.ty = joined.unwrap_or_else(|| Some(Type::new(&class)));
        }
        exception
    }
}
