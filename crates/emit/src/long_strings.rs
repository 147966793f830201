//! Strings that are longer than a line, in parts that fit: after line feeds, and after spaces.

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, snippet};

use crate::text::{LINE_LENGTH, width};

/// Columns of a part: what fits four levels deep.
const PART_WIDTH: usize = 72;

/// Formatted Python with the strings cut that made its lines too long; `None` where there are none.
pub(crate) fn cut(text: &str) -> Option<String> {
    let is_long = |line: &str| width(line) > usize::from(LINE_LENGTH);
    if !text.lines().any(is_long) {
        return None;
    }
    let parsed = snippet(text);
    let mut search = Search {
        text,
        is_argument: false,
        cuts: Vec::new(),
    };
    search.visit_body(parsed.statements());
    if search.cuts.is_empty() {
        return None;
    }
    let mut result = text.to_owned();
    search.cuts.sort_by_key(|(range, _)| range.start());
    for (range, new) in search.cuts.iter().rev() {
        result.replace_range(usize::from(range.start())..usize::from(range.end()), new);
    }
    Some(result)
}

struct Search<'a> {
    text: &'a str,
    /// The expression at hand stands alone between the commas of a call.
    is_argument: bool,
    cuts: Vec<(TextRange, String)>,
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        // Docstrings, and annotations in quotes.
        match statement {
            Stmt::Expr(it) if it.value.is_string_literal_expr() => {}
            Stmt::AnnAssign(it) => it.value.iter().for_each(|it| self.visit_expr(it)),
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_annotation(&mut self, _: &'a Expr) {}

    fn visit_expr(&mut self, expression: &'a Expr) {
        let is_argument = std::mem::take(&mut self.is_argument);
        match expression {
            Expr::Call(call) => {
                self.visit_expr(&call.func);
                for argument in &call.arguments.args {
                    self.is_argument = true;
                    self.visit_expr(argument);
                }
                self.is_argument = false;
                for keyword in &call.arguments.keywords {
                    self.visit_expr(&keyword.value);
                }
            }
            Expr::StringLiteral(it) => {
                let parts: Vec<_> = it.value.iter().map(|it| self.plain(it)).collect();
                self.replace(&parts, is_argument);
            }
            Expr::FString(it) => {
                let parts: Vec<_> = it.value.iter().map(|it| self.formatted(it)).collect();
                self.replace(&parts, is_argument);
            }
            _ => walk_expr(self, expression),
        }
    }
}

/// A part of a string as it stands there, and in which parts it can be written.
type Written = (TextRange, Vec<String>);

impl Search<'_> {
    fn replace(&mut self, parts: &[Written], is_argument: bool) {
        let is_alone = parts.len() == 1;
        for (range, pieces) in parts {
            if pieces.len() > 1 {
                let text = pieces.join("\n");
                let needs_brackets = is_alone && !is_argument;
                let text = if needs_brackets {
                    format!("({text})")
                } else {
                    text
                };
                self.cuts.push((*range, text));
            }
        }
    }

    /// The text of a part of a string that is too long, without its quotes.
    fn long(&self, range: TextRange, prefix: &str) -> Option<(&str, &str)> {
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let source = &self.text[start..end];
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[line_start..].lines().next().unwrap_or_default();
        let is_long = width(line) > usize::from(LINE_LENGTH) && width(source) > PART_WIDTH / 2;
        let inside = source.strip_prefix(prefix)?;
        let quote = &inside[..1];
        let is_plain = ["\"", "'"].contains(&quote) && !inside.starts_with(&quote.repeat(3));
        let inside = inside[1..].strip_suffix(quote)?;
        (is_long && is_plain && !source.contains('\n')).then_some((inside, quote))
    }

    fn plain(&self, literal: &ast::StringLiteral) -> Written {
        let range = literal.range();
        let Some((inside, quote)) = self.long(range, "") else {
            return (range, Vec::new());
        };
        let mut parts = Parts::default();
        parts.add_text(inside);
        let quoted = |(part, _): (String, bool)| format!("{quote}{part}{quote}");
        (range, parts.finish().map(quoted).collect())
    }

    fn formatted(&self, part: &ast::FStringPart) -> Written {
        let string = match part {
            ast::FStringPart::Literal(literal) => return self.plain(literal),
            ast::FStringPart::FString(string) => string,
        };
        let range = string.range();
        let Some((_, quote)) = self.long(range, "f") else {
            return (range, Vec::new());
        };
        let mut parts = Parts::default();
        for element in &string.elements {
            let range = element.range();
            let text = &self.text[usize::from(range.start())..usize::from(range.end())];
            match element {
                ast::InterpolatedStringElement::Literal(_) => parts.add_text(text),
                ast::InterpolatedStringElement::Interpolation(_) => parts.add_value(text),
            }
        }
        let quoted = |(part, has_value): (String, bool)| {
            let prefix = if has_value || part.contains(['{', '}']) {
                "f"
            } else {
                ""
            };
            format!("{prefix}{quote}{part}{quote}")
        };
        (range, parts.finish().map(quoted).collect())
    }
}

/// Parts of a string as they fill up: each with whether it holds a value.
#[derive(Default)]
struct Parts {
    done: Vec<(String, bool)>,
    /// Words that end the line at hand or begin the next one.
    line: String,
    has_value: bool,
    /// What follows the last place to cut at.
    word: String,
    word_has_value: bool,
}

impl Parts {
    fn add_text(&mut self, text: &str) {
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            self.word.push(c);
            match c {
                ' ' => self.end_word(),
                '\\' => {
                    let escaped = characters.next();
                    self.word.extend(escaped);
                    if escaped == Some('n') {
                        self.end_word();
                        // Several line feeds in a row stay together.
                        let mut rest = characters.clone();
                        let goes_on = rest.next() == Some('\\') && rest.next() == Some('n');
                        if !goes_on {
                            self.end_line();
                        }
                    }
                    if escaped == Some('N') && characters.peek() == Some(&'{') {
                        for c in characters.by_ref() {
                            self.word.push(c);
                            if c == '}' {
                                break;
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn add_value(&mut self, text: &str) {
        self.word.push_str(text);
        self.word_has_value = true;
    }

    fn end_word(&mut self) {
        if !self.line.is_empty() && width(&self.line) + width(&self.word) > PART_WIDTH {
            self.end_line();
        }
        self.line.push_str(&std::mem::take(&mut self.word));
        self.has_value |= std::mem::take(&mut self.word_has_value);
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            let line = std::mem::take(&mut self.line);
            self.done.push((line, std::mem::take(&mut self.has_value)));
        }
    }

    fn finish(mut self) -> impl Iterator<Item = (String, bool)> {
        self.end_word();
        self.end_line();
        self.done.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::super::module::format;

    #[test]
    fn long_strings_are_cut_after_line_feeds_and_spaces() {
        let line = "=".repeat(50);
        assert_eq!(
            format(&format!("print(\"{line}\\n\\nTitle {{x}}\\n{line}\\n\")\n")),
            format!("print(\n    \"{line}\\n\\n\"\n    \"Title {{x}}\\n\"\n    \"{line}\\n\"\n)\n")
        );
        let words = "word ".repeat(30);
        assert_eq!(
            format(&format!("x = f(key=\"{words}\")\n")),
            format!(
                "x = f(\n    key=(\n        \"{}\"\n        \"{}\"\n        \"{}\"\n    )\n)\n",
                "word ".repeat(14),
                "word ".repeat(14),
                "word ".repeat(2)
            )
        );
    }

    #[test]
    fn values_in_strings_are_never_cut() {
        let words = "word ".repeat(14);
        assert_eq!(
            format(&format!(
                "print(f\"{words}{{a.b(c)!r}} {{{{}}}} {words}\")\n"
            )),
            format!(
                "print(\n    \"{words}\"\n    f\"{{a.b(c)!r}} {{{{}}}} {}\"\n    \"{}\"\n)\n",
                "word ".repeat(11),
                "word ".repeat(3)
            )
        );
    }

    #[test]
    fn docstrings_and_short_strings_stay() {
        let long = "word".repeat(30);
        for text in [
            format!("def f():\n    \"{long}\\n{long}\"\n"),
            format!("x = \"{long}\"\n"),
        ] {
            assert!(super::cut(&text).is_none(), "{text}");
        }
    }
}
