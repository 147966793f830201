//! `cargo xtask fuzz`: odd inputs for one stage after another, from the fixtures as seeds.
//!
//! The engine is `crates/srcify/examples/fuzz/main.rs`: it needs no other toolchain, and gives the same inputs for a seed.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use crate::process::{cargo, step, target};

/// In the order in which an input passes them.
const TARGETS: [&str; 5] = ["read", "lower", "analyze", "plan", "emit"];

/// What is fed, and for how long.
#[derive(Debug, Args)]
pub struct FuzzArgs {
    /// The last stage that runs; default: each in its turn
    #[arg(value_parser = TARGETS)]
    target: Option<String>,
    /// For how long, each
    #[arg(long, value_name = "N", default_value_t = 1)]
    minutes: u64,
    /// Decides which inputs are made; default: another one each day
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Where the corpus is, and what is found goes; default: `target/fuzz`
    #[arg(long, value_name = "DIR")]
    corpus: Option<Utf8PathBuf>,
    /// More scripts to begin with
    #[arg(long = "script", value_name = "FILE")]
    scripts: Vec<Utf8PathBuf>,
}

/// Builds the engine and runs it for each target; fails when it finds something.
pub fn run(root: &Utf8Path, args: &FuzzArgs) -> anyhow::Result<()> {
    let corpus = match &args.corpus {
        Some(corpus) => corpus.clone(),
        None => target(root)?.join("fuzz"),
    };
    let seconds = (args.minutes * 60).to_string();
    let seed = args.seed.unwrap_or_else(today).to_string();
    let scripts = scripts(root)?;
    let targets = TARGETS
        .iter()
        .filter(|it| args.target.as_deref().is_none_or(|target| target == **it));
    let mut outcomes = Vec::new();
    for target in targets {
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
        command.args([target, seconds.as_str(), &seed, corpus.as_str()]);
        command.args(&scripts).args(&args.scripts);
        outcomes.push(step(&format!("fuzz {target}"), &mut command));
    }
    outcomes.into_iter().collect()
}

/// The scripts among the fixtures.
fn scripts(root: &Utf8Path) -> anyhow::Result<Vec<Utf8PathBuf>> {
    let mut scripts = Vec::new();
    for folder in root.join("fixtures").read_dir_utf8()? {
        let input = folder?.path().join("input.py");
        if input.is_file() {
            scripts.push(input);
        }
    }
    scripts.sort();
    Ok(scripts)
}

/// Days since 1970.
fn today() -> u64 {
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed();
    since.map_or(1, |it| it.as_secs() / 86400)
}
