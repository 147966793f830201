//! `undefined-name`: notebook that reads a name which no cell above defines.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Access, Occurrence};

use crate::index::Index;
use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Ranged, Severity, TextRange};

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
    let statements: Vec<&Stmt> = index.module.statements().collect();
    let accesses: Vec<Access> = statements.iter().map(|it| Access::of(it)).collect();
    let everywhere: BTreeSet<&str> = accesses
        .iter()
        .flat_map(|it| it.may.iter().chain(&it.globals))
        .map(String::as_str)
        .collect();
    let mut scope = Scope::default();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (statement, access) in statements.iter().zip(&accesses) {
        for name in scope.missing(access, &everywhere) {
            let mut places = access.occurrences.iter();
            let place =
                places.find(|(it, _, occurrence)| it == name && *occurrence == Occurrence::Load);
            let Some((_, range, _)) = place.filter(|_| seen.insert(name)) else {
                continue;
            };
            let message = if scope.deleted.contains(name) {
                format!("`{name}` was deleted further up")
            } else if everywhere.contains(name) {
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
        for (call, function, name) in scope.called_too_early(index, statement.range(), &everywhere)
        {
            if !seen.insert(name) {
                continue;
            }
            let message =
                format!("`{function}` reads `{name}`, which is defined further down only");
            reporter
                .report(&index.module.path, call, message)
                .help("define it above the first call");
        }
        scope.run(statement, access);
    }
}

/// What the statements above have defined.
#[derive(Default)]
struct Scope<'a> {
    above: BTreeSet<&'a str>,
    /// Names that are deleted for certain.
    deleted: BTreeSet<&'a str>,
    /// By function: the names of the module that every call reads.
    functions: BTreeMap<&'a str, BTreeSet<String>>,
}

impl<'a> Scope<'a> {
    /// Names that a statement reads and nothing above defines.
    fn missing<'b>(
        &self,
        access: &'b Access,
        everywhere: &BTreeSet<&str>,
    ) -> impl Iterator<Item = &'b str> {
        let missing: Vec<&str> = access
            .reads
            .iter()
            .map(String::as_str)
            .filter(|name| {
                let is_late = access.captures.contains(*name) && everywhere.contains(name);
                !self.above.contains(name) && !is_late && !is_given(name)
            })
            .collect();
        missing.into_iter()
    }

    /// Calls in a statement of functions that read what is only defined later.
    fn called_too_early(
        &self,
        index: &Index<'_>,
        statement: TextRange,
        everywhere: &BTreeSet<&'a str>,
    ) -> Vec<(TextRange, &'a str, &'a str)> {
        let calls = index.calls.iter().filter(|it| {
            it.function.is_none() && it.at_import && statement.contains_range(it.node.range())
        });
        let mut early = Vec::new();
        for call in calls {
            let Some(name) = call.node.func.as_name_expr() else {
                continue;
            };
            let Some((function, reads)) = self.functions.get_key_value(name.id.as_str()) else {
                continue;
            };
            // Generators and coroutines run later, and what a decorator makes of a function is not known.
            let runs = index.function(function).is_some_and(|at| {
                let it = &index.functions[at];
                !it.is_generator && !it.node.is_async && it.node.decorator_list.is_empty()
            });
            if !runs {
                continue;
            }
            let unbound = everywhere
                .iter()
                .filter(|it| reads.contains(**it) && !self.above.contains(*it) && !is_given(it));
            early.extend(unbound.map(|it| (call.node.range(), *function, *it)));
        }
        early
    }

    fn run(&mut self, statement: &Stmt, access: &'a Access) {
        for name in access.may.iter().chain(&access.globals) {
            self.above.insert(name);
            self.deleted.remove(name.as_str());
            self.functions.remove(name.as_str());
        }
        match statement {
            Stmt::FunctionDef(node) => {
                if let Some(name) = access.must.get(node.name.as_str()) {
                    let mut reads = always_read(node);
                    reads.retain(|it| access.captures.contains(it));
                    self.functions.insert(name, reads);
                }
            }
            Stmt::Delete(_) => {
                for name in &access.deletes {
                    self.above.remove(name.as_str());
                    self.deleted.insert(name);
                }
            }
            _ => {}
        }
    }
}

/// Names that a function reads whenever it is called: not those of one branch only, or of what may fail before.
fn always_read(function: &ast::StmtFunctionDef) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for statement in &function.body {
        let is_simple = matches!(
            statement,
            Stmt::Expr(_)
                | Stmt::Assign(_)
                | Stmt::AnnAssign(_)
                | Stmt::AugAssign(_)
                | Stmt::Return(_)
        );
        if !is_simple {
            break;
        }
        let access = Access::of(statement);
        names.extend(access.reads.difference(&access.captures).cloned());
        if statement.is_return_stmt() {
            break;
        }
    }
    names
}

fn is_given(name: &str) -> bool {
    JUPYTER.contains(&name) || is_builtin(name)
}

fn is_builtin(name: &str) -> bool {
    srcify_syntax::stdlib::builtins::is_python_builtin(name, 13, true)
        || matches!(
            name,
            "__name__" | "__file__" | "__doc__" | "__builtins__" | "__annotations__"
        )
}
