//! What the defaults of parameters add to their annotations.

use srcify_syntax::ast;

/// Adds the type of a default to the types that were passed.
pub(super) fn with_default(annotation: String, default: Option<&ast::Expr>) -> String {
    let is_exception = |it: &ast::Expr| {
        let name = it.as_name_expr().map(|it| it.id.as_str());
        name.is_some_and(|it| it.ends_with("Exception") || it.ends_with("Error"))
    };
    let ty = match default {
        // What is caught where nobody says which: calls that say it name others.
        Some(ast::Expr::Tuple(it))
            if annotation.starts_with("tuple[")
                && !it.elts.is_empty()
                && it.elts.iter().all(is_exception) =>
        {
            return "tuple[type[BaseException], ...]".to_owned();
        }
        // Calls pass one or several, and the default is none.
        Some(ast::Expr::Tuple(it)) if it.elts.is_empty() => return of_any_length(annotation),
        Some(ast::Expr::NoneLiteral(_)) => "None",
        Some(ast::Expr::BooleanLiteral(_)) => "bool",
        Some(ast::Expr::StringLiteral(_)) => "str",
        Some(ast::Expr::NumberLiteral(number)) if number.value.is_float() => "float",
        _ => return annotation,
    };
    let is_covered = annotation == "Any"
        || annotation.starts_with('"')
        || annotation.split(" | ").any(|part| part == ty);
    if is_covered {
        annotation
    } else {
        format!("{annotation} | {ty}")
    }
}

/// `tuple[float, ...]` of `tuple[float]`, and of `tuple[float, float]`.
fn of_any_length(annotation: String) -> String {
    let inner = annotation.strip_prefix("tuple[");
    let Some(inner) = inner.and_then(|it| it.strip_suffix(']')) else {
        return annotation;
    };
    let is_several = inner.contains(" | ") || inner.contains('[') || inner.contains("...");
    let mut parts = inner.split(", ");
    match parts.next() {
        Some(first) if !is_several && parts.all(|it| it == first) => {
            format!("tuple[{first}, ...]")
        }
        _ if inner.ends_with("...") => annotation,
        _ => "tuple[Any, ...]".to_owned(),
    }
}
