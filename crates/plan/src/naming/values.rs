//! Verbs for statements whose calls are no known step of an analysis: what the value of a result is made by.

use srcify_effects::{CallFacts, Callee, Effect};
use srcify_syntax::ast::{Expr, ExprCall, Operator, Stmt};
use srcify_syntax::{Ranged, TextRange};

use super::functions::Passage;
use super::nouns::binds;
use super::snake;
use super::summaries::joined;
use super::verbs::verb_of_word;

/// Names stand for values this many times at most.
const DEPTH: usize = 6;

/// Methods of axes.
const DRAWING: &[&str] = &[
    "axhline",
    "axvline",
    "barh",
    "errorbar",
    "fill_between",
    "imshow",
    "legend",
    "plot",
    "scatter",
    "set_axis_off",
    "set_title",
    "set_xlabel",
    "set_xlim",
    "set_xticks",
    "set_ylabel",
    "set_ylim",
    "set_yticks",
];

impl Passage<'_> {
    /// What the value of a result is made by, in a verb; `None` where it is arithmetic, or nothing tells.
    pub(super) fn verb_of_result(&self, output: &str) -> Option<&'static str> {
        self.verb_of_value(self.value_of(output)?, DEPTH)
    }

    /// What statements do that are no computing at all: they draw, write or say something.
    pub(super) fn verb_of_effects(&self) -> Option<&'static str> {
        let has = |effect: Effect| {
            let mut units = self.units.iter();
            units.any(|unit| self.graph.units[unit.index()].effects.contains(effect))
        };
        let calls = self.graph.calls_in_any(self.ranges);
        let draws = |call: &&&CallFacts| {
            let text = self.program.text(call.function);
            DRAWING.contains(&text.rsplit('.').next().unwrap_or(text)) && text.contains('.')
        };
        let drawing = calls.iter().filter(draws).count();
        // Most of it draws, on axes that it is given.
        if drawing > 2 && drawing * 2 > calls.len() {
            return Some("plot");
        }
        let verbs = [
            (Effect::Figure, "plot"),
            (Effect::Display, "plot"),
            (Effect::WriteFile, "write"),
            (Effect::Stdout, "report"),
            (Effect::Logging, "report"),
        ];
        verbs.iter().find(|(effect, _)| has(*effect)).map(|it| it.1)
    }

    /// The class whose object the statements set up, where there is one.
    pub(super) fn built_class(&self) -> Option<String> {
        if self.outputs.len() > 1 {
            return None;
        }
        let made: Vec<_> = self
            .graph
            .calls_in_any(self.ranges)
            .into_iter()
            .filter_map(|call| match &call.callee {
                Callee::Library(name) => Some((name.rsplit('.').next()?, call.range)),
                _ => None,
            })
            .filter(|(name, _)| {
                name.starts_with(char::is_uppercase)
                    && !matches!(*name, "DataFrame" | "Series")
                    && !name.ends_with("Error")
            })
            .collect();
        // What is only a part of another object is not what is set up.
        let is_part = |range: TextRange| {
            made.iter()
                .any(|(_, other)| *other != range && other.contains_range(range))
        };
        let mut whole = made.iter().filter(|(_, range)| !is_part(*range));
        let (name, _) = whole.next()?;
        if whole.next().is_none() {
            return Some(format!("`{name}`"));
        }
        // Of several the one that is given back counts.
        let given = self.value_of(self.outputs.first()?)?.range();
        let given = made.iter().find(|(_, range)| *range == given);
        given.map(|(name, _)| format!("`{name}`"))
    }

    /// What of the results is put in order; `None` where it is what an order is made of.
    pub(super) fn ordered(&self, results: &str) -> Option<String> {
        let is_sorted = |name: &&str| {
            let value = self.value_of(name).and_then(|it| it.as_call_expr());
            let method = value.and_then(|call| call.func.as_attribute_expr());
            method.is_some_and(|it| it.attr.starts_with("sort_"))
        };
        let names: Vec<&str> = self.outputs.iter().map(String::as_str).collect();
        let sorted: Vec<&str> = names.iter().copied().filter(is_sorted).collect();
        if sorted.len() == names.len() {
            return Some(results.to_owned());
        }
        (!sorted.is_empty()).then(|| joined(&self.spoken_names(&sorted)))
    }

    /// The last value that the statements bind a name to.
    pub(super) fn value_of(&self, name: &str) -> Option<&Expr> {
        self.units.iter().rev().find_map(|unit| {
            let statement = self.program.statement(*unit);
            match statement {
                Stmt::Assign(assign) if binds(statement, name) => Some(&*assign.value),
                Stmt::AnnAssign(assign) if binds(statement, name) => assign.value.as_deref(),
                _ => None,
            }
        })
    }

    fn verb_of_value(&self, value: &Expr, depth: usize) -> Option<&'static str> {
        let depth = depth.checked_sub(1)?;
        match value {
            Expr::Call(call) => self.verb_of_callee(call, depth),
            Expr::Name(name) => self.verb_of_value(self.value_of(name.id.as_str())?, depth),
            Expr::Tuple(tuple) => self.verb_of_value(tuple.elts.last()?, depth),
            Expr::List(list) if list.elts.iter().any(|it| !it.is_literal_expr()) => Some("collect"),
            Expr::List(_) | Expr::Set(_) | Expr::Dict(_) | Expr::Lambda(_) => Some("define"),
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::Generator(_) => Some("collect"),
            Expr::DictComp(_) => Some("map"),
            Expr::FString(_) => Some("format"),
            Expr::BinOp(it) if it.op == Operator::Mod && is_text(&it.left) => Some("format"),
            // `Path("data") / "a.csv"`.
            Expr::BinOp(it) if it.op == Operator::Div && is_text(&it.right) => Some("locate"),
            Expr::BinOp(it) if is_text(&it.left) || is_text(&it.right) => Some("format"),
            Expr::If(_) => Some("choose"),
            Expr::Subscript(_) => Some("select"),
            Expr::Attribute(it) => match self.verb_of_value(&it.value, depth) {
                // `fit(…).params`: what counts is the fit.
                Some(verb) if it.value.is_call_expr() => Some(verb),
                _ => Some("extract"),
            },
            other if other.is_literal_expr() => Some("define"),
            _ => None,
        }
    }

    fn verb_of_callee(&self, call: &ExprCall, depth: usize) -> Option<&'static str> {
        let callee = self.graph.call_at(call.range()).map(|it| &it.callee);
        let own = match &*call.func {
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            Expr::Name(name) => name.id.as_str(),
            _ => return None,
        };
        let (path, name) = match callee {
            Some(Callee::Library(path)) => (path.as_str(), path.rsplit('.').next().unwrap_or(path)),
            Some(Callee::User(name)) => ("", name.as_str()),
            _ => ("", own),
        };
        if let Expr::Attribute(attribute) = &*call.func
            && KEEPING.contains(&name)
        {
            return self.verb_of_value(&attribute.value, depth);
        }
        verb_of_name(path, name)
    }
}

/// The verb in the name of what is called.
pub(super) fn verb_of_name(path: &str, name: &str) -> Option<&'static str> {
    if path.starts_with("statsmodels.formula.api.") || name == "from_formula" {
        return Some("specify");
    }
    if let Some((_, verb)) = NAMED.iter().find(|(names, _)| names.contains(&name)) {
        return Some(verb);
    }
    if name.trim_start_matches('_').starts_with(char::is_uppercase) {
        return Some("build");
    }
    let snake = snake(name);
    let words: Vec<&str> = snake.split('_').filter(|it| !it.is_empty()).collect();
    let first = words.first()?;
    let last = words.last()?;
    if let Some(verb) = verb_of_word(first).filter(|verb| !PLAIN.contains(verb)) {
        return Some(verb);
    }
    match *last {
        "layout" => Some("arrange"),
        "score" | "error" | "distance" | "loss" | "similarity" => Some("measure"),
        "test" => Some("assess"),
        "filter" => Some("filter"),
        _ => None,
    }
}

fn is_text(value: &Expr) -> bool {
    value.is_string_literal_expr() || value.is_f_string_expr()
}

/// Methods that give the same values in another form: what their receiver is made by counts.
const KEEPING: &[&str] = &[
    "astype",
    "copy",
    "item",
    "ravel",
    "reset_index",
    "round",
    "squeeze",
    "strip",
    "to_frame",
    "to_list",
    "to_numpy",
    "tolist",
];

/// Verbs in names of functions that say nothing of what the result is.
const PLAIN: &[&str] = &[
    "apply",
    "calculate",
    "check",
    "compute",
    "get",
    "make",
    "map",
    "model",
    "order",
    "perform",
    "process",
    "run",
    "set",
    "update",
    "use",
    "weight",
];

/// What functions do whose names are no verbs.
const NAMED: &[(&[&str], &str)] = &[
    (
        &[
            "array",
            "asarray",
            "date_range",
            "dict",
            "empty",
            "eye",
            "full",
            "linspace",
            "list",
            "logspace",
            "meshgrid",
            "ones",
            "ones_like",
            "product",
            "range",
            "set",
            "tuple",
            "zeros",
            "zeros_like",
            "arch_model",
            "default_rng",
            "getLogger",
        ],
        "build",
    ),
    (
        &[
            "average",
            "bincount",
            "corrcoef",
            "count_nonzero",
            "cumsum",
            "degree_histogram",
            "histogram",
            "len",
            "mean",
            "median",
            "nanmean",
            "norm",
            "percentile",
            "ptp",
            "quantile",
            "std",
            "sum",
            "var",
        ],
        "measure",
    ),
    (
        &[
            "argmax", "argmin", "idxmax", "idxmin", "max", "min", "nonzero", "where", "match",
            "argwhere",
        ],
        "find",
    ),
    (
        &[
            "unique", "edges", "nodes", "set", "keys", "items", "columns",
        ],
        "list",
    ),
    (&["sorted", "sort", "sort_index", "argsort"], "sort"),
    (&["assign"], "prepare"),
    (
        &[
            "reshape",
            "expand_dims",
            "swapaxes",
            "transpose",
            "flatten",
            "atleast_2d",
        ],
        "reshape",
    ),
    (&["append", "dstack", "stack", "block", "insert"], "stack"),
    (
        &[
            "subgraph", "take", "choice", "head", "tail", "xs", "squeeze",
        ],
        "select",
    ),
    (
        &[
            "summary",
            "summary2",
            "summary_frame",
            "fit_report",
            "classification_report",
        ],
        "summarize",
    ),
    (
        &[
            "cdf", "logpdf", "logsf", "pdf", "pmf", "ppf", "sf", "isf", "polyval", "eval",
        ],
        "evaluate",
    ),
    (
        &[
            "lfilter",
            "filtfilt",
            "sosfilt",
            "gaussian",
            "gaussian_filter",
            "sobel",
            "hpfilter",
            "bkfilter",
            "cffilter",
            "convolve",
            "prewitt",
            "canny",
            "median_filter",
        ],
        "filter",
    ),
    (&["dilation", "binary_dilation"], "dilate"),
    (&["erosion", "binary_erosion"], "erode"),
    (
        &["watershed", "slic", "felzenszwalb", "quickshift"],
        "segment",
    ),
    (&["format", "join", "strftime", "to_string"], "format"),
    (&["read", "open", "fetch", "imread"], "load"),
    (&["diff", "pct_change", "gradient"], "difference"),
    (&["rolling", "ewm", "expanding"], "smooth"),
    (
        &[
            "exp", "log", "log1p", "log10", "expm1", "sqrt", "power", "clip",
        ],
        "transform",
    ),
    (
        &[
            "wald_test_terms",
            "cohens_kappa",
            "engle_granger",
            "phillips_ouliaris",
            "acorr_ljungbox",
        ],
        "assess",
    ),
    (&["cycle", "map", "zip", "chain", "enumerate"], "collect"),
    (&["smooth", "filter"], "smooth"),
];

#[cfg(test)]
mod tests {
    use super::verb_of_name;

    #[test]
    fn functions_that_are_called_tell_what_is_done() {
        for (path, name, verb) in [
            (
                "skimage.restoration.estimate_sigma",
                "estimate_sigma",
                Some("estimate"),
            ),
            ("networkx.spring_layout", "spring_layout", Some("arrange")),
            ("numpy.mean", "mean", Some("measure")),
            ("statsmodels.formula.api.glm", "glm", Some("specify")),
            ("", "KernelReg", Some("build")),
            ("", "combine_effects", Some("combine")),
            ("", "get_timing_series", None),
            ("numpy.dot", "dot", None),
        ] {
            assert_eq!(verb_of_name(path, name), verb, "{name}");
        }
    }
}
