//! Programs in which nothing but Python and its own library computes: there, nothing but a number can be divided.

use crate::distributions::is_standard_library;

/// Modules of Python's library with numbers of their own.
pub(crate) const NUMBERS: [&str; 6] = [
    "array",
    "cmath",
    "datetime",
    "decimal",
    "fractions",
    "statistics",
];

/// Methods that give objects operators.
const OPERATORS: [&str; 19] = [
    "__add__",
    "__radd__",
    "__sub__",
    "__rsub__",
    "__mul__",
    "__rmul__",
    "__truediv__",
    "__rtruediv__",
    "__floordiv__",
    "__pow__",
    "__mod__",
    "__neg__",
    "__abs__",
    "__lt__",
    "__gt__",
    "__eq__",
    "__getitem__",
    "__float__",
    "__round__",
];

/// Whether a program that imports these modules, and whose classes have these methods, is such a one.
pub fn is_plain<'a>(
    modules: impl IntoIterator<Item = &'a str>,
    methods: impl IntoIterator<Item = &'a str>,
) -> bool {
    let is_own = |module: &str| {
        let top = module.split('.').next().unwrap_or(module);
        is_standard_library(module) && !NUMBERS.contains(&top)
    };
    let mut methods = methods.into_iter();
    modules.into_iter().all(is_own) && !methods.any(|it| OPERATORS.contains(&it))
}
