//! What functions appear to be given that the program hands to a library, which calls them later.

use std::collections::BTreeMap;

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, ExprCall};

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

    /// What it gives as the argument at a place.
    pub(super) fn gives(self, at: usize) -> Option<Type> {
        let ty = match (self, at) {
            (Self::Residuals, 0) => "lmfit.Parameters",
            (Self::Curve, 1..) => "float",
            (Self::Sampler, 0 | 1) | (Self::Strategy, 0) => "numpy.ndarray",
            _ => return None,
        };
        Some(Type::new(ty))
    }
}

impl Analyzer<'_> {
    /// The functions of the program that are handed to libraries, by name; who is handed to several is left out.
    pub(super) fn handed(&self) -> BTreeMap<String, Taker> {
        let mut found = Handed {
            imports: &self.imports,
            takers: BTreeMap::new(),
        };
        let uses_any = LIBRARIES.iter().any(|it| self.uses(it));
        for unit in self.program.units().iter().filter(|_| uses_any) {
            found.visit_stmt(self.program.statement(unit.id));
        }
        let known = found.takers.into_iter();
        known.filter_map(|(name, it)| Some((name, it?))).collect()
    }
}

/// The libraries that are handed functions, here or in formulas.
const LIBRARIES: [&str; 6] = [
    "lmfit",
    "imblearn",
    "statsmodels",
    "patsy",
    "formulaic",
    "linearmodels",
];

struct Handed<'a> {
    imports: &'a BTreeMap<String, String>,
    takers: BTreeMap<String, Option<Taker>>,
}

impl<'a> Visitor<'a> for Handed<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => {
                if let Some((name, taker)) = self.handed(call) {
                    self.note(name, taker);
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
    fn note(&mut self, name: &str, taker: Taker) {
        let known = self.takers.entry(name.to_owned()).or_insert(Some(taker));
        *known = known.filter(|it| *it == taker);
    }

    fn handed<'a>(&self, call: &'a ExprCall) -> Option<(&'a str, Taker)> {
        let written = dotted(&call.func)?;
        let (root, rest) = written.split_once('.').unwrap_or((&written, ""));
        let path = self.imports.get(root)?;
        let path = if rest.is_empty() {
            path.clone()
        } else {
            format!("{path}.{rest}")
        };
        let has = |name: &str| call.arguments.find_keyword(name).is_some();
        let (taker, option) = taker(&path, &has)?;
        let by_name = call.arguments.find_keyword(option).map(|it| &it.value);
        let by_position = || {
            call.arguments
                .args
                .first()
                .filter(|_| taker != Taker::Strategy)
        };
        let function = by_name.or_else(by_position)?.as_name_expr()?;
        Some((function.id.as_str(), taker))
    }
}

/// What a call of a library takes a function for, and under which name.
fn taker(path: &str, has: &dyn Fn(&str) -> bool) -> Option<(Taker, &'static str)> {
    let (module, name) = path.rsplit_once('.')?;
    match (module.split('.').next()?, name) {
        ("lmfit", "Minimizer") => Some((Taker::Residuals, "userfcn")),
        ("lmfit", "minimize") => Some((Taker::Residuals, "fcn")),
        ("lmfit", "Model") if !has("independent_vars") => Some((Taker::Curve, "func")),
        ("imblearn", "FunctionSampler") if !has("validate") => Some((Taker::Sampler, "func")),
        ("imblearn", _) if name.ends_with("Sampler") || name.contains("SMOTE") => {
            Some((Taker::Strategy, "sampling_strategy"))
        }
        _ => None,
    }
}

/// The name that a text ends with.
fn last_word(text: &str) -> Option<&str> {
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    let start = text.trim_end_matches(is_part).len();
    Some(&text[start..]).filter(|it| !it.is_empty())
}
