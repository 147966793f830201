//! Copies of folders, and what a run changed in one.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};

/// Files by their path in the folder.
pub type Files = BTreeMap<Utf8PathBuf, Vec<u8>>;

/// Copies a folder with everything in it.
pub fn copy(from: &Utf8Path, to: &Utf8Path) -> anyhow::Result<()> {
    for (path, bytes) in read(from)? {
        let target = to.join(path);
        let parent = target.parent().context("a file has a folder")?;
        fs::create_dir_all(parent).with_context(|| format!("cannot make `{parent}`"))?;
        fs::write(&target, bytes).with_context(|| format!("cannot write `{target}`"))?;
    }
    Ok(())
}

/// The files of `after` that `before` has not, or has with other content.
pub fn changes(before: &Utf8Path, after: &Utf8Path) -> anyhow::Result<Files> {
    let before = read(before)?;
    let mut files = read(after)?;
    files.retain(|path, bytes| before.get(path) != Some(bytes));
    Ok(files)
}

/// All files below a folder.
fn read(folder: &Utf8Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(place) = pending.pop() {
        for entry in place
            .read_dir_utf8()
            .with_context(|| format!("cannot read `{place}`"))?
        {
            let path = entry?.into_path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let bytes = fs::read(&path).with_context(|| format!("cannot read `{path}`"))?;
                files.insert(path.strip_prefix(folder)?.to_owned(), bytes);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_and_changed_files_are_changes_and_the_others_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let (before, after) = (folder.join("before"), folder.join("after"));
        fs::create_dir_all(before.join("data")).unwrap();
        fs::write(before.join("data/a.csv"), "1").unwrap();
        fs::write(before.join("b.txt"), "2").unwrap();
        copy(&before, &after).unwrap();
        assert_eq!(changes(&before, &after).unwrap(), Files::new());
        fs::write(after.join("b.txt"), "3").unwrap();
        fs::write(after.join("data/c.csv"), "4").unwrap();
        let names: Vec<Utf8PathBuf> = changes(&before, &after).unwrap().into_keys().collect();
        assert_eq!(names, ["b.txt", "data/c.csv"]);
    }
}
