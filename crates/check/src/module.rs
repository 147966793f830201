//! One Python file, parsed once, and its place in the project.

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use srcify_syntax::ast::Stmt;
use srcify_syntax::{
    Cell, CellKind, Diagnostic, Program, Source, SourceKind, TextLen, TextRange, TextSize, parse,
    read, stdlib,
};

use crate::package::Package;
use crate::text::LineIndex;

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Part of an importable package.
    Package,
    /// A test or its fixtures.
    Test,
    /// A notebook.
    Notebook,
    /// Anything else: a script, documentation, a build file.
    Loose,
}

/// The layer a module of a layered package belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Layer {
    Domain,
    Io,
    Application,
    /// `scripts.py`, `__main__.py`.
    Scripts,
    /// `config.py`, `settings.py`: what every layer may import.
    Config,
    /// Outside of the layers.
    Other,
}

impl Layer {
    /// As in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Io => "io",
            Self::Application => "application",
            Self::Scripts => "scripts",
            Self::Config => "config",
            Self::Other => "the package",
        }
    }
}

/// One Python file.
#[derive(Debug)]
pub(crate) struct Module {
    pub path: Utf8PathBuf,
    pub program: Program,
    pub lines: LineIndex,
    pub errors: Vec<Diagnostic>,
    pub role: Role,
    /// `churn.domain.features`; empty outside of packages.
    pub name: String,
    pub layer: Layer,
}

impl Module {
    /// Parses every Python file and notebook of a package, in the order of paths.
    pub(crate) fn parse_all(package: &Package) -> Vec<Self> {
        let roots = Roots::of(package);
        let files: Vec<_> = package.files.iter().collect();
        let parsed = files
            .par_iter()
            .filter_map(|(path, text)| Self::parse(path, text, &roots));
        parsed.collect()
    }

    /// A file by itself.
    pub(crate) fn loose(path: &Utf8Path, text: &str) -> Option<Self> {
        Self::parse(path, text, &Roots::of(&Package::default()))
    }

    fn parse(path: &Utf8Path, text: &str, roots: &Roots) -> Option<Self> {
        let source = match path.extension() {
            Some("py") => script(path, text),
            Some("ipynb") => read(path, text.as_bytes()).ok()?.output,
            _ => return None,
        };
        let lines = LineIndex::new(&source.text);
        let parsed = parse(source);
        let (role, name) = roots.place(path);
        let layer = if role == Role::Package && roots.is_layered(&name) {
            layer_of(&name, path)
        } else {
            Layer::Other
        };
        Some(Self {
            path: path.to_owned(),
            program: parsed.output,
            lines,
            errors: parsed.diagnostics,
            role,
            name,
            layer,
        })
    }

    /// The Python text.
    pub(crate) fn text(&self) -> &str {
        &self.program.source.text
    }

    /// The text at `range`; empty when it is no range of the text.
    pub(crate) fn slice(&self, range: TextRange) -> &str {
        self.text()
            .get(usize::from(range.start())..usize::from(range.end()))
            .unwrap_or("")
    }

    /// Top-level statements.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &Stmt> {
        self.program
            .units()
            .iter()
            .map(|unit| self.program.statement(unit.id))
    }

    /// Whether it is an `__init__.py`.
    pub(crate) fn is_init(&self) -> bool {
        self.path.file_name() == Some("__init__.py")
    }

    /// The dotted name without its last part, or whole for a package.
    pub(crate) fn parent_package(&self) -> &str {
        if self.is_init() {
            return &self.name;
        }
        self.name.rsplit_once('.').map_or("", |(parent, _)| parent)
    }

    /// `churn` of `churn.domain.features`.
    pub(crate) fn top_level(&self) -> &str {
        self.name.split('.').next().unwrap_or("")
    }

    /// Whether it holds settings, so that literals in it are defaults.
    pub(crate) fn is_config(&self) -> bool {
        let is_settings = |part: &str| {
            matches!(
                part,
                "config" | "configs" | "settings" | "conf" | "constants" | "defaults"
            )
        };
        self.layer == Layer::Config || self.name.split('.').any(is_settings)
    }

    /// Whether the module or a package above it is private by its name.
    pub(crate) fn is_private(&self) -> bool {
        self.name
            .split('.')
            .any(|part| part.starts_with('_') && !part.starts_with("__"))
    }

    /// The whole line that holds `offset`, with its line feed.
    pub(crate) fn line_range(&self, offset: TextSize) -> TextRange {
        let line = self.lines.line(offset);
        TextRange::new(
            self.lines.start(line, self.text()),
            self.lines.start(line + 1, self.text()),
        )
    }
}

fn script(path: &Utf8Path, text: &str) -> Source {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
    let cell = Cell {
        number: 1,
        kind: CellKind::Code,
        range: TextRange::up_to(text.text_len()),
        markdown: String::new(),
        tags: Vec::new(),
        execution_count: None,
    };
    let mut source = Source::empty(path, SourceKind::Script);
    source.text = text;
    source.cells = vec![cell];
    source
}

/// Where packages are.
pub(crate) struct Roots {
    /// `src` or nothing.
    pub source: Utf8PathBuf,
    /// Names of the importable packages.
    pub packages: Vec<String>,
    layered: Vec<String>,
}

/// Folders that hold no package of a project, whatever is in them.
const OUTSIDE: &[&str] = &[
    "tests",
    "test",
    "testing",
    "docs",
    "doc",
    "examples",
    "example",
    "scripts",
    "benchmarks",
    "notebooks",
    "tools",
    "build",
    "dist",
    "bin",
    "ci",
    "data",
];

impl Roots {
    pub(crate) fn of(package: &Package) -> Self {
        let paths: Vec<Vec<&str>> = package
            .files
            .keys()
            .map(|path| path.as_str().split('/').collect())
            .collect();
        let is_sourced = |parts: &&Vec<&str>| {
            parts.len() >= 3 && parts[0] == "src" && parts.last().is_some_and(|it| is_python(it))
        };
        let in_source = paths.iter().any(|parts| is_sourced(&parts));
        let mut packages: Vec<String> = if in_source {
            let inside = paths.iter().filter(is_sourced);
            inside.map(|parts| parts[1].to_owned()).collect()
        } else {
            let inside = paths.iter().filter(|parts| {
                parts.len() == 2 && parts[1] == "__init__.py" && !OUTSIDE.contains(&parts[0])
            });
            inside.map(|parts| parts[0].to_owned()).collect()
        };
        packages.sort();
        packages.dedup();
        packages.retain(|name| !name.is_empty() && !name.contains(['-', '.']));
        let source = Utf8PathBuf::from(if in_source { "src" } else { "" });
        let layered = packages
            .iter()
            .filter(|name| has_layers(&paths, &source, name))
            .cloned()
            .collect();
        Self {
            source,
            packages,
            layered,
        }
    }

    fn place(&self, path: &Utf8Path) -> (Role, String) {
        if path.extension() == Some("ipynb") {
            return (Role::Notebook, String::new());
        }
        let inside = path.strip_prefix(&self.source).unwrap_or(path);
        let parts: Vec<&str> = inside.as_str().split('/').collect();
        let name = path.file_name().unwrap_or("");
        let is_test =
            path.as_str().split('/').any(|part| {
                matches!(part, "tests" | "test" | "testing") || part.starts_with("_test")
            }) || name.starts_with("test_")
                || name.ends_with("_test.py")
                || matches!(name, "conftest.py" | "testing.py");
        let is_packaged = (path.starts_with(&self.source) || self.source.as_str().is_empty())
            && parts.len() >= 2
            && self.packages.iter().any(|package| package == parts[0])
            && parts.iter().all(|part| is_importable(part));
        let dotted = inside.as_str().trim_end_matches(".py").replace('/', ".");
        let dotted = dotted.trim_end_matches(".__init__").to_owned();
        match (is_packaged, is_test) {
            (true, false) => (Role::Package, dotted),
            (true, true) => (Role::Test, dotted),
            (false, true) => (Role::Test, String::new()),
            (false, false) => (Role::Loose, String::new()),
        }
    }

    fn is_layered(&self, module: &str) -> bool {
        let top = module.split('.').next().unwrap_or("");
        self.layered.iter().any(|name| name == top)
    }
}

/// Whether an import can name a file or folder: no import reaches `0010_example.py`, which is run.
fn is_importable(part: &str) -> bool {
    stdlib::identifiers::is_identifier(part.strip_suffix(".py").unwrap_or(part))
}

/// A package follows the layers when it has a `domain`, or an `application` with an `io` or `scripts`. A folder `io`
/// alone says nothing: many libraries have one.
fn has_layers(paths: &[Vec<&str>], source: &Utf8Path, package: &str) -> bool {
    let depth = source.components().count();
    let children: Vec<&str> = paths
        .iter()
        .filter(|parts| parts.len() >= depth + 2 && parts[depth] == package)
        .map(|parts| parts[depth + 1].trim_end_matches(".py"))
        .collect();
    let folder = |name: &str| {
        paths.iter().any(|parts| {
            parts.len() >= depth + 3 && parts[depth] == package && parts[depth + 1] == name
        })
    };
    folder("domain")
        || children.contains(&"domain")
        || (folder("application") && (folder("io") || children.contains(&"scripts")))
}

fn layer_of(name: &str, path: &Utf8Path) -> Layer {
    if path.file_name() == Some("__main__.py") {
        return Layer::Scripts;
    }
    match name.split('.').nth(1) {
        Some("domain") => Layer::Domain,
        Some("io") => Layer::Io,
        Some("application") => Layer::Application,
        Some("scripts" | "cli") => Layer::Scripts,
        Some("config" | "configs" | "settings") => Layer::Config,
        _ => Layer::Other,
    }
}

fn is_python(name: &str) -> bool {
    Utf8Path::new(name).extension() == Some("py")
}
