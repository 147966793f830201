//! Verbs: those of titles, and those that calls stand for.

use super::{assessed::is_test, fitted::outdoes, transformers::verb_of_transformer};
use srcify_effects::{Callee, EffectGraph};
use srcify_syntax::TextRange;

/// Verbs that only show something: a function of the domain does not.
pub(crate) const DISPLAY_VERBS: &[&str] = &[
    "plot",
    "plotting",
    "show",
    "showing",
    "display",
    "displaying",
    "visualize",
    "visualizing",
    "visualise",
    "print",
    "printing",
    "draw",
    "drawing",
    "graph",
    "look",
    "view",
    "visualization",
    "plots",
    "observe",
    "see",
    "notice",
    "inspect",
    "figure",
    "chart",
    "illustrate",
];

/// The base form of a verb that a word is, or is made of: `cleaning` and `preparation` are `clean` and `prepare`.
pub(crate) fn verb_of_word(word: &str) -> Option<&'static str> {
    let base = |wanted: &str| VERBS.iter().find(|verb| **verb == wanted).copied();
    let mut nominals = NOMINALS.iter().filter(|(nominal, _)| *nominal == word);
    if let Some(verb) = base(word).or_else(|| Some(nominals.next()?.1)) {
        return Some(verb);
    }
    let stem = word.strip_suffix("ing")?;
    let undoubled = || {
        let mut characters = stem.chars().rev();
        (characters.next() == characters.next()).then(|| &stem[..stem.len() - 1])
    };
    base(stem)
        .or_else(|| base(&format!("{stem}e")))
        .or_else(|| undoubled().and_then(base))
}

/// Whether statements whose main call does `verb` do what a heading promises in one word.
pub(super) fn is_done(promised: &str, verb: &str) -> bool {
    match promised {
        "predict" => matches!(verb, "predict" | "fit" | "evaluate" | "tune"),
        "fit" | "train" | "tune" => matches!(verb, "fit" | "tune" | "build" | "predict"),
        "model" => matches!(verb, "fit" | "tune" | "predict" | "evaluate"),
        "evaluate" | "validate" => !matches!(verb, "select" | "build" | "compute"),
        _ => true,
    }
}

const VERBS: &[&str] = &[
    "load",
    "read",
    "clean",
    "split",
    "train",
    "fit",
    "build",
    "create",
    "compute",
    "calculate",
    "evaluate",
    "prepare",
    "generate",
    "make",
    "select",
    "scale",
    "encode",
    "transform",
    "predict",
    "merge",
    "filter",
    "define",
    "compare",
    "estimate",
    "simulate",
    "extract",
    "normalize",
    "normalise",
    "standardize",
    "impute",
    "drop",
    "remove",
    "add",
    "convert",
    "apply",
    "get",
    "find",
    "tune",
    "optimize",
    "optimise",
    "run",
    "perform",
    "check",
    "analyze",
    "analyse",
    "explore",
    "summarize",
    "aggregate",
    "group",
    "sort",
    "rename",
    "set",
    "initialize",
    "initialise",
    "sample",
    "score",
    "measure",
    "save",
    "write",
    "export",
    "parse",
    "detect",
    "classify",
    "cluster",
    "reduce",
    "use",
    "construct",
    "specify",
    "download",
    "fetch",
    "collect",
    "join",
    "map",
    "try",
    "count",
    "combine",
    "assess",
    "validate",
    "forecast",
    "bin",
    "label",
    "rank",
    "order",
    "fill",
    "replace",
    "keep",
    "smooth",
    "weight",
    "resample",
    "interpolate",
    "decompose",
    "whiten",
    "invert",
    "solve",
    "refit",
    "retrain",
    "update",
    "derive",
    "determine",
    "reshape",
    "stack",
    "concatenate",
    "pivot",
    "melt",
    "extrapolate",
    "bootstrap",
    "permute",
    "shuffle",
    "engineer",
    "preprocess",
    "model",
    "configure",
    "obtain",
    "separate",
    "verify",
    "cut",
    "crop",
    "threshold",
    "segment",
    "denoise",
    "denormalize",
    "binarize",
    "project",
    "embed",
    "tokenize",
    "vectorize",
    "augment",
    "balance",
    "search",
    "regress",
    "hold",
    "unpack",
    "flatten",
    "shift",
    "lag",
    "difference",
    "detrend",
    "annotate",
    "choose",
    "assign",
    "split",
    "demonstrate",
    "initiate",
    "instantiate",
    "form",
    "process",
    "round",
    "rescale",
    "query",
    "restrict",
    "limit",
    "pick",
    "handle",
    "trim",
    "clip",
    "cast",
    "expand",
    "discretize",
    "reorder",
    "deduplicate",
    "discard",
    "reset",
    "tidy",
    "enrich",
    "flag",
    "mark",
    "quantize",
    "infer",
    "integrate",
    "rebuild",
    "recode",
    "winsorize",
    "lemmatize",
    "strip",
    "adjust",
    "correct",
    "cap",
    "fix",
    "describe",
    "identify",
    "locate",
    "report",
    "scrape",
];

const NOMINALS: &[(&str, &str)] = &[
    ("preparation", "prepare"),
    ("evaluation", "evaluate"),
    ("selection", "select"),
    ("normalization", "normalize"),
    ("standardization", "standardize"),
    ("transformation", "transform"),
    ("optimization", "optimize"),
    ("prediction", "predict"),
    ("predictions", "predict"),
    ("estimation", "estimate"),
    ("simulation", "simulate"),
    ("analysis", "analyze"),
    ("exploration", "explore"),
    ("generation", "generate"),
    ("extraction", "extract"),
    ("aggregation", "aggregate"),
    ("comparison", "compare"),
    ("validation", "validate"),
    ("classification", "classify"),
    ("computation", "compute"),
    ("calculation", "calculate"),
    ("imputation", "impute"),
    ("decomposition", "decompose"),
    ("interpolation", "interpolate"),
    ("creation", "create"),
    ("construction", "construct"),
    ("reduction", "reduce"),
    ("detection", "detect"),
    ("definition", "define"),
    ("initialization", "initialize"),
    ("segmentation", "segment"),
    ("modelling", "model"),
    ("modeling", "model"),
];

/// What a call stands for in the work of an analyst.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CallVerb {
    pub verb: &'static str,
    /// The module of the domain where such work belongs.
    pub theme: &'static str,
}

/// The calls of some statements that tell most about them: the best verb, and the call.
pub(crate) fn main_call<'a>(
    graph: &'a EffectGraph,
    ranges: &[TextRange],
) -> Option<(CallVerb, &'a str, TextRange)> {
    let mut best: Option<(usize, CallVerb, &str, TextRange)> = None;
    for call in graph.calls_in_any(ranges) {
        let Callee::Library(name) = &call.callee else {
            continue;
        };
        let Some((rank, verb)) = verb_of_call(name) else {
            continue;
        };
        if (best.as_ref()).is_none_or(|it| rank < it.0 || rank == it.0 && outdoes(name, it.2)) {
            best = Some((rank, verb, name, call.range));
        }
    }
    best.map(|(_, verb, name, range)| (verb, name, range))
}

/// The rank of a callee, the most telling first, and its verb.
pub(crate) fn verb_of_call(name: &str) -> Option<(usize, CallVerb)> {
    let method = name.rsplit('.').next().unwrap_or(name);
    let position = if is_metric(name) {
        CALL_VERBS
            .iter()
            .position(|(.., verb, _)| *verb == "evaluate")
    } else if is_test(name) {
        CALL_VERBS
            .iter()
            .position(|(.., verb, _)| *verb == "assess")
    } else if is_bundled_data(name) {
        CALL_VERBS.iter().position(|(.., verb, _)| *verb == "load")
    } else if is_training_step(name) {
        CALL_VERBS.iter().position(|(.., verb, _)| *verb == "fit")
    } else if name.starts_with("numpy.") && method == "astype" || name == "str.join" {
        // Another type of numbers cleans no table, and text puts no tables together.
        None
    } else {
        CALL_VERBS
            .iter()
            .position(|(names, ..)| names.contains(&method))
    };
    let position = position.or_else(|| {
        let draws = (name.contains("random.")
            && !matches!(method, "default_rng" | "RandomState" | "Generator" | "seed"))
            || method.starts_with("make_") && name.contains(".datasets.");
        draws.then(|| {
            CALL_VERBS
                .iter()
                .position(|(.., verb, _)| *verb == "simulate")
        })?
    })?;
    let (_, verb, theme) = CALL_VERBS[position];
    let verb = Some(verb)
        .filter(|it| *it == "transform")
        .and_then(|_| verb_of_transformer(name))
        .unwrap_or(verb);
    Some((position, CallVerb { verb, theme }))
}

/// Loops that train a network by hand begin each step so, and some libraries have a function for it.
pub(crate) fn is_training_step(name: &str) -> bool {
    const FUNCTIONS: &[&str] = &[
        "lightgbm.cv",
        "lightgbm.train",
        "xgboost.cv",
        "xgboost.train",
    ];
    name.starts_with("torch.") && name.ends_with(".zero_grad") || FUNCTIONS.contains(&name)
}

fn is_metric(name: &str) -> bool {
    name.starts_with("sklearn.metrics.")
        && !name.contains("pairwise")
        && !name.contains("make_scorer")
}

/// Data that ships with a library.
pub(super) fn is_bundled_data(name: &str) -> bool {
    let method = name.rsplit('.').next().unwrap_or(name);
    (name.contains(".datasets.") || name.contains(".data."))
        && (method.starts_with("load")
            || method.starts_with("fetch")
            || name.starts_with("skimage.data."))
        || method == "get_rdataset"
}

/// Verbs by the names of calls, the telling ones first, and the module where such work belongs.
const CALL_VERBS: &[(&[&str], &str, &str)] = &[
    (
        &[
            "GridSearchCV",
            "RandomizedSearchCV",
            "HalvingGridSearchCV",
            "optimize",
        ],
        "tune",
        "model",
    ),
    (
        &[
            "fit",
            "fit_regularized",
            "fit_constrained",
            "partial_fit",
            "train",
            "curve_fit",
            "lstsq",
            "polyfit",
            "auto_arima",
            "minimize",
        ],
        "fit",
        "model",
    ),
    (
        &[
            "score",
            "cross_val_score",
            "cross_validate",
            "evaluate",
            "cross_val_predict",
            "permutation_importance",
            "validation_curve",
            "learning_curve",
        ],
        "evaluate",
        "metrics",
    ),
    (
        &["train_test_split", "temporal_train_test_split"],
        "split",
        "model",
    ),
    (
        &[
            "predict",
            "predict_proba",
            "decision_function",
            "forecast",
            "get_prediction",
            "get_forecast",
            "predict_log_proba",
            "predict_survival_function",
        ],
        "predict",
        "model",
    ),
    (
        &["fit_transform", "fit_resample", "fit_predict"],
        "transform",
        "features",
    ),
    (&["transform"], "transform", "features"),
    (&["load"], "load", "data"),
    (
        &[
            "get_dummies",
            "factorize",
            "label_binarize",
            "to_categorical",
        ],
        "encode",
        "features",
    ),
    (
        &[
            "merge",
            "concat",
            "join",
            "vstack",
            "hstack",
            "concatenate",
            "column_stack",
            "merge_asof",
        ],
        "combine",
        "features",
    ),
    (
        &[
            "dropna",
            "fillna",
            "drop_duplicates",
            "ffill",
            "bfill",
            "interpolate",
        ],
        "clean",
        "features",
    ),
    (
        &[
            "permutation_test_score",
            "f_test",
            "t_test",
            "wald_test",
            "anova_lm",
        ],
        // Not "test": a function that begins so looks like a test of the package.
        "assess",
        "statistics",
    ),
    (
        &[
            "groupby",
            "pivot_table",
            "value_counts",
            "agg",
            "crosstab",
            "describe",
            "resample",
            "corr",
            "cov",
        ],
        "summarize",
        "statistics",
    ),
    (
        &[
            "simulate",
            "make_classification",
            "make_regression",
            "make_blobs",
            "make_moons",
            "arma_generate_sample",
            "generate_sample",
        ],
        "simulate",
        "simulation",
    ),
    (
        &["sort_values", "argsort", "nlargest", "nsmallest"],
        "rank",
        "statistics",
    ),
    (
        &[
            "drop",
            "replace",
            "rename",
            "astype",
            "to_datetime",
            "to_numeric",
        ],
        "clean",
        "features",
    ),
    (&["cut", "qcut", "digitize"], "bin", "features"),
    (&["query", "isin", "filter"], "select", "features"),
    (
        &[
            "Pipeline",
            "make_pipeline",
            "ColumnTransformer",
            "Sequential",
        ],
        "build",
        "model",
    ),
    (&["Graph", "DiGraph"], "build", "graphs"),
    (&["DataFrame"], "build", "analysis"),
];
