//! Runs an input up to a stage, and says what it brought up.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use camino::Utf8Path;
use srcify_effects::{Catalog, EffectGraph, analyze, imported_libraries};
use srcify_plan::{Plan, Preferences};
use srcify_syntax::{
    Diagnostic, ParseOptions, Program, Severity, UnitId, Warned, parse_with, read, snippet,
};

thread_local! {
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// How it went.
pub enum Outcome {
    /// What it brought up: diagnostics, reasons, effects.
    Fine(BTreeSet<String>),
    /// What is wrong.
    Bug(String),
}

impl Outcome {
    /// Whether the same is wrong.
    pub fn is_bug(&self, complaint: &str) -> bool {
        matches!(self, Self::Bug(own) if own == complaint)
    }
}

/// Keeps the places of panics, to tell one bug from another.
pub fn note_places() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        PLACE.set(place.unwrap_or_default());
    }));
}

/// Runs an input up to a stage.
///
/// What overflows the stack ends the process: `FUZZ_RUNNING` names a file that then still holds the input.
pub fn try_stage(target: &str, name: &str, bytes: &[u8]) -> Outcome {
    if let Some(path) = std::env::var_os("FUZZ_RUNNING") {
        // Without it, only the input is lost.
        let _ = std::fs::write(path, bytes);
    }
    let mut features = BTreeSet::new();
    let run = || stage(target, Utf8Path::new(name), bytes, &mut features);
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(None) => Outcome::Fine(features),
        Ok(Some(complaint)) => Outcome::Bug(complaint),
        Err(_) => Outcome::Bug(format!("panics at {}", PLACE.take())),
    }
}

/// The plan of a program; what is wrong, or nothing, where the target ends before it is emitted.
fn planned(
    target: &str,
    program: Program,
    note: &mut dyn FnMut(&str, &str),
) -> Result<Plan, Option<String>> {
    let libraries = imported_libraries(&program);
    let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
    let analysis = |program: &Program| analyze(program, &catalog, &|_| None);
    if target == "analyze" {
        let graph = analysis(&program);
        note_effects(&graph, note);
        return Err(None);
    }
    let untangled = srcify_plan::untangle(program, &catalog, &analysis, &BTreeSet::new(), false);
    let (program, graph) = (untangled.program, untangled.graph);
    let planned = srcify_plan::plan(&program, &graph, &catalog, &Preferences::default());
    planned.diagnostics.iter().for_each(|it| note(it.code, ""));
    let plan = planned.output;
    plan.decisions
        .iter()
        .for_each(|it| note("decided", &it.reason));
    if let Some(lost) = program.units().iter().find(|it| !is_placed(&plan, it.id)) {
        return Err(Some(format!("statement {} is nowhere", lost.id.index())));
    }
    if target == "plan" {
        return Err(None);
    }
    Ok(plan)
}

/// What is wrong with what comes out.
fn stage(
    target: &str,
    path: &Utf8Path,
    bytes: &[u8],
    features: &mut BTreeSet<String>,
) -> Option<String> {
    let mut note = |kind: &str, of: &str| {
        // Names of the input say nothing new.
        let words = of.split('`').step_by(2).collect::<String>();
        features.insert(format!("{kind} {words}"));
    };
    let read = match read(path, bytes) {
        Ok(read) => read,
        Err(error) => {
            note("refused", &error.to_string());
            return None;
        }
    };
    let source = read.output;
    note("kind", &format!("{:?}", source.kind));
    source
        .dropped
        .iter()
        .for_each(|it| note("left out", &it.reason));
    read.diagnostics.iter().for_each(|it| note(it.code, ""));
    if target == "read" {
        return None;
    }
    let parsed = parse_with(source, ParseOptions { skip_broken: true });
    parsed
        .diagnostics
        .iter()
        .for_each(|it| note(it.code, &it.message));
    let is_error = |it: &Diagnostic| it.severity == Severity::Error;
    let program = parsed.output;
    program
        .source
        .dropped
        .iter()
        .for_each(|it| note("left out", &it.reason));
    // What cannot be read goes no further.
    let ends = target == "lower" || program.units().len() > 400;
    if ends || parsed.diagnostics.iter().any(is_error) {
        return None;
    }
    let plan = match planned(target, plainer(program), &mut note) {
        Ok(plan) => plan,
        Err(complaint) => return complaint,
    };
    let tree = srcify_emit::emit(&plan);
    let is_python = |path: &Utf8Path| path.extension() == Some("py");
    let mut files = tree.iter().filter(|(path, _)| is_python(path));
    let broken = files.find(|(_, text)| !snippet(text).is_valid())?;
    Some(format!("emitted `{}` does not parse", broken.0))
}

fn is_placed(plan: &Plan, unit: UnitId) -> bool {
    plan.decisions.iter().any(|it| it.unit == unit)
}

fn note_effects(graph: &EffectGraph, note: &mut dyn FnMut(&str, &str)) {
    for unit in &graph.units {
        for reason in &unit.reasons {
            let cause = reason.chain.last().map_or("", String::as_str);
            note("effect", &format!("{:?} {cause}", reason.effect));
        }
    }
}

/// What the binary makes of a program before it analyses it.
fn plainer(program: Program) -> Program {
    let read = Warned {
        output: program,
        diagnostics: Vec::new(),
    };
    let program = srcify_link::include_runs(read, &|_| None).output;
    let program = srcify_link::leave_hosts(program).output;
    let program = srcify_link::unwrap_main(program);
    let program = srcify_link::unwrap_options(program).output;
    srcify_link::fit_for_functions(srcify_link::open_containers(program))
}
