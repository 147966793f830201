//! Where a cell reads what IPython keeps of other cells.

use std::collections::BTreeSet;
use std::ops::Range;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

/// What a name of IPython's stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// The value that was displayed last, or so many before: `_` is 1.
    Last(usize),
    /// The value that the cell with this number displayed.
    Number(usize),
    /// Texts of cells, folders, or all values.
    Other,
}

/// A place that reads such a name.
#[derive(Debug)]
pub(super) struct Use {
    pub kept: Kept,
    pub name: String,
    pub range: Range<usize>,
    /// The top-level statement around it.
    pub statement: Range<usize>,
}

/// What a cell does with such names.
#[derive(Debug, Default)]
pub(super) struct Uses {
    pub found: Vec<Use>,
    /// Such names that it binds; `_` at top level only.
    pub bound: BTreeSet<String>,
    /// Functions that it defines and that give nothing.
    pub quiet: Vec<String>,
    /// Those that give something.
    pub giving: Vec<String>,
    /// Names that mean variables of comprehensions here.
    hidden: Vec<String>,
    statement: Range<usize>,
    /// Functions around.
    depth: usize,
}

impl Uses {
    pub(super) fn of(statements: &[Stmt]) -> Self {
        let mut uses = Self::default();
        for statement in statements {
            uses.statement = statement.range().into();
            uses.visit_stmt(statement);
            if let Stmt::FunctionDef(function) = statement {
                let gives = !function.decorator_list.is_empty() || gives_something(function);
                let list = if gives {
                    &mut uses.giving
                } else {
                    &mut uses.quiet
                };
                list.push(function.name.to_string());
            }
        }
        uses
    }

    fn bind(&mut self, name: &str) {
        let is_own = |it| self.depth == 0 || !matches!(it, Kept::Last(_));
        if kept(name).is_some_and(is_own) {
            self.bound.insert(name.to_owned());
        }
    }

    fn read(&mut self, kept: Kept, name: &str, range: Range<usize>) {
        let is_later = self.depth > 0 && matches!(kept, Kept::Last(_));
        if !is_later && !self.hidden.iter().any(|it| it == name) {
            self.found.push(Use {
                kept,
                name: name.to_owned(),
                range,
                statement: self.statement.clone(),
            });
        }
    }

    fn comprehension<'a>(&mut self, generators: &'a [ast::Comprehension], results: &[&'a Expr]) {
        let outside = self.hidden.len();
        for (index, generator) in generators.iter().enumerate() {
            if index == 0 {
                self.visit_expr(&generator.iter);
            }
            let mut targets = Self::default();
            targets.visit_expr(&generator.target);
            self.hidden.extend(targets.bound);
        }
        for (index, generator) in generators.iter().enumerate() {
            if index > 0 {
                self.visit_expr(&generator.iter);
            }
            for test in &generator.ifs {
                self.visit_expr(test);
            }
        }
        for result in results {
            self.visit_expr(result);
        }
        self.hidden.truncate(outside);
    }
}

impl<'a> Visitor<'a> for Uses {
    fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
        self.bind(&parameter.name);
    }

    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Import(ast::StmtImport { names, .. })
            | Stmt::ImportFrom(ast::StmtImportFrom { names, .. }) => {
                for name in names {
                    self.bind(name.asname.as_ref().unwrap_or(&name.name));
                }
            }
            Stmt::FunctionDef(function) => {
                self.bind(&function.name);
                self.depth += 1;
                walk_stmt(self, statement);
                self.depth -= 1;
            }
            Stmt::ClassDef(class) => {
                self.bind(&class.name);
                self.depth += 1;
                walk_stmt(self, statement);
                self.depth -= 1;
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::ListComp(it) => self.comprehension(&it.generators, &[&it.elt]),
            Expr::SetComp(it) => self.comprehension(&it.generators, &[&it.elt]),
            Expr::Generator(it) => self.comprehension(&it.generators, &[&it.elt]),
            Expr::DictComp(it) => {
                let results: Vec<&Expr> =
                    it.key.as_deref().into_iter().chain([&*it.value]).collect();
                self.comprehension(&it.generators, &results);
            }
            Expr::Lambda(_) => {
                self.depth += 1;
                walk_expr(self, expression);
                self.depth -= 1;
            }
            Expr::Subscript(subscript) => match kept_item(subscript) {
                Some((name, number)) => {
                    self.read(Kept::Number(number), name, expression.range().into());
                }
                None => walk_expr(self, expression),
            },
            Expr::Name(name) if name.ctx.is_load() => {
                if let Some(kept) = kept(&name.id) {
                    self.read(kept, &name.id, name.range().into());
                }
            }
            Expr::Name(name) => self.bind(&name.id),
            _ => walk_expr(self, expression),
        }
    }
}

/// `Out[4]`: the name, and the number of the cell.
fn kept_item(subscript: &ast::ExprSubscript) -> Option<(&str, usize)> {
    let name = subscript.value.as_name_expr()?.id.as_str();
    let number = subscript.slice.as_number_literal_expr()?.value.as_int()?;
    let is_read = subscript.ctx.is_load() && matches!(name, "Out" | "_oh");
    is_read.then_some((name, number.as_usize()?))
}

/// What IPython keeps under a name.
fn kept(name: &str) -> Option<Kept> {
    let number = |digits: &str| digits.parse().ok();
    match name {
        "_" | "__" | "___" => Some(Kept::Last(name.len())),
        "Out" | "_oh" | "In" | "_ih" | "_dh" | "_i" | "_ii" | "_iii" => Some(Kept::Other),
        _ => {
            let rest = name.strip_prefix('_')?;
            match rest.strip_prefix('i') {
                Some(digits) => number(digits).map(|_: usize| Kept::Other),
                None => number(rest).map(Kept::Number),
            }
        }
    }
}

/// Whether a function gives back anything but `None`.
fn gives_something(function: &ast::StmtFunctionDef) -> bool {
    struct Given(bool);
    impl<'a> Visitor<'a> for Given {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Return(it) => {
                    let value = it.value.as_deref();
                    self.0 |= value.is_some_and(|it| !it.is_none_literal_expr());
                }
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ => walk_stmt(self, statement),
            }
        }
        fn visit_expr(&mut self, expression: &'a Expr) {
            self.0 |= expression.is_yield_expr() || expression.is_yield_from_expr();
            walk_expr(self, expression);
        }
    }
    let mut given = Given(function.is_async);
    given.visit_body(&function.body);
    given.0
}

/// Whether such a name stands somewhere as a word: what few texts do, and costs less than to look closely.
pub(super) fn mentions_kept(text: &str) -> bool {
    text.contains(['_', 'I', 'O']) && words(text).any(|word| kept(word).is_some())
}

/// The words of a text.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && it != '_')
        .filter(|it| !it.is_empty())
}
