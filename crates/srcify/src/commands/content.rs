//! The bytes of an input, as they are when nobody writes it.

use std::fs::File;
use std::io::Read;
use std::time::SystemTime;

use anyhow::{Context, bail};
use camino::Utf8Path;
use srcify_syntax::Skimmer;

/// Larger notebooks are mostly outputs, which are left out while they are read.
const LARGE: u64 = 16 << 20;

/// How often a file may change while it is read.
const ATTEMPTS: usize = 3;

/// Reads the file at `path`; again when it changed meanwhile.
pub fn of(path: &Utf8Path) -> anyhow::Result<Vec<u8>> {
    for _ in 0..ATTEMPTS {
        let before = state(path)?;
        let bytes = read(path, before.0).with_context(|| format!("cannot read `{path}`"))?;
        if state(path)? == before {
            return Ok(bytes);
        }
    }
    bail!("`{path}` changes while it is read; convert it when it is saved");
}

/// Size, and when it was written last.
fn state(path: &Utf8Path) -> anyhow::Result<(u64, Option<SystemTime>)> {
    let metadata = std::fs::metadata(path).with_context(|| format!("cannot read `{path}`"))?;
    // A pipe or a device may never end.
    if !metadata.is_file() {
        bail!("`{path}` is no file");
    }
    Ok((metadata.len(), metadata.modified().ok()))
}

fn read(path: &Utf8Path, size: u64) -> std::io::Result<Vec<u8>> {
    if size < LARGE || path.extension() != Some("ipynb") {
        return std::fs::read(path);
    }
    let mut file = File::open(path)?;
    let mut piece = vec![0; 1 << 20];
    let mut skimmer = Skimmer::default();
    let mut is_first = true;
    loop {
        let count = file.read(&mut piece)?;
        if count == 0 {
            return Ok(skimmer.finish());
        }
        if std::mem::take(&mut is_first) && !Skimmer::reads(&piece[..count]) {
            return std::fs::read(path);
        }
        skimmer.take(&piece[..count]);
    }
}
