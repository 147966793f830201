//! What functions demand of their arguments that take whatever makes an array, a text, or anything at all.

use srcify_syntax::ast::{Expr, Stmt};

use super::need::{ARRAY_LIKE, Need};
use super::needs::{Scope, path_of};
use super::written::written;
use crate::names::{identifiers, stores};

/// Where an argument stands.
pub(super) enum ArgumentAt<'a> {
    Position(usize),
    Keyword(&'a str),
}

/// What a call demands of an argument; `None` where that is not known.
pub(super) fn need_of(scope: &Scope<'_>, callee: &Expr, at: &ArgumentAt<'_>) -> Option<Need> {
    let of_graphs = || nodes(scope, &path_of(scope, callee)?, at);
    of_values(scope, callee, at)
        .or_else(|| written(scope, callee, at))
        .or_else(of_graphs)
}

/// What functions demand that compute with numbers, texts and arrays.
fn of_values(scope: &Scope<'_>, callee: &Expr, at: &ArgumentAt<'_>) -> Option<Need> {
    let array = || Some(Need::Is(ARRAY_LIKE.to_owned()));
    let path = path_of(scope, callee);
    if let Some((parameters, receiver)) = own_parameters(scope, callee) {
        let annotation = match at {
            ArgumentAt::Position(at) => parameters.get(*at + receiver),
            ArgumentAt::Keyword(name) => parameters.iter().find(|(own, _)| own == name),
        };
        return passed_on(scope, &annotation?.1);
    }
    let is_first = matches!(at, ArgumentAt::Position(0));
    let is_second = matches!(at, ArgumentAt::Position(1));
    if let Some(path) = &path {
        if let Some(word) = scalar(scope, path, at) {
            let need = if may_be_none(path, at) {
                Need::Maybe
            } else {
                Need::Is
            };
            return Some(need(word.to_owned()));
        }
        if path.starts_with("logger.") {
            return Some(Need::Object);
        }
        match path.as_str() {
            "print" | "str" | "repr" | "id" | "callable" | "hasattr" => return Some(Need::Object),
            "isinstance" | "type" if is_first => return Some(Need::Object),
            "len" => return Some(Need::Sized),
            _ => {}
        }
        if let Some(function) = path.strip_prefix("numpy.") {
            let is_one = (ARRAYS.contains(&function) || MATRICES.contains(&function)) && is_first;
            let is_one_of_two = PAIRS.contains(&function) && (is_first || is_second);
            return (is_one || is_one_of_two).then(array)?;
        }
        if path.starts_with("sklearn.metrics.") && !scope.has_sparse {
            let name = path.rsplit('.').next().unwrap_or_default();
            let is_score = SCORES.iter().any(|ending| name.ends_with(ending));
            return (is_score && (is_first || is_second)).then(array)?;
        }
    }
    let Expr::Attribute(attribute) = callee else {
        return None;
    };
    let method = attribute.attr.as_str();
    if is_first && ["parse_args", "parse_known_args"].contains(&method) {
        let is_ours = is_parser(scope, &attribute.value);
        return is_ours.then(|| Need::Maybe("Sequence[str]".to_owned()));
    }
    let is_pyplot = path.is_some_and(|it| it.starts_with("matplotlib.pyplot."));
    if is_pyplot || is_axes(scope, &attribute.value) {
        return drawn(method, at);
    }
    if method == "join" && attribute.value.is_string_literal_expr() {
        let text = Need::Is("str".to_owned());
        return Some(Need::Iterable(Box::new(text)));
    }
    let learns = || scope.imported.values().any(|it| it.starts_with("sklearn."));
    let is_given = MODELS.contains(&method) && (is_first || is_second);
    (is_given && !scope.has_sparse && learns()).then(array)?
}

/// What networkx takes for several nodes.
fn nodes(scope: &Scope<'_>, path: &str, at: &ArgumentAt<'_>) -> Option<Need> {
    let node = Need::Is("Hashable".to_owned());
    // `graph.degree(node)`: of no other library.
    let has_graphs = || scope.imported.values().any(|it| it.starts_with("networkx"));
    if path.ends_with(".degree") && matches!(at, ArgumentAt::Position(0)) && has_graphs() {
        return Some(node);
    }
    let function = path.strip_prefix("networkx.")?.rsplit('.').next()?;
    let places: &[usize] = match function {
        "biadjacency_matrix" => &[1, 2],
        "projected_graph"
        | "weighted_projected_graph"
        | "collaboration_weighted_projected_graph"
        | "overlap_weighted_projected_graph"
        | "subgraph"
        | "induced_subgraph" => &[1],
        _ => &[],
    };
    let is_it = match at {
        ArgumentAt::Position(at) => places.contains(at),
        ArgumentAt::Keyword(name) => !places.is_empty() && ["nodes", "nbunch"].contains(name),
    };
    is_it.then(|| Need::Collection(Box::new(node)))
}

/// Whether it is code of a library without annotations: what is gathered to be handed on to it may be anything. A base of
/// the class is meant by `super()`.
pub(super) fn takes_anything(scope: &Scope<'_>, callee: &Expr) -> bool {
    const LIBRARIES: [&str; 8] = [
        "sklearn",
        "statsmodels",
        "lmfit",
        "mapie",
        "sktime",
        "imblearn",
        "pmdarima",
        "lifelines",
    ];
    let is_of_library = |path: &str| {
        let root = path.split('.').next().unwrap_or_default();
        LIBRARIES.contains(&root)
    };
    if let Expr::Attribute(attribute) = callee
        && let Expr::Call(call) = &*attribute.value
        && call.arguments.is_empty()
        && call
            .func
            .as_name_expr()
            .is_some_and(|it| it.id.as_str() == "super")
    {
        let arguments = scope.class.and_then(|it| it.arguments.as_deref());
        let bases: Vec<&Expr> = arguments.into_iter().flat_map(|it| &it.args).collect();
        let is_such = |base: &&Expr| path_of(scope, base).is_some_and(|it| is_of_library(&it));
        return !bases.is_empty() && bases.iter().all(is_such);
    }
    path_of(scope, callee).is_some_and(|it| is_of_library(&it))
}

/// The parameters of a function of the package, or of a method of the same class, and how many of them the call does not
/// pass.
fn own_parameters<'s>(
    scope: &Scope<'s>,
    callee: &Expr,
) -> Option<(&'s Vec<(String, String)>, usize)> {
    if let Expr::Name(name) = callee {
        return Some((scope.signatures.get(name.id.as_str())?, 0));
    }
    let method = own_method(scope, callee)?;
    let key = format!("{}.{method}", scope.class?.name);
    Some((scope.signatures.get(&key)?, 1))
}

/// The method of the same class that is called: `self.method(…)`.
fn own_method<'e>(scope: &Scope<'_>, callee: &'e Expr) -> Option<&'e str> {
    let attribute = callee.as_attribute_expr()?;
    let is_self = attribute.value.as_name_expr()?.id.as_str() == "self";
    (is_self && scope.class.is_some()).then_some(attribute.attr.as_str())
}

/// What functions demand that take one number or one text.
fn scalar(scope: &Scope<'_>, path: &str, at: &ArgumentAt<'_>) -> Option<&'static str> {
    let root = path.split('.').next().unwrap_or_default();
    let is_library = path.contains('.')
        && scope
            .imported
            .values()
            .any(|it| it.split('.').next() == Some(root));
    if let ArgumentAt::Keyword(name) = at {
        let (_, word) = KEYWORDS.iter().find(|(names, _)| names.contains(name))?;
        return is_library.then_some(*word);
    }
    let ArgumentAt::Position(at) = at else {
        return None;
    };
    let word = match (path, at) {
        ("range", _) => "int",
        ("round" | "time.sleep", 0) => "float",
        _ if root == "math" && is_library => "float",
        ("numpy.random.seed" | "numpy.random.default_rng" | "numpy.random.RandomState", 0) => "int",
        ("numpy.eye" | "numpy.identity", 0) | ("numpy.linspace", 2) => "int",
        ("numpy.linspace", 0 | 1) => "float",
        (
            "os.path.join"
            | "os.path.exists"
            | "os.path.isfile"
            | "os.path.isdir"
            | "os.listdir"
            | "os.makedirs"
            | "os.path.basename"
            | "os.path.dirname"
            | "glob.glob"
            | "json.loads"
            | "importlib.import_module"
            | "__import__"
            | "shlex.split",
            _,
        ) => "str",
        _ => return None,
    };
    Some(word)
}

/// Whether `None` is taken as well, for what a library finds best.
fn may_be_none(path: &str, at: &ArgumentAt<'_>) -> bool {
    match at {
        ArgumentAt::Keyword(name) => [
            "random_state",
            "seed",
            "n_jobs",
            "max_depth",
            "test_size",
            "train_size",
        ]
        .contains(name),
        ArgumentAt::Position(_) => path.starts_with("numpy.random."),
    }
}

/// Whether a name of the function stands for a parser of the command line, and for nothing else.
fn is_parser(scope: &Scope<'_>, receiver: &Expr) -> bool {
    let Some(name) = receiver.as_name_expr() else {
        return false;
    };
    let body = &scope.function.body;
    let made = body.iter().filter_map(Stmt::as_assign_stmt).any(|assign| {
        let is_it = matches!(&assign.targets[..], [Expr::Name(it)] if it.id == name.id);
        let call = assign.value.as_call_expr().filter(|_| is_it);
        let path = call.and_then(|it| path_of(scope, &it.func));
        path.as_deref() == Some("argparse.ArgumentParser")
    });
    made && stores(body, name.id.as_str()) == 1
}

/// Parameters that mean the same in all libraries, with what they are.
const KEYWORDS: &[(&[&str], &str)] = &[
    (
        &[
            "random_state",
            "seed",
            "n_jobs",
            "n_estimators",
            "max_iter",
            "max_depth",
            "n_splits",
            "n_components",
            "n_clusters",
            "n_neighbors",
            "batch_size",
            "epochs",
            "n_iter",
            "n_samples",
            "n_features",
            "n_repeats",
            "fontsize",
        ],
        "int",
    ),
    (
        &[
            "test_size",
            "train_size",
            "learning_rate",
            "alpha",
            "C",
            "tol",
            "subsample",
            "l1_ratio",
            "linewidth",
            "lw",
        ],
        "float",
    ),
    (
        &[
            "kernel",
            "metric",
            "criterion",
            "title",
            "linestyle",
            "marker",
        ],
        "str",
    ),
];

/// What a function of the package demands by its annotation, when every module can write that.
fn passed_on(scope: &Scope<'_>, annotation: &str) -> Option<Need> {
    const WORDS: [&str; 16] = [
        "object",
        "Sequence",
        "str",
        "int",
        "float",
        "bool",
        "npt",
        "ArrayLike",
        "Iterable",
        "Collection",
        "Sized",
        "np",
        "ndarray",
        "None",
        "list",
        "Path",
    ];
    if annotation == "Callable[..., Any]" {
        return Some(Need::Callable);
    }
    let words = identifiers(annotation);
    let is_plain = !words.is_empty() && words.iter().all(|it| WORDS.contains(&it.as_str()));
    let has_numpy = scope.imported.get("np").is_some_and(|it| it == "numpy");
    let is_known = is_plain && (has_numpy || !words.iter().any(|it| it == "np"));
    let inside = |prefix: &str| annotation.strip_prefix(prefix)?.strip_suffix(']');
    let element = |text: &str| match text {
        "object" => Need::Object,
        other => Need::Is(other.to_owned()),
    };
    let need = if let Some(inner) = inside("Iterable[") {
        Need::Iterable(Box::new(element(inner)))
    } else if let Some(inner) = inside("Collection[") {
        Need::Collection(Box::new(element(inner)))
    } else if annotation == "Sized" {
        Need::Sized
    } else {
        element(annotation)
    };
    is_known.then_some(need)
}

/// Whether something is called as axes are called everywhere, in a module that draws.
fn is_axes(scope: &Scope<'_>, receiver: &Expr) -> bool {
    let name = match receiver {
        Expr::Name(name) => name.id.as_str(),
        Expr::Subscript(item) => item.value.as_name_expr().map_or("", |it| it.id.as_str()),
        _ => "",
    };
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    let draws = scope
        .imported
        .values()
        .any(|it| it.starts_with("matplotlib"));
    draws && matches!(stem, "ax" | "axs" | "axes")
}

/// What functions that draw demand.
fn drawn(method: &str, at: &ArgumentAt<'_>) -> Option<Need> {
    let array = || Some(Need::Is(ARRAY_LIKE.to_owned()));
    match at {
        ArgumentAt::Position(0) if TITLES.contains(&method) => Some(Need::Is("str".to_owned())),
        ArgumentAt::Position(0 | 1) if DRAWINGS.contains(&method) => array(),
        ArgumentAt::Position(0) if PICTURES.contains(&method) => array(),
        ArgumentAt::Keyword("label") => Some(Need::Object),
        ArgumentAt::Keyword("x" | "y") if matches!(method, "scatter" | "bar" | "fill_between") => {
            array()
        }
        _ => None,
    }
}

/// Methods that write a text.
const TITLES: &[&str] = &[
    "set_title",
    "set_xlabel",
    "set_ylabel",
    "title",
    "xlabel",
    "ylabel",
    "suptitle",
];

/// Methods that draw two arrays.
const DRAWINGS: &[&str] = &[
    "plot",
    "scatter",
    "bar",
    "barh",
    "fill_between",
    "errorbar",
    "step",
    "semilogx",
    "semilogy",
    "loglog",
    "contour",
    "contourf",
    "pcolormesh",
    "stem",
];

/// Methods that draw one.
const PICTURES: &[&str] = &["hist", "imshow", "matshow", "boxplot"];

/// Methods of models that are given data.
const MODELS: &[&str] = &[
    "fit",
    "predict",
    "predict_proba",
    "decision_function",
    "fit_predict",
    "fit_transform",
    "transform",
    "score",
];

/// How functions end that compare two arrays.
const SCORES: &[&str] = &[
    "_score",
    "_error",
    "_loss",
    "likelihood_ratios",
    "confusion_matrix",
    "roc_curve",
    "auc",
];

/// Functions of `numpy.linalg` that take a matrix, first.
const MATRICES: &[&str] = &[
    "linalg.cholesky",
    "linalg.cond",
    "linalg.det",
    "linalg.eig",
    "linalg.eigh",
    "linalg.eigvals",
    "linalg.eigvalsh",
    "linalg.inv",
    "linalg.matrix_rank",
    "linalg.norm",
    "linalg.pinv",
    "linalg.qr",
    "linalg.slogdet",
    "linalg.solve",
    "linalg.svd",
];

/// Functions of numpy that take one thing that makes an array, first.
const ARRAYS: &[&str] = &[
    "sum",
    "max",
    "min",
    "array",
    "sort",
    "argsort",
    "unique",
    "diff",
    "cumsum",
    "isnan",
    "abs",
    "absolute",
    "exp",
    "log",
    "sqrt",
    "argmax",
    "argmin",
    "any",
    "all",
    "diag",
    "bincount",
    "histogram",
    "ravel",
    "squeeze",
    "transpose",
    "repeat",
    "tile",
    "atleast_1d",
    "atleast_2d",
    "sin",
    "cos",
    "tan",
    "tanh",
    "sign",
    "zeros_like",
    "ones_like",
    "empty_like",
    "shape",
    "size",
    "ndim",
    "ptp",
    "count_nonzero",
    "isfinite",
    "flip",
    "log10",
    "log2",
    "log1p",
    "expm1",
    "floor",
    "ceil",
    "argwhere",
    "trace",
    "nansum",
    "nanmax",
    "nanmin",
    "logical_not",
    "gradient",
    "amax",
    "amin",
    "square",
    "isinf",
    "nan_to_num",
    "asanyarray",
    "asarray",
    "triu",
    "tril",
    "rint",
    "real",
    "imag",
    "deg2rad",
    "rad2deg",
    "arcsin",
    "arccos",
    "arctan",
    "sinh",
    "cosh",
    "fliplr",
    "flipud",
    "nanargmax",
    "nanargmin",
    "flatnonzero",
    "linalg.norm",
    "clip",
    "reshape",
    "expand_dims",
    "roll",
    "split",
    "full_like",
    "array_split",
    "delete",
    "take",
    "rot90",
    "pad",
    "random.permutation",
];

/// Functions of numpy that take two.
const PAIRS: &[&str] = &[
    "convolve",
    "corrcoef",
    "correlate",
    "cov",
    "cross",
    "dot",
    "kron",
    "outer",
    "trapezoid",
    "vdot",
    "maximum",
    "minimum",
    "power",
    "array_equal",
    "isin",
    "append",
    "matmul",
    "logical_and",
    "logical_or",
    "allclose",
    "isclose",
    "searchsorted",
    "add",
    "subtract",
    "multiply",
    "divide",
    "hypot",
    "arctan2",
    "greater",
    "less",
    "equal",
    "not_equal",
    "inner",
    "union1d",
    "intersect1d",
    "setdiff1d",
];
