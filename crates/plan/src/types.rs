//! Types as annotations, with the imports that they need.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{EffectGraph, Type};
use srcify_syntax::ast::Stmt;
use srcify_syntax::{Program, Ranged, Unit};

/// Import statements by the name that each binds.
pub(crate) type Imports = BTreeMap<String, String>;

/// The names that import statements bind at the top of the program; those in functions and branches are elsewhere.
pub(crate) fn top_imports(program: &Program, graph: &EffectGraph) -> Imports {
    let is_import = |unit: &Unit| {
        let statement = program.statement(unit.id);
        matches!(statement, Stmt::Import(_) | Stmt::ImportFrom(_))
    };
    let units = program.units().iter().filter(|unit| is_import(unit));
    let bound: BTreeSet<&String> = units
        .flat_map(|unit| &graph.units[unit.id.index()].access.must)
        .collect();
    let known = graph.imports.iter();
    let mut imports: Imports = known
        .filter(|(name, _)| bound.contains(name))
        .map(|(name, path)| (name.clone(), path.clone()))
        .collect();
    let reached = graph.calls.iter().filter_map(|call| {
        let written = program.text(call.function);
        let (module, path) = module_of_class(written, &imports)?;
        Some((module.to_owned(), path))
    });
    let reached: Vec<(String, String)> = reached.collect();
    imports.extend(reached);
    imports
}

/// `gpytorch.kernels` of `gpytorch.kernels.RBFKernel`: what holds a class that is called, as it is written, and its path.
fn module_of_class<'t>(written: &'t str, imports: &Imports) -> Option<(&'t str, String)> {
    let (module, class) = written.rsplit_once('.')?;
    let (root, rest) = module.split_once('.')?;
    let is_name = module
        .chars()
        .all(|it| it.is_alphanumeric() || "._".contains(it));
    let is_class = class.starts_with(char::is_uppercase) && class.chars().any(char::is_lowercase);
    let path = imports.get(root)?;
    (is_name && is_class).then(|| (module, format!("{path}.{rest}")))
}

/// What the classes of the program inherit from: of each the first that says what its objects can do.
pub(crate) fn class_bases(program: &Program, graph: &EffectGraph) -> BTreeMap<String, Type> {
    let mut bases = BTreeMap::new();
    for unit in program.units() {
        let Stmt::ClassDef(class) = program.statement(unit.id) else {
            continue;
        };
        let written = class.arguments.iter().flat_map(|it| &it.args);
        let mut named = written.filter_map(|it| {
            let text = program.text(it.range());
            let (root, rest) = text
                .split_once('.')
                .map_or((text, None), |(a, b)| (a, Some(b)));
            let path = graph.imports.get(root).map_or(root, String::as_str);
            // `sm.tsa.statespace.MLEModel` is reached through objects: no module has that name.
            let is_name = text.matches('.').count() < 2
                && text
                    .chars()
                    .all(|it| it.is_alphanumeric() || "._".contains(it));
            // What a relative import names has no such path in the package, if it is there at all.
            let says = !path.starts_with("abc")
                && !path.starts_with('.')
                && !["typing", "enum", "object", "Exception"].contains(&path.split('.').next()?)
                && !text.ends_with("Mixin");
            let path = rest.map_or_else(|| path.to_owned(), |rest| format!("{path}.{rest}"));
            (is_name && says).then(|| Type::new(&path))
        });
        let known = graph.bases.get(class.name.as_str());
        let known = known.filter(|it| it.matches('.').count() > 1 && !it.starts_with("abc."));
        // What another class of the program inherits from is known already.
        let base = named.find_map(|it| {
            if it.name.contains('.') {
                Some(it)
            } else {
                bases.get(it.name.as_str()).cloned()
            }
        });
        let base = base.or_else(|| known.map(|it| Type::new(it)));
        bases.extend(base.map(|it| (class.name.to_string(), it)));
    }
    bases
}

/// Writes annotations with the names that the input's imports bind.
pub(crate) struct Annotator<'a> {
    /// Names bound by imports, with their import paths.
    pub imports: &'a BTreeMap<String, String>,
    /// What classes of the user inherit from.
    pub bases: &'a BTreeMap<String, Type>,
    /// Classes of the user.
    pub is_class: &'a dyn Fn(&str) -> bool,
}

impl Annotator<'_> {
    /// The annotation for a type, `Any` when it is not known. Imports that it needs are added to `needed`.
    pub(crate) fn annotation(&self, ty: Option<&Type>, needed: &mut Imports) -> String {
        let known = ty.and_then(|ty| self.known(ty, needed));
        known.filter(|text| !text.is_empty()).unwrap_or_else(|| {
            needed.insert("Any".to_owned(), "from typing import Any".to_owned());
            "Any".to_owned()
        })
    }

    fn known(&self, ty: &Type, needed: &mut Imports) -> Option<String> {
        let ty = ty.of_object()?;
        let name = ty.name.as_str();
        match name {
            "|" => {
                let mut members = Vec::new();
                for member in &ty.arguments {
                    let text = self.known(member, needed)?;
                    if !members.contains(&text) {
                        members.push(text);
                    }
                }
                return (!members.is_empty()).then(|| alternatives(members));
            }
            "number" => return Some("float".to_owned()),
            "..." => return Some("...".to_owned()),
            "Generator" | "Iterator" => return self.iterator(ty, needed),
            // Its class takes no arguments when it runs.
            "itertools.cycle" => return Some(self.cycle(ty, needed)),
            "Callable" => {
                let result = self.annotation(ty.arguments.first(), needed);
                let import = "from collections.abc import Callable";
                needed.insert(name.to_owned(), import.to_owned());
                return Some(format!("Callable[..., {result}]"));
            }
            "list" | "set" | "frozenset" | "dict" | "tuple" => {
                return Some(self.generic(ty, needed));
            }
            "type" if !ty.arguments.is_empty() => {
                let class = self.known(&ty.arguments[0], needed)?;
                return Some(format!("type[{class}]"));
            }
            _ if UNNAMED.contains(&name) => return None,
            "enumerate" | "zip" | "map" | "filter" | "reversed" | "dict_keys" | "dict_values"
            | "dict_items" => return self.view(ty, needed),
            "slice" | "int" | "float" | "str" | "bool" | "bytes" | "complex" | "None" | "range"
            | "object" => {
                return Some(name.to_owned());
            }
            _ => {}
        }
        if !name.contains('.') {
            if (self.is_class)(name) {
                return Some(name.to_owned());
            }
            // Of a class that cannot be named here, what it inherits from can.
            return self.known(self.bases.get(name)?, needed);
        }
        if ty.is_private() {
            return None;
        }
        // An argument says that it is an array of them.
        if name == "matplotlib.axes.Axes"
            && let Some(shape) = ty.arguments.first()
        {
            let is_array = ["vector", "matrix", "array"].contains(&shape.name.as_str());
            return is_array.then(|| self.qualified("numpy.ndarray", needed));
        }
        Some(self.of_library(ty, needed))
    }

    /// A class of a library, with what it holds.
    fn of_library(&self, ty: &Type, needed: &mut Imports) -> String {
        let name = ty.name.as_str();
        let class = self.qualified(name, needed);
        if name == "collections.Counter" && ty.arguments.is_empty() {
            let import = "from collections.abc import Hashable".to_owned();
            needed.insert("Hashable".to_owned(), import);
            return format!("{class}[Hashable]");
        }
        match name {
            "collections.defaultdict" | "collections.OrderedDict" => {
                self.with_arguments(&class, ty, 2, needed)
            }
            "collections.deque"
            | "collections.Counter"
            | "subprocess.CompletedProcess"
            | "re.Match"
            | "re.Pattern" => self.with_arguments(&class, ty, 1, needed),
            _ => class,
        }
    }

    /// What goes over something else, where it is known what it gives.
    fn view(&self, ty: &Type, needed: &mut Imports) -> Option<String> {
        let element = ty.arguments.first()?;
        let (class, arguments) = match (ty.name.as_str(), &element.arguments[..]) {
            ("dict_keys", _) => ("KeysView", vec![element]),
            ("dict_values", _) => ("ValuesView", vec![element]),
            ("dict_items", [key, value]) if element.name == "tuple" => {
                ("ItemsView", vec![key, value])
            }
            ("dict_items", _) => return None,
            // Of `enumerate` the argument is the pair that it gives.
            ("enumerate", [_, value]) if element.name == "tuple" => ("enumerate", vec![value]),
            ("enumerate", _) => return None,
            // Python has no `zip[int]`.
            _ => return self.iterator(ty, needed),
        };
        let texts: Option<Vec<String>> =
            arguments.iter().map(|it| self.known(it, needed)).collect();
        let text = format!("{class}[{}]", texts?.join(", "));
        if class.ends_with("View") {
            let import = format!("from collections.abc import {class}");
            needed.insert(class.to_owned(), import);
        }
        Some(text)
    }

    /// What can be iterated over once.
    fn iterator(&self, ty: &Type, needed: &mut Imports) -> Option<String> {
        let element = match &ty.arguments[..] {
            [element] => self.known(element, needed),
            _ => None,
        };
        let Some(element) = element else {
            let is_free = !self.imports.contains_key("Generator") && !(self.is_class)("Generator");
            return (ty.name == "Generator" && is_free).then(|| self.open_generator(needed));
        };
        needed.insert(
            "Iterator".to_owned(),
            "from collections.abc import Iterator".to_owned(),
        );
        Some(format!("Iterator[{element}]"))
    }

    /// What goes round and round.
    fn cycle(&self, ty: &Type, needed: &mut Imports) -> String {
        let element = self.annotation(ty.arguments.first(), needed);
        let import = "from collections.abc import Iterator".to_owned();
        needed.insert("Iterator".to_owned(), import);
        format!("Iterator[{element}]")
    }

    /// A generator of which no more is known: what it is given back may be used as well.
    fn open_generator(&self, needed: &mut Imports) -> String {
        let any = self.annotation(None, needed);
        let import = "from collections.abc import Generator".to_owned();
        needed.insert("Generator".to_owned(), import);
        format!("Generator[{any}, {any}, {any}]")
    }

    fn with_arguments(&self, class: &str, ty: &Type, count: usize, needed: &mut Imports) -> String {
        if let Some(text) = self.with_hashable_keys(class, ty, needed) {
            return text;
        }
        let known = ty.arguments.iter().map(Some);
        let arguments: Vec<String> = known
            .chain(std::iter::repeat(None))
            .take(count)
            .map(|argument| self.annotation(argument.filter(|it| it.name != "never"), needed))
            .collect();
        format!("{class}[{}]", arguments.join(", "))
    }

    /// What maps keys that are not known to values that are: Python asks of keys that they are hashable.
    fn with_hashable_keys(&self, class: &str, ty: &Type, needed: &mut Imports) -> Option<String> {
        let (key, values) = ty.arguments.split_first()?;
        let is_mapping = ["dict", "collections.defaultdict", "collections.OrderedDict"];
        let is_counter = ty.name == "collections.Counter";
        let is_open = |it: &Type| self.known(it, &mut Imports::new()).is_none();
        let is_meant = is_mapping.contains(&ty.name.as_str()) || is_counter;
        if !is_meant || key.name == "never" || !is_open(key) {
            return None;
        }
        let mut texts = vec!["Hashable".to_owned()];
        for value in values.iter().filter(|_| !is_counter) {
            texts.push(self.known(value, needed)?);
        }
        let import = "from collections.abc import Hashable".to_owned();
        needed.insert("Hashable".to_owned(), import);
        Some(format!("{class}[{}]", texts.join(", ")))
    }

    fn generic(&self, ty: &Type, needed: &mut Imports) -> String {
        if ty.name == "tuple" && ty.arguments.is_empty() {
            needed.insert("Any".to_owned(), "from typing import Any".to_owned());
            return "tuple[Any, ...]".to_owned();
        }
        let expected = match ty.name.as_str() {
            "tuple" => ty.arguments.len(),
            "dict" => 2,
            _ => 1,
        };
        self.with_arguments(&ty.name, ty, expected, needed)
    }

    /// A class of a library: through a name that the input imports, else through an import of its own.
    fn qualified(&self, name: &str, needed: &mut Imports) -> String {
        if let Some((bound, _)) = self.imports.iter().find(|(_, path)| path.as_str() == name) {
            return bound.clone();
        }
        let (module, class) = name.rsplit_once('.').unwrap_or(("", name));
        if let Some((bound, _)) = self
            .imports
            .iter()
            .find(|(_, path)| path.as_str() == module)
        {
            return format!("{bound}.{class}");
        }
        match module {
            "pandas" => {
                needed.insert("pd".to_owned(), "import pandas as pd".to_owned());
                format!("pd.{class}")
            }
            // `Generator` alone is what the language calls one.
            "numpy" | "numpy.random" => {
                needed.insert("np".to_owned(), "import numpy as np".to_owned());
                format!("{}.{class}", module.replace("numpy", "np"))
            }
            _ => {
                needed.insert(class.to_owned(), format!("from {module} import {class}"));
                class.to_owned()
            }
        }
    }
}

/// Types that no annotation names.
const UNNAMED: &[&str] = &[
    "scalar",
    "unknown",
    "function",
    "module",
    "type",
    "ellipsis",
    "functools.partial",
    "pandas.LocIndexer",
    "matplotlib.part",
    "statsmodels.base.model.Results",
];

/// One of several: where a `float` may be, an `int` may be, too.
fn alternatives(mut members: Vec<String>) -> String {
    if members.iter().any(|it| it == "float") {
        members.retain(|it| it != "int" && it != "np.float64");
    }
    members.join(" | ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Annotator, Imports};
    use srcify_effects::Type;

    fn check(ty: &str, expected: &str) {
        let imports = Imports::new();
        let annotator = Annotator {
            imports: &imports,
            bases: &BTreeMap::new(),
            is_class: &|_| false,
        };
        let mut needed = Imports::new();
        let text = annotator.annotation(Type::parse(ty).as_ref(), &mut needed);
        let needed: Vec<&str> = needed.keys().map(String::as_str).collect();
        assert_eq!(
            format!("{text} {}", needed.join(" ")).trim(),
            expected,
            "{ty}"
        );
    }

    #[test]
    fn keys_that_nobody_knows_are_hashable() {
        check("dict[unknown, float]", "dict[Hashable, float] Hashable");
        check("dict[unknown, unknown]", "dict[Any, Any] Any");
        check("collections.Counter", "Counter[Hashable] Counter Hashable");
    }

    #[test]
    fn a_class_that_cannot_be_named_is_what_it_inherits_from() {
        let imports = Imports::from([("nx".to_owned(), "networkx".to_owned())]);
        let bases = BTreeMap::from([("Loud".to_owned(), Type::new("networkx.Graph"))]);
        let annotator = Annotator {
            imports: &imports,
            bases: &bases,
            is_class: &|_| false,
        };
        let text = annotator.annotation(Some(&Type::new("Loud")), &mut Imports::new());
        assert_eq!(text, "nx.Graph");
    }

    #[test]
    fn views_and_iterators_say_what_they_give() {
        check(
            "dict_items[tuple[str, int]]",
            "ItemsView[str, int] ItemsView",
        );
        check("dict_values[float]", "ValuesView[float] ValuesView");
        check("zip[tuple[int, str]]", "Iterator[tuple[int, str]] Iterator");
        check("enumerate[tuple[int, str]]", "enumerate[str]");
        check("dict_keys[unknown]", "Any Any");
        check("itertools.cycle[str]", "Iterator[str] Iterator");
        check("re.Pattern[str]", "Pattern[str] Pattern");
        check("re.Pattern", "Pattern[Any] Any Pattern");
        check("Generator[int]", "Iterator[int] Iterator");
        check("Generator", "Generator[Any, Any, Any] Any Generator");
        check("numpy.random.Generator", "np.random.Generator np");
        check(
            "dict[collections.abc.Hashable, float]",
            "dict[Hashable, float] Hashable",
        );
    }
}
