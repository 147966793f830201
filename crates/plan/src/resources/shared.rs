//! One class for several files that are read in the same way.

use srcify_effects::Effect;
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::classes::{Resource, method_text};
use super::{Access, Extractor, Whole, sources};
use crate::names::identifiers;
use crate::types::Imports;

impl Extractor<'_> {
    /// What the files of a class hold that reads just so, where this one is called the same: `house_test.csv` after
    /// `house_train.csv`.
    pub(super) fn shared_noun(
        &self,
        unit: UnitId,
        access: &Access<'_>,
        given: (&[String], &[Whole], &[sources::Choice]),
        imports: &Imports,
    ) -> Option<String> {
        let location = access.location.filter(|_| access.query.is_none())?;
        if access.call.own_effects.contains(Effect::WriteFile) {
            return None;
        }
        let noun = self.nouns(unit, access, given.0).into_iter().next()?;
        let mut known = self.resources.found.iter().filter(|it| it.noun == noun);
        let known = known.find(|it| it.module == access.family.module)?;
        let mut imports = imports.clone();
        let method = self.method(unit, access, given, (&noun, &mut imports));
        let text = method_text(&method);
        let is_same = known.summary == access.family.class_summary(&noun, access.callee)
            && known.holds == access.holds()
            && known.field == Some(self.location_annotation(unit, location, &mut imports))
            && known.constant == self.required_columns(unit, access, &noun)
            && matches!(&known.methods[..], [(_, own)] if *own == text);
        is_same.then_some(noun)
    }

    /// The variable that a call is the value of, wherever that stands in a statement.
    pub(super) fn target(&self, unit: UnitId, call: TextRange) -> Option<&String> {
        struct Target<'a>(TextRange, Option<&'a str>);
        impl<'a> Visitor<'a> for Target<'a> {
            fn visit_stmt(&mut self, statement: &'a Stmt) {
                if let Stmt::Assign(it) = statement
                    && it.value.range() == self.0
                    && let [Expr::Name(name)] = &it.targets[..]
                {
                    self.1 = Some(name.id.as_str());
                }
                walk_stmt(self, statement);
            }
        }
        let mut target = Target(call, None);
        target.visit_stmt(self.program.statement(unit));
        let name = target.1?;
        let bound = &self.graph.units[unit.index()].access.may;
        bound.iter().find(|it| *it == name)
    }

    /// What the location holds, in a word or two: another word for each file where there is one.
    pub(super) fn noun(&self, unit: UnitId, access: &Access<'_>, parameters: &[String]) -> String {
        let key = self.key(access);
        let is_same = |it: &&Resource| {
            let is_elsewhere = access
                .location
                .is_some_and(|at| self.is_elsewhere(unit, at, it));
            it.key == key && (it.is_fixed || !is_elsewhere)
        };
        if let Some(known) = self.resources.found.iter().find(is_same) {
            return known.noun.clone();
        }
        let nouns = self.nouns(unit, access, parameters);
        let is_free = |noun: &&String| !self.taken.contains(&access.family.class_name(noun));
        let first = nouns.iter().find(is_free).or(nouns.first());
        first.map_or_else(|| access.family.noun.to_owned(), Clone::clone)
    }

    /// Whether a statement may find another file than a class is of, where its location is written the same: a name in it
    /// means something else by then.
    pub(super) fn is_elsewhere(&self, unit: UnitId, location: TextRange, known: &Resource) -> bool {
        let Some(last) = known.units.last().filter(|it| **it != unit) else {
            return false;
        };
        let names = identifiers(self.program.text(location));
        let mut between = self.steps.iter().skip_while(|it| it.unit != *last).skip(1);
        let rebinds = |name: &String| {
            let bound = &self.graph.units[unit.index()].access.may;
            bound.contains(name)
        };
        names.iter().any(rebinds)
            || between
                .by_ref()
                .take_while(|it| it.unit < unit)
                .any(|it| names.iter().any(|name| it.may.contains(name)))
    }
}
