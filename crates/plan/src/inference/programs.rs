//! The programs of training and of predicting, as texts.

use srcify_syntax::ast::Stmt;
use srcify_syntax::{Source, TextRange, UnitId};

use super::{Inference, Slicer};
use crate::steps::constant_assignment;

impl Slicer<'_> {
    pub(super) fn write(&self, last: UnitId, answer: &str) -> Inference {
        Inference {
            training: self.training(),
            predict: self.predict(last, answer),
        }
    }

    /// The input, with what it must note, and the storing at its end.
    fn training(&self) -> Source {
        let units = self.program.units();
        let mut edits: Vec<(TextRange, String)> = Vec::new();
        for (unit, text) in &self.before {
            let at = units[unit.index()].range.start();
            edits.push((TextRange::empty(at), format!("{text}\n")));
        }
        edits.extend(self.nested.iter().cloned());
        for (unit, text) in &self.after {
            let at = units[unit.index()].full_range.end();
            edits.push((TextRange::empty(at), format!("\n{text}")));
        }
        let names = self.stored.keys().map(|name| format!("\"{name}\": {name}"));
        let stored = names.collect::<Vec<_>>().join(", ");
        if let Some(unit) = units.last() {
            let text = format!(
                "\n\nimport joblib\n\nARTIFACTS_PATH = \"\"  # where the fitted objects are stored for the predict job; empty: nowhere\nif ARTIFACTS_PATH:\n    joblib.dump({{{stored}}}, ARTIFACTS_PATH)\n"
            );
            edits.push((TextRange::empty(unit.full_range.end()), text));
        }
        edits.sort_by_key(|(range, _)| range.start());
        self.program.source.edited(&edits)
    }

    /// The slice: what is not in it is blank.
    fn predict(&self, last: UnitId, answer: &str) -> Source {
        let mut edits: Vec<(TextRange, String)> = Vec::new();
        let mut is_loaded = false;
        for unit in self.program.units() {
            let statement = self.program.statement(unit.id);
            let constant = constant_assignment(statement)
                .is_some_and(|(name, _)| self.constants.contains(name));
            let is_called = matches!(statement, Stmt::FunctionDef(it) if self.functions.contains(it.name.as_str()));
            if matches!(statement, Stmt::Import(_) | Stmt::ImportFrom(_)) || constant || is_called {
                continue;
            }
            let Some(text) = self.kept.get(&unit.id) else {
                edits.push((unit.full_range, String::new()));
                continue;
            };
            let load = if is_loaded {
                String::new()
            } else {
                self.load()
            };
            is_loaded = true;
            let numbers = self.numbers(unit.id);
            let store = if unit.id == last {
                self.store(answer)
            } else {
                String::new()
            };
            edits.push((unit.range, format!("{load}{text}{numbers}{store}")));
        }
        self.program.source.edited(&edits)
    }

    fn load(&self) -> String {
        let mut text = "import joblib\nimport pandas as pd\nfrom typing import Any\n\nARTIFACTS_PATH = \"artifacts.joblib\"  # what the training stored\nartifacts: dict[str, Any] = joblib.load(ARTIFACTS_PATH)\n".to_owned();
        for (name, class) in &self.stored {
            let annotation = class
                .as_ref()
                .map(|it| format!(": {it}"))
                .unwrap_or_default();
            text.push_str(&format!("{name}{annotation} = artifacts[\"{name}\"]\n"));
        }
        text.push('\n');
        text
    }
}
