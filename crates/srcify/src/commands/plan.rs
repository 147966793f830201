//! `srcify plan`: what `convert` would do, and why.

use std::process::ExitCode;

use srcify_plan::Preferences;

use crate::args::{Format, PlanArgs, Plots};
use srcify_plan::redacted;

use crate::commands::package::plan_package;

/// Prints the plan of an input.
pub fn run(arguments: &PlanArgs) -> anyhow::Result<ExitCode> {
    let preferences = Preferences {
        name: arguments.name.clone(),
        keep_plots: arguments.plots == Plots::Keep,
        reading: arguments.reading.reading(),
        ..Preferences::default()
    };
    let package = plan_package(&arguments.inputs, &preferences, false)?;
    let text = match arguments.output_format {
        Format::Text => {
            let parts = package.parts.iter();
            let texts = parts.map(|it| srcify_report::plan_text(&it.program, &it.plan));
            texts.collect::<Vec<_>>().join("\n")
        }
        Format::Json => package.json(),
    };
    anstream::print!("{}", redacted(&text, &package.plan.secret_values));
    for (path, reason) in &package.failed {
        anstream::eprintln!("{path}: {reason}");
    }
    if !package.failed.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
