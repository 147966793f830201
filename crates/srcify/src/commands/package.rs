//! One package of one or several inputs: what `convert` and `plan` have in common.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use srcify_link::Linked;
use srcify_plan::{Inference, Plan, Preferences};
use srcify_syntax::Diagnostic;
use srcify_syntax::ast::Stmt;

use crate::bugs;
use crate::commands::sequence::in_sequence;
use crate::commands::{Failure, Planned, Prepared, analyzed, plan_prepared, prepare};
use crate::inputs::{self, Input};
use crate::installed::Installed;
use crate::wishes;

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
    /// The name after the input, where the package has another because that one would hide a module.
    pub hiding: Option<String>,
    /// Nobody asked for a job that predicts, and there could be one.
    pub may_predict: bool,
}

impl PlannedPackage {
    /// All of it for machines.
    pub fn json(&self) -> String {
        let parts: Vec<_> = self
            .parts
            .iter()
            .map(|it| srcify_report::Part {
                program: &it.program,
                plan: &it.plan,
                diagnostics: &it.diagnostics,
            })
            .collect();
        srcify_report::package_json(&parts, &self.plan, &self.diagnostics)
    }
}

impl PlannedPackage {
    /// Whether its name is that of a module that it, or Python, imports.
    pub fn hides_a_module(&self) -> bool {
        let name = &self.plan.package;
        let mut parts = self.parts.iter();
        let is_imported = parts.any(|it| {
            srcify_effects::imported_libraries(&it.program).contains(name) && !it.owns(name)
        });
        let is_needed = ["omegaconf", "pydantic", "yaml"].contains(&name.as_str());
        is_imported || is_needed || srcify_effects::distributions::is_standard_library(name)
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
///
/// A notebook called after a library that it imports (`networkx.ipynb`) becomes `networkx-analysis`, unless its author
/// named it.
pub fn plan_package(
    arguments: &[Utf8PathBuf],
    preferences: &Preferences,
    predict: bool,
    installed: Option<&Installed>,
) -> anyhow::Result<PlannedPackage> {
    let wishes = wishes::read(arguments)?;
    let package = plan_as_wished(arguments, preferences, &wishes, predict, installed)?;
    let is_named = preferences.name.is_some() || wishes.name.is_some();
    if is_named || !package.hides_a_module() {
        return Ok(package);
    }
    let renamed = Preferences {
        name: Some(format!("{}-analysis", package.plan.project)),
        ..preferences.clone()
    };
    let other = plan_as_wished(arguments, &renamed, &wishes, predict, installed)?;
    Ok(PlannedPackage {
        hiding: Some(package.plan.package),
        ..other
    })
}

fn plan_as_wished(
    arguments: &[Utf8PathBuf],
    preferences: &Preferences,
    wishes: &wishes::Wishes,
    predict: bool,
    installed: Option<&Installed>,
) -> anyhow::Result<PlannedPackage> {
    let found = inputs::collect(arguments)?;
    if predict && (found.len() > 1 || arguments.iter().any(|it| it.is_dir())) {
        bail!("`--predict` takes one input");
    }
    let mut preferences = preferences.clone();
    preferences.name = preferences.name.or(wishes.name.clone());
    preferences.keep_plots |= wishes.keep_plots;
    preferences.names.clone_from(&wishes.names);
    preferences.in_code.clone_from(&wishes.in_code);
    if let Some(first) = arguments.first() {
        preferences.effects = wishes::effects_in(&wishes::folder_of(first))?;
    }
    if let Some(installed) = installed {
        preferences.effects.ask(installed.answer.clone());
    }
    let is_folder = arguments.iter().any(|argument| argument.is_dir());
    if let [input] = &found[..]
        && !is_folder
    {
        let file = input.path.file_name().unwrap_or_default();
        preferences.job = wishes.jobs.get(file).cloned();
        return single(&input.path, &preferences, predict);
    }
    if preferences.name.is_none() {
        let name = inputs::folder_name(arguments).unwrap_or_default();
        preferences.name = Some(srcify_plan::project_name(&name));
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .stack_size(WORKER_STACK)
        .build()?;
    pool.install(|| several(found, &preferences, &wishes.jobs))
}

fn single(
    path: &Utf8Path,
    preferences: &Preferences,
    predict: bool,
) -> anyhow::Result<PlannedPackage> {
    let prepared = guarded(path, || prepare(path, preferences)).and_then(|it| it);
    let planned = prepared.and_then(|prepared| {
        guarded(path, || {
            if predict {
                with_inference(prepared, preferences)
            } else if prepared.commands.len() > 1 && prepared.linked.whole.is_empty() {
                with_commands(prepared, preferences)
            } else {
                let may_predict = may_predict(&prepared, preferences);
                PlannedPackage {
                    may_predict,
                    ..alone(plan_prepared(prepared, preferences))
                }
            }
        })
    });
    planned.map_err(|failure| {
        if !failure.details.is_empty() {
            anstream::eprint!("{}", failure.details);
        }
        failure.error
    })
}

/// The package of one input.
fn alone(mut planned: Planned) -> PlannedPackage {
    srcify_plan::draw_apart(&mut planned.plan, &planned.graph);
    let plan = planned.plan.clone();
    whole(vec![planned], plan, Vec::new())
}

/// A package of which no input is missing.
fn whole(parts: Vec<Planned>, plan: Plan, diagnostics: Vec<Diagnostic>) -> PlannedPackage {
    PlannedPackage {
        parts,
        plan,
        diagnostics,
        failed: Vec::new(),
        skipped: Vec::new(),
        hiding: None,
        may_predict: false,
    }
}

/// Whether `--predict` would add a job.
fn may_predict(prepared: &Prepared, preferences: &Preferences) -> bool {
    let program = &prepared.linked.program;
    let analyze = |program: &_| analyzed(program, &preferences.effects).0;
    let is_whole = prepared.linked.whole.is_empty();
    is_whole
        && srcify_plan::predicts(program)
        && srcify_plan::inference(program, &analyze(program), &analyze).is_ok()
}

/// One input as two jobs: what it does, and predicting with what it fits; one job where that is not proven.
fn with_inference(prepared: Prepared, preferences: &Preferences) -> PlannedPackage {
    let (graph, _) = analyzed(&prepared.linked.program, &preferences.effects);
    let analyze = |program: &_| analyzed(program, &preferences.effects).0;
    let found = srcify_plan::inference(&prepared.linked.program, &graph, &analyze);
    let Inference { training, predict } = match found {
        Ok(found) => found,
        Err((span, reason)) => {
            let what = if span.is_some() { "this " } else { "" };
            let message = format!("there is no predict job: {what}{reason}");
            let mut prepared = prepared;
            // Planning changes the text, and moves what is told of it.
            let diagnostic = Diagnostic::warning("no-inference", span, message);
            prepared.diagnostics.push(diagnostic);
            let planned = plan_prepared(prepared, preferences);
            return alone(planned);
        }
    };
    let project = srcify_plan::package_of(&training, preferences).0;
    let named = |job: Option<&str>| Preferences {
        name: Some(project.clone()),
        job: job.map(str::to_owned).or_else(|| preferences.job.clone()),
        ..preferences.clone()
    };
    let mut first = plan_prepared(
        Prepared {
            linked: Linked {
                program: srcify_syntax::parse(training).output,
                ..prepared.linked
            },
            diagnostics: prepared.diagnostics,
            commands: Vec::new(),
        },
        &named(None),
    );
    let mut second = plan_prepared(
        Prepared {
            linked: Linked::of(srcify_syntax::parse(predict).output),
            diagnostics: Vec::new(),
            commands: Vec::new(),
        },
        &Preferences {
            summary: Some("Predict with what the training stored".to_owned()),
            ..named(Some("predict"))
        },
    );
    second.diagnostics.clear();
    second.plan.origins.clear();
    for job in &mut second.plan.jobs {
        job.origin = "-".to_owned();
    }
    let summary = first.plan.summary.clone();
    let mut plans = vec![
        std::mem::take(&mut first.plan),
        std::mem::take(&mut second.plan),
    ];
    let (plan, diagnostics) = srcify_plan::merge(&mut plans, &summary);
    second.plan = plans.pop().unwrap_or_default();
    first.plan = plans.pop().unwrap_or_default();
    whole(vec![first, second], plan, diagnostics)
}

/// One script with commands as a job for each.
fn with_commands(prepared: Prepared, preferences: &Preferences) -> PlannedPackage {
    let project = srcify_plan::package_of(&prepared.linked.program.source, preferences).0;
    let mut parts: Vec<Planned> = prepared
        .commands
        .into_iter()
        .map(|command| {
            let wishes = Preferences {
                name: Some(project.clone()),
                job: Some(srcify_plan::job_name(&command.name)),
                summary: command.help,
                ..preferences.clone()
            };
            let own = Prepared {
                linked: Linked::of(command.program),
                diagnostics: command.diagnostics,
                commands: Vec::new(),
            };
            let mut planned = plan_prepared(own, &wishes);
            // The input does nothing of this without its command, so there is nothing to compare it with.
            for job in &mut planned.plan.jobs {
                job.origin = "-".to_owned();
            }
            planned
        })
        .collect();
    let mut plans: Vec<Plan> = parts
        .iter_mut()
        .map(|it| std::mem::take(&mut it.plan))
        .collect();
    for plan in plans.iter_mut().skip(1) {
        plan.origins.clear();
    }
    let summary = srcify_plan::summary_of(&prepared.linked.program);
    let (plan, diagnostics) = srcify_plan::merge(&mut plans, &summary);
    for (part, plan) in parts.iter_mut().zip(plans) {
        part.plan = plan;
    }
    whole(parts, plan, diagnostics)
}

fn several(
    found: Vec<Input>,
    preferences: &Preferences,
    jobs: &BTreeMap<String, String>,
) -> anyhow::Result<PlannedPackage> {
    let mut failed = Vec::new();
    let mut skipped = Vec::new();
    // Who names files says in which order, too.
    let is_found = found.iter().all(|it| !it.is_named);
    let mut prepared = prepare_all(found, preferences, &mut failed);
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
    let wished = prepared.iter().map(|(input, ready)| {
        let file = input.path.file_name().unwrap_or_default();
        let wish = jobs.get(file).cloned();
        let wish = wish.or_else(|| srcify_plan::wished_job(&ready.linked.program));
        (input.path.clone(), wish)
    });
    let names = job_names(&wished.collect::<Vec<_>>());
    let mut parts = Vec::new();
    for (path, result) in plan_all(prepared, names, preferences) {
        match result {
            Ok(planned) => parts.push(planned),
            Err(failure) => failed.push((path, format!("{:#}", failure.error))),
        }
    }
    if parts.is_empty() {
        bail!("none of the inputs can be converted");
    }
    if is_found {
        parts = in_sequence(parts);
    }
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
        hiding: None,
        may_predict: false,
    })
}

/// Reads the inputs, on all cores; those that cannot be read go to `failed`, with the reason.
fn prepare_all(
    found: Vec<Input>,
    preferences: &Preferences,
    failed: &mut Vec<(Utf8PathBuf, String)>,
) -> Vec<(Input, Prepared)> {
    let results: Vec<_> = found
        .into_par_iter()
        .map(|input| {
            let result =
                guarded(&input.path, || prepare(&input.path, preferences)).and_then(|it| it);
            (input, result)
        })
        .collect();
    let mut prepared = Vec::new();
    for (input, result) in results {
        match result {
            Ok(ready) => prepared.push((input, ready)),
            Err(failure) => {
                let reason = format!("{}{:#}", failure.details, failure.error);
                failed.push((input.path, reason));
            }
        }
    }
    prepared
}

/// Plans each input as the job of its name, on all cores.
fn plan_all(
    prepared: Vec<(Input, Prepared)>,
    names: Vec<String>,
    preferences: &Preferences,
) -> Vec<(Utf8PathBuf, Result<Planned, Failure>)> {
    prepared
        .into_par_iter()
        .zip(names)
        .map(|((input, ready), name)| {
            let wishes = Preferences {
                job: Some(name),
                ..preferences.clone()
            };
            let planned = guarded(&input.path, || plan_prepared(ready, &wishes));
            let planned = planned.map(|mut planned| {
                planned.plan.origins = vec![input.path.to_string()];
                for job in &mut planned.plan.jobs {
                    job.origin = input.path.to_string();
                }
                planned
            });
            (input.path, planned)
        })
        .collect()
}

/// Runs a stage for one input: a bug of ours that it brings up does not stop the others.
fn guarded<T>(input: &Utf8Path, stage: impl FnOnce() -> T) -> Result<T, Failure> {
    bugs::guarded(stage).map_err(|message| anyhow::anyhow!("`{input}`: {message}").into())
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

/// A name for each job: what the author wishes, else its file's: `01 Train model.ipynb` is `train_model`.
fn job_names(inputs: &[(Utf8PathBuf, Option<String>)]) -> Vec<String> {
    let own = |(path, wish): &(Utf8PathBuf, Option<String>)| {
        let name = || srcify_plan::job_name(path.file_stem().unwrap_or(""));
        wish.clone().unwrap_or_else(name)
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for input in inputs {
        *counts.entry(own(input)).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for input in inputs {
        let mut wanted = own(input);
        let folder = input.0.parent().and_then(Utf8Path::file_name);
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
        names.push(name);
    }
    names
}
