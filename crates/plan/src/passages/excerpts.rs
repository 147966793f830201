//! Consecutive statements of a function that can be a function of their own.

use std::collections::BTreeSet;

use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{ParsedSnippet, Ranged, TextRange, TextSize};

use super::MAX_LINES;
use super::flow::{Bound, Exits, Live};
use super::sites::{Jumps, Sites, note_sites};
use super::uses::Uses;

/// Beyond these, the search would take longer than the planning of everything else: it begins anew with every part.
const MOST_LINES: usize = 400;
/// Fewer lines are not worth a name.
const MIN_LINES: usize = 5;
/// Parameters of a part.
const MAX_INPUTS: usize = 6;
/// Results of a part.
const MAX_OUTPUTS: usize = 3;

/// Statements that become a function.
#[derive(Debug, Clone)]
pub(super) struct Excerpt {
    /// From the comment above the first statement to the end of the last line.
    pub lines: std::ops::Range<usize>,
    pub range: TextRange,
    pub inputs: Vec<String>,
    pub outputs: Vec<String>,
    pub binds: Vec<String>,
    /// It is the end of the function, and gives what the function gives.
    pub is_tail: bool,
    /// It is all that a loop does, for each of these.
    pub targets: Vec<String>,
    /// The names that the function binds after it, or may bind after it in a loop.
    bound_later: BTreeSet<String>,
    score: isize,
}

impl Excerpt {
    pub(super) fn is_last_binding_of(&self, name: &str) -> bool {
        !self.bound_later.contains(name)
    }
}

/// Where a block stands in its function.
#[derive(Debug, Clone, Default)]
struct Place {
    in_loop: bool,
    in_try: bool,
    is_top: bool,
    targets: Vec<String>,
    /// The loop that does all of the block each time.
    round: Option<TextRange>,
}

/// A function, with what is known of its names.
pub(super) struct Function<'a> {
    pub text: &'a str,
    pub definition: &'a ast::StmtFunctionDef,
    lines: Vec<&'a str>,
    /// Where lines begin.
    starts: Vec<usize>,
    inside_strings: BTreeSet<usize>,
    locals: Vec<String>,
    uses: Uses,
    live: Live,
    bound: Bound,
    /// Where names are bound, and whether in a loop.
    sites: Sites,
    /// Names that strings of the input mention.
    mentioned: &'a BTreeSet<String>,
    /// Variables that texts of this function name: a library may look for them in it.
    looked_up: BTreeSet<String>,
}

impl<'a> Function<'a> {
    /// Where an excerpt binds a name last.
    pub(super) fn last_binding(&self, excerpt: &Excerpt, name: &str) -> usize {
        let sites = self.sites.get(name).into_iter().flatten();
        let inside = sites.filter(|(at, _)| excerpt.range.contains(*at));
        let last = inside.map(|(at, _)| *at).max();
        usize::from(last.unwrap_or(excerpt.range.end()))
    }

    pub(super) fn of(
        text: &'a str,
        parsed: &ParsedSnippet,
        definition: &'a ast::StmtFunctionDef,
        mentioned: &'a BTreeSet<String>,
    ) -> Self {
        let uses = Uses::of_statements(&definition.body);
        let parameters: Vec<String> = definition
            .parameters
            .iter()
            .map(|it| it.name().to_string())
            .collect();
        let mut locals = parameters.clone();
        for name in &uses.binds {
            if !locals.contains(name) {
                locals.push(name.clone());
            }
        }
        let mut live = Live::default();
        live.block(&definition.body, &BTreeSet::new(), &Exits::default());
        let mut bound = Bound::default();
        bound.block(&definition.body, &parameters.iter().cloned().collect());
        let mut sites = Sites::new();
        for name in parameters {
            sites
                .entry(name)
                .or_default()
                .push((definition.start(), false));
        }
        note_sites(&definition.body, false, &mut sites);
        let mut looked_up: BTreeSet<String> = BTreeSet::new();
        for statement in &definition.body {
            looked_up.extend(crate::names::mentioned_names(statement));
        }
        looked_up.retain(|name| locals.contains(name));
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self {
            text,
            definition,
            lines: text.lines().collect(),
            starts,
            inside_strings: parsed.lines_inside_strings(text),
            locals,
            uses,
            live,
            bound,
            sites,
            mentioned,
            looked_up,
        }
    }

    pub(super) fn name(&self) -> &str {
        self.definition.name.as_str()
    }

    /// The annotation of what the function gives.
    pub(super) fn returns(&self) -> &str {
        let returns = self.definition.returns.as_deref();
        returns.map_or("None", |it| &self.text[it.range()])
    }

    pub(super) fn lines_of(&self, excerpt: &Excerpt) -> &[&'a str] {
        &self.lines[excerpt.lines.clone()]
    }

    fn line_of(&self, at: TextSize) -> usize {
        self.starts
            .partition_point(|start| *start <= usize::from(at))
            - 1
    }

    /// The statements after the docstring.
    fn body(&self) -> &'a [Stmt] {
        let has_docstring = matches!(
            self.definition.body.first(),
            Some(Stmt::Expr(it)) if it.value.is_string_literal_expr()
        );
        &self.definition.body[usize::from(has_docstring)..]
    }

    fn length(&self) -> usize {
        match self.body() {
            [] => 0,
            [first, .., last] => self.line_of(last.end()) - self.line_of(first.start()) + 1,
            [one] => self.line_of(one.end()) - self.line_of(one.start()) + 1,
        }
    }

    /// What is best taken out of the function; `None` where it is short enough, or nothing can be.
    pub(super) fn best_excerpt(&self) -> Option<Excerpt> {
        let is_plain = self.definition.decorator_list.is_empty()
            && !self.definition.is_async
            && !self.uses.is_odd;
        if self.length() <= MAX_LINES || self.length() > MOST_LINES || !is_plain {
            return None;
        }
        let top = Place {
            is_top: true,
            ..Place::default()
        };
        let mut found = Vec::new();
        self.search(self.body(), &top, &mut found);
        found.sort_by_key(|it: &Excerpt| (-it.score, it.lines.start));
        found.into_iter().next().filter(|it| it.score > 0)
    }

    fn search(&self, block: &[Stmt], place: &Place, found: &mut Vec<Excerpt>) {
        for from in 0..block.len() {
            for to in from + 1..=block.len() {
                let run = &block[from..to];
                if place.is_top && from == 0 && to == block.len() {
                    continue;
                }
                let lines = self.line_of(run[run.len() - 1].end()) - self.line_of(run[0].start());
                if lines + 1 < MIN_LINES {
                    continue;
                }
                if lines + 1 > MAX_LINES {
                    break;
                }
                let previous = from.checked_sub(1).map(|at| &block[at]);
                let excerpt = self.excerpt(run, previous, place, to == block.len());
                found.extend(excerpt);
            }
        }
        for statement in block {
            self.search_inside(statement, place, found);
        }
    }

    fn search_inside(&self, statement: &Stmt, place: &Place, found: &mut Vec<Excerpt>) {
        let inner = Place {
            is_top: false,
            targets: Vec::new(),
            round: None,
            ..place.clone()
        };
        match statement {
            Stmt::If(it) => {
                self.search(&it.body, &inner, found);
                for clause in &it.elif_else_clauses {
                    self.search(&clause.body, &inner, found);
                }
            }
            Stmt::For(it) => {
                let inside = Place {
                    in_loop: true,
                    targets: Uses::of_expressions([&*it.target]).binds,
                    round: (!Jumps::of(&it.body).leaves).then(|| it.range()),
                    ..inner
                };
                self.search(&it.body, &inside, found);
            }
            Stmt::While(it) => {
                let inside = Place {
                    in_loop: true,
                    ..inner
                };
                self.search(&it.body, &inside, found);
            }
            Stmt::With(it) => {
                let inside = Place {
                    in_try: true,
                    ..inner
                };
                self.search(&it.body, &inside, found);
            }
            Stmt::Try(it) => {
                let inside = Place {
                    in_try: true,
                    ..inner
                };
                self.search(&it.body, &inside, found);
            }
            _ => {}
        }
    }

    fn excerpt(
        &self,
        run: &[Stmt],
        previous: Option<&Stmt>,
        place: &Place,
        is_last: bool,
    ) -> Option<Excerpt> {
        let (first, last) = (run.first()?, run.last()?);
        let range = TextRange::new(first.start(), last.end());
        let uses = Uses::of_statements(run);
        let jumps = Jumps::of(run);
        let is_tail = jumps.returns && place.is_top && is_last;
        let stays = (jumps.returns && !is_tail)
            || jumps.leaves
            || jumps.defines
            || self.lasts(run)
            || self.looks_up(run, range);
        if stays || !self.keeps_closures(&uses, range, place) {
            return None;
        }
        let (inputs, outputs) = self.signature(run, &uses, is_tail)?;
        if place.in_try && !outputs.is_empty() {
            return None;
        }
        let start = self.first_line(first, previous);
        let end = self.line_of(last.end()) + 1;
        // With its `return`, a part is short enough to stay as it is.
        if end - start + 2 * usize::from(!outputs.is_empty()) > MAX_LINES {
            return None;
        }
        let whole = previous.is_none() && is_last && !place.targets.is_empty();
        let mut excerpt = Excerpt {
            lines: start..end,
            range,
            inputs,
            outputs,
            bound_later: self.bound_later(range, place),
            binds: uses.binds,
            is_tail,
            targets: if whole {
                place.targets.clone()
            } else {
                Vec::new()
            },
            score: 0,
        };
        excerpt.score = self.score(&excerpt);
        Some(excerpt)
    }

    /// What a function of some statements is given, and gives; `None` where Python could not pass that.
    fn signature(
        &self,
        run: &[Stmt],
        uses: &Uses,
        is_tail: bool,
    ) -> Option<(Vec<String>, Vec<String>)> {
        let (first, last) = (run.first()?, run.last()?);
        let behind = self.live.after.get(&last.start())?;
        let before = self.bound.before.get(&first.start())?;
        let is_needed = |name: &String| behind.contains(name) || self.looked_up.contains(name);
        let is_output = |name: &&String| is_needed(name) && !is_tail;
        let outputs: BTreeSet<&String> = uses.binds.iter().filter(is_output).collect();
        // What it only reads, it is given: most runs of statements need too much, and nothing else is asked of them.
        let is_given = |it: &&String| self.locals.contains(*it) && !uses.binds.contains(*it);
        if outputs.len() > MAX_OUTPUTS || uses.reads.iter().filter(is_given).count() > MAX_INPUTS {
            return None;
        }
        let mut needed = Live::default().block(run, &BTreeSet::new(), &Exits::default());
        let made = Bound::default().block(run, &BTreeSet::new());
        let made = made.unwrap_or_default();
        // What is bound on some paths only keeps its value on the others.
        needed.extend(
            outputs
                .iter()
                .filter(|it| !made.contains(**it))
                .map(|it| (*it).clone()),
        );
        let inputs = self.locals.iter().filter(|it| needed.contains(*it));
        let inputs: Vec<String> = inputs.cloned().collect();
        let outputs = self.locals.iter().filter(|it| outputs.contains(*it));
        let outputs: Vec<String> = outputs.cloned().collect();
        let is_callable = inputs.iter().all(|name| before.contains(name))
            && inputs.len() <= MAX_INPUTS
            && outputs.len() <= MAX_OUTPUTS;
        is_callable.then_some((inputs, outputs))
    }

    /// The line where the comments above a statement begin.
    fn first_line(&self, first: &Stmt, previous: Option<&Stmt>) -> usize {
        let own = self.line_of(first.start());
        let limit = previous.map(|it| self.line_of(it.end()) + 1);
        let mut start = own;
        while start > 0
            && limit.is_none_or(|limit| start > limit)
            && self.lines[start - 1].trim_start().starts_with('#')
        {
            start -= 1;
        }
        start
    }

    /// How much a reader gains.
    fn score(&self, excerpt: &Excerpt) -> isize {
        let lines = excerpt.lines.len();
        let excess = self.length().saturating_sub(MAX_LINES);
        let count = |number: usize| isize::try_from(number).unwrap_or(isize::MAX / 64);
        let begins = excerpt.lines.start == 0
            || self.lines[excerpt.lines.start - 1].trim().is_empty()
            || self.lines[excerpt.lines.start]
                .trim_start()
                .starts_with('#')
            || self.lines[excerpt.lines.start - 1]
                .trim_end()
                .ends_with(':');
        let next = self.lines.get(excerpt.lines.end);
        let depth = |line: &str| line.len() - line.trim_start().len();
        let ends = next.is_none_or(|next| {
            next.trim().is_empty()
                || next.trim_start().starts_with('#')
                || depth(next) < depth(self.lines[excerpt.lines.start])
        });
        let mut score = count(lines.min(excess + 10)) + 12;
        score -= 2 * count(excerpt.inputs.len()) + 4 * count(excerpt.outputs.len());
        score -= 6 * isize::from(!begins) + 6 * isize::from(!ends);
        score += 6 * isize::from(!excerpt.targets.is_empty());
        // A function of a line and a call says nothing.
        score -= 12 * isize::from(self.length() < lines + MIN_LINES);
        score
    }

    /// Names that are bound in the function outside of a range.
    fn bound_later(&self, range: TextRange, place: &Place) -> BTreeSet<String> {
        // What stands above it in the loop comes before it in each round.
        let is_above = |at: TextSize| {
            at < range.start() && (!place.in_loop || place.round.is_some_and(|it| it.contains(at)))
        };
        let is_later = |at: TextSize| !range.contains(at) && !is_above(at);
        let later = |sites: &Vec<(TextSize, bool)>| sites.iter().any(|it| is_later(it.0));
        let found = self.sites.iter().filter(|(_, sites)| later(sites));
        found.map(|(name, _)| name.clone()).collect()
    }

    /// Whether functions that look names up later see the same variables.
    fn keeps_closures(&self, uses: &Uses, range: TextRange, place: &Place) -> bool {
        let is_seen_outside = |name: &String| {
            let mut captures = self.uses.captures.iter();
            captures.any(|(at, captured)| captured == name && !range.contains(*at))
        };
        if uses.binds.iter().any(is_seen_outside) {
            return false;
        }
        uses.captures.iter().all(|(_, name)| {
            let Some(sites) = self.sites.get(name) else {
                return true;
            };
            let is_steady = sites.len() == 1 && !sites[0].1 && !range.contains(sites[0].0);
            is_steady || (!place.in_loop && sites.iter().all(|it| range.contains(it.0)))
        })
    }

    /// Whether the statements make something that must live as long as the function does.
    fn lasts(&self, run: &[Stmt]) -> bool {
        let kept = |value: &Expr| {
            let text = &self.text[value.range()];
            LASTING.iter().any(|it| text.contains(it))
        };
        run.iter().any(|statement| match statement {
            Stmt::Assign(it) => kept(&it.value),
            Stmt::AnnAssign(it) => it.value.as_deref().is_some_and(kept),
            Stmt::Expr(_) => false,
            other => LASTING
                .iter()
                .any(|it| self.text[other.range()].contains(it)),
        })
    }

    /// Whether texts of the statements name variables, which a library may look up in the function that calls it.
    fn looks_up(&self, run: &[Stmt], range: TextRange) -> bool {
        let text = &self.text[range];
        let evaluates = [
            "~", "@", "query", "eval", "formula", "smf.", "dmatri", "sql", "execute",
        ];
        if !evaluates.iter().any(|it| text.contains(it)) {
            return false;
        }
        let mut names = BTreeSet::new();
        run.iter()
            .for_each(|it| names.extend(crate::names::mentioned_names(it)));
        let mut locals = self.locals.iter();
        locals.any(|name| names.contains(name) || self.mentioned.contains(name))
    }

    /// The function's text with a call in the place of an excerpt.
    pub(super) fn call(&self, excerpt: &Excerpt, name: &str) -> String {
        let own = self.lines[self.line_of(excerpt.range.start())];
        let indentation = &own[..own.len() - own.trim_start().len()];
        let call = format!("{name}({})", excerpt.inputs.join(", "));
        let call = match &excerpt.outputs[..] {
            _ if excerpt.is_tail => format!("return {call}"),
            [] => call,
            outputs => format!("{} = {call}", outputs.join(", ")),
        };
        let mut text = String::new();
        for line in &self.lines[..excerpt.lines.start] {
            text.push_str(line);
            text.push('\n');
        }
        text.push_str(&format!("{indentation}{call}\n"));
        for line in &self.lines[excerpt.lines.end..] {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// The statements of an excerpt as the body of a function, with its results.
    pub(super) fn body_of(&self, excerpt: &Excerpt) -> String {
        let own = self.lines[self.line_of(excerpt.range.start())];
        let depth = own.len() - own.trim_start().len();
        let mut text = String::new();
        for at in excerpt.lines.clone() {
            let line = self.lines[at];
            if self.inside_strings.contains(&at) {
                text.push_str(line);
            } else if !line.trim().is_empty() {
                text.push_str("    ");
                text.push_str(line.get(depth..).unwrap_or(line.trim_start()));
            }
            text.push('\n');
        }
        if !excerpt.is_tail && !excerpt.outputs.is_empty() {
            text.push_str(&format!("    return {}\n", excerpt.outputs.join(", ")));
        }
        text
    }
}

/// What holds something open until it is forgotten.
const LASTING: &[&str] = &[
    "Temporary",
    "NamedTemp",
    "open(",
    "Animation(",
    "Popen(",
    "Pool(",
    "Thread(",
    "Client(",
    "Timer(",
    "weakref",
    "connect(",
    "Session(",
    "writer(",
    "tempfile",
    "Lock(",
    "Server(",
];
