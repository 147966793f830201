//! The commands, one module each.

pub mod check;
mod content;
pub mod convert;
pub mod explain;
pub mod observe;
pub mod package;
pub mod plan;
pub mod reading;
pub mod sequence;
pub mod verify;

mod lines;

use std::collections::BTreeSet;
use std::process::ExitCode;

use camino::Utf8Path;
use srcify_effects::{Catalog, EffectGraph, Overlay, analyze, distributions, imported_libraries};
use srcify_link::Linked;
use srcify_plan::{Observed, Plan, Preferences, Untangled, add_whole_module, package_of, redacted};
use srcify_report::diagnostic_text;
use srcify_syntax::{Diagnostic, Program, UnitId, Warned, moved_to};

use crate::args::{Arguments, Command};
use crate::bugs;
use crate::commands::lines::Lines;
use crate::modules::Modules;

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
    /// What its statements and functions do.
    pub graph: EffectGraph,
    /// What there is to say about it; no errors among them.
    pub diagnostics: Vec<Diagnostic>,
}

/// An input with its local modules, before the analysis.
pub struct Prepared {
    /// The input and its modules.
    pub linked: Linked,
    /// What there is to say about it; no errors among them.
    pub diagnostics: Vec<Diagnostic>,
    /// The commands that its command line has, each as a program of its own.
    pub commands: Vec<PreparedCommand>,
}

/// A command of a script.
pub struct PreparedCommand {
    /// What the shell calls it.
    pub name: String,
    /// What it does, in the author's words.
    pub help: Option<String>,
    /// The script that does this alone.
    pub program: Program,
    /// What there is to say about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why an input cannot be converted.
pub struct Failure {
    /// The errors in it, as they are shown.
    pub details: String,
    /// All in one line.
    pub error: anyhow::Error,
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self {
            details: String::new(),
            error,
        }
    }
}

/// Reads an input, and the local modules that it imports.
pub fn prepare(path: &Utf8Path, preferences: &Preferences) -> Result<Prepared, Failure> {
    bugs::stage("read", path.as_str());
    let bytes = content::of(path)?;
    let read = reading::program_of(path, &bytes, preferences.reading)?;
    let around = Modules::around(path, &read.output);
    let read = srcify_link::include_runs(read, &|name| around.run_file(name));
    let (program, diagnostics) = (read.output, read.diagnostics);
    let program = if srcify_syntax::has_wishes(&program) {
        srcify_syntax::parse(srcify_syntax::with_wishes_as_tags(&program)).output
    } else {
        program
    };
    let before = program.source.clone();
    let program = srcify_link::decide_lookups(program);
    let controls = srcify_link::without_controls(program);
    let program = controls.output;
    let mut diagnostics = moved_to(&program.source, &before, diagnostics);
    diagnostics.extend(controls.diagnostics);
    let (_, package) = package_of(&program.source, preferences);
    bugs::stage("link", path.as_str());
    let modules = Modules::around(path, &program);
    let as_read = program.source.clone();
    let home = format!("{package}.application");
    let mut linked = srcify_link::link(program, &|name| modules.find(name), &home);
    let left = srcify_link::leave_hosts(linked.output.program);
    diagnostics.extend(moved_to(&as_read, &left.output.source, left.diagnostics));
    let program = srcify_link::unwrap_main(left.output);
    let commands = srcify_link::commands(&program).into_iter().map(|command| {
        let plain = plainer(command.program);
        PreparedCommand {
            name: command.name,
            help: command.help,
            program: plain.output,
            diagnostics: plain.diagnostics,
        }
    });
    let commands: Vec<_> = commands.collect();
    let reads_shell = |it: &PreparedCommand| {
        let text = &it.program.source.text;
        ["parse_args(", "typer.Typer(", "click.command("]
            .iter()
            .any(|call| text.contains(call))
    };
    let is_plain = !commands.iter().any(reads_shell);
    let commands = if is_plain { commands } else { Vec::new() };
    let plain = plainer(program);
    linked.output.program = plain.output;
    diagnostics.extend(linked.diagnostics);
    diagnostics.extend(plain.diagnostics);
    let now = &linked.output.program.source;
    Ok(Prepared {
        diagnostics: moved_to(now, &as_read, diagnostics),
        linked: linked.output,
        commands,
    })
}

/// The program with variables in the place of options, and of what holds settings.
fn plainer(program: Program) -> Warned<Program> {
    let unwrapped = srcify_link::unwrap_options(program);
    let program = srcify_link::open_containers(unwrapped.output);
    Warned {
        output: srcify_link::fit_for_functions(srcify_link::name_own_print(program)),
        diagnostics: unwrapped.diagnostics,
    }
}

/// Analyses and plans an input.
pub fn plan_prepared(prepared: Prepared, preferences: &Preferences) -> Planned {
    let Prepared {
        linked,
        mut diagnostics,
        ..
    } = prepared;
    bugs::stage("plan", linked.program.source.path.as_str());
    let catalog = catalog_for(&linked.program, &preferences.effects);
    let observed = preferences.observed.as_ref();
    let lines = Lines::of(&linked.program);
    let as_prepared = linked.program.source.clone();
    let source = as_prepared.clone();
    let analysis = |program: &Program| analyze_program(program, &catalog, observed, &lines);
    let attempt = |program: Program, kept: &BTreeSet<UnitId>| {
        let untangled =
            srcify_plan::untangle(program, &catalog, &analysis, kept, preferences.keep_plots);
        let Untangled { program, graph, .. } = &untangled;
        let planned = srcify_plan::plan(program, graph, &catalog, preferences);
        (untangled, planned)
    };
    let (mut untangled, mut planned) = attempt(linked.program, &BTreeSet::new());
    let in_vain = untangled.in_vain(&planned.output);
    if !in_vain.is_empty() {
        let program = srcify_syntax::parse(source).output;
        (untangled, planned) = attempt(program, &in_vain);
    }
    let Untangled {
        program,
        graph,
        left,
        renamed,
        handed,
        ..
    } = untangled;
    diagnostics = moved_to(&program.source, &as_prepared, diagnostics);
    diagnostics.extend(planned.diagnostics);
    let mut plan = planned.output;
    plan.handed = handed;
    for name in left {
        plan.note_left_out(name);
    }
    for (name, last) in renamed {
        plan.note_renamed(name, last);
    }
    diagnostics.extend(unknown_libraries(&program, &catalog, &plan));
    for module in &linked.whole {
        let catalog = catalog_for(&module.program, &preferences.effects);
        let graph = analyze(&module.program, &catalog, &|_| None);
        add_whole_module(&mut plan, &module.name, &module.program, &graph, &catalog);
    }
    Planned {
        program,
        plan,
        graph,
        diagnostics,
    }
}

/// Reads, analyses and plans one input, silently.
pub fn plan_input(path: &Utf8Path, preferences: &Preferences) -> anyhow::Result<Planned> {
    let prepared = prepare(path, preferences).map_err(|failure| failure.error)?;
    Ok(plan_prepared(prepared, preferences))
}

/// Modules that are neither beside the input nor known to come from a distribution.
fn unknown_libraries(program: &Program, catalog: &Catalog, plan: &Plan) -> Vec<Diagnostic> {
    let is_known = |library: &str| {
        distributions::is_known(library, catalog) || library == plan.package || library.is_empty()
    };
    let unknown = imported_libraries(program).into_iter();
    let unknown = unknown.filter(|library| !is_known(library));
    let diagnostic = |library: String| {
        let message = format!(
            "`{library}` is no module beside the input, and no distribution that srcify knows"
        );
        Diagnostic::warning("unknown-library", None, message)
            .hint("`pyproject.toml` names it as it is; correct it there if its distribution has another name")
    };
    unknown.map(diagnostic).collect()
}

fn catalog_for(program: &Program, effects: &Overlay) -> Catalog {
    let libraries = imported_libraries(program);
    let mut catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
    effects.lay_over(&mut catalog);
    catalog
}

/// What a program does, with the catalog that says so.
pub fn analyzed(program: &Program, effects: &Overlay) -> (EffectGraph, Catalog) {
    let catalog = catalog_for(program, effects);
    let graph = analyze(program, &catalog, &|_| None);
    (graph, catalog)
}

/// Finds what the program does; what a run showed serves where the code does not tell.
fn analyze_program(
    program: &Program,
    catalog: &Catalog,
    observed: Option<&Observed>,
    lines: &Lines,
) -> EffectGraph {
    let Some(observed) = observed else {
        return analyze(program, catalog, &|_| None);
    };
    let type_at = |range| {
        let is_known = lines.are_kept(program, range);
        is_known.then(|| observed.type_at(program, range)).flatten()
    };
    let mut graph = analyze(program, catalog, &type_at);
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
