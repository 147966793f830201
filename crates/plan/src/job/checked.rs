//! Results whose type a type checker cannot tell, because a library has no types: the variable says it.

use srcify_effects::{Callee, Type, distributions};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, UnitId};

use crate::cuts::Cut;
use crate::edits::Edit;
use crate::job::unread::Unread;
use crate::planner::Planner;
use crate::steps::constant_assignment;
use crate::types::Imports;

impl Planner<'_> {
    /// The statement that binds the only result of a cut, with the annotation of the variable, where a type checker would
    /// take the value for anything: to return that from a function with a type is an error under `strict`.
    pub(super) fn annotated_result(&self, cut: &Cut) -> Option<(UnitId, Edit)> {
        let [output] = &cut.outputs[..] else {
            return None;
        };
        let is_checked = self.output_type(cut, output).is_some_and(is_checked);
        if !is_checked || cut.inputs.contains(output) {
            return None;
        }
        let mut bound = cut
            .steps
            .iter()
            .map(|&index| &self.steps[index])
            .filter(|step| step.may.contains(output));
        let (Some(step), None) = (bound.next(), bound.next()) else {
            return None;
        };
        let Stmt::Assign(ast::StmtAssign { targets, value, .. }) =
            self.program.statement(step.unit)
        else {
            return None;
        };
        let [Expr::Name(target)] = &targets[..] else {
            return None;
        };
        if !self.is_unchecked(value) {
            return None;
        }
        let annotation = self.return_annotation(cut, &mut Imports::new());
        is_told(&annotation).then(|| {
            let edit = Edit {
                range: TextRange::empty(target.end()),
                text: format!(": {annotation}"),
            };
            (step.unit, edit)
        })
    }

    /// Whether a type checker would take the value that the job gives back for anything, though it has a type.
    pub(super) fn is_unchecked_result(&self, name: &str) -> bool {
        self.unread.iter().any(|(index, unread)| {
            if !matches!(unread, Unread::Result(it) if it == name) {
                return false;
            }
            let statement = self.program.statement(self.steps[*index].unit);
            let value = constant_assignment(statement).map(|(_, value)| value);
            let is_checked = self.type_after(*index, name).is_some_and(is_checked);
            is_checked && value.is_none_or(|value| self.is_unchecked(value))
        })
    }

    /// `np.r_`, of which numpy's annotations do not say what stands in its brackets.
    fn is_joined(&self, value: &Expr) -> bool {
        let text = self.program.text(value.range());
        let name = text.split_once('.').map_or(text, |(_, name)| name);
        value.is_attribute_expr() && ["r_", "c_", "mgrid", "ogrid"].contains(&name)
    }

    /// Whether a type checker takes an expression for anything, since it comes from a library without types.
    fn is_unchecked(&self, value: &Expr) -> bool {
        match value {
            Expr::Call(call) => match self.graph.call_at(call.range()).map(|it| &it.callee) {
                // Of anything, these give anything.
                Some(Callee::Library(name)) if matches!(name.as_str(), "round" | "abs") => {
                    let first = call.arguments.args.first();
                    first.is_some_and(|it| self.is_unchecked(it))
                }
                Some(Callee::Library(name)) => is_untyped(name),
                Some(Callee::User(_)) | None => false,
                Some(Callee::Unknown) => true,
            },
            Expr::Attribute(it) => self.is_unchecked(&it.value),
            Expr::Subscript(it) => self.is_unchecked(&it.value) || self.is_joined(&it.value),
            Expr::BinOp(it) => self.is_unchecked(&it.left) || self.is_unchecked(&it.right),
            Expr::UnaryOp(it) => self.is_unchecked(&it.operand),
            _ => false,
        }
    }
}

/// Whether an annotation says what a value is.
pub(super) fn is_told(annotation: &str) -> bool {
    let mut words = annotation.split(|c: char| !c.is_alphanumeric());
    words.all(|word| word != "Any")
}

/// Whether a type checker knows the type: those of libraries without types are anything to it.
fn is_checked(ty: &Type) -> bool {
    let library = ty.name.split('.').next().unwrap_or_default();
    !ty.name.contains('.')
        || ["numpy", "pandas", "pathlib", "datetime", "collections"].contains(&library)
}

/// Whether a function has no types, or says that it gives anything.
pub(crate) fn is_untyped(name: &str) -> bool {
    let Some((library, _)) = name.split_once('.') else {
        return false; // of the language
    };
    if library == "numpy" {
        let function = name.rsplit('.').next().unwrap_or_default();
        return ANYTHING.contains(&function);
    }
    if distributions::is_standard_library(library) {
        return false;
    }
    // They say to have types, and leave most functions without.
    if ["skimage", "river", "pylab"].contains(&library) {
        return true;
    }
    let distribution = distributions::distribution_of(library).unwrap_or(library);
    !distributions::has_types(distribution) && distributions::types_package(distribution).is_none()
}

/// Functions of numpy that give anything by their annotations.
const ANYTHING: &[&str] = &[
    "dot",
    "min",
    "max",
    "mean",
    "sum",
    "std",
    "var",
    "prod",
    "item",
    "average",
    "median",
    "percentile",
    "quantile",
    "ptp",
];

#[cfg(test)]
mod tests {
    use super::is_untyped;

    #[test]
    fn libraries_without_types_give_anything() {
        for name in [
            "sklearn.metrics.f1_score",
            "numpy.dot",
            "skimage.filters.sobel",
            "statsmodels.api.OLS.fit",
        ] {
            assert!(is_untyped(name), "{name}");
        }
        for name in [
            "len",
            "json.dumps",
            "numpy.zeros",
            "pandas.read_csv",
            "requests.get",
        ] {
            assert!(!is_untyped(name), "{name}");
        }
    }
}
