//! IPython's escapes, lowered to Python in the text or blanked at equal length, so that later stages see Python only.
//!
//! Escapes are found on the syntax tree that ruff's parser makes in its IPython mode, never by line prefixes alone: a
//! `%` inside a string is text. A lowered escape takes the lines that it had, so lines keep their numbers.

mod capture;
mod cell;
mod edit;
mod escapes;
mod install;
mod ipython;
mod line;
mod names;
mod quote;
mod shell;
mod sql;
mod store;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::{SourceKind, nesting};

pub(crate) use capture::spell_out;
pub(crate) use install::requirements_of;
pub(crate) use ipython::parse_ipython;
pub(crate) use names::{bound_names, imports, methods};
pub(crate) use sql::{Sql, spell_frames, survey};

/// What lowering needs to know about a cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    /// Number of the cell.
    pub number: u32,
    /// The form of the input.
    pub kind: SourceKind,
    /// The line at which the cell begins.
    pub line: u32,
    /// Names that the input binds anywhere: only these are interpolated into commands.
    pub bound: &'a BTreeSet<String>,
    /// Methods that the classes of the input define.
    pub methods: &'a BTreeSet<String>,
    /// What the input does with SQL.
    pub sql: &'a Sql,
}

/// A cell in plain Python.
#[derive(Debug, Default)]
pub(crate) struct Lowered {
    pub text: String,
    /// For each line of the text, where it stood in the cell; empty when nothing moved.
    pub lines: Vec<LineOrigin>,
    pub dropped: Vec<DroppedText>,
    pub notes: Vec<Note>,
    /// Modules that the lowered text uses.
    pub needs: Vec<&'static str>,
    pub requirements: Vec<String>,
    /// The name that holds what it printed.
    pub captured: Option<String>,
    /// The cell's prose, when a magic (`%md`) says that it is prose.
    pub prose: Option<String>,
}

impl Lowered {
    /// Text without escapes.
    pub(crate) fn unchanged(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// Puts `text`, with as many lines, in the place of a stretch; what stands behind it moves.
    pub(crate) fn replace(&mut self, range: Range<usize>, text: &str) {
        self.text.replace_range(range.clone(), text);
        let moved = self.dropped.iter_mut().map(|it| &mut it.range);
        for place in moved.chain(self.notes.iter_mut().map(|it| &mut it.range)) {
            if place.start >= range.end {
                let by = |at: usize| at + text.len() - range.len();
                *place = by(place.start)..by(place.end);
            }
        }
    }
}

/// Where a line of a lowered cell stood.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineOrigin {
    /// Number of the line in the cell, from 0.
    pub number: u32,
    /// Characters that are gone at its start.
    pub shift: u32,
}

/// A stretch that was blanked.
#[derive(Debug)]
pub(crate) struct DroppedText {
    pub range: Range<usize>,
    pub text: String,
    pub reason: String,
}

/// Something to tell the user about a stretch of the lowered text.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    pub code: &'static str,
    pub range: Range<usize>,
    pub message: String,
    pub is_warning: bool,
    pub hint: Option<String>,
}

/// What becomes of an escape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    /// It goes, for this reason.
    Drop(&'static str),
    /// This Python takes its place.
    Python(String),
    /// A `raise` takes its place, for this reason.
    Unsupported(&'static str),
}

/// What lowering an escape needs and finds besides.
#[derive(Debug)]
pub(crate) struct Gathered<'a> {
    pub cx: Context<'a>,
    pub needs: Vec<&'static str>,
    pub requirements: Vec<String>,
    pub notes: Vec<Note>,
    /// Install arguments that are no requirement.
    pub left_out: Vec<String>,
    /// What is written below the cell.
    pub after: String,
    /// What the value of the escape in progress is bound to.
    pub target: String,
    /// The cell's output goes to a text.
    pub is_captured: bool,
    /// The name under which it is kept.
    pub captured: Option<String>,
}

impl Gathered<'_> {
    /// Says that the lowered text uses `module`.
    fn need(&mut self, module: &'static str) {
        if !self.needs.contains(&module) {
            self.needs.push(module);
        }
    }
}

/// Lowers the escapes of a cell. Never fails: what cannot be lowered raises, with a note.
pub(crate) fn lower(code: &str, cx: &Context) -> Lowered {
    if code.trim().is_empty() || nesting::too_deep(code).is_some() {
        return Lowered::unchanged(code.to_owned());
    }
    let (text, indent) = match cx.kind {
        SourceKind::Notebook => edit::dedent(code),
        SourceKind::CellScript | SourceKind::Script => (code.to_owned(), 0),
    };
    let mut gathered = Gathered {
        cx: *cx,
        needs: Vec::new(),
        requirements: Vec::new(),
        notes: Vec::new(),
        left_out: Vec::new(),
        after: String::new(),
        target: String::new(),
        is_captured: false,
        captured: None,
    };
    let mut edits = Vec::new();
    let mut body = 0;
    if let Some(prose) = cell::prose(&text, cx) {
        return Lowered {
            prose: Some(prose),
            ..Lowered::default()
        };
    }
    while let Some(found) = cell::find(&text, body) {
        let (edit, rest) = cell::lower(&text, &found, &mut gathered);
        edits.push(edit);
        body = rest;
    }
    let (text, found) = escapes::find(&text, body, &mut gathered);
    edits.extend(found);
    if !gathered.after.is_empty() {
        edits.push(edit::at_end(&text, &gathered.after));
    }
    if edits.is_empty() && indent == 0 {
        return Lowered::unchanged(text);
    }
    edit::apply(&text, edits, indent, gathered)
}

#[cfg(test)]
mod tests;
