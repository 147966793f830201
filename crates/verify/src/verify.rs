//! The verification itself.

use std::thread;

use crate::{
    Contract, Pair, RunContext, RunError, Runs, Verdict,
    observe::{Bench, Observed},
};

/// Runs both sides of `pair` and compares what `contract` and the names say belongs together.
pub fn verify(
    contract: &Contract,
    pair: &Pair,
    context: &RunContext<'_>,
) -> Result<Verdict, RunError> {
    let bench = Bench::new(pair, context)?;
    let (input, package) = run_both(&bench, contract, context)?;
    let fails = input.report.failure.is_some();
    let mut inputs = vec![input];
    let comparison = bench.compare(&inputs, &package, contract)?;
    let mut verdict = Verdict {
        runs: 1,
        observables: comparison.observables,
        golden: comparison.golden,
        ..Verdict::default()
    };
    // A further run tells a fault of the package from an input that never repeats itself.
    let wanted = match context.settings.runs {
        Runs::Exactly(runs) => runs.max(1),
        Runs::AsNeeded => 1 + u32::from(!fails && verdict.is_open()),
    };
    while verdict.runs < wanted {
        verdict.runs += 1;
        inputs.push(bench.run_input(verdict.runs)?);
    }
    if inputs.len() > 1 {
        let comparison = bench.compare(&inputs, &package, contract)?;
        verdict.observables = comparison.observables;
        verdict.golden = comparison.golden;
    }
    verdict.input = inputs.swap_remove(0).report;
    verdict.package = package.report;
    if context.settings.keep {
        verdict.kept = Some(bench.keep());
    }
    Ok(verdict)
}

fn run_both(
    bench: &Bench<'_>,
    contract: &Contract,
    context: &RunContext<'_>,
) -> Result<(Observed, Observed), RunError> {
    if context.settings.jobs < 2 {
        return Ok((bench.run_input(1)?, bench.run_package(contract)?));
    }
    thread::scope(|scope| {
        let package = scope.spawn(|| bench.run_package(contract));
        let input = bench.run_input(1);
        let package = match package.join() {
            Ok(package) => package,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        Ok((input?, package?))
    })
}
