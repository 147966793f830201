//! Sources with parts of their text replaced.

use ruff_text_size::{TextRange, TextSize};

use crate::source::{Line, offset};
use crate::{Cell, Dropped, Inclusion, Source, Span};

/// A stretch of the new text, and where it comes from.
struct Segment {
    start: usize,
    origin: usize,
    /// It stands for the text at `origin`, rather than being a copy of it.
    is_new: bool,
}

impl Source {
    /// The same input with parts of its text replaced. `edits` are in order and apart.
    ///
    /// Numbers of cells and lines stay those of the input. Spans made before are no longer valid.
    #[must_use]
    pub fn edited(&self, edits: &[(TextRange, String)]) -> Self {
        let mut text = String::new();
        let mut segments = Vec::new();
        let mut at = 0;
        for (range, replacement) in edits {
            let (start, end) = (usize::from(range.start()), usize::from(range.end()));
            segments.push(Segment {
                start: text.len(),
                origin: at,
                is_new: false,
            });
            text.push_str(&self.text[at..start]);
            segments.push(Segment {
                start: text.len(),
                origin: start,
                is_new: true,
            });
            text.push_str(replacement);
            at = end;
        }
        segments.push(Segment {
            start: text.len(),
            origin: at,
            is_new: false,
        });
        text.push_str(&self.text[at..]);
        let moved = |range: TextRange| {
            TextRange::new(moved(edits, range.start()), moved(edits, range.end()))
        };
        let cells = self.cells.iter().map(|cell| Cell {
            range: moved(cell.range),
            ..cell.clone()
        });
        let dropped = self.dropped.iter().map(|dropped| Dropped {
            span: Span::from(moved(TextRange::from(dropped.span))),
            ..dropped.clone()
        });
        let inclusions = self.inclusions.iter().map(|module| Inclusion {
            path: module.path.clone(),
            range: moved(module.range),
        });
        Self {
            cells: cells.collect(),
            dropped: dropped.collect(),
            inclusions: inclusions.collect(),
            lines: self.lines_of(&text, &segments),
            text,
            ..self.clone()
        }
    }

    fn lines_of(&self, text: &str, segments: &[Segment]) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let after = segments.partition_point(|segment| segment.start <= start);
            let origin = after.checked_sub(1).map_or(0, |index| {
                let segment = &segments[index];
                let inside = if segment.is_new {
                    0
                } else {
                    start - segment.start
                };
                segment.origin + inside
            });
            let known = self
                .lines
                .partition_point(|line| line.start as usize <= origin);
            let known = known.checked_sub(1).and_then(|index| self.lines.get(index));
            lines.push(Line {
                start: offset(start).to_u32(),
                number: known.map_or(1, |line| line.number),
                shift: known.map_or(0, |line| line.shift),
            });
            start += line.len();
        }
        lines
    }
}

/// Where a place of the old text is in the new one. What is inserted right at a place comes after it.
fn moved(edits: &[(TextRange, String)], place: TextSize) -> TextSize {
    let mut moved = usize::from(place);
    for (range, replacement) in edits.iter().rev() {
        if range.start() < place {
            let removed = usize::from(range.end().min(place) - range.start());
            moved = moved + replacement.len() - removed;
        }
    }
    offset(moved)
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use crate::{Span, TextRange, TextSize, parse, read};

    #[test]
    fn statements_keep_the_lines_of_the_input() {
        let read = read(Utf8Path::new("a.py"), b"x = 1\n\nprint(f(x))\ny = 2\n").unwrap();
        let at = |start: u32, end: u32| TextRange::new(TextSize::new(start), TextSize::new(end));
        let edits = [
            (at(7, 7), "value = f(x)\n".to_owned()),
            (at(13, 17), "value".to_owned()),
        ];
        let source = read.output.edited(&edits);
        assert_eq!(source.text, "x = 1\n\nvalue = f(x)\nprint(value)\ny = 2\n");
        let program = parse(source).output;
        let lines: Vec<u32> = program
            .units()
            .iter()
            .map(|unit| program.source.location(Span::from(unit.range)).line)
            .collect();
        assert_eq!(lines, [1, 3, 3, 4]);
    }
}
