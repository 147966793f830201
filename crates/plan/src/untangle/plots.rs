//! Statements that draw a figure which the next one saves, as a function that draws it: `figure = plot_curve(scores)`.
//!
//! Nothing moves: the function is called where its statements stood, so what pyplot keeps as the current figure is the same
//! before and after. Who saves the current figure, and certainly saves this one, is given it by name.

mod current;
mod words;

use std::collections::BTreeSet;

use srcify_effects::{CallFacts, Effect, EffectGraph, Mutation};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, SourceKind, TextRange, TextSize, UnitId};

use super::frames::Taken;
use super::{Analysis, NewNames, edited};
use crate::definitions::MOST_PARAMETERS;
use crate::edits::{Edit, indent};
use crate::figures::{DRAWS, Figures, begins_figure};
use crate::names::{Names, mentioned_names};
use crate::settings::literal_of;
use crate::steps::{constant_assignment, seen_only, steps_of};
use crate::timeline::{Bound, Live, reads};

/// One statement is no function.
const FEWEST: usize = 2;
const MOST_RESULTS: usize = 2;
/// Longer words make no name of a variable.
const SHORT: usize = 16;

/// Makes functions of what draws a figure that the next statement saves: the program, and the names that it does not bind any
/// more.
pub(super) fn in_functions(
    taken: Taken,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph, BTreeSet<String>) {
    let Taken {
        program,
        graph,
        mut left,
    } = taken;
    if !program.source.text.contains("savefig(") {
        return (program, graph, left);
    }
    let (edits, own) = Seen::of(&program, &graph).changes();
    if edits.is_empty() {
        return (program, graph, left);
    }
    match edited(&program, edits, analyze) {
        Some((program, graph)) => {
            left.extend(own);
            (program, graph, left)
        }
        None => (program, graph, left),
    }
}

/// A program, before anything is changed.
struct Seen<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
    names: Names,
    bound: Bound,
    live: Live,
    /// The stretch of each statement: what one draws on is closed before the next.
    stretches: Vec<usize>,
    /// Statements that are left out, or hold secrets.
    others: BTreeSet<UnitId>,
}

/// Statements that become a function.
struct Run<'a> {
    units: std::ops::Range<usize>,
    /// The call that saves the figure.
    saver: &'a ast::ExprCall,
    parameters: Vec<String>,
    results: Vec<String>,
    binds: BTreeSet<String>,
}

impl<'a> Seen<'a> {
    fn of(program: &'a Program, graph: &'a EffectGraph) -> Self {
        let names = Names::of(program, graph);
        let steps = steps_of(program, graph, &names, &BTreeSet::new());
        let secrets = crate::secrets::find(program).into_iter().map(|it| it.unit);
        let dropped = seen_only(program, graph, &steps);
        let others = dropped.into_keys().chain(secrets);
        Self {
            program,
            graph,
            others: others.collect(),
            bound: Bound::of(&steps),
            live: reads(&steps),
            stretches: Figures::of(program).stretches(program, graph, &steps),
            names,
        }
    }

    fn changes(&self) -> (Vec<Edit>, BTreeSet<String>) {
        let mut names = NewNames::of(self.graph);
        let mut edits = Vec::new();
        let mut left = BTreeSet::new();
        for at in 0..self.program.units().len() {
            let Some(run) = self.saver(at).and_then(|saver| self.run(at, saver)) else {
                continue;
            };
            edits.extend(self.edits(&run, &mut names));
            let own = run.binds.into_iter();
            left.extend(
                own.filter(|it| !run.results.contains(it) && !self.is_bound_beside(it, &run.units)),
            );
        }
        (edits, left)
    }

    fn is_bound_beside(&self, name: &str, units: &std::ops::Range<usize>) -> bool {
        let bindings = self.names.get(name).map_or(&[][..], |it| &it.bindings);
        bindings.iter().any(|it| !units.contains(&it.index()))
    }

    fn statement(&self, at: usize) -> &'a Stmt {
        self.program.statement(self.program.units()[at].id)
    }

    /// The call that a statement is, where that saves a figure.
    fn saver(&self, at: usize) -> Option<&'a ast::ExprCall> {
        let call = self.statement(at).as_expr_stmt()?.value.as_call_expr()?;
        let method = call.func.as_attribute_expr()?;
        let is_kept = self.others.contains(&self.program.units()[at].id);
        (method.attr.as_str() == "savefig" && !is_kept).then_some(call)
    }

    fn calls(&self, at: usize) -> impl Iterator<Item = &'a CallFacts> {
        self.graph.calls_in(self.program.units()[at].range)
    }

    fn draws(&self, at: usize) -> bool {
        let draws = |it: &CallFacts| it.draws_figure || it.effects.contains(Effect::Figure);
        self.graph.units[at].effects.contains(Effect::Figure) || self.calls(at).any(draws)
    }

    /// Whether a statement may stand in such a function.
    fn is_plain(&self, at: usize) -> bool {
        let facts = &self.graph.units[at];
        let statement = self.statement(at);
        let is_known = matches!(
            statement,
            Stmt::Expr(_)
                | Stmt::Assign(_)
                | Stmt::AugAssign(_)
                | Stmt::For(_)
                | Stmt::If(_)
                | Stmt::With(_)
        );
        let text = self.program.text(self.program.units()[at].range);
        let variable = |name: &String| self.names.is_variable(name);
        is_known
            && !self.others.contains(&self.program.units()[at].id)
            && DRAWS.union(facts.effects) == DRAWS
            && (self.draws(at) || facts.effects.is_pure())
            && facts.writes_by_call.is_empty()
            && facts.access.deletes.is_empty()
            && facts.access.globals.is_empty()
            && !text.contains("await ")
            && self.saver(at).is_none()
            && !self.calls(at).any(current::closes)
            && !mentioned_names(statement).iter().any(variable)
    }

    /// The statements before the one that saves, as far as they belong to its figure.
    fn run(&self, at: usize, saver: &'a ast::ExprCall) -> Option<Run<'a>> {
        let units = self.program.units();
        let mut start = at;
        while start > 0 {
            let before = start - 1;
            let is_near = self.program.source.kind == SourceKind::Script
                || units[before].cell == units[at].cell;
            if !is_near || !self.is_plain(before) {
                break;
            }
            start = before;
            if begins_figure(self.program, self.graph, units[start].id) {
                break;
            }
        }
        loop {
            while start < at && !self.draws(start) {
                start += 1;
            }
            if at - start < FEWEST {
                return None;
            }
            match self.sound(start..at, saver) {
                Ok(run) => return Some(run),
                Err(next) => start = next?,
            }
        }
    }

    /// The run of these statements, where a function may hold them; else the first that it might begin with.
    fn sound(
        &self,
        units: std::ops::Range<usize>,
        saver: &'a ast::ExprCall,
    ) -> Result<Run<'a>, Option<usize>> {
        let (at, start) = (units.end, units.start);
        let mut must: BTreeSet<&String> = BTreeSet::new();
        let mut may: BTreeSet<&String> = BTreeSet::new();
        let mut parameters: Vec<String> = Vec::new();
        for unit in units.clone() {
            let facts = &self.graph.units[unit];
            let changed = facts.mutates.iter();
            let mut changed = changed
                .filter(|(_, how)| **how == Mutation::Own)
                .map(|it| it.0);
            if changed.any(|it| self.names.is_variable(it) && !may.contains(it)) {
                return Err(Some(unit + 1));
            }
            for name in facts.access.reads.iter().chain(&facts.access.captures) {
                let is_known = must.contains(name) || parameters.contains(name);
                if !is_known && self.is_given(name) {
                    if !self.bound.is_bound_before(start, name) {
                        return Err(None);
                    }
                    parameters.push(name.clone());
                }
            }
            let captured = facts.access.captures.iter();
            let mut captured = captured.filter(|it| self.names.is_variable(it));
            if captured.any(|it| !self.means_one(it, &units)) {
                return Err(None);
            }
            must.extend(&facts.access.must);
            may.extend(&facts.access.may);
        }
        let is_needed =
            |name: &&&String| self.live.is_read_from(at, name) || self.is_captured(name, &units);
        let needed: Vec<&String> = may.iter().filter(is_needed).copied().collect();
        let is_certain = needed
            .iter()
            .all(|it| must.contains(*it) && !self.is_captured(it, &units));
        if needed.len() > MOST_RESULTS || !is_certain {
            let binds = |unit: &usize| {
                let may = &self.graph.units[*unit].access.may;
                !self.draws(*unit) && needed.iter().any(|it| may.contains(*it))
            };
            return Err(units.clone().rev().find(binds).map(|it| it + 1));
        }
        if parameters.len() > MOST_PARAMETERS {
            return Err(None);
        }
        Ok(Run {
            results: needed.into_iter().cloned().collect(),
            binds: may.into_iter().cloned().collect(),
            saver,
            parameters,
            units,
        })
    }

    /// Whether a function is given what a name is bound to: no import, definition or setting.
    fn is_given(&self, name: &str) -> bool {
        let Some(facts) = self
            .names
            .get(name)
            .filter(|_| self.names.is_variable(name))
        else {
            return false;
        };
        let is_constant = |unit: &UnitId| {
            let bound = constant_assignment(self.program.statement(*unit));
            bound.is_some_and(|(_, value)| literal_of(value).is_some())
        };
        !(facts.bindings.len() == 1 && facts.bindings.iter().all(is_constant) && !facts.is_mutated)
    }

    /// Whether code that runs later finds the same under a name.
    fn means_one(&self, name: &str, units: &std::ops::Range<usize>) -> bool {
        let bindings = self.names.get(name).map_or(&[][..], |it| &it.bindings);
        bindings.len() == 1 || bindings.iter().all(|it| units.contains(&it.index()))
    }

    /// Whether a function elsewhere reads a name when it is called.
    fn is_captured(&self, name: &str, units: &std::ops::Range<usize>) -> bool {
        let others = (0..)
            .zip(&self.graph.units)
            .filter(|(at, _)| !units.contains(at));
        others.into_iter().any(|(_, facts)| {
            let access = &facts.access;
            access.captures.contains(name) && !access.may.contains(name)
                || access.globals.contains(name)
                || facts.reads_by_call.contains(name)
        })
    }

    fn edits(&self, run: &Run<'a>, names: &mut NewNames) -> Vec<Edit> {
        let units = &self.program.units()[run.units.clone()];
        let (Some(first), Some(last)) = (units.first(), units.last()) else {
            return Vec::new();
        };
        let range = TextRange::new(first.range.start(), last.range.end());
        let before = &self.program.source.text[..usize::from(range.start())];
        if !before.is_empty() && !before.ends_with('\n') {
            return Vec::new();
        }
        let stem = words::of(self, run);
        let name = names.unique(&format!("plot_{stem}"));
        let mut body = self.program.text(range).to_owned();
        let mut results = run.results.clone();
        let mut edits = Vec::new();
        if let Some(figure) = self.current(run) {
            let figure = match figure {
                current::Figure::Named(figure) => figure,
                current::Figure::Unnamed => {
                    let is_short = stem.len() <= SHORT;
                    let own = is_short.then(|| format!("{stem}_figure"));
                    let figure = names.unique(&own.unwrap_or_else(|| "figure".to_owned()));
                    body = format!("{figure} = {body}");
                    figure
                }
            };
            edits.push(Edit {
                range: run.saver.func.range(),
                text: format!("{figure}.savefig"),
            });
            results.retain(|it| *it != figure);
            results.insert(0, figure);
            if results.len() > MOST_RESULTS {
                return Vec::new();
            }
        }
        let (function, call) = texts(&name, &run.parameters, &results, &body);
        edits.extend(self.placed(run, range, &function, &call));
        edits
    }

    /// The edits that put the function before a run, and its call in the place of that.
    fn placed(&self, run: &Run<'a>, range: TextRange, function: &str, call: &str) -> Vec<Edit> {
        let remark = self.remark(run);
        let remark = remark.filter(|it| !words::tells_what_is_drawn(self.program.text(*it)));
        // The author's remark is about the place, and stays there.
        if let Some(remark) = remark {
            let before = Edit {
                range: TextRange::empty(remark.start()),
                text: format!("{function}\n"),
            };
            let text = call.to_owned();
            return vec![before, Edit { range, text }];
        }
        let text = format!("{function}{call}");
        vec![Edit { range, text }]
    }

    /// The comments above the first statement.
    fn remark(&self, run: &Run<'a>) -> Option<TextRange> {
        let unit = &self.program.units()[run.units.start];
        let above = TextRange::new(unit.full_range.start(), unit.range.start());
        let text = self.program.text(above);
        let blanks = text.len() - text.trim_start().len();
        let start = above.start() + TextSize::of(&text[..blanks]);
        let whole = &self.program.source.text[..usize::from(start)];
        let is_line = whole.is_empty() || whole.ends_with('\n');
        (text.contains('#') && is_line).then(|| TextRange::new(start, above.end()))
    }
}

/// A function, and a call of it.
fn texts(name: &str, parameters: &[String], results: &[String], body: &str) -> (String, String) {
    let parameters = parameters.join(", ");
    let results = results.join(", ");
    let body = indent(body);
    let head = format!("def {name}({parameters}):\n{body}");
    let call = format!("{name}({parameters})");
    if results.is_empty() {
        (format!("{head}\n\n"), call)
    } else {
        let function = format!("{head}\n    return {results}\n\n");
        (function, format!("{results} = {call}"))
    }
}

/// The name that something begins with: `figure` in `figure.savefig`.
fn receiver(saver: &ast::ExprCall) -> Option<&str> {
    let method = saver.func.as_attribute_expr()?;
    match &*method.value {
        Expr::Name(name) => Some(&name.id),
        _ => None,
    }
}
