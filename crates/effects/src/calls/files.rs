//! Open files that functions of libraries are given: they are read, or written; and how files are opened.

use super::{Known, Passed, Site};
use crate::analyze::Analyzer;
use crate::calls::application::READING;
use crate::catalog::{ArgumentKind, Condition, Entry};
use crate::statements::STDOUT;
use crate::value::Value;
use crate::{Effect, Type};

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

/// Whether a file is opened for bytes: its mode says so, or what opens it says nothing else.
fn is_binary(name: &str, arguments: &[Passed]) -> bool {
    let is_packed = ["gzip.open", "bz2.open", "lzma.open"].contains(&name);
    let mut given = arguments.iter();
    match given.find(|it| it.name.as_deref() == Some("mode")) {
        Some(mode) => {
            let mode = mode.value.literal.as_deref().filter(|it| it.len() <= 3);
            mode.is_some_and(|it| it.contains('b') || is_packed && !it.contains('t'))
        }
        None => is_packed && !arguments.iter().any(|it| it.is_unpacked),
    }
}

pub(super) fn reads_bytes(file: &Value) -> bool {
    file.is("io.TextIOWrapper") && file.hint.as_ref().is_some_and(|it| it.name == "bytes")
}

/// What the mode in which a file is opened says: that it is only read, or that there is nothing in it.
fn said_by_mode(entry: &Entry, arguments: &[Passed]) -> Option<&'static str> {
    if !entry.parameters.iter().any(|it| it == "mode") || arguments.iter().any(|it| it.is_unpacked)
    {
        return None;
    }
    let mut given = arguments.iter();
    let Some(mode) = given.find(|it| it.name.as_deref() == Some("mode")) else {
        return Some(READING);
    };
    let mode = mode.value.literal.as_deref()?;
    if mode.contains(['w', 'x']) {
        return Some(BEGUN);
    }
    (!mode.contains(['a', '+'])).then_some(READING)
}

/// Notes of a file or descriptor how it is opened, and whether it is opened for bytes.
pub(super) fn note_opening(value: &mut Value, known: Known<'_>, arguments: &[Passed]) {
    if value.is("io.TextIOWrapper") && is_binary(known.name, arguments) {
        value.hint = Some(Type::new("bytes"));
    }
    if let Some(opened) = opened(value, known, arguments) {
        value.literal = Some(opened.into());
    }
}

/// What the value of a file or descriptor says of how it is opened, where that is known.
fn opened(value: &Value, known: Known<'_>, arguments: &[Passed]) -> Option<&'static str> {
    if known.name != "os.open" {
        let is_temporary = known.name.starts_with("tempfile.");
        let said = || said_by_mode(known.entry, arguments);
        let is_file = value.is("io.TextIOWrapper");
        return is_file.then(|| is_temporary.then_some(BEGUN).or_else(said))?;
    }
    let mut given = arguments.iter();
    let flags = given.find(|it| it.name.as_deref() == Some("flags"))?;
    let flags = flags.value.literal.as_deref()?;
    let only_reads = flags.split('|').all(|it| READ_FLAGS.contains(&it));
    Some(if only_reads { READING } else { WRITING })
}

/// What the value of a descriptor says that is open for writing, and maybe reading.
const WRITING: &str = "writing";

/// Flags of descriptors that write nothing.
const READ_FLAGS: &[&str] = &[
    "O_RDONLY",
    "O_CLOEXEC",
    "O_NONBLOCK",
    "O_NOFOLLOW",
    "O_DIRECTORY",
    "O_BINARY",
];
