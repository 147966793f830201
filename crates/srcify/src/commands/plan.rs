//! `srcify plan`: what `convert` would do, and why.

use std::process::ExitCode;

use anyhow::bail;
use srcify_plan::{Preferences, explain, redacted};

use crate::args::{Format, PlanArgs, Plots};
use crate::commands::package::{PlannedPackage, plan_package};
use crate::installed::Installed;

/// Prints the plan of an input, or what is known of a part of it.
pub fn run(arguments: &PlanArgs) -> anyhow::Result<ExitCode> {
    let preferences = Preferences {
        name: arguments.name.clone(),
        keep_plots: arguments.plots == Plots::Keep,
        reading: arguments.reading.reading(),
        ..Preferences::default()
    };
    let installed = Installed::of(arguments.python.as_deref(), &arguments.inputs)?;
    let package = plan_package(&arguments.inputs, &preferences, false, installed.as_ref())?;
    let text = match (&arguments.explain, arguments.output_format) {
        (Some(asked), format) => explained(&package, asked, format)?,
        (None, Format::Text) => {
            let parts = package.parts.iter();
            let texts = parts.map(|it| srcify_report::plan_text(&it.program, &it.plan));
            texts.collect::<Vec<_>>().join("\n")
        }
        (None, Format::Json) => package.json(),
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

/// What is known of a name or line, in every input that has it.
fn explained(package: &PlannedPackage, asked: &str, format: Format) -> anyhow::Result<String> {
    let mut texts = Vec::new();
    let mut resembling: Vec<String> = Vec::new();
    for part in &package.parts {
        match explain(&part.program, &part.graph, &part.plan, asked) {
            Ok(found) if format == Format::Json => {
                texts.push(srcify_report::explanation_json(
                    &part.program,
                    asked,
                    &found,
                ));
            }
            Ok(found) => texts.push(srcify_report::explanation_text(
                &part.program,
                asked,
                &found,
            )),
            Err(names) => resembling.extend(names),
        }
    }
    if texts.len() > 1 && format == Format::Json {
        return Ok(format!("[{}]\n", texts.join(",")));
    }
    if !texts.is_empty() {
        return Ok(texts.join("\n"));
    }
    if asked.starts_with(|it: char| it.is_ascii_digit()) {
        bail!(
            "there is no statement at `{asked}`: give a line as `srcify plan` shows it, as `12`, or `4:2` for cell 4, line 2"
        );
    }
    resembling.dedup();
    let names: Vec<String> = resembling
        .iter()
        .take(3)
        .map(|it| format!("`{it}`"))
        .collect();
    if names.is_empty() {
        bail!("nothing is called `{asked}`: give a name of the input, a function, or a line");
    }
    let names = names.join(" or ");
    bail!("nothing is called `{asked}`: did you mean {names}?");
}
