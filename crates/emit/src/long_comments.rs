//! Comments that are longer than a line, on several; and those beside statements that are, above them.

use srcify_syntax::ast::Stmt;
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::{Ranged, TextSize, snippet};

use crate::text::{LINE_LENGTH, width, wrapped};

/// Columns of a line.
const ROOM: usize = LINE_LENGTH as usize;

/// Words that a comment begins with which is read by a tool.
const DIRECTIVES: &[&str] = &[
    "!", "%%", "fmt:", "isort:", "mypy:", "noqa", "pragma", "pylint:", "ruff:", "type:",
];

/// Formatted Python with the comments wrapped that have lines of their own and no room on them; `None` where there are none.
///
/// Code that is commented out stays as it is, and so does what is one word: an address.
pub(crate) fn wrap(text: &str) -> Option<String> {
    let is_long = |line: &str| width(line) > ROOM && line.trim_start().starts_with('#');
    if !text.lines().any(is_long) {
        return None;
    }
    let inside = snippet(text).lines_inside_strings(text);
    let mut is_changed = false;
    let mut lines = String::new();
    for (number, line) in text.lines().enumerate() {
        let parts = is_long(line).then(|| parts(line)).flatten();
        match parts.filter(|_| !inside.contains(&number)) {
            Some(parts) => {
                is_changed = true;
                lines.push_str(&parts);
            }
            None => lines.push_str(line),
        }
        lines.push('\n');
    }
    is_changed.then_some(lines)
}

/// Formatted Python with the comments above statements that stand beside the bracket in which a statement ends, or beyond
/// the end of the line; `None` where there are none.
///
/// The formatter breaks a line to make room for them, and then they hang behind what closes it.
pub(crate) fn lift(text: &str) -> Option<String> {
    let is_hanging = |line: &str| {
        let is_close = line.trim_start().starts_with([')', ']', '}']);
        (is_close || width(line) > ROOM) && line.contains("  # ")
    };
    if !text.lines().any(is_hanging) {
        return None;
    }
    let parsed = snippet(text);
    let mut finder = Hanging {
        text,
        found: Vec::new(),
    };
    finder.visit_body(parsed.statements());
    let mut edits = finder.found;
    edits.sort_unstable();
    let mut lifted = text.to_owned();
    for (start, from, to) in edits.iter().rev() {
        let comment = text[*from..*to].trim_start().to_owned();
        lifted.replace_range(*from..*to, "");
        let line = text[..*start].rfind('\n').map_or(0, |at| at + 1);
        lifted.insert_str(line, &format!("{}{comment}\n", &text[line..*start]));
    }
    (!edits.is_empty()).then_some(lifted)
}

/// The statements with a comment that hangs: where each begins, and where the comment stands.
struct Hanging<'t> {
    text: &'t str,
    found: Vec<(usize, usize, usize)>,
}

impl Hanging<'_> {
    /// Notes the comment beside what begins at `start` and ends at `end`.
    fn note(&mut self, start: TextSize, end: TextSize) {
        let (start, end) = (usize::from(start), usize::from(end));
        let line_of = |at: usize| self.text[..at].rfind('\n').map_or(0, |it| it + 1);
        let to = self.text[end..]
            .find('\n')
            .map_or(self.text.len(), |it| end + it);
        let comment = self.text[end..to].trim_start();
        let line = &self.text[line_of(end)..to];
        let is_closed = line_of(end) > start && line.trim_start().starts_with([')', ']', '}']);
        let words = comment.trim_start_matches('#').trim_start();
        let is_said =
            comment.starts_with('#') && !DIRECTIVES.iter().any(|it| words.starts_with(it));
        let is_alone = self.text[line_of(start)..start].trim().is_empty();
        if is_said && is_alone && (is_closed || width(line) > ROOM) {
            self.found.push((start, end, to));
        }
    }
}

impl<'a> Visitor<'a> for Hanging<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(it) => {
                let end = it
                    .returns
                    .as_ref()
                    .map_or(it.parameters.end(), |it| it.end());
                if self.text[usize::from(end)..].starts_with(':') {
                    self.note(it.start(), end + TextSize::new(1));
                }
            }
            Stmt::Assign(_)
            | Stmt::AnnAssign(_)
            | Stmt::AugAssign(_)
            | Stmt::Expr(_)
            | Stmt::Return(_)
            | Stmt::Raise(_)
            | Stmt::Assert(_) => self.note(statement.start(), statement.end()),
            _ => {}
        }
        walk_stmt(self, statement);
    }
}

/// A comment on several lines.
fn parts(line: &str) -> Option<String> {
    let comment = line.trim_start();
    let words = comment.trim_start_matches('#');
    let marker = &comment[..comment.len() - words.len()];
    let words = words.trim();
    let before = &line[..line.len() - comment.len()];
    if DIRECTIVES.iter().any(|it| words.starts_with(it)) || is_code(words) {
        return None;
    }
    let margin = format!("{before}{marker} ");
    let room = ROOM.saturating_sub(width(&margin));
    if words.split(' ').any(|word| width(word) > room) {
        return None;
    }
    let lines = wrapped(words, room);
    let lines: Vec<String> = lines.iter().map(|it| format!("{margin}{it}")).collect();
    Some(lines.join("\n"))
}

/// Whether it is a statement, and no words.
fn is_code(words: &str) -> bool {
    let parsed = snippet(words);
    let is_said = |it: &Stmt| it.as_expr_stmt().is_some_and(|it| it.value.is_name_expr());
    parsed.is_valid() && !parsed.statements().iter().all(is_said)
}

#[cfg(test)]
mod tests {
    use super::{lift, wrap};

    #[test]
    fn comments_that_hang_stand_above() {
        let check = |before: &str, after: Option<&str>| assert_eq!(lift(before).as_deref(), after);
        check(
            "def f(\n    a: int\n) -> int:  # makes one\n    path = (\n        cwd()\n    )  # where we are\n    return a\n",
            Some(
                "# makes one\ndef f(\n    a: int\n) -> int:\n    # where we are\n    path = (\n        cwd()\n    )\n    return a\n",
            ),
        );
        check("x = (\n    f(1)\n)  # noqa: E501\n", None);
        check("x = f(1)  # one\n", None);
        check("x = f(\n    1,  # one\n)\n", None);
        let long = format!("x = \"{}\"  # the first\n", "a".repeat(90));
        let above = format!("# the first\nx = \"{}\"\n", "a".repeat(90));
        check(&long, Some(&above));
    }

    #[test]
    fn words_are_wrapped_and_code_is_not() {
        let long = "x = 1\n    # one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen\n";
        assert_eq!(
            wrap(long).as_deref(),
            Some(
                "x = 1\n    # one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen\n    # sixteen\n"
            )
        );
        let code = format!(
            "# model = fit(first={}, second=2, third=3)\n",
            "1".repeat(80)
        );
        assert_eq!(wrap(&code), None);
        let address = format!("# see https://example.org/{}\n", "a".repeat(90));
        assert_eq!(wrap(&address), None);
        let text = format!("x = \"\"\"\n# {}\n\"\"\"\n", "word ".repeat(30));
        assert_eq!(wrap(&text), None);
    }
}
