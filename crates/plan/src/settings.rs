//! Values that users may want to change, lifted out of the code.

mod constants;
mod describe;
mod literals;
mod places;
mod sections;
mod values;

use std::collections::BTreeSet;

use srcify_effects::{Catalog, EffectGraph};
use srcify_syntax::{Program, TextRange, UnitId};

use crate::names::Names;
use crate::steps::Step;
use crate::{Literal, Section, Settings};

pub(crate) use places::file_kind;
pub(crate) use values::{expression_at, literal_of};

/// A value of the settings, and where it stood.
#[derive(Debug, Clone)]
pub(crate) struct Lifted {
    pub section: String,
    pub field: String,
    /// The variable that held it.
    pub variable: Option<String>,
    /// The literals that it replaces, when it was no variable.
    pub places: Vec<TextRange>,
    /// The author wrote a list, where the settings hold a tuple.
    pub is_list: bool,
    /// The input binds the name `list` to something of its own.
    pub hides_list: bool,
    pub annotation: String,
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

/// All settings of a job.
#[derive(Debug, Default)]
pub(crate) struct Lifting {
    pub lifted: Vec<Lifted>,
    pub sections: Vec<Section>,
    /// Statements that only bound a setting.
    pub units: BTreeSet<UnitId>,
}

impl Lifting {
    pub(crate) fn by_variable(&self, name: &str) -> Option<&Lifted> {
        self.lifted
            .iter()
            .find(|it| it.variable.as_deref() == Some(name))
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
        found: Vec::new(),
        units: BTreeSet::new(),
    };
    for step in steps.iter().filter(|step| !dropped(step.unit)) {
        lifter.constant(step);
        lifter.literals(step);
    }
    let mut lifting = sections::settle(lifter.found, lifter.units);
    let hides_list = names.get("list").is_some();
    lifting
        .lifted
        .iter_mut()
        .for_each(|it| it.hides_list = hides_list);
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
    place: Option<TextRange>,
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

struct Lifter<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
    catalog: &'a Catalog,
    names: &'a Names,
    found: Vec<Candidate>,
    units: BTreeSet<UnitId>,
}
