//! F-strings of log messages, written anew.

use super::quote;

/// An f-string, on several lines where it is long.
#[derive(Default)]
pub(super) struct Lines {
    finished: Vec<String>,
    line: Vec<Word>,
    width: usize,
}

/// A part of an f-string that stands on one line.
enum Word {
    Literal(String),
    Field(String),
}

impl Lines {
    /// Characters of a line.
    const ROOM: usize = 72;

    pub(super) fn literal(&mut self, text: &str) {
        for word in text.split_inclusive(' ') {
            if self.width + word.len() > Self::ROOM && self.ends_with_space() {
                self.end_line();
            }
            self.width += word.len();
            self.line.push(Word::Literal(word.to_owned()));
        }
    }

    pub(super) fn field(&mut self, source: &str) {
        if self.width + source.len() > Self::ROOM && self.ends_with_space() {
            self.end_line();
        }
        self.width += source.len();
        self.line.push(Word::Field(source.to_owned()));
    }

    fn ends_with_space(&self) -> bool {
        matches!(self.line.last(), Some(Word::Literal(text)) if text.ends_with(' '))
    }

    fn end_line(&mut self) {
        let words = std::mem::take(&mut self.line);
        self.width = 0;
        let has_fields = words.iter().any(|word| matches!(word, Word::Field(_)));
        let mut text = String::from(if has_fields { "f\"" } else { "\"" });
        for word in &words {
            match word {
                Word::Field(source) => text.push_str(source),
                Word::Literal(literal) => {
                    let literal = if has_fields {
                        literal.replace('{', "{{").replace('}', "}}")
                    } else {
                        literal.clone()
                    };
                    let quoted = quote(&literal);
                    text.push_str(&quoted[1..quoted.len() - 1]);
                }
            }
        }
        text.push('"');
        self.finished.push(text);
    }

    pub(super) fn finish(mut self) -> String {
        self.end_line();
        match &self.finished[..] {
            [one] => one.clone(),
            several => format!("(\n{}\n)", several.join("\n")),
        }
    }
}
