//! The files of a project, in memory.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::module::Roots;
use crate::project::Pyproject;

/// The files of one project, by path from its root, with forward slashes.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// Content by path. Binary files and what git ignores are left out by whoever loads the package.
    pub files: BTreeMap<Utf8PathBuf, String>,
    /// Files that are known to exist without their content: `.env` when git ignores it.
    pub ignored: BTreeSet<Utf8PathBuf>,
    /// Only findings in these files are wanted; empty: in all of them.
    pub targets: BTreeSet<Utf8PathBuf>,
    /// The distributions that bring a module, as installed in the project's environment or as a project beside it.
    pub installed: BTreeMap<String, BTreeSet<String>>,
}

impl Package {
    /// A package of these files.
    pub fn new(files: BTreeMap<Utf8PathBuf, String>) -> Self {
        Self {
            files,
            ignored: BTreeSet::new(),
            targets: BTreeSet::new(),
            installed: BTreeMap::new(),
        }
    }

    /// The content of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(Utf8Path::new(path)).map(String::as_str)
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(Utf8Path::new(path))
    }

    /// Splits a repository into its projects: one per folder with a `pyproject.toml`, each with its folder. Files
    /// outside of all of them belong to the root.
    pub fn split(self) -> Vec<(Utf8PathBuf, Self)> {
        let mut folders: Vec<Utf8PathBuf> = self
            .files
            .keys()
            // A template of a project is a file of the project that holds it.
            .filter(|path| {
                path.file_name() == Some("pyproject.toml") && !path.as_str().contains("{{")
            })
            .filter_map(|path| path.parent().map(Utf8Path::to_owned))
            .collect();
        folders.sort_by_key(|folder| std::cmp::Reverse(folder.components().count()));
        let mut parts: BTreeMap<Utf8PathBuf, Self> = BTreeMap::new();
        let home = |path: &Utf8Path| {
            let folder = folders.iter().find(|folder| path.starts_with(folder));
            folder.cloned().unwrap_or_default()
        };
        let relative = |path: &Utf8Path, folder: &Utf8Path| {
            path.strip_prefix(folder).unwrap_or(path).to_owned()
        };
        for (path, text) in self.files {
            let folder = home(&path);
            let inside = relative(&path, &folder);
            parts.entry(folder).or_default().files.insert(inside, text);
        }
        for path in self.ignored {
            let folder = home(&path);
            let inside = relative(&path, &folder);
            parts.entry(folder).or_default().ignored.insert(inside);
        }
        for path in self.targets {
            let folder = home(&path);
            let inside = relative(&path, &folder);
            parts.entry(folder).or_default().targets.insert(inside);
        }
        let mut installed = self.installed;
        for part in parts.values() {
            let name = part
                .text("pyproject.toml")
                .and_then(|text| Pyproject::parse(text).name);
            for module in Roots::of(part).packages {
                installed
                    .entry(module)
                    .or_default()
                    .extend(name.iter().cloned());
            }
        }
        for part in parts.values_mut() {
            part.installed.clone_from(&installed);
        }
        parts.into_iter().collect()
    }
}
