//! The command line.

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};
use srcify_syntax::{Order, Reading};

use crate::commands::check::CheckArguments;
use crate::commands::explain::ExplainArguments;
use crate::commands::observe::ObserveArgs;
use crate::commands::verify::VerifyArgs;

/// Turns notebooks and scripts into Python packages that compute the same.
#[derive(Debug, Parser)]
#[command(name = "srcify", version, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What srcify can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Turn a notebook or script into a package
    Convert(ConvertArgs),
    /// Show what `convert` would do with each statement, and why
    Plan(PlanArgs),
    /// Run the input and its package, and compare what they compute
    Verify(VerifyArgs),
    /// Audit packages, notebooks and scripts against the guideline
    Check(CheckArguments),
    /// Show the page of a rule
    Explain(ExplainArguments),
}

/// `srcify convert`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  srcify convert churn.ipynb\n  srcify convert train.py -o packages/churn --name churn\n  srcify convert notebooks/ --name shop\n  srcify convert churn.ipynb --dry-run"
)]
pub struct ConvertArgs {
    /// Notebooks, scripts, or folders that hold them: a job each
    #[arg(required = true)]
    pub inputs: Vec<Utf8PathBuf>,
    /// The project's folder; default: one named as the project, here
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<Utf8PathBuf>,
    /// Name of the project; default: the input's, and `-analysis` where a library has that name
    #[arg(long)]
    pub name: Option<String>,
    /// Replace what an earlier conversion wrote
    #[arg(long)]
    pub force: bool,
    /// Show which files would be written, and write none
    #[arg(long)]
    pub dry_run: bool,
    /// Do not call `uv lock`
    #[arg(long)]
    pub no_lock: bool,
    /// What becomes of plots that are only shown
    #[arg(long, value_enum, default_value_t = Plots::Drop)]
    pub plots: Plots,
    /// What the project has besides
    #[arg(long, value_enum, value_delimiter = ',', value_name = "EXTRA")]
    pub with: Vec<With>,
    /// How the input is read.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// What a run of the input shows.
    #[command(flatten)]
    pub observe: ObserveArgs,
    /// Add a job that predicts with what the input fits
    #[arg(long)]
    pub predict: bool,
    /// Say only what went wrong
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// List every statement that was dropped or stayed in place
    #[arg(short, long)]
    pub verbose: bool,
}

/// What a project may have besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum With {
    /// A workflow for GitHub that checks the project.
    Ci,
    /// A Dockerfile that runs the command.
    Docker,
}

/// What becomes of plots that are only shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Plots {
    /// They are left out, and listed.
    Drop,
    /// They stay in the job.
    Keep,
}

/// `srcify plan`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  srcify plan churn.ipynb\n  srcify plan churn.ipynb --output-format json\n  srcify plan churn.ipynb --explain clean_customers\n  srcify plan churn.ipynb --explain 4:2    (line 2 of cell 4; a line's number for scripts)"
)]
pub struct PlanArgs {
    /// Notebooks, scripts, or folders that hold them
    #[arg(required = true)]
    pub inputs: Vec<Utf8PathBuf>,
    /// Name of the project; default: the input's, and `-analysis` where a library has that name
    #[arg(long)]
    pub name: Option<String>,
    /// Show what is known of a name, a function or a line, and why
    #[arg(long, value_name = "NAME_OR_LINE")]
    pub explain: Option<String>,
    /// How to print the plan
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub output_format: Format,
    /// What becomes of plots that are only shown
    #[arg(long, value_enum, default_value_t = Plots::Drop)]
    pub plots: Plots,
    /// How the input is read.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Where the input's libraries are installed, to read their types, as for `convert`
    #[arg(long, value_name = "PATH")]
    pub python: Option<Utf8PathBuf>,
}

/// How an input is read.
#[derive(Debug, Clone, Copy, Args)]
pub struct ReadingArgs {
    /// Leave out cells that do not parse, and the statements that need their names
    #[arg(long)]
    pub skip_broken: bool,
    /// In which order the cells of a notebook run
    #[arg(long, value_enum, default_value_t = CellOrder::Auto)]
    pub order: CellOrder,
}

impl ReadingArgs {
    /// As the reader takes them.
    pub fn reading(self) -> Reading {
        Reading {
            skip_broken: self.skip_broken,
            order: match self.order {
                CellOrder::Auto => Order::Auto,
                CellOrder::Document => Order::Document,
                CellOrder::Executed => Order::Executed,
            },
        }
    }
}

/// In which order cells run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CellOrder {
    /// That of the document, unless only the cells' numbers tell an order in which they work.
    Auto,
    /// That of the document.
    Document,
    /// That of the cells' numbers.
    Executed,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For machines.
    Json,
}
