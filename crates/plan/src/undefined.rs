//! Names that an input reads and nothing defines: the cell is gone, or ran in another notebook. The package fails there,
//! and mostly the input does, so a person is told before it runs.

use std::collections::BTreeSet;

use srcify_effects::{EffectGraph, Occurrence};
use srcify_syntax::ast::Stmt;
use srcify_syntax::stdlib::builtins::is_python_builtin;
use srcify_syntax::{Diagnostic, Program, Span};

/// What Jupyter, and the services that run its notebooks, put into every notebook.
const GIVEN: &[&str] = &[
    "display",
    "get_ipython",
    "In",
    "Out",
    "_",
    "spark",
    "sc",
    "dbutils",
    "sqlContext",
];

/// Functions and magics that may define names unseen.
const DEFINING: &[&str] = &["exec", "eval", "globals", "locals", "vars"];
const MAGICS: &[&str] = &["%run", "%pylab", "%store", "%load", "%sql", "%bigquery"];

/// A warning for each name that the program reads and that nothing in it defines, where it is read first.
///
/// Nothing is said where names may come from elsewhere: of star imports, `exec`, magics that define names.
pub(crate) fn undefined_names(program: &Program, graph: &EffectGraph) -> Vec<Diagnostic> {
    let statements = || program.units().iter().map(|it| program.statement(it.id));
    let accesses = || graph.units.iter().map(|it| &it.access);
    let is_star = |it: &Stmt| {
        let import = it.as_import_from_stmt();
        import.is_some_and(|it| it.names.iter().any(|it| it.name.as_str() == "*"))
    };
    let is_open = statements().any(is_star)
        || MAGICS.iter().any(|it| program.source.text.contains(it))
        || accesses().any(|access| DEFINING.iter().any(|it| access.reads.contains(*it)));
    if is_open {
        return Vec::new();
    }
    let bound = accesses().flat_map(|it| it.may.iter().chain(&it.globals));
    let mut known: BTreeSet<&str> = bound.map(String::as_str).collect();
    known.extend(GIVEN);
    let mut found = Vec::new();
    for (unit, access) in program.units().iter().zip(accesses()) {
        // Who asks whether there is a name expects that there may be none.
        let asks = program.statement(unit.id).is_try_stmt()
            || program.text(unit.range).contains("NameError");
        for (name, range, occurrence) in access.occurrences.iter().filter(|_| !asks) {
            let is_read = *occurrence == Occurrence::Load && access.reads.contains(name);
            let is_given = is_python_builtin(name, 13, true) || name.starts_with("__");
            if is_read && !is_given && known.insert(name) {
                let span = Span::from(*range);
                let message = format!("no statement defines `{name}`: the package fails here");
                let diagnostic = Diagnostic::warning("undefined-name", span, message);
                found.push(diagnostic.hint("define it further up, or take out what reads it"));
            }
        }
    }
    found
}
