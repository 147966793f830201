//! What methods tell of objects of which nothing else is known.

use srcify_syntax::ast::{self, Expr};

use super::super::Passed;
use super::super::shapes::is_grid;
use crate::Type;
use crate::analyze::Analyzer;
use crate::plain::{NUMBERS, is_plain};
use crate::presume::TEXT_METHODS;

impl Analyzer<'_> {
    /// What a method gives that only objects of one kind have: nothing else is known of the object.
    pub(super) fn apparent_of_unknown(&self, method: &str) -> Option<Type> {
        let learns = ["sklearn", "xgboost", "lightgbm"];
        let ty = match method {
            // Bytes have them, too.
            _ if TEXT_METHODS.contains(&method)
                && method != "casefold"
                && BINARY.iter().any(|it| self.uses(it)) =>
            {
                return None;
            }
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
            // Other libraries may give lists.
            "get_feature_names_out"
                if self.uses("sklearn")
                    && !["category_encoders", "feature_engine"]
                        .iter()
                        .any(|it| self.uses(it)) =>
            {
                Type::new("numpy.ndarray")
            }
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

    /// `x.split("/")`: only texts have it, where nothing gives bytes, columns or tensors.
    pub(super) fn split_text(&self, method: &str, arguments: &[Passed]) -> Option<Type> {
        const OTHERS: [&str; 3] = ["pandas", "polars", "numpy.char"];
        let is_split = matches!(method, "split" | "rsplit");
        let is_by_text = arguments
            .first()
            .is_some_and(|it| it.value.is("str") && !it.is_keyword && !it.is_unpacked);
        let others = BINARY.iter().chain(&OTHERS).chain(TENSORS);
        let is_text = is_split && is_by_text && !others.into_iter().any(|it| self.uses(it));
        is_text.then(|| Type::generic("list", vec![Type::new("str")]))
    }

    /// `np.mean(x)`: one number, whatever array `x` is, where nothing has numbers with units.
    pub(super) fn one_of_all(&self, path: &str, arguments: &[Passed]) -> Option<Type> {
        const FUNCTIONS: [&str; 4] = [
            "numpy.mean",
            "numpy.median",
            "numpy.nanmean",
            "numpy.nanmedian",
        ];
        const OTHERS: [&str; 5] = ["sympy", "astropy", "pint", "uncertainties", "autograd"];
        if !FUNCTIONS.contains(&path) {
            return None;
        }
        let is_one = match arguments {
            [one] => !one.is_keyword && !one.is_unpacked && one.value.apparent().is_none(),
            _ => false,
        };
        let is_plain = self.has_numpy_only() && !OTHERS.iter().any(|it| self.uses(it));
        (is_one && is_plain).then(|| Type::new("numpy.float64"))
    }

    /// Whether nothing but Python and its own library computes: no operator means anything else.
    pub(crate) fn has_plain_numbers(&self) -> bool {
        let methods = self.classes.values().flat_map(|it| it.methods.keys());
        let modules = self.imports.values().map(String::as_str);
        let others = NUMBERS.into_iter().filter(|it| self.uses(it));
        is_plain(modules.chain(others), methods.map(String::as_str))
    }

    /// A comparison of what the function holds itself: numbers, texts and containers of Python are compared as one.
    pub(crate) fn plain_comparison(&self, comparison: &ast::ExprCompare) -> Option<Type> {
        let sides = std::iter::once(&*comparison.left).chain(&*comparison.comparators);
        let is_plain = self.has_plain_numbers() && sides.into_iter().all(is_own);
        is_plain.then(|| Type::new("bool"))
    }

    /// `sum(x)`: a number, where nothing but numbers can be added to nothing.
    pub(super) fn sum_of_unknown(&self, path: &str, arguments: &[Passed]) -> Option<Type> {
        let [one] = arguments else { return None };
        let is_plain = path == "sum" && !one.is_keyword && !one.is_unpacked;
        (is_plain && self.has_plain_numbers()).then(|| Type::new("float"))
    }

    /// A product of arrays, one of which is a matrix by its name.
    pub(super) fn product_by_name(&self, path: &str, arguments: &[Passed]) -> Option<Type> {
        let is_array = |it: &Passed| it.value.is("numpy.ndarray") && !it.is_unpacked;
        let is_product = matches!(path, "numpy.dot" | "numpy.matmul")
            && arguments.len() == 2
            && arguments.iter().all(is_array)
            && arguments.iter().any(|it| self.is_matrix(it));
        is_product.then(|| Type::new("numpy.ndarray"))
    }

    /// Whether an argument has two dimensions, by what made it or by how it is written: `X`, `x.T`.
    pub(super) fn is_matrix(&self, argument: &Passed) -> bool {
        let text = self.program.text(argument.range);
        let is_capital = text.starts_with(char::is_uppercase)
            && text.len() <= 2
            && text.chars().all(char::is_alphanumeric);
        argument.value.ty.as_ref().is_some_and(is_grid)
            || is_capital
            || text.rsplit_once('.').is_some_and(|it| it.1 == "T")
    }
}

/// Modules that give bytes where nobody asks for texts.
const BINARY: &[&str] = &["subprocess", "socket", "serial", "struct"];

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

/// Whether a value is made of nothing but what a function holds itself.
fn is_own(value: &Expr) -> bool {
    match value {
        Expr::Name(_) | Expr::NumberLiteral(_) | Expr::StringLiteral(_) => true,
        Expr::UnaryOp(it) => is_own(&it.operand),
        Expr::BinOp(it) => is_own(&it.left) && is_own(&it.right),
        Expr::Subscript(it) => is_own(&it.value),
        Expr::Call(it) => it.func.is_name_expr() && it.arguments.args.iter().all(is_own),
        _ => false,
    }
}
