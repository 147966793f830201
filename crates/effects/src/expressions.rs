//! Expressions on abstract values.

use std::collections::BTreeSet;
use std::rc::Rc;

use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange};

use crate::analyze::{Analyzer, Body, Closure, Env};
use crate::catalog::EntryKind;
use crate::names::{bound_names, function_names};
use crate::statements::operator_type;
use crate::value::{Callable, MethodReceiver, Objects, Value};
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
                self.operator(&operand, "__neg__", operation.range);
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

    /// Displays and comprehensions.
    fn display(&mut self, expression: &'a Expr) -> Value {
        match expression {
            Expr::FString(string) => {
                for element in string.value.elements() {
                    if let Some(part) = element.as_interpolation() {
                        let value = self.evaluate(&part.expression);
                        self.operator(&value, "__format__", part.range);
                    }
                }
                Value::of_type("str")
            }
            Expr::TString(string) => {
                for element in string.value.elements() {
                    if let Some(part) = element.as_interpolation() {
                        self.evaluate(&part.expression);
                    }
                }
                Value::default()
            }
            Expr::List(ast::ExprList { elts, .. }) => self.container("list", elts),
            Expr::Set(ast::ExprSet { elts, .. }) => self.container("set", elts),
            Expr::Tuple(tuple) => self.tuple(&tuple.elts),
            Expr::Dict(dict) => self.dict(dict),
            Expr::ListComp(it) => self.comprehension("list", &it.generators, &[&it.elt]),
            Expr::SetComp(it) => self.comprehension("set", &it.generators, &[&it.elt]),
            Expr::DictComp(it) => {
                let parts: Vec<&Expr> = it.key.as_deref().into_iter().chain([&*it.value]).collect();
                self.comprehension("dict", &it.generators, &parts)
            }
            Expr::Generator(it) => self.generator(it),
            Expr::Slice(slice) => {
                for part in slice.lower.iter().chain(&slice.upper).chain(&slice.step) {
                    self.evaluate(part);
                }
                Value::of_type("slice")
            }
            _ => self.literal(expression),
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

    fn attribute(&mut self, attribute: &'a ast::ExprAttribute) -> Value {
        let object = self.evaluate(&attribute.value);
        self.member(&object, &attribute.attr, attribute.range)
    }

    /// Reads an attribute of a value.
    pub(crate) fn member(&mut self, object: &Value, name: &str, range: TextRange) -> Value {
        if let Some(path) = &object.path {
            return self.module_member(&format!("{path}.{name}"), range);
        }
        if matches!(&object.callable, Some(Callable::Class(_))) {
            let Some(Callable::Class(class)) = &object.callable else {
                return Value::default();
            };
            return self.class_member(&class.clone(), name, None);
        }
        let Some(ty) = object.ty.clone() else {
            return self.derived(object, None);
        };
        if self.classes.contains_key(&ty.name) {
            return self.class_member(&ty.name, name, Some(object));
        }
        let entries: Vec<_> = ty
            .members()
            .iter()
            .map(|member| self.catalog.member(&member.name, name))
            .collect();
        if let [Some(entry), ..] = entries[..]
            && entries.iter().all(Option::is_some)
        {
            if entry.kind == EntryKind::Attribute {
                let returns = entry
                    .returns
                    .as_deref()
                    .and_then(|text| resolve_self(text, &ty));
                for effect in entry.effects.clone() {
                    self.add_effect(effect.what, range, &format!("{ty}.{name}"));
                }
                return self.derived(object, returns);
            }
            let callable = Some(Callable::Library(
                ty.members()[0].name.clone(),
                name.to_owned(),
            ));
            let mut method = self.derived(object, None);
            method.callable = callable;
            return method;
        }
        match name {
            "loc" | "iloc" | "at" | "iat" if ty.name.starts_with("pandas.") => Value {
                ty: Some(Type::new("pandas.LocIndexer")),
                ..object.clone()
            },
            _ if ty.is_figure() => self.derived(object, Some(Type::figure_part())),
            _ => self.derived(object, None),
        }
    }

    fn module_member(&mut self, path: &str, range: TextRange) -> Value {
        let path = self.catalog.canonical(path).to_owned();
        if let Some(entry) = self.catalog.exact(&path)
            && entry.kind == EntryKind::Attribute
        {
            let ty = entry.returns.as_deref().and_then(Type::parse);
            for effect in entry.effects.clone() {
                self.add_effect(effect.what, range, &path);
            }
            let is_known = ty.is_some();
            return Value {
                ty,
                path: (!is_known || path == "os.environ").then(|| Rc::from(path)),
                ..Value::default()
            };
        }
        Value {
            path: Some(Rc::from(path)),
            ..Value::default()
        }
    }

    /// An attribute of a user's class, read from an instance or from the class.
    pub(crate) fn class_member(
        &mut self,
        class: &str,
        name: &str,
        object: Option<&Value>,
    ) -> Value {
        let Some((owner, known)) = self.find_class(class, name) else {
            return object.map_or_else(Value::default, |object| self.derived(object, None));
        };
        if let Some(index) = known.methods.get(name).copied() {
            let Some(object) = object else {
                return Value {
                    callable: Some(Callable::Closure(index)),
                    ..Value::default()
                };
            };
            if known.properties.contains(name) {
                return self.call_own_method(&owner, name, object, &[]);
            }
            if known.unbound.contains(name) {
                return Value {
                    callable: Some(Callable::Closure(index)),
                    ..Value::default()
                };
            }
            let receiver = MethodReceiver {
                ty: object.ty.clone(),
                own: object.own.clone(),
                holds: object.reach(),
            };
            return Value {
                callable: Some(Callable::Method(index, Box::new(receiver))),
                own: object.own.clone(),
                ..Value::default()
            };
        }
        let mut value = known.attributes.get(name).cloned().unwrap_or_default();
        if let Some(object) = object
            && !value.is_immutable()
        {
            value.own.extend(&object.holds);
            value.views.extend(&object.own);
        }
        value
    }

    /// The class that defines a member, along the bases that are the user's.
    pub(crate) fn find_class(
        &self,
        class: &str,
        member: &str,
    ) -> Option<(String, crate::analyze::Class)> {
        let mut pending = vec![class.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(name) = pending.pop() {
            let Some(known) = self.classes.get(&name) else {
                continue;
            };
            if !seen.insert(name.clone()) {
                continue;
            }
            if known.methods.contains_key(member) || known.attributes.contains_key(member) {
                return Some((name, known.clone()));
            }
            pending.extend(known.bases.iter().rev().cloned());
        }
        None
    }

    fn subscript(&mut self, subscript: &'a ast::ExprSubscript) -> Value {
        let container = self.evaluate(&subscript.value);
        let index = self.evaluate(&subscript.slice);
        if container.path.as_deref() == Some("os.environ") {
            self.add_effect(Effect::ReadEnvironment, subscript.range, "os.environ");
            return Value::of_type("str");
        }
        if container.path.is_some() {
            return container; // a generic type: `list[int]`
        }
        let Some(ty) = container.ty.clone() else {
            return self.derived(&container, None);
        };
        if self.classes.contains_key(&ty.name) {
            return self.call_own_method(&ty.name, "__getitem__", &container, &[]);
        }
        let has_slice = index.ty.as_ref().is_some_and(|ty| {
            ty.name == "tuple"
                && ty
                    .arguments
                    .iter()
                    .any(|part| part.name == "slice" || part.name == "numpy.ndarray")
        });
        let is_slice = index.is("slice");
        let argument = |at: usize| ty.arguments.get(at).cloned();
        let result = match ty.name.as_str() {
            "list" | "tuple" | "str" | "collections.deque" if is_slice => Some(Type {
                name: ty.name.clone(),
                ..ty.clone()
            }),
            "str" => Some(Type::new("str")),
            "list" | "collections.deque" => argument(0),
            "dict" | "collections.defaultdict" | "collections.OrderedDict" => argument(1),
            "tuple" => {
                let position = index
                    .literal
                    .as_deref()
                    .and_then(|text| text.parse::<usize>().ok());
                position.and_then(argument)
            }
            "pandas.DataFrame" => frame_item(&index),
            "pandas.Series" if is_slice || index.is("pandas.Series") => {
                Some(Type::new("pandas.Series"))
            }
            name if name.ends_with(".DataFrameGroupBy") && index.is("str") => Some(Type::new(
                &name.replace("DataFrameGroupBy", "SeriesGroupBy"),
            )),
            name if name.ends_with(".DataFrameGroupBy") => Some(ty.clone()),
            "numpy.ndarray" if has_slice => Some(Type::new("numpy.ndarray")),
            "numpy.ndarray" if is_slice || index.is("numpy.ndarray") => {
                Some(Type::new("numpy.ndarray"))
            }
            _ if ty.is_figure() => Some(Type::figure_part()),
            _ => None,
        };
        let mut value = self.derived(&container, result);
        if matches!(ty.name.as_str(), "list" | "dict" | "tuple") && !is_slice {
            value.views.clear();
        }
        value
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
        self.operator(left, "__add__", operation.range);
        self.operator(right, "__radd__", operation.range);
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
    pub(crate) fn operator(&mut self, value: &Value, method: &str, range: TextRange) {
        let Some(ty) = &value.ty else { return };
        let Some(class) = self.classes.get(&ty.name) else {
            return;
        };
        if class
            .methods
            .keys()
            .any(|name| name.starts_with("__") && name != "__init__")
        {
            let class = ty.name.clone();
            let names: Vec<String> = match self.find_class(&class, method) {
                Some(_) => vec![method.to_owned()],
                None => Vec::new(),
            };
            for name in names {
                self.call_own_method(&class, &name, value, &[]);
            }
            let _ = range;
        }
    }

    fn comparison(&mut self, comparison: &'a ast::ExprCompare) -> Value {
        let left = self.evaluate(&comparison.left);
        self.operator(&left, "__eq__", comparison.range);
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

    fn container(&mut self, name: &str, elements: &'a [Expr]) -> Value {
        let mut joined: Option<Option<Type>> = None;
        let mut parts = Vec::new();
        for element in elements {
            let value = self.evaluate(element);
            let ty = if element.is_starred_expr() {
                None
            } else {
                value.ty.clone()
            };
            joined = Some(match joined {
                Some(known) => Type::join(known.as_ref(), ty.as_ref()),
                None => ty,
            });
            parts.push(value);
        }
        let arguments = joined.flatten().into_iter().collect();
        let mut container = self.fresh(Some(Type::generic(name, arguments)));
        for part in &parts {
            container.absorb(part);
        }
        container
    }

    fn tuple(&mut self, elements: &'a [Expr]) -> Value {
        let parts: Vec<Value> = elements
            .iter()
            .map(|element| self.evaluate(element))
            .collect();
        let types: Option<Vec<Type>> = parts.iter().map(|part| part.ty.clone()).collect();
        let has_star = elements.iter().any(Expr::is_starred_expr);
        let ty = match types {
            Some(types) if !has_star => Type::generic("tuple", types),
            _ => Type::new("tuple"),
        };
        let mut tuple = self.fresh(Some(ty));
        for part in &parts {
            tuple.absorb(part);
        }
        tuple
    }

    fn dict(&mut self, dict: &'a ast::ExprDict) -> Value {
        let mut types: Option<(Option<Type>, Option<Type>)> = None;
        let mut parts = Vec::new();
        for item in &dict.items {
            let key = item
                .key
                .as_ref()
                .map_or_else(Value::default, |key| self.evaluate(key));
            let value = self.evaluate(&item.value);
            types = Some(match types {
                Some((keys, values)) => (
                    Type::join(keys.as_ref(), key.ty.as_ref()),
                    Type::join(values.as_ref(), value.ty.as_ref()),
                ),
                None => (key.ty.clone(), value.ty.clone()),
            });
            parts.push(value);
        }
        let arguments = match types {
            Some((Some(key), Some(value))) => vec![key, value],
            _ => Vec::new(),
        };
        let mut result = self.fresh(Some(Type::generic("dict", arguments)));
        for part in &parts {
            result.absorb(part);
        }
        result
    }

    fn comprehension(
        &mut self,
        name: &str,
        generators: &'a [ast::Comprehension],
        parts: &[&'a Expr],
    ) -> Value {
        let values = self.comprehend(generators, parts);
        let arguments: Option<Vec<Type>> = values.iter().map(|value| value.ty.clone()).collect();
        let mut result = self.fresh(Some(Type::generic(name, arguments.unwrap_or_default())));
        for value in &values {
            result.absorb(value);
        }
        result
    }

    fn comprehend(
        &mut self,
        generators: &'a [ast::Comprehension],
        parts: &[&'a Expr],
    ) -> Vec<Value> {
        let mut names = BTreeSet::new();
        for generator in generators {
            bound_names(&generator.target, &mut names);
        }
        let shadowed: Vec<(String, Option<Value>)> = names
            .iter()
            .map(|name| (name.clone(), self.scope().get(name).cloned()))
            .collect();
        for generator in generators {
            let iterable = self.evaluate(&generator.iter);
            let element = self.element(&iterable, generator.iter.range());
            self.assign_local(&generator.target, &element);
            for condition in &generator.ifs {
                self.evaluate(condition);
            }
        }
        let values = parts.iter().map(|part| self.evaluate(part)).collect();
        for (name, value) in shadowed {
            match value {
                Some(value) => self.scope().insert(name, value),
                None => self.scope().remove(&name),
            };
        }
        values
    }

    /// A generator expression runs when it is iterated: its effects wait in its value.
    fn generator(&mut self, generator: &'a ast::ExprGenerator) -> Value {
        let before = self.record.effects;
        let values = self.comprehend(&generator.generators, &[&generator.elt]);
        let lazy = self.record.effects.without(before);
        let mut value = self.fresh(Some(Type::new("Generator")));
        for part in &values {
            value.absorb(part);
        }
        value.lazy.extend(lazy);
        value
    }

    fn scope(&mut self) -> &mut Env {
        match self.frames.last_mut() {
            Some(frame) => &mut frame.locals,
            None => &mut self.globals,
        }
    }

    /// Binds a comprehension's target, which is local to it.
    fn assign_local(&mut self, target: &'a Expr, value: &Value) {
        match target {
            Expr::Name(name) => {
                self.scope().insert(name.id.to_string(), value.clone());
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                for (index, element) in elts.iter().enumerate() {
                    let part = self.part(value, index, elts.len());
                    self.assign_local(element, &part);
                }
            }
            Expr::Starred(starred) => self.assign_local(&starred.value, value),
            _ => self.assign(target, value),
        }
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

    /// An element of an iterable, which is iterated.
    pub(crate) fn element(&mut self, iterable: &Value, range: TextRange) -> Value {
        self.consume(iterable);
        for effect in iterable.lazy.iter() {
            self.add_effect(effect, range, "a generator");
        }
        let Some(ty) = iterable.ty.clone() else {
            return self.derived(iterable, None);
        };
        if self.classes.contains_key(&ty.name) {
            self.call_own_method(&ty.name, "__iter__", iterable, &[]);
            self.call_own_method(&ty.name, "__next__", iterable, &[]);
            return self.derived(iterable, None);
        }
        let element = match ty.name.as_str() {
            "range" => Some(Type::new("int")),
            "str" => Some(Type::new("str")),
            "tuple" => {
                let mut members = ty.arguments.iter();
                let first = members.next().cloned();
                members.fold(first, |joined, member| {
                    Type::join(joined.as_ref(), Some(member))
                })
            }
            "list"
            | "set"
            | "dict"
            | "frozenset"
            | "Iterator"
            | "Generator"
            | "enumerate"
            | "zip"
            | "map"
            | "filter"
            | "reversed"
            | "collections.deque"
            | "collections.defaultdict" => ty.arguments.first().cloned(),
            "matplotlib.axes.Axes" => Some(ty.clone()),
            _ if ty.is_figure() => Some(Type::figure_part()),
            "pandas.DataFrame" | "pandas.Index" | "pandas.Series" => Some(Type::new("scalar")),
            "io.TextIOWrapper" => Some(Type::new("str")),
            _ => None,
        };
        self.derived(iterable, element)
    }

    /// The value of one target when a value is unpacked into several.
    pub(crate) fn part(&mut self, value: &Value, index: usize, count: usize) -> Value {
        let Some(ty) = value.ty.clone() else {
            return self.derived(value, None);
        };
        let part = match ty.name.as_str() {
            "tuple" if ty.arguments.len() == count => ty.arguments.get(index).cloned(),
            "list" => ty.arguments.first().cloned(),
            "matplotlib.axes.Axes" => Some(ty.clone()),
            _ if ty.is_figure() => Some(Type::figure_part()),
            _ => None,
        };
        let mut part = self.derived(value, part);
        if matches!(ty.name.as_str(), "tuple" | "list") {
            part.views.clear();
        }
        part
    }

    /// Notes that an iterator is used up; what is not known may be one.
    pub(crate) fn consume(&mut self, value: &Value) {
        let may_be_iterator =
            value.ty.as_ref().is_none_or(Type::is_iterator) && value.path.is_none();
        if may_be_iterator {
            self.record.consumed.extend(&value.own);
        }
    }

    /// The type that an annotation names.
    pub(crate) fn annotation(&mut self, annotation: &'a Expr) -> Option<Type> {
        match annotation {
            Expr::StringLiteral(string) => {
                Type::parse(string.value.to_str()).filter(Type::is_immutable)
            }
            Expr::NoneLiteral(_) => Some(Type::new("None")),
            Expr::BinOp(union) if union.op == ast::Operator::BitOr => {
                let (left, right) = (
                    self.annotation(&union.left)?,
                    self.annotation(&union.right)?,
                );
                Type::join(Some(&left), Some(&right))
            }
            Expr::Subscript(generic) => {
                let outer = self.annotation(&generic.value)?;
                let arguments: Option<Vec<Type>> = match &*generic.slice {
                    Expr::Tuple(tuple) => tuple.elts.iter().map(|it| self.annotation(it)).collect(),
                    single => self.annotation(single).map(|ty| vec![ty]),
                };
                match outer.name.as_str() {
                    "Optional" => {
                        let inner = arguments?.into_iter().next()?;
                        Type::join(Some(&inner), Some(&Type::new("None")))
                    }
                    _ => Some(Type {
                        name: outer.name,
                        arguments: arguments.unwrap_or_default(),
                    }),
                }
            }
            Expr::Name(_) | Expr::Attribute(_) => {
                let value = self.evaluate(annotation);
                match (&value.path, &value.callable) {
                    (Some(path), _) => {
                        let name = path.strip_prefix("typing.").unwrap_or(path);
                        let name = match name {
                            "List" => "list",
                            "Dict" => "dict",
                            "Tuple" => "tuple",
                            "Set" => "set",
                            "Any" | "Callable" | "Union" => return None,
                            other => other,
                        };
                        Some(Type::new(name))
                    }
                    (None, Some(Callable::Class(class))) => Some(Type::new(class)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// What `frame[index]` is.
fn frame_item(index: &Value) -> Option<Type> {
    let ty = index.ty.as_ref()?;
    match ty.name.as_str() {
        "str" | "int" => Some(Type::new("pandas.Series")),
        "list" | "slice" | "pandas.Series" | "pandas.Index" | "numpy.ndarray"
        | "pandas.DataFrame" => Some(Type::new("pandas.DataFrame")),
        _ => None,
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
