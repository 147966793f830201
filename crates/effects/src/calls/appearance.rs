//! What calls appear to give: types that annotations may say, and nothing else rests on.

pub(crate) mod arrays;
mod classes;
mod declared;
mod options;
mod standard;
mod unknown;

use std::path::Path;

use super::arrays::{is_elementwise, picked_number};
use super::models::is_prediction;
use super::results::is_receiver;
use super::shapes::is_grid;
use super::{Called, Known, Passed};
use crate::Type;
use crate::analyze::Analyzer;
use crate::catalog::{Entry, EntryKind};
use crate::documented::Given;
use crate::expressions::alternatives;
use crate::expressions::elements::apparent_element;
use crate::value::{Callable, Value};
use arrays::{extreme, folded, gives_column_of_numbers, listed, told_of_function, told_of_method};
use classes::instance;
use options::{
    EXTREMES, by_arguments, by_options, density, extreme_of_tensor, interval, of_class, response,
    told_by_process, transformed_series,
};
use standard::{extracted, goes_by_columns, of_standard, written};

impl Analyzer<'_> {
    /// What a call appears to give, of which the analysis does not know the type.
    pub(super) fn apparent_result(&self, called: &Called, arguments: &[Passed]) -> Option<Type> {
        let arguments: Vec<Passed> = arguments.iter().map(Passed::as_apparent).collect();
        let is_method = called.member.as_ref();
        let is_method = is_method.is_some_and(|(it, method)| self.is_described(it, method));
        let path = match (&called.function.callable, &called.function.path) {
            // It holds functions, and has methods of its own.
            (Some(_), None) if is_method => None,
            (Some(Callable::Path(path)), _) | (None, Some(path)) => Some(path),
            (None | Some(Callable::Library(..)), None) => None,
            // Of the user's code the value itself tells.
            _ => return None,
        };
        let found = if let Some(path) = path {
            self.apparent_of_function(path, &arguments)
        } else {
            let (receiver, method) = called.member.as_ref()?;
            self.apparent_of_method(receiver, method, &arguments)
        };
        let found = found.and_then(|it| of_arguments(&it, &arguments));
        found.filter(|it| !it.is_vague() || it.is_container_of_something())
    }

    /// An array of which documentation says more: how many dimensions it has, and what its elements are.
    pub(super) fn told_array(&self, called: &Called, arguments: &[Passed]) -> Option<Type> {
        let arguments: Vec<Passed> = arguments.iter().map(Passed::as_apparent).collect();
        if let (Some(Callable::Path(path)), _) | (None, Some(path)) =
            (&called.function.callable, &called.function.path)
        {
            let path = self.catalog.resolved(path);
            let told = self.catalog.apparent_call(&path, &Given::of(&arguments));
            let told = told.filter(|it| it.name == "numpy.ndarray" && !it.arguments.is_empty());
            return told.or_else(|| told_of_function(&path, &arguments));
        }
        let (receiver, method) = called.member.as_ref()?;
        let ty = receiver.apparent()?;
        told_of_method(&ty, method, &arguments)
            .or_else(|| self.catalog.told_array(&ty.name, method))
    }

    /// Whether a call appears to give a column of numbers.
    pub(super) fn gives_numbers(&self, called: &Called, arguments: &[Passed]) -> bool {
        let first = arguments.first().and_then(|it| it.value.apparent());
        if let (Some(Callable::Path(path)), _) | (None, Some(path)) =
            (&called.function.callable, &called.function.path)
        {
            return gives_column_of_numbers(None, &self.catalog.resolved(path), first.as_ref());
        }
        let receiver = called
            .member
            .as_ref()
            .and_then(|(it, method)| Some((it.apparent()?, method)));
        receiver.is_some_and(|(ty, method)| gives_column_of_numbers(Some(&ty), method, None))
    }

    fn apparent_of_function(&self, path: &str, arguments: &[Passed]) -> Option<Type> {
        let path = &*self.catalog.resolved(path);
        if let Some(ty) = self.of_alternatives(path, arguments) {
            return Some(ty);
        }
        if let Some(ty) = split(path, arguments).or_else(|| by_rule(path, arguments)) {
            return Some(ty);
        }
        if goes_by_columns(path) {
            return None;
        }
        let nothing = Entry::default();
        let entry = self.catalog.lookup(path).unwrap_or(&nothing);
        self.result_type(Known::free(entry, path), arguments)
            .filter(|it| !it.is_vague())
            .or_else(|| self.catalog.apparent_call(path, &Given::of(arguments)))
            .or_else(|| self.product_by_name(path, arguments))
            .or_else(|| self.one_of_all(path, arguments))
            .or_else(|| self.sum_of_unknown(path, arguments))
            .or_else(|| density(path, arguments))
            .or_else(|| self.declared_call(path, arguments))
            .or_else(|| instance(path).filter(|_| self.is_within_reach(path)))
            .or_else(|| {
                // `Model.from_pretrained(...)` makes an object of the class.
                let (class, method) = path.rsplit_once('.')?;
                let made = instance(class).filter(|_| method.starts_with("from_"));
                made.filter(|_| self.is_within_reach(class))
            })
    }

    /// Whether a program imports what a path names, or the module that holds it: others may not be there to import from.
    fn is_within_reach(&self, path: &str) -> bool {
        let module = path.rsplit_once('.').map_or(path, |(module, _)| module);
        let mut imported = self.imports.iter();
        let text = &self.program.source.text;
        // `gpytorch.kernels.RBFKernel(…)`: where the call reaches it, so does an annotation.
        let is_written = |bound: &str, own: &str| {
            let rest = path.strip_prefix(own).filter(|it| it.starts_with('.'));
            rest.is_some_and(|it| text.contains(&format!("{bound}{it}(")))
        };
        imported.any(|(bound, it)| it == path || it == module || is_written(bound, it))
    }

    /// A function of each element, or of all of them, where an argument is one of several things: what it gives for each.
    fn of_alternatives(&self, path: &str, arguments: &[Passed]) -> Option<Type> {
        let at = arguments.iter().position(|it| it.value.is("|"))?;
        let is_all = |it: &str| arguments.len() == 1 && OF_ALL.contains(&it);
        let numpy = path.strip_prefix("numpy.");
        let is_meant = numpy.is_some_and(|it| is_elementwise(it) || is_all(it)) || path == "abs";
        let mut joined: Option<Type> = None;
        for one in alternatives(&arguments[at].value) {
            let mut arguments = arguments.to_vec();
            arguments[at].value = one;
            let found = self.apparent_of_function(path, &arguments);
            let found = found.filter(|_| is_meant)?;
            joined = match joined {
                Some(known) => Some(Type::join(Some(&known), Some(&found))?),
                None => Some(found),
            };
        }
        joined
    }

    fn apparent_of_method(
        &self,
        receiver: &Value,
        method: &str,
        arguments: &[Passed],
    ) -> Option<Type> {
        let Some(ty) = receiver.apparent() else {
            let found = by_arguments(method, arguments).filter(|_| !self.has_tensors());
            return found
                .or_else(|| self.split_text(method, arguments))
                .or_else(|| self.apparent_of_unknown(method));
        };
        let mut joined: Option<Type> = None;
        for member in ty.members().iter().filter(|it| it.name != "None") {
            let receiver = Value {
                ty: Some(member.clone()),
                ..receiver.clone()
            };
            let found = self.apparent_of_member(&receiver, member, method, arguments)?;
            joined = match joined {
                Some(known) => Some(Type::join(Some(&known), Some(&found))?),
                None => Some(found),
            };
        }
        joined
    }

    fn apparent_of_member(
        &self,
        receiver: &Value,
        ty: &Type,
        method: &str,
        arguments: &[Passed],
    ) -> Option<Type> {
        if let Some(ty) = of_container(ty, method).or_else(|| of_array(ty, method, arguments)) {
            return Some(ty);
        }
        // One number of numpy has what arrays have.
        if ty.name == "numpy.float64" && OF_ALL.contains(&method) && arguments.is_empty() {
            return Some(ty.clone());
        }
        if ty.name == "numpy.ndarray" && method == "dot" && arguments.len() == 1 {
            let is_matrix = self.is_matrix(&arguments[0]);
            return (is_grid(ty) || is_matrix).then(|| Type::new("numpy.ndarray"));
        }
        if method == "apply"
            && let Some(applied) = self.applied(&ty.name, arguments)
        {
            return Some(applied);
        }
        let by_options = transformed_series(&ty.name, method, arguments)
            .or_else(|| interval(&ty.name, method, arguments))
            .or_else(|| of_class(&ty.name, method, arguments))
            .or_else(|| written(&ty.name, method, arguments))
            .or_else(|| extracted(&ty.name, method, arguments));
        if let Some(ty) = by_options {
            return Some(ty);
        }
        let nothing = Entry::default();
        let entry = self.member_entry(&ty.name, method).unwrap_or(&nothing);
        let name = format!("{}.{method}", ty.name);
        let known = Known {
            entry,
            name: &name,
            receiver: Some(receiver),
        };
        if entry.kind == EntryKind::Method && is_receiver(entry, arguments) {
            return Some(ty.clone());
        }
        let told = self.result_type(known, arguments);
        if is_prediction(receiver, method) {
            return told;
        }
        told.filter(|it| !it.is_vague())
            .or_else(|| self.shown_by_lineage(ty, method, arguments))
            .or_else(|| density(&name, arguments))
            .or_else(|| self.declared_method(ty, method, arguments))
    }

    /// What examples show of a method of a class, or of those that it inherits from.
    fn shown_by_lineage(&self, ty: &Type, method: &str, arguments: &[Passed]) -> Option<Type> {
        let bases = self
            .lineage(&ty.name)
            .into_iter()
            .flat_map(|(_, it)| it.bases.clone());
        let common = COMMON_BASES
            .iter()
            .filter(|(module, _)| ty.name.starts_with(module));
        let common = common.map(|(_, base)| (*base).to_owned());
        let classes = std::iter::once(ty.name.to_string())
            .chain(bases)
            .chain(common);
        let told = classes
            .map(|class| format!("{class}.{method}"))
            .find_map(|name| self.catalog.apparent_call(&name, &Given::of(arguments)))?;
        Some(if told.name == "self" {
            ty.clone()
        } else {
            told
        })
    }
}

/// Functions that make one number of all elements, and take one number for an array, too.
const OF_ALL: &[&str] = &["mean", "sum", "std", "var", "max", "min", "prod", "median"];

/// A type with those of arguments in the places of `T0` and `T1`; `None` where they are not known to be data.
fn of_arguments(ty: &Type, arguments: &[Passed]) -> Option<Type> {
    let at = match ty.name.as_str() {
        "T0" => 0,
        "T1" => 1,
        _ => {
            let parts = ty.arguments.iter().map(|it| of_arguments(it, arguments));
            return Some(Type::generic(&ty.name, parts.collect::<Option<_>>()?));
        }
    };
    let given = arguments.get(at)?.value.ty.clone()?;
    match given.name.as_str() {
        "list" => Some(Type::new("numpy.ndarray")),
        "numpy.ndarray" => Some(Type::new("numpy.ndarray")),
        name if name.starts_with("pandas.") || name.starts_with("networkx.") => Some(given),
        "|" if given
            .members()
            .iter()
            .all(|it| it.name.starts_with("pandas.")) =>
        {
            Some(given)
        }
        _ => None,
    }
}

/// What functions appear to give whose results depend on more than a table can say.
fn by_rule(path: &str, arguments: &[Passed]) -> Option<Type> {
    let array = || Type::new("numpy.ndarray");
    match path {
        "list" | "sorted" | "set" | "frozenset" => {
            let given = arguments.first()?.value.ty.as_ref()?;
            let element = apparent_element(given)?;
            let name = if path == "sorted" { "list" } else { path };
            Some(Type::generic(name, vec![element]))
        }
        "zip" if arguments.len() == 1 && arguments[0].is_unpacked => {
            // `zip(*pairs)` gives the first of each, then the second of each.
            let pair = apparent_element(arguments[0].value.ty.as_ref()?)?;
            let is_pair = pair.name == "tuple" && pair.repeated().is_none();
            let parts = pair.arguments.into_iter().map(Type::tuple_of);
            is_pair.then(|| Type::generic("zip", parts.collect()))
        }
        "next" => apparent_element(arguments.first()?.value.ty.as_ref()?),
        "numpy.load" => {
            let file = arguments.first()?.value.literal.as_deref()?;
            let ending = Path::new(file).extension()?;
            ending.eq_ignore_ascii_case("npy").then(array)
        }
        "numpy.dot" | "numpy.matmul" => {
            let ty = |at: usize| Some(arguments.get(at)?.value.ty.as_ref()?.name.to_string());
            let is_table = |it: &Option<String>| {
                it.as_deref()
                    .is_some_and(|it| it.starts_with("pandas.DataFrame"))
            };
            let kinds = [ty(0), ty(1)];
            if kinds.iter().any(is_table) || kinds.iter().any(Option::is_none) {
                return None;
            }
            // A list of coefficients, or of rows, stands beside a matrix.
            let is_written = arguments.iter().any(|it| it.value.is("list"));
            is_written.then(array)
        }
        "skimage.measure.ransac" => {
            let model = arguments.get(1).filter(|it| !it.is_keyword);
            let model = model.or_else(|| {
                let is_model = |it: &&Passed| it.name.as_deref() == Some("model_class");
                arguments.iter().find(is_model)
            })?;
            let class = Type::new(model.value.path.as_deref()?);
            Some(Type::generic("tuple", vec![class, array()]))
        }
        _ => gone_through(path, arguments)
            .or_else(|| of_standard(path, arguments))
            .or_else(|| picked_number(path, arguments))
            .or_else(|| folded(path, arguments))
            .or_else(|| drawn(path, arguments))
            .or_else(|| panel(path, arguments))
            .or_else(|| by_options(path, arguments))
            .or_else(|| response(path, arguments))
            .or_else(|| told_by_process(path, arguments))
            .or_else(|| same_or_other(path, arguments)),
    }
}

/// What functions give that give what they are given, or something else where nothing is.
fn same_or_other(path: &str, arguments: &[Passed]) -> Option<Type> {
    match path {
        // What stands there, or what is taken where nothing does.
        "os.environ.get" | "os.getenv" if arguments.iter().all(|it| !it.is_unpacked) => {
            let otherwise = arguments.get(1)?.value.ty.as_ref();
            Type::join(Some(&Type::new("str")), otherwise)
        }
        "abs" if arguments.len() == 1 => {
            let given = arguments[0].value.ty.as_ref()?;
            let is_data = [
                "numpy.ndarray",
                "pandas.Series",
                "pandas.DataFrame",
                "torch.Tensor",
            ]
            .contains(&given.name.as_str());
            is_data.then(|| given.clone())
        }
        _ => None,
    }
}

fn is_one_number(value: &Value) -> bool {
    let ty = value.apparent();
    let name = ty.as_ref().map_or("", |it| it.name.as_str());
    matches!(
        name,
        "int" | "float" | "number" | "numpy.float64" | "numpy.int64"
    )
}

fn is_broken_number(value: &Value) -> bool {
    let ty = value.apparent();
    let name = ty.as_ref().map_or("", |it| it.name.as_str());
    matches!(name, "float" | "number" | "numpy.float64")
}

/// What functions give that go through what they are given.
fn gone_through(path: &str, arguments: &[Passed]) -> Option<Type> {
    match path {
        "max" | "min" if arguments.get(1).is_none_or(|it| it.is_keyword) => {
            let ty = arguments.first()?.value.ty.as_ref()?;
            // Of an array with one dimension it is a number, which is not known of all.
            let is_open = ty.name == "numpy.ndarray" && super::dimensions_of(ty).is_none();
            apparent_element(ty).filter(|_| !is_open)
        }
        // Beside a number stands another: `max(best, score)`. Beside whole ones it may be whole, too.
        "max" | "min" if arguments.iter().any(|it| is_broken_number(&it.value)) => {
            let is_unknown = |it: &Passed| it.value.apparent().is_none();
            let is_known = |it: &Passed| is_unknown(it) || is_one_number(&it.value);
            let is_it = arguments.iter().all(|it| !it.is_keyword && is_known(it));
            is_it.then(|| Type::new("float"))
        }
        "iter" | "itertools.islice" | "itertools.cycle" => {
            let element = apparent_element(arguments.first()?.value.ty.as_ref()?)?;
            Some(Type::generic("Iterator", vec![element]))
        }
        "enumerate" => {
            let element = apparent_element(arguments.first()?.value.ty.as_ref()?)?;
            let pair = Type::generic("tuple", vec![Type::new("int"), element]);
            Some(Type::generic("enumerate", vec![pair]))
        }
        "zip" if arguments.iter().all(|it| !it.is_unpacked) => {
            let positional = arguments.iter().filter(|it| !it.is_keyword);
            let parts: Option<Vec<Type>> = positional
                .map(|it| apparent_element(it.value.ty.as_ref()?))
                .collect();
            Some(Type::generic("zip", vec![Type::generic("tuple", parts?)]))
        }
        "dict.fromkeys" => {
            let key = apparent_element(arguments.first()?.value.ty.as_ref()?)?;
            let value = arguments.get(1)?.value.ty.clone()?;
            Some(Type::generic("dict", vec![key, value]))
        }
        _ => None,
    }
}

/// Draws from a distribution of scipy: an array, where several are asked for.
fn drawn(path: &str, arguments: &[Passed]) -> Option<Type> {
    let is_draw = path.starts_with("scipy.stats.") && path.rsplit('.').next() == Some("rvs");
    let size = arguments
        .iter()
        .find(|it| it.name.as_deref() == Some("size"))?;
    let is_one = size.value.literal.as_deref() == Some("1") || size.value.is("None");
    (is_draw && !is_one && size.value.ty.is_some()).then(|| Type::new("numpy.ndarray"))
}

/// Many series with their classes, in the form that is asked for.
fn panel(path: &str, arguments: &[Passed]) -> Option<Type> {
    let set = path.strip_prefix("sktime.datasets.load_")?;
    if !PANELS.contains(&set) {
        return None;
    }
    let literal = |name: &str| {
        let found = arguments
            .iter()
            .find(|it| it.name.as_deref() == Some(name))?;
        Some(found.value.literal.as_deref().unwrap_or("?").to_owned())
    };
    let array = || Type::new("numpy.ndarray");
    let data = match literal("return_type").as_deref() {
        None | Some("None" | "nested_univ" | "pd-multiindex") => Type::new("pandas.DataFrame"),
        Some("numpy3d" | "numpy3D" | "numpy2d" | "numpy2D" | "numpyflat" | "numpyFlat") => array(),
        Some(_) => return None,
    };
    match literal("return_X_y").as_deref() {
        None | Some("True") => Some(Type::generic("tuple", vec![data, array()])),
        Some("False") => Some(data),
        Some(_) => None,
    }
}

/// What all classes of a module inherit from.
const COMMON_BASES: &[(&str, &str)] = &[
    (
        "sktime.forecasting.",
        "sktime.forecasting.base.BaseForecaster",
    ),
    ("sktime.split.", "sktime.split.base.BaseSplitter"),
    ("sktime.detection.", "sktime.detection.base.BaseDetector"),
    (
        "sktime.classification.",
        "sktime.classification.base.BaseClassifier",
    ),
    ("sktime.regression.", "sktime.regression.base.BaseRegressor"),
];

/// Sets of sktime that have a class for each of many series.
const PANELS: &[&str] = &[
    "acsf1",
    "arrow_head",
    "basic_motions",
    "gunpoint",
    "italy_power_demand",
    "japanese_vowels",
    "osuleaf",
    "plaid",
    "unit_test",
];

/// What methods of arrays and columns appear to give: the largest of some numbers is a number.
fn of_array(ty: &Type, method: &str, arguments: &[Passed]) -> Option<Type> {
    if ty.name.ends_with(".SeriesGroupBy") && method == "apply" {
        return Some(Type::new("pandas.Series"));
    }
    if let Some(ty) = of_column(ty, method, arguments) {
        return Some(ty);
    }
    if ty.name == "torch.Tensor" && EXTREMES.contains(&method) {
        return extreme_of_tensor(arguments);
    }
    if ty.name != "numpy.ndarray" || !arguments.is_empty() {
        return None;
    }
    match method {
        "min" | "max" => {
            let is_open = ty.arguments.first().is_none_or(|it| it.name == "unknown");
            extreme(ty).or_else(|| is_open.then(|| Type::new("number")))
        }
        "tolist" => listed(ty).or_else(|| Some(Type::generic("list", vec![Type::unknown()]))),
        _ => None,
    }
}

/// What methods of columns appear to give: labels are hashable.
fn of_column(ty: &Type, method: &str, arguments: &[Passed]) -> Option<Type> {
    if ty.name.starts_with("pandas.") && ty.name.ends_with("Index") {
        let element = ty.arguments.first().filter(|it| it.name != "unknown");
        let label = element.map_or_else(|| Type::new("collections.abc.Hashable"), Type::clone);
        let is_list = ["tolist", "to_list"].contains(&method);
        return is_list.then(|| Type::generic("list", vec![label]));
    }
    if ty.name != "pandas.Series" {
        return None;
    }
    let element = ty
        .arguments
        .first()
        .filter(|it| it.name != "unknown")
        .cloned();
    let label = || Type::new("collections.abc.Hashable");
    match method {
        "idxmax" | "idxmin" => Some(label()),
        "argmax" | "argmin" if arguments.is_empty() => Some(Type::new("int")),
        "max" | "min" | "item" if arguments.is_empty() => element,
        "tolist" | "to_list" => Some(Type::generic("list", vec![Type::or_unknown(element)])),
        "unique" if arguments.is_empty() => Some(Type::new("numpy.ndarray")),
        "to_dict" if arguments.is_empty() => Some(Type::generic(
            "dict",
            vec![label(), Type::or_unknown(element)],
        )),
        "items" => {
            let pair = vec![label(), Type::or_unknown(element)];
            Some(Type::generic("zip", vec![Type::generic("tuple", pair)]))
        }
        _ => None,
    }
}

/// What methods of containers give of their elements.
fn of_container(ty: &Type, method: &str) -> Option<Type> {
    let argument = |at: usize| ty.arguments.get(at).cloned();
    let of = |name: &str, element: Option<Type>| Some(Type::generic(name, vec![element?]));
    let is_dict = matches!(
        ty.name.as_str(),
        "dict" | "collections.defaultdict" | "collections.OrderedDict" | "collections.Counter"
    );
    match (ty.name.as_str(), method) {
        (_, "values") if is_dict => of("dict_values", argument(1)),
        (_, "keys") if is_dict => of("dict_keys", argument(0)),
        (_, "items") if is_dict => of(
            "dict_items",
            Some(Type::generic("tuple", vec![argument(0)?, argument(1)?])),
        ),
        (_, "pop" | "setdefault") if is_dict => argument(1),
        ("list" | "collections.deque" | "set", "pop") => argument(0),
        ("list" | "set" | "dict", "copy") => Some(ty.clone()),
        _ => None,
    }
}

/// Functions that divide what they are given: each array or table becomes several of its kind.
fn split(path: &str, arguments: &[Passed]) -> Option<Type> {
    let parts = SPLITTERS.iter().find(|(name, _)| *name == path)?.1;
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    let is_data = |it: &&Passed| !it.is_keyword || matches!(it.name.as_deref(), Some("X" | "y"));
    let mut types = Vec::new();
    for argument in arguments.iter().filter(is_data) {
        let ty = argument.value.ty.clone()?;
        // A masked array, a matrix or a table stays what it is; a list stays a list.
        types.extend(std::iter::repeat_n(ty, parts));
    }
    if parts == 1 && types.len() == 1 {
        return types.pop();
    }
    (!types.is_empty()).then(|| Type::generic("tuple", types))
}

/// Splitting functions, with how many parts each array becomes.
const SPLITTERS: &[(&str, usize)] = &[
    ("sklearn.model_selection.train_test_split", 2),
    ("sklearn.utils.shuffle", 1),
    ("sklearn.utils.resample", 1),
    ("mapie.utils.train_conformalize_test_split", 3),
    ("sktime.split.temporal_train_test_split", 2),
    (
        "sktime.forecasting.model_selection.temporal_train_test_split",
        2,
    ),
    ("sktime.forecasting.base.temporal_train_test_split", 2),
    ("pmdarima.model_selection.train_test_split", 2),
    ("pmdarima.model_selection.split.train_test_split", 2),
    ("dask_ml.model_selection.train_test_split", 2),
];
