//! Top-level names that are bound once to a literal.

use std::collections::BTreeMap;

use srcify_effects::{Callee, Occurrence};
use srcify_syntax::ast::Expr;
use srcify_syntax::{Span, TextRange, UnitId};

use super::places::{Place, REPRODUCIBILITY};
use super::values::{is_plain_path, is_setting_value, literal_of};
use super::{Candidate, Lifter};
use crate::naming;
use crate::steps::{Step, StepKind, constant_assignment, is_scalar};

/// How a constant is used in calls of libraries.
#[derive(Default)]
struct Usage {
    /// The first place, with the section where the others agree on one.
    place: Option<Place>,
    sections: Vec<String>,
    /// What the library says of the first parameter that it is given to, where the catalog knows no place.
    documented: Option<String>,
    is_path_only: bool,
}

impl Lifter<'_> {
    /// A top-level name bound once to a literal and never changed.
    pub(super) fn constant(&mut self, step: &Step) {
        if step.kind != StepKind::Work {
            return;
        }
        let Some((name, value)) = constant_assignment(self.program.statement(step.unit)) else {
            return;
        };
        let Some(facts) = self.names.get(name) else {
            return;
        };
        let is_constant = facts.bindings.len() == 1
            && facts.is_variable
            && !facts.is_import
            && !facts.is_definition
            && !facts.is_mutated
            && !facts.is_deleted
            && !facts.is_mentioned
            && (!facts.is_identified || is_scalar(value))
            && !name.starts_with('_');
        let Some(literal) =
            literal_of(value).filter(|literal| is_constant && is_setting_value(literal))
        else {
            return;
        };
        if self.used_before(step.unit, name) || !self.is_used(name) {
            return;
        }
        let usage = self.usage(name);
        let by_use = self.section_by_use(name, &literal);
        let section = match (&usage.place, &usage.sections[..]) {
            (Some(place), [_, _, ..]) if place.field == "seed" => REPRODUCIBILITY.to_owned(),
            (Some(place), _) => place.section.clone(),
            (None, _) => by_use,
        };
        let comment = self.comment(step.unit);
        let description =
            self.constant_words(name, &literal, &usage, (&section, comment.as_deref()));
        let place = usage.place.clone();
        let is_single = usage.sections.len() < 2;
        self.units.insert(step.unit);
        self.found.push(Candidate {
            field: naming::field(&field_of(name, &section, place.as_ref())),
            section,
            alternatives: vec![naming::field(name)],
            variable: Some(name.to_owned()),
            place: None,
            class: place
                .as_ref()
                .and_then(|it| it.class.clone())
                .filter(|_| is_single),
            is_list: matches!(value, Expr::List(_)),
            is_path: usage.is_path_only && place.is_some() && is_plain_path(&literal),
            comment,
            description,
            bounds: place.map(|it| it.bounds).unwrap_or_default(),
            annotation: None,
            value: literal,
        });
    }

    /// What a constant means: the author's comment, else what the library says of its place, else what its name says.
    fn constant_words(
        &self,
        name: &str,
        literal: &crate::Literal,
        usage: &Usage,
        (section, comment): (&str, Option<&str>),
    ) -> String {
        match (comment, &usage.place) {
            (Some(comment), _) => naming::sentence(comment),
            (None, Some(place)) if section == REPRODUCIBILITY && place.field == "seed" => {
                "Seed of everything that is drawn at random.".to_owned()
            }
            (None, Some(place)) => place.description.clone(),
            (None, None) => self
                .described_by_name(name, literal)
                .or_else(|| usage.documented.clone())
                .unwrap_or_else(|| self.describe(name, literal)),
        }
    }

    /// The calls that a constant is an argument of.
    fn usage(&self, name: &str) -> Usage {
        let mut usage = Usage {
            is_path_only: true,
            ..Usage::default()
        };
        let arguments: BTreeMap<Span, (&str, &str)> = self
            .graph
            .calls
            .iter()
            .filter_map(|call| match &call.callee {
                Callee::Library(callee) => Some((callee, call)),
                _ => None,
            })
            .flat_map(|(callee, call)| {
                let named = call.arguments.iter();
                named.filter_map(|it| {
                    Some((it.range.into(), (callee.as_str(), it.parameter.as_deref()?)))
                })
            })
            .collect();
        for (_, range) in self.loads(name) {
            let place = arguments
                .get(&Span::from(range))
                .and_then(|(callee, parameter)| self.place(callee, parameter));
            if let Some((callee, parameter)) = arguments.get(&Span::from(range)) {
                let text = srcify_effects::parameters::describe(callee, parameter);
                usage.documented = usage.documented.or(text);
            }
            usage.is_path_only &= place.as_ref().is_some_and(|place| place.is_path);
            if let Some(place) = place {
                if !usage.sections.contains(&place.section) {
                    usage.sections.push(place.section.clone());
                }
                usage.place.get_or_insert(place);
            }
        }
        usage
    }

    /// Every place where a name is read, with its statement.
    pub(super) fn loads(&self, name: &str) -> Vec<(UnitId, TextRange)> {
        let units = self.program.units().iter().zip(&self.graph.units);
        units
            .flat_map(|(unit, facts)| {
                facts
                    .access
                    .occurrences
                    .iter()
                    .filter(|(other, _, occurrence)| {
                        other == name && *occurrence == Occurrence::Load
                    })
                    .map(|(_, range, _)| (unit.id, *range))
            })
            .collect()
    }

    fn is_used(&self, name: &str) -> bool {
        !self.loads(name).is_empty()
    }

    /// Whether a statement before `unit` reads the name when it runs.
    fn used_before(&self, unit: UnitId, name: &str) -> bool {
        self.graph.units[..unit.index()].iter().any(|it| {
            (it.access.reads.contains(name) && !it.access.captures.contains(name))
                || it.reads_by_call.contains(name)
        })
    }

    /// The author's comment beside a statement, or above it when it stands over this one alone.
    fn comment(&self, id: UnitId) -> Option<String> {
        let unit = &self.program.units()[id.index()];
        let full = self.program.text(unit.full_range);
        let after = &full[usize::from(unit.range.end() - unit.full_range.start())..];
        let beside = after.trim().strip_prefix('#').map(str::trim);
        if let Some(beside) = beside.filter(|text| is_remark(text)) {
            return Some(beside.to_owned());
        }
        let before = self
            .program
            .text(TextRange::new(unit.full_range.start(), unit.range.start()));
        let above = naming::comment_block(before)?;
        let is_own = !self.heads_group(id) && above.split_whitespace().count() > 1;
        (is_own && above.len() <= 110 && is_remark(&above)).then_some(above)
    }

    /// Whether the next statement stands right below, so that a comment above is about both.
    fn heads_group(&self, id: UnitId) -> bool {
        let units = self.program.units();
        let Some(next) = units.get(id.index() + 1) else {
            return false;
        };
        let unit = &units[id.index()];
        if next.cell != unit.cell || next.full_range.start() < unit.range.end() {
            return false;
        }
        let between = self
            .program
            .text(TextRange::new(unit.range.end(), next.range.start()));
        let own_comment = self
            .program
            .text(TextRange::new(next.full_range.start(), next.range.start()))
            .contains('#');
        let rest = between.split_once('\n').map_or("", |(_, rest)| rest);
        !own_comment && !rest.contains('\n')
    }
}

/// A comment that says something.
fn is_remark(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters > 2
        && !naming::looks_like_code(text)
        && !matches!(text, "True" | "False" | "None")
        && !text.contains("noqa")
}

/// The field for a constant: without the words that its section says already.
fn field_of(name: &str, section: &str, place: Option<&Place>) -> String {
    let lower = name.to_lowercase();
    if place.is_some_and(|place| place.field == "seed")
        && matches!(
            lower.as_str(),
            "seed" | "random_state" | "random_seed" | "rng_seed" | "rs"
        )
    {
        return "seed".to_owned();
    }
    let prefix = format!("{section}_");
    if lower == section && section == "features" {
        return "columns".to_owned();
    }
    match lower.strip_prefix(&prefix) {
        Some(rest) if !rest.is_empty() && rest.starts_with(char::is_alphabetic) => rest.to_owned(),
        _ => lower,
    }
}
