//! What the parameters of a function that nothing calls are taken to be.
//!
//! Where no call shows what a function is given, its docstring, what it does with its parameters and what they are called
//! tell, as they tell a reader. It serves summaries of such functions only: nothing that is converted rests on it.

mod apparent;
mod attributes;
mod builtin;
mod documented;
mod estimators;
mod evidence;
mod handed;
mod kinds;
mod numbers;
mod partly;
mod telltale;
mod tensors;
mod variables;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use srcify_syntax::{Ranged, ast};

use crate::Type;
use crate::analyze::{Analyzer, Body, Closure};
pub(crate) use apparent::Apparent;
pub use apparent::TEXT_METHODS;
pub use attributes::CHANGING_METHODS;
use builtin::{DEQUE, DICT, ESTIMATOR, HANDLE, LIST, LOGGER, LOGGER_PARTS, SET, TEXT};
use documented::documented;
use evidence::{ALIAS, Evidence, evidence};
pub(crate) use kinds::is_called_array;
use numbers::NUMBERS;
pub(crate) use telltale::told_libraries;

impl Analyzer<'_> {
    /// The types that a function's parameters most likely have, where neither annotation nor default says it.
    pub(crate) fn presumed_types(&mut self, index: usize) -> BTreeMap<String, Type> {
        self.presume(index, 0)
    }

    fn presume(&mut self, index: usize, depth: usize) -> BTreeMap<String, Type> {
        let closure = &self.closures[index];
        let (Some(parameters), Body::Statements(body)) = (closure.parameters, closure.body) else {
            return BTreeMap::new();
        };
        let is_method = closure.class.is_some();
        let is_making = closure.name.ends_with(".__init__");
        // An annotation may say nothing: `Any`, `ArrayLike`. A function is told by its being called.
        let is_function = |it: &ast::Expr| self.program.text(it.range()).contains("Callable");
        let untyped = |it: &&ast::ParameterWithDefault| {
            !it.parameter.annotation.as_deref().is_some_and(is_function)
                && it
                    .default
                    .as_deref()
                    .is_none_or(ast::Expr::is_none_literal_expr)
        };
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let names: BTreeSet<String> = positional
            .skip(usize::from(is_method))
            .chain(&parameters.kwonlyargs)
            .filter(untyped)
            .map(|it| it.name().to_string())
            .collect();
        if names.is_empty() {
            return BTreeMap::new();
        }
        let documented = documented(body);
        let mut types = BTreeMap::new();
        let known = &mut self.apparent.evidence;
        let all = known.entry(index);
        let all = Rc::clone(all.or_insert_with(|| Rc::new(evidence(names, body))));
        for (name, found) in &*all {
            // `node = root`: what is done with the one tells of the other.
            let other = all.get(&format!("{ALIAS}{name}"));
            let found = match other {
                Some(other) if found.is_unused() => other,
                _ => found,
            };
            if name.starts_with(ALIAS) {
                continue;
            }
            let ty = documented
                .get(name)
                .cloned()
                .or_else(|| self.own_class(name, found))
                .or_else(|| self.presumed_type(name, found))
                .or_else(|| self.type_in_helper(found, depth))
                .or_else(|| self.type_of_kept(index, name));
            let is_told =
                |it: &Type| !(is_making && it.is_immutable() && self.is_changed_as_part(name));
            if let Some(ty) = ty.filter(is_told) {
                types.insert(name.clone(), ty);
            }
        }
        types
    }

    /// What a function of the program takes the parameter for that it is passed to as it is.
    fn type_in_helper(&mut self, found: &Evidence, depth: usize) -> Option<Type> {
        if depth >= MAX_HELPERS || found.is_tested || found.is_called {
            return None;
        }
        for (function, at) in &found.handed_to {
            // What a class is made of its `__init__` is given, after the object.
            let is_class = self.classes.contains_key(function);
            let at = &(at + usize::from(is_class));
            let meant = if is_class {
                format!("{function}.__init__")
            } else {
                function.clone()
            };
            let is_meant = |it: &Closure<'_>| it.is_top_level && it.name == meant;
            let Some(index) = self.closures.iter().position(is_meant) else {
                continue;
            };
            let parameter = self.closures[index].parameters.and_then(|it| {
                let mut positional = it.posonlyargs.iter().chain(&it.args);
                positional.nth(*at)
            });
            let Some(parameter) = parameter else { continue };
            let annotation = parameter.parameter.annotation.as_deref();
            let known = annotation.and_then(|it| self.annotation(it));
            let name = parameter.name().as_str();
            if let Some(ty) = known.or_else(|| self.presume(index, depth + 1).remove(name)) {
                return Some(ty);
            }
        }
        None
    }

    /// The class of the program that has what is used, or that the parameter is named after.
    fn own_class(&self, name: &str, found: &Evidence) -> Option<Type> {
        if self.classes.is_empty() || found.is_tested {
            return None;
        }
        let has_all = |class: &str| {
            found
                .members
                .iter()
                .all(|it| self.find_class(class, it).is_some() || self.is_opaque_to(class, it))
        };
        let uses = |class: &str| {
            found
                .members
                .iter()
                .any(|it| self.find_class(class, it).is_some())
                || found
                    .protocols
                    .iter()
                    .any(|it| self.find_class(class, it).is_some())
                || (found.protocols.contains("__getitem__")
                    && self.find_class(class, "__missing__").is_some())
                || (found.is_called
                    && (self.find_class(class, "__call__").is_some()
                        || self.forward_of(class).is_some()))
        };
        let classes: Vec<&String> = self
            .classes
            .keys()
            .filter(|it| !it.contains(' ') && has_all(it))
            .collect();
        let plain = squeezed(name);
        if let Some(class) = classes.iter().find(|it| squeezed(it) == plain) {
            return Some(Type::new(class));
        }
        if let Some(class) = classes.iter().find(|it| is_plural(&plain, &squeezed(it)))
            && found.members.is_empty()
        {
            return Some(Type::generic("list", vec![Type::new(class)]));
        }
        let is_part = |class: &str| {
            plain.len() > 2
                && (squeezed(class).ends_with(&plain) || squeezed(class).starts_with(&plain))
        };
        let mut fitting: Vec<&String> = classes.into_iter().filter(|it| uses(it)).collect();
        if fitting.iter().any(|it| is_part(it)) {
            fitting.retain(|it| is_part(it));
        }
        let leaves = self.leaves(&fitting);
        let by_members = !found.members.is_empty();
        let is_some_part = leaves.iter().any(|it| is_part(it));
        let is_other = self.presumed_type(name, found).is_some() && !is_some_part;
        if !by_members && is_other && !leaves.iter().all(|it| self.is_met_once(it)) {
            return None;
        }
        // Of classes that have nothing to do with each other it may be any.
        let mut leaves = leaves.into_iter().map(|it| Type::new(it));
        let first = leaves.next()?;
        leaves.try_fold(first, |all, it| Type::join(Some(&all), Some(&it)))
    }

    /// Of classes that inherit from each other, the one at the end.
    fn leaves<'c>(&self, fitting: &[&'c String]) -> Vec<&'c String> {
        let has_heir = |it: &String| {
            fitting
                .iter()
                .any(|other| *other != it && self.inherits(other, it))
        };
        fitting.iter().copied().filter(|it| !has_heir(it)).collect()
    }

    /// Whether the program says the name of a class only where it defines it: objects of it are given to functions.
    fn is_met_once(&self, class: &str) -> bool {
        let text = &self.program.source.text;
        let is_part = |it: char| it.is_alphanumeric() || it == '_';
        let whole = text.match_indices(class).filter(|(at, _)| {
            let before = text[..*at].chars().next_back();
            let after = text[at + class.len()..].chars().next();
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        });
        whole.count() == 1
    }

    /// The type, with those classes of the program in place of a class that inherit from it.
    pub(crate) fn with_heirs(&self, ty: Type) -> Type {
        let arguments = ty.arguments.iter().map(|it| self.with_heirs(it.clone()));
        let ty = Type::generic(&ty.name, arguments.collect());
        let Some(known) = self.classes.get(ty.name.as_str()) else {
            return ty;
        };
        let is_protocol = known.bases.iter().any(|it| it == "typing.Protocol");
        let is_abstract = is_protocol || known.bases.iter().any(|it| it == "abc.ABC");
        // What a protocol asks for is enough.
        let fits = |it: &str| {
            let mut asked = known.methods.keys().chain(&known.own_attributes);
            is_protocol && it != ty.name && asked.all(|name| self.find_class(it, name).is_some())
        };
        let is_heir = |it: &&String| !it.contains(' ') && (self.inherits(it, &ty.name) || fits(it));
        let heirs: Vec<&String> = self.classes.keys().filter(is_heir).collect();
        if heirs.is_empty() || heirs.len() > MAX_HEIRS {
            return ty;
        }
        let first = (!is_abstract).then(|| ty.clone());
        let all = first
            .into_iter()
            .chain(heirs.into_iter().map(|it| Type::new(it)));
        let joined = all.reduce(|all, it| Type::join(Some(&all), Some(&it)).unwrap_or(all));
        joined.unwrap_or(ty)
    }

    /// A base that is not known may have any member.
    fn is_opaque_to(&self, class: &str, member: &str) -> bool {
        self.lineage(class).iter().any(|(_, known)| {
            known
                .bases
                .iter()
                .any(|base| self.catalog.member(base, member).is_some())
                || known.methods.contains_key("__getattr__")
                || known.methods.contains_key("__setattr__")
        })
    }

    fn inherits(&self, class: &str, base: &str) -> bool {
        self.lineage(class)
            .iter()
            .skip(1)
            .any(|(name, _)| name == base)
    }

    fn presumed_type(&self, name: &str, found: &Evidence) -> Option<Type> {
        if !found.is_tested
            && let Some(ty) = self
                .torch_type(name, found)
                .or_else(|| self.keras_type(name, found))
        {
            return Some(ty);
        }
        if found.is_tested || found.is_called {
            return None;
        }
        if !found.members.is_empty() {
            return self.by_members(name, found);
        }
        self.by_use(name, found)
            .or_else(|| self.by_name(name, found))
    }

    /// The type that has all the members that are used; where several have, the one that use and name speak for.
    fn by_members(&self, name: &str, found: &Evidence) -> Option<Type> {
        let all_in = |table: &[&str]| found.members.iter().all(|it| table.contains(&it.as_str()));
        let has = |library: &str, class: &str| self.has_all(library, class, found);
        let word = name.to_lowercase();
        let is_named = |words: &[&str]| is_named(&word, words);
        let is_logger = is_named(&["log", "logger", "logging"]);
        let is_asked = |it: &String| [LOGGER, LOGGER_PARTS].concat().contains(&it.as_str());
        if all_in(LOGGER) && (is_logger || !found.members.contains("info"))
            || is_logger && found.members.iter().all(is_asked)
        {
            return Some(Type::new("logging.Logger"));
        }
        if let Some(ty) = self.named_type(&word) {
            return Some(ty);
        }
        if is_named(FRAMES) && has("pandas", "pandas.DataFrame") {
            return Some(Type::new("pandas.DataFrame"));
        }
        if is_named(GENERATORS) {
            if has("numpy", "numpy.random.Generator") {
                return Some(Type::new("numpy.random.Generator"));
            }
            if has("random", "random.Random") {
                return Some(Type::new("random.Random"));
            }
        }
        self.by_kind(&word, found)
    }

    /// What these names stand for everywhere.
    pub(crate) fn named_type(&self, name: &str) -> Option<Type> {
        let (library, class) = match name {
            "ax" | "axis" | "axes" | "axs" => ("matplotlib", "matplotlib.axes.Axes"),
            "fig" | "figure" => ("matplotlib", "matplotlib.figure.Figure"),
            _ => return None,
        };
        self.uses(library).then(|| Type::new(class))
    }

    /// Whether a library is used whose class has all the members that are used.
    fn has_all(&self, library: &str, class: &str, found: &Evidence) -> bool {
        let mut members = found.members.iter();
        self.uses(library)
            && members
                .all(|it| self.catalog.own_member(class, it).is_some() || is_accessor(class, it))
    }
}

/// The type of the language that has all the members that are used.
fn builtin_with(found: &Evidence) -> Option<&'static str> {
    let tables: [(&str, &[&str]); 6] = [
        ("str", TEXT),
        ("list", LIST),
        ("dict", DICT),
        ("set", SET),
        ("collections.deque", DEQUE),
        ("io.TextIOWrapper", HANDLE),
    ];
    let fits = |table: &[&str]| found.members.iter().all(|it| table.contains(&it.as_str()));
    let takes_list = |it: &String| LIST_TAKERS.contains(&it.rsplit('.').next().unwrap_or(it));
    if fits(LIST) && found.passed_to.iter().any(takes_list) {
        return Some("list");
    }
    tables
        .into_iter()
        .filter(|(name, _)| *name != "list" || !found.has_text_key)
        .find(|(_, table)| fits(table))
        .map(|(name, _)| name)
}

/// The accessors of columns, for which the catalog has attributes of other names.
fn is_accessor(class: &str, member: &str) -> bool {
    match class {
        "pandas.Series" => matches!(member, "str" | "dt" | "cat" | "loc" | "iloc" | "at" | "iat"),
        "pandas.DataFrame" => matches!(member, "loc" | "iloc" | "at" | "iat"),
        _ => false,
    }
}

/// `accounts` are several of `account`, `inventories` of `inventory`.
fn is_plural(plural: &str, one: &str) -> bool {
    let stem = plural.strip_suffix("ies");
    plural.strip_suffix('s') == Some(one)
        || stem.is_some_and(|it| one.strip_suffix('y') == Some(it))
}

/// `TimeSeries` and `time_series` are one word.
fn squeezed(name: &str) -> String {
    name.chars()
        .filter(|it| *it != '_')
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a name is one of these words, or ends or begins with one.
fn is_named(name: &str, words: &[&str]) -> bool {
    let mut parts = name.split('_').filter(|it| !it.is_empty());
    let first = parts.next();
    let last = parts.next_back();
    words.iter().any(|word| {
        *word == name || Some(*word) == last || (word.len() > 1 && Some(*word) == first)
    })
}

/// More heirs of a class than these are not told apart.
const MAX_HEIRS: usize = 6;

/// Helpers that are followed to see what they take a parameter for.
const MAX_HELPERS: usize = 3;

/// Classes of libraries whose methods tell them apart.
const OTHERS: &[(&str, &str)] = &[
    ("matplotlib", "matplotlib.axes.Axes"),
    ("matplotlib", "matplotlib.figure.Figure"),
    ("polars", "polars.DataFrame"),
    ("networkx", "networkx.Graph"),
    ("sqlite3", "sqlite3.Connection"),
    ("sqlite3", "sqlite3.Cursor"),
    ("requests", "requests.Session"),
    ("requests", "requests.Response"),
    ("hashlib", "_hashlib.HASH"),
    ("random", "random.Random"),
    ("numpy", "numpy.random.Generator"),
    ("collections", "collections.Counter"),
    ("collections", "collections.OrderedDict"),
    ("io", "io.StringIO"),
    ("datetime", "datetime.datetime"),
    ("argparse", "argparse.ArgumentParser"),
    ("array", "array.array"),
    ("openpyxl", "openpyxl.worksheet.worksheet.Worksheet"),
    ("openpyxl", "openpyxl.Workbook"),
    ("optuna", "optuna.study.Study"),
    ("optuna", "optuna.trial.Trial"),
    ("PIL", "PIL.Image.Image"),
    ("queue", "queue.Queue"),
    ("asyncio", "asyncio.Queue"),
];

/// Functions that change the list that they are given.
const LIST_TAKERS: &[&str] = &[
    "insort",
    "insort_left",
    "insort_right",
    "heapify",
    "heappush",
    "heappop",
    "heapreplace",
    "heappushpop",
    "shuffle",
];

const FRAMES: &[&str] = &["df", "frame", "dataframe", "dataset", "df1", "df2"];
const SERIES: &[&str] = &["s", "series", "column", "col", "ser"];
const ARRAYS: &[&str] = &[
    "arr", "array", "a", "x", "y", "z", "m", "matrix", "image", "img", "w", "weights",
];
const GENERATORS: &[&str] = &["rng", "generator", "random_state", "gen", "random"];
const TABLES: &[&str] = &[
    "config",
    "cfg",
    "conf",
    "options",
    "opts",
    "params",
    "settings",
    "mapping",
    "table",
    "record",
    "row",
    "item",
    "state",
    "d",
    "dct",
    "dictionary",
    "payload",
    "response",
    "kwargs",
    "point",
    "node",
    "person",
    "user",
    "entry",
    "info",
    "meta",
    "metadata",
    "args",
    "result",
    "results",
    "context",
    "event",
    "message",
];
const FUNCTIONS: &[&str] = &[
    "func",
    "function",
    "fn",
    "f",
    "callback",
    "transform",
    "transformer",
    "mapper",
    "key",
    "op",
];
const HANDLES: &[&str] = &[
    "handle", "file", "f", "fh", "fp", "fileobj", "stream", "infile", "outfile",
];
const ITERATORS: &[&str] = &[
    "it",
    "iterator",
    "gen",
    "generator",
    "reader",
    "source",
    "stream",
];
const TEXTS: &[&str] = &[
    "path",
    "filename",
    "filepath",
    "file",
    "folder",
    "directory",
    "dir",
    "url",
    "name",
    "text",
    "label",
    "title",
    "message",
    "prefix",
    "suffix",
    "key",
    "string",
    "word",
    "sentence",
    "pattern",
    "extension",
    "target_column",
    "msg",
];
/// Numbers whatever they are passed to.
const COUNTS: &[&str] = &["seed", "n", "k", "epochs", "degree", "folds", "iterations"];
/// Functions that are given paths.
const OPENERS: &[&str] = &[
    "open",
    "Path",
    "pathlib.Path",
    "os.path.join",
    "os.path.exists",
    "os.listdir",
    "os.makedirs",
    "os.path.basename",
    "os.remove",
    "os.walk",
    "os.path.getsize",
    "pd.read_csv",
    "pd.read_parquet",
    "pd.read_excel",
    "pd.read_json",
    "gzip.open",
    "glob.glob",
    "os.mkdir",
    "os.path.dirname",
    "os.path.splitext",
    "pd.ExcelWriter",
    "os.chdir",
];

/// Functions that are given open files.
const FILE_TAKERS: &[&str] = &[
    "json.load",
    "csv.reader",
    "csv.DictReader",
    "pickle.load",
    "yaml.safe_load",
];
