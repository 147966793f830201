//! Methods of classes that assignments make: `push = add`, `area = lambda self: …`, `name = property(_get, _set)`,
//! `add_one = partialmethod(add, 1)`.

use std::rc::Rc;

use srcify_syntax::ast::{self, Expr};

use crate::analyze::{Analyzer, Class};
use crate::value::{Callable, Value};

/// What binds arguments of a method before its object is known.
const PARTIAL: &str = "functools.partialmethod";

impl<'a> Analyzer<'a> {
    /// Whether what a name of a class is bound to is a method, which then is noted.
    pub(crate) fn assigned_method(
        &mut self,
        name: &str,
        value: &'a Expr,
        known: &mut Class,
    ) -> bool {
        match value {
            Expr::Name(other) if known.methods.contains_key(other.id.as_str()) => {
                let other = other.id.as_str();
                for kinds in [
                    &mut known.properties,
                    &mut known.cached,
                    &mut known.unbound,
                    &mut known.bound_to_type,
                ] {
                    if kinds.contains(other) {
                        kinds.insert(name.to_owned());
                    }
                }
                for table in [&mut known.methods, &mut known.setters] {
                    if let Some(index) = table.get(other).copied() {
                        table.insert(name.to_owned(), index);
                    }
                }
                true
            }
            Expr::Lambda(_) => {
                let index = self.own_function(value, known);
                known.methods.extend(index.map(|it| (name.to_owned(), it)));
                index.is_some()
            }
            Expr::Call(call) => {
                let called = match &*call.func {
                    Expr::Name(_) | Expr::Attribute(_) => self.evaluate(&call.func).path,
                    _ => None,
                };
                match called.as_deref() {
                    Some("property") => self.assigned_property(name, call, known),
                    Some(PARTIAL) => self.assigned_partial(name, call, known),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn assigned_property(
        &mut self,
        name: &str,
        call: &'a ast::ExprCall,
        known: &mut Class,
    ) -> bool {
        let given = |position: usize, keyword: &str| {
            let named = call.arguments.find_keyword(keyword).map(|it| &it.value);
            named.or_else(|| call.arguments.args.get(position))
        };
        let getter = given(0, "fget").and_then(|it| self.own_function(it, known));
        let Some(getter) = getter else {
            return false;
        };
        let setter = given(1, "fset").and_then(|it| self.own_function(it, known));
        known.properties.insert(name.to_owned());
        known.methods.insert(name.to_owned(), getter);
        known.setters.extend(setter.map(|it| (name.to_owned(), it)));
        true
    }

    fn assigned_partial(&mut self, name: &str, call: &'a ast::ExprCall, known: &mut Class) -> bool {
        let function = call.arguments.args.first();
        let Some(index) = function.and_then(|it| self.own_function(it, known)) else {
            return false;
        };
        let mut bound = self.arguments(&call.arguments);
        bound.remove(0);
        self.partials.push(bound);
        let callable =
            Callable::Partial(Box::new(Callable::Closure(index)), self.partials.len() - 1);
        let method = Value {
            callable: Some(callable),
            ..Value::of_type(PARTIAL)
        };
        known.attributes.insert(name.to_owned(), method);
        true
    }

    /// A method of the class so far, or a function without a name.
    fn own_function(&mut self, expression: &'a Expr, known: &Class) -> Option<usize> {
        match expression {
            Expr::Name(name) => known.methods.get(name.id.as_str()).copied(),
            Expr::Lambda(_) => match self.evaluate(expression).callable {
                Some(Callable::Closure(index)) => Some(index),
                _ => None,
            },
            _ => None,
        }
    }

    /// A method some of whose arguments are bound, of an object.
    pub(crate) fn partial_of(value: &Value, object: &Value) -> Option<Value> {
        let Some(Callable::Partial(inner, bound)) = value.callable.as_ref() else {
            return None;
        };
        let Callable::Closure(index) = **inner else {
            return None;
        };
        let receiver = Self::receiver_of(object);
        let method = Callable::Method(index, Rc::clone(&receiver));
        value.is(PARTIAL).then(|| Value {
            callable: Some(Callable::Partial(Box::new(method), *bound)),
            holds: object.reach(),
            ..Value::of_type("function")
        })
    }
}
