//! Local modules on disk: beside the input, or in the project that it belongs to.

use camino::{Utf8Path, Utf8PathBuf};
use srcify_effects::Catalog;
use srcify_link::Found;
use srcify_syntax::{Program, Source, SourceKind};

/// Larger files are no modules.
const LARGEST: u64 = 5 * 1024 * 1024;

/// What tells that a folder is a project.
const PROJECT_SIGNS: &[&str] = &["pyproject.toml", "setup.py", "setup.cfg", ".git"];

/// How far up a project may begin.
const HIGHEST: usize = 6;

/// Finds the modules that one input may import.
pub struct Modules {
    /// The input's folder.
    folder: Utf8PathBuf,
    /// Folders that hold modules, in the order in which they are searched.
    roots: Vec<Utf8PathBuf>,
}

impl Modules {
    /// The modules around the input at `path`.
    pub fn around(path: &Utf8Path, program: &Program) -> Self {
        let folder = match path.parent() {
            Some(folder) if !folder.as_str().is_empty() => folder.to_owned(),
            _ => Utf8PathBuf::from("."),
        };
        let mut roots = vec![folder.clone()];
        roots.extend(named_roots(&folder, program));
        if let Some(project) = project_around(&folder) {
            roots.push(project.clone());
            roots.push(project.join("src"));
        }
        let mut seen = Vec::new();
        roots.retain(|root| {
            let real = root.canonicalize_utf8().unwrap_or_else(|_| root.clone());
            let is_new = root.is_dir() && !seen.contains(&real);
            seen.push(real);
            is_new
        });
        Self { folder, roots }
    }

    /// The module with a dotted name, read.
    pub fn find(&self, name: &str) -> Option<Found> {
        let relative = name.replace('.', "/");
        for root in &self.roots {
            let package = root.join(&relative).join("__init__.py");
            let module = root.join(format!("{relative}.py"));
            if package.is_file() {
                return self.read(&package, true);
            }
            if module.is_file() {
                return self.read(&module, false);
            }
        }
        let folder = self
            .roots
            .iter()
            .map(|root| root.join(&relative))
            .find(|folder| holds_modules(folder))?;
        let is_library = Catalog::for_libraries([name]).knows_library(name);
        (!is_library).then(|| Found {
            source: Source::empty(&self.shown(&folder), SourceKind::Script),
            is_package: true,
        })
    }

    fn read(&self, path: &Utf8Path, is_package: bool) -> Option<Found> {
        let length = path.metadata().ok()?.len();
        if length > LARGEST {
            return None;
        }
        let bytes = std::fs::read(path).ok()?;
        let shown = self.shown(path);
        let source = match srcify_syntax::read(&shown, &bytes) {
            Ok(read) => read.output,
            Err(_) => Source::empty(&shown, SourceKind::Script),
        };
        Some(Found { source, is_package })
    }

    /// A path as seen from the input's folder.
    fn shown(&self, path: &Utf8Path) -> Utf8PathBuf {
        if let Ok(inside) = path.strip_prefix(&self.folder) {
            return inside.to_owned();
        }
        let real = |path: &Utf8Path| path.canonicalize_utf8().ok();
        let (Some(path), Some(mut folder)) = (real(path), real(&self.folder)) else {
            return path.to_owned();
        };
        let mut up = Utf8PathBuf::new();
        loop {
            if let Ok(inside) = path.strip_prefix(&folder) {
                return up.join(inside);
            }
            up.push("..");
            if !folder.pop() {
                return path;
            }
        }
    }
}

/// A folder with modules, but without `__init__.py`.
fn holds_modules(folder: &Utf8Path) -> bool {
    let Ok(entries) = folder.read_dir_utf8() else {
        return false;
    };
    entries
        .filter_map(Result::ok)
        .any(|entry| entry.path().extension() == Some("py"))
}

/// The project's folder: the nearest one above that looks like it.
fn project_around(folder: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut real = folder.canonicalize_utf8().ok()?;
    for _ in 0..HIGHEST {
        if PROJECT_SIGNS.iter().any(|sign| real.join(sign).exists()) {
            return Some(real);
        }
        if !real.pop() {
            return None;
        }
    }
    None
}

/// Folders that the input itself puts on `sys.path`.
fn named_roots(folder: &Utf8Path, program: &Program) -> Vec<Utf8PathBuf> {
    let text = &program.source.text;
    if !text.contains("sys.path") {
        return Vec::new();
    }
    let mut roots = Vec::new();
    for line in text.lines().filter(|line| line.contains("path")) {
        let strings = line.split(['"', '\'']).skip(1).step_by(2);
        roots.extend(
            strings
                .filter(|it| !it.is_empty())
                .map(|it| folder.join(it)),
        );
    }
    roots.push(folder.join(".."));
    roots
}
