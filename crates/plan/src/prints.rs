//! Prints as log messages with the same text.

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::edits::Edit;

/// Gives the edited text of a part of the statement.
type Fragment<'a> = &'a dyn Fn(TextRange) -> String;

/// Replaces every `print(…)` statement in `statement` by a call of `logger` that gives the same line.
pub(crate) fn logger_edits(statement: &Stmt, logger: &str, fragment: Fragment<'_>) -> Vec<Edit> {
    let mut prints = Prints(Vec::new());
    prints.visit_stmt(statement);
    prints
        .0
        .iter()
        .filter_map(|call| replacement(call, logger, fragment))
        .collect()
}

/// The calls of `print` that are statements of their own in `statement`, those in nested functions excepted.
pub(crate) fn printing_calls(statement: &Stmt) -> Vec<&ast::ExprCall> {
    let mut prints = Prints(Vec::new());
    prints.visit_stmt(statement);
    prints.0
}

/// The text that a `print` writes, without its line feed: an expression; `None` when it does not write one line of its
/// own.
pub(crate) fn line_text<'a>(
    call: &ast::ExprCall,
    text: &dyn Fn(TextRange) -> &'a str,
) -> Option<String> {
    let mut separator = " ".to_owned();
    for keyword in &call.arguments.keywords {
        match keyword.arg.as_ref().map(ast::Identifier::as_str) {
            Some("sep") => separator = text_of(&keyword.value, " ")?,
            Some("end") if text_of(&keyword.value, "\n")? == "\n" => {}
            Some("flush") => {}
            _ => return None,
        }
    }
    let arguments = &call.arguments.args;
    if arguments.iter().any(Expr::is_starred_expr) {
        return None;
    }
    let as_text = |argument: &Expr| {
        let source = text(argument.range());
        match argument {
            Expr::StringLiteral(_) | Expr::FString(_) => source.to_owned(),
            _ => format!("str({source})"),
        }
    };
    match &**arguments {
        [] => Some("\"\"".to_owned()),
        [one] => Some(as_text(one)),
        several => Some(joined(several, &separator, text).unwrap_or_else(|| {
            let parts: Vec<String> = several.iter().map(as_text).collect();
            format!("{}.join(({}))", quote(&separator), parts.join(", "))
        })),
    }
}

/// Arguments as one f-string, where that needs no escapes. `!s` is what `print` does: a number may format otherwise.
fn joined<'a>(
    arguments: &[Expr],
    separator: &str,
    text: &dyn Fn(TextRange) -> &'a str,
) -> Option<String> {
    let is_plain = |text: &str| !text.contains(['"', '\'', '\\', '\n', '{', '}']);
    let mut parts = Vec::new();
    for argument in arguments {
        let part = match argument {
            Expr::StringLiteral(string) => string.value.to_str().to_owned(),
            Expr::FString(_) => return None,
            _ => text(argument.range()).to_owned(),
        };
        if !is_plain(&part) {
            return None;
        }
        parts.push(match argument {
            Expr::StringLiteral(_) => part,
            _ => format!("{{{part}!s}}"),
        });
    }
    is_plain(separator).then(|| format!("f\"{}\"", parts.join(separator)))
}

/// Finds the statements that only print.
struct Prints<'a>(Vec<&'a ast::ExprCall>);

impl<'a> Visitor<'a> for Prints<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Some(call) = as_print(statement) {
            self.0.push(call);
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if !matches!(expression, Expr::Lambda(_)) {
            walk_expr(self, expression);
        }
    }
}

/// Whether `source` may ask for the logger `name` or one below it: it holds that name as a literal.
pub(crate) fn names_logger(source: &str, name: &str) -> bool {
    let holds = |quote: char| {
        source.contains(&format!("{quote}{name}{quote}"))
            || source.contains(&format!("{quote}{name}."))
    };
    source.contains("getLogger") && (holds('"') || holds('\''))
}

/// The call, if the statement is a call of the builtin `print`.
pub(crate) fn as_print(statement: &Stmt) -> Option<&ast::ExprCall> {
    let Stmt::Expr(ast::StmtExpr { value, .. }) = statement else {
        return None;
    };
    let call = value.as_call_expr()?;
    (call.func.as_name_expr()?.id.as_str() == "print").then_some(call)
}

fn replacement(call: &ast::ExprCall, logger: &str, fragment: Fragment<'_>) -> Option<Edit> {
    let mut separator = " ".to_owned();
    let mut end = "\n".to_owned();
    for keyword in &call.arguments.keywords {
        match keyword.arg.as_ref().map(ast::Identifier::as_str) {
            Some("sep") => separator = text_of(&keyword.value, " ")?,
            Some("end") => end = text_of(&keyword.value, "\n")?,
            Some("flush") => {}
            _ => return None, // to a file, or options that are not known
        }
    }
    if call.arguments.args.iter().any(Expr::is_starred_expr) {
        return None;
    }
    let mut message = Message::default();
    for (index, argument) in call.arguments.args.iter().enumerate() {
        if index > 0 {
            message.literal(&separator);
        }
        message.argument(argument, fragment);
    }
    let text = if let Some(more) = end.strip_suffix('\n') {
        message.literal(more);
        message.call(&format!("{logger}.info"))
    } else {
        // Without a line feed at the end it is no log message.
        message.literal(&end);
        format!("sys.stdout.write({})", message.expression())
    };
    Some(Edit {
        range: call.range(),
        text,
    })
}

fn text_of(value: &Expr, default: &str) -> Option<String> {
    match value {
        Expr::StringLiteral(string) => Some(string.value.to_str().to_owned()),
        Expr::NoneLiteral(_) => Some(default.to_owned()),
        _ => None,
    }
}

/// A format string and its arguments.
#[derive(Default)]
struct Message {
    /// Escaped for the `%` operator.
    format: String,
    plain: String,
    arguments: Vec<String>,
}

impl Message {
    fn literal(&mut self, text: &str) {
        self.format.push_str(&text.replace('%', "%%"));
        self.plain.push_str(text);
    }

    fn value(&mut self, text: String) {
        self.format.push_str("%s");
        self.arguments.push(text);
    }

    fn argument(&mut self, argument: &Expr, fragment: Fragment<'_>) {
        match argument {
            Expr::StringLiteral(string) => self.literal(string.value.to_str()),
            Expr::FString(string) => self.f_string(string, fragment),
            _ => self.value(fragment(argument.range())),
        }
    }

    fn f_string(&mut self, string: &ast::ExprFString, fragment: Fragment<'_>) {
        for part in &string.value {
            let elements = match part {
                ast::FStringPart::Literal(literal) => {
                    self.literal(literal);
                    continue;
                }
                ast::FStringPart::FString(f_string) => &f_string.elements,
            };
            for element in elements {
                match element {
                    ast::InterpolatedStringElement::Literal(literal) => {
                        self.literal(&literal.value);
                    }
                    ast::InterpolatedStringElement::Interpolation(part) => {
                        let is_plain = part.format_spec.is_none()
                            && part.conversion.is_none()
                            && part.debug_text.is_none();
                        let text = fragment(part.expression.range());
                        if is_plain {
                            self.value(text);
                        } else {
                            let inner = fragment(part.range());
                            let quoted = if inner.contains('"') && !inner.contains('\'') {
                                format!("f'{inner}'")
                            } else {
                                format!("f\"{inner}\"")
                            };
                            self.value(quoted);
                        }
                    }
                }
            }
        }
    }

    fn call(self, function: &str) -> String {
        if self.arguments.is_empty() {
            return format!("{function}({})", quote(&self.plain));
        }
        format!(
            "{function}({}, {})",
            quote(&self.format),
            self.arguments.join(", ")
        )
    }

    fn expression(self) -> String {
        match &self.arguments[..] {
            [] => quote(&self.plain),
            [one] if self.format == "%s" => format!("str({one})"),
            _ => {
                let comma = if self.arguments.len() == 1 { "," } else { "" };
                format!(
                    "{} % ({}{comma})",
                    quote(&self.format),
                    self.arguments.join(", ")
                )
            }
        }
    }
}

/// A Python string literal for `text`.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            other if other.is_control() => {
                let code = other as u32;
                quoted.push_str(&format!("\\x{code:02x}"));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
