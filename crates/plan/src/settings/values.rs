//! Values that can be settings, and their types.

use srcify_syntax::ast::{self, Expr, UnaryOp};
use srcify_syntax::{Program, Ranged, TextRange, UnitId};

use crate::Literal;

/// A relative or absolute path that `pathlib` writes just as the author did.
pub(super) fn is_plain_path(value: &Literal) -> bool {
    let Literal::Str(text) = value else {
        return false;
    };
    let is_normal = !text.contains("://")
        && !text.starts_with("./")
        && !text.contains("//")
        && !text.contains("/./")
        && !text.ends_with('/')
        && !text.contains(['\\', '~', '*', '?', '{', '$'])
        && !text.is_empty();
    is_normal && text != "."
}

/// Values that can be written down in YAML and that a person would change there.
pub(crate) fn is_setting_value(literal: &Literal) -> bool {
    match literal {
        Literal::Str(text) => text.len() <= 120 && !text.contains('\n'),
        Literal::List(items) => {
            (1..=20).contains(&items.len())
                && items.iter().all(|item| {
                    !matches!(item, Literal::List(_) | Literal::Map(_)) && is_setting_value(item)
                })
        }
        Literal::Map(_) | Literal::None => false,
        _ => true,
    }
}

/// The literal that an expression is, if it is one.
pub(crate) fn literal_of(expression: &Expr) -> Option<Literal> {
    match expression {
        Expr::NoneLiteral(_) => Some(Literal::None),
        Expr::BooleanLiteral(value) => Some(Literal::Bool(value.value)),
        Expr::StringLiteral(text) => Some(Literal::Str(text.value.to_str().to_owned())),
        Expr::NumberLiteral(number) => match &number.value {
            ast::Number::Int(int) => Some(Literal::Int(int.to_string())),
            ast::Number::Float(float) => Some(Literal::Float(float_text(*float))),
            ast::Number::Complex { .. } => None,
        },
        Expr::UnaryOp(operation) if operation.op == UnaryOp::USub => {
            match literal_of(&operation.operand)? {
                Literal::Int(text) => Some(Literal::Int(format!("-{text}"))),
                Literal::Float(text) => Some(Literal::Float(format!("-{text}"))),
                _ => None,
            }
        }
        Expr::BinOp(it) => calculated(literal_of(&it.left)?, it.op, literal_of(&it.right)?),
        Expr::List(ast::ExprList { elts, .. }) | Expr::Tuple(ast::ExprTuple { elts, .. }) => elts
            .iter()
            .map(literal_of)
            .collect::<Option<Vec<_>>>()
            .map(Literal::List),
        _ => None,
    }
}

/// The number that `24 * 7` or `1 / 3` is, where it is the same in every Python: whole numbers, and the operations that
/// IEEE 754 rounds correctly.
fn calculated(left: Literal, operator: ast::Operator, right: Literal) -> Option<Literal> {
    use ast::Operator::{Add, Div, Mult, Pow, Sub};
    if let (Literal::Int(left), Literal::Int(right)) = (&left, &right) {
        let (left, right): (i64, i64) = (left.parse().ok()?, right.parse().ok()?);
        let whole = match operator {
            Add => left.checked_add(right),
            Sub => left.checked_sub(right),
            Mult => left.checked_mul(right),
            Pow => left.checked_pow(u32::try_from(right).ok()?),
            _ => None,
        };
        if let Some(whole) = whole {
            return Some(Literal::Int(whole.to_string()));
        }
    }
    let (left, right) = (as_float(&left)?, as_float(&right)?);
    let value = match operator {
        Add => left + right,
        Sub => left - right,
        Mult => left * right,
        Div if right != 0.0 => left / right,
        _ => return None,
    };
    value.is_finite().then(|| Literal::Float(float_text(value)))
}

/// A number that a float holds exactly.
fn as_float(number: &Literal) -> Option<f64> {
    const EXACT: i64 = 1 << 53;
    match number {
        Literal::Int(text) => {
            let whole: i64 = text.parse().ok()?;
            (-EXACT..=EXACT)
                .contains(&whole)
                .then(|| text.parse().ok())?
        }
        Literal::Float(text) => text.parse().ok(),
        _ => None,
    }
}

/// A float as Python writes it.
pub(super) fn float_text(value: f64) -> String {
    let text = format!("{value:?}");
    if text.contains(['.', 'e', 'i', 'n']) {
        text
    } else {
        format!("{text}.0")
    }
}

/// The types of values, `None` last, as people write it.
fn kinds(values: &[&Literal]) -> String {
    let tables = values.iter().map(|it| match it {
        Literal::Map(entries) => Some(entries),
        _ => None,
    });
    // Tables say together what is in them.
    if let Some(tables) = tables.collect::<Option<Vec<_>>>()
        && tables.len() > 1
    {
        let values: Vec<&Literal> = tables.into_iter().flatten().map(|(_, it)| it).collect();
        return format!("dict[str, {}]", kinds(&values));
    }
    let mut kinds: Vec<String> = values.iter().map(|it| annotation_of(it, None)).collect();
    kinds.sort_by_key(|kind| (kind == "None", kind.clone()));
    kinds.dedup();
    if kinds.is_empty() {
        "object".to_owned()
    } else {
        kinds.join(" | ")
    }
}

/// The annotation for a value: what the library takes where that is known and fits, else the value's own type.
pub(super) fn annotation_of(value: &Literal, known: Option<&str>) -> String {
    let own = match value {
        Literal::None => "None".to_owned(),
        Literal::Bool(_) => "bool".to_owned(),
        Literal::Int(_) => "int".to_owned(),
        Literal::Float(_) => "float".to_owned(),
        Literal::Str(_) => "str".to_owned(),
        Literal::Map(entries) => {
            let values: Vec<&Literal> = entries.iter().map(|(_, value)| value).collect();
            format!("dict[str, {}]", kinds(&values))
        }
        Literal::List(items) => format!("tuple[{}, ...]", kinds(&items.iter().collect::<Vec<_>>())),
    };
    let is_empty = matches!(value, Literal::List(items) if items.is_empty());
    match known {
        Some(known) if is_empty && known.starts_with("tuple[") => known.to_owned(),
        Some(known) if known.split(" | ").any(|part| part == own) => known.to_owned(),
        Some(known) if is_choice(known, value) => known.to_owned(),
        _ => own,
    }
}

/// Whether a text or number is one of those that `Literal["a", "b"]` names.
fn is_choice(known: &str, value: &Literal) -> bool {
    let (Literal::Str(text) | Literal::Int(text)) = value else {
        return false;
    };
    let choices = known
        .strip_prefix("Literal[")
        .and_then(|rest| rest.strip_suffix(']'));
    let mut items = choices.into_iter().flat_map(|items| items.split(", "));
    items.any(|item| item.trim_matches('"') == text)
}

/// Whether an annotation says what a setting takes: simple types, choices, a path, and several of them.
pub(super) fn is_setting_annotation(annotation: &str) -> bool {
    annotation.split(" | ").all(|part| {
        let items = part
            .strip_prefix("tuple[")
            .and_then(|rest| rest.strip_suffix(", ...]"));
        let simple = ["int", "float", "str", "bool", "Path", "None"];
        simple.contains(&items.unwrap_or(part)) || part.starts_with("Literal[")
    })
}

/// The expression of a statement that has exactly this range.
pub(crate) fn expression_at(program: &Program, unit: UnitId, range: TextRange) -> Option<&Expr> {
    use ast::visitor::{Visitor, walk_expr};
    struct Finder<'a>(TextRange, Option<&'a Expr>);
    impl<'a> Visitor<'a> for Finder<'a> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if self.1.is_some() {
                return;
            }
            if expression.range() == self.0 {
                self.1 = Some(expression);
            } else if expression.range().contains_range(self.0) {
                walk_expr(self, expression);
            }
        }
    }
    let mut finder = Finder(range, None);
    finder.visit_stmt(program.statement(unit));
    finder.1
}

#[cfg(test)]
mod tests {
    use srcify_syntax::ast::Stmt;

    use super::literal_of;
    use crate::Literal;

    #[test]
    fn numbers_that_are_calculated_are_what_python_gives() {
        let int = |text: &str| Some(Literal::Int(text.to_owned()));
        let float = |text: &str| Some(Literal::Float(text.to_owned()));
        for (text, expected) in [
            ("24 * 7", int("168")),
            ("2 ** 10 - 1", int("1023")),
            ("1 / 3", float("0.3333333333333333")),
            ("4 / 2", float("2.0")),
            ("0.1 + 0.2", float("0.30000000000000004")),
            ("-3 * 1.5", float("-4.5")),
            ("2 ** -1", None),
            ("7 // 2", None),
            ("1 / 0", None),
            ("10 ** 40", None),
            ("'-' * 20", None),
            ("True + 1", None),
        ] {
            let snippet = srcify_syntax::snippet(text);
            let Stmt::Expr(statement) = &snippet.statements()[0] else {
                panic!("{text} is an expression");
            };
            assert_eq!(literal_of(&statement.value), expected, "{text}");
        }
    }
}
