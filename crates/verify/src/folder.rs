//! Copies of the input's folder: each run has its own, and the original never changes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::RunError;

/// Folders that no run needs: environments, histories, caches.
const SKIPPED: [&str; 6] = [
    ".venv",
    ".git",
    "node_modules",
    "__pycache__",
    ".ipynb_checkpoints",
    ".mypy_cache",
];

const MEGABYTE: u64 = 1024 * 1024;

/// Copies the folder `from` to `to`, which must not exist; gives the number of bytes copied.
///
/// The system shares the blocks where its file system can. Links stay links: those within the folder point into the
/// copy, those that lead outside keep their target. Times of change are kept. `except` is left out.
pub fn copy_folder(from: &Path, to: &Path, except: &[&Path], limit: u64) -> Result<u64, RunError> {
    let root = from
        .canonicalize()
        .map_err(RunError::io("read", show(from)))?;
    let except = except
        .iter()
        .filter_map(|path| path.canonicalize().ok())
        .filter(|path| *path != root)
        .collect();
    let mut copier = Copier {
        root,
        except,
        limit,
        copied: 0,
    };
    let start = copier.root.clone();
    copier.folder(&start, to)?;
    Ok(copier.copied)
}

/// The bytes that [`copy_folder`] would copy; counting ends beyond `limit`.
pub fn folder_size(from: &Path, except: &[&Path], limit: u64) -> u64 {
    let except: Vec<PathBuf> = except
        .iter()
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    let mut size = 0;
    let mut folders = vec![from.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(metadata) = fs::symlink_metadata(&path) else {
                continue;
            };
            let skipped = SKIPPED.iter().any(|name| entry.file_name() == *name);
            if metadata.is_dir() && !skipped && !except.contains(&path) {
                folders.push(path);
            } else if metadata.is_file() {
                size += metadata.len();
            }
            if size > limit {
                return size;
            }
        }
    }
    size
}

struct Copier {
    root: PathBuf,
    except: Vec<PathBuf>,
    limit: u64,
    copied: u64,
}

impl Copier {
    fn folder(&mut self, from: &Path, to: &Path) -> Result<(), RunError> {
        fs::create_dir_all(to).map_err(RunError::io("create", show(to)))?;
        let entries = fs::read_dir(from).map_err(RunError::io("read", show(from)))?;
        let mut paths = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(RunError::io("read", show(from)))?;
        paths.sort();
        for path in paths {
            let Some(name) = path.file_name() else {
                continue;
            };
            let skipped = SKIPPED.iter().any(|skipped| name == *skipped);
            if skipped || self.except.contains(&path) {
                continue;
            }
            self.entry(&path, &to.join(name))?;
        }
        Ok(())
    }

    fn entry(&mut self, from: &Path, to: &Path) -> Result<(), RunError> {
        let metadata = fs::symlink_metadata(from).map_err(RunError::io("read", show(from)))?;
        if metadata.is_symlink() {
            return self.link(from, to);
        }
        if metadata.is_dir() {
            return self.folder(from, to);
        }
        // Sockets, pipes and devices cannot be copied, and opening one may block.
        if !metadata.is_file() {
            return Ok(());
        }
        self.copied += metadata.len();
        if self.copied > self.limit {
            return Err(RunError::FolderTooLarge {
                folder: show(&self.root),
                limit: self.limit / MEGABYTE,
            });
        }
        fs::copy(from, to).map_err(RunError::io("copy", show(from)))?;
        keep_time(&metadata, to);
        Ok(())
    }

    fn link(&self, from: &Path, to: &Path) -> Result<(), RunError> {
        let target = fs::read_link(from).map_err(RunError::io("read", show(from)))?;
        let absolute = from.parent().unwrap_or(&self.root).join(&target);
        let target = match absolute.canonicalize() {
            Ok(real) => match real.strip_prefix(&self.root) {
                Ok(inner) if target.is_absolute() => self.copy_root(from, to).join(inner),
                Ok(_) => target,
                Err(_) => real,
            },
            // A dangling link dangles in the copy, too.
            Err(_) => target,
        };
        make_link(&target, to).map_err(RunError::io("copy", show(from)))
    }

    /// The root of the copy, from the place of one entry in both.
    fn copy_root(&self, from: &Path, to: &Path) -> PathBuf {
        let depth = from
            .strip_prefix(&self.root)
            .map_or(0, |inner| inner.components().count());
        let mut root = to.to_path_buf();
        for _ in 0..depth {
            root.pop();
        }
        root
    }
}

/// A file whose time cannot be set merely counts as written by the run: it is compared, not lost.
fn keep_time(metadata: &fs::Metadata, to: &Path) {
    let (Ok(time), Ok(file)) = (
        metadata.modified(),
        fs::File::options().append(true).open(to),
    ) else {
        return;
    };
    let _ = file.set_modified(time);
}

#[cfg(unix)]
fn make_link(target: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, to)
}

#[cfg(windows)]
fn make_link(target: &Path, to: &Path) -> std::io::Result<()> {
    if target.is_dir() {
        std::os::windows::fs::symlink_dir(target, to)
    } else {
        std::os::windows::fs::symlink_file(target, to)
    }
}

fn show(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn a_copy_holds_the_files_and_not_the_environments() {
        let scratch = tempfile::tempdir().unwrap();
        let from = scratch.path().join("mein Ordner ü");
        write(&from.join("data/a b.csv"), "1");
        write(&from.join(".venv/big"), "2");
        write(&from.join("package/src/x.py"), "3");
        let to = scratch.path().join("to");
        let except = from.join("package");

        assert_eq!(copy_folder(&from, &to, &[&except], 10).unwrap(), 1);

        assert_eq!(fs::read_to_string(to.join("data/a b.csv")).unwrap(), "1");
        assert!(!to.join(".venv").exists());
        assert!(!to.join("package").exists());
    }

    #[test]
    fn the_time_of_change_is_kept() {
        let scratch = tempfile::tempdir().unwrap();
        let from = scratch.path().join("from");
        write(&from.join("a"), "1");
        let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
        fs::File::options()
            .append(true)
            .open(from.join("a"))
            .unwrap()
            .set_modified(old)
            .unwrap();
        let to = scratch.path().join("to");
        copy_folder(&from, &to, &[], 10).unwrap();
        assert_eq!(fs::metadata(to.join("a")).unwrap().modified().unwrap(), old);
    }

    #[test]
    fn a_folder_over_the_limit_names_the_flag() {
        let scratch = tempfile::tempdir().unwrap();
        let from = scratch.path().join("from");
        write(&from.join("a"), "12345");
        let error = copy_folder(&from, &scratch.path().join("to"), &[], 4).unwrap_err();
        assert!(error.to_string().contains("--folder-limit"), "{error}");
    }

    #[test]
    fn the_size_of_a_folder_counts_what_would_be_copied() {
        let scratch = tempfile::tempdir().unwrap();
        let from = scratch.path().canonicalize().unwrap().join("from");
        write(&from.join("sub/a"), "12345");
        write(&from.join(".venv/big"), "1234567890");
        write(&from.join("package/src/x.py"), "123");
        let except = from.join("package");
        assert_eq!(folder_size(&from, &[&except], 100), 5);
        assert_eq!(folder_size(&from, &[], 100), 8);
        assert!(folder_size(&from, &[], 4) > 4);
    }

    #[cfg(unix)]
    #[test]
    fn links_within_the_folder_lead_into_the_copy() {
        let scratch = tempfile::tempdir().unwrap();
        let from = scratch.path().join("from");
        let outside = scratch.path().join("outside");
        write(&from.join("sub/a"), "1");
        write(&outside, "2");
        make_link(Path::new("sub/a"), &from.join("relative")).unwrap();
        make_link(&from.join("sub/a"), &from.join("absolute")).unwrap();
        make_link(Path::new("../outside"), &from.join("outward")).unwrap();
        let to = scratch.path().join("deep/er/to");
        copy_folder(&from, &to, &[], 10).unwrap();

        fs::write(to.join("relative"), "changed").unwrap();
        assert_eq!(fs::read_to_string(to.join("absolute")).unwrap(), "changed");
        assert_eq!(fs::read_to_string(from.join("sub/a")).unwrap(), "1");
        assert_eq!(fs::read_to_string(to.join("outward")).unwrap(), "2");
    }
}
