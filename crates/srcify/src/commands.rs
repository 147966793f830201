//! The commands, one module each.

pub mod check;
pub mod convert;
pub mod explain;
pub mod observe;
pub mod plan;
pub mod verify;

use std::process::ExitCode;

use anyhow::Context;
use camino::Utf8Path;
use srcify_effects::{Catalog, EffectGraph, analyze, imported_libraries};
use srcify_plan::{Observed, Plan, Preferences, redacted};
use srcify_report::diagnostic_text;
use srcify_syntax::{Diagnostic, Program, Severity};

use crate::args::{Arguments, Command};

/// Runs a command.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.command {
        Command::Convert(arguments) => convert::run(arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
    }
}

/// An input, planned.
pub struct Planned {
    /// The input.
    pub program: Program,
    /// What becomes of it.
    pub plan: Plan,
    /// What there is to say about it; no errors among them.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads, analyses and plans an input. Errors in it are shown on standard error and end the command.
pub fn plan_input(path: &Utf8Path, preferences: &Preferences) -> anyhow::Result<Planned> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read `{path}`"))?;
    let read = srcify_syntax::read(path, &bytes)?;
    let parsed = srcify_syntax::parse(read.output);
    let program = parsed.output;
    let mut diagnostics = read.diagnostics;
    diagnostics.extend(parsed.diagnostics);
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count();
    if errors > 0 {
        show(
            &program,
            diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity == Severity::Error),
            &[],
        );
        anyhow::bail!(
            "`{path}` has {errors} part{} that cannot be read",
            if errors == 1 { "" } else { "s" }
        );
    }
    let graph = analyze_program(&program, preferences.observed.as_ref());
    let planned = {
        let catalog = catalog_for(&program);
        srcify_plan::plan(&program, &graph, &catalog, preferences)
    };
    diagnostics.extend(planned.diagnostics);
    Ok(Planned {
        program,
        plan: planned.output,
        diagnostics,
    })
}

fn catalog_for(program: &Program) -> Catalog {
    let libraries = imported_libraries(program);
    Catalog::for_libraries(libraries.iter().map(String::as_str))
}

/// Finds what the program does; what a run showed serves where the code does not tell.
fn analyze_program(program: &Program, observed: Option<&Observed>) -> EffectGraph {
    let catalog = catalog_for(program);
    let Some(observed) = observed else {
        return analyze(program, &catalog, &|_| None);
    };
    let mut graph = analyze(program, &catalog, &|range| observed.type_at(program, range));
    observed.refine(program, &mut graph);
    graph
}

/// Shows diagnostics on standard error, but no secret.
pub fn show<'a>(
    program: &Program,
    diagnostics: impl Iterator<Item = &'a Diagnostic>,
    secrets: &[String],
) {
    for diagnostic in diagnostics {
        let text = diagnostic_text(diagnostic, &program.source, true);
        anstream::eprintln!("{}\n", redacted(&text, secrets));
    }
}
