//! Results of numpy, pandas and scikit-learn that follow from the types of the arguments.

use super::Passed;
use super::shapes::is_grid;
use crate::Type;

/// The type of the result; `None` where it depends on more than types.
pub(super) fn array_result(name: &str, arguments: &[Passed]) -> Option<Type> {
    let (library, function) = name.split_once('.')?;
    match library {
        "numpy" => numpy_result(function, arguments),
        "pandas" => pandas_result(function, arguments),
        "sklearn" => sklearn_result(function, arguments),
        "scipy" => distribution_result(function, arguments),
        _ => None,
    }
}

fn numpy_result(function: &str, arguments: &[Passed]) -> Option<Type> {
    if PREDICATES.contains(&function) {
        return elementwise(arguments, "numpy.bool_");
    }
    if ELEMENTWISE.contains(&function) {
        return elementwise(arguments, "numpy.float64");
    }
    if MEANS.contains(&function) {
        return reduced(arguments, "numpy.float64");
    }
    if PICKS.contains(&function) {
        return reduced(arguments, "scalar");
    }
    let array = || Type::new("numpy.ndarray");
    let places = || {
        let each = ["numpy.int64", "vector"].map(Type::new);
        Type::generic("numpy.ndarray", each.to_vec())
    };
    if function == "dot" || function == "matmul" {
        return product(arguments);
    }
    if function.starts_with("random.") {
        return draw_result(function.rsplit('.').next()?, arguments);
    }
    let plain = !is_passed(
        arguments,
        &[
            "return_index",
            "return_inverse",
            "return_counts",
            "full",
            "cov",
        ],
    );
    match function {
        "argmax" | "argmin" | "nanargmax" | "nanargmin" => reduced(arguments, "numpy.int64"),
        "count_nonzero" => reduced(arguments, "int"),
        "any" | "all" => reduced(arguments, "numpy.bool_"),
        "arange" => Some(counted_up(arguments)),
        "unique" | "polyfit" if plain => Some(array()),
        "polyval" | "atleast_1d" | "atleast_2d" | "atleast_3d" | "linalg.eigvals"
        | "linalg.eigvalsh" | "intersect1d" | "select" | "piecewise" => Some(array()),
        "where" if arguments.len() == 3 => Some(array()),
        "where" if arguments.len() == 1 => Some(Type::tuple_of(places())),
        "nonzero" => Some(Type::tuple_of(places())),
        "flatnonzero" => Some(places()),
        "percentile" | "quantile" | "nanpercentile" | "nanquantile" => picked_ranks(arguments),
        "round" | "around" | "clip" => {
            elementwise(&arguments[..arguments.len().min(1)], "numpy.float64")
        }
        _ => of_matrix(function, arguments),
    }
}

/// What functions of linear algebra give.
fn of_matrix(function: &str, arguments: &[Passed]) -> Option<Type> {
    let array = || Type::new("numpy.ndarray");
    match function {
        "linalg.eig" | "linalg.eigh" => Some(Type::generic("tuple", vec![array(); 2])),
        "linalg.qr" if arguments.len() == 1 => Some(Type::generic("tuple", vec![array(); 2])),
        "linalg.svd" if !is_passed(arguments, &["compute_uv"]) => {
            Some(Type::generic("tuple", vec![array(); 3]))
        }
        "linalg.det" | "linalg.cond" => Some(Type::new("numpy.float64")),
        "linalg.norm" => reduced(arguments, "numpy.float64"),
        "linalg.matrix_rank" => Some(Type::new("numpy.int64")),
        _ => None,
    }
}

/// The numbers from one to another: whole ones, where nothing else is given.
fn counted_up(arguments: &[Passed]) -> Type {
    let is_whole = |it: &Passed| it.value.is("int") && !it.is_unpacked;
    let element = if arguments.iter().all(is_whole) {
        "numpy.int64"
    } else {
        "number"
    };
    Type::generic("numpy.ndarray", [element, "vector"].map(Type::new).to_vec())
}

/// Percentiles: one number, or an array where several are asked for.
fn picked_ranks(arguments: &[Passed]) -> Option<Type> {
    let asked = arguments.get(1)?.value.ty.as_ref()?;
    match asked.name.as_str() {
        "list" | "tuple" if arguments.len() == 2 => {
            let each = ["numpy.float64", "vector"].map(Type::new);
            Some(Type::generic("numpy.ndarray", each.to_vec()))
        }
        "list" | "tuple" | "numpy.ndarray" => Some(Type::new("numpy.ndarray")),
        "int" | "float" | "number" | "numpy.float64" => reduced(&arguments[..1], "numpy.float64")
            .filter(|_| !is_passed(arguments, &["axis", "keepdims"])),
        _ => None,
    }
}

/// Draws: one number, or an array when a size or an array of parameters is given.
fn draw_result(method: &str, arguments: &[Passed]) -> Option<Type> {
    let by_position = || arguments.iter().filter(|it| !it.is_keyword);
    let (parameters, one) = match method {
        "choice" => (1, "scalar"),
        "rand" | "randn" | "random" | "random_sample" | "standard_normal" => (0, "float"),
        "normal"
        | "uniform"
        | "beta"
        | "gamma"
        | "lognormal"
        | "laplace"
        | "logistic"
        | "gumbel"
        | "vonmises"
        | "wald"
        | "f"
        | "noncentral_chisquare" => (2, "float"),
        "triangular" | "noncentral_f" => (3, "float"),
        "exponential" | "chisquare" | "weibull" | "pareto" | "power" | "rayleigh"
        | "standard_t" | "standard_gamma" => (1, "float"),
        "standard_exponential" | "standard_cauchy" => (0, "float"),
        "randint" | "binomial" | "negative_binomial" => (2, "int"),
        // Of generators alone, whose other draws are Python's own.
        "integers" => (2, "numpy.int64"),
        "poisson" | "geometric" | "logseries" | "zipf" => (1, "int"),
        "hypergeometric" => (3, "int"),
        "permutation" | "multivariate_normal" | "multinomial" | "dirichlet" => {
            return Some(Type::new("numpy.ndarray"));
        }
        _ => return None,
    };
    if is_passed(arguments, &["size"]) || by_position().count() > parameters {
        return Some(Type::new("numpy.ndarray"));
    }
    if method == "choice" {
        return Some(Type::new(one));
    }
    let is_several = |it: &Passed| {
        let ty = it.value.ty.as_ref()?;
        match ty.name.as_str() {
            "list" | "tuple" | "numpy.ndarray" | "pandas.Series" => Some(true),
            "int" | "float" | "number" | "bool" | "numpy.float64" | "numpy.int64" => Some(false),
            _ => None,
        }
    };
    let several: Option<Vec<bool>> = arguments.iter().map(is_several).collect();
    let name = if several?.contains(&true) {
        "numpy.ndarray"
    } else {
        one
    };
    Some(Type::new(name))
}

/// A product of matrices or vectors; of two vectors it is a number.
fn product(arguments: &[Passed]) -> Option<Type> {
    let ty = |at: usize| arguments.get(at)?.value.ty.as_ref();
    let (left, right) = (ty(0)?, ty(1)?);
    let is_scalar = |ty: &Type| {
        let name = ty.name.as_str();
        matches!(name, "int" | "float" | "number" | "numpy.float64")
    };
    if is_scalar(left) {
        return Some(Type::new(&right.name));
    }
    let is_array = |ty: &Type| matches!(ty.name.as_str(), "numpy.ndarray" | "list");
    if !is_array(left) || !is_array(right) {
        return None;
    }
    let is_vector = |ty: &Type| ty.arguments.get(1).is_some_and(|it| it.name == "vector");
    if is_grid(left) || is_grid(right) {
        return Some(Type::new("numpy.ndarray"));
    }
    (is_vector(left) && is_vector(right)).then(|| Type::new("number"))
}

/// Functions of distributions, element by element.
fn distribution_result(function: &str, arguments: &[Passed]) -> Option<Type> {
    let method = function.strip_prefix("stats.")?.rsplit('.').next()?;
    let is_distribution = function.split('.').count() > 2;
    let is_function = DENSITIES.contains(&method);
    if !is_distribution || !is_function || arguments.is_empty() {
        return None;
    }
    // Places, and the numbers that the distribution is made of: an array of any of them makes an array.
    let of_one = |it: &Passed| {
        let operand = Passed {
            is_keyword: false,
            ..it.clone()
        };
        elementwise(&[operand], "numpy.float64").filter(|_| !it.is_unpacked)
    };
    let parts: Vec<Option<Type>> = arguments.iter().map(of_one).collect();
    let is_several = |it: &Type| it.name != "numpy.float64";
    if parts.iter().flatten().any(is_several) {
        return Some(Type::new("numpy.ndarray"));
    }
    let all: Option<Vec<Type>> = parts.into_iter().collect();
    all?.pop()
}

pub(super) const DENSITIES: &[&str] = &[
    "pdf", "logpdf", "pmf", "logpmf", "cdf", "logcdf", "sf", "logsf", "ppf", "isf",
];

fn pandas_result(function: &str, arguments: &[Passed]) -> Option<Type> {
    let first = arguments.first()?.value.ty.clone();
    let named = |ty: &Option<Type>, name: &str| ty.as_ref().is_some_and(|ty| ty.name == name);
    match function {
        "isna" | "isnull" | "notna" | "notnull"
            if ["int", "float", "str", "None"]
                .iter()
                .any(|it| named(&first, it)) =>
        {
            Some(Type::new("bool"))
        }
        "isna" | "isnull" | "notna" | "notnull" | "to_numeric" => first.filter(|ty| {
            matches!(
                ty.name.as_str(),
                "pandas.Series" | "pandas.DataFrame" | "numpy.ndarray"
            )
        }),
        "to_datetime" | "to_timedelta" => match first?.name.as_str() {
            "pandas.Series" => Some(Type::new("pandas.Series")),
            "str" if function == "to_datetime" => Some(Type::new("pandas.Timestamp")),
            "str" => Some(Type::new("pandas.Timedelta")),
            "list" | "pandas.Index" if function == "to_datetime" => {
                Some(Type::new("pandas.DatetimeIndex"))
            }
            _ => None,
        },
        "cut" | "qcut" if named(&first, "pandas.Series") && !is_passed(arguments, &["retbins"]) => {
            first
        }
        "value_counts" => Some(Type::new("pandas.Series")),
        "unique" if named(&first, "pandas.Series") => Some(Type::new("numpy.ndarray")),
        "concat" if is_side_by_side(arguments) => Some(Type::new("pandas.DataFrame")),
        "concat" => {
            let first = first?;
            let at = usize::from(first.name == "dict");
            let element = first.arguments.get(at).cloned()?;
            match element.name.as_str() {
                "pandas.DataFrame" => Some(element),
                "pandas.Series" if !is_passed(arguments, &["axis"]) => Some(element),
                "pandas.Series" => Some(Type::new("pandas.DataFrame")),
                _ if element
                    .members()
                    .iter()
                    .any(|it| it.name == "pandas.DataFrame") =>
                {
                    Some(Type::new("pandas.DataFrame"))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether tables or columns are put beside each other, which makes a table of both.
fn is_side_by_side(arguments: &[Passed]) -> bool {
    let axis = arguments
        .iter()
        .find(|it| it.name.as_deref() == Some("axis"));
    let axis = axis.and_then(|it| it.value.literal.as_deref());
    matches!(axis, Some("1" | "columns")) && !arguments.iter().any(|it| it.is_unpacked)
}

fn sklearn_result(function: &str, arguments: &[Passed]) -> Option<Type> {
    let array = || Type::new("numpy.ndarray");
    let is_plain = !is_passed(arguments, &["average", "multioutput", "output_dict"])
        || arguments.iter().any(|it| {
            it.name.as_deref() == Some("average")
                && it
                    .value
                    .literal
                    .as_deref()
                    .is_some_and(|text| text != "None")
        });
    match function {
        "metrics.f1_score"
        | "metrics.precision_score"
        | "metrics.recall_score"
        | "metrics.jaccard_score"
        | "metrics.fbeta_score"
        | "metrics.mean_squared_error"
        | "metrics.root_mean_squared_error"
        | "metrics.mean_absolute_error"
        | "metrics.median_absolute_error"
        | "metrics.mean_absolute_percentage_error"
        | "metrics.mean_squared_log_error"
        | "metrics.r2_score"
        | "metrics.explained_variance_score"
        | "metrics.mean_pinball_loss"
        | "metrics.roc_auc_score"
        | "metrics.average_precision_score" => is_plain.then(|| Type::new("float")),
        "metrics.classification_report" => is_plain.then(|| Type::new("str")),
        "model_selection.cross_val_predict" => Some(array()),
        "model_selection.validation_curve" => Some(Type::generic("tuple", vec![array(); 2])),
        "model_selection.learning_curve" if !is_passed(arguments, &["return_times"]) => {
            Some(Type::generic("tuple", vec![array(); 3]))
        }
        "model_selection.learning_curve" => Some(Type::tuple_of(array())),
        "datasets.make_blobs" if !is_passed(arguments, &["return_centers"]) => {
            Some(Type::generic("tuple", vec![array(); 2]))
        }
        "datasets.make_regression" if !is_passed(arguments, &["coef"]) => {
            Some(Type::generic("tuple", vec![array(); 2]))
        }
        _ => None,
    }
}

pub(super) fn is_passed(arguments: &[Passed], names: &[&str]) -> bool {
    arguments
        .iter()
        .any(|it| it.is_unpacked || it.name.as_deref().is_some_and(|name| names.contains(&name)))
}

/// The largest, or the sum, of numbers is a number, by all appearances.
pub(super) fn picked_number(path: &str, arguments: &[Passed]) -> Option<Type> {
    let function = path.strip_prefix("numpy.")?;
    let first = arguments.first()?.value.ty.as_ref()?;
    let has_numbers = |ty: &Type| {
        let is_number = |it: &Type| NUMBERS.contains(&it.name.as_str());
        match ty.name.as_str() {
            "numpy.ndarray" => ty
                .arguments
                .first()
                .is_none_or(|it| it.name == "unknown" || is_number(it)),
            "list" | "tuple" => ty.arguments.iter().all(is_number) && !ty.arguments.is_empty(),
            _ => is_number(ty),
        }
    };
    let is_whole = arguments.len() == 1 && !arguments[0].is_keyword && !arguments[0].is_unpacked;
    if function == "size" && is_whole {
        return Some(Type::new("int"));
    }
    let is_picked = PICKS.contains(&function) && first.members().iter().all(has_numbers);
    (is_picked && is_whole).then(|| Type::new("number"))
}

const NUMBERS: &[&str] = &[
    "int",
    "float",
    "number",
    "numpy.float64",
    "numpy.int64",
    "numpy.ndarray",
];

/// Functions of each element: what they are given decides what they give.
fn elementwise(arguments: &[Passed], scalar: &str) -> Option<Type> {
    let mut rank = 0;
    let operands = arguments.iter().filter(|it| !it.is_keyword);
    for operand in operands {
        let ty = operand.value.ty.as_ref()?;
        rank = rank.max(match ty.name.as_str() {
            "int" | "float" | "bool" | "number" | "numpy.float64" | "numpy.int64" | "scalar" => 1,
            "list" | "tuple" | "numpy.ndarray" | "range" | "pandas.Index" => 2,
            "pandas.Series" => 3,
            "pandas.DataFrame" => 4,
            _ => return None,
        });
    }
    match rank {
        1 => Some(Type::new(scalar)),
        2 => Some(Type::new("numpy.ndarray")),
        3 => Some(Type::new("pandas.Series")),
        4 => Some(Type::new("pandas.DataFrame")),
        _ => None,
    }
}

/// Whether a function of numpy gives a number for a number, and an array for an array.
pub(crate) fn is_elementwise(function: &str) -> bool {
    ELEMENTWISE.contains(&function)
}

/// Whether a function of numpy says of each element whether something is true of it.
pub(super) fn is_predicate(function: &str) -> bool {
    PREDICATES.contains(&function)
}

/// Functions of all elements, or of those along an axis.
fn reduced(arguments: &[Passed], scalar: &str) -> Option<Type> {
    let first = arguments.first()?.value.ty.as_ref()?;
    let along = is_passed(arguments, &["axis", "keepdims"]);
    match first.name.as_str() {
        "pandas.DataFrame" if is_each(arguments) => Some(Type::new("pandas.Series")),
        "pandas.Series" | "int" | "float" | "numpy.float64" => Some(Type::new(scalar)),
        "list" | "tuple" if along && holds_numbers(first) => {
            // Along its only axis.
            let is_kept = is_passed(arguments, &["keepdims"]);
            Some(Type::new(if is_kept { "numpy.ndarray" } else { scalar }))
        }
        "numpy.ndarray" | "list" | "tuple" | "range" => {
            Some(Type::new(if along { "numpy.ndarray" } else { scalar }))
        }
        _ => None,
    }
}

/// Whether a list or tuple holds numbers and nothing else.
fn holds_numbers(ty: &Type) -> bool {
    const NUMBERS: [&str; 6] = [
        "int",
        "float",
        "bool",
        "number",
        "numpy.float64",
        "numpy.int64",
    ];
    let mut elements = ty.arguments.iter().flat_map(Type::members);
    let is_number = |it: &Type| NUMBERS.contains(&it.name.as_str()) || it.name == "...";
    !ty.arguments.is_empty() && elements.all(is_number)
}

/// Whether something is asked of each row, or of each column.
fn is_each(arguments: &[Passed]) -> bool {
    let [_, axis] = arguments else { return false };
    axis.name.as_deref() == Some("axis") && axis.value.is("int")
}

const PREDICATES: &[&str] = &[
    "isnan",
    "isinf",
    "isfinite",
    "isnat",
    "signbit",
    "equal",
    "not_equal",
    "less",
    "less_equal",
    "greater",
    "greater_equal",
    "logical_and",
    "logical_or",
    "logical_xor",
    "logical_not",
];

const ELEMENTWISE: &[&str] = &[
    "add",
    "subtract",
    "multiply",
    "divide",
    "power",
    "float_power",
    "floor_divide",
    "remainder",
    "mod",
    "fmod",
    "arctan2",
    "hypot",
    "maximum",
    "minimum",
    "fmax",
    "fmin",
    "copysign",
    "heaviside",
    "logaddexp",
    "absolute",
    "abs",
    "fabs",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctanh",
    "cbrt",
    "ceil",
    "cos",
    "cosh",
    "deg2rad",
    "degrees",
    "exp",
    "exp2",
    "expm1",
    "floor",
    "log",
    "log10",
    "log1p",
    "log2",
    "negative",
    "positive",
    "rad2deg",
    "radians",
    "reciprocal",
    "rint",
    "sign",
    "sin",
    "sinh",
    "sqrt",
    "square",
    "tan",
    "tanh",
    "trunc",
];

const MEANS: &[&str] = &[
    "mean",
    "nanmean",
    "median",
    "nanmedian",
    "std",
    "var",
    "nanstd",
    "nanvar",
    "average",
    "trapezoid",
];

const PICKS: &[&str] = &[
    "sum", "prod", "nansum", "nanprod", "max", "min", "amax", "amin", "nanmax", "nanmin", "ptp",
];
