//! Parameters that the author keeps with `dict(rate=0.1)` and unpacks: written as `{"rate": 0.1}`, of which each value can be
//! a setting.

use srcify_effects::EffectGraph;
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize};

use crate::constants::is_unpacked;
use crate::edits::Edit;

/// Writes calls of `dict` as what they make.
pub(super) fn edits(program: &Program, graph: &EffectGraph) -> Vec<Edit> {
    let is_bound = graph.units.iter().any(|it| it.access.may.contains("dict"));
    let units = program.units().iter().filter(|_| !is_bound);
    units
        .filter_map(|unit| called(program, program.statement(unit.id)))
        .filter_map(|call| display_edits(program, call))
        .flatten()
        .collect()
}

/// The call of `dict` that a statement gives a name, if that is unpacked somewhere.
fn called<'a>(program: &Program, statement: &'a Stmt) -> Option<&'a ast::ExprCall> {
    let assign = statement.as_assign_stmt()?;
    let [Expr::Name(name)] = &assign.targets[..] else {
        return None;
    };
    let call = assign.value.as_call_expr()?;
    let is_dict = call.func.as_name_expr().is_some_and(|it| it.id == "dict");
    (is_dict && is_unpacked(program, &name.id)).then_some(call)
}

/// The edits of a call that has only named arguments.
fn display_edits(program: &Program, call: &ast::ExprCall) -> Option<Vec<Edit>> {
    let arguments = &call.arguments;
    if !arguments.args.is_empty() || arguments.keywords.is_empty() {
        return None;
    }
    let one = TextSize::new(1);
    let mut edits = vec![Edit {
        range: TextRange::new(call.func.start(), arguments.start() + one),
        text: "{".to_owned(),
    }];
    for keyword in &arguments.keywords {
        let name = keyword.arg.as_ref()?;
        let between = TextRange::new(name.end(), keyword.value.start());
        let sign = TextSize::try_from(program.text(between).find('=')?).ok()?;
        edits.push(Edit {
            range: TextRange::new(name.start(), name.end() + sign + one),
            text: format!("\"{name}\": "),
        });
    }
    edits.push(Edit {
        range: TextRange::new(arguments.end() - one, arguments.end()),
        text: "}".to_owned(),
    });
    Some(edits)
}
