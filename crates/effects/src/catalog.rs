//! The knowledge base: what library functions do, read from `data/*.toml`.
//!
//! One file per library. Files are parsed when a program imports the library, so that the catalog may grow without
//! slowing small inputs down; and once, for parsing them is most of what one of a thousand notebooks costs.

mod conditions;
mod library;
pub(crate) mod obtainable;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use include_dir::{Dir, include_dir};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::documented::{Documented, is_shown};
use crate::effect::Effect;
use crate::installed::{Installed, is_asked};
use library::Library;

pub use conditions::{ArgumentKind, Condition, Target, When};

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");

/// The libraries that were asked for, parsed; `None` where there is no file.
static PARSED: LazyLock<Mutex<BTreeMap<String, Option<Arc<Library>>>>> =
    LazyLock::new(Mutex::default);

/// What is known of the libraries that a program imports.
///
/// Every name of a file begins with that of its library, but for those of the builtins: what is asked of a name is asked of
/// one file, and a catalog costs no more than its list of files.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// What was added to the files, and wins over them.
    added: Library,
    /// The files.
    files: FxHashMap<Arc<str>, Arc<Library>>,
    builtins: Option<Arc<Library>>,
    /// Libraries with a file, or with entries that were added.
    libraries: Vec<Arc<str>>,
    /// Libraries that the program does not import.
    unimported: Vec<Arc<str>>,
    /// Who knows what is installed.
    installed: Option<Installed>,
}

/// Libraries whose objects are passed to code that does not import them.
const PASSED_AROUND: [&str; 2] = ["pathlib", "logging"];

/// Modules that gather what others have, and those, in the order in which they are asked.
/// <https://matplotlib.org/stable/api/pylab.html>
const GATHERERS: [&str; 2] = ["matplotlib.pylab.", "pylab."];
const GATHERED: [&str; 5] = [
    "matplotlib.pyplot.",
    "numpy.",
    "numpy.random.",
    "numpy.linalg.",
    "numpy.fft.",
];

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
    /// Objects of the class keep nothing of the data that they are fitted to: scalers, trees; not nearest neighbours.
    #[serde(default)]
    pub forgets: bool,
    /// What an attribute gives keeps the object that it is read from, and changes apart from it.
    #[serde(default)]
    pub keeps_self: bool,
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

impl Entry {
    /// Whether a method changes its object.
    pub(crate) fn changes_object(&self) -> bool {
        self.mutates.iter().any(|it| it.what.name == "self")
    }

    /// Whether a convention speaks of something of this name: that all of a library computes is no word on `plot_rank` or
    /// `save`.
    fn covers(&self, name: &str) -> bool {
        let name = name.rsplit('.').next().unwrap_or(name);
        let verb = name.split('_').next().unwrap_or(name);
        !self.effects.is_empty() || !["plot", "show", "save", "download", "upload"].contains(&verb)
    }
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
        let known = catalog.libraries.len();
        catalog.load(PASSED_AROUND.map(str::to_owned).to_vec());
        catalog.unimported = catalog.libraries[known..].to_vec();
        catalog
    }

    /// Asks about what it does not describe: for annotations alone.
    pub(crate) fn ask(&mut self, installed: Installed) {
        self.installed = Some(installed);
    }

    /// Who knows what is installed.
    pub(crate) fn installed(&self) -> Option<&Installed> {
        self.installed.as_ref()
    }

    /// Whether only what is installed can have told of a class.
    pub fn may_be_declared(&self, class: &str) -> bool {
        let is_known = self.exact(class).is_some() || self.has_documented_class(class);
        is_asked(class) && self.installed.is_some() && !is_known
    }

    /// It, with what is known of other libraries. What it says of the first wins.
    pub(crate) fn with_libraries(&self, libraries: &[&str]) -> Self {
        let mut wider = self.clone();
        wider.load(libraries.iter().map(ToString::to_string).collect());
        wider.unimported.retain(|it| !libraries.contains(&&**it));
        wider
    }

    pub(crate) fn load(&mut self, mut pending: Vec<String>) {
        while let Some(library) = pending.pop() {
            if self.file(&library).is_some() {
                continue;
            }
            let Some(parsed) = parsed(&library) else {
                continue;
            };
            pending.extend(parsed.mentioned.iter().cloned());
            if !parsed.is_shown_only {
                self.note_library(&library);
            }
            if library == "builtins" {
                self.builtins = Some(parsed);
            } else {
                self.files.insert(library.into(), parsed);
            }
        }
    }

    fn note_library(&mut self, library: &str) {
        if !self.knows_library(library) {
            self.libraries.push(library.into());
        }
    }

    fn file(&self, library: &str) -> Option<&Library> {
        if library == "builtins" {
            return self.builtins.as_deref();
        }
        self.files.get(library).map(AsRef::as_ref)
    }

    /// The file that has a name, or would have it.
    fn file_of(&self, qualified: &str) -> Option<&Library> {
        // Names are short: no search is faster than this.
        let end = qualified.bytes().position(|it| it == b'.');
        let library = &qualified[..end.unwrap_or(qualified.len())];
        let file = self.files.get(library).or(self.builtins.as_ref());
        file.map(AsRef::as_ref)
    }

    /// The first answer to a question about a name: of what was added, else of its file.
    fn first<'a, T>(
        &'a self,
        qualified: &str,
        ask: impl Fn(&'a Library) -> Option<T>,
    ) -> Option<T> {
        if !self.added.is_empty()
            && let Some(answer) = ask(&self.added)
        {
            return Some(answer);
        }
        ask(self.file_of(qualified)?)
    }

    /// Whether a function or class is of a library that draws from the global generator of numpy where it is given none.
    pub fn draws_hidden(&self, qualified: &str) -> bool {
        let library = qualified.split('.').next().unwrap_or_default();
        self.file(library).is_some_and(|it| it.draws_hidden)
    }

    /// The whole catalog.
    pub fn complete() -> Self {
        let names: Vec<&str> = DATA
            .files()
            .filter_map(|file| file.path().file_stem().and_then(|stem| stem.to_str()))
            .collect();
        Self::for_libraries(names)
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
            self.through_bases(class, &|class| {
                self.documented_with(class)?.call_of(class, method)
            })
        })
    }

    /// What the documentation says that an attribute is.
    pub fn documented_attribute(&self, class: &str, name: &str) -> Option<&str> {
        self.through_bases(class, &|class| {
            self.documented_with(class)?.attribute(class, name)
        })
    }

    /// The documentation that has the library of a name.
    pub(crate) fn documented_with(&self, qualified: &str) -> Option<&Documented> {
        let library = qualified.split('.').next()?;
        self.file(library).map(|it| &it.documented)
    }

    /// The first that is found for a class or its bases.
    fn through_bases<'a>(
        &'a self,
        class: &str,
        find: &dyn Fn(&str) -> Option<&'a str>,
    ) -> Option<&'a str> {
        let class = self.canonical(class);
        find(class).or_else(|| {
            self.direct_bases(class)
                .iter()
                .find_map(|base| self.through_bases(base, find))
        })
    }

    /// Adds an entry under each of its names; the user's own win over ours.
    pub(crate) fn add_named(&mut self, library: &str, entry: Entry) {
        self.note_library(library);
        add_named(&mut self.added, library, entry);
    }

    /// The name under which the catalog knows the object at an import path.
    pub fn canonical<'a>(&'a self, qualified: &'a str) -> &'a str {
        self.first(qualified, |it| it.synonym(qualified))
            .or_else(|| self.gathered(qualified))
            .unwrap_or(qualified)
    }

    /// What `pylab` gathers of other modules, by the name it has there: the first of them that has it.
    fn gathered(&self, qualified: &str) -> Option<&str> {
        let name = GATHERERS.iter().find_map(|it| qualified.strip_prefix(it))?;
        GATHERED.iter().find_map(|module| {
            let qualified = format!("{module}{name}");
            self.file_of(&qualified)?.key(&qualified)
        })
    }

    /// The entry of a function, constructor or module attribute, by qualified name; else the convention of the longest
    /// prefix.
    pub fn lookup(&self, qualified: &str) -> Option<&Entry> {
        let qualified = self.canonical(qualified);
        self.entry(qualified).or_else(|| {
            let convention = self.convention(qualified);
            convention.filter(|it| it.covers(qualified))
        })
    }

    /// Like [`Catalog::lookup`], without conventions.
    pub fn exact(&self, qualified: &str) -> Option<&Entry> {
        self.entry(self.canonical(qualified))
    }

    fn entry(&self, qualified: &str) -> Option<&Entry> {
        self.first(qualified, |it| it.entry(qualified))
    }

    /// The entry of a method or attribute of instances of `class`, through its bases; else the convention of the class,
    /// or of a base.
    pub fn member(&self, class: &str, name: &str) -> Option<&Entry> {
        self.own_member(class, name).or_else(|| {
            let convention = self.member_convention(class);
            convention.filter(|it| it.covers(name))
        })
    }

    /// Like [`Catalog::member`], without conventions.
    pub fn own_member(&self, class: &str, name: &str) -> Option<&Entry> {
        let class = self.canonical(class);
        self.first(class, |it| it.member(class, name)).or_else(|| {
            let mut bases = self.direct_bases(class).iter();
            bases.find_map(|base| self.own_member(base, name))
        })
    }

    fn member_convention(&self, class: &str) -> Option<&Entry> {
        let class = self.canonical(class);
        self.first(class, |it| it.convention(class)).or_else(|| {
            let mut bases = self.direct_bases(class).iter();
            bases.find_map(|base| self.member_convention(base))
        })
    }

    /// The direct bases of a class, by the name under which the catalog knows it.
    fn direct_bases(&self, class: &str) -> &[String] {
        self.first(class, |it| it.bases(class)).unwrap_or_default()
    }

    /// What is called by this name on an object, with the classes that have them, of all libraries that the program imports.
    pub fn methods_named<'a>(
        &'a self,
        name: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Entry)> {
        let mut named: Vec<(&str, &Entry)> = Vec::new();
        for library in self.all() {
            let is_added = std::ptr::eq(library, &raw const self.added);
            for (qualified, entry) in library.methods_named(name) {
                if is_added || self.added.entry(qualified).is_none() {
                    named.push((qualified, entry));
                }
            }
        }
        // Each file has them in their order.
        named.sort_by_key(|(qualified, _)| *qualified);
        let named = named.into_iter().filter_map(move |(qualified, entry)| {
            let (class, _) = qualified.rsplit_once('.')?;
            let library = qualified.split('.').next();
            if self.unimported.iter().any(|it| Some(&**it) == library) {
                return None;
            }
            match entry.kind {
                EntryKind::Method => Some((class, entry)),
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

    /// All that is known, what was added first.
    fn all(&self) -> impl Iterator<Item = &Library> {
        let files = self.libraries.iter().filter_map(|it| self.file(it));
        std::iter::once(&self.added).chain(files)
    }

    /// Whether instances of `class` are instances of `base`.
    pub fn is_subclass(&self, class: &str, base: &str) -> bool {
        let class = self.canonical(class);
        class == base
            || self
                .direct_bases(class)
                .iter()
                .any(|it| self.is_subclass(it, base))
    }

    /// The direct bases of a class.
    pub(crate) fn bases_of(&self, class: &str) -> impl Iterator<Item = &str> {
        let bases = self.direct_bases(self.canonical(class)).iter();
        bases.map(String::as_str)
    }

    /// Whether the catalog has an entry for a class of this name.
    pub fn is_class(&self, qualified: &str) -> bool {
        self.lookup(qualified)
            .is_some_and(|entry| entry.kind == EntryKind::Class)
    }

    /// Whether it is a module: nothing is known by this name but classes that it has.
    pub(crate) fn has_classes_in(&self, path: &str) -> bool {
        let is_class =
            |name: &str| !name[path.len() + 1..].contains('.') && self.is_entry_of_class(name);
        let mut known = std::iter::once(&self.added).chain(self.file_of(path));
        known.any(|it| it.inside(path).any(is_class)) && self.exact(path).is_none()
    }

    fn is_entry_of_class(&self, qualified: &str) -> bool {
        let entry = self.entry(qualified);
        entry.is_some_and(|it| it.kind == EntryKind::Class)
    }

    /// Whether there is a file for this library.
    pub fn knows_library(&self, library: &str) -> bool {
        self.libraries.iter().any(|known| **known == *library)
    }

    /// All entries by qualified name, conventions with their star.
    pub fn entries(&self) -> BTreeMap<String, &Entry> {
        let mut entries = BTreeMap::new();
        for library in self.all() {
            for (name, entry) in library.entries() {
                entries.entry(name).or_insert(entry);
            }
        }
        entries
    }

    fn convention(&self, qualified: &str) -> Option<&Entry> {
        let mut path = qualified;
        while let Some(at) = path.rfind('.') {
            path = &path[..at];
            let found = self.first(path, |it| it.convention(path));
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

/// The file of a library, parsed once.
fn parsed(library: &str) -> Option<Arc<Library>> {
    let mut known = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.get(library) {
        return known.clone();
    }
    let file = DATA.get_file(format!("{library}.toml"));
    let parsed = file.map(|file| {
        let text = file.contents_utf8().expect("catalog files are UTF-8");
        let file: LibraryFile =
            toml::from_str(text).unwrap_or_else(|error| panic!("data/{library}.toml: {error}"));
        let mut library = Library::default();
        for entry in file.entry {
            add_named(&mut library, &file.library, entry);
        }
        library.document(&file.library);
        library.draws_hidden = file.draws_hidden;
        Arc::new(library)
    });
    let parsed = parsed.or_else(|| {
        // Of what a library does nothing is known then.
        let mut shown = Library::default();
        shown.is_shown_only = true;
        is_shown(library).then(|| shown.document(library))?;
        Some(Arc::new(shown))
    });
    known.insert(library.to_owned(), parsed.clone());
    parsed
}

/// Adds an entry under each of its names.
fn add_named(library: &mut Library, name: &str, entry: Entry) {
    if !entry.name.contains(' ') {
        library.add(name, entry);
        return;
    }
    for one in entry.name.split_whitespace() {
        let named = Entry {
            name: one.to_owned(),
            ..entry.clone()
        };
        library.add(name, named);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_fits_the_schema() {
        assert!(Catalog::complete().entries().len() > 300);
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
