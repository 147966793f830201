//! `cargo xtask test`: everything a change must pass.

use std::process::{Command, Stdio};

use anyhow::bail;
use camino::Utf8Path;
use clap::Args;

use crate::process::{cargo, step};
use crate::{python, tidy};

/// Which tests run.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Leave out the tests that run a real Python
    #[arg(long)]
    no_python: bool,
}

/// Checks format, lints, documentation and conventions, then runs the tests, whose summary comes last.
///
/// Every step runs, also after one has failed: one call shows all there is to mend.
pub fn run(root: &Utf8Path, args: &TestArgs) -> anyhow::Result<()> {
    let clippy = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "--deny",
        "warnings",
    ];
    let documentation = [
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
        "--quiet",
    ];
    let outcomes = [
        step(
            "format",
            cargo(root).args(["fmt", "--all", "--check", "--", "--files-with-diff"]),
        ),
        step("clippy", cargo(root).args(clippy)),
        step(
            "documentation",
            cargo(root)
                .args(documentation)
                .env("RUSTDOCFLAGS", "--deny warnings"),
        ),
        tidy::run(root),
        tests(root, args),
    ];
    let failures: Vec<String> = outcomes
        .into_iter()
        .filter_map(Result::err)
        .map(|error| format!("{error:#}"))
        .collect();
    if !failures.is_empty() {
        bail!(
            "{} of 5 steps failed:\n  {}",
            failures.len(),
            failures.join("\n  ")
        );
    }
    Ok(())
}

fn tests(root: &Utf8Path, args: &TestArgs) -> anyhow::Result<()> {
    let mut command = cargo(root);
    let title = if has_nextest(root) {
        step(
            "tests in the documentation",
            cargo(root).args(["test", "--workspace", "--doc", "--quiet"]),
        )?;
        command.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
        "tests (nextest)"
    } else {
        command.args(["test", "--workspace", "--no-fail-fast"]);
        "tests (cargo test)"
    };
    if !args.no_python {
        let environment = python::environment(root, &root.join("xtask/requirements-e2e.txt"))?;
        command.env("SRCIFY_E2E", "1");
        command.env("SRCIFY_E2E_PYTHON", environment.python());
        command.env("UV_PYTHON_DOWNLOADS", "never");
        command.env("PATH", environment.path()?);
    }
    step(title, &mut command)
}

/// Whether `cargo nextest` is installed; a machine with plain Rust has `cargo test`.
fn has_nextest(root: &Utf8Path) -> bool {
    let mut command: Command = cargo(root);
    command
        .args(["nextest", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
