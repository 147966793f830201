//! Annotations for attributes that begin empty: nothing in `self.rows = []` tells a type checker what will be in it.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::Type;
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange};

use crate::edits::Edit;
use crate::types::{Annotator, Imports};

/// The annotations that the attributes need which `__init__` sets to something empty.
///
/// `seen` is what the analysis saw in the attributes of the class.
pub(super) fn attribute_edits(
    program: &Program,
    method: &ast::StmtFunctionDef,
    seen: Option<&BTreeMap<String, Type>>,
    (annotator, needed): (&Annotator<'_>, &mut Imports),
) -> Vec<Edit> {
    if method.name.as_str() != "__init__" {
        return Vec::new();
    }
    let mut known = BTreeSet::new();
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
        if !is_own || !known.insert(name.to_owned()) {
            continue;
        }
        let Some(kind) = Empty::of(program, &assignment.value) else {
            continue;
        };
        let ty = seen.and_then(|it| it.get(attribute.attr.as_str()));
        let filled = ty.and_then(|it| kind.filled(it, annotator, needed));
        let annotation = filled.unwrap_or_else(|| {
            needed.insert("Any".to_owned(), "from typing import Any".to_owned());
            kind.open().to_owned()
        });
        edits.push(Edit {
            range: TextRange::empty(target.end()),
            text: format!(": {annotation}"),
        });
    }
    edits
}

/// What an attribute begins with.
#[derive(Clone, Copy)]
enum Empty {
    List,
    Dict,
    Set,
    None,
}

impl Empty {
    fn of(program: &Program, value: &Expr) -> Option<Self> {
        match program.text(value.range()) {
            "[]" | "list()" => Some(Self::List),
            "{}" | "dict()" => Some(Self::Dict),
            "set()" => Some(Self::Set),
            "None" => Some(Self::None),
            _ => None,
        }
    }

    /// The annotation where nothing is known of what comes into it.
    fn open(self) -> &'static str {
        match self {
            Self::List => "list[Any]",
            Self::Dict => "dict[Any, Any]",
            Self::Set => "set[Any]",
            Self::None => "Any",
        }
    }

    /// The annotation where it stays what it is, and all that comes into it is known.
    fn filled(self, ty: &Type, annotator: &Annotator<'_>, needed: &mut Imports) -> Option<String> {
        let (name, parts) = match self {
            Self::List => ("list", 1),
            Self::Dict => ("dict", 2),
            Self::Set => ("set", 1),
            Self::None => return None,
        };
        if ty.name != name || ty.arguments.len() != parts {
            return None;
        }
        let mut imports = needed.clone();
        let annotation = annotator.annotation(Some(ty), &mut imports);
        let is_known = !annotation.contains("Any");
        if is_known {
            *needed = imports;
        }
        is_known.then_some(annotation)
    }
}
