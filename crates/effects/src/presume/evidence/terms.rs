//! What the operands of a formula tell of each other.

use srcify_syntax::ast::{self, Expr, Operator};

use super::{dotted, dotted_end, is_text};

/// The operands of a formula, and whether one of them, or an operator, tells that it is one of numbers.
pub(super) fn collect_terms<'e>(
    formula: &'e Expr,
    terms: &mut Vec<&'e Expr>,
    is_certain: &mut bool,
) {
    match formula {
        Expr::BinOp(it) => {
            let is_arithmetic = matches!(it.op, Operator::Sub | Operator::Div | Operator::Pow);
            // `"%d" % x` and `path / name` are no formulas.
            if it.op == Operator::Mod || [&it.left, &it.right].iter().any(|it| is_text(it)) {
                return;
            }
            *is_certain |= is_arithmetic;
            collect_terms(&it.left, terms, is_certain);
            collect_terms(&it.right, terms, is_certain);
        }
        Expr::UnaryOp(it) if it.op != ast::UnaryOp::Not => {
            collect_terms(&it.operand, terms, is_certain);
        }
        Expr::NumberLiteral(number) => *is_certain |= number.value.is_float(),
        Expr::Call(call) => {
            let name = dotted(&call.func).unwrap_or_default();
            *is_certain |= crate::calls::is_elementwise(dotted_end(&name));
        }
        Expr::Name(_) => terms.push(formula),
        _ => {}
    }
}
