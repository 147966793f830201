//! Functions that several jobs define alike in their own modules: one module of the application has them.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Effect, EffectGraph};
use srcify_syntax::ast::Stmt;
use srcify_syntax::stdlib::builtins::is_python_builtin;

use super::{free_names, own_import};
use crate::figures::DRAWS;
use crate::modules::bound_name;
use crate::{Folder, Item, Module, Plan};

/// The module of what jobs share.
pub(super) const HELPERS: &str = "functions";
/// The module of what only draws.
const FIGURES: &str = "figures";
const LOGGER: &str = " = logging.getLogger(__name__)";
const LOGGING: &str = "import logging";

/// A function of a job's module that would do the same in another module.
struct Helper {
    name: String,
    /// Its text, the imports that it needs and the line of its logger: what must be equal for two to be one.
    key: (String, BTreeSet<String>, Option<String>),
    /// Others that it calls.
    calls: BTreeSet<String>,
}

/// Moves what two jobs or more define alike to a module of its own, in each of their plans.
pub(super) fn share(plans: &mut [Plan]) {
    let mut modules = plans.iter().flat_map(|it| &it.modules);
    let is_taken = modules.any(|it| it.folder == Folder::Application && it.name == HELPERS);
    if is_taken {
        return;
    }
    let found: Vec<Vec<Helper>> = plans.iter().map(helpers).collect();
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for helper in found.iter().flatten() {
        *counts.entry(&helper.key).or_default() += 1;
    }
    let mut alike: Vec<BTreeSet<String>> = Vec::new();
    for own in &found {
        let same = own.iter().filter(|it| counts[&it.key] > 1);
        alike.push(same.map(|it| it.name.clone()).collect());
    }
    // One that calls another of a job's own stays with it, in all jobs.
    loop {
        let pairs = || found.iter().zip(&alike);
        let broken: BTreeSet<String> = pairs()
            .flat_map(|(own, names)| own.iter().map(move |helper| (helper, names)))
            .filter(|(it, names)| names.contains(&it.name) && !it.calls.is_subset(names))
            .map(|(it, _)| it.name.clone())
            .collect();
        if broken.is_empty() {
            break;
        }
        for names in &mut alike {
            names.retain(|name| !broken.contains(name));
        }
    }
    for ((plan, helpers), names) in plans.iter_mut().zip(&found).zip(&alike) {
        let moved: Vec<&Helper> = helpers
            .iter()
            .filter(|it| names.contains(&it.name))
            .collect();
        if !moved.is_empty() {
            apart(
                plan,
                &moved,
                (HELPERS, "Functions that several jobs share."),
            );
        }
    }
}

/// Moves the functions of a job's module that only draw to a module of their own.
pub fn draw_apart(plan: &mut Plan, graph: &EffectGraph) {
    let mut modules = plan.modules.iter();
    let is_taken = modules.any(|it| it.folder == Folder::Application && it.name == FIGURES);
    let draws = |name: &str| {
        let effects = graph.functions.get(name).map(|it| it.effects);
        effects.is_some_and(|it| it.contains(Effect::Figure) && DRAWS.union(it) == DRAWS)
    };
    let mut found = helpers(plan);
    found.retain(|it| draws(&it.name));
    loop {
        let names: BTreeSet<String> = found.iter().map(|it| it.name.clone()).collect();
        found.retain(|it| it.calls.is_subset(&names));
        if found.len() == names.len() {
            break;
        }
    }
    if !is_taken && plan.jobs.len() == 1 && !found.is_empty() {
        let moved: Vec<&Helper> = found.iter().collect();
        apart(plan, &moved, (FIGURES, "Draw the figures."));
    }
}

fn job_module(plan: &Plan) -> Option<usize> {
    let job = plan.jobs.first()?;
    let mut modules = plan.modules.iter();
    modules.position(|it| it.folder == Folder::Application && it.name == job.name)
}

/// The functions of a job's module that need nothing of it but each other and its logger.
fn helpers(plan: &Plan) -> Vec<Helper> {
    let Some(index) = job_module(plan) else {
        return Vec::new();
    };
    let module = &plan.modules[index];
    let logger = logger_of(module);
    let mut found: Vec<Helper> = Vec::new();
    for item in module.items.iter().filter(|it| is_function(it)) {
        let mut imports = BTreeSet::new();
        let mut calls = BTreeSet::new();
        let mut line = None;
        let is_known = free_names(&item.text).iter().all(|name| {
            let mut known = module.imports.iter();
            if let Some(import) = known.find(|it| bound_name(it) == name) {
                imports.insert(import.clone());
            } else if let Some(own) = logger.filter(|it| it.strip_suffix(LOGGER) == Some(name)) {
                line = Some(own.to_owned());
            } else if module.items.iter().any(|it| it.name == *name) {
                calls.insert(name.clone());
            } else {
                return is_python_builtin(name, 13, false);
            }
            true
        });
        let is_job = plan.jobs.iter().any(|job| job.function == item.name);
        if is_known && !is_job {
            calls.remove(&item.name);
            found.push(Helper {
                name: item.name.clone(),
                key: (item.text.trim().to_owned(), imports, line),
                calls,
            });
        }
    }
    found
}

fn is_function(item: &Item) -> bool {
    let snippet = srcify_syntax::snippet(&item.text);
    match snippet.statements() {
        [Stmt::FunctionDef(it)] => {
            it.decorator_list.is_empty()
                && it.name.as_str() == item.name
                && !item.name.starts_with('_')
        }
        _ => false,
    }
}

/// The line that gives a module its logger.
fn logger_of(module: &Module) -> Option<&str> {
    let heads = module.items.iter().filter(|it| it.name.is_empty());
    let mut lines = heads.flat_map(|it| it.text.lines());
    lines.find(|line| line.ends_with(LOGGER))
}

/// Moves functions of a job's module to another one, of this name and summary.
fn apart(plan: &mut Plan, moved: &[&Helper], (own, summary): (&str, &str)) {
    let Some(index) = job_module(plan) else {
        return;
    };
    let job = plan.modules[index].name.clone();
    let package = plan.package.clone();
    let module = &mut plan.modules[index];
    let (gone, rest): (Vec<Item>, Vec<Item>) = std::mem::take(&mut module.items)
        .into_iter()
        .partition(|item| moved.iter().any(|it| it.name == item.name));
    module.items = rest;
    let mut imports: BTreeSet<String> = moved.iter().flat_map(|it| it.key.1.clone()).collect();
    let mut items = Vec::new();
    if let Some(line) = moved.iter().find_map(|it| it.key.2.clone()) {
        imports.insert(LOGGING.to_owned());
        items.push(Item {
            name: line.trim_end_matches(LOGGER).to_owned(),
            text: line,
            units: Vec::new(),
        });
    }
    items.extend(gone);
    let used: BTreeSet<String> = module
        .items
        .iter()
        .filter(|it| !it.name.is_empty())
        .flat_map(|it| free_names(&it.text))
        .collect();
    drop_logger(module, &used);
    module.imports.retain(|import| {
        let is_used = used.contains(bound_name(import));
        is_used || !imports.contains(import) || import == LOGGING
    });
    for helper in moved.iter().filter(|it| used.contains(&it.name)) {
        let import = own_import(&package, Folder::Application, own, &helper.name);
        module.imports.insert(import);
    }
    plan.modules.push(Module {
        folder: Folder::Application,
        name: own.to_owned(),
        summary: summary.to_owned(),
        imports,
        items,
    });
    for decision in &mut plan.decisions {
        let place = format!("application/{job}.py: ");
        if let Some(name) = decision.place.strip_prefix(&place)
            && moved.iter().any(|it| it.name == name)
        {
            decision.place = format!("application/{own}.py: {name}");
        }
    }
}

/// Takes a job's logger away where nothing of the job's uses it any more.
fn drop_logger(module: &mut Module, used: &BTreeSet<String>) {
    let Some(line) = logger_of(module).map(str::to_owned) else {
        return;
    };
    if used.contains(line.trim_end_matches(LOGGER)) {
        return;
    }
    for item in module.items.iter_mut().filter(|it| it.name.is_empty()) {
        let lines = item.text.lines().filter(|it| *it != line);
        item.text = lines.collect::<Vec<_>>().join("\n");
    }
    module.items.retain(|it| !it.text.trim().is_empty());
    let heads = module.items.iter().filter(|it| it.name.is_empty());
    let needs_it =
        used.contains("logging") || heads.into_iter().any(|it| it.text.contains("logging."));
    if !needs_it {
        module.imports.remove(LOGGING);
    }
}
