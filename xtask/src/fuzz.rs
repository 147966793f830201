//! `cargo xtask fuzz`: odd inputs for one stage, from the fixtures as seeds.
//!
//! The engine is `crates/srcify/examples/fuzz.rs`: it needs no other toolchain, and gives the same inputs for a seed.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use crate::process::{cargo, step};

/// What is fed, and for how long.
#[derive(Debug, Args)]
pub struct FuzzArgs {
    /// The last stage that runs
    #[arg(long, value_parser = ["read", "lower", "analyze", "plan", "emit"], default_value = "emit")]
    target: String,
    /// For how long
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u64,
    /// Decides which inputs are made
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// More scripts to begin with
    seeds: Vec<Utf8PathBuf>,
}

/// Builds the engine and runs it; fails when it finds something.
pub fn run(root: &Utf8Path, args: &FuzzArgs) -> anyhow::Result<()> {
    let mut command = cargo(root);
    command.args([
        "run",
        "--quiet",
        "--package",
        "srcify",
        "--example",
        "fuzz",
        "--",
    ]);
    command.args([
        &args.target,
        &args.seconds.to_string(),
        &args.seed.to_string(),
    ]);
    for folder in root.join("fixtures").read_dir_utf8()? {
        let input = folder?.path().join("input.py");
        if input.is_file() {
            command.arg(input);
        }
    }
    command.args(&args.seeds);
    step("fuzz", &mut command)
}
