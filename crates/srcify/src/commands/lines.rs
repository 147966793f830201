//! The lines of an input, to tell which of them were edited since.

use std::collections::BTreeMap;

use srcify_syntax::{Program, Span, TextRange};

/// Lines by cell and number.
pub(super) struct Lines(BTreeMap<(Option<u32>, u32), String>);

impl Lines {
    /// The lines of a program as the user wrote them.
    pub(super) fn of(program: &Program) -> Self {
        let mut lines = BTreeMap::new();
        let mut start = 0;
        for line in program.source.text.split_inclusive('\n') {
            let location = program.source.location(Span { start, end: start });
            lines.insert((location.cell, location.line), line.trim_end().to_owned());
            start += u32::try_from(line.len()).unwrap_or_default();
        }
        Self(lines)
    }

    /// Whether the line at `range` is as the user wrote it, so that its places are those that a run showed.
    pub(super) fn are_kept(&self, program: &Program, range: TextRange) -> bool {
        let text = &program.source.text;
        let at = usize::from(range.start());
        let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
        let end = text[at..].find('\n').map_or(text.len(), |after| at + after);
        let location = program.source.location(Span::from(range));
        let original = self.0.get(&(location.cell, location.line));
        original.is_some_and(|original| original == text[start..end].trim_end())
    }
}
