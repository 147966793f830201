//! Results of methods of arrays, columns and frames that depend on the arguments.

use super::Passed;
use super::arrays::is_passed;
use super::results::share;
use super::shapes::{is_grid, row};
use crate::Type;
use crate::value::Value;

/// Makes the result of a method share the objects of what the method is called on.
pub(super) fn share_own(name: &str, value: &mut Value, receiver: &Value) {
    if name != "pandas.DataFrame.pop" {
        share(value, receiver);
        return;
    }
    // A column as `table["x"]` gives it, though the table has it no more.
    value.own.add(&receiver.holds);
    value
        .views
        .extend(receiver.own.iter().chain(&receiver.views));
    value.holds.add(&receiver.deep);
    value.deep.add(&receiver.deep);
}

/// The type of the result; `None` where it depends on more than types.
pub(super) fn table_result(receiver: &Type, method: &str, arguments: &[Passed]) -> Option<Type> {
    match receiver.name.as_str() {
        "numpy.ndarray" => array_method(receiver, method, arguments),
        "pandas.DataFrame" | "pandas.Series" if method == "align" => aligned(receiver, arguments),
        "pandas.DataFrame" => frame_method(method, arguments),
        "pandas.Series" => series_method(method, arguments),
        name if name.ends_with(".SeriesGroupBy") => grouped_series_method(method, arguments),
        name if name.ends_with(".DataFrameGroupBy") => match method {
            "agg" | "aggregate" | "transform" => Some(Type::new("pandas.DataFrame")),
            // With `as_index=False` the sizes are a column of a table.
            "size" if receiver.arguments.is_empty() => Some(Type::new("pandas.Series")),
            "resample" => Some(Type::generic(
                "pandas.api.typing.Resampler",
                vec![Type::new("pandas.DataFrame")],
            )),
            _ => None,
        },
        name if name.ends_with(".StringMethods") => text_method(method, arguments),
        name if is_window(name) => window_method(receiver, method, arguments),
        _ => None,
    }
}

/// Both, with the same labels.
fn aligned(receiver: &Type, arguments: &[Passed]) -> Option<Type> {
    let other = arguments.first()?.value.ty.as_ref();
    let other = other.filter(|it| it.name == "pandas.DataFrame" || it.name == "pandas.Series")?;
    if is_passed(arguments, &["copy"]) {
        return None; // they may be what was given
    }
    let both = [receiver, other].map(|it| Type::new(&it.name));
    Some(Type::generic("tuple", both.to_vec()))
}

fn array_method(receiver: &Type, method: &str, arguments: &[Passed]) -> Option<Type> {
    let is_along = arguments
        .first()
        .is_some_and(|it| !it.is_keyword && !it.value.is("None"));
    let array = || Some(Type::new("numpy.ndarray"));
    if method == "dot" {
        return dotted(receiver, arguments);
    }
    if is_along || is_passed(arguments, &["axis", "keepdims"]) {
        let reduces = [
            "mean", "std", "var", "sum", "prod", "min", "max", "argmax", "argmin", "any", "all",
        ];
        let keeps = is_passed(arguments, &["keepdims"]);
        let axis = arguments
            .iter()
            .find(|it| it.name.as_deref() == Some("axis"))
            .or_else(|| arguments.first().filter(|it| !it.is_keyword));
        let is_one_axis = axis.is_some_and(|it| it.value.is("int"));
        // One axis of a matrix leaves a vector; what else is left, is not followed.
        let reduced = || {
            let mut ty = if is_one_axis {
                row(receiver)
            } else {
                receiver.clone()
            };
            if !is_one_axis || !is_grid(receiver) {
                ty.arguments.truncate(1);
            }
            ty
        };
        return reduces
            .contains(&method)
            .then(|| if keeps { receiver.clone() } else { reduced() });
    }
    match method {
        "mean" | "std" | "var" => Some(Type::new("numpy.float64")),
        "sum" | "prod" => Some(Type::new("number")),
        "min" | "max" if is_numeric(receiver) => Some(Type::new("number")),
        "argmax" | "argmin" => Some(Type::new("numpy.int64")),
        "any" | "all" => Some(Type::new("numpy.bool_")),
        "take" => array(),
        _ => None,
    }
}

/// `array.dot(other)`, where either has two dimensions or more.
fn dotted(receiver: &Type, arguments: &[Passed]) -> Option<Type> {
    let other = arguments.first()?.value.ty.as_ref()?;
    let is_array = matches!(other.name.as_str(), "numpy.ndarray" | "list");
    let is_known = is_grid(receiver) || is_grid(other);
    (is_array && is_known).then(|| Type::new("numpy.ndarray"))
}

/// A column's groups: one function gives a column, several give a table.
fn grouped_series_method(method: &str, arguments: &[Passed]) -> Option<Type> {
    let series = || Some(Type::new("pandas.Series"));
    let function = arguments.first().filter(|it| !it.is_keyword);
    match method {
        "transform" => series(),
        "agg" | "aggregate" => match function {
            None => Some(Type::new("pandas.DataFrame")),
            Some(passed) => match passed.value.ty.as_ref()?.name.as_str() {
                "str" | "function" => series(),
                "list" | "dict" => Some(Type::new("pandas.DataFrame")),
                _ => None,
            },
        },
        _ => None,
    }
}

/// Methods of `.str` that give a table where they are told to.
fn text_method(method: &str, arguments: &[Passed]) -> Option<Type> {
    let expand = arguments
        .iter()
        .find(|it| it.name.as_deref() == Some("expand"))
        .map(|it| it.value.literal.as_deref());
    match (method, expand) {
        ("split" | "rsplit", Some(Some("True"))) | ("extract", None | Some(Some("True"))) => {
            Some(Type::new("pandas.DataFrame"))
        }
        ("split" | "rsplit", None | Some(Some("False"))) => Some(Type::new("pandas.Series")),
        _ => None,
    }
}

/// Whether a type is that of rows in windows: `rolling`, `resample` and the like.
fn is_window(name: &str) -> bool {
    let windows = [
        "Resampler",
        "Rolling",
        "Expanding",
        "ExponentialMovingWindow",
    ];
    name.starts_with("pandas.") && windows.iter().any(|it| name.ends_with(it))
}

/// Windows of a column give a column, those of a table a table.
fn window_method(receiver: &Type, method: &str, arguments: &[Passed]) -> Option<Type> {
    let of = receiver.arguments.first()?.clone();
    let simple = [
        "mean",
        "sum",
        "std",
        "var",
        "min",
        "max",
        "median",
        "count",
        "first",
        "last",
        "sem",
        "skew",
        "kurt",
        "quantile",
        "ffill",
        "bfill",
        "interpolate",
        "asfreq",
        "nearest",
        "prod",
    ];
    match method {
        _ if simple.contains(&method) => Some(of),
        "apply" | "agg" | "aggregate" => {
            let function = arguments.first()?.value.ty.as_ref()?;
            if method != "apply" && ["list", "dict"].contains(&function.name.as_str()) {
                return Some(Type::new("pandas.DataFrame"));
            }
            let is_one = ["str", "function"].contains(&function.name.as_str());
            (is_one && (method != "apply" || receiver.name.ends_with("Rolling"))).then_some(of)
        }
        "ohlc" => Some(Type::new("pandas.DataFrame")),
        "size" => Some(Type::new("pandas.Series")),
        _ => None,
    }
}

/// Whether an array is known to hold numbers, not texts or dates.
pub(crate) fn is_numeric(array: &Type) -> bool {
    array
        .arguments
        .first()
        .is_some_and(|it| it.name == "number")
}

/// An array of numbers.
pub(crate) fn numbers() -> Type {
    Type::generic("numpy.ndarray", vec![Type::new("number")])
}

fn frame_method(method: &str, arguments: &[Passed]) -> Option<Type> {
    let series = || Some(Type::new("pandas.Series"));
    let frame = || Some(Type::new("pandas.DataFrame"));
    let first = arguments.first().map(|it| &it.value);
    let axis = arguments
        .iter()
        .find(|it| it.name.as_deref() == Some("axis"))
        .or_else(|| arguments.first().filter(|it| !it.is_keyword));
    match method {
        "sum" | "mean" | "median" | "std" | "var" | "min" | "max" | "prod" | "product" | "sem"
        | "skew" | "kurt" | "kurtosis" | "any" | "all" | "nunique" | "idxmax" | "idxmin"
        | "count" => {
            let is_one = axis.is_some_and(|it| it.value.is("None"))
                || arguments.iter().any(|it| it.is_unpacked)
                || is_passed(arguments, &["level", "bool_only"]);
            (!is_one).then(series).flatten()
        }
        "quantile" => match first.map(|it| it.ty.as_ref()) {
            None => series(),
            Some(Some(ty)) if ["float", "int"].contains(&ty.name.as_str()) => series(),
            Some(Some(ty)) if ["list", "numpy.ndarray"].contains(&ty.name.as_str()) => frame(),
            _ => None,
        },
        "agg" | "aggregate" if arguments.len() == 1 => match first?.ty.as_ref()?.name.as_str() {
            "str" => series(),
            "list" => frame(),
            _ => None,
        },
        "mode" | "transform" | "compare" => frame(),
        "eval" if arguments.len() == 1 && is_formula(first?.literal.as_deref()?) => series(),
        "pop" | "memory_usage" => series(),
        "dot" => first?
            .ty
            .clone()
            .filter(|ty| ["pandas.DataFrame", "pandas.Series"].contains(&ty.name.as_str())),
        "keys" => Some(Type::new("pandas.Index")),
        "items" => Some(Type::generic(
            "Iterator",
            vec![Type::generic(
                "tuple",
                vec![Type::new("scalar"), Type::new("pandas.Series")],
            )],
        )),
        // A column may be called anything, and the stubs of pandas say so.
        "to_dict" if arguments.is_empty() => Some(Type::generic(
            "dict",
            vec![
                Type::new("collections.abc.Hashable"),
                Type::generic("dict", vec![Type::unknown(); 2]),
            ],
        )),
        "to_dict" if first?.literal.as_deref() == Some("records") => Some(Type::generic(
            "list",
            vec![Type::generic(
                "dict",
                vec![Type::new("collections.abc.Hashable"), Type::unknown()],
            )],
        )),
        _ => None,
    }
}

/// Whether a text computes with columns only: `a / b`, not `c = a / b`, and nothing that a call or a variable gives.
fn is_formula(text: &str) -> bool {
    let text = text.trim_matches(['"', '\'']);
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_+-*/ ".contains(c);
    text.contains(['+', '-', '*', '/'])
        && text.contains(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_part)
        && !text.contains("index")
}

fn series_method(method: &str, arguments: &[Passed]) -> Option<Type> {
    let series = || Some(Type::new("pandas.Series"));
    let first = arguments.first().map(|it| &it.value);
    match method {
        "mean" | "std" | "var" | "median" | "sem" | "skew" | "kurt" | "kurtosis" => {
            Some(Type::new("float"))
        }
        "sum" | "prod" | "product" => Some(Type::new("number")),
        "count" | "argmax" | "argmin" => Some(Type::new("int")),
        "nunique" => Some(Type::new("int")),
        "any" | "all" => Some(Type::new("bool")),
        "min" | "max" | "idxmin" | "idxmax" | "item" => Some(Type::new("scalar")),
        "quantile" => match first.map(|it| it.ty.as_ref()) {
            None => Some(Type::new("float")),
            Some(Some(ty)) if ["float", "int"].contains(&ty.name.as_str()) => {
                Some(Type::new("float"))
            }
            Some(Some(ty)) if ["list", "numpy.ndarray"].contains(&ty.name.as_str()) => series(),
            _ => None,
        },
        "mode" | "transform" => series(),
        "dot" if first?.is("pandas.Series") => Some(Type::new("number")),
        "keys" => Some(Type::new("pandas.Index")),
        "reset_index" => {
            let dropped = arguments
                .iter()
                .find(|it| it.name.as_deref() == Some("drop"));
            match dropped.map(|it| it.value.literal.as_deref()) {
                None | Some(Some("False")) => Some(Type::new("pandas.DataFrame")),
                Some(Some("True")) => series(),
                Some(_) => None,
            }
        }
        "agg" | "aggregate" if arguments.len() == 1 && first?.is("list") => series(),
        _ => None,
    }
}

/// Whether a function with a parameter `copy` copies where it is not passed.
pub(super) fn copies_unasked(name: &str, arguments: &[Passed]) -> bool {
    if name == "numpy.einsum" {
        return computes(arguments);
    }
    let method = name.rsplit('.').next().unwrap_or(name);
    let is_of_table = name.starts_with("pandas.") && COPYING.contains(&method);
    is_of_table || method == "astype" || name == "numpy.meshgrid"
}

/// Whether a sum in Einstein's notation computes: of one array of which every axis stays it is a view.
fn computes(arguments: &[Passed]) -> bool {
    let [subscripts, _] = arguments else {
        return true;
    };
    let text = subscripts.value.literal.as_deref();
    let Some((axes, left)) = text.and_then(|it| it.split_once("->")) else {
        return false;
    };
    axes.chars()
        .any(|it| it.is_alphabetic() && !left.contains(it))
}

/// Functions of pandas that copy unless they are told not to.
const COPYING: &[&str] = &[
    "align",
    "concat",
    "infer_objects",
    "rename",
    "set_axis",
    "truncate",
    "tz_convert",
    "tz_localize",
];
