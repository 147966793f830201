//! `cargo xtask programs`: generated programs, converted, run and compared.
//!
//! `programs/generate.py` draws them from seeds, `programs/programs.py` runs each and its package.

use std::process::Command;

use camino::Utf8Path;
use clap::Args;

use crate::ecosystem;
use crate::process::{build_srcify, step};

/// How many programs, and which.
#[derive(Debug, Args)]
pub struct ProgramsArgs {
    /// How many programs are drawn
    #[arg(long, value_name = "N", default_value_t = 1000)]
    count: u32,
    /// The seed of the first
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u32,
    /// The share of programs with numpy and pandas
    #[arg(long, value_name = "SHARE", default_value_t = 0.3)]
    libraries: f64,
    /// How many run at once
    #[arg(long, value_name = "N", default_value_t = 2)]
    jobs: usize,
    /// Make programs small that differ from their package
    #[arg(long)]
    shrink: bool,
}

/// Runs them under the corpus's interpreter, and fails when a package differs.
pub fn run(root: &Utf8Path, args: &ProgramsArgs) -> anyhow::Result<()> {
    let srcify = build_srcify(root)?;
    let mut command = Command::new(ecosystem::interpreter(root)?);
    command.arg(root.join("xtask/programs/programs.py"));
    command.args(["--srcify", srcify.as_str()]);
    for (option, value) in [
        ("--count", args.count.to_string()),
        ("--seed", args.seed.to_string()),
        ("--libraries", args.libraries.to_string()),
        ("--jobs", args.jobs.to_string()),
    ] {
        command.args([option, &value]);
    }
    if args.shrink {
        command.arg("--shrink");
    }
    step("draw, convert, run and compare", &mut command)
}
