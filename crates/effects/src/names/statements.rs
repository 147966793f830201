//! Statements, in the order in which their parts run.

use std::collections::BTreeSet;

use srcify_syntax::Ranged;
use srcify_syntax::ast::visitor::Visitor;
use srcify_syntax::ast::{self, Expr, Pattern, Stmt};

use super::collector::Collector;
use super::{Access, Occurrence, function_names};

impl Collector {
    pub(super) fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::Return(ast::StmtReturn { value, .. }) => {
                self.read_all(value.as_deref());
                self.terminated = true;
            }
            Stmt::Raise(raise) => {
                self.read_all(raise.exc.iter().chain(&raise.cause).map(|it| &**it));
                self.terminated = true;
            }
            Stmt::Break(_) | Stmt::Continue(_) => self.terminated = true,
            Stmt::Delete(delete) => self.targets(&delete.targets),
            Stmt::Assign(assign) => {
                self.visit_expr(&assign.value);
                self.targets(&assign.targets);
            }
            Stmt::AugAssign(assign) => {
                if let Expr::Name(name) = &*assign.target {
                    self.read(&name.id, name.range);
                }
                self.visit_expr(&assign.value);
                self.target(&assign.target);
            }
            Stmt::AnnAssign(assign) => {
                self.visit_expr(&assign.annotation);
                if let Some(value) = &assign.value {
                    self.visit_expr(value);
                    self.target(&assign.target);
                }
            }
            Stmt::TypeAlias(alias) => {
                self.in_own_scope(alias.type_params.as_deref(), |it| it.later(&alias.value));
                self.target(&alias.name);
            }
            Stmt::Import(import) => self.imports(&import.names),
            Stmt::ImportFrom(import) => self.imports(&import.names),
            Stmt::Global(global) => self
                .own_globals
                .extend(global.names.iter().map(ToString::to_string)),
            Stmt::Nonlocal(nonlocal) => self
                .nonlocals
                .extend(nonlocal.names.iter().map(ToString::to_string)),
            Stmt::Expr(expression) => self.visit_expr(&expression.value),
            Stmt::Assert(assert) => {
                self.visit_expr(&assert.test);
                self.read_all(assert.msg.as_deref());
            }
            Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => {}
            _ => self.compound(statement),
        }
    }

    fn compound(&mut self, statement: &Stmt) {
        match statement {
            Stmt::If(branch) => {
                self.visit_expr(&branch.test);
                let mut paths = vec![self.path(|it| it.block(&branch.body))];
                let mut exhaustive = false;
                for clause in &branch.elif_else_clauses {
                    match &clause.test {
                        Some(test) => self.visit_expr(test),
                        None => exhaustive = true,
                    }
                    paths.push(self.path(|it| it.block(&clause.body)));
                }
                if !exhaustive {
                    paths.push(Some(self.defined.clone()));
                }
                self.join(paths);
            }
            Stmt::For(each) => {
                self.visit_expr(&each.iter);
                self.path(|it| {
                    it.target(&each.target);
                    it.block(&each.body);
                });
                self.after_loop(&each.body, &each.orelse);
            }
            Stmt::While(each) => {
                self.visit_expr(&each.test);
                self.path(|it| it.block(&each.body));
                self.after_loop(&each.body, &each.orelse);
            }
            Stmt::With(with) => {
                for item in &with.items {
                    self.visit_expr(&item.context_expr);
                    if let Some(target) = &item.optional_vars {
                        self.target(target);
                    }
                }
                let mut contexts = with.items.iter().map(|it| &it.context_expr);
                if contexts.any(|it| swallows(it) || self.is_swallowing(it)) {
                    self.path(|it| it.block(&with.body));
                    return;
                }
                self.block(&with.body);
            }
            Stmt::Try(attempt) => self.attempt(attempt),
            Stmt::Match(matching) => self.matching(matching),
            _ => {}
        }
    }

    /// Whether a context is one of those that are known to swallow exceptions, or made by one.
    fn is_swallowing(&self, context: &Expr) -> bool {
        let made = context.as_call_expr().map_or(context, |it| &*it.func);
        made.as_name_expr()
            .is_some_and(|it| self.swallowing.contains(it.id.as_str()))
    }

    /// `else` of a loop runs unless the loop is left before its end.
    fn after_loop(&mut self, body: &[Stmt], orelse: &[Stmt]) {
        if contains_break(body) {
            self.path(|it| it.block(orelse));
        } else {
            self.block(orelse);
        }
    }

    fn attempt(&mut self, attempt: &ast::StmtTry) {
        let success = self.path(|it| {
            it.block(&attempt.body);
            it.block(&attempt.orelse);
        });
        let mut paths = vec![success];
        for handler in &attempt.handlers {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            paths.push(self.path(|it| {
                it.read_all(handler.type_.as_deref());
                if let Some(name) = &handler.name {
                    it.bind(name, name.range());
                }
                it.block(&handler.body);
                if let Some(name) = &handler.name {
                    it.defined.remove(name.as_str());
                    it.access.deletes.insert(name.to_string());
                }
            }));
        }
        self.join(paths);
        self.block(&attempt.finalbody);
    }

    fn matching(&mut self, matching: &ast::StmtMatch) {
        self.visit_expr(&matching.subject);
        let mut paths = Vec::new();
        let mut exhaustive = false;
        for case in &matching.cases {
            exhaustive |= case.guard.is_none() && case.pattern.is_irrefutable();
            paths.push(self.path(|it| {
                it.pattern(&case.pattern);
                it.read_all(case.guard.as_deref());
                it.block(&case.body);
            }));
        }
        if !exhaustive {
            paths.push(Some(self.defined.clone()));
        }
        self.join(paths);
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::MatchValue(value) => self.visit_expr(&value.value),
            Pattern::MatchSingleton(_) => {}
            Pattern::MatchSequence(sequence) => self.patterns(&sequence.patterns),
            Pattern::MatchMapping(mapping) => {
                self.read_all(&mapping.keys);
                self.patterns(&mapping.patterns);
                self.capture(mapping.rest.as_ref());
            }
            Pattern::MatchClass(class) => {
                self.visit_expr(&class.cls);
                self.patterns(&class.arguments.patterns);
                self.patterns(class.arguments.keywords.iter().map(|it| &it.pattern));
            }
            Pattern::MatchStar(star) => self.capture(star.name.as_ref()),
            Pattern::MatchAs(pattern) => {
                self.patterns(pattern.pattern.as_deref());
                self.capture(pattern.name.as_ref());
            }
            Pattern::MatchOr(either) => self.patterns(&either.patterns),
        }
    }

    fn patterns<'p>(&mut self, patterns: impl IntoIterator<Item = &'p Pattern>) {
        for pattern in patterns {
            self.pattern(pattern);
        }
    }

    /// Binds the name that a pattern gives to what it matches.
    fn capture(&mut self, name: Option<&ast::Identifier>) {
        if let Some(name) = name {
            self.bind(name, name.range());
        }
    }

    fn function(&mut self, function: &ast::StmtFunctionDef) {
        self.define(function);
        let names = function_names(Some(&function.parameters), &function.body);
        self.in_own_scope(function.type_params.as_deref(), |it| it.nested(names));
    }

    /// Runs `body` where type parameters (`def first[T: Bound](…)`) hide the names around them. What bounds them is looked
    /// at when somebody asks.
    fn in_own_scope(&mut self, parameters: Option<&ast::TypeParams>, body: impl FnOnce(&mut Self)) {
        let Some(parameters) = parameters else {
            body(self);
            return;
        };
        let (reads, captures) = (self.access.reads.clone(), self.access.captures.clone());
        let start = self.access.occurrences.len();
        let mut own = BTreeSet::new();
        for parameter in &parameters.type_params {
            own.insert(parameter.name().to_string());
            let bound = match parameter {
                ast::TypeParam::TypeVar(it) => it.bound.as_deref(),
                ast::TypeParam::TypeVarTuple(_) | ast::TypeParam::ParamSpec(_) => None,
            };
            for expression in bound.into_iter().chain(parameter.default()) {
                self.later(expression);
            }
        }
        body(self);
        for name in &own {
            if !reads.contains(name) {
                self.access.reads.remove(name);
            }
            if !captures.contains(name) {
                self.access.captures.remove(name);
            }
        }
        let new = self.access.occurrences.split_off(start);
        let seen = new.into_iter().filter(|(name, ..)| !own.contains(name));
        self.access.occurrences.extend(seen);
    }

    /// An expression that runs when its value is asked for.
    fn later(&mut self, expression: &Expr) {
        let names = Access::of_expression(expression);
        self.access.captures.extend(names.reads);
        self.visit_expr(expression);
    }

    /// What runs when a function is defined: decorators, defaults and annotations; then it has its name.
    fn define(&mut self, function: &ast::StmtFunctionDef) {
        self.read_all(function.decorator_list.iter().map(|it| &it.expression));
        self.in_own_scope(function.type_params.as_deref(), |it| {
            it.signature(&function.parameters);
            it.read_all(function.returns.as_deref());
        });
        self.bind(&function.name, function.name.range());
    }

    /// Defaults and annotations run when the function is defined.
    pub(super) fn signature(&mut self, parameters: &ast::Parameters) {
        for parameter in parameters {
            self.read_all(parameter.default());
            self.read_all(parameter.annotation());
        }
    }

    fn class(&mut self, class: &ast::StmtClassDef) {
        self.read_all(class.decorator_list.iter().map(|it| &it.expression));
        self.in_own_scope(class.type_params.as_deref(), |it| it.class_body(class));
        self.bind(&class.name, class.name.range());
    }

    fn class_body(&mut self, class: &ast::StmtClassDef) {
        if let Some(arguments) = &class.arguments {
            self.read_all(&arguments.args);
            self.read_all(arguments.keywords.iter().map(|keyword| &keyword.value));
        }
        // The body runs now, in a scope that its methods do not see.
        let mut inner = Self::default();
        let mut method_names = Vec::new();
        for statement in &class.body {
            if let Stmt::FunctionDef(method) = statement {
                inner.define(method);
                method_names.push(function_names(Some(&method.parameters), &method.body));
            } else {
                inner.statement(statement);
            }
        }
        let Access {
            reads,
            may,
            captures,
            globals,
            occurrences,
            ..
        } = inner.finish();
        self.access.captures.extend(captures);
        self.access.globals.extend(globals);
        for (name, range, occurrence) in occurrences {
            if occurrence == Occurrence::Load && (reads.contains(&name) || !may.contains(&name)) {
                self.read(&name, range);
            }
        }
        for names in method_names {
            self.nested(names);
        }
    }

    fn imports(&mut self, aliases: &[ast::Alias]) {
        for alias in aliases {
            self.import(alias);
        }
    }

    fn import(&mut self, alias: &ast::Alias) {
        let bound = match &alias.asname {
            Some(name) => name.as_str(),
            None => alias.name.split('.').next().unwrap_or_default(),
        };
        if bound != "*" {
            self.bind(bound, alias.range);
        }
    }

    fn targets(&mut self, targets: &[Expr]) {
        for target in targets {
            self.target(target);
        }
    }

    pub(super) fn target(&mut self, target: &Expr) {
        match target {
            Expr::Name(name) if name.ctx.is_del() => {
                if !self.defined.remove(name.id.as_str()) {
                    self.access.reads.insert(name.id.to_string());
                }
                self.access.deletes.insert(name.id.to_string());
                self.access
                    .occurrences
                    .push((name.id.to_string(), name.range, Occurrence::Delete));
            }
            Expr::Name(name) => self.bind(&name.id, name.range),
            Expr::Tuple(tuple) => self.targets(&tuple.elts),
            Expr::List(list) => self.targets(&list.elts),
            Expr::Starred(starred) => self.target(&starred.value),
            Expr::Attribute(attribute) => self.visit_expr(&attribute.value),
            Expr::Subscript(subscript) => {
                self.visit_expr(&subscript.value);
                self.visit_expr(&subscript.slice);
            }
            _ => self.visit_expr(target),
        }
    }
}

/// Whether a context is there to swallow exceptions, so that its body need not run to its end: `suppress(KeyError)`,
/// `pytest.raises(ValueError)`, or a stack that may hold such a context.
pub(crate) fn swallows(context: &Expr) -> bool {
    const SWALLOWING: [&str; 6] = [
        "AsyncExitStack",
        "ExitStack",
        "assertRaises",
        "assertRaisesRegex",
        "raises",
        "suppress",
    ];
    let name = match context.as_call_expr().map(|it| &*it.func) {
        Some(Expr::Name(it)) => it.id.as_str(),
        Some(Expr::Attribute(it)) => it.attr.as_str(),
        _ => return false,
    };
    SWALLOWING.contains(&name)
}

/// Whether a `break` leaves the loop that these statements are the body of.
fn contains_break(body: &[Stmt]) -> bool {
    body.iter().any(|statement| match statement {
        Stmt::Break(_) => true,
        Stmt::If(branch) => {
            contains_break(&branch.body)
                || branch
                    .elif_else_clauses
                    .iter()
                    .any(|it| contains_break(&it.body))
        }
        Stmt::With(with) => contains_break(&with.body),
        Stmt::Try(attempt) => {
            let handlers = attempt.handlers.iter().any(|handler| {
                let ast::ExceptHandler::ExceptHandler(handler) = handler;
                contains_break(&handler.body)
            });
            handlers
                || [&attempt.body, &attempt.orelse, &attempt.finalbody]
                    .iter()
                    .any(|block| contains_break(block))
        }
        Stmt::Match(matching) => matching.cases.iter().any(|it| contains_break(&it.body)),
        // `break` in the `else` of an inner loop leaves the outer one.
        Stmt::For(each) => contains_break(&each.orelse),
        Stmt::While(each) => contains_break(&each.orelse),
        _ => false,
    })
}
