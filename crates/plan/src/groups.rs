//! How the author divided the work: the groups of statements in which functions are cut.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Effect, Mutation};
use srcify_syntax::{Program, SourceKind, TextRange, Unit, WISH};

use crate::naming;
use crate::steps::{Form, Step, StepKind};

/// Smaller groups join the one before when nothing separates them.
const SMALL: usize = 3;
/// No group grows beyond this by joining.
const LARGE: usize = 10;

/// Indices of steps that belong together, in order.
pub(crate) fn groups_of(program: &Program, steps: &[Step], kept: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &index in kept {
        let starts = match groups.last().and_then(|group| group.last()) {
            Some(&previous) => begins_group(program, steps, previous, index),
            None => true,
        };
        if starts {
            groups.push(vec![index]);
        } else if let Some(group) = groups.last_mut() {
            group.push(index);
        }
    }
    let joined = join_small(program, steps, groups);
    settle_small(steps, sink(steps, joined))
}

/// Moves the naming of a small value down to the statement that first uses it, when one group alone does: it becomes part
/// of the function that needs it.
fn settle_small(steps: &[Step], groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let order: Vec<usize> = groups.iter().flatten().copied().collect();
    let mut places = Positions::of(steps, groups);
    let is_clock = |it: &usize| steps[*it].effects.contains(Effect::Clock);
    let mut clocks: Vec<usize> = order.iter().copied().filter(is_clock).collect();
    clocks.sort_unstable();
    for &index in order.iter().rev() {
        let Some((own, (group, user))) =
            places.group_of[index].zip(first_use(steps, &places, index))
        else {
            continue;
        };
        // What is timed stays between the readings of the clock.
        let clock = clocks.get(clocks.partition_point(|it| *it < index));
        let clock = clock.filter(|it| **it < user);
        if clock.is_some_and(|&it| steps[index].is_timed_by(&steps[it])) {
            continue;
        }
        let at = |group: usize, step: usize| {
            let mut members = places.groups[group].iter();
            members.position(|it| *it == step)
        };
        let (Some(from), Some(to)) = (at(own, index), at(group, user)) else {
            continue;
        };
        let crosses_effects = || {
            let between = places.groups[own].get(from + 1..to).unwrap_or_default();
            between.iter().any(|&it| !steps[it].is_pure())
        };
        if own != group || crosses_effects() {
            places.settle(&steps[index], index, (own, from), (group, to));
        }
    }
    let mut groups = places.groups;
    groups.retain(|group| !group.is_empty());
    groups
}

/// Steps of names, in the order in which they stand.
type ByName<'a> = BTreeMap<&'a str, Vec<usize>>;

/// Where steps stand, and which of them have to do with a name, while some are moved.
struct Positions<'a> {
    groups: Vec<Vec<usize>>,
    group_of: Vec<Option<usize>>,
    /// In which order the steps stood at first.
    ranks: Vec<usize>,
    /// Numbers that grow in the order in which they stand now.
    labels: Vec<u64>,
    /// Steps that were moved, and stand no longer where the maps say.
    is_moved: Vec<bool>,
    readers: ByName<'a>,
    changers: ByName<'a>,
    /// Those that were moved, in any order.
    moved_readers: ByName<'a>,
    moved_changers: ByName<'a>,
}

/// Between the labels of two steps there is room for others.
const GAP: u64 = 1 << 20;

impl<'a> Positions<'a> {
    fn of(steps: &'a [Step], groups: Vec<Vec<usize>>) -> Self {
        let mut places = Self {
            group_of: vec![None; steps.len()],
            ranks: vec![0; steps.len()],
            labels: vec![0; steps.len()],
            is_moved: vec![false; steps.len()],
            readers: ByName::new(),
            changers: ByName::new(),
            moved_readers: ByName::new(),
            moved_changers: ByName::new(),
            groups,
        };
        let mut rank = 0;
        for (group, members) in places.groups.iter().enumerate() {
            for &index in members {
                rank += 1;
                places.ranks[index] = rank;
                places.group_of[index] = Some(group);
                note(
                    &steps[index],
                    index,
                    &mut places.readers,
                    &mut places.changers,
                );
            }
        }
        places.number();
        places
    }

    /// Gives all steps new labels.
    fn number(&mut self) {
        let mut label = 0;
        for &index in self.groups.iter().flatten() {
            label += GAP;
            self.labels[index] = label;
        }
    }

    /// Moves a step before another one.
    fn settle(
        &mut self,
        step: &'a Step,
        index: usize,
        (own, from): (usize, usize),
        (group, to): (usize, usize),
    ) {
        self.groups[own].remove(from);
        let to = to - usize::from(own == group && from < to);
        self.groups[group].insert(to, index);
        self.group_of[index] = Some(group);
        self.is_moved[index] = true;
        note(
            step,
            index,
            &mut self.moved_readers,
            &mut self.moved_changers,
        );
        let user = self.groups[group][to + 1];
        let before = match to.checked_sub(1) {
            Some(before) => self.groups[group].get(before),
            None => self.groups[..group].iter().rev().find_map(|it| it.last()),
        };
        let low = before.map_or(0, |it| self.labels[*it]);
        let high = self.labels[user];
        self.labels[index] = low + (high - low) / 2;
        if high - low < 2 {
            self.number();
        }
    }

    /// The steps that stand after `index` and must keep their place after it: those for which [`Step::orders`] holds, in
    /// the order in which they stand.
    fn after(&self, index: usize, step: &Step) -> impl Iterator<Item = usize> {
        let own = self.labels[index];
        let mut lists: Vec<&[usize]> = Vec::new();
        let mut moved: BTreeSet<(u64, usize)> = BTreeSet::new();
        let mut add = |all: &'_ ByName<'a>, name: &String| {
            let all = all.get(name.as_str()).into_iter().flatten();
            let later = all.filter(|it| self.labels[**it] > own);
            moved.extend(later.map(|it| (self.labels[*it], *it)));
        };
        for name in step.touched() {
            lists.push(self.later(&self.readers, name, index));
            lists.push(self.later(&self.changers, name, index));
            add(&self.moved_readers, name);
            add(&self.moved_changers, name);
        }
        for name in step.reads.iter().chain(&step.looks_at) {
            lists.push(self.later(&self.changers, name, index));
            add(&self.moved_changers, name);
        }
        let mut moved = moved.into_iter().map(|(_, it)| it).peekable();
        std::iter::from_fn(move || {
            for list in &mut lists {
                let passed = list.iter().take_while(|it| self.is_moved[**it]).count();
                *list = &list[passed..];
            }
            let heads = lists.iter().filter_map(|list| list.first()).copied();
            let next = heads.chain(moved.peek().copied());
            let next = next.min_by_key(|it| self.labels[*it])?;
            moved.next_if_eq(&next);
            for list in &mut lists {
                if list.first() == Some(&next) {
                    *list = &list[1..];
                }
            }
            Some(next)
        })
    }

    /// The steps of a name that stood after another one when none was moved.
    fn later<'t>(&self, map: &'t ByName<'a>, name: &str, index: usize) -> &'t [usize] {
        let all = map.get(name).map_or(&[][..], Vec::as_slice);
        let own = self.ranks[index];
        &all[all.partition_point(|it| self.ranks[*it] <= own)..]
    }
}

/// Notes what a step reads, and what it binds or changes.
fn note<'a>(step: &'a Step, index: usize, readers: &mut ByName<'a>, changers: &mut ByName<'a>) {
    for name in step.reads.iter().chain(&step.looks_at) {
        readers.entry(name).or_default().push(index);
    }
    for name in step.touched() {
        changers.entry(name).or_default().push(index);
    }
}

/// The step that first uses a small value, where one group alone uses it; and that group.
fn first_use(steps: &[Step], places: &Positions<'_>, index: usize) -> Option<(usize, usize)> {
    let step = &steps[index];
    let is_movable = step.form != Form::Full
        && step.is_pure()
        && !step.is_assumed
        && !step.keeps_code
        && step.captures.is_empty()
        && step.mutates.is_empty()
        && step.may.len() == 1;
    let name = step.may.iter().next().filter(|_| is_movable)?;
    let mut found: Option<(usize, usize)> = None;
    for other in places.after(index, step) {
        let group = places.group_of[other]?;
        let later = &steps[other];
        let uses = later.reads.contains(name)
            || later.mutates.contains_key(name)
            || later.consumes.contains(name);
        match found {
            // What it reads changes, or its name is bound again, before anything uses it.
            None if !uses => return None,
            None => found = Some((group, other)),
            Some((first, _)) if uses && first != group => return None,
            Some(_) => {}
        }
        if later.must.contains(name) {
            break;
        }
    }
    found
}

/// Whether the author began something new between two steps.
fn begins_group(program: &Program, steps: &[Step], previous: usize, index: usize) -> bool {
    let (before, after) = (
        &program.units()[steps[previous].unit.index()],
        &program.units()[steps[index].unit.index()],
    );
    if before.cell != after.cell {
        return true;
    }
    if program.source.kind == SourceKind::Notebook {
        return false;
    }
    let between = &program.source.text
        [usize::from(before.full_range.end())..usize::from(after.full_range.start())];
    let above = program.text(TextRange::new(
        after.full_range.start(),
        after.range.start(),
    ));
    between.matches('\n').count() > 1 || above.contains("\n\n") || has_heading(program, after)
}

/// Whether a comment stands above a statement as a heading does.
fn has_heading(program: &Program, unit: &Unit) -> bool {
    let above = TextRange::new(unit.full_range.start(), unit.range.start());
    naming::is_heading_comment(program.text(above))
}

fn join_small(program: &Program, steps: &[Step], groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut joined: Vec<Vec<usize>> = Vec::new();
    let variables: BTreeSet<&String> = steps
        .iter()
        .filter(|it| it.kind != StepKind::Import)
        .flat_map(|it| &it.may)
        .collect();
    for group in groups {
        let has_title = group.first().is_some_and(|&first| {
            let unit = &program.units()[steps[first].unit.index()];
            let is_told = || naming::heading(program, unit.cell).is_some();
            program.source.kind != SourceKind::Notebook && has_heading(program, unit)
                || is_told() && !shares_cell(program, steps, joined.last(), first)
        });
        match joined.last_mut() {
            Some(last)
                if !has_title
                    && !parts_by_wish(program, steps, last, &group)
                    && are_related(program, steps, &variables, (last, &group))
                    && last.len() + group.len() <= LARGE
                    && (last.len() < SMALL || group.len() < SMALL) =>
            {
                last.extend(group);
            }
            _ => joined.push(group),
        }
    }
    joined
}

/// Whether two groups are about the same: of one cell, or one uses what the other gives or uses as well.
fn are_related(
    program: &Program,
    steps: &[Step],
    variables: &BTreeSet<&String>,
    (before, after): (&[usize], &[usize]),
) -> bool {
    let names = |group: &[usize]| -> BTreeSet<&String> {
        group
            .iter()
            .filter(|&&it| steps[it].kind != StepKind::Import)
            .flat_map(|&it| steps[it].reads.iter().chain(&steps[it].may))
            .filter(|name| variables.contains(name))
            .collect()
    };
    let is_one_cell = after
        .first()
        .is_some_and(|&first| shares_cell(program, steps, Some(&before.to_vec()), first));
    is_one_cell || !names(before).is_disjoint(&names(after))
}

/// Whether the author wishes something for one of two groups, and not for the other.
fn parts_by_wish(program: &Program, steps: &[Step], before: &[usize], after: &[usize]) -> bool {
    let (Some(&before), Some(&after)) = (before.last(), after.first()) else {
        return false;
    };
    let cell = |index: usize| program.units()[steps[index].unit.index()].cell;
    let is_steered = |cell: usize| {
        let tags = program.source.cells.get(cell).map(|cell| &cell.tags);
        tags.is_some_and(|tags| tags.iter().any(|tag| tag.starts_with(WISH)))
    };
    let (before, after) = (cell(before), cell(after));
    before != after && (is_steered(before) || is_steered(after))
}

fn shares_cell(
    program: &Program,
    steps: &[Step],
    previous: Option<&Vec<usize>>,
    first: usize,
) -> bool {
    let cell = |index: usize| program.units()[steps[index].unit.index()].cell;
    previous
        .and_then(|group| group.last())
        .is_some_and(|&last| cell(last) == cell(first))
}

/// Moves the making of an object down to the group that first changes it: an estimator's constructor to its `fit`.
fn sink(steps: &[Step], mut groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut uses = Uses::of(steps, &groups);
    let is_clock = |it: &&usize| steps[**it].effects.contains(Effect::Clock);
    // No clock is moved: the first in each group that has one.
    let clocks = groups.iter().enumerate();
    let clocks =
        clocks.filter_map(|(group, members)| Some((group, *members.iter().find(is_clock)?)));
    let clocks: Vec<(usize, usize)> = clocks.collect();
    for from in 0..groups.len() {
        let members = groups[from].clone();
        for &index in members.iter().rev() {
            let step = &steps[index];
            if !step.is_pure() || step.may.len() != 1 || step.is_assumed {
                continue;
            }
            let Some(name) = step.may.iter().next() else {
                continue;
            };
            let Some(to) = uses.first_ordered(step, from) else {
                continue;
            };
            // What is timed stays between the readings of the clock.
            let clock = clocks.get(clocks.partition_point(|(group, _)| *group < from));
            let clock = clock.filter(|(group, _)| *group <= to);
            if clock.is_some_and(|(_, clock)| step.is_timed_by(&steps[*clock])) {
                continue;
            }
            let changes = groups[to].iter().any(|&later| {
                steps[later].mutates.get(name) == Some(&Mutation::Own) && steps[later].is_pure()
            });
            if !changes {
                continue;
            }
            let place = |group: &[usize], wanted: &dyn Fn(usize) -> bool| {
                let place = group.iter().position(|&it| wanted(it));
                place.unwrap_or_default()
            };
            let position = place(&groups[from], &|it| it == index);
            let rest_is_free = groups[from][position + 1..]
                .iter()
                .all(|&later| !step.orders(&steps[later]));
            if rest_is_free {
                let mut at = place(&groups[to], &|later| step.orders(&steps[later]));
                // A small value that was named after it for the same statement stays beside that.
                while at > 0 && goes_with_next(steps, groups[to][at - 1], index) {
                    at -= 1;
                }
                groups[from].retain(|it| *it != index);
                groups[to].insert(at, index);
                uses.remove(index, step, from);
                uses.add(index, step, to);
            }
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Whether a step only names a small value, after the step `moved`.
fn goes_with_next(steps: &[Step], index: usize, moved: usize) -> bool {
    let step = &steps[index];
    moved < index && step.form == Form::Literal && step.is_pure() && step.mutates.is_empty()
}

/// The groups in which names are read and touched, and the steps that do.
#[derive(Default)]
struct Uses<'a> {
    read: BTreeMap<&'a str, BTreeSet<(usize, usize)>>,
    touched: BTreeMap<&'a str, BTreeSet<(usize, usize)>>,
}

impl<'a> Uses<'a> {
    fn of(steps: &'a [Step], groups: &[Vec<usize>]) -> Self {
        let mut uses = Self::default();
        for (group, members) in groups.iter().enumerate() {
            for &index in members {
                uses.add(index, &steps[index], group);
            }
        }
        uses
    }

    fn add(&mut self, index: usize, step: &'a Step, group: usize) {
        for name in step.reads.iter().chain(&step.looks_at) {
            self.read.entry(name).or_default().insert((group, index));
        }
        for name in step.touched() {
            self.touched.entry(name).or_default().insert((group, index));
        }
    }

    fn remove(&mut self, index: usize, step: &Step, group: usize) {
        for name in step.reads.iter().chain(&step.looks_at) {
            if let Some(uses) = self.read.get_mut(name.as_str()) {
                uses.remove(&(group, index));
            }
        }
        for name in step.touched() {
            if let Some(uses) = self.touched.get_mut(name.as_str()) {
                uses.remove(&(group, index));
            }
        }
    }

    /// The first group after `group` with a step that may not run before `step`.
    fn first_ordered(&self, step: &Step, group: usize) -> Option<usize> {
        let first = |uses: Option<&BTreeSet<(usize, usize)>>| {
            let next = uses?.range((group + 1, 0)..).next()?;
            Some(next.0)
        };
        let touched = step.touched().flat_map(|name| {
            let name = name.as_str();
            [first(self.read.get(name)), first(self.touched.get(name))]
        });
        let read = step
            .reads
            .iter()
            .map(|name| first(self.touched.get(name.as_str())));
        touched.chain(read).flatten().min()
    }
}

/// All steps in the order of `groups`; those that are in none keep their places.
pub(crate) fn execution_order(steps: usize, kept: &[usize], groups: &[Vec<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..steps).collect();
    for (&at, &index) in kept.iter().zip(groups.iter().flatten()) {
        order[at] = index;
    }
    order
}
