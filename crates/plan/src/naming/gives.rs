//! What the author's functions give: a value, several one after another, what is looked up.

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};

/// Whether a function returns or yields something.
pub(super) fn gives_a_value(function: &ast::StmtFunctionDef) -> bool {
    let results = Results::of(function);
    results.returns || results.yields
}

/// Whether a function is a generator.
pub(super) fn yields(function: &ast::StmtFunctionDef) -> bool {
    Results::of(function).yields
}

/// What a function gives, itself.
#[derive(Default)]
struct Results {
    returns: bool,
    yields: bool,
}

impl Results {
    fn of(function: &ast::StmtFunctionDef) -> Self {
        let mut results = Self::default();
        results.visit_body(&function.body);
        results
    }
}

impl<'a> Visitor<'a> for Results {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Return(it) => self.returns |= it.value.is_some(),
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        self.yields |= expression.is_yield_expr() || expression.is_yield_from_expr();
        walk_expr(self, expression);
    }
}

/// Whether a verb says that something is looked up.
pub(super) fn is_lookup(verb: &str) -> bool {
    matches!(
        verb,
        "fetch" | "find" | "get" | "load" | "lookup" | "query" | "request" | "search"
    )
}

/// What is looked up by several arguments: nobody finds all of them.
pub(super) fn looked_up(verb: &str, parameters: &[String], list: &str) -> String {
    match parameters {
        [all, one] if matches!(verb, "find" | "search" | "lookup") && all.ends_with("s`") => {
            let verb = if verb == "lookup" { "look up" } else { verb };
            format!("{verb} {one} in {all}")
        }
        _ => {
            let verb = if verb == "lookup" { "look up" } else { verb };
            format!("{verb} what belongs to {list}")
        }
    }
}

/// What a function does that is named for two types or units: `object_to_int`; nothing of `distance_to_center`.
pub(super) fn conversion(words: &str, list: &str) -> Option<String> {
    let (from, to) = words.split_once(" to ")?;
    let is_verb = super::is_verb(from.split(' ').next().unwrap_or_default());
    let is_known = !is_verb && !list.is_empty() && CONVERTED_TO.contains(&to);
    is_known.then(|| format!("Convert {from} to {to}, given {list}"))
}

/// Types and units that values are converted to.
const CONVERTED_TO: &[&str] = &[
    "array",
    "binary",
    "bool",
    "bytes",
    "categorical",
    "categories",
    "celsius",
    "dataframe",
    "date",
    "datetime",
    "decimal",
    "df",
    "dict",
    "fahrenheit",
    "float",
    "gray",
    "grayscale",
    "hex",
    "int",
    "integer",
    "integers",
    "json",
    "kelvin",
    "kilometers",
    "list",
    "meters",
    "miles",
    "minutes",
    "number",
    "numbers",
    "numeric",
    "numpy",
    "one hot",
    "radians",
    "rgb",
    "seconds",
    "str",
    "string",
    "tensor",
    "text",
    "timestamp",
    "words",
];
