//! The knowledge base: what library functions do, read from `data/*.toml`.
//!
//! One file per library. Files are parsed when a program imports the library, so that the catalog may grow without
//! slowing small inputs down; and once, for parsing them is most of what one of a thousand notebooks costs.

mod conditions;
mod named;

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::documented::Documented;
use crate::effect::Effect;

pub use conditions::{ArgumentKind, Condition, Target, When};

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");

/// The libraries that were asked for, parsed; `None` where there is no file.
static PARSED: LazyLock<Mutex<BTreeMap<String, Option<Arc<Catalog>>>>> =
    LazyLock::new(Mutex::default);

/// What is known of the libraries that a program imports.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// By qualified name: functions, constructors (the class's name), module attributes.
    entries: BTreeMap<Arc<str>, Arc<Entry>>,
    /// By prefix ending in a full stop: entries for every name under it that has no entry of its own.
    conventions: BTreeMap<Arc<str>, Arc<Entry>>,
    /// By class: its direct bases.
    bases: BTreeMap<Arc<str>, Arc<[String]>>,
    /// By import path: the name under which the catalog knows it (`pandas.core.frame.DataFrame`).
    synonyms: BTreeMap<Arc<str>, Arc<str>>,
    /// Libraries with a file.
    libraries: Vec<String>,
    /// What the documentation of a library says of results, where no entry does.
    documented: BTreeMap<String, Arc<Documented>>,
    /// Libraries that results and bases come from: a data frame's `.values` is an array.
    mentioned: Vec<String>,
    /// Libraries that the program does not import.
    unimported: Vec<String>,
    /// Libraries that draw from the global generator of numpy where they are given none.
    hidden: Vec<String>,
    /// The methods among the entries.
    methods: named::MethodNames,
}

/// Libraries whose objects are passed to code that does not import them.
const PASSED_AROUND: [&str; 2] = ["pathlib", "logging"];

/// What one function, method, constructor or attribute does.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Name in its library: `read_csv`, `DataFrame.dropna`, `metrics.*` for a convention. A file may give several
    /// names for one entry, with spaces between them.
    pub name: String,
    /// Function (when left out), class (its constructor), method, or attribute.
    #[serde(default)]
    pub kind: EntryKind,
    /// Parameters in order of position, without `self`; keyword-only ones last, after `*`.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// What a call does, beyond computing its result.
    #[serde(default)]
    pub effects: Vec<When<Effect>>,
    /// What a call changes in place: `self` or a parameter; `shallow self` for a change that leaves views alone.
    #[serde(default)]
    pub mutates: Vec<When<Target>>,
    /// The type of the result: a qualified name with arguments (`list[str]`), `self`, or `T0` for the first argument's.
    /// A class returns itself when nothing is written.
    #[serde(default)]
    pub returns: Option<String>,
    /// What the result may share memory with: `self`, a parameter, or `*` for all arguments.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Parameters that are called: the call has their effects, too.
    #[serde(default)]
    pub callbacks: Vec<String>,
    /// What it is made of is fitted with it: the steps of a pipeline.
    #[serde(default)]
    pub fits_parts: bool,
    /// Its objects draw when they are used, not when they are made: what divides data.
    #[serde(default)]
    pub draws_later: bool,
    /// The parameter that names the file, folder or URL.
    #[serde(default)]
    pub path: Option<String>,
    /// Parameters that users tune: hyperparameters, seeds, shares, numbers of jobs.
    #[serde(default)]
    pub settings: Vec<String>,
    /// Direct bases of a class, as qualified names.
    #[serde(default)]
    pub bases: Vec<String>,
    /// Import paths that mean the same object.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// Python that shows the effect; run as a test.
    #[serde(default)]
    pub example: Option<String>,
}

/// What an entry describes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryKind {
    /// A function of a module, or a static method.
    #[default]
    Function,
    /// A class; the entry says what its constructor does.
    Class,
    /// A method, named `Class.method`; subclasses inherit it.
    Method,
    /// An attribute of a module, or of instances of a class (`Class.attribute`); reading it has the effects.
    Attribute,
}

/// A file of the knowledge base.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LibraryFile {
    /// Import name, e.g. `sklearn`; `builtins` for names without a module.
    library: String,
    /// Its functions draw from the global generator of numpy where they are given none.
    #[serde(default)]
    draws_hidden: bool,
    #[serde(default)]
    entry: Vec<Entry>,
}

impl Catalog {
    /// The catalog for a program that imports `libraries` (top-level module names). Builtins are always there.
    ///
    /// # Panics
    /// When an embedded file does not fit the schema; a test loads them all.
    pub fn for_libraries<'a>(libraries: impl IntoIterator<Item = &'a str>) -> Self {
        let mut catalog = Self::default();
        let mut pending: Vec<String> = libraries.into_iter().map(str::to_owned).collect();
        pending.push("builtins".to_owned());
        catalog.load(pending);
        // Parameters are paths and loggers where nothing is imported that makes them.
        let known = catalog.libraries.clone();
        catalog.load(PASSED_AROUND.map(str::to_owned).to_vec());
        catalog.unimported = catalog
            .libraries
            .iter()
            .filter(|it| !known.contains(it))
            .cloned()
            .collect();
        catalog
    }

    /// It, with what is known of other libraries. What it says of the first wins.
    pub(crate) fn with_libraries(&self, libraries: &[&str]) -> Self {
        let mut wider = Self::default();
        wider.load(libraries.iter().map(ToString::to_string).collect());
        wider.extend(self);
        wider.unimported.clone_from(&self.unimported);
        wider
            .unimported
            .retain(|it| !libraries.contains(&it.as_str()));
        wider
    }

    pub(crate) fn load(&mut self, mut pending: Vec<String>) {
        while let Some(library) = pending.pop() {
            if self.libraries.contains(&library) {
                continue;
            }
            if let Some(parsed) = parsed(&library) {
                self.extend(&parsed);
                pending.extend(parsed.mentioned.iter().cloned());
            }
        }
    }

    /// Adds what another catalog knows, which wins over what this one knows.
    fn extend(&mut self, other: &Self) {
        self.methods.forget();
        self.entries.append(&mut other.entries.clone());
        self.conventions.append(&mut other.conventions.clone());
        self.bases.append(&mut other.bases.clone());
        self.synonyms.append(&mut other.synonyms.clone());
        self.documented.append(&mut other.documented.clone());
        self.libraries.extend(other.libraries.iter().cloned());
        self.hidden.extend(other.hidden.iter().cloned());
    }

    /// Whether a function or class is of a library that draws from the global generator of numpy where it is given none.
    pub fn draws_hidden(&self, qualified: &str) -> bool {
        let library = qualified.split('.').next().unwrap_or_default();
        self.hidden.iter().any(|it| it == library)
    }

    /// The whole catalog.
    pub fn complete() -> Self {
        let names: Vec<&str> = DATA
            .files()
            .filter_map(|file| file.path().file_stem().and_then(|stem| stem.to_str()))
            .collect();
        Self::for_libraries(names)
    }

    /// Adds entries in the form of a knowledge base file; the user's own win over ours.
    ///
    /// # Errors
    /// What does not fit the schema, with its line.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let file: LibraryFile = toml::from_str(text).map_err(|error| error.to_string())?;
        for entry in file.entry {
            self.add_named(&file.library, entry);
        }
        let (documented, types) = Documented::of(&file.library);
        for ty in types {
            self.mention(&file.library, &ty);
        }
        let documented = Arc::new(documented);
        self.documented.insert(file.library.clone(), documented);
        if file.draws_hidden {
            self.hidden.push(file.library.clone());
        }
        if !self.libraries.contains(&file.library) {
            self.libraries.push(file.library);
        }
        Ok(())
    }

    /// What the documentation says that a call of a function gives, or of a method (`Class.method`, also a base's).
    pub fn documented_call(&self, qualified: &str) -> Option<&str> {
        let qualified = self.canonical(qualified);
        let documented = |qualified: &str| {
            let documented = self.documented_with(qualified)?;
            documented.call(qualified)
        };
        documented(qualified).or_else(|| {
            let (class, method) = qualified.rsplit_once('.')?;
            self.through_bases(class, &|class| documented(&format!("{class}.{method}")))
        })
    }

    /// What the documentation says that an attribute is.
    pub fn documented_attribute(&self, class: &str, name: &str) -> Option<&str> {
        self.through_bases(class, &|class| {
            let qualified = format!("{class}.{name}");
            let documented = self.documented_with(&qualified)?;
            documented.attribute(&qualified)
        })
    }

    /// The documentation that has the library of a name.
    pub(crate) fn documented_with(&self, qualified: &str) -> Option<&Documented> {
        let library = qualified.split('.').next()?;
        self.documented.get(library).map(AsRef::as_ref)
    }

    /// The first that is found for a class or its bases.
    fn through_bases<'a>(
        &'a self,
        class: &str,
        find: &dyn Fn(&str) -> Option<&'a str>,
    ) -> Option<&'a str> {
        let class = self.canonical(class);
        find(class).or_else(|| {
            self.bases
                .get(class)?
                .iter()
                .find_map(|base| self.through_bases(base, find))
        })
    }

    /// Adds an entry under each of its names.
    pub(crate) fn add_named(&mut self, library: &str, entry: Entry) {
        if !self.libraries.iter().any(|it| it == library) {
            self.libraries.push(library.to_owned());
        }
        if !entry.name.contains(' ') {
            self.add_entry(library, entry);
            return;
        }
        for name in entry.name.split_whitespace() {
            let named = Entry {
                name: name.to_owned(),
                ..entry.clone()
            };
            self.add_entry(library, named);
        }
    }

    fn add_entry(&mut self, library: &str, mut entry: Entry) {
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
            self.mention(library, class);
        }
        if entry.kind == EntryKind::Class {
            let bases = entry.bases.clone().into();
            self.bases.insert(Arc::clone(&qualified), bases);
            entry.returns.get_or_insert_with(|| qualified.to_string());
        }
        let entry = Arc::new(entry);
        self.methods.forget();
        match qualified.strip_suffix('*') {
            Some(prefix) => self.conventions.insert(prefix.into(), entry),
            None => self.entries.insert(qualified, entry),
        };
    }

    /// Notes the other libraries in a type: `numpy` in `tuple[numpy.ndarray, float]`.
    fn mention(&mut self, library: &str, written: &str) {
        for name in written.split(['[', ']', ',', ' ', '|']) {
            let Some((other, _)) = name.split_once('.') else {
                continue;
            };
            if other != library && !self.mentioned.iter().any(|it| it == other) {
                self.mentioned.push(other.to_owned());
            }
        }
    }

    /// The name under which the catalog knows the object at an import path.
    pub fn canonical<'a>(&'a self, qualified: &'a str) -> &'a str {
        self.synonyms
            .get(qualified)
            .map_or(qualified, AsRef::as_ref)
    }

    /// The entry of a function, constructor or module attribute, by qualified name; else the convention of the longest
    /// prefix.
    pub fn lookup(&self, qualified: &str) -> Option<&Entry> {
        let qualified = self.canonical(qualified);
        let own = self.entries.get(qualified).map(AsRef::as_ref);
        own.or_else(|| self.convention(qualified))
    }

    /// Like [`Catalog::lookup`], without conventions.
    pub fn exact(&self, qualified: &str) -> Option<&Entry> {
        self.entries
            .get(self.canonical(qualified))
            .map(AsRef::as_ref)
    }

    /// The entry of a method or attribute of instances of `class`, through its bases; else the convention of the class,
    /// or of a base.
    pub fn member(&self, class: &str, name: &str) -> Option<&Entry> {
        self.own_member(class, name)
            .or_else(|| self.member_convention(class))
    }

    /// Like [`Catalog::member`], without conventions.
    pub fn own_member(&self, class: &str, name: &str) -> Option<&Entry> {
        let class = self.canonical(class);
        let own = self.entries.get(format!("{class}.{name}").as_str());
        own.map(AsRef::as_ref).or_else(|| {
            self.bases
                .get(class)?
                .iter()
                .find_map(|base| self.own_member(base, name))
        })
    }

    fn member_convention(&self, class: &str) -> Option<&Entry> {
        let class = self.canonical(class);
        let own = self.conventions.get(format!("{class}.").as_str());
        own.map(AsRef::as_ref).or_else(|| {
            self.bases
                .get(class)?
                .iter()
                .find_map(|base| self.member_convention(base))
        })
    }

    /// What is called by this name on an object, with the classes that have them, of all libraries that the program imports.
    pub fn methods_named<'a>(
        &'a self,
        name: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Entry)> {
        let is_imported = |qualified: &str| {
            let library = qualified.split('.').next();
            !self
                .unimported
                .iter()
                .any(|it| Some(it.as_str()) == library)
        };
        let named = self.methods.get(&self.entries, name).iter();
        let named = named.filter_map(move |(qualified, entry)| {
            let (class, _) = qualified.rsplit_once('.')?;
            if !is_imported(qualified) {
                return None;
            }
            match entry.kind {
                EntryKind::Method => Some((class, entry.as_ref())),
                // `frame.plot(…)`: an object that is an attribute is called.
                EntryKind::Attribute => {
                    let called = self.member(entry.returns.as_deref()?, "__call__")?;
                    Some((class, called))
                }
                _ => None,
            }
        });
        // Nobody has the environment or a search path under a name that does not tell.
        named.filter(|(class, _)| *class != "os.environ" && *class != "sys.path")
    }

    /// The classes whose objects a program can have that reads as `text`: those that it names, and those that something
    /// is said to give back; with their bases.
    pub(crate) fn obtainable(&self, text: &str) -> HashSet<&str> {
        let words: HashSet<&str> = text
            .split(|it: char| !it.is_alphanumeric() && it != '_')
            .collect();
        let mut pending: Vec<&str> = Vec::new();
        for class in self.bases.keys() {
            if class
                .rsplit('.')
                .next()
                .is_some_and(|it| words.contains(it))
            {
                pending.push(class);
            }
        }
        let entries = self.entries.values().chain(self.conventions.values());
        let functions = entries.filter(|it| it.kind != EntryKind::Class);
        let returned = functions.filter_map(|it| it.returns.as_deref());
        let documented = self.documented.values().flat_map(|it| it.types());
        let written: HashSet<&str> = returned.chain(documented).collect();
        let mut found: HashSet<&str> = HashSet::new();
        #[expect(clippy::iter_over_hash_type, reason = "the result is a set, too")]
        for written in written {
            let names = written.split(['[', ']', ',', ' ', '|']);
            pending.extend(names.map(|it| self.canonical(it)));
            while let Some(class) = pending.pop() {
                if found.insert(class) {
                    pending.extend(self.bases_of(class));
                }
            }
        }
        found
    }

    /// Whether instances of `class` are instances of `base`.
    pub fn is_subclass(&self, class: &str, base: &str) -> bool {
        let class = self.canonical(class);
        class == base
            || self
                .bases
                .get(class)
                .is_some_and(|bases| bases.iter().any(|it| self.is_subclass(it, base)))
    }

    /// The direct bases of a class.
    pub(crate) fn bases_of(&self, class: &str) -> impl Iterator<Item = &str> {
        let bases = self.bases.get(self.canonical(class));
        bases
            .into_iter()
            .flat_map(|bases| bases.iter().map(String::as_str))
    }

    /// Whether the catalog has an entry for a class of this name.
    pub fn is_class(&self, qualified: &str) -> bool {
        self.lookup(qualified)
            .is_some_and(|entry| entry.kind == EntryKind::Class)
    }

    /// Whether it is a module: nothing is known by this name but classes that it has.
    pub(crate) fn has_classes_in(&self, path: &str) -> bool {
        let inside = format!("{path}.");
        let entries = self.entries.range(Arc::<str>::from(inside.as_str())..);
        let mut entries = entries.take_while(|(name, _)| name.starts_with(&inside));
        let is_module = entries.any(|(name, entry)| {
            entry.kind == EntryKind::Class && !name[inside.len()..].contains('.')
        });
        is_module && self.exact(path).is_none()
    }

    /// Whether there is a file for this library.
    pub fn knows_library(&self, library: &str) -> bool {
        self.libraries.iter().any(|known| known == library)
    }

    /// All entries by qualified name, conventions with their star.
    pub fn entries(&self) -> impl Iterator<Item = (String, &Entry)> {
        let conventions = self
            .conventions
            .iter()
            .map(|(prefix, entry)| (format!("{prefix}*"), entry.as_ref()));
        self.entries
            .iter()
            .map(|(name, entry)| (name.to_string(), entry.as_ref()))
            .chain(conventions)
    }

    fn convention(&self, qualified: &str) -> Option<&Entry> {
        let mut prefix = qualified;
        loop {
            let at = prefix.rfind('.')?;
            if let Some(entry) = self.conventions.get(&prefix[..=at]) {
                return Some(entry);
            }
            prefix = &prefix[..at];
        }
    }
}

/// The file of a library, parsed once.
fn parsed(library: &str) -> Option<Arc<Catalog>> {
    let mut known = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.get(library) {
        return known.clone();
    }
    let file = DATA.get_file(format!("{library}.toml"));
    let catalog = file.map(|file| {
        let text = file.contents_utf8().expect("catalog files are UTF-8");
        let mut catalog = Catalog::default();
        let added = catalog.add(text);
        added.unwrap_or_else(|error| panic!("data/{library}.toml: {error}"));
        Arc::new(catalog)
    });
    known.insert(library.to_owned(), catalog.clone());
    catalog
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_fits_the_schema() {
        assert!(Catalog::complete().entries().count() > 300);
    }

    #[test]
    fn conditions_are_parsed() {
        let when: When<Effect> = "random when random_state absent & shuffle!=False"
            .parse()
            .unwrap();
        assert_eq!(when.what, Effect::Random);
        assert_eq!(when.conditions.len(), 2);
    }
}
