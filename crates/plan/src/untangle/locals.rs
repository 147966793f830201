//! Variables of functions that are a value which is written down: `n_trials = 1000`, `path = "sales.csv"`.
//!
//! The value can be bound in the module as well: the function loses the statement, and reads the variable of the module.

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, InterpolatedStringElement, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize};

use super::words::Words;
use crate::edits::Edit;
use crate::settings::literal_of;
use crate::steps::constant_assignment;

/// Words for what can be tuned, in names of numbers.
const TUNED: &[&str] = &[
    "attempts",
    "cutoff",
    "delay",
    "epochs",
    "fraction",
    "generations",
    "interval",
    "iterations",
    "limit",
    "max",
    "min",
    "n",
    "num",
    "ratio",
    "rate",
    "retries",
    "rounds",
    "samples",
    "seed",
    "simulations",
    "size",
    "steps",
    "threshold",
    "timeout",
    "tolerance",
    "trials",
    "window",
];

/// Names that say nothing of which file or page it is.
const VAGUE: &[&str] = &[
    "dir",
    "directory",
    "file",
    "filename",
    "filepath",
    "fname",
    "folder",
    "input",
    "name",
    "out",
    "output",
    "path",
    "uri",
    "url",
];

/// A variable that a function binds once, to a value that is written down.
pub(super) struct Local<'a> {
    pub name: &'a str,
    pub value: &'a Expr,
    /// The function or method.
    pub scope: TextRange,
    /// Its lines, and the comment behind the value.
    lines: TextRange,
    pub comment: &'a str,
    /// Where the function reads it.
    loads: Vec<TextRange>,
    /// Whether functions stand inside of the function, which may call other things by its names.
    pub is_nested: bool,
}

impl Local<'_> {
    /// Whether its name says that users tune it.
    pub(super) fn is_tuned(&self) -> bool {
        let lower = self.name.to_lowercase();
        lower.len() > 1 && lower.split('_').any(|it| TUNED.contains(&it))
    }

    /// Whether its name says what it is.
    pub(super) fn is_telling(&self) -> bool {
        let lower = self.name.to_lowercase();
        !lower
            .split('_')
            .all(|it| VAGUE.contains(&it) || it.len() == 1)
    }

    /// Lets the function read another variable in its place.
    pub(super) fn edits(&self, name: &str) -> Vec<Edit> {
        let mut edits = vec![Edit {
            range: self.lines,
            text: String::new(),
        }];
        if name != self.name {
            edits.extend(self.loads.iter().map(|range| Edit {
                range: *range,
                text: name.to_owned(),
            }));
        }
        edits
    }
}

/// The variables of a function, or of the methods of a class, that are values written down.
pub(super) fn locals_of<'a>(program: &'a Program, statement: &'a Stmt) -> Vec<Local<'a>> {
    let functions: Vec<&ast::StmtFunctionDef> = match statement {
        Stmt::FunctionDef(it) => vec![it],
        Stmt::ClassDef(it) => (it.body.iter())
            .filter_map(Stmt::as_function_def_stmt)
            .collect(),
        _ => Vec::new(),
    };
    let locals = functions.iter().flat_map(|it| of_function(program, it));
    locals.collect()
}

fn of_function<'a>(program: &'a Program, function: &'a ast::StmtFunctionDef) -> Vec<Local<'a>> {
    let mut words = Words::default();
    for parameter in &function.parameters {
        words.bound.push(parameter.name().as_str());
    }
    words.visit_body(&function.body);
    let mut uses = Uses::default();
    uses.visit_body(&function.body);
    let mut found = Vec::new();
    for statement in &function.body {
        let Some((name, value)) = constant_assignment(statement) else {
            continue;
        };
        let is_once = words.bound.iter().filter(|it| **it == name).count() == 1;
        let is_apart = !uses.declared.contains(&name) && !uses.shown.contains(&name);
        let loads: Vec<TextRange> = (uses.loads.iter())
            .filter(|it| it.0 == name)
            .map(|it| it.1)
            .collect();
        let is_after = loads.iter().all(|it| it.start() >= statement.end());
        let Some((lines, comment)) = own_lines(program, statement.range()) else {
            continue;
        };
        if is_once && is_apart && is_after && !loads.is_empty() && literal_of(value).is_some() {
            found.push(Local {
                name,
                value,
                scope: function.range,
                lines,
                comment,
                loads,
                is_nested: uses.is_nested,
            });
        }
    }
    found
}

/// The whole line that a statement has for itself, and the comment behind it.
fn own_lines(program: &Program, range: TextRange) -> Option<(TextRange, &str)> {
    let text = &program.source.text;
    if text[range].contains('\n') {
        return None;
    }
    let begin = text[..usize::from(range.start())]
        .rfind('\n')
        .map_or(0, |it| it + 1);
    let rest = &text[usize::from(range.end())..];
    let end = rest.find('\n')?;
    let (before, behind) = (&text[begin..usize::from(range.start())], rest[..end].trim());
    let is_alone = before.trim().is_empty() && (behind.is_empty() || behind.starts_with('#'));
    let begin = TextSize::try_from(begin).ok()?;
    let end = range.end() + TextSize::try_from(end + 1).ok()?;
    is_alone.then_some((TextRange::new(begin, end), behind))
}

/// What a function does with names.
#[derive(Default)]
struct Uses<'a> {
    loads: Vec<(&'a str, TextRange)>,
    /// Names of scopes around.
    declared: Vec<&'a str>,
    /// Names that texts show: `f"{alpha=}"`.
    shown: Vec<&'a str>,
    /// Whether it makes functions or classes.
    is_nested: bool,
}

impl<'a> Visitor<'a> for Uses<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Global(it) => self
                .declared
                .extend(it.names.iter().map(ast::Identifier::as_str)),
            Stmt::Nonlocal(it) => self
                .declared
                .extend(it.names.iter().map(ast::Identifier::as_str)),
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {
                self.is_nested = true;
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        self.is_nested |= expression.is_lambda_expr();
        if let Expr::Name(name) = expression
            && name.ctx.is_load()
        {
            self.loads.push((&name.id, name.range));
        }
        walk_expr(self, expression);
    }

    fn visit_interpolated_string_element(&mut self, element: &'a InterpolatedStringElement) {
        let from = self.loads.len();
        ast::visitor::walk_interpolated_string_element(self, element);
        let is_shown = (element.as_interpolation()).is_some_and(|it| it.debug_text.is_some());
        if is_shown {
            let shown = self.loads[from..].iter().map(|it| it.0);
            self.shown.extend(shown);
        }
    }
}
