//! What a program does with the options that its parser gives.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_parameter, walk_stmt};
use srcify_syntax::ast::{self, Expr, ExprContext, Stmt};
use srcify_syntax::{Ranged, TextRange};

use super::{Edits, Parser};

/// What a program does with its options.
#[derive(Default)]
pub(super) struct Uses {
    /// Attributes that are read, with their places.
    places: Vec<(TextRange, String)>,
    pub read: BTreeSet<String>,
    /// It is passed on, changed, or looked into by name.
    pub is_whole: bool,
    /// It is printed.
    pub is_shown: bool,
    /// Statements that only give an option a variable of its own name.
    pub copies: BTreeMap<String, TextRange>,
    /// All names in the statements that use it.
    pub names: BTreeSet<String>,
}

impl Uses {
    pub(super) fn read(&mut self, statement: &Stmt, found: &[TextRange], parser: &Parser<'_>) {
        let mut reader = Reader {
            found,
            attributes: Vec::new(),
            shown: 0,
            changes: false,
            names: BTreeSet::new(),
        };
        reader.visit_stmt(statement);
        let is_option = |name: &str| parser.arguments.iter().any(|it| it.name == name);
        let known = reader
            .attributes
            .iter()
            .filter(|(_, name)| is_option(name))
            .count();
        self.is_shown |= reader.shown > 0;
        self.is_whole |= reader.changes || known + reader.shown < found.len();
        if let Some((name, value)) = copy_of(statement)
            && reader
                .attributes
                .iter()
                .any(|(range, it)| it == name && *range == value)
        {
            self.copies.insert(name.to_owned(), statement.range());
        }
        self.names.extend(reader.names);
        self.read
            .extend(reader.attributes.iter().map(|(_, name)| name.clone()));
        self.places.extend(reader.attributes);
    }

    /// Variables in the place of attributes.
    pub(super) fn edits(&self, names: &BTreeMap<String, String>) -> Edits {
        if self.is_whole {
            return Vec::new();
        }
        let is_copy = |name: &String| names.get(name) == Some(name);
        let copies = self.copies.iter().filter(|(name, _)| is_copy(name));
        let mut edits: Edits = copies.map(|(_, range)| (*range, String::new())).collect();
        for (range, name) in &self.places {
            if !edits.iter().any(|(gone, _)| gone.contains_range(*range)) {
                edits.push((*range, names[name].clone()));
            }
        }
        edits
    }
}

/// `lr = args.lr`: the variable, and the place of its value.
fn copy_of(statement: &Stmt) -> Option<(&str, TextRange)> {
    let Stmt::Assign(assignment) = statement else {
        return None;
    };
    match (&assignment.targets[..], &*assignment.value) {
        ([Expr::Name(name)], Expr::Attribute(value)) if *name.id == *value.attr => {
            Some((name.id.as_str(), value.range()))
        }
        _ => None,
    }
}

struct Reader<'f> {
    /// Where the options are named.
    found: &'f [TextRange],
    attributes: Vec<(TextRange, String)>,
    /// How often they are printed as they are.
    shown: usize,
    changes: bool,
    names: BTreeSet<String>,
}

impl<'a> Visitor<'a> for Reader<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Attribute(attribute) if self.found.contains(&attribute.value.range()) => {
                self.changes |= attribute.ctx != ExprContext::Load;
                let name = attribute.attr.to_string();
                self.attributes.push((attribute.range(), name));
                return;
            }
            Expr::Call(call) if call.func.as_name_expr().is_some_and(|it| it.id == "print") => {
                let shown = call.arguments.args.iter();
                self.shown += shown.filter(|it| self.found.contains(&it.range())).count();
            }
            Expr::Name(name) => {
                self.names.insert(name.id.to_string());
            }
            _ => {}
        }
        walk_expr(self, expression);
    }

    fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
        self.names.insert(parameter.name.to_string());
        walk_parameter(self, parameter);
    }

    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::AugAssign(it) = statement {
            self.changes |= it
                .target
                .as_attribute_expr()
                .is_some_and(|it| self.found.contains(&it.value.range()));
        }
        walk_stmt(self, statement);
    }
}
