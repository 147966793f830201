//! Imports that only type checkers run: `if TYPE_CHECKING:`.
//!
//! Nothing binds their names when the program runs, so they serve annotations that nobody evaluates. Modules of the package
//! import them in the same way, instead of in a branch of the job.

use std::collections::BTreeSet;

use srcify_effects::{Catalog, EffectGraph, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_parameter, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, UnitId};

use crate::Module;
use crate::modules::Sources;

/// The branches of a program that hold nothing but imports for type checkers, whose names stand in annotations alone.
pub(crate) fn branches(program: &Program, graph: &EffectGraph) -> BTreeSet<UnitId> {
    let units = program.units().iter();
    let mut found: BTreeSet<UnitId> = units
        .map(|unit| unit.id)
        .filter(|id| imports_of_branch(program.statement(*id), graph).is_some())
        .collect();
    if found.is_empty() {
        return found;
    }
    let annotations = annotations(program);
    let is_free = |id: &UnitId| {
        let bound = &graph.units[id.index()].access.may;
        let others = graph.units.iter().zip(program.units());
        let others = others.filter(|(_, unit)| unit.id != *id);
        let mut occurrences = others.flat_map(|(facts, _)| &facts.access.occurrences);
        occurrences.all(|(name, range, occurrence)| {
            let is_annotation = || annotations.iter().any(|it| it.contains_range(*range));
            !bound.contains(name) || *occurrence == Occurrence::Load && is_annotation()
        })
    };
    found.retain(is_free);
    found
}

/// The imports of a branch for type checkers, if it holds nothing else.
fn imports_of_branch<'a>(statement: &'a Stmt, graph: &EffectGraph) -> Option<&'a [Stmt]> {
    let branch = statement.as_if_stmt()?;
    let path = |name: &Expr| graph.imports.get(name.as_name_expr()?.id.as_str());
    let is_for_checkers = match &*branch.test {
        name @ Expr::Name(_) => path(name)
            .and_then(|it| it.strip_suffix(".TYPE_CHECKING"))
            .is_some_and(is_typing),
        Expr::Attribute(it) => {
            it.attr.as_str() == "TYPE_CHECKING" && path(&it.value).is_some_and(|it| is_typing(it))
        }
        _ => false,
    };
    let is_import = |it: &Stmt| match it {
        Stmt::Import(_) => true,
        Stmt::ImportFrom(it) => it.names.iter().all(|alias| alias.name.as_str() != "*"),
        _ => false,
    };
    let is_plain = branch.elif_else_clauses.is_empty() && branch.body.iter().all(is_import);
    (is_for_checkers && is_plain).then_some(&branch.body)
}

fn is_typing(module: &str) -> bool {
    matches!(module, "typing" | "typing_extensions")
}

/// Where annotations stand in a program.
fn annotations(program: &Program) -> Vec<TextRange> {
    let mut found = Annotations::default();
    for unit in program.units() {
        found.visit_stmt(program.statement(unit.id));
    }
    found.0.into_iter().map(Ranged::range).collect()
}

#[derive(Default)]
struct Annotations<'a>(Vec<&'a Expr>);

impl<'a> Visitor<'a> for Annotations<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::AnnAssign(it) => self.0.push(&it.annotation),
            Stmt::FunctionDef(it) => self.0.extend(it.returns.as_deref()),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
        self.0.extend(parameter.annotation.as_deref());
        walk_parameter(self, parameter);
    }
}

/// The imports for type checkers of modules that come together: none that one of the modules needs when it runs.
pub(crate) fn joined<'a>(
    parts: impl Iterator<Item = (&'a [Module], &'a BTreeSet<String>)> + Clone,
) -> BTreeSet<String> {
    let needed: BTreeSet<&String> = parts
        .clone()
        .flat_map(|(modules, typing)| {
            let imports = modules.iter().flat_map(|module| &module.imports);
            imports.filter(|it| !typing.contains(*it))
        })
        .collect();
    let all = parts.flat_map(|(_, typing)| typing);
    all.filter(|it| !needed.contains(it)).cloned().collect()
}

/// The imports that only annotations need which installed libraries gave, or which libraries keep for themselves: what
/// declares a class for them need not have it when the program runs. So are those of libraries that the program imports
/// in branches or functions alone: it may run without them.
pub(crate) fn declared(
    modules: &[Module],
    sources: &Sources,
    (program, graph, catalog): (&Program, &EffectGraph, &Catalog),
) -> BTreeSet<String> {
    let own: BTreeSet<&String> = sources.imports.values().flatten().collect();
    let libraries: BTreeSet<String> = graph.imports.values().map(|it| root(it)).collect();
    let late = imported_late(program);
    let is_declared = |import: &&String| {
        let path = import.strip_prefix("from ");
        let path = path.map(|it| it.replace(" import ", "."));
        let is_declared = path.is_some_and(|it| {
            let is_unsure = is_private(&it) || catalog.may_be_declared(&it);
            late.contains(&root(&it)) || libraries.contains(&root(&it)) && is_unsure
        });
        is_declared && !own.contains(import)
    };
    let needed = modules.iter().flat_map(|it| &it.imports);
    needed.filter(is_declared).cloned().collect()
}

/// The module that holds what a path names.
fn root(path: &str) -> String {
    path.split('.').next().unwrap_or_default().to_owned()
}

/// The libraries that the program imports in branches or functions alone.
fn imported_late(program: &Program) -> BTreeSet<String> {
    let mut imported = Imported::default();
    for unit in program.units() {
        imported.visit_stmt(program.statement(unit.id));
    }
    let Imported {
        always, mut late, ..
    } = imported;
    late.retain(|it| {
        !always.contains(it) && !srcify_effects::distributions::is_standard_library(it)
    });
    late
}

/// The libraries that statements import.
#[derive(Default)]
struct Imported {
    always: BTreeSet<String>,
    late: BTreeSet<String>,
    is_branch: bool,
}

impl<'a> Visitor<'a> for Imported {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let modules = match statement {
            Stmt::Import(it) => it.names.iter().map(|it| root(&it.name)).collect(),
            Stmt::ImportFrom(it) if it.level == 0 => it.module.iter().map(|it| root(it)).collect(),
            _ => Vec::new(),
        };
        let found = if self.is_branch {
            &mut self.late
        } else {
            &mut self.always
        };
        found.extend(modules);
        let is_outer = self.is_branch;
        self.is_branch |= matches!(
            statement,
            Stmt::If(_) | Stmt::Try(_) | Stmt::Match(_) | Stmt::With(_) | Stmt::FunctionDef(_)
        );
        walk_stmt(self, statement);
        self.is_branch = is_outer;
    }
}

/// Whether a library keeps a name for itself: its next version may have it elsewhere.
fn is_private(path: &str) -> bool {
    path.split('.').any(|it| it.starts_with('_'))
}

/// Names in strings of annotations: those that only type checkers look up.
pub(crate) fn quoted_names(text: &str) -> BTreeSet<String> {
    let snippet = srcify_syntax::snippet(text);
    let mut found = Annotations::default();
    snippet
        .statements()
        .iter()
        .for_each(|it| found.visit_stmt(it));
    let mut quoted = Quoted::default();
    found.0.iter().for_each(|it| quoted.visit_expr(it));
    quoted.0
}

#[derive(Default)]
struct Quoted(BTreeSet<String>);

impl<'a> Visitor<'a> for Quoted {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::StringLiteral(it) = expression {
            self.0.extend(crate::names::identifiers(it.value.to_str()));
        }
        walk_expr(self, expression);
    }
}
