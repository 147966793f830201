//! Secrets that stand once more, alone or in longer texts.

use srcify_syntax::ast::str::Quote;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt, StringFlags};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, UnitId};

use super::{Form, FoundSecret, in_f_string, places_of, quote_within, replaced};

/// Finds the secrets that stand once more, under a name that promises nothing: they must be the same value there.
pub(super) struct Repetitions<'k> {
    pub program: &'k Program,
    pub known: &'k [FoundSecret],
    pub unit: UnitId,
    pub found: Vec<FoundSecret>,
}

impl Repetitions<'_> {
    fn add(&mut self, secret: &FoundSecret, range: TextRange, replacement: String) {
        let is_found = |it: &FoundSecret| it.range.is_some_and(|it| it.intersect(range).is_some());
        if !self.found.iter().any(is_found) {
            self.found.push(FoundSecret {
                unit: self.unit,
                range: Some(range),
                replacement,
                ..secret.clone()
            });
        }
    }

    /// Text that may be a secret, or hold one: `"https://host/?key=…"`.
    fn look_into(&mut self, text: &ast::ExprStringLiteral) {
        let value = text.value.to_str();
        let known = self.known;
        if let Some(secret) = known.iter().find(|it| it.value == value) {
            let replacement = Form::Text.reading(&secret.variable);
            return self.add(secret, text.range(), replacement);
        }
        let places = |secret: &FoundSecret| places_of(value, &secret.value);
        let found = known.iter();
        let mut found: Vec<((usize, usize), &FoundSecret)> = found
            .flat_map(|secret| places(secret).into_iter().map(move |it| (it, secret)))
            .collect();
        found.sort_by_key(|(place, _)| *place);
        let Some((_, first)) = found.first() else {
            return;
        };
        let source = self.program.text(text.range());
        let is_as_written =
            |secret: &FoundSecret| places_of(source, &secret.value).len() == places(secret).len();
        if text.value.iter().count() == 1
            && !value.contains(['{', '}'])
            && !source.starts_with(['u', 'U'])
            && found.iter().all(|(_, it)| it.value == first.value)
            && is_as_written(first)
        {
            let reading = Form::Part(other_quote(&text.value)).reading(&first.variable);
            let replacement = format!("f{}", replaced(source, &first.value, &reading));
            return self.add(first, text.range(), replacement);
        }
        let (mut written, mut rest) = (String::new(), 0);
        for ((start, end), secret) in &found {
            if *start >= rest {
                written.push_str(&in_f_string(&value[rest..*start]));
                written.push_str(&Form::Part('\'').reading(&secret.variable));
                rest = *end;
            }
        }
        written.push_str(&in_f_string(&value[rest..]));
        self.add(first, text.range(), format!("f\"{written}\""));
    }

    fn look_into_parts(&mut self, string: &ast::FString) {
        let form = Form::Part(quote_within(string));
        let known = self.known;
        for literal in string.elements.literals() {
            let written = self.program.text(literal.range);
            for secret in known.iter().filter(|_| written == &*literal.value) {
                for (start, end) in places_of(written, &secret.value) {
                    let offset = |at: usize| literal.start() + TextSize::of(&written[..at]);
                    let range = TextRange::new(offset(start), offset(end));
                    self.add(secret, range, form.reading(&secret.variable));
                }
            }
        }
    }
}

impl<'a> Visitor<'a> for Repetitions<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let documents = matches!(statement, Stmt::Expr(it) if it.value.is_string_literal_expr());
        if !documents {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::StringLiteral(text) => self.look_into(text),
            Expr::BytesLiteral(bytes) => {
                let value: Vec<u8> = bytes.value.bytes().collect();
                let known = self.known;
                let mut known = known.iter();
                if let Some(secret) = known.find(|it| it.value.as_bytes() == value) {
                    let replacement = Form::Bytes.reading(&secret.variable);
                    self.add(secret, bytes.range(), replacement);
                }
            }
            Expr::FString(string) => {
                let parts = string
                    .value
                    .iter()
                    .filter_map(ast::FStringPart::as_f_string);
                parts.for_each(|it| self.look_into_parts(it));
                walk_expr(self, expression);
            }
            _ => walk_expr(self, expression),
        }
    }
}

/// The quotes that may stand within the braces of an f-string that a text becomes.
fn other_quote(text: &ast::StringLiteralValue) -> char {
    let first = text.iter().next().map(|it| it.flags.quote_style());
    match first {
        Some(Quote::Single) => '"',
        _ => '\'',
    }
}
