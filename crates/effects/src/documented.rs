//! What libraries document of their results: types alone, nothing of effects.
//!
//! One file per library in `returns/`, written by `xtask/src/catalog_returns.py`. The files in `appearances/`, which
//! `xtask/src/catalog_examples.py` writes, say what calls give in the libraries' examples and tests: that holds for
//! arguments like theirs, and serves annotations alone. So do the files in `appearances/by_hand/`, which say in our words
//! what documentation says of calls that no example shows with all their options.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::Type;
use crate::calls::Passed;
use crate::catalog::Catalog;

static APPEARANCES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/appearances");

static RETURNS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/returns");

/// Whether it is said by hand what a library appears to give.
pub(crate) fn is_shown(library: &str) -> bool {
    APPEARANCES.contains(format!("by_hand/{library}.toml"))
}

/// Types of calls and attributes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Documented {
    /// By what stands before the last full stop of a qualified name, then by what stands after it.
    told: FxHashMap<String, FxHashMap<String, Told>>,
    /// Bases of the classes that the knowledge base lacks.
    classes: BTreeMap<String, Vec<String>>,
    modules: FxHashMap<String, String>,
    /// Qualified names of what is called, by what stands after the last full stop.
    named: FxHashMap<String, Vec<String>>,
    /// All types that are stated.
    types: Vec<String>,
}

/// What is said of a function, class, method or attribute.
#[derive(Debug, Clone, Default)]
struct Told {
    call: Option<String>,
    attribute: Option<String>,
    /// What a call appears to give, whatever it is given.
    apparent: Option<String>,
    /// The same, by what it is given.
    apparent_with: Vec<(String, String)>,
    apparent_attribute: Option<String>,
    /// What the array holds that a call gives or an attribute is, and how many dimensions it has.
    array: Option<String>,
}

/// Types by qualified name, as the files have them.
#[derive(Default)]
struct Written {
    calls: BTreeMap<String, String>,
    attributes: BTreeMap<String, String>,
    apparent_calls: BTreeMap<String, String>,
    apparent_attributes: BTreeMap<String, String>,
    arrays: BTreeMap<String, String>,
    classes: BTreeMap<String, Vec<String>>,
    modules: FxHashMap<String, String>,
}

/// Names by type.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LibraryFile {
    calls: BTreeMap<String, String>,
    attributes: BTreeMap<String, String>,
}

/// A file of `appearances/`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct AppearanceFile {
    /// Names by type, with the first argument and the options that it was seen with where others give others.
    calls: BTreeMap<String, String>,
    attributes: BTreeMap<String, String>,
    /// Classes that the knowledge base lacks, with the names of their bases.
    classes: BTreeMap<String, String>,
    /// Modules by other names under which other modules offer them.
    modules: BTreeMap<String, String>,
    /// Other libraries of whose objects a program has some that imports this one alone.
    gives: Vec<String>,
}

impl Written {
    /// What a library's files say, when it has any, and the types that they mention.
    fn of(library: &str) -> (Self, Vec<String>) {
        let mut written = Self::default();
        written.read_appearances(library);
        let given = written.read_by_hand(library);
        written.read_arrays(library);
        let given: Vec<String> = given.iter().map(|it| format!("{it}.*")).collect();
        let Some(file) = RETURNS.get_file(format!("{library}.toml")) else {
            return (written, given);
        };
        let text = file.contents_utf8().unwrap_or_default();
        let file: LibraryFile = toml::from_str(text).unwrap_or_default();
        let mentioned = file.calls.keys().chain(file.attributes.keys());
        let mentioned = mentioned.cloned().chain(given).collect();
        collect(library, file.calls, &mut written.calls);
        collect(library, file.attributes, &mut written.attributes);
        (written, mentioned)
    }

    fn read_appearances(&mut self, library: &str) {
        let Some(file) = APPEARANCES.get_file(format!("{library}.toml")) else {
            return;
        };
        let text = file.contents_utf8().unwrap_or_default();
        let file: AppearanceFile = toml::from_str(text).unwrap_or_default();
        collect(library, file.calls, &mut self.apparent_calls);
        collect(library, file.attributes, &mut self.apparent_attributes);
        let named = |it: &str| format!("{library}.{it}");
        let modules = file.modules.iter();
        self.modules = modules.map(|(it, own)| (named(it), named(own))).collect();
        for (class, bases) in file.classes {
            let bases = bases.split_whitespace().map(str::to_owned).collect();
            self.classes.insert(format!("{library}.{class}"), bases);
        }
    }

    /// What was seen of arrays when every estimator was fitted.
    fn read_arrays(&mut self, library: &str) {
        let Some(file) = APPEARANCES.get_file(format!("arrays/{library}.toml")) else {
            return;
        };
        let text = file.contents_utf8().unwrap_or_default();
        let file: LibraryFile = toml::from_str(text).unwrap_or_default();
        collect(library, file.calls, &mut self.arrays);
        collect(library, file.attributes, &mut self.arrays);
    }

    /// What no example shows, and the libraries whose objects it gives. A name without options holds whatever the options are.
    fn read_by_hand(&mut self, library: &str) -> Vec<String> {
        let Some(file) = APPEARANCES.get_file(format!("by_hand/{library}.toml")) else {
            return Vec::new();
        };
        let text = file.contents_utf8().unwrap_or_default();
        let file: AppearanceFile = toml::from_str(text).unwrap_or_default();
        let mut calls = BTreeMap::new();
        collect(library, file.calls, &mut calls);
        for (name, ty) in calls {
            let key = if let Some((plain, flags)) = name.split_once("(;") {
                format!("{plain}(*;{flags}")
            } else {
                // What is written by hand holds for more than the examples.
                self.apparent_calls.remove(&name);
                format!("{name}(*)")
            };
            self.apparent_calls.insert(key, ty);
        }
        collect(library, file.attributes, &mut self.apparent_attributes);
        for (class, bases) in file.classes {
            let bases = bases.split_whitespace().map(str::to_owned).collect();
            self.classes.insert(format!("{library}.{class}"), bases);
        }
        file.gives
    }
}

impl Documented {
    /// What a library's files say, when it has any, and the types that they mention.
    pub(crate) fn of(library: &str) -> (Self, Vec<String>) {
        let (written, mentioned) = Written::of(library);
        let mut documented = Self {
            types: written.calls.values().cloned().collect(),
            ..Self::default()
        };
        let attributes = written.attributes.values().cloned();
        documented.types.extend(attributes);
        documented.types.sort_unstable();
        documented.types.dedup();
        let plain = |key: &str| key.split('(').next().unwrap_or(key).to_owned();
        let called = written.apparent_calls.keys().map(|it| plain(it));
        let called = called.chain(written.calls.keys().cloned());
        for name in called.chain(written.classes.keys().cloned()) {
            documented.note_name(name);
        }
        for (name, ty) in written.calls {
            documented.told_of(&name).call = Some(ty);
        }
        for (name, ty) in written.attributes {
            documented.told_of(&name).attribute = Some(ty);
        }
        for (name, ty) in written.apparent_calls {
            match name.split_once('(') {
                Some((name, given)) => {
                    let told = documented.told_of(name);
                    told.apparent_with.push((given.to_owned(), ty));
                }
                None => documented.told_of(&name).apparent = Some(ty),
            }
        }
        for (name, ty) in written.apparent_attributes {
            documented.told_of(&name).apparent_attribute = Some(ty);
        }
        for (name, ty) in written.arrays {
            documented.told_of(&name).array = Some(ty);
        }
        documented.classes = written.classes;
        documented.modules = written.modules;
        (documented, mentioned)
    }

    fn note_name(&mut self, qualified: String) {
        let (_, name) = qualified.rsplit_once('.').unwrap_or(("", &qualified));
        let named = self.named.entry(name.to_owned()).or_default();
        if !named.contains(&qualified) {
            named.push(qualified);
        }
    }

    fn told_of(&mut self, qualified: &str) -> &mut Told {
        let (class, name) = qualified.rsplit_once('.').unwrap_or(("", qualified));
        let told = self.told.entry(class.to_owned()).or_default();
        told.entry(name.to_owned()).or_default()
    }

    fn told(&self, qualified: &str) -> Option<&Told> {
        let (class, name) = qualified.rsplit_once('.').unwrap_or(("", qualified));
        self.told_in(class, name)
    }

    fn told_in(&self, class: &str, name: &str) -> Option<&Told> {
        self.told.get(class)?.get(name)
    }

    pub(crate) fn call(&self, qualified: &str) -> Option<&str> {
        self.told(qualified)?.call.as_deref()
    }

    /// What a call of a method gives.
    pub(crate) fn call_of(&self, class: &str, method: &str) -> Option<&str> {
        self.told_in(class, method)?.call.as_deref()
    }

    /// All types that it mentions.
    pub(crate) fn types(&self) -> impl Iterator<Item = &str> {
        self.types.iter().map(String::as_str)
    }

    /// What a call appears to give; a class gives its objects.
    fn apparent_call(&self, class: &str, name: &str, given: &Given<'_>) -> Option<&str> {
        if let Some(class) = self.class_in(class, name) {
            return Some(class);
        }
        let told = self.told_in(class, name)?;
        if told.apparent_with.is_empty() {
            let apparent = told.apparent.as_deref()?;
            return given.flags().is_empty().then_some(apparent);
        }
        let (first, flags) = (given.first(), given.flags());
        told.with(&format!("{first};{flags})"))
            .or_else(|| told.with(&format!("*;{flags})")))
            .or_else(|| told.apparent.as_deref().filter(|_| flags.is_empty()))
            .or_else(|| told.with("*)"))
    }

    /// The class of this name, or the one of the same name that it is made of.
    fn class_in(&self, module: &str, name: &str) -> Option<&str> {
        if self.classes.is_empty() || !self.named.contains_key(name) {
            return None;
        }
        let qualified = format!("{module}.{name}");
        let (class, bases) = self.classes.get_key_value(&qualified)?;
        let is_same = |it: &&String| it.rsplit('.').next() == class.rsplit('.').next();
        Some(bases.first().filter(is_same).unwrap_or(class))
    }

    /// A name through the modules that define what it names: `statsmodels.api.tsa.arima` is `statsmodels.tsa.arima.api`.
    fn through_modules(&self, qualified: &str) -> Option<String> {
        let mut name = qualified.to_owned();
        for _ in 0..MAX_MODULES {
            let ends = name.match_indices('.').map(|(at, _)| at);
            let found = ends
                .rev()
                .find_map(|at| Some((at, self.modules.get(&name[..at])?)));
            let Some((at, module)) = found else { break };
            name = format!("{module}{}", &name[at..]);
        }
        (name != qualified).then_some(name)
    }

    /// What a module offers that another module below it defines: `statsmodels.tsa.filters.api.hpfilter` is
    /// `statsmodels.tsa.filters.hp_filter.hpfilter`. Python's libraries keep the name; where several have it, none is meant.
    fn through_names(&self, qualified: &str) -> Option<String> {
        let (module, name) = qualified.rsplit_once('.')?;
        let module = module.strip_suffix(".api").unwrap_or(module);
        let is_meant = |key: &&String| {
            let rest = key.strip_prefix(module).and_then(|it| it.strip_prefix('.'));
            let inner = rest.and_then(|it| it.strip_suffix(name)?.strip_suffix('.'));
            inner.is_some_and(|it| !it.contains(char::is_uppercase))
        };
        let mut found = self.named.get(name)?.iter().filter(is_meant);
        let one = found.next()?;
        found.next().is_none().then(|| one.clone())
    }

    /// Whether anything is said of a call.
    fn knows(&self, qualified: &str) -> bool {
        let told = self.told(qualified);
        let is_called =
            |it: &Told| it.call.is_some() || it.apparent.is_some() || !it.apparent_with.is_empty();
        told.is_some_and(is_called) || self.classes.contains_key(qualified)
    }

    pub(crate) fn apparent_attribute(&self, class: &str, name: &str) -> Option<&str> {
        self.told_in(class, name)?.apparent_attribute.as_deref()
    }

    /// The bases of a class that the knowledge base lacks.
    pub(crate) fn bases(&self, class: &str) -> &[String] {
        self.classes.get(class).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn attribute(&self, class: &str, name: &str) -> Option<&str> {
        self.told_in(class, name)?.attribute.as_deref()
    }
}

impl Told {
    /// What a call appears to give that is given this.
    fn with(&self, given: &str) -> Option<&str> {
        let mut all = self.apparent_with.iter();
        let found = all.find(|(it, _)| it == given);
        found.map(|(_, ty)| ty.as_str())
    }
}

/// What decides, beside the function, what a call gives: as `catalog_examples.py` writes it. It is found out where it is
/// asked for.
pub(crate) struct Given<'a> {
    arguments: &'a [Passed],
    first: OnceCell<String>,
    flags: OnceCell<String>,
}

impl<'a> Given<'a> {
    /// The key of these arguments.
    pub(crate) fn of(arguments: &'a [Passed]) -> Self {
        Self {
            arguments,
            first: OnceCell::new(),
            flags: OnceCell::new(),
        }
    }

    /// The type of the first argument by position.
    fn first(&self) -> &str {
        self.first.get_or_init(|| {
            let first = self.arguments.first().filter(|it| !it.is_keyword);
            let first = first.and_then(|it| it.value.apparent());
            first.map_or_else(String::new, |it| plain(&it))
        })
    }

    /// Options that say what is to be given.
    fn flags(&self) -> &str {
        self.flags.get_or_init(|| {
            let named = self.arguments.iter().filter(|it| it.is_keyword);
            let mut flags: Vec<String> = named.filter_map(flag).collect();
            let by_position = self.arguments.iter().filter(|it| !it.is_keyword);
            for (at, passed) in by_position.enumerate().skip(1) {
                let value = passed.value.literal.as_deref().unwrap_or_default();
                if matches!(value, "True" | "False") && !passed.value.is("str") {
                    flags.push(format!("{at}={value}"));
                }
            }
            flags.sort();
            flags.join(",")
        })
    }
}

/// An option that may decide what a call gives.
fn flag(passed: &Passed) -> Option<String> {
    let name = passed.name.as_deref()?;
    let value = passed.value.literal.as_deref().unwrap_or("?");
    let is_text = passed.value.is("str");
    let is_flag = FLAGS.contains(&name.split('_').next()?)
        && (is_text || matches!(value, "True" | "False" | "?"));
    let quote = if is_text { "'" } else { "" };
    is_flag.then(|| format!("{name}={quote}{value}{quote}"))
}

/// A type without what an object of a library is made of.
fn plain(ty: &Type) -> String {
    if ty.name.contains('.') {
        return ty.name.to_string();
    }
    let arguments = ty.arguments.iter().map(|it| Type::new(&plain(it)));
    let text = Type::generic(&ty.name, arguments.collect()).to_string();
    text.replace(' ', "")
}

/// A name leads through this many modules at most.
const MAX_MODULES: usize = 4;

/// The first words of the names of options that may decide what a call gives.
const FLAGS: &[&str] = &[
    "return", "as", "output", "with", "full", "squeeze", "split", "compute", "axis", "ret",
    "average", "coef", "format",
];

impl Catalog {
    /// Whether a class is known that has no entry.
    pub(crate) fn has_documented_class(&self, path: &str) -> bool {
        self.documented_with(path)
            .is_some_and(|it| it.classes.contains_key(path))
    }

    /// The name that a path leads to, also through modules that offer other modules.
    pub(crate) fn resolved(&self, path: &str) -> String {
        let path = self.canonical(path);
        let own = self.documented_with(path);
        let through = own.and_then(|it| it.through_modules(path));
        let named = through.map_or_else(|| path.to_owned(), |it| self.canonical(&it).to_owned());
        // `sklearn.datasets._base.load_iris` is offered as `sklearn.datasets.load_iris`.
        let public = if named.starts_with('_') || named.contains("._") {
            let public = named.split('.').filter(|it| !it.starts_with('_'));
            public.collect::<Vec<_>>().join(".")
        } else {
            named.clone()
        };
        if public != named && self.lookup(&named).is_none() && self.lookup(&public).is_some() {
            return self.canonical(&public).to_owned();
        }
        let is_told = self.exact(&named).is_some() || own.is_none_or(|it| it.knows(&named));
        let offered = own.filter(|_| !is_told);
        let offered = offered.and_then(|it| {
            if it.knows(&public) {
                return Some(public);
            }
            it.through_names(&public)
        });
        offered.map_or(named, |it| self.canonical(&it).to_owned())
    }

    /// Whether only what is in it is described, as of a module: `statsmodels.robust.norms`.
    pub(crate) fn is_documented_module(&self, path: &str) -> bool {
        let last = path.rsplit('.').next().unwrap_or(path);
        let Some(documented) = self.documented_with(path) else {
            return false;
        };
        let inside = format!("{path}.");
        let mut classes = documented.classes.range(inside.clone()..);
        let has_classes = classes
            .next()
            .is_some_and(|(it, _)| it.starts_with(&inside));
        let is_lower = last.chars().all(|it| !it.is_uppercase());
        has_classes && is_lower && self.exact(path).is_none() && !documented.knows(path)
    }

    /// What a function appears to give, whatever it is given.
    pub(crate) fn always_gives(&self, path: &str) -> Option<&str> {
        let documented = self.documented_with(path)?;
        documented.told(path)?.with("*)")
    }

    /// What a call appears to give; `self` for its object.
    pub(crate) fn apparent_call(&self, qualified: &str, given: &Given<'_>) -> Option<Type> {
        let qualified = self.canonical(qualified);
        let (class, name) = qualified.rsplit_once('.').unwrap_or(("", qualified));
        let shown = |class: &str| {
            let documented = self.documented_with(if class.is_empty() { name } else { class })?;
            documented.apparent_call(class, name, given)
        };
        let found = shown(class).or_else(|| {
            let has_class = !class.is_empty();
            has_class.then(|| self.through_all_bases(class, &shown))?
        });
        found.and_then(Type::parse)
    }

    /// The array that a method of a class appears to give, or that an attribute appears to be.
    pub(crate) fn told_array(&self, class: &str, name: &str) -> Option<Type> {
        let found = self.through_all_bases(class, &|class| {
            let told = self.documented_with(class)?.told_in(class, name)?;
            told.array.as_deref()
        });
        found.and_then(Type::parse)
    }

    /// What an attribute appears to be.
    pub(crate) fn apparent_attribute(&self, class: &str, name: &str) -> Option<Type> {
        let found = self.through_all_bases(class, &|class| {
            self.documented_with(class)?.apparent_attribute(class, name)
        });
        found.and_then(Type::parse)
    }

    /// Like [`Catalog::through_bases`], with the bases of classes that have no entry.
    fn through_all_bases<'a>(
        &'a self,
        class: &str,
        find: &dyn Fn(&str) -> Option<&'a str>,
    ) -> Option<&'a str> {
        let mut pending = vec![self.canonical(class)];
        let mut seen: Vec<&str> = Vec::new();
        while let Some(class) = pending.pop() {
            if seen.contains(&class) {
                continue;
            }
            if let Some(found) = find(class) {
                return Some(found);
            }
            seen.push(class);
            // What wraps results hands on what is asked of it.
            if class.starts_with("statsmodels.")
                && let Some(wrapped) = class.strip_suffix("Wrapper")
            {
                pending.push(wrapped);
            }
            let documented = self.documented_with(class);
            let more = documented.map(|it| it.bases(class)).unwrap_or_default();
            pending.extend(more.iter().rev().map(|it| self.canonical(it)));
            pending.extend(self.bases_of(class).map(|it| self.canonical(it)));
        }
        None
    }
}

fn collect(
    library: &str,
    by_type: BTreeMap<String, String>,
    by_name: &mut BTreeMap<String, String>,
) {
    for (ty, names) in by_type {
        for name in names.split_whitespace() {
            by_name.insert(format!("{library}.{name}"), ty.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{APPEARANCES, AppearanceFile, LibraryFile, RETURNS};
    use crate::Type;

    #[test]
    fn every_file_fits_the_schema() {
        for file in RETURNS.files() {
            let text = file.contents_utf8().unwrap();
            let parsed: LibraryFile = toml::from_str(text).unwrap();
            for ty in parsed.calls.keys().chain(parsed.attributes.keys()) {
                assert_eq!(Type::parse(ty).unwrap().to_string(), *ty);
            }
        }
        let by_hand = APPEARANCES.get_dir("by_hand").unwrap();
        let arrays = APPEARANCES.get_dir("arrays").unwrap();
        for file in arrays.files() {
            let text = file.contents_utf8().unwrap();
            let parsed: LibraryFile = toml::from_str(text).unwrap();
            for ty in parsed.calls.keys().chain(parsed.attributes.keys()) {
                assert_eq!(Type::parse(ty).unwrap().to_string(), *ty);
            }
        }
        for file in APPEARANCES.files().chain(by_hand.files()) {
            let text = file.contents_utf8().unwrap();
            let parsed: AppearanceFile = toml::from_str(text).unwrap();
            for ty in parsed.calls.keys().chain(parsed.attributes.keys()) {
                assert_eq!(Type::parse(ty).unwrap().to_string(), *ty);
            }
        }
    }

    #[test]
    fn what_is_said_by_hand_is_said_of_the_names_that_calls_lead_to() {
        let by_hand = APPEARANCES.get_dir("by_hand").unwrap();
        for file in by_hand.files() {
            let library = file.path().file_stem().unwrap().to_str().unwrap();
            let catalog = crate::Catalog::for_libraries([library]);
            let text = file.contents_utf8().unwrap();
            let parsed: AppearanceFile = toml::from_str(text).unwrap();
            let names = parsed.calls.values().chain(parsed.attributes.values());
            for name in names.flat_map(|it| it.split_whitespace()) {
                let name = name.split('(').next().unwrap_or(name);
                let qualified = format!("{library}.{name}");
                let (holder, _) = qualified.rsplit_once('.').unwrap();
                assert_eq!(catalog.canonical(holder), holder, "{qualified}");
            }
        }
    }
}
