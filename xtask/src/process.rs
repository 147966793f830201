//! Child processes: announced, timed, and with a clear message when they fail.

use std::process::{Command, Output, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};

/// Runs one step with its output on the terminal; fails if the step does.
pub fn step(title: &str, command: &mut Command) -> anyhow::Result<()> {
    eprintln!("==> {title}");
    let started = Instant::now();
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`", program(command)))?;
    if !status.success() {
        bail!("{title}: {status}");
    }
    eprintln!("    {title}: {:.1} s", started.elapsed().as_secs_f64());
    Ok(())
}

/// Runs a command and gives what it printed; fails if the command does, with what it said.
pub fn capture(title: &str, command: &mut Command) -> anyhow::Result<String> {
    let output = output(command)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{title}: {}\n{}", output.status, said.trim_end());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command and gives its output, whatever its status.
pub fn output(command: &mut Command) -> anyhow::Result<Output> {
    command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", program(command)))
}

/// The cargo that started this task.
pub fn cargo(root: &Utf8Path) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command.current_dir(root);
    command
}

/// Builds the binary `srcify` and gives its path.
pub fn build_srcify(root: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    step(
        "build srcify",
        cargo(root).args(["build", "--package", "srcify"]),
    )?;
    Ok(target(root)?
        .join("debug")
        .join(format!("srcify{}", std::env::consts::EXE_SUFFIX)))
}

/// The folder in which cargo builds.
pub fn target(root: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let metadata = metadata(root)?;
    let folder = metadata["target_directory"]
        .as_str()
        .context("`cargo metadata` names no target folder")?;
    Ok(Utf8PathBuf::from(folder))
}

/// What `cargo metadata` says about the workspace.
pub fn metadata(root: &Utf8Path) -> anyhow::Result<serde_json::Value> {
    let text = capture(
        "cargo metadata",
        cargo(root).args(["metadata", "--format-version", "1", "--no-deps"]),
    )?;
    serde_json::from_str(&text).context("cannot read what `cargo metadata` printed")
}

fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
