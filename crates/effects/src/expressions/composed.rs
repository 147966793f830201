//! What operators make of models, texts and lists that are put together.

use srcify_syntax::ast;

use crate::Type;
use crate::calls::dimensions_of;
use crate::value::Value;

/// What operators put together: models of lmfit, steps of pipelines of river.
pub(super) fn assembled(left: &Value, right: &Value, operator: ast::Operator) -> Option<Type> {
    let is_of = |it: &Value, libraries: &[&str]| {
        let name = it.ty.as_ref().map_or("", |ty| ty.name.as_str());
        libraries.iter().any(|library| name.starts_with(library))
    };
    let class = match operator {
        _ if [left, right].iter().all(|it| is_of(it, FITTED_SUMS)) => "lmfit.CompositeModel",
        _ if is_of(left, TRANSFORMERS) && is_of(right, TRANSFORMERS) => match operator {
            ast::Operator::Mult => "sktime.transformations.compose.TransformerPipeline",
            ast::Operator::Add => "sktime.transformations.compose.FeatureUnion",
            _ => return None,
        },
        ast::Operator::Mult if is_of(left, TRANSFORMERS) && is_of(right, FORECASTERS) => {
            "sktime.forecasting.compose.TransformedTargetForecaster"
        }
        ast::Operator::Mult if is_of(left, FORECASTERS) && is_of(right, TRANSFORMERS) => {
            "sktime.forecasting.compose.TransformedTargetForecaster"
        }
        ast::Operator::Pow if is_of(left, TRANSFORMERS) && is_of(right, FORECASTERS) => {
            "sktime.forecasting.compose.ForecastingPipeline"
        }
        ast::Operator::BitOr if is_of(left, STEPS) => "river.compose.Pipeline",
        ast::Operator::MatMult if is_of(left, &["scipy.sparse."]) && right.is("numpy.ndarray") => {
            "numpy.ndarray"
        }
        // Tensors compute with numbers and with each other.
        _ if is_of(left, TENSORS) && (is_of(right, TENSORS) || is_number(right)) => "torch.Tensor",
        _ if is_number(left) && is_of(right, TENSORS) => "torch.Tensor",
        ast::Operator::Add if is_of(left, STEPS) => "river.compose.TransformerUnion",
        ast::Operator::Mult if is_of(left, STEPS) => "river.compose.TransformerProduct",
        _ => return None,
    };
    Some(Type::new(class))
}

/// Whether it is a table or a column of pandas.
pub(super) fn is_labelled(value: &Value) -> bool {
    value.is("pandas.DataFrame") || value.is("pandas.Series")
}

/// What a table or a column gives that is multiplied as a matrix or a vector; nothing where the dimensions of what it
/// is multiplied with are not known, for they decide.
pub(super) fn labelled_product(left: &Value, right: &Value) -> Option<Type> {
    let of = |it: &Value| it.ty.as_ref().and_then(dimensions_of);
    let class = match (of(left)?, of(right)?) {
        (1, 1) => "float",
        (2, 2) => "pandas.DataFrame",
        (1, 2) | (2, 1) if left.is("pandas.DataFrame") || right.is("pandas.DataFrame") => {
            "pandas.Series"
        }
        (1, 2) | (2, 1) => "numpy.ndarray",
        _ => return None,
    };
    Some(Type::new(class))
}

/// Whether it is one number of the language.
fn is_number(value: &Value) -> bool {
    ["int", "float", "bool", "number"]
        .iter()
        .any(|it| value.is(it))
}

/// What computes as tensors do.
const TENSORS: &[&str] = &["torch.Tensor", "torch.nn.Parameter"];

/// Models of lmfit.
const FITTED_SUMS: &[&str] = &["lmfit.models.", "lmfit.Model", "lmfit.CompositeModel"];

/// Where sktime has what stands in a pipeline, and at its end.
const TRANSFORMERS: &[&str] = &["sktime.transformations."];
const FORECASTERS: &[&str] = &["sktime.forecasting."];

/// Where river has what stands in a pipeline.
const STEPS: &[&str] = &[
    "river.preprocessing.",
    "river.compose.",
    "river.feature_extraction.",
    "river.feature_selection.",
    "river.linear_model.",
    "river.tree.",
];

/// What operators make of a list or text that is repeated, and of models that are put together.
pub(super) fn composed_type(left: &Value, right: &Value, operator: ast::Operator) -> Option<Type> {
    let names = (
        left.ty.as_ref().map_or("", |ty| ty.name.as_str()),
        right.ty.as_ref().map_or("", |ty| ty.name.as_str()),
    );
    if operator == ast::Operator::Mult {
        match names {
            ("str" | "list", "int" | "bool") => return left.ty.clone(),
            ("int" | "bool", "str" | "list") => return right.ty.clone(),
            ("tuple", "int") | ("int", "tuple") => return Some(Type::new("tuple")),
            _ => {}
        }
    }
    if operator == ast::Operator::Add && names == ("tuple", "tuple") {
        let (left, right) = (left.ty.as_ref()?, right.ty.as_ref()?);
        let is_open = |ty: &Type| ty.arguments.is_empty() || ty.repeated().is_some();
        if is_open(left) || is_open(right) {
            let same = left.repeated().filter(|it| right.repeated() == Some(it));
            return Some(same.map_or_else(|| Type::new("tuple"), |it| Type::tuple_of(it.clone())));
        }
        let both = left.arguments.iter().chain(&right.arguments);
        return Some(Type::generic("tuple", both.cloned().collect()));
    }
    let is_kernel = |name: &str| name.starts_with(KERNELS);
    if is_kernel(names.0) || is_kernel(names.1) {
        let class = match operator {
            ast::Operator::Add => "Sum",
            ast::Operator::Mult => "Product",
            ast::Operator::Pow => "Exponentiation",
            _ => return None,
        };
        return Some(Type::new(&format!("{KERNELS}{class}")));
    }
    None
}

/// Where scikit-learn's kernels are.
const KERNELS: &str = "sklearn.gaussian_process.kernels.";

/// Two lists one behind the other, of which one holds what nobody knows.
pub(super) fn joined_lists(left: &Value, right: &Value, operator: ast::Operator) -> Option<Type> {
    let are_lists = left.is("list") && right.is("list") && operator == ast::Operator::Add;
    are_lists.then(|| Type::generic("list", vec![Type::unknown()]))
}
