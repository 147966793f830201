//! Types, as far as names, annotations and constructors tell them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use srcify_effects::{Catalog, EntryKind};
use srcify_syntax::ast::{self, Expr, Operator, Stmt};

use crate::annotations::has_decorator;
use crate::index::Index;
use crate::project::Project;

/// Longer ways from an expression to its type are given up.
const DEPTH: usize = 48;

/// A variable: its module, the function it belongs to, its name.
type Variable = (usize, Option<usize>, String);

/// Answers what an expression is: the qualified name of its class.
pub(crate) struct Types<'a> {
    pub project: &'a Project<'a>,
    pub catalog: &'a Catalog,
    /// Types of variables that were asked for; of those whose answer is being found, what is assumed.
    variables: RefCell<BTreeMap<Variable, Option<String>>>,
}

/// What a callee turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Callee {
    /// A function or method of the package: its module and index.
    Function(usize, usize),
    /// A class of the package: its module and index.
    Class(usize, usize),
    /// A name of the catalog; with the receiver's class for methods.
    Library(String, Option<String>),
}

impl<'a> Types<'a> {
    pub(crate) fn new(project: &'a Project<'a>, catalog: &'a Catalog) -> Self {
        Self {
            project,
            catalog,
            variables: RefCell::new(BTreeMap::new()),
        }
    }

    /// What `call` calls, where it is known.
    pub(crate) fn callee(
        &self,
        module: usize,
        function: Option<usize>,
        callee: &Expr,
    ) -> Option<Callee> {
        self.callee_at(module, function, callee, 0)
    }

    fn callee_at(
        &self,
        module: usize,
        function: Option<usize>,
        callee: &Expr,
        depth: usize,
    ) -> Option<Callee> {
        let index = &self.project.modules[module];
        if let Expr::Name(name) = callee
            && let Some(nested) = nested_function(index, function, name.id.as_str())
        {
            return Some(Callee::Function(module, nested));
        }
        if let Some(qualified) = index.qualified(function, callee) {
            return self.named(module, &qualified);
        }
        let Expr::Attribute(attribute) = callee else {
            return None;
        };
        let name = attribute.attr.as_str();
        if is_super(&attribute.value) {
            let class = function.and_then(|at| index.functions[at].class)?;
            let bases = index.bases(&index.classes[class]);
            return bases.iter().find_map(|base| self.method(base, name, 0));
        }
        let class = self.type_at(module, function, &attribute.value, depth + 1)?;
        self.method(&class, name, 0)
    }

    /// What a qualified name is: the package's own, else the catalog's.
    fn named(&self, module: usize, qualified: &str) -> Option<Callee> {
        let own = &self.project.modules[module];
        let local = qualified
            .strip_prefix(own.module.name.as_str())
            .and_then(|rest| {
                if own.module.name.is_empty() {
                    Some(rest)
                } else {
                    rest.strip_prefix('.')
                }
            });
        if let Some(local) = local {
            if let Some(at) = own.function(local) {
                return Some(Callee::Function(module, at));
            }
            if let Some(at) = own.class(local) {
                return Some(Callee::Class(module, at));
            }
        }
        if let Some((at, name)) = self.project.definition(qualified) {
            let index = &self.project.modules[at];
            if let Some(class) = index.class(&name) {
                return Some(Callee::Class(at, class));
            }
            return index.function(&name).map(|it| Callee::Function(at, it));
        }
        self.catalog.lookup(qualified)?;
        Some(Callee::Library(
            self.catalog.canonical(qualified).to_owned(),
            None,
        ))
    }

    /// A method of a class, through its bases.
    pub(crate) fn method(&self, class: &str, name: &str, depth: usize) -> Option<Callee> {
        if depth > DEPTH {
            return None;
        }
        if let Some((at, local)) = self.class(class) {
            let index = &self.project.modules[at];
            let qualified = format!("{}.{name}", index.classes[local].name);
            if let Some(method) = index.function(&qualified) {
                return Some(Callee::Function(at, method));
            }
            let bases = index.bases(&index.classes[local]);
            return bases
                .iter()
                .find_map(|base| self.method(&self.absolute(at, base), name, depth + 1));
        }
        self.catalog.member(class, name)?;
        Some(Callee::Library(
            format!("{class}.{name}"),
            Some(class.to_owned()),
        ))
    }

    /// The class of the package that a qualified name means.
    pub(crate) fn class(&self, qualified: &str) -> Option<(usize, usize)> {
        let (module, name) = self.project.definition(qualified)?;
        let class = self.project.modules[module].class(&name)?;
        Some((module, class))
    }

    fn absolute(&self, module: usize, base: &str) -> String {
        let index = &self.project.modules[module];
        if !base.contains('.') && index.class(base).is_some() {
            return format!("{}.{base}", index.module.name);
        }
        base.to_owned()
    }

    /// The class of what an expression gives.
    pub(crate) fn type_of(
        &self,
        module: usize,
        function: Option<usize>,
        expression: &Expr,
    ) -> Option<String> {
        self.type_at(module, function, expression, 0)
    }

    fn type_at(
        &self,
        module: usize,
        function: Option<usize>,
        expression: &Expr,
        depth: usize,
    ) -> Option<String> {
        if depth > DEPTH {
            return None;
        }
        match expression {
            Expr::List(_) | Expr::ListComp(_) => Some("list".to_owned()),
            Expr::Dict(_) | Expr::DictComp(_) => Some("dict".to_owned()),
            Expr::Set(_) | Expr::SetComp(_) => Some("set".to_owned()),
            Expr::StringLiteral(_) | Expr::FString(_) => Some("str".to_owned()),
            Expr::NumberLiteral(_) | Expr::BooleanLiteral(_) => Some("int".to_owned()),
            Expr::Tuple(_) => Some("tuple".to_owned()),
            Expr::Name(name) => self.variable(module, function, name.id.as_str(), depth),
            Expr::Call(call) => self.result(module, function, call, depth),
            Expr::Await(it) => self.type_at(module, function, &it.value, depth + 1),
            Expr::Attribute(it) => self.attribute(module, function, it, depth),
            Expr::Subscript(it) => {
                // A column by its name, columns by a list of names.
                let table = self.type_at(module, function, &it.value, depth + 1)?;
                match (table.as_str(), &*it.slice) {
                    ("pandas.DataFrame", Expr::StringLiteral(_)) => {
                        Some("pandas.Series".to_owned())
                    }
                    // By a list or a mask; a name that is neither gives a column, which is as good as a table here.
                    ("pandas.DataFrame", _) => Some(table),
                    _ => None,
                }
            }
            Expr::BinOp(it) if it.op == Operator::Div => self
                .type_at(module, function, &it.left, depth + 1)
                .filter(|ty| ty == "pathlib.Path"),
            _ => None,
        }
    }

    fn variable(
        &self,
        module: usize,
        function: Option<usize>,
        name: &str,
        depth: usize,
    ) -> Option<String> {
        let index = &self.project.modules[module];
        let Some(at) = function else {
            let values = index.bindings.get(name)?;
            return self.agreed((module, None, name), None, (values, depth));
        };
        let it = &index.functions[at];
        if !it.locals.contains(name) {
            return self.variable(module, it.parent, name, depth + 1);
        }
        let stores = it.stores.get(name).copied().unwrap_or(0);
        let parameter = self.parameter(module, at, name, depth);
        match it.bindings.get(name) {
            Some(values) if values.len() == stores => {
                self.agreed((module, function, name), parameter, (values, depth))
            }
            None if stores == 0 => parameter,
            _ => None,
        }
    }

    /// The type that a parameter is declared to have; `self` has its class.
    fn parameter(
        &self,
        module: usize,
        function: usize,
        name: &str,
        depth: usize,
    ) -> Option<String> {
        let index = &self.project.modules[module];
        let it = &index.functions[function];
        let mut parameters = it.node.parameters.iter();
        let is_first = parameters
            .next()
            .is_some_and(|first| first.name().as_str() == name);
        let class = it
            .class
            .filter(|_| is_first && !has_decorator(it.node, &["staticmethod"]));
        if let Some(class) = class {
            return Some(format!(
                "{}.{}",
                index.module.name, index.classes[class].name
            ));
        }
        let mut parameters = it.node.parameters.iter();
        let parameter = parameters.find(|it| it.name().as_str() == name)?;
        let ty = self.annotated(module, parameter.annotation()?, depth)?;
        // `*args: str` is a tuple of them.
        (!parameter.is_variadic()).then_some(ty)
    }

    /// The one type that all values of a variable have.
    fn agreed(
        &self,
        (module, function, name): (usize, Option<usize>, &str),
        declared: Option<String>,
        (values, depth): (&[&Expr], usize),
    ) -> Option<String> {
        let key = (module, function, name.to_owned());
        if let Some(known) = self.variables.borrow().get(&key) {
            return known.clone();
        }
        let assume = |ty: Option<String>| self.variables.borrow_mut().insert(key.clone(), ty);
        assume(declared.clone());
        let mut types = values
            .iter()
            .map(|value| self.type_at(module, function, value, depth + 1));
        let first = declared.or_else(|| types.find_map(|ty| ty));
        // `frame = frame.dropna()`: what it is now rests on what it was.
        assume(first.clone());
        let is_one = values
            .iter()
            .all(|value| self.type_at(module, function, value, depth + 1) == first);
        let ty = first.filter(|_| is_one);
        assume(ty.clone());
        ty
    }

    /// The class an annotation names; `X | None` and `Optional[X]` are `X`.
    pub(crate) fn annotated(
        &self,
        module: usize,
        annotation: &Expr,
        depth: usize,
    ) -> Option<String> {
        let index = &self.project.modules[module];
        match annotation {
            Expr::Subscript(it) => {
                let name = index.qualified(None, &it.value)?;
                if name == "typing.Optional" {
                    return self.annotated(module, &it.slice, depth + 1);
                }
                Some(name)
            }
            Expr::BinOp(it) if it.op == Operator::BitOr => {
                let (left, right) = (&*it.left, &*it.right);
                match (left, right) {
                    (Expr::NoneLiteral(_), other) | (other, Expr::NoneLiteral(_)) => {
                        self.annotated(module, other, depth + 1)
                    }
                    _ => None,
                }
            }
            Expr::StringLiteral(it) if depth <= DEPTH => {
                let text = it.value.to_str();
                let parts: Vec<&str> = text.split('.').collect();
                let head = parts.first()?;
                let base = match index.names.get(head) {
                    Some(name) => name.clone(),
                    None if index.class(head).is_some() => format!("{}.{head}", index.module.name),
                    None => return None,
                };
                Some(
                    [base.as_str()]
                        .iter()
                        .chain(&parts[1..])
                        .copied()
                        .collect::<Vec<_>>()
                        .join("."),
                )
            }
            Expr::Name(_) | Expr::Attribute(_) => {
                let name = index.qualified(None, annotation)?;
                Some(self.catalog.canonical(&name).to_owned())
            }
            _ => None,
        }
    }

    fn result(
        &self,
        module: usize,
        function: Option<usize>,
        call: &ast::ExprCall,
        depth: usize,
    ) -> Option<String> {
        match self.callee_at(module, function, &call.func, depth + 1)? {
            Callee::Class(at, class) => {
                let index = &self.project.modules[at];
                Some(format!(
                    "{}.{}",
                    index.module.name, index.classes[class].name
                ))
            }
            Callee::Function(at, number) => {
                let node = self.project.modules[at].functions[number].node;
                self.annotated(at, node.returns.as_deref()?, depth + 1)
            }
            Callee::Library(name, receiver) => {
                let entry = match &receiver {
                    Some(class) => self.catalog.member(class, name.rsplit('.').next()?)?,
                    None => self.catalog.lookup(&name)?,
                };
                if entry.kind == EntryKind::Class {
                    return Some(name);
                }
                match entry.returns.as_deref()? {
                    "self" => receiver,
                    returns if returns.starts_with('T') && returns.len() <= 2 => None,
                    returns => Some(returns.split('[').next().unwrap_or(returns).to_owned()),
                }
            }
        }
    }

    fn attribute(
        &self,
        module: usize,
        function: Option<usize>,
        node: &ast::ExprAttribute,
        depth: usize,
    ) -> Option<String> {
        let class = self.type_at(module, function, &node.value, depth + 1)?;
        if let Some((at, number)) = self.class(&class) {
            return self.field(at, number, node.attr.as_str(), depth);
        }
        let entry = self.catalog.member(&class, node.attr.as_str())?;
        let returns = entry
            .returns
            .as_deref()
            .filter(|_| entry.kind == EntryKind::Attribute)?;
        Some(returns.split('[').next().unwrap_or(returns).to_owned())
    }

    /// The type of a field: its annotation in the class, or what `__init__` assigns to it.
    fn field(&self, module: usize, class: usize, name: &str, depth: usize) -> Option<String> {
        let index = &self.project.modules[module];
        let class = &index.classes[class];
        for statement in &class.node.body {
            if let Stmt::AnnAssign(it) = statement
                && matches!(&*it.target, Expr::Name(target) if target.id.as_str() == name)
            {
                return self.annotated(module, &it.annotation, depth + 1);
            }
        }
        let constructor = index.function(&format!("{}.__init__", class.name))?;
        for statement in &index.functions[constructor].node.body {
            let Stmt::Assign(it) = statement else {
                continue;
            };
            let assigns = it.targets.iter().any(
                |target| matches!(target, Expr::Attribute(target) if target.attr.as_str() == name),
            );
            if assigns {
                return self.type_at(module, Some(constructor), &it.value, depth + 1);
            }
        }
        None
    }
}

fn is_super(expression: &Expr) -> bool {
    matches!(expression, Expr::Call(call) if matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "super"))
}

/// A function that is defined in `function` or one around it.
fn nested_function(index: &Index<'_>, function: Option<usize>, name: &str) -> Option<usize> {
    let mut current = function;
    while let Some(at) = current {
        let nested = index.functions.iter().position(|it| {
            it.parent == Some(at) && it.class.is_none() && it.node.name.as_str() == name
        });
        if nested.is_some() {
            return nested;
        }
        current = index.functions[at].parent;
    }
    None
}
