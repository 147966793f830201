//! Settings that the author keeps together, as names of their own.
//!
//! `class CFG: lr = 0.1`, `CONFIG = {"lr": 0.1}` and `args = SimpleNamespace(lr=0.1)` hold values that nothing tells from
//! variables while each use names one of them: `CFG.lr`, `CONFIG["lr"]`. Then the values are written as assignments in the
//! container's place, in its order, and each use as the name, so that they can become settings like any constant. A
//! container that is used in any other way (passed on, printed, changed in a function) stays what it is.

mod entries;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::Access;
use srcify_syntax::ast::visitor::{self, Visitor};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::stdlib::builtins::is_python_builtin;
use srcify_syntax::{Program, Ranged, TextRange, TextSize, UnitId, parse, snippet};

use entries::{Container, Entry, Form, assigned, container_of, literals};
use uses::{Path, Reader, Use, aliases};

use crate::file::Words;
use crate::main_body::{dedent, opened};

/// Who uses these may see every name.
const INTROSPECTION: [&str; 6] = ["globals", "locals", "vars", "eval", "exec", "dir"];
/// Words that say nothing without the container's.
const GENERIC: [&str; 12] = [
    "data", "dir", "file", "folder", "id", "key", "name", "path", "root", "size", "type", "value",
];

type Edits = Vec<(TextRange, String)>;

/// The program with the values of its containers of settings under names of their own.
pub fn open_containers(mut program: Program) -> Program {
    let mut refused = BTreeSet::new();
    loop {
        let words = Words::of(&program);
        if INTROSPECTION.iter().any(|name| words.has(name)) {
            return program;
        }
        let Some(container) = next_container(&program, &words, &refused) else {
            return program;
        };
        let name = container.name.to_owned();
        let edited = Opening::new(&program, &words, &container)
            .and_then(|opening| opening.edits())
            .map(|edits| program.source.edited(&edits))
            .filter(|source| snippet(&source.text).is_valid());
        match edited {
            Some(source) => program = parse(source).output,
            None => drop(refused.insert(name)),
        }
    }
}

fn next_container<'a>(
    program: &'a Program,
    words: &Words,
    refused: &BTreeSet<String>,
) -> Option<Container<'a>> {
    program.units().iter().find_map(|unit| {
        let container = container_of(unit.id, program.statement(unit.id), words)?;
        let word = words.by_name.get(container.name)?;
        let is_plain = word.bindings == 1 && word.imports.is_empty() && !word.is_shown;
        // What is in a cookie is secret, which its own name may not tell.
        let is_plain = is_plain && !container.name.to_lowercase().starts_with("cookie");
        let (literals, all) = literals(&container.entries);
        (is_plain && 2 * literals >= all && !refused.contains(container.name)).then_some(container)
    })
}

/// A container that can be opened, with the names that its values get.
struct Opening<'a> {
    program: &'a Program,
    container: &'a Container<'a>,
    /// Other names of the container, with the statements that give them.
    aliases: BTreeMap<&'a str, UnitId>,
    uses: Vec<Use<'a>>,
    names: BTreeMap<Path<'a>, String>,
    /// Statements that only give a value a name, which it now has from the start.
    namings: Vec<UnitId>,
    /// Names that mean something where the values are used.
    taken: BTreeSet<String>,
}

impl<'a> Opening<'a> {
    fn new(program: &'a Program, words: &Words, container: &'a Container<'a>) -> Option<Self> {
        let aliases = aliases(program, words, container);
        let mut reader = Reader {
            container,
            aliases: &aliases,
            uses: Vec::new(),
            is_refused: false,
            depth: 0,
            locals: BTreeSet::new(),
        };
        for unit in program.units() {
            let is_own = unit.id == container.unit || aliases.values().any(|it| *it == unit.id);
            let statement = program.statement(unit.id);
            match statement {
                Stmt::Assign(assign) if is_own => {
                    if unit.id == container.unit {
                        reader.visit_expr(&assign.value);
                    }
                }
                _ => reader.visit_stmt(statement),
            }
        }
        let (uses, is_refused, mut taken) = (reader.uses, reader.is_refused, reader.locals);
        if is_refused || uses.is_empty() {
            return None;
        }
        for unit in program.units() {
            let access = Access::of(program.statement(unit.id));
            let occurrences = access.occurrences.into_iter().map(|(name, _, _)| name);
            taken.extend(occurrences.chain(access.may).chain(access.globals));
        }
        let mut opening = Self {
            program,
            container,
            aliases,
            uses,
            names: BTreeMap::new(),
            namings: Vec::new(),
            taken,
        };
        let mut leaves = Vec::new();
        opening.leaves(&container.entries, &mut Vec::new(), &mut leaves);
        for leaf in leaves {
            let name = match opening.given_name(words, &leaf) {
                Some((name, unit)) => {
                    opening.namings.push(unit);
                    name.to_owned()
                }
                None => opening.free_name(&leaf)?,
            };
            opening.taken.insert(name.clone());
            opening.names.insert(leaf, name);
        }
        Some(opening)
    }

    /// The paths of the values: as deep as every use goes.
    fn leaves(&self, entries: &[Entry<'a>], path: &mut Path<'a>, found: &mut Vec<Path<'a>>) {
        for entry in entries {
            path.push(entry.key);
            if entry.inner.is_empty() || self.uses.iter().any(|it| it.path == *path) {
                found.push(path.clone());
            } else {
                self.leaves(&entry.inner, path, found);
            }
            path.pop();
        }
    }

    /// The variable that the author gives the value to: `target = CONFIG["target"]`, if it is given nothing else and the
    /// value never changes.
    fn given_name(&self, words: &Words, path: &Path<'a>) -> Option<(&'a str, UnitId)> {
        if self.uses.iter().any(|it| it.path == *path && it.is_store) {
            return None;
        }
        self.program.units().iter().find_map(|unit| {
            let Stmt::Assign(assign) = self.program.statement(unit.id) else {
                return None;
            };
            let [Expr::Name(target)] = &assign.targets[..] else {
                return None;
            };
            let word = words.by_name.get(target.id.as_str())?;
            let mut uses = self.uses.iter();
            let is_it = uses.any(|it| {
                it.path == *path && it.ranges.last().copied() == Some(assign.value.range())
            });
            let is_plain = word.bindings == 1 && word.imports.is_empty();
            let is_new = !self.names.values().any(|it| *it == target.id.as_str());
            (is_it && is_plain && is_new && unit.id > self.container.unit)
                .then_some((target.id.as_str(), unit.id))
        })
    }

    /// The key alone where it says enough and is no name yet, else with what is around it.
    fn free_name(&self, path: &[&str]) -> Option<String> {
        let (key, outer) = path.split_last()?;
        let container = self.container.name.to_lowercase();
        let outer = outer.last().copied().unwrap_or(&container);
        let is_free =
            |name: &str| !self.taken.contains(name) && !is_python_builtin(name, 13, false);
        let is_clear = key.len() > 1 && !GENERIC.contains(&key.to_lowercase().as_str());
        if is_clear && is_free(key) {
            return Some((*key).to_owned());
        }
        let outer = outer.trim_matches('_');
        let long = if key.chars().all(|it| !it.is_lowercase()) && key.len() > 1 {
            format!("{}_{key}", outer.to_uppercase())
        } else {
            format!("{outer}_{key}")
        };
        is_free(&long).then_some(long)
    }

    fn edits(&self) -> Option<Edits> {
        let mut edits = match self.container.form {
            Form::Class => self.class_edits()?,
            Form::Dictionary | Form::Namespace => vec![self.assignments()],
        };
        for unit in self.aliases.values().chain(&self.namings) {
            edits.push((self.program.units()[unit.index()].range, String::new()));
        }
        let removed: Vec<TextRange> = self
            .namings
            .iter()
            .map(|unit| self.program.units()[unit.index()].range)
            .collect();
        for it in &self.uses {
            let is_removed = |range: &TextRange| removed.iter().any(|it| it.contains_range(*range));
            if it.ranges.iter().any(is_removed) {
                continue;
            }
            let known = (1..=it.path.len()).find_map(|length| {
                let name = self.names.get(&it.path[..length])?;
                Some((it.ranges[length - 1], name.clone()))
            });
            edits.push(known?);
        }
        edits.sort_by_key(|(range, _)| (range.start(), range.end()));
        edits.dedup();
        let is_apart = edits
            .windows(2)
            .all(|pair| pair[0].0.end() <= pair[1].0.start());
        is_apart.then_some(edits)
    }

    /// The body of the class without its head, under the new names.
    fn class_edits(&self) -> Option<Edits> {
        let Stmt::ClassDef(class) = self.program.statement(self.container.unit) else {
            return None;
        };
        let unit = &self.program.units()[self.container.unit.index()];
        let mut edits = Vec::new();
        let first = class.body.first()?.start();
        let begin = opened(self.program, unit.range.start(), first, &mut edits);
        dedent(self.program, TextRange::new(begin, class.end()), &mut edits);
        let mut bound: BTreeMap<&str, &String> = BTreeMap::new();
        for statement in &class.body {
            if matches!(statement, Stmt::Expr(_)) {
                edits.push((statement.range(), String::new()));
            }
            let Some(entry) = self
                .container
                .entries
                .iter()
                .find(|entry| entry.range == statement.range())
            else {
                continue;
            };
            let whole = assigned(statement).map_or(entry.value.range(), Ranged::range);
            let before = TextRange::new(whole.start(), entry.value.start());
            let after = TextRange::new(entry.value.end(), whole.end());
            let around = [before, after].into_iter().filter(|it| !it.is_empty());
            edits.extend(around.map(|range| (range, String::new())));
            let mut renamer = Renamer {
                bound: &bound,
                edits: &mut edits,
                is_refused: false,
            };
            renamer.visit_expr(entry.value);
            if renamer.is_refused {
                return None;
            }
            let name = self.names.get(&vec![entry.key])?;
            let length = TextSize::try_from(entry.key.len()).ok()?;
            edits.push((TextRange::at(statement.start(), length), name.clone()));
            bound.insert(entry.key, name);
        }
        Some(edits)
    }

    /// An assignment per value, with the comments that stand at it.
    fn assignments(&self) -> (TextRange, String) {
        let unit = &self.program.units()[self.container.unit.index()];
        let mut leaves = Vec::new();
        self.placed(&self.container.entries, &mut Vec::new(), &mut leaves);
        let text = &self.program.source.text;
        let mut lines = String::new();
        let mut at = unit.range.start();
        for (index, (name, entry)) in leaves.iter().enumerate() {
            let is_own_line = |comment: &TextRange| {
                let before = text[..usize::from(comment.start())].rsplit('\n').next();
                before.unwrap_or_default().trim().is_empty()
            };
            for comment in self.comments(TextRange::new(at, entry.range.start())) {
                if is_own_line(&comment) {
                    lines.push_str(&text[comment]);
                    lines.push('\n');
                }
            }
            let value = &text[entry.value.range()];
            let is_open = value.contains('\n') && !value.ends_with([']', '}', ')']);
            let value = if is_open {
                format!("({value})")
            } else {
                value.to_owned()
            };
            lines.push_str(&format!("{name} = {value}"));
            let next = leaves
                .get(index + 1)
                .map_or(unit.range.end(), |it| it.1.range.start());
            for comment in self.comments(TextRange::new(entry.range.end(), next)) {
                if !is_own_line(&comment) {
                    lines.push_str(&format!("  {}", &text[comment]));
                }
            }
            lines.push('\n');
            at = entry.range.end();
        }
        (unit.range, lines.trim_end().to_owned())
    }

    fn placed<'b>(
        &'b self,
        entries: &'b [Entry<'a>],
        path: &mut Path<'a>,
        found: &mut Vec<(&'b String, &'b Entry<'a>)>,
    ) {
        for entry in entries {
            path.push(entry.key);
            match self.names.get(path) {
                Some(name) => found.push((name, entry)),
                None => self.placed(&entry.inner, path, found),
            }
            path.pop();
        }
    }

    fn comments(&self, range: TextRange) -> Vec<TextRange> {
        let comments = self.program.comments().iter().copied();
        comments.filter(|it| range.contains_range(*it)).collect()
    }
}

/// Renames what the values of a class read of the same class.
struct Renamer<'a> {
    bound: &'a BTreeMap<&'a str, &'a String>,
    edits: &'a mut Edits,
    is_refused: bool,
}

impl<'a> Visitor<'a> for Renamer<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => {
                if let Some(new) = self.bound.get(name.id.as_str()) {
                    self.edits.push((name.range, (*new).clone()));
                }
            }
            // Scopes within a class do not see its names.
            Expr::Lambda(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_) => self.is_refused = true,
            _ => visitor::walk_expr(self, expression),
        }
    }
}
