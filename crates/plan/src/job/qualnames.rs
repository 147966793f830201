//! Classes that stand in the application function, and show the name that they had at the top of the input.

use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt, StmtClassDef};
use srcify_syntax::{Program, Ranged, TextRange, UnitId};

use crate::edits::Edit;
use crate::planner::Planner;

impl Planner<'_> {
    /// A dataclass shows its qualified name: within a function that would be `run_job.<locals>.Point`. Others do where the
    /// program asks for it.
    pub(super) fn qualname_edits(&self, unit: UnitId) -> Vec<Edit> {
        let mut classes = Classes {
            program: self.program,
            are_asked: self.program.source.text.contains("__qualname__"),
            edits: Vec::new(),
        };
        classes.visit_stmt(self.program.statement(unit));
        classes.edits
    }
}

struct Classes<'a> {
    program: &'a Program,
    /// Whether the program looks at names of all classes.
    are_asked: bool,
    edits: Vec<Edit>,
}

impl<'a> Visitor<'a> for Classes<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::ClassDef(class) if self.are_asked || is_dataclass(class) => {
                self.name(class, class.name.as_str());
            }
            // What functions define had a qualified name of its own before.
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            _ => walk_stmt(self, statement),
        }
    }
}

impl Classes<'_> {
    fn name(&mut self, class: &StmtClassDef, name: &str) {
        let is_text = |it: &Stmt| matches!(it, Stmt::Expr(it) if it.value.is_string_literal_expr());
        let Some(before) = class.body.iter().find(|it| !is_text(it)) else {
            return;
        };
        let line = format!("__qualname__ = \"{name}\"");
        let start = before.start();
        let code = &self.program.source.text[..start.to_usize()];
        let indent = &code[code.rfind('\n').map_or(0, |at| at + 1)..];
        let text = if indent.trim().is_empty() {
            format!("{line}\n{indent}")
        } else {
            format!("{line}; ")
        };
        self.edits.push(Edit {
            range: TextRange::empty(start),
            text,
        });
        for inner in class.body.iter().filter_map(Stmt::as_class_def_stmt) {
            if self.are_asked || is_dataclass(inner) {
                self.name(inner, &format!("{name}.{}", inner.name));
            }
        }
    }
}

/// `@dataclass`, `@dataclasses.dataclass(frozen=True)`.
fn is_dataclass(class: &StmtClassDef) -> bool {
    class.decorator_list.iter().any(|decorator| {
        let function = match &decorator.expression {
            Expr::Call(call) => &call.func,
            other => other,
        };
        match function {
            Expr::Name(name) => name.id == "dataclass",
            Expr::Attribute(attribute) => attribute.attr.as_str() == "dataclass",
            _ => false,
        }
    })
}
