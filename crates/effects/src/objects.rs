//! Sets of objects: copied at every turn, seldom changed.

use std::cmp::Ordering;
use std::ops::{RangeFrom, Sub};
use std::rc::Rc;

/// An object that some expression made; identity is the place in the evaluation.
pub(crate) type Object = u32;

/// A set of objects, in their order. A copy shares the memory until one of the two changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Objects(Option<Rc<Vec<Object>>>);

/// Where a set is kept: two sets in one place are the same.
pub(crate) type Place = *const Vec<Object>;

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

    /// Adds the objects of another set that are older than one.
    pub(crate) fn add_older(&mut self, other: &Self, than: Object) {
        let all = other.as_slice();
        let older = &all[..all.partition_point(|it| *it < than)];
        if older.len() == all.len() {
            self.add(other);
        } else if !includes(self.as_slice(), older) {
            self.add(&Self::of_sorted(older.to_vec()));
        }
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

    /// The oldest object that another set has, too.
    pub(crate) fn oldest_in(&self, other: &Self) -> Option<Object> {
        let (mut left, mut right) = (self.as_slice(), other.as_slice());
        while let (Some(one), Some(another)) = (left.first(), right.first()) {
            match one.cmp(another) {
                Ordering::Less => left = &left[run(left, *another)..],
                Ordering::Greater => right = &right[run(right, *one)..],
                Ordering::Equal => return Some(*one),
            }
        }
        None
    }

    /// Whether an object of another set is in this one, and not in a part of it.
    pub(crate) fn meets_outside(&self, other: &Self, part: &Self) -> bool {
        let (mut left, mut right) = (self.as_slice(), other.as_slice());
        while let (Some(one), Some(another)) = (left.first(), right.first()) {
            match one.cmp(another) {
                Ordering::Less => left = &left[run(left, *another)..],
                Ordering::Greater => right = &right[run(right, *one)..],
                Ordering::Equal if !part.contains(one) => return true,
                Ordering::Equal => (left, right) = (&left[1..], &right[1..]),
            }
        }
        false
    }

    /// The objects that another set has not.
    pub(crate) fn difference<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a Object> {
        self.iter().filter(|it| !other.contains(it))
    }

    pub(crate) fn clear(&mut self) {
        self.0 = None;
    }

    /// Where it is kept, as long as nobody changes it; the set without objects is nowhere.
    pub(crate) fn place(&self) -> Option<Place> {
        self.0.as_ref().map(Rc::as_ptr)
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

/// How many objects at the beginning of a sorted list stand before one: near the beginning, mostly.
fn run(sorted: &[Object], end: Object) -> usize {
    if sorted.last().is_none_or(|it| *it < end) {
        return sorted.len();
    }
    let mut reach = 1;
    while reach < sorted.len() && sorted[reach] < end {
        reach *= 2;
    }
    let from = reach / 2;
    let searched = &sorted[from..sorted.len().min(reach + 1)];
    from + searched.partition_point(|it| *it < end)
}

/// Objects that something changes in place.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    pub all: Objects,
    /// Those of which views change, too.
    pub deep: Objects,
}

impl Changed {
    pub(crate) fn add(&mut self, objects: &Objects, shallow: bool) {
        self.all.add(objects);
        if !shallow {
            self.deep.add(objects);
        }
    }

    pub(crate) fn extend(&mut self, other: &Self) {
        self.all.add(&other.all);
        self.deep.add(&other.deep);
    }

    pub(crate) fn forget(&mut self, objects: &Objects) {
        self.all = &self.all - objects;
        self.deep = &self.deep - objects;
    }
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

#[cfg(test)]
mod tests {
    use super::{Changed, Objects};

    fn objects(all: &[u32]) -> Objects {
        all.iter().copied().collect()
    }

    #[test]
    fn only_older_objects_are_added() {
        for than in 0..10 {
            let mut all = objects(&[1, 4]);
            all.add_older(&objects(&[2, 3, 4, 8]), than);
            let expected: Vec<u32> = (1..9)
                .filter(|it| [1, 4].contains(it) || ([2, 3, 8].contains(it) && *it < than))
                .collect();
            assert_eq!(all, objects(&expected), "{than}");
        }
    }

    #[test]
    fn common_objects_are_found_wherever_they_stand() {
        let many: Vec<u32> = (0..100).map(|it| it * 3).collect();
        for one in 0..300 {
            let is_in = one % 3 == 0;
            let few = objects(&[one, 1000]);
            assert_eq!(few.oldest_in(&objects(&many)), is_in.then_some(one));
            assert_eq!(objects(&many).oldest_in(&few), is_in.then_some(one));
            assert_eq!(objects(&many).meets_outside(&few, &Objects::new()), is_in);
            assert!(!objects(&many).meets_outside(&few, &objects(&[one])));
            let mut union = many.clone();
            union.extend([one, 1000]);
            assert_eq!(objects(&many).union(&few), objects(&union));
        }
        assert_eq!(objects(&[1, 2]).oldest_in(&Objects::new()), None);
    }

    #[test]
    fn a_deep_change_stays_deep() {
        let mut changed = Changed::default();
        changed.add(&objects(&[1, 2]), false);
        changed.add(&objects(&[2, 3]), true);
        assert_eq!(changed.all, objects(&[1, 2, 3]));
        assert_eq!(changed.deep, objects(&[1, 2]));
        changed.forget(&objects(&[1]));
        assert_eq!(changed.all, objects(&[2, 3]));
        assert_eq!(changed.deep, objects(&[2]));
    }
}
