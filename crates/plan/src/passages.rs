//! Long functions in shorter ones: consecutive statements that need and give little become a function of their own.
//!
//! This is what a person does who extracts a function, and it rests on the text alone: what is taken out runs at the same
//! place, with the same values, in the same order. Where Python could tell the difference (a closure, `locals()`, a jump, a
//! name that may be unbound), the statements stay.

mod excerpts;
mod flow;
mod narrowed;
mod sites;
#[cfg(test)]
mod tests;
mod types;
mod uses;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::Stmt;
use srcify_syntax::snippet;

use self::excerpts::{Excerpt, Function};
use crate::planner::Planner;
use crate::{Folder, Item};

/// Lines of a function, without its signature and docstring.
const MAX_LINES: usize = 40;
/// A function is divided this often at most.
const MAX_PARTS: usize = 16;
/// Columns of a line, as the files are written.
const WIDTH: u16 = 100;

impl Planner<'_> {
    /// Divides the functions of the job and of the domain that are too long.
    pub(crate) fn shorten_functions(&mut self) {
        let looks_at_itself = |item: &Item| {
            let watched = [
                "getsource",
                "_getframe",
                "currentframe",
                "numba",
                "jit",
                "tf.function",
            ];
            watched.iter().any(|it| item.text.contains(it))
        };
        let items = self.plan.modules.iter().flat_map(|module| &module.items);
        let mentioned = self.names.mentioned();
        if self.is_introspective || items.into_iter().any(looks_at_itself) {
            return;
        }
        for at in 0..self.plan.modules.len() {
            if self.plan.modules[at].folder == Folder::Io {
                continue;
            }
            // Those that are not looked at yet stay in the module: their annotations are asked for.
            let items = self.plan.modules[at].items.clone();
            let mut done = Vec::new();
            for item in items {
                // What is taken out stands above the function that it is from.
                let (item, parts) = self.shortened(item, at, &mentioned);
                done.extend(parts);
                done.push(item);
            }
            self.plan.modules[at].items = done;
        }
    }

    /// An item, and what is taken out of it.
    fn shortened(
        &mut self,
        mut item: Item,
        module: usize,
        mentioned: &BTreeSet<String>,
    ) -> (Item, Vec<Item>) {
        let mut parts: Vec<Item> = Vec::new();
        if item.text.lines().count() <= MAX_LINES / 2 || !item.text.starts_with("def ") {
            return (item, parts);
        }
        let Ok(text) = srcify_syntax::format_module(&item.text, WIDTH) else {
            return (item, parts);
        };
        let mut text = text;
        while parts.len() < MAX_PARTS {
            let parsed = snippet(&text);
            let [Stmt::FunctionDef(function)] = parsed.statements() else {
                break;
            };
            let function = Function::of(&text, &parsed, function, mentioned);
            let Some(excerpt) = function.best_excerpt() else {
                break;
            };
            let part = self.part(&function, &excerpt, module);
            let call = function.call(&excerpt, &part.name);
            self.note_moved(&function, &excerpt, &part.name);
            text = call;
            parts.push(part);
        }
        if !parts.is_empty() {
            item.text = text;
        }
        (item, parts)
    }

    /// The function that an excerpt becomes.
    fn part(&mut self, function: &Function<'_>, excerpt: &Excerpt, module: usize) -> Item {
        let words = function.words(excerpt);
        let wanted: Vec<&str> = words.names.iter().map(String::as_str).collect();
        let name = self.names.first_free(&wanted);
        let mut needed = BTreeMap::new();
        let signature: Vec<String> = excerpt
            .inputs
            .iter()
            .map(|it| {
                let annotation = self.annotation(function, it, module, &mut needed);
                let annotation = function.narrowed(annotation, it, excerpt.range.start());
                format!("{it}: {annotation}")
            })
            .collect();
        let returns = if excerpt.is_tail {
            function.returns().to_owned()
        } else {
            let types: Vec<String> = excerpt
                .outputs
                .iter()
                .map(|it| self.annotation(function, it, module, &mut needed))
                .collect();
            match &types[..] {
                [] => "None".to_owned(),
                [one] => one.clone(),
                several => format!("tuple[{}]", several.join(", ")),
            }
        };
        self.plan.modules[module]
            .imports
            .extend(needed.into_values());
        let text = format!(
            "def {name}({}) -> {returns}:\n    {}\n{}",
            signature.join(", "),
            crate::job::docstring(&words.summary),
            function.body_of(excerpt)
        );
        Item {
            name,
            text,
            units: Vec::new(),
        }
    }

    /// Notes that the last values of variables are in the function `part` now.
    fn note_moved(&mut self, function: &Function<'_>, excerpt: &Excerpt, part: &str) {
        let outputs: BTreeSet<&String> = excerpt.outputs.iter().collect();
        for name in excerpt.binds.iter().filter(|it| !outputs.contains(it)) {
            let from = (function.name().to_owned(), name.clone());
            // A part that was taken out before, and is called later, has the last value.
            let last = function.last_binding(excerpt, name);
            let known = self.plan.moved.get(&from);
            let is_called_later =
                known.is_some_and(|part| function.text[last..].contains(&format!("{part}(")));
            if excerpt.is_last_binding_of(name) && !is_called_later {
                self.plan.moved.insert(from, part.to_owned());
            }
        }
    }
}
