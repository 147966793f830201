//! One input: its Python text and its cells.

use camino::{Utf8Path, Utf8PathBuf};
use ruff_text_size::{TextRange, TextSize};

use crate::{Inclusion, Location, Span};

/// The form of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// Jupyter, any nbformat.
    Notebook,
    /// A script cut into cells by markers (percent, light, sphinx-gallery, Databricks, marimo…).
    CellScript,
    /// A script without cells.
    Script,
}

/// In which order the cells of a notebook run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// That of the document, unless only the numbers of the cells tell an order in which they work.
    #[default]
    Auto,
    /// That of the document.
    Document,
    /// That of the numbers which Jupyter showed beside the cells.
    Executed,
}

/// How an input is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// Leave out cells that do not parse, and what needs their names.
    pub skip_broken: bool,
    /// In which order cells run.
    pub order: Order,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Python.
    Code,
    /// Prose.
    Markdown,
}

/// A cell of the input, in document order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Position in the input, from 1, all cells counted. The cell 0 is ours: it stands first and imports the modules
    /// that lowered magics use (`import subprocess`) and the input does not import before them.
    pub number: u32,
    /// What it holds.
    pub kind: CellKind,
    /// Its place in [`Source::text`]. For prose kept as comments in a script, the comments; else empty.
    pub range: TextRange,
    /// The prose of a markdown cell, without comment signs; empty for code.
    pub markdown: String,
    /// Cell tags, e.g. `parameters`.
    pub tags: Vec<String>,
    /// The number that Jupyter showed beside the cell when it last ran.
    pub execution_count: Option<u32>,
}

/// A line of the input that is no Python and has no Python equal (a display setting, help, an install command).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Where it stood; blanked in [`Source::text`].
    pub span: Span,
    /// The line as it stood.
    pub text: String,
    /// Why it is not in the package, e.g. "a display setting".
    pub reason: String,
}

/// One input, read.
#[derive(Debug, Clone)]
pub struct Source {
    /// As the user named it.
    pub path: Utf8PathBuf,
    /// The form of the input.
    pub kind: SourceKind,
    /// Python: code cells joined by line feeds. Magics are lowered to Python or blanked at equal length.
    pub text: String,
    /// In document order.
    pub cells: Vec<Cell>,
    /// Lines without a Python equal.
    pub dropped: Vec<Dropped>,
    /// Requirements installed by the input itself (`!pip install a==1`), as written.
    pub requirements: Vec<String>,
    /// The local modules that stand in `text`.
    pub inclusions: Vec<Inclusion>,
    /// The lines of `text`, with their places in the input.
    pub(crate) lines: Vec<Line>,
}

/// Where a line of [`Source::text`] comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its first byte in the text.
    pub start: u32,
    /// Its number in the file, or in its notebook cell, from 1.
    pub number: u32,
    /// Characters that stood before what is now its first one.
    pub shift: u32,
}

/// The first line of a Databricks export.
pub(crate) const DATABRICKS: &str = "# Databricks notebook source";

/// A byte offset; readers refuse inputs that are too large for it.
pub(crate) fn offset(at: usize) -> TextSize {
    TextSize::new(u32::try_from(at).unwrap_or(u32::MAX))
}

impl Source {
    /// The file name without its extension, e.g. `churn`.
    pub fn stem(&self) -> &str {
        self.path.file_stem().unwrap_or("notebook")
    }

    /// Whether what runs it binds `display` and `get_ipython`: Jupyter, or Databricks.
    pub fn is_interactive(&self) -> bool {
        self.kind == SourceKind::Notebook || self.is_databricks_export()
    }

    /// Whether Databricks wrote it as a script.
    pub fn is_databricks_export(&self) -> bool {
        self.text.starts_with(DATABRICKS) || self.text.contains(&format!("\n{DATABRICKS}"))
    }

    /// The index in [`Source::cells`] of the code cell that holds `offset`.
    pub fn cell_at(&self, offset: TextSize) -> usize {
        let after = self
            .cells
            .partition_point(|cell| cell.range.start() <= offset);
        (0..after)
            .rev()
            .find(|&index| {
                self.cells[index].kind == CellKind::Code && !self.cells[index].range.is_empty()
            })
            .unwrap_or(0)
    }

    /// Whether `offset` stands in the text of a markdown cell.
    pub(crate) fn is_prose(&self, offset: TextSize) -> bool {
        let after = self
            .cells
            .partition_point(|cell| cell.range.start() <= offset);
        let holder = self.cells[..after]
            .iter()
            .rev()
            .find(|cell| !cell.range.is_empty());
        holder.is_some_and(|cell| cell.kind == CellKind::Markdown && cell.range.contains(offset))
    }

    /// Where `span` begins, as people count.
    pub fn location(&self, span: Span) -> Location {
        let offset = TextSize::from(span.start);
        let cell = match self.kind {
            _ if self.inclusion_at(offset).is_some() => None,
            SourceKind::Notebook => self.cells.get(self.cell_at(offset)).map(|cell| cell.number),
            SourceKind::CellScript | SourceKind::Script => None,
        };
        let after = self.lines.partition_point(|line| line.start <= span.start);
        let Some(line) = after.checked_sub(1).and_then(|index| self.lines.get(index)) else {
            return Location {
                cell,
                line: 1,
                column: 1,
            };
        };
        let before = self
            .text
            .get(line.start as usize..span.start as usize)
            .unwrap_or("");
        Location {
            cell,
            line: line.number,
            column: before.chars().count() as u32 + line.shift + 1,
        }
    }

    /// The order in which Jupyter last ran the code cells, as indexes into [`Source::cells`], when it differs from
    /// the order of the document and is certain: each cell with code has a number of its own.
    ///
    /// Whether to take it is the caller's choice: see [`Source::reordered`].
    pub fn execution_order(&self) -> Option<Vec<usize>> {
        let mut counted = Vec::new();
        for (index, cell) in self.cells.iter().enumerate() {
            let is_code = cell.kind == CellKind::Code && cell.number != 0;
            if is_code && !self.text[cell.range].trim().is_empty() {
                counted.push((cell.execution_count?, index));
            }
        }
        let in_document: Vec<usize> = counted.iter().map(|&(_, index)| index).collect();
        counted.sort_unstable();
        if counted.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return None;
        }
        let executed: Vec<usize> = counted.into_iter().map(|(_, index)| index).collect();
        (executed != in_document).then_some(executed)
    }

    /// The numbers of the code cells in the order in which they run, when it is not that of the document.
    pub fn run_order(&self) -> Option<Vec<u32>> {
        let code = self.cells.iter().filter(|cell| cell.kind == CellKind::Code);
        let mut numbers: Vec<u32> = code.map(|cell| cell.number).filter(|it| *it != 0).collect();
        numbers.dedup();
        (!numbers.is_sorted()).then_some(numbers)
    }

    /// The same input with its code cells in another order: `order` holds indexes into [`Source::cells`].
    ///
    /// Prose goes with the code below it; cells that `order` leaves out keep their places before the next cell that
    /// it names. Numbers of cells and lines stay those of the document. Spans made before are no longer valid.
    #[must_use]
    pub fn reordered(&self, order: &[usize]) -> Self {
        let mut result = Self::empty(&self.path, self.kind);
        result.requirements.clone_from(&self.requirements);
        for index in self.sequence(order) {
            self.copy_cell(index, &mut result);
        }
        result
    }

    /// All cells, in the order that `order` asks for.
    fn sequence(&self, order: &[usize]) -> Vec<usize> {
        let mut named = vec![false; self.cells.len()];
        for &index in order {
            if let Some(named) = named.get_mut(index) {
                *named = true;
            }
        }
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); self.cells.len()];
        let mut pending = Vec::new();
        let mut sequence = Vec::new();
        for index in 0..self.cells.len() {
            pending.push(index);
            if self.cells[index].number == 0 {
                sequence.append(&mut pending);
            } else if named[index] {
                groups[index].append(&mut pending);
            }
        }
        for &index in order {
            if let Some(group) = groups.get_mut(index) {
                sequence.append(group);
            }
        }
        sequence.append(&mut pending);
        sequence
    }

    fn copy_cell(&self, index: usize, result: &mut Self) {
        let cell = &self.cells[index];
        let first = self
            .lines
            .partition_point(|line| line.start < cell.range.start().to_u32());
        let start = offset(result.text.len());
        result.push_lines(&self.text[cell.range], |line| {
            self.lines.get(first + line).copied().unwrap_or(Line {
                start: 0,
                number: 1,
                shift: 0,
            })
        });
        for dropped in &self.dropped {
            let range = TextRange::from(dropped.span);
            if cell.range.contains_range(range) && !cell.range.is_empty() {
                let mut dropped = dropped.clone();
                dropped.span = Span::from(range - cell.range.start() + start);
                result.dropped.push(dropped);
            }
        }
        let range = TextRange::new(start, offset(result.text.len()));
        result.cells.push(Cell {
            range,
            ..cell.clone()
        });
    }

    /// Leaves statements out: blanks them at equal length, and lists them with the reasons.
    ///
    /// Where another statement shares the line, something that does nothing stands in their place.
    pub fn leave_out(&mut self, parts: &[(TextRange, String)]) {
        for (range, reason) in parts {
            let text = self.text[*range].to_owned();
            let blank: String = text
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
                .collect();
            let before = self.text[..usize::from(range.start())].rsplit('\n').next();
            let after = self.text[usize::from(range.end())..].split('\n').next();
            let shares_line = [before, after]
                .iter()
                .flatten()
                .any(|part| part.contains(';'));
            let blank = if shares_line {
                format!("0{}", &blank[1.min(blank.len())..])
            } else {
                blank
            };
            self.text
                .replace_range(std::ops::Range::<usize>::from(*range), &blank);
            self.dropped.push(Dropped {
                span: Span::from(*range),
                text,
                reason: reason.clone(),
            });
        }
    }

    /// A source without text.
    pub fn empty(path: &Utf8Path, kind: SourceKind) -> Self {
        Self {
            path: path.to_owned(),
            kind,
            text: String::new(),
            cells: Vec::new(),
            dropped: Vec::new(),
            requirements: Vec::new(),
            inclusions: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Appends whole lines; `origin` tells where the line with a number, from 0, comes from.
    pub(crate) fn push_lines(&mut self, text: &str, origin: impl Fn(usize) -> Line) {
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let start = offset(self.text.len()).to_u32();
            self.lines.push(Line {
                start,
                ..origin(index)
            });
            self.text.push_str(line);
        }
    }
}

/// Why an input cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The bytes of a notebook are no JSON.
    #[error("`{path}` is not a notebook: {reason}")]
    NotANotebook {
        /// As the user named it.
        path: Utf8PathBuf,
        /// What is wrong, with line and column where known.
        reason: String,
    },
    /// The notebook runs another language.
    #[error("`{path}` runs on the kernel `{kernel}`; srcify converts Python")]
    OtherKernel {
        /// As the user named it.
        path: Utf8PathBuf,
        /// Name of the kernel or its language.
        kernel: String,
    },
    /// The bytes are no text.
    #[error("`{path}` is not text: {reason}")]
    NotText {
        /// As the user named it.
        path: Utf8PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The extension is none that srcify reads.
    #[error(
        "`{path}` is neither a notebook nor a script; srcify reads .ipynb, .py, .md, .qmd and .Rmd"
    )]
    UnknownFormat {
        /// As the user named it.
        path: Utf8PathBuf,
    },
    /// There is no code in it.
    #[error("`{path}` holds no code")]
    Empty {
        /// As the user named it.
        path: Utf8PathBuf,
    },
}
