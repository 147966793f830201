//! What a type checker takes the results of numpy for, by its stubs.

use srcify_syntax::ast;

use super::unchecked::Kind;

/// What a method of an array gives.
pub(super) fn array_method(method: &str, call: &ast::ExprCall) -> Kind {
    match method {
        _ if METHODS.contains(&method) => Kind::Anything,
        "argmax" | "argmin" if has_axis(call) => Kind::Anything,
        _ if SAME.contains(&method) => Kind::Open,
        _ => Kind::Other,
    }
}

/// What a function of numpy gives.
pub(super) fn numpy_function(function: &str, call: &ast::ExprCall) -> Kind {
    let is_reduced = REDUCING.contains(&function.trim_start_matches("nan"));
    // `np.add.reduce(x)`
    if let Some((elements, "reduce" | "outer")) = function.rsplit_once('.')
        && ELEMENTWISE.contains(&elements)
    {
        return Kind::Anything;
    }
    match function {
        "load" | "clip" | "mod" | "remainder" | "logaddexp" | "floor_divide" | "matmul" => {
            Kind::Anything
        }
        "argmax" | "argmin" | "nanargmax" | "nanargmin" | "all" | "any" | "count_nonzero"
            if has_axis(call) =>
        {
            Kind::Anything
        }
        "linalg.norm" if call.arguments.find_argument("axis", 2).is_some() => Kind::Anything,
        _ if is_reduced || ELEMENTWISE.contains(&function) => Kind::Anything,
        _ if CLOSED.contains(&function) => Kind::Closed,
        _ if OPEN.contains(&function) => Kind::Open,
        _ => Kind::Other,
    }
}

fn has_axis(call: &ast::ExprCall) -> bool {
    call.arguments.find_argument("axis", 1).is_some()
}

/// Functions of each element, which give a number or an array: the stubs of numpy say neither.
const ELEMENTWISE: &[&str] = &[
    "abs",
    "absolute",
    "add",
    "angle",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "bitwise_and",
    "bitwise_not",
    "bitwise_or",
    "bitwise_xor",
    "cbrt",
    "ceil",
    "conj",
    "conjugate",
    "copysign",
    "cos",
    "cosh",
    "deg2rad",
    "degrees",
    "digitize",
    "divide",
    "einsum",
    "equal",
    "exp",
    "exp2",
    "expm1",
    "fabs",
    "float_power",
    "floor",
    "fmax",
    "fmin",
    "fmod",
    "gradient",
    "greater",
    "greater_equal",
    "heaviside",
    "hypot",
    "invert",
    "isclose",
    "isfinite",
    "isinf",
    "isnan",
    "isreal",
    "less",
    "less_equal",
    "log",
    "log10",
    "log1p",
    "log2",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "maximum",
    "minimum",
    "multiply",
    "nan_to_num",
    "negative",
    "not_equal",
    "positive",
    "pow",
    "power",
    "rad2deg",
    "radians",
    "reciprocal",
    "rint",
    "sign",
    "signbit",
    "sin",
    "sinc",
    "sinh",
    "sqrt",
    "square",
    "subtract",
    "tan",
    "tanh",
    "true_divide",
    "trunc",
];

/// Functions that make one of many numbers, with those that leave out what is missing: of what is no more than an array
/// the stubs of numpy say nothing.
const REDUCING: &[&str] = &[
    "amax",
    "amin",
    "average",
    "dot",
    "inner",
    "interp",
    "linalg.cond",
    "linalg.det",
    "linalg.matrix_rank",
    "linalg.multi_dot",
    "max",
    "mean",
    "median",
    "min",
    "percentile",
    "prod",
    "ptp",
    "quantile",
    "std",
    "sum",
    "trace",
    "trapezoid",
    "var",
    "vdot",
];

/// Methods of arrays of which the same is true.
const METHODS: &[&str] = &[
    "dot", "item", "max", "mean", "min", "prod", "std", "sum", "tolist", "trace", "var",
];

/// Methods that give an array of the same elements.
const SAME: &[&str] = &[
    "astype",
    "clip",
    "copy",
    "cumprod",
    "cumsum",
    "flatten",
    "ravel",
    "repeat",
    "reshape",
    "round",
    "squeeze",
    "swapaxes",
    "take",
    "transpose",
];

/// Functions that make arrays of one type of numbers.
const CLOSED: &[&str] = &[
    "arange",
    "argsort",
    "bincount",
    "empty",
    "eye",
    "flatnonzero",
    "identity",
    "linspace",
    "logspace",
    "ones",
    "zeros",
];

/// Functions that make arrays of what they are given.
const OPEN: &[&str] = &[
    "append",
    "array",
    "asarray",
    "atleast_1d",
    "atleast_2d",
    "column_stack",
    "concatenate",
    "corrcoef",
    "cov",
    "cumprod",
    "cumsum",
    "delete",
    "diff",
    "empty_like",
    "expand_dims",
    "flip",
    "full",
    "full_like",
    "hstack",
    "insert",
    "linalg.inv",
    "ones_like",
    "outer",
    "ravel",
    "repeat",
    "reshape",
    "roll",
    "round",
    "sort",
    "squeeze",
    "stack",
    "tile",
    "transpose",
    "unique",
    "vstack",
    "where",
    "zeros_like",
];

/// Whether it is a power with a fraction, `x ** 0.5`: a complex number, where `x` is below zero.
pub(super) fn is_root(operation: &ast::ExprBinOp, base: Kind, said: Option<&str>) -> bool {
    let exponent = operation.right.as_number_literal_expr();
    let quotient = operation.right.as_bin_op_expr();
    let is_fraction = exponent.is_some_and(|it| it.value.is_float())
        || quotient.is_some_and(|it| it.op == ast::Operator::Div)
        || said == Some("float");
    operation.op == ast::Operator::Pow && is_fraction && !base.is_array()
}

/// What comes of comparing two values.
pub(super) fn compared(operators: &[ast::CmpOp], left: Kind, right: Kind) -> Kind {
    use ast::CmpOp::{In, Is, IsNot, NotIn};
    if operators
        .iter()
        .any(|it| [Is, IsNot, In, NotIn].contains(it))
    {
        return Kind::Other;
    }
    match (left, right) {
        // Each of several comparisons is meant.
        (Kind::Open, _) | (_, Kind::Open) => Kind::Anything,
        (Kind::Other, right) => right,
        (left, _) => left,
    }
}
