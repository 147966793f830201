//! Lines and columns of a text.

use srcify_syntax::TextSize;

use crate::finding::Position;

/// Where the lines of a text begin.
#[derive(Debug, Clone, Default)]
pub(crate) struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    pub(crate) fn new(text: &str) -> Self {
        let mut starts = vec![0];
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        starts.extend(breaks.map(|(at, _)| at as u32 + 1));
        Self { starts }
    }

    /// The number of the line that holds `offset`, from 0.
    pub(crate) fn line(&self, offset: TextSize) -> usize {
        let after = self
            .starts
            .partition_point(|start| *start <= offset.to_u32());
        after.saturating_sub(1)
    }

    /// Where a line begins; the end of the text for lines that do not exist.
    pub(crate) fn start(&self, line: usize, text: &str) -> TextSize {
        let end = text.len() as u32;
        TextSize::new(self.starts.get(line).copied().unwrap_or(end))
    }

    /// As people count.
    pub(crate) fn position(&self, text: &str, offset: TextSize) -> Position {
        let line = self.line(offset);
        let start = usize::from(self.start(line, text));
        let before = text.get(start..usize::from(offset)).unwrap_or("");
        Position {
            row: line as u32 + 1,
            column: before.chars().count() as u32 + 1,
        }
    }

    /// The offset of a character of a line, both from 0.
    pub(crate) fn offset(&self, text: &str, line: usize, column: usize) -> TextSize {
        let start = usize::from(self.start(line, text));
        let rest = text.get(start..).unwrap_or("");
        let width: usize = rest.chars().take(column).map(char::len_utf8).sum();
        TextSize::new((start + width) as u32)
    }
}
