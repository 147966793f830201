//! Expressions on abstract values.

mod annotations;
mod displays;
mod items;
mod members;

use std::rc::Rc;

use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, SourceKind};

use crate::analyze::{Analyzer, Body, Closure, Env};
use crate::names::function_names;
use crate::statements::operator_type;
use crate::value::{Callable, Objects, Value};
use crate::{Effect, Type};

/// Deeper expressions than this are unknown.
const MAX_DEPTH: u32 = 150;

impl<'a> Analyzer<'a> {
    /// Evaluates an expression.
    pub(crate) fn evaluate(&mut self, expression: &'a Expr) -> Value {
        if self.depth > MAX_DEPTH {
            self.add_effect(
                Effect::Unknown,
                expression.range(),
                "an expression too deep to follow",
            );
            return Value::default();
        }
        self.depth += 1;
        let mut value = self.evaluate_kind(expression);
        self.depth -= 1;
        if value.ty.is_none()
            && value.path.is_none()
            && value.callable.is_none()
            && self.frames.is_empty()
        {
            value.ty = (self.oracle)(expression.range());
            if value.ty.as_ref().is_some_and(Type::is_immutable) {
                value.own.clear();
            }
        }
        value
    }

    fn evaluate_kind(&mut self, expression: &'a Expr) -> Value {
        match expression {
            Expr::Name(name) => self.load(&name.id),
            Expr::Attribute(attribute) => self.attribute(attribute),
            Expr::Call(call) => self.call(call),
            Expr::Subscript(subscript) => self.subscript(subscript),
            Expr::BinOp(operation) => {
                let left = self.evaluate(&operation.left);
                let right = self.evaluate(&operation.right);
                self.binary(&left, &right, operation)
            }
            Expr::BoolOp(operation) => {
                let mut values = operation.values.iter().map(|value| self.evaluate(value));
                let first = values.next().unwrap_or_default();
                let rest: Vec<Value> = values.collect();
                rest.iter().fold(first, |joined, value| joined.join(value))
            }
            Expr::UnaryOp(operation) => {
                let operand = self.evaluate(&operation.operand);
                let ty = if operation.op == ast::UnaryOp::Not {
                    Some(Type::new("bool"))
                } else {
                    operand.ty.clone()
                };
                self.operator(&operand, "__neg__");
                self.fresh(ty)
            }
            Expr::Compare(comparison) => self.comparison(comparison),
            Expr::If(conditional) => {
                self.evaluate(&conditional.test);
                let left = self.evaluate(&conditional.body);
                let right = self.evaluate(&conditional.orelse);
                left.join(&right)
            }
            Expr::Named(named) => {
                let value = self.evaluate(&named.value);
                self.assign(&named.target, &value);
                value
            }
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::Starred(starred) => self.evaluate(&starred.value),
            Expr::Await(awaited) => {
                let value = self.evaluate(&awaited.value);
                self.derived(&value, None)
            }
            Expr::Yield(yielded) => {
                if let Some(value) = &yielded.value {
                    self.evaluate(value);
                }
                Value::default()
            }
            Expr::YieldFrom(yielded) => {
                let value = self.evaluate(&yielded.value);
                self.element(&value, yielded.range);
                Value::default()
            }
            _ => self.display(expression),
        }
    }

    /// Literals, which keep their text.
    fn literal(&mut self, expression: &Expr) -> Value {
        let ty = match expression {
            Expr::StringLiteral(string) => {
                return Value {
                    literal: Some(Rc::from(string.value.to_str())),
                    ..Value::of_type("str")
                };
            }
            Expr::BytesLiteral(_) => return Value::of_type("bytes"),
            Expr::EllipsisLiteral(_) => return Value::of_type("ellipsis"),
            Expr::NumberLiteral(number) => match number.value {
                ast::Number::Int(_) => "int",
                ast::Number::Float(_) => "float",
                ast::Number::Complex { .. } => "complex",
            },
            Expr::BooleanLiteral(_) => "bool",
            Expr::NoneLiteral(_) => "None",
            _ => {
                self.add_effect(
                    Effect::Unknown,
                    expression.range(),
                    "syntax that is not known",
                );
                return Value::default();
            }
        };
        Value {
            literal: Some(Rc::from(self.program.text(expression.range()))),
            ..Value::of_type(ty)
        }
    }

    /// The value of a variable: local, enclosing, of the module, or built in.
    pub(crate) fn load(&mut self, name: &str) -> Value {
        if let Some(frame) = self.frames.last() {
            if let Some(value) = frame.locals.get(name).or_else(|| frame.captured.get(name)) {
                return value.clone();
            }
            if frame.names.locals.contains(name) {
                return Value::default();
            }
            self.record.global_reads.insert(name.to_owned());
            for frame in &self.frames {
                self.functions
                    .entry(frame.function.clone())
                    .or_default()
                    .reads
                    .insert(name.to_owned());
            }
        }
        if let Some(value) = self.globals.get(name) {
            return value.clone();
        }
        if name == "display" && self.program.source.kind == SourceKind::Notebook {
            return Value {
                path: Some(Rc::from("IPython.display.display")),
                ..Value::default()
            };
        }
        if self.catalog.exact(name).is_some()
            || srcify_syntax::stdlib::builtins::is_python_builtin(name, 13, true)
        {
            return Value {
                path: Some(Rc::from(name)),
                ..Value::default()
            };
        }
        if let Some(ty) = match name {
            "__name__" | "__file__" => Some("str"),
            _ => None,
        } {
            return Value::of_type(ty);
        }
        Value::default()
    }

    /// A part of a value, or something computed from it that may share its memory.
    pub(crate) fn derived(&mut self, from: &Value, ty: Option<Type>) -> Value {
        let mut value = self.fresh(ty);
        if value.is_immutable() {
            value.draws = false;
            return value;
        }
        if from.is_immutable() && from.ty.is_some() {
            return value;
        }
        value.own.extend(&from.holds);
        value.holds.clone_from(&from.holds);
        value.views = from.own.union(&from.views).copied().collect();
        value.draws = from.draws;
        value.lazy = from.lazy;
        value
    }

    fn binary(&mut self, left: &Value, right: &Value, operation: &'a ast::ExprBinOp) -> Value {
        self.operator(left, "__add__");
        self.operator(right, "__radd__");
        let mut ty = operator_type(left, right);
        let is_text = left.is("str");
        if operation.op == ast::Operator::Div && ty.as_ref().is_some_and(|ty| ty.name == "int") {
            ty = Some(Type::new("float"));
        }
        if is_text && matches!(operation.op, ast::Operator::Mod | ast::Operator::Mult) {
            ty = Some(Type::new("str"));
        }
        if operation.op == ast::Operator::Div && left.is("pathlib.Path") {
            ty = Some(Type::new("pathlib.Path"));
        }
        if ty.is_none() {
            ty = (self.oracle)(operation.range);
        }
        let mut value = self.fresh(ty);
        if !value.is_immutable() {
            // Lists share their elements, sums of arrays do not: without the type, take both.
            let elementwise = ["numpy.ndarray", "pandas.Series", "pandas.DataFrame"];
            if !value
                .ty
                .as_ref()
                .is_some_and(|ty| elementwise.contains(&ty.name.as_str()))
            {
                value.holds.extend(left.holds.iter().chain(&right.holds));
            }
        }
        value
    }

    /// Operators of the user's own classes run their methods; of all others they only compute.
    pub(crate) fn operator(&mut self, value: &Value, method: &str) {
        let Some(ty) = &value.ty else { return };
        let Some(class) = self.classes.get(&ty.name) else {
            return;
        };
        let has_operators = class
            .methods
            .keys()
            .any(|name| name.starts_with("__") && name != "__init__");
        if has_operators && self.find_class(&ty.name, method).is_some() {
            let class = ty.name.clone();
            self.call_own_method(&class, method, value, &[]);
        }
    }

    fn comparison(&mut self, comparison: &'a ast::ExprCompare) -> Value {
        let left = self.evaluate(&comparison.left);
        self.operator(&left, "__eq__");
        let mut ty = Some(Type::new("bool"));
        for (operator, right) in comparison.ops.iter().zip(&comparison.comparators) {
            let right = self.evaluate(right);
            let is_membership = matches!(
                operator,
                ast::CmpOp::In | ast::CmpOp::NotIn | ast::CmpOp::Is | ast::CmpOp::IsNot
            );
            if is_membership {
                self.consume(&right);
                continue;
            }
            ty = match operator_type(&left, &right) {
                Some(ty) if ty.name.starts_with("pandas.") || ty.name == "numpy.ndarray" => {
                    Some(ty)
                }
                Some(_) => ty,
                None if left.is_immutable() && right.is_immutable() => ty,
                None => (self.oracle)(comparison.range),
            };
        }
        self.fresh(ty)
    }

    fn lambda(&mut self, lambda: &'a ast::ExprLambda) -> Value {
        for parameter in lambda
            .parameters
            .iter()
            .flat_map(|parameters| parameters.iter())
        {
            if let Some(default) = parameter.default() {
                self.evaluate(default);
            }
        }
        let mut names = function_names(lambda.parameters.as_deref(), &[]);
        names.locals.extend(
            lambda
                .parameters
                .iter()
                .flat_map(|it| it.iter())
                .map(|it| it.name().to_string()),
        );
        let captured: Env = self.frames.last().map_or_else(Env::new, |frame| {
            let mut captured = (*frame.captured).clone();
            captured.extend(frame.locals.clone());
            captured
        });
        let mut held = Objects::new();
        for value in captured.values() {
            held.extend(value.reach());
        }
        self.closures.push(Closure {
            name: "<lambda>".to_owned(),
            parameters: lambda.parameters.as_deref(),
            body: Body::Expression(&lambda.body),
            names: Rc::new(names),
            captured: Rc::new(captured),
            is_generator: false,
            returns: None,
            is_top_level: false,
        });
        let callable = Some(Callable::Closure(self.closures.len() - 1));
        Value {
            ty: Some(Type::new("function")),
            callable,
            holds: held,
            ..Value::default()
        }
    }
}

/// The type that a catalog entry names for a receiver.
pub(crate) fn resolve_self(text: &str, receiver: &Type) -> Option<Type> {
    match text {
        "self" | "Self" => Some(receiver.clone()),
        "T" => receiver.arguments.first().cloned(),
        _ => Type::parse(text),
    }
}
