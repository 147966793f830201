//! What functions appear to be given that the program hands to a library, which calls them later.

use std::collections::BTreeMap;

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, ExprCall, Operator, Stmt};

use super::evidence::dotted;
use crate::Type;
use crate::analyze::Analyzer;

/// What a function of the program is handed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taker {
    /// It computes what is left over of a fit, from parameters and what else is passed on.
    Residuals,
    /// It is a model: of a variable that is measured, and of parameters.
    Curve,
    /// It makes fewer, or other, samples of arrays.
    Sampler,
    /// It stands in a formula, which gives it the columns of a table.
    Formula,
    /// It says of arrays of classes how many samples of each are wanted.
    Strategy,
    /// It makes features of features, which are named.
    Features,
    /// It says of an array of parameters how good they are, or what they stand for.
    Objective,
    /// It says how a system goes on, or what it gives: at a time, with its states, inputs and parameters.
    Dynamics,
    /// It says how good a model is.
    Scorer,
    /// It picks the best of what a search found.
    Choice,
    /// It scores features by what they are to tell.
    Selection,
    /// It makes other features of features, in a pipeline.
    Transformer,
}

impl Taker {
    /// Whether it gives what no use of it tells: a column computes as a number does.
    pub(super) fn hides(self) -> bool {
        self == Self::Formula
    }

    /// Whether it gives numbers that were measured.
    pub(super) fn measures(self) -> bool {
        matches!(self, Self::Residuals | Self::Curve)
    }

    /// What it wants back.
    pub(super) fn wants(self) -> Option<Type> {
        match self {
            Self::Scorer => Some(Type::new("float")),
            Self::Choice => Some(Type::new("int")),
            _ => None,
        }
    }

    /// What it gives as the argument at a place, where no use tells more: models are fitted to arrays and to tables.
    pub(super) fn hands_on(self, at: usize) -> Option<Type> {
        let either = |column: &str| {
            let types = ["numpy.ndarray", column].map(Type::new);
            Type::generic("|", types.to_vec())
        };
        match (self, at) {
            (Self::Scorer, 1) => Some(either("pandas.DataFrame")),
            (Self::Scorer, 2) => Some(either("pandas.Series")),
            (Self::Transformer, 0) => Some(either("pandas.DataFrame")),
            _ => None,
        }
    }

    /// What it gives as the argument at a place.
    pub(super) fn gives(self, at: usize) -> Option<Type> {
        let named = |ty: Type| Some(Type::generic("dict", vec![Type::new("str"), ty]));
        let ty = match (self, at) {
            (Self::Features, 0) | (Self::Dynamics, 3) => return named(Type::unknown()),
            (Self::Choice, 0) => return named(Type::new("numpy.ndarray")),
            (Self::Dynamics, 0) => "float",
            (Self::Formula, 0) => "pandas.Series",
            (Self::Dynamics, 1 | 2) | (Self::Selection, 1) => "numpy.ndarray",
            (Self::Scorer, 0) => "sklearn.base.BaseEstimator",
            (Self::Residuals, 0) => "lmfit.Parameters",
            (Self::Curve, 1..) => "float",
            // What is optimized is made flat before.
            (Self::Objective, 0) => {
                let parts = ["numpy.float64", "vector"].map(Type::new);
                return Some(Type::generic("numpy.ndarray", parts.to_vec()));
            }
            (Self::Sampler, 0 | 1) | (Self::Strategy, 0) => "numpy.ndarray",
            _ => return None,
        };
        Some(Type::new(ty))
    }
}

impl Analyzer<'_> {
    /// The functions of the program that are handed to libraries, by name; who is handed to several is left out.
    pub(super) fn handed(&self) -> BTreeMap<String, Taker> {
        let imports = self.all_imports();
        let roots = || imports.values().filter_map(|it| it.split('.').next());
        let uses_any = roots().any(|it| LIBRARIES.contains(&it));
        let mut found = Handed {
            imports: &imports,
            takers: BTreeMap::new(),
        };
        for unit in self.program.units().iter().filter(|_| uses_any) {
            found.visit_stmt(self.program.statement(unit.id));
        }
        let known = found.takers.into_iter();
        known.filter_map(|(name, it)| Some((name, it?))).collect()
    }
}

impl Analyzer<'_> {
    /// What the imports of the module bind, those that are still to come among them.
    fn all_imports(&self) -> BTreeMap<String, String> {
        let mut imports = self.imports.clone();
        for unit in self.program.units() {
            let (from, names) = match self.program.statement(unit.id) {
                Stmt::Import(it) => (None, &it.names),
                Stmt::ImportFrom(it) if it.level == 0 => (it.module.as_ref(), &it.names),
                _ => continue,
            };
            for alias in names {
                let path = from.map_or(alias.name.to_string(), |from| {
                    format!("{from}.{}", alias.name)
                });
                let (name, path) = match (&alias.asname, from) {
                    (Some(name), _) => (name.to_string(), path),
                    (None, Some(_)) => (alias.name.to_string(), path),
                    // `import scipy.stats` binds `scipy`.
                    (None, None) => {
                        let root = path.split('.').next().unwrap_or(&path).to_owned();
                        (root.clone(), root)
                    }
                };
                imports.entry(name).or_insert(path);
            }
        }
        imports
    }
}

/// The libraries that are handed functions, here or in formulas.
const LIBRARIES: [&str; 12] = [
    "control",
    "sklearn",
    "lmfit",
    "imblearn",
    "statsmodels",
    "patsy",
    "formulaic",
    "linearmodels",
    "scipy",
    "emcee",
    "dynesty",
    "river",
];

struct Handed<'a> {
    imports: &'a BTreeMap<String, String>,
    takers: BTreeMap<String, Option<Taker>>,
}

impl<'a> Visitor<'a> for Handed<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => {
                for (name, taker) in self.handed(call) {
                    self.note(name, taker);
                }
            }
            // `add_hour | StandardScaler()`
            Expr::BinOp(it) if it.op == Operator::BitOr && self.has_pipes() => {
                for side in [&it.left, &it.right] {
                    if let Expr::Name(name) = &**side {
                        self.note(name.id.as_str(), Taker::Features);
                    }
                }
            }
            // `"sales ~ double(price)"`
            Expr::StringLiteral(string) if string.value.to_str().contains('~') => {
                let text = string.value.to_str();
                let before = text.match_indices('(').map(|(at, _)| &text[..at]);
                for name in before.filter_map(last_word) {
                    self.note(name, Taker::Formula);
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

impl Handed<'_> {
    /// Whether models are joined with functions by a stroke: those of river are.
    fn has_pipes(&self) -> bool {
        let mut imported = self.imports.values();
        imported.any(|it| it.split('.').next() == Some("river"))
    }

    fn note(&mut self, name: &str, taker: Taker) {
        let known = self.takers.entry(name.to_owned()).or_insert(Some(taker));
        *known = known.filter(|it| *it == taker);
    }

    fn handed<'a>(&self, call: &'a ExprCall) -> Vec<(&'a str, Taker)> {
        let Some(path) = self.path_of(call) else {
            return Vec::new();
        };
        let has = |name: &str| call.arguments.find_keyword(name).is_some();
        let takers = takers(&path, &has).into_iter();
        let named = takers.filter_map(|(taker, option, at)| {
            let by_name = call.arguments.find_keyword(option).map(|it| &it.value);
            let by_position = || call.arguments.args.get(at?);
            let function = by_name.or_else(by_position)?.as_name_expr()?;
            Some((function.id.as_str(), taker))
        });
        named.collect()
    }

    /// The path of what is called, by the name that an import binds.
    fn path_of(&self, call: &ExprCall) -> Option<String> {
        let written = dotted(&call.func)?;
        let (root, rest) = written.split_once('.').unwrap_or((&written, ""));
        let path = self.imports.get(root)?;
        Some(if rest.is_empty() {
            path.clone()
        } else {
            format!("{path}.{rest}")
        })
    }
}

/// What a call of a library takes functions for, under which name, and at which place.
fn takers(path: &str, has: &dyn Fn(&str) -> bool) -> Vec<(Taker, &'static str, Option<usize>)> {
    let Some((module, name)) = path.rsplit_once('.') else {
        return Vec::new();
    };
    let library = module.split('.').next().unwrap_or_default();
    let objective = |option, at| (Taker::Objective, option, Some(at));
    match (library, name) {
        ("lmfit", "Minimizer") => vec![(Taker::Residuals, "userfcn", Some(0))],
        ("lmfit", "minimize") => vec![(Taker::Residuals, "fcn", Some(0))],
        ("lmfit", "Model") if !has("independent_vars") => vec![(Taker::Curve, "func", Some(0))],
        ("imblearn", "FunctionSampler") if !has("validate") => {
            vec![(Taker::Sampler, "func", Some(0))]
        }
        ("imblearn", _)
            if name.ends_with("Sampler") || name.contains("SMOTE") || name == "make_imbalance" =>
        {
            vec![(Taker::Strategy, "sampling_strategy", None)]
        }
        ("scipy", "minimize") => vec![objective("fun", 0), objective("jac", 4)],
        // Many candidates at once are a matrix.
        ("scipy", "differential_evolution") if has("vectorized") => Vec::new(),
        ("scipy", "least_squares") => vec![objective("fun", 0), objective("jac", 2)],
        ("scipy", "differential_evolution" | "dual_annealing" | "shgo" | "basinhopping") => {
            vec![objective("func", 0)]
        }
        ("control", "nlsys" | "NonlinearIOSystem") => vec![
            (Taker::Dynamics, "updfcn", Some(0)),
            (Taker::Dynamics, "outfcn", Some(1)),
        ],
        ("sklearn", "FunctionTransformer") => vec![
            (Taker::Transformer, "func", Some(0)),
            (Taker::Transformer, "inverse_func", Some(1)),
        ],
        ("sklearn", "cross_val_score" | "cross_validate") => vec![(Taker::Scorer, "scoring", None)],
        ("sklearn", "SelectKBest" | "SelectPercentile" | "GenericUnivariateSelect") => {
            vec![(Taker::Selection, "score_func", Some(0))]
        }
        ("sklearn", _) if name.ends_with("SearchCV") || name.starts_with("Halving") => {
            vec![
                (Taker::Scorer, "scoring", None),
                (Taker::Choice, "refit", None),
            ]
        }
        ("river", "FuncTransformer") => vec![(Taker::Features, "func", Some(0))],
        ("scipy", "leastsq" | "fsolve") => vec![objective("func", 0)],
        ("emcee", "EnsembleSampler") if !has("vectorize") && !has("parameter_names") => {
            vec![objective("log_prob_fn", 2)]
        }
        ("dynesty", "NestedSampler" | "DynamicNestedSampler") => {
            vec![
                objective("loglikelihood", 0),
                objective("prior_transform", 1),
            ]
        }
        _ => Vec::new(),
    }
}

/// The name that a text ends with.
fn last_word(text: &str) -> Option<&str> {
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    let start = text.trim_end_matches(is_part).len();
    Some(&text[start..]).filter(|it| !it.is_empty())
}
