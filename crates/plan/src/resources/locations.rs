//! Where files are: what their paths say, and of which type they are.

use srcify_effects::{Callee, Type};
use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::Extractor;
use crate::settings::expression_at;
use crate::types::{Annotator, Imports};

impl Extractor<'_> {
    /// What an object holds the path of that is called after its data: `bikes`, for `dataset.path` of `datasets.Bikes()`.
    pub(super) fn noun_of_holder(&self, unit: UnitId, location: TextRange) -> Option<String> {
        let path = expression_at(self.program, unit, location)?.as_attribute_expr()?;
        let holder = path.value.as_name_expr()?;
        let ty = (self.type_of)(&holder.id, unit)?;
        let (module, class) = ty.name.rsplit_once('.')?;
        module
            .ends_with(".datasets")
            .then(|| crate::naming::snake(class))
    }

    /// The path that a location names, as far as it is a literal.
    pub(super) fn location_text(&self, unit: UnitId, location: TextRange) -> Option<String> {
        let access = &self.graph.units[unit.index()].access;
        if let Some(Expr::StringLiteral(text)) = expression_at(self.program, unit, location) {
            return Some(text.value.to_str().to_owned());
        }
        let expression = expression_at(self.program, unit, location)?;
        if let Some(tail) = crate::settings::tail(self.program, self.graph, expression) {
            return Some(tail.text);
        }
        let (name, ..) = access
            .occurrences
            .iter()
            .find(|(_, range, _)| *range == location)?;
        let Some(lifted) = self.lifting.by_variable(name) else {
            let value = self.last_value(name, unit)?;
            return crate::settings::tail(self.program, self.graph, value).map(|it| it.text);
        };
        let section = self
            .lifting
            .sections
            .iter()
            .find(|it| it.name == lifted.section)?;
        let field = section.fields.iter().find(|it| it.name == lifted.field)?;
        match &field.default {
            crate::Literal::Str(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// The expression that a variable was bound to last before a statement, when that is a plain assignment.
    fn last_value(&self, name: &str, unit: UnitId) -> Option<&Expr> {
        let before = self.steps.iter().rev().skip_while(|step| step.unit >= unit);
        let last = before.into_iter().find(|step| step.may.contains(name))?;
        let (target, value) = crate::steps::constant_assignment(self.program.statement(last.unit))?;
        (target == name).then_some(value)
    }

    /// The type of a location that is no plain name: a path where a path stands on its left.
    fn joined_type(&self, unit: UnitId, location: &Expr) -> Option<Type> {
        match location {
            Expr::FString(_) | Expr::StringLiteral(_) => Some(Type::new("str")),
            Expr::BinOp(operation) if operation.op == ast::Operator::Add => {
                let is_text = |it: &Expr| it.is_string_literal_expr() || it.is_f_string_expr();
                let has_text = is_text(&operation.left) || is_text(&operation.right);
                has_text.then(|| Type::new("str"))
            }
            Expr::BinOp(operation) if operation.op == ast::Operator::Div => self
                .joined_type(unit, &operation.left)
                .filter(|it| it.name == "pathlib.Path"),
            Expr::Name(name) => match self.lifting.by_variable(&name.id) {
                Some(setting) if setting.annotation == "Path" => Some(Type::new("pathlib.Path")),
                Some(_) => None,
                None => (self.type_of)(&name.id, unit),
            },
            Expr::Call(call) => self.graph.call_at(call.range())?.returns.clone(),
            _ => None,
        }
    }

    /// Whether a location is a `Path` of which a method is called.
    fn is_receiver(&self, unit: UnitId, location: TextRange) -> bool {
        let range = self.program.units()[unit.index()].range;
        self.graph.calls_in(range).any(|call| {
            matches!(&call.callee, Callee::Library(name) if self.path_receiver(unit, name, call) == Some(location))
        })
    }

    pub(super) fn location_annotation(
        &self,
        unit: UnitId,
        location: TextRange,
        imports: &mut Imports,
    ) -> String {
        let setting = self.lifting.at(location).or_else(|| {
            let access = &self.graph.units[unit.index()].access;
            let name = access
                .occurrences
                .iter()
                .find(|(_, range, _)| *range == location)
                .map(|(name, ..)| name)?;
            self.lifting.by_variable(name)
        });
        if let Some(setting) = setting {
            // Nothing is read from or written to where there is none.
            let annotation = setting.annotation.trim_end_matches(" | None");
            if annotation == "Path" {
                imports.insert("Path".to_owned(), "from pathlib import Path".to_owned());
            }
            return annotation.to_owned();
        }
        if self.is_receiver(unit, location) {
            imports.insert("Path".to_owned(), "from pathlib import Path".to_owned());
            return "Path".to_owned();
        }
        match expression_at(self.program, unit, location) {
            Some(Expr::Name(name)) => {
                let ty = (self.type_of)(&name.id, unit);
                // `urlopen` takes a request as well, and readers take what is open.
                let is_class = |ty: &Type| ty.name.contains('.') && ty.arguments.is_empty();
                let ty = ty.filter(|ty| ty.name == "str" || is_class(ty));
                path_annotation(ty.as_ref(), self.annotator, imports)
            }
            Some(other) => {
                let ty = self.joined_type(unit, other);
                path_annotation(ty.as_ref(), self.annotator, imports)
            }
            None => path_annotation(None, self.annotator, imports),
        }
    }
}

fn path_annotation(ty: Option<&Type>, annotator: &Annotator<'_>, imports: &mut Imports) -> String {
    match ty {
        Some(ty) if ty.name == "str" => "str".to_owned(),
        Some(ty) if ty.name.contains('.') => annotator.annotation(Some(ty), imports),
        _ => {
            imports.insert("Path".to_owned(), "from pathlib import Path".to_owned());
            "str | Path".to_owned()
        }
    }
}
