//! The lines of a script, and what the parser knows about them; blocks are made of them.

use std::ops::Range;

use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{Expr, Stmt};

use ruff_text_size::{Ranged, TextRange};

use crate::draft::{Block, Draft, Part};
use crate::{SourceKind, nesting};

/// A script cut into lines.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    /// With their line feeds.
    pub lines: Vec<&'a str>,
    /// Whether a line is a comment from its first character on.
    pub comments: Vec<bool>,
    /// The lines of each top-level statement.
    pub statements: Vec<Range<usize>>,
    /// The lines of the module's docstring, and its text.
    pub docstring: Option<(Range<usize>, String)>,
    /// The lines of statements that are a string alone, and their text.
    pub strings: Vec<(Range<usize>, String)>,
}

impl<'a> Outline<'a> {
    /// Looks at `text` with IPython's escapes allowed. Where a string never ends, comments are told by their looks.
    pub(super) fn new(text: &'a str) -> Self {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut outline = Self {
            comments: lines.iter().map(|line| line.starts_with('#')).collect(),
            lines,
            statements: Vec::new(),
            docstring: None,
            strings: Vec::new(),
        };
        if nesting::too_deep(text).is_none() {
            outline.look(text);
        }
        outline
    }

    fn look(&mut self, text: &str) {
        let parsed = crate::magics::parse_ipython(text);
        let Some(module) = parsed.try_into_module() else {
            return;
        };
        let starts = starts_of(&self.lines);
        let line_of = |at: usize| {
            starts
                .partition_point(|&start| start <= at)
                .saturating_sub(1)
        };
        let lines_of = |range: TextRange| {
            let (start, end) = (usize::from(range.start()), usize::from(range.end()));
            line_of(start)..line_of(end.max(start + 1) - 1) + 1
        };
        let lexed = !module
            .errors()
            .iter()
            .any(|error| matches!(error.error, ruff_python_parser::ParseErrorType::Lexical(_)));
        if lexed {
            self.comments = vec![false; self.lines.len()];
            for token in module.tokens() {
                let start = usize::from(token.range().start());
                if token.kind() == TokenKind::Comment && starts.binary_search(&start).is_ok() {
                    self.comments[line_of(start)] = true;
                }
            }
        }
        for (index, stmt) in module.suite().iter().enumerate() {
            let lines = lines_of(stmt.range());
            if let Stmt::Expr(expr) = stmt
                && let Expr::StringLiteral(string) = expr.value.as_ref()
            {
                let content = string.value.to_str().to_owned();
                if index == 0 {
                    self.docstring = Some((lines.clone(), content.clone()));
                }
                self.strings.push((lines.clone(), content));
            }
            self.statements.push(lines);
        }
    }

    /// Whether a statement begins in `lines`.
    pub(super) fn has_code(&self, lines: &Range<usize>) -> bool {
        if self.statements.is_empty() {
            return lines
                .clone()
                .any(|line| !self.comments[line] && !self.is_blank(line));
        }
        let after = self
            .statements
            .partition_point(|statement| statement.start < lines.start);
        self.statements
            .get(after)
            .is_some_and(|statement| statement.start < lines.end)
    }

    /// Whether a line holds nothing.
    pub(super) fn is_blank(&self, line: usize) -> bool {
        self.lines[line].trim().is_empty()
    }

    /// The comments in `lines` as prose.
    pub(super) fn prose(&self, lines: Range<usize>) -> String {
        let mut prose = String::new();
        for line in &self.lines[lines] {
            let line = line.trim_end();
            let content = line.strip_prefix('#').unwrap_or(line);
            prose.push_str(content.strip_prefix(' ').unwrap_or(content));
            prose.push('\n');
        }
        prose.trim_matches('\n').to_owned()
    }
}

fn starts_of(lines: &[&str]) -> Vec<usize> {
    let mut starts = Vec::with_capacity(lines.len());
    let mut at = 0;
    for line in lines {
        starts.push(at);
        at += line.len();
    }
    starts
}

/// The blocks of a script; together they are its text.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "a script is its blocks")]
pub(super) struct Blocks<'a> {
    outline: &'a Outline<'a>,
    blocks: Vec<Block>,
    cells: u32,
}

impl<'a> Blocks<'a> {
    pub(super) fn new(outline: &'a Outline<'a>) -> Self {
        Self {
            outline,
            blocks: Vec::new(),
            cells: 0,
        }
    }

    fn push(&mut self, part: Part, lines: Range<usize>) -> &mut Block {
        if part != Part::Gap {
            self.cells += 1;
        }
        let number = if part == Part::Gap { 0 } else { self.cells };
        let mut block = Block::new(part, number, self.outline.lines[lines.clone()].concat());
        block.line = lines.start as u32 + 1;
        self.blocks.push(block);
        let last = self.blocks.len() - 1;
        &mut self.blocks[last]
    }

    /// Lines that belong to no cell.
    pub(super) fn gap(&mut self, lines: Range<usize>) {
        if !lines.is_empty() {
            self.push(Part::Gap, lines);
        }
    }

    /// A code cell; lines without any text are none.
    pub(super) fn code(&mut self, lines: Range<usize>, tags: &[String]) -> Option<&mut Block> {
        if lines.clone().all(|line| self.outline.is_blank(line)) {
            self.gap(lines);
            return None;
        }
        let block = self.push(Part::Code, lines);
        block.tags = tags.to_vec();
        Some(block)
    }

    /// A cell of prose.
    pub(super) fn markdown(&mut self, lines: Range<usize>, prose: String) -> &mut Block {
        let block = self.push(Part::Markdown, lines);
        block.markdown = prose;
        block
    }

    /// The line that begins a cell and holds its title: a heading of the number that the cell will have.
    pub(super) fn heading(&mut self, lines: Range<usize>, text: String) {
        let block = self.push(Part::Markdown, lines);
        block.markdown = text;
        self.cells -= 1;
    }

    pub(super) fn into_draft(self) -> Draft {
        Draft {
            kind: SourceKind::CellScript,
            blocks: self.blocks,
            requirements: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}

/// The line after the header at the top of a script: interpreter, coding, and jupytext's YAML between `# ---`.
pub(super) fn header_end(outline: &Outline) -> usize {
    let is_setting = |line: &str| {
        line.starts_with("#!") || line.starts_with("# -*-") || line.starts_with("# coding")
    };
    let mut at = 0;
    while outline
        .lines
        .get(at)
        .is_some_and(|line| is_setting(line) || line.trim().is_empty())
    {
        at += 1;
    }
    if outline
        .lines
        .get(at)
        .is_some_and(|line| line.trim() == "# ---")
    {
        let close = outline.lines[at + 1..]
            .iter()
            .position(|line| line.trim() == "# ---");
        let is_yaml = close.is_some_and(|length| {
            outline.lines[at + 1..at + 1 + length]
                .iter()
                .all(|line| line.starts_with('#'))
        });
        if let (Some(length), true) = (close, is_yaml) {
            return at + length + 2;
        }
    }
    at
}
