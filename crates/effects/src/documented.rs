//! What libraries document of their results: types alone, nothing of effects.
//!
//! One file per library in `returns/`, written by `xtask/src/catalog_returns.py`. The files in `appearances/`, which
//! `xtask/src/catalog_examples.py` writes, say what calls give in the libraries' examples and tests: that holds for
//! arguments like theirs, and serves annotations alone. So do the files in `appearances/by_hand/`, which say in our words
//! what documentation says of calls that no example shows with all their options.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::Type;
use crate::calls::Passed;
use crate::catalog::Catalog;

static APPEARANCES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/appearances");

static RETURNS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/returns");

/// Types of calls and attributes, by qualified name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Documented {
    calls: BTreeMap<String, String>,
    attributes: BTreeMap<String, String>,
    apparent_calls: BTreeMap<String, String>,
    apparent_attributes: BTreeMap<String, String>,
    /// What arrays hold that calls give and attributes are, and how many dimensions they have.
    arrays: BTreeMap<String, String>,
    /// Bases of the classes that the knowledge base lacks.
    classes: BTreeMap<String, Vec<String>>,
    modules: BTreeMap<String, String>,
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
}

impl Documented {
    /// What a library's file says, when it has one, and the types that it mentions.
    pub(crate) fn of(library: &str) -> (Self, Vec<String>) {
        let mut documented = Self::default();
        documented.read_appearances(library);
        documented.read_by_hand(library);
        documented.read_arrays(library);
        let Some(file) = RETURNS.get_file(format!("{library}.toml")) else {
            return (documented, Vec::new());
        };
        let text = file.contents_utf8().unwrap_or_default();
        let file: LibraryFile = toml::from_str(text).unwrap_or_default();
        let mentioned = file.calls.keys().chain(file.attributes.keys());
        let mentioned = mentioned.cloned().collect();
        collect(library, file.calls, &mut documented.calls);
        collect(library, file.attributes, &mut documented.attributes);
        (documented, mentioned)
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

    /// What no example shows. A name without options holds whatever the options are.
    fn read_by_hand(&mut self, library: &str) {
        let Some(file) = APPEARANCES.get_file(format!("by_hand/{library}.toml")) else {
            return;
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
    }

    pub(crate) fn call(&self, qualified: &str) -> Option<&str> {
        self.calls.get(qualified).map(String::as_str)
    }

    /// All types that it mentions.
    pub(crate) fn types(&self) -> impl Iterator<Item = &str> {
        let all = self.calls.values().chain(self.attributes.values());
        all.map(String::as_str)
    }

    /// What a call appears to give; a class gives its objects.
    pub(crate) fn apparent_call(&self, qualified: &str, given: &Given) -> Option<&str> {
        if let Some((class, bases)) = self.classes.get_key_value(qualified) {
            let is_same = |it: &&String| it.rsplit('.').next() == class.rsplit('.').next();
            return Some(bases.first().filter(is_same).unwrap_or(class));
        }
        let Given { first, flags } = given;
        let seen = format!("{qualified}({first};{flags})");
        let always = || self.apparent_calls.get(qualified);
        let with_options = format!("{qualified}(*;{flags})");
        self.apparent_calls
            .get(&seen)
            .or_else(|| self.apparent_calls.get(&with_options))
            .or_else(|| always().filter(|_| flags.is_empty()))
            .or_else(|| self.apparent_calls.get(&format!("{qualified}(*)")))
            .map(String::as_str)
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
        let below = format!("{module}.");
        let is_meant = |key: &&str| {
            let rest = key.strip_prefix(below.as_str());
            let inner = rest.and_then(|it| it.strip_suffix(name)?.strip_suffix('.'));
            inner.is_some_and(|it| !it.contains(char::is_uppercase))
        };
        let from = || std::ops::RangeFrom {
            start: below.clone(),
        };
        let calls = self.apparent_calls.range(from());
        let calls = calls.map(|(key, _)| key.split('(').next().unwrap_or(key));
        let stated = self.calls.range(from()).map(|(key, _)| key.as_str());
        let classes = self.classes.range(from()).map(|(key, _)| key.as_str());
        let mut found: Vec<&str> = Vec::new();
        found.extend(
            calls
                .take_while(|it| it.starts_with(&below))
                .filter(is_meant),
        );
        found.extend(
            stated
                .take_while(|it| it.starts_with(&below))
                .filter(is_meant),
        );
        found.extend(
            classes
                .take_while(|it| it.starts_with(&below))
                .filter(is_meant),
        );
        found.sort_unstable();
        found.dedup();
        match found[..] {
            [one] => Some(one.to_owned()),
            _ => None,
        }
    }

    /// Whether anything is said of a call.
    fn knows(&self, qualified: &str) -> bool {
        if self.calls.contains_key(qualified)
            || self.classes.contains_key(qualified)
            || self.apparent_calls.contains_key(qualified)
        {
            return true;
        }
        let of_call = format!("{qualified}(");
        let mut seen = self.apparent_calls.range(of_call.clone()..);
        seen.next()
            .is_some_and(|(key, _)| key.starts_with(&of_call))
    }

    pub(crate) fn apparent_attribute(&self, qualified: &str) -> Option<&str> {
        self.apparent_attributes.get(qualified).map(String::as_str)
    }

    /// The bases of a class that the knowledge base lacks.
    pub(crate) fn bases(&self, class: &str) -> &[String] {
        self.classes.get(class).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn attribute(&self, qualified: &str) -> Option<&str> {
        self.attributes.get(qualified).map(String::as_str)
    }
}

/// What decides, beside the function, what a call gives: as `catalog_examples.py` writes it.
pub(crate) struct Given {
    /// The type of the first argument by position.
    pub first: String,
    /// Options that say what is to be given.
    pub flags: String,
}

impl Given {
    /// The key of these arguments.
    pub(crate) fn of(arguments: &[Passed]) -> Self {
        let first = arguments.first().filter(|it| !it.is_keyword);
        let first = first.and_then(|it| it.value.apparent());
        let mut flags: Vec<String> = arguments
            .iter()
            .filter(|it| it.is_keyword)
            .filter_map(|it| {
                let name = it.name.as_deref()?;
                let value = it.value.literal.as_deref().unwrap_or("?");
                let is_text = it.value.is("str");
                let is_flag = FLAGS.contains(&name.split('_').next()?)
                    && (is_text || matches!(value, "True" | "False" | "?"));
                let quote = if is_text { "'" } else { "" };
                is_flag.then(|| format!("{name}={quote}{value}{quote}"))
            })
            .collect();
        let by_position = arguments.iter().filter(|it| !it.is_keyword);
        for (at, passed) in by_position.enumerate().skip(1) {
            let value = passed.value.literal.as_deref().unwrap_or_default();
            if matches!(value, "True" | "False") && !passed.value.is("str") {
                flags.push(format!("{at}={value}"));
            }
        }
        flags.sort();
        Self {
            first: first.map_or_else(String::new, |it| plain(&it)),
            flags: flags.join(","),
        }
    }
}

/// A type without what an object of a library is made of.
fn plain(ty: &Type) -> String {
    if ty.name.contains('.') {
        return ty.name.clone();
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
    "average", "coef",
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
        let found = documented.apparent_calls.get(&format!("{path}(*)"));
        found.map(String::as_str)
    }

    /// What a call appears to give; `self` for its object.
    pub(crate) fn apparent_call(&self, qualified: &str, given: &Given) -> Option<Type> {
        let qualified = self.canonical(qualified);
        let shown = |qualified: &str| {
            let documented = self.documented_with(qualified)?;
            documented.apparent_call(qualified, given)
        };
        let found = shown(qualified).or_else(|| {
            let (class, method) = qualified.rsplit_once('.')?;
            self.through_all_bases(class, &|class| shown(&format!("{class}.{method}")))
        });
        found.and_then(Type::parse)
    }

    /// The array that a method of a class appears to give, or that an attribute appears to be.
    pub(crate) fn told_array(&self, class: &str, name: &str) -> Option<Type> {
        let found = self.through_all_bases(class, &|class| {
            let qualified = format!("{class}.{name}");
            let documented = self.documented_with(&qualified)?;
            documented.arrays.get(&qualified).map(String::as_str)
        });
        found.and_then(Type::parse)
    }

    /// What an attribute appears to be.
    pub(crate) fn apparent_attribute(&self, class: &str, name: &str) -> Option<Type> {
        let found = self.through_all_bases(class, &|class| {
            let qualified = format!("{class}.{name}");
            let documented = self.documented_with(&qualified)?;
            documented.apparent_attribute(&qualified)
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
}
