//! `cargo xtask faults`: breaks emitted packages, and counts how often their own tests notice.

use std::fs;
use std::process::Command;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use crate::process::{build_srcify, step, target};
use crate::python;

/// The inputs whose packages are broken: a notebook, scripts, files, classes, settings, databases.
const INPUTS: [&str; 6] = [
    "examples/churn/churn.ipynb",
    "examples/flights/delays.py",
    "examples/orders/simulate.py",
    "fixtures/small/input.py",
    "fixtures/files_and_class/input.py",
    "fixtures/frame_steps/input.py",
];

/// How many faults, and where.
#[derive(Debug, Args)]
pub struct FaultsArgs {
    /// Other notebooks and scripts to convert and break
    inputs: Vec<Utf8PathBuf>,
    /// Most faults of each kind in each package
    #[arg(long, value_name = "N", default_value_t = 2)]
    each: usize,
    /// How many tests run at once
    #[arg(long, value_name = "N", default_value_t = 2)]
    jobs: usize,
}

/// Converts the inputs, seeds the faults, and prints which were caught.
pub fn run(root: &Utf8Path, args: &FaultsArgs) -> anyhow::Result<()> {
    let srcify = build_srcify(root)?;
    let work = target(root)?.join("faults");
    if work.exists() {
        fs::remove_dir_all(&work).with_context(|| format!("cannot remove `{work}`"))?;
    }
    let inputs: Vec<Utf8PathBuf> = if args.inputs.is_empty() {
        INPUTS.iter().map(|path| root.join(path)).collect()
    } else {
        args.inputs.clone()
    };
    let mut projects = Vec::new();
    for (number, input) in inputs.iter().enumerate() {
        let project = work.join(format!("project-{number}"));
        let mut command = Command::new(&srcify);
        command.args(["convert", input.as_str(), "--output", project.as_str()]);
        command.args([
            "--name",
            &format!("subject{number}"),
            "--no-lock",
            "--quiet",
        ]);
        step(&format!("convert {input}"), &mut command)?;
        projects.push(project);
    }
    let python = interpreter(root)?;
    let mut command = Command::new(python);
    command.arg(root.join("xtask/ecosystem/faults.py"));
    command.args(["--work", work.join("broken").as_str()]);
    command.args([
        "--each",
        &args.each.to_string(),
        "--jobs",
        &args.jobs.to_string(),
    ]);
    step("seed faults and run the tests", command.args(projects))
}

/// The interpreter that `SRCIFY_E2E_PYTHON` names, or one made once.
fn interpreter(root: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    match std::env::var("SRCIFY_E2E_PYTHON") {
        Ok(python) => Ok(Utf8PathBuf::from(python)),
        Err(_) => Ok(python::environment(root, &root.join("xtask/requirements-e2e.txt"))?.python()),
    }
}
