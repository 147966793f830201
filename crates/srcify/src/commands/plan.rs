//! `srcify plan`: what `convert` would do, and why.

use std::process::ExitCode;

use srcify_plan::Preferences;

use crate::args::{Format, PlanArgs, Plots};
use srcify_plan::redacted;

use crate::commands::plan_input;

/// Prints the plan of an input.
pub fn run(arguments: &PlanArgs) -> anyhow::Result<ExitCode> {
    let preferences = Preferences {
        name: arguments.name.clone(),
        keep_plots: arguments.plots == Plots::Keep,
        ..Preferences::default()
    };
    let planned = plan_input(&arguments.input, &preferences)?;
    let text = match arguments.output_format {
        Format::Text => srcify_report::plan_text(&planned.program, &planned.plan),
        Format::Json => {
            srcify_report::plan_json(&planned.program, &planned.plan, &planned.diagnostics)
        }
    };
    anstream::print!("{}", redacted(&text, &planned.plan.secret_values));
    Ok(ExitCode::SUCCESS)
}
