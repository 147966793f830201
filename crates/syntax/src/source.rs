//! One input: its Python text and its cells.

use camino::Utf8PathBuf;
use ruff_text_size::{TextRange, TextSize};

use crate::{Location, Span};

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
    /// Position in the input, from 1, all cells counted.
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
}

impl Source {
    /// The file name without its extension, e.g. `churn`.
    pub fn stem(&self) -> &str {
        self.path.file_stem().unwrap_or("notebook")
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

    /// Where `span` begins, as people count.
    pub fn location(&self, span: Span) -> Location {
        let offset = TextSize::from(span.start);
        let (cell, start) = match self.kind {
            SourceKind::Notebook => {
                let cell = &self.cells[self.cell_at(offset)];
                (Some(cell.number), usize::from(cell.range.start()))
            }
            SourceKind::CellScript | SourceKind::Script => (None, 0),
        };
        let before = &self.text[start..usize::from(offset).max(start)];
        let line = before.matches('\n').count() as u32 + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
        Location { cell, line, column }
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
    #[error("`{path}` is neither a notebook nor a script; srcify reads .ipynb and .py")]
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
