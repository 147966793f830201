//! Writing a project: all of it or nothing.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};
use srcify_emit::Tree;
use srcify_verify::Interrupt;

use crate::bugs;

/// Names of what an earlier conversion wrote, with a fingerprint of each.
pub const MANIFEST: &str = ".srcify-manifest.json";

/// Writes `tree` as `folder`: first beside it, then by renaming.
///
/// # Errors
/// When the folder holds what srcify did not write, or anything cannot be written; the folder is as it was, then.
pub fn write(tree: &Tree, folder: &Utf8Path, force: bool) -> anyhow::Result<()> {
    if folder.is_file() {
        bail!("`{folder}` is a file; choose another folder with -o");
    }
    let is_empty = !folder.exists()
        || fs::read_dir(folder)
            .with_context(|| format!("cannot read `{folder}`"))?
            .next()
            .is_none();
    if is_empty {
        return create(tree, folder);
    }
    if !force {
        bail!("`{folder}` is not empty; --force replaces what srcify wrote there");
    }
    replace(tree, folder)
}

fn create(tree: &Tree, folder: &Utf8Path) -> anyhow::Result<()> {
    let interrupt = Interrupt::on_signals().context("cannot listen for Ctrl-C")?;
    let parent = match folder.parent() {
        Some(parent) if !parent.as_str().is_empty() => parent.to_owned(),
        _ => Utf8PathBuf::from("."),
    };
    fs::create_dir_all(&parent).with_context(|| format!("cannot create `{parent}`"))?;
    let temporary = tempfile::Builder::new()
        .prefix(".srcify-")
        .tempdir_in(&parent)
        .with_context(|| format!("cannot write to `{parent}`"))?;
    let staging =
        Utf8Path::from_path(temporary.path()).context("the folder's path is not UTF-8")?;
    write_files(tree, staging, &interrupt)?;
    if folder.exists() {
        fs::remove_dir(folder).with_context(|| format!("cannot replace `{folder}`"))?;
    }
    fs::rename(staging, folder).with_context(|| format!("cannot create `{folder}`"))?;
    open_to_all(folder);
    // Nothing is left to remove.
    let _ = temporary.keep();
    Ok(())
}

/// Temporary folders are the owner's alone; a project is as open as any folder the user makes.
#[cfg(unix)]
fn open_to_all(folder: &Utf8Path) {
    use std::os::unix::fs::PermissionsExt;
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o755));
}

#[cfg(not(unix))]
fn open_to_all(_: &Utf8Path) {}

/// Stops when the user wishes, while nothing is where it belongs.
fn write_files(tree: &Tree, folder: &Utf8Path, interrupt: &Interrupt) -> anyhow::Result<()> {
    for (path, text) in tree.iter() {
        if interrupt.is_raised() {
            bail!("interrupted; nothing was written");
        }
        bugs::stage("write", path.as_str());
        write_file(&folder.join(path), text)?;
    }
    write_file(&folder.join(MANIFEST), &manifest(tree))
}

fn write_file(path: &Utf8Path, text: &str) -> anyhow::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot create `{parent}`"))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write `{path}`"))
}

fn manifest(tree: &Tree) -> String {
    let files: BTreeMap<&str, String> = tree
        .iter()
        .map(|(path, text)| (path.as_str(), fingerprint(text)))
        .collect();
    serde_json::to_string_pretty(&files).expect("a map of strings has a JSON form") + "\n"
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): enough to see that a file was edited.
fn fingerprint(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// Replaces what an earlier conversion wrote; everything else in the folder stays.
fn replace(tree: &Tree, folder: &Utf8Path) -> anyhow::Result<()> {
    let written: BTreeMap<String, String> = fs::read_to_string(folder.join(MANIFEST))
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .with_context(|| {
            format!("`{folder}` was not written by srcify; choose another folder with -o")
        })?;
    for (path, known) in &written {
        let current = fs::read_to_string(folder.join(path));
        if current.is_ok_and(|text| fingerprint(&text) != *known) {
            bail!(
                "`{folder}/{path}` was edited since srcify wrote it; move it away, or convert into another folder"
            );
        }
    }
    for (path, _) in tree.iter() {
        if !written.contains_key(path.as_str()) && folder.join(path).exists() {
            bail!(
                "`{folder}/{path}` was not written by srcify; move it away, or convert into another folder"
            );
        }
    }
    let interrupt = Interrupt::on_signals().context("cannot listen for Ctrl-C")?;
    // Stage beside the target, so that a full disk shows before anything is removed.
    let temporary = tempfile::Builder::new()
        .prefix(".srcify-")
        .tempdir_in(folder)
        .with_context(|| format!("cannot write to `{folder}`"))?;
    let staging =
        Utf8Path::from_path(temporary.path()).context("the folder's path is not UTF-8")?;
    write_files(tree, staging, &interrupt)?;
    let is_stale = |path: &&String| tree.iter().all(|(new, _)| new != path.as_str());
    for path in written.keys().filter(is_stale) {
        if folder.join(path).exists() {
            fs::remove_file(folder.join(path))
                .with_context(|| format!("cannot replace `{folder}/{path}`"))?;
        }
    }
    for path in tree
        .iter()
        .map(|(path, _)| path)
        .chain([Utf8Path::new(MANIFEST)])
    {
        let target = folder.join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).with_context(|| format!("cannot create `{parent}`"))?;
        }
        fs::rename(staging.join(path), &target)
            .with_context(|| format!("cannot write `{target}`"))?;
    }
    Ok(())
}
