//! One source made of several: the text of local modules between the statements of the input.

use camino::{Utf8Path, Utf8PathBuf};
use ruff_text_size::{TextRange, TextSize};

use crate::source::{Line, offset};
use crate::{Cell, CellKind, Dropped, Source, Span};

/// A local module that stands inside a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// Its file.
    pub path: Utf8PathBuf,
    /// Its place in [`Source::text`].
    pub range: TextRange,
}

impl Source {
    /// The same source with modules before some of its statements: `at` are beginnings of lines, in order.
    #[must_use]
    pub fn including(&self, modules: Vec<(TextSize, Self)>) -> Self {
        let mut result = Self::empty(&self.path, self.kind);
        result.requirements.clone_from(&self.requirements);
        let mut at = TextSize::new(0);
        let mut modules = modules.into_iter().peekable();
        let mut boundaries: Vec<TextSize> = Vec::new();
        for cell in &self.cells {
            boundaries.extend([cell.range.start(), cell.range.end()]);
        }
        boundaries.push(offset(self.text.len()));
        boundaries.sort_unstable();
        boundaries.dedup();
        // Prose without text stands before the code at its place, and after what is inserted there.
        for boundary in boundaries {
            while let Some((place, module)) = modules.next_if(|(place, _)| *place <= boundary) {
                self.copy(TextRange::new(at, place), &mut result);
                result.include(&module);
                at = place;
            }
            self.copy_empty_cells(at, boundary, &mut result);
            self.copy(TextRange::new(at, boundary), &mut result);
            at = boundary;
        }
        self.copy_empty_cells(at, at + TextSize::new(1), &mut result);
        result
    }

    /// Appends a stretch that lies in one cell, or between two, with the cell it is a part of.
    fn copy(&self, range: TextRange, result: &mut Self) {
        if range.is_empty() {
            return;
        }
        let first = self
            .lines
            .partition_point(|line| line.start < range.start().to_u32());
        let start = offset(result.text.len());
        result.push_lines(&self.text[range], |line| self.line(first + line));
        let moved = |inner: TextRange| inner - range.start() + start;
        for dropped in &self.dropped {
            let inner = TextRange::from(dropped.span);
            if range.contains_range(inner) && inner.end() != range.end() {
                let span = Span::from(moved(inner));
                result.dropped.push(Dropped {
                    span,
                    ..dropped.clone()
                });
            }
        }
        for module in &self.inclusions {
            if range.contains_range(module.range) {
                let range = moved(module.range);
                let path = module.path.clone();
                result.inclusions.push(Inclusion { path, range });
            }
        }
        let holder = self
            .cells
            .iter()
            .find(|cell| !cell.range.is_empty() && cell.range.contains_range(range));
        if let Some(cell) = holder {
            result.cells.push(Cell {
                range: TextRange::new(start, offset(result.text.len())),
                ..cell.clone()
            });
        }
    }

    /// Appends the cells without text that stand from `at` to before `boundary`.
    fn copy_empty_cells(&self, at: TextSize, boundary: TextSize, result: &mut Self) {
        let here = TextRange::empty(offset(result.text.len()));
        let empty = self
            .cells
            .iter()
            .filter(|cell| cell.range.is_empty() && (at..boundary).contains(&cell.range.start()));
        let copies: Vec<Cell> = empty
            .map(|cell| Cell {
                range: here,
                ..cell.clone()
            })
            .collect();
        result.cells.extend(copies);
    }

    /// Appends a module: its code, without its prose.
    fn include(&mut self, module: &Self) {
        let start = offset(self.text.len());
        self.push_lines(&module.text, |line| module.line(line));
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        let range = TextRange::new(start, offset(self.text.len()));
        self.inclusions.push(Inclusion {
            path: module.path.clone(),
            range,
        });
        for requirement in &module.requirements {
            if !self.requirements.contains(requirement) {
                self.requirements.push(requirement.clone());
            }
        }
        for dropped in &module.dropped {
            let span = Span::from(TextRange::from(dropped.span) + start);
            self.dropped.push(Dropped {
                span,
                ..dropped.clone()
            });
        }
        self.cells.push(Cell {
            number: 0,
            kind: CellKind::Code,
            range,
            markdown: String::new(),
            tags: Vec::new(),
            execution_count: None,
        });
    }

    fn line(&self, index: usize) -> Line {
        self.lines.get(index).copied().unwrap_or(Line {
            start: 0,
            number: 1,
            shift: 0,
        })
    }

    /// The file that holds `offset`: a local module, or the input itself.
    pub fn file_at(&self, offset: TextSize) -> &Utf8Path {
        self.inclusion_at(offset).unwrap_or(&self.path)
    }

    /// The local module that holds `offset`, when one does.
    pub fn inclusion_at(&self, offset: TextSize) -> Option<&Utf8Path> {
        let holder = self.inclusions.iter().find(|it| {
            it.range.contains(offset) || (it.range.is_empty() && it.range.start() == offset)
        });
        holder.map(|it| it.path.as_path())
    }

    /// Where `span` begins, as people read it: `cell 4:2:6`, `12:1`, `utils.py:3:1`.
    pub fn place(&self, span: Span) -> String {
        let location = self.location(span);
        match self.inclusion_at(span.start.into()) {
            Some(path) => format!("{path}:{location}"),
            None => location.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use ruff_text_size::TextLen;

    use super::*;
    use crate::{parse, read};

    fn source(path: &str, text: &str) -> Source {
        read(Utf8Path::new(path), text.as_bytes()).unwrap().output
    }

    fn range_of(source: &Source, part: &str) -> TextRange {
        let start = offset(source.text.find(part).unwrap());
        TextRange::at(start, part.text_len())
    }

    #[test]
    fn a_module_stands_before_the_statement_that_imports_it() {
        let input = source("a.py", "print(1)\nimport m\nprint(m.x)\n");
        let module = source("lib/m.py", "\nx = 2\n");
        let at = range_of(&input, "import m").start();
        let both = input.including(vec![(at, module)]);
        assert_eq!(both.text, "print(1)\n\nx = 2\nimport m\nprint(m.x)\n");
        let place = |part| both.place(Span::from(range_of(&both, part)));
        assert_eq!(place("x = 2"), "lib/m.py:2:1");
        assert_eq!(place("import m"), "2:1");
        let program = parse(both).output;
        assert_eq!(program.units().len(), 4);
    }

    #[test]
    fn prose_stays_above_its_code() {
        let notebook = r###"{"cells": [
            {"cell_type": "markdown", "metadata": {}, "source": "# Title"},
            {"cell_type": "code", "metadata": {}, "source": "import m\ny = m.x", "outputs": [], "execution_count": 1},
            {"cell_type": "markdown", "metadata": {}, "source": "## End"},
            {"cell_type": "code", "metadata": {}, "source": "print(y)", "outputs": [], "execution_count": 2}
            ], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}"###;
        let input = source("a.ipynb", notebook);
        let module = source("m.py", "x = 2\n");
        let both = input.including(vec![(TextSize::new(0), module)]);
        let cells: Vec<_> = both
            .cells
            .iter()
            .map(|cell| (cell.number, cell.kind))
            .collect();
        let (code, prose) = (CellKind::Code, CellKind::Markdown);
        assert_eq!(
            cells,
            [(0, code), (1, prose), (2, code), (3, prose), (4, code)]
        );
        let place = |part| both.place(Span::from(range_of(&both, part)));
        assert_eq!(place("print(y)"), "cell 4:1:1");
    }
}
