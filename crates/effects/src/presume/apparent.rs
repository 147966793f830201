//! What parameters appear to be, by evidence that leaves no doubt to a reader: annotations say it, nothing rests on it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use srcify_syntax::ast;

use super::builtin::TEXT;
use super::documented::documented;
use super::evidence::{Evidence, asks_for_none, evidence};
use super::handed::Taker;
use super::{FRAMES, NUMBERS, is_named};
use crate::Type;
use crate::analyze::{Analyzer, Body};
use crate::calls::is_elementwise;
use crate::calls::stored::Held;

/// What is known of the parameters of functions by evidence.
#[derive(Debug, Default)]
pub(crate) struct Apparent {
    /// What they appear to be, by closure.
    parameters: BTreeMap<usize, Rc<BTreeMap<String, Type>>>,
    /// What is done with those that nothing else tells of, by closure.
    pub(super) evidence: BTreeMap<usize, Rc<BTreeMap<String, Evidence>>>,
    /// The functions that are handed to libraries, once somebody asks for them.
    handed: Option<BTreeMap<String, Taker>>,
    /// The next call is one on arguments that nobody knows, of a function that nothing calls.
    pub(crate) is_guess: bool,
    /// Closures from this on are made where functions are followed that nothing calls.
    pub(crate) first_guessed: usize,
    /// What files hold that the program stored objects in.
    pub(crate) held: Held,
    /// What variables of the module appear to be, once somebody asks for one of which nothing else tells.
    pub(super) variables: Option<Rc<BTreeMap<String, Type>>>,
}

impl Analyzer<'_> {
    /// The types that a function's parameters appear to have, where their annotations say nothing.
    pub(crate) fn apparent_parameters(&mut self, index: usize) -> Rc<BTreeMap<String, Type>> {
        if let Some(known) = self.apparent.parameters.get(&index) {
            return Rc::clone(known);
        }
        if self.apparent.handed.is_none() {
            self.apparent.handed = Some(self.handed());
        }
        let found = Rc::new(self.find_apparent_parameters(index));
        self.apparent.parameters.insert(index, Rc::clone(&found));
        found
    }

    fn find_apparent_parameters(&self, index: usize) -> BTreeMap<String, Type> {
        let closure = &self.closures[index];
        let (Some(parameters), Body::Statements(body)) = (closure.parameters, closure.body) else {
            return BTreeMap::new();
        };
        let positional = || parameters.posonlyargs.iter().chain(&parameters.args);
        let untyped = positional()
            .skip(usize::from(closure.class.is_some()))
            .chain(&parameters.kwonlyargs)
            .filter(|it| it.parameter.annotation.is_none());
        let may_lack = |it: &&ast::ParameterWithDefault| {
            let default = it.default.as_deref();
            default.is_some_and(ast::Expr::is_none_literal_expr)
        };
        let (optional, named): (Vec<_>, Vec<_>) = untyped.partition(may_lack);
        let names = |of: Vec<&ast::ParameterWithDefault>| {
            let names = of.into_iter().map(|it| it.name().to_string());
            names.collect::<BTreeSet<String>>()
        };
        let documented = documented(body);
        let first = parameters.args.get(1).map(|it| it.name().to_string());
        let given = first.filter(|_| self.is_given_estimates(index));
        let handed = self.apparent.handed.as_ref();
        let taker = handed.and_then(|it| it.get(&closure.name)).copied();
        let from_library = |name: &str| {
            let at = positional().position(|it| it.name().as_str() == name)?;
            taker?.gives(at)
        };
        // What may be `None` has to be asked for it before it is used: of that only its docstring tells.
        let optional = evidence(names(optional), body).into_iter();
        let optional = optional.filter_map(|(name, found)| {
            let told = documented.get(&name).filter(|it| !it.is_vague())?;
            let is_asked = found.is_kept_whole() || asks_for_none(body, &name);
            let ty = Type::join(Some(told), Some(&Type::new("None")));
            ty.filter(|_| is_asked).map(|ty| (name, ty))
        });
        let apparent = evidence(names(named), body).into_iter();
        let apparent = apparent.filter_map(|(name, found)| {
            let told = documented.get(&name).filter(|it| !it.is_vague()).cloned();
            let is_array = given.as_ref() == Some(&name);
            let told = told.or_else(|| is_array.then(|| Type::new("numpy.ndarray")));
            let default = closure.defaults.get(&name);
            let ty = told
                .or_else(|| from_library(&name).filter(|_| default.is_none()))
                .or_else(|| self.layer_input(index, &name, &found))
                .or_else(|| self.apparent_parameter(&name, &found, taker))
                .or_else(|| by_default(&name, default?.ty.as_ref()?, &found))
                .or_else(|| reducing(default?.path.as_deref()?, &found))
                .or_else(|| {
                    let at = positional().position(|it| it.name().as_str() == name)?;
                    self.handed_features(index, at, taker, &found)
                })?;
            Some((name, ty))
        });
        apparent.chain(optional).collect()
    }

    /// What a library wants back of a function that it is handed.
    pub(crate) fn wanted_back(&self, index: usize) -> Option<Type> {
        let handed = self.apparent.handed.as_ref()?;
        handed.get(&self.closures[index].name)?.wants()
    }

    /// Whether it is a method that a model of statsmodels calls with an array of parameters.
    fn is_given_estimates(&self, index: usize) -> bool {
        const MODELS: [&str; 3] = ["GenericLikelihoodModel", "MLEModel", "UnobservedComponents"];
        const METHODS: [&str; 8] = [
            "loglike",
            "loglikeobs",
            "nloglike",
            "nloglikeobs",
            "score",
            "hessian",
            "transform_params",
            "untransform_params",
        ];
        let closure = &self.closures[index];
        let Some(class) = &closure.class else {
            return false;
        };
        let method = closure.name.rsplit('.').next().unwrap_or_default();
        let lineage = self.lineage(class);
        let mut bases = lineage.iter().flat_map(|(_, it)| &it.bases);
        let is_model = |it: &String| MODELS.contains(&it.rsplit('.').next().unwrap_or_default());
        (METHODS.contains(&method) || method == "update") && bases.any(is_model)
    }

    fn apparent_parameter(
        &self,
        name: &str,
        found: &Evidence,
        taker: Option<Taker>,
    ) -> Option<Type> {
        let is_hidden = taker.is_some_and(Taker::hides);
        if is_hidden || found.is_bound || found.is_tested || found.is_called {
            return None;
        }
        let word = name.to_lowercase();
        let has_tensors = TENSORS.iter().any(|it| self.uses(it));
        let ty = if found.members.is_empty() {
            self.apparent_by_syntax(&word, found, has_tensors)
        } else {
            self.apparent_by_members(&word, found, has_tensors)
        };
        let one = ty.map(Type::new);
        one.or_else(|| {
            let is_compared = found.protocols.iter().any(|it| COMPARISONS.contains(it));
            let ty = if is_compared {
                Type::new("number")
            } else {
                numbers()
            };
            let is_measured = taker.is_some_and(Taker::measures) && !found.protocols.is_empty();
            self.computes(found, is_measured, has_tensors).then_some(ty)
        })
    }

    /// Whether it is computed with and nothing else, in a program that computes with arrays, too.
    fn computes(&self, found: &Evidence, is_measured: bool, has_tensors: bool) -> bool {
        let is_element_wise = |function: &String| {
            let (module, name) = function.rsplit_once('.').unwrap_or(("", function));
            let path = self
                .imports
                .get(if module.is_empty() { name } else { module });
            let is_numpy = path.is_some_and(|it| it == "numpy" || *it == format!("numpy.{name}"));
            is_numpy && is_elementwise(name)
        };
        let is_plain = found.members.is_empty()
            && !(found.has_item || found.has_slice || found.has_text_key || found.has_mask_index)
            && !(found.has_grid_index || found.has_frame_index)
            && !(found.is_iterated || found.is_mapping || found.is_text || found.is_path)
            && found.grows_by.is_none();
        let mut protocols = found.protocols.iter();
        let mut functions = found.passed_to.iter();
        let is_arithmetic = is_measured
            || found.is_number
            || found.is_term
            || functions.clone().any(is_element_wise)
            || protocols.any(|it| ONLY_NUMBERS.contains(it));
        !has_tensors
            && self.uses("numpy")
            && is_plain
            && is_arithmetic
            && functions.all(is_element_wise)
            && found
                .protocols
                .iter()
                .all(|it| ARITHMETIC.contains(it) || COMPARISONS.contains(it))
    }

    /// What syntax and the functions tell that it is passed to.
    fn apparent_by_syntax(
        &self,
        word: &str,
        found: &Evidence,
        has_tensors: bool,
    ) -> Option<&'static str> {
        let opens = |it: &String| PATH_TAKERS.contains(&it.as_str());
        let is_frame = || is_named(word, FRAMES) && self.uses("pandas");
        let is_scalar = || !self.uses("numpy") || is_named(word, NUMBERS) || found.is_rounded;
        if found.is_text || found.passed_to.iter().any(opens) {
            Some("str")
        } else if found.passed_to.contains("range") {
            Some("int")
        } else if has_tensors {
            None
        } else if ((found.has_grid_index || is_vector(word, found)) && self.uses("numpy"))
            || (IMAGES.contains(&word) && self.uses("skimage"))
        {
            Some("numpy.ndarray")
        } else if found.indexes_by_name() && is_frame() {
            Some("pandas.DataFrame")
        } else {
            (found.is_number && is_scalar()).then_some("float")
        }
    }

    /// What the attributes and methods tell that are used of a variable.
    pub(super) fn told_by_members(&self, name: &str, found: &Evidence) -> Option<&'static str> {
        let has_tensors = TENSORS.iter().any(|it| self.uses(it));
        self.apparent_by_members(&name.to_lowercase(), found, has_tensors)
    }

    /// What the attributes and methods tell that are used.
    fn apparent_by_members(
        &self,
        word: &str,
        found: &Evidence,
        has_tensors: bool,
    ) -> Option<&'static str> {
        let members = || found.members.iter().map(String::as_str);
        let some = |table: &[&str]| members().any(|it| table.contains(&it));
        let only = |table: &[&str]| members().all(|it| table.contains(&it));
        let all = |class: &str| members().all(|it| self.catalog.own_member(class, it).is_some());
        if is_named(word, &["ax", "axes", "axis"]) && some(AXES) {
            return Some("matplotlib.axes.Axes");
        }
        // `options.title` is no method of a text.
        let calls = |it: &String| !TEXT_METHODS.contains(&it.as_str());
        if only(TEXT) && (found.is_text || some(TEXT_METHODS)) && found.uncalled.iter().all(calls) {
            return Some("str");
        }
        if has_tensors {
            return None;
        }
        let fits = all("pandas.DataFrame") || all("pandas.Series") || some(&["loc", "iloc"]);
        if self.uses("pandas") && fits {
            let is_table = some(ONLY_FRAMES)
                || ((found.indexes_by_name() || is_named(word, FRAMES)) && some(TABULAR));
            if is_table {
                return Some("pandas.DataFrame");
            }
            if some(ONLY_SERIES) {
                return Some("pandas.Series");
            }
        }
        // `df["day"] = df.date.dt.day`: a column is asked for as an attribute, too.
        let is_df = word == "df" || word.starts_with("df_") || word.ends_with("_df");
        let mut others = members().filter(|it| self.catalog.own_member(FRAME, it).is_none());
        let reads_columns = is_df && found.indexes_by_name();
        if self.uses("pandas") && reads_columns && others.all(|it| found.uncalled.contains(it)) {
            return Some(FRAME);
        }
        // `table[table.age > 7]`
        if self.uses("pandas") && found.has_mask_index && found.has_frame_index {
            return Some(FRAME);
        }
        let has_shape = self.has_arrays_only() && some(SHAPED) && !found.has_text_key;
        // An index that is no name of a column picks rows: of a table, it would pick columns.
        let picks_rows = some(&["shape"]) && found.has_item && !is_named(word, FRAMES);
        let is_array = some(ONLY_ARRAYS) || found.has_grid_index || has_shape || picks_rows;
        if self.uses("numpy") && all("numpy.ndarray") && is_array && !found.has_text_key {
            return Some("numpy.ndarray");
        }
        let is_model = self.uses("sklearn") && some(FITTING) && only(ESTIMATING);
        is_model.then_some("sklearn.base.BaseEstimator")
    }
}

/// What a default tells of a parameter that nothing else is done with than what can be done with any value.
fn by_default(name: &str, default: &Type, found: &Evidence) -> Option<Type> {
    let is_used = found.is_bound || found.is_tested || found.is_called || found.is_iterated;
    let is_indexed = found.has_item || found.has_slice || found.has_text_key;
    if is_used || is_indexed || !found.members.is_empty() {
        return None;
    }
    let counts = COUNTS.iter().any(|it| name.contains(it)) || found.passed_to.contains("range");
    match default.name.as_str() {
        "bool" | "str" | "float" => Some(default.clone()),
        "int" => Some(Type::new(if counts { "int" } else { "float" })),
        _ => None,
    }
}

/// A function that makes one number of many, where a parameter is one unless another is given.
fn reducing(default: &str, found: &Evidence) -> Option<Type> {
    const REDUCE: [&str; 9] = [
        "mean",
        "median",
        "std",
        "var",
        "sum",
        "min",
        "max",
        "nanmean",
        "nanmedian",
    ];
    let name = default.strip_prefix("numpy.")?;
    let is_it = found.is_called && REDUCE.contains(&name);
    is_it.then(|| Type::generic("Callable", vec![Type::new("float")]))
}

/// What names of whole numbers contain.
const COUNTS: &[&str] = &[
    "n_", "num", "count", "size", "iter", "seed", "state", "epoch", "degree", "axis", "length",
    "width", "height", "verbose", "steps", "periods", "order", "lag", "index", "level",
];

/// Parameters of a model, of which some are picked: arrays, wherever numpy is used.
fn is_vector(word: &str, found: &Evidence) -> bool {
    const VECTORS: [&str; 7] = [
        "params",
        "start_params",
        "theta",
        "beta",
        "unconstrained",
        "constrained",
        "coefs",
    ];
    let picks = found.has_slice && !found.has_text_key;
    VECTORS.contains(&word) && picks && found.grows_by.is_none()
}

/// What pictures are called.
const IMAGES: &[&str] = &["image", "img", "picture", "gray_image", "rgb_image"];

/// What arrays have, and lists, texts and dictionaries lack.
const SHAPED: &[&str] = &[
    "shape",
    "ndim",
    "T",
    "dtype",
    "astype",
    "sum",
    "mean",
    "std",
    "var",
    "max",
    "min",
    "cumsum",
    "any",
    "all",
    "dot",
    "transpose",
    "argmin",
];

/// A number, or many of them.
fn numbers() -> Type {
    let members = ["float", "numpy.ndarray"].map(Type::new);
    Type::generic("|", members.to_vec())
}

/// What is done with numbers and arrays of them.
const ARITHMETIC: &[&str] = &[
    "__add__",
    "__radd__",
    "__sub__",
    "__rsub__",
    "__mul__",
    "__rmul__",
    "__truediv__",
    "__rtruediv__",
    "__pow__",
    "__rpow__",
    "__abs__",
];

/// What asks one number whether it is larger than another, or many.
const COMPARISONS: &[&str] = &["__lt__", "__le__", "__gt__", "__ge__"];

/// What is done with neither texts nor lists.
const ONLY_NUMBERS: &[&str] = &[
    "__sub__",
    "__rsub__",
    "__truediv__",
    "__rtruediv__",
    "__pow__",
    "__rpow__",
];

impl Evidence {
    /// It is indexed by the names of columns.
    pub(super) fn indexes_by_name(&self) -> bool {
        self.has_text_key || self.has_frame_index
    }
}

/// Libraries whose arrays are indexed as numpy's are.
const TENSORS: &[&str] = &[
    "torch",
    "tensorflow",
    "jax",
    "cupy",
    "dask",
    "polars",
    "pyspark",
];

const FRAME: &str = "pandas.DataFrame";

/// What only models do.
const FITTING: &[&str] = &["fit", "predict", "fit_transform", "predict_proba"];

const PATH_TAKERS: &[&str] = &[
    "os.listdir",
    "os.makedirs",
    "os.path.basename",
    "os.path.exists",
    "os.path.join",
];

/// Methods of texts that no table, array, list or tool of another library has (`encode` has every tokenizer).
pub const TEXT_METHODS: &[&str] = &[
    "lower",
    "upper",
    "strip",
    "lstrip",
    "rstrip",
    "startswith",
    "endswith",
    "splitlines",
    "title",
    "capitalize",
    "casefold",
    "isdigit",
    "isalpha",
    "isupper",
    "islower",
    "isalnum",
    "removeprefix",
    "removesuffix",
    "rsplit",
    "zfill",
];

/// Methods of axes that figures, models and tables lack.
const AXES: &[&str] = &[
    "plot",
    "scatter",
    "imshow",
    "set_title",
    "set_xlabel",
    "set_ylabel",
    "legend",
    "axhline",
    "axvline",
    "errorbar",
    "fill_between",
    "set_xlim",
    "set_ylim",
    "contourf",
    "contour",
    "annotate",
    "text",
    "bar",
    "barh",
    "hist",
    "grid",
    "set_xticks",
    "set_yticks",
    "set_axis_off",
    "get_xlim",
    "get_ylim",
    "axis",
    "pcolormesh",
    "twinx",
    "add_patch",
    "set",
];

/// Members of tables that columns lack.
const ONLY_FRAMES: &[&str] = &[
    "columns",
    "merge",
    "pivot",
    "pivot_table",
    "iterrows",
    "itertuples",
    "select_dtypes",
    "set_index",
    "melt",
    "assign",
    "query",
    "applymap",
    "insert",
    "corrwith",
];

/// Members of tables and columns that no dictionary has.
const TABULAR: &[&str] = &[
    "groupby",
    "dropna",
    "fillna",
    "loc",
    "iloc",
    "head",
    "tail",
    "drop",
    "drop_duplicates",
    "reset_index",
    "sort_values",
    "rename",
    "apply",
    "describe",
    "isnull",
    "isna",
    "sample",
    "shape",
];

/// Members of columns that tables and arrays lack.
const ONLY_SERIES: &[&str] = &[
    "str",
    "dt",
    "value_counts",
    "unique",
    "to_frame",
    "cat",
    "between",
];

/// Members of arrays that tables and columns lack.
const ONLY_ARRAYS: &[&str] = &[
    "reshape", "ravel", "flatten", "argsort", "tolist", "nonzero", "argmax", "fill",
];

/// What is asked of models alone.
const ESTIMATING: &[&str] = &[
    "fit",
    "predict",
    "fit_predict",
    "fit_transform",
    "transform",
    "predict_proba",
    "score",
    "get_params",
    "set_params",
    "decision_function",
    "classes_",
    "coef_",
    "intercept_",
    "feature_importances_",
    "named_steps",
    "partial_fit",
];
