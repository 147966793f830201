//! Inputs as parsed programs.
//!
//! In: the bytes of a notebook or script. Out: a [`Program`] — Python text, its cells, its top-level statements — and
//! [`Diagnostic`]s that point into it. This crate is the one door to ruff's crates, and it may not know what a library
//! function does.

mod anchors;
mod broken;
mod diagnostic;
mod draft;
mod edited;
mod encoding;
mod format;
mod formats;
mod machines;
mod magics;
mod nesting;
mod outputs;
mod program;
mod skim;
mod source;
mod span;
mod splice;
mod steer;
mod unnamed;

pub use anchors::moved_to;
pub use diagnostic::{Diagnostic, Severity, Warned};
pub use format::format_module;
pub use formats::read;
pub use machines::MACHINES;
pub use nesting::nests_too_deeply;
pub use program::{
    ParseOptions, ParsedSnippet, Program, Unit, UnitId, is_reserved_word, is_type_checking, parse,
    parse_with, snippet,
};
pub use skim::Skimmer;
pub use source::{Cell, CellKind, Dropped, Order, ReadError, Reading, Source, SourceKind};
pub use span::{Location, Span};
pub use splice::Inclusion;
pub use steer::{WISH, has_wishes, with_wishes_as_tags};

/// Ruff's syntax tree, under one name.
pub use ruff_python_ast as ast;
pub use ruff_python_stdlib as stdlib;
pub use ruff_text_size::{Ranged, TextLen, TextRange, TextSize};
