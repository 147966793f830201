//! The texts of the files, changed so that they can stand in one program.

use std::collections::BTreeMap;

use srcify_effects::Occurrence;
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Dropped, Source, Span, TextRange};

use crate::apart::{follow, is_main_guard, module_of, occurrences};
use crate::apart::{is_inert, is_inert_with_imports};
use crate::file::{Import, Imported, ImportedName};
use crate::graph::{Graph, Meaning, join};
use crate::naming::{Naming, Thing, form};

/// A text in the place of another one.
struct Replacement {
    range: TextRange,
    text: String,
}

/// A source with other text in some places; of those that overlap, the first one. Lines that are left out become blank, so
/// that every line keeps its number.
fn replaced(source: &Source, mut replacements: Vec<Replacement>) -> Source {
    replacements.sort_by_key(|it| (it.range.start(), std::cmp::Reverse(it.range.end())));
    let mut edits: Vec<(TextRange, String)> = Vec::new();
    for Replacement { range, mut text } in replacements {
        if edits
            .last()
            .is_some_and(|(last, _)| range.start() < last.end())
        {
            continue;
        }
        let lines = |text: &str| text.matches('\n').count();
        let missing = lines(&source.text[range]).saturating_sub(lines(&text));
        text.push_str(&"\n".repeat(missing));
        edits.push((range, text));
    }
    source.edited(&edits)
}

/// What writing needs to know.
pub(crate) struct Writer<'a> {
    pub graph: &'a Graph,
    pub whole: &'a BTreeMap<usize, String>,
    pub naming: &'a Naming<'a>,
    /// Where modules that stay whole lie in the package: `churn.application`.
    pub home: &'a str,
}

impl Writer<'_> {
    /// The text of the input, or of a module that is taken apart.
    pub(crate) fn source(&self, file: usize) -> Source {
        let mut replacements = Vec::new();
        self.imports(file, &mut replacements);
        self.aliases(file, &mut replacements);
        self.reloads(file, &mut replacements);
        self.attributes(file, &mut replacements);
        let source = &self.graph.files[file].program.source;
        if file == 0 {
            return replaced(source, replacements);
        }
        self.own_names(file, &mut replacements);
        let mut dropped = Vec::new();
        self.module_statements(file, &mut replacements, &mut dropped);
        let mut source = source.clone();
        source.dropped.extend(dropped);
        replaced(&source, replacements)
    }

    /// The text of a module that stays whole: only its imports change.
    pub(crate) fn whole_source(&self, file: usize) -> Source {
        let mut replacements = Vec::new();
        self.imports(file, &mut replacements);
        let module = &self.graph.files[file];
        let program = &module.program;
        let text = &program.source.text;
        // What its messages bear is the name that the input knows it by.
        for (range, _) in occurrences(&module.access, "__name__") {
            if text[..usize::from(range.start())].ends_with("getLogger(") {
                let text = format!("\"{}\"", module.name);
                replacements.push(Replacement { range, text });
            }
        }
        for unit in program.units() {
            if is_main_guard(program.statement(unit.id)) {
                replacements.push(Replacement {
                    range: unit.range,
                    text: String::new(),
                });
            }
        }
        replaced(&program.source, replacements)
    }

    fn imports(&self, file: usize, replacements: &mut Vec<Replacement>) {
        for import in &self.graph.files[file].words.imports {
            let mut parts: Vec<String> = Vec::new();
            let mut is_changed = false;
            for name in &import.names {
                let text = if self.runs_where_it_stands(file, import, name) {
                    self.loaded(file, name)
                } else {
                    self.imported(file, name)
                };
                is_changed |= text.as_deref() != Some(form(name).as_str());
                parts.extend(text);
            }
            if !is_changed {
                continue;
            }
            let text = match parts.len() {
                0 if self.needs_statement(file, import) => "pass".to_owned(),
                _ => parts.join("; "),
            };
            replacements.push(Replacement {
                range: import.range,
                text,
            });
        }
    }

    /// Whether something must stand where an import stood: in a block, or between semicolons.
    fn needs_statement(&self, file: usize, import: &Import) -> bool {
        let text = &self.graph.files[file].program.source.text;
        let after = text[usize::from(import.range.end())..].trim_start_matches([' ', '\t']);
        let before = text[..usize::from(import.range.start())].trim_end_matches([' ', '\t']);
        !import.is_top || after.starts_with(';') || before.ends_with(';')
    }

    /// Whether an import of the input runs a module after something else ran: then it must not move to the head of a file.
    fn runs_where_it_stands(&self, file: usize, import: &Import, name: &ImportedName) -> bool {
        let (Meaning::Module(module) | Meaning::Name(module, _)) = self.graph.meaning(file, name)
        else {
            return false;
        };
        let input = &self.graph.files[0];
        let mut before = input.program.units().iter().take(import.unit);
        file == 0
            && import.is_top
            && self.whole.contains_key(&module)
            && !is_inert_with_imports(self.graph, module)
            && before.any(|unit| !is_inert(input.program.statement(unit.id)))
            && !input.binds("importlib")
    }

    /// An import of a module that stays whole, as statements that run it where they stand.
    fn loaded(&self, file: usize, name: &ImportedName) -> Option<String> {
        let bound = name.bound();
        let own = self.naming.renamed(file, bound).unwrap_or(bound);
        let (module, member) = match self.graph.meaning(file, name) {
            Meaning::Module(module) => (module, String::new()),
            Meaning::Name(module, member) => (module, format!(".{member}")),
            _ => return None,
        };
        let path = join(self.home, &flat(&self.graph.files[module].name));
        Some(format!(
            "import importlib; {own} = importlib.import_module(\"{path}\"){member}"
        ))
    }

    /// What becomes of one name of an import statement; `None` when nothing is left of it.
    fn imported(&self, file: usize, name: &ImportedName) -> Option<String> {
        let bound = name.bound();
        let own = self.naming.renamed(file, bound).unwrap_or(bound);
        match self.graph.meaning(file, name) {
            Meaning::Library if own == bound => Some(form(name)),
            Meaning::Library => {
                let what = ImportedName {
                    what: name.what.clone(),
                    alias: Some(own.to_owned()),
                };
                Some(form(&what))
            }
            Meaning::Name(module, member) if !self.whole.contains_key(&module) => {
                if self.naming.alias(file, bound).is_some() {
                    return None;
                }
                Some(format!("{own} = {}", self.naming.name_of(module, &member)))
            }
            Meaning::Module(module) if !self.whole.contains_key(&module) => None,
            Meaning::Name(module, member) => {
                let from = join(self.home, &flat(&self.graph.files[module].name));
                let alias = renamed(&member, own);
                Some(format!("from {from} import {member}{alias}"))
            }
            Meaning::Module(module) => {
                let member = flat(&self.graph.files[module].name);
                let alias = renamed(&member, own);
                Some(format!("from {} import {member}{alias}", self.home))
            }
            Meaning::Star(module) => {
                let from = join(self.home, &flat(&self.graph.files[module].name));
                Some(format!("from {from} import *"))
            }
            Meaning::Missing(_) => Some(form(name)),
        }
    }

    /// A module that is taken apart is not loaded again: nothing changes it.
    fn reloads(&self, file: usize, replacements: &mut Vec<Replacement>) {
        for (word, range, is_top) in &self.graph.files[file].words.reloads {
            let module = module_of(self.graph, file, word);
            if module.is_some_and(|(module, _)| !self.whole.contains_key(&module)) {
                let text = if *is_top { "" } else { "pass" }.to_owned();
                replacements.push(Replacement {
                    range: *range,
                    text,
                });
            }
        }
    }

    /// Words that stand for a name of another file.
    fn aliases(&self, file: usize, replacements: &mut Vec<Replacement>) {
        let words = &self.graph.files[file].words;
        for (word, facts) in &words.by_name {
            let Some(thing) = self.naming.alias(file, word) else {
                continue;
            };
            if file == 0 && facts.imports.iter().all(|it| self.is_library(file, *it)) {
                continue;
            }
            let text = self.naming.name_of_thing(&thing, word);
            if text == *word {
                continue;
            }
            let chains = words.chains.iter().filter(|chain| chain.base == *word);
            let ranges = facts.loads.iter().copied();
            for range in ranges.chain(chains.map(|chain| chain.base_range)) {
                replacements.push(Replacement {
                    range,
                    text: text.clone(),
                });
            }
        }
    }

    fn is_library(&self, file: usize, (import, name): (usize, usize)) -> bool {
        let names = &self.graph.files[file].words.imports[import].names;
        self.graph.meaning(file, &names[name]) == Meaning::Library
    }

    /// `utils.clean` as `clean`.
    fn attributes(&self, file: usize, replacements: &mut Vec<Replacement>) {
        let words = &self.graph.files[file].words;
        for chain in &words.chains {
            let Some((module, true)) = module_of(self.graph, file, &chain.base) else {
                continue;
            };
            let Ok((owner, name, length)) = follow(self.graph, module, chain) else {
                continue;
            };
            if self.whole.contains_key(&owner) {
                continue;
            }
            replacements.push(Replacement {
                range: chain.attributes[length - 1].1,
                text: self.naming.name_of(owner, &name),
            });
        }
    }

    /// The new names of what a module binds, wherever they stand in it.
    fn own_names(&self, file: usize, replacements: &mut Vec<Replacement>) {
        let access = &self.graph.files[file].access;
        let words = &self.graph.files[file].words;
        for name in self.graph.files[file].top_names() {
            let Some(text) = self.naming.renamed(file, name) else {
                continue;
            };
            if matches!(self.naming.alias(file, name), Some(Thing::Library(_))) {
                continue;
            }
            let in_import = |range: TextRange| {
                words
                    .imports
                    .iter()
                    .any(|import| import.range.contains_range(range))
            };
            let places = occurrences(access, name).map(|(range, _)| range);
            let globals = words.globals.iter().filter(|(other, _)| other == name);
            for range in places.chain(globals.map(|(_, range)| *range)) {
                if !in_import(range) {
                    let text = text.to_owned();
                    replacements.push(Replacement { range, text });
                }
            }
        }
    }

    /// What a module says of itself, and what it only does as a script.
    fn module_statements(
        &self,
        file: usize,
        replacements: &mut Vec<Replacement>,
        dropped: &mut Vec<Dropped>,
    ) {
        let module = &self.graph.files[file];
        let path = module.program.source.path.as_str();
        for (name, value) in [("__name__", module.name.as_str()), ("__file__", path)] {
            for (range, occurrence) in occurrences(&module.access, name) {
                if occurrence == Occurrence::Load {
                    let text = format!("\"{}\"", value.replace('\\', "/"));
                    replacements.push(Replacement { range, text });
                }
            }
        }
        for (index, unit) in module.program.units().iter().enumerate() {
            let statement = module.program.statement(unit.id);
            let text = &module.program.source.text;
            let reason = match statement {
                Stmt::Expr(it) if it.value.is_string_literal_expr() => "the module's docstring",
                Stmt::ImportFrom(it) if it.module.as_deref() == Some("__future__") => {
                    "it concerns the file alone"
                }
                Stmt::Assign(ast::StmtAssign { targets, .. })
                    if targets.len() == 1 && is_label(&targets[0], file, self) =>
                {
                    "a label of the module"
                }
                _ if is_main_guard(statement) => "runs only when the module is a script",
                _ => continue,
            };
            dropped.push(Dropped {
                span: Span::from(unit.range),
                text: text[unit.range].to_owned(),
                reason: reason.to_owned(),
            });
            let stands_alone = !text[usize::from(unit.range.end())..]
                .trim_start_matches([' ', '\t'])
                .starts_with(';');
            let _ = index;
            // The first replacement at a place wins.
            let text = if stands_alone { "" } else { "pass" }.to_owned();
            replacements.retain(|it| !unit.range.contains_range(it.range));
            replacements.push(Replacement {
                range: unit.range,
                text,
            });
        }
    }
}

/// `__all__`, `__version__`…: names that nothing in the program reads.
fn is_label(target: &ast::Expr, file: usize, writer: &Writer<'_>) -> bool {
    let Some(name) = target.as_name_expr() else {
        return false;
    };
    let name = name.id.as_str();
    let is_dunder = name.starts_with("__") && name.ends_with("__");
    let module = &writer.graph.files[file];
    let is_read = module.words.by_name.get(name).is_some_and(|it| !it.loads.is_empty())
        || writer.graph.files.iter().any(|other| {
            let attribute = |chain: &crate::file::Chain| {
                chain.attributes.iter().any(|(attribute, _)| attribute == name)
            };
            let is_imported = |it: &ImportedName| matches!(&it.what, Imported::Member(_, _, member) if member == name);
            let mut imported = other.words.imports.iter().flat_map(|it| &it.names);
            other.words.chains.iter().any(attribute) || imported.any(is_imported)
        });
    is_dunder && !is_read
}

fn renamed(member: &str, own: &str) -> String {
    if member == own {
        String::new()
    } else {
        format!(" as {own}")
    }
}

/// The name of a module that stays whole, in the package: `pkg.sub` as `pkg_sub`.
pub(crate) fn flat(name: &str) -> String {
    name.replace('.', "_")
}
