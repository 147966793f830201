//! What variables are at a place of the program, for annotations.

use std::collections::HashSet;

use srcify_effects::Type;
use srcify_syntax::ast::Expr;
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::Planner;

impl Planner<'_> {
    /// What prints format by `%`, where it is a number or a text: no tuple, which would be taken apart.
    pub(crate) fn scalar_operands(&self) -> HashSet<TextRange> {
        let mut found = HashSet::new();
        for step in &self.steps {
            for operand in crate::prints::operands_of_formats(self.program.statement(step.unit)) {
                let ty = match operand {
                    Expr::Name(name) if !step.binds.iter().any(|it| it == name.id.as_str()) => {
                        self.type_before(name.id.as_str(), step.unit)
                    }
                    Expr::Call(call) => {
                        let facts = self.graph.call_at(call.range());
                        facts.and_then(|it| it.returns.clone())
                    }
                    _ => None,
                };
                if ty.is_some_and(|ty| is_scalar(&ty.name)) {
                    found.insert(operand.range());
                }
            }
        }
        found
    }

    /// The type of a variable before a statement.
    pub(crate) fn type_before(&self, name: &str, unit: UnitId) -> Option<Type> {
        let mut place = unit.index();
        loop {
            place = self.changes.last_before(name, place)?;
            let ty = self.type_after(place, name);
            // What is only changed stays what it was.
            if ty.is_some() || self.steps[place].may.contains(name) {
                return ty.cloned();
            }
        }
    }

    /// The type of a variable that some statements are given: what it is where the first of them reads it. Those before
    /// that one may stand before it is bound.
    pub(crate) fn type_given(&self, name: &str, units: &[UnitId]) -> Option<Type> {
        let reads = |unit: &&UnitId| {
            let step = &self.steps[unit.index()];
            step.reads.contains(name)
                || step.captures.contains(name)
                || step.mutates.contains_key(name)
        };
        let reader = units.iter().find(reads).or(units.first())?;
        self.type_before(name, *reader)
    }

    /// The type of a variable after some statements.
    pub(crate) fn type_left(
        &self,
        name: &str,
        units: impl DoubleEndedIterator<Item = UnitId>,
    ) -> Option<&Type> {
        for unit in units.rev() {
            let step = &self.steps[unit.index()];
            let binds = step.may.contains(name);
            if binds || step.mutates.contains_key(name) {
                let ty = self.type_after(unit.index(), name);
                if ty.is_some() || binds {
                    return ty;
                }
            }
        }
        None
    }

    /// The type that an annotation says of a variable after a step: of a container what it has when the next statements
    /// have filled it, for it is one container all the time.
    pub(crate) fn type_after(&self, index: usize, name: &str) -> Option<&Type> {
        let ty = self.steps[index].annotated(name)?;
        let later = self.changes.from(name, index + 1).iter();
        let filled = later
            .map(|place| &self.steps[*place])
            .take_while(|step| !step.may.contains(name))
            .map_while(|step| step.annotated(name))
            .take_while(|it| it.name == ty.name);
        if ty.is_empty() {
            let mut filled = filled.skip_while(|it| it.is_empty());
            let first = filled.next();
            return first.map(|it| wider(it, filled)).or(Some(ty));
        }
        Some(wider(ty, filled))
    }
}

/// The type of a container that holds more and more, at last.
fn wider<'t>(ty: &'t Type, later: impl Iterator<Item = &'t Type>) -> &'t Type {
    if !ty.is_filled_later() {
        return ty;
    }
    later.fold(ty, |ty, it| if holds(it, ty) { it } else { ty })
}

/// Whether a type has all alternatives of another, in what it holds, too.
fn holds(wide: &Type, narrow: &Type) -> bool {
    let is_within = |narrow: &Type, wide: &Type| {
        wide == narrow
            || wide.name == narrow.name
                && wide.is_filled_later()
                && wide.arguments.len() == narrow.arguments.len()
                && wide
                    .arguments
                    .iter()
                    .zip(&narrow.arguments)
                    .all(|(wide, narrow)| holds(wide, narrow))
    };
    let mut members = narrow.members().iter();
    members.all(|it| wide.members().iter().any(|wide| is_within(it, wide)))
}

/// Whether all objects of a type are single numbers or texts.
fn is_scalar(name: &str) -> bool {
    let number = name.strip_prefix("numpy.").is_some_and(|it| {
        ["float", "int", "uint"].iter().any(|kind| {
            let bits = it.strip_prefix(kind);
            bits.is_some_and(|bits| bits.parse::<u32>().is_ok())
        })
    });
    number
        || matches!(
            name,
            "int" | "float" | "str" | "builtins.int" | "builtins.float" | "builtins.str"
        )
}
