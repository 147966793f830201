//! Files that are opened, used and closed by statements of their own: a `with` block around what uses them.
//!
//! `f = open(p)`, `text = f.read()`, `f.close()` is `with open(p) as f: text = f.read()` where nothing else has the file. The
//! block is one statement then, which a class of `io` can take over.

use srcify_effects::{Callee, Effect, EffectGraph, EffectSet};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, Unit};

use super::{Analysis, edited};
use crate::edits::{Edit, indent};

/// What statements do that may stand in such a block.
const INSIDE: EffectSet = EffectSet::from_slice(&[
    Effect::ReadFile,
    Effect::WriteFile,
    Effect::Stdout,
    Effect::Dynamic,
]);

/// Functions that open a file.
pub(crate) const OPENERS: &[&str] = &[
    "open",
    "io.open",
    "codecs.open",
    "gzip.open",
    "bz2.open",
    "lzma.open",
    "pathlib.Path.open",
];

/// Methods and functions that read of a file, and keep nothing of it.
const READERS: &[&str] = &["read", "readline", "readlines", "load", "safe_load"];

/// Puts `with` around the statements that use a file which they alone have.
pub(super) fn enclose(
    program: Program,
    graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    let mut edits: Vec<Edit> = Vec::new();
    for unit in program.units() {
        let is_free = edits
            .last()
            .is_none_or(|it| it.range.end() <= unit.range.start());
        if is_free {
            edits.extend(enclosed(&program, &graph, unit));
        }
    }
    if edits.is_empty() {
        return (program, graph);
    }
    edited(&program, edits, analyze).unwrap_or((program, graph))
}

/// The block for the file that a statement opens.
fn enclosed(program: &Program, graph: &EffectGraph, unit: &Unit) -> Option<Edit> {
    let Stmt::Assign(assign) = program.statement(unit.id) else {
        return None;
    };
    let [Expr::Name(target)] = &assign.targets[..] else {
        return None;
    };
    let name = target.id.as_str();
    let opened = graph.call_at(assign.value.range())?;
    let is_opener = matches!(&opened.callee, Callee::Library(it) if OPENERS.contains(&it.as_str()));
    if !is_opener || is_captured(graph, name) {
        return None;
    }
    let users = users(program, graph, unit, name)?;
    let (last, before) = users.split_last()?;
    let closes = is_close(program.statement(last.id), name);
    let body = if closes { before } else { &users[..] };
    let keeps_nothing = |it: &&Unit| {
        let mut uses = Uses {
            name,
            is_read_only: true,
        };
        uses.visit_stmt(program.statement(it.id));
        uses.is_read_only
    };
    let is_read = !opened.effects.contains(Effect::WriteFile);
    let fits = !body.is_empty()
        && body.iter().all(|it| may_stand_inside(program, graph, it))
        && (closes || is_read && body.iter().all(keeps_nothing));
    if !fits {
        return None;
    }
    let to = if closes {
        last.range.start()
    } else {
        last.range.end()
    };
    let inside = program.text(TextRange::new(unit.range.end(), to));
    let (rest, lines) = inside.split_once('\n')?;
    let is_whole = closes && !lines.ends_with('\n');
    if is_whole || !(rest.trim().is_empty() || rest.trim_start().starts_with('#')) {
        return None;
    }
    let head = program.text(assign.value.range());
    let body = indent(lines.trim_end());
    Some(Edit {
        range: TextRange::new(unit.range.start(), last.range.end()),
        text: format!("with {head} as {name}:{rest}\n{}", body.trim_end()),
    })
}

/// Whether a function reads or binds a name of the module.
pub(super) fn is_captured(graph: &EffectGraph, name: &str) -> bool {
    graph
        .units
        .iter()
        .any(|it| it.access.captures.contains(name) || it.access.globals.contains(name))
}

/// The statements that use a file, where they follow its opening in the same cell, and nothing else uses it before the name
/// is bound anew.
fn users<'p>(
    program: &'p Program,
    graph: &EffectGraph,
    unit: &Unit,
    name: &str,
) -> Option<Vec<&'p Unit>> {
    let access = |it: &Unit| &graph.units[it.id.index()].access;
    let mentions = |it: &Unit, wanted: &str| {
        let mut occurrences = access(it).occurrences.iter();
        occurrences.any(|(known, ..)| known == wanted)
    };
    let binds_anew = |it: &Unit| access(it).must.contains(name) && !access(it).reads.contains(name);
    let after = &program.units()[unit.id.index() + 1..];
    let mut users: Vec<&Unit> = Vec::new();
    // What reads or writes rows of the file is used in its place: `w = csv.writer(f)`.
    let mut handles = vec![name];
    let mut count = 0;
    for it in after {
        // `total = 0` in between may stand inside as well.
        if starts_value(program.statement(it.id)) && !mentions(it, name) {
            users.push(it);
            continue;
        }
        if binds_anew(it) || !handles.iter().any(|handle| mentions(it, handle)) {
            break;
        }
        handles.extend(rows_of(program.statement(it.id), graph, name));
        users.push(it);
        count = users.len();
        if is_close(program.statement(it.id), name) {
            break;
        }
    }
    users.truncate(count);
    let next = after[users.len()..].iter().find(|it| mentions(it, name));
    let is_alone = next.is_none_or(binds_anew)
        && users.iter().all(|it| {
            it.cell == unit.cell
                && !access(it).may.contains(name)
                && !access(it).deletes.contains(name)
        });
    is_alone.then_some(users)
}

/// Whether a statement binds a name to a number, a text or an empty container.
fn starts_value(statement: &Stmt) -> bool {
    let Stmt::Assign(assign) = statement else {
        return false;
    };
    let is_empty = match &*assign.value {
        Expr::List(it) => it.elts.is_empty(),
        Expr::Dict(it) => it.items.is_empty(),
        it => crate::steps::is_scalar(it),
    };
    is_empty && assign.targets.iter().all(Expr::is_name_expr)
}

/// The name that a statement gives to what goes through the rows of a file.
fn rows_of<'p>(statement: &'p Stmt, graph: &EffectGraph, file: &str) -> Option<&'p str> {
    let assign = statement.as_assign_stmt()?;
    let [Expr::Name(target)] = &assign.targets[..] else {
        return None;
    };
    let call = assign.value.as_call_expr()?;
    let first = call.arguments.args.first()?.as_name_expr()?;
    let Callee::Library(callee) = &graph.call_at(call.range())?.callee else {
        return None;
    };
    (first.id.as_str() == file && callee.starts_with("csv.")).then(|| target.id.as_str())
}

fn is_close(statement: &Stmt, name: &str) -> bool {
    let call = statement
        .as_expr_stmt()
        .and_then(|it| it.value.as_call_expr());
    let attribute = call
        .filter(|it| it.arguments.is_empty())
        .and_then(|it| it.func.as_attribute_expr());
    attribute.is_some_and(|it| {
        let receiver = it.value.as_name_expr();
        it.attr.as_str() == "close" && receiver.is_some_and(|it| it.id.as_str() == name)
    })
}

/// Whether a statement may stand in such a block: it begins a line and works with nothing but files and what it prints.
fn may_stand_inside(program: &Program, graph: &EffectGraph, unit: &Unit) -> bool {
    let statement = program.statement(unit.id);
    let is_plain = matches!(
        statement,
        Stmt::Expr(_) | Stmt::Assign(_) | Stmt::AugAssign(_) | Stmt::For(_) | Stmt::If(_)
    );
    let facts = &graph.units[unit.id.index()];
    let starts_line = unit.range.start() == TextSize::new(0)
        || program.source.text[..usize::from(unit.range.start())].ends_with('\n');
    is_plain && starts_line && facts.effects.is_subset(INSIDE) && facts.writes_by_call.is_empty()
}

/// Whether a statement reads of a file, and keeps nothing of it: `text = f.read()`, `data = json.load(f)`.
struct Uses<'a> {
    name: &'a str,
    is_read_only: bool,
}

impl<'a> Visitor<'a> for Uses<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assign(it) => self.visit_expr(&it.value),
            _ => self.is_read_only = false,
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let is_it = |it: &Expr| {
            it.as_name_expr()
                .is_some_and(|it| it.id.as_str() == self.name)
        };
        match expression {
            Expr::Call(call) => {
                let reads = call
                    .func
                    .as_attribute_expr()
                    .filter(|it| READERS.contains(&it.attr.as_str()));
                let of_file = reads.is_some_and(|it| is_it(&it.value));
                let by_file = reads.is_some()
                    && call.arguments.args.first().is_some_and(is_it)
                    && call.arguments.args.len() == 1;
                if !of_file && !by_file {
                    walk_expr(self, expression);
                }
            }
            Expr::Lambda(_) | Expr::Generator(_) => self.is_read_only = false,
            it if is_it(it) => self.is_read_only = false,
            _ => walk_expr(self, expression),
        }
    }
}
