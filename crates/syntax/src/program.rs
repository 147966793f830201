//! A source, parsed and cut into top-level statements.

use std::ops::Range;

use ruff_python_ast::{self as ast, PySourceType, Stmt};
use ruff_python_parser::{Parsed, parse_unchecked_source};
use ruff_python_trivia::CommentRanges;
use ruff_text_size::{Ranged, TextLen, TextRange, TextSize};

use crate::broken::{self, Fault};
use crate::source::offset;
use crate::{CellKind, Diagnostic, Dropped, Severity, Source, SourceKind, Span, Warned};

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
    /// With the comments that belong to it: full lines above, the rest of its last line, and below it at the end of a cell.
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

    /// A unit with the comments right above and beside it, without those that stand apart.
    pub fn own_text(&self, unit: UnitId) -> &str {
        let unit = &self.units[unit.index()];
        let (full, own) = (unit.full_range, unit.range);
        let above = self.text(TextRange::new(full.start(), own.start()));
        let apart = above.rfind("\n\n").map_or(0, |at| at + 2);
        let beside = self.text(TextRange::new(own.end(), full.end()));
        let beside = beside.lines().next().unwrap_or_default();
        let start = full.start() + offset(apart);
        self.text(TextRange::new(start, own.end() + beside.text_len()))
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

/// How to parse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseOptions {
    /// Leave broken cells out: blank them, list them in [`Source::dropped`], and warn instead of giving an error.
    pub skip_broken: bool,
}

/// Parses `source`. Each cell that does not parse is an error among the diagnostics; the others have units.
pub fn parse(source: Source) -> Warned<Program> {
    parse_with(source, ParseOptions { skip_broken: false })
}

/// Parses `source` as `options` say.
pub fn parse_with(mut source: Source, options: ParseOptions) -> Warned<Program> {
    let faults = faults(&source);
    let mut diagnostics = Vec::new();
    let mut text = source.text.clone();
    for (cell, fault) in &faults {
        diagnostics.push(broken_cell(&source, *cell, fault, options));
        let range = source
            .cells
            .get(*cell)
            .map_or(TextRange::up_to(source.text.text_len()), |cell| cell.range);
        text.replace_range(Range::<usize>::from(range), &blanked(&source.text[range]));
    }
    if options.skip_broken {
        for (cell, fault) in &faults {
            let Some(cell) = source.cells.get(*cell) else {
                continue;
            };
            source.dropped.push(Dropped {
                span: Span::from(cell.range),
                text: source.text[cell.range].trim_end().to_owned(),
                reason: format!("the cell does not parse: {}", fault.message),
            });
        }
        source.text.clone_from(&text);
    }
    let parsed = parse_unchecked_source(&text, PySourceType::Python);
    // Cells that parse alone parse together. Should they not, or should code in no cell be broken, that is an error.
    let is_new = faults.is_empty() || options.skip_broken;
    for error in parsed.errors().iter().take(usize::from(is_new)) {
        let message = error.error.to_string().to_lowercase();
        diagnostics.push(Diagnostic::error(
            "broken-cell",
            Span::from(error.location),
            message,
        ));
    }
    let comments = CommentRanges::from(parsed.tokens());
    let units = units(&source, &parsed, &comments);
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

/// What is wrong with each cell that does not parse. A script that parses as a whole has none.
fn faults(source: &Source) -> Vec<(usize, Fault)> {
    if source.kind != SourceKind::Notebook && broken::fault(&source.text).is_none() {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for (index, cell) in source.cells.iter().enumerate() {
        if cell.kind != CellKind::Code || cell.range.is_empty() {
            continue;
        }
        let text = &source.text[cell.range];
        if let Some(mut fault) = broken::fault(text) {
            // What ends too early is shown where it ends, not where the next cell begins.
            let end = TextSize::of(text.trim_end());
            if fault.range.start() >= end
                && let Some(last) = text.trim_end().chars().next_back()
            {
                fault.range = TextRange::new(end - TextSize::of(last), end);
            }
            fault.range += cell.range.start();
            faults.push((index, fault));
        }
    }
    faults
}

fn broken_cell(source: &Source, cell: usize, fault: &Fault, options: ParseOptions) -> Diagnostic {
    let what = match (source.kind, source.cells.get(cell)) {
        (SourceKind::Script, _) | (_, None) => "the script".to_owned(),
        (_, Some(cell)) => format!("cell {}", cell.number),
    };
    let severity = if options.skip_broken {
        Severity::Warning
    } else {
        Severity::Error
    };
    let message = format!("{what} is not Python 3: {}", fault.message);
    let diagnostic = Diagnostic::new("broken-cell", severity, Span::from(fault.range), message);
    match (options.skip_broken, fault.is_python2) {
        (true, _) => diagnostic.hint("it is left out, and so is what needs its names"),
        (false, true) => {
            diagnostic.hint("convert it with `2to3`, or leave it out with `--skip-broken`")
        }
        (false, false) => diagnostic.hint("repair it, or leave it out with `--skip-broken`"),
    }
}

/// Blanks of the same length, with the same lines.
fn blanked(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect()
}

/// The top-level statements; strings in the place of prose (a gallery's docstring) are none.
fn units(source: &Source, parsed: &Parsed<ast::ModModule>, comments: &CommentRanges) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut previous_end = TextSize::new(0);
    for (index, statement) in parsed.suite().iter().enumerate() {
        let range = statement.range();
        if source.is_prose(range.start()) {
            previous_end = range.end();
            continue;
        }
        let is_first = match &units[..] {
            [] => true,
            [first] => is_text(&parsed.suite()[first.statement]),
            _ => false,
        };
        let full_range = with_comments(source, comments, range, (previous_end, is_first));
        previous_end = full_range.end();
        units.push(Unit {
            id: UnitId(units.len() as u32),
            cell: source.cell_at(range.start()),
            statement: index,
            range,
            full_range,
        });
    }
    for index in 0..units.len() {
        let cell = units[index].cell;
        let next = units.get(index + 1).filter(|next| next.cell == cell);
        if next.is_none() && source.cells.get(cell).is_some() {
            units[index].full_range = with_comments_below(source, &units[index]);
        }
    }
    units
}

/// Whether a statement is a string alone, as the docstring of a script.
fn is_text(statement: &Stmt) -> bool {
    statement
        .as_expr_stmt()
        .is_some_and(|it| it.value.is_string_literal_expr())
}

/// Extends the range of the last statement of a cell over the comments that stand below it.
fn with_comments_below(source: &Source, unit: &Unit) -> TextRange {
    let text = &source.text;
    let end = usize::from(unit.full_range.end());
    let limit = usize::from(source.cells[unit.cell].range.end());
    let mut last = end;
    let mut at = text[end..].find('\n').map_or(limit, |it| end + it + 1);
    while at < limit {
        let line = &text[at..text[at..limit].find('\n').map_or(limit, |it| at + it)];
        if line.starts_with('#') && !is_marker(line) {
            last = at + line.trim_end().len();
        } else if !line.trim().is_empty() {
            break;
        }
        at += line.len() + 1;
    }
    TextRange::new(unit.full_range.start(), offset(last))
}

/// Extends the range of a statement over the comments that belong to it: whole lines above, within its cell and below the
/// statement before, and the rest of its last line. What stands apart at the head of a program is about the program.
fn with_comments(
    source: &Source,
    comments: &CommentRanges,
    range: TextRange,
    (floor, is_first): (TextSize, bool),
) -> TextRange {
    let text = &source.text;
    let cell = source.cells.get(source.cell_at(range.start()));
    let floor = cell.map_or(floor, |cell| floor.max(cell.range.start()));
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |at| at + 1);
    let mut start = usize::from(range.start());
    let mut line = line_start(start);
    // A statement behind a semicolon has nothing above.
    let stands_alone = text[line..start].trim().is_empty();
    while stands_alone && line > usize::from(floor) {
        let above = line_start(line - 1);
        let content = text[above..line - 1].trim_start();
        let is_blank = content.is_empty() && !is_first;
        let is_comment = content.starts_with('#') && !is_marker(content);
        if above < usize::from(floor) || !is_blank && !is_comment {
            break;
        }
        if is_comment {
            start = above;
        }
        line = above;
    }
    let end = usize::from(range.end());
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let rest = TextRange::new(range.end(), offset(line_end));
    let trailing = comments.comments_in_range(rest).last().filter(|comment| {
        let between = &text[TextRange::new(range.end(), comment.start())];
        between.chars().all(|c| c.is_whitespace() || c == ';')
    });
    TextRange::new(offset(start), trailing.map_or(range.end(), Ranged::end))
}

/// A line that cuts cells, in a script that is not cut by such lines.
fn is_marker(comment: &str) -> bool {
    let content = comment.trim_start_matches('#').trim_start();
    content.starts_with("%%") || content.starts_with("In[") || content.starts_with("COMMAND ---")
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
                    open.push(token.range().start());
                }
                TokenKind::FStringEnd | TokenKind::TStringEnd => {
                    if let Some(start) = open.pop() {
                        inside.push(TextRange::new(start, token.range().end()));
                    }
                }
                _ => {}
            }
        }
        inside.sort_by_key(Ranged::start);
        let (mut at, mut first) = (0, 0);
        for range in inside {
            let start = usize::from(range.start());
            first += text[at..start].matches('\n').count();
            at = start;
            let count = text[range].matches('\n').count();
            lines.extend(first + 1..=first + count);
        }
        lines
    }

    /// Strings and comments, in order: what says something rather than does something.
    pub fn texts(&self) -> Vec<TextRange> {
        use ruff_python_ast::token::TokenKind;
        let is_text = |kind: TokenKind| {
            matches!(
                kind,
                TokenKind::String
                    | TokenKind::FStringMiddle
                    | TokenKind::TStringMiddle
                    | TokenKind::Comment
            )
        };
        let tokens = self.0.tokens().iter();
        tokens
            .filter(|token| is_text(token.kind()))
            .map(Ranged::range)
            .collect()
    }

    /// Whether all of it is Python.
    pub fn is_valid(&self) -> bool {
        self.0.has_valid_syntax()
    }
}

/// Whether a test is true for type checkers alone, by its last name: `TYPE_CHECKING`, `typing.TYPE_CHECKING`.
pub fn is_type_checking(test: &ast::Expr) -> bool {
    match test {
        ast::Expr::Name(name) => name.id.as_str() == "TYPE_CHECKING",
        ast::Expr::Attribute(attribute) => attribute.attr.as_str() == "TYPE_CHECKING",
        _ => false,
    }
}

/// Whether `word` is a keyword of Python, soft ones included, or a builtin: no name to give to anything.
pub fn is_reserved_word(word: &str) -> bool {
    ruff_python_stdlib::keyword::is_keyword(word)
        || ruff_python_stdlib::builtins::is_python_builtin(word, 13, false)
        || matches!(word, "match" | "case" | "type" | "_")
}
