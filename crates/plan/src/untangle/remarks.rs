//! Comments above a number and the statement that uses it: `# Train` over `epochs = 10` and the loop.
//!
//! The number becomes a setting, which has a description of its own; the comment is about what follows, and goes there. So
//! does a comment above an import that is needed from there on: `# Scale` over `from … import Scaler` and `Scaler().fit(x)`.
//! Code that is commented out and stands apart is about no statement, and goes.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::EffectGraph;
use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, Unit, snippet};

use crate::edits::Edit;
use crate::naming::{comment_block, is_heading_comment};
use crate::steps::{constant_assignment, is_scalar};

/// Moves such comments behind the numbers.
pub(super) fn edits(program: &Program, graph: &EffectGraph) -> Vec<Edit> {
    let mut binds: BTreeMap<&str, usize> = BTreeMap::new();
    for name in graph.units.iter().flat_map(|it| &it.access.may) {
        *binds.entry(name).or_default() += 1;
    }
    let changed: BTreeSet<&String> = graph
        .units
        .iter()
        .flat_map(|it| it.mutates.keys())
        .collect();
    let is_number = |unit: &Unit| {
        let assigned = constant_assignment(program.statement(unit.id));
        assigned.is_some_and(|(name, value)| {
            let is_row = is_row(value) && !changed.contains(&name.to_owned());
            binds.get(name) == Some(&1) && (is_scalar(value) || is_row)
        })
    };
    let runs = program.units().chunk_by(|first, next| {
        is_number(first) && first.cell == next.cell && is_right_below(program, first, next)
    });
    let mut edits = Vec::new();
    for run in runs {
        // Numbers below each other are settings, all of them: the comment is about them, unless it is a heading.
        let count = run.iter().take_while(|it| is_number(it)).count();
        let is_heading = is_heading_comment(above(program, &run[0]));
        let next = program.units().get(run[0].id.index() + count);
        let next = next.filter(|next| count > 0 && next.cell == run[0].cell && !is_number(next));
        if let Some(next) = next
            && (count == 1 && run.len() == 2 || is_heading)
        {
            edits.extend(moved(program, &run[0], next).into_iter().flatten());
        }
    }
    edits.extend(without_dead_code(program));
    edits.extend(behind_imports(program, graph));
    edits
}

/// The comments above a statement.
fn above<'a>(program: &'a Program, unit: &Unit) -> &'a str {
    program.text(TextRange::new(unit.full_range.start(), unit.range.start()))
}

fn is_import(program: &Program, unit: &Unit) -> bool {
    let statement = program.statement(unit.id);
    statement.is_import_stmt() || statement.is_import_from_stmt()
}

/// The edits that copy comments above imports to the statement that the imports are for, in the same cell. Imports move to
/// the head of modules without what stands above them.
fn behind_imports(program: &Program, graph: &EffectGraph) -> Vec<Edit> {
    let units = program.units();
    let is_of_work = |unit: &Unit| !is_import(program, unit);
    let Some(begin) = units.iter().position(is_of_work) else {
        return Vec::new();
    };
    let mut edits = Vec::new();
    let mut above = String::new();
    for (index, unit) in units.iter().enumerate().skip(begin + 1) {
        let before = TextRange::new(unit.full_range.start(), unit.range.start());
        if is_import(program, unit) {
            let mut words = program.text(before).to_owned();
            if !uses_soon(program, graph, index) && !is_heading_comment(&words) {
                words.clear();
            }
            above.extend(words.split_inclusive('\n').filter(|it| !is_of_imports(it)));
            continue;
        }
        let statement = program.statement(unit.id);
        let is_definition = statement.is_function_def_stmt() || statement.is_class_def_stmt();
        if !above.trim().is_empty() && units[index - 1].cell == unit.cell && !is_definition {
            let mut text = above.trim_start_matches('\n').to_owned();
            if !before.is_empty() && !text.ends_with("\n\n") {
                text.push('\n');
            }
            edits.push(Edit {
                range: TextRange::empty(unit.full_range.start()),
                text,
            });
        }
        above.clear();
    }
    edits
}

/// Whether what an import brings is read in the next lines of its cell, which belong to the import then.
fn uses_soon(program: &Program, graph: &EffectGraph, index: usize) -> bool {
    const SOON: usize = 3;
    let brought = &graph.units[index].access.may;
    let units = program.units()[index + 1..].iter();
    let mut soon = units
        .filter(|it| it.cell == program.units()[index].cell && !is_import(program, it))
        .take(SOON);
    soon.any(|it| {
        let reads = &graph.units[it.id.index()].access.reads;
        brought.iter().any(|name| reads.contains(name))
    })
}

/// Whether a line tells that something is imported: with the import, nobody misses it.
pub(crate) fn is_of_imports(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "import", "librar", "librer", "packag", "modul", "bibliot", "paquet", "pacote",
    ];
    let line = line.to_lowercase();
    WORDS.iter().any(|it| line.contains(it))
}

/// The edits that leave out paragraphs of commented-out code which stand apart from statements.
fn without_dead_code(program: &Program) -> Vec<Edit> {
    let mut edits = Vec::new();
    for unit in program.units() {
        let above = TextRange::new(unit.full_range.start(), unit.range.start());
        let text = program.text(above);
        // What stands right above the statement goes with it.
        let apart = text.rfind("\n\n").map_or(0, |at| at + 2);
        edits.extend(dead_paragraphs(&text[..apart], above.start()));
        let last = program.text(TextRange::new(unit.range.end(), unit.full_range.end()));
        let line = last.find('\n').map_or(last.len(), |it| it + 1);
        let below = unit.range.end() + TextSize::try_from(line).unwrap_or_default();
        edits.extend(dead_paragraphs(&last[line..], below));
    }
    edits
}

fn dead_paragraphs(text: &str, start: TextSize) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    for paragraph in text.split_inclusive("\n\n") {
        if is_code(paragraph) {
            let place = |it: usize| start + TextSize::try_from(it).unwrap_or_default();
            edits.push(Edit {
                range: TextRange::new(place(at), place(at + paragraph.len())),
                // What stood apart still does.
                text: "\n".to_owned(),
            });
        }
        at += paragraph.len();
    }
    edits
}

/// Whether comment lines hold Python that does something, in one line or all together.
pub(crate) fn is_code(paragraph: &str) -> bool {
    let lines: Vec<&str> = paragraph
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix('#'))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let does = |text: &str| {
        let parsed = snippet(text);
        parsed.is_valid() && parsed.statements().iter().any(acts)
    };
    let begins = |line: &&str| {
        let line = line.trim();
        line.ends_with(':') && does(&format!("{line} pass"))
    };
    does(&lines.join("\n"))
        || lines.iter().any(|line| does(line.trim()))
        || lines.iter().any(begins)
}

/// Whether a statement is more than words that happen to be Python: `Results`, `Note: this`.
fn acts(statement: &ast::Stmt) -> bool {
    match statement {
        ast::Stmt::AnnAssign(it) => it.value.is_some(),
        ast::Stmt::Expr(it) => it.value.is_call_expr() || it.value.is_await_expr(),
        _ => true,
    }
}

/// Whether a value is some numbers or texts in a row.
fn is_row(value: &Expr) -> bool {
    let (Expr::List(ast::ExprList { elts, .. }) | Expr::Tuple(ast::ExprTuple { elts, .. })) = value
    else {
        return false;
    };
    !elts.is_empty() && elts.iter().all(is_scalar)
}

/// Whether a statement is on the line below another, which may have a comment beside it.
fn is_right_below(program: &Program, unit: &Unit, next: &Unit) -> bool {
    let between = program.text(TextRange::new(unit.range.end(), next.range.start()));
    let beside = between.strip_suffix('\n').map(str::trim_start);
    between.lines().count() == 1 && beside.is_some_and(|it| it.is_empty() || it.starts_with('#'))
}

/// The edits that move the lines of a comment down, to the next statement that is no number.
fn moved(program: &Program, number: &Unit, next: &Unit) -> Option<[Edit; 2]> {
    let above = TextRange::new(number.full_range.start(), number.range.start());
    let text = program.text(above);
    comment_block(text)?;
    let lines = text.split_inclusive('\n').rev();
    let lines = lines.take_while(|line| line.starts_with("# ") && !line.starts_with("# %%"));
    let length = lines.map(str::len).sum::<usize>();
    let start = above.end() - TextSize::try_from(length).ok()?;
    let comment = TextRange::new(start, above.end());
    let below = TextRange::empty(program.statement(next.id).start());
    (length > 0).then(|| {
        let text = program.text(comment).to_owned();
        [comment, below].map(|range| Edit {
            range,
            text: if range == below {
                text.clone()
            } else {
                String::new()
            },
        })
    })
}
