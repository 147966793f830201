//! `srcify explain`: the page of a rule.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use srcify_check::{Confidence, RULES, rule};

/// Explain a rule: what it does, why it matters, examples.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  srcify explain LAY001\n  srcify explain impure-domain\n  srcify explain --schema > srcify.schema.json"
)]
pub struct ExplainArguments {
    /// A code (`LAY001`) or a name (`impure-domain`); none: the list of all rules.
    rule: Option<String>,
    /// Print the JSON schema of `[tool.srcify]` instead.
    #[arg(long, conflicts_with = "rule")]
    schema: bool,
}

/// Runs the command.
pub fn run(arguments: &ExplainArguments) -> anyhow::Result<ExitCode> {
    let mut out = anstream::stdout().lock();
    if arguments.schema {
        return write_schema(&mut out);
    }
    let Some(selector) = &arguments.rule else {
        for rule in RULES {
            let mark = if rule.confidence == Confidence::Opinion {
                " (with --strict)"
            } else {
                ""
            };
            writeln!(
                out,
                "{}  {:<28} {}{mark}",
                rule.code, rule.name, rule.summary
            )
            .context("cannot write the list")?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(rule) = rule(selector) else {
        bail!("`{selector}` is no rule; `srcify explain` lists them");
    };
    out.write_all(rule.page.as_bytes())
        .context("cannot write the page")?;
    Ok(ExitCode::SUCCESS)
}

fn write_schema(out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let text = serde_json::to_string_pretty(&srcify_check::settings_schema())
        .context("cannot write the schema as JSON")?;
    writeln!(out, "{text}").context("cannot write the schema")?;
    Ok(ExitCode::SUCCESS)
}
