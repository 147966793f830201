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
    /// It says of arrays of classes how many samples of each are wanted.
    Strategy,
}

impl Taker {
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

/// The libraries that [`taker`] knows.
const LIBRARIES: [&str; 2] = ["lmfit", "imblearn"];

struct Handed<'a> {
    imports: &'a BTreeMap<String, String>,
    takers: BTreeMap<String, Option<Taker>>,
}

impl<'a> Visitor<'a> for Handed<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && let Some((name, taker)) = self.handed(call)
        {
            let known = self.takers.entry(name.to_owned()).or_insert(Some(taker));
            *known = known.filter(|it| *it == taker);
        }
        walk_expr(self, expression);
    }
}

impl Handed<'_> {
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
