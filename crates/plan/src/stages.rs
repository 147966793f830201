//! A long job as stages: functions of the application that each hold a stretch of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::timeline::Live;

/// What a part of the job means for the functions around it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    /// Lines that it takes in the job.
    pub lines: usize,
    /// Lines that it takes there when every argument counts.
    pub written: usize,
    /// Names that it needs.
    pub reads: BTreeSet<String>,
    /// Names that it binds whenever it completes.
    pub must: BTreeSet<String>,
    /// Names that it may bind, in the order in which they are bound.
    pub may: Vec<String>,
    /// Names that it may leave unbound.
    pub deletes: BTreeSet<String>,
    /// Names that functions made here look up when they run.
    pub captures: BTreeSet<String>,
    /// Names that it binds as fields of one object, for good.
    pub held: BTreeSet<String>,
    /// It uses the settings.
    pub uses_settings: bool,
    /// The program may end with it.
    pub ends: bool,
    /// How well a function may begin here.
    pub start: Start,
}

/// What begins with a part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Start {
    /// Nothing: it belongs to what stands before.
    #[default]
    Nothing,
    /// A group of statements.
    Group,
    /// A section with a heading.
    Heading,
}

/// A stretch of the job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// Part of the job's own function.
    Inline(usize),
    /// A function of its own.
    Stage(Stage),
}

/// Consecutive parts that become a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stage {
    pub from: usize,
    /// One past the last part.
    pub to: usize,
    /// Variables of the job that it reads, in the order in which they are bound.
    pub inputs: Vec<String>,
    /// Variables that it binds and that are read after it.
    pub outputs: Vec<String>,
}

/// A job of no more lines than this is one function.
const SHORT: usize = 30;
/// Nor is one that takes more lines than this when every argument counts.
const LONG: usize = 40;
/// The lines that a stage may have, without its signature, docstring and `return`.
const MAX_LINES: usize = 30;
/// What has more lines than these takes longer to read.
const EASY_LINES: usize = 20;
/// Parameters, the settings included.
const MAX_PARAMETERS: usize = 6;
/// More results than this are hard to unpack.
const MAX_RESULTS: usize = 3;
/// A stage of fewer lines is not worth a name.
const MIN_LINES: usize = 5;

/// Divides a job into stretches, so that none of its functions is long.
///
/// `kept` are the names that the job itself gives back.
pub(crate) fn divide(shapes: &[Shape], kept: &BTreeSet<String>) -> Vec<Stretch> {
    let total: usize = shapes.iter().map(|shape| shape.lines).sum();
    let written: usize = shapes.iter().map(|shape| shape.written).sum();
    // Groups stand a line apart, and the values that the job gives back stand on lines of their own.
    let groups = shapes
        .iter()
        .filter(|it| it.start != Start::Nothing)
        .count();
    let results = kept.len() + 2 * usize::from(kept.len() > 2);
    let is_long = written + groups.saturating_sub(1) + results > LONG;
    if total <= SHORT && !is_long {
        return (0..shapes.len()).map(Stretch::Inline).collect();
    }
    let lines_of = |at: usize| {
        if total <= SHORT {
            shapes[at].written
        } else {
            shapes[at].lines
        }
    };
    let borders = Borders::of(shapes, kept);
    // The cheapest way to write what begins at each part, from the last to the first.
    let mut best: Vec<(usize, usize)> = vec![(0, 0); shapes.len() + 1];
    for from in (0..shapes.len()).rev() {
        best[from] = (lines_of(from) * 3 + best[from + 1].0, 0);
        let (mut lines, mut written) = (0, 0);
        for to in from + 1..=shapes.len() {
            let last = &shapes[to - 1];
            lines += lines_of(to - 1);
            // What would be divided again would be a stage in a stage.
            written += last.written + usize::from(last.start != Start::Nothing);
            if (lines > MAX_LINES || written > LONG) && to > from + 1 {
                break;
            }
            let Some(cost) = borders.cost(shapes, from, to, lines) else {
                continue;
            };
            if cost + best[to].0 < best[from].0 {
                best[from] = (cost + best[to].0, to);
            }
        }
    }
    let mut stretches = Vec::new();
    let mut at = 0;
    while at < shapes.len() {
        let to = best[at].1;
        if to == 0 {
            stretches.push(Stretch::Inline(at));
            at += 1;
        } else {
            stretches.push(Stretch::Stage(borders.stage(shapes, at, to)));
            at = to;
        }
    }
    stretches
}

/// What crosses the borders between parts.
struct Borders {
    /// Names that are read from here on, before they are bound again.
    live: Live,
    /// All names in the order in which they are bound first.
    made: BTreeMap<String, usize>,
    /// How many of them are bound before.
    made_before: Vec<usize>,
    /// No function may begin or end here.
    closed: Vec<bool>,
    /// The parts that bind names as fields of one object.
    holders: BTreeMap<String, usize>,
}

impl Borders {
    fn of(shapes: &[Shape], kept: &BTreeSet<String>) -> Self {
        let mut live = Live::until(kept.clone());
        for (at, shape) in shapes.iter().enumerate() {
            live.note(at, &shape.must, &shape.reads);
        }
        let mut made: BTreeMap<String, usize> = BTreeMap::new();
        let mut made_before = vec![0];
        let mut bound: BTreeSet<&String> = BTreeSet::new();
        // What is made but may be unbound.
        let mut unsure: BTreeSet<&String> = BTreeSet::new();
        let mut closed = vec![false];
        for (at, shape) in shapes.iter().enumerate() {
            bound.extend(&shape.must);
            for name in &shape.may {
                let rank = made.len();
                made.entry(name.clone()).or_insert(rank);
                unsure.insert(name);
            }
            for name in shape.deletes.difference(&shape.must) {
                bound.remove(name);
                unsure.insert(name);
            }
            unsure.retain(|name| !bound.contains(name));
            // What may be unbound cannot be passed.
            closed.push(unsure.iter().any(|name| live.is_read_from(at + 1, name)));
            made_before.push(made.len());
        }
        close_for_closures(shapes, &mut closed);
        close_for_deletions(shapes, &mut closed);
        let held = |(at, shape): (usize, &Shape)| {
            let names = shape.held.iter().cloned();
            names.map(|name| (name, at)).collect::<Vec<_>>()
        };
        Self {
            live,
            made,
            made_before,
            closed,
            holders: shapes.iter().enumerate().flat_map(held).collect(),
        }
    }

    fn stage(&self, shapes: &[Shape], from: usize, to: usize) -> Stage {
        let mut bound: BTreeSet<&String> = BTreeSet::new();
        let mut needed: BTreeSet<&String> = BTreeSet::new();
        let mut changed: Vec<&String> = Vec::new();
        for (at, shape) in (from..to).zip(&shapes[from..to]) {
            needed.extend(shape.reads.iter().filter(|name| !bound.contains(name)));
            // What is bound on some paths only keeps its value on the others, where somebody reads it.
            let kept = shape.may.iter().filter(|name| {
                !shape.must.contains(*name)
                    && !bound.contains(name)
                    && self.live.is_read_from(at + 1, name)
            });
            needed.extend(kept);
            bound.extend(&shape.must);
            for name in &shape.may {
                if !changed.contains(&name) {
                    changed.push(name);
                }
            }
        }
        let rank = |name: &&String| self.made.get(*name).copied();
        let is_made = |name: &&String| rank(name).is_some_and(|it| it < self.made_before[from]);
        let mut inputs: Vec<&String> = needed.into_iter().filter(is_made).collect();
        inputs.sort_by_key(rank);
        let is_live = |name: &&&String| self.live.is_read_from(to, name);
        Stage {
            from,
            to,
            inputs: inputs.into_iter().cloned().collect(),
            outputs: changed
                .iter()
                .filter(is_live)
                .map(|name| (*name).clone())
                .collect(),
        }
    }

    /// How many variables and objects a stage takes.
    fn parameters(&self, stage: &Stage) -> usize {
        let holder = |name: &String| self.holders.get(name).filter(|at| **at < stage.from);
        let objects: BTreeSet<&usize> = stage.inputs.iter().filter_map(holder).collect();
        let others = stage.inputs.iter().filter(|name| holder(name).is_none());
        objects.len() + others.count()
    }

    /// How much a stage takes from the reader; `None` where there cannot be one.
    fn cost(&self, shapes: &[Shape], from: usize, to: usize, lines: usize) -> Option<usize> {
        // A function around all that the job does says nothing.
        let is_all = from == 0 && to == shapes.len();
        if self.closed[from] || self.closed[to] || lines < MIN_LINES || is_all {
            return None;
        }
        // Who reads the job sees where it ends early.
        if shapes[from..to]
            .iter()
            .any(|it| it.ends && it.lines <= EASY_LINES)
        {
            return None;
        }
        let stage = self.stage(shapes, from, to);
        let settings = shapes[from..to].iter().any(|shape| shape.uses_settings);
        let parameters = self.parameters(&stage) + usize::from(settings);
        if parameters > MAX_PARAMETERS {
            return None;
        }
        let start = match shapes[from].start {
            Start::Heading => 0,
            Start::Group => 2,
            Start::Nothing => 8,
        };
        let headings = shapes[from + 1..to]
            .iter()
            .filter(|shape| shape.start == Start::Heading)
            .count();
        let results = stage.outputs.len() + stage.outputs.len().saturating_sub(MAX_RESULTS) * 6;
        let crowd = parameters.saturating_sub(4) * 2;
        let length = lines.saturating_sub(EASY_LINES) + lines.saturating_sub(MAX_LINES);
        Some(6 + start + headings * 8 + parameters + crowd + results * 2 + length)
    }
}

/// A function made in a part sees later bindings of the names that it looks up: they stay in one function.
fn close_for_closures(shapes: &[Shape], closed: &mut [bool]) {
    for (at, shape) in shapes.iter().enumerate() {
        for name in &shape.captures {
            let last = (at + 1..shapes.len())
                .rev()
                .find(|&later| shapes[later].may.contains(name));
            if let Some(last) = last {
                closed[at + 1..=last].iter_mut().for_each(|it| *it = true);
            }
        }
    }
}

/// What is deleted ends there, and a file is closed, only where no caller holds it, too: it stays in one function.
fn close_for_deletions(shapes: &[Shape], closed: &mut [bool]) {
    for (at, shape) in shapes.iter().enumerate() {
        for name in &shape.deletes {
            // `except … as error` binds its name and deletes it.
            let leaves = |it: &usize| !shapes[*it].deletes.contains(name);
            let mut made = (0..at).rev().filter(leaves);
            let made = made
                .clone()
                .find(|&it| shapes[it].must.contains(name))
                .or_else(|| made.rfind(|&it| shapes[it].may.contains(name)));
            if let Some(made) = made {
                closed[made + 1..=at].iter_mut().for_each(|it| *it = true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(lines: usize, reads: &[&str], binds: &[&str]) -> Shape {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Shape {
            lines,
            written: lines,
            reads: names(reads),
            must: names(binds),
            may: binds.iter().map(|name| (*name).to_owned()).collect(),
            start: Start::Group,
            ..Shape::default()
        }
    }

    fn stages(shapes: &[Shape]) -> Vec<(usize, usize, String, String)> {
        divide(shapes, &BTreeSet::new())
            .into_iter()
            .filter_map(|stretch| match stretch {
                Stretch::Inline(_) => None,
                Stretch::Stage(stage) => Some((
                    stage.from,
                    stage.to,
                    stage.inputs.join(" "),
                    stage.outputs.join(" "),
                )),
            })
            .collect()
    }

    #[test]
    fn a_short_job_is_one_function() {
        assert_eq!(
            stages(&[shape(10, &[], &["x"]), shape(10, &["x"], &[])]),
            []
        );
    }

    #[test]
    fn a_long_job_is_cut_where_little_crosses() {
        let shapes = [
            shape(10, &[], &["a", "b"]),
            shape(10, &["a", "b"], &["c"]),
            shape(10, &["c"], &["d", "e"]),
            shape(10, &["d", "e"], &["f"]),
        ];
        let expected = [
            (0, 2, String::new(), "c".to_owned()),
            (2, 4, "c".to_owned(), String::new()),
        ];
        assert_eq!(stages(&shapes), expected);
    }

    #[test]
    fn no_stage_is_the_whole_job() {
        assert_eq!(stages(&[shape(35, &[], &["a"])]), []);
    }

    #[test]
    fn what_may_end_the_program_stays_in_sight() {
        let mut shapes = [
            shape(20, &[], &["a"]),
            shape(3, &["a"], &[]),
            shape(20, &["a"], &[]),
        ];
        shapes[1].ends = true;
        let stages = stages(&shapes);
        assert!(!stages.is_empty());
        assert!(stages.iter().all(|it| it.1 <= 1 || it.0 >= 2), "{stages:?}");
    }

    #[test]
    fn what_may_be_unbound_is_not_passed() {
        let mut shapes = [shape(20, &[], &[]), shape(20, &["x"], &[])];
        shapes[0].may = vec!["x".to_owned()];
        assert_eq!(stages(&shapes), []);
    }

    #[test]
    fn what_is_deleted_is_not_passed() {
        let mut shapes = [
            shape(20, &[], &["x"]),
            shape(10, &[], &[]),
            shape(20, &["x"], &[]),
        ];
        shapes[1].deletes = BTreeSet::from(["x".to_owned()]);
        let stages = stages(&shapes);
        let crosses = |it: &(usize, usize, String, String)| it.0 == 2 || it.1 == 2;
        assert!(!stages.iter().any(crosses), "{stages:?}");
    }

    #[test]
    fn what_is_deleted_is_deleted_where_it_was_made() {
        let mut shapes = [
            shape(20, &[], &["log"]),
            shape(20, &["log"], &[]),
            shape(20, &[], &[]),
        ];
        shapes[1].deletes = BTreeSet::from(["log".to_owned()]);
        let stages = stages(&shapes);
        let crosses = |it: &(usize, usize, String, String)| it.0 == 1 || it.1 == 1;
        assert!(!stages.iter().any(crosses), "{stages:?}");
    }

    #[test]
    fn a_closure_stays_with_what_it_looks_up() {
        let mut shapes = [
            shape(20, &[], &["f"]),
            shape(1, &[], &["k"]),
            shape(20, &["f"], &[]),
        ];
        shapes[0].captures = BTreeSet::from(["k".to_owned()]);
        assert!(
            stages(&shapes)
                .iter()
                .all(|stage| stage.0 != 1 && stage.1 != 1)
        );
    }

    #[test]
    fn a_value_bound_on_some_paths_comes_in_and_goes_out() {
        let mut shapes = [
            shape(20, &[], &["x"]),
            shape(20, &["c"], &[]),
            shape(20, &["x"], &[]),
        ];
        shapes[1].may = vec!["x".to_owned()];
        let stages = stages(&shapes);
        assert!(
            stages.contains(&(1, 2, "x".to_owned(), "x".to_owned())),
            "{stages:?}"
        );
    }

    #[test]
    fn a_value_that_is_bound_again_before_it_is_read_does_not_come_in() {
        let mut shapes = [
            shape(20, &[], &["x"]),
            shape(20, &["c"], &["y"]),
            shape(5, &["y"], &["x"]),
            shape(20, &["x"], &[]),
        ];
        shapes[1].may.push("x".to_owned());
        shapes[2].start = Start::Nothing;
        let stages = stages(&shapes);
        assert!(
            stages.contains(&(1, 3, String::new(), "x".to_owned())),
            "{stages:?}"
        );
    }
}
