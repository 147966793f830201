//! Which names of the module a statement reads, binds and captures.
//!
//! Follows Python's binding rules (language reference, "Naming and binding"): functions, lambdas and comprehensions have
//! scopes of their own, class bodies run at once, the first iterable of a comprehension belongs to the outer scope, and a
//! name that a function binds anywhere is local everywhere in it.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Pattern, Stmt};
use srcify_syntax::{Ranged, TextRange};

/// How a name occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occurrence {
    /// Its value is read.
    Load,
    /// It is bound: assignment, loop target, definition, import.
    Store,
    /// It is deleted.
    Delete,
}

/// What a statement does to the names of its scope.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Names whose value from before the statement may be read while it runs.
    pub reads: BTreeSet<String>,
    /// Names that are bound whenever the statement completes.
    pub must: BTreeSet<String>,
    /// Names that may be bound, `must` included.
    pub may: BTreeSet<String>,
    /// Names that may be deleted.
    pub deletes: BTreeSet<String>,
    /// Names read by code that may run later: lambdas, nested functions, generator expressions.
    pub captures: BTreeSet<String>,
    /// Names that nested functions declare `global`.
    pub globals: BTreeSet<String>,
    /// Every place where a name of this scope stands, in source order, those in nested scopes included.
    pub occurrences: Vec<(String, TextRange, Occurrence)>,
}

impl Access {
    /// Of one statement at module level.
    pub fn of(statement: &Stmt) -> Self {
        let mut collector = Collector::default();
        collector.statement(statement);
        collector.finish()
    }

    /// Of one expression at module level.
    pub fn of_expression(expression: &Expr) -> Self {
        let mut collector = Collector::default();
        collector.visit_expr(expression);
        collector.finish()
    }
}

/// The names of the enclosing scopes that a function reads when it is called, and its own.
#[derive(Debug, Clone, Default)]
pub struct FunctionNames {
    /// Names that are no locals: globals, builtins, names of enclosing functions.
    pub free: BTreeSet<String>,
    /// Parameters and names bound in the body.
    pub locals: BTreeSet<String>,
    /// Names declared `global`.
    pub globals: BTreeSet<String>,
    /// Every place of a name that is not local.
    pub occurrences: Vec<(String, TextRange, Occurrence)>,
}

/// The names of a function: `parameters` are its own, `body` runs when it is called.
pub fn function_names(parameters: Option<&ast::Parameters>, body: &[Stmt]) -> FunctionNames {
    let mut collector = Collector::default();
    for statement in body {
        collector.statement(statement);
    }
    collector.into_function(parameters)
}

fn lambda_names(lambda: &ast::ExprLambda) -> FunctionNames {
    let mut collector = Collector::default();
    collector.visit_expr(&lambda.body);
    collector.into_function(lambda.parameters.as_deref())
}

/// Walks the statements of one scope in the order in which they run.
#[derive(Default)]
struct Collector {
    access: Access,
    /// Names bound on every path to here.
    defined: BTreeSet<String>,
    /// Control does not get here.
    terminated: bool,
    nonlocals: BTreeSet<String>,
    own_globals: BTreeSet<String>,
}

impl Collector {
    fn finish(mut self) -> Access {
        self.access.must = self.defined;
        self.access.globals.extend(self.own_globals);
        self.access
    }

    fn into_function(self, parameters: Option<&ast::Parameters>) -> FunctionNames {
        let Self {
            access,
            nonlocals,
            own_globals,
            ..
        } = self;
        let mut locals: BTreeSet<String> = parameters
            .into_iter()
            .flat_map(|it| it.iter())
            .map(|it| it.name().to_string())
            .collect();
        locals.extend(access.may.iter().chain(&access.deletes).cloned());
        for name in own_globals.iter().chain(&nonlocals) {
            locals.remove(name);
        }
        let occurrences: Vec<_> = access
            .occurrences
            .into_iter()
            .filter(|(name, ..)| !locals.contains(name))
            .collect();
        let free = occurrences.iter().map(|(name, ..)| name.clone()).collect();
        let mut globals = access.globals;
        globals.extend(own_globals);
        FunctionNames {
            free,
            locals,
            globals,
            occurrences,
        }
    }

    fn read(&mut self, name: &str, range: TextRange) {
        if !self.defined.contains(name) {
            self.access.reads.insert(name.to_owned());
        }
        self.access
            .occurrences
            .push((name.to_owned(), range, Occurrence::Load));
    }

    fn bind(&mut self, name: &str, range: TextRange) {
        self.defined.insert(name.to_owned());
        self.access.may.insert(name.to_owned());
        self.access
            .occurrences
            .push((name.to_owned(), range, Occurrence::Store));
    }

    fn read_all<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expr>) {
        for expression in expressions {
            self.visit_expr(expression);
        }
    }

    /// Adds the names that code of a nested scope reads from this one, now or later.
    fn nested(&mut self, names: FunctionNames) {
        self.access.captures.extend(names.free);
        self.access.globals.extend(names.globals);
        for (name, range, occurrence) in names.occurrences {
            if occurrence == Occurrence::Load {
                self.read(&name, range);
            } else {
                self.access.occurrences.push((name, range, occurrence));
            }
        }
    }

    fn block(&mut self, statements: &[Stmt]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    /// Runs `body` as one of several paths: returns what is defined at its end, or `None` when it does not end.
    fn path(&mut self, body: impl FnOnce(&mut Self)) -> Option<BTreeSet<String>> {
        let before = self.defined.clone();
        let terminated = std::mem::replace(&mut self.terminated, false);
        body(self);
        let after = std::mem::replace(&mut self.defined, before);
        let ended = std::mem::replace(&mut self.terminated, terminated);
        (!ended).then_some(after)
    }

    /// Continues after paths of which one was taken.
    fn join(&mut self, paths: Vec<Option<BTreeSet<String>>>) {
        let mut open = paths.into_iter().flatten();
        match open.next() {
            Some(first) => {
                self.defined = open.fold(first, |all, path| {
                    all.intersection(&path).cloned().collect()
                });
            }
            None => self.terminated = true,
        }
    }

    fn statement(&mut self, statement: &Stmt) {
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
                self.visit_expr(&alias.value);
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
                self.path(|it| it.block(&each.orelse));
            }
            Stmt::While(each) => {
                self.visit_expr(&each.test);
                self.path(|it| it.block(&each.body));
                self.path(|it| it.block(&each.orelse));
            }
            Stmt::With(with) => {
                for item in &with.items {
                    self.visit_expr(&item.context_expr);
                    if let Some(target) = &item.optional_vars {
                        self.target(target);
                    }
                }
                // A context manager may swallow an exception: what the body binds is not certain afterwards, unless
                // nothing fails; inputs that run to the end are our premise, and there the whole body ran.
                self.block(&with.body);
            }
            Stmt::Try(attempt) => self.attempt(attempt),
            Stmt::Match(matching) => self.matching(matching),
            _ => {}
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
        self.nested(function_names(Some(&function.parameters), &function.body));
    }

    /// What runs when a function is defined: decorators, defaults and annotations; then it has its name.
    fn define(&mut self, function: &ast::StmtFunctionDef) {
        self.read_all(function.decorator_list.iter().map(|it| &it.expression));
        self.signature(&function.parameters);
        self.read_all(function.returns.as_deref());
        self.bind(&function.name, function.name.range());
    }

    /// Defaults and annotations run when the function is defined.
    fn signature(&mut self, parameters: &ast::Parameters) {
        for parameter in parameters {
            self.read_all(parameter.default());
            self.read_all(parameter.annotation());
        }
    }

    fn class(&mut self, class: &ast::StmtClassDef) {
        self.read_all(class.decorator_list.iter().map(|it| &it.expression));
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
        self.bind(&class.name, class.name.range());
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

    fn target(&mut self, target: &Expr) {
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

    fn comprehension(
        &mut self,
        generators: &[ast::Comprehension],
        results: &[&Expr],
        is_lazy: bool,
    ) {
        let Some(first) = generators.first() else {
            return;
        };
        self.visit_expr(&first.iter);
        let mut inner = Self::default();
        for (index, generator) in generators.iter().enumerate() {
            if index > 0 {
                inner.visit_expr(&generator.iter);
            }
            inner.target(&generator.target);
            inner.read_all(&generator.ifs);
        }
        inner.read_all(results.iter().copied());
        let mut targets = BTreeSet::new();
        for generator in generators {
            bound_names(&generator.target, &mut targets);
        }
        let Access {
            captures,
            globals,
            occurrences,
            ..
        } = inner.finish();
        self.access
            .captures
            .extend(captures.into_iter().filter(|name| !targets.contains(name)));
        self.access.globals.extend(globals);
        for (name, range, occurrence) in occurrences {
            if targets.contains(&name) {
                continue;
            }
            if occurrence == Occurrence::Load {
                if is_lazy {
                    self.access.captures.insert(name.clone());
                }
                self.read(&name, range);
            } else {
                // A walrus binds in the scope that holds the comprehension, if it runs at all.
                self.access.may.insert(name.clone());
                self.access.occurrences.push((name, range, occurrence));
            }
        }
    }
}

/// The names that a target binds.
pub fn bound_names(target: &Expr, names: &mut BTreeSet<String>) {
    match target {
        Expr::Name(name) => {
            names.insert(name.id.to_string());
        }
        Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
            for element in elts {
                bound_names(element, names);
            }
        }
        Expr::Starred(starred) => bound_names(&starred.value, names),
        _ => {}
    }
}

impl<'a> Visitor<'a> for Collector {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => self.read(&name.id, name.range),
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                self.target(&named.target);
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.signature(parameters);
                }
                self.nested(lambda_names(lambda));
            }
            Expr::ListComp(it) => self.comprehension(&it.generators, &[&it.elt], false),
            Expr::SetComp(it) => self.comprehension(&it.generators, &[&it.elt], false),
            Expr::Generator(it) => self.comprehension(&it.generators, &[&it.elt], true),
            Expr::DictComp(it) => {
                let results: Vec<&Expr> =
                    it.key.as_deref().into_iter().chain([&*it.value]).collect();
                self.comprehension(&it.generators, &results, false);
            }
            // Only the first operand, and only the test, are sure to run.
            Expr::BoolOp(it) => {
                let mut values = it.values.iter();
                self.read_all(values.next());
                self.path(|collector| collector.read_all(values));
            }
            Expr::If(it) => {
                self.visit_expr(&it.test);
                let paths = vec![
                    self.path(|collector| collector.visit_expr(&it.body)),
                    self.path(|collector| collector.visit_expr(&it.orelse)),
                ];
                self.join(paths);
            }
            _ => walk_expr(self, expression),
        }
    }
}

/// Occurrences grouped by name.
pub fn by_name(occurrences: &[(String, TextRange, Occurrence)]) -> BTreeMap<&str, Vec<TextRange>> {
    let mut found: BTreeMap<&str, Vec<TextRange>> = BTreeMap::new();
    for (name, range, _) in occurrences {
        found.entry(name).or_default().push(*range);
    }
    found
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};
    use srcify_syntax::{ParsedSnippet, snippet};

    use super::*;

    fn check(python: &str, expected: Expect) {
        let snippet: ParsedSnippet = snippet(python);
        let mut text = String::new();
        for statement in snippet.statements() {
            let access = Access::of(statement);
            let Access {
                reads,
                must,
                may,
                captures,
                ..
            } = access;
            writeln!(
                text,
                "reads {reads:?} must {must:?} may {may:?} captures {captures:?}"
            )
            .unwrap();
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn branches_bind_what_all_of_them_bind() {
        check(
            "if c:\n    x = 1\n    y = 2\nelse:\n    x = 3\n",
            expect![[r#"
                reads {"c"} must {"x"} may {"x", "y"} captures {}
            "#]],
        );
    }

    #[test]
    fn a_branch_that_raises_does_not_count() {
        check(
            "if c:\n    raise E\nelse:\n    x = 3\n",
            expect![[r#"
                reads {"E", "c"} must {"x"} may {"x"} captures {}
            "#]],
        );
    }

    #[test]
    fn a_loop_may_not_run_and_carries_values() {
        check(
            "for i in xs:\n    total = total + i\n",
            expect![[r#"
                reads {"total", "xs"} must {} may {"i", "total"} captures {}
            "#]],
        );
    }

    #[test]
    fn comprehensions_and_lambdas_have_their_own_scopes() {
        check(
            "y = [x * k for x in xs if (w := x)]\nf = lambda a: a + b\n",
            expect![[r#"
                reads {"k", "xs"} must {"y"} may {"w", "y"} captures {}
                reads {"b"} must {"f"} may {"f"} captures {"b"}
            "#]],
        );
    }

    #[test]
    fn class_bodies_run_at_once_and_methods_later() {
        check(
            "class A(B):\n    x = n\n    y = x\n    def m(self):\n        return x + k\n",
            expect![[r#"
                reads {"B", "k", "n", "x"} must {"A"} may {"A"} captures {"k", "x"}
            "#]],
        );
    }
}
