//! Places in the user's code.

use ruff_text_size::TextRange;

/// A range in the text of the program's source: the only way to point at user code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Byte offsets into [`crate::Source::text`].
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl From<TextRange> for Span {
    fn from(range: TextRange) -> Self {
        Self {
            start: range.start().to_u32(),
            end: range.end().to_u32(),
        }
    }
}

impl From<Span> for TextRange {
    fn from(span: Span) -> Self {
        Self::new(span.start.into(), span.end.into())
    }
}

/// Where a span begins, as people count: from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location {
    /// Number of the cell in its notebook, markdown cells included; `None` for plain scripts.
    pub cell: Option<u32>,
    /// Line in the cell, or in the file for scripts.
    pub line: u32,
    /// Character in the line.
    pub column: u32,
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.cell {
            Some(cell) => write!(f, "cell {cell}:{}:{}", self.line, self.column),
            None => write!(f, "{}:{}", self.line, self.column),
        }
    }
}
