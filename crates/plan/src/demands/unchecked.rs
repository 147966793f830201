//! What a type checker takes an expression for: for anything, where it comes from a library without types or from an
//! array of which nothing else is known.

use std::cell::RefCell;
use std::collections::BTreeMap;

use srcify_effects::distributions;
use srcify_syntax::Ranged;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, CmpOp, Expr, Operator, Stmt};

use crate::job::is_untyped;

/// What a type checker knows of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing: it may be anything.
    Anything,
    /// It is an array of elements that are not known.
    Open,
    /// It is an array of numbers of one type.
    Closed,
    /// Its type, or that it is none of the others.
    Other,
}

impl Kind {
    fn is_array(self) -> bool {
        matches!(self, Self::Open | Self::Closed)
    }
}

/// Names in a function, with what binds them.
pub(super) struct Values<'a> {
    text: &'a str,
    imported: &'a BTreeMap<String, String>,
    /// Parameters, and variables with annotations: they stay what they are said to be.
    declared: BTreeMap<&'a str, Kind>,
    /// Of each other variable all that it is bound to, in the order of the text.
    bound: BTreeMap<&'a str, Vec<Binding<'a>>>,
    /// What was found of those: many lines may be made of one another.
    found: RefCell<BTreeMap<&'a str, Kind>>,
}

/// What a variable is bound to.
#[derive(Clone, Copy)]
enum Binding<'a> {
    Value(&'a Expr),
    /// One of several elements.
    ElementOf(&'a Expr),
    Unknown,
}

impl<'a> Values<'a> {
    pub(super) fn of(
        text: &'a str,
        imported: &'a BTreeMap<String, String>,
        function: &'a ast::StmtFunctionDef,
    ) -> Self {
        let mut values = Self {
            text,
            imported,
            declared: BTreeMap::new(),
            bound: BTreeMap::new(),
            found: RefCell::default(),
        };
        for parameter in &function.parameters {
            let annotation = parameter.annotation();
            let kind = annotation.filter(|_| !parameter.is_variadic());
            let kind = kind.map_or(Kind::Other, |it| values.annotated(it));
            values.declared.insert(parameter.name().as_str(), kind);
        }
        values.visit_body(&function.body);
        values
    }

    /// What a type checker makes of an annotation: a class that it does not know is anything.
    fn annotated(&self, annotation: &Expr) -> Kind {
        let written = &self.text[annotation.range()];
        if written == "Any" {
            return Kind::Anything;
        }
        let path = self.path_of(annotation).unwrap_or_default();
        if ["numpy.ndarray", "numpy.typing.NDArray"].contains(&path.as_str()) {
            return Kind::Open;
        }
        if !path.is_empty() && !is_known_class(&path) {
            return Kind::Anything;
        }
        Kind::Other
    }

    /// The import path of a name that is imported, or of what is reached through it.
    pub(super) fn path_of(&self, callee: &Expr) -> Option<String> {
        match callee {
            Expr::Name(name) => {
                let name = name.id.as_str();
                let is_own = self.declared.contains_key(name) || self.bound.contains_key(name);
                self.imported.get(name).filter(|_| !is_own).cloned()
            }
            Expr::Attribute(it) => Some(format!("{}.{}", self.path_of(&it.value)?, it.attr)),
            _ => None,
        }
    }

    pub(super) fn kind(&self, value: &Expr) -> Kind {
        self.kind_within(value, MAX_DEPTH)
    }

    /// Whether all that a variable is bound to is taken for anything, or an array of anything; with the first place.
    pub(super) fn first_binding(&self, name: &str) -> Option<&'a Expr> {
        let all = self.bound.get(name);
        let all = all.filter(|_| !self.declared.contains_key(name))?;
        let is_loose = |it: &Binding<'_>| match it {
            Binding::Value(value) => self.kind(value) != Kind::Other,
            Binding::ElementOf(_) | Binding::Unknown => false,
        };
        match all.first()? {
            Binding::Value(first) if all.iter().all(is_loose) => Some(first),
            _ => None,
        }
    }

    fn kind_within(&self, value: &Expr, depth: usize) -> Kind {
        let Some(depth) = depth.checked_sub(1) else {
            return Kind::Other;
        };
        let of = |it: &Expr| self.kind_within(it, depth);
        match value {
            Expr::Name(name) => self.variable(name.id.as_str(), depth),
            Expr::Attribute(it) => self.attribute(it, depth),
            Expr::Call(call) => self.call(call, depth),
            Expr::Subscript(it) => self.item(it, depth),
            Expr::UnaryOp(it) if !matches!(it.op, ast::UnaryOp::Not) => of(&it.operand),
            Expr::BinOp(it) => combined(it.op, of(&it.left), of(&it.right), &it.left),
            Expr::Compare(it) => {
                let is_plain = [CmpOp::Is, CmpOp::IsNot, CmpOp::In, CmpOp::NotIn];
                let left = of(&it.left);
                if it.ops.iter().any(|it| is_plain.contains(it)) {
                    Kind::Other
                } else if left == Kind::Other {
                    it.comparators.first().map_or(Kind::Other, of)
                } else {
                    left
                }
            }
            Expr::Await(it) => of(&it.value),
            _ => Kind::Other,
        }
    }

    fn variable(&self, name: &str, depth: usize) -> Kind {
        if let Some(kind) = self.declared.get(name) {
            return *kind;
        }
        let Some((&name, all)) = self.bound.get_key_value(name) else {
            let path = self.imported.get(name);
            let is_anything = path.is_some_and(|it| gives_anything(it));
            return if is_anything {
                Kind::Anything
            } else {
                Kind::Other
            };
        };
        if let Some(kind) = self.found.borrow().get(name) {
            return *kind;
        }
        // What is made of itself says nothing.
        self.found.borrow_mut().insert(name, Kind::Other);
        // The first value says what a variable is.
        let kind = match all.first() {
            Some(Binding::Value(value)) => self.kind_within(value, depth),
            Some(Binding::ElementOf(value)) if self.kind_within(value, depth) != Kind::Other => {
                Kind::Anything
            }
            _ => Kind::Other,
        };
        self.found.borrow_mut().insert(name, kind);
        kind
    }

    fn attribute(&self, it: &ast::ExprAttribute, depth: usize) -> Kind {
        if let Some(path) = self.path_of(&it.value) {
            let is_anything = gives_anything(&format!("{path}.{}", it.attr));
            return if is_anything {
                Kind::Anything
            } else {
                Kind::Other
            };
        }
        match self.kind_within(&it.value, depth) {
            Kind::Anything => Kind::Anything,
            kind if kind.is_array() && ["T", "real", "imag"].contains(&it.attr.as_str()) => kind,
            _ => Kind::Other,
        }
    }

    fn item(&self, it: &ast::ExprSubscript, depth: usize) -> Kind {
        if let Expr::Attribute(attribute) = &*it.value
            && attribute.attr.as_str() == "shape"
            && self.kind_within(&attribute.value, depth).is_array()
        {
            return Kind::Anything;
        }
        match self.kind_within(&it.value, depth) {
            kind if kind.is_array() && is_several(&it.slice) => kind,
            Kind::Other => Kind::Other,
            _ => Kind::Anything,
        }
    }

    fn call(&self, call: &ast::ExprCall, depth: usize) -> Kind {
        let first = || match call.arguments.args.first() {
            Some(it) => self.kind_within(it, depth),
            None => Kind::Other,
        };
        if let Some(path) = self.path_of(&call.func) {
            if let Some(function) = path.strip_prefix("numpy.") {
                return numpy_function(function, call);
            }
            return match path.as_str() {
                "copy.copy" | "copy.deepcopy" => first(),
                path if LOADING.contains(&path) => Kind::Anything,
                // A class whose library says what it is makes objects of it.
                path if is_class(path) && is_known_class(path) => Kind::Other,
                path if gives_anything(path) => Kind::Anything,
                _ => Kind::Other,
            };
        }
        match &*call.func {
            Expr::Name(name) => match name.id.as_str() {
                "abs" => first(),
                "max" | "min" | "sum" | "next" if first() != Kind::Other => Kind::Anything,
                "getattr" | "eval" if !self.imported.contains_key(name.id.as_str()) => {
                    Kind::Anything
                }
                name => self.variable(name, depth),
            },
            Expr::Attribute(it) => match self.kind_within(&it.value, depth) {
                Kind::Anything => Kind::Anything,
                kind if kind.is_array() => array_method(it.attr.as_str(), call),
                _ => Kind::Other,
            },
            other => self.kind_within(other, depth),
        }
    }

    fn bind(&mut self, target: &'a Expr, binding: Binding<'a>) {
        match target {
            Expr::Name(name) => {
                let all = self.bound.entry(name.id.as_str()).or_default();
                all.push(binding);
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                let values = match binding {
                    Binding::Value(Expr::Tuple(it)) if it.elts.len() == elts.len() => {
                        Some(&it.elts)
                    }
                    _ => None,
                };
                for (at, element) in elts.iter().enumerate() {
                    let binding = match (values, binding) {
                        (Some(values), _) => Binding::Value(&values[at]),
                        (None, Binding::Value(it)) => Binding::ElementOf(it),
                        (None, _) => Binding::Unknown,
                    };
                    self.bind(element, binding);
                }
            }
            Expr::Starred(it) => self.bind(&it.value, Binding::Unknown),
            _ => {}
        }
    }
}

/// Expressions are followed through this many others.
const MAX_DEPTH: usize = 40;

impl<'a> Visitor<'a> for Values<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(it) => {
                let all = self.bound.entry(it.name.as_str()).or_default();
                all.push(Binding::Unknown);
                return;
            }
            Stmt::ClassDef(it) => {
                let all = self.bound.entry(it.name.as_str()).or_default();
                all.push(Binding::Unknown);
                return;
            }
            Stmt::Assign(it) => {
                for target in &it.targets {
                    self.bind(target, Binding::Value(&it.value));
                }
            }
            Stmt::AnnAssign(it) => {
                if let Expr::Name(name) = &*it.target {
                    let kind = self.annotated(&it.annotation);
                    self.declared.insert(name.id.as_str(), kind);
                }
            }
            Stmt::For(it) => self.bind(&it.target, Binding::ElementOf(&it.iter)),
            Stmt::With(it) => {
                for item in &it.items {
                    if let Some(target) = &item.optional_vars {
                        self.bind(target, Binding::Unknown);
                    }
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Named(it) => self.bind(&it.target, Binding::Value(&it.value)),
            Expr::Lambda(_) => return,
            _ => {}
        }
        walk_expr(self, expression);
    }
}

/// What comes of two values.
fn combined(operator: Operator, left: Kind, right: Kind, first: &Expr) -> Kind {
    if operator == Operator::Mod && (first.is_string_literal_expr() || first.is_f_string_expr()) {
        return Kind::Other;
    }
    match (left, right) {
        (Kind::Anything, _) | (_, Kind::Anything) => Kind::Anything,
        (Kind::Closed, Kind::Closed) => Kind::Closed,
        // Each of several operations is meant.
        (Kind::Open | Kind::Closed, Kind::Open | Kind::Closed) => Kind::Anything,
        (Kind::Other, Kind::Other) => Kind::Other,
        (array, Kind::Other) | (Kind::Other, array) => array,
    }
}

/// Whether a subscript picks several elements: `x[1:]`, `x[x > 0]`.
fn is_several(slice: &Expr) -> bool {
    match slice {
        Expr::Slice(_) | Expr::Compare(_) | Expr::List(_) => true,
        Expr::Tuple(it) => it.elts.iter().any(Expr::is_slice_expr),
        Expr::UnaryOp(it) => it.op == ast::UnaryOp::Invert,
        _ => false,
    }
}

fn array_method(method: &str, call: &ast::ExprCall) -> Kind {
    match method {
        _ if METHODS.contains(&method) => Kind::Anything,
        "argmax" | "argmin" if has_axis(call) => Kind::Anything,
        _ if SAME.contains(&method) => Kind::Open,
        _ => Kind::Other,
    }
}

fn numpy_function(function: &str, call: &ast::ExprCall) -> Kind {
    let is_reduced = REDUCING.contains(&function.trim_start_matches("nan"));
    match function {
        "load" | "clip" | "mod" | "remainder" | "logaddexp" | "floor_divide" | "matmul" => {
            Kind::Anything
        }
        "argmax" | "argmin" | "nanargmax" | "nanargmin" if has_axis(call) => Kind::Anything,
        _ if is_reduced || ELEMENTWISE.contains(&function) => Kind::Anything,
        _ if CLOSED.contains(&function) => Kind::Closed,
        _ if OPEN.contains(&function) => Kind::Open,
        _ => Kind::Other,
    }
}

fn has_axis(call: &ast::ExprCall) -> bool {
    call.arguments.find_argument("axis", 1).is_some()
}

/// Whether a path is that of a class, by the way it is written.
fn is_class(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or_default();
    name.starts_with(char::is_uppercase)
}

/// Whether a type checker knows a class by its path.
pub(super) fn is_known_class(path: &str) -> bool {
    let library = path.split('.').next().unwrap_or_default();
    path.starts_with("skimage.") || path.starts_with("river.") || {
        let distribution = distributions::distribution_of(library).unwrap_or(library);
        !path.contains('.')
            || ["numpy", "pandas"].contains(&library)
            || distributions::is_standard_library(library)
            || distributions::has_types(distribution)
            || distributions::types_package(distribution).is_some()
    }
}

/// Whether a library says nothing of what a function gives, or says it only where its stubs are installed.
fn gives_anything(path: &str) -> bool {
    let library = path.split('.').next().unwrap_or_default();
    library != "numpy" && (["scipy", "networkx"].contains(&library) || is_untyped(path))
}

/// Functions that give back what was stored.
const LOADING: &[&str] = &[
    "pickle.load",
    "pickle.loads",
    "json.load",
    "json.loads",
    "yaml.safe_load",
    "yaml.load",
    "ast.literal_eval",
];

/// Functions of each element, which give a number or an array: the stubs of numpy say neither.
const ELEMENTWISE: &[&str] = &[
    "abs",
    "absolute",
    "arccos",
    "arcsin",
    "arctan",
    "arctan2",
    "cbrt",
    "ceil",
    "cos",
    "cosh",
    "deg2rad",
    "divide",
    "exp",
    "expm1",
    "fabs",
    "floor",
    "hypot",
    "isfinite",
    "isinf",
    "isnan",
    "log",
    "log10",
    "log1p",
    "log2",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "maximum",
    "minimum",
    "multiply",
    "negative",
    "power",
    "rad2deg",
    "rint",
    "sign",
    "sin",
    "sinh",
    "sqrt",
    "square",
    "subtract",
    "tan",
    "tanh",
];

/// Functions that make one of many numbers, with those that leave out what is missing: of what is no more than an array
/// the stubs of numpy say nothing.
const REDUCING: &[&str] = &[
    "amax",
    "amin",
    "average",
    "dot",
    "inner",
    "interp",
    "linalg.det",
    "max",
    "mean",
    "median",
    "min",
    "percentile",
    "prod",
    "quantile",
    "std",
    "sum",
    "trace",
    "var",
];

/// Methods of arrays of which the same is true.
const METHODS: &[&str] = &[
    "dot", "item", "max", "mean", "min", "prod", "std", "sum", "tolist", "trace", "var",
];

/// Methods that give an array of the same elements.
const SAME: &[&str] = &[
    "astype",
    "clip",
    "copy",
    "cumprod",
    "cumsum",
    "flatten",
    "ravel",
    "repeat",
    "reshape",
    "round",
    "squeeze",
    "swapaxes",
    "take",
    "transpose",
];

/// Functions that make arrays of one type of numbers.
const CLOSED: &[&str] = &[
    "arange",
    "argsort",
    "bincount",
    "empty",
    "eye",
    "flatnonzero",
    "identity",
    "linspace",
    "logspace",
    "ones",
    "zeros",
];

/// Functions that make arrays of what they are given.
const OPEN: &[&str] = &[
    "append",
    "array",
    "asarray",
    "atleast_1d",
    "atleast_2d",
    "column_stack",
    "concatenate",
    "corrcoef",
    "cov",
    "cumprod",
    "cumsum",
    "delete",
    "diff",
    "empty_like",
    "expand_dims",
    "flip",
    "full",
    "full_like",
    "hstack",
    "insert",
    "linalg.inv",
    "nan_to_num",
    "ones_like",
    "outer",
    "ravel",
    "repeat",
    "reshape",
    "roll",
    "round",
    "sort",
    "squeeze",
    "stack",
    "tile",
    "transpose",
    "unique",
    "vstack",
    "where",
    "zeros_like",
];
