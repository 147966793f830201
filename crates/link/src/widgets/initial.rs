//! The value that a control begins with, from the abbreviation that asks for it (`ipywidgets.interaction`).

use srcify_syntax::ast::{self, Expr, Number};
use srcify_syntax::{Program, Ranged};

/// What is known of the program's expressions.
pub(super) struct Initial<'a, 'f> {
    pub program: &'a Program,
    /// Whether an expression is a widget.
    pub is_widget: &'f dyn Fn(&'a Expr) -> bool,
    /// Whether an expression names `ipywidgets.fixed`.
    pub is_fixed: &'f dyn Fn(&'a Expr) -> bool,
}

/// Names of parameters with their defaults; `None` for a function that takes any.
pub(super) fn parameters(parameters: &ast::Parameters) -> Option<Vec<(&str, Option<&Expr>)>> {
    if parameters.vararg.is_some()
        || parameters.kwarg.is_some()
        || !parameters.posonlyargs.is_empty()
    {
        return None;
    }
    let all = parameters.iter_non_variadic_params();
    Some(all.map(|it| (it.name().as_str(), it.default())).collect())
}

impl<'a> Initial<'a, '_> {
    /// The text of the first value; `None` where it is not certain.
    pub(super) fn of(&self, control: &'a Expr, default: Option<&'a Expr>) -> Option<String> {
        if (self.is_widget)(control) {
            return Some(self.of_widget(control));
        }
        match control {
            Expr::Call(call) if (self.is_fixed)(&call.func) => {
                let [value] = &*call.arguments.args else {
                    return None;
                };
                Some(self.text(value))
            }
            Expr::Tuple(range) => Self::of_range(range, default),
            Expr::List(list) => self.of_choices(&list.elts, default),
            Expr::Dict(choices) => {
                if choices.items.iter().any(|it| it.key.is_none()) {
                    return None;
                }
                let values: Vec<&Expr> = choices.items.iter().map(|it| &it.value).collect();
                self.chosen(&values, default)
            }
            Expr::StringLiteral(_) | Expr::BooleanLiteral(_) | Expr::NumberLiteral(_) => {
                Some(self.text(control))
            }
            Expr::UnaryOp(it) if it.operand.is_number_literal_expr() => Some(self.text(control)),
            // Choices that are computed: the first of them.
            _ if default.is_none() && is_sequence(control) => {
                Some(format!("next(iter({}))", self.text(control)))
            }
            _ => None,
        }
    }

    fn text(&self, expression: &Expr) -> String {
        self.program.text(expression.range()).to_owned()
    }

    /// What a widget says itself, where it does.
    fn of_widget(&self, widget: &'a Expr) -> String {
        let stated = widget.as_call_expr().and_then(|call| {
            let told = |name: &str| call.arguments.find_keyword(name).map(|it| &it.value);
            let value = told("value")?;
            let bounds = [told("min"), told("max")];
            let is_within = || {
                let (value, _) = number(value)?;
                let low = bounds[0].map_or(Some(f64::MIN), |it| Some(number(it)?.0))?;
                let high = bounds[1].map_or(Some(f64::MAX), |it| Some(number(it)?.0))?;
                Some((low..=high).contains(&value))
            };
            let is_text = value.is_string_literal_expr() || value.is_boolean_literal_expr();
            // Bounds may change a number.
            (is_text || is_within() == Some(true)).then_some(value)
        });
        match stated {
            Some(value) => self.text(value),
            None => format!("{}.value", self.text(widget)),
        }
    }

    /// The first of the choices, or the default where it is one of them.
    fn of_choices(&self, choices: &'a [Expr], default: Option<&'a Expr>) -> Option<String> {
        let pairs: Vec<&Expr> = choices
            .iter()
            .filter_map(|it| it.as_tuple_expr().filter(|pair| pair.elts.len() == 2))
            .map(|pair| &pair.elts[1])
            .collect();
        if pairs.is_empty() {
            let values: Vec<&Expr> = choices.iter().collect();
            return self.chosen(&values, default);
        }
        (pairs.len() == choices.len()).then(|| self.chosen(&pairs, default))?
    }

    fn chosen(&self, values: &[&'a Expr], default: Option<&'a Expr>) -> Option<String> {
        let first = values.first()?;
        let Some(default) = default else {
            return Some(self.text(first));
        };
        let written = |it: &Expr| self.text(it).replace('\'', "\"");
        if values.iter().any(|it| written(it) == written(default)) {
            return Some(self.text(default));
        }
        let is_literal = |it: &Expr| it.is_literal_expr();
        let all = is_literal(default) && values.iter().all(|it| is_literal(it));
        all.then(|| self.text(first))
    }

    /// The middle of a range, on a step; the default, within the range.
    fn of_range(range: &'a ast::ExprTuple, default: Option<&'a Expr>) -> Option<String> {
        let numbers: Option<Vec<(f64, bool)>> = range.elts.iter().map(number).collect();
        let numbers = numbers?;
        let ((low, _), (high, _), step) = match numbers[..] {
            [low, high] => (low, high, None),
            [low, high, step] => (low, high, Some(step.0)),
            _ => return None,
        };
        if low > high {
            return None;
        }
        let is_whole = numbers.iter().all(|it| it.1);
        let value = if let Some(default) = default {
            let (value, is_number_whole) = number(default)?;
            if is_whole && !is_number_whole {
                return None;
            }
            value.clamp(low, high)
        } else {
            let ends_whole = numbers[0].1 && numbers[1].1;
            let half = (high - low) / 2.0;
            let middle = low + if ends_whole { half.floor() } else { half };
            match step {
                Some(step) if step > 0.0 => ((middle - low) / step).trunc() * step + low,
                Some(_) => return None,
                None => middle,
            }
        };
        Some(if is_whole {
            format!("{value:.0}")
        } else {
            format!("{value:?}")
        })
    }
}

/// A number as it stands, and whether it is whole.
pub(super) fn number(expression: &Expr) -> Option<(f64, bool)> {
    match expression {
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(number) => Some((f64::from(number.as_i32()?), true)),
            Number::Float(number) => Some((*number, false)),
            Number::Complex { .. } => None,
        },
        Expr::UnaryOp(negated) if negated.op == ast::UnaryOp::USub => {
            let (value, is_whole) = number(&negated.operand)?;
            Some((-value, is_whole))
        }
        _ => None,
    }
}

/// Whether an expression certainly gives several values one after the other, none of them a pair.
fn is_sequence(expression: &Expr) -> bool {
    let Expr::Call(call) = expression else {
        return matches!(expression, Expr::ListComp(_))
            || expression
                .as_attribute_expr()
                .is_some_and(|it| it.attr.as_str() == "columns");
    };
    match &*call.func {
        Expr::Name(name) => matches!(name.id.as_str(), "sorted" | "list" | "range"),
        Expr::Attribute(method) => {
            matches!(method.attr.as_str(), "unique" | "tolist" | "keys")
        }
        _ => false,
    }
}
