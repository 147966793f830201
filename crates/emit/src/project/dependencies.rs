//! What `pyproject.toml` says about distributions.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Value as Json, context};
use srcify_plan::Plan;

use crate::settings::origin_noun;
use crate::text::LINE_LENGTH;

/// What the modules that we add import.
const OURS: [(&str, &str); 3] = [
    ("omegaconf", ">=2.3"),
    ("pydantic", ">=2.10"),
    ("pyyaml", ""),
];

/// The facts of `pyproject.toml`.
pub fn facts(plan: &Plan) -> Json {
    let libraries = untyped_libraries(plan);
    let (inheriting, decorated) = super::unchecked::modules(plan, &libraries);
    context! {
        inheriting => inheriting,
        decorated => decorated,
        dependencies => requirements(plan),
        dev => development(plan),
        untyped => untyped(&libraries, plan),
        partly_typed => partly_typed(plan),
        has_any => plan.modules.iter().any(|module| module.imports.contains("from typing import Any")),
        origin => origin_noun(&plan.origins),
        module_name => plan.project.replace(['-', '.'], "_").to_lowercase() != plan.package,
        key => toml_key(&plan.project),
    }
}

fn requirements(plan: &Plan) -> Vec<String> {
    let mut all: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let theirs = plan
        .dependencies
        .iter()
        .filter(|one| !one.is_for_checkers)
        .map(|one| (one.distribution.as_str(), one.specifier.trim()));
    for (name, specifier) in OURS.into_iter().chain(theirs) {
        let specifiers = all.entry(name).or_default();
        if !specifier.is_empty() {
            specifiers.insert(specifier.to_owned());
        }
    }
    let requirement = |(name, specifiers): (&str, BTreeSet<String>)| {
        let specifiers: Vec<_> = specifiers.into_iter().collect();
        match specifiers.as_slice() {
            [address] if address.starts_with('@') => format!("{name} {address}"),
            specifiers => format!("{name}{}", specifiers.join(",")),
        }
    };
    all.into_iter().map(requirement).collect()
}

fn development(plan: &Plan) -> Vec<String> {
    let stubs = plan.dependencies.iter().filter_map(|one| one.stubs.clone());
    let tools = ["mypy", "pytest", "ruff"].map(str::to_owned);
    let checked = plan.dependencies.iter().filter(|one| one.is_for_checkers);
    let checked = checked.map(|one| format!("{}{}", one.distribution, one.specifier));
    let all: BTreeSet<_> = stubs.chain(tools).chain(checked).collect();
    all.into_iter().collect()
}

/// The libraries without types.
fn untyped_libraries(plan: &Plan) -> BTreeSet<String> {
    let untyped = |one: &&srcify_plan::Dependency| !one.typed && one.stubs.is_none();
    let theirs = plan.dependencies.iter().filter(untyped);
    theirs
        .filter_map(|one| one.module.split('.').next())
        .filter(|module| !module.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The modules without types, as patterns: `sklearn.*`.
fn untyped(libraries: &BTreeSet<String>, plan: &Plan) -> Vec<String> {
    let mut all: BTreeSet<_> = libraries.iter().map(|it| format!("{it}.*")).collect();
    if !plan.dependencies.iter().any(|one| one.module == "yaml") {
        all.insert("yaml.*".to_owned());
    }
    all.into_iter().collect()
}

/// The modules that say to have types and leave most functions without: a call of those is no mistake of the package.
fn partly_typed(plan: &Plan) -> Vec<&'static str> {
    let uses = |library: &&str| {
        let mut modules = plan
            .dependencies
            .iter()
            .map(|one| one.module.split('.').next());
        modules.any(|module| module == Some(library))
    };
    let imports = plan.modules.iter().flat_map(|module| &module.imports);
    let imports: BTreeSet<&str> = imports.filter_map(|it| it.split(' ').nth(1)).collect();
    let libraries = PARTLY_TYPED.iter().filter(|it| uses(it));
    let modules = PARTLY_TYPED_MODULES
        .iter()
        .filter(|it| imports.contains(**it));
    libraries.chain(modules).copied().collect()
}

/// Libraries with `py.typed`, whose public functions have no annotations.
const PARTLY_TYPED: [&str; 3] = ["IPython", "river", "skimage"];

/// Modules of libraries with types of which the same is true.
const PARTLY_TYPED_MODULES: [&str; 1] = ["matplotlib.dates"];

/// `text` as a TOML string.
pub fn toml_string(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// `text` as a key of a TOML table.
fn toml_key(text: &str) -> String {
    toml_edit::Key::new(text).to_string()
}

/// `items` as a TOML array: on one line, or an item per line.
pub fn toml_array(items: &[String]) -> String {
    let items: Vec<_> = items.iter().map(|item| toml_string(item)).collect();
    let line = format!("[{}]", items.join(", "));
    if line.len() + "dependencies = ".len() <= usize::from(LINE_LENGTH) {
        return line;
    }
    format!("[\n    {},\n]", items.join(",\n    "))
}
