//! Escapes that Python does not know, such as `"\d"`: it keeps them today, warns of them, and will refuse them one day.

use srcify_syntax::TextRange;
use srcify_syntax::ast::visitor::{Visitor, walk_f_string};
use srcify_syntax::ast::{self, AnyStringFlags, StringFlags};

/// Letters after a backslash that bytes know.
const BYTES: &str = "\n\r\\'\"abfnrtvx01234567";
/// Letters after a backslash that text knows.
const TEXT: &str = "\n\r\\'\"abfnrtvx01234567NuU";

/// `text` with strings that mean the same and hold no unknown escape: raw ones, or with the backslash written twice.
pub(crate) fn with_known_escapes(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let parsed = srcify_syntax::snippet(text);
    let mut finder = Finder {
        text,
        inserts: Vec::new(),
    };
    for statement in parsed.statements() {
        finder.visit_stmt(statement);
    }
    let mut inserts = finder.inserts;
    inserts.sort_unstable();
    inserts.dedup();
    let mut repaired = text.to_owned();
    for (at, what) in inserts.into_iter().rev() {
        repaired.insert(at, what);
    }
    repaired
}

struct Finder<'t> {
    text: &'t str,
    /// Where a letter has to be put in.
    inserts: Vec<(usize, char)>,
}

impl Finder<'_> {
    /// A string or bytes.
    fn literal(&mut self, range: TextRange, flags: AnyStringFlags, known: &str) {
        if flags.prefix().is_raw() {
            return;
        }
        let content = TextRange::new(
            range.start() + flags.opener_len(),
            range.end() - flags.closer_len(),
        );
        let (unknown, knows) = self.escapes(content, known);
        let start = usize::from(range.start());
        let is_unicode = self.text[start..].starts_with(['u', 'U']);
        if !unknown.is_empty() && !knows && !is_unicode {
            // `if'\d'` without a space would become another word.
            if self.text[..start].ends_with(|it: char| it.is_alphanumeric() || it == '_') {
                self.inserts.push((start, ' '));
            }
            self.inserts.push((start, 'r'));
        } else {
            self.inserts
                .extend(unknown.into_iter().map(|at| (at, '\\')));
        }
    }

    /// Where unknown escapes stand, and whether there are others.
    fn escapes(&self, content: TextRange, known: &str) -> (Vec<usize>, bool) {
        let from = usize::from(content.start());
        let content = self.text.get(from..usize::from(content.end()));
        let mut unknown = Vec::new();
        let mut knows = false;
        let mut characters = content.unwrap_or_default().char_indices();
        while let Some((at, character)) = characters.next() {
            if character != '\\' {
                continue;
            }
            match characters.next() {
                Some((_, next)) if !known.contains(next) => unknown.push(from + at),
                _ => knows = true,
            }
        }
        (unknown, knows)
    }
}

impl<'a> Visitor<'a> for Finder<'_> {
    fn visit_string_literal(&mut self, literal: &'a ast::StringLiteral) {
        self.literal(literal.range, literal.flags.as_any_string_flags(), TEXT);
    }

    fn visit_bytes_literal(&mut self, literal: &'a ast::BytesLiteral) {
        self.literal(literal.range, literal.flags.as_any_string_flags(), BYTES);
    }

    fn visit_f_string(&mut self, string: &'a ast::FString) {
        if !string.flags.as_any_string_flags().prefix().is_raw() {
            for element in string.elements.literals() {
                let (unknown, _) = self.escapes(element.range, TEXT);
                self.inserts
                    .extend(unknown.into_iter().map(|at| (at, '\\')));
            }
        }
        walk_f_string(self, string);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(before: &str, after: &str) {
        assert_eq!(with_known_escapes(before), after);
    }

    #[test]
    fn unknown_escapes_make_a_string_raw() {
        becomes(
            r#"x = re.sub("\d+\.", "", y)"#,
            r#"x = re.sub(r"\d+\.", "", y)"#,
        );
        becomes(r"x = b'\d'", r"x = rb'\d'");
        becomes(r"x = a if'\d'else b", r"x = a if r'\d'else b");
        becomes(r#"x = """\s""" "\w""#, r#"x = r"""\s""" r"\w""#);
    }

    #[test]
    fn known_escapes_beside_them_keep_their_meaning() {
        becomes(r#"x = "\d\n""#, r#"x = "\\d\n""#);
        becomes(r#"x = u"\d""#, r#"x = u"\\d""#);
        becomes(r#"x = f"\d{y!r}\w{{\n""#, r#"x = f"\\d{y!r}\\w{{\n""#);
        becomes(r"x = b'\N\n'", r"x = b'\\N\n'");
    }

    #[test]
    fn what_is_known_stays() {
        for text in [
            r#"x = "\n\t\x41\u00e9\N{BULLET}""#,
            r#"x = r"\d""#,
            r#"x = rf"\d{y}""#,
            "x = 'a\\\nb'",
        ] {
            becomes(text, text);
        }
    }
}
