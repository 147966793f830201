//! What of the local modules the input uses.

use std::collections::BTreeSet;

use srcify_effects::Access;
use srcify_syntax::ast::Stmt;
use srcify_syntax::{Dropped, Program, Span, TextRange, UnitId, parse};

use crate::apart::is_inert;

/// The program without the definitions of modules that nothing in it names.
pub(crate) fn used(program: Program) -> Program {
    let unused = unused(&program);
    if unused.is_empty() {
        return program;
    }
    let mut source = program.source.clone();
    let mut edits = Vec::new();
    for unit in unused {
        let range = program.units()[unit.index()].full_range;
        source.dropped.push(Dropped {
            span: Span::from(TextRange::empty(range.start())),
            text: program.text(range).to_owned(),
            reason: "nothing in the input uses it".to_owned(),
        });
        let lines = program.text(range).matches('\n').count();
        edits.push((range, "\n".repeat(lines)));
    }
    parse(source.edited(&edits)).output
}

/// Definitions of modules that no statement names, of those that stay.
fn unused(program: &Program) -> Vec<UnitId> {
    let mut open: Vec<UnitId> = Vec::new();
    let mut waiting: Vec<(UnitId, BTreeSet<String>)> = Vec::new();
    for unit in program.units() {
        let statement = program.statement(unit.id);
        let is_import = matches!(statement, Stmt::Import(_) | Stmt::ImportFrom(_));
        let is_module = program.source.inclusion_at(unit.range.start()).is_some();
        let stands_alone = is_alone(program, unit.full_range);
        if is_module && stands_alone && !is_import && is_inert(statement) {
            waiting.push((unit.id, Access::of(statement).may));
        } else if !is_import {
            open.push(unit.id);
        }
    }
    while let Some(unit) = open.pop() {
        let words = words(program.text(program.units()[unit.index()].range));
        waiting.retain(|(other, names)| {
            let is_used =
                names.is_empty() || names.iter().any(|name| words.contains(name.as_str()));
            if is_used {
                open.push(*other);
            }
            !is_used
        });
    }
    let mut unused: Vec<UnitId> = waiting.into_iter().map(|(unit, _)| unit).collect();
    unused.sort_unstable();
    unused
}

/// Whether nothing else stands on the lines of a statement.
fn is_alone(program: &Program, range: TextRange) -> bool {
    let text = &program.source.text;
    let before = text[..usize::from(range.start())].rsplit('\n').next();
    let after = text[usize::from(range.end())..].split('\n').next();
    before.is_none_or(|text| text.trim().is_empty())
        && after.is_none_or(|text| text.trim().is_empty())
}

/// Every word of a text: what strings name counts as well.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .collect()
}
