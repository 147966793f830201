//! Secrets that are put together of variables: `prefix + rest`.

use std::collections::BTreeMap;

use srcify_effects::{environment_variable, find_secret, presume_secret};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, UnitId};

use super::{Finder, Form, FoundSecret};

/// A literal, and the variable that holds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    unit: UnitId,
    text: &'a ast::ExprStringLiteral,
    variable: Option<&'a str>,
}

/// The variables of the module that hold a text, as they are bound last.
#[derive(Debug, Default)]
pub(super) struct Held<'a>(BTreeMap<&'a str, Piece<'a>>);

impl<'a> Held<'a> {
    pub(super) fn of(program: &'a Program) -> Self {
        let mut held = Self::default();
        for unit in program.units() {
            let Stmt::Assign(it) = program.statement(unit.id) else {
                continue;
            };
            for target in &it.targets {
                held.bind(unit.id, target, &it.value);
            }
        }
        held
    }

    fn bind(&mut self, unit: UnitId, target: &'a Expr, value: &'a Expr) {
        match (target, value) {
            (Expr::Name(name), Expr::StringLiteral(text)) => {
                let variable = Some(name.id.as_str());
                let piece = Piece {
                    unit,
                    text,
                    variable,
                };
                self.0.insert(name.id.as_str(), piece);
            }
            (Expr::Tuple(targets), Expr::Tuple(values)) if targets.len() == values.len() => {
                for (target, value) in targets.iter().zip(values) {
                    self.bind(unit, target, value);
                }
            }
            _ => {}
        }
    }

    /// The literals that `expression` is put together of, where it is made of nothing else.
    fn pieces(&self, unit: UnitId, expression: &'a Expr) -> Option<Vec<Piece<'a>>> {
        match expression {
            Expr::StringLiteral(text) => {
                let variable = None;
                Some(vec![Piece {
                    unit,
                    text,
                    variable,
                }])
            }
            Expr::Name(name) => Some(vec![*self.0.get(name.id.as_str())?]),
            Expr::BinOp(sum) if sum.op == ast::Operator::Add => {
                let mut pieces = self.pieces(unit, &sum.left)?;
                pieces.extend(self.pieces(unit, &sum.right)?);
                Some(pieces)
            }
            Expr::FString(string) => {
                let elements = string.value.elements();
                let held = elements.map(|it| match it {
                    ast::InterpolatedStringElement::Interpolation(it) => {
                        let name = it.expression.as_name_expr()?;
                        self.0.get(name.id.as_str()).copied()
                    }
                    ast::InterpolatedStringElement::Literal(_) => None,
                });
                held.collect()
            }
            Expr::Call(call) => {
                let function = call.func.as_attribute_expr()?;
                let between = function.value.as_string_literal_expr()?;
                let parts = match call.arguments.args.first()? {
                    Expr::List(list) => &list.elts,
                    Expr::Tuple(tuple) => &tuple.elts,
                    _ => return None,
                };
                if function.attr.as_str() != "join" || !between.value.is_empty() {
                    return None;
                }
                let pieces = parts.iter().map(|it| self.pieces(unit, it));
                let pieces: Option<Vec<_>> = pieces.collect();
                Some(pieces?.concat())
            }
            _ => None,
        }
    }
}

impl<'p> Finder<'p> {
    /// Judges what is put together of texts that variables hold: each long part is read from the environment, for it
    /// tells most of the secret.
    pub(super) fn judge_pieces(&mut self, expression: &'p Expr) {
        let pieces = self.held.pieces(self.unit, expression).unwrap_or_default();
        if pieces.len() < 2 || pieces.iter().all(|it| it.variable.is_none()) {
            return;
        }
        let value: String = pieces.iter().map(|it| it.text.value.to_str()).collect();
        // An address is more than its login, which is found by itself.
        if value.contains("://") {
            return;
        }
        let name = self.name.clone();
        let name = name.as_deref();
        let Some(kind) = find_secret(name, &value).or_else(|| presume_secret(name, &value)) else {
            return;
        };
        for piece in pieces {
            let text = piece.text.value.to_str();
            let range = Some(piece.text.range());
            let is_known = |it: &FoundSecret| it.range == range || it.value == text;
            if !is_telling(text) || self.found.iter().any(is_known) {
                continue;
            }
            let whole = environment_variable(name, kind);
            let part = piece.variable.unwrap_or("part").to_uppercase();
            let variable = self.variable_for(text, &format!("{whole}_{part}"));
            self.found.push(FoundSecret {
                unit: piece.unit,
                range,
                replacement: Form::Text.reading(&variable),
                variable,
                description: kind.description(),
                value: text.to_owned(),
                parts: Vec::new(),
            });
        }
    }
}

/// Whether a part tells much of a secret: no host, no path, no prefix that everybody knows.
fn is_telling(part: &str) -> bool {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "_-+=!#$%&*".contains(c);
    part.len() >= 6 && part.chars().all(is_token)
}
