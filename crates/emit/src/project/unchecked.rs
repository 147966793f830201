//! The modules that use libraries without types in ways that mypy's strict mode refuses, though there is no other.

use std::collections::{BTreeMap, BTreeSet};

use srcify_plan::{Module, Plan, bound_name};
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::snippet;

/// Modules whose classes inherit from classes of `libraries`, and modules whose functions these decorate.
pub(super) fn modules(plan: &Plan, libraries: &BTreeSet<String>) -> (Vec<String>, Vec<String>) {
    let mut inheriting = Vec::new();
    let mut decorated = Vec::new();
    for module in &plan.modules {
        let mut search = Search {
            names: names_of(module, libraries),
            inherits: false,
            is_decorated: false,
        };
        if search.names.is_empty() {
            continue;
        }
        for item in &module.items {
            search.visit_body(snippet(&item.text).statements());
        }
        let path = format!("{}.{}.{}", plan.package, module.folder.name(), module.name);
        if search.inherits {
            inheriting.push(path.clone());
        }
        if search.is_decorated {
            decorated.push(path);
        }
    }
    (inheriting, decorated)
}

/// The names that a module binds to something of these libraries.
fn names_of<'m>(module: &'m Module, libraries: &BTreeSet<String>) -> BTreeSet<&'m str> {
    let imported: BTreeMap<&str, &str> = module
        .imports
        .iter()
        .filter_map(|it| {
            let path = it
                .strip_prefix("from ")
                .or_else(|| it.strip_prefix("import "))?;
            let library = path.split(['.', ' ', ',']).next()?;
            Some((bound_name(it), library))
        })
        .collect();
    let of_them = imported.into_iter();
    of_them
        .filter(|(_, library)| libraries.contains(*library))
        .map(|(name, _)| name)
        .collect()
}

struct Search<'m> {
    names: BTreeSet<&'m str>,
    inherits: bool,
    is_decorated: bool,
}

impl Search<'_> {
    /// Whether an expression is reached through one of the names.
    fn is_of_library(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Name(name) => self.names.contains(name.id.as_str()),
            Expr::Attribute(it) => self.is_of_library(&it.value),
            Expr::Call(call) => self.is_of_library(&call.func),
            _ => false,
        }
    }
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::ClassDef(class) => {
                let mut bases = class.arguments.iter().flat_map(|it| &it.args);
                self.inherits |= bases.any(|it| self.is_of_library(it));
            }
            Stmt::FunctionDef(function) => {
                let mut decorators = function.decorator_list.iter();
                self.is_decorated |= decorators.any(|it| self.is_of_library(&it.expression));
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }
}
