//! What developers run: `cargo xtask test`, `demo`, `ecosystem`, `programs`, `fuzz`, `tidy`, `effects-bench`, `catalog-audit`, `bench`.
//!
//! In: the workspace. Out: what happened, on the terminal, and a status. Everything made lies under `target/`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's tool talks to the terminal"
)]

mod bench;
mod catalog_audit;
mod demo;
mod ecosystem;
mod effects_bench;
mod faults;
mod folder;
mod fuzz;
mod process;
mod programs;
mod python;
mod test;
mod text;
mod tidy;

use std::process::ExitCode;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, Parser};

/// Tasks for developers of srcify.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Format, lints, documentation, tidy, and every test, those with a real Python included
    Test(test::TestArgs),
    /// Convert the example, run notebook and package, and show that they print the same numbers
    Demo,
    /// Convert real notebooks and scripts, run them and their packages, and print the table
    Ecosystem(ecosystem::EcosystemArgs),
    /// Convert generated programs, run them and their packages, and show where they differ
    Programs(programs::ProgramsArgs),
    /// Seed faults into emitted packages, and count how many their own tests catch
    Faults(faults::FaultsArgs),
    /// Run the labelled functions, and print recall, precision and the share of unknown of the analysis
    EffectsBench(effects_bench::EffectsBenchArgs),
    /// Feed odd inputs to one stage: no panic, no hang, and what is emitted parses
    Fuzz(fuzz::FuzzArgs),
    /// Check the rules of the house that no compiler checks
    Tidy,
    /// Compare the knowledge base with the libraries of an environment
    CatalogAudit(CatalogAuditArgs),
    /// Measure what `srcify check` costs beside ruff, or what planning costs as inputs grow
    Bench(bench::BenchArgs),
}

/// What is compared with what.
#[derive(Debug, Args)]
struct CatalogAuditArgs {
    /// Only these libraries; default: all that the knowledge base describes and the environment has
    libraries: Vec<String>,
    /// The interpreter with the libraries; default: the corpus's, made when it is missing
    #[arg(long)]
    python: Option<String>,
}

fn main() -> ExitCode {
    match run(Task::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    let root = root()?;
    match task {
        Task::Test(args) => test::run(&root, &args),
        Task::Demo => demo::run(&root),
        Task::Ecosystem(args) => ecosystem::run(&root, &args),
        Task::Programs(args) => programs::run(&root, &args),
        Task::Faults(args) => faults::run(&root, &args),
        Task::EffectsBench(args) => effects_bench::run(&root, &args),
        Task::Fuzz(args) => fuzz::run(&root, &args),
        Task::Tidy => tidy::run(&root),
        Task::Bench(args) => bench::run(&root, &args),
        Task::CatalogAudit(args) => {
            let python = match args.python {
                Some(python) => python,
                None => ecosystem::interpreter(&root)?.into_string(),
            };
            catalog_audit::run(&python, &args.libraries)
        }
    }
}

/// The workspace's folder: the one above this crate's.
fn root() -> anyhow::Result<Utf8PathBuf> {
    let manifest =
        std::env::var("CARGO_MANIFEST_DIR").context("start this task with `cargo xtask`")?;
    let crate_folder = Utf8PathBuf::from(manifest);
    crate_folder
        .parent()
        .map(Utf8Path::to_owned)
        .context("the folder `xtask` has no parent")
}
