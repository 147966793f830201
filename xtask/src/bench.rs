//! `cargo xtask bench check`: what `srcify check` costs beside ruff, on the same sources, in the same minute.
//! `cargo xtask bench analyze`: what the analysis alone costs on the same sources.
//! `cargo xtask bench plan`: what planning costs as inputs grow.
//! `cargo xtask bench inputs`: what the largest inputs cost, from `programs/limits.py`.

use std::process::Command;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::{ecosystem, folder, process};

/// The rules of ruff that look for about the same.
const RUFF_RULES: &str = "D,ANN,S,INP,T20,ERA,NPY,B";

/// The rules that follow effects through calls.
const INTERPROCEDURAL: &str = "LAY,IMP,NBK005";

/// Processor time beside ruff's: without the interprocedural pass, and with it.
const LIMITS: [f64; 2] = [2.0, 6.0];

/// Megabytes, on at most as many lines as below.
const MEMORY: f64 = 300.0;

/// So many lines the limit of memory is about.
const LINES: usize = 400_000;

/// Seconds of processor time that the analysis of at most as many lines may take.
const ANALYSIS: f64 = 6.0;

/// What is measured.
#[derive(Debug, Args)]
pub struct BenchArgs {
    /// The command
    #[arg(value_enum)]
    command: Benchmark,
    /// How often each command runs; the best run counts
    #[arg(long, default_value_t = 5)]
    repeats: usize,
    /// Packages of the environment whose sources are checked
    #[arg(long, value_delimiter = ',', default_value = "sklearn")]
    packages: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Benchmark {
    /// `srcify check` beside `ruff check`
    Check,
    /// The analysis alone, of each module of a package
    Analyze,
    /// `srcify plan` on notebooks of 500 to 8,000 statements
    Plan,
    /// `srcify convert` on the largest inputs that people have
    Inputs,
}

/// Builds the release, runs all commands in turns, prints the table.
///
/// # Errors
/// When something cannot be run, or a limit is exceeded.
pub fn run(root: &Utf8Path, args: &BenchArgs) -> anyhow::Result<()> {
    if let Benchmark::Analyze = args.command {
        return analyze(root, args);
    }
    let mut build = process::cargo(root);
    process::step(
        "build the release",
        build.args(["build", "--release", "--quiet", "-p", "srcify"]),
    )?;
    let srcify = process::target(root)?.join("release").join("srcify");
    match args.command {
        Benchmark::Analyze | Benchmark::Check => check(root, args, &srcify),
        Benchmark::Plan => plan(root, args, &srcify),
        Benchmark::Inputs => inputs(root, &srcify),
    }
}

/// Analyzes each module of the packages, and fails where that takes more than it may.
fn analyze(root: &Utf8Path, args: &BenchArgs) -> anyhow::Result<()> {
    let python = ecosystem::interpreter(root)?;
    let tree = sources(root, &python, &args.packages)?;
    let mut build = process::cargo(root);
    let example = ["--package", "srcify_effects", "--example", "analyze_tree"];
    build.args(["build", "--release", "--quiet"]).args(example);
    process::step("build the release", &mut build)?;
    let examples = process::target(root)?.join("release").join("examples");
    let commands = json!([[examples.join("analyze_tree"), tree]]);
    let mut measure = Command::new(&python);
    measure
        .arg(root.join("xtask/src/bench.py"))
        .arg(args.repeats.to_string())
        .arg(commands.to_string());
    let text = process::capture("measure", &mut measure)?;
    let [[cpu, wall, memory]]: [[f64; 3]; 1] =
        serde_json::from_str(&text).context("the measurements are no list of one")?;
    let lines = count_lines(&tree)?;
    println!("{lines} lines {cpu:>6.2} s CPU {wall:>6.2} s {memory:>5.0} MB");
    if lines <= LINES && cpu > ANALYSIS {
        bail!("more than {ANALYSIS} s of processor time");
    }
    if lines <= LINES && memory > MEMORY {
        bail!("more than {MEMORY} MB");
    }
    Ok(())
}

/// Converts the largest inputs, and fails where that takes more than it may.
fn inputs(root: &Utf8Path, srcify: &Utf8Path) -> anyhow::Result<()> {
    let folder = process::target(root)?.join("bench").join("inputs");
    let mut convert = Command::new("python3");
    convert.arg(root.join("xtask/programs/limits.py"));
    convert.arg(srcify).arg(folder);
    process::step("convert the largest inputs", &mut convert)
}

/// Statements of the notebooks that are planned.
const STATEMENTS: [usize; 5] = [500, 1000, 2000, 4000, 8000];

/// Twice the statements may take so many times as long.
const GROWTH: f64 = 3.0;

/// Plans notebooks that grow, and compares what they cost.
fn plan(root: &Utf8Path, args: &BenchArgs, srcify: &Utf8Path) -> anyhow::Result<()> {
    let folder = process::target(root)?.join("bench").join("long");
    let mut write = Command::new("python3");
    write.arg(root.join("xtask/programs/long.py")).arg(&folder);
    write.args(STATEMENTS.map(|it| it.to_string()));
    process::step("write the notebooks", &mut write)?;
    let command = |statements: usize| {
        let input = folder.join(format!("long_{statements}.ipynb"));
        json!([srcify, "plan", input])
    };
    let commands = json!(STATEMENTS.map(command));
    let mut measure = Command::new("python3");
    measure
        .arg(root.join("xtask/src/bench.py"))
        .arg(args.repeats.to_string())
        .arg(commands.to_string());
    let text = process::capture("measure", &mut measure)?;
    let costs: [[f64; 3]; 5] =
        serde_json::from_str(&text).context("the measurements are no list of five")?;
    let mut before: Option<f64> = None;
    for (statements, [cpu, wall, memory]) in STATEMENTS.iter().zip(costs) {
        println!("{statements:>6} statements {cpu:>6.2} s CPU {wall:>6.2} s {memory:>5.0} MB");
        if before.is_some_and(|before| cpu > before * GROWTH) {
            bail!("twice the statements take more than {GROWTH} times as long");
        }
        before = Some(cpu);
    }
    Ok(())
}

/// Checks sources with ruff and with srcify, and compares what that costs.
fn check(root: &Utf8Path, args: &BenchArgs, srcify: &Utf8Path) -> anyhow::Result<()> {
    let python = ecosystem::interpreter(root)?;
    let tree = sources(root, &python, &args.packages)?;
    let ruff = python.with_file_name("ruff");
    let ruff = if ruff.exists() {
        ruff
    } else {
        Utf8PathBuf::from("ruff")
    };
    let commands = json!([
        [
            ruff,
            "check",
            "--no-cache",
            "--isolated",
            "--select",
            RUFF_RULES,
            tree
        ],
        [
            srcify,
            "check",
            "--ignore",
            INTERPROCEDURAL,
            "--output-format",
            "concise",
            tree
        ],
        [srcify, "check", "--output-format", "concise", tree],
    ]);
    let script = root.join("xtask/src/bench.py");
    let mut measure = Command::new(&python);
    measure
        .arg(script)
        .arg(args.repeats.to_string())
        .arg(commands.to_string());
    let text = process::capture("measure", &mut measure)?;
    let costs: [[f64; 3]; 3] =
        serde_json::from_str(&text).context("the measurements are no list of three")?;
    let lines = count_lines(&tree)?;
    println!("{}: {lines} lines", args.packages.join(", "));
    report(&costs, lines)
}

fn report(costs: &[[f64; 3]; 3], lines: usize) -> anyhow::Result<()> {
    let [ruff, without, with] = costs;
    let names = [
        "ruff check",
        "srcify check, without the interprocedural pass",
        "srcify check",
    ];
    for (name, [cpu, wall, memory]) in names.iter().zip(costs) {
        let ratio = cpu / ruff[0];
        println!("{name:<48} {cpu:>6.2} s CPU {ratio:>5.2} x {wall:>6.2} s {memory:>5.0} MB");
    }
    for ([cpu, _, memory], limit) in [without, with].into_iter().zip(LIMITS) {
        if cpu / ruff[0] > limit {
            bail!("more than {limit} times the processor time of ruff");
        }
        if lines <= LINES && *memory > MEMORY {
            bail!("more than {MEMORY} MB");
        }
    }
    Ok(())
}

/// A folder with copies of the packages, so that neither program sees an environment around them.
fn sources(root: &Utf8Path, python: &Utf8Path, packages: &[String]) -> anyhow::Result<Utf8PathBuf> {
    let tree = process::target(root)?
        .join("bench")
        .join(packages.join("-"));
    if tree.exists() {
        return Ok(tree);
    }
    let mut ask = Command::new(python);
    ask.args([
        "-c",
        "import sysconfig; print(sysconfig.get_paths()['purelib'])",
    ]);
    let site = process::capture("find the packages", &mut ask)?;
    for package in packages {
        let from = Utf8Path::new(site.trim()).join(package);
        folder::copy(&from, &tree.join(package))
            .with_context(|| format!("the environment has no `{package}`"))?;
    }
    Ok(tree)
}

fn count_lines(folder: &Utf8Path) -> anyhow::Result<usize> {
    let mut lines = 0;
    for entry in folder.read_dir_utf8().context("cannot read the sources")? {
        let path = entry.context("cannot read the sources")?.into_path();
        if path.is_dir() {
            lines += count_lines(&path)?;
        } else if path.extension() == Some("py") {
            let bytes = std::fs::read(&path).with_context(|| format!("cannot read `{path}`"))?;
            lines += bytes.split(|it| *it == b'\n').count() - 1;
        }
    }
    Ok(lines)
}
