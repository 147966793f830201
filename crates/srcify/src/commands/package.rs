//! One package of one or several inputs: what `convert` and `plan` have in common.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use srcify_plan::{Plan, Preferences};
use srcify_syntax::Diagnostic;
use srcify_syntax::ast::Stmt;

use crate::commands::{Planned, Prepared, plan_prepared, prepare};
use crate::inputs::{self, Input};

/// The analysis recurses; workers need the stack that the main thread has.
const WORKER_STACK: usize = 64 << 20;

/// A package, planned.
pub struct PlannedPackage {
    /// The inputs that became jobs.
    pub parts: Vec<Planned>,
    /// The whole of it.
    pub plan: Plan,
    /// What there is to say about several inputs together.
    pub diagnostics: Vec<Diagnostic>,
    /// Inputs that cannot be converted, with what is wrong.
    pub failed: Vec<(Utf8PathBuf, String)>,
    /// Files that are no jobs, with the reason.
    pub skipped: Vec<(Utf8PathBuf, &'static str)>,
}

impl PlannedPackage {
    /// All of it for machines.
    pub fn json(&self) -> String {
        let parts: Vec<_> = self
            .parts
            .iter()
            .map(|it| (&it.program, &it.plan))
            .collect();
        srcify_report::package_json(&parts, &self.plan)
    }
}

impl Planned {
    /// Whether the input itself imports its own package: modules that stay whole.
    pub fn owns(&self, package: &str) -> bool {
        let from = format!("from {package}.application");
        self.program.source.text.contains(&from)
    }
}

/// Plans the package of some inputs.
pub fn plan_package(
    arguments: &[Utf8PathBuf],
    preferences: &Preferences,
) -> anyhow::Result<PlannedPackage> {
    let found = inputs::collect(arguments)?;
    let is_folder = arguments.iter().any(|argument| argument.is_dir());
    if let [input] = &found[..]
        && !is_folder
    {
        return single(&input.path, preferences);
    }
    let mut preferences = preferences.clone();
    if preferences.name.is_none() {
        let name = inputs::folder_name(arguments).unwrap_or_default();
        preferences.name = Some(srcify_plan::project_name(&name));
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .stack_size(WORKER_STACK)
        .build()?;
    pool.install(|| several(found, &preferences))
}

fn single(path: &Utf8Path, preferences: &Preferences) -> anyhow::Result<PlannedPackage> {
    let prepared = prepare(path, preferences).map_err(|failure| {
        if !failure.details.is_empty() {
            anstream::eprint!("{}", failure.details);
        }
        failure.error
    })?;
    let planned = plan_prepared(prepared, preferences);
    Ok(PlannedPackage {
        plan: planned.plan.clone(),
        parts: vec![planned],
        diagnostics: Vec::new(),
        failed: Vec::new(),
        skipped: Vec::new(),
    })
}

fn several(found: Vec<Input>, preferences: &Preferences) -> anyhow::Result<PlannedPackage> {
    let mut failed = Vec::new();
    let mut skipped = Vec::new();
    let mut prepared: Vec<(Input, Prepared)> = Vec::new();
    let results: Vec<_> = found
        .into_par_iter()
        .map(|input| {
            let result = prepare(&input.path, preferences);
            (input, result)
        })
        .collect();
    for (input, result) in results {
        match result {
            Ok(ready) => prepared.push((input, ready)),
            Err(failure) => {
                failed.push((
                    input.path,
                    format!("{}{:#}", failure.details, failure.error),
                ));
            }
        }
    }
    let modules = modules_of(&prepared);
    prepared.retain(|(input, ready)| match no_job(input, ready, &modules) {
        Some(reason) => {
            skipped.push((input.path.clone(), reason));
            false
        }
        None => true,
    });
    if prepared.is_empty() {
        for (path, reason) in &failed {
            anstream::eprintln!("{path}: {reason}");
        }
        bail!("none of the inputs can be converted");
    }
    let paths: Vec<Utf8PathBuf> = prepared
        .iter()
        .map(|(input, _)| input.path.clone())
        .collect();
    let names = job_names(&paths);
    let mut parts: Vec<Planned> = prepared
        .into_par_iter()
        .zip(names)
        .map(|((input, ready), name)| {
            let wishes = Preferences {
                job: Some(name),
                ..preferences.clone()
            };
            let mut planned = plan_prepared(ready, &wishes);
            planned.plan.origins = vec![input.path.to_string()];
            for job in &mut planned.plan.jobs {
                job.origin = input.path.to_string();
            }
            planned
        })
        .collect();
    let mut plans: Vec<Plan> = parts
        .iter_mut()
        .map(|it| std::mem::take(&mut it.plan))
        .collect();
    let project = plans[0].project.replace(['-', '_', '.'], " ");
    let (plan, diagnostics) = srcify_plan::merge(&mut plans, &format!("The jobs of {project}"));
    for (part, plan) in parts.iter_mut().zip(plans) {
        part.plan = plan;
    }
    Ok(PlannedPackage {
        parts,
        plan,
        diagnostics,
        failed,
        skipped,
    })
}

/// The files that inputs import as modules.
fn modules_of(prepared: &[(Input, Prepared)]) -> BTreeSet<Utf8PathBuf> {
    let mut modules = BTreeSet::new();
    for (input, ready) in prepared {
        let folder = input.path.parent().unwrap_or(Utf8Path::new(""));
        for path in &ready.linked.paths {
            modules.extend(folder.join(path).canonicalize_utf8());
        }
    }
    modules
}

/// Why a file in a folder is no job.
fn no_job(
    input: &Input,
    ready: &Prepared,
    modules: &BTreeSet<Utf8PathBuf>,
) -> Option<&'static str> {
    if input.is_named || input.path.extension() != Some("py") {
        return None;
    }
    let real = input.path.canonicalize_utf8().ok()?;
    if modules.contains(&real) {
        return Some("a module of other inputs");
    }
    let program = &ready.linked.program;
    let only_defines = program.units().iter().all(|unit| {
        matches!(
            program.statement(unit.id),
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) | Stmt::Import(_) | Stmt::ImportFrom(_)
        ) || matches!(program.statement(unit.id), Stmt::Expr(it) if it.value.is_string_literal_expr())
    });
    only_defines.then_some("it only defines, and nothing imports it")
}

/// A name for each job, from its file: `01 Train model.ipynb` is `train_model`.
fn job_names(paths: &[Utf8PathBuf]) -> Vec<String> {
    let own = |path: &Utf8PathBuf| srcify_plan::job_name(path.file_stem().unwrap_or(""));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        *counts.entry(own(path)).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    paths
        .iter()
        .map(|path| {
            let mut wanted = own(path);
            let folder = path.parent().and_then(Utf8Path::file_name);
            if counts[&wanted] > 1
                && let Some(folder) = folder
            {
                wanted = srcify_plan::job_name(&format!("{folder} {wanted}"));
            }
            let mut name = wanted.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{wanted}_{number}");
                number += 1;
            }
            name
        })
        .collect()
}
