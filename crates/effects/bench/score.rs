// Compares what the analysis says of the benchmark's functions with what the oracle saw them do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use camino::Utf8Path;
use srcify_effects::{
    Callee, Catalog, Effect, EffectGraph, EffectSet, analyze, imported_libraries,
};
use srcify_syntax::{parse, read};

/// What running cannot show: reads of state that nothing changed, and orders that happened to be the same.
const NOT_SEEN: EffectSet = EffectSet::from_slice(&[
    Effect::ReadGlobal,
    Effect::Nondeterministic,
    Effect::Unknown,
]);

/// One function with its calls.
pub struct Case {
    pub name: String,
    pub code: String,
    pub calls: Vec<String>,
}

/// How often the analysis was right.
#[derive(Default)]
pub struct Score {
    pub cases: usize,
    pub found: usize,
    pub missed: usize,
    /// Missed, but the function is said to be unknown.
    pub hidden: usize,
    pub wrong: usize,
    pub unknown: usize,
    /// A line for each case that is not as labelled.
    pub differences: Vec<String>,
}

impl Score {
    pub fn recall(&self) -> f64 {
        ratio(self.found, self.found + self.missed + self.hidden)
    }

    pub fn precision(&self) -> f64 {
        ratio(self.found, self.found + self.wrong)
    }

    pub fn unknown_share(&self) -> f64 {
        ratio(self.unknown, self.cases)
    }

    pub fn line(&self) -> String {
        format!(
            "{} functions, {} labels: recall {:.3} ({} more said to be unknown), precision {:.3}, unknown {:.1} %",
            self.cases,
            self.found + self.missed + self.hidden,
            self.recall(),
            self.hidden,
            self.precision(),
            100.0 * self.unknown_share(),
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "hundreds")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// The cases of a folder: `#: name` begins one, `#> call` is a call of it.
pub fn cases(folder: &Path) -> Vec<Case> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "py"))
        .collect();
    files.sort();
    let mut cases: Vec<Case> = Vec::new();
    for file in files {
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            if let Some(name) = line.strip_prefix("#: ") {
                cases.push(Case {
                    name: format!("{stem}/{}", name.trim()),
                    code: String::new(),
                    calls: Vec::new(),
                });
            } else if let Some(case) = cases.last_mut() {
                if let Some(call) = line.strip_prefix("#> ") {
                    case.calls.push(call.to_owned());
                } else {
                    case.code.push_str(line);
                    case.code.push('\n');
                }
            }
        }
    }
    cases
}

/// Scores all cases of `folder` against `labels.tsv` beside it; with the calls, or by the definitions alone.
pub fn score(folder: &Path, with_calls: bool) -> Score {
    let labels = std::fs::read_to_string(folder.with_file_name("labels.tsv")).unwrap();
    let labels: BTreeMap<&str, Vec<&str>> = labels
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .map(|fields| (fields[0], fields))
        .collect();
    let mut score = Score::default();
    for case in cases(folder) {
        let fields = labels
            .get(case.name.as_str())
            .unwrap_or_else(|| panic!("{} has no label", case.name));
        let mut truth: BTreeSet<String> = list(fields[2]).map(str::to_owned).collect();
        truth.extend(list(fields[3]).map(|it| format!("mutates {it}")));
        let (said, unknown) = predicted(&case, fields[1], with_calls);
        score.add(&case.name, &truth, &said, unknown);
    }
    score
}

impl Score {
    /// Adds what another folder gave.
    pub fn extend(&mut self, other: Self) {
        self.cases += other.cases;
        self.found += other.found;
        self.missed += other.missed;
        self.hidden += other.hidden;
        self.wrong += other.wrong;
        self.unknown += other.unknown;
        self.differences.extend(other.differences);
    }

    fn add(
        &mut self,
        name: &str,
        truth: &BTreeSet<String>,
        said: &BTreeSet<String>,
        unknown: Option<String>,
    ) {
        let is_unknown = unknown.is_some();
        self.cases += 1;
        self.unknown += usize::from(is_unknown);
        self.found += truth.intersection(said).count();
        let missing: Vec<_> = truth.difference(said).cloned().collect();
        let wrong: Vec<_> = said.difference(truth).cloned().collect();
        if is_unknown {
            self.hidden += missing.len();
        } else {
            self.missed += missing.len();
        }
        self.wrong += wrong.len();
        if is_unknown || !missing.is_empty() || !wrong.is_empty() {
            let mut line = format!("{name:<48}");
            for (word, items) in [("missing", &missing), ("wrong", &wrong)] {
                if !items.is_empty() {
                    write!(line, " {word} {}", items.join(", ")).unwrap();
                }
            }
            if let Some(why) = unknown {
                write!(line, " unknown: {why}").unwrap();
            }
            self.differences.push(line);
        }
    }
}

/// What the analysis says of the function, and whether it says that it does not know.
fn predicted(case: &Case, function: &str, with_calls: bool) -> (BTreeSet<String>, Option<String>) {
    let calls = if with_calls {
        case.calls.join("\n")
    } else {
        String::new()
    };
    let text = format!("{}\n{calls}\n", case.code);
    let graph = graph_of(&text);
    let mut names = BTreeSet::from([function.to_owned()]);
    for call in graph
        .calls
        .iter()
        .filter(|call| usize::from(call.range.start()) > case.code.len())
    {
        let text = &text[usize::from(call.range.start())..usize::from(call.range.end())];
        if case.calls.iter().any(|it| it == text)
            && let Callee::User(name) = &call.callee
        {
            names.insert(name.clone());
        }
    }
    let mut said = BTreeSet::new();
    let mut is_unknown = false;
    let mut why = BTreeSet::new();
    for name in &names {
        let Some(facts) = graph.functions.get(name) else {
            continue;
        };
        said.extend(
            facts
                .effects
                .without(NOT_SEEN)
                .iter()
                .map(|it| it.name().to_owned()),
        );
        is_unknown |= facts.effects.contains(Effect::Unknown);
        let unknown = facts.reasons.iter().find(|it| it.effect == Effect::Unknown);
        why.extend(unknown.map(|it| it.chain.join(", ")));
        if !facts.writes.is_empty() || !facts.changes.is_empty() {
            said.insert(Effect::GlobalState.name().to_owned());
        }
        if name == function || !graph.functions.contains_key(function) {
            said.extend(
                facts
                    .mutates
                    .union(&facts.consumes)
                    .map(|it| format!("mutates {it}")),
            );
        }
    }
    (
        said,
        is_unknown.then(|| why.into_iter().collect::<Vec<_>>().join("; ")),
    )
}

pub fn graph_of(text: &str) -> EffectGraph {
    let source = read(Utf8Path::new("case.py"), text.as_bytes())
        .unwrap()
        .output;
    let program = parse(source).output;
    let libraries = imported_libraries(&program);
    let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
    analyze(&program, &catalog, &|_| None)
}

fn list(field: &str) -> impl Iterator<Item = &str> {
    field.split(',').filter(|it| !it.is_empty())
}
