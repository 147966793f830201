//! `srcify verify`: does the package compute what its input computes?

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, IsTerminal, Write},
    process::ExitCode,
    time::Duration,
};

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};
use srcify_plan::{Preferences, redacted};
use srcify_syntax::Reading;
use srcify_verify::{
    Contract, InputEntry, Interrupt, Learnt, Limits, NoProgress, Package, Pair, ProcessRunner,
    Progress, RunContext, RunError, Runs, Settings, Status, Verdict,
};

use crate::commands::observe::ObserveArgs;
use crate::commands::{plan_input, reading};

const MEGABYTE: u64 = 1024 * 1024;
/// Megabytes of a folder that are copied unasked.
const FOLDER_LIMIT: u64 = 2048;

/// Run the input and the package in two copies of the input's folder, and compare what they compute.
///
/// Exit status: 0 equal, 1 different, 2 could not run.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  srcify verify churn --python .venv/bin/python\n  srcify verify churn --uv --record\n  srcify verify churn --against churn.ipynb --runs 2\n  srcify verify churn --output-format junit > verify.xml"
)]
pub struct VerifyArgs {
    /// The project's folder: the one with `src/`.
    #[arg(default_value = ".")]
    package: Utf8PathBuf,
    /// The notebook or script that the package was made from; default: what its `srcify-report.json` names. Repeatable.
    #[arg(long, value_name = "INPUT")]
    against: Vec<Utf8PathBuf>,
    /// The interpreter of both sides; default: the package's `.venv`, the active environment, `python3`.
    #[arg(long, value_name = "PYTHON", conflicts_with = "uv")]
    python: Option<Utf8PathBuf>,
    /// Make the environment from the package's lock with uv.
    #[arg(long)]
    uv: bool,
    /// Seconds that each run may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    timeout: u64,
    /// Numbers that differ by less, absolutely or relatively, are equal.
    #[arg(long, value_name = "NUMBER", default_value = "1e-9", value_parser = parse_tolerance)]
    tolerance: f64,
    /// Keep the copies, and say where they are.
    #[arg(long)]
    keep: bool,
    /// How often the input runs; default: once, and once more to judge a difference.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    runs: Option<u32>,
    /// How many runs at once.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    jobs: u32,
    /// The folder that each run gets a copy of; default: the input's own.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<Utf8PathBuf>,
    /// Megabytes of that folder beyond which it is copied only when you agree.
    #[arg(long, value_name = "MB", default_value_t = FOLDER_LIMIT)]
    folder_limit: u64,
    /// Megabytes of memory that each run may take; default: no limit.
    #[arg(long, value_name = "MB")]
    memory_limit: Option<u64>,
    /// Keep the runs from the network.
    #[arg(long)]
    offline: bool,
    /// Run the input in this Jupyter kernel (needs nbclient); default: without Jupyter.
    #[arg(long, value_name = "NAME")]
    kernel: Option<String>,
    /// When both are equal, keep the results as a test of the package: `tests/test_equivalence.py`.
    #[arg(long)]
    record: bool,
    /// The form of the verdict.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    output_format: OutputFormat,
}

/// The form of the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// A table, and the first difference explained.
    Text,
    /// For machines.
    Json,
    /// For the test report of a CI system.
    Junit,
    /// A page for the browser.
    Html,
}

/// Runs the command.
pub fn run(args: &VerifyArgs) -> anyhow::Result<ExitCode> {
    let contract = Contract::read(&args.package);
    let package = Package::find(&args.package, contract.package.as_deref())?;
    let pair = find_pair(args, &contract, package)?;
    let secrets = secrets_of(&pair);
    let settings = Settings {
        python: choose_python(args, &pair.package)?,
        limits: Limits {
            timeout: Duration::from_secs(args.timeout),
            memory: args
                .memory_limit
                .map(|limit| limit.saturating_mul(MEGABYTE)),
            folder: folder_limit(args, &pair)?,
        },
        tolerance: args.tolerance,
        runs: runs(args),
        jobs: args.jobs,
        keep: args.keep,
        offline: args.offline,
        kernel: args.kernel.clone(),
        record: args.record,
        secrets,
    };
    let verdict = match verify(&contract, &pair, &settings) {
        Err(error) if is_interrupt(&error) => return Ok(ExitCode::from(130)),
        other => other?,
    };
    let secrets: Vec<String> = settings.secrets.into_values().collect();
    write_verdict(&verdict, args.output_format, &secrets).context("cannot write the verdict")?;
    if args.record {
        anstream::eprintln!("{}", record(&verdict, &pair.package)?);
    }
    Ok(ExitCode::from(verdict.status().exit_code()))
}

/// Runs an input once, with every expression watched, for `convert --observe`.
pub fn learn(
    input: &Utf8Path,
    reading: Reading,
    arguments: &ObserveArgs,
) -> anyhow::Result<Learnt> {
    let order = reading::order_of(input, reading)?;
    let path = input
        .canonicalize_utf8()
        .with_context(|| format!("cannot read `{input}`"))?;
    let folder = path.parent().unwrap_or(Utf8Path::new("/")).to_owned();
    let pair = Pair {
        inputs: vec![InputEntry { path, order }],
        // There is none yet.
        package: Package {
            root: folder.join(".none"),
            source: folder.join(".none/src"),
            name: String::new(),
        },
        folder,
    };
    let settings = settings_for(arguments, &pair, BTreeMap::new())?;
    in_context(&settings, |context| srcify_verify::learn(&pair, context))
}

/// Verifies the package in `folder` that was just made of `input`, and records the results when both are equal.
pub fn after_conversion(
    input: &Utf8Path,
    folder: &Utf8Path,
    arguments: &ObserveArgs,
) -> anyhow::Result<String> {
    let contract = Contract::read(folder);
    let path = input.canonicalize_utf8()?;
    let pair = Pair {
        folder: path.parent().unwrap_or(Utf8Path::new("/")).to_owned(),
        inputs: vec![entry_of(&path, &contract)],
        package: Package::find(folder, contract.package.as_deref())?,
    };
    let mut settings = settings_for(arguments, &pair, secrets_of(&pair))?;
    settings.record = true;
    let verdict = verify(&contract, &pair, &settings)?;
    let recorded = record(&verdict, &pair.package)?;
    if verdict.status() == Status::Equal {
        return Ok(recorded);
    }
    let text = srcify_verify::text(&verdict);
    let secrets: Vec<String> = settings.secrets.into_values().collect();
    Ok(format!("{}{recorded}", redacted(&text, &secrets)))
}

fn settings_for(
    arguments: &ObserveArgs,
    pair: &Pair,
    secrets: BTreeMap<String, String>,
) -> anyhow::Result<Settings> {
    Ok(Settings {
        python: find_python(arguments.python.as_deref(), &pair.package.root)?,
        limits: Limits {
            timeout: Duration::from_secs(arguments.timeout),
            memory: None,
            folder: FOLDER_LIMIT.saturating_mul(MEGABYTE),
        },
        tolerance: 1e-9,
        runs: Runs::Exactly(2),
        jobs: 1,
        keep: false,
        offline: arguments.offline,
        kernel: None,
        record: false,
        secrets,
    })
}

/// Runs both sides and compares them.
fn verify(contract: &Contract, pair: &Pair, settings: &Settings) -> anyhow::Result<Verdict> {
    in_context(settings, |context| {
        srcify_verify::verify(contract, pair, context)
    })
}

/// Gives `work` what it needs to run programs; progress is shown on a terminal, Ctrl-C ends what runs.
fn in_context<T>(
    settings: &Settings,
    work: impl FnOnce(&RunContext<'_>) -> Result<T, RunError>,
) -> anyhow::Result<T> {
    let interrupt = Interrupt::on_signals().context("cannot listen for Ctrl-C")?;
    let runner = ProcessRunner { interrupt };
    let progress: &dyn Progress = if io::stderr().is_terminal() {
        &StatusLine
    } else {
        &NoProgress
    };
    let context = RunContext {
        runner: &runner,
        progress,
        settings,
    };
    Ok(work(&context)?)
}

fn is_interrupt(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(RunError::Interrupted))
}

/// What is recorded must be what the input gives every time, so it runs twice at least.
fn runs(args: &VerifyArgs) -> Runs {
    match (args.runs, args.record) {
        (Some(runs), true) => Runs::Exactly(runs.max(2)),
        (None, true) => Runs::Exactly(2),
        (Some(runs), false) => Runs::Exactly(runs),
        (None, false) => Runs::AsNeeded,
    }
}

/// The bytes that may be copied: as many as the user said, or any number when they agree to it now.
fn folder_limit(args: &VerifyArgs, pair: &Pair) -> anyhow::Result<u64> {
    let limit = args.folder_limit.saturating_mul(MEGABYTE);
    let folder = pair.folder.as_std_path();
    let except = [pair.package.root.as_std_path()];
    if srcify_verify::folder_size(folder, &except, limit) <= limit
        || !(io::stdin().is_terminal() && io::stderr().is_terminal())
    {
        return Ok(limit);
    }
    let size = srcify_verify::folder_size(folder, &except, u64::MAX);
    let mut terminal = anstream::stderr();
    write!(
        terminal,
        "`{}` holds {} MB, and every run works on its own copy. Go on? [y/N] ",
        pair.folder,
        size / MEGABYTE
    )?;
    terminal.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    let agrees = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes");
    Ok(if agrees { u64::MAX } else { limit })
}

/// The secrets that the inputs hold as literals, by the variable from which the package reads each.
fn secrets_of(pair: &Pair) -> BTreeMap<String, String> {
    let preferences = Preferences::default();
    let plans = pair
        .inputs
        .iter()
        .filter_map(|input| plan_input(&input.path, &preferences).ok());
    plans
        .flat_map(|planned| planned.plan.secret_variables)
        .collect()
}

/// Writes the package's test against what was recorded; says what came of it.
fn record(verdict: &Verdict, package: &Package) -> anyhow::Result<String> {
    let Some(files) = srcify_verify::equivalence_test(verdict, package) else {
        return Ok("nothing was recorded, for the package is not equal".to_owned());
    };
    for (path, text) in &files {
        let path = package.root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot create `{folder}`"))?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write `{path}`"))?;
    }
    let names: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    Ok(format!("recorded {}", names.join(" and ")))
}

fn write_verdict(verdict: &Verdict, format: OutputFormat, secrets: &[String]) -> io::Result<()> {
    let text = match format {
        OutputFormat::Text => srcify_verify::text(verdict),
        OutputFormat::Json => format!("{:#}\n", srcify_verify::json(verdict)),
        OutputFormat::Junit => srcify_verify::junit(verdict),
        OutputFormat::Html => srcify_verify::html(verdict),
    };
    anstream::stdout().write_all(redacted(&text, secrets).as_bytes())
}

/// Finds the inputs on disk, and the folder that holds them all.
fn find_pair(args: &VerifyArgs, contract: &Contract, package: Package) -> anyhow::Result<Pair> {
    let named: Vec<InputEntry> = if args.against.is_empty() {
        contract.inputs.clone()
    } else {
        args.against
            .iter()
            .map(|path| entry_of(path, contract))
            .collect()
    };
    let mut inputs = Vec::new();
    for entry in named {
        let path = find_input(&entry.path, &package.root)?;
        inputs.push(InputEntry { path, ..entry });
    }
    let first = inputs.first().ok_or(RunError::NoInput)?;
    let own = first.path.parent().unwrap_or(Utf8Path::new("/")).to_owned();
    let folder = match &args.folder {
        Some(folder) => folder
            .canonicalize_utf8()
            .with_context(|| format!("cannot read `{folder}`"))?,
        None => own,
    };
    let outside = inputs.iter().find(|input| !input.path.starts_with(&folder));
    if let Some(input) = outside {
        anyhow::bail!(
            "`{}` is not in `{folder}`; name a folder that holds every input with `--folder`",
            input.path
        );
    }
    Ok(Pair {
        inputs,
        package,
        folder,
    })
}

/// An input named by the user; the order of its cells is known when the report names the same file.
fn entry_of(path: &Utf8Path, contract: &Contract) -> InputEntry {
    let known = contract
        .inputs
        .iter()
        .find(|entry| entry.path.file_name() == path.file_name());
    InputEntry {
        path: path.to_owned(),
        order: known.and_then(|entry| entry.order.clone()),
    }
}

/// A relative path was given to `convert` in a folder that we do not know: here, the project's, or one above it.
fn find_input(path: &Utf8Path, root: &Utf8Path) -> Result<Utf8PathBuf, RunError> {
    let here = [path.to_owned()].into_iter();
    let above = root.ancestors().map(|folder| folder.join(path));
    here.chain(above)
        .filter(|candidate| candidate.is_file())
        .find_map(|candidate| candidate.canonicalize_utf8().ok())
        .ok_or_else(|| RunError::InputMissing {
            path: path.to_owned(),
            root: root.to_owned(),
        })
}

fn choose_python(args: &VerifyArgs, package: &Package) -> anyhow::Result<Utf8PathBuf> {
    if args.uv {
        let python = srcify_verify::project_python(&package.root, args.offline);
        return python.context("cannot use uv; `--python` names another interpreter");
    }
    find_python(args.python.as_deref(), &package.root)
}

/// The interpreter that the user named, else the one of the project, else the active one.
fn find_python(named: Option<&Utf8Path>, root: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    if let Some(python) = named {
        // A relative path would be looked up in the folder of the run.
        let is_path = python.components().count() > 1;
        return if is_path {
            camino::absolute_utf8(python).with_context(|| format!("cannot find `{python}`"))
        } else {
            Ok(python.to_owned())
        };
    }
    let active = env::var("VIRTUAL_ENV").ok().map(Utf8PathBuf::from);
    let environments = [Some(root.join(".venv")), active];
    let found = environments
        .iter()
        .flatten()
        .find_map(|folder| srcify_verify::venv_python(folder));
    Ok(found.unwrap_or_else(|| Utf8PathBuf::from("python3")))
}

fn parse_tolerance(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok(number),
        _ => Err("a tolerance is a number that is not negative".to_owned()),
    }
}

/// One line on the terminal that is written anew at each step.
struct StatusLine;

impl StatusLine {
    fn show(text: &str) {
        let mut terminal = anstream::stderr();
        let _ = write!(terminal, "\r\x1b[K{text}");
        let _ = terminal.flush();
    }
}

impl Progress for StatusLine {
    fn started(&self, label: &str) {
        Self::show(&format!("running the {label}"));
    }

    fn reached(&self, label: &str, step: &str) {
        Self::show(&format!("running the {label}: {step}"));
    }

    fn finished(&self, _label: &str) {
        Self::show("");
    }
}
