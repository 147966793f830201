//! Sets of objects: copied at every turn, seldom changed.

use std::cmp::Ordering;
use std::ops::{RangeFrom, Sub};
use std::rc::Rc;

/// An object that some expression made; identity is the place in the evaluation.
pub(crate) type Object = u32;

/// A set of objects, in their order. A copy shares the memory until one of the two changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Objects(Option<Rc<Vec<Object>>>);

impl Objects {
    /// No object.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub(crate) fn len(&self) -> usize {
        self.as_slice().len()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Object> {
        self.as_slice().iter()
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "sets are asked so, and closures pass it on"
    )]
    pub(crate) fn contains(&self, object: &Object) -> bool {
        self.as_slice().binary_search(object).is_ok()
    }

    /// The objects from one on.
    pub(crate) fn range(&self, range: RangeFrom<Object>) -> std::slice::Iter<'_, Object> {
        let all = self.as_slice();
        let first = all.partition_point(|it| *it < range.start);
        all.get(first..).unwrap_or_default().iter()
    }

    pub(crate) fn insert(&mut self, object: Object) {
        let Some(all) = &mut self.0 else {
            self.0 = Some(Rc::new(vec![object]));
            return;
        };
        if let Err(at) = all.binary_search(&object) {
            Rc::make_mut(all).insert(at, object);
        }
    }

    /// Adds the objects of another set.
    pub(crate) fn add(&mut self, other: &Self) {
        let (Some(own), Some(others)) = (&mut self.0, &other.0) else {
            if self.0.is_none() {
                self.0.clone_from(&other.0);
            }
            return;
        };
        if own.last() < others.first()
            && let Some(own) = Rc::get_mut(own)
        {
            own.extend_from_slice(others);
            return;
        }
        if Rc::ptr_eq(own, others) || includes(own, others) {
            return;
        }
        self.0 = if includes(others, own) {
            Some(Rc::clone(others))
        } else {
            Some(Rc::new(merged(own, others)))
        };
    }

    /// The objects of either.
    pub(crate) fn union(&self, other: &Self) -> Self {
        let mut all = self.clone();
        all.add(other);
        all
    }

    pub(crate) fn is_disjoint(&self, other: &Self) -> bool {
        let (mut few, mut many) = (self.as_slice(), other.as_slice());
        if few.len() > many.len() {
            std::mem::swap(&mut few, &mut many);
        }
        let (Some(first), Some(last)) = (few.first(), few.last()) else {
            return true;
        };
        if many.last().is_none_or(|it| it < first) || many.first().is_none_or(|it| it > last) {
            return true;
        }
        if few.len() < many.len() / MANY_MORE {
            return few.iter().all(|it| many.binary_search(it).is_err());
        }
        let mut rest = many.iter().peekable();
        few.iter().all(|object| {
            while rest.next_if(|it| **it < *object).is_some() {}
            rest.peek() != Some(&object)
        })
    }

    /// The objects that another set has not.
    pub(crate) fn difference<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a Object> {
        self.iter().filter(|it| !other.contains(it))
    }

    pub(crate) fn clear(&mut self) {
        self.0 = None;
    }

    fn as_slice(&self) -> &[Object] {
        self.0.as_ref().map_or(&[], |all| all.as_slice())
    }

    fn of_sorted(all: Vec<Object>) -> Self {
        Self((!all.is_empty()).then(|| Rc::new(all)))
    }
}

/// Whether a sorted list has all of another one.
fn includes(many: &[Object], few: &[Object]) -> bool {
    if few.len() > many.len() || few.first() < many.first() || few.last() > many.last() {
        return false;
    }
    if few.len() < many.len() / MANY_MORE {
        return few.iter().all(|it| many.binary_search(it).is_ok());
    }
    let mut rest = many.iter();
    few.iter()
        .all(|object| rest.find(|it| **it >= *object) == Some(object))
}

/// A list that is so many times as long is searched, not walked through.
const MANY_MORE: usize = 8;

fn merged(left: &[Object], right: &[Object]) -> Vec<Object> {
    let mut all = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left, right);
    while let (Some(one), Some(other)) = (left.first(), right.first()) {
        match one.cmp(other) {
            Ordering::Less => {
                let taken = run(left, *other);
                all.extend_from_slice(&left[..taken]);
                left = &left[taken..];
            }
            Ordering::Greater => {
                let taken = run(right, *one);
                all.extend_from_slice(&right[..taken]);
                right = &right[taken..];
            }
            Ordering::Equal => {
                all.push(*one);
                (left, right) = (&left[1..], &right[1..]);
            }
        }
    }
    all.extend_from_slice(left);
    all.extend_from_slice(right);
    all
}

/// How many objects at the beginning of a sorted list, which is not empty, stand before one.
fn run(sorted: &[Object], end: Object) -> usize {
    if sorted.last().is_some_and(|it| *it < end) {
        return sorted.len();
    }
    sorted
        .iter()
        .position(|it| *it >= end)
        .unwrap_or(sorted.len())
}

impl FromIterator<Object> for Objects {
    fn from_iter<I: IntoIterator<Item = Object>>(objects: I) -> Self {
        let mut all: Vec<Object> = objects.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Self::of_sorted(all)
    }
}

impl Extend<Object> for Objects {
    fn extend<I: IntoIterator<Item = Object>>(&mut self, objects: I) {
        let new = objects.into_iter().filter(|it| !self.contains(it));
        let new: Self = new.collect();
        self.add(&new);
    }
}

impl<'a> Extend<&'a Object> for Objects {
    fn extend<I: IntoIterator<Item = &'a Object>>(&mut self, objects: I) {
        self.extend(objects.into_iter().copied());
    }
}

impl<'a> IntoIterator for &'a Objects {
    type Item = &'a Object;
    type IntoIter = std::slice::Iter<'a, Object>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Objects {
    type Item = Object;
    type IntoIter = std::vec::IntoIter<Object>;

    fn into_iter(self) -> Self::IntoIter {
        let all = self.0.map(Rc::unwrap_or_clone);
        all.unwrap_or_default().into_iter()
    }
}

impl From<[Object; 1]> for Objects {
    fn from(objects: [Object; 1]) -> Self {
        Self::of_sorted(objects.into())
    }
}

impl Sub for &Objects {
    type Output = Objects;

    fn sub(self, other: Self) -> Objects {
        if self.is_disjoint(other) {
            return self.clone();
        }
        let mut rest = other.iter().peekable();
        let is_kept = |object: &&Object| {
            while rest.next_if(|it| *it < *object).is_some() {}
            rest.peek() != Some(object)
        };
        Objects::of_sorted(self.iter().filter(is_kept).copied().collect())
    }
}
