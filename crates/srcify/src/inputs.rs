//! Which files are inputs: those that were named, and those in the folders that were named.

use std::collections::BTreeSet;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};
use ignore::{DirEntry, WalkBuilder};

use crate::files::MANIFEST;

/// Folders that hold what others wrote.
const FOREIGN: &[&str] = &[
    "venv",
    "env",
    "node_modules",
    "__pycache__",
    "site-packages",
    "build",
    "dist",
];

/// An input that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// As the user would name it.
    pub path: Utf8PathBuf,
    /// The user named the file itself, not a folder that holds it.
    pub is_named: bool,
}

/// The inputs that `arguments` name, in their order, each once.
pub fn collect(arguments: &[Utf8PathBuf]) -> anyhow::Result<Vec<Input>> {
    let mut inputs = Vec::new();
    let mut seen = BTreeSet::new();
    for argument in arguments {
        if !argument.is_dir() {
            add(argument.clone(), true, &mut seen, &mut inputs);
            continue;
        }
        let before = inputs.len();
        for path in files_in(argument)? {
            add(path, false, &mut seen, &mut inputs);
        }
        if inputs.len() == before {
            bail!("`{argument}` holds no notebook or script");
        }
    }
    Ok(inputs)
}

fn add(
    path: Utf8PathBuf,
    is_named: bool,
    seen: &mut BTreeSet<Utf8PathBuf>,
    inputs: &mut Vec<Input>,
) {
    let real = path.canonicalize_utf8().unwrap_or_else(|_| path.clone());
    if seen.insert(real) {
        inputs.push(Input { path, is_named });
    }
}

/// The notebooks and scripts in a folder, sorted. Follows links, but into no loop.
fn files_in(folder: &Utf8Path) -> anyhow::Result<Vec<Utf8PathBuf>> {
    std::fs::read_dir(folder).with_context(|| format!("cannot read `{folder}`"))?;
    let walk = WalkBuilder::new(folder)
        .require_git(false)
        .follow_links(true)
        .filter_entry(|entry| entry.depth() == 0 || !is_foreign(entry))
        .build();
    let mut files: Vec<Utf8PathBuf> = walk
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|it| it.is_file()))
        .filter_map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).ok())
        .filter(|path| is_input(path))
        .collect();
    files.sort();
    Ok(files)
}

/// Environments, caches, and packages that srcify wrote.
fn is_foreign(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_str().unwrap_or("");
    let path = entry.path();
    path.is_dir()
        && (FOREIGN.contains(&name)
            || path.join(MANIFEST).exists()
            || path.join("pyvenv.cfg").exists())
}

/// Notebooks, and scripts that are no modules of a package, no tests and no set-up.
fn is_input(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or("");
    match path.extension() {
        Some("ipynb" | "qmd" | "Rmd") => true,
        Some("py") => {
            let is_module = path
                .parent()
                .is_some_and(|folder| folder.join("__init__.py").exists());
            let is_test = name.starts_with("test_") || name.ends_with("_test.py");
            !is_module && !is_test && !["setup.py", "conftest.py", "noxfile.py"].contains(&name)
        }
        _ => false,
    }
}

/// A name for the package of several inputs: that of the folder that holds them.
pub fn folder_name(arguments: &[Utf8PathBuf]) -> Option<String> {
    let first = arguments.first()?;
    let folder = if first.is_dir() {
        first.clone()
    } else {
        let parent = first.parent().unwrap_or(Utf8Path::new(""));
        if parent.as_str().is_empty() {
            Utf8PathBuf::from(".")
        } else {
            parent.to_owned()
        }
    };
    let real = folder.canonicalize_utf8().ok()?;
    real.file_name().map(str::to_owned)
}
