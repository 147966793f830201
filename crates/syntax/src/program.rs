//! A source, parsed and cut into top-level statements.

use ruff_python_ast::{self as ast, PySourceType, Stmt};
use ruff_python_parser::{Parsed, parse_unchecked_source};
use ruff_python_trivia::CommentRanges;
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::{Diagnostic, Source, Span, Warned};

/// Number of a top-level statement, in execution order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub u32);

impl UnitId {
    /// As an index into [`Program::units`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A top-level statement of the input.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its number.
    pub id: UnitId,
    /// Index of its cell in [`Source::cells`].
    pub cell: usize,
    /// Index in the parsed suite.
    statement: usize,
    /// The statement alone.
    pub range: TextRange,
    /// With the comments that belong to it: full lines right above, and the rest of its last line.
    pub full_range: TextRange,
}

/// A source, parsed.
#[derive(Debug)]
pub struct Program {
    /// The input.
    pub source: Source,
    parsed: Parsed<ast::ModModule>,
    comments: CommentRanges,
    units: Vec<Unit>,
}

impl Program {
    /// The top-level statements, in execution order.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The syntax tree of a unit.
    pub fn statement(&self, unit: UnitId) -> &Stmt {
        &self.parsed.suite()[self.units[unit.index()].statement]
    }

    /// The text at `range`.
    pub fn text(&self, range: TextRange) -> &str {
        &self.source.text[range]
    }

    /// All comments, in order.
    pub fn comments(&self) -> &CommentRanges {
        &self.comments
    }

    /// The tokens of the whole text.
    pub fn tokens(&self) -> &ast::token::Tokens {
        self.parsed.tokens()
    }
}

/// Parses `source`. Statements that do not parse are errors among the diagnostics, with their places.
pub fn parse(source: Source) -> Warned<Program> {
    let parsed = parse_unchecked_source(&source.text, PySourceType::Python);
    let diagnostics = parsed
        .errors()
        .iter()
        .map(|error| {
            Diagnostic::error(
                "broken-cell",
                Span::from(error.location),
                error.error.to_string().to_lowercase(),
            )
        })
        .collect();
    let comments = CommentRanges::from(parsed.tokens());
    let mut units = Vec::new();
    let mut previous_end = TextSize::new(0);
    for (index, statement) in parsed.suite().iter().enumerate() {
        let range = statement.range();
        let cell = source.cell_at(range.start());
        let full_range = with_comments(&source, &comments, range, previous_end);
        previous_end = full_range.end();
        units.push(Unit {
            id: UnitId(index as u32),
            cell,
            statement: index,
            range,
            full_range,
        });
    }
    Warned {
        output: Program {
            source,
            parsed,
            comments,
            units,
        },
        diagnostics,
    }
}

/// Extends the range of a statement over the comments that belong to it.
fn with_comments(
    source: &Source,
    comments: &CommentRanges,
    range: TextRange,
    floor: TextSize,
) -> TextRange {
    let text = &source.text;
    let line_start = text[..usize::from(range.start())]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let cell_start = source
        .cells
        .get(source.cell_at(range.start()))
        .map_or(0, |cell| usize::from(cell.range.start()));
    let mut start = usize::from(range.start());
    let mut line = line_start;
    while line > cell_start.max(usize::from(floor)) {
        let above = text[..line - 1].rfind('\n').map_or(0, |at| at + 1);
        let content = &text[above..line - 1];
        let is_comment = content.trim_start().starts_with('#');
        if !is_comment
            || above < cell_start.max(usize::from(floor))
            || content.trim_start().starts_with("# %%")
        {
            break;
        }
        start = above;
        line = above;
    }
    let line_end = text[usize::from(range.end())..]
        .find('\n')
        .map_or(text.len(), |at| usize::from(range.end()) + at);
    let trailing = comments
        .comments_in_range(TextRange::new(
            range.end(),
            TextSize::try_from(line_end).expect("sources are below 4 GiB"),
        ))
        .last();
    let end = trailing.map_or(range.end(), Ranged::end);
    TextRange::new(
        TextSize::try_from(start).expect("sources are below 4 GiB"),
        end,
    )
}

/// Parsed Python that is no input: a fragment of our own, or a test's.
#[derive(Debug)]
pub struct ParsedSnippet(Parsed<ast::ModModule>);

impl ParsedSnippet {
    /// Its statements.
    pub fn statements(&self) -> &[Stmt] {
        self.0.suite()
    }
}

/// Parses a fragment, as far as it goes.
pub fn snippet(python: &str) -> ParsedSnippet {
    ParsedSnippet(parse_unchecked_source(python, PySourceType::Python))
}

impl ParsedSnippet {
    /// Numbers of the lines of `text`, from 0, that begin inside a string: their leading blanks are content.
    pub fn lines_inside_strings(&self, text: &str) -> std::collections::BTreeSet<usize> {
        use ruff_python_ast::token::TokenKind;
        let mut lines = std::collections::BTreeSet::new();
        let mut open: Vec<TextSize> = Vec::new();
        let mut inside: Vec<TextRange> = Vec::new();
        for token in self.0.tokens() {
            match token.kind() {
                TokenKind::String => inside.push(token.range()),
                TokenKind::FStringStart | TokenKind::TStringStart => {
                    open.push(token.range().start())
                }
                TokenKind::FStringEnd | TokenKind::TStringEnd => {
                    if let Some(start) = open.pop() {
                        inside.push(TextRange::new(start, token.range().end()));
                    }
                }
                _ => {}
            }
        }
        for range in inside {
            let first = text[..usize::from(range.start())].matches('\n').count();
            let count = text[range].matches('\n').count();
            lines.extend(first + 1..=first + count);
        }
        lines
    }

    /// Whether all of it is Python.
    pub fn is_valid(&self) -> bool {
        self.0.has_valid_syntax()
    }
}

/// Whether `word` is a keyword of Python, soft ones included, or a builtin: no name to give to anything.
pub fn is_reserved_word(word: &str) -> bool {
    ruff_python_stdlib::keyword::is_keyword(word)
        || ruff_python_stdlib::builtins::is_python_builtin(word, 13, false)
        || matches!(word, "match" | "case" | "type" | "_")
}
