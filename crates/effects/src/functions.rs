//! The user's functions and classes on abstract values.

use std::rc::Rc;

use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::analyze::{Analyzer, Body, Class, Frame, MAX_CALL_DEPTH};
use crate::calls::{Known, Passed, Site};
use crate::value::{Callable, Value};
use crate::{Effect, Type};

impl<'a> Analyzer<'a> {
    /// Runs a function of the user on arguments, in the scope it was defined in.
    pub(crate) fn invoke(
        &mut self,
        index: usize,
        receiver: Option<Value>,
        arguments: &[Passed],
        range: TextRange,
    ) -> Value {
        let closure = &self.closures[index];
        let name = closure.name.clone();
        let is_recursive = self
            .frames
            .iter()
            .any(|frame| frame.function == name && name != "<lambda>");
        if is_recursive || self.frames.len() >= MAX_CALL_DEPTH || self.budget == 0 {
            let values: Vec<Value> = arguments
                .iter()
                .map(|argument| argument.value.clone())
                .collect();
            if !is_recursive {
                self.add_effect(Effect::Unknown, range, &format!("{name}, called too deep"));
            }
            for value in receiver.iter().chain(&values) {
                self.mutate_deeply(value);
            }
            return Value {
                own: values.iter().flat_map(Value::reach).collect(),
                ..Value::default()
            };
        }
        self.budget = self.budget.saturating_sub(body_size(closure.body));
        let (returns, is_generator) = (closure.returns, closure.is_generator);
        let frame = self.frame(index, receiver, arguments);
        self.note_parameters(&name, &frame);
        self.frames.push(frame);
        let before = self.record.effects;
        let mut value = match self.closures[index].body {
            Body::Statements(statements) => {
                self.block(statements);
                let returned = self
                    .frames
                    .last_mut()
                    .and_then(|frame| frame.returned.take());
                returned.unwrap_or_else(|| Value::of_type("None"))
            }
            Body::Expression(expression) => self.evaluate(expression),
        };
        self.frames.pop();
        if is_generator {
            let held = value.reach();
            value = self.fresh(Some(Type::new("Generator")));
            value.holds.extend(held);
            value.lazy.extend(self.record.effects.without(before));
        }
        if value.ty.is_none()
            && let Some(returns) = returns
        {
            value.ty = self.annotation(returns);
        }
        let facts = self.functions.entry(name).or_default();
        facts.returns = if facts.is_called {
            Type::join(facts.returns.as_ref(), value.ty.as_ref())
        } else {
            value.ty.clone()
        };
        facts.is_called = true;
        value
    }

    /// Runs a function on arguments that are not known.
    pub(crate) fn invoke_unknown(&mut self, index: usize, receiver: Option<Value>) {
        self.invoke(index, receiver, &[], TextRange::default());
    }

    /// The variables of a call: parameters bound to arguments, defaults and annotations.
    fn frame(&mut self, index: usize, receiver: Option<Value>, arguments: &[Passed]) -> Frame {
        let closure = &self.closures[index];
        let (names, captured, function) = (
            Rc::clone(&closure.names),
            Rc::clone(&closure.captured),
            closure.name.clone(),
        );
        let mut frame = Frame {
            locals: std::collections::BTreeMap::new(),
            names,
            captured,
            returned: None,
            function,
            parameters: Vec::new(),
        };
        let Some(parameters) = closure.parameters else {
            return frame;
        };
        let is_complete = !arguments.iter().any(|argument| argument.is_unpacked);
        let mut positional = receiver.into_iter().chain(
            arguments
                .iter()
                .filter(|it| !it.is_keyword)
                .map(|it| it.value.clone()),
        );
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            let name = parameter.name().to_string();
            let passed = positional.next().or_else(|| keyword(arguments, &name));
            let value = self.parameter(parameter, passed, is_complete && !arguments.is_empty());
            frame.parameters.push((name.clone(), value.reach()));
            frame.locals.insert(name, value);
        }
        let rest: Vec<Value> = positional.collect();
        for parameter in &parameters.kwonlyargs {
            let name = parameter.name().to_string();
            let value = self.parameter(
                parameter,
                keyword(arguments, &name),
                is_complete && !arguments.is_empty(),
            );
            frame.parameters.push((name.clone(), value.reach()));
            frame.locals.insert(name, value);
        }
        for (parameter, ty) in [(&parameters.vararg, "tuple"), (&parameters.kwarg, "dict")] {
            if let Some(parameter) = parameter {
                let mut value = self.fresh(Some(Type::new(ty)));
                let passed = arguments
                    .iter()
                    .filter(|it| it.is_keyword)
                    .map(|it| &it.value);
                for it in rest.iter().chain(passed) {
                    value.absorb(it);
                }
                frame
                    .parameters
                    .push((parameter.name.to_string(), value.reach()));
                frame.locals.insert(parameter.name.to_string(), value);
            }
        }
        frame
    }

    fn parameter(
        &mut self,
        parameter: &'a ast::ParameterWithDefault,
        passed: Option<Value>,
        defaults_apply: bool,
    ) -> Value {
        let annotated = parameter
            .parameter
            .annotation
            .as_deref()
            .and_then(|it| self.annotation(it));
        let mut value = match (passed, &parameter.default) {
            (Some(value), _) => value,
            (None, Some(default)) if defaults_apply || annotated.is_none() => {
                let mut value = self.evaluate(default);
                // The one object is made when the function is defined, and all calls share it.
                self.shared.extend(&value.own);
                if !defaults_apply {
                    value.literal = None;
                    if value.is("None") {
                        value = self.fresh(None);
                    }
                }
                value
            }
            _ => self.fresh(annotated.clone()),
        };
        if value.ty.is_none() && value.path.is_none() && value.callable.is_none() {
            value.ty = annotated;
        }
        value
    }

    fn note_parameters(&mut self, function: &str, frame: &Frame) {
        let facts = self.functions.entry(function.to_owned()).or_default();
        for (name, _) in &frame.parameters {
            let ty = frame.locals.get(name).and_then(|value| value.ty.clone());
            let known = if facts.is_called {
                Type::join(facts.parameters.get(name), ty.as_ref())
            } else {
                ty
            };
            match known {
                Some(ty) => facts.parameters.insert(name.clone(), ty),
                None => facts.parameters.remove(name),
            };
        }
    }

    /// Runs a class body and registers the class.
    pub(crate) fn define_class(&mut self, class: &'a ast::StmtClassDef) {
        let name = class.name.to_string();
        let mut known = Class {
            is_opaque: !self.decorate(&class.decorator_list),
            ..Class::default()
        };
        if let Some(arguments) = &class.arguments {
            for base in &arguments.args {
                let value = self.evaluate(base);
                match (&value.path, &value.callable) {
                    (Some(path), _) => known.bases.push(path.to_string()),
                    (_, Some(Callable::Class(base))) => known.bases.push(base.clone()),
                    _ => known.is_opaque = true,
                }
            }
            known.is_opaque |= !arguments.keywords.is_empty();
            for keyword in &arguments.keywords {
                self.evaluate(&keyword.value);
            }
        }
        for statement in &class.body {
            self.class_statement(statement, &name, &mut known);
        }
        let holds = known.attributes.values().flat_map(Value::reach).collect();
        self.classes.insert(name.clone(), known);
        let value = Value {
            holds,
            callable: Some(Callable::Class(name.clone())),
            ..Value::of_type("type")
        };
        self.bind(&name, value);
    }

    fn class_statement(&mut self, statement: &'a Stmt, class: &str, known: &mut Class) {
        match statement {
            Stmt::FunctionDef(method) => {
                let index = self.add_closure(method, Some(class));
                known.methods.insert(method.name.to_string(), index);
                for decorator in &method.decorator_list {
                    match self.program.text(decorator.expression.range()) {
                        "property" | "cached_property" | "functools.cached_property" => {
                            known.properties.insert(method.name.to_string());
                        }
                        "staticmethod" => {
                            known.unbound.insert(method.name.to_string());
                        }
                        _ => {}
                    }
                }
            }
            Stmt::Assign(ast::StmtAssign { targets, value, .. }) => {
                let value = self.evaluate(value);
                for target in targets {
                    if let ast::Expr::Name(name) = target {
                        known.attributes.insert(name.id.to_string(), value.clone());
                    }
                }
            }
            Stmt::AnnAssign(assign) => {
                let mut value = assign
                    .value
                    .as_deref()
                    .map_or_else(Value::default, |it| self.evaluate(it));
                if let Some(ty) = self.annotation(&assign.annotation) {
                    value.ty = Some(ty);
                    value.literal = None;
                }
                if let ast::Expr::Name(name) = &*assign.target {
                    known.attributes.insert(name.id.to_string(), value);
                }
            }
            Stmt::Expr(_) | Stmt::Pass(_) => {}
            other => self.execute(other),
        }
    }

    /// A class of the user and its bases that are the user's, too.
    fn lineage(&self, class: &str) -> Vec<(String, Class)> {
        let mut found: Vec<(String, Class)> = Vec::new();
        let mut pending = vec![class.to_owned()];
        while let Some(name) = pending.pop() {
            let Some(known) = self.classes.get(&name) else {
                continue;
            };
            if found.iter().all(|(seen, _)| *seen != name) {
                pending.extend(known.bases.iter().cloned());
                found.push((name, known.clone()));
            }
        }
        found
    }

    /// Makes an instance of a user's class.
    pub(crate) fn construct(
        &mut self,
        class: &str,
        arguments: &mut [Passed],
        site: &Site,
    ) -> Value {
        let known = self.classes.get(class).cloned().unwrap_or_default();
        if known.is_opaque {
            self.add_effect(
                Effect::Unknown,
                site.range,
                &format!("the making of class {class}"),
            );
        }
        let mut instance = self.fresh(Some(Type::new(class)));
        for argument in arguments.iter() {
            instance.absorb(&argument.value);
        }
        for base in &known.bases {
            if !self.classes.contains_key(base)
                && let Some(entry) = self.catalog.lookup(base).cloned()
            {
                self.apply(Known::free(&entry, base), &mut [], site);
            } else if !self.classes.contains_key(base) && base != "object" {
                self.add_effect(Effect::Unknown, site.range, base);
            }
        }
        if self.find_class(class, "__init__").is_some() {
            self.call_own_method(class, "__init__", &instance, arguments);
        }
        if self.find_class(class, "__post_init__").is_some() {
            self.call_own_method(class, "__post_init__", &instance, &[]);
        }
        for (_, known) in self.lineage(class) {
            for attribute in known.attributes.values() {
                instance.holds.extend(attribute.reach());
            }
        }
        // What making an object does to itself concerns nobody else.
        for object in &instance.own {
            self.record.mutated.remove(object);
        }
        instance
    }

    /// Calls a method of a user's class; nothing happens when the class has none of this name.
    pub(crate) fn call_own_method(
        &mut self,
        class: &str,
        method: &str,
        object: &Value,
        arguments: &[Passed],
    ) -> Value {
        let Some((_, owner)) = self.find_class(class, method) else {
            return self.derived(object, None);
        };
        let Some(index) = owner.methods.get(method).copied() else {
            return self.derived(object, None);
        };
        self.invoke(index, Some(object.clone()), arguments, TextRange::default())
    }

    /// An instance about which only its class is known.
    pub(crate) fn instance_of(&mut self, class: &str) -> Value {
        self.fresh(Some(Type::new(class)))
    }
}

fn keyword(arguments: &[Passed], name: &str) -> Option<Value> {
    let found = arguments
        .iter()
        .find(|argument| argument.is_keyword && argument.name.as_deref() == Some(name));
    found.map(|argument| argument.value.clone())
}

fn body_size(body: Body<'_>) -> u32 {
    match body {
        Body::Statements(statements) => {
            let lines: u32 = statements
                .iter()
                .map(|it| it.range().len().to_u32() / 40 + 1)
                .sum();
            lines.max(1)
        }
        Body::Expression(_) => 1,
    }
}
