//! Texts that are filled with all names there are: `"{n} rows".format(**locals())`, `"%(n)d rows" % vars()`.

use std::collections::BTreeSet;

use srcify_syntax::ast::{self, Expr, Operator};
use srcify_syntax::{Program, Ranged, TextRange};

/// The stretch that gives all names, and those that the template shows; `None` where that is not certain.
///
/// `look` says whether an expression gives names: those of the module (`None`), or of the function around.
pub(super) fn filled<'a>(
    program: &Program,
    expression: &'a Expr,
    look: impl Fn(&'a Expr) -> Option<Option<&'a BTreeSet<String>>> + 'a,
) -> Option<(TextRange, String)> {
    let (template, names, is_format) = match expression {
        Expr::Call(call) => {
            let method = call.func.as_attribute_expr()?;
            let ([], [keyword]) = (&*call.arguments.args, &*call.arguments.keywords) else {
                return None;
            };
            if method.attr.as_str() != "format" || keyword.arg.is_some() {
                return None;
            }
            (&*method.value, Given::Keyword(keyword), true)
        }
        Expr::BinOp(operation) if operation.op == Operator::Mod => {
            (&*operation.left, Given::Operand(&operation.right), false)
        }
        _ => return None,
    };
    let text = template.as_string_literal_expr()?.value.to_str();
    let (value, range) = match names {
        Given::Keyword(keyword) => (&keyword.value, keyword.range()),
        Given::Operand(operand) => (operand, operand.range()),
    };
    let scope = look(value)?;
    let shown = if is_format {
        fields(text)?
    } else {
        conversions(text)?
    };
    if shown.is_empty() || scope.is_some_and(|it| !shown.iter().all(|name| it.contains(*name))) {
        return None;
    }
    let quote = if program.text(template.range()).contains('\'') {
        '\''
    } else {
        '"'
    };
    let parts: Vec<String> = shown
        .iter()
        .map(|name| {
            if is_format {
                format!("{name}={name}")
            } else {
                format!("{quote}{name}{quote}: {name}")
            }
        })
        .collect();
    let parts = parts.join(", ");
    Some((
        range,
        if is_format {
            parts
        } else {
            format!("{{{parts}}}")
        },
    ))
}

/// What gives the names.
enum Given<'a> {
    Keyword(&'a ast::Keyword),
    Operand(&'a Expr),
}

/// The names in `{name:>3}`, each once; `None` for fields that have no name.
fn fields(template: &str) -> Option<Vec<&str>> {
    let mut found: Vec<&str> = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let tail = &rest[at..];
        if tail.starts_with("{{") || tail.starts_with("}}") {
            rest = &tail[2..];
            continue;
        }
        let end = tail.find('}').filter(|_| tail.starts_with('{'))?;
        let field = &tail[1..end];
        if field.contains('{') {
            return None;
        }
        let stop = field.find(['.', '[', '!', ':']).unwrap_or(field.len());
        note(&field[..stop], &mut found)?;
        rest = &tail[end + 1..];
    }
    Some(found)
}

/// The names in `%(name)d`, each once.
fn conversions(template: &str) -> Option<Vec<&str>> {
    let mut found: Vec<&str> = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find('%') {
        let tail = &rest[at + 1..];
        if let Some(after) = tail.strip_prefix('%') {
            rest = after;
            continue;
        }
        let (name, after) = tail.strip_prefix('(')?.split_once(')')?;
        note(name, &mut found)?;
        rest = after;
    }
    Some(found)
}

fn note<'t>(name: &'t str, found: &mut Vec<&'t str>) -> Option<()> {
    if !srcify_syntax::stdlib::identifiers::is_identifier(name) {
        return None;
    }
    if !found.contains(&name) {
        found.push(name);
    }
    Some(())
}
