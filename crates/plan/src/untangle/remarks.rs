//! Comments above a number and the statement that uses it: `# Train` over `epochs = 10` and the loop.
//!
//! The number becomes a setting, which has a description of its own; the comment is about what follows, and goes there.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::EffectGraph;
use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, Unit};

use crate::edits::Edit;
use crate::naming::comment_block;
use crate::steps::{constant_assignment, is_scalar};

/// Moves such comments behind the numbers.
pub(super) fn edits(program: &Program, graph: &EffectGraph) -> Vec<Edit> {
    let mut binds: BTreeMap<&str, usize> = BTreeMap::new();
    for name in graph.units.iter().flat_map(|it| &it.access.may) {
        *binds.entry(name).or_default() += 1;
    }
    let changed: BTreeSet<&String> = graph
        .units
        .iter()
        .flat_map(|it| it.mutates.keys())
        .collect();
    let is_number = |unit: &Unit| {
        let assigned = constant_assignment(program.statement(unit.id));
        assigned.is_some_and(|(name, value)| {
            let is_row = is_row(value) && !changed.contains(&name.to_owned());
            binds.get(name) == Some(&1) && (is_scalar(value) || is_row)
        })
    };
    let runs = program.units().chunk_by(|first, next| {
        is_number(first) && first.cell == next.cell && is_right_below(program, first, next)
    });
    let mut edits = Vec::new();
    for run in runs {
        // Numbers below each other are settings, all of them: the comment is about them.
        if let [number, next] = run
            && !is_number(next)
        {
            edits.extend(moved(program, number, next).into_iter().flatten());
        }
    }
    edits
}

/// Whether a value is some numbers or texts in a row.
fn is_row(value: &Expr) -> bool {
    let (Expr::List(ast::ExprList { elts, .. }) | Expr::Tuple(ast::ExprTuple { elts, .. })) = value
    else {
        return false;
    };
    !elts.is_empty() && elts.iter().all(is_scalar)
}

/// Whether a statement is on the line below another, which may have a comment beside it.
fn is_right_below(program: &Program, unit: &Unit, next: &Unit) -> bool {
    let between = program.text(TextRange::new(unit.range.end(), next.range.start()));
    let beside = between.strip_suffix('\n').map(str::trim_start);
    between.lines().count() == 1 && beside.is_some_and(|it| it.is_empty() || it.starts_with('#'))
}

/// The edits that move the lines of a comment down, to the next statement that is no number.
fn moved(program: &Program, number: &Unit, next: &Unit) -> Option<[Edit; 2]> {
    let above = TextRange::new(number.full_range.start(), number.range.start());
    let text = program.text(above);
    comment_block(text)?;
    let lines = text.split_inclusive('\n').rev();
    let lines = lines.take_while(|line| line.starts_with("# ") && !line.starts_with("# %%"));
    let length = lines.map(str::len).sum::<usize>();
    let start = above.end() - TextSize::try_from(length).ok()?;
    let comment = TextRange::new(start, above.end());
    let below = TextRange::empty(program.statement(next.id).start());
    (length > 0).then(|| {
        let text = program.text(comment).to_owned();
        [comment, below].map(|range| Edit {
            range,
            text: if range == below {
                text.clone()
            } else {
                String::new()
            },
        })
    })
}
