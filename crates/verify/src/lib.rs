//! Runs an input and the package made from it, and compares what they compute.
//!
//! In: a [`Contract`] (what the package promises to hold), a [`Pair`] (the input and the package on disk) and a
//! [`RunContext`]. Out: a [`Verdict`], or a [`RunError`] when the world is in the way. Both sides run in copies of the
//! input's folder, in one environment, each in its own process group. This crate may not know how either side was made.

mod contract;
mod environment;
mod error;
mod folder;
mod learn;
mod observe;
mod record;
mod render;
mod runner;
mod verdict;
mod verify;

pub use contract::{Contract, InputEntry, JobEntry};
pub use environment::{project_python, venv_python};
pub use error::RunError;
pub use folder::{copy_folder, folder_size};
pub use learn::{Learnt, learn};
pub use observe::{Limits, Package, Pair, RunContext, Runs, Settings};
pub use record::equivalence_test;
pub use render::{html, json, junit, text};
pub use runner::{
    Ended, Ending, Interrupt, Invocation, NoProgress, ProcessRunner, Progress, Runner,
};
pub use verdict::{
    Difference, Failure, Made, Observable, ObservableKind, Outcome, SideReport, Status, Verdict,
};
pub use verify::verify;
