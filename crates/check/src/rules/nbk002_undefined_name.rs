//! `undefined-name`: notebook that reads a name which no cell above defines.

use std::collections::BTreeSet;

use srcify_effects::{Access, Occurrence};

use crate::index::Index;
use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "NBK002",
    name: "undefined-name",
    summary: "notebook that reads a name which no cell above defines",
    page: include_str!("../../docs/NBK002.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

/// What Jupyter puts into every notebook.
const JUPYTER: &[&str] = &[
    "display",
    "get_ipython",
    "In",
    "Out",
    "exit",
    "quit",
    "_",
    "__",
    "___",
    "spark",
    "sc",
    "dbutils",
    "sqlContext",
];

/// Magics that define names.
const DEFINING_MAGICS: &[&str] = &[
    "%run",
    "%pylab",
    "%store",
    "%load",
    "%%sql",
    "%sql",
    "%%capture",
    "%%bigquery",
    "-o ",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for index in context
        .project
        .modules
        .iter()
        .filter(|it| context.project.is_experiment(it))
    {
        let raw = context
            .project
            .package
            .files
            .get(&index.module.path)
            .map_or("", String::as_str);
        let has_star = index.imports.iter().any(|it| it.name == Some("*"));
        if has_star
            || !index.module.errors.is_empty()
            || DEFINING_MAGICS.iter().any(|it| raw.contains(it))
        {
            continue;
        }
        report(index, reporter);
    }
}

fn report(index: &Index<'_>, reporter: &mut Reporter<'_>) {
    let accesses: Vec<Access> = index.module.statements().map(Access::of).collect();
    let everywhere: BTreeSet<&str> = accesses
        .iter()
        .flat_map(|it| it.may.iter().chain(&it.globals))
        .map(String::as_str)
        .collect();
    let mut above: BTreeSet<&str> = BTreeSet::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for access in &accesses {
        let missing = access.reads.iter().filter(|name| {
            let is_late = access.captures.contains(*name) && everywhere.contains(name.as_str());
            let is_given = JUPYTER.contains(&name.as_str()) || is_builtin(name);
            !above.contains(name.as_str()) && !is_late && !is_given
        });
        for name in missing {
            let place = access
                .occurrences
                .iter()
                .find(|(it, _, occurrence)| it == name && *occurrence == Occurrence::Load);
            let Some((_, range, _)) = place.filter(|_| seen.insert(name)) else {
                continue;
            };
            let message = if everywhere.contains(name.as_str()) {
                format!(
                    "`{name}` is defined further down only: the cells do not run from top to bottom"
                )
            } else {
                format!("no cell defines `{name}`")
            };
            reporter
                .report(&index.module.path, *range, message)
                .help("define it in a cell above, or take the line out");
        }
        above.extend(access.may.iter().map(String::as_str));
    }
}

fn is_builtin(name: &str) -> bool {
    srcify_syntax::stdlib::builtins::is_python_builtin(name, 13, true)
        || matches!(
            name,
            "__name__" | "__file__" | "__doc__" | "__builtins__" | "__annotations__"
        )
}
