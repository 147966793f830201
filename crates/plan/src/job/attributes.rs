//! Annotations for attributes that begin empty: nothing in `self.rows = []` tells a type checker what will be in it.

use std::collections::BTreeSet;

use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange};

use crate::edits::Edit;
use crate::types::Imports;

/// The annotations that the attributes need which `__init__` sets to something empty.
pub(super) fn attribute_edits(
    program: &Program,
    method: &ast::StmtFunctionDef,
    needed: &mut Imports,
) -> Vec<Edit> {
    if method.name.as_str() != "__init__" {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let mut edits = Vec::new();
    for statement in &method.body {
        let Stmt::Assign(assignment) = statement else {
            continue;
        };
        let [target @ Expr::Attribute(attribute)] = &assignment.targets[..] else {
            continue;
        };
        let name = program.text(target.range());
        let is_own = attribute.value.is_name_expr() && name.starts_with("self.");
        if !is_own || !seen.insert(name.to_owned()) {
            continue;
        }
        if let Some(annotation) = annotation_of_empty(program, &assignment.value) {
            needed.insert("Any".to_owned(), "from typing import Any".to_owned());
            edits.push(Edit {
                range: TextRange::empty(target.end()),
                text: format!(": {annotation}"),
            });
        }
    }
    edits
}

fn annotation_of_empty(program: &Program, value: &Expr) -> Option<&'static str> {
    match program.text(value.range()) {
        "[]" | "list()" => Some("list[Any]"),
        "{}" | "dict()" => Some("dict[Any, Any]"),
        "set()" => Some("set[Any]"),
        "None" => Some("Any"),
        _ => None,
    }
}
