//! Prints as log messages with the same text.

mod f_string;

use std::collections::HashSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::edits::Edit;
use f_string::Lines;

/// Gives the edited text of a part of the statement.
type Fragment<'a> = &'a dyn Fn(TextRange) -> String;

/// Replaces every `print(…)` statement in `statement` by a call of `logger` that gives the same line.
///
/// `scalars` are operands of `%` that are known to be no tuples.
pub(crate) fn logger_edits(
    statement: &Stmt,
    logger: &str,
    scalars: &HashSet<TextRange>,
    fragment: Fragment<'_>,
) -> Vec<Edit> {
    let mut prints = Prints::default();
    prints.visit_stmt(statement);
    prints
        .found
        .iter()
        .filter_map(|(call, is_guarded)| {
            let message = Message {
                pieces: Vec::new(),
                is_guarded: *is_guarded,
                scalars,
            };
            replacement(call, message, logger, fragment)
        })
        .collect()
}

/// The calls of `print` that are statements of their own in `statement`, those in nested functions excepted.
pub(crate) fn printing_calls(statement: &Stmt) -> Vec<&ast::ExprCall> {
    let mut prints = Prints::default();
    prints.visit_stmt(statement);
    prints.found.into_iter().map(|(call, _)| call).collect()
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
            _ if is_text(argument) => source.to_owned(),
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

/// Finds the statements that only print, and whether each stands where exceptions may be caught.
#[derive(Default)]
struct Prints<'a> {
    found: Vec<(&'a ast::ExprCall, bool)>,
    is_guarded: bool,
}

impl<'a> Visitor<'a> for Prints<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Some(call) = as_print(statement) {
            self.found.push((call, self.is_guarded));
        }
        let outside = self.is_guarded;
        // A context manager may swallow exceptions, and a function may be called where they are caught.
        self.is_guarded |= matches!(
            statement,
            Stmt::Try(_) | Stmt::With(_) | Stmt::FunctionDef(_) | Stmt::ClassDef(_)
        );
        walk_stmt(self, statement);
        self.is_guarded = outside;
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

/// Whether `source` may silence loggers that it does not know: `logging.disable(logging.WARNING)`, a loop over all that there
/// are, a configuration that disables them.
pub(crate) fn silences_loggers(source: &str) -> bool {
    let reaches_all = ["loggerDict", "dictConfig", "fileConfig", ".manager.disable"];
    let disables = source.match_indices("disable(").any(|(at, it)| {
        let before = &source[..at];
        let after = source[at + it.len()..].trim_start();
        let is_other = ["gc.", "faulthandler.", "_"]
            .iter()
            .any(|it| before.ends_with(it));
        let is_undone = ["0)", "logging.NOTSET", "NOTSET"]
            .iter()
            .any(|it| after.starts_with(it));
        !is_other && !is_undone
    });
    source.contains("logging") && (disables || reaches_all.iter().any(|it| source.contains(it)))
}

/// The call, if the statement is a call of the builtin `print`.
pub(crate) fn as_print(statement: &Stmt) -> Option<&ast::ExprCall> {
    let Stmt::Expr(ast::StmtExpr { value, .. }) = statement else {
        return None;
    };
    let call = value.as_call_expr()?;
    (call.func.as_name_expr()?.id.as_str() == "print").then_some(call)
}

fn replacement(
    call: &ast::ExprCall,
    mut message: Message<'_>,
    logger: &str,
    fragment: Fragment<'_>,
) -> Option<Edit> {
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

/// A piece of a message.
enum Piece {
    Literal(String),
    /// An expression that is written as `str` writes it.
    Value(String),
    /// `{x}` or `{x:.3f}` of an f-string, with its braces. Both ask the value for its format, which may be another text than
    /// that of `str`: a tensor of one number shows the number alone.
    Field(String),
    /// An expression that is known to be a string.
    Text(String),
    /// A format for the `%` operator, and its arguments.
    Percent(String, Vec<String>),
}

/// What is printed, piece by piece.
struct Message<'a> {
    pieces: Vec<Piece>,
    /// Somebody may catch what formatting raises: it has to be done where the input did it.
    is_guarded: bool,
    scalars: &'a HashSet<TextRange>,
}

impl Message<'_> {
    fn literal(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Literal(known)) => known.push_str(text),
            _ if text.is_empty() => {}
            _ => self.pieces.push(Piece::Literal(text.to_owned())),
        }
    }

    fn argument(&mut self, argument: &Expr, fragment: Fragment<'_>) {
        let is_string = argument.is_string_literal_expr() || argument.is_f_string_expr();
        // A secret in it is read from the environment.
        let edited = is_string.then(|| fragment(argument.range()));
        if let Some(edited) = edited.filter(|it| it.contains("Secret(")) {
            self.pieces.push(Piece::Text(edited));
            return;
        }
        match argument {
            Expr::StringLiteral(string) => self.literal(string.value.to_str()),
            Expr::FString(string) => self.f_string(string, fragment),
            _ if is_text(argument) => {
                let percent =
                    percent(argument, self.scalars, fragment).filter(|_| !self.is_guarded);
                let text = || Piece::Text(fragment(argument.range()));
                self.pieces.push(percent.unwrap_or_else(text));
            }
            _ => self.pieces.push(Piece::Value(fragment(argument.range()))),
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
                        self.pieces.push(Piece::Field(fragment(part.range())));
                    }
                }
            }
        }
    }

    /// The format string for the `%` operator, and its arguments.
    fn format(&self) -> (String, Vec<String>) {
        let mut format = String::new();
        let mut arguments = Vec::new();
        for piece in &self.pieces {
            let argument = match piece {
                Piece::Literal(text) => {
                    format.push_str(&text.replace('%', "%%"));
                    continue;
                }
                Piece::Percent(own, values) => {
                    format.push_str(own);
                    arguments.extend(values.iter().cloned());
                    continue;
                }
                Piece::Value(text) | Piece::Text(text) => text.clone(),
                Piece::Field(source) => {
                    let quotes = quotes_around(source);
                    format!("f{quotes}{source}{quotes}")
                }
            };
            format.push_str("%s");
            arguments.push(argument);
        }
        (format, arguments)
    }

    /// The text as it is, where there is nothing to put into it.
    fn plain(&self) -> Option<&str> {
        match &self.pieces[..] {
            [] => Some(""),
            [Piece::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// All of it as one f-string, where that is what it is made of.
    fn as_f_string(&self) -> Option<String> {
        let is_field = |piece: &Piece| matches!(piece, Piece::Field(_));
        if !self.pieces.iter().any(is_field) {
            return None;
        }
        let mut lines = Lines::default();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(literal) => lines.literal(literal),
                // Within the braces there are no escapes, and no quotes of the string's own kind.
                Piece::Field(source) if !source.contains(['\\', '\n', '"']) => {
                    lines.field(source);
                }
                // `!s` is what `%s` does: a number may format otherwise.
                Piece::Value(text)
                    if !text.contains(['\\', '\n', '"', '{', '}', '#', ':', '!', '=']) =>
                {
                    lines.field(&format!("{{{text}!s}}"));
                }
                _ => return None,
            }
        }
        Some(lines.finish())
    }

    fn call(self, function: &str) -> String {
        if let Some(plain) = self.plain() {
            return format!("{function}({})", quote(plain));
        }
        if let [Piece::Text(text)] = &self.pieces[..] {
            // Without arguments a message is written as it is.
            return format!("{function}({text})");
        }
        if let Some(text) = self.as_f_string() {
            return match text.strip_prefix('(') {
                Some(lines) => format!("{function}({lines}"),
                None => format!("{function}({text})"),
            };
        }
        let (format, arguments) = self.format();
        format!("{function}({}, {})", quote(&format), arguments.join(", "))
    }

    fn expression(self) -> String {
        if let Some(plain) = self.plain() {
            return quote(plain);
        }
        if let Some(text) = self.as_f_string() {
            return text;
        }
        match &self.pieces[..] {
            [Piece::Value(one)] => format!("str({one})"),
            [Piece::Text(one)] => one.clone(),
            _ => {
                let (format, arguments) = self.format();
                let comma = if arguments.len() == 1 { "," } else { "" };
                format!("{} % ({}{comma})", quote(&format), arguments.join(", "))
            }
        }
    }
}

/// Quotes that an f-string of this field alone can have, in Pythons that take none of its own within its braces.
fn quotes_around(field: &str) -> &'static str {
    let candidates = ["\"", "'", "\"\"\"", "'''"];
    let fits = |quotes: &&str| {
        let is_long = quotes.len() > 1;
        !field.contains(*quotes) && (is_long || !field.contains('\n'))
    };
    candidates.into_iter().find(fits).unwrap_or("\"\"\"")
}

/// `"%d of %d" % (a, b)`, to be formatted by the logger in the same way.
fn percent(
    expression: &Expr,
    scalars: &HashSet<TextRange>,
    fragment: Fragment<'_>,
) -> Option<Piece> {
    let operation = expression
        .as_bin_op_expr()
        .filter(|it| it.op == ast::Operator::Mod)?;
    let format = operation.left.as_string_literal_expr()?.value.to_str();
    let values = match &*operation.right {
        Expr::Tuple(tuple) => &tuple.elts[..],
        one if scalars.contains(&one.range()) => std::slice::from_ref(one),
        _ => return None,
    };
    let mut wanted = 0;
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        if character != '%' {
            continue;
        }
        let kind = characters.find(|it| !"+-#0123456789. ".contains(*it))?;
        match kind {
            '%' => {}
            'd' | 'i' | 'f' | 'F' | 'e' | 'E' | 'g' | 'G' | 's' | 'r' | 'x' | 'X' | 'o' => {
                wanted += 1;
            }
            _ => return None, // of a mapping, or of a width that is a value
        }
    }
    let is_plain = |it: &Expr| !it.is_starred_expr() && !it.is_yield_expr();
    if wanted != values.len() || values.is_empty() || !values.iter().all(is_plain) {
        return None;
    }
    let texts: Vec<String> = values.iter().map(|it| fragment(it.range())).collect();
    // A comment among the values would be lost.
    let whole = fragment(operation.right.range());
    (!whole.contains('#')).then(|| Piece::Percent(format.to_owned(), texts))
}

/// What stands behind the `%` of formats in the prints of a statement, where it is no tuple by its form.
pub(crate) fn operands_of_formats(statement: &Stmt) -> Vec<&Expr> {
    let calls = printing_calls(statement);
    let arguments = calls.into_iter().flat_map(|call| &call.arguments.args);
    let operation = arguments.filter_map(|argument| argument.as_bin_op_expr());
    let formats = operation
        .filter(|it| it.op == ast::Operator::Mod && it.left.is_string_literal_expr())
        .map(|it| &*it.right);
    formats.filter(|it| !it.is_tuple_expr()).collect()
}

/// Whether an expression gives a string, or fails.
fn is_text(expression: &Expr) -> bool {
    let is_literal = |it: &Expr| matches!(it, Expr::StringLiteral(_) | Expr::FString(_));
    match expression {
        Expr::StringLiteral(_) | Expr::FString(_) => true,
        Expr::BinOp(operation) => match operation.op {
            ast::Operator::Mod => is_literal(&operation.left),
            // A string repeats as often as a number says, and a number as often as a string would fail.
            ast::Operator::Mult => {
                let is_count = |it: &Expr| it.is_number_literal_expr();
                (is_text(&operation.left) && is_count(&operation.right))
                    || (is_count(&operation.left) && is_text(&operation.right))
            }
            ast::Operator::Add => is_text(&operation.left) && is_text(&operation.right),
            _ => false,
        },
        Expr::Call(call) => call.func.as_attribute_expr().is_some_and(|method| {
            matches!(
                method.attr.as_str(),
                "format" | "join" | "upper" | "center" | "ljust" | "rjust"
            ) && is_literal(&method.value)
        }),
        _ => false,
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

#[cfg(test)]
mod tests {
    use srcify_syntax::TextRange;

    use super::{logger_edits, operands_of_formats};
    use srcify_syntax::Ranged;
    use srcify_syntax::ast::Expr;
    use std::collections::HashSet;

    /// Names that begin with `n` are numbers here.
    fn scalar_names(snippet: &srcify_syntax::ParsedSnippet) -> HashSet<TextRange> {
        let operands = operands_of_formats(&snippet.statements()[0]);
        let is_number = |it: &&&Expr| {
            let name = it.as_name_expr();
            name.is_some_and(|it| it.id.as_str().starts_with('n'))
        };
        let numbers = operands.iter().filter(is_number);
        numbers.map(Ranged::range).collect()
    }

    /// What becomes of the prints in `code`.
    fn check(code: &str, expected: &str) {
        let snippet = srcify_syntax::snippet(code);
        let fragment = |range: TextRange| code[range].to_owned();
        let scalars = scalar_names(&snippet);
        let edits = logger_edits(&snippet.statements()[0], "logger", &scalars, &fragment);
        let texts: Vec<String> = edits.into_iter().map(|edit| edit.text).collect();
        assert_eq!(texts.join("; "), expected);
    }

    #[test]
    fn values_are_arguments_of_the_logger() {
        check("print('n:', n)", r#"logger.info("n: %s", n)"#);
        check(
            "print(f'{a} of {b}, 5%')",
            r#"logger.info(f"{a} of {b}, 5%")"#,
        );
        check("print(100, '%')", r#"logger.info("%s %%", 100)"#);
    }

    #[test]
    fn formats_stay_in_the_f_string_of_the_author() {
        check(
            "print(f'{name}: {x:.3f} 5%')",
            r#"logger.info(f"{name}: {x:.3f} 5%")"#,
        );
        check(
            "print('auc', f'{{{x!r:>9}}}')",
            r#"logger.info(f"auc {{{x!r:>9}}}")"#,
        );
        check("print(f'\"{x:.1f}\"')", r#"logger.info(f"\"{x:.1f}\"")"#);
        check(
            "print(f'{(n := 5)} {n:3d}')",
            r#"logger.info(f"{(n := 5)} {n:3d}")"#,
        );
        // Quotes in the braces.
        check(
            r#"print(f'{d["a"]:.2f}', 'end')"#,
            r#"logger.info("%s end", f'{d["a"]:.2f}')"#,
        );
        check(
            "print(f\"\"\"{d['a'][\"b\"]}\"\"\", x)",
            "logger.info(\"%s %s\", f\"\"\"{d['a'][\"b\"]}\"\"\", x)",
        );
        // A value's own format may be another than that of `str`.
        check("print(x, f'{y:.2f}')", r#"logger.info(f"{x!s} {y:.2f}")"#);
        check(
            "print(x == 1, f'{y:.2f}')",
            r#"logger.info("%s %s", x == 1, f"{y:.2f}")"#,
        );
    }

    #[test]
    fn one_value_is_formatted_by_the_logger_where_it_is_no_tuple() {
        check(
            r#"print("rows: %d" % n_rows)"#,
            r#"logger.info("rows: %d", n_rows)"#,
        );
        check(
            r#"print("rows: %d" % rows)"#,
            r#"logger.info("rows: %d" % rows)"#,
        );
    }

    #[test]
    fn the_logger_formats_what_the_percent_operator_did() {
        check(
            "print('%d of %5.1f%%' % (a, b))",
            r#"logger.info("%d of %5.1f%%", a, b)"#,
        );
        check("print('%', '%s' % (a,))", r#"logger.info("%% %s", a)"#);
        // What is no tuple may be one when it runs; a width may be a value; an error may be caught.
        check("print('%s' % a)", r"logger.info('%s' % a)");
        check("print('%*d' % (a, b))", r"logger.info('%*d' % (a, b))");
        check("print('%(a)s' % (b,))", r"logger.info('%(a)s' % (b,))");
        check(
            "try:\n    print('%d' % (a,))\nexcept TypeError:\n    pass",
            r"logger.info('%d' % (a,))",
        );
    }

    #[test]
    fn strings_need_no_format() {
        check("print('=' * 60)", r"logger.info('=' * 60)");
        check(
            "print('{:.2f}'.format(x))",
            r"logger.info('{:.2f}'.format(x))",
        );
        check("print('a' * n)", r#"logger.info("%s", 'a' * n)"#);
        check("print(a + b)", r#"logger.info("%s", a + b)"#);
        check("print('=' * 9, end='')", r"sys.stdout.write('=' * 9)");
        check(
            "print(f'{x:.1f}', end=' ')",
            r#"sys.stdout.write(f"{x:.1f} ")"#,
        );
    }
}
