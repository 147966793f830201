//! In which order the jobs of a folder run: what writes a file comes before what reads it.
//!
//! `predict.py` stands before `train.py` in every listing, and needs the model that only the other one writes.

use std::collections::BTreeSet;

use camino::Utf8Path;
use srcify_plan::{Job, Literal};

use crate::commands::Planned;

/// `parts` in an order in which each finds the files that another one writes; as they were where there is none.
pub fn in_sequence(parts: Vec<Planned>) -> Vec<Planned> {
    let files: Vec<Files> = parts.iter().map(Files::of).collect();
    let mut rest: Vec<usize> = (0..parts.len()).collect();
    let mut order = Vec::new();
    while !rest.is_empty() {
        let waits = |at: usize| {
            let others = rest.iter().filter(|other| **other != at);
            others.into_iter().any(|it| files[at].needs(&files[*it]))
        };
        // Where all wait for another one, the first of them begins, as it would have.
        let next = rest.iter().position(|it| !waits(*it)).unwrap_or_default();
        order.push(rest.remove(next));
    }
    let mut parts: Vec<Option<Planned>> = parts.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|it| parts[it].take())
        .collect()
}

/// The files of an input, by their paths in its folder.
struct Files {
    folder: String,
    read: BTreeSet<String>,
    written: BTreeSet<String>,
}

impl Files {
    fn of(part: &Planned) -> Self {
        let jobs = &part.plan.jobs;
        let origin = jobs.first().map_or("", |it| it.origin.as_str());
        let folder = Utf8Path::new(origin).parent().map(ToString::to_string);
        Self {
            folder: folder.unwrap_or_default(),
            read: paths(jobs, "data"),
            written: paths(jobs, "output"),
        }
    }

    /// Whether it reads what only the other one writes.
    fn needs(&self, other: &Self) -> bool {
        let is_given = |it: &&String| !self.written.contains(*it);
        let mut read = self.read.iter().filter(is_given);
        self.folder == other.folder && read.any(|it| other.written.contains(it))
    }
}

/// The paths among the settings of a section.
fn paths(jobs: &[Job], section: &str) -> BTreeSet<String> {
    let sections = jobs.iter().flat_map(|it| &it.settings.sections);
    let fields = sections
        .filter(|it| it.name == section)
        .flat_map(|it| &it.fields);
    let path = |default: &Literal| match default {
        Literal::Str(path) => Some(path.trim_start_matches("./").to_owned()),
        _ => None,
    };
    fields
        .filter_map(|it| path(&it.default))
        .filter(|it| it.contains(['.', '/']))
        .collect()
}
