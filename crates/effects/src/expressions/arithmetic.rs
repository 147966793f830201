//! What operators make of whole numbers: a quotient is none, and neither is a power of one below zero.

use std::collections::BTreeMap;

use srcify_syntax::ast::visitor::{
    Visitor, walk_comprehension, walk_expr, walk_parameter, walk_stmt,
};
use srcify_syntax::ast::{self, Expr, Operator, Stmt};

use super::composed::{composed_type, is_labelled, labelled_product};
use crate::Type;
use crate::analyze::Analyzer;
use crate::protocols::operator_type;
use crate::value::Value;

/// What an operator makes of two operands.
pub(crate) fn operation_type(left: &Value, right: &Value, operator: Operator) -> Option<Type> {
    if operator == Operator::MatMult && [left, right].into_iter().any(is_labelled) {
        return labelled_product(left, right);
    }
    if let Some(ty) = of_counts(left, right, operator) {
        return Some(ty);
    }
    let mut ty = operator_type(left, right).map(|it| of_whole_numbers(it, operator));
    if left.is("str") && matches!(operator, Operator::Mod | Operator::Mult) {
        ty = Some(Type::new("str"));
    }
    if operator == Operator::Div && left.is("pathlib.Path") {
        ty = Some(Type::new("pathlib.Path"));
    }
    composed_type(left, right, operator).or(ty)
}

/// What an operator makes of a whole number of numpy's and another whole number: one of numpy's, but for a quotient.
fn of_counts(left: &Value, right: &Value, operator: Operator) -> Option<Type> {
    let is_numpy = |it: &Value| it.is("numpy.int64");
    let is_whole = |it: &Value| is_numpy(it) || it.is("int");
    let are_counts = (is_numpy(left) || is_numpy(right)) && is_whole(left) && is_whole(right);
    let class = match operator {
        Operator::Add | Operator::Sub | Operator::Mult | Operator::FloorDiv | Operator::Mod => {
            "numpy.int64"
        }
        Operator::Div => "numpy.float64",
        _ => return None,
    };
    are_counts.then(|| Type::new(class))
}

/// What an operator makes of whole numbers, and of truths, which count as such.
pub(crate) fn of_whole_numbers(ty: Type, operator: Operator) -> Type {
    let class = match (ty.name.as_str(), operator) {
        ("int" | "bool", Operator::Div) => "float",
        ("numpy.int64" | "numpy.bool_", Operator::Div) => "numpy.float64",
        ("int" | "bool", Operator::Pow) => "number",
        ("bool", Operator::BitAnd | Operator::BitOr | Operator::BitXor) => return ty,
        ("bool", _) => "int",
        _ => return ty,
    };
    Type::new(class)
}

impl Analyzer<'_> {
    /// Makes the power of a whole number one, too, if the exponent is certainly not below zero.
    pub(crate) fn tell_power(&self, value: &mut Value, operands: [&Value; 2], exponent: &Expr) {
        let is_whole = |it: &&Value| it.is("int") || it.is("bool");
        if value.is("number") && operands.iter().all(is_whole) && self.is_counted_up(exponent) {
            value.ty = Some(Type::new("int"));
        }
    }

    /// Whether an expression is certainly no number below zero.
    fn is_counted_up(&self, expression: &Expr) -> bool {
        match expression {
            Expr::NumberLiteral(it) => it.value.is_int(),
            Expr::Call(call) => {
                let function = call.func.as_name_expr();
                function.is_some_and(|it| ["abs", "len"].contains(&it.id.as_str()))
            }
            Expr::BinOp(it) if matches!(it.op, Operator::Add | Operator::Mult) => {
                self.is_counted_up(&it.left) && self.is_counted_up(&it.right)
            }
            Expr::Name(it) => {
                let counters = self.counters.get_or_init(|| {
                    let mut counters = Counters::default();
                    for unit in self.program.units() {
                        counters.visit_stmt(self.program.statement(unit.id));
                    }
                    counters.0
                });
                counters.get(it.id.as_str()) == Some(&true)
            }
            _ => false,
        }
    }
}

/// The names that the program binds, with whether each counts up from zero or more wherever it is bound.
#[derive(Default)]
struct Counters(BTreeMap<String, bool>);

impl Counters {
    /// Notes what a loop goes through.
    fn note(&mut self, target: &Expr, iterated: &Expr) {
        if let Expr::Name(name) = target {
            let counts = self.0.entry(name.id.to_string()).or_insert(true);
            *counts &= counts_up(iterated);
        }
    }

    fn spoil(&mut self, name: &str) {
        self.0.insert(name.to_owned(), false);
    }
}

impl<'a> Visitor<'a> for Counters {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::For(each) = statement
            && each.target.is_name_expr()
        {
            self.note(&each.target, &each.iter);
            self.visit_expr(&each.iter);
            self.visit_body(&each.body);
            self.visit_body(&each.orelse);
            return;
        }
        walk_stmt(self, statement);
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        if comprehension.target.is_name_expr() {
            self.note(&comprehension.target, &comprehension.iter);
            self.visit_expr(&comprehension.iter);
            comprehension.ifs.iter().for_each(|it| self.visit_expr(it));
            return;
        }
        walk_comprehension(self, comprehension);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression
            && !name.ctx.is_load()
        {
            self.spoil(&name.id);
        }
        walk_expr(self, expression);
    }

    fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
        self.spoil(&parameter.name);
        walk_parameter(self, parameter);
    }
}

/// Whether `range(…)` gives no number below zero.
fn counts_up(iterated: &Expr) -> bool {
    let Some(call) = iterated.as_call_expr() else {
        return false;
    };
    let is_range = call.func.as_name_expr();
    let is_range = is_range.is_some_and(|it| it.id.as_str() == "range");
    let is_written = |it: &Expr| it.is_number_literal_expr();
    is_range
        && match &*call.arguments.args {
            [_] => true,
            [start, _] => is_written(start),
            [start, _, step] => is_written(start) && is_written(step),
            _ => false,
        }
}
