//! What is said of one library, in the forms in which it is asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Entry, EntryKind};
use crate::documented::Documented;

/// A qualified name, and what it does.
pub(super) type Named = (Arc<str>, Arc<Entry>);

/// The types that something but a class itself is said to give back.
#[derive(Debug)]
pub(super) struct Given {
    pub all: Vec<Arc<str>>,
    /// Classes of the library that are among them, or bases of those.
    pub own: FxHashSet<Arc<str>>,
    /// What is of other libraries.
    pub others: Vec<Arc<str>>,
}

/// Entries of a library; those that users add are of several.
#[derive(Debug, Default)]
pub(super) struct Library {
    /// By qualified name: functions, constructors (the class's name), module attributes, methods.
    entries: BTreeMap<Arc<str>, Arc<Entry>>,
    /// The same, for those who know the name.
    by_name: FxHashMap<Arc<str>, Arc<Entry>>,
    /// The same, by what stands before the last full stop, then by what stands after it.
    members: FxHashMap<Arc<str>, FxHashMap<Arc<str>, Arc<Entry>>>,
    /// By prefix without the full stop at its end: entries for every name under it that has no entry of its own.
    conventions: FxHashMap<Arc<str>, Arc<Entry>>,
    /// By class: its direct bases.
    bases: FxHashMap<Arc<str>, Arc<[String]>>,
    /// The classes that have bases, or could have: in their order.
    classes: BTreeSet<Arc<str>>,
    /// By import path: the name under which the catalog knows it (`pandas.core.frame.DataFrame`).
    synonyms: FxHashMap<Arc<str>, Arc<str>>,
    /// What the documentation says of results, where no entry does.
    pub documented: Documented,
    /// Libraries that results and bases come from: a data frame's `.values` is an array.
    pub mentioned: Vec<String>,
    /// It draws from the global generator of numpy where it is given none.
    pub draws_hidden: bool,
    /// Nobody described what its functions do: it is only known what they appear to give.
    pub is_shown_only: bool,
    /// Made when they are first asked for.
    methods: OnceLock<FxHashMap<Arc<str>, Vec<Named>>>,
    given: OnceLock<Given>,
}

/// A copy is made in order to change it.
impl Clone for Library {
    fn clone(&self) -> Self {
        Self {
            entries: self.entries.clone(),
            by_name: self.by_name.clone(),
            members: self.members.clone(),
            conventions: self.conventions.clone(),
            bases: self.bases.clone(),
            classes: self.classes.clone(),
            synonyms: self.synonyms.clone(),
            documented: self.documented.clone(),
            mentioned: self.mentioned.clone(),
            draws_hidden: self.draws_hidden,
            is_shown_only: self.is_shown_only,
            methods: OnceLock::new(),
            given: OnceLock::new(),
        }
    }
}

impl Library {
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.conventions.is_empty()
    }

    pub fn add(&mut self, library: &str, mut entry: Entry) {
        let qualified: Arc<str> = if library == "builtins" {
            entry.name.as_str().into()
        } else {
            format!("{library}.{}", entry.name).into()
        };
        for synonym in &entry.synonyms {
            let synonym = synonym.as_str().into();
            self.synonyms.insert(synonym, Arc::clone(&qualified));
        }
        for class in entry.bases.iter().chain(&entry.returns) {
            mention(&mut self.mentioned, library, class);
        }
        if entry.kind == EntryKind::Class {
            let bases = entry.bases.clone().into();
            self.bases.insert(Arc::clone(&qualified), bases);
            self.classes.insert(Arc::clone(&qualified));
            entry.returns.get_or_insert_with(|| qualified.to_string());
        }
        self.methods.take();
        self.given.take();
        let entry = Arc::new(entry);
        if let Some(prefix) = qualified.strip_suffix(".*") {
            self.conventions.insert(prefix.into(), entry);
            return;
        }
        if let Some((class, name)) = qualified.rsplit_once('.') {
            let members = self.members.entry(class.into()).or_default();
            members.insert(name.into(), Arc::clone(&entry));
        }
        self.by_name
            .insert(Arc::clone(&qualified), Arc::clone(&entry));
        self.entries.insert(qualified, entry);
    }

    /// Adds what the documentation says.
    pub fn document(&mut self, library: &str) {
        let (documented, types) = Documented::of(library);
        for ty in types {
            mention(&mut self.mentioned, library, &ty);
        }
        self.documented = documented;
        self.given.take();
    }

    pub fn entry(&self, qualified: &str) -> Option<&Entry> {
        self.by_name.get(qualified).map(AsRef::as_ref)
    }

    /// The name of an entry, as it is kept.
    pub fn key(&self, qualified: &str) -> Option<&str> {
        self.by_name.get_key_value(qualified).map(|(it, _)| &**it)
    }

    pub fn member(&self, class: &str, name: &str) -> Option<&Entry> {
        self.members.get(class)?.get(name).map(AsRef::as_ref)
    }

    /// What is said of everything under a path.
    pub fn convention(&self, path: &str) -> Option<&Entry> {
        self.conventions.get(path).map(AsRef::as_ref)
    }

    pub fn bases(&self, class: &str) -> Option<&[String]> {
        self.bases.get(class).map(AsRef::as_ref)
    }

    pub fn synonym(&self, qualified: &str) -> Option<&str> {
        self.synonyms.get(qualified).map(AsRef::as_ref)
    }

    /// The classes, in their order.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.classes.iter().map(AsRef::as_ref)
    }

    /// The names of entries under a path.
    pub fn inside(&self, path: &str) -> impl Iterator<Item = &str> {
        let inside = format!("{path}.");
        let entries = self.entries.range(Arc::<str>::from(inside.as_str())..);
        let entries = entries.take_while(move |(name, _)| name.starts_with(&inside));
        entries.map(|(name, _)| name.as_ref())
    }

    /// All entries, conventions with their star.
    pub fn entries(&self) -> BTreeMap<String, &Entry> {
        let named = self.entries.iter();
        let named = named.map(|(name, entry)| (name.to_string(), entry.as_ref()));
        let conventions = self.conventions.iter();
        named
            .chain(conventions.map(|(prefix, entry)| (format!("{prefix}.*"), entry.as_ref())))
            .collect()
    }

    /// The methods and attributes of a name, in the order of their classes.
    pub fn methods_named(&self, name: &str) -> &[Named] {
        let names = self.methods.get_or_init(|| {
            let mut names: FxHashMap<Arc<str>, Vec<Named>> = FxHashMap::default();
            for (qualified, entry) in &self.entries {
                if matches!(entry.kind, EntryKind::Method | EntryKind::Attribute)
                    && let Some((_, method)) = qualified.rsplit_once('.')
                {
                    let named = (Arc::clone(qualified), Arc::clone(entry));
                    names.entry(method.into()).or_default().push(named);
                }
            }
            names
        });
        names.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// What something but a class itself is said to give back.
    pub fn given(&self) -> &Given {
        self.given.get_or_init(|| {
            let entries = self.entries.values().chain(self.conventions.values());
            let functions = entries.filter(|it| it.kind != EntryKind::Class);
            let returned = functions.filter_map(|it| it.returns.as_deref());
            let written = returned.chain(self.documented.types());
            let names: BTreeSet<&str> = written.flat_map(names_in).collect();
            let mut given = Given {
                all: names.into_iter().map(Arc::from).collect(),
                own: FxHashSet::default(),
                others: Vec::new(),
            };
            let mut pending = given.all.clone();
            while let Some(name) = pending.pop() {
                let class = self.synonyms.get(&name).unwrap_or(&name);
                let Some(bases) = self.bases.get(class) else {
                    given.others.push(name);
                    continue;
                };
                if given.own.insert(Arc::clone(class)) {
                    pending.extend(bases.iter().map(|it| it.as_str().into()));
                }
            }
            given
        })
    }
}

/// Notes the other libraries in a type: `numpy` in `tuple[numpy.ndarray, float]`.
fn mention(mentioned: &mut Vec<String>, library: &str, written: &str) {
    for name in names_in(written) {
        let Some((other, _)) = name.split_once('.') else {
            continue;
        };
        if other != library && !mentioned.iter().any(|it| it == other) {
            mentioned.push(other.to_owned());
        }
    }
}

fn names_in(written: &str) -> impl Iterator<Item = &str> {
    written.split(['[', ']', ',', ' ', '|'])
}
