//! One run of the input that shows its types, for `srcify convert --observe`.

use std::fs;

use serde_json::Value;

use crate::{Failure, Pair, RunContext, RunError, observe::Bench};

/// What a run of the input showed.
#[derive(Debug, Clone, PartialEq)]
pub struct Learnt {
    /// Types by place, looks of frames, versions of libraries; `Null` when the run recorded nothing.
    pub facts: Value,
    /// Why the run ended early.
    pub failure: Option<Failure>,
    /// How long it took.
    pub seconds: f64,
}

/// Runs the first input of `pair` in a copy of its folder, with every expression watched.
pub fn learn(pair: &Pair, context: &RunContext<'_>) -> Result<Learnt, RunError> {
    let bench = Bench::new(pair, context)?;
    let observed = bench.watch_input()?;
    let record = observed
        .scratches
        .first()
        .and_then(|place| fs::read(place.join("record.json")).ok())
        .and_then(|text| serde_json::from_slice::<Value>(&text).ok())
        .unwrap_or_default();
    Ok(Learnt {
        facts: record["learnt"].clone(),
        failure: observed.report.failure,
        seconds: observed.report.seconds,
    })
}
