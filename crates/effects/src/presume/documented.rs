//! The types that docstrings give to parameters, in Google's and in NumPy's style.

use std::collections::BTreeMap;

use srcify_syntax::ast::{Expr, Stmt};

use crate::Type;

/// The types that the docstring of a function gives to its parameters.
pub(super) fn documented(body: &[Stmt]) -> BTreeMap<String, Type> {
    let Some(Stmt::Expr(first)) = body.first() else {
        return BTreeMap::new();
    };
    let Expr::StringLiteral(text) = &*first.value else {
        return BTreeMap::new();
    };
    let mut found = BTreeMap::new();
    for line in text.value.to_str().lines() {
        let line = line.trim();
        // `values (list of float): what they are`
        let google = line
            .split_once(" (")
            .and_then(|(name, rest)| Some((name, rest.split_once("):")?.0)));
        // `values : list of float`
        let pair = google
            .or_else(|| line.split_once(" : "))
            // `:param int count: how many`
            .or_else(|| {
                let (ty, name) = line
                    .strip_prefix(":param ")?
                    .split_once(':')?
                    .0
                    .rsplit_once(' ')?;
                Some((name, ty))
            })
            .or_else(|| line.strip_prefix(":type ")?.split_once(": "));
        let Some((name, written)) = pair else {
            continue;
        };
        let is_name = !name.is_empty() && name.chars().all(|it| it.is_alphanumeric() || it == '_');
        if is_name && let Some(ty) = named(written) {
            found.insert(name.to_owned(), ty);
        }
    }
    found
}

/// The type that people mean by these words.
fn named(written: &str) -> Option<Type> {
    let text = written.split(", ").next().unwrap_or(written).trim();
    let lower = text.to_lowercase().replace('`', "");
    let lower = lower.trim_matches(['~', ':', '.']);
    let lower = lower.strip_suffix(" or none").unwrap_or(lower);
    let lower = lower.strip_prefix("none or ").unwrap_or(lower);
    let name = match lower {
        "pd.dataframe" | "pandas.dataframe" | "dataframe" => "pandas.DataFrame",
        "pd.series" | "pandas.series" | "series" => "pandas.Series",
        "np.ndarray" | "numpy.ndarray" | "ndarray" | "array" | "np.array" | "numpy.array" => {
            "numpy.ndarray"
        }
        "str" | "string" => "str",
        "int" | "integer" => "int",
        "float" | "number" => "float",
        "bool" | "boolean" => "bool",
        "dict" | "dictionary" | "mapping" => "dict",
        "list" => "list",
        "set" => "set",
        "path" | "pathlib.path" => "pathlib.Path",
        "plt.axes" | "matplotlib.axes.axes" => "matplotlib.axes.Axes",
        _ => {
            let (outer, inner) = lower
                .split_once(" of ")
                .or_else(|| lower.trim_end_matches(']').split_once('['))?;
            let inner = named(inner.split(',').next_back()?.trim().trim_end_matches('s'))
                .or_else(|| named(inner.trim()));
            let arguments: Vec<Type> = inner.into_iter().collect();
            return match outer {
                "list" => Some(Type::generic("list", arguments)),
                "set" => Some(Type::generic("set", arguments)),
                "dict" => Some(Type::new("dict")),
                _ => None,
            };
        }
    };
    Some(Type::new(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_types_are_understood() {
        let read = |text: &str| named(text).map(|ty| ty.to_string());
        assert_eq!(
            read("pd.DataFrame, optional").as_deref(),
            Some("pandas.DataFrame")
        );
        assert_eq!(read("list of strings").as_deref(), Some("list[str]"));
        assert_eq!(read("list[int]").as_deref(), Some("list[int]"));
        for written in ["int or None", "None or int", "`int` or `None`"] {
            assert_eq!(read(written).as_deref(), Some("int"), "{written}");
        }
        for written in ["whatever it may be", "int or str", "none"] {
            assert_eq!(read(written), None, "{written}");
        }
    }
}
