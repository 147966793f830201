//! marimo apps: the bodies of `@app.cell` functions are the cells, in the order that marimo runs them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_python_parser::parse_module;
use ruff_text_size::{Ranged, TextRange};

use crate::draft::{Block, Draft, Part};
use crate::{Diagnostic, SourceKind, nesting};

/// Whether the script looks like an app.
pub(super) fn is_app(text: &str) -> bool {
    if !text.contains("marimo") {
        return false;
    }
    let has = |start: &str| text.lines().any(|line| line.starts_with(start));
    (has("import marimo") || has("from marimo"))
        && (has("@app.cell") || has("with app.setup") || has("@app.function"))
}

/// Reads its cells; `None` when the script is broken.
pub(super) fn read(text: &str) -> Option<Draft> {
    if nesting::too_deep(text).is_some() {
        return None;
    }
    let module = parse_module(text).ok()?;
    let mut app = App {
        text,
        inside_strings: lines_inside_strings(text, module.tokens()),
        cells: Vec::new(),
        diagnostics: Vec::new(),
    };
    for stmt in module.suite() {
        app.statement(stmt);
    }
    let order = order(&app.cells);
    let mut cells: Vec<Option<Cell>> = app.cells.into_iter().map(Some).collect();
    let blocks = order
        .into_iter()
        .filter_map(|index| cells[index].take())
        .map(|cell| cell.block);
    Some(Draft {
        kind: SourceKind::CellScript,
        blocks: blocks.collect(),
        requirements: Vec::new(),
        diagnostics: app.diagnostics,
    })
}

/// A cell and the names that tie it to others.
struct Cell {
    block: Block,
    reads: Vec<String>,
    binds: Vec<String>,
}

struct App<'a> {
    text: &'a str,
    inside_strings: BTreeSet<usize>,
    cells: Vec<Cell>,
    diagnostics: Vec<Diagnostic>,
}

impl App<'_> {
    fn statement(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => match role(&function.decorator_list) {
                Some("cell") => self.cell(function),
                Some("function") => {
                    self.definition(&function.name, function.decorator_list.as_slice(), stmt);
                }
                _ => {}
            },
            Stmt::ClassDef(class) if role(&class.decorator_list) == Some("class_definition") => {
                self.definition(&class.name, class.decorator_list.as_slice(), stmt);
            }
            Stmt::With(with)
                if with
                    .items
                    .iter()
                    .any(|item| app_member(&item.context_expr) == Some("setup")) =>
            {
                let binds = bound_by(&with.body);
                self.push(Part::Code, body_range(&with.body), Vec::new(), binds);
            }
            Stmt::Expr(expr) if app_member(&expr.value) == Some("_unparsable_cell") => {
                self.number_skipped("does not parse");
            }
            _ => {}
        }
    }

    fn cell(&mut self, function: &ast::StmtFunctionDef) {
        let is_disabled = function.decorator_list.iter().any(|decorator| {
            self.text[decorator.range()]
                .replace(' ', "")
                .contains("disabled=True")
        });
        if is_disabled {
            return self.number_skipped("is disabled");
        }
        let reads = function
            .parameters
            .iter()
            .map(|parameter| parameter.name().to_string())
            .collect();
        let (body, results) = match function.body.split_last() {
            Some((Stmt::Return(result), rest)) => (rest, names_in(result.value.as_deref())),
            _ => (function.body.as_slice(), Vec::new()),
        };
        if let [Stmt::Expr(expr)] = body
            && let Some(prose) = prose_of(&expr.value)
        {
            self.push(Part::Markdown, 0..0, Vec::new(), Vec::new());
            if let Some(cell) = self.cells.last_mut() {
                cell.block.markdown = dedented(&prose);
            }
            return;
        }
        // Comments that end the body stay: the cell reaches to its `return`.
        let end = function
            .body
            .last()
            .filter(|_| body.len() < function.body.len());
        let mut range = body_range(body);
        if let Some(result) = end {
            range.end = usize::from(result.start()).max(range.start);
        }
        self.push(Part::Code, range, reads, results);
    }

    /// A function or class that marimo lets other files import.
    fn definition(&mut self, name: &ast::Identifier, decorators: &[ast::Decorator], stmt: &Stmt) {
        let end = decorators.last().map_or(stmt.start(), Ranged::end);
        let rest = &self.text[usize::from(end)..];
        let start = usize::from(end) + rest.find('\n').map_or(0, |at| at + 1);
        self.push(
            Part::Code,
            start..usize::from(stmt.end()),
            Vec::new(),
            vec![name.to_string()],
        );
    }

    fn number_skipped(&mut self, why: &str) {
        let number = self.cells.len() + 1;
        self.push(Part::Gap, 0..0, Vec::new(), Vec::new());
        self.diagnostics.push(Diagnostic::warning(
            "skipped-cell",
            None,
            format!("cell {number} {why} and is left out"),
        ));
    }

    fn push(&mut self, part: Part, range: Range<usize>, reads: Vec<String>, binds: Vec<String>) {
        let number = self.cells.len() as u32 + 1;
        let start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let indent = self.text[start..range.start]
            .chars()
            .take_while(|c| c.is_whitespace())
            .count();
        let first = self.text[..start].matches('\n').count();
        let mut block = Block::new(part, number, String::new());
        block.line = first as u32 + 1;
        block.indent = indent as u32;
        for (index, line) in self.text[start..range.end.max(start)]
            .split('\n')
            .enumerate()
        {
            let keeps = self.inside_strings.contains(&(first + index));
            let margin = if keeps {
                0
            } else {
                line.len() - line.trim_start().len()
            };
            block
                .text
                .push_str(line.get(margin.min(indent)..).unwrap_or(line));
            block.text.push('\n');
        }
        block.text.truncate(block.text.trim_end().len());
        block.text.push('\n');
        if part != Part::Code || range.is_empty() {
            block.text.clear();
        }
        self.cells.push(Cell {
            block,
            reads,
            binds,
        });
    }
}

/// The cells so that each follows those that bind what it reads; else as they stand.
fn order(cells: &[Cell]) -> Vec<usize> {
    let mut binder: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, cell) in cells.iter().enumerate() {
        for name in &cell.binds {
            binder.entry(name).or_insert(index);
        }
    }
    let mut placed = vec![false; cells.len()];
    let mut order = Vec::new();
    for start in 0..cells.len() {
        let mut open = vec![(start, 0)];
        while let Some((index, next)) = open.pop() {
            if next == 0 {
                if placed[index] {
                    continue;
                }
                placed[index] = true;
            }
            match cells[index].reads.get(next) {
                Some(name) => {
                    open.push((index, next + 1));
                    if let Some(&needed) = binder.get(name.as_str())
                        && !placed[needed]
                    {
                        open.push((needed, 0));
                    }
                }
                None => order.push(index),
            }
        }
    }
    order
}

/// The `x` of a decorator `@app.x` or `@app.x(...)`.
fn role(decorators: &[ast::Decorator]) -> Option<&str> {
    decorators
        .iter()
        .find_map(|decorator| app_member(&decorator.expression))
}

fn app_member(expr: &Expr) -> Option<&str> {
    let attribute = match expr {
        Expr::Attribute(attribute) => attribute,
        Expr::Call(call) => call.func.as_attribute_expr()?,
        _ => return None,
    };
    let app = attribute.value.as_name_expr()?;
    (app.id.as_str() == "app").then(|| attribute.attr.as_str())
}

fn names_in(value: Option<&Expr>) -> Vec<String> {
    let names = match value {
        Some(Expr::Tuple(tuple)) => tuple.elts.as_slice(),
        Some(name) => std::slice::from_ref(name),
        None => &[],
    };
    names
        .iter()
        .filter_map(Expr::as_name_expr)
        .map(|name| name.id.to_string())
        .collect()
}

/// Names that imports and simple assignments bind.
fn bound_by(body: &[Stmt]) -> Vec<String> {
    let mut names = Vec::new();
    for stmt in body {
        let aliases = match stmt {
            Stmt::Import(import) => import.names.as_slice(),
            Stmt::ImportFrom(import) => import.names.as_slice(),
            Stmt::Assign(assign) => {
                names.extend(
                    assign
                        .targets
                        .iter()
                        .flat_map(|target| names_in(Some(target))),
                );
                &[]
            }
            _ => &[],
        };
        names.extend(
            aliases
                .iter()
                .map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).to_string()),
        );
    }
    names
}

fn body_range(body: &[Stmt]) -> Range<usize> {
    match (body.first(), body.last()) {
        (Some(first), Some(last)) => TextRange::new(first.start(), last.end()).into(),
        _ => 0..0,
    }
}

/// The text of `mo.md("…")`.
fn prose_of(expr: &Expr) -> Option<String> {
    let call = expr.as_call_expr()?;
    let method = call.func.as_attribute_expr()?;
    let module = method.value.as_name_expr()?;
    if module.id.as_str() != "mo" || method.attr.as_str() != "md" {
        return None;
    }
    let text = call.arguments.args.first()?.as_string_literal_expr()?;
    Some(text.value.to_str().to_owned())
}

fn dedented(text: &str) -> String {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let margin = lines()
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.get(margin..).unwrap_or(""))
        .collect();
    lines.join("\n").trim().to_owned()
}

/// Numbers of the lines, from 0, that begin inside a string.
fn lines_inside_strings(text: &str, tokens: &Tokens) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    let mut open = Vec::new();
    let mut line = 0;
    let mut at = 0;
    let mut line_at = |position: usize| {
        line += text[at.min(position)..position].matches('\n').count();
        at = at.max(position);
        line
    };
    for token in tokens {
        let (start, end) = (usize::from(token.start()), usize::from(token.end()));
        match token.kind() {
            TokenKind::String => {
                let first = line_at(start);
                let last = line_at(end);
                lines.extend(first + 1..=last);
            }
            TokenKind::FStringStart | TokenKind::TStringStart => open.push(line_at(start)),
            TokenKind::FStringEnd | TokenKind::TStringEnd => {
                let last = line_at(end);
                if let Some(first) = open.pop() {
                    lines.extend(first + 1..=last);
                }
            }
            _ => {}
        }
    }
    lines
}
