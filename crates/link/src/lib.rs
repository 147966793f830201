//! Several files as one program: the input, and the local modules that it imports.
//!
//! In: a [`srcify_syntax::Program`] and a way to find modules. Out: one program in which each module's statements stand
//! before the statement that imports it, under names that mean one thing each, so that what a module does is as well known
//! as what the input does. A module that cannot be taken apart soundly stays whole, and says why. This crate may not know
//! about disks or packages.

mod apart;
mod containers;
mod file;
mod graph;
mod hosts;
mod lookups;
mod main_body;
mod naming;
mod options;
mod own_print;
mod rewrite;
mod runs;
mod scopes;
mod stars;
mod used;
mod widgets;

use std::collections::BTreeMap;

use srcify_syntax::ast::Stmt;
use srcify_syntax::{Diagnostic, Program, Source, Span, TextSize, Warned, parse};

pub use containers::open_containers;
pub use hosts::leave_hosts;
pub use lookups::decide_lookups;
pub use main_body::unwrap_main;
pub use options::{Command, commands, unwrap_options};
pub use own_print::name_own_print;
pub use runs::{RunFinder, include_runs};
pub use scopes::fit_for_functions;
pub use widgets::without_controls;

use apart::{is_inert_with_imports, spread, whole_modules};
use file::File;
use graph::{Graph, Meaning};
use naming::Naming;
use rewrite::{Writer, flat};
use used::used;

/// A local module on disk.
#[derive(Debug)]
pub struct Found {
    /// Its text; empty for a folder without `__init__.py`.
    pub source: Source,
    /// Whether it is a package: a folder.
    pub is_package: bool,
}

/// Finds a local module by its dotted name.
pub type Finder<'a> = &'a dyn Fn(&str) -> Option<Found>;

/// An input with its local modules.
#[derive(Debug)]
pub struct Linked {
    /// The input, with the modules that could be taken apart.
    pub program: Program,
    /// The others.
    pub whole: Vec<WholeModule>,
    /// Dotted names of all local modules, in the order in which they run.
    pub modules: Vec<String>,
    /// Their files.
    pub paths: Vec<String>,
}

impl Linked {
    /// A program without local modules.
    pub fn of(program: Program) -> Self {
        Self {
            program,
            whole: Vec::new(),
            modules: Vec::new(),
            paths: Vec::new(),
        }
    }
}

/// A module that stays whole.
#[derive(Debug)]
pub struct WholeModule {
    /// Its name in the package: `pkg_sub`.
    pub name: String,
    /// Its text; imports of local modules name the package.
    pub program: Program,
}

/// Puts the local modules of `program` into it. `home` is where modules that stay whole will lie: `churn.application`.
pub fn link(program: Program, find: Finder<'_>, home: &str) -> Warned<Linked> {
    let mut graph = Graph::load(File::new("", false, program), find);
    let mut diagnostics = std::mem::take(&mut graph.remarks);
    diagnostics.extend(missing(&graph));
    if graph.files.len() == 1 {
        let Graph { files, .. } = graph;
        let program = files.into_iter().next().map(|file| file.program);
        let linked = Linked::of(program.expect("the input is a file"));
        return Warned {
            output: linked,
            diagnostics,
        };
    }
    let mut whole = whole_modules(&graph);
    let naming = loop {
        match Naming::new(&graph, &whole) {
            Ok(_) => break Naming::new(&graph, &whole),
            Err((module, reason)) => {
                whole.insert(module, reason);
                spread(&graph, &mut whole);
            }
        }
    };
    let Ok(naming) = naming else {
        unreachable!("names were chosen a moment ago")
    };
    let writer = Writer {
        graph: &graph,
        whole: &whole,
        naming: &naming,
        home,
    };
    diagnostics.extend(remarks(&graph, &whole, &naming));
    let linked = Linked {
        program: used(parse(combined(&graph, &whole, &writer)).output),
        whole: whole
            .keys()
            .map(|&module| WholeModule {
                name: flat(&graph.files[module].name),
                program: parse(writer.whole_source(module)).output,
            })
            .collect(),
        modules: graph
            .order
            .iter()
            .map(|&it| graph.files[it].name.clone())
            .collect(),
        paths: graph.order.iter().map(|&it| graph.path(it)).collect(),
    };
    Warned {
        output: linked,
        diagnostics,
    }
}

/// The input with its modules: those that only define at its beginning, the others where they are imported.
fn combined(graph: &Graph, whole: &BTreeMap<usize, String>, writer: &Writer<'_>) -> Source {
    let input = writer.source(0);
    let program = &graph.files[0].program;
    let text = &program.source.text;
    let line = |at: TextSize| text[..usize::from(at)].matches('\n').count();
    let starts: Vec<usize> = std::iter::once(0)
        .chain(input.text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let is_head = |statement: &Stmt| match statement {
        Stmt::Expr(it) => it.value.is_string_literal_expr(),
        Stmt::ImportFrom(it) => it.module.as_deref() == Some("__future__"),
        _ => false,
    };
    let first = program
        .units()
        .iter()
        .find(|unit| !is_head(program.statement(unit.id)));
    let head = first.map_or(0, |unit| line(unit.full_range.start()));
    let mut modules: Vec<(usize, usize)> = Vec::new();
    for &module in graph.order.iter().filter(|it| !whole.contains_key(it)) {
        let at = match graph.trigger.get(&module) {
            Some(&unit) if !is_inert_with_imports(graph, module) => {
                line(program.units()[unit].full_range.start())
            }
            _ => head,
        };
        modules.push((at.max(head), module));
    }
    modules.sort_by_key(|(at, _)| *at);
    let placed = modules.into_iter().map(|(at, module)| {
        let start = starts.get(at).copied().unwrap_or(input.text.len());
        let start = TextSize::try_from(start).unwrap_or_default();
        (start, writer.source(module))
    });
    input.including(placed.collect())
}

fn missing(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, file) in graph.files.iter().enumerate() {
        for import in &file.words.imports {
            for name in &import.names {
                if let Meaning::Missing(missing) = graph.meaning(index, name) {
                    let span = (index == 0).then(|| Span::from(import.range));
                    let message = format!("cannot find `{missing}` beside the input");
                    let diagnostic = Diagnostic::warning("missing-module", span, message);
                    let hint = "put the module beside the input, or install what brings it";
                    found.push(diagnostic.hint(hint));
                }
            }
        }
    }
    found
}

/// What became of the modules: names that clashed, cycles, those that stay whole.
fn remarks(graph: &Graph, whole: &BTreeMap<usize, String>, naming: &Naming<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (&module, reason) in whole {
        let name = &graph.files[module].name;
        let message = format!("the module `{name}` stays whole: {reason}");
        found.push(
            Diagnostic::warning("whole-module", None, message)
                .hint("what it does is not known, so the statements that use it stay in place"),
        );
    }
    for (module, old, new) in naming.renames() {
        let name = &graph.files[module].name;
        let message = format!("`{old}` of the module `{name}` is `{new}` in the package");
        let diagnostic = Diagnostic::advice("name-clash", None, message);
        found.push(diagnostic.hint("another file uses that name for something else"));
    }
    for cycle in &graph.cycles {
        let names: Vec<&str> = cycle
            .iter()
            .map(|&it| graph.files[it].name.as_str())
            .collect();
        let message = format!(
            "the modules {} import each other",
            names
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        );
        found.push(
            Diagnostic::advice("import-cycle", None, message)
                .hint("their code stands together in the package"),
        );
    }
    found
}
