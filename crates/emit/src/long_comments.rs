//! Comments that are longer than a line, on several.

use srcify_syntax::ast::Stmt;
use srcify_syntax::snippet;

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
    use super::wrap;

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
