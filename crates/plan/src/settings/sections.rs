//! Puts the candidates into sections: one for each concern, one field for each meaning.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::UnitId;

use super::places::LOOKED_FOR;
use super::values::annotation_of;
use super::{Candidate, Lifted, Lifting};
use crate::naming;
use crate::{Field, Literal, Section};

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
    found.iter_mut().for_each(keep_bounds);
    join_texts(&mut found);
    share_variables(&mut found);
    share_files(&mut found);
    name_paths(&mut found);
    let mut settling = Settling {
        lifting: Lifting {
            units,
            ..Lifting::default()
        },
        fields: BTreeMap::new(),
        next: BTreeMap::new(),
    };
    for candidate in found {
        if !settling.join(&candidate) {
            settling.add(candidate);
        }
    }
    let mut lifting = settling.lifting;
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
    let seeded = || {
        let all = found.iter();
        all.filter(|it| it.class.is_some() && it.field == "seed")
    };
    let seeds: BTreeSet<String> = seeded().map(|it| format!("{:?}", it.value)).collect();
    let owners: BTreeSet<&String> = seeded().filter_map(|it| it.class.as_ref()).collect();
    let is_shared = seeds.len() == 1 && owners.len() > 1;
    for candidate in found.iter_mut() {
        let Some(class) = &candidate.class else {
            continue;
        };
        if candidate.field == "seed" && is_shared {
            candidate.class = None;
            continue;
        }
        candidate.section = naming::field(&naming::class_words(class));
    }
}

/// Bounds that the author's own value is outside of say nothing, and several values have none together.
fn keep_bounds(candidate: &mut Candidate) {
    let (Literal::Int(text) | Literal::Float(text)) = &candidate.value else {
        let is_of_number = |it: &(&str, String)| ["gt", "ge", "lt", "le"].contains(&it.0);
        if candidate.value != Literal::None {
            candidate.bounds.retain(|it| !is_of_number(it));
        }
        return;
    };
    let Ok(value) = text.parse::<f64>() else {
        return;
    };
    let allows = |(bound, limit): &(&str, String)| {
        let Ok(limit) = limit.parse::<f64>() else {
            return true;
        };
        match *bound {
            "gt" => value > limit,
            "ge" => value >= limit,
            "lt" => value < limit,
            "le" => value <= limit,
            _ => true,
        }
    };
    if !candidate.bounds.iter().all(allows) {
        candidate.bounds.clear();
    }
}

/// A file that is a path in one place and must be a text in another is one setting, a path.
fn join_texts(found: &mut [Candidate]) {
    let paths: BTreeMap<String, (String, String, Option<String>)> = found
        .iter()
        .filter(|it| it.is_path && it.place.is_some())
        .map(|it| {
            let meaning = (it.section.clone(), it.field.clone(), it.location.clone());
            (format!("{:?}", it.value), meaning)
        })
        .rev()
        .collect();
    for candidate in found.iter_mut().filter(|it| !it.is_path) {
        let known = paths.get(&format!("{:?}", candidate.value));
        let (Some((section, field, location)), Some(place)) = (known, &mut candidate.place) else {
            continue;
        };
        if candidate.location.is_some() && place.around == ("", "") {
            place.around = ("str(", ")");
            candidate.is_path = true;
            candidate.section.clone_from(section);
            candidate.field.clone_from(field);
            candidate.location.clone_from(location);
        }
    }
}

/// A file with a variable of its own, which a function reads, and that is written by its path elsewhere, is one setting.
fn share_variables(found: &mut Vec<Candidate>) {
    let is_file =
        |it: &Candidate| matches!(&it.value, Literal::Str(it) if super::joined::names_file(it));
    let is_named =
        |it: &Candidate| it.is_path && it.variable.is_some() && it.place.is_none() && is_file(it);
    for at in 0..found.len() {
        let named = &found[at];
        let is_same = |it: &Candidate| {
            let is_place = it.is_path && it.variable.is_none() && it.place.is_some();
            is_place && it.location.is_some() && it.value == named.value && !it.is_list
        };
        let first = found.iter().position(is_same).filter(|_| is_named(named));
        let Some(first) = first else {
            continue;
        };
        let (reads, place) = (named.section == "data", &found[first]);
        let (section, field) = (place.section.clone(), place.field.clone());
        let (mut description, location) = (place.description.clone(), place.location.clone());
        if reads && section == "output" {
            description = read_again(&description);
        }
        for same in found.iter_mut().filter(|it| it.location == location) {
            same.section.clone_from(&section);
            same.field.clone_from(&field);
        }
        let mut named = found.remove(at);
        (named.section, named.field) = (section, field);
        (named.description, named.location) = (description, location);
        found.insert(first.min(at), named);
    }
}

/// A file that is written and read again is one setting, beside what else is written.
fn share_files(found: &mut [Candidate]) {
    let asks = |it: &Candidate| it.description.contains(LOOKED_FOR);
    let used: BTreeMap<String, (String, String, String)> = found
        .iter()
        .filter(|it| !asks(it))
        .filter_map(|it| {
            let meaning = (it.section.clone(), it.field.clone(), it.description.clone());
            Some((it.location.clone()?, meaning))
        })
        .rev()
        .collect();
    for candidate in found.iter_mut().filter(|it| asks(it)) {
        let known = candidate.location.as_ref().and_then(|it| used.get(it));
        if let Some((section, field, description)) = known {
            candidate.section.clone_from(section);
            candidate.field.clone_from(field);
            candidate.description.clone_from(description);
        }
    }
    let written: BTreeSet<String> = found
        .iter()
        .filter(|it| it.section == "output")
        .filter_map(|it| it.location.clone())
        .collect();
    let read: BTreeSet<String> = found
        .iter()
        .filter(|it| it.section == "data")
        .filter_map(|it| it.location.clone())
        .collect();
    for candidate in found.iter_mut() {
        let is_both = |it: &String| written.contains(it) && read.contains(it);
        if candidate.location.as_ref().is_some_and(is_both) {
            candidate.section = "output".to_owned();
            if !candidate.description.contains("read again") {
                candidate.description = read_again(&candidate.description);
            }
        }
    }
}

/// What a file that the results go to is where it is read again.
fn read_again(description: &str) -> String {
    let text = description.trim_end_matches('.');
    let text = text.trim_end_matches(", in its folder");
    let generic = [" that the results go to", " that the job starts from"];
    match generic.iter().find_map(|it| text.strip_suffix(it)) {
        Some(kind) => format!("{kind} that is written and read again."),
        None => format!("{text}, written and read again."),
    }
}

/// The only file that is read is `data.path`.
fn name_paths(found: &mut [Candidate]) {
    let values: BTreeSet<String> = found
        .iter()
        .filter(|it| (it.is_path || it.location.is_some()) && it.section == "data")
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

/// Settings in the making.
struct Settling {
    lifting: Lifting,
    /// The fields of each section, with their places among those of the section, and among all.
    fields: BTreeMap<(String, String), (usize, usize)>,
    /// The number that a field gets whose name is wanted again: all below it are taken.
    next: BTreeMap<(String, String), usize>,
}

impl Settling {
    /// Joins a literal to the field that has its meaning and its value already.
    fn join(&mut self, candidate: &Candidate) -> bool {
        let Some(place) = candidate.place else {
            return false;
        };
        let sections = &self.lifting.sections;
        let section = sections.iter().find(|it| it.name == candidate.section);
        let Some(section) = section else {
            return false;
        };
        let names = std::iter::once(&candidate.field).chain(&candidate.alternatives);
        let known = names.filter_map(|name| {
            let key = (candidate.section.clone(), name.clone());
            self.fields.get(&key).copied()
        });
        let is_same = |(field, lifted): &(usize, usize)| {
            let (field, lifted) = (&section.fields[*field], &self.lifting.lifted[*lifted]);
            (lifted.variable.is_none() || lifted.location.is_some())
                && lifted.is_list == candidate.is_list
                && lifted.location == candidate.location
                && field.default == candidate.value
                && (field.annotation == "Path") == candidate.is_path
        };
        let first = known.filter(is_same).map(|(_, lifted)| lifted).min();
        if let Some(first) = first {
            self.lifting.lifted[first].places.push(place);
        }
        first.is_some()
    }

    fn add(&mut self, candidate: Candidate) {
        let lifting = &mut self.lifting;
        let at = lifting
            .sections
            .iter()
            .position(|section| section.name == candidate.section)
            .unwrap_or_else(|| {
                lifting.sections.push(Section {
                    name: candidate.section.clone(),
                    class: format!("{}Config", naming::pascal(&candidate.section)),
                    summary: naming::section_summary(
                        &candidate.section,
                        candidate.class.as_deref(),
                    ),
                    fields: Vec::new(),
                });
                lifting.sections.len() - 1
            });
        let name = self.free_field(&candidate);
        let lifting = &mut self.lifting;
        let section = &mut lifting.sections[at];
        let key = (candidate.section.clone(), name.clone());
        let places = (section.fields.len(), lifting.lifted.len());
        self.fields.insert(key, places);
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
            is_required: false,
        });
        lifting.lifted.push(Lifted {
            section: candidate.section,
            field: name,
            variable: candidate.variable,
            places: candidate.place.into_iter().collect(),
            location: candidate.location,
            is_list: candidate.is_list,
            hides_list: false,
            annotation,
        });
    }

    /// The first name for a field that its section does not have yet.
    fn free_field(&mut self, candidate: &Candidate) -> String {
        let key = |name: &str| (candidate.section.clone(), name.to_owned());
        let is_taken = |name: &str| self.fields.contains_key(&key(name));
        let wanted = std::iter::once(&candidate.field).chain(&candidate.alternatives);
        if let Some(free) = wanted.into_iter().find(|name| !is_taken(name)) {
            return free.clone();
        }
        let base = candidate.alternatives.last().unwrap_or(&candidate.field);
        let mut number = self.next.get(&key(base)).copied().unwrap_or(2);
        while is_taken(&format!("{base}_{number}")) {
            number += 1;
        }
        self.next.insert(key(base), number + 1);
        format!("{base}_{number}")
    }
}
