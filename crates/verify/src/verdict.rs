//! What a verification found.

use serde::Deserialize;
use serde_json::Value;

/// What was observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObservableKind {
    /// The final value of a name of the input.
    Value,
    /// A file that a run wrote.
    File,
    /// What the runs printed.
    Text,
}

/// How an observable compares.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The same content.
    Equal,
    /// The same but for numbers within the tolerance, or for differences that are known to be harmless; the notes say.
    Close,
    /// Different content.
    Different,
    /// Only one side has it.
    Missing,
    /// It cannot be told: the package does not hold it, or it does not show its content.
    NotComparable,
    /// The input itself gives another result on every run.
    NonDeterministic,
}

impl Outcome {
    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Close => "equal with remarks",
            Self::Different => "different",
            Self::Missing => "missing",
            Self::NotComparable => "not comparable",
            Self::NonDeterministic => "non-deterministic",
        }
    }

    /// For machines.
    pub fn id(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Close => "close",
            Self::Different => "different",
            Self::Missing => "missing",
            Self::NotComparable => "not-comparable",
            Self::NonDeterministic => "non-deterministic",
        }
    }

    /// Every outcome, from proof to fault to doubt.
    pub const ALL: [Self; 6] = [
        Self::Equal,
        Self::Close,
        Self::Different,
        Self::Missing,
        Self::NonDeterministic,
        Self::NotComparable,
    ];

    /// Whether it says that the package is not the input's equal.
    pub fn is_fault(self) -> bool {
        matches!(self, Self::Different | Self::Missing)
    }

    /// Whether it shows that both sides agree.
    pub fn is_proof(self) -> bool {
        matches!(self, Self::Equal | Self::Close)
    }
}

/// One place where two values differ.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Difference {
    /// Within the value: `['age'][3]`; empty for the value itself.
    pub path: String,
    /// What the input has there.
    pub left: String,
    /// What the package has there.
    pub right: String,
}

/// The statement of the input that made a value, a line or a file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Made {
    /// The cell, from 1.
    pub cell: Option<u64>,
    /// The line, counted in the cell of a notebook and in the file of a script.
    pub line: Option<u64>,
    /// The statement's first line.
    #[serde(default)]
    pub statement: String,
}

/// One thing that was compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Observable {
    /// What it is.
    pub kind: ObservableKind,
    /// The name, the file's path, or `printed text`.
    pub name: String,
    /// How it compares.
    pub outcome: Outcome,
    /// Where the package held it, e.g. `churn.domain.features:build_features`.
    pub place: Option<String>,
    /// The statement of the input that made it.
    pub made: Option<Made>,
    /// The first few differences.
    pub differences: Vec<Difference>,
    /// How many places differ.
    pub count: u64,
    /// The largest distance between numbers that count as equal.
    pub largest: f64,
    /// Remarks: harmless differences, why something cannot be compared.
    pub notes: Vec<String>,
    /// How many differences were taken for harmless, though only a further run of the input can tell.
    pub suspects: u64,
}

impl Observable {
    /// The outcome for people.
    pub fn label(&self) -> &'static str {
        match self.outcome {
            Outcome::Close if self.notes.is_empty() => "equal within tolerance",
            outcome => outcome.label(),
        }
    }
}

/// Where and why a run ended before its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Failure {
    /// The exception's class; `Timeout`, `Crash` where there was none.
    pub kind: String,
    /// What it said.
    pub message: String,
    /// The cell of the input.
    pub cell: Option<u64>,
    /// The line that was running, in the cell or in the file.
    pub line: Option<u64>,
    /// The line of the innermost of the user's own functions.
    pub inner_line: Option<u64>,
    /// The file that line is in.
    pub file: Option<String>,
    /// The function that line is in.
    pub function: Option<String>,
    /// The statement.
    pub statement: String,
    /// The library that is not installed.
    pub missing_module: Option<String>,
    /// The user's own frames.
    pub traceback: String,
}

/// How one side ran.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SideReport {
    /// What ran, as the user knows it.
    pub label: String,
    /// Seconds of the runs, without the interpreter's start.
    pub seconds: f64,
    /// Why it ended early.
    pub failure: Option<Failure>,
    /// Files that it wrote outside of the folder; not compared.
    pub outside: Vec<String>,
    /// What could not be observed.
    pub notes: Vec<String>,
}

/// The result of a verification as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Everything that could be compared agrees.
    Equal,
    /// Something differs, or the package fails where the input runs.
    Different,
    /// A side could not run, or there was nothing to compare.
    CouldNotRun,
}

impl Status {
    /// The exit status of the command.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Equal => 0,
            Self::Different => 1,
            Self::CouldNotRun => 2,
        }
    }

    /// For people and machines.
    pub fn label(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Different => "different",
            Self::CouldNotRun => "could not run",
        }
    }
}

/// What a verification found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// How the input ran.
    pub input: SideReport,
    /// How the package ran.
    pub package: SideReport,
    /// How often the input ran.
    pub runs: u32,
    /// Values in the order of the input, then files, then text.
    pub observables: Vec<Observable>,
    /// Where the copies are, when they were kept.
    pub kept: Option<String>,
    /// What a test of the package can hold it to, when that was asked for.
    pub golden: Option<Value>,
}

impl Verdict {
    /// The result as a whole.
    pub fn status(&self) -> Status {
        if self.input.failure.is_some() {
            return Status::CouldNotRun;
        }
        if let Some(failure) = &self.package.failure {
            let environment = failure.missing_module.is_some() || failure.kind == "Timeout";
            return if environment {
                Status::CouldNotRun
            } else {
                Status::Different
            };
        }
        if self.observables.iter().any(|one| one.outcome.is_fault()) {
            return Status::Different;
        }
        let nothing_to_observe = self
            .observables
            .iter()
            .all(|one| one.kind == ObservableKind::Text);
        if nothing_to_observe || self.observables.iter().any(|one| one.outcome.is_proof()) {
            Status::Equal
        } else {
            Status::CouldNotRun
        }
    }

    /// How many observables have an outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.observables
            .iter()
            .filter(|one| one.outcome == outcome)
            .count()
    }

    /// Whether only a further run of the input can tell what a difference means.
    pub fn is_open(&self) -> bool {
        let mut observables = self.observables.iter();
        observables.any(|one| one.outcome.is_fault() || one.suspects > 0)
    }

    /// The fault to explain first: a value before a file before text, in the input's order.
    pub fn first_fault(&self) -> Option<&Observable> {
        self.observables.iter().find(|one| one.outcome.is_fault())
    }
}

/// The probe's comparison of two sides.
#[derive(Debug, Deserialize)]
pub(crate) struct Compared {
    values: Vec<RawObservable>,
    files: Vec<RawObservable>,
    text: RawObservable,
    #[serde(default)]
    golden: Option<Value>,
}

/// What came of one comparison.
pub(crate) struct Comparison {
    pub observables: Vec<Observable>,
    pub golden: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct RawObservable {
    name: String,
    outcome: Outcome,
    place: Option<String>,
    #[serde(default)]
    made: Option<Made>,
    differences: Vec<Difference>,
    count: u64,
    largest: f64,
    notes: Vec<String>,
    #[serde(default)]
    suspects: u64,
}

impl Compared {
    /// The observables, values first.
    pub(crate) fn into_comparison(self) -> Comparison {
        let with = |kind: ObservableKind| move |raw: RawObservable| raw.into_observable(kind);
        let values = self.values.into_iter().map(with(ObservableKind::Value));
        let files = self.files.into_iter().map(with(ObservableKind::File));
        let text = self.text.into_observable(ObservableKind::Text);
        Comparison {
            observables: values.chain(files).chain([text]).collect(),
            golden: self.golden,
        }
    }
}

impl RawObservable {
    fn into_observable(self, kind: ObservableKind) -> Observable {
        Observable {
            kind,
            name: self.name,
            outcome: self.outcome,
            place: self.place,
            made: self.made,
            differences: self.differences,
            count: self.count,
            largest: self.largest,
            notes: self.notes,
            suspects: self.suspects,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observable(name: &str, outcome: Outcome) -> Observable {
        Observable {
            kind: ObservableKind::Value,
            name: name.to_owned(),
            outcome,
            place: None,
            made: None,
            differences: Vec::new(),
            count: 0,
            largest: 0.0,
            notes: Vec::new(),
            suspects: 0,
        }
    }

    fn status(outcomes: &[Outcome]) -> Status {
        let observables = outcomes.iter().map(|one| observable("x", *one)).collect();
        Verdict {
            observables,
            ..Verdict::default()
        }
        .status()
    }

    #[test]
    fn one_difference_makes_the_whole_different() {
        assert_eq!(status(&[Outcome::Equal, Outcome::Close]), Status::Equal);
        assert_eq!(
            status(&[Outcome::Equal, Outcome::Different]),
            Status::Different
        );
        assert_eq!(
            status(&[Outcome::Equal, Outcome::Missing]),
            Status::Different
        );
    }

    #[test]
    fn nothing_comparable_is_no_proof() {
        assert_eq!(status(&[Outcome::NotComparable]), Status::CouldNotRun);
        assert_eq!(status(&[Outcome::NonDeterministic]), Status::CouldNotRun);
    }

    #[test]
    fn an_input_that_leaves_nothing_behind_has_its_equal_in_a_package_that_does_so_too() {
        let mut text = observable("printed text", Outcome::NotComparable);
        text.kind = ObservableKind::Text;
        let verdict = Verdict {
            observables: vec![text],
            ..Verdict::default()
        };
        assert_eq!(verdict.status(), Status::Equal);
    }

    #[test]
    fn a_failure_of_the_package_counts_unless_a_library_is_missing() {
        let mut verdict = Verdict {
            observables: vec![observable("x", Outcome::Equal)],
            ..Verdict::default()
        };
        verdict.package.failure = Some(Failure {
            kind: "KeyError".to_owned(),
            ..Failure::default()
        });
        assert_eq!(verdict.status(), Status::Different);
        verdict.package.failure = Some(Failure {
            missing_module: Some("pydantic".to_owned()),
            ..Failure::default()
        });
        assert_eq!(verdict.status(), Status::CouldNotRun);
        verdict.package.failure = None;
        verdict.input.failure = Some(Failure::default());
        assert_eq!(verdict.status(), Status::CouldNotRun);
    }
}
