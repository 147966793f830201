//! Expressions on abstract values.

mod annotations;
pub(crate) mod arithmetic;
mod composed;
mod displays;
pub(crate) mod elements;
pub(crate) mod items;
mod labelled;
mod members;
mod parts;
mod picking;

use std::rc::Rc;

use srcify_syntax::Ranged;
use srcify_syntax::ast::{self, Expr};

use crate::analyze::{Analyzer, Body, Closure};
use crate::calls::{compared, gives_numbers, operated};
use crate::names::{Access, function_names};
use crate::protocols::{comparison_method, operator_methods, operator_type};
use crate::value::{Callable, Objects, Value};
use crate::variables::Env;
use crate::{Effect, Type};
pub(crate) use displays::{MAX_ENTRIES, key_of};

use arithmetic::operation_type;
use composed::{assembled, joined_lists};
use labelled::labelled_operation;

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

    /// Evaluates what stands before an index, or before a method that is called.
    pub(crate) fn evaluate_container(&mut self, expression: &'a Expr) -> Value {
        self.is_container_only = expression.is_attribute_expr();
        let value = self.evaluate(expression);
        self.is_container_only = false;
        value
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each kind of expression")]
    fn evaluate_kind(&mut self, expression: &'a Expr) -> Value {
        match expression {
            Expr::Name(name) => self.load(&name.id),
            Expr::Attribute(attribute) => self.attribute(attribute),
            Expr::Call(call) => self.call(call),
            Expr::Subscript(subscript) => self.subscript(subscript),
            Expr::BinOp(operation) => {
                let left = self.evaluate(&operation.left);
                let right = self.evaluate(&operation.right);
                let mut value = self.binary(&left, &right, operation);
                if operation.op == ast::Operator::Pow {
                    self.tell_power(&mut value, [&left, &right], &operation.right);
                }
                if value.is_vague() && !value.is_never {
                    let hint = apparent_operation(&left, &right, operation.op)
                        .or_else(|| self.operation_with_unknown(&left, &right, operation.op))
                        .or_else(|| self.declared_operation(&left, &right, operation.op));
                    value.hint = hint.or(value.hint);
                }
                if value.is_open_array()
                    && let Some(told) = operated(&left, &right, operation.op)
                {
                    value.tell_array(&told);
                }
                if value.is_open_column() && gives_numbers(&left, &right, operation.op) {
                    value.tell_numbers();
                }
                value
            }
            Expr::BoolOp(operation) => {
                let mut joined: Option<Value> = None;
                let decides = operation.op == ast::BoolOp::Or;
                let mut is_asked = true;
                for operand in &operation.values {
                    let value = self.where_run(is_asked, |it| it.asked(operand));
                    is_asked = is_asked && self.settled(operand) != Some(decides);
                    joined = Some(match joined {
                        // `xs or []` is never the `None` that `xs` may be.
                        Some(known) if operation.op == ast::BoolOp::Or && known.is("None") => value,
                        // `session or requests`: what it is where nothing is given.
                        Some(known)
                            if self.is_presuming
                                && value.path.is_some()
                                && known.path.is_none() =>
                        {
                            value
                        }
                        // `x or y` is `x` where that is something.
                        Some(known) if operation.op == ast::BoolOp::Or => {
                            known.but_for_none().unwrap_or(known).join(&value)
                        }
                        Some(known) => known.join(&value),
                        None => value,
                    });
                }
                joined.unwrap_or_default()
            }
            Expr::UnaryOp(operation) => {
                let operand = self.evaluate(&operation.operand);
                let method = match operation.op {
                    ast::UnaryOp::Not => {
                        self.truth(&operand);
                        return Value::of_type("bool");
                    }
                    ast::UnaryOp::USub => "__neg__",
                    ast::UnaryOp::UAdd => "__pos__",
                    ast::UnaryOp::Invert => "__invert__",
                };
                if let Some(value) = self.protocol(&operand, method, &[]) {
                    return value;
                }
                if operand.is_never {
                    return operand;
                }
                let literal = operand
                    .literal
                    .filter(|_| operation.op == ast::UnaryOp::USub);
                let mut value = self.fresh(operand.ty);
                value.hint = operand.hint;
                value.literal = literal.map(|it| format!("-{it}").into());
                value
            }
            Expr::Compare(comparison) => self.comparison(comparison),
            Expr::If(conditional) => self.conditional(conditional),
            Expr::Named(named) => {
                let value = self.evaluate(&named.value);
                self.assign(&named.target, &value);
                value
            }
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::Starred(starred) => self.unpacked(starred),
            Expr::Await(awaited) => {
                // A function that is awaited was followed when it was called.
                let mut value = self.evaluate(&awaited.value);
                if let Some(waiting) = self.protocol(&value, "__await__", &[]) {
                    self.element(&waiting, awaited.range);
                    value = self.derived(&value, None);
                }
                self.last_stores.clear();
                value
            }
            Expr::Yield(yielded) => {
                let value = yielded
                    .value
                    .as_deref()
                    .map_or_else(|| Value::of_type("None"), |it| self.evaluate(it));
                self.hand_out(&value);
                self.last_stores.clear();
                Value::default()
            }
            Expr::YieldFrom(yielded) => {
                let value = self.evaluate(&yielded.value);
                let element = self.element(&value, yielded.range);
                self.hand_out(&element);
                self.last_stores.clear();
                Value::default()
            }
            _ => self.display(expression),
        }
    }

    /// Literals, which keep their text.
    fn literal(&mut self, expression: &Expr) -> Value {
        let ty = match expression {
            Expr::StringLiteral(string) => {
                self.note_mentions(string.value.to_str());
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

    /// A part of a value, or something computed from it that may share its memory.
    pub(crate) fn derived(&mut self, from: &Value, ty: Option<Type>) -> Value {
        let ty = ty.filter(|ty| ty.name != "never");
        let mut value = self.fresh(ty);
        if value.ty.is_none() || value.is("function") || value.is("type") {
            value.callable = Callable::one_of(from.functions.clone());
        }
        if value.is_immutable() {
            value.draws = false;
            value.cell_of = from.cells();
            return value;
        }
        if from.is_immutable() && from.ty.is_some() {
            value.cell_of = from.cells();
            return value;
        }
        // A cell of a copied row is the table's own.
        if !from.cell_of.is_empty() {
            value.cell_of = from.cells();
        }
        value.own.add(&from.holds);
        value.holds = from.holds.union(&from.deep);
        value.deep.clone_from(&from.deep);
        value.views = from.own.union(&from.views);
        value.draws = from.draws && !value.ty.as_ref().is_some_and(Type::is_data);
        value.lazy = from.lazy;
        value.later = from.later.clone();
        value.is_foreign = from.is_foreign;
        value.functions.clone_from(&from.functions);
        value
    }

    fn binary(&mut self, left: &Value, right: &Value, operation: &'a ast::ExprBinOp) -> Value {
        let (method, reflected) = operator_methods(operation.op);
        if let Some(value) = self
            .protocol(left, method, std::slice::from_ref(right))
            .or_else(|| self.protocol(right, reflected, std::slice::from_ref(left)))
        {
            return value;
        }
        if left.is_never && right.is_never {
            return Value::never();
        }
        // A call that is still being followed gives what the other operand says.
        let left = if left.is_never { right } else { left };
        let right = if right.is_never { left } else { right };
        let mut ty = operation_type(left, right, operation.op);
        if ty.is_none() {
            ty = (self.oracle)(operation.range);
            ty = ty.or_else(|| self.presumed_result(left, right, operation));
        }
        let is_foreign = self.use_foreign(left, right, operation);
        let mut value = self.fresh(ty);
        value.literal = joined_flags(left, right).filter(|_| operation.op == ast::Operator::BitOr);
        value.is_foreign = is_foreign && value.ty.is_none();
        if !value.is_immutable() {
            // Lists share their elements, sums of arrays do not: without the type, take both.
            let elementwise = ["numpy.ndarray", "pandas.Series", "pandas.DataFrame"];
            if !value
                .ty
                .as_ref()
                .is_some_and(|ty| elementwise.contains(&ty.name.as_str()))
            {
                value.take_elements(left);
                value.take_elements(right);
            }
        }
        value
    }

    /// What an operator appears to make of something that is not known, by what the other operand is.
    fn operation_with_unknown(
        &self,
        left: &Value,
        right: &Value,
        operator: ast::Operator,
    ) -> Option<Type> {
        let is_unknown = |it: &Value| {
            it.apparent().is_none() && it.path.is_none() && it.callable.is_none() && !it.is_never
        };
        let known = match (is_unknown(left), is_unknown(right)) {
            // Nothing but numbers is divided by another, where there are no paths.
            (true, true) if matches!(operator, ast::Operator::Div | ast::Operator::Pow) => {
                let is_number = self.has_plain_numbers() && !self.uses("pathlib");
                return is_number.then(|| Type::new("float"));
            }
            (true, false) => right,
            (false, true) => left,
            _ => return None,
        };
        let ty = known.apparent()?;
        match ty.name.as_str() {
            // Arrays of numpy turn whatever they meet into one.
            "numpy.ndarray" if self.has_arrays_only() => Some(Type::new("numpy.ndarray")),
            // A list is repeated, or goes on with another.
            "list" if matches!(operator, ast::Operator::Mult) && !ty.is_vague() => Some(ty),
            "str" if operator == ast::Operator::Mod && left.is("str") => Some(ty),
            // A text goes on with nothing but a text, unless there are columns of them.
            "str" if operator == ast::Operator::Add && known.literal.is_some() => {
                (!self.uses("pandas") && !self.has_tensors()).then_some(ty)
            }
            "pandas.DataFrame" if operator != ast::Operator::MatMult => Some(ty),
            labelled::DATASET => Some(ty),
            _ => None,
        }
    }

    fn comparison(&mut self, comparison: &'a ast::ExprCompare) -> Value {
        let mut left = self.evaluate(&comparison.left);
        let mut ty = Some(Type::new("bool"));
        let (mut hint, mut told) = (None, None);
        for (operator, right) in comparison.ops.iter().zip(&comparison.comparators) {
            let right = self.evaluate(right);
            if matches!(operator, ast::CmpOp::Is | ast::CmpOp::IsNot) {
                continue;
            }
            if matches!(operator, ast::CmpOp::In | ast::CmpOp::NotIn) {
                if self
                    .protocol(&right, "__contains__", std::slice::from_ref(&left))
                    .is_none()
                {
                    self.consume(&right);
                    self.use_up_known(&right);
                }
                self.look_into(&right, comparison.range);
                continue;
            }
            let method = comparison_method(*operator);
            if let Some(value) = self.protocol(&left, method, std::slice::from_ref(&right)) {
                ty = value.ty;
                continue;
            }
            hint = apparent_comparison(&left.as_apparent(), &right.as_apparent());
            told = compared(&left, &right);
            ty = match operator_type(&left, &right) {
                // Labels are compared one by one, too.
                _ if [&left, &right].into_iter().any(is_labels) => Some(Type::new("numpy.ndarray")),
                // Of columns and tensors each element is compared, of expressions none is yet.
                Some(ty) if COMPARED.iter().any(|it| ty.name.starts_with(it)) => Some(ty),
                Some(ty) if ty.name.starts_with("pandas.") || ty.name == "numpy.ndarray" => {
                    Some(ty)
                }
                Some(_) => ty,
                None if left.is_immutable() && right.is_immutable() => ty,
                None if left.is("pandas.Series") && right.ty.is_none() => left.ty.clone(),
                None => (self.oracle)(comparison.range),
            };
            left = right;
        }
        let plain = ty.is_none().then(|| self.plain_comparison(comparison));
        let mut value = self.fresh(ty);
        value.hint = hint.or_else(|| plain.flatten());
        if let Some(told) = told.filter(|_| value.is_open_array()) {
            value.tell_array(&told);
        }
        value
    }

    fn lambda(&mut self, lambda: &'a ast::ExprLambda) -> Value {
        let parameters = lambda.parameters.as_deref();
        let defaults = self.defaults(parameters);
        let mut names = function_names(parameters, &[]);
        names.locals.extend(
            parameters
                .into_iter()
                .flat_map(|it| it.iter())
                .map(|it| it.name().to_string()),
        );
        let body = Access::of_expression(&lambda.body);
        let mut held = Objects::new();
        let mut captured = Env::default();
        for name in body.reads.iter().chain(&body.captures) {
            let is_meant = self.comprehended.contains(name) && !names.locals.contains(name);
            let known = is_meant.then(|| self.scope().get(name).cloned()).flatten();
            let Some(mut value) = known else { continue };
            // When it is called, it may be another one.
            value.forget_literal();
            value.entries = None;
            held.add(&value.reach());
            captured.insert(name.clone(), value);
        }
        names
            .locals
            .extend(captured.iter().map(|(name, _)| name.to_owned()));
        if let Some(frame) = self.frames.last_mut() {
            frame.is_kept = true;
            for name in body.reads.iter().chain(&body.captures) {
                let value = frame
                    .locals
                    .get(name)
                    .filter(|_| !names.locals.contains(name));
                held.extend(value.into_iter().flat_map(Value::reach));
            }
        }
        self.closures.push(Closure {
            name: "<lambda>".to_owned(),
            parameters,
            body: Body::Expression(&lambda.body),
            names: Rc::new(names),
            enclosing: self.frames.last().map(|frame| frame.id),
            class: None,
            defaults,
            captured,
            is_generator: false,
            is_async: false,
            returns: None,
            is_top_level: false,
            contexts: Vec::new(),
            is_context: false,
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

/// The type that a catalog entry names for a receiver: `self` is the receiver's, `T`, `T1` and so on what it was made of.
pub(crate) fn resolve_self(text: &str, receiver: &Type) -> Option<Type> {
    let receiver = &Type::or_unknown(receiver.of_object().cloned());
    match text {
        "self" | "Self" => Some(receiver.clone()),
        "T" => receiver.arguments.first().cloned(),
        _ if text.len() == 2 && text.starts_with('T') => {
            let at = text[1..].parse::<usize>().ok()?;
            receiver.arguments.get(at).cloned()
        }
        _ => Some(with_receiver(Type::parse(text)?, receiver)),
    }
}

/// A type with the receiver's in place of `self` and `T` among its arguments.
fn with_receiver(ty: Type, receiver: &Type) -> Type {
    let arguments = ty.arguments.into_iter().map(|it| match it.name.as_str() {
        "self" => receiver.clone(),
        "T" => Type::or_unknown(receiver.arguments.first().cloned()),
        _ => with_receiver(it, receiver),
    });
    Type {
        name: ty.name,
        arguments: arguments.collect(),
    }
}

/// What an operation appears to give.
fn apparent_operation(left: &Value, right: &Value, operator: ast::Operator) -> Option<Type> {
    let (left, right) = (as_operand(left), as_operand(right));
    if left.is("|") || right.is("|") {
        // A part that says nothing would appear to be the whole again.
        if left.members().chain(right.members()).any(Type::is_vague) {
            return None;
        }
        let pairs = alternatives(&left).into_iter().flat_map(|left| {
            alternatives(&right)
                .into_iter()
                .map(move |it| (left.clone(), it))
        });
        let types: Option<Vec<Type>> = pairs
            .map(|(left, right)| apparent_operation(&left, &right, operator))
            .collect();
        let types = types?.into_iter().map(Some);
        return types.reduce(|joined, ty| Type::join(joined.as_ref(), ty.as_ref()))?;
    }
    let found = operation_type(&left, &right, operator);
    found
        .filter(|it| !it.is_vague())
        .or_else(|| joined_lists(&left, &right, operator))
        .or_else(|| assembled(&left, &right, operator))
        .or_else(|| labelled_operation(&left, &right))
}

/// Whether a value holds the labels of a table's rows or columns.
fn is_labels(value: &Value) -> bool {
    let name = value.ty.as_ref().map_or("", |ty| ty.name.as_str());
    name.starts_with("pandas.") && name.ends_with("Index")
}

/// What a comparison appears to give: of arrays and tables, as many answers as they have elements.
fn apparent_comparison(left: &Value, right: &Value) -> Option<Type> {
    const TABLES: [&str; 2] = ["pandas.DataFrame", "pandas.Series"];
    let either = |name: &str| [left, right].into_iter().find(|it| it.is(name));
    if let Some(table) = TABLES.into_iter().find_map(either) {
        return Some(Type::new(&table.ty.as_ref()?.name));
    }
    if let Some(tensor) = either("torch.Tensor") {
        return tensor.ty.clone();
    }
    let is_array = |it: &Value| is_labels(it) || it.is("numpy.ndarray");
    if is_array(left) || is_array(right) {
        return Some(Type::new("numpy.ndarray"));
    }
    let is_number = |it: &&Value| ["int", "float", "number"].iter().any(|name| it.is(name));
    let is_of_numpy = |it: &&Value| {
        ["numpy.float64", "numpy.int64"]
            .iter()
            .any(|name| it.is(name))
    };
    let both = [left, right];
    let are_numbers = both.iter().all(|it| is_number(it) || is_of_numpy(it));
    let class = if both.iter().any(is_of_numpy) {
        "numpy.bool_"
    } else {
        "bool"
    };
    are_numbers.then(|| Type::new(class))
}

/// Libraries whose objects give an object of their kind when they are compared.
const COMPARED: &[&str] = &[
    "polars.",
    "torch.",
    "tensorflow.",
    "jax.",
    "xarray.",
    "pyspark.",
    "sqlalchemy.",
    "dask.",
];

/// Numbers that modules name.
const CONSTANTS: &[&str] = &[
    "numpy.pi",
    "numpy.e",
    "numpy.inf",
    "numpy.nan",
    "math.pi",
    "math.e",
    "math.inf",
    "math.nan",
];

/// What an operator takes an operand for: a parameter of a fit computes as its value.
fn as_operand(value: &Value) -> Value {
    if value
        .path
        .as_deref()
        .is_some_and(|it| CONSTANTS.contains(&it))
    {
        return Value::of_type("float");
    }
    let value = value.as_apparent();
    if value.is("lmfit.Parameter") {
        return value.with_type(Type::new("float"));
    }
    value
}

/// A value as each of the things that it may be.
pub(crate) fn alternatives(value: &Value) -> Vec<Value> {
    let as_member = |ty: &Type| {
        let mut member = value.clone().with_type(ty.clone());
        member.hint = None;
        member
    };
    value.members().map(as_member).collect()
}

/// `os.O_WRONLY | os.O_CREAT`
fn joined_flags(left: &Value, right: &Value) -> Option<Rc<str>> {
    let (left, right) = (left.literal.as_deref()?, right.literal.as_deref()?);
    let are_flags = members::is_flag(left) && members::is_flag(right);
    are_flags.then(|| format!("{left}|{right}").into())
}
