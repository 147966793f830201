//! What one file says: the places of its names, and what it imports.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Access, Occurrence};
use srcify_syntax::ast::visitor::{self, Visitor};
use srcify_syntax::ast::{self, Expr, Pattern, Stmt};
use srcify_syntax::{Program, Ranged, TextRange};

/// A file of the program: the input, or a local module.
#[derive(Debug)]
pub(crate) struct File {
    /// Its dotted name; empty for the input.
    pub name: String,
    /// It is the `__init__.py` of a package.
    pub is_package: bool,
    pub program: Program,
    /// By unit.
    pub access: Vec<Access>,
    pub words: Words,
    /// Names that `import *` brings from local modules.
    brought: BTreeSet<String>,
}

impl File {
    pub(crate) fn new(name: &str, is_package: bool, program: Program) -> Self {
        let units = program.units();
        let access = units
            .iter()
            .map(|unit| Access::of(program.statement(unit.id)))
            .collect();
        let words = Words::of(&program);
        Self {
            name: name.to_owned(),
            is_package,
            program,
            access,
            words,
            brought: BTreeSet::new(),
        }
    }

    /// Notes names that `import *` brings; whether any is new.
    pub(crate) fn bring(&mut self, names: Vec<String>) -> bool {
        let before = self.brought.len();
        self.brought.extend(names);
        self.brought.len() > before
    }

    /// Whether a name is bound at module level.
    pub(crate) fn binds(&self, name: &str) -> bool {
        let bound = |access: &Access| access.may.contains(name) || access.globals.contains(name);
        self.brought.contains(name) || self.access.iter().any(bound)
    }

    /// Names bound at module level.
    pub(crate) fn top_names(&self) -> BTreeSet<&String> {
        let names = self
            .access
            .iter()
            .flat_map(|access| access.may.iter().chain(&access.globals));
        names.chain(&self.brought).collect()
    }

    /// Whether a name is bound once, at module level, and never again.
    pub(crate) fn is_stable(&self, name: &str) -> bool {
        let stores = self
            .access
            .iter()
            .flat_map(|access| &access.occurrences)
            .filter(|(other, _, occurrence)| other == name && *occurrence != Occurrence::Load);
        stores.count() == 1 && !self.access.iter().any(|it| it.globals.contains(name))
    }

    /// The names that `import *` takes: those of `__all__`, else those without underscore. `None` when `__all__` is
    /// computed.
    pub(crate) fn public_names(&self) -> Option<BTreeSet<String>> {
        if self.binds("__all__") {
            let mut names = None;
            for unit in self.program.units() {
                match self.program.statement(unit.id) {
                    Stmt::Assign(assign) if is_name(&assign.targets, "__all__") => {
                        names = Some(strings(&assign.value)?);
                    }
                    statement if Access::of(statement).may.contains("__all__") => return None,
                    _ => {}
                }
            }
            return names;
        }
        let names = self.top_names().into_iter();
        Some(
            names
                .filter(|name| !name.starts_with('_'))
                .cloned()
                .collect(),
        )
    }
}

fn is_name(targets: &[Expr], wanted: &str) -> bool {
    matches!(targets, [Expr::Name(name)] if name.id == wanted)
}

fn strings(expression: &Expr) -> Option<BTreeSet<String>> {
    let (Expr::List(ast::ExprList { elts, .. }) | Expr::Tuple(ast::ExprTuple { elts, .. })) =
        expression
    else {
        return None;
    };
    let texts = elts.iter().map(|element| {
        let text = element.as_string_literal_expr()?;
        Some(text.value.to_str().to_owned())
    });
    texts.collect()
}

/// `base.first.second`, as it stands.
#[derive(Debug)]
pub(crate) struct Chain {
    pub base: String,
    pub base_range: TextRange,
    /// Attributes with the range from the base to each.
    pub attributes: Vec<(String, TextRange)>,
    /// The last attribute is read, not bound or deleted.
    pub is_load: bool,
}

/// Where a word stands as a name.
#[derive(Debug, Default)]
pub(crate) struct Word {
    /// Where it is read alone.
    pub loads: Vec<TextRange>,
    /// Bindings by anything but imports: parameters, assignments, definitions, `global`…
    pub bindings: usize,
    /// The bindings by imports: indexes into [`Words::imports`] with those of the name in the statement.
    pub imports: Vec<(usize, usize)>,
    /// An f-string shows it with its name: `f"{x=}"`.
    pub is_shown: bool,
}

/// What an import statement imports under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Imported {
    /// `import a.b`
    Module(String),
    /// `from a import b`: dots, module, member.
    Member(u32, String, String),
}

/// One name of an import statement.
#[derive(Debug)]
pub(crate) struct ImportedName {
    pub what: Imported,
    pub alias: Option<String>,
}

impl ImportedName {
    /// The name that is bound.
    pub(crate) fn bound(&self) -> &str {
        match (&self.alias, &self.what) {
            (Some(alias), _) => alias,
            (None, Imported::Module(name)) => name.split('.').next().unwrap_or(name),
            (None, Imported::Member(_, _, member)) => member,
        }
    }
}

/// An import statement.
#[derive(Debug)]
pub(crate) struct Import {
    pub range: TextRange,
    /// Index of the top-level statement that holds it, or is it.
    pub unit: usize,
    /// It is a top-level statement itself.
    pub is_top: bool,
    pub names: Vec<ImportedName>,
}

/// Every name of a file, in any scope, and every import.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub by_name: BTreeMap<String, Word>,
    pub chains: Vec<Chain>,
    pub imports: Vec<Import>,
    /// Statements that load a module again, with the word for it: `reload(utils)`.
    pub reloads: Vec<(String, TextRange, bool)>,
    /// Names in `global` statements.
    pub globals: Vec<(String, TextRange)>,
    unit: usize,
    depth: usize,
}

impl Words {
    pub(crate) fn of(program: &Program) -> Self {
        let mut words = Self::default();
        for (index, unit) in program.units().iter().enumerate() {
            words.unit = index;
            words.visit_stmt(program.statement(unit.id));
        }
        words
    }

    /// Whether a word is a name anywhere.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    fn bind(&mut self, name: &str) {
        self.by_name.entry(name.to_owned()).or_default().bindings += 1;
    }

    fn import(&mut self, range: TextRange, names: Vec<ImportedName>) {
        let index = self.imports.len();
        for (position, name) in names.iter().enumerate() {
            let word = self.by_name.entry(name.bound().to_owned()).or_default();
            word.imports.push((index, position));
        }
        self.imports.push(Import {
            range,
            unit: self.unit,
            is_top: self.depth == 0,
            names,
        });
    }

    /// Puts the names that `import *` brings in its place.
    pub(crate) fn write_star(&mut self, import: usize, names: Vec<ImportedName>) {
        if let Some(star) = self.by_name.get_mut("*") {
            star.imports.retain(|(index, _)| *index != import);
        }
        for (position, name) in names.iter().enumerate() {
            let word = self.by_name.entry(name.bound().to_owned()).or_default();
            word.imports.push((import, position));
        }
        self.imports[import].names = names;
    }

    fn chain(&mut self, expression: &Expr) -> bool {
        let mut attributes = Vec::new();
        let mut inner = expression;
        while let Expr::Attribute(attribute) = inner {
            attributes.push((attribute.attr.to_string(), attribute.range));
            inner = &attribute.value;
        }
        let (Expr::Name(base), Expr::Attribute(outer)) = (inner, expression) else {
            return false;
        };
        attributes.reverse();
        self.by_name.entry(base.id.to_string()).or_default();
        self.chains.push(Chain {
            base: base.id.to_string(),
            base_range: base.range,
            attributes,
            is_load: outer.ctx.is_load(),
        });
        true
    }

    fn statement(&mut self, statement: &Stmt) {
        let alias = |alias: &ast::Alias| alias.asname.as_ref().map(ToString::to_string);
        match statement {
            Stmt::Import(import) => {
                let names = import.names.iter().map(|it| ImportedName {
                    what: Imported::Module(it.name.to_string()),
                    alias: alias(it),
                });
                self.import(import.range, names.collect());
            }
            Stmt::ImportFrom(import) => {
                let module = import.module.as_ref().map(ToString::to_string);
                let module = module.unwrap_or_default();
                let names = import.names.iter().map(|it| ImportedName {
                    what: Imported::Member(import.level, module.clone(), it.name.to_string()),
                    alias: alias(it),
                });
                self.import(import.range, names.collect());
            }
            Stmt::FunctionDef(function) => self.bind(&function.name),
            Stmt::ClassDef(class) => self.bind(&class.name),
            Stmt::Global(ast::StmtGlobal { names, .. }) => {
                for name in names {
                    self.bind(name);
                    self.globals.push((name.to_string(), name.range()));
                }
            }
            Stmt::Nonlocal(nonlocal) => nonlocal.names.iter().for_each(|name| self.bind(name)),
            Stmt::Expr(expression) => {
                if let Some(word) = reloaded(&expression.value) {
                    let is_top = self.depth == 0;
                    self.reloads
                        .push((word.to_owned(), expression.range, is_top));
                }
            }
            _ => {}
        }
    }
}

/// The module that `reload(module)` or `importlib.reload(module)` loads again.
fn reloaded(expression: &Expr) -> Option<&str> {
    let call = expression.as_call_expr()?;
    let is_reload = match &*call.func {
        Expr::Name(name) => name.id == "reload",
        Expr::Attribute(attribute) => attribute.attr.as_str() == "reload",
        _ => false,
    };
    match &call.arguments.args[..] {
        [Expr::Name(name)] if is_reload => Some(&name.id),
        _ => None,
    }
}

impl<'a> Visitor<'a> for Words {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        self.statement(statement);
        self.depth += 1;
        visitor::walk_stmt(self, statement);
        self.depth -= 1;
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Attribute(_) if self.chain(expression) => {}
            Expr::Name(name) if name.ctx.is_load() => {
                let word = self.by_name.entry(name.id.to_string()).or_default();
                word.loads.push(name.range);
            }
            Expr::Name(name) => self.bind(&name.id),
            Expr::FString(string) => {
                let shown = string
                    .value
                    .elements()
                    .filter_map(|it| it.as_interpolation());
                for part in shown.filter(|part| part.debug_text.is_some()) {
                    for name in Access::of_expression(&part.expression).reads {
                        self.by_name.entry(name).or_default().is_shown = true;
                    }
                }
                visitor::walk_expr(self, expression);
            }
            _ => visitor::walk_expr(self, expression),
        }
    }

    fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
        self.bind(&parameter.name);
        visitor::walk_parameter(self, parameter);
    }

    fn visit_except_handler(&mut self, handler: &'a ast::ExceptHandler) {
        let ast::ExceptHandler::ExceptHandler(inner) = handler;
        if let Some(name) = &inner.name {
            self.bind(name);
        }
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(it) => it.name.as_ref(),
            Pattern::MatchStar(it) => it.name.as_ref(),
            Pattern::MatchMapping(it) => it.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind(name);
        }
        visitor::walk_pattern(self, pattern);
    }

    fn visit_type_param(&mut self, parameter: &'a ast::TypeParam) {
        self.bind(parameter.name());
        visitor::walk_type_param(self, parameter);
    }
}
