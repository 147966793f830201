//! Methods of scalars: elements of a series, whose kind is not known.

use super::Passed;
use crate::Type;

/// What a method of a scalar gives back.
pub(super) enum ScalarResult {
    Known(Type),
    Unknown,
}

impl ScalarResult {
    pub(super) fn into_type(self) -> Option<Type> {
        match self {
            Self::Known(ty) => Some(ty),
            Self::Unknown => None,
        }
    }
}

/// Methods of a value that is some scalar: an element of a series. Text, numbers and dates have only pure methods.
pub(super) fn scalar_method(ty: &Type, method: &str) -> Option<ScalarResult> {
    if ty.name != "scalar" {
        return None;
    }
    let known = match method {
        "split" | "rsplit" | "splitlines" => Type::generic("list", vec![Type::new("str")]),
        "lower" | "upper" | "strip" | "lstrip" | "rstrip" | "replace" | "title" | "capitalize"
        | "strftime" | "format" | "zfill" | "join" | "isoformat" | "swapcase" | "casefold"
        | "translate" | "center" | "ljust" | "rjust" | "expandtabs" | "removeprefix"
        | "removesuffix" | "format_map" => Type::new("str"),
        "startswith" | "endswith" | "isdigit" | "isalpha" | "isnumeric" | "isspace" | "isupper"
        | "islower" | "isalnum" | "isdecimal" | "istitle" | "isascii" | "isidentifier"
        | "isprintable" => Type::new("bool"),
        "find" | "rfind" | "rindex" | "count" | "index" | "weekday" | "toordinal"
        | "isoweekday" => Type::new("int"),
        "item" | "date" | "time" | "total_seconds" | "timestamp" | "encode" | "decode"
        | "is_integer" | "normalize" | "partition" | "rpartition" => {
            return Some(ScalarResult::Unknown);
        }
        _ => return None,
    };
    Some(ScalarResult::Known(known))
}

/// The largest of several numbers is one of them; nothing where one of them may be something else.
pub(super) fn largest_of(arguments: &[Passed]) -> Option<Type> {
    let mut joined: Option<Type> = None;
    for argument in arguments {
        if argument.is_keyword || argument.is_unpacked {
            return None;
        }
        let ty = argument.value.ty.clone()?;
        if !["int", "float", "number", "numpy.float64"].contains(&ty.name.as_str()) {
            return None;
        }
        joined = Some(match joined {
            Some(known) if known != ty => Type::new("float"),
            _ => ty,
        });
    }
    joined
}

/// What `abs`, `max`, `min`, `round` and `sum` make of one value.
pub(super) fn of_one(name: &str, ty: Type) -> Option<Type> {
    match (ty.name.as_str(), name) {
        // The dimensions of an array decide, where they are known.
        ("numpy.ndarray", "sum") => {
            let parts = ["number", "numpy.ndarray"].map(Type::new);
            let is_vector = super::dimensions_of(&ty) == Some(1);
            let either = Type::generic("|", parts.to_vec());
            Some(if is_vector { parts[0].clone() } else { either })
        }
        ("numpy.ndarray", "max" | "min") => None,
        ("int" | "float" | "number" | "numpy.float64" | "numpy.ndarray", _) => Some(ty),
        _ => None,
    }
}
