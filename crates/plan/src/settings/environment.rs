//! What a program takes where an environment variable is not set: `os.getenv("MODE", "dev")`. The variable still wins.

use srcify_effects::Callee;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use super::values::{is_setting_value, literal_of};
use super::{Candidate, Lifter, Spot};
use crate::Literal;
use crate::naming;
use crate::secrets::names_secret;
use crate::steps::Step;

/// The section of these settings.
pub(super) const ENVIRONMENT: &str = "environment";

impl Lifter<'_> {
    /// Finds what a statement takes in place of environment variables, but for secrets.
    pub(super) fn fallbacks(&mut self, step: &Step) {
        let mut calls = Calls(Vec::new());
        calls.visit_stmt(self.program.statement(step.unit));
        for (call, cast) in calls.0 {
            let candidate = self.fallback(call, cast);
            self.found.extend(candidate);
        }
    }

    fn fallback(&self, call: &ast::ExprCall, cast: Option<&str>) -> Option<Candidate> {
        let Callee::Library(callee) = &self.graph.call_at(call.range())?.callee else {
            return None;
        };
        if !matches!(callee.as_str(), "os.getenv" | "os.environ.get") {
            return None;
        }
        let (key, default) = parts(call)?;
        let is_plain = key
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '_');
        if key.is_empty() || !is_plain || names_secret(key) {
            return None;
        }
        let cast = cast.filter(|it| self.names.get(it).is_none());
        let value = number(default, cast).or_else(|| literal_of(default))?;
        let is_empty = matches!(&value, Literal::Str(text) if text.is_empty());
        let is_single = !matches!(value, Literal::List(_) | Literal::None);
        (is_single && !is_empty && is_setting_value(&value))
            .then(|| candidate(key, value, default.range()))
    }
}

/// The variable's name, and what is taken where it is not set.
fn parts(call: &ast::ExprCall) -> Option<(&str, &Expr)> {
    let (key, default) = match (&call.arguments.args[..], &call.arguments.keywords[..]) {
        ([key, default], []) => (key, default),
        ([key], [named]) if named.arg.as_ref()?.as_str() == "default" => (key, &named.value),
        _ => return None,
    };
    let key = key.as_string_literal_expr()?.value.to_str();
    Some((key, default))
}

/// The number that `int("8080")` or `float("0.1")` makes of a text: it makes the same of that number.
fn number(default: &Expr, cast: Option<&str>) -> Option<Literal> {
    let text = default.as_string_literal_expr()?.value.to_str();
    let is_written = |it: char| it.is_ascii_digit() || matches!(it, '.' | '-' | 'e');
    if !text.ends_with(|it: char| it.is_ascii_digit()) || !text.chars().all(is_written) {
        return None;
    }
    match cast? {
        "int" => {
            let whole: i64 = text.parse().ok()?;
            Some(Literal::Int(whole.to_string()))
        }
        "float" => {
            let value: f64 = text.parse().ok()?;
            value
                .is_finite()
                .then(|| Literal::Float(super::values::float_text(value)))
        }
        _ => None,
    }
}

fn candidate(key: &str, value: Literal, range: TextRange) -> Candidate {
    Candidate {
        section: ENVIRONMENT.to_owned(),
        field: naming::field(&key.to_lowercase()),
        alternatives: Vec::new(),
        variable: None,
        place: Some(Spot::plain(range)),
        location: None,
        class: None,
        value,
        is_list: false,
        is_path: false,
        comment: None,
        description: format!("Taken where the environment variable `{key}` is not set."),
        bounds: Vec::new(),
        annotation: None,
    }
}

/// Calls, with the function around each that is given nothing else: `int(os.getenv(…))`.
struct Calls<'a>(Vec<(&'a ast::ExprCall, Option<&'a str>)>);

impl<'a> Visitor<'a> for Calls<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let Expr::Call(call) = expression else {
            walk_expr(self, expression);
            return;
        };
        let inner = match (&call.arguments.args[..], &call.arguments.keywords[..]) {
            ([Expr::Call(inner)], []) => Some(inner),
            _ => None,
        };
        if let (Some(inner), Some(cast)) = (inner, call.func.as_name_expr()) {
            self.0.push((inner, Some(&cast.id)));
            walk_expr(self, &inner.func);
            let given = inner.arguments.iter_source_order();
            given.for_each(|it| self.visit_expr(it.value()));
        } else {
            self.0.push((call, None));
            walk_expr(self, expression);
        }
    }
}
