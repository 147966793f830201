//! Which distributions bring which modules, as the metadata of a project's own environment say.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

/// By module, the distributions that bring it, from the environment in a project's folder.
pub(super) fn distributions(project: &Utf8Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for folder in site_packages(project) {
        for metadata in entries(&folder) {
            let name = metadata.file_name().unwrap_or("");
            let Some(name) = name
                .strip_suffix(".dist-info")
                .and_then(|it| it.split('-').next())
            else {
                continue;
            };
            for module in modules(&metadata) {
                found.entry(module).or_default().insert(name.to_owned());
            }
        }
    }
    found
}

fn site_packages(project: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    for environment in [".venv", "venv"] {
        let environment = project.join(environment);
        found.push(environment.join("Lib").join("site-packages"));
        let versions = entries(&environment.join("lib"));
        found.extend(versions.into_iter().map(|it| it.join("site-packages")));
    }
    found.retain(|it| it.is_dir());
    found
}

fn entries(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let entries = folder.read_dir_utf8().into_iter().flatten();
    let mut paths: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|it| it.path().to_owned())
        .collect();
    paths.sort();
    paths
}

/// The modules at the top that a distribution installs.
fn modules(metadata: &Utf8Path) -> BTreeSet<String> {
    if let Ok(text) = std::fs::read_to_string(metadata.join("top_level.txt")) {
        return text.split_whitespace().map(str::to_owned).collect();
    }
    let record = std::fs::read_to_string(metadata.join("RECORD")).unwrap_or_default();
    let files = record.lines().filter_map(|line| line.split(',').next());
    let modules = files.filter_map(|path| match path.split_once('/') {
        Some((folder, _)) => Some(folder),
        None => path.strip_suffix(".py"),
    });
    modules
        .filter(|it| !it.contains(['.', '-']) && *it != "__pycache__")
        .map(str::to_owned)
        .collect()
}
