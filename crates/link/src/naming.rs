//! One name for each thing, where the names of several files meet.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::is_reserved_word;

use crate::apart::module_of;
use crate::file::ImportedName;
use crate::graph::{Graph, Meaning};

/// What a name means in the whole program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Thing {
    /// Bound by a module.
    Own(usize, String),
    /// Imported from a library: by an import statement in this form.
    Library(String),
}

/// The names of the modules that are taken apart.
pub(crate) struct Naming<'a> {
    graph: &'a Graph,
    whole: &'a BTreeMap<usize, String>,
    /// New names, by file and name in it.
    names: BTreeMap<(usize, String), String>,
    chosen: BTreeMap<String, Thing>,
}

impl<'a> Naming<'a> {
    /// Names everything; else the module whose names cannot be changed, and why.
    pub(crate) fn new(
        graph: &'a Graph,
        whole: &'a BTreeMap<usize, String>,
    ) -> Result<Self, (usize, String)> {
        let mut naming = Self {
            graph,
            whole,
            names: BTreeMap::new(),
            chosen: BTreeMap::new(),
        };
        for &module in graph.order.iter().filter(|it| !whole.contains_key(it)) {
            let file = &graph.files[module];
            for name in file.top_names() {
                if let Some(thing) = naming.own_thing(module, name) {
                    naming.choose(module, name, thing)?;
                }
            }
        }
        Ok(naming)
    }

    /// What a name is that a module binds itself or imports from a library; `None` when it is another module's.
    fn own_thing(&self, module: usize, name: &str) -> Option<Thing> {
        match self.alias(module, name) {
            Some(Thing::Library(form)) if self.imports_library(module, name) => {
                Some(Thing::Library(form))
            }
            Some(_) => None,
            None if matches!(module_of(self.graph, module, name), Some((it, true)) if !self.whole.contains_key(&it)) => {
                None
            }
            None => Some(Thing::Own(module, name.to_owned())),
        }
    }

    fn imports_library(&self, file: usize, word: &str) -> bool {
        let words = &self.graph.files[file].words;
        words.by_name.get(word).is_some_and(|facts| {
            facts.imports.iter().all(|&(import, name)| {
                let meaning = self.graph.meaning(file, &words.imports[import].names[name]);
                meaning == Meaning::Library
            })
        })
    }

    fn choose(&mut self, module: usize, name: &str, thing: Thing) -> Result<(), (usize, String)> {
        if self.is_free(name, &thing) {
            self.chosen.insert(name.to_owned(), thing);
            return Ok(());
        }
        let file = &self.graph.files[module];
        let text = &file.program.source.text;
        let is_shown = self.graph.files.iter().any(|file| {
            file.words
                .by_name
                .get(name)
                .is_some_and(|word| word.is_shown)
        });
        if is_shown || text.contains(&format!("@{name}")) {
            return Err((module, format!("`{name}` clashes, and a text shows it")));
        }
        if name.starts_with("__") && name.ends_with("__") {
            // Of no use elsewhere.
            self.names.insert(
                (module, name.to_owned()),
                format!("{}{name}", file.name.replace('.', "_")),
            );
            return Ok(());
        }
        let stem = file.name.rsplit('.').next().unwrap_or("module");
        let wanted = format!("{stem}_{}", name.trim_start_matches('_'));
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        let free = std::iter::once(wanted.clone())
            .chain(numbered.take(1000))
            .find(|candidate| self.is_free(candidate, &thing) && !is_reserved_word(candidate));
        let Some(free) = free else {
            return Err((module, format!("`{name}` clashes")));
        };
        if let Thing::Library(form) = &thing
            && form.starts_with("import ")
            && !form.contains(" as ")
            && form.contains('.')
        {
            return Err((module, format!("`{name}` clashes with an import")));
        }
        self.names.insert((module, name.to_owned()), free.clone());
        self.chosen.insert(free, thing);
        Ok(())
    }

    /// Whether no file means something else by a name.
    fn is_free(&self, name: &str, thing: &Thing) -> bool {
        if self.chosen.get(name).is_some_and(|other| other != thing) {
            return false;
        }
        (0..self.graph.files.len())
            .filter(|file| !self.whole.contains_key(file))
            .all(|file| {
                let own = matches!(thing, Thing::Own(owner, own) if *owner == file && own == name);
                own || !self.graph.files[file].words.has(name)
                    || self.alias(file, name).as_ref() == Some(thing)
            })
    }

    /// What a word of a file always is, when imports alone bind it, in any scope.
    pub(crate) fn alias(&self, file: usize, word: &str) -> Option<Thing> {
        self.alias_on(file, word, &mut Vec::new())
    }

    /// `trail`: the names on the way here. Modules that import a name from each other never say what it is.
    fn alias_on(&self, file: usize, word: &str, trail: &mut Trail) -> Option<Thing> {
        let step = (file, word.to_owned());
        if trail.contains(&step) {
            return None;
        }
        trail.push(step);
        let found = self.alias_beyond(file, word, trail);
        trail.pop();
        found
    }

    fn alias_beyond(&self, file: usize, word: &str, trail: &mut Trail) -> Option<Thing> {
        let words = &self.graph.files[file].words;
        let facts = words
            .by_name
            .get(word)
            .filter(|facts| facts.bindings == 0)?;
        let mut things = BTreeSet::new();
        for &(import, name) in &facts.imports {
            things.insert(self.imported(file, &words.imports[import].names[name], trail)?);
        }
        let first = things.pop_first()?;
        things.is_empty().then_some(first)
    }

    fn imported(&self, file: usize, name: &ImportedName, trail: &mut Trail) -> Option<Thing> {
        match self.graph.meaning(file, name) {
            Meaning::Library => Some(Thing::Library(form(name))),
            Meaning::Name(module, name) => self.thing(module, &name, trail),
            _ => None,
        }
    }

    /// What a name of a module is for those who import it; `None` when it changes, or the module stays whole.
    fn thing(&self, module: usize, name: &str, trail: &mut Trail) -> Option<Thing> {
        if self.whole.contains_key(&module) {
            return None;
        }
        if let Some(thing) = self.alias_on(module, name, trail) {
            return Some(thing);
        }
        let is_stable = self.graph.files[module].is_stable(name);
        is_stable.then(|| Thing::Own(module, name.to_owned()))
    }

    /// The name by which code of any file reads a name of a module, as it is at that time.
    pub(crate) fn name_of(&self, module: usize, name: &str) -> String {
        match self.alias(module, name) {
            Some(Thing::Own(owner, own)) if (owner, own.as_str()) != (module, name) => {
                self.name_of(owner, &own)
            }
            Some(thing @ Thing::Library(_)) => self.name_of_thing(&thing, name),
            _ => self.renamed(module, name).unwrap_or(name).to_owned(),
        }
    }

    pub(crate) fn name_of_thing(&self, thing: &Thing, word: &str) -> String {
        match thing {
            Thing::Own(module, name) => self.name_of(*module, name),
            Thing::Library(_) => {
                let chosen = self.chosen.iter().find(|(_, other)| *other == thing);
                chosen.map_or(word, |(name, _)| name).to_owned()
            }
        }
    }

    /// The new name of what a module binds, when it has one.
    pub(crate) fn renamed(&self, module: usize, name: &str) -> Option<&str> {
        self.names
            .get(&(module, name.to_owned()))
            .map(String::as_str)
    }

    /// What got another name: file, old and new name.
    pub(crate) fn renames(&self) -> impl Iterator<Item = (usize, &str, &str)> {
        self.names
            .iter()
            .map(|((file, old), new)| (*file, old.as_str(), new.as_str()))
    }
}

/// Names of files, each imported from the next.
type Trail = Vec<(usize, String)>;

/// An import statement for one name, as it stands.
pub(crate) fn form(name: &ImportedName) -> String {
    use crate::file::Imported;
    let alias = name
        .alias
        .as_ref()
        .map(|alias| format!(" as {alias}"))
        .unwrap_or_default();
    match &name.what {
        Imported::Module(module) => format!("import {module}{alias}"),
        Imported::Member(level, module, member) => {
            let dots = ".".repeat(*level as usize);
            format!("from {dots}{module} import {member}{alias}")
        }
    }
}
