//! `srcify convert`: a notebook or script in, a project out.

use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};
use srcify_plan::Preferences;
use srcify_plan::redacted;
use srcify_report::{Conversion, conversion_text};

use crate::args::{ConvertArgs, Plots};
use crate::commands::{Planned, observe, plan_input, show, verify};
use crate::files;

/// Converts an input.
pub fn run(arguments: ConvertArgs) -> anyhow::Result<ExitCode> {
    let [input] = &arguments.inputs[..] else {
        bail!("several inputs cannot be one package yet; convert them one by one");
    };
    if let Some(name) = &arguments.name {
        check_name(name)?;
    }
    let observation = match arguments.observe.observe {
        true => Some(observe::observe(input, &arguments.observe)?),
        false => None,
    };
    let preferences = Preferences {
        name: arguments.name.clone(),
        keep_plots: arguments.plots == Plots::Keep,
        observed: observation.as_ref().map(|it| it.observed.clone()),
    };
    let mut planned = plan_input(input, &preferences)?;
    if let Some(observation) = &observation {
        observation.pin(&mut planned.plan.dependencies);
    }
    check_package(&planned)?;
    let folder = arguments
        .output
        .clone()
        .unwrap_or_else(|| Utf8PathBuf::from(&planned.plan.project));
    let mut tree = srcify_emit::emit(&planned.plan);
    let record = srcify_report::plan_json(&planned.program, &planned.plan, &planned.diagnostics);
    tree.insert(
        "srcify-report.json",
        redacted(&record, &planned.plan.secret_values),
    );
    if arguments.dry_run {
        for (path, text) in tree.iter() {
            anstream::println!("{folder}/{path} ({} lines)", text.lines().count());
        }
        return Ok(ExitCode::SUCCESS);
    }
    files::write(&tree, &folder, arguments.force)?;
    if !arguments.quiet {
        report(&planned, &folder, arguments.verbose);
    }
    if !arguments.no_lock {
        lock(&folder, arguments.quiet);
    }
    if observation.is_some() {
        let said = verify::after_conversion(input, &folder, &arguments.observe)?;
        if !arguments.quiet {
            anstream::eprintln!("{said}");
        }
    }
    Ok(ExitCode::SUCCESS)
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
fn check_package(planned: &Planned) -> anyhow::Result<()> {
    let package = &planned.plan.package;
    let is_imported = srcify_effects::imported_libraries(&planned.program).contains(package);
    let is_needed = ["omegaconf", "pydantic", "yaml"].contains(&package.as_str());
    if is_imported || is_needed || srcify_effects::distributions::is_standard_library(package) {
        bail!(
            "a package named `{package}` would hide the module of that name; choose another with --name"
        );
    }
    Ok(())
}

/// Says what went where, and what a person should look at.
fn report(planned: &Planned, folder: &Utf8Path, verbose: bool) {
    let conversion = Conversion {
        program: &planned.program,
        plan: &planned.plan,
        diagnostics: &planned.diagnostics,
        folder: folder.as_str(),
        is_verbose: verbose,
    };
    anstream::eprint!("{}", conversion_text(&conversion));
    if verbose {
        let secrets = &planned.plan.secret_values;
        show(&planned.program, planned.diagnostics.iter(), secrets);
    }
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
