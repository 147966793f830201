//! What a type checker takes an expression for: for anything, where it comes from a library without types or from an
//! array of which nothing else is known.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::distributions;
use srcify_syntax::Ranged;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Operator, Stmt};

use super::arrays::{array_method, compared, is_root, numpy_function};
use super::said::{self, Said};
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
    pub(super) fn is_array(self) -> bool {
        matches!(self, Self::Open | Self::Closed)
    }
}

/// Names in a function, with what binds them.
pub(super) struct Values<'a> {
    text: &'a str,
    imported: &'a BTreeMap<String, String>,
    /// What the rest of the package says.
    said: Option<&'a Said>,
    /// The class whose method it is, and what the method calls its object.
    class: Option<&'a str>,
    receiver: Option<&'a str>,
    /// The annotations of parameters and variables.
    annotations: BTreeMap<&'a str, &'a str>,
    /// Parameters, and variables with annotations: they stay what they are said to be.
    declared: BTreeMap<&'a str, Kind>,
    /// Those of them that are parameters: they may come to hold something else.
    parameters: BTreeSet<&'a str>,
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
    /// The part with a number of one of several elements.
    PartOf(&'a Expr, usize),
    /// What is drawn on: one or an array of several.
    Axes,
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
            said: None,
            class: None,
            receiver: function
                .parameters
                .iter()
                .next()
                .map(|it| it.name().as_str()),
            annotations: BTreeMap::new(),
            declared: BTreeMap::new(),
            parameters: BTreeSet::new(),
            bound: BTreeMap::new(),
            found: RefCell::default(),
        };
        for parameter in &function.parameters {
            let annotation = parameter.annotation();
            let kind = annotation.filter(|_| !parameter.is_variadic());
            let kind = kind.map_or(Kind::Other, |it| values.annotated(it));
            values.declared.insert(parameter.name().as_str(), kind);
            values.parameters.insert(parameter.name().as_str());
            if let Some(annotation) = annotation.filter(|_| !parameter.is_variadic()) {
                let written = &text[annotation.range()];
                values
                    .annotations
                    .insert(parameter.name().as_str(), written);
            }
        }
        values.visit_body(&function.body);
        values
    }

    /// Says what is known of the package around the function, and of which class it is a method.
    pub(super) fn within(&mut self, said: &'a Said, class: Option<&'a str>) {
        self.said = Some(said);
        self.class = class;
        self.found.borrow_mut().clear();
    }

    /// What a type checker makes of an annotation: a class that it does not know is anything.
    fn annotated(&self, annotation: &Expr) -> Kind {
        let written = &self.text[annotation.range()];
        if written == "Any" {
            return Kind::Anything;
        }
        // What it gives may be text or bytes.
        let matched = match annotation {
            Expr::Subscript(it) if &self.text[it.slice.range()] == "Any" => &it.value,
            other => other,
        };
        if self.path_of(matched).is_some_and(|it| it == "re.Match") {
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
            Binding::ElementOf(_) | Binding::PartOf(..) | Binding::Axes | Binding::Unknown => false,
        };
        match all.first()? {
            Binding::Value(first) if all.iter().all(is_loose) => Some(first),
            _ => None,
        }
    }

    fn kind_within(&self, value: &Expr, depth: usize) -> Kind {
        match self.kind_of(value, depth) {
            Kind::Other => {
                let said = self.said(value, depth.min(MAX_SAID));
                said.map_or(Kind::Other, |it| self.meant(&it))
            }
            known => known,
        }
    }

    fn kind_of(&self, value: &Expr, depth: usize) -> Kind {
        let Some(depth) = depth.checked_sub(1) else {
            return Kind::Other;
        };
        let of = |it: &Expr| self.kind_within(it, depth);
        match value {
            Expr::Name(name) => self.variable(name.id.as_str(), depth),
            Expr::Attribute(it) => self.attribute(it, depth),
            Expr::Call(call) if self.is_of_column(call, depth) => Kind::Anything,
            Expr::Call(call) => self.call(call, depth),
            Expr::Subscript(it) => self.item(it, depth),
            Expr::UnaryOp(it) if !matches!(it.op, ast::UnaryOp::Not) => of(&it.operand),
            Expr::BinOp(it)
                if it.op == Operator::Pow
                    && is_root(it, of(&it.left), self.said(&it.right, 1).as_deref()) =>
            {
                Kind::Anything
            }
            Expr::BinOp(it) => combined(it.op, of(&it.left), of(&it.right), &it.left),
            Expr::Compare(it) => {
                let right = it.comparators.first().map_or(Kind::Other, of);
                compared(&it.ops, of(&it.left), right)
            }
            Expr::Await(it) => of(&it.value),
            Expr::Generator(it) => of(&it.elt),
            Expr::BoolOp(it) if it.values.iter().all(|it| of(it) == Kind::Anything) => {
                Kind::Anything
            }
            _ => Kind::Other,
        }
    }

    fn variable(&self, name: &str, depth: usize) -> Kind {
        let rebound = |name: &str| {
            self.bound
                .get(name)
                .filter(|_| self.parameters.contains(name))
        };
        let declared = self.declared.get(name);
        if let Some(kind) = declared.filter(|_| rebound(name).is_none()) {
            return *kind;
        }
        let Some((&name, all)) = self.bound.get_key_value(name) else {
            let path = self.imported.get(name);
            // Of a module without types nothing is known, nor of what is in it.
            let is_anything =
                path.is_some_and(|it| gives_anything(it) || gives_anything(&format!("{it}.x")));
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
        // The first value says what a variable is, unless what is held later may be anything.
        let mut kinds = all.iter().map(|binding| match binding {
            Binding::Value(value) => self.kind_within(value, depth),
            Binding::ElementOf(value) if self.kind_within(value, depth) != Kind::Other => {
                Kind::Anything
            }
            Binding::Axes => Kind::Anything,
            Binding::ElementOf(_) | Binding::PartOf(..) | Binding::Unknown => Kind::Other,
        });
        let given = declared.copied();
        let first = given.or_else(|| kinds.next()).unwrap_or(Kind::Other);
        self.found.borrow_mut().insert(name, first);
        let is_lost = kinds.any(|it| it == Kind::Anything);
        let kind = if is_lost { Kind::Anything } else { first };
        self.found.borrow_mut().insert(name, kind);
        kind
    }

    /// What the annotations of the package say of an expression.
    fn said(&self, value: &Expr, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let package = self.said?;
        match value {
            Expr::Name(name) => {
                let name = name.id.as_str();
                if let Some(class) = self.class.filter(|_| self.receiver == Some(name)) {
                    return Some(class.to_owned());
                }
                let bound = self.bound.get(name).map(|it| &it[..]).unwrap_or_default();
                match (self.annotations.get(name), bound) {
                    (Some(written), []) => Some(written.trim_matches('"').to_owned()),
                    (None, [Binding::Value(it)]) => self.said(it, depth),
                    (None, [Binding::ElementOf(it)]) => self.said_elements(it, depth),
                    (None, [Binding::PartOf(it, at)]) => {
                        let element = self.said_elements(it, depth)?;
                        let (name, parts) = said::arguments(&element)?;
                        let part = parts.get(*at).filter(|_| name == "tuple")?;
                        Some((*part).to_owned())
                    }
                    _ => None,
                }
            }
            Expr::Attribute(it) => {
                let object = self.said(&it.value, depth)?;
                package
                    .held_by(&object, it.attr.as_str())
                    .map(str::to_owned)
            }
            Expr::Subscript(it) => said::item(&self.said(&it.value, depth)?, &it.slice),
            Expr::Call(call) => match &*call.func {
                Expr::Name(name) if !self.bound.contains_key(name.id.as_str()) => {
                    package.given_by(name.id.as_str()).map(str::to_owned)
                }
                Expr::Attribute(it) => {
                    let object = self.said(&it.value, depth)?;
                    let given = package.given_by_method(&object, it.attr.as_str());
                    given.map(str::to_owned)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// What the annotations of the package say of the elements of an expression.
    fn said_elements(&self, value: &Expr, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        if let Expr::Call(call) = value {
            let given = &call.arguments.args;
            match (&*call.func, &given[..]) {
                (Expr::Name(name), [first, ..]) => match name.id.as_str() {
                    "reversed" | "sorted" | "list" | "set" => {
                        return self.said_elements(first, depth);
                    }
                    "enumerate" => {
                        let element = self.said_elements(first, depth)?;
                        return Some(format!("tuple[int, {element}]"));
                    }
                    "zip" => {
                        let parts = given.iter();
                        let parts = parts.map(|it| self.said_elements(it, depth));
                        let parts: Vec<String> = parts.map(Option::unwrap_or_default).collect();
                        return Some(format!("tuple[{}]", parts.join(", ")));
                    }
                    _ => {}
                },
                (Expr::Attribute(it), []) => {
                    let held = self.said(&it.value, depth);
                    let parts = held.as_deref().and_then(said::arguments);
                    if let Some(("dict" | "defaultdict" | "OrderedDict", parts)) = parts
                        && let [key, value] = parts[..]
                    {
                        return match it.attr.as_str() {
                            "items" => Some(format!("tuple[{key}, {value}]")),
                            "values" => Some(value.to_owned()),
                            _ => None,
                        };
                    }
                }
                _ => {}
            }
        }
        said::element(&self.said(value, depth)?).map(str::to_owned)
    }

    /// What a type checker makes of what is said.
    fn meant(&self, said: &str) -> Kind {
        let (root, rest) = said.split_at(said.find('.').unwrap_or(said.len()));
        let path = self.imported.get(root).map(|it| format!("{it}{rest}"));
        match path.as_deref() {
            _ if said == "Any" => Kind::Anything,
            Some("numpy.ndarray" | "numpy.typing.NDArray") => Kind::Open,
            _ => Kind::Other,
        }
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

    /// Whether a call gives a value of a column, of which a table does not say what it holds: `table["amount"].sum()`.
    fn is_of_column(&self, call: &ast::ExprCall, depth: usize) -> bool {
        let method = call.func.as_attribute_expr();
        let parts = method.and_then(|it| Some((it.attr.as_str(), it.value.as_subscript_expr()?)));
        parts.is_some_and(|(method, column)| {
            matches!(method, "max" | "min" | "sum")
                && column.slice.is_string_literal_expr()
                && self.said(&column.value, depth.min(MAX_SAID)).as_deref() == Some("pd.DataFrame")
        })
    }

    fn call(&self, call: &ast::ExprCall, depth: usize) -> Kind {
        let first = || match call.arguments.args.first() {
            Some(it) => self.kind_within(it, depth),
            None => Kind::Other,
        };
        if let Some(path) = self.path_of(&call.func) {
            if let Some(function) = path.strip_prefix("numpy.") {
                let is_open = |it: &Expr| self.kind_within(it, depth) == Kind::Anything;
                let mut given = call.arguments.iter_source_order();
                // Each of several results is meant.
                if function.starts_with("random.") && given.any(|it| is_open(it.value())) {
                    return Kind::Anything;
                }
                if function == "round" && !first().is_array() {
                    return Kind::Anything;
                }
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
                        (_, Binding::Axes) => binding,
                        (None, Binding::Value(it))
                            if at == 1 && elts.len() == 2 && is_subplots(it) =>
                        {
                            Binding::Axes
                        }
                        (Some(values), _) => Binding::Value(&values[at]),
                        (None, Binding::Value(it)) => Binding::ElementOf(it),
                        (None, Binding::ElementOf(it)) => Binding::PartOf(it, at),
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

/// What is said of expressions is followed through this many others.
const MAX_SAID: usize = 8;

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
                    self.parameters.remove(name.id.as_str());
                    let written = &self.text[it.annotation.range()];
                    self.annotations.insert(name.id.as_str(), written);
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

/// Whether a call makes a figure with axes, several as they are asked for.
fn is_subplots(value: &Expr) -> bool {
    value.as_call_expr().is_some_and(|call| {
        let method = call.func.as_attribute_expr();
        method.is_some_and(|it| it.attr.as_str() == "subplots") && !call.arguments.is_empty()
    })
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
    "urllib.request.urlopen",
];
