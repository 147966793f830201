//! `cargo xtask ecosystem`: real notebooks and scripts, converted, run and compared.
//!
//! The corpus is a list of files inside source distributions on PyPI; nothing of it is committed. Converting, running
//! and comparing is `ecosystem/ecosystem.py`, under an interpreter that has the libraries of the corpus.

use std::fs;
use std::process::Command;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use crate::process::{build_srcify, step, target};
use crate::python;

/// Which inputs run, and how.
#[derive(Debug, Args)]
pub struct EcosystemArgs {
    /// Only the first N inputs, the quick ones first
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Only the inputs whose id contains this
    #[arg(long, value_name = "ID")]
    only: Option<String>,
    /// Only so many inputs, spread evenly over the list
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// How many inputs run at once
    #[arg(long, value_name = "N", default_value_t = 2)]
    jobs: usize,
    /// Keep the results of an earlier call, and run the rest
    #[arg(long)]
    resume: bool,
    /// Compare with the results of another commit
    #[arg(long, value_name = "OLD.json")]
    diff: Option<Utf8PathBuf>,
    /// Also count what ruff finds in each package
    #[arg(long)]
    lint: bool,
    /// Also count what mypy finds in each package
    #[arg(long)]
    types: bool,
    /// Also run each input unobserved, and compare the times
    #[arg(long)]
    overhead: bool,
    /// Measure the packages: lengths, types, settings, findings, their own tests; run nothing of the input
    #[arg(long)]
    quality: bool,
}

/// Fetches the corpus, makes its environment, and prints the table.
pub fn run(root: &Utf8Path, args: &EcosystemArgs) -> anyhow::Result<()> {
    let folder = root.join("xtask/ecosystem");
    let work = target(root)?.join("ecosystem");
    let inputs = inputs(root, &folder, &work)?;
    let python = interpreter(root)?;
    let srcify = build_srcify(root)?;
    let mut command = Command::new(&python);
    command.arg(folder.join("ecosystem.py"));
    command.args(["--srcify", srcify.as_str(), "--inputs", inputs.as_str()]);
    command.args(["--work", work.as_str(), "--jobs", &args.jobs.to_string()]);
    if let Some(limit) = args.limit {
        command.args(["--limit", &limit.to_string()]);
    }
    if let Some(only) = &args.only {
        command.args(["--only", only]);
    }
    if let Some(sample) = args.sample {
        command.args(["--sample", &sample.to_string()]);
    }
    if let Some(diff) = &args.diff {
        command.args(["--diff", diff.as_str()]);
    }
    for (wanted, flag) in [
        (args.resume, "--resume"),
        (args.lint, "--lint"),
        (args.types, "--types"),
        (args.quality, "--quality"),
        (args.overhead, "--overhead"),
    ] {
        if wanted {
            command.arg(flag);
        }
    }
    step("convert, run and compare", &mut command)?;
    println!("results: {}", work.join("results.json"));
    Ok(())
}

/// The folder with the corpus: the one that `SRCIFY_ECOSYSTEM_INPUTS` names, or one fetched once.
fn inputs(root: &Utf8Path, folder: &Utf8Path, work: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    if let Ok(inputs) = std::env::var("SRCIFY_ECOSYSTEM_INPUTS") {
        return Ok(Utf8PathBuf::from(inputs));
    }
    let inputs = work.join("inputs");
    let manifest =
        fs::read_to_string(folder.join("dev-corpus.tsv")).context("cannot read the manifest")?;
    let fetched = inputs.join(".manifest");
    if fs::read_to_string(&fetched).is_ok_and(|text| text == manifest) {
        return Ok(inputs);
    }
    // This environment has pip, which is all that the fetcher uses.
    let pip = python::uv(root)?.python();
    let script = folder.join("fetch_dev_corpus.py");
    step(
        "fetch the corpus",
        Command::new(pip).args([script.as_str(), inputs.as_str()]),
    )?;
    fs::write(&fetched, manifest).with_context(|| format!("cannot write `{fetched}`"))?;
    Ok(inputs)
}

/// The interpreter that `SRCIFY_ECOSYSTEM_PYTHON` names, or one made once.
pub fn interpreter(root: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    match std::env::var("SRCIFY_ECOSYSTEM_PYTHON") {
        Ok(python) => Ok(Utf8PathBuf::from(python)),
        Err(_) => {
            Ok(python::environment(root, &root.join("xtask/ecosystem/requirements.txt"))?.python())
        }
    }
}
