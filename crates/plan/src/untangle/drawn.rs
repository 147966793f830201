//! Drawing that nobody saves, inside of loops and branches that do more than draw: it is left out, as it is elsewhere.
//!
//! A loop that fits a model and plots each round would else open a window for each. What goes are statements that only
//! draw, with the names that they bind; the statement around them is analysed again, and must do all else that it did.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Callee, Effect, EffectGraph, Mutation, Occurrence, UnitFacts};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Dropped, Program, Ranged, Severity, Span, TextRange, TextSize, Unit, UnitId};

use super::Analysis;
use crate::figures::may_be_taken;
use crate::names::Names;
use crate::steps::{SEEN_ONLY, calls_little, seen_only, steps_of};
use crate::wishes::Wishes;

/// Each attempt takes back what the one before got wrong.
const ATTEMPTS: usize = 3;
/// Why a statement is not in the package.
pub(crate) const DRAWN: &str = "only draws a figure that is shown";

/// What takes the current figure, or all that are open, without a name of them.
const TAKES_CURRENT: &[&str] = &[
    "savefig",
    "gcf",
    "get_fignums",
    "print_figure",
    "PdfPages",
    "pyplot(",
    "wandb",
    "mpld3",
    "canvas",
    "log_figure",
];

/// What comments say of drawing.
const DRAWING_WORDS: &[&str] = &[
    "plot", "draw", "show", "figure", "chart", "graph", "hist", "axes", "axis", "title", "label",
    "legend", "visual", "display", "subplot",
];

/// What tells where something is drawn, and how.
const PLACES: &[&str] = &[
    "numpy.arange",
    "numpy.linspace",
    "numpy.meshgrid",
    "numpy.ndarray.max",
    "numpy.ndarray.min",
    "matplotlib.colors.ListedColormap",
    "matplotlib.pyplot.get_cmap",
    "matplotlib.pyplot.cm.get_cmap",
    "seaborn.color_palette",
];

/// What makes a new figure the current one.
const BEGINS: &[&str] = &["matplotlib.pyplot.figure", "matplotlib.pyplot.subplots"];

/// The program without the drawing inside of its loops and branches, where nothing needs it.
pub(super) fn leave_out(
    program: Program,
    graph: EffectGraph,
    kept: &BTreeSet<UnitId>,
    keep_plots: bool,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    let mut refused = kept.clone();
    let attempts = if keep_plots { 0 } else { ATTEMPTS };
    for _ in 0..attempts {
        let seen = Seen {
            program: &program,
            graph: &graph,
        };
        let found = seen.found(&refused);
        if found.is_empty() {
            break;
        }
        let parsed = srcify_syntax::parse(seen.without(&found));
        let mut diagnostics = parsed.diagnostics.iter();
        if diagnostics.any(|it| it.severity == Severity::Error) {
            break;
        }
        let facts = analyze(&parsed.output);
        let broken = seen.broken(&parsed.output, &facts, &found);
        if broken.is_empty() {
            return (parsed.output, facts);
        }
        refused.extend(broken);
    }
    (program, graph)
}

/// Whether statements may be left out of a program because they only draw: nothing takes the current figure.
fn shows_only(program: &Program) -> bool {
    let text = &program.source.text;
    !TAKES_CURRENT.iter().any(|it| text.contains(it))
}

/// The statements of the module that are left out for they only draw or show something.
fn dropped(program: &Program, graph: &EffectGraph) -> BTreeMap<UnitId, &'static str> {
    let names = Names::of(program, graph);
    let steps = steps_of(program, graph, &names, &BTreeSet::new());
    seen_only(program, graph, &steps)
}

/// A program, before anything is changed.
struct Seen<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
}

/// Statements that go, in the order of the text.
type Found<'a> = BTreeMap<UnitId, Vec<&'a Stmt>>;

impl<'a> Seen<'a> {
    /// The statements inside of others that only draw, by the statement of the module around them.
    fn found(&self, refused: &BTreeSet<UnitId>) -> Found<'a> {
        let mut found = Found::new();
        if !shows_only(self.program) {
            return found;
        }
        let draws = |unit: &&Unit| {
            let is_around = !suites(self.program.statement(unit.id)).is_empty();
            let mut calls = self.graph.calls_in(unit.range);
            is_around && calls.any(|it| it.draws_figure || it.effects.contains(Effect::Figure))
        };
        if !self.program.units().iter().any(|unit| draws(&unit)) {
            return found;
        }
        let wishes = Wishes::of(self.program, &mut Vec::new());
        let dropped = dropped(self.program, self.graph);
        for unit in self.program.units().iter().filter(draws) {
            let wish = wishes.of_unit(self.program, unit.id);
            let stays_whole = refused.contains(&unit.id) || wish.is_some_and(|it| it.keep);
            if stays_whole || dropped.contains_key(&unit.id) {
                continue;
            }
            let mut inside = Inside {
                seen: self,
                unit: unit.id,
                figures: BTreeSet::new(),
                drawing: Vec::new(),
                empties: false,
            };
            let statement = self.program.statement(unit.id);
            inside.look_into(statement);
            if inside.drawing.is_empty() {
                continue;
            }
            inside.look_for_unread(statement);
            if !inside.empties && self.is_needless(unit.id, &inside.drawing) {
                found.insert(unit.id, inside.drawing);
            }
        }
        found
    }

    /// Whether nothing that stays reads what the statements bind.
    fn is_needless(&self, unit: UnitId, drawing: &[&Stmt]) -> bool {
        let is_gone = |place: TextRange| drawing.iter().any(|it| it.range().contains_range(place));
        let access = &self.graph.units[unit.index()].access;
        let bound = bound_by(access, drawing);
        let mut others = access.occurrences.iter();
        let is_read_here = others.any(|(name, place, kind)| {
            *kind != Occurrence::Store && bound.contains(name) && !is_gone(*place)
        });
        let by_call = &self.graph.units[unit.index()].reads_by_call;
        let is_read_here = is_read_here || !bound.is_disjoint(by_call);
        !is_read_here && !bound.iter().any(|it| self.is_read_elsewhere(unit, it))
    }

    /// Whether what a statement of the module binds is read by others.
    fn is_read_elsewhere(&self, unit: UnitId, name: &str) -> bool {
        let later = &self.graph.units[unit.index() + 1..];
        let reads = |it: &UnitFacts| {
            it.access.reads.contains(name)
                || it.access.captures.contains(name)
                || it.access.deletes.contains(name)
                || it.reads_by_call.contains(name)
        };
        let mut telling = later.iter();
        let telling = telling.find(|it| reads(it) || it.access.must.contains(name));
        let mut before = self.graph.units[..unit.index()].iter();
        telling.is_some_and(reads) || before.any(|it| it.access.captures.contains(name))
    }

    /// The source without them; a line that is empty stands for each of theirs.
    fn without(&self, found: &Found<'a>) -> srcify_syntax::Source {
        let mut source = self.program.source.clone();
        let mut edits = Vec::new();
        for statement in found.values().flatten() {
            let range = self.with_comment(self.lines_of(statement.range()));
            let text = self.program.text(range);
            source.dropped.push(Dropped {
                span: Span::from(TextRange::empty(statement.start())),
                text: self.program.text(statement.range()).to_owned(),
                reason: DRAWN.to_owned(),
            });
            edits.push((range, "\n".repeat(text.matches('\n').count())));
        }
        edits.sort_by_key(|(range, _)| range.start());
        source.edited(&edits)
    }

    /// The whole lines of a statement.
    fn lines_of(&self, range: TextRange) -> TextRange {
        let text = &self.program.source.text;
        let (start, end) = (range.start().to_usize(), range.end().to_usize());
        let start = text[..start].rfind('\n').map_or(0, |it| it + 1);
        let end = text[end..].find('\n').map_or(text.len(), |it| end + it + 1);
        let size = |at: usize| TextSize::try_from(at).unwrap_or(range.end());
        TextRange::new(size(start), size(end))
    }

    /// Lines with the comment above them, where that tells what they draw, or nothing follows that it could be about.
    fn with_comment(&self, lines: TextRange) -> TextRange {
        let text = &self.program.source.text;
        let (before, behind) = (
            &text[..lines.start().to_usize()],
            &text[lines.end().to_usize()..],
        );
        // A text of several lines may end in one like that.
        let is_comment = |it: &&str| {
            let line = it.trim();
            line.starts_with('#') && !line.ends_with(['"', '\''])
        };
        let comment = before.lines().rev().take_while(is_comment);
        let comment: Vec<&str> = comment.collect();
        let is_last = behind.lines().next().is_none_or(|it| it.trim().is_empty());
        let words = comment.join(" ").to_lowercase();
        if comment.is_empty() || !(is_last || DRAWING_WORDS.iter().any(|it| words.contains(it))) {
            return lines;
        }
        let size: usize = comment.iter().map(|it| it.len() + 1).sum();
        let start = lines.start().to_usize().saturating_sub(size);
        TextRange::new(
            TextSize::try_from(start).unwrap_or(lines.start()),
            lines.end(),
        )
    }

    /// Whether nothing else stands on the lines of a statement.
    fn is_alone(&self, range: TextRange) -> bool {
        let lines = self.lines_of(range);
        let before = self
            .program
            .text(TextRange::new(lines.start(), range.start()));
        let behind = self.program.text(TextRange::new(range.end(), lines.end()));
        let behind = behind.trim();
        before.trim().is_empty() && (behind.is_empty() || behind.starts_with('#'))
    }

    /// The statements of which the rest does not do what it did, or would draw on a figure of which something is left.
    fn broken(&self, new: &Program, facts: &EffectGraph, found: &Found<'a>) -> BTreeSet<UnitId> {
        if new.units().len() != self.program.units().len() {
            return found.keys().copied().collect();
        }
        let dropped = dropped(new, facts);
        let stays = facts.units.iter().zip(new.units()).any(|(unit, it)| {
            unit.effects.contains(Effect::Figure) && !dropped.contains_key(&it.id)
        });
        let is_broken = |unit: &UnitId, drawing: &[&Stmt]| {
            let (old, now) = (&self.graph.units[unit.index()], &facts.units[unit.index()]);
            let range = new.units()[unit.index()].range;
            let mut from_here = new.units()[unit.index()..].iter();
            let still_draws = facts.calls_in(range).any(|it| it.draws_figure)
                || from_here.any(|it| may_be_taken(new, facts, it.range));
            still_draws || !does_the_rest(old, now, drawing) || (stays && !self.begins(drawing))
        };
        let broken = found
            .iter()
            .filter(|(unit, drawing)| is_broken(unit, drawing));
        broken.map(|(unit, _)| *unit).collect()
    }

    /// Whether the first of them begins a figure, so that the others draw on no older one.
    fn begins(&self, drawing: &[&Stmt]) -> bool {
        let begins = |call: &srcify_effects::CallFacts| matches!(&call.callee, Callee::Library(name) if BEGINS.contains(&name.as_str()));
        drawing
            .first()
            .is_some_and(|it| self.graph.calls_in(it.range()).any(begins))
    }
}

/// Whether a statement without its drawing does all else that it did.
fn does_the_rest(old: &UnitFacts, now: &UnitFacts, drawing: &[&Stmt]) -> bool {
    let bound = bound_by(&old.access, drawing);
    let is_figure = |name: &String| {
        let ty = old.types.get(name);
        bound.contains(name) || ty.is_some_and(srcify_effects::Type::is_figure)
    };
    let changes_the_same = old.mutates.iter().all(|(name, kind)| {
        now.mutates.get(name) == Some(kind) || *kind == Mutation::Alias || is_figure(name)
    });
    let binds_the_same = old
        .access
        .must
        .iter()
        .all(|name| now.access.must.contains(name) || bound.contains(name));
    now.effects.without(SEEN_ONLY) == old.effects.without(SEEN_ONLY)
        && !now.effects.contains(Effect::Figure)
        && now.consumes == old.consumes
        && now.writes_by_call == old.writes_by_call
        && changes_the_same
        && binds_the_same
}

/// The names that some statements bind.
fn bound_by(access: &srcify_effects::Access, drawing: &[&Stmt]) -> BTreeSet<String> {
    let binds = access.occurrences.iter().filter(|(_, place, kind)| {
        *kind != Occurrence::Load && drawing.iter().any(|it| it.range().contains_range(*place))
    });
    binds.map(|(name, ..)| name.clone()).collect()
}

/// The statements that one holds, by suite.
fn suites(statement: &Stmt) -> Vec<&[Stmt]> {
    match statement {
        Stmt::For(it) => vec![&it.body, &it.orelse],
        Stmt::While(it) => vec![&it.body, &it.orelse],
        Stmt::With(it) => vec![&it.body],
        Stmt::If(it) => {
            let others = it.elif_else_clauses.iter().map(|it| &it.body[..]);
            std::iter::once(&it.body[..]).chain(others).collect()
        }
        Stmt::Try(it) => {
            let handlers = it.handlers.iter();
            let handlers = handlers.filter_map(|it| Some(&it.as_except_handler()?.body[..]));
            let mut all = vec![&it.body[..]];
            all.extend(handlers);
            all.extend([&it.orelse[..], &it.finalbody[..]]);
            all
        }
        _ => Vec::new(),
    }
}

/// Looks for drawing inside of a statement.
struct Inside<'s, 'a> {
    seen: &'s Seen<'a>,
    unit: UnitId,
    /// Names that statements bind which go.
    figures: BTreeSet<String>,
    drawing: Vec<&'a Stmt>,
    /// A suite would be left without a statement.
    empties: bool,
}

impl<'a> Inside<'_, 'a> {
    fn look_into(&mut self, statement: &'a Stmt) {
        for suite in suites(statement) {
            for inner in suite {
                if self.is_drawing(inner) && self.seen.is_alone(inner.range()) {
                    self.drawing.push(inner);
                } else {
                    self.look_into(inner);
                }
            }
            self.empties |= !suite.is_empty() && suite.iter().all(|it| self.goes(it));
        }
    }

    /// Adds what is computed for the drawing alone.
    fn look_for_unread(&mut self, statement: &'a Stmt) {
        loop {
            let before = self.drawing.len();
            self.add_unread(statement);
            if self.drawing.len() == before {
                return;
            }
        }
    }

    fn add_unread(&mut self, statement: &'a Stmt) {
        for suite in suites(statement) {
            for inner in suite {
                if self.goes(inner) {
                    continue;
                }
                if self.is_for_drawing(inner) && self.seen.is_alone(inner.range()) {
                    self.drawing.push(inner);
                } else {
                    self.add_unread(inner);
                }
            }
            self.empties |= !suite.is_empty() && suite.iter().all(|it| self.goes(it));
        }
    }

    fn goes(&self, statement: &Stmt) -> bool {
        let range = statement.range();
        self.drawing
            .iter()
            .any(|it| it.range().contains_range(range))
    }

    /// Whether a statement binds what is computed without an effect, and only drawing reads.
    fn is_for_drawing(&self, statement: &Stmt) -> bool {
        let Stmt::Assign(assign) = statement else {
            return false;
        };
        let mut names = Vec::new();
        let are_names = assign.targets.iter().all(|it| names_of(it, &mut names));
        let access = &self.seen.graph.units[self.unit.index()].access;
        let is_small = calls_little(self.seen.graph, assign.value.range(), PLACES);
        let reads = |name: &String| {
            let loads = access.occurrences.iter().filter(|(read, place, kind)| {
                read == name
                    && *kind == Occurrence::Load
                    && !statement.range().contains_range(*place)
            });
            loads
                .map(|(_, place, _)| *place)
                .collect::<Vec<TextRange>>()
        };
        let is_for_drawing = |name: &String| {
            let reads = reads(name);
            let is_gone = |place: &TextRange| {
                self.drawing
                    .iter()
                    .any(|it| it.range().contains_range(*place))
            };
            reads.iter().all(is_gone) && !self.seen.is_read_elsewhere(self.unit, name)
        };
        let is_read = names.iter().any(|it| !reads(it).is_empty());
        are_names && is_small && is_read && names.iter().all(is_for_drawing)
    }

    /// Whether a statement only draws.
    fn is_drawing(&mut self, statement: &Stmt) -> bool {
        match statement {
            Stmt::Expr(it) => self.draws(it.value.range()),
            Stmt::Assign(it) => {
                let mut names = Vec::new();
                let are_names = it.targets.iter().all(|target| names_of(target, &mut names));
                let draws = are_names && self.draws(it.value.range());
                if draws {
                    self.figures.extend(names);
                }
                draws
            }
            Stmt::For(it) => {
                let mut names = Vec::new();
                let is_plain =
                    names_of(&it.target, &mut names) && self.is_harmless(it.iter.range());
                is_plain && it.orelse.is_empty() && it.body.iter().all(|it| self.is_drawing(it))
            }
            Stmt::If(it) => {
                let mut tests = it
                    .elif_else_clauses
                    .iter()
                    .filter_map(|it| it.test.as_ref());
                let is_plain = self.is_harmless(it.test.range())
                    && tests.all(|test| self.is_harmless(test.range()));
                let all = suites(statement);
                is_plain
                    && all
                        .iter()
                        .flat_map(|it| it.iter())
                        .all(|it| self.is_drawing(it))
            }
            _ => false,
        }
    }

    /// Whether all that an expression does is to draw or to ask a figure for a part of it.
    fn draws(&self, range: TextRange) -> bool {
        let mut calls = self.seen.graph.calls_in(range);
        let draws = calls.any(|it| it.draws_figure || it.effects.contains(Effect::Figure));
        let access = &self.seen.graph.units[self.unit.index()].access;
        let mut names = access.occurrences.iter();
        let looks = names
            .any(|(name, place, _)| range.contains_range(*place) && self.figures.contains(name));
        (draws || looks) && self.is_harmless(range)
    }

    /// Whether the calls in an expression do nothing but draw.
    fn is_harmless(&self, range: TextRange) -> bool {
        let mut calls = self.seen.graph.calls_in(range);
        calls.all(|it| it.effects.is_subset(SEEN_ONLY) && !it.mutates_other)
    }
}

/// Collects the names that a target binds; false where it binds anything else.
fn names_of(target: &Expr, names: &mut Vec<String>) -> bool {
    match target {
        Expr::Name(name) => {
            names.push(name.id.to_string());
            true
        }
        Expr::Tuple(it) => it.elts.iter().all(|it| names_of(it, names)),
        _ => false,
    }
}
