//! Files by path objects: `path.open("w")` for `open(path, "w")`, `path.mkdir(parents=True)` for `os.makedirs(path)`, which
//! do the same.

mod classes;
mod empty;
mod handles;

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

use crate::{Field, Folder, Literal, Module, Plan};

const IMPORT: &str = "from pathlib import Path";

/// What a location is for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Location {
    /// A `Path`.
    Path,
    /// A path as text, and not an empty one.
    Text,
}

/// Rewrites the calls in all items that work on a file whose location is certain to be a path.
pub(crate) fn work_by_path(plan: &mut Plan) {
    let settings: BTreeMap<String, Location> = plan
        .jobs
        .iter()
        .flat_map(|job| &job.settings.sections)
        .flat_map(|section| section.fields.iter().map(move |field| (section, field)))
        .filter_map(|(section, field)| {
            Some((format!("{}.{}", section.name, field.name), of_field(field)?))
        })
        .collect();
    let doubtful = empty::classes(plan);
    for module in &mut plan.modules {
        let has_path = module.imports.contains(IMPORT);
        let is_path_free = has_path || !names(module, "Path");
        let mut needs_import = false;
        let has_os = module.imports.contains("import os");
        for item in &mut module.items {
            let file = File {
                settings: &settings,
                is_io: module.folder == Folder::Io && !doubtful.contains(&item.name),
                is_path_free,
                has_os,
            };
            let (text, wraps) = rewritten(&item.text, &file);
            item.text = closed(&text, &file);
            needs_import |= wraps;
        }
        if needs_import {
            module.imports.insert(IMPORT.to_owned());
        }
    }
    classes::hold_paths(plan);
    for module in &mut plan.modules {
        if module.imports.contains("import os")
            && !module.items.iter().any(|item| uses_os(&item.text))
        {
            module.imports.remove("import os");
        }
    }
}

fn of_field(field: &Field) -> Option<Location> {
    match field.annotation.as_str() {
        "Path" => Some(Location::Path),
        "str" if matches!(&field.default, Literal::Str(text) if !text.is_empty()) => {
            Some(Location::Text)
        }
        _ => None,
    }
}

/// Whether a module binds or imports a name, or may.
fn names(module: &Module, name: &str) -> bool {
    module.imports.iter().any(|it| word(it, name))
        || module.items.iter().any(|it| word(&it.text, name))
}

fn word(text: &str, name: &str) -> bool {
    let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    words.any(|it| it == name)
}

/// Whether code uses the module `os`: annotations may be strings.
fn uses_os(text: &str) -> bool {
    struct Uses(bool);
    impl<'a> Visitor<'a> for Uses {
        fn visit_expr(&mut self, expression: &'a Expr) {
            self.0 |= match expression {
                Expr::Name(name) => name.id.as_str() == "os",
                Expr::StringLiteral(it) => it.value.to_str().contains("os."),
                _ => false,
            };
            walk_expr(self, expression);
        }
    }
    let mut uses = Uses(false);
    if word(text, "os") {
        uses.visit_body(snippet(text).statements());
    }
    uses.0
}

/// What is known of the module that an item is in.
struct File<'a> {
    settings: &'a BTreeMap<String, Location>,
    /// Its classes hold locations, and none that may be empty.
    is_io: bool,
    /// `Path` is that of `pathlib`, or can be.
    is_path_free: bool,
    /// `os` is the module.
    has_os: bool,
}

/// A text with such calls rewritten, and whether it needs `Path` now.
fn rewritten(text: &str, file: &File<'_>) -> (String, bool) {
    let is_touched = text.contains("open(") || file.has_os && text.contains("os.");
    if !is_touched {
        return (text.to_owned(), false);
    }
    let parsed = snippet(text);
    let mut search = Search::of(text, file, parsed.statements());
    let mut result = text.to_owned();
    let mut wraps = false;
    search.calls.sort_by_key(|call| call.range.start());
    // A call inside of another one stays.
    let mut end = TextSize::new(0);
    search.calls.retain(|call| {
        let is_apart = call.range.start() >= end;
        end = end.max(call.range.end());
        is_apart
    });
    for call in search.calls.iter().rev() {
        let path = &text[call.location];
        if search.bound.contains(path) || call.is_os && search.bound.contains("os") {
            continue;
        }
        let rest = &text[usize::from(call.location.end())..usize::from(call.range.end())];
        let mut rest = rest.trim_start();
        for _ in 0..call.brackets {
            rest = rest.strip_prefix(')').unwrap_or(rest).trim_start();
        }
        let rest = rest.trim_start_matches(',').trim_start();
        let receiver = match call.kind {
            Location::Path => path.to_owned(),
            Location::Text => {
                wraps = true;
                format!("Path({path})")
            }
        };
        let closing = if call.method == "mkdir(parents=True" && rest != ")" {
            ", "
        } else {
            ""
        };
        let rest = rest.strip_suffix(')').unwrap_or(rest);
        let end = if call.method.contains('(') { "" } else { "(" };
        let (method, tail) = match call.method {
            "stat().st_size" => ("stat().st_size", ""),
            method => (method, ")"),
        };
        let end = if tail.is_empty() { "" } else { end };
        result.replace_range(
            usize::from(call.range.start())..usize::from(call.range.end()),
            &format!("{receiver}.{method}{end}{closing}{rest}{tail}"),
        );
    }
    (result, wraps)
}

/// A text in which the files that paths open are closed by what uses them up.
fn closed(text: &str, file: &File<'_>) -> String {
    if !text.contains(".open(") {
        return text.to_owned();
    }
    let parsed = snippet(text);
    let search = Search::of(text, file, parsed.statements());
    let is_bound = |name: &str| search.bound.contains(name);
    let is_path = |value: &Expr| {
        let is_made = |call: &ast::ExprCall| {
            call.func.as_name_expr().is_some_and(|it| it.id == "Path")
                && file.is_path_free
                && !is_bound("Path")
        };
        match value {
            Expr::Call(call) => is_made(call),
            _ => search.kind(value) == Some(Location::Path) && !is_bound(&text[value.range()]),
        }
    };
    let mut edits = handles::closed(text, parsed.statements(), &is_path, &is_bound);
    edits.sort_by_key(|(range, _)| (range.start(), range.end()));
    let mut result = text.to_owned();
    for (range, new) in edits.iter().rev() {
        result.replace_range(usize::from(range.start())..usize::from(range.end()), new);
    }
    result
}

/// A call, and what does the same.
struct Found {
    range: TextRange,
    location: TextRange,
    /// How many pairs of brackets stand around the location.
    brackets: usize,
    kind: Location,
    /// The method of `Path`, with its first arguments where it takes some.
    method: &'static str,
    is_os: bool,
}

struct Search<'a> {
    text: &'a str,
    file: &'a File<'a>,
    /// Parameters and fields that hold a location.
    paths: BTreeMap<String, Location>,
    /// Names that are bound to something else, somewhere.
    bound: BTreeSet<String>,
    calls: Vec<Found>,
}

/// Functions of `os` that take one path, and the methods of `Path` that do the same.
const METHODS: &[(&str, &str)] = &[
    ("os.makedirs", "mkdir(parents=True"),
    ("os.mkdir", "mkdir"),
    ("os.path.exists", "exists"),
    ("os.path.getsize", "stat().st_size"),
    ("os.path.isdir", "is_dir"),
    ("os.path.isfile", "is_file"),
    ("os.remove", "unlink"),
    ("os.unlink", "unlink"),
];

impl<'a> Search<'a> {
    /// What is found in statements.
    fn of(text: &'a str, file: &'a File<'a>, statements: &[Stmt]) -> Self {
        let mut search = Self {
            text,
            file,
            paths: BTreeMap::new(),
            bound: BTreeSet::new(),
            calls: Vec::new(),
        };
        search.visit_body(statements);
        search
    }

    fn kind(&self, location: &Expr) -> Option<Location> {
        let text = &self.text[location.range()];
        match location {
            Expr::StringLiteral(it) => (!it.value.is_empty()).then_some(Location::Text),
            Expr::FString(it) => {
                let is_text =
                    |element: &ast::InterpolatedStringElement| element.as_literal().is_some();
                it.value.elements().any(is_text).then_some(Location::Text)
            }
            Expr::Call(call) => {
                let is_join = &self.text[call.func.range()] == "os.path.join";
                let mut parts = call.arguments.args.iter();
                let is_text =
                    parts.any(|it| !it.is_starred_expr() && self.kind(it) == Some(Location::Text));
                (is_join && self.file.has_os && is_text).then_some(Location::Text)
            }
            Expr::Attribute(_) if !text.starts_with("self.") => {
                let (_, setting) = text.split_once('.')?;
                self.file.settings.get(setting).copied()
            }
            _ => self.paths.get(text).copied(),
        }
    }

    /// `open(path, …)` or a function of `os`, with nothing that the method of `Path` does not take.
    fn found(&self, call: &ast::ExprCall) -> Option<Found> {
        let name = &self.text[call.func.range()];
        let is_os = name != "open";
        let (method, known): (&str, &[&str]) = if is_os {
            let it = METHODS
                .iter()
                .find(|it| it.0 == name)
                .filter(|_| self.file.has_os)?;
            let keywords: &[&str] = if name == "os.makedirs" {
                &["exist_ok"]
            } else {
                &[]
            };
            (it.1, keywords)
        } else {
            (
                "open",
                &["mode", "buffering", "encoding", "errors", "newline"],
            )
        };
        let location = call.arguments.args.first()?;
        let is_known = |keyword: &ast::Keyword| {
            let name = keyword.arg.as_ref().map_or("", |name| name.as_str());
            known.contains(&name)
        };
        let is_plain = !call.arguments.args.iter().any(Expr::is_starred_expr)
            && (!is_os || call.arguments.args.len() == 1);
        let has_comment = self.text[call.range()].contains('#');
        let before = &self.text[usize::from(call.func.end())..usize::from(location.start())];
        let kind = self.kind(location)?;
        let is_free = kind == Location::Path || self.file.is_path_free;
        (is_plain && is_free && !has_comment && call.arguments.keywords.iter().all(is_known))
            .then_some(Found {
                range: call.range(),
                location: location.range(),
                brackets: before.matches('(').count().saturating_sub(1),
                kind,
                method,
                is_os,
            })
    }

    fn annotated(&self, annotation: Option<&Expr>) -> Option<Location> {
        match &self.text[annotation?.range()] {
            "Path" => Some(Location::Path),
            // What a class of `io/` holds is what the job passes: no parameter of the author's.
            "str" | "str | Path" if self.file.is_io => Some(Location::Text),
            _ => None,
        }
    }
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                for parameter in function.parameters.iter_non_variadic_params() {
                    let name = parameter.name().to_string();
                    let annotation = parameter.parameter.annotation();
                    match self
                        .annotated(annotation)
                        .filter(|it| *it == Location::Path)
                    {
                        Some(kind) => {
                            self.paths.insert(name, kind);
                        }
                        None => {
                            self.bound.insert(name);
                        }
                    }
                }
            }
            Stmt::AnnAssign(it) => {
                if let Some(kind) = self.annotated(Some(&it.annotation)) {
                    let field = format!("self.{}", &self.text[it.target.range()]);
                    self.paths.insert(field, kind);
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            // Quotes in quotes.
            Expr::FString(_) | Expr::TString(_) => return,
            Expr::Call(call) => {
                if let Some(found) = self.found(call) {
                    self.calls.push(found);
                    return;
                }
            }
            Expr::Name(name) if !name.ctx.is_load() => {
                self.bound.insert(name.id.to_string());
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{File, Location, rewritten};

    fn check(before: &str, after: &str) {
        let settings = BTreeMap::from([
            ("output.report".to_owned(), Location::Path),
            ("output.folder".to_owned(), Location::Text),
        ]);
        let file = File {
            settings: &settings,
            is_io: before.starts_with("class"),
            is_path_free: true,
            has_os: true,
        };
        assert_eq!(rewritten(before, &file).0, after);
    }

    #[test]
    fn what_os_does_with_a_path_the_path_does_itself() {
        check(
            "os.makedirs(config.output.folder, exist_ok=True)\nos.remove(config.output.report)\n",
            "Path(config.output.folder).mkdir(parents=True, exist_ok=True)\nconfig.output.report.unlink()\n",
        );
        check(
            "os.makedirs(\"out\")\nn = os.path.getsize(f\"{x}.csv\")\n",
            "Path(\"out\").mkdir(parents=True)\nn = Path(f\"{x}.csv\").stat().st_size\n",
        );
        check(
            "if not os.path.exists(os.path.join(base, \"a.csv\")):\n    pass\n",
            "if not Path(os.path.join(base, \"a.csv\")).exists():\n    pass\n",
        );
        check(
            "class A:\n    path: str\n\n    def create(self) -> None:\n        os.makedirs(self.path, exist_ok=True)\n",
            "class A:\n    path: str\n\n    def create(self) -> None:\n        Path(self.path).mkdir(parents=True, exist_ok=True)\n",
        );
    }

    #[test]
    fn what_os_may_do_with_something_else_stays() {
        for text in [
            "os.makedirs(folder)\n",
            "os.makedirs(config.output.folder, 0o700)\n",
            "os.path.exists(f\"{x}\")\n",
            "os.remove(\"a\", dir_fd=1)\n",
            "os = own\nos.remove(\"a\")\n",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn a_path_opens_itself() {
        check(
            "def f(config: C) -> None:\n    with open(config.output.report, \"w\") as file:\n        pass\n",
            "def f(config: C) -> None:\n    with config.output.report.open(\"w\") as file:\n        pass\n",
        );
        check(
            "def f(path: Path) -> None:\n    return open(path).read() + open(path, encoding='utf-8').read()\n",
            "def f(path: Path) -> None:\n    return path.open().read() + path.open(encoding='utf-8').read()\n",
        );
        check(
            "class A:\n    path: Path\n\n    def read(self) -> str:\n        return open(self.path).read()\n",
            "class A:\n    path: Path\n\n    def read(self) -> str:\n        return self.path.open().read()\n",
        );
    }

    fn check_closed(before: &str, after: &str) {
        let settings = BTreeMap::from([("output.report".to_owned(), Location::Path)]);
        let file = File {
            settings: &settings,
            is_io: true,
            is_path_free: true,
            has_os: false,
        };
        assert_eq!(super::closed(before, &file), after);
    }

    #[test]
    fn what_a_path_opened_is_closed_by_what_uses_it_up() {
        check_closed(
            "def f(path: Path) -> str:\n    return path.open().read() + path.open(encoding='utf-8').read()\n",
            "def f(path: Path) -> str:\n    return path.read_text() + path.read_text(encoding='utf-8')\n",
        );
        check_closed(
            "def f(path: Path, text: str) -> None:\n    path.open('w').write(text + f'{text}')\n    path.open('wb').write(b'a')\n",
            "def f(path: Path, text: str) -> None:\n    path.write_text(text + f'{text}')\n    path.write_bytes(b'a')\n",
        );
        check_closed(
            "class A:\n    path: Path\n\n    def read(self) -> Any:\n        return json.load(self.path.open())\n",
            "class A:\n    path: Path\n\n    def read(self) -> Any:\n        with self.path.open() as file:\n            return json.load(file)\n",
        );
        check_closed(
            "def f(config: C, x: int) -> None:\n    json.dump(x, config.output.report.open('w'), indent=2)\n    y = json.load(Path('a').open())\n",
            "def f(config: C, x: int) -> None:\n    with config.output.report.open('w') as file:\n        json.dump(x, file, indent=2)\n    with Path('a').open() as file:\n        y = json.load(file)\n",
        );
    }

    #[test]
    fn what_may_be_used_later_stays_open() {
        for text in [
            "def f(path: Path) -> None:\n    rows = csv.reader(path.open())\n",
            "def f(path: Path) -> None:\n    path.open('w').write(path.open().readline())\n",
            "def f(path: Path) -> None:\n    path.open(newline='').read()\n",
            "def f(path: Path) -> None:\n    path.open().read(10)\n",
            "def f(path: Path) -> None:\n    path = own()\n    path.open().read()\n",
            "def f(path: P) -> None:\n    path.open().read()\n",
            "def f(path: Path) -> None:\n    json = own()\n    json.load(path.open())\n",
            "def f(path: Path) -> None:\n    json.dump(g(), path.open('w'))\n",
            "def f(path: Path) -> None:\n    if x: json.load(path.open())\n",
            "def f(path: Path, file: str) -> None:\n    json.load(path.open())\n",
        ] {
            check_closed(text, text);
        }
    }

    #[test]
    fn brackets_around_a_path_go() {
        check(
            "def f(path: Path) -> None:\n    return open((path)).read() + open(((path) ), 'w').read()\n",
            "def f(path: Path) -> None:\n    return path.open().read() + path.open('w').read()\n",
        );
    }

    #[test]
    fn calls_that_run_in_another_order_than_they_stand_in() {
        check(
            "def f(path: Path) -> None:\n    return {open(path).read(): 1 for y in open(path)}\n",
            "def f(path: Path) -> None:\n    return {path.open().read(): 1 for y in path.open()}\n",
        );
        check(
            "def f(path: Path) -> None:\n    return open(path, open(path).read())\n",
            "def f(path: Path) -> None:\n    return path.open(open(path).read())\n",
        );
    }

    #[test]
    fn what_may_be_no_path_stays() {
        for text in [
            "def f(config: C) -> None:\n    open(config.output.name)\n",
            "def f(path: Path) -> None:\n    path = str(path)\n    open(path)\n",
            "def f(path: Path) -> None:\n    open(path, opener=own)\n",
            "def f(path: str | Path) -> None:\n    open(path)\n",
        ] {
            check(text, text);
        }
    }
}
