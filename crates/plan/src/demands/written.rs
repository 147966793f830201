//! What is demanded of what functions write, stack, draw and fit: texts, what makes an array, figures, models, or anything
//! at all.

use srcify_syntax::Ranged;
use srcify_syntax::ast::{self, Expr, Operator, Stmt};

use super::consumers::ArgumentAt;
use super::need::{ARRAY_LIKE, Need};
use super::needs::{Scope, path_of};
use crate::names::identifiers;

/// Functions that write whatever they are given first.
const DUMPS: &[&str] = &[
    "cloudpickle.dump",
    "dill.dump",
    "joblib.dump",
    "json.dump",
    "json.dumps",
    "pickle.dump",
    "pickle.dumps",
    "torch.save",
    "yaml.dump",
    "yaml.safe_dump",
];

/// Functions of numpy that put several arrays together.
const STACKS: &[&str] = &[
    "numpy.column_stack",
    "numpy.concatenate",
    "numpy.dstack",
    "numpy.hstack",
    "numpy.stack",
    "numpy.vstack",
];

/// Functions of scikit-learn that take any model first.
const TAKE_MODELS: &[&str] = &[
    "sklearn.base.clone",
    "sklearn.calibration.CalibratedClassifierCV",
    "sklearn.inspection.partial_dependence",
    "sklearn.inspection.permutation_importance",
    "sklearn.model_selection.GridSearchCV",
    "sklearn.model_selection.RandomizedSearchCV",
    "sklearn.model_selection.cross_val_predict",
    "sklearn.model_selection.cross_val_score",
    "sklearn.model_selection.cross_validate",
    "sklearn.model_selection.learning_curve",
    "sklearn.model_selection.validation_curve",
];

/// What all models of scikit-learn are.
const ESTIMATOR: &str = "BaseEstimator";

/// Whether it makes a model of statsmodels: of what is explained, and of what explains it.
fn is_regression(path: &str) -> bool {
    const MODELS: [&str; 7] = ["OLS", "WLS", "GLS", "GLM", "Logit", "Probit", "Poisson"];
    let class = path.rsplit('.').next().unwrap_or_default();
    path.starts_with("statsmodels.") && MODELS.contains(&class)
}

/// What a call demands of an argument that it writes, or models.
pub(super) fn written(scope: &Scope<'_>, callee: &Expr, at: &ArgumentAt<'_>) -> Option<Need> {
    let text = |it: &str| Some(Need::Is(it.to_owned()));
    let path = path_of(scope, callee).unwrap_or_default();
    let is_other = |it: &String| it != "sklearn.base.BaseEstimator";
    if scope.imported.get(ESTIMATOR).is_some_and(is_other) {
        return None;
    }
    let method = callee.as_attribute_expr().map(|it| it.attr.as_str());
    match (path.as_str(), method, at) {
        (path, _, ArgumentAt::Position(0)) if DUMPS.contains(&path) => Some(Need::Object),
        ("numpy.save" | "numpy.savetxt", _, ArgumentAt::Position(1)) => text(ARRAY_LIKE),
        ("unicodedata.normalize", _, ArgumentAt::Position(1)) => text("str"),
        (path, _, ArgumentAt::Position(0 | 1)) if is_regression(path) => text(ARRAY_LIKE),
        (path, _, ArgumentAt::Position(0)) if TAKE_MODELS.contains(&path) => text(ESTIMATOR),
        (_, Some("write_text"), ArgumentAt::Position(0)) => text("str"),
        (_, Some("write_bytes"), ArgumentAt::Position(0)) => text("bytes"),
        _ => None,
    }
}

/// Where a call, or brackets of numpy, put `is_it` together with other arrays: `np.column_stack([x, y])`, `np.c_[x, y]`.
pub(super) fn stacked<'e>(
    scope: &Scope<'_>,
    stack: &'e Expr,
    is_it: &dyn Fn(&Expr) -> bool,
) -> Vec<&'e Expr> {
    let (path, parts) = match stack {
        Expr::Call(call) => (path_of(scope, &call.func), call.arguments.args.first()),
        Expr::Subscript(it) => (path_of(scope, &it.value), Some(&*it.slice)),
        _ => (None, None),
    };
    let is_stack = match (stack, path.as_deref()) {
        (Expr::Call(_), Some(path)) => STACKS.contains(&path),
        (_, Some(path)) => ["numpy.c_", "numpy.r_"].contains(&path),
        _ => false,
    };
    let parts = match parts.filter(|_| is_stack) {
        Some(Expr::List(it)) => &it.elts[..],
        Some(Expr::Tuple(it)) => &it.elts[..],
        _ => &[],
    };
    parts.iter().filter(|it| is_it(it)).collect()
}

/// What a call demands of the object whose method it is: none but figures are saved so.
pub(super) fn receiver(scope: &Scope<'_>, call: &ast::ExprCall) -> Option<Need> {
    let method = call.func.as_attribute_expr()?;
    let known = scope.imported.get(FIGURE);
    let is_free = known.is_none_or(|it| it == "matplotlib.figure.Figure");
    (method.attr.as_str() == "savefig" && is_free).then(|| Need::Is(FIGURE.to_owned()))
}

/// The class of matplotlib's figures.
const FIGURE: &str = "Figure";

/// A number, or many of them.
pub(super) const NUMBERS: &str = "np.ndarray | float";

/// Whether an operator computes `is_it` with an array that the function is given: it is a number then, or an array.
pub(super) fn is_term(
    scope: &Scope<'_>,
    operation: &ast::ExprBinOp,
    is_it: &dyn Fn(&Expr) -> bool,
) -> bool {
    let computes = matches!(
        operation.op,
        Operator::Add | Operator::Sub | Operator::Mult | Operator::Div | Operator::Pow
    );
    let pairs = [
        (&operation.left, &operation.right),
        (&operation.right, &operation.left),
    ];
    let mut sides = pairs.into_iter();
    computes && sides.any(|(one, other)| is_it(one) && is_array(scope, other))
}

fn is_array(scope: &Scope<'_>, expression: &Expr) -> bool {
    match expression {
        Expr::Name(name) => {
            let mut parameters = scope.function.parameters.iter();
            let own = parameters.find(|it| it.name().id == name.id);
            let annotation = own.and_then(|it| it.annotation().map(|it| &scope.text[it.range()]));
            annotation == Some("np.ndarray")
        }
        Expr::BinOp(it) => is_array(scope, &it.left) || is_array(scope, &it.right),
        Expr::UnaryOp(it) => is_array(scope, &it.operand),
        _ => false,
    }
}

/// Whether `is_it` is put together with a text: `sql + "\n"`.
pub(super) fn joins_text(operation: &ast::ExprBinOp, is_it: &dyn Fn(&Expr) -> bool) -> bool {
    let is_text = |it: &Expr| it.is_string_literal_expr() || it.is_f_string_expr();
    let pairs = [
        (&operation.left, &operation.right),
        (&operation.right, &operation.left),
    ];
    let mut sides = pairs.into_iter();
    operation.op == Operator::Add && sides.any(|(one, other)| is_it(one) && is_text(other))
}

/// The place of `x = np.asarray(x)` among the statements of the body: what follows speaks of the array.
pub(super) fn converted_at(scope: &Scope<'_>, name: &str) -> Option<usize> {
    let body = &scope.function.body;
    body.iter().position(|statement| {
        let Stmt::Assign(assign) = statement else {
            return false;
        };
        let [Expr::Name(target)] = &assign.targets[..] else {
            return false;
        };
        let Expr::Call(call) = &*assign.value else {
            return false;
        };
        let [Expr::Name(argument)] = &call.arguments.args[..] else {
            return false;
        };
        let callee = path_of(scope, &call.func);
        let converts = matches!(
            callee.as_deref(),
            Some(
                "numpy.asarray"
                    | "numpy.array"
                    | "numpy.asanyarray"
                    | "numpy.atleast_1d"
                    | "numpy.atleast_2d"
            )
        );
        let others = &call.arguments.keywords;
        let is_other = others.iter().any(|it| {
            identifiers(&scope.text[it.range()])
                .iter()
                .any(|it| it == name)
        });
        target.id.as_str() == name && argument.id.as_str() == name && converts && !is_other
    })
}
