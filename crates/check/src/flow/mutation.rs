//! Which parameters' objects a function changes: directly, through an alias, or by passing them on.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use super::calls::{argument_for, bound_arguments, mutated};
use super::{Change, Flow, NodeId};
use crate::annotations::has_decorator;
use crate::flow::types::{Callee, Types};

/// By variable: the parameters whose objects it may hold or be a part of.
type Env<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// An argument that is passed on to a function of the package.
struct Passed {
    caller: NodeId,
    callee: NodeId,
    /// The callee's parameter.
    parameter: String,
    /// The caller's parameter whose object it is.
    origin: String,
    range: TextRange,
}

/// Methods that change their receivers when nobody looks at their results.
const CHANGING_METHODS: &[&str] = &[
    "append",
    "extend",
    "insert",
    "remove",
    "pop",
    "clear",
    "sort",
    "reverse",
    "update",
    "setdefault",
    "discard",
    "popitem",
    "appendleft",
    "extendleft",
    "popleft",
    "add",
];

/// Methods of tables that change their receivers when they are called with `inplace=True`; other methods mean another
/// object by it.
const IN_PLACE_METHODS: &[&str] = &[
    "bfill",
    "clip",
    "drop",
    "drop_duplicates",
    "dropna",
    "eval",
    "ffill",
    "fillna",
    "interpolate",
    "mask",
    "query",
    "rename",
    "rename_axis",
    "replace",
    "reset_index",
    "set_axis",
    "set_index",
    "sort_index",
    "sort_values",
    "where",
];

/// Types whose values `+=` and its like change in place.
const EXTENDED: &[&str] = &[
    "list",
    "set",
    "dict",
    "bytearray",
    "collections.deque",
    "collections.Counter",
    "numpy.ndarray",
    "pandas.DataFrame",
    "pandas.Series",
];

/// Types whose values nothing changes, so that names of methods mean something else.
const IMMUTABLE: &[&str] = &["str", "int", "float", "bool", "bytes", "tuple", "frozenset"];

/// Records what every function changes.
pub(crate) fn record(flow: &mut Flow, types: &Types<'_>) {
    let mut passed = Vec::new();
    for (module, index) in types.project.modules.iter().enumerate() {
        for (number, function) in index.functions.iter().enumerate() {
            let Some(node) = flow.node(module, Some(number)) else {
                continue;
            };
            let is_bound =
                function.class.is_some() && !has_decorator(function.node, &["staticmethod"]);
            let parameters = function.node.parameters.iter().skip(usize::from(is_bound));
            let env = parameters
                .filter(|it| !it.is_variadic())
                .map(|it| (it.name().as_str(), BTreeSet::from([it.name().as_str()])))
                .collect();
            let mut walker = Walker {
                types,
                module,
                function: number,
                node,
                env,
                changes: BTreeMap::new(),
                passed: Vec::new(),
                flow,
            };
            walker.block(&function.node.body);
            let (changes, mut found) = (walker.changes, walker.passed);
            flow.nodes[node].mutates = changes;
            passed.append(&mut found);
        }
    }
    spread(flow, &passed);
}

/// Lets changes travel from callees to those who pass their own parameters.
fn spread(flow: &mut Flow, passed: &[Passed]) {
    loop {
        let mut is_done = true;
        for it in passed {
            let changes = flow.nodes[it.callee].mutates.contains_key(&it.parameter);
            if !changes || flow.nodes[it.caller].mutates.contains_key(&it.origin) {
                continue;
            }
            let what = format!(
                "is passed to `{}`, which changes it",
                flow.nodes[it.callee].name
            );
            let change = Change {
                range: it.range,
                what,
                callee: Some((it.callee, it.parameter.clone())),
            };
            flow.nodes[it.caller]
                .mutates
                .insert(it.origin.clone(), change);
            is_done = false;
        }
        if is_done {
            return;
        }
    }
}

struct Walker<'a, 'p> {
    types: &'p Types<'p>,
    module: usize,
    function: usize,
    node: NodeId,
    env: Env<'a>,
    changes: BTreeMap<String, Change>,
    passed: Vec<Passed>,
    flow: &'p Flow,
}

impl<'a> Walker<'a, '_> {
    fn block(&mut self, statements: &'a [Stmt]) {
        for it in statements {
            self.statement(it);
        }
    }

    fn statement(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Assign(node) => {
                self.calls(&node.value, false);
                let origins = self.origins(&node.value);
                for target in &node.targets {
                    self.assign(target, &origins);
                }
            }
            Stmt::AnnAssign(node) => {
                if let Some(value) = &node.value {
                    self.calls(value, false);
                    let origins = self.origins(value);
                    self.assign(&node.target, &origins);
                }
            }
            Stmt::AugAssign(node) => self.augmented(node),
            Stmt::Delete(node) => {
                for target in &node.targets {
                    self.store(target, "loses an item");
                }
            }
            Stmt::Expr(node) => self.calls(&node.value, true),
            Stmt::Return(node) => node.value.iter().for_each(|it| self.calls(it, false)),
            _ => self.compound(statement),
        }
    }

    fn compound(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::If(node) => {
                self.calls(&node.test, false);
                let mut paths: Vec<&'a [Stmt]> = vec![&node.body];
                paths.extend(node.elif_else_clauses.iter().map(|it| &*it.body));
                let is_exhaustive = node.elif_else_clauses.iter().any(|it| it.test.is_none());
                self.branches(&paths, is_exhaustive);
            }
            Stmt::For(node) => {
                self.calls(&node.iter, false);
                let origins = self.elements(&node.iter);
                self.assign(&node.target, &origins);
                self.branches(&[&node.body], false);
                self.block(&node.orelse);
            }
            Stmt::While(node) => {
                self.calls(&node.test, false);
                self.branches(&[&node.body], false);
                self.block(&node.orelse);
            }
            Stmt::With(node) => {
                for item in &node.items {
                    self.calls(&item.context_expr, false);
                    if let Some(target) = &item.optional_vars {
                        let origins = self.origins(&item.context_expr);
                        self.assign(target, &origins);
                    }
                }
                self.block(&node.body);
            }
            Stmt::Try(node) => {
                self.block(&node.body);
                let handlers: Vec<&'a [Stmt]> = node
                    .handlers
                    .iter()
                    .map(|ast::ExceptHandler::ExceptHandler(it)| &*it.body)
                    .collect();
                self.branches(&handlers, false);
                self.block(&node.orelse);
                self.block(&node.finalbody);
            }
            Stmt::Match(node) => {
                self.calls(&node.subject, false);
                let cases: Vec<&'a [Stmt]> = node.cases.iter().map(|it| &*it.body).collect();
                self.branches(&cases, false);
            }
            _ => {}
        }
    }

    /// One of several paths is taken; or none of them, unless they are exhaustive.
    fn branches(&mut self, paths: &[&'a [Stmt]], is_exhaustive: bool) {
        let before = self.env.clone();
        let mut joined = if is_exhaustive {
            Env::new()
        } else {
            before.clone()
        };
        for path in paths {
            self.env = before.clone();
            self.block(path);
            // What follows never sees a path that leaves.
            if matches!(path.last(), Some(Stmt::Return(_) | Stmt::Raise(_))) {
                continue;
            }
            for (name, origins) in std::mem::take(&mut self.env) {
                joined.entry(name).or_default().extend(origins);
            }
        }
        self.env = joined;
    }

    fn assign(&mut self, target: &'a Expr, origins: &BTreeSet<&'a str>) {
        match target {
            Expr::Name(name) => {
                self.env.insert(name.id.as_str(), origins.clone());
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                for it in elts {
                    self.assign(it, origins);
                }
            }
            Expr::Starred(it) => self.assign(&it.value, origins),
            _ => self.store(target, "is assigned to"),
        }
    }

    /// `x[…] = …`, `x.a = …`, `del x[…]`.
    fn store(&mut self, target: &'a Expr, what: &str) {
        let base = match target {
            Expr::Subscript(it) => &*it.value,
            Expr::Attribute(it) => &*it.value,
            _ => return,
        };
        let what = match target {
            Expr::Subscript(_) if what == "is assigned to" => "has an item assigned",
            Expr::Attribute(_) if what == "is assigned to" => "has an attribute assigned",
            _ => what,
        };
        let origins = self.origins(base);
        self.change(&origins, target.range(), what);
    }

    fn augmented(&mut self, node: &'a ast::StmtAugAssign) {
        self.calls(&node.value, false);
        match &*node.target {
            Expr::Name(name) => {
                let ty = self.type_of(&node.target);
                let is_in_place = ty.is_some_and(|ty| EXTENDED.contains(&ty.as_str()));
                if is_in_place {
                    let origins = self.env.get(name.id.as_str()).cloned().unwrap_or_default();
                    self.change(&origins, node.range(), "is extended in place");
                } else {
                    self.env.remove(name.id.as_str());
                }
            }
            target => self.store(target, "is assigned to"),
        }
    }

    fn change(&mut self, origins: &BTreeSet<&'a str>, range: TextRange, what: &str) {
        for origin in origins {
            self.changes
                .entry((*origin).to_owned())
                .or_insert_with(|| Change {
                    range,
                    what: what.to_owned(),
                    callee: None,
                });
        }
    }

    fn type_of(&self, expression: &Expr) -> Option<String> {
        self.types
            .type_of(self.module, Some(self.function), expression)
    }

    /// The parameters whose objects an expression gives, or gives a part of.
    fn origins(&self, expression: &Expr) -> BTreeSet<&'a str> {
        match expression {
            Expr::Name(name) => self.env.get(name.id.as_str()).cloned().unwrap_or_default(),
            Expr::Attribute(it) if it.attr.as_str() == "str" => BTreeSet::new(),
            Expr::Attribute(it) => self.origins(&it.value),
            // `df.loc[mask]`: rows of a table are another table.
            Expr::Subscript(it) if matches!(&*it.value, Expr::Attribute(base) if matches!(base.attr.as_str(), "loc" | "iloc" | "at" | "iat")) => {
                BTreeSet::new()
            }
            Expr::Subscript(it) => {
                let ty = self.type_of(&it.value);
                let is_table = ty
                    .as_deref()
                    .is_some_and(|ty| ty.starts_with("pandas.") || ty.starts_with("polars."));
                let is_array = ty.as_deref() == Some("numpy.ndarray");
                let is_item = match &*it.slice {
                    Expr::StringLiteral(_) | Expr::NumberLiteral(_) => true,
                    // A name may be a mask, which copies.
                    Expr::Name(_) => !is_array,
                    Expr::Slice(_) => is_array,
                    Expr::Tuple(it) => {
                        is_array
                            && it
                                .elts
                                .iter()
                                .all(|it| matches!(it, Expr::Slice(_) | Expr::NumberLiteral(_)))
                    }
                    _ => false,
                };
                if is_table || !is_item {
                    return BTreeSet::new();
                }
                self.origins(&it.value)
            }
            Expr::If(it) => {
                let mut both = self.origins(&it.body);
                both.extend(self.origins(&it.orelse));
                both
            }
            Expr::BoolOp(it) => it
                .values
                .iter()
                .flat_map(|value| self.origins(value))
                .collect(),
            Expr::Named(it) => self.origins(&it.value),
            Expr::Call(it) => self
                .viewed(it)
                .map_or_else(BTreeSet::new, |it| self.origins(it)),
            _ => BTreeSet::new(),
        }
    }

    /// The array that a call gives a view of: `a.ravel()`, `np.asarray(a)`.
    fn viewed<'e>(&self, call: &'e ast::ExprCall) -> Option<&'e Expr> {
        let (module, function) = (self.module, Some(self.function));
        let Callee::Library(name, receiver) = self.types.callee(module, function, &call.func)?
        else {
            return None;
        };
        let is_array = |it: &Expr| self.type_of(it).as_deref() == Some("numpy.ndarray");
        match (receiver.as_deref(), &*call.func) {
            (Some("numpy.ndarray"), Expr::Attribute(it)) => {
                let entry = self
                    .types
                    .catalog
                    .member("numpy.ndarray", it.attr.as_str())?;
                entry
                    .aliases
                    .iter()
                    .any(|it| it == "self")
                    .then_some(&*it.value)
            }
            (None, _) if name.starts_with("numpy.") => {
                let entry = self.types.catalog.lookup(&name)?;
                let first = call.arguments.args.first()?;
                (!entry.aliases.is_empty() && is_array(first)).then_some(first)
            }
            _ => None,
        }
    }

    /// Like [`Self::origins`], for what iterating gives.
    fn elements(&self, iterable: &Expr) -> BTreeSet<&'a str> {
        if let Expr::Call(call) = iterable
            && let Expr::Attribute(method) = &*call.func
            && matches!(method.attr.as_str(), "items" | "values")
        {
            return self.origins(&method.value);
        }
        if self
            .type_of(iterable)
            .is_some_and(|ty| ty.starts_with("pandas.") || ty == "str")
        {
            return BTreeSet::new();
        }
        self.origins(iterable)
    }

    /// Every call in an expression; `is_unused` when its own result is thrown away.
    fn calls(&mut self, expression: &'a Expr, is_unused: bool) {
        let mut found = Calls(Vec::new());
        found.visit_expr(expression);
        for call in found.0 {
            let is_unused = is_unused && call.range() == expression.range();
            self.call(call, is_unused);
        }
    }

    fn call(&mut self, call: &'a ast::ExprCall, is_unused: bool) {
        let scope = (self.module, Some(self.function));
        let callee = self.types.callee(scope.0, scope.1, &call.func);
        match callee {
            Some(Callee::Function(module, number)) => self.pass(call, module, number),
            Some(Callee::Class(module, class)) => {
                let index = &self.types.project.modules[module];
                let name = format!("{}.{}", index.module.name, index.classes[class].name);
                if let Some(Callee::Function(at, number)) = self.types.method(&name, "__init__", 0)
                {
                    self.pass(call, at, number);
                }
            }
            Some(Callee::Library(name, receiver)) => self.library(call, &name, receiver.as_deref()),
            None => self.unknown(call, is_unused),
        }
    }

    fn library(&mut self, call: &'a ast::ExprCall, name: &str, receiver: Option<&str>) {
        let scope = (self.module, Some(self.function));
        let catalog = self.types.catalog;
        let entry = match receiver {
            Some(class) => catalog.member(class, name.rsplit('.').next().unwrap_or(name)),
            None => catalog.lookup(name),
        };
        let Some(entry) = entry else { return };
        for target in mutated(self.types, scope, entry, call) {
            let object = match (target, &*call.func) {
                ("self", Expr::Attribute(it)) => Some(&*it.value),
                (parameter, _) => argument_for(entry, call, parameter),
            };
            if let Some(object) = object {
                let origins = self.origins(object);
                let what = format!(
                    "is changed by `{}`",
                    name.rsplit('.').next().unwrap_or(name)
                );
                self.change(&origins, call.range(), &what);
            }
        }
    }

    fn unknown(&mut self, call: &'a ast::ExprCall, is_unused: bool) {
        let Expr::Attribute(method) = &*call.func else {
            return;
        };
        let name = method.attr.as_str();
        let in_place = IN_PLACE_METHODS.contains(&name)
            && call.arguments.keywords.iter().any(|it| {
                it.arg.as_ref().is_some_and(|arg| arg.as_str() == "inplace")
                    && matches!(&it.value, Expr::BooleanLiteral(it) if it.value)
            });
        let ty = self.type_of(&method.value);
        let is_known = ty
            .as_deref()
            .is_some_and(|ty| IMMUTABLE.contains(&ty) || self.types.class(ty).is_some());
        if is_known || !(in_place || (is_unused && CHANGING_METHODS.contains(&name))) {
            return;
        }
        let origins = self.origins(&method.value);
        self.change(&origins, call.range(), &format!("is changed by `{name}`"));
    }

    fn pass(&mut self, call: &'a ast::ExprCall, module: usize, number: usize) {
        let Some(callee) = self.flow.node(module, Some(number)) else {
            return;
        };
        let function = &self.types.project.modules[module].functions[number];
        let is_bound = function.class.is_some() && !has_decorator(function.node, &["staticmethod"]);
        for (parameter, argument) in
            bound_arguments(call, &function.node.parameters, usize::from(is_bound))
        {
            for origin in self.origins(argument) {
                self.passed.push(Passed {
                    caller: self.node,
                    callee,
                    parameter: parameter.to_owned(),
                    origin: origin.to_owned(),
                    range: call.range(),
                });
            }
        }
    }
}

struct Calls<'a>(Vec<&'a ast::ExprCall>);

impl<'a> Visitor<'a> for Calls<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Lambda(_) => return,
            Expr::Call(call) => self.0.push(call),
            _ => {}
        }
        walk_expr(self, expression);
    }
}
