//! Values that users may want to change, lifted out of the code.

mod again;
mod called;
mod constants;
mod describe;
mod environment;
mod forms;
mod given;
mod joined;
mod literals;
mod lookup;
mod machine;
mod places;
mod sections;
mod spans;
mod stored;
mod tables;
mod thresholds;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Catalog, EffectGraph};
use srcify_syntax::{Program, TextRange, UnitId};

use crate::edits::Edit;
use crate::names::Names;
use crate::steps::Step;
use crate::{Literal, Section, Settings};

pub(crate) use again::again;
pub(crate) use given::{Given, Meaning};
pub(crate) use joined::{head, names_file, tail, whole};
pub(crate) use literals::path_field;
pub(crate) use places::file_kind;
pub(crate) use values::{expression_at, is_setting_value, literal_of};

/// A value of the settings, and where it stood.
#[derive(Debug, Clone)]
pub(crate) struct Lifted {
    pub section: String,
    pub field: String,
    /// The variable that held it.
    pub variable: Option<String>,
    /// The literals that it replaces, when it was no variable.
    pub places: Vec<Spot>,
    /// The author wrote a list, where the settings hold a tuple.
    pub is_list: bool,
    /// The input binds the name `list` to something of its own.
    pub hides_list: bool,
    pub annotation: String,
    /// The whole path that it is, or ends, as the author wrote it.
    location: Option<String>,
}

impl Lifted {
    /// The expression for the value, where `config` is the outer model.
    pub(crate) fn expression(&self, config: &str) -> String {
        self.wrap(&format!("{config}.{}.{}", self.section, self.field))
    }

    /// The expression for the value, given an expression of the field.
    pub(crate) fn wrap(&self, field: &str) -> String {
        match (self.is_list, self.hides_list) {
            (true, false) => format!("list({field})"),
            (true, true) => format!("[*{field}]"),
            (false, _) => field.to_owned(),
        }
    }
}

/// A place in the input that a setting takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub range: TextRange,
    /// What stands before and after the setting there.
    pub around: (&'static str, &'static str),
}

impl Spot {
    pub(crate) fn plain(range: TextRange) -> Self {
        Self {
            range,
            around: ("", ""),
        }
    }

    /// The edit that puts the text of a setting here.
    pub(crate) fn edit(&self, text: &str) -> Edit {
        let (before, after) = self.around;
        Edit {
            range: self.range,
            text: format!("{before}{text}{after}"),
        }
    }
}

/// All settings of a job.
#[derive(Debug, Default)]
pub(crate) struct Lifting {
    pub lifted: Vec<Lifted>,
    pub sections: Vec<Section>,
    /// Statements that only bound a setting.
    pub units: BTreeSet<UnitId>,
    /// Indices into `lifted`, by the variable that held the value.
    variables: BTreeMap<String, Vec<usize>>,
    /// The places of literals, in order, with indices into `lifted`.
    places: Vec<(TextRange, usize)>,
}

impl Lifting {
    pub(crate) fn by_variable(&self, name: &str) -> Option<&Lifted> {
        let first = self.of_variable(name).next()?;
        self.lifted.get(first)
    }

    /// Indices of the settings that a variable held.
    pub(crate) fn of_variable(&self, name: &str) -> impl Iterator<Item = usize> {
        self.variables.get(name).into_iter().flatten().copied()
    }

    /// Indices of the settings whose literals stand inside `range`; one twice that stands there twice.
    pub(crate) fn inside(&self, range: TextRange) -> impl Iterator<Item = usize> {
        self.near(range).map(|(_, index)| *index)
    }

    /// The places inside `range` of literals that are settings.
    pub(crate) fn places_inside(&self, range: TextRange) -> impl Iterator<Item = TextRange> {
        self.near(range).map(|(place, _)| *place)
    }

    /// The setting whose literal stands at `place`.
    pub(crate) fn at(&self, place: TextRange) -> Option<&Lifted> {
        let mut inside = self.near(place).filter(|(it, _)| *it == place);
        let (_, index) = inside.next()?;
        self.lifted.get(*index)
    }

    fn near(&self, range: TextRange) -> impl Iterator<Item = &(TextRange, usize)> {
        let from = self
            .places
            .partition_point(|(place, _)| place.start() < range.start());
        self.places[from..]
            .iter()
            .take_while(move |(place, _)| place.start() <= range.end())
            .filter(move |(place, _)| range.contains_range(*place))
    }

    /// Makes settings be found by variable and place.
    fn index(&mut self) {
        for (index, lifted) in self.lifted.iter().enumerate() {
            if let Some(variable) = &lifted.variable {
                let known = self.variables.entry(variable.clone()).or_default();
                known.push(index);
            }
            let places = lifted.places.iter();
            self.places.extend(places.map(|place| (place.range, index)));
        }
        self.places
            .sort_by_key(|(place, index)| (place.start(), *index));
    }

    /// Notes that the job needs a value of what a variable held.
    pub(crate) fn require(&mut self, variable: &str) {
        let Some(lifted) = self.by_variable(variable) else {
            return;
        };
        let (section, field) = (lifted.section.clone(), lifted.field.clone());
        let fields = self.sections.iter_mut().filter(|it| it.name == section);
        for field in fields
            .flat_map(|it| &mut it.fields)
            .filter(|it| it.name == field)
        {
            field.is_required = true;
            field.description = format!("{} (required).", field.description.trim_end_matches('.'));
            if let Some(comment) = &mut field.comment {
                comment.push_str(" (required)");
            }
        }
    }

    pub(crate) fn settings(self, class: String) -> Settings {
        Settings {
            class,
            sections: self.sections,
        }
    }
}

/// Finds the settings of a program.
pub(crate) fn lift(
    program: &Program,
    graph: &EffectGraph,
    catalog: &Catalog,
    names: &Names,
    steps: &[Step],
    dropped: &dyn Fn(UnitId) -> bool,
) -> Lifting {
    let mut lifter = Lifter {
        program,
        graph,
        catalog,
        names,
        lookup: lookup::Lookup::of(program, graph),
        given: Given::of(program, graph, catalog),
        found: Vec::new(),
        units: BTreeSet::new(),
    };
    let kept: Vec<&Step> = steps.iter().filter(|step| !dropped(step.unit)).collect();
    for step in &kept {
        lifter.constant(step);
        lifter.literals(step);
    }
    lifter.repeated(&kept);
    let mut lifting = sections::settle(lifter.found, lifter.units);
    let hides_list = names.get("list").is_some();
    lifting
        .lifted
        .iter_mut()
        .for_each(|it| it.hides_list = hides_list);
    lifting.index();
    lifting
}

/// A candidate with everything that its field needs.
#[derive(Debug)]
struct Candidate {
    section: String,
    field: String,
    /// Names to take where the section has the field already, with another value.
    alternatives: Vec<String>,
    variable: Option<String>,
    place: Option<Spot>,
    /// The whole path that it is, or ends, as the author wrote it.
    location: Option<String>,
    /// The estimator that it tunes.
    class: Option<String>,
    value: Literal,
    is_list: bool,
    is_path: bool,
    comment: Option<String>,
    description: String,
    bounds: Vec<(&'static str, String)>,
    annotation: Option<String>,
}

impl Candidate {
    /// The same for what may take nothing but a text where others take a path.
    fn into_text(mut self) -> Self {
        self.is_path = false;
        self
    }
}

struct Lifter<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
    catalog: &'a Catalog,
    names: &'a Names,
    lookup: lookup::Lookup<'a>,
    given: Given<'a>,
    found: Vec<Candidate>,
    units: BTreeSet<UnitId>,
}
