//! Statements that nothing names, and a source without them.

use std::collections::BTreeSet;

use ruff_python_ast::Stmt;
use ruff_text_size::TextRange;

use crate::{Dropped, Program, Source, Span, UnitId};

impl Program {
    /// Of the statements that may go, those that bind only what no other statement names, in order.
    ///
    /// `binds` gives the names of a statement that may go, `None` for one that stays. Every word counts, also in strings;
    /// only imports name nothing.
    pub fn unnamed(&self, binds: impl Fn(UnitId) -> Option<BTreeSet<String>>) -> Vec<UnitId> {
        let mut open: Vec<UnitId> = Vec::new();
        let mut waiting: Vec<(UnitId, BTreeSet<String>)> = Vec::new();
        for unit in self.units() {
            let is_import = matches!(
                self.statement(unit.id),
                Stmt::Import(_) | Stmt::ImportFrom(_)
            );
            if is_import {
                continue;
            }
            match binds(unit.id) {
                Some(names) => waiting.push((unit.id, names)),
                None => open.push(unit.id),
            }
        }
        while let Some(unit) = open.pop() {
            let text = self.text(self.units()[unit.index()].range);
            let words: BTreeSet<&str> = text
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .collect();
            waiting.retain(|(other, names)| {
                let is_used =
                    names.is_empty() || names.iter().any(|name| words.contains(name.as_str()));
                if is_used {
                    open.push(*other);
                }
                !is_used
            });
        }
        let mut unnamed: Vec<UnitId> = waiting.into_iter().map(|(unit, _)| unit).collect();
        unnamed.sort_unstable();
        unnamed
    }

    /// The source without some statements, whose lines stay, empty; it notes that they were dropped, and why.
    pub fn source_without(&self, units: &[UnitId], reason: &str) -> Source {
        let mut source = self.source.clone();
        let mut edits = Vec::new();
        for unit in units {
            let range = self.units()[unit.index()].full_range;
            source.dropped.push(Dropped {
                span: Span::from(TextRange::empty(range.start())),
                text: self.text(range).to_owned(),
                reason: reason.to_owned(),
            });
            let lines = self.text(range).matches('\n').count();
            edits.push((range, "\n".repeat(lines)));
        }
        source.edited(&edits)
    }
}
