//! Containers that a block around an open file fills: they begin inside of the block.
//!
//! `rows = []` and `with open(p) as f: … rows.append(…)` is one block that makes `rows`, so that a class of `io` can give
//! them back, rather than fill what it is given.

use srcify_effects::{Callee, EffectGraph};
use srcify_syntax::ast::{Expr, Stmt, StmtWith};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, Unit};

use super::handles::{OPENERS, is_captured};
use super::{Analysis, edited};
use crate::edits::Edit;

/// What makes an empty container.
const CONTAINERS: &[&str] = &[
    "collections.Counter",
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.deque",
    "dict",
    "list",
    "set",
];

/// Moves the statements that begin containers into the blocks that fill them, where nothing can tell.
pub(super) fn move_inside(
    program: Program,
    graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    let edits: Vec<Edit> = program
        .units()
        .iter()
        .filter_map(|unit| moved(&program, &graph, unit))
        .flatten()
        .collect();
    if edits.is_empty() {
        return (program, graph);
    }
    edited(&program, edits, analyze).unwrap_or((program, graph))
}

/// What moves into the block that a statement is.
fn moved(program: &Program, graph: &EffectGraph, unit: &Unit) -> Option<Vec<Edit>> {
    let Stmt::With(with) = program.statement(unit.id) else {
        return None;
    };
    let [item] = &with.items[..] else {
        return None;
    };
    let opened = graph.call_at(item.context_expr.range())?;
    let is_opener = matches!(&opened.callee, Callee::Library(it) if OPENERS.contains(&it.as_str()));
    let body = first_line(program, with).filter(|_| is_opener && !with.is_async)?;
    let facts = &graph.units[unit.id.index()];
    let above = program.units()[..unit.id.index()].iter().rev();
    let mut edits: Vec<Edit> = Vec::new();
    let mut texts: Vec<&str> = Vec::new();
    for above in above.take_while(|it| it.cell == unit.cell) {
        let Some(name) = begun(program, graph, above) else {
            break;
        };
        let mut heads = facts.access.occurrences.iter();
        let is_in_head = heads
            .any(|(it, range, _)| it == name && item.context_expr.range().contains_range(*range));
        let is_filled = facts.mutates.contains_key(name) && !is_in_head;
        if !is_filled || is_captured(graph, name) {
            break;
        }
        let Some(line) = line_of(program, above) else {
            break;
        };
        edits.push(Edit {
            range: line,
            text: String::new(),
        });
        texts.push(program.text(above.range));
    }
    if edits.is_empty() {
        return None;
    }
    let (at, indentation) = body;
    let lines: Vec<String> = texts
        .iter()
        .rev()
        .map(|it| format!("{indentation}{it}\n"))
        .collect();
    edits.push(Edit {
        range: TextRange::empty(at),
        text: lines.concat(),
    });
    Some(edits)
}

/// Where the line below the head of a block begins, and what its statements are indented by; `None` where they stand on one
/// line with the head.
fn first_line<'p>(program: &'p Program, with: &StmtWith) -> Option<(TextSize, &'p str)> {
    let first = with.body.first()?.start();
    let head = with.items.last()?.end();
    let inside = program.text(TextRange::new(head, first));
    let line = inside.rsplit('\n').next()?;
    let (end, _) = inside.split_once('\n')?;
    let is_whole = end.split('#').next()?.contains(':');
    let at = head + TextSize::try_from(end.len() + 1).ok()?;
    (is_whole && line.trim().is_empty()).then_some((at, line))
}

/// The name that a statement binds to an empty container.
fn begun<'p>(program: &'p Program, graph: &EffectGraph, unit: &Unit) -> Option<&'p str> {
    let Stmt::Assign(assign) = program.statement(unit.id) else {
        return None;
    };
    let [Expr::Name(target)] = &assign.targets[..] else {
        return None;
    };
    let is_container = match &*assign.value {
        Expr::List(it) => it.elts.is_empty(),
        Expr::Dict(it) => it.items.is_empty(),
        Expr::Call(call) => {
            let callee = &graph.call_at(call.range())?.callee;
            let is_known =
                matches!(callee, Callee::Library(it) if CONTAINERS.contains(&it.as_str()));
            // `defaultdict(list)`; what counts or copies something reads it here.
            let is_empty = call.arguments.keywords.is_empty()
                && match &call.arguments.args[..] {
                    [] => true,
                    [Expr::Name(kind)] => {
                        matches!(kind.id.as_str(), "list" | "dict" | "set" | "int" | "float")
                            && !graph
                                .units
                                .iter()
                                .any(|it| it.access.may.contains(kind.id.as_str()))
                    }
                    _ => false,
                };
            is_known && is_empty
        }
        _ => false,
    };
    is_container.then_some(target.id.as_str())
}

/// The line of a statement that has it to itself, with its end and the empty lines below; comments belong to what they stand
/// beside.
fn line_of(program: &Program, unit: &Unit) -> Option<TextRange> {
    let text = &program.source.text;
    let (start, end) = (
        usize::from(unit.range.start()),
        usize::from(unit.range.end()),
    );
    let is_first = text[..start].is_empty() || text[..start].ends_with('\n');
    let rest = text[end..].find('\n')?;
    let is_last = text[end..end + rest].trim().is_empty();
    let below = &text[end + rest + 1..];
    let blank = below.len() - below.trim_start_matches('\n').len();
    let length = TextSize::try_from(rest + 1 + blank).ok()?;
    (is_first && is_last).then(|| TextRange::new(unit.range.start(), unit.range.end() + length))
}
