//! How the author divided the work: the groups of statements in which functions are cut.

use srcify_effects::Mutation;
use srcify_syntax::{Program, SourceKind, WISH};

use crate::naming;
use crate::steps::Step;

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
    sink(steps, joined)
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
    between.matches('\n').count() > 1
}

fn join_small(program: &Program, steps: &[Step], groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut joined: Vec<Vec<usize>> = Vec::new();
    for group in groups {
        let has_title = group.first().is_some_and(|&first| {
            let unit = steps[first].unit;
            naming::heading(program, program.units()[unit.index()].cell).is_some()
                && !shares_cell(program, steps, joined.last(), first)
        });
        match joined.last_mut() {
            Some(last)
                if !has_title
                    && !parts_by_wish(program, steps, last, &group)
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
            let position = groups[from]
                .iter()
                .position(|it| *it == index)
                .unwrap_or_default();
            let rest_is_free = groups[from][position + 1..]
                .iter()
                .all(|&later| !step.orders(&steps[later]));
            let target = (from + 1..groups.len())
                .find(|&to| groups[to].iter().any(|&later| step.orders(&steps[later])));
            let Some(to) = target.filter(|_| rest_is_free) else {
                continue;
            };
            let changes = groups[to].iter().any(|&later| {
                steps[later].mutates.get(name) == Some(&Mutation::Own) && steps[later].is_pure()
            });
            let at = groups[to]
                .iter()
                .position(|&later| step.orders(&steps[later]))
                .unwrap_or_default();
            if changes {
                groups[from].retain(|it| *it != index);
                groups[to].insert(at, index);
            }
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// All steps in the order of `groups`; those that are in none keep their places.
pub(crate) fn execution_order(steps: usize, kept: &[usize], groups: &[Vec<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..steps).collect();
    for (&at, &index) in kept.iter().zip(groups.iter().flatten()) {
        order[at] = index;
    }
    order
}
