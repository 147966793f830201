//! Statements on abstract values.

use std::rc::Rc;

use srcify_syntax::ast::{self, Expr, Pattern, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::analyze::{Analyzer, Body, Closure, Env};
use crate::names::function_names;
use crate::value::{Callable, Value};
use crate::{Effect, Type};

impl<'a> Analyzer<'a> {
    /// Runs statements in order.
    pub(crate) fn block(&mut self, statements: &'a [Stmt]) {
        for statement in statements {
            self.execute(statement);
        }
    }

    /// Runs one statement.
    pub(crate) fn execute(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.define_function(function),
            Stmt::ClassDef(class) => self.define_class(class),
            Stmt::Return(ast::StmtReturn { value, .. }) => {
                let value = value
                    .as_deref()
                    .map_or_else(|| Value::of_type("None"), |it| self.evaluate(it));
                self.give_back(value);
            }
            Stmt::Delete(delete) => self.delete_all(&delete.targets),
            Stmt::Assign(assign) => {
                let value = self.evaluate(&assign.value);
                for target in &assign.targets {
                    self.assign(target, &value);
                }
            }
            Stmt::AugAssign(assign) => self.augment(assign),
            Stmt::AnnAssign(assign) => self.annotated(assign),
            Stmt::Expr(expression) => {
                self.evaluate(&expression.value);
            }
            Stmt::Raise(raise) => {
                for part in raise.exc.iter().chain(&raise.cause) {
                    self.evaluate(part);
                }
            }
            Stmt::Assert(assert) => {
                self.evaluate(&assert.test);
                if let Some(message) = &assert.msg {
                    self.evaluate(message);
                }
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    self.import_module(alias);
                }
            }
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::If(_)
            | Stmt::For(_)
            | Stmt::While(_)
            | Stmt::With(_)
            | Stmt::Try(_)
            | Stmt::Match(_) => {
                self.compound(statement);
            }
            _ => {}
        }
    }

    fn compound(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::If(branch) => self.branch(branch),
            Stmt::For(each) => {
                let iterable = self.evaluate(&each.iter);
                self.twice(|it| {
                    let element = it.element(&iterable, each.iter.range());
                    it.assign(&each.target, &element);
                    it.block(&each.body);
                });
                self.block(&each.orelse);
            }
            Stmt::While(each) => {
                self.twice(|it| {
                    it.evaluate(&each.test);
                    it.block(&each.body);
                });
                self.block(&each.orelse);
            }
            Stmt::With(with) => self.with(with),
            Stmt::Try(attempt) => self.attempt(attempt),
            Stmt::Match(matching) => self.matching(matching),
            _ => {}
        }
    }

    fn branch(&mut self, branch: &'a ast::StmtIf) {
        self.evaluate(&branch.test);
        let before = self.variables();
        self.block(&branch.body);
        let mut after = self.variables();
        self.restore(before.clone());
        let mut exhaustive = false;
        for clause in &branch.elif_else_clauses {
            match &clause.test {
                Some(test) => {
                    self.evaluate(test);
                }
                None => exhaustive = true,
            }
            self.block(&clause.body);
            after = join(after, self.variables());
            self.restore(before.clone());
        }
        self.restore(if exhaustive {
            after
        } else {
            join(after, before)
        });
    }

    fn attempt(&mut self, attempt: &'a ast::StmtTry) {
        let before = self.variables();
        self.block(&attempt.body);
        self.block(&attempt.orelse);
        let success = self.variables();
        let mut after = success.clone();
        for handler in &attempt.handlers {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            self.restore(join(before.clone(), success.clone()));
            if let Some(name) = &handler.name {
                let exception = self.fresh(None);
                self.bind(name, exception);
            }
            self.block(&handler.body);
            after = join(after, self.variables());
        }
        self.restore(after);
        self.block(&attempt.finalbody);
    }

    /// Runs a loop's body until values that it carries over have been seen.
    fn twice(&mut self, mut body: impl FnMut(&mut Self)) {
        for _ in 0..2 {
            let before = self.variables();
            body(self);
            let after = self.variables();
            self.restore(join(after, before));
        }
    }

    fn with(&mut self, with: &'a ast::StmtWith) {
        for item in &with.items {
            let manager = self.evaluate(&item.context_expr);
            self.enter(&manager, item.context_expr.range());
            if let Some(target) = &item.optional_vars {
                let entered = if manager.ty.is_some() {
                    manager
                } else {
                    self.derived(&manager, None)
                };
                self.assign(target, &entered);
            }
        }
        self.block(&with.body);
    }

    /// Effects of entering and leaving a context: those of the user's own `__enter__` and `__exit__`.
    fn enter(&mut self, manager: &Value, range: TextRange) {
        let class = manager.ty.as_ref().map(|ty| ty.name.clone());
        match class {
            Some(class) if self.classes.contains_key(&class) => {
                for method in ["__enter__", "__exit__"] {
                    self.call_own_method(&class, method, manager, &[]);
                }
            }
            // What the catalog knows has its effects when it is made.
            Some(_) => {}
            None => self.add_effect(Effect::Unknown, range, "a context manager of unknown type"),
        }
    }

    fn matching(&mut self, matching: &'a ast::StmtMatch) {
        let subject = self.evaluate(&matching.subject);
        let before = self.variables();
        let mut after = before.clone();
        for case in &matching.cases {
            self.restore(before.clone());
            self.pattern(&case.pattern, &subject);
            if let Some(guard) = &case.guard {
                self.evaluate(guard);
            }
            self.block(&case.body);
            after = join(after, self.variables());
        }
        self.restore(after);
    }

    fn pattern(&mut self, pattern: &'a Pattern, subject: &Value) {
        let part = self.derived(subject, None);
        match pattern {
            Pattern::MatchAs(it) => {
                if let Some(inner) = &it.pattern {
                    self.pattern(inner, subject);
                }
                if let Some(name) = &it.name {
                    self.bind(name, subject.clone());
                }
            }
            Pattern::MatchStar(it) => {
                if let Some(name) = &it.name {
                    self.bind(name, part);
                }
            }
            Pattern::MatchSequence(it) => {
                for inner in &it.patterns {
                    self.pattern(inner, &part);
                }
            }
            Pattern::MatchOr(it) => {
                for inner in &it.patterns {
                    self.pattern(inner, subject);
                }
            }
            Pattern::MatchMapping(it) => {
                for inner in &it.patterns {
                    self.pattern(inner, &part);
                }
                if let Some(name) = &it.rest {
                    self.bind(name, part);
                }
            }
            Pattern::MatchClass(it) => {
                for inner in &it.arguments.patterns {
                    self.pattern(inner, &part);
                }
                for keyword in &it.arguments.keywords {
                    self.pattern(&keyword.pattern, &part);
                }
            }
            Pattern::MatchValue(_) | Pattern::MatchSingleton(_) => {}
        }
    }

    fn give_back(&mut self, value: Value) {
        if let Some(frame) = self.frames.last_mut() {
            frame.returned = Some(match frame.returned.take() {
                Some(earlier) => earlier.join(&value),
                None => value,
            });
        }
    }

    fn annotated(&mut self, assign: &'a ast::StmtAnnAssign) {
        let Some(value) = &assign.value else { return };
        let mut value = self.evaluate(value);
        if value.ty.is_none() {
            value.ty = self.annotation(&assign.annotation);
        }
        self.assign(&assign.target, &value);
    }

    fn augment(&mut self, assign: &'a ast::StmtAugAssign) {
        let old = match &*assign.target {
            Expr::Name(name) => self.load(&name.id),
            target => self.evaluate(target),
        };
        let operand = self.evaluate(&assign.value);
        self.operator(&old, "__iadd__");
        if let Expr::Name(name) = &*assign.target {
            let mut new = if old.is_immutable() {
                let ty = operator_type(&old, &operand);
                self.fresh(ty)
            } else {
                // Lists, arrays and frames change in place; what is not known may do so.
                self.mutate(&old, false);
                old.clone()
            };
            new.absorb(&operand);
            self.bind(&name.id, new);
        } else {
            self.assign(&assign.target, &operand);
        }
    }

    fn delete(&mut self, target: &'a Expr) {
        match target {
            Expr::Name(name) => self.unbind(&name.id),
            Expr::Subscript(subscript) => {
                let container = self.evaluate(&subscript.value);
                self.evaluate(&subscript.slice);
                self.mutate(&container, true);
            }
            Expr::Attribute(attribute) => {
                let object = self.evaluate(&attribute.value);
                self.mutate(&object, true);
            }
            Expr::Tuple(tuple) => self.delete_all(&tuple.elts),
            Expr::List(list) => self.delete_all(&list.elts),
            _ => {}
        }
    }

    fn delete_all(&mut self, targets: &'a [Expr]) {
        for target in targets {
            self.delete(target);
        }
    }

    /// Binds a target to a value.
    pub(crate) fn assign(&mut self, target: &'a Expr, value: &Value) {
        match target {
            Expr::Name(name) => {
                let mut value = value.clone();
                if value.ty.is_none() && value.path.is_none() && value.callable.is_none() {
                    value.ty = (self.oracle)(name.range);
                }
                self.bind(&name.id, value);
            }
            Expr::Starred(starred) => {
                let mut rest = self.fresh(Some(Type::new("list")));
                rest.absorb(value);
                self.assign(&starred.value, &rest);
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                for (index, element) in elts.iter().enumerate() {
                    let part = self.part(value, index, elts.len());
                    self.assign(element, &part);
                }
            }
            Expr::Attribute(attribute) => self.assign_attribute(attribute, value),
            Expr::Subscript(subscript) => self.assign_item(subscript, value),
            _ => {}
        }
    }

    fn assign_attribute(&mut self, attribute: &'a ast::ExprAttribute, value: &Value) {
        let object = self.evaluate(&attribute.value);
        if let Some(path) = &object.path {
            let name = format!("{path}.{}", attribute.attr);
            self.add_effect(Effect::GlobalState, attribute.range, &name);
            return;
        }
        if object.callable.is_some() {
            self.add_effect(
                Effect::GlobalState,
                attribute.range,
                "an attribute of a function or class",
            );
        }
        // Frames that get an attribute get a column; other objects keep their parts.
        self.mutate(&object, true);
        self.absorb(&object, value);
        if let Some(class) = object
            .ty
            .as_ref()
            .and_then(|ty| self.classes.get_mut(&ty.name))
        {
            let known = class
                .attributes
                .get(attribute.attr.as_str())
                .map(|known| known.join(value));
            class.attributes.insert(
                attribute.attr.to_string(),
                known.unwrap_or_else(|| value.clone()),
            );
        }
    }

    fn assign_item(&mut self, subscript: &'a ast::ExprSubscript, value: &Value) {
        let container = self.evaluate(&subscript.value);
        self.evaluate(&subscript.slice);
        if container.path.as_deref() == Some("os.environ") {
            self.add_effect(Effect::WriteEnvironment, subscript.range, "os.environ");
            return;
        }
        if container.path.is_some() {
            let path = container.path.as_deref().unwrap_or_default().to_owned();
            self.add_effect(Effect::GlobalState, subscript.range, &path);
            return;
        }
        let type_name = container
            .ty
            .as_ref()
            .map(|ty| ty.name.clone())
            .unwrap_or_default();
        if self.classes.contains_key(&type_name) {
            self.call_own_method(&type_name, "__setitem__", &container, &[]);
        }
        // Setting a frame's column, a list's or dictionary's element leaves what was taken out alone.
        let shallow = matches!(
            type_name.as_str(),
            "pandas.DataFrame" | "list" | "dict" | "collections.defaultdict"
        );
        self.mutate(&container, shallow);
        self.absorb(&container, value);
    }

    fn define_function(&mut self, function: &'a ast::StmtFunctionDef) {
        let index = self.add_closure(function, None);
        let decorated = self.decorate(&function.decorator_list);
        let callable = decorated.then_some(Callable::Closure(index));
        let value = Value {
            callable,
            ty: Some(Type::new("function")),
            ..Value::default()
        };
        self.bind(&function.name, value);
    }

    /// Evaluates decorators; whether what they give back still is the function.
    pub(crate) fn decorate(&mut self, decorators: &'a [ast::Decorator]) -> bool {
        let mut is_transparent = true;
        for decorator in decorators {
            let value = self.evaluate(&decorator.expression);
            let path = value.path.as_deref().map(str::to_owned).unwrap_or_default();
            let name = path.rsplit('.').next().unwrap_or_default();
            if !TRANSPARENT_DECORATORS.contains(&name) && !path.is_empty() {
                is_transparent = false;
            }
            if path.is_empty()
                && !matches!(decorator.expression, Expr::Call(_) | Expr::Attribute(_))
            {
                is_transparent = false;
            }
        }
        is_transparent
    }

    /// Registers a function or method and evaluates what runs at its definition.
    pub(crate) fn add_closure(
        &mut self,
        function: &'a ast::StmtFunctionDef,
        class: Option<&str>,
    ) -> usize {
        for parameter in &*function.parameters {
            if let Some(default) = parameter.default() {
                self.evaluate(default);
            }
        }
        let name = match class {
            Some(class) => format!("{class}.{}", function.name),
            None => function.name.to_string(),
        };
        let captured = self.frames.last().map_or_else(
            || Rc::new(Env::new()),
            |frame| {
                let mut captured = (*frame.captured).clone();
                captured.extend(frame.locals.clone());
                Rc::new(captured)
            },
        );
        self.closures.push(Closure {
            name,
            parameters: Some(&function.parameters),
            body: Body::Statements(&function.body),
            names: Rc::new(function_names(Some(&function.parameters), &function.body)),
            captured,
            is_generator: contains_yield(&function.body),
            returns: function.returns.as_deref(),
            is_top_level: self.frames.is_empty(),
        });
        self.closures.len() - 1
    }

    /// The variables of the scope in progress.
    pub(crate) fn variables(&self) -> Env {
        self.frames
            .last()
            .map_or_else(|| self.globals.clone(), |frame| frame.locals.clone())
    }

    fn restore(&mut self, variables: Env) {
        match self.frames.last_mut() {
            Some(frame) => frame.locals = variables,
            None => self.globals = variables,
        }
    }

    /// Binds a name in the scope in progress.
    pub(crate) fn bind(&mut self, name: &str, value: Value) {
        match self.frames.last_mut() {
            Some(frame) if frame.names.locals.contains(name) => {
                frame.locals.insert(name.to_owned(), value);
            }
            Some(frame) if frame.names.globals.contains(name) => {
                self.record.global_writes.insert(name.to_owned());
                for frame in &self.frames {
                    self.functions
                        .entry(frame.function.clone())
                        .or_default()
                        .writes
                        .insert(name.to_owned());
                }
                self.globals.insert(name.to_owned(), value);
            }
            Some(_) => self.bind_nonlocal(name, value),
            None => {
                self.globals.insert(name.to_owned(), value);
            }
        }
    }

    /// Binds a variable of an enclosing function: of one that still runs, or of one that left it to its closures.
    fn bind_nonlocal(&mut self, name: &str, value: Value) {
        let mut enclosing = self.frames.iter_mut().rev().skip(1);
        if let Some(frame) = enclosing.find(|frame| frame.names.locals.contains(name)) {
            frame.locals.insert(name.to_owned(), value);
        } else {
            self.add_effect(
                Effect::GlobalState,
                TextRange::default(),
                "a variable that a closure keeps",
            );
        }
    }

    fn unbind(&mut self, name: &str) {
        match self.frames.last_mut() {
            Some(frame) => frame.locals.remove(name),
            None => self.globals.remove(name),
        };
    }
}

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
];

fn join(left: Env, mut right: Env) -> Env {
    let mut joined = Env::new();
    for (name, value) in left {
        let value = match right.remove(&name) {
            Some(other) => value.join(&other),
            None => value,
        };
        joined.insert(name, value);
    }
    joined.extend(right);
    joined
}

/// The type of an operation on two values: what `1 + 2.0` and `frame * 2` are.
pub(crate) fn operator_type(left: &Value, right: &Value) -> Option<Type> {
    let rank = |value: &Value| {
        let name = value.ty.as_ref().map(|ty| ty.name.as_str())?;
        RANKS.iter().position(|known| *known == name)
    };
    match (rank(left), rank(right)) {
        (Some(a), Some(b)) => Some(Type::new(RANKS[a.max(b)])),
        _ if left.ty.is_some() && left.ty == right.ty => left.ty.clone(),
        // Arrays, columns and frames compute with texts and dates, element by element.
        (Some(rank), None) if rank >= FIRST_ARRAY && right.is_immutable() => left.ty.clone(),
        (None, Some(rank)) if rank >= FIRST_ARRAY && left.is_immutable() => right.ty.clone(),
        _ => None,
    }
}

/// The first of [`RANKS`] that holds several values.
const FIRST_ARRAY: usize = 5;

/// Types whose operations give the later of the two.
const RANKS: &[&str] = &[
    "bool",
    "int",
    "float",
    "complex",
    "numpy.float64",
    "numpy.ndarray",
    "pandas.Series",
    "pandas.DataFrame",
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
