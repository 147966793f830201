//! Our own stubs of libraries, embedded.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, include_dir};

use crate::Environment;

static STUBS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/stubs");

/// The stubs to lay under `environment`: its own, and the embedded ones of every library that is not installed with
/// types of its own.
pub(crate) fn select(environment: &Environment) -> BTreeMap<Utf8PathBuf, String> {
    let mut stubs = BTreeMap::new();
    let mut typed = BTreeSet::new();
    for folder in STUBS.dirs() {
        let Some(name) = folder.path().to_str() else {
            continue;
        };
        let package = name.trim_end_matches("-stubs");
        let is_typed = environment
            .site_packages
            .iter()
            .any(|root| is_typed(root, package));
        if is_typed {
            typed.insert(name);
            continue;
        }
        stubs.insert(
            Utf8PathBuf::from(format!("{name}/py.typed")),
            "partial\n".to_owned(),
        );
        add(folder, &mut stubs);
    }
    stubs.extend(
        environment
            .stubs
            .iter()
            .map(|(path, text)| (path.clone(), text.clone())),
    );
    stubs
}

/// Whether the library is installed in `root` with types of its own.
fn is_typed(root: &Utf8Path, package: &str) -> bool {
    root.is_absolute()
        && (root.join(package).join("py.typed").is_file()
            || root.join(format!("{package}-stubs")).is_dir())
}

fn add(folder: &Dir<'_>, stubs: &mut BTreeMap<Utf8PathBuf, String>) {
    for file in folder.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            stubs.insert(Utf8PathBuf::from(path), text.to_owned());
        }
    }
    for inner in folder.dirs() {
        add(inner, stubs);
    }
}
