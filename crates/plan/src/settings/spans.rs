//! Values that are tried from one number to another: `np.arange(0.5, 10, 0.5)`, `np.logspace(-2, 1, 4)`, `range(2, 9)`.

use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange};

use super::values::literal_of;
use crate::Literal;

/// An end of a span, its step, or how many values it has.
pub(super) struct Span {
    /// What the setting's name ends with.
    pub suffix: &'static str,
    pub range: TextRange,
    pub value: Literal,
    /// Whether the number is an exponent of ten.
    is_exponent: bool,
}

impl Span {
    /// A sentence for the setting.
    pub(super) fn description(&self, parameter: &str) -> String {
        let value = if self.is_exponent {
            format!("value of `{parameter}` that is tried, as an exponent of ten")
        } else {
            format!("value of `{parameter}` that is tried")
        };
        match self.suffix {
            "start" => format!("First {value}."),
            "last" => format!("Last {value}."),
            "stop" => format!("Where the values of `{parameter}` that are tried end, before it."),
            "step" => format!("Step between the values of `{parameter}` that are tried."),
            _ => format!("Number of values of `{parameter}` that are tried."),
        }
    }
}

/// The numbers that a span is written with; none where it is no span, or is not written with numbers alone.
pub(super) fn spans(values: &Expr) -> Vec<Span> {
    let Expr::Call(call) = values else {
        return Vec::new();
    };
    let function = match &*call.func {
        Expr::Name(name) if name.id == "list" => {
            return match &*call.arguments.args {
                [inner] if call.arguments.keywords.is_empty() => spans(inner),
                _ => Vec::new(),
            };
        }
        Expr::Name(name) if name.id == "range" => "arange",
        Expr::Attribute(it) if is_numpy(&it.value) => it.attr.as_str(),
        _ => return Vec::new(),
    };
    let numbers = call.arguments.args.len();
    let suffixes: &[&str] = match (function, numbers) {
        ("arange", 1) => &["count"],
        ("arange", _) => &["start", "stop", "step"],
        ("linspace" | "logspace" | "geomspace", 2 | 3) => &["start", "last", "count"],
        _ => return Vec::new(),
    };
    if numbers > suffixes.len() {
        return Vec::new();
    }
    let arguments = call.arguments.args.iter().zip(suffixes);
    let spans = arguments.map(|(argument, suffix)| {
        let value = literal_of(argument);
        let value = match value? {
            // Whole ends may become others: `linspace` makes floats of them.
            Literal::Int(text) if function != "arange" && *suffix != "count" => {
                Literal::Float(format!("{text}.0"))
            }
            value @ (Literal::Int(_) | Literal::Float(_)) => value,
            _ => return None,
        };
        Some(Span {
            suffix,
            range: argument.range(),
            value,
            is_exponent: function == "logspace" && *suffix != "count",
        })
    });
    spans.collect::<Option<Vec<Span>>>().unwrap_or_default()
}

fn is_numpy(module: &Expr) -> bool {
    matches!(module, Expr::Name(ast::ExprName { id, .. }) if matches!(id.as_str(), "np" | "numpy"))
}
