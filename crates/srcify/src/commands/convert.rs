//! `srcify convert`: a notebook or script in, a project out.

use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};
use srcify_emit::{Extra, Tree, add_extra};
use srcify_plan::Preferences;
use srcify_plan::redacted;
use srcify_report::{Conversion, Summary, conversion_text, left_out, summary_of};

use crate::args::{ConvertArgs, Plots, With};
use crate::bugs;
use crate::commands::package::{PlannedPackage, plan_package};
use crate::commands::{Planned, observe, show, verify};
use crate::files;
use crate::installed::Installed;

/// Converts inputs.
pub fn run(arguments: ConvertArgs) -> anyhow::Result<ExitCode> {
    if let Some(name) = &arguments.name {
        check_name(name)?;
    }
    let observation = match (&arguments.inputs[..], arguments.observe.observe) {
        (_, false) => None,
        ([input], true) if !input.is_dir() => {
            let reading = arguments.reading.reading();
            Some(observe::observe(input, reading, &arguments.observe)?)
        }
        _ => bail!("`--observe` runs one input; convert the others without it"),
    };
    let preferences = Preferences {
        name: arguments.name.clone(),
        keep_plots: arguments.plots == Plots::Keep,
        reading: arguments.reading.reading(),
        observed: observation.as_ref().map(|it| it.observed.clone()),
        ..Preferences::default()
    };
    // What a run showed says more than what libraries declare.
    let python = arguments.observe.python.as_deref();
    let python = python.filter(|_| observation.is_none());
    let installed = Installed::of(python, &arguments.inputs)?;
    let mut package = plan_package(
        &arguments.inputs,
        &preferences,
        arguments.predict,
        installed.as_ref(),
    )?;
    if let Some(observation) = &observation {
        observation.pin(&mut package.plan.dependencies);
    }
    check_package(&package)?;
    let folder = arguments
        .output
        .clone()
        .unwrap_or_else(|| default_folder(&arguments.inputs, &package.plan.project));
    let tree = tree_of(&package, &arguments.with);
    bugs::check_python(&tree)?;
    if arguments.dry_run {
        for (path, text) in tree.iter() {
            anstream::println!("{folder}/{path} ({} lines)", text.lines().count());
        }
    } else {
        files::write(&tree, &folder, arguments.force)?;
        if !arguments.quiet {
            report(&package, &folder, arguments.verbose);
            for folder in installed.iter().flat_map(|it| &it.folders) {
                anstream::eprintln!("types that libraries declare were read in {folder}");
            }
        }
        if !arguments.no_lock {
            lock(&folder, arguments.quiet);
        }
        if let (Some(_), [input]) = (&observation, &arguments.inputs[..]) {
            let said = verify::after_conversion(input, &folder, &arguments.observe)?;
            if !arguments.quiet {
                anstream::eprintln!("{said}");
            }
        }
    }
    Ok(failures(&package))
}

/// Shows the inputs that could not be converted: the status of the command.
fn failures(package: &PlannedPackage) -> ExitCode {
    for (path, reason) in &package.failed {
        anstream::eprintln!("{path}: {reason}");
    }
    let count = package.failed.len();
    if count == 0 {
        return ExitCode::SUCCESS;
    }
    anstream::eprintln!(
        "{count} of {} inputs could not be converted",
        count + package.parts.len()
    );
    ExitCode::FAILURE
}

/// All that is written: the package, what was asked for beside it, and the record.
fn tree_of(package: &PlannedPackage, with: &[With]) -> Tree {
    bugs::stage("emit", "");
    let mut tree = srcify_emit::emit(&package.plan);
    for with in with {
        let extra = match with {
            With::Ci => Extra::Ci,
            With::Docker => Extra::Docker,
        };
        add_extra(&package.plan, extra, &mut tree);
    }
    let record = redacted(&package.json(), &package.plan.secret_values);
    tree.insert("srcify-report.json", record);
    tree
}

/// A folder named as the project, unless the inputs lie there.
fn default_folder(inputs: &[Utf8PathBuf], project: &str) -> Utf8PathBuf {
    let folder = Utf8PathBuf::from(project);
    let real = folder.canonicalize_utf8();
    let holds = |input: &Utf8PathBuf| {
        let input = input.canonicalize_utf8();
        matches!((&real, input), (Ok(folder), Ok(input)) if input.starts_with(folder))
    };
    if inputs.iter().any(holds) {
        Utf8PathBuf::from(format!("{project}-package"))
    } else {
        folder
    }
}

/// A name must be one that PyPI and Python accept.
fn check_name(name: &str) -> anyhow::Result<()> {
    let is_valid = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !is_valid {
        bail!(
            "`{name}` is no name for a package; use letters, digits and hyphens, e.g. --name churn-model"
        );
    }
    Ok(())
}

/// A package must not hide a module that it, or Python, imports.
fn check_package(package: &PlannedPackage) -> anyhow::Result<()> {
    if package.hides_a_module() {
        let name = &package.plan.package;
        bail!(
            "a package named `{name}` would hide the module of that name; choose another with --name"
        );
    }
    Ok(())
}

/// Says what went where, and what a person should look at.
fn report(package: &PlannedPackage, folder: &Utf8Path, verbose: bool) {
    if let Some(hiding) = &package.hiding {
        let project = &package.plan.project;
        anstream::eprintln!("named `{project}`: `{hiding}` would hide the module of that name");
    }
    let [part] = &package.parts[..] else {
        return report_several(package, folder, verbose);
    };
    let conversion = Conversion {
        program: &part.program,
        plan: &part.plan,
        diagnostics: &part.diagnostics,
        folder: folder.as_str(),
        home: part
            .program
            .source
            .path
            .parent()
            .map_or("", Utf8Path::as_str),
        is_verbose: verbose,
    };
    anstream::eprint!("{}", conversion_text(&conversion));
    if package.may_predict {
        anstream::eprintln!(
            "  with `--predict`, `convert` adds a job that predicts new rows with what this one fits"
        );
    }
    if verbose {
        let secrets = &part.plan.secret_values;
        show(&part.program, part.diagnostics.iter(), secrets);
    }
}

/// Says what went where, of several inputs.
fn report_several(package: &PlannedPackage, folder: &Utf8Path, verbose: bool) {
    let summaries: Vec<_> = package
        .parts
        .iter()
        .map(|it| summary_of(&it.plan))
        .collect();
    let sum = |count: fn(&Summary) -> usize| summaries.iter().map(count).sum::<usize>();
    let jobs = match package.plan.jobs.len() {
        1 => String::new(),
        count => format!("{count} jobs, "),
    };
    anstream::eprintln!(
        "{folder}: {jobs}{} statements in domain and io, {} in place, {} dropped, {} settings",
        sum(|it| it.layered),
        sum(|it| it.in_place),
        sum(|it| it.dropped),
        sum(|it| it.settings)
    );
    for (path, reason) in &package.skipped {
        anstream::eprintln!("{path}: no job: {reason}");
    }
    let remarks = package.diagnostics.len()
        + package
            .parts
            .iter()
            .map(|it| it.diagnostics.len())
            .sum::<usize>();
    if verbose {
        for part in &package.parts {
            details(part, &package.plan.secret_values);
        }
        if let Some(part) = package.parts.first() {
            let secrets = &package.plan.secret_values;
            show(&part.program, package.diagnostics.iter(), secrets);
        }
    } else if remarks > 0 {
        anstream::eprintln!("{remarks} remarks; -v shows them");
    }
}

/// What was dropped of an input, and what there is to say about it.
fn details(planned: &Planned, secrets: &[String]) {
    for it in left_out(&planned.program, &planned.plan) {
        let line = redacted(it.text.lines().next().unwrap_or_default(), secrets);
        anstream::eprintln!("  dropped {}: `{line}` {}", it.place, it.reason);
    }
    show(&planned.program, planned.diagnostics.iter(), secrets);
}

/// Locks the dependencies, where uv is there; else says what to run.
fn lock(folder: &Utf8Path, quiet: bool) {
    let result = Command::new("uv")
        .args(["lock", "--quiet", "--project", folder.as_str()])
        .stdin(Stdio::null())
        .output()
        .context("uv is not installed");
    let reason = match result {
        Ok(output) if output.status.success() => return,
        Ok(output) => String::from_utf8_lossy(&output.stderr)
            .lines()
            .next()
            .unwrap_or("it failed")
            .to_owned(),
        Err(error) => error.to_string(),
    };
    if !quiet {
        anstream::eprintln!("no uv.lock ({reason}); run: uv lock --project {folder}");
    }
}
