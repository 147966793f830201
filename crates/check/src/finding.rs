//! What `check` has to say.

use camino::Utf8PathBuf;
use srcify_syntax::{Severity, TextRange};

/// A place in a file, as people count: from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line in the file, or in the cell of a notebook.
    pub row: u32,
    /// Character in the line.
    pub column: u32,
}

/// One place where a package breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The file.
    pub path: Utf8PathBuf,
    /// The cell, when the file is a notebook.
    pub cell: Option<u32>,
    /// The bytes of the file's text; empty for findings about a file or folder as a whole.
    pub range: TextRange,
    /// Where it begins.
    pub start: Position,
    /// One past its last character.
    pub end: Position,
    /// Lower case, no final stop, names in backticks.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// What leads to it, in order.
    pub chain: Vec<Chain>,
    /// How to mend it by editing.
    pub fix: Option<Fix>,
}

/// A step that leads to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The file.
    pub path: Utf8PathBuf,
    /// The cell, when the file is a notebook.
    pub cell: Option<u32>,
    /// The bytes of its text.
    pub range: TextRange,
    /// Where it begins.
    pub start: Position,
    /// What happens there.
    pub message: String,
}

/// Whether a fix keeps the meaning of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// Applied by `--fix`.
    Safe,
    /// Applied by `--unsafe-fixes` only.
    Unsafe,
}

/// Edits that mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Whether they keep the meaning.
    pub safety: Safety,
    /// What they do, e.g. "add a guard".
    pub message: String,
    /// In any order; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One replacement of text; a file that does not exist is created by an empty range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub path: Utf8PathBuf,
    /// What is replaced.
    pub range: TextRange,
    /// By what.
    pub content: String,
}
