//! Which results of operators are numbers by all that speaks for it, in functions that nothing calls.

use srcify_syntax::ast::{self, Expr, Operator};

use super::is_named;
use crate::Type;
use crate::analyze::{Analyzer, Class};
use crate::value::Value;

/// What numbers are called.
pub(super) const NUMBERS: &[&str] = &[
    "n",
    "k",
    "i",
    "j",
    "count",
    "counter",
    "size",
    "start",
    "stop",
    "end",
    "step",
    "steps",
    "total",
    "number",
    "num",
    "limit",
    "threshold",
    "rate",
    "factor",
    "seed",
    "epochs",
    "depth",
    "width",
    "height",
    "amount",
    "price",
    "age",
    "index",
    "low",
    "high",
    "alpha",
    "lr",
    "iterations",
    "patience",
    "level",
    "by",
    "degree",
    "folds",
    "balance",
    "qty",
    "quantity",
    "fee",
    "salary",
    "timeout",
    "capacity",
    "year",
    "month",
    "day",
    "eps",
    "tol",
    "principal",
    "loan",
    "interest",
    "payment",
    "t0",
    "t1",
    "dt",
];

/// Libraries whose objects operators compute with as a whole.
const ARRAYS: [&str; 8] = [
    "numpy",
    "pandas",
    "torch",
    "polars",
    "tensorflow",
    "jax",
    "scipy",
    "sympy",
];

impl Analyzer<'_> {
    /// Whether nothing that the program uses gives arrays.
    pub(crate) fn has_no_arrays(&self) -> bool {
        !ARRAYS.iter().any(|it| self.uses(it))
    }

    /// The type of what an operator makes of something of which nothing is known: without arrays, only numbers are divided,
    /// but for paths, and only numbers take floats.
    pub(crate) fn presumed_result(
        &self,
        left: &Value,
        right: &Value,
        operation: &ast::ExprBinOp,
    ) -> Option<Type> {
        let op = operation.op;
        let is_open = |it: &Value| {
            let is_number = ["int", "float", "bool"].iter().any(|kind| it.is(kind));
            is_number || it.ty.is_none() && it.path.is_none() && it.callable.is_none()
        };
        if !self.is_presuming || !is_open(left) || !is_open(right) {
            return None;
        }
        let is_float = left.is("float") || right.is("float");
        let [is_left, is_right] = [&operation.left, &operation.right].map(|it| is_computed(it));
        // What a name stands for may be an array all the same.
        let are_both = (is_left || left.ty.is_some()) && (is_right || right.ty.is_some());
        let is_number = match op {
            Operator::Div | Operator::FloorDiv | Operator::Pow => are_both,
            Operator::Mult | Operator::Add => are_both && is_float,
            Operator::Sub => are_both && (is_float || left.is("int") || right.is("int")),
            _ => false,
        };
        (is_number && self.has_no_arrays() && !self.has_operators()).then(|| Type::new("float"))
    }

    /// Whether objects of the program's classes are computed with.
    fn has_operators(&self) -> bool {
        let is_operator = |it: &Class| it.methods.keys().any(|name| is_arithmetic(name));
        self.classes.values().any(|it| is_operator(it))
    }
}

impl Analyzer<'_> {
    /// Whether what stands in a table is a number by all that speaks for it: `ratings[a] += k * (won - expected)`.
    pub(crate) fn is_tallied(&self, assign: &ast::StmtAugAssign, old: &Value) -> bool {
        let is_sum = matches!(assign.op, Operator::Add | Operator::Sub | Operator::Div);
        let is_item = assign.target.is_subscript_expr() && old.ty.is_none();
        self.is_presuming
            && is_item
            && is_sum
            && is_arithmetic_operand(&assign.value)
            && self.has_no_arrays()
            && !self.has_operators()
    }
}

/// Whether an operand is computed as only numbers are, or called as they are.
fn is_arithmetic_operand(operand: &Expr) -> bool {
    let is_plain = |it: &Expr| !matches!(it, Expr::List(_) | Expr::StringLiteral(_));
    match operand {
        Expr::BinOp(it) => {
            let is_of_numbers = matches!(
                it.op,
                Operator::Mult | Operator::Div | Operator::FloorDiv | Operator::Pow
            );
            is_of_numbers && is_plain(&it.left) && is_plain(&it.right)
        }
        Expr::Name(it) => is_named(&it.id.to_lowercase(), NUMBERS),
        _ => is_computed(operand) && !operand.is_subscript_expr(),
    }
}

/// Whether an operand is a number, and no path or array: it is written down, counted, or stands in a table.
fn is_computed(operand: &Expr) -> bool {
    match operand {
        Expr::NumberLiteral(_) => true,
        Expr::BinOp(it) => is_computed(&it.left) && is_computed(&it.right),
        Expr::UnaryOp(it) => is_computed(&it.operand),
        Expr::Call(it) => it.func.as_name_expr().is_some_and(|it| {
            ["sum", "len", "abs", "max", "min", "float", "int", "round"].contains(&it.id.as_str())
        }),
        Expr::Subscript(it) => it.value.is_subscript_expr(),
        _ => false,
    }
}

/// Whether a method is what an operator calls.
fn is_arithmetic(method: &str) -> bool {
    const OPERATORS: [&str; 15] = [
        "__iadd__",
        "__isub__",
        "__itruediv__",
        "__add__",
        "__radd__",
        "__sub__",
        "__rsub__",
        "__mul__",
        "__rmul__",
        "__truediv__",
        "__rtruediv__",
        "__floordiv__",
        "__rfloordiv__",
        "__pow__",
        "__rpow__",
    ];
    OPERATORS.contains(&method)
}
