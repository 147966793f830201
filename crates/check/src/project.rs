//! A package as rules see it: its modules with their indexes, its `pyproject.toml`.

mod pyproject;

use std::collections::BTreeMap;

use camino::Utf8Path;
use rayon::prelude::*;
use srcify_syntax::{Location, Span, TextRange, TextSize};

use crate::finding::Position;
use crate::index::Index;
use crate::module::{Layer, Module, Role, Roots};
use crate::package::Package;
use crate::text::LineIndex;

pub(crate) use pyproject::{Pyproject, Spanned};

/// A package, parsed.
pub(crate) struct Project<'a> {
    pub package: &'a Package,
    pub modules: Vec<Index<'a>>,
    /// Position in `modules` by dotted name.
    by_name: BTreeMap<&'a str, usize>,
    by_path: BTreeMap<&'a Utf8Path, usize>,
    pub pyproject: Option<Pyproject>,
    /// Where packages lie: `src` or the root.
    pub roots: Roots,
}

impl<'a> Project<'a> {
    pub(crate) fn new(package: &'a Package, modules: &'a [Module]) -> Self {
        let indexes: Vec<Index<'a>> = modules.par_iter().map(Index::of).collect();
        let numbered = || modules.iter().enumerate();
        Self {
            package,
            by_name: numbered()
                .filter(|(_, module)| !module.name.is_empty())
                .map(|(at, module)| (module.name.as_str(), at))
                .collect(),
            by_path: numbered()
                .map(|(at, module)| (module.path.as_path(), at))
                .collect(),
            modules: indexes,
            pyproject: package.text("pyproject.toml").map(Pyproject::parse),
            roots: Roots::of(package),
        }
    }

    /// The position of a module of the package, by dotted name.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The module of a path.
    pub(crate) fn at_path(&self, path: &Utf8Path) -> Option<&Index<'a>> {
        self.by_path.get(path).map(|at| &self.modules[*at])
    }

    /// Modules of importable packages, tests excepted.
    pub(crate) fn package_modules(&self) -> impl Iterator<Item = &Index<'a>> {
        self.modules
            .iter()
            .filter(|it| it.module.role == Role::Package)
    }

    /// Whether a module is a notebook, or a script that was asked about by its name.
    pub(crate) fn is_experiment(&self, index: &Index<'_>) -> bool {
        let module = index.module;
        module.role == Role::Notebook
            || (module.role == Role::Loose && self.package.targets.contains(&module.path))
    }

    /// Modules of a layer.
    pub(crate) fn layer(&self, layer: Layer) -> impl Iterator<Item = &Index<'a>> {
        self.modules
            .iter()
            .filter(move |it| it.module.layer == layer)
    }

    /// The definition that a qualified name means, through re-exports: the module and the name in it.
    pub(crate) fn definition(&self, qualified: &str) -> Option<(usize, String)> {
        let mut name = qualified.to_owned();
        // Each step follows one re-export; cycles end with the counter.
        for _ in 0..8 {
            let (module, rest) = self.split(&name)?;
            let index = &self.modules[module];
            let (head, tail) = rest.split_once('.').unwrap_or((rest.as_str(), ""));
            if index.globals.contains_key(head) {
                return Some((module, rest));
            }
            let imported = match index.names.get(head) {
                Some(imported) => imported.clone(),
                None => self.star(index, head)?,
            };
            name = if tail.is_empty() {
                imported
            } else {
                format!("{imported}.{tail}")
            };
        }
        None
    }

    /// What `from x import *` brings under a name.
    fn star(&self, index: &Index<'a>, name: &str) -> Option<String> {
        let stars = index.imports.iter().filter(|it| it.name == Some("*"));
        stars
            .filter(|it| {
                let from = self.find(&it.module).map(|at| &self.modules[at]);
                from.is_some_and(|from| {
                    from.globals.contains_key(name) || from.names.contains_key(name)
                })
            })
            .map(|it| format!("{}.{name}", it.module))
            .next()
    }

    /// The longest prefix of a qualified name that is a module, and the rest.
    fn split(&self, qualified: &str) -> Option<(usize, String)> {
        let mut prefix = qualified;
        while let Some(at) = prefix.rfind('.') {
            prefix = &prefix[..at];
            if let Some(module) = self.find(prefix) {
                return Some((module, qualified[at + 1..].to_owned()));
            }
        }
        None
    }

    /// The cell, the start and the end of a range of a file's text.
    pub(crate) fn locate(
        &self,
        path: &Utf8Path,
        range: TextRange,
    ) -> (Option<u32>, Position, Position) {
        if let Some(index) = self.at_path(path) {
            return locate_in(index.module, range);
        }
        let text = self.package.files.get(path).map_or("", String::as_str);
        let lines = LineIndex::new(text);
        (
            None,
            lines.position(text, range.start()),
            lines.position(text, range.end()),
        )
    }
}

fn locate_in(module: &Module, range: TextRange) -> (Option<u32>, Position, Position) {
    let source = &module.program.source;
    if module.role != Role::Notebook {
        let position = |at| module.lines.position(&source.text, at);
        return (None, position(range.start()), position(range.end()));
    }
    let place = |at: TextSize| source.location(Span::from(TextRange::empty(at)));
    let (start, end) = (place(range.start()), place(range.end()));
    let position = |it: Location| Position {
        row: it.line,
        column: it.column,
    };
    // An empty range at the end of a cell may already belong to the next one.
    let end = if end.cell == start.cell { end } else { start };
    (start.cell, position(start), position(end))
}
