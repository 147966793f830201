//! Single values: which types, literals and bounds take them, as Pydantic does when it is not strict.

use srcify_syntax::ast::{self, Expr};

use crate::annotations::last_name;
use crate::yaml::Value;

/// Whether one of some literals is the value; `None` when one of them cannot be compared.
pub(super) fn literal_fits(parts: &[&Expr], value: &Value) -> Option<bool> {
    let mut is_known = true;
    for part in parts {
        match is_literal(part, value) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => is_known = false,
        }
    }
    is_known.then_some(false)
}

fn is_literal(part: &Expr, value: &Value) -> Option<bool> {
    match (part, value) {
        (Expr::StringLiteral(part), Value::Text(text)) => Some(part.value.to_str() == text),
        (Expr::BooleanLiteral(part), Value::Bool(it)) => Some(part.value == *it),
        (Expr::NoneLiteral(_), it) => Some(*it == Value::Null),
        (Expr::NumberLiteral(_) | Expr::UnaryOp(_), Value::Int(_) | Value::Float(_)) => {
            let (known, given) = (number(part)?, as_number(value)?);
            Some((known - given).abs() < f64::EPSILON)
        }
        (
            Expr::StringLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::UnaryOp(_),
            _,
        ) => Some(false),
        _ => None,
    }
}

/// Whether a type takes a value; `None` for types that are not known.
pub(super) fn plain(name: &str, value: &Value) -> Option<bool> {
    if let Some(kind) = name.strip_prefix("pydantic.") {
        let (sign, base) = match kind {
            "PositiveInt" => (1, "int"),
            "NonNegativeInt" => (2, "int"),
            "NegativeInt" => (3, "int"),
            "NonPositiveInt" => (4, "int"),
            "PositiveFloat" => (1, "float"),
            "NonNegativeFloat" => (2, "float"),
            "NegativeFloat" => (3, "float"),
            "NonPositiveFloat" => (4, "float"),
            _ => return None,
        };
        let is_signed = as_number(value).is_none_or(|it| match sign {
            1 => it > 0.0,
            2 => it >= 0.0,
            3 => it < 0.0,
            _ => it <= 0.0,
        });
        return Some(is_signed && plain(base, value)?);
    }
    let fits = match name {
        "int" => match value {
            Value::Int(_) | Value::Bool(_) => true,
            Value::Float(number) => number.fract() == 0.0,
            Value::Text(text) => text.trim().parse::<i64>().is_ok(),
            _ => false,
        },
        "float" => match value {
            Value::Int(_) | Value::Float(_) | Value::Bool(_) => true,
            Value::Text(text) => text.trim().parse::<f64>().is_ok(),
            _ => false,
        },
        "bool" => match value {
            Value::Bool(_) | Value::Int(0 | 1) => true,
            Value::Text(text) => matches!(
                text.to_lowercase().as_str(),
                "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "t" | "f" | "1" | "0"
            ),
            _ => false,
        },
        "str" | "pathlib.Path" => matches!(value, Value::Text(_)),
        "list" | "tuple" | "set" => matches!(value, Value::List(_)),
        "dict" => matches!(value, Value::Map(_)),
        _ => return None,
    };
    Some(fits)
}

/// What a value must be, and is not, by the bounds of `Field(…)`, `conint(…)`, `Gt(…)`.
pub(super) fn broken_bound(details: &ast::ExprCall, value: &Value) -> Option<String> {
    let keyword = |name: &str| {
        let keyword = details.arguments.find_keyword(name)?;
        number(&keyword.value)
    };
    // `annotated_types.Gt(0)`
    let first = |name: &str| {
        let is_it = last_name(&details.func) == Some(name);
        let argument = details.arguments.args.first().filter(|_| is_it)?;
        number(argument)
    };
    let given = as_number(value);
    let length = match value {
        Value::Text(text) => Some(text.chars().count()),
        Value::List(items) => Some(items.len()),
        _ => None,
    };
    #[expect(clippy::cast_precision_loss, reason = "lengths are small")]
    let length = length.map(|it| it as f64);
    let bounds: [Bound; 6] = [
        ("gt", "Gt", "be above", |a, b| a > b),
        ("ge", "Ge", "be at least", |a, b| a >= b),
        ("lt", "Lt", "be below", |a, b| a < b),
        ("le", "Le", "be at most", |a, b| a <= b),
        (
            "min_length",
            "MinLen",
            "have a length of at least",
            |a, b| a >= b,
        ),
        (
            "max_length",
            "MaxLen",
            "have a length of at most",
            |a, b| a <= b,
        ),
    ];
    for (key, class, words, holds) in bounds {
        let measured = if key.ends_with("length") {
            length
        } else {
            given
        };
        let (Some(measured), Some(bound)) = (measured, keyword(key).or_else(|| first(class)))
        else {
            continue;
        };
        if !holds(measured, bound) {
            return Some(format!("{words} {bound}"));
        }
    }
    None
}

/// A keyword, a class of `annotated_types`, its words, and what holds under it.
type Bound = (
    &'static str,
    &'static str,
    &'static str,
    fn(f64, f64) -> bool,
);

#[expect(clippy::cast_precision_loss, reason = "settings are small")]
fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "bounds are small")]
fn number(value: &Expr) -> Option<f64> {
    match value {
        Expr::NumberLiteral(it) => match &it.value {
            ast::Number::Int(number) => number.as_i64().map(|it| it as f64),
            ast::Number::Float(number) => Some(*number),
            ast::Number::Complex { .. } => None,
        },
        Expr::UnaryOp(it) if it.op == ast::UnaryOp::USub => number(&it.operand).map(|it| -it),
        _ => None,
    }
}
