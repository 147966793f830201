//! How many dimensions an array has, where that follows from the call that makes it: `ndarray[number, vector]`.

use super::Passed;
use crate::Type;
use crate::value::Value;

/// The result of a call, with the dimensions of an array that the call tells.
pub(super) fn shaped(name: &str, arguments: &[Passed], ty: Type) -> Type {
    if name.ends_with(".subplots") {
        return panels(arguments, ty);
    }
    if ty.name == AXES {
        return match name.rsplit('.').next() {
            Some("ravel" | "flatten") => Type::generic(AXES, vec![Type::new("vector")]),
            Some("reshape") => Type::generic(AXES, vec![Type::figure_part()]),
            _ => ty,
        };
    }
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

/// One `Axes` and arrays of them go by one name; an argument says which array: `Axes[vector]`.
pub(crate) const AXES: &str = "matplotlib.axes.Axes";

/// What an index, or a loop, takes out of an array of axes.
pub(crate) fn one_of_axes(axes: &Type) -> Type {
    match axes.arguments.first().map(|it| it.name.as_str()) {
        None => axes.clone(),
        Some("vector") => Type::new(AXES),
        Some("matrix") => Type::generic(AXES, vec![Type::new("vector")]),
        Some(_) => Type::generic(AXES, vec![Type::figure_part()]),
    }
}

/// The result of `subplots`, with the array that it gives by its numbers of rows and columns.
fn panels(arguments: &[Passed], ty: Type) -> Type {
    let Some(shape) = panels_shape(arguments) else {
        return ty;
    };
    let axes = Type::generic(AXES, vec![Type::new(shape)]);
    let shaped = |it: &Type| {
        if it.name == AXES {
            axes.clone()
        } else {
            it.clone()
        }
    };
    match ty.name.as_str() {
        "tuple" => Type::generic("tuple", ty.arguments.iter().map(shaped).collect()),
        _ => shaped(&ty),
    }
}

fn panels_shape(arguments: &[Passed]) -> Option<&'static str> {
    const UNKNOWN: Option<&str> = Some("unknown");
    if arguments.iter().any(|it| it.is_unpacked) {
        return UNKNOWN;
    }
    let named = |name: &str| {
        let mut named = arguments.iter().filter(|it| it.is_keyword);
        named.find(|it| it.name.as_deref() == Some(name))
    };
    match named("squeeze").map(|it| it.value.literal.as_deref()) {
        None | Some(Some("True")) => {}
        Some(Some("False")) => return Some("matrix"),
        Some(_) => return UNKNOWN,
    }
    let given: Vec<&Passed> = arguments.iter().filter(|it| !it.is_keyword).collect();
    let mut counts = Vec::new();
    for (at, name) in ["nrows", "ncols"].into_iter().enumerate() {
        let Some(passed) = given.get(at).copied().or_else(|| named(name)) else {
            counts.push(1);
            continue;
        };
        let count = passed.value.literal.as_deref();
        counts.push(count.and_then(|it| it.parse().ok()).unwrap_or(0));
    }
    match counts[..] {
        [1, 1] => None,
        // Of two numbers that are not known, not both are one.
        [0, 0] => Some("matrix"),
        [0, 1] | [1, 0] => UNKNOWN,
        [0, _] | [_, 0] => Some("array"),
        [1, _] | [_, 1] => Some("vector"),
        _ => Some("matrix"),
    }
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
        ("numpy", "indices") => Some("grid"),
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
