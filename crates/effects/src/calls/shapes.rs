//! How many dimensions an array has, where that follows from the call that makes it: `ndarray[number, vector]`.

use super::Passed;
use crate::Type;
use crate::value::Value;

/// The result of a call, with the dimensions of an array that the call tells.
pub(super) fn shaped(name: &str, arguments: &[Passed], ty: Type) -> Type {
    if ty.name != "numpy.ndarray" || ty.arguments.len() > 1 {
        return ty;
    }
    let Some(shape) = shape(name, arguments) else {
        return ty;
    };
    let element = ty.arguments.into_iter().next();
    let arguments = vec![Type::or_unknown(element), Type::new(shape)];
    Type::generic(&ty.name, arguments)
}

/// Whether an array is known to have two dimensions or more.
pub(crate) fn is_grid(ty: &Type) -> bool {
    let shape = ty.arguments.get(1).map(|it| it.name.as_str());
    ty.name == "numpy.ndarray" && matches!(shape, Some("matrix" | "grid"))
}

/// What one index picks out of an array of two dimensions or more.
pub(crate) fn row(ty: &Type) -> Type {
    let is_matrix = ty.arguments.get(1).is_some_and(|it| it.name == "matrix");
    let shape = is_matrix.then(|| Type::new("vector"));
    Type::generic(
        &ty.name,
        ty.arguments.iter().take(1).cloned().chain(shape).collect(),
    )
}

fn shape(name: &str, arguments: &[Passed]) -> Option<&'static str> {
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    let by_position: Vec<&Value> = arguments
        .iter()
        .filter(|it| !it.is_keyword)
        .map(|it| &it.value)
        .collect();
    let named = |name: &str| {
        let found = arguments
            .iter()
            .find(|it| it.name.as_deref() == Some(name))?;
        Some(&found.value)
    };
    let (owner, function) = name.rsplit_once('.')?;
    match (owner, function) {
        ("numpy.random" | "numpy.random.RandomState", "rand" | "randn") => {
            counted(by_position.len())
        }
        ("numpy", "zeros" | "ones" | "empty" | "full") => {
            given(by_position.first().copied().or_else(|| named("shape"))?)
        }
        (
            "numpy.random" | "numpy.random.RandomState" | "numpy.random.Generator",
            "random" | "random_sample" | "standard_normal",
        ) => given(by_position.first().copied().or_else(|| named("size"))?),
        (
            "numpy.random" | "numpy.random.RandomState" | "numpy.random.Generator",
            "multivariate_normal" | "permutation",
        ) => None,
        ("numpy.random" | "numpy.random.RandomState" | "numpy.random.Generator", _) => {
            given(named("size")?)
        }
        ("numpy", "column_stack" | "vstack" | "eye" | "identity")
        | ("pandas.DataFrame", "to_numpy") => Some("matrix"),
        ("numpy", "asarray" | "array")
            if by_position
                .first()
                .is_some_and(|it| it.is("pandas.DataFrame")) =>
        {
            Some("matrix")
        }
        ("numpy.ndarray", "ravel" | "flatten") | ("numpy", "ravel") => Some("vector"),
        ("numpy.ndarray", "reshape") => match by_position[..] {
            [one] => given(one),
            _ => counted(by_position.len()),
        },
        _ => None,
    }
}

/// The dimensions that a size or shape gives.
fn given(size: &Value) -> Option<&'static str> {
    let ty = size.ty.as_ref()?;
    match ty.name.as_str() {
        "int" => Some("vector"),
        "tuple" if ty.repeated().is_none() => counted(ty.arguments.len()),
        _ => None,
    }
}

fn counted(dimensions: usize) -> Option<&'static str> {
    match dimensions {
        0 => None,
        1 => Some("vector"),
        2 => Some("matrix"),
        _ => Some("grid"),
    }
}
