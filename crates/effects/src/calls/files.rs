//! Open files that functions of libraries are given: they are read, or written.

use super::{Known, Passed, Site};
use crate::Effect;
use crate::analyze::Analyzer;
use crate::calls::application::READING;
use crate::catalog::{ArgumentKind, Condition, Entry};
use crate::statements::STDOUT;
use crate::value::Value;

/// What the value of a writer says that writes into an open file.
const INTO_FILE: &str = "into a file";

impl Analyzer<'_> {
    /// Notes what a function does with the open files that it is given, and a writer with its own.
    pub(super) fn use_files(&mut self, known: Known<'_>, arguments: &[Passed], site: &Site) {
        let Known {
            entry,
            name,
            receiver,
        } = known;
        let changes = |parameter: &str| entry.mutates.iter().any(|it| it.what.name == parameter);
        let is_writer = receiver.is_some_and(|it| it.literal.as_deref() == Some(INTO_FILE));
        if is_writer && changes("self") {
            self.add_effect(Effect::WriteFile, site.range, name);
        }
        for argument in arguments {
            let parameter = argument.name.as_deref().unwrap_or_default();
            if !self.is_open_file(&argument.value) || !changes(parameter) {
                continue;
            }
            for effect in uses(entry, name, parameter) {
                if !self.is_spared(&argument.value, effect) {
                    self.add_effect(effect, site.range, name);
                }
            }
        }
    }

    /// Whether what is done with an open file has no such effect: closing one that is open for reading alone, and moving in
    /// it, writes nothing; from one that a function began itself it reads what it has written.
    pub(crate) fn is_spared(&self, file: &Value, effect: Effect) -> bool {
        let said = file.literal.as_deref();
        let said = said.filter(|_| file.is("io.TextIOWrapper"));
        match effect {
            Effect::WriteFile => said == Some(READING),
            Effect::ReadFile => said == Some(BEGUN) && self.is_made_here(file),
            _ => false,
        }
    }

    /// Whether the call in progress made it.
    fn is_made_here(&self, value: &Value) -> bool {
        let first = self.frames.last().map(|it| it.first_object);
        first.is_some_and(|first| value.own.iter().all(|it| *it >= first))
    }

    /// Notes of a new writer that it writes into a file.
    pub(super) fn note_writer(&self, value: &mut Value, name: &str, arguments: &[Passed]) {
        let is_writer = matches!(name, "csv.writer" | "csv.DictWriter");
        let mut files = arguments.iter().take(1);
        if is_writer && files.any(|it| self.is_open_file(&it.value)) {
            value.literal = Some(INTO_FILE.into());
        }
    }

    /// Whether it is a file, and not one of the streams of the process.
    fn is_open_file(&self, value: &Value) -> bool {
        let streams = self.module_objects.get(STDOUT);
        value.is("io.TextIOWrapper") && !streams.is_some_and(|it| value.leads_to(*it))
    }
}

/// What the value of a file says that is empty when it is opened: with the mode `w+`, by `tempfile`.
pub(crate) const BEGUN: &str = "begun";

/// What a function does with an open file: what it does with a file of which it is given the path, or what its name says.
fn uses(entry: &Entry, name: &str, parameter: &str) -> Vec<Effect> {
    let is_path =
        |it: &Condition| matches!(it, Condition::Is(name, ArgumentKind::Path) if name == parameter);
    let told = entry.effects.iter().filter(|it| {
        matches!(it.what, Effect::ReadFile | Effect::WriteFile) && it.conditions.iter().any(is_path)
    });
    let told: Vec<Effect> = told.map(|it| it.what).collect();
    if !told.is_empty() {
        return told;
    }
    let method = name.rsplit('.').next().unwrap_or(name);
    let says = |words: &[&str]| words.iter().any(|it| method.contains(it));
    if says(&["dump", "writ", "save", "print"]) || parameter == "fdst" {
        vec![Effect::WriteFile]
    } else if says(&["load", "read", "parse"]) || parameter == "fsrc" {
        vec![Effect::ReadFile]
    } else {
        Vec::new()
    }
}
