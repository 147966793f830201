//! What a module defines, imports, calls and spells out: gathered in one walk, for every rule.

mod conditions;
mod imports;
mod names;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::module::Module;

pub(crate) use conditions::is_main_guard;
use conditions::{catches_warnings, is_about_python, is_filter};
use names::{spelled, strip_subscript, target_name};

/// A function or method.
#[derive(Debug)]
pub(crate) struct Function<'a> {
    pub node: &'a ast::StmtFunctionDef,
    /// Within its module: `Model.fit`, `outer.<locals>.inner`.
    pub name: String,
    /// Index of the class it is a method of.
    pub class: Option<usize>,
    /// Index of the function it is nested in.
    pub parent: Option<usize>,
    /// Parameters and names bound in the body, imports excepted.
    pub locals: BTreeSet<&'a str>,
    /// Names declared `global`.
    pub globals: BTreeSet<&'a str>,
    /// Variables with the expressions they are bound to, for types.
    pub bindings: BTreeMap<&'a str, Vec<&'a Expr>>,
    /// How often each name is bound, other than as a parameter.
    pub stores: BTreeMap<&'a str, usize>,
    pub is_generator: bool,
}

/// A class.
#[derive(Debug)]
pub(crate) struct Class<'a> {
    pub node: &'a ast::StmtClassDef,
    pub name: String,
    /// Index of the function it is nested in.
    pub function: Option<usize>,
}

/// An import of one name.
#[derive(Debug)]
pub(crate) struct Import<'a> {
    /// The module, absolute.
    pub module: String,
    /// What is imported from it.
    pub name: Option<&'a str>,
    pub range: TextRange,
    pub is_type_checking: bool,
    /// In the body of a `try`, or for some versions of Python or some systems only: the module may be missing.
    pub is_optional: bool,
    /// Index of the function that imports when it is called.
    pub function: Option<usize>,
    /// Runs with `if __name__ == "__main__"` only.
    pub is_guarded: bool,
}

/// A call.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub node: &'a ast::ExprCall,
    /// Index of the function that calls.
    pub function: Option<usize>,
    /// Runs when the module is imported.
    pub at_import: bool,
    /// Made for a `with` statement or as a decorator: what it changes is undone, or registered.
    pub is_scoped: bool,
}

/// An attribute of a name that is read.
#[derive(Debug)]
pub(crate) struct Attribute<'a> {
    pub node: &'a ast::ExprAttribute,
    /// Index of the function that reads it.
    pub function: Option<usize>,
    /// Runs when the module is imported.
    pub at_import: bool,
}

/// An item or attribute that is assigned to or deleted.
#[derive(Debug)]
pub(crate) struct Store<'a> {
    pub node: &'a Expr,
    /// Index of the function that does it.
    pub function: Option<usize>,
    /// Runs when the module is imported.
    pub at_import: bool,
}

/// A string literal, with the name it is given to.
#[derive(Debug)]
pub(crate) struct Literal<'a> {
    /// With the placeholders of f-strings as they are written.
    pub text: Cow<'a, str>,
    pub range: TextRange,
    pub name: Option<&'a str>,
    pub is_docstring: bool,
}

/// What a module holds, in source order.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    pub module: &'a Module,
    pub functions: Vec<Function<'a>>,
    pub classes: Vec<Class<'a>>,
    pub imports: Vec<Import<'a>>,
    pub calls: Vec<Call<'a>>,
    pub literals: Vec<Literal<'a>>,
    /// Names bound by imports anywhere in the module, and what they mean.
    pub names: BTreeMap<&'a str, String>,
    /// Names bound at module level other than by imports, with the first place.
    pub globals: BTreeMap<&'a str, TextRange>,
    /// Module variables with the expressions they are bound to.
    pub bindings: BTreeMap<&'a str, Vec<&'a Expr>>,
    /// Attributes of names that are read: `os.environ`.
    pub attributes: Vec<Attribute<'a>>,
    /// Items and attributes that are assigned to or deleted.
    pub stores: Vec<Store<'a>>,
    /// Where `if __name__ == "__main__":` stands.
    pub guard: Option<TextRange>,
}

impl<'a> Index<'a> {
    pub(crate) fn of(module: &'a Module) -> Self {
        let mut collector = Collector {
            index: Self {
                module,
                functions: Vec::new(),
                classes: Vec::new(),
                imports: Vec::new(),
                calls: Vec::new(),
                literals: Vec::new(),
                names: BTreeMap::new(),
                globals: BTreeMap::new(),
                bindings: BTreeMap::new(),
                attributes: Vec::new(),
                stores: Vec::new(),
                guard: None,
            },
            function: None,
            class: None,
            prefix: String::new(),
            lambdas: 0,
            is_type_checking: false,
            is_optional: false,
            is_guarded: false,
            hint: None,
            is_docstring: false,
            scoped: None,
            catches: 0,
        };
        collector.body(module.statements());
        collector.index
    }

    /// Whether a name is bound in a function or one around it, so that it is not the module's.
    pub(crate) fn is_local(&self, function: Option<usize>, name: &str) -> bool {
        let mut current = function;
        while let Some(at) = current {
            let function = &self.functions[at];
            if function.locals.contains(name) && !function.globals.contains(name) {
                return true;
            }
            current = function.parent;
        }
        false
    }

    /// The qualified name of what an expression in `function` refers to: `pandas.read_csv`, `churn.domain.clean`,
    /// `print`. `None` for variables.
    pub(crate) fn qualified(&self, function: Option<usize>, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Name(name) => {
                let id = name.id.as_str();
                if self.is_local(function, id) {
                    return None;
                }
                if let Some(imported) = self.names.get(id) {
                    return Some(imported.clone());
                }
                match self.globals.contains_key(id) {
                    false => Some(id.to_owned()),
                    true if self.is_defined(id) && self.module.name.is_empty() => {
                        Some(id.to_owned())
                    }
                    true if self.is_defined(id) => Some(format!("{}.{id}", self.module.name)),
                    true => None,
                }
            }
            Expr::Attribute(attribute) => {
                let base = self.qualified(function, &attribute.value)?;
                let is_builtin = matches!(&*attribute.value, Expr::Name(name) if !self.names.contains_key(name.id.as_str()) && !self.globals.contains_key(name.id.as_str()));
                (!is_builtin || matches!(base.as_str(), "dict" | "str" | "object"))
                    .then(|| format!("{base}.{}", attribute.attr))
            }
            _ => None,
        }
    }

    fn is_defined(&self, name: &str) -> bool {
        self.functions.iter().any(|it| it.name == name)
            || self.classes.iter().any(|it| it.name == name)
    }

    /// The function of this name within the module.
    pub(crate) fn function(&self, name: &str) -> Option<usize> {
        self.functions.iter().position(|it| it.name == name)
    }

    /// The class of this name within the module.
    pub(crate) fn class(&self, name: &str) -> Option<usize> {
        self.classes.iter().position(|it| it.name == name)
    }

    /// Qualified names of the bases of a class.
    pub(crate) fn bases(&self, class: &Class<'a>) -> Vec<String> {
        let bases = class.node.bases().iter().map(strip_subscript);
        bases
            .filter_map(|base| self.qualified(class.function, base))
            .collect()
    }
}

struct Collector<'a> {
    index: Index<'a>,
    function: Option<usize>,
    class: Option<usize>,
    prefix: String,
    lambdas: usize,
    is_type_checking: bool,
    is_optional: bool,
    is_guarded: bool,
    hint: Option<&'a str>,
    is_docstring: bool,
    /// The call that is visited next, when it is scoped.
    scoped: Option<TextRange>,
    /// How many `with warnings.catch_warnings()` are around.
    catches: usize,
}

impl<'a> Collector<'a> {
    /// A suite: its first statement may be a docstring.
    fn body(&mut self, statements: impl Iterator<Item = &'a Stmt>) {
        for (at, statement) in statements.enumerate() {
            if let (0, Stmt::Expr(expression)) = (at, statement)
                && matches!(&*expression.value, Expr::StringLiteral(_))
            {
                self.is_docstring = true;
                self.visit_expr(&expression.value);
                self.is_docstring = false;
                continue;
            }
            self.visit_stmt(statement);
        }
    }

    fn bind(&mut self, name: &'a str, range: TextRange) {
        match self.function {
            Some(at) => {
                let function = &mut self.index.functions[at];
                function.locals.insert(name);
                *function.stores.entry(name).or_default() += 1;
            }
            None if self.class.is_none() => {
                self.index.globals.entry(name).or_insert(range);
            }
            None => {}
        }
    }

    fn bind_value(&mut self, target: &'a Expr, value: &'a Expr) {
        let Expr::Name(name) = target else { return };
        match self.function {
            Some(at) => {
                self.index.functions[at]
                    .bindings
                    .entry(name.id.as_str())
                    .or_default()
                    .push(value);
            }
            None if self.class.is_none() => {
                self.index
                    .bindings
                    .entry(name.id.as_str())
                    .or_default()
                    .push(value);
            }
            None => {}
        }
    }

    fn define_function(&mut self, node: &'a ast::StmtFunctionDef) {
        self.bind(node.name.as_str(), node.name.range());
        for decorator in &node.decorator_list {
            self.scoped(&decorator.expression);
        }
        for parameter in node.parameters.iter_non_variadic_params() {
            if let Some(default) = &parameter.default {
                self.hinted(Some(parameter.name().as_str()), default);
            }
        }
        for parameter in &node.parameters {
            if let Some(annotation) = parameter.annotation() {
                self.visit_expr(annotation);
            }
        }
        if let Some(returns) = &node.returns {
            self.visit_expr(returns);
        }
        let name = format!("{}{}", self.prefix, node.name);
        let locals = node
            .parameters
            .iter()
            .map(|it| it.name().as_str())
            .collect();
        self.index.functions.push(Function {
            node,
            name: name.clone(),
            class: self.class,
            parent: self.function,
            locals,
            globals: BTreeSet::new(),
            bindings: BTreeMap::new(),
            stores: BTreeMap::new(),
            is_generator: false,
        });
        let at = self.index.functions.len() - 1;
        let function = self.function.replace(at);
        let class = self.class.take();
        let prefix = std::mem::replace(&mut self.prefix, format!("{name}.<locals>."));
        let lambdas = std::mem::take(&mut self.lambdas);
        self.body(node.body.iter());
        (self.function, self.class, self.prefix, self.lambdas) = (function, class, prefix, lambdas);
    }

    fn define_class(&mut self, node: &'a ast::StmtClassDef) {
        self.bind(node.name.as_str(), node.name.range());
        for decorator in &node.decorator_list {
            self.scoped(&decorator.expression);
        }
        if let Some(arguments) = &node.arguments {
            self.visit_arguments(arguments);
        }
        let name = format!("{}{}", self.prefix, node.name);
        self.index.classes.push(Class {
            node,
            name: name.clone(),
            function: self.function,
        });
        let at = self.index.classes.len() - 1;
        let class = self.class.replace(at);
        let prefix = std::mem::replace(&mut self.prefix, format!("{name}."));
        self.body(node.body.iter());
        (self.class, self.prefix) = (class, prefix);
    }

    /// Whether what is visited runs when the module is imported.
    fn is_import_time(&self) -> bool {
        self.function.is_none() && self.lambdas == 0 && !self.is_guarded && !self.is_type_checking
    }

    fn hinted(&mut self, name: Option<&'a str>, value: &'a Expr) {
        let before = std::mem::replace(&mut self.hint, name);
        self.visit_expr(value);
        self.hint = before;
    }

    /// Visits what a `with` statement enters, or a decorator.
    fn scoped(&mut self, expression: &'a Expr) {
        self.scoped = expression.is_call_expr().then(|| expression.range());
        self.visit_expr(expression);
    }

    fn branch(&mut self, node: &'a ast::StmtIf) {
        self.visit_expr(&node.test);
        let (checking, guarded) = (self.is_type_checking, self.is_guarded);
        let optional = self.is_optional;
        self.is_optional |= is_about_python(&node.test);
        self.is_type_checking |= srcify_syntax::is_type_checking(&node.test);
        if is_main_guard(&node.test) && self.function.is_none() {
            self.is_guarded = true;
            self.index.guard.get_or_insert(node.range());
        }
        self.body_plain(&node.body);
        (self.is_type_checking, self.is_guarded) = (checking, guarded);
        for clause in &node.elif_else_clauses {
            if let Some(test) = &clause.test {
                self.visit_expr(test);
            }
            self.body_plain(&clause.body);
        }
        self.is_optional = optional;
    }

    fn body_plain(&mut self, statements: &'a [Stmt]) {
        for it in statements {
            self.visit_stmt(it);
        }
    }

    fn call(&mut self, node: &'a ast::ExprCall) {
        self.index.calls.push(Call {
            node,
            function: self.function,
            at_import: self.is_import_time(),
            is_scoped: self.scoped.take() == Some(node.range())
                || (self.catches > 0 && is_filter(node)),
        });
        self.visit_expr(&node.func);
        for argument in &node.arguments.args {
            self.visit_expr(argument);
        }
        for keyword in &node.arguments.keywords {
            let name = keyword.arg.as_ref().map(ast::Identifier::as_str);
            self.hinted(name, &keyword.value);
        }
    }

    fn dictionary(&mut self, node: &'a ast::ExprDict) {
        for item in &node.items {
            let name = item.key.as_ref().and_then(|key| match key {
                Expr::StringLiteral(text) => Some(text.value.to_str()),
                _ => None,
            });
            if let Some(key) = &item.key {
                self.visit_expr(key);
            }
            self.hinted(name, &item.value);
        }
    }

    /// `a += b` leaves `a` what it was: no other value is bound.
    fn keep(&mut self, node: &'a ast::StmtAugAssign) {
        if let (Expr::Name(name), Some(at)) = (&*node.target, self.function)
            && let Some(stores) = self.index.functions[at].stores.get_mut(name.id.as_str())
        {
            *stores -= 1;
        }
    }

    fn with(&mut self, node: &'a ast::StmtWith) {
        for item in &node.items {
            self.scoped(&item.context_expr);
            if let Some(target) = item.optional_vars.as_deref() {
                self.bind_value(target, &item.context_expr);
                self.visit_expr(target);
            }
        }
        let catches = node
            .items
            .iter()
            .any(|it| catches_warnings(&it.context_expr));
        self.catches += usize::from(catches);
        self.body_plain(&node.body);
        self.catches -= usize::from(catches);
    }

    fn assign(&mut self, targets: &'a [Expr], value: &'a Expr) {
        let hint = targets.first().and_then(target_name);
        if let (Expr::Tuple(names), Expr::Tuple(values)) = (&targets[0], value) {
            for (name, value) in names.elts.iter().zip(&values.elts) {
                self.hinted(target_name(name), value);
                self.bind_value(name, value);
            }
        } else {
            self.hinted(hint, value);
        }
        for target in targets {
            self.visit_expr(target);
            self.bind_value(target, value);
        }
    }
}

impl<'a> Visitor<'a> for Collector<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(node) => self.define_function(node),
            Stmt::ClassDef(node) => self.define_class(node),
            Stmt::Import(node) => self.import_modules(node),
            Stmt::ImportFrom(node) => self.import_from(node),
            Stmt::If(node) => self.branch(node),
            Stmt::Try(node) => {
                let before = std::mem::replace(&mut self.is_optional, true);
                self.body_plain(&node.body);
                for ast::ExceptHandler::ExceptHandler(handler) in &node.handlers {
                    if let Some(name) = &handler.name {
                        self.bind(name.as_str(), name.range());
                    }
                    // What is done about a failure is no effect of importing.
                    let guarded = std::mem::replace(&mut self.is_guarded, true);
                    self.body_plain(&handler.body);
                    self.is_guarded = guarded;
                }
                self.is_optional = before;
                self.body_plain(&node.orelse);
                self.body_plain(&node.finalbody);
            }
            Stmt::Global(node) => {
                if let Some(at) = self.function {
                    let names = node.names.iter().map(ast::Identifier::as_str);
                    self.index.functions[at].globals.extend(names);
                }
            }
            Stmt::Assign(node) => self.assign(&node.targets, &node.value),
            Stmt::AnnAssign(node) => {
                self.visit_expr(&node.annotation);
                if let Some(value) = &node.value {
                    self.hinted(target_name(&node.target), value);
                    self.bind_value(&node.target, value);
                }
                self.visit_expr(&node.target);
            }
            Stmt::AugAssign(node) => {
                walk_stmt(self, statement);
                self.keep(node);
            }
            Stmt::With(node) => self.with(node),
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let hint = self.hint.take();
        match expression {
            Expr::StringLiteral(node) => {
                self.index.literals.push(Literal {
                    text: Cow::Borrowed(node.value.to_str()),
                    range: node.range(),
                    name: hint,
                    is_docstring: self.is_docstring,
                });
            }
            Expr::FString(node) => {
                self.index.literals.push(Literal {
                    text: Cow::Owned(spelled(self.index.module, node)),
                    range: node.range(),
                    name: hint,
                    is_docstring: false,
                });
                walk_expr(self, expression);
            }
            Expr::Name(node) if !node.ctx.is_load() => self.bind(node.id.as_str(), node.range()),
            Expr::Call(node) => self.call(node),
            Expr::Dict(node) => self.dictionary(node),
            Expr::Attribute(node) if node.ctx.is_load() && node.value.is_name_expr() => {
                self.index.attributes.push(Attribute {
                    node,
                    function: self.function,
                    at_import: self.is_import_time(),
                });
            }
            Expr::Subscript(ast::ExprSubscript { ctx, .. })
            | Expr::Attribute(ast::ExprAttribute { ctx, .. })
                if !ctx.is_load() =>
            {
                self.index.stores.push(Store {
                    node: expression,
                    function: self.function,
                    at_import: self.is_import_time(),
                });
                walk_expr(self, expression);
            }
            Expr::Lambda(_) => {
                self.lambdas += 1;
                walk_expr(self, expression);
                self.lambdas -= 1;
            }
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                if let Some(at) = self.function {
                    self.index.functions[at].is_generator = true;
                }
                walk_expr(self, expression);
            }
            _ => walk_expr(self, expression),
        }
    }
}
