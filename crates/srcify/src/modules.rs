//! Local modules on disk: beside the input, or in the project that it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use srcify_effects::Catalog;
use srcify_link::Found;
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Source, SourceKind, Warned};

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
    /// Modules that the input writes itself before it imports them, by path: `%%writefile helper.py`.
    written: BTreeMap<Utf8PathBuf, String>,
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
        let written = written_modules(program);
        Self {
            folder,
            roots,
            written,
        }
    }

    /// The module with a dotted name, read.
    pub fn find(&self, name: &str) -> Option<Found> {
        let relative = name.replace('.', "/");
        let path = Utf8PathBuf::from(format!("{relative}.py"));
        if let Some(text) = self.written.get(&path) {
            let source = match srcify_syntax::read(&path, text.as_bytes()) {
                Ok(read) => read.output,
                Err(_) => Source::empty(&path, SourceKind::Script),
            };
            return Some(Found {
                source,
                is_package: false,
            });
        }
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

    /// The file that `%run` names, read: as it stands there, or with the extension that it leaves out.
    pub fn run_file(&self, name: &str) -> Option<Warned<Source>> {
        let name = name.strip_prefix("./").unwrap_or(name);
        for ending in ["", ".py", ".ipynb"] {
            let relative = Utf8PathBuf::from(format!("{name}{ending}"));
            if let Some(text) = self.written.get(&relative) {
                return srcify_syntax::read(&relative, text.as_bytes()).ok();
            }
            let path = self.folder.join(&relative);
            if path.is_file() {
                if path.metadata().ok()?.len() > LARGEST {
                    return None;
                }
                let bytes = std::fs::read(&path).ok()?;
                return srcify_syntax::read(&relative, &bytes).ok();
            }
        }
        None
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

/// The modules that statements at module level write, whole and once.
fn written_modules(program: &Program) -> BTreeMap<Utf8PathBuf, String> {
    let mut found: BTreeMap<Utf8PathBuf, String> = BTreeMap::new();
    let mut changed: BTreeSet<Utf8PathBuf> = BTreeSet::new();
    for unit in program.units() {
        let statement = program.statement(unit.id);
        // What is imported before is another file, or none.
        changed.extend(
            imported(statement)
                .into_iter()
                .filter(|path| !found.contains_key(path)),
        );
        let Some((path, text)) = written_text(statement) else {
            continue;
        };
        let path = Utf8PathBuf::from(path.strip_prefix("./").unwrap_or(path));
        if found.insert(path.clone(), text.to_owned()).is_some() {
            changed.insert(path);
        }
    }
    found.retain(|path, _| path.extension() == Some("py") && !changed.contains(path));
    found
}

/// The files of the modules that a statement imports, were they local ones.
fn imported(statement: &Stmt) -> Vec<Utf8PathBuf> {
    let path = |name: &str| Utf8PathBuf::from(format!("{}.py", name.replace('.', "/")));
    match statement {
        Stmt::Import(import) => import.names.iter().map(|it| path(&it.name)).collect(),
        Stmt::ImportFrom(import) => import.module.iter().map(|it| path(it)).collect(),
        _ => Vec::new(),
    }
}

/// `pathlib.Path("helper.py").write_text("…")`, which is what `%%writefile` means: the path and the text.
fn written_text(statement: &Stmt) -> Option<(&str, &str)> {
    let call = statement.as_expr_stmt()?.value.as_call_expr()?;
    let method = call.func.as_attribute_expr()?;
    let made = method.value.as_call_expr()?;
    let is_path = match &*made.func {
        Expr::Name(name) => name.id == "Path",
        Expr::Attribute(attribute) => attribute.attr.as_str() == "Path",
        _ => false,
    };
    if !is_path || method.attr.as_str() != "write_text" || made.arguments.len() != 1 {
        return None;
    }
    Some((first_text(made)?, first_text(call)?))
}

fn first_text(call: &ast::ExprCall) -> Option<&str> {
    let literal = call.arguments.args.first()?.as_string_literal_expr()?;
    Some(literal.value.to_str())
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
pub fn project_around(folder: &Utf8Path) -> Option<Utf8PathBuf> {
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
