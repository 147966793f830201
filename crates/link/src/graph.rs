//! The local modules that an input imports, directly or through others.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::distributions::is_standard_library;
use srcify_syntax::{Diagnostic, Severity, Source, parse};

use crate::Finder;
use crate::file::{File, Imported, ImportedName};
use crate::stars::name_stars;

/// What an imported name is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// A local module.
    Module(usize),
    /// A name of a local module.
    Name(usize, String),
    /// All public names of a local module.
    Star(usize),
    /// A local module has no such name.
    Missing(String),
    /// Something of a library.
    Library,
}

/// The input and its local modules.
pub(crate) struct Graph {
    /// The input first.
    pub files: Vec<File>,
    by_name: BTreeMap<String, Option<usize>>,
    /// Modules that cannot be read, with the reason.
    pub faults: BTreeMap<usize, String>,
    /// Modules in the order in which Python finishes running them.
    pub order: Vec<usize>,
    /// Modules that import each other.
    pub cycles: Vec<Vec<usize>>,
    /// The statement of the input that makes each module run.
    pub trigger: BTreeMap<usize, usize>,
    /// What could not be told while loading.
    pub remarks: Vec<Diagnostic>,
}

/// Modules that Python has loaded before it looks at the input's folder.
const PRELOADED: &[&str] = &[
    "sys",
    "builtins",
    "os",
    "io",
    "abc",
    "time",
    "site",
    "stat",
    "codecs",
    "marshal",
    "encodings",
    "posixpath",
    "genericpath",
    "zipimport",
    "_thread",
];

impl Graph {
    pub(crate) fn load(input: File, find: Finder<'_>) -> Self {
        let mut graph = Self {
            files: vec![input],
            by_name: BTreeMap::new(),
            faults: BTreeMap::new(),
            order: Vec::new(),
            cycles: Vec::new(),
            trigger: BTreeMap::new(),
            remarks: Vec::new(),
        };
        let mut at = 0;
        while at < graph.files.len() {
            for name in graph.wanted(at) {
                graph.request(&name, find);
            }
            // Members may be modules: known only now that their packages are.
            for name in graph.wanted_members(at) {
                graph.request(&name, find);
            }
            at += 1;
        }
        graph.remarks = name_stars(&mut graph);
        graph.expand_stars();
        graph.visit(0, &mut Vec::new(), &mut BTreeSet::new());
        graph
    }

    /// The dotted name of what a statement of `file` imports from.
    fn absolute(&self, file: usize, level: u32, module: &str) -> Option<String> {
        if level == 0 {
            return Some(module.to_owned());
        }
        let file = &self.files[file];
        let mut parts: Vec<&str> = file.name.split('.').filter(|it| !it.is_empty()).collect();
        let up = level as usize - usize::from(file.is_package || file.name.is_empty());
        if up > parts.len() {
            return None;
        }
        parts.truncate(parts.len() - up);
        parts.extend(module.split('.').filter(|it| !it.is_empty()));
        Some(parts.join("."))
    }

    /// Dotted names of the modules that a file may import.
    fn wanted(&self, file: usize) -> Vec<String> {
        let imports = self.files[file].words.imports.iter();
        let names = imports.flat_map(|import| &import.names);
        let modules = names.filter_map(|name| match &name.what {
            Imported::Module(name) => Some(name.clone()),
            Imported::Member(level, module, member) if module.is_empty() => {
                let base = self.absolute(file, *level, module)?;
                Some(join(&base, member))
            }
            Imported::Member(level, module, _) => self.absolute(file, *level, module),
        });
        modules.flat_map(|name| prefixes(&name)).collect()
    }

    fn wanted_members(&self, file: usize) -> Vec<String> {
        let imports = self.files[file].words.imports.iter();
        let names = imports.flat_map(|import| &import.names);
        let members = names.filter_map(|name| {
            let Imported::Member(level, module, member) = &name.what else {
                return None;
            };
            let base = self.absolute(file, *level, module)?;
            let package = self.module(&base)?;
            let is_module = member != "*" && !self.files[package].binds(member);
            is_module.then(|| join(&base, member))
        });
        members.collect()
    }

    fn request(&mut self, name: &str, find: Finder<'_>) {
        let is_known = self.by_name.contains_key(name);
        let top = name.split('.').next().unwrap_or(name);
        let is_below_unknown = top != name && self.module(top).is_none();
        if is_known || is_below_unknown || name.is_empty() || PRELOADED.contains(&top) {
            return;
        }
        let Some(found) = find(name) else {
            self.by_name.insert(name.to_owned(), None);
            return;
        };
        if found.source.text.trim().is_empty() && is_standard_library(top) {
            // A folder without `__init__.py` comes after the modules of Python.
            self.by_name.insert(name.to_owned(), None);
            return;
        }
        let index = self.files.len();
        self.by_name.insert(name.to_owned(), Some(index));
        let (program, fault) = parsed(found.source);
        self.files.push(File::new(name, found.is_package, program));
        if let Some(fault) = fault {
            self.faults.insert(index, fault);
        }
    }

    pub(crate) fn module(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied().flatten()
    }

    /// What a name of an import statement of `file` is.
    pub(crate) fn meaning(&self, file: usize, imported: &ImportedName) -> Meaning {
        match &imported.what {
            Imported::Module(name) => {
                let top = name.split('.').next().unwrap_or(name);
                let Some(top) = self.module(top) else {
                    return Meaning::Library;
                };
                match (&imported.alias, self.module(name)) {
                    (None, Some(_)) => Meaning::Module(top),
                    (Some(_), Some(module)) => Meaning::Module(module),
                    (_, None) => Meaning::Missing(name.clone()),
                }
            }
            Imported::Member(level, module, member) => {
                let Some(base) = self.absolute(file, *level, module) else {
                    return Meaning::Missing(format!("{}{module}", ".".repeat(*level as usize)));
                };
                self.member(&base, *level, member)
            }
        }
    }

    fn member(&self, base: &str, level: u32, member: &str) -> Meaning {
        let top = base.split('.').next().unwrap_or(base);
        match self.module(base) {
            Some(index) if member == "*" => Meaning::Star(index),
            Some(index) if self.names(index, member) => Meaning::Name(index, member.to_owned()),
            Some(_) => match self.module(&join(base, member)) {
                Some(module) => Meaning::Module(module),
                None => Meaning::Missing(join(base, member)),
            },
            None if base.is_empty() => match self.module(member) {
                Some(module) => Meaning::Module(module),
                None => Meaning::Missing(format!(".{member}")),
            },
            None if level > 0 || self.module(top).is_some() => Meaning::Missing(base.to_owned()),
            None => Meaning::Library,
        }
    }

    /// Whether a file binds `name` to anything but its own module of that name: `from . import config` in a package.
    fn names(&self, file: usize, name: &str) -> bool {
        let it = &self.files[file];
        let is_own = |&(import, position): &(usize, usize)| {
            let imported = &it.words.imports[import].names[position];
            let Imported::Member(level, module, member) = &imported.what else {
                return false;
            };
            member == name && self.absolute(file, *level, module).as_deref() == Some(&it.name)
        };
        let word = it.words.by_name.get(name);
        let is_module = self.module(&join(&it.name, name)).is_some()
            && word.is_some_and(|it| it.bindings == 0 && it.imports.iter().all(is_own));
        it.binds(name) && !is_module
    }

    /// What the attribute `name` of a module is.
    pub(crate) fn attribute(&self, module: usize, name: &str) -> Option<Meaning> {
        let file = &self.files[module];
        if self.names(module, name) {
            return Some(Meaning::Name(module, name.to_owned()));
        }
        self.module(&join(&file.name, name)).map(Meaning::Module)
    }

    /// The local modules that an import statement makes Python run, packages first.
    pub(crate) fn runs(&self, file: usize, imported: &ImportedName) -> Vec<usize> {
        let name = match &imported.what {
            Imported::Module(name) => Some(name.clone()),
            Imported::Member(level, module, member) => {
                let base = self.absolute(file, *level, module);
                base.map(|base| match self.member(&base, *level, member) {
                    Meaning::Module(_) => join(&base, member),
                    _ => base,
                })
            }
        };
        let names = name.iter().flat_map(|name| prefixes(name));
        names.filter_map(|name| self.module(&name)).collect()
    }

    /// Writes the names that `import *` brings from local modules in its place.
    fn expand_stars(&mut self) {
        let early = self.early_stars();
        // Through several packages, one after the other.
        for _ in 0..self.files.len() {
            let mut changed = false;
            for file in 0..self.files.len() {
                let mut brought = Vec::new();
                for import in &self.files[file].words.imports {
                    for name in &import.names {
                        if let Meaning::Star(module) = self.meaning(file, name)
                            && !early.contains(&(file, module))
                        {
                            let public = self.files[module].public_names().unwrap_or_default();
                            brought.extend(public);
                        }
                    }
                }
                changed |= self.files[file].bring(brought);
            }
            if !changed {
                break;
            }
        }
        for file in 0..self.files.len() {
            let mut written = Vec::new();
            for (index, import) in self.files[file].words.imports.iter().enumerate() {
                let [star] = &import.names[..] else { continue };
                let (Meaning::Star(module), Imported::Member(level, from, _)) =
                    (self.meaning(file, star), &star.what)
                else {
                    continue;
                };
                let public = self.files[module].public_names();
                let Some(public) = public.filter(|_| !early.contains(&(file, module))) else {
                    continue;
                };
                let names = public.into_iter().map(|name| ImportedName {
                    what: Imported::Member(*level, from.clone(), name),
                    alias: None,
                });
                written.push((index, names.collect::<Vec<_>>()));
            }
            for (index, names) in written {
                self.files[file].words.write_star(index, names);
            }
        }
    }

    /// Files that import everything from a module which imports them: what it has then depends on who came first.
    fn early_stars(&mut self) -> BTreeSet<(usize, usize)> {
        let imports = |file: usize| -> BTreeSet<usize> {
            let names = self.files[file].words.imports.iter();
            let names = names.flat_map(|it| &it.names);
            names.flat_map(|name| self.runs(file, name)).collect()
        };
        let next: Vec<BTreeSet<usize>> = (0..self.files.len()).map(imports).collect();
        let reaches = |from: usize, to: usize| {
            let (mut seen, mut todo) = (BTreeSet::new(), vec![from]);
            while let Some(file) = todo.pop() {
                // A module of a package imports the package, which is running.
                let others = next[file]
                    .iter()
                    .filter(|it| !self.is_package_of(**it, file));
                todo.extend(others.filter(|it| seen.insert(**it)));
                if seen.contains(&to) {
                    return true;
                }
            }
            false
        };
        let mut early = BTreeSet::new();
        for file in 1..self.files.len() {
            for name in self.files[file]
                .words
                .imports
                .iter()
                .flat_map(|it| &it.names)
            {
                if let Meaning::Star(module) = self.meaning(file, name)
                    && reaches(module, file)
                {
                    early.insert((file, module));
                }
            }
        }
        for &(file, module) in &early {
            for it in [file, module] {
                let reason = format!(
                    "`{}` imports everything from `{}`, which imports it",
                    self.files[file].name, self.files[module].name
                );
                self.faults.entry(it).or_insert(reason);
            }
        }
        early
    }

    fn visit(&mut self, file: usize, path: &mut Vec<usize>, done: &mut BTreeSet<usize>) {
        path.push(file);
        let mut sites = Vec::new();
        for import in &self.files[file].words.imports {
            for name in &import.names {
                let modules = self.runs(file, name);
                sites.extend(modules.into_iter().map(|module| (import.unit, module)));
            }
        }
        for (unit, module) in sites {
            if let Some(start) = path.iter().position(|it| *it == module) {
                let cycle = path[start..].to_vec();
                let is_known = self.cycles.iter().any(|it| same(it, &cycle));
                // A module of a package imports the package, which is running: that is no cycle of its own.
                if cycle.len() > 1 && !is_known && !self.is_package_of(module, file) {
                    self.cycles.push(cycle);
                }
                continue;
            }
            if file == 0 {
                self.trigger.entry(module).or_insert(unit);
            }
            if !done.contains(&module) {
                if file != 0
                    && let Some(input) = path.get(1)
                    && let Some(unit) = self.trigger.get(input).copied()
                {
                    self.trigger.entry(module).or_insert(unit);
                }
                self.visit(module, path, done);
            }
        }
        path.pop();
        done.insert(file);
        if file != 0 {
            self.order.push(file);
        }
    }

    fn is_package_of(&self, package: usize, module: usize) -> bool {
        let prefix = format!("{}.", self.files[package].name);
        self.files[module].name.starts_with(&prefix)
    }

    /// The file of a module, as messages name it.
    pub(crate) fn path(&self, file: usize) -> String {
        self.files[file].program.source.path.to_string()
    }
}

fn same(one: &[usize], other: &[usize]) -> bool {
    let set = |cycle: &[usize]| cycle.iter().copied().collect::<BTreeSet<_>>();
    set(one) == set(other)
}

pub(crate) fn join(base: &str, member: &str) -> String {
    if base.is_empty() {
        member.to_owned()
    } else {
        format!("{base}.{member}")
    }
}

/// `a`, `a.b`, `a.b.c`.
fn prefixes(name: &str) -> Vec<String> {
    let ends = name.match_indices('.').map(|(at, _)| at);
    ends.chain([name.len()])
        .map(|end| name[..end].to_owned())
        .collect()
}

fn parsed(source: Source) -> (srcify_syntax::Program, Option<String>) {
    let parsed = parse(source);
    let fault = parsed
        .diagnostics
        .iter()
        .find(|it| it.severity == Severity::Error)
        .map(|it| it.message.clone());
    (parsed.output, fault)
}
