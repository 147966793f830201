//! Whether the figure that pyplot saves is certainly the one that a run of statements made.

use srcify_effects::{CallFacts, Callee, Effect};
use srcify_syntax::Ranged;
use srcify_syntax::ast::{Expr, Stmt};

use super::{Run, Seen, receiver};
use crate::figures::{begins_figure, is_show};

/// The figure that a run begins with.
pub(super) enum Figure {
    /// A variable holds it.
    Named(String),
    /// A call makes it, and nothing takes it.
    Unnamed,
}

/// Functions of seaborn that draw on the current axes.
const ON_AXES: &[&str] = &[
    "barplot",
    "boxplot",
    "countplot",
    "ecdfplot",
    "heatmap",
    "histplot",
    "kdeplot",
    "lineplot",
    "pointplot",
    "regplot",
    "residplot",
    "rugplot",
    "scatterplot",
    "stripplot",
    "swarmplot",
    "violinplot",
];

/// Functions of pyplot that make another figure the current one.
const CHANGE: &[&str] = &[
    "axes",
    "clf",
    "close",
    "figure",
    "sca",
    "subplot_mosaic",
    "subplots",
    "switch_backend",
];

/// Whether a call closes figures, or shows them: there another one begins.
pub(super) fn closes(call: &CallFacts) -> bool {
    matches!(pyplot(call), Some("close" | "clf" | "show"))
}

fn pyplot(call: &CallFacts) -> Option<&str> {
    match &call.callee {
        Callee::Library(name) => name.strip_prefix("matplotlib.pyplot."),
        _ => None,
    }
}

/// Whether a call leaves the current figure what it is.
fn stays(call: &CallFacts) -> bool {
    let draws = call.draws_figure || call.effects.contains(Effect::Figure);
    match &call.callee {
        Callee::Library(name) => {
            let last = name.rsplit('.').next().unwrap_or(name);
            let is_drawing = name.starts_with("matplotlib.")
                || name.starts_with("seaborn.") && ON_AXES.contains(&last);
            (!draws || is_drawing) && !pyplot(call).is_some_and(|it| CHANGE.contains(&it))
        }
        _ => !draws && !call.effects.contains(Effect::Unknown),
    }
}

impl Seen<'_> {
    /// The figure of a run, where `plt.savefig` saves it, and does no more that anybody could see.
    pub(super) fn current(&self, run: &Run<'_>) -> Option<Figure> {
        let path = self.graph.imports.get(receiver(run.saver)?)?;
        if path != "matplotlib.pyplot" || !self.is_last_use(run) {
            return None;
        }
        let first = self.program.units()[run.units.start].id;
        let makes = |call: &CallFacts| matches!(pyplot(call), Some("figure" | "subplots"));
        let begins = begins_figure(self.program, self.graph, first)
            && self.calls(run.units.start).filter(|it| !makes(it)).count() == 0;
        let is_plain = |at: usize| self.calls(at).all(stays);
        if !begins || !(run.units.start + 1..run.units.end).all(is_plain) {
            return None;
        }
        match self.statement(run.units.start) {
            Stmt::Expr(it) if it.value.is_call_expr() => {
                let call = self.graph.call_at(it.value.range())?;
                (pyplot(call) == Some("figure")).then_some(Figure::Unnamed)
            }
            Stmt::Assign(it) => {
                let [target] = &it.targets[..] else {
                    return None;
                };
                let figure = match (target, pyplot(self.graph.call_at(it.value.range())?)?) {
                    (Expr::Name(name), "figure") => name,
                    (Expr::Tuple(pair), "subplots") => pair.elts.first()?.as_name_expr()?,
                    _ => return None,
                };
                let is_rebound = (run.units.start + 1..run.units.end)
                    .any(|at| self.graph.units[at].access.may.contains(figure.id.as_str()));
                (!is_rebound).then(|| Figure::Named(figure.id.to_string()))
            }
            _ => None,
        }
    }

    /// Whether the next that has to do with figures begins a new one, or closes or shows this one: `plt.savefig` draws it
    /// again behind the saving, which nobody sees then.
    fn is_last_use(&self, run: &Run<'_>) -> bool {
        let units = self.program.units();
        let saver = run.units.end;
        let next = (saver + 1..units.len()).find(|at| {
            self.draws(*at)
                || self
                    .calls(*at)
                    .any(|it| it.effects.contains(Effect::Unknown) || closes(it))
        });
        next.is_none_or(|next| {
            let statement = self.statement(next);
            let closes_it = statement
                .as_expr_stmt()
                .is_some_and(|it| self.graph.call_at(it.value.range()).is_some_and(closes));
            closes_it
                || is_show(statement, self.graph)
                || begins_figure(self.program, self.graph, units[next].id)
                || self.stretches.get(next) != self.stretches.get(saver)
        })
    }
}
