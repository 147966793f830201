//! A source under construction: what each format's reader hands over, put together in one place.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use ruff_text_size::TextRange;

use crate::magics::{self, Context, Lowered};
use crate::outputs;
use crate::source::{Line, offset};
use crate::{
    Cell, CellKind, Diagnostic, Dropped, Severity, Source, SourceKind, Span, Warned, snippet,
};

/// What a stretch of the input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Python, with IPython's escapes.
    Code,
    /// Prose; its text, if any, are comments.
    Markdown,
    /// Text of a script that belongs to no cell: a marker, a header.
    Gap,
}

/// A stretch of the input, in the order of [`Source::text`].
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub part: Part,
    /// Number of its cell, from 1; 0 for gaps.
    pub number: u32,
    /// What goes into [`Source::text`], with its last line feed.
    pub text: String,
    /// The line of the file, or of the cell, at which it begins, from 1.
    pub line: u32,
    /// Characters removed at the start of each line.
    pub indent: u32,
    pub markdown: String,
    pub tags: Vec<String>,
    pub execution_count: Option<u32>,
}

impl Block {
    /// A block without tags, at the first line.
    pub(crate) fn new(part: Part, number: u32, text: String) -> Self {
        Self {
            part,
            number,
            text,
            line: 1,
            indent: 0,
            markdown: String::new(),
            tags: Vec::new(),
            execution_count: None,
        }
    }
}

/// What a reader found.
#[derive(Debug)]
pub(crate) struct Draft {
    pub kind: SourceKind,
    pub blocks: Vec<Block>,
    pub requirements: Vec<String>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Lowers the magics of each code block and joins the blocks to a [`Source`].
pub(crate) fn assemble(path: &Utf8Path, draft: Draft) -> Warned<Source> {
    let bound = magics::bound_names(&draft.blocks);
    let methods = magics::methods(&draft.blocks);
    let sql = magics::survey(&draft.blocks);
    let mut lowered: Vec<(Block, Lowered)> = Vec::new();
    for mut block in draft.blocks {
        let result = match block.part {
            Part::Code => magics::lower(
                &magics::spell_frames(&sql, &without_empty_continuations(&block.text)),
                &Context {
                    number: block.number,
                    kind: draft.kind,
                    line: block.line,
                    bound: &bound,
                    methods: &methods,
                    sql: &sql,
                },
            ),
            Part::Markdown | Part::Gap => Lowered::unchanged(std::mem::take(&mut block.text)),
        };
        lowered.push((block, result));
    }
    if draft.kind == SourceKind::Notebook {
        magics::spell_out(&mut lowered);
        outputs::name_displayed_values(&mut lowered);
    }
    let mut assembly = Assembly {
        source: Source::empty(path, draft.kind),
        diagnostics: draft.diagnostics,
    };
    assembly.source.requirements = draft.requirements;
    let imports = missing_imports(&lowered);
    assembly.prelude(&imports);
    for (block, result) in lowered {
        assembly.push(block, result);
    }
    let mut seen = BTreeSet::new();
    assembly
        .source
        .requirements
        .retain(|requirement| seen.insert(requirement.clone()));
    Warned {
        output: assembly.source,
        diagnostics: assembly.diagnostics,
    }
}

/// The text with nothing in place of lines that are only a backslash before a statement: they mean nothing, but what moves
/// them changes the indentation of the statement.
fn without_empty_continuations(text: &str) -> Cow<'_, str> {
    if !text.starts_with("\\\n") && !text.contains("\n\\\n") {
        return Cow::Borrowed(text);
    }
    let inside = snippet(text).lines_inside_strings(text);
    let mut result = String::with_capacity(text.len());
    let mut is_continued = false;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let is_empty = line == "\\\n" && !is_continued && !inside.contains(&index);
        result.push_str(if is_empty { " \n" } else { line });
        is_continued = !is_empty && line.ends_with("\\\n");
    }
    Cow::Owned(result)
}

/// The modules that lowered magics use before the input imports them.
fn missing_imports(lowered: &[(Block, Lowered)]) -> BTreeSet<&'static str> {
    let mut first_use: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (index, (_, result)) in lowered.iter().enumerate() {
        for &module in &result.needs {
            first_use.entry(module).or_insert(index);
        }
    }
    first_use
        .into_iter()
        .filter(|&(module, index)| {
            !lowered[..index]
                .iter()
                .any(|(_, result)| magics::imports(&result.text, module))
        })
        .map(|(module, _)| module)
        .collect()
}

struct Assembly {
    source: Source,
    diagnostics: Vec<Diagnostic>,
}

impl Assembly {
    /// Adds the cell 0 that imports what lowered magics use.
    fn prelude(&mut self, imports: &BTreeSet<&'static str>) {
        if imports.is_empty() {
            return;
        }
        let lines: Vec<String> = imports
            .iter()
            .map(|module| format!("import {module}\n"))
            .collect();
        let text = lines.concat();
        let lowered = Lowered::unchanged(text);
        self.push(Block::new(Part::Code, 0, String::new()), lowered);
        for line in &mut self.source.lines {
            line.number = 1;
        }
    }

    fn push(&mut self, block: Block, lowered: Lowered) {
        let start = offset(self.source.text.len());
        let shift = |range: std::ops::Range<usize>| {
            TextRange::new(start + offset(range.start), start + offset(range.end))
        };
        self.source.push_lines(&lowered.text, |index| Line {
            start: 0,
            number: block.line
                + lowered
                    .lines
                    .get(index)
                    .map_or(index as u32, |line| line.number),
            shift: block.indent + lowered.lines.get(index).map_or(0, |line| line.shift),
        });
        for dropped in lowered.dropped {
            self.source.dropped.push(Dropped {
                span: Span::from(shift(dropped.range)),
                text: dropped.text,
                reason: dropped.reason,
            });
        }
        for note in lowered.notes {
            let severity = if note.is_warning {
                Severity::Warning
            } else {
                Severity::Advice
            };
            let mut diagnostic = Diagnostic::new(
                note.code,
                severity,
                Span::from(shift(note.range)),
                note.message,
            );
            diagnostic.hint = note.hint;
            self.diagnostics.push(diagnostic);
        }
        self.source.requirements.extend(lowered.requirements);
        let kind = match block.part {
            Part::Code if lowered.prose.is_some() => CellKind::Markdown,
            Part::Code => CellKind::Code,
            Part::Markdown => CellKind::Markdown,
            Part::Gap => return,
        };
        self.source.cells.push(Cell {
            number: block.number,
            kind,
            range: TextRange::new(start, offset(self.source.text.len())),
            markdown: lowered.prose.unwrap_or(block.markdown),
            tags: block.tags,
            execution_count: block.execution_count,
        });
    }
}
