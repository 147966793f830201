//! Definitions of functions, and what decorators make of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::Type;
use crate::analyze::{Analyzer, Body, Closure};
use crate::calls::{Passed, Site};
use crate::names::{FunctionNames, function_names};
use crate::value::{Callable, Value};
use crate::variables::Env;

impl<'a> Analyzer<'a> {
    pub(crate) fn define_function(&mut self, function: &'a ast::StmtFunctionDef) {
        let index = self.add_closure(function, None);
        let plain = Value {
            callable: Some(Callable::Closure(index)),
            ty: Some(Type::new("function")),
            ..Value::default()
        };
        let decorators = &function.decorator_list;
        let value = self.decorate(decorators, plain.clone());
        for decorator in decorators {
            self.register(&decorator.expression, &plain);
        }
        self.bind(&function.name, value);
    }

    /// `@show.register`: calls of `show` may run it.
    fn register(&mut self, decorator: &'a Expr, function: &Value) {
        let target = match decorator {
            Expr::Call(call) => &*call.func,
            other => other,
        };
        if let Expr::Attribute(attribute) = target
            && attribute.attr.as_str() == "register"
            && let Expr::Name(name) = &*attribute.value
        {
            let known = self.load(&name.id);
            if known.callable.is_some() {
                self.bind(&name.id, known.join(function));
            }
        }
    }

    /// What decorators make of a function or class, the last one first.
    pub(crate) fn decorate(&mut self, decorators: &'a [ast::Decorator], mut value: Value) -> Value {
        for decorator in decorators.iter().rev() {
            value = self.decorated(&decorator.expression, value);
        }
        value
    }

    fn decorated(&mut self, decorator: &'a Expr, value: Value) -> Value {
        let named = match decorator {
            Expr::Call(call) => &*call.func,
            other => other,
        };
        let text = self.program.text(named.range());
        let is_accessor = [".setter", ".getter", ".deleter", ".register"]
            .iter()
            .any(|end| text.ends_with(end));
        let path = self.evaluate(named).path;
        let name = path
            .as_deref()
            .and_then(|path| path.rsplit('.').next())
            .unwrap_or_default();
        let made = self.evaluate(decorator);
        // `@atexit.register`: a function of a library that does something with what it is given.
        if let Some(path) = path.as_deref().filter(|it| it.ends_with(".register")) {
            self.apply_path(path, decorator, value.clone());
            return value;
        }
        // What was called before shows in what the cache says of itself.
        let is_asked = || self.program.source.text.contains(".cache_info");
        let is_counted = matches!(name, "cache" | "lru_cache") && is_asked();
        if let Some(Callable::Closure(index)) = &value.callable {
            self.closures[*index].is_context |= name.ends_with("contextmanager");
        }
        if is_accessor || TRANSPARENT_DECORATORS.contains(&name) && !is_counted {
            return value;
        }
        let opaque = Value {
            ty: Some(Type::new("function")),
            ..Value::default()
        };
        if let Some(Callable::Closure(index)) = &value.callable
            && self.is_context(&made)
        {
            self.closures[*index].contexts.push(made);
            return value;
        }
        let Some(callable) = made.callable else {
            return opaque;
        };
        let (site, mut passed) = applied(decorator, value);
        let (result, _) = self.call_callable(&callable, &mut passed, &site);
        if result.called().is_some() || result.ty.is_some() {
            return result;
        }
        opaque
    }

    /// Calls a function of a library with what it decorates.
    fn apply_path(&mut self, path: &str, decorator: &Expr, value: Value) {
        let (site, mut passed) = applied(decorator, value);
        self.call_path(path, &mut passed, &site);
    }

    /// Whether a value is a context that can decorate functions.
    fn is_context(&self, value: &Value) -> bool {
        if value.callable.is_some() {
            return false;
        }
        let class = value.ty.as_ref().map_or("", |ty| ty.name.as_str());
        let is_one = |base: &String| self.catalog.canonical(base) == "contextlib.ContextDecorator";
        // What a `contextmanager` gives.
        class == "Generator"
            || self
                .lineage(class)
                .iter()
                .any(|(_, known)| known.bases.iter().any(is_one))
    }

    /// Defaults, evaluated once, where the function is defined: all calls share their objects.
    pub(crate) fn defaults(
        &mut self,
        parameters: Option<&'a ast::Parameters>,
    ) -> BTreeMap<String, Value> {
        let mut defaults = BTreeMap::new();
        for parameter in parameters.into_iter().flat_map(|it| it.iter()) {
            if let Some(default) = parameter.default() {
                let value = self.evaluate(default);
                self.shared.add(&value.own);
                defaults.insert(parameter.name().to_string(), value);
            }
        }
        defaults
    }

    /// Registers a function or method and evaluates what runs at its definition.
    pub(crate) fn add_closure(
        &mut self,
        function: &'a ast::StmtFunctionDef,
        class: Option<&str>,
    ) -> usize {
        let defaults = self.defaults(Some(&function.parameters));
        let mut name = match class {
            Some(class) => format!("{class}.{}", function.name),
            None => function.name.to_string(),
        };
        if let Some(frame) = self.frames.last_mut() {
            frame.is_kept = true;
            name = format!("{}.<locals>.{name}", frame.function);
        }
        let names = self.names_of(function.range, Some(&function.parameters), &function.body);
        self.closures.push(Closure {
            name,
            parameters: Some(&function.parameters),
            body: Body::Statements(&function.body),
            names,
            enclosing: self.frames.last().map(|frame| frame.id),
            class: class.map(str::to_owned),
            defaults,
            captured: Env::default(),
            is_generator: contains_yield(&function.body),
            is_async: function.is_async,
            returns: function.returns.as_deref(),
            is_top_level: self.frames.is_empty(),
            contexts: Vec::new(),
            is_context: false,
        });
        self.closures.len() - 1
    }

    /// The names of a function, found once.
    pub(crate) fn names_of(
        &mut self,
        range: TextRange,
        parameters: Option<&'a ast::Parameters>,
        body: &'a [Stmt],
    ) -> Rc<FunctionNames> {
        let place = (range.start().to_u32(), range.end().to_u32());
        if let Some(known) = self.names_of.get(&place) {
            return Rc::clone(known);
        }
        let mut names = function_names(parameters, body);
        let own = parameters.into_iter().flat_map(ast::Parameters::iter);
        names.locals.extend(own.map(|it| it.name().to_string()));
        let names = Rc::new(names);
        self.names_of.insert(place, Rc::clone(&names));
        names
    }
}

/// A decorator as a call: where it stands, and what it is given.
fn applied(decorator: &Expr, value: Value) -> (Site, [Passed; 1]) {
    let range = decorator.range();
    let site = Site {
        range,
        function: range,
    };
    let passed = Passed {
        name: None,
        value,
        range,
        is_keyword: false,
        is_unpacked: false,
        is_link: false,
    };
    (site, [passed])
}

/// Decorators that leave what a call does as it is.
const TRANSPARENT_DECORATORS: &[&str] = &[
    "staticmethod",
    "classmethod",
    "property",
    "cached_property",
    "lru_cache",
    "cache",
    "wraps",
    "njit",
    "jit",
    "vectorize",
    "no_grad",
    "inference_mode",
    "abstractmethod",
    "override",
    "overload",
    "contextmanager",
    "dataclass",
    "asynccontextmanager",
    "total_ordering",
    "unique",
    "runtime_checkable",
    "final",
    "deprecated",
    "singledispatch",
    "singledispatchmethod",
    "delayed",
    "fixture",
];

fn contains_yield(body: &[Stmt]) -> bool {
    use ast::visitor::{Visitor, walk_expr, walk_stmt};
    struct Yields(bool);
    impl<'a> Visitor<'a> for Yields {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
                walk_stmt(self, statement);
            }
        }
        fn visit_expr(&mut self, expression: &'a Expr) {
            match expression {
                Expr::Yield(_) | Expr::YieldFrom(_) => self.0 = true,
                Expr::Lambda(_) => {}
                _ => walk_expr(self, expression),
            }
        }
    }
    let mut yields = Yields(false);
    for statement in body {
        yields.visit_stmt(statement);
    }
    yields.0
}
