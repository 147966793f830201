//! What the program may import.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use ruff_db::system::{OsSystem, SystemPath};
use ty_site_packages::{PythonEnvironment, SysPrefixPathOrigin};

/// What the program may import, besides the standard library (always there) and our own stubs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Absolute paths of the site-packages folders of a virtual environment. Relative or missing ones are skipped.
    pub site_packages: Vec<Utf8PathBuf>,
    /// Minor version of Python 3.
    pub python_minor: u8,
    /// Source text of the modules beside the program, by dotted name.
    pub modules: BTreeMap<String, String>,
    /// Further stubs, by path: `sklearn-stubs/metrics/__init__.pyi`. They win over the embedded ones.
    pub stubs: BTreeMap<Utf8PathBuf, String>,
}

impl Default for Environment {
    fn default() -> Self {
        Self {
            site_packages: Vec::new(),
            python_minor: 11,
            modules: BTreeMap::new(),
            stubs: BTreeMap::new(),
        }
    }
}

impl Environment {
    /// The environment of an interpreter, or of a folder: one that an interpreter has for its own, or one that packages
    /// were installed into. Found by names and by `pyvenv.cfg`; no Python runs. `None` where there is none.
    #[must_use]
    pub fn at(path: &Utf8Path) -> Option<Self> {
        let path = std::path::absolute(path).ok()?;
        let path = Utf8PathBuf::from_path_buf(path).ok()?;
        if holds_packages(&path) {
            return Some(Self {
                site_packages: vec![path],
                ..Self::default()
            });
        }
        let system = OsSystem::new(SystemPath::new("/"));
        let origin = SysPrefixPathOrigin::PythonCliFlag;
        let found = PythonEnvironment::new(SystemPath::new(path.as_str()), origin, &system).ok()?;
        let folders = found.site_packages_paths(&system).ok()?;
        let version = found.python_version_from_metadata().cloned();
        let version = version.or_else(|| folders.python_version_from_layout());
        let version = version.map(|it| it.version).filter(|it| it.major == 3);
        let minor = version.map_or(Self::default().python_minor, |it| it.minor);
        let folders = folders.into_vec().into_iter();
        Some(Self {
            site_packages: folders.map(|it| Utf8PathBuf::from(it.as_str())).collect(),
            python_minor: minor,
            ..Self::default()
        })
    }
}

/// Whether packages were installed into a folder: `site-packages`, or one that `--target` named.
fn holds_packages(folder: &Utf8Path) -> bool {
    if !folder.is_dir() || folder.join("pyvenv.cfg").is_file() {
        return false;
    }
    if matches!(folder.file_name(), Some("site-packages" | "dist-packages")) {
        return true;
    }
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_owned())
        .any(|name| name.ends_with(".dist-info"))
}
