//! Words of the command line: `path = sys.argv[1] if len(sys.argv) > 1 else "data.csv"`.

use srcify_syntax::ast::{CmpOp, Expr, Stmt};
use srcify_syntax::{Program, Ranged};

use super::Edits;
use super::argument::is_literal;

/// The edits that keep the default of each word.
pub(super) fn unwrapped(program: &Program) -> Option<Edits> {
    let edits: Edits = program
        .units()
        .iter()
        .filter_map(|unit| {
            let Stmt::Assign(assignment) = program.statement(unit.id) else {
                return None;
            };
            let default = default_of(program, &assignment.value)?;
            Some((
                assignment.value.range(),
                program.text(default.range()).to_owned(),
            ))
        })
        .collect();
    (!edits.is_empty()).then_some(edits)
}

/// The literal that is taken when there are too few words.
fn default_of<'a>(program: &Program, value: &'a Expr) -> Option<&'a Expr> {
    let choice = value.as_if_expr()?;
    let test = choice.test.as_compare_expr()?;
    let (CmpOp::Gt | CmpOp::GtE, [limit]) = (test.ops.first()?, &*test.comparators) else {
        return None;
    };
    let limit = limit.as_number_literal_expr()?.value.as_int()?.as_u8()?;
    let least = limit + u8::from(test.ops[0] == CmpOp::Gt);
    let is_count = program.text(test.left.range()) == "len(sys.argv)";
    let takes_word = program.text(choice.body.range()).contains("sys.argv[");
    (is_count && takes_word && least > 1 && is_literal(&choice.orelse)).then_some(&*choice.orelse)
}
