//! Objects that classes' attributes hold and that nothing tells apart become one.
//!
//! Functions that nothing calls are followed one after the other, and each leaves the objects that it made in the
//! attributes that it sets. What the next ones see of these objects is only in which attributes they are: objects that
//! are in the same ones are the same to them, and so the sets stay as small as the classes.

use std::collections::HashMap;
use std::rc::Rc;

use crate::analyze::Analyzer;
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
        let mut places: Vec<(Object, u32)> = Vec::new();
        let mut place = 0;
        for value in self.attribute_values() {
            visit(value, &mut |objects| {
                let young = objects.range(oldest..);
                places.extend(young.map(|object| (*object, place)));
                place += 1;
            });
        }
        places.sort_unstable();
        let held = self.held_elsewhere(oldest);
        let at: Vec<u32> = places.iter().map(|(_, at)| *at).collect();
        let mut first: HashMap<&[u32], Object> = HashMap::new();
        // By how far an object is from the oldest: which one stands for it.
        let mut ones: Vec<Object> = (oldest..self.next_object).collect();
        let (mut seen, mut is_same) = (0, false);
        for of_one in places.chunk_by(|left, right| left.0 == right.0) {
            let (object, places) = (of_one[0].0, &at[seen..seen + of_one.len()]);
            seen += of_one.len();
            if held.contains(&object) {
                continue;
            }
            let known = *first.entry(places).or_insert(object);
            if known != object {
                ones[(object - oldest) as usize] = known;
                is_same = true;
            }
        }
        self.condensed.places = place as usize;
        self.condensed.next = self.next_object;
        if !is_same {
            return;
        }
        let one = |it: &Object| {
            let young = it.checked_sub(oldest);
            young.map_or(*it, |at| ones[at as usize])
        };
        for class in self.classes.values_mut() {
            for value in Rc::make_mut(class).attributes.values_mut() {
                change(value, &|objects| {
                    if objects.range(oldest..).any(|it| one(it) != *it) {
                        *objects = objects.iter().map(one).collect();
                    }
                });
            }
        }
    }

    fn attribute_values(&self) -> impl Iterator<Item = &Value> {
        let classes = self.classes.values();
        classes.flat_map(|class| class.attributes.values())
    }

    /// Objects from `oldest` on that variables hold, or what waits to be called.
    fn held_elsewhere(&self, oldest: Object) -> Objects {
        let mut held: Vec<Object> = Vec::new();
        let mut hold = |objects: &Objects| held.extend(objects.range(oldest..));
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
        for default in self.closures.iter().flat_map(|it| it.defaults.values()) {
            visit(default, &mut hold);
        }
        visit(&self.raised, &mut hold);
        hold(&self.shared);
        hold(&self.recorded);
        held.into_iter().collect()
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
        Callable::Partial(inner, _) => visit_callable(inner, see),
        Callable::Either(all) => all.iter().for_each(|it| visit_callable(it, see)),
        Callable::Closure(_) | Callable::Class(_) | Callable::Path(_) => {}
    }
}

/// Changes the sets that [`visit`] sees.
fn change(value: &mut Value, make: &impl Fn(&mut Objects)) {
    for objects in [
        &mut value.own,
        &mut value.views,
        &mut value.holds,
        &mut value.deep,
    ] {
        make(objects);
    }
    value.later.change_objects(make);
    for part in &mut value.parts {
        change(part, make);
    }
    if let Some(entries) = &mut value.entries {
        for (_, entry) in Rc::make_mut(entries) {
            change(entry, make);
        }
    }
    value
        .callable
        .iter_mut()
        .for_each(|it| change_callable(it, make));
    if !value.functions.is_empty() {
        let functions = Rc::make_mut(&mut value.functions).iter_mut();
        functions.for_each(|it| change_callable(it, make));
    }
}

fn change_callable(callable: &mut Callable, make: &impl Fn(&mut Objects)) {
    match callable {
        Callable::Method(_, object) | Callable::Library(_, _, object) => {
            let object = Rc::make_mut(object);
            for objects in [
                &mut object.own,
                &mut object.views,
                &mut object.holds,
                &mut object.deep,
            ] {
                make(objects);
            }
        }
        Callable::Partial(inner, _) => change_callable(inner, make),
        Callable::Either(all) => {
            let all = Rc::make_mut(all).iter_mut();
            all.for_each(|it| change_callable(it, make));
        }
        Callable::Closure(_) | Callable::Class(_) | Callable::Path(_) => {}
    }
}
