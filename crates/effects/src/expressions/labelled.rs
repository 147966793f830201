//! Datasets and labelled arrays of xarray: what their parts and sums of them are.

use crate::Type;
use crate::value::Value;

pub(super) const DATASET: &str = "xarray.Dataset";
pub(super) const ARRAY: &str = "xarray.DataArray";

/// What other libraries give every dataset.
pub(super) const ACCESSORS: &[&str] = &[
    "cf",
    "geo",
    "hvplot",
    "metpy",
    "pint",
    "plot",
    "rio",
    "salem",
    "virtualize",
    "xgcm",
];

/// What `frame["name"]` or some rows of a frame or column of polars are.
pub(super) fn polars_item(ty: &Type, index: &Value) -> Option<Type> {
    if ty.name == "polars.DataFrame" && index.is("str") {
        return Some(Type::new("polars.Series"));
    }
    (index.is("slice") || index.is("list")).then(|| ty.clone())
}

/// What an item is: of a dataset one of its variables or some of them, of an array always an array.
pub(super) fn labelled_item(container: &Type, index: &Value) -> Option<Type> {
    let index = index.ty.as_ref()?.name.as_str();
    match (container.name.as_str(), index) {
        (DATASET, "str") | (ARRAY, _) => Some(Type::new(ARRAY)),
        (DATASET, "list" | "dict") => Some(Type::new(DATASET)),
        _ => None,
    }
}

/// What an operator makes of a dataset or an array and something else that is known.
pub(super) fn labelled_operation(left: &Value, right: &Value) -> Option<Type> {
    const PLAIN: [&str; 8] = [
        "int",
        "float",
        "bool",
        "number",
        "numpy.float64",
        "numpy.int64",
        "numpy.ndarray",
        ARRAY,
    ];
    let either = |name: &str| left.is(name) || right.is(name);
    let is_plain = |it: &Value| PLAIN.iter().any(|name| it.is(name));
    if either(DATASET) {
        return Some(Type::new(DATASET));
    }
    (either(ARRAY) && is_plain(left) && is_plain(right)).then(|| Type::new(ARRAY))
}
