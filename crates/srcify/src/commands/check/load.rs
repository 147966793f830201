//! Files of projects, from the disk into memory.

mod installed;

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};
use ignore::{DirEntry, WalkBuilder};
use srcify_check::Package;

/// Larger files are data.
const LARGEST: u64 = 20 * 1024 * 1024;

/// Folders that hold what others wrote, or what is made from the sources.
const SKIPPED: &[&str] = &[
    ".git",
    ".hg",
    ".svn",
    ".venv",
    "venv",
    ".env.d",
    "node_modules",
    "__pycache__",
    ".tox",
    ".nox",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".ipynb_checkpoints",
    "site-packages",
    ".eggs",
];

/// The projects of some paths, each with its folder.
pub(super) fn load(paths: &[Utf8PathBuf]) -> anyhow::Result<Vec<(Utf8PathBuf, Package)>> {
    let mut bases: BTreeMap<Utf8PathBuf, BTreeSet<Utf8PathBuf>> = BTreeMap::new();
    for path in paths {
        if !path.exists() {
            bail!("`{path}` does not exist");
        }
        bases.entry(base_of(path)).or_default().insert(path.clone());
    }
    let mut projects = Vec::new();
    for (base, wanted) in bases {
        let mut package = read_folder(&base, &wanted)?;
        // Compared as the system sees them: `.` and `..` are written in many ways.
        let root = canonical(&base);
        let roots: Vec<Utf8PathBuf> = wanted.iter().map(|it| canonical(it)).collect();
        let is_all = roots.contains(&root);
        if !is_all {
            let is_wanted =
                |path: &Utf8PathBuf| roots.iter().any(|it| root.join(path).starts_with(it));
            package.targets = package
                .files
                .keys()
                .filter(|path| is_wanted(path))
                .cloned()
                .collect();
        }
        for (folder, package) in package.split() {
            let has_target = is_all || !package.targets.is_empty();
            let folder = if folder.as_str().is_empty() {
                base.clone()
            } else {
                base.join(folder)
            };
            if has_target {
                projects.push((plain(&folder), package));
            }
        }
    }
    Ok(projects)
}

/// One file whose text is given, in the project around its path.
pub(super) fn with_text(
    path: &Utf8Path,
    text: String,
) -> anyhow::Result<Vec<(Utf8PathBuf, Package)>> {
    let folder = path
        .parent()
        .filter(|it| !it.as_str().is_empty())
        .unwrap_or(Utf8Path::new("."));
    let base = if folder.exists() {
        project_around(folder)
    } else {
        None
    };
    let Some(base) = base else {
        let files = BTreeMap::from([(path.to_owned(), text)]);
        return Ok(vec![(Utf8PathBuf::new(), Package::new(files))]);
    };
    let mut package = read_folder(&base, &BTreeSet::new())?;
    let name = path.file_name().unwrap_or("stdin.py");
    let place = canonical(folder).join(name);
    let inside = place
        .strip_prefix(canonical(&base))
        .unwrap_or(path)
        .to_owned();
    package.files.insert(inside.clone(), text);
    package.targets = BTreeSet::from([inside]);
    Ok(vec![(plain(&base), package)])
}

/// The files and folders of a check, as they were: cheap to compare with what they are.
pub(super) struct Seen(Vec<(Utf8PathBuf, State)>);

/// Length and time of a file; nothing for one that is gone.
type State = Option<(u64, Option<SystemTime>)>;

impl Seen {
    /// As they are now.
    pub(super) fn of(paths: &[Utf8PathBuf]) -> Self {
        let mut found = Vec::new();
        for path in paths {
            for entry in entries(path) {
                let is_folder = entry.file_type().is_some_and(|it| it.is_dir());
                let path = Utf8PathBuf::from_path_buf(entry.into_path());
                // A folder changes when a file in it appears, goes or is renamed.
                found.extend(path.ok().filter(|it| is_folder || is_read(it)));
            }
        }
        Self(
            found
                .into_iter()
                .map(|path| {
                    let state = state(&path);
                    (path, state)
                })
                .collect(),
        )
    }

    /// Whether they still are so.
    pub(super) fn is_current(&self) -> bool {
        self.0.iter().all(|(path, known)| state(path) == *known)
    }
}

fn state(path: &Utf8Path) -> State {
    let metadata = path.metadata().ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

/// The folder whose project a path belongs to.
fn base_of(path: &Utf8Path) -> Utf8PathBuf {
    let folder = if path.is_dir() {
        path
    } else {
        path.parent().unwrap_or(Utf8Path::new(""))
    };
    let folder = if folder.as_str().is_empty() {
        Utf8Path::new(".")
    } else {
        folder
    };
    project_around(folder).unwrap_or_else(|| folder.to_owned())
}

/// The nearest folder with a `pyproject.toml`, the folder itself included; not beyond the repository.
fn project_around(folder: &Utf8Path) -> Option<Utf8PathBuf> {
    let absolute = folder.canonicalize_utf8().ok()?;
    let mut base = folder.to_owned();
    for ancestor in absolute.ancestors() {
        if ancestor.join("pyproject.toml").is_file() {
            return Some(base);
        }
        if ancestor.join(".git").exists() {
            return None;
        }
        base = above(&base);
    }
    None
}

/// The folder that a folder is in, written in the same way.
fn above(folder: &Utf8Path) -> Utf8PathBuf {
    match folder.file_name() {
        Some(_) => {
            let parent = folder.parent().unwrap_or(Utf8Path::new(""));
            if parent.as_str().is_empty() {
                Utf8PathBuf::from(".")
            } else {
                parent.to_owned()
            }
        }
        None if folder == "." || folder.as_str().is_empty() => Utf8PathBuf::from(".."),
        None => folder.join(".."),
    }
}

/// As the system names it; as it is where there is no such file.
fn canonical(path: &Utf8Path) -> Utf8PathBuf {
    path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned())
}

/// Without `./` at its beginning.
fn plain(path: &Utf8Path) -> Utf8PathBuf {
    let stripped = path.strip_prefix(".").unwrap_or(path);
    stripped.to_owned()
}

fn walk(folder: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    entries(folder)
        .filter(|entry| entry.file_type().is_some_and(|it| it.is_file()))
        .filter_map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).ok())
        .filter(|path| is_read(path))
}

/// What is in a folder, but for what git ignores and what others wrote.
fn entries(folder: &Utf8Path) -> impl Iterator<Item = DirEntry> {
    let walk = WalkBuilder::new(folder)
        .hidden(false)
        .require_git(false)
        .filter_entry(|entry| {
            let name = entry.file_name().to_str().unwrap_or("");
            !(entry.depth() > 0 && SKIPPED.contains(&name))
        })
        .build();
    walk.filter_map(Result::ok)
}

/// Whether the content of a file matters to a rule.
fn is_read(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or("");
    matches!(
        path.extension(),
        Some("py" | "ipynb" | "toml" | "yaml" | "yml" | "lock")
    ) || name.starts_with(".env")
        || name.to_lowercase().starts_with("readme")
        || matches!(name, ".gitignore" | "setup.cfg")
}

fn read_folder(base: &Utf8Path, wanted: &BTreeSet<Utf8PathBuf>) -> anyhow::Result<Package> {
    let mut files = BTreeMap::new();
    // A file that is named is read even when git ignores it.
    let named = wanted.iter().filter(|it| it.is_file()).cloned();
    for path in walk(base).chain(named) {
        let length = path.metadata().map_or(0, |it| it.len());
        if length > LARGEST {
            continue;
        }
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read `{path}`"))?;
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        let inside = path.strip_prefix(base).unwrap_or(&path);
        files.insert(plain(inside), text);
    }
    let mut package = Package::new(files);
    package.installed = installed::distributions(base);
    Ok(package)
}
