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
    // What does more than read or write becomes no class.
    if !facts.effects.is_subset(crate::resources::FILES) {
        return None;
    }
    let above = program.units()[..unit.id.index()].iter().rev();
    let mut edits: Vec<Edit> = Vec::new();
    let mut texts: Vec<&str> = Vec::new();
    for above in above.take_while(|it| it.cell == unit.cell) {
        let Some(names) = begun(program, graph, above) else {
            break;
        };
        let head = item.context_expr.range();
        let goes_on = |(name, kind): &(&str, Kind)| {
            let mut heads = facts.access.occurrences.iter();
            let is_in_head = heads.any(|(it, range, _)| it == name && head.contains_range(*range));
            let is_changed = match kind {
                Kind::Container => facts.mutates.contains_key(*name),
                Kind::Value => {
                    facts.access.may.contains(*name) && facts.access.reads.contains(*name)
                }
            };
            is_changed && !is_in_head && !is_captured(graph, name)
        };
        if !names.iter().all(goes_on) {
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

/// What a name is bound to at first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An empty container.
    Container,
    /// A number or a text, which another takes the place of.
    Value,
}

/// The names that a statement binds to empty containers and first values: `rows, bad = [], 0`.
fn begun<'p>(
    program: &'p Program,
    graph: &EffectGraph,
    unit: &Unit,
) -> Option<Vec<(&'p str, Kind)>> {
    let Stmt::Assign(assign) = program.statement(unit.id) else {
        return None;
    };
    match (&assign.targets[..], &*assign.value) {
        ([Expr::Name(target)], value) => Some(vec![(target.id.as_str(), kind(graph, value)?)]),
        ([Expr::Tuple(targets)], Expr::Tuple(values)) if targets.len() == values.len() => {
            let pairs = targets.elts.iter().zip(&values.elts);
            pairs
                .map(|(target, value)| {
                    Some((target.as_name_expr()?.id.as_str(), kind(graph, value)?))
                })
                .collect()
        }
        _ => None,
    }
}

/// What a value is to begin with; `None` where it is more.
fn kind(graph: &EffectGraph, value: &Expr) -> Option<Kind> {
    let is_container = match value {
        Expr::List(it) => it.elts.is_empty(),
        Expr::Dict(it) => it.items.is_empty(),
        Expr::Call(call) => {
            let callee = &graph.call_at(call.range())?.callee;
            let is_known =
                matches!(callee, Callee::Library(it) if CONTAINERS.contains(&it.as_str()));
            is_known && call.arguments.keywords.is_empty() && is_empty(graph, &call.arguments.args)
        }
        value => return crate::steps::is_scalar(value).then_some(Kind::Value),
    };
    is_container.then_some(Kind::Container)
}

/// Whether these arguments make an empty container: `defaultdict(list)`. What is counted or copied is read here.
fn is_empty(graph: &EffectGraph, arguments: &[Expr]) -> bool {
    match arguments {
        [] => true,
        [Expr::Name(kind)] => {
            let kind = kind.id.as_str();
            let mut units = graph.units.iter();
            matches!(kind, "list" | "dict" | "set" | "int" | "float")
                && !units.any(|it| it.access.may.contains(kind))
        }
        _ => false,
    }
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
