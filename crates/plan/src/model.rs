//! The decisions about an input: what `emit` writes down.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::{TextRange, UnitId};

/// Where every statement of one or several inputs goes, and under which name.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Import name of the package, e.g. `churn_model`.
    pub package: String,
    /// Name of the distribution and of the command, e.g. `churn-model`.
    pub project: String,
    /// The author has a logger of the package's name: the package must leave it as it is.
    pub is_logger_taken: bool,
    /// What the package does: a sentence without final stop, from the author's words where there are any.
    pub summary: String,
    /// File names of the inputs, in order.
    pub origins: Vec<String>,
    /// The jobs, in order; at least one.
    pub jobs: Vec<Job>,
    /// Modules under `src/<package>/`, in the order in which they are written.
    pub modules: Vec<Module>,
    /// Environment variables that hold what was a literal secret.
    pub secrets: Vec<Secret>,
    /// The secrets themselves, to keep them out of everything that is written; never written themselves.
    pub secret_values: Vec<String>,
    /// The secret that each environment variable replaces, for a run beside the input; never written either.
    pub secret_variables: BTreeMap<String, String>,
    /// Distributions that the package imports.
    pub dependencies: Vec<Dependency>,
    /// What is in no function, and why.
    pub dropped: Vec<DroppedUnit>,
    /// What became of each statement, in execution order.
    pub decisions: Vec<Decision>,
    /// The author's names that are not in lower case, as `X` is in mathematics: linters are told to accept them.
    pub author_names: BTreeSet<String>,
    /// Import statements that do something by being there, though nothing reads what they bind.
    pub acting_imports: BTreeSet<String>,
    /// Import statements that only type checkers run, where nothing but annotations reads what they bind.
    pub typing_imports: BTreeSet<String>,
    /// Modules of the author's that do something when they are imported.
    pub running_modules: BTreeSet<String>,
    /// What the environment must hold before libraries are imported.
    pub environment: Vec<EnvironmentVariable>,
    /// The statement that gave each variable of the input its last value, where that is in the package.
    pub holders: BTreeMap<String, UnitId>,
    /// The statements that gave the others theirs, which the package has no use for.
    pub left_out: BTreeMap<String, UnitId>,
    /// Variables whose last value is in a part of the function that held it, by function and name.
    pub moved: BTreeMap<(String, String), String>,
    /// Which emitted names hold the notebook's variables.
    pub renames: BTreeMap<String, String>,
    /// The attributes that objects of the author's classes hold more than in the input, by class: settings that methods read.
    pub handed: BTreeMap<String, BTreeSet<String>>,
}

impl Plan {
    /// Notes that the last value of a variable of the input is held under another name.
    pub fn note_renamed(&mut self, name: String, last: String) {
        self.holders.remove(&name);
        self.left_out.remove(&name);
        if let Some(unit) = self.holders.remove(&last) {
            self.holders.insert(name.clone(), unit);
        } else if let Some(unit) = self.left_out.remove(&last) {
            self.left_out.insert(name.clone(), unit);
        } else {
            // It is a setting: no variable holds it, least of all the one that has the name.
            self.note_left_out(name.clone());
        }
        let local = self.renames.remove(&last).unwrap_or(last);
        self.renames.insert(name, local);
    }

    /// Notes that a variable of the input is none of the package's.
    pub fn note_left_out(&mut self, name: String) {
        self.holders.remove(&name);
        self.left_out.insert(name, UnitId(0));
    }
}

/// A command of the package: one input, or one stage of it.
#[derive(Debug, Clone)]
pub struct Job {
    /// Noun, also the name of its module and YAML file: `training`.
    pub name: String,
    /// The input that it was made of, as the user named it.
    pub origin: String,
    /// A sentence without final stop.
    pub summary: String,
    /// What else the author says at the head of the input, in lines; empty where that is all in the summary.
    pub about: String,
    /// Name of the function in `application/<name>.py`: `run_training`.
    pub function: String,
    /// Whether the function is a coroutine (the input awaits at top level).
    pub is_async: bool,
    /// The settings of the job.
    pub settings: Settings,
}

/// The settings of a job: a Pydantic model with one nested model per concern.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Name of the outer class: `TrainingConfig`.
    pub class: String,
    /// In reading order; empty when the input has nothing to set.
    pub sections: Vec<Section>,
}

/// One concern: data, split, model…
#[derive(Debug, Clone)]
pub struct Section {
    /// Field name in the outer class, e.g. `model`.
    pub name: String,
    /// Name of its class, e.g. `ModelConfig`. Unique in the package.
    pub class: String,
    /// Docstring of the class: a sentence with its final stop.
    pub summary: String,
    /// In reading order; never empty.
    pub fields: Vec<Field>,
}

/// One setting.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in its section.
    pub name: String,
    /// Its Python annotation: `int`, `float | None`, `Path`, `tuple[str, ...]`, `dict[str, float]`.
    pub annotation: String,
    /// The value that the input used.
    pub default: Literal,
    /// A sentence with its final stop.
    pub description: String,
    /// The author's comment beside the value, without its sign.
    pub comment: Option<String>,
    /// Bounds that the library states, as arguments of Pydantic's `Field`: `("gt", "0")`.
    pub bounds: Vec<(&'static str, String)>,
    /// The job refuses to run where it is `None`.
    pub is_required: bool,
}

/// A value that Python, YAML and JSON can all write down.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `None`
    None,
    /// `True`
    Bool(bool),
    /// Digits with a sign, decimal.
    Int(String),
    /// As the author wrote it: `1e-3`.
    Float(String),
    /// The text itself, escapes resolved.
    Str(String),
    /// A list or a tuple; a tuple in the model, for it is immutable.
    List(Vec<Literal>),
    /// A dictionary with string keys.
    Map(Vec<(String, Literal)>),
}

/// An environment variable that the input sets before it imports what reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentVariable {
    /// `KERAS_BACKEND`
    pub name: String,
    /// What it is set to.
    pub value: String,
    /// Only where it is not set already.
    pub is_default: bool,
}

/// A secret that the input held as a literal. The literal itself is never kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// The environment variable: `OPENAI_API_KEY`.
    pub variable: String,
    /// What it is, for `.env.example`: a sentence without final stop.
    pub description: String,
}

/// A distribution on PyPI.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependency {
    /// Its normalised name: `scikit-learn`.
    pub distribution: String,
    /// A version specifier, e.g. `==1.5.0`; empty when none is known.
    pub specifier: String,
    /// The module that is imported: `sklearn`.
    pub module: String,
    /// The distribution of its type stubs, where there is one: `pandas-stubs`.
    pub stubs: Option<String>,
    /// Whether it ships its own types.
    pub typed: bool,
    /// Whether only type checkers import it.
    pub is_for_checkers: bool,
}

/// The layer of a module: the folder under `src/<package>/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Folder {
    /// `domain/`
    Domain,
    /// `io/`
    Io,
    /// `application/`
    Application,
}

impl Folder {
    /// Its name on disk and in imports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Io => "io",
            Self::Application => "application",
        }
    }
}

/// A Python file.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its layer.
    pub folder: Folder,
    /// File name without extension: `features`.
    pub name: String,
    /// Docstring: a sentence with its final stop.
    pub summary: String,
    /// Names of the input that the module imports from libraries or from other modules of the package, with the import
    /// statement that brings each: `("pd", "import pandas as pd")`.
    pub imports: BTreeSet<String>,
    /// In the order in which they are written: constants, classes, functions.
    pub items: Vec<Item>,
}

/// A definition in a module.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its name, which is unique in the package.
    pub name: String,
    /// The Python of the definition: slices of the program with edits, not yet formatted.
    pub text: String,
    /// The statements of the input that it holds.
    pub units: Vec<UnitId>,
}

/// A statement that is not in the package.
#[derive(Debug, Clone)]
pub struct DroppedUnit {
    /// Where it stood in the input.
    pub range: TextRange,
    /// Why: "only displays a value", "only draws a figure that is shown".
    pub reason: String,
}

/// How a statement was converted (`conversion.md`, section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// A function in `domain/`, or a class in `io/`.
    Layered,
    /// In place, in the application function.
    InPlace,
    /// Imports, definitions, settings, prints: no rung to climb.
    NotCounted,
    /// Not in the package.
    Dropped,
}

/// What became of a statement.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The statement.
    pub unit: UnitId,
    /// How it was converted.
    pub rung: Rung,
    /// Module and function, e.g. `domain/features.py: build_features`; empty when dropped.
    pub place: String,
    /// Why there.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_renamed_variable_is_never_looked_for_under_its_old_name() {
        let mut plan = Plan::default();
        plan.holders.insert("x".to_owned(), UnitId(1));
        plan.holders.insert("x_list".to_owned(), UnitId(2));
        plan.note_renamed("x".to_owned(), "x_list".to_owned());
        assert_eq!(plan.holders, BTreeMap::from([("x".to_owned(), UnitId(2))]));
        assert_eq!(plan.renames["x"], "x_list");

        plan.holders.insert("y".to_owned(), UnitId(1));
        plan.note_renamed("y".to_owned(), "y_list".to_owned());
        assert!(!plan.holders.contains_key("y") && plan.left_out.contains_key("y"));
    }
}
