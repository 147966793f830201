//! Figures in notebooks: Jupyter's inline backend closes them when they are shown, and at the end of each cell.
//!
//! A script keeps them open, and draws on. Where a package draws what a notebook drew, it has to close them in the same
//! places, or a file would show what belongs to another. (`matplotlib_inline.backend_inline`: `show`, `flush_figures`.)

use std::collections::BTreeSet;

use srcify_effects::{CallFacts, Callee, Effect, EffectGraph, EffectSet};
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, Ranged, SourceKind, TextRange, UnitId};

use crate::edits::Edit;
use crate::steps::Step;

/// What functions do that only draw, besides computing.
pub(crate) const DRAWS: EffectSet = EffectSet::from_slice(&[
    Effect::Figure,
    Effect::Display,
    Effect::ReadGlobal,
    Effect::Unknown,
]);
/// The function that shows all figures.
const SHOW: &str = "matplotlib.pyplot.show";

/// Whether what runs the input closes figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    are_closed: bool,
}

impl Figures {
    pub(crate) fn of(program: &Program) -> Self {
        let source = &program.source;
        // Other backends, and a setting of the inline one, leave figures open.
        let chooses = ["matplotlib.use(", "switch_backend(", "close_figures"]
            .iter()
            .any(|sign| source.text.contains(sign));
        let leaves_open = |magic: &str| {
            let words: Vec<&str> = magic.split_whitespace().collect();
            match words[..] {
                ["%matplotlib" | "%pylab", backend, ..] => backend != "inline",
                _ => magic.contains("close_figures"),
            }
        };
        let are_closed = source.kind == SourceKind::Notebook
            && !chooses
            && !source.dropped.iter().any(|it| leaves_open(it.text.trim()));
        Self { are_closed }
    }

    pub(crate) fn are_closed(self) -> bool {
        self.are_closed
    }

    /// Numbers the stretches of the input: what one draws on is closed before the next. In the order of `steps`.
    pub(crate) fn stretches(
        self,
        program: &Program,
        graph: &EffectGraph,
        steps: &[Step],
    ) -> Vec<usize> {
        let mut number = 0;
        let mut cell = None;
        let mut stretches = Vec::with_capacity(steps.len());
        for step in steps {
            let range = program.units()[step.unit.index()].range;
            let here = Some(program.source.cell_at(range.start()));
            if self.are_closed && cell.is_some() && cell != here {
                number += 1;
            }
            cell = here;
            stretches.push(number);
            if self.are_closed && is_show(program.statement(step.unit), graph) {
                number += 1;
            }
        }
        stretches
    }

    /// The statements before which the package has to close all figures: they draw on the current figure, and an older
    /// one would be left open by what stays in the package.
    pub(crate) fn closed_before(
        self,
        program: &Program,
        graph: &EffectGraph,
        steps: &[Step],
        stays: impl Fn(&Step) -> bool,
    ) -> BTreeSet<UnitId> {
        let mut units = BTreeSet::new();
        let mut drawn_in = None;
        let stretches = self.stretches(program, graph, steps);
        for (step, stretch) in steps.iter().zip(stretches) {
            let draws = step.effects.contains(Effect::Figure)
                || step.effects.contains(Effect::Unknown) && may_draw(program, graph, step.unit);
            if !draws || !stays(step) {
                continue;
            }
            let is_old = drawn_in.is_some_and(|last| last != stretch);
            if is_old && !begins_figure(program, graph, step.unit) {
                units.insert(step.unit);
            }
            drawn_in = Some(stretch);
        }
        units
    }

    /// Closes figures where a statement inside `statement`, or the statement itself, shows them.
    pub(crate) fn edits(
        self,
        program: &Program,
        graph: &EffectGraph,
        statement: &Stmt,
    ) -> Vec<Edit> {
        let is_shown = graph.calls_in(statement.range()).any(shows);
        if !self.are_closed || !is_shown {
            return Vec::new();
        }
        let mut shows = Shows {
            graph,
            found: Vec::new(),
        };
        shows.visit_stmt(statement);
        let mut edits = Vec::new();
        for (call, function) in shows.found {
            let Some(pyplot) = program.text(function).strip_suffix(".show") else {
                continue;
            };
            edits.push(Edit {
                range: TextRange::empty(call.end()),
                text: format!("; {pyplot}.close(\"all\")"),
            });
        }
        edits
    }
}

/// Methods of tables and columns that draw, by which a call is told when nobody knows what it is a method of.
const DRAWING: &[&str] = &["boxplot", "hist", "plot"];

/// Whether a statement draws by all appearances: `total.plot(kind="bar")`, `x.plot.barh()`.
fn may_draw(program: &Program, graph: &EffectGraph, unit: UnitId) -> bool {
    let range = program.units()[unit.index()].range;
    let mut calls = graph.calls_in(range);
    calls.any(|call| {
        let method = program.text(call.function).rsplit('.');
        matches!(call.callee, Callee::Unknown) && method.take(2).any(|it| DRAWING.contains(&it))
    })
}

/// Whether a call of which nobody knows what it does may take the current figure, by what it is called and given:
/// `helpers.save_current("a.png")`, `run.log_chart(plt)`.
pub(crate) fn may_be_taken(program: &Program, graph: &EffectGraph, range: TextRange) -> bool {
    let pyplot = |text: &str| {
        let path = graph.imports.get(text);
        path.is_some_and(|it| it == "matplotlib.pyplot")
    };
    let is_given = |argument: &srcify_effects::Argument| {
        let text = program.text(argument.range);
        let file = text.trim_end_matches(['"', '\'']).to_lowercase();
        pyplot(text) || (file.len() < text.len() && IMAGES.iter().any(|it| file.ends_with(it)))
    };
    graph.calls_in(range).any(|call| {
        let function = program.text(call.function).to_lowercase();
        let (owner, name) = function.rsplit_once('.').unwrap_or(("", &function));
        let is_of_module = owner.is_empty() || graph.imports.contains_key(owner);
        let tells =
            TAKING.iter().any(|it| name.contains(it)) || (is_of_module && name.starts_with("save"));
        call.own_effects.contains(Effect::Unknown)
            && !is_of_drawing(call)
            && (tells || call.arguments.iter().any(is_given))
    })
}

/// Whether a call is one of a library that draws: what it may do beside rests on what it is given.
fn is_of_drawing(call: &CallFacts) -> bool {
    const DRAWING: [&str; 3] = ["matplotlib.", "pandas.", "seaborn."];
    matches!(&call.callee, Callee::Library(name) if DRAWING.iter().any(|it| name.starts_with(it)))
}

/// Endings of files that figures are kept in.
const IMAGES: &[&str] = &[
    ".png", ".pdf", ".svg", ".jpg", ".jpeg", ".eps", ".gif", ".webp",
];

/// Parts of names of what takes figures.
const TAKING: &[&str] = &["fig", "plot", "chart", "image", "png", "pdf", "svg"];

fn shows(call: &CallFacts) -> bool {
    matches!(&call.callee, Callee::Library(name) if name == SHOW)
}

/// Whether a statement is a call that shows all figures, and no more.
pub(crate) fn is_show(statement: &Stmt, graph: &EffectGraph) -> bool {
    let Stmt::Expr(expression) = statement else {
        return false;
    };
    let call = graph.call_at(expression.value.range());
    call.is_some_and(shows)
}

/// The statements that are nothing but calls which show all figures: the calls, and what they call.
struct Shows<'a> {
    graph: &'a EffectGraph,
    found: Vec<(TextRange, TextRange)>,
}

impl<'a> Visitor<'a> for Shows<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::Expr(expression) = statement
            && let Expr::Call(call) = &*expression.value
            && is_show(statement, self.graph)
        {
            self.found.push((call.range(), call.func.range()));
        }
        walk_stmt(self, statement);
    }
}

fn has_number(call: &CallFacts) -> bool {
    let mut parameters = call.arguments.iter().map(|it| it.parameter.as_deref());
    parameters.any(|name| name == Some("num"))
}

/// Whether a statement makes a new figure the current one, first of all. A figure with a number may exist already.
pub(crate) fn begins_figure(program: &Program, graph: &EffectGraph, unit: UnitId) -> bool {
    let range = program.units()[unit.index()].range;
    if begins(graph, range) {
        return true;
    }
    // The first statement of a function that is called first of all, with nothing but variables.
    let call = match program.statement(unit) {
        Stmt::Expr(it) => it.value.as_call_expr(),
        Stmt::Assign(it) => it.value.as_call_expr(),
        _ => None,
    };
    let facts = call.and_then(|it| graph.call_at(it.range()));
    let Some(Callee::User(name)) = facts.map(|it| &it.callee) else {
        return false;
    };
    let definitions = program.units().iter().filter_map(|it| {
        let function = program.statement(it.id).as_function_def_stmt()?;
        (function.name.as_str() == name).then_some(function)
    });
    let definitions: Vec<_> = definitions.collect();
    let [function] = definitions[..] else {
        return false;
    };
    let is_plain = call.is_some_and(|it| {
        it.arguments
            .iter_source_order()
            .all(|it| it.value().is_name_expr())
    });
    let mut body = function.body.iter();
    let first = body.find(|it| {
        !it.as_expr_stmt()
            .is_some_and(|it| it.value.is_string_literal_expr())
    });
    is_plain && first.is_some_and(|it| is_simple(it) && begins(graph, it.range()))
}

/// Whether a statement runs as a whole.
fn is_simple(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(_) | Stmt::Assign(_))
}

/// Whether code calls what makes a new figure the current one.
fn begins(graph: &EffectGraph, range: TextRange) -> bool {
    graph.calls_in(range).any(|call| match &call.callee {
        Callee::Library(name) => match name.as_str() {
            "matplotlib.pyplot.figure" => {
                let first = call.arguments.first();
                first.is_none_or(|it| it.is_keyword) && !has_number(call)
            }
            "matplotlib.pyplot.subplots" => !has_number(call),
            _ => false,
        },
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(cells: &[&str]) -> Figures {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| {
                let source = format!("{cell:?}");
                format!(r#"{{"cell_type": "code", "metadata": {{}}, "outputs": [], "source": {source}}}"#)
            })
            .collect();
        let cells = cells.join(",");
        let notebook = format!(
            r#"{{"cells": [{cells}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 4}}"#
        );
        let source = srcify_syntax::read("a.ipynb".into(), notebook.as_bytes());
        let source = source.expect("a notebook").output;
        Figures::of(&srcify_syntax::parse(source).output)
    }

    #[test]
    fn figures_stay_open_where_the_inline_backend_does_not_draw_them() {
        let plot = "import matplotlib.pyplot as plt\nplt.plot([1])";
        assert!(figures(&[plot]).are_closed);
        assert!(figures(&["%matplotlib inline", plot]).are_closed);
        assert!(!figures(&["%matplotlib widget", plot]).are_closed);
        assert!(!figures(&["import matplotlib\nmatplotlib.use('Agg')", plot]).are_closed);
        let setting = "%config InlineBackend.close_figures = False";
        assert!(!figures(&[setting, plot]).are_closed);
    }
}
