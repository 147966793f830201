//! `cargo xtask tidy`: the rules of the house that no compiler checks.
//!
//! Each check is a function from what it reads to its findings, so that its tests need no folder.

mod architecture;
mod dependencies;
mod files;

use std::process::Command;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};

use crate::process::{capture, metadata};

/// A committed text file.
#[derive(Debug)]
pub struct TextFile {
    /// From the workspace's folder.
    pub path: Utf8PathBuf,
    /// All of it.
    pub text: String,
}

/// Runs every check; fails when one found something.
pub fn run(root: &Utf8Path) -> anyhow::Result<()> {
    eprintln!("==> tidy");
    let files = text_files(root)?;
    let crates = dependencies::crates(&metadata(root)?)?;
    let mut findings = dependencies::check(&crates);
    findings.extend(architecture::check(root, &files, &crates));
    findings.extend(files::check(&files));
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        bail!("tidy: {} findings", findings.len());
    }
    eprintln!(
        "    tidy: {} files, {} crates, no finding",
        files.len(),
        crates.len()
    );
    Ok(())
}

/// The files that git knows, or would know: what is ignored is not ours. Binary files are left out.
fn text_files(root: &Utf8Path) -> anyhow::Result<Vec<TextFile>> {
    let mut git = Command::new("git");
    git.current_dir(root).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let list = capture("git ls-files", &mut git)
        .context("tidy needs git, to know which files are committed")?;
    let mut files = Vec::new();
    for path in list.split('\0').filter(|path| !path.is_empty()) {
        let Ok(bytes) = std::fs::read(root.join(path)) else {
            continue;
        };
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(TextFile {
                path: Utf8PathBuf::from(path),
                text,
            });
        }
    }
    Ok(files)
}
