//! Names of the input's module as names of the job's function: what is global there, unbound, or a builtin at first.

use std::collections::BTreeSet;

use srcify_effects::Access;
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{Stmt, StmtGlobal};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, UnitId};

use crate::edits::Edit;
use crate::modules::Draft;
use crate::planner::Planner;
use crate::steps::{Step, StepKind};

impl Planner<'_> {
    /// What the job's function begins with, so that its names mean what they meant in the module.
    pub(super) fn declarations(&self, body: &str, application: &mut Draft) -> String {
        if self.is_introspective {
            return String::new();
        }
        let mut text = String::new();
        for name in self.bound_by_functions(body) {
            let import = ("Any".to_owned(), "from typing import Any".to_owned());
            application.needed.extend([import]);
            text.push_str(&format!("{name}: Any\n"));
        }
        for name in self.builtins_at_first() {
            let import = ("builtins".to_owned(), "import builtins".to_owned());
            application.needed.extend([import]);
            text.push_str(&format!("{name} = builtins.{name}\n"));
        }
        text
    }

    /// Variables that the job's `body` leaves to its functions: it declares them, so that `nonlocal` finds them.
    fn bound_by_functions(&self, body: &str) -> BTreeSet<&String> {
        let access = |step: &Step| &self.graph.units[step.unit.index()].access;
        let declared: BTreeSet<&String> = self
            .steps
            .iter()
            .filter(|step| step.kind != StepKind::Function || self.is_nested(step))
            .flat_map(|step| &access(step).globals)
            .collect();
        if declared.is_empty() {
            return declared;
        }
        let body = srcify_syntax::snippet(body);
        let statements = body.statements().iter();
        let bound: BTreeSet<String> = statements.flat_map(|it| Access::of(it).may).collect();
        declared
            .into_iter()
            .filter(|name| !bound.contains(*name))
            .collect()
    }

    /// Whether a definition stays in the job.
    fn is_nested(&self, step: &Step) -> bool {
        let is_placed = |name| self.definitions.placed.contains_key(name);
        !step.may.iter().all(is_placed)
    }

    /// Variables named as a builtin, and read where that may still be the builtin.
    pub(super) fn builtins_at_first(&self) -> BTreeSet<&String> {
        let is_builtin = |name: &str| {
            srcify_syntax::stdlib::builtins::is_python_builtin(name, 13, false)
                && !name.starts_with('_')
        };
        let mut found = BTreeSet::new();
        for (place, step) in self.steps.iter().enumerate() {
            let early = step.reads.iter().filter(|name| {
                is_builtin(name)
                    && self.names.is_variable(name)
                    && !self.bound.is_bound_before(place, name)
            });
            found.extend(early.filter(|name| self.lifting.by_variable(name).is_none()));
        }
        found
    }

    /// `global x` in a function that is now nested is `nonlocal x`; outside of functions it does nothing.
    pub(super) fn global_edits(&self, unit: UnitId) -> Vec<Edit> {
        let statement = self.program.statement(unit);
        if self.is_introspective {
            let mut annotated = Annotated {
                program: self.program,
                edits: Vec::new(),
            };
            annotated.visit_stmt(statement);
            // Functions still bind names of the module, and the job has declared its own.
            let mut edits = globals(statement, None);
            edits.extend(annotated.edits);
            return edits;
        }
        globals(statement, Some("nonlocal"))
    }
}

/// The edits of declarations in a statement: what those in functions say instead, if anything.
fn globals(statement: &Stmt, inside: Option<&'static str>) -> Vec<Edit> {
    let mut globals = Globals {
        inside,
        depth: 0,
        edits: Vec::new(),
    };
    globals.visit_stmt(statement);
    globals.edits
}

struct Globals {
    inside: Option<&'static str>,
    /// How many functions are around.
    depth: usize,
    edits: Vec<Edit>,
}

impl Globals {
    fn note(&mut self, global: &StmtGlobal) {
        if self.depth == 0 {
            self.edits.push(Edit {
                range: global.range(),
                text: "pass".to_owned(),
            });
        } else if let Some(word) = self.inside {
            self.edits.push(Edit {
                range: TextRange::at(global.start(), TextSize::of("global")),
                text: word.to_owned(),
            });
        }
    }
}

impl<'a> Visitor<'a> for Globals {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Global(global) => self.note(global),
            Stmt::FunctionDef(_) => {
                self.depth += 1;
                walk_stmt(self, statement);
                self.depth -= 1;
            }
            _ => walk_stmt(self, statement),
        }
    }
}

/// Annotations of names that the job's function declares `global`: Python refuses them there.
struct Annotated<'a> {
    program: &'a Program,
    edits: Vec<Edit>,
}

impl<'a> Visitor<'a> for Annotated<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::AnnAssign(it) if it.simple => {
                // The value may stand in brackets, which are no part of it.
                let range = it.value.as_ref().map_or(it.range(), |value| {
                    let end = it.annotation.end();
                    let between = self.program.text(TextRange::new(end, value.start()));
                    let sign = between.find('=').unwrap_or_default();
                    let sign = TextSize::try_from(sign).unwrap_or_default();
                    TextRange::new(it.target.end(), end + sign)
                });
                let text = if it.value.is_some() { " " } else { "pass" };
                self.edits.push(Edit {
                    range,
                    text: text.to_owned(),
                });
            }
            _ => walk_stmt(self, statement),
        }
    }
}
