//! The verification itself.

use std::thread;

use crate::{
    Contract, Observable, Pair, RunContext, RunError, Runs, Verdict,
    observe::{Bench, Observed},
    verdict::mark_non_determinism,
};

/// Runs both sides of `pair` and compares what `contract` and the names say belongs together.
pub fn verify(
    contract: &Contract,
    pair: &Pair,
    context: &RunContext<'_>,
) -> Result<Verdict, RunError> {
    let bench = Bench::new(pair, context)?;
    let (input, package) = run_both(&bench, contract, context)?;
    let mut verdict = Verdict {
        runs: 1,
        observables: bench
            .compare(&input, (&package, "package"), contract)?
            .into_observables(),
        ..Verdict::default()
    };
    judge_by_more_runs(&bench, &input, contract, context, &mut verdict)?;
    verdict.input = input.report;
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
        return Ok((bench.run_input("input")?, bench.run_package(contract)?));
    }
    thread::scope(|scope| {
        let package = scope.spawn(|| bench.run_package(contract));
        let input = bench.run_input("input");
        let package = match package.join() {
            Ok(package) => package,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        Ok((input?, package?))
    })
}

/// Runs the input again, to tell a fault of the package from an input that never repeats itself.
fn judge_by_more_runs(
    bench: &Bench<'_>,
    input: &Observed,
    contract: &Contract,
    context: &RunContext<'_>,
    verdict: &mut Verdict,
) -> Result<(), RunError> {
    let wanted = match context.settings.runs {
        Runs::Exactly(runs) => runs.max(1),
        Runs::AsNeeded if input.report.failure.is_some() => 1,
        Runs::AsNeeded => 1 + u32::from(verdict.first_fault().is_some()),
    };
    while verdict.runs < wanted {
        verdict.runs += 1;
        let again = bench.run_input(&format!("input, run {}", verdict.runs))?;
        let between: Vec<Observable> = bench
            .compare(input, (&again, "input"), contract)?
            .into_observables();
        mark_non_determinism(&mut verdict.observables, &between);
    }
    Ok(())
}
