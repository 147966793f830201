//! Puts the candidates into sections: one for each concern, one field for each meaning.

use std::collections::BTreeSet;

use srcify_syntax::UnitId;

use super::values::annotation_of;
use super::{Candidate, Lifted, Lifting};
use crate::naming;
use crate::{Field, Section};

/// Sections in reading order; others follow, in the order in which they were found.
const ORDER: &[&str] = &["data", "features", "simulation", "split"];
/// Sections that stand last.
const LAST: &[&str] = &[
    "tuning",
    "evaluation",
    "analysis",
    "plots",
    "reproducibility",
    "output",
];

/// Makes fields of candidates.
pub(super) fn settle(mut found: Vec<Candidate>, units: BTreeSet<UnitId>) -> Lifting {
    name_models(&mut found);
    name_paths(&mut found);
    let mut lifting = Lifting {
        units,
        ..Lifting::default()
    };
    for candidate in found {
        if !lifting.join(&candidate) {
            lifting.add(candidate);
        }
    }
    lifting.sections.sort_by_key(|section| {
        let name = section.name.as_str();
        let first = ORDER.iter().position(|it| *it == name);
        let last = LAST.iter().position(|it| *it == name);
        match (first, last) {
            (Some(at), _) => at,
            (_, Some(at)) => 200 + at,
            _ => 100,
        }
    });
    lifting
}

/// One estimator is the model; several have a section each, and share the seed that they have in common.
fn name_models(found: &mut [Candidate]) {
    let classes: BTreeSet<String> = found.iter().filter_map(|it| it.class.clone()).collect();
    if classes.len() < 2 {
        return;
    }
    let seeds: BTreeSet<String> = found
        .iter()
        .filter(|it| it.class.is_some() && it.field == "seed")
        .map(|it| format!("{:?}", it.value))
        .collect();
    for candidate in found.iter_mut() {
        let Some(class) = &candidate.class else {
            continue;
        };
        if candidate.field == "seed" && seeds.len() == 1 {
            continue;
        }
        candidate.section = naming::field(&naming::class_words(class));
    }
}

/// The only file that is read is `data.path`.
fn name_paths(found: &mut [Candidate]) {
    let values: BTreeSet<String> = found
        .iter()
        .filter(|it| it.is_path && it.section == "data")
        .map(|it| format!("{:?}", it.value))
        .collect();
    if values.len() != 1 {
        return;
    }
    for candidate in found
        .iter_mut()
        .filter(|it| it.is_path && it.section == "data")
    {
        candidate.field = "path".to_owned();
    }
}

impl Lifting {
    /// Joins a literal to the field that has its meaning and its value already.
    fn join(&mut self, candidate: &Candidate) -> bool {
        let Some(place) = candidate.place else {
            return false;
        };
        let sections = &self.sections;
        let same = self.lifted.iter_mut().find(|it| {
            let names = it.field == candidate.field || candidate.alternatives.contains(&it.field);
            let known = sections.iter().find(|section| section.name == it.section);
            let field = known
                .and_then(|section| section.fields.iter().find(|field| field.name == it.field));
            it.section == candidate.section
                && names
                && it.variable.is_none()
                && it.is_list == candidate.is_list
                && field.is_some_and(|field| {
                    field.default == candidate.value
                        && (field.annotation == "Path") == candidate.is_path
                })
        });
        if let Some(same) = same {
            same.places.push(place);
            return true;
        }
        false
    }

    fn add(&mut self, candidate: Candidate) {
        let at = self
            .sections
            .iter()
            .position(|section| section.name == candidate.section)
            .unwrap_or_else(|| {
                self.sections.push(Section {
                    name: candidate.section.clone(),
                    class: format!("{}Config", naming::pascal(&candidate.section)),
                    summary: naming::section_summary(
                        &candidate.section,
                        candidate.class.as_deref(),
                    ),
                    fields: Vec::new(),
                });
                self.sections.len() - 1
            });
        let section = &mut self.sections[at];
        let name = free_field(section, &candidate);
        let annotation = if candidate.is_path {
            "Path".to_owned()
        } else {
            annotation_of(&candidate.value, candidate.annotation.as_deref())
        };
        section.fields.push(Field {
            name: name.clone(),
            annotation: annotation.clone(),
            default: candidate.value,
            description: candidate.description,
            comment: candidate.comment,
            bounds: candidate.bounds,
        });
        self.lifted.push(Lifted {
            section: candidate.section,
            field: name,
            variable: candidate.variable,
            places: candidate.place.into_iter().collect(),
            is_list: candidate.is_list,
            hides_list: false,
            annotation,
        });
    }
}

/// The first name for a field that its section does not have yet.
fn free_field(section: &Section, candidate: &Candidate) -> String {
    let is_taken = |name: &str| section.fields.iter().any(|field| field.name == name);
    let wanted = std::iter::once(&candidate.field).chain(&candidate.alternatives);
    if let Some(free) = wanted.into_iter().find(|name| !is_taken(name)) {
        return free.clone();
    }
    let base = candidate.alternatives.last().unwrap_or(&candidate.field);
    let mut number = 2;
    while is_taken(&format!("{base}_{number}")) {
        number += 1;
    }
    format!("{base}_{number}")
}
