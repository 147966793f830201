//! `from library import *`, as an import of the names that the program uses.
//!
//! What a star binds is not in the text (Python's language reference, "The import statement"), so no later stage could
//! tell `sqrt` from a name that nobody defines, nor know that `sum` is NumPy's. `data/star_exports.tsv` lists the names of
//! the standard library and of common libraries; `xtask/star_exports.py` writes it.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::stdlib::builtins::is_python_builtin;
use srcify_syntax::{Diagnostic, Source, Span, TextRange, parse};

use crate::file::{File, Imported};
use crate::graph::{Graph, Meaning};

const TABLE: &str = include_str!("../data/star_exports.tsv");
/// Names that IPython binds in every notebook.
const INTERACTIVE: [&str; 6] = ["display", "get_ipython", "In", "Out", "exit", "quit"];

/// What a star import of a module binds, as far as the table tells.
#[derive(Debug, Default, Clone)]
struct Exports {
    names: BTreeSet<&'static str>,
    /// The table has all of them.
    is_complete: bool,
}

impl Exports {
    fn of(module: &str) -> Self {
        for line in TABLE.lines() {
            let Some((head, names)) = line.split_once('\t') else {
                continue;
            };
            let name = head.strip_suffix('+').unwrap_or(head);
            if name == module {
                return Self {
                    names: names.split(' ').collect(),
                    is_complete: name == head,
                };
            }
        }
        Self::default()
    }
}

/// A star import of a library, and the names that are taken from it.
struct Star {
    file: usize,
    range: TextRange,
    module: String,
    exports: Exports,
    names: BTreeSet<String>,
}

/// Writes the names that are used into the star imports of libraries, in all files. A name that is in no list comes from
/// the last library whose names are not listed; where there are several, a remark says so.
pub(crate) fn name_stars(graph: &mut Graph) -> Vec<Diagnostic> {
    let mut stars = stars(graph);
    if stars.is_empty() {
        return Vec::new();
    }
    let used = used_names(graph);
    for star in &mut stars {
        let known = star.exports.names.iter().copied();
        star.names = known
            .filter(|name| used.contains(*name))
            .map(ToOwned::to_owned)
            .collect();
    }
    let diagnostics = guess(graph, &mut stars, &used);
    leave_to_last(graph, &mut stars);
    rewrite(graph, &stars);
    diagnostics
}

fn stars(graph: &Graph) -> Vec<Star> {
    let mut found = Vec::new();
    for (index, file) in graph.files.iter().enumerate() {
        for import in &file.words.imports {
            let [name] = &import.names[..] else { continue };
            let Imported::Member(0, module, member) = &name.what else {
                continue;
            };
            if member != "*" || graph.meaning(index, name) != Meaning::Library {
                continue;
            }
            found.push(Star {
                file: index,
                range: import.range,
                module: module.clone(),
                exports: Exports::of(module),
                names: BTreeSet::new(),
            });
        }
    }
    found
}

/// Names that a file reads, at once or in functions, before it has bound them itself.
fn used_names(graph: &Graph) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for file in &graph.files {
        let imports = file.words.imports.iter();
        let stars: BTreeSet<usize> = imports
            .filter(|import| import.names.iter().any(|name| name.bound() == "*"))
            .map(|import| import.unit)
            .collect();
        let mut bound: BTreeSet<&String> = BTreeSet::new();
        for (unit, access) in file.access.iter().enumerate() {
            let read = access.reads.union(&access.captures);
            used.extend(read.filter(|name| !bound.contains(name)).cloned());
            if stars.contains(&unit) {
                // What a star binds is not what was bound before.
                bound.clear();
            }
            bound.extend(&access.must);
        }
    }
    used
}

/// Gives names that nothing binds to a library whose names are not known.
fn guess(graph: &Graph, stars: &mut [Star], used: &BTreeSet<String>) -> Vec<Diagnostic> {
    let is_bound = |name: &str| {
        graph.files.iter().any(|file| file.binds(name))
            || is_python_builtin(name, 13, true)
            || INTERACTIVE.contains(&name)
            || name.starts_with("__")
    };
    let taken: BTreeSet<String> = stars.iter().flat_map(|it| it.names.clone()).collect();
    let loose: BTreeSet<String> = used
        .iter()
        .filter(|name| !taken.contains(*name) && !is_bound(name) && !name.starts_with('_'))
        .cloned()
        .collect();
    let unknown: Vec<usize> = (0..stars.len())
        .filter(|&it| !stars[it].exports.is_complete)
        .collect();
    let Some(&last) = unknown.last() else {
        return Vec::new();
    };
    if loose.is_empty() {
        return Vec::new();
    }
    let list: Vec<String> = loose.iter().map(|name| format!("`{name}`")).collect();
    let star = &mut stars[last];
    star.names.extend(loose);
    if unknown.len() < 2 {
        return Vec::new();
    }
    let span = (star.file == 0).then(|| Span::from(star.range));
    let message = format!(
        "cannot tell which `import *` brings {}: taken from `{}`",
        list.join(", "),
        star.module
    );
    vec![
        Diagnostic::warning("star-import", span, message)
            .hint("name in the input what is imported"),
    ]
}

/// Of two stars that bring the same name, the last one counts, unless the name stands before it: at module level, or in
/// a function that may be called by then.
fn leave_to_last(graph: &Graph, stars: &mut [Star]) {
    for index in 1..stars.len() {
        let (earlier, later) = stars.split_at_mut(index);
        let later = &later[0];
        let file = &graph.files[later.file];
        for star in earlier.iter_mut().filter(|it| it.file == later.file) {
            let is_read = |name: &String| {
                let occurrences = file.access.iter().flat_map(|access| &access.occurrences);
                let mut own = occurrences.filter(|(other, _, _)| other == name);
                own.any(|(_, range, _)| range.end() <= later.range.start())
            };
            star.names
                .retain(|name| !later.names.contains(name) || is_read(name));
        }
    }
}

/// An import of the names of a star. Those that the program binds as well stand in a statement of their own, so that the
/// others mean one thing.
fn import_text(star: &Star, file: &File) -> String {
    let (own, shared): (Vec<&str>, Vec<&str>) = star
        .names
        .iter()
        .map(String::as_str)
        .partition(|name| !file.binds(name));
    let statements = [own, shared].into_iter().filter(|names| !names.is_empty());
    let statements: Vec<String> = statements
        .map(|names| format!("from {} import {}", star.module, names.join(", ")))
        .collect();
    if statements.is_empty() {
        // The module still runs; nothing of it is used.
        let alias = star.module.replace('.', "_");
        return format!("import {} as _{alias}", star.module);
    }
    statements.join("; ")
}

fn rewrite(graph: &mut Graph, stars: &[Star]) {
    let mut edits: BTreeMap<usize, Vec<(TextRange, String)>> = BTreeMap::new();
    for star in stars {
        let text = import_text(star, &graph.files[star.file]);
        let lines = graph.files[star.file]
            .program
            .text(star.range)
            .matches('\n')
            .count();
        let text = text + &"\n".repeat(lines);
        edits.entry(star.file).or_default().push((star.range, text));
    }
    for (index, mut edits) in edits {
        edits.sort_by_key(|(range, _)| range.start());
        let file = &graph.files[index];
        let source: Source = file.program.source.edited(&edits);
        graph.files[index] = File::new(&file.name, file.is_package, parse(source).output);
    }
}
