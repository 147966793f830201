//! Objects that classes' attributes hold and that nothing tells apart become one.
//!
//! Functions that nothing calls are followed one after the other, and each leaves the objects that it made in the
//! attributes that it sets. What the next ones see of these objects is only in which attributes they are: objects that
//! are in the same ones are the same to them, and so the sets stay as small as the classes.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analyze::Analyzer;
use crate::objects::Place;
use crate::value::{Callable, Object, Objects, Value};

/// So many objects more are left alone, for the work pays only then.
const FEW: usize = 200;

/// How far attributes were condensed.
#[derive(Default)]
pub(crate) struct Condensed {
    /// Objects from this one on are newer.
    pub next: Object,
    /// The sets of objects that there were.
    places: usize,
}

impl Analyzer<'_> {
    /// Makes one of all objects from `oldest` on that are in the same attributes, and nowhere else.
    pub(crate) fn condense_attributes(&mut self, oldest: Object) {
        let made = self.next_object.saturating_sub(self.condensed.next) as usize;
        if made < FEW.max(self.condensed.places) {
            return;
        }
        let mut alike = Alike::new(oldest, self.next_object);
        for value in self.attribute_values() {
            visit(value, &mut |objects| alike.tell_apart(objects));
        }
        let places = alike.places;
        let ones = alike.ones(&self.held_elsewhere(oldest));
        self.condensed.places = places;
        self.condensed.next = self.next_object;
        let Some(ones) = ones else { return };
        self.options.split_off(&oldest); // one of them stands for others, too
        let renamed = Renamed::new(oldest, Ones::ByDistance(ones));
        for class in self.classes.values_mut() {
            for value in Rc::make_mut(class).attributes.values_mut() {
                renamed.change(value);
            }
        }
    }

    fn attribute_values(&self) -> impl Iterator<Item = &Value> {
        let classes = self.classes.values();
        classes.flat_map(|class| class.attributes.values())
    }

    /// Objects from `oldest` on that variables hold, or what waits to be called: by how far they are from it.
    fn held_elsewhere(&self, oldest: Object) -> Vec<bool> {
        let mut held = vec![false; self.next_object.saturating_sub(oldest) as usize];
        let mut seen = Seen::default();
        let mut hold = |objects: &Objects| {
            if seen.is_new(objects) {
                for object in objects.range(oldest..) {
                    held[(object - oldest) as usize] = true;
                }
            }
        };
        for (_, value) in self.globals.iter() {
            visit(value, &mut hold);
        }
        for scope in self.scopes.values() {
            for (_, value) in scope.variables.iter() {
                visit(value, &mut hold);
            }
        }
        for passed in self.partials.iter().flatten() {
            visit(&passed.value, &mut hold);
        }
        for closure in &self.closures {
            let captured = closure.captured.iter().map(|(_, value)| value);
            for value in closure.defaults.values().chain(captured) {
                visit(value, &mut hold);
            }
        }
        visit(&self.raised, &mut hold);
        for (object, others) in &self.aside {
            hold(&[*object].into());
            hold(others);
        }
        hold(&self.shared);
        hold(&self.recorded);
        held
    }
}

/// Sets that were seen. Those that share their memory are one.
#[derive(Default)]
struct Seen(FxHashSet<Place>);

impl Seen {
    /// Whether a set is not empty, and none that was seen.
    fn is_new(&mut self, objects: &Objects) -> bool {
        objects.place().is_some_and(|it| self.0.insert(it))
    }
}

/// Objects by the sets that they are in: each set divides what was together so far.
struct Alike {
    oldest: Object,
    /// The group of each object, by how far it is from the oldest; those of the first are in no set.
    groups: Vec<u32>,
    /// For each group, the last set that divided it, and the group of what is in that set.
    divided: Vec<(usize, u32)>,
    /// How many sets there were.
    places: usize,
    seen: Seen,
}

impl Alike {
    fn new(oldest: Object, next: Object) -> Self {
        Self {
            oldest,
            groups: vec![0; next.saturating_sub(oldest) as usize],
            divided: vec![(0, 0)],
            places: 0,
            seen: Seen::default(),
        }
    }

    /// Tells objects of a set from others.
    fn tell_apart(&mut self, objects: &Objects) {
        self.places += 1;
        if !self.seen.is_new(objects) {
            return;
        }
        for object in objects.range(self.oldest..) {
            let group = &mut self.groups[(object - self.oldest) as usize];
            let at = *group as usize;
            if self.divided[at].0 != self.places {
                self.divided[at] = (self.places, self.divided.len() as u32);
                self.divided.push((0, 0));
            }
            *group = self.divided[at].1;
        }
    }

    /// For each object which one stands for it, by how far it is from the oldest; `None` where each stands for itself.
    fn ones(self, held: &[bool]) -> Option<Vec<Object>> {
        let mut first: Vec<Option<Object>> = vec![None; self.divided.len()];
        let mut is_same = false;
        let all = self.groups.iter().zip(held).zip(self.oldest..);
        let ones = all.map(|((group, is_held), object)| {
            if *group == 0 || *is_held {
                return object;
            }
            let known = *first[*group as usize].get_or_insert(object);
            is_same |= known != object;
            known
        });
        let ones = ones.collect();
        is_same.then_some(ones)
    }
}

/// Visits all sets of objects in a value, in an order that only its form decides.
fn visit(value: &Value, see: &mut impl FnMut(&Objects)) {
    for objects in [&value.own, &value.views, &value.holds, &value.deep] {
        see(objects);
    }
    if let Some(changes) = value.later.changes() {
        see(&changes.objects);
    }
    for part in &value.parts {
        visit(part, see);
    }
    for (_, entry) in value.entries.iter().flat_map(|it| it.iter()) {
        visit(entry, see);
    }
    for function in value.callable.iter().chain(value.functions.iter()) {
        visit_callable(function, see);
    }
}

fn visit_callable(callable: &Callable, see: &mut impl FnMut(&Objects)) {
    match callable {
        Callable::Method(_, object) | Callable::Library(_, _, object) => {
            for objects in [&object.own, &object.views, &object.holds, &object.deep] {
                see(objects);
            }
        }
        Callable::Partial(inner, _) | Callable::Asleep(inner) => visit_callable(inner, see),
        Callable::Either(all) => all.iter().for_each(|it| visit_callable(it, see)),
        Callable::Closure(_) | Callable::Class(_) | Callable::Path(_) => {}
    }
}

/// What stands for objects.
pub(crate) enum Ones {
    /// For each, by how far it is from the oldest.
    ByDistance(Vec<Object>),
    /// For some.
    ByObject(FxHashMap<Object, Object>),
}

/// Sets with what stands for their objects.
pub(crate) struct Renamed {
    oldest: Object,
    ones: Ones,
    /// The sets that were asked for, which go on to share their memory. They are kept, so that nothing else comes to stand
    /// in their places.
    known: RefCell<FxHashMap<Place, (Objects, Objects)>>,
}

impl Renamed {
    fn new(oldest: Object, ones: Ones) -> Self {
        Self {
            oldest,
            ones,
            known: RefCell::default(),
        }
    }

    /// Each of these for the other.
    pub(crate) fn of_some(ones: FxHashMap<Object, Object>) -> Self {
        let oldest = ones.keys().min().copied().unwrap_or(Object::MAX);
        Self::new(oldest, Ones::ByObject(ones))
    }

    fn one(&self, object: Object) -> Object {
        match &self.ones {
            Ones::ByDistance(ones) => {
                let young = object.checked_sub(self.oldest);
                young.map_or(object, |at| ones[at as usize])
            }
            Ones::ByObject(ones) => ones.get(&object).copied().unwrap_or(object),
        }
    }

    /// What a set becomes, if it becomes another.
    fn renamed(&self, objects: &Objects) -> Option<Objects> {
        let place = objects.place()?;
        let mut known = self.known.borrow_mut();
        let (_, new) = known.entry(place).or_insert_with(|| {
            let mut young = objects.range(self.oldest..);
            let new = if young.any(|it| self.one(*it) != *it) {
                objects.iter().map(|it| self.one(*it)).collect()
            } else {
                objects.clone()
            };
            (objects.clone(), new)
        });
        (new.place() != Some(place)).then(|| new.clone())
    }

    pub(crate) fn make(&self, objects: &mut Objects) {
        if let Some(new) = self.renamed(objects) {
            *objects = new;
        }
    }

    /// Changes the sets that [`visit`] sees.
    pub(crate) fn change(&self, value: &mut Value) {
        for objects in [
            &mut value.own,
            &mut value.views,
            &mut value.holds,
            &mut value.deep,
        ] {
            self.make(objects);
        }
        value.later.change_objects(&|it| self.make(it));
        for part in &mut value.parts {
            self.change(part);
        }
        if let Some(entries) = &mut value.entries {
            for (_, entry) in Rc::make_mut(entries) {
                self.change(entry);
            }
        }
        let callable = value.callable.iter_mut();
        callable.for_each(|it| self.change_callable(it));
        if value.functions.iter().any(|it| self.changes(it)) {
            let functions = Rc::make_mut(&mut value.functions).iter_mut();
            functions.for_each(|it| self.change_callable(it));
        }
    }

    fn changes(&self, callable: &Callable) -> bool {
        let mut changes = false;
        visit_callable(callable, &mut |objects| {
            changes |= self.renamed(objects).is_some();
        });
        changes
    }

    fn change_callable(&self, callable: &mut Callable) {
        if !self.changes(callable) {
            return;
        }
        match callable {
            Callable::Method(_, object) | Callable::Library(_, _, object) => {
                let object = Rc::make_mut(object);
                for objects in [
                    &mut object.own,
                    &mut object.views,
                    &mut object.holds,
                    &mut object.deep,
                ] {
                    self.make(objects);
                }
            }
            Callable::Partial(inner, _) | Callable::Asleep(inner) => self.change_callable(inner),
            Callable::Either(all) => {
                let all = Rc::make_mut(all).iter_mut();
                all.for_each(|it| self.change_callable(it));
            }
            Callable::Closure(_) | Callable::Class(_) | Callable::Path(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Alike;
    use crate::value::Objects;

    #[test]
    fn what_is_in_the_same_sets_is_one() {
        let set = |all: &[u32]| -> Objects { all.iter().copied().collect() };
        let mut alike = Alike::new(10, 18);
        for objects in [
            set(&[3, 10, 11, 12, 14]),
            set(&[]),
            set(&[12, 13, 14]),
            set(&[3, 4]),
            set(&[15, 16]),
        ] {
            alike.tell_apart(&objects);
        }
        assert_eq!(alike.places, 5);
        let mut held = [false; 8];
        held[5] = true;
        // 15 is held elsewhere, and 17 is in no set.
        let ones = alike.ones(&held).unwrap();
        assert_eq!(ones, [10, 10, 12, 13, 12, 15, 16, 17]);
        let mut alike = Alike::new(0, 2);
        alike.tell_apart(&set(&[1]));
        assert_eq!(alike.ones(&[false; 2]), None);
    }
}
