//! `ax.set_xlim((0, 1))` for `ax.set_xlim([0, 1])`: matplotlib takes either, and its types say that it takes tuples.

use srcify_effects::{Callee, EffectGraph};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, TextRange, TextSize, snippet};

use super::Edit;

/// What takes several numbers as one argument, first.
const TAKE_TUPLES: &[&str] = &[
    "matplotlib.axes.Axes.axis",
    "matplotlib.axes.Axes.set_xlim",
    "matplotlib.axes.Axes.set_ylim",
    "matplotlib.figure.Figure.add_axes",
    "matplotlib.pyplot.axes",
    "matplotlib.pyplot.axis",
    "matplotlib.pyplot.xlim",
    "matplotlib.pyplot.ylim",
];

/// Puts tuples in the place of lists that are written down where matplotlib takes two or four numbers apart.
pub(super) fn limit_edits(program: &Program, graph: &EffectGraph, range: TextRange) -> Vec<Edit> {
    let mut edits = Vec::new();
    for call in graph.calls_in(range) {
        let takes =
            matches!(&call.callee, Callee::Library(it) if TAKE_TUPLES.contains(&it.as_str()));
        let Some((first, others)) = call.arguments.split_first().filter(|_| takes) else {
            continue;
        };
        let is_alone = !first.is_keyword && others.iter().all(|it| it.is_keyword);
        if is_alone && is_list(program.text(first.range)) {
            let one = TextSize::new(1);
            let brackets = [
                (TextRange::at(first.range.start(), one), "("),
                (TextRange::at(first.range.end() - one, one), ")"),
            ];
            edits.extend(brackets.map(|(range, text)| Edit {
                range,
                text: text.to_owned(),
            }));
        }
    }
    edits
}

/// Whether it is a list of two things or more, written down one by one.
fn is_list(text: &str) -> bool {
    let parsed = snippet(text);
    let [Stmt::Expr(statement)] = parsed.statements() else {
        return false;
    };
    let Expr::List(list) = &*statement.value else {
        return false;
    };
    list.elts.len() > 1 && !list.elts.iter().any(Expr::is_starred_expr)
}
