//! What calls appear to give: types that annotations may say, and nothing else rests on.

use std::path::Path;

use super::arrays::{is_elementwise, is_passed, picked_number};
use super::results::is_receiver;
use super::shapes::is_grid;
use super::{Called, Known, Passed};
use crate::Type;
use crate::analyze::Analyzer;
use crate::catalog::EntryKind;
use crate::documented::Given;
use crate::expressions::alternatives;
use crate::expressions::items::apparent_element;
use crate::presume::TEXT_METHODS;
use crate::value::{Callable, Value};

impl Analyzer<'_> {
    /// What a call appears to give, of which the analysis does not know the type.
    pub(super) fn apparent_result(&self, called: &Called, arguments: &[Passed]) -> Option<Type> {
        let arguments: Vec<Passed> = arguments.iter().map(as_apparent).collect();
        let path = match (&called.function.callable, &called.function.path) {
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
        found.filter(|it| !it.is_vague())
    }

    /// An array of which documentation says more: how many dimensions it has, and what its elements are.
    pub(super) fn told_array(&self, called: &Called, arguments: &[Passed]) -> Option<Type> {
        let ((Some(Callable::Path(path)), _) | (None, Some(path))) =
            (&called.function.callable, &called.function.path)
        else {
            return None;
        };
        let path = self.catalog.resolved(path);
        let told = self.catalog.apparent_call(&path, &Given::of(arguments))?;
        (told.name == "numpy.ndarray" && !told.arguments.is_empty()).then_some(told)
    }

    fn apparent_of_function(&self, path: &str, arguments: &[Passed]) -> Option<Type> {
        let path = &*self.catalog.resolved(path);
        if let Some(ty) = self.of_alternatives(path, arguments) {
            return Some(ty);
        }
        if let Some(ty) = split(path, arguments).or_else(|| by_rule(path, arguments)) {
            return Some(ty);
        }
        let entry = self.catalog.lookup(path).cloned().unwrap_or_default();
        self.result_type(Known::free(&entry, path), arguments)
            .filter(|it| !it.is_vague())
            .or_else(|| self.catalog.apparent_call(path, &Given::of(arguments)))
            .or_else(|| self.product_by_name(path, arguments))
            .or_else(|| instance(path).filter(|_| self.is_within_reach(path)))
    }

    /// Whether a program imports what a path names, or the module that holds it: others may not be there to import from.
    fn is_within_reach(&self, path: &str) -> bool {
        let module = path.rsplit_once('.').map_or(path, |(module, _)| module);
        let mut imported = self.imports.values();
        imported.any(|it| it == path || it == module)
    }

    /// A function of each element, where an argument is one of several things: what it gives for each of them.
    fn of_alternatives(&self, path: &str, arguments: &[Passed]) -> Option<Type> {
        let at = arguments.iter().position(|it| it.value.is("|"))?;
        let is_meant = path.strip_prefix("numpy.").is_some_and(is_elementwise) || path == "abs";
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
            return self.apparent_of_unknown(method);
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
        if ty.name == "numpy.ndarray" && method == "dot" && arguments.len() == 1 {
            let is_matrix = self.is_matrix(&arguments[0]);
            return (is_grid(ty) || is_matrix).then(|| Type::new("numpy.ndarray"));
        }
        if let Some(ty) = transformed_series(&ty.name, method, arguments) {
            return Some(ty);
        }
        let entry = self.member_entry(&ty.name, method).unwrap_or_default();
        let name = format!("{}.{method}", ty.name);
        let known = Known {
            entry: &entry,
            name: &name,
            receiver: Some(receiver),
        };
        if entry.kind == EntryKind::Method && is_receiver(&entry, arguments) {
            return Some(ty.clone());
        }
        self.result_type(known, arguments)
            .filter(|it| !it.is_vague())
            .or_else(|| {
                let bases = self
                    .lineage(&ty.name)
                    .into_iter()
                    .flat_map(|(_, it)| it.bases);
                let common = COMMON_BASES
                    .iter()
                    .filter(|(module, _)| ty.name.starts_with(module));
                let common = common.map(|(_, base)| (*base).to_owned());
                let classes = std::iter::once(ty.name.clone()).chain(bases).chain(common);
                let told = classes
                    .map(|class| format!("{class}.{method}"))
                    .find_map(|name| self.catalog.apparent_call(&name, &Given::of(arguments)))?;
                Some(if told.name == "self" {
                    ty.clone()
                } else {
                    told
                })
            })
    }
}

impl Analyzer<'_> {
    /// What a method gives that only objects of one kind have: nothing else is known of the object.
    fn apparent_of_unknown(&self, method: &str) -> Option<Type> {
        let learns = ["sklearn", "xgboost", "lightgbm"];
        let ty = match method {
            _ if TEXT_METHODS.contains(&method) => match method {
                "splitlines" => Type::generic("list", vec![Type::new("str")]),
                _ if method.starts_with("is") || method.ends_with("with") => Type::new("bool"),
                _ => Type::new("str"),
            },
            "reshape" | "ravel" | "flatten" if self.has_numpy_only() => Type::new("numpy.ndarray"),
            "to_numpy" if !self.has_tensors() => Type::new("numpy.ndarray"),
            "astype" if self.has_arrays_only() => Type::new("numpy.ndarray"),
            "to_frame" | "select_dtypes" if self.uses("pandas") => Type::new("pandas.DataFrame"),
            "value_counts" if self.uses("pandas") => Type::new("pandas.Series"),
            "predict_proba" | "decision_function" | "predict"
                if self.has_numpy_only()
                    && learns.iter().any(|it| self.uses(it))
                    && !OTHER_MODELS.iter().any(|it| self.uses(it)) =>
            {
                Type::new("numpy.ndarray")
            }
            _ => return None,
        };
        Some(ty)
    }

    /// Whether libraries are used whose arrays are no arrays of numpy.
    pub(crate) fn has_tensors(&self) -> bool {
        TENSORS.iter().any(|it| self.uses(it))
    }

    /// Whether what has the shape of an array is one of numpy.
    pub(crate) fn has_numpy_only(&self) -> bool {
        !self.has_tensors()
            && ["numpy", "scipy", "sklearn", "skimage"]
                .iter()
                .any(|it| self.uses(it))
    }

    /// Whether what is computed with as arrays are is one of numpy: nothing gives tables, or quantities with units.
    pub(crate) fn has_arrays_only(&self) -> bool {
        self.has_numpy_only() && !TABULAR.iter().any(|it| self.uses(it))
    }

    /// A product of arrays, one of which is a matrix by its name.
    fn product_by_name(&self, path: &str, arguments: &[Passed]) -> Option<Type> {
        let is_array = |it: &Passed| it.value.is("numpy.ndarray") && !it.is_unpacked;
        let is_product = matches!(path, "numpy.dot" | "numpy.matmul")
            && arguments.len() == 2
            && arguments.iter().all(is_array)
            && arguments.iter().any(|it| self.is_matrix(it));
        is_product.then(|| Type::new("numpy.ndarray"))
    }

    /// Whether an argument has two dimensions, by what made it or by how it is written: `X`, `x.T`.
    fn is_matrix(&self, argument: &Passed) -> bool {
        let text = self.program.text(argument.range);
        let is_capital = text.starts_with(char::is_uppercase)
            && text.len() <= 2
            && text.chars().all(char::is_alphanumeric);
        argument.value.ty.as_ref().is_some_and(is_grid) || is_capital || text.ends_with(".T")
    }
}

/// Libraries whose arrays are none of numpy's.
const TENSORS: &[&str] = &[
    "torch",
    "tensorflow",
    "keras",
    "jax",
    "cupy",
    "dask",
    "polars",
    "pyspark",
    "xarray",
    "mxnet",
];

/// Libraries that give tables, series, or numbers that are no plain numbers.
const TABULAR: &[&str] = &[
    "pandas",
    "statsmodels",
    "sktime",
    "seaborn",
    "pmdarima",
    "arch",
    "linearmodels",
    "lifelines",
    "yfinance",
    "geopandas",
    "libpysal",
    "sympy",
    "astropy",
    "pint",
    "lmfit",
    "pymc",
    "pytensor",
    "theano",
    "autograd",
    "cvxpy",
    "casadi",
    "uncertainties",
    "datasets",
    "mapie",
    "feature_engine",
];

/// Libraries whose models predict other things than arrays.
const OTHER_MODELS: &[&str] = &[
    "statsmodels",
    "sktime",
    "river",
    "pmdarima",
    "arch",
    "linearmodels",
    "lifelines",
    "darts",
    "prophet",
    "sksurv",
    "mapie",
    "pyspark",
];

/// An object of a class that nothing is known of but its name, which is written as those of classes are.
fn instance(path: &str) -> Option<Type> {
    let (module, name) = path.rsplit_once('.')?;
    let library = module.split('.').next()?;
    let mut letters = name.chars();
    let is_class = letters.next()?.is_uppercase()
        && letters.clone().any(char::is_lowercase)
        && letters.all(char::is_alphanumeric);
    let is_module = module
        .split('.')
        .all(|it| it.chars().all(|it| !it.is_uppercase()));
    let is_other = STANDARD.contains(&library) || FACTORIES.contains(&name);
    (is_class && is_module && !is_other).then(|| Type::new(path))
}

/// Modules in which functions and objects have such names, too.
const STANDARD: &[&str] = &[
    "matplotlib",
    "multiprocessing",
    "threading",
    "typing",
    "typing_extensions",
    "collections",
    "ctypes",
    "asyncio",
    "concurrent",
    "dataclasses",
    "pydantic",
    "numba",
    "IPython",
];

/// Functions of libraries that are written as classes are.
const FACTORIES: &[&str] = &[
    "Input", "Variable", "Parallel", "Field", "Depends", "Lock", "Pool",
];

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
            let ty = |at: usize| Some(arguments.get(at)?.value.ty.as_ref()?.name.clone());
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
        _ => picked_number(path, arguments)
            .or_else(|| drawn(path, arguments))
            .or_else(|| panel(path, arguments))
            .or_else(|| by_options(path, arguments)),
    }
}

/// What functions appear to give by the options that they are given.
fn by_options(path: &str, arguments: &[Passed]) -> Option<Type> {
    let array = || Type::new("numpy.ndarray");
    let table = || Type::new("pandas.DataFrame");
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    let literal = |name: &str| {
        let found = arguments
            .iter()
            .find(|it| it.name.as_deref() == Some(name))?;
        Some(found.value.literal.as_deref().unwrap_or("?"))
    };
    let of_correlations = || !is_passed(arguments, &["qstat", "alpha", "confint"]);
    let ty = match path {
        "patsy.dmatrices" | "patsy.highlevel.dmatrices" => {
            let each = match literal("return_type") {
                None | Some("matrix") => Type::new("patsy.DesignMatrix"),
                Some("dataframe") => table(),
                Some(_) => return None,
            };
            Type::generic("tuple", vec![each; 2])
        }
        "patsy.dmatrix" | "patsy.highlevel.dmatrix" => match literal("return_type") {
            None | Some("matrix") => Type::new("patsy.DesignMatrix"),
            Some("dataframe") => table(),
            Some(_) => return None,
        },
        _ if path.starts_with("statsmodels.tsa.")
            && [".acf", ".pacf", ".ccf"]
                .iter()
                .any(|it| path.ends_with(it))
            && of_correlations() =>
        {
            array()
        }
        "scipy.linalg.eigh" | "scipy.linalg.eig"
            if !is_passed(arguments, &["eigvals_only", "left", "right"]) =>
        {
            Type::generic("tuple", vec![array(); 2])
        }
        "statsmodels.sandbox.regression.predstd.wls_prediction_std" => {
            let made_of = arguments.first()?.value.ty.as_ref()?.arguments.first()?;
            Type::generic("tuple", vec![array(), made_of.clone(), made_of.clone()])
        }
        "networkx.shortest_path" | "networkx.dijkstra_path" | "networkx.bellman_ford_path"
            if arguments.iter().filter(|it| !it.is_keyword).count() > 2 =>
        {
            Type::generic("list", vec![Type::new("collections.abc.Hashable")])
        }
        "subprocess.check_output" => {
            let is_text = ["text", "universal_newlines", "encoding"]
                .iter()
                .any(|it| literal(it).is_some_and(|it| it != "False" && it != "None"));
            Type::new(if is_text { "str" } else { "bytes" })
        }
        "sktime.datatypes.get_examples" => {
            let kind = arguments.first()?.value.literal.as_deref()?;
            let example = match kind {
                "pd.Series" => Type::new("pandas.Series"),
                "pd.DataFrame" | "pd-multiindex" | "pd_multiindex_hier" | "nested_univ"
                | "pd-long" | "pd-wide" | "pd_DataFrame_Table" => table(),
                "np.ndarray" | "np2D" | "numpy3D" | "numpyflat" | "numpy1D" | "numpy2D" => array(),
                "df-list" => Type::generic("list", vec![table()]),
                _ => return None,
            };
            Type::generic("dict", vec![Type::new("int"), example])
        }
        "sktime.utils._testing.series._make_series" => match literal("n_columns") {
            None | Some("1") if arguments.iter().all(|it| it.is_keyword) => {
                Type::new("pandas.Series")
            }
            _ => table(),
        },
        _ => return None,
    };
    Some(ty)
}

/// What transformers of sktime appear to give of tables and columns: those that describe a series give a table.
fn transformed_series(class: &str, method: &str, arguments: &[Passed]) -> Option<Type> {
    const SAME: [&str; 8] = [
        "detrend",
        "difference",
        "boxcox",
        "impute",
        "exponent",
        "outlier_detection",
        "hpfilter",
        "adapt",
    ];
    let module = class.strip_prefix("sktime.transformations.")?;
    let module = module.strip_prefix("series.").unwrap_or(module);
    let is_meant = matches!(method, "fit_transform" | "transform" | "inverse_transform");
    let given = arguments.first().filter(|_| is_meant)?.value.ty.clone()?;
    let keeps = SAME.contains(&module.split('.').next()?);
    let is_table = |it: &Type| it.name == "pandas.DataFrame";
    let is_kept = |it: &Type| is_table(it) || (keeps && it.name == "pandas.Series");
    given.members().iter().all(is_kept).then_some(given)
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
    let is_extreme = matches!(method, "min" | "max") && arguments.is_empty();
    let is_open = ty.arguments.first().is_none_or(|it| it.name == "unknown");
    (ty.name == "numpy.ndarray" && is_extreme && is_open).then(|| Type::new("number"))
}

fn as_apparent(passed: &Passed) -> Passed {
    Passed {
        value: passed.value.as_apparent(),
        ..passed.clone()
    }
}

/// What methods of containers give of their elements.
fn of_container(ty: &Type, method: &str) -> Option<Type> {
    let argument = |at: usize| ty.arguments.get(at).cloned();
    let of = |name: &str, element: Option<Type>| Some(Type::generic(name, vec![element?]));
    match (ty.name.as_str(), method) {
        ("dict" | "collections.defaultdict" | "collections.OrderedDict", "values") => {
            of("dict_values", argument(1))
        }
        ("dict" | "collections.defaultdict" | "collections.OrderedDict", "keys") => {
            of("dict_keys", argument(0))
        }
        ("dict" | "collections.defaultdict" | "collections.OrderedDict", "items") => of(
            "dict_items",
            Some(Type::generic("tuple", vec![argument(0)?, argument(1)?])),
        ),
        ("dict" | "collections.defaultdict" | "collections.OrderedDict", "pop" | "setdefault") => {
            argument(1)
        }
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

#[cfg(test)]
mod tests {
    use super::instance;

    #[test]
    fn names_written_as_classes_are_classes_but_where_objects_have_such_names() {
        assert!(instance("nowhere.shapes.Circle").is_some());
        for path in [
            "matplotlib.cm.Spectral",
            "threading.Lock",
            "nowhere.circle",
            "nowhere.PI",
        ] {
            assert_eq!(instance(path), None, "{path}");
        }
    }
}
