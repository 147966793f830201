//! What the package must install: the distributions of the modules that it imports.

use std::collections::BTreeMap;

use srcify_syntax::ast::Stmt;
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::snippet;

use crate::{Dependency, Plan};

/// The distributions of the modules that the package imports.
pub(crate) fn dependencies(plan: &Plan) -> Vec<Dependency> {
    let mut found: BTreeMap<String, Dependency> = BTreeMap::new();
    let items = plan.modules.iter().flat_map(|module| &module.items);
    let within = items.flat_map(|item| imports_within(&item.text));
    let on_top = plan.modules.iter().flat_map(|module| &module.imports);
    for import in on_top.cloned().chain(within) {
        let is_for_checkers = plan.typing_imports.contains(&import);
        let module = import
            .trim_start_matches("from ")
            .trim_start_matches("import ");
        let whole = module.split(' ').next().unwrap_or_default();
        let module = whole.split('.').next().unwrap_or_default().to_owned();
        if module.is_empty()
            || srcify_effects::distributions::is_given_by_host(whole)
            || module == plan.package
            || srcify_effects::distributions::is_standard_library(&module)
        {
            continue;
        }
        let distribution = srcify_effects::distributions::distribution_of(whole)
            .unwrap_or(&module)
            .to_owned();
        found
            .entry(distribution.clone())
            .or_insert_with(|| Dependency {
                stubs: srcify_effects::distributions::types_package(&distribution)
                    .map(str::to_owned),
                typed: srcify_effects::distributions::has_types(&distribution),
                distribution,
                specifier: String::new(),
                module,
                is_for_checkers,
            })
            .is_for_checkers &= is_for_checkers;
    }
    let mut dependencies: Vec<Dependency> = found.into_values().collect();
    dependencies.sort();
    dependencies
}

/// The import statements in the functions and classes of a text, with absolute names.
fn imports_within(text: &str) -> Vec<String> {
    struct Imports(Vec<String>);
    impl<'a> Visitor<'a> for Imports {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Import(it) => {
                    let names = it
                        .names
                        .iter()
                        .map(|alias| format!("import {}", alias.name));
                    self.0.extend(names);
                }
                Stmt::ImportFrom(it) if it.level == 0 => {
                    let module = it.module.as_ref().map(ToString::to_string);
                    self.0
                        .push(format!("from {} import", module.unwrap_or_default()));
                }
                _ => walk_stmt(self, statement),
            }
        }
    }
    if !text.contains("import ") {
        return Vec::new();
    }
    let mut imports = Imports(Vec::new());
    for statement in snippet(text).statements() {
        imports.visit_stmt(statement);
    }
    imports.0
}
