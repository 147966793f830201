//! The docstring of the input, where the job prints it: a constant of its module, for it takes many lines.

use crate::Item;
use crate::modules::Draft;
use crate::planner::Planner;

/// A long text that the input has as its docstring.
pub(super) struct Introduction {
    /// The constant that holds it.
    pub name: String,
    text: String,
}

/// Texts of fewer lines stand where they are printed.
const LINES: usize = 3;
/// Columns of a line.
const WIDTH: usize = 100;

impl Planner<'_> {
    /// The docstring of the input, where the input reads it and it is long.
    pub(super) fn introduction(&mut self) -> Option<Introduction> {
        if !self.program.source.text.contains("__doc__") || self.is_introspective {
            return None;
        }
        let text = self.docstring_of_input()?;
        if text.lines().count() < LINES || !is_plain(&text) {
            return None;
        }
        let name = self.names.first_free(&["INTRODUCTION", "ABOUT_TEXT"]);
        Some(Introduction { name, text })
    }
}

impl Introduction {
    /// Adds the constant to a module that names it.
    pub(super) fn write(&self, draft: &mut Draft) {
        let Self { name, text } = self;
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let mut items = draft.items.iter();
        let is_named = items.any(|item| {
            item.text
                .split(|c| !is_word(c))
                .any(|it| it == name.as_str())
        });
        if !is_named {
            return;
        }
        let first = usize::from(draft.items.first().is_some_and(|it| it.name.is_empty()));
        let constant = Item {
            text: format!("{name} = \"\"\"{}\"\"\"\n", escaped(text)),
            name: name.clone(),
            units: Vec::new(),
        };
        draft.items.insert(first, constant);
    }
}

/// Whether a text can stand between three quotes, line by line as it is.
fn is_plain(text: &str) -> bool {
    let is_line = |line: &str| !line.ends_with([' ', '\t']) && line.chars().count() <= WIDTH;
    let is_odd = |c: char| c.is_control() && c != '\n';
    text.split('\n').all(is_line) && !text.contains(is_odd)
}

/// A text for three quotes around it.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\"\"");
    match text.strip_suffix('"') {
        Some(start) => format!("{start}\\\""),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{escaped, is_plain};

    #[test]
    fn texts_stand_between_three_quotes() {
        assert_eq!(escaped("a\n\\b"), "a\n\\\\b");
        assert_eq!(escaped("say \"hi\""), "say \"hi\\\"");
        assert_eq!(escaped("a \"\"\" b"), "a \\\"\"\" b");
        assert!(is_plain("\n=====\nTitle\n"));
        assert!(!is_plain("ends in blanks  \n"));
        assert!(!is_plain("a\u{b}b"));
    }
}
