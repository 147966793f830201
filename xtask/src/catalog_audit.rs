//! `cargo xtask catalog-audit`: compares the knowledge base with installed libraries.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

/// Runs the comparison with `python`, in whose environment the libraries are; `libraries` empty means all of them.
///
/// Libraries that are not installed there are left out, with a line that says so.
///
/// # Errors
/// When Python cannot be started, or there are differences; they are printed.
pub fn run(python: &str, libraries: &[String]) -> anyhow::Result<()> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = sources.join("../crates/effects/data");
    let status = Command::new(python)
        .arg(sources.join("src/catalog_audit.py"))
        .arg(data)
        .args(libraries)
        .env("MPLBACKEND", "Agg")
        .status()
        .with_context(|| format!("cannot start `{python}`"))?;
    if !status.success() {
        bail!("the catalog differs from the installed libraries");
    }
    Ok(())
}
