//! `cargo xtask effects-bench`: labelled functions, run to see what they do, and what the analysis says of them.

use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use crate::ecosystem::interpreter;
use crate::process::step;

/// Which functions.
#[derive(Debug, Args)]
pub struct EffectsBenchArgs {
    /// A folder of cases in the form of `crates/effects/bench/cases`, with `labels.tsv` beside it
    #[arg(long, value_name = "FOLDER")]
    cases: Option<Utf8PathBuf>,
    /// Trust the labels: do not run the functions
    #[arg(long)]
    no_oracle: bool,
    /// Write the labels that running gives
    #[arg(long)]
    write: bool,
}

/// Checks the labels by running the functions, then prints recall, precision and the share of unknown.
pub fn run(root: &Utf8Path, args: &EffectsBenchArgs) -> anyhow::Result<()> {
    let bench = root.join("crates/effects/bench");
    let folders = match &args.cases {
        Some(cases) => vec![cases.clone()],
        None => [
            "",
            "second/",
            "third/",
            "fourth/",
            "fifth/",
            "sixth/",
            "seventh/",
            "eighth/",
            "ninth/",
            "tenth/",
            "eleventh/",
            "twelfth/",
            "thirteenth/",
            "fourteenth/",
            "fifteenth/",
            "sixteenth/",
            "seventeenth/",
            "eighteenth/",
            "nineteenth/",
            "twentieth/",
            "twentyfirst/",
            "twentysecond/",
            "twentythird/",
            "twentyfourth/",
            "twentyfifth/",
            "twentysixth/",
            "twentyseventh/",
            "twentyeighth/",
            "twentyninth/",
            "thirtieth/",
            "thirtyfirst/",
            "thirtysecond/",
            "thirtythird/",
            "thirtyfourth/",
            "thirtyfifth/",
            "thirtysixth/",
            "thirtyseventh/",
            "thirtyeighth/",
            "thirtyninth/",
            "fortieth/",
            "fortyfirst/",
            "fortysecond/",
            "fortythird/",
            "fortyfourth/",
            "fortyfifth/",
            "fortysixth/",
            "fortyseventh/",
            "torch/",
        ]
        .map(|it| bench.join(format!("{it}cases")))
        .to_vec(),
    };
    folders
        .iter()
        .try_for_each(|cases| run_folder(root, args, cases))
}

fn run_folder(root: &Utf8Path, args: &EffectsBenchArgs, cases: &Utf8Path) -> anyhow::Result<()> {
    let bench = root.join("crates/effects/bench");
    // Few environments have torch; its labels were made in one.
    let needs_torch = cases.parent().is_some_and(|it| it.ends_with("torch"));
    if !args.no_oracle && (!needs_torch || has_torch(root)?) {
        let mut oracle = Command::new(interpreter(root)?);
        oracle.args([bench.join("oracle.py").as_str(), cases.as_str()]);
        if args.write {
            oracle.arg("--write");
        }
        step("run the functions", &mut oracle)?;
    }
    let mut score = Command::new("cargo");
    score.args(["run", "--quiet", "--package", "srcify_effects"]);
    score.args(["--example", "effects_bench", "--", cases.as_str()]);
    step("compare", score.current_dir(root))
}

/// Whether torch is among the libraries that functions are run with.
fn has_torch(root: &Utf8Path) -> anyhow::Result<bool> {
    let status = Command::new(interpreter(root)?)
        .args([
            "-c",
            "import importlib.util as u, sys; sys.exit(u.find_spec('torch') is None)",
        ])
        .status()?;
    Ok(status.success())
}
