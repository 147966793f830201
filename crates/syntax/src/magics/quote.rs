//! Python text for strings, and the interpolation of names into commands.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, ExprContext};
use ruff_python_parser::parse_expression;

/// A stretch of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text as it stands.
    Text(String),
    /// A Python expression.
    Value(String),
}

/// A string literal in double quotes.
pub(super) fn literal(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// A string literal over several lines: each line of `text` has a line of its own below the opening quotes.
pub(super) fn block(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let text = match text.strip_suffix('"') {
        Some(start) => format!("{start}\\\""),
        None => text,
    };
    format!("\"\"\"\\\n{}\"\"\"", text.replace('\0', "\\0"))
}

fn escape(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => result.push_str("\\\\"),
            '"' => result.push_str("\\\""),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            c if c.is_control() => result.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => result.push(c),
        }
    }
    result
}

/// Cuts a command as IPython does: `{expression}` and `$name` are Python when the input binds their names, and all or
/// none of the braces are.
pub(super) fn pieces(command: &str, bound: &BTreeSet<String>) -> Vec<Piece> {
    let with_braces =
        braces(command, bound).unwrap_or_else(|| vec![Piece::Text(command.to_owned())]);
    let mut result = Vec::new();
    for piece in with_braces {
        match piece {
            Piece::Text(text) => dollars(&text, bound, &mut result),
            value @ Piece::Value(_) => result.push(value),
        }
    }
    result
}

fn braces(command: &str, bound: &BTreeSet<String>) -> Option<Vec<Piece>> {
    let mut result = Vec::new();
    let mut rest = command;
    let mut text = String::new();
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let tail = &rest[at..];
        if tail.starts_with("{{") || tail.starts_with("}}") {
            text.push_str(&tail[..1]);
            rest = &tail[2..];
            continue;
        }
        let end = tail.find('}').filter(|_| tail.starts_with('{'))?;
        let expression = tail[1..end].trim();
        if !is_bound(expression, bound) {
            return None;
        }
        result.push(Piece::Text(std::mem::take(&mut text)));
        result.push(Piece::Value(expression.to_owned()));
        rest = &tail[end + 1..];
    }
    text.push_str(rest);
    result.push(Piece::Text(text));
    Some(result)
}

fn dollars(text: &str, bound: &BTreeSet<String>, result: &mut Vec<Piece>) {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        kept.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let length = tail
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(tail.len());
        let name = &tail[..length];
        if bound.contains(name) {
            result.push(Piece::Text(std::mem::take(&mut kept)));
            result.push(Piece::Value(name.to_owned()));
            rest = &tail[length..];
        } else if let Some(after) = tail.strip_prefix('$') {
            kept.push('$');
            rest = after;
        } else {
            kept.push('$');
            rest = tail;
        }
    }
    kept.push_str(rest);
    if !kept.is_empty() {
        result.push(Piece::Text(kept));
    }
}

/// Whether `expression` is one, and reads names of the input only.
fn is_bound(expression: &str, bound: &BTreeSet<String>) -> bool {
    let Ok(parsed) = parse_expression(expression) else {
        return false;
    };
    let mut names = Names { bound, known: true };
    names.visit_expr(parsed.expr());
    names.known
}

struct Names<'a> {
    bound: &'a BTreeSet<String>,
    known: bool,
}

impl<'a> Visitor<'a> for Names<'_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Name(name) = expr
            && name.ctx == ExprContext::Load
        {
            let text = name.id.as_str();
            let builtin = ruff_python_stdlib::builtins::is_python_builtin(text, 13, false);
            self.known &= builtin || self.bound.contains(text);
        }
        walk_expr(self, expr);
    }
}

/// The Python expression for a command in pieces: a literal, an f-string, or a sum when a value holds quotes.
pub(super) fn expression(pieces: &[Piece]) -> String {
    if let [Piece::Value(value)] = pieces {
        return format!("str({value})");
    }
    let simple = pieces.iter().all(|piece| match piece {
        Piece::Text(_) => true,
        Piece::Value(value) => !value.contains(['"', '\'', '\\', '{', '}', '\n', '!', ':']),
    });
    let has_values = pieces.iter().any(|piece| matches!(piece, Piece::Value(_)));
    if simple && has_values {
        let inner: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => escape(text).replace('{', "{{").replace('}', "}}"),
                Piece::Value(value) => format!("{{{value}}}"),
            })
            .collect();
        return format!("f\"{inner}\"");
    }
    let parts: Vec<String> = pieces
        .iter()
        .filter(|piece| **piece != Piece::Text(String::new()))
        .map(|piece| match piece {
            Piece::Text(text) => literal(text),
            Piece::Value(value) => format!("str({value})"),
        })
        .collect();
    if parts.is_empty() {
        "\"\"".to_owned()
    } else {
        parts.join(" + ")
    }
}
