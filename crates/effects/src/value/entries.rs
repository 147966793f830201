//! What stands at positions of displays and under their keys, as it changes.

use std::rc::Rc;

use super::{Entries, Objects, Value};

/// The key under which a generator has the tuple that it gives.
pub(crate) const YIELDED: &str = "yielded";

impl Value {
    /// What both have under a key.
    pub(super) fn joined_entries(&self, other: &Self) -> Option<Entries> {
        let (own, others) = (self.entries.as_ref()?, other.entries.as_ref()?);
        if Rc::ptr_eq(own, others) {
            return Some(Rc::clone(own));
        }
        let joined = own.iter().filter_map(|(key, left)| {
            let (_, right) = others.iter().find(|(it, _)| it == key)?;
            Some((Rc::clone(key), left.join(right)))
        });
        let joined: Vec<_> = joined.collect();
        (!joined.is_empty()).then(|| Rc::new(joined))
    }

    /// Changes what stands at positions and under keys of it, and of what stands there, where that leads to some objects.
    pub fn change_entries(&mut self, objects: &Objects, change: &mut impl FnMut(&mut Self)) {
        let meets = |(_, it): &(Rc<str>, Self)| it.meets(objects);
        let known = self.entries.as_mut();
        if let Some(known) = known.filter(|it| it.iter().any(meets)) {
            for (_, entry) in Rc::make_mut(known) {
                if entry.meets(objects) {
                    change(entry);
                    entry.change_entries(objects, change);
                }
            }
        }
    }

    /// Forgets what stands at positions and under keys of some objects: of itself, and of what it holds.
    pub fn forget_entries(&mut self, objects: &Objects) {
        if !self.own.is_disjoint(objects) || !self.views.is_disjoint(objects) {
            self.entries = None;
        }
        let has_inside = |(_, it): &(Rc<str>, Self)| it.entries.is_some() && it.meets(objects);
        let known = self.entries.as_mut();
        if let Some(known) = known.filter(|it| it.iter().any(has_inside)) {
            for (_, entry) in Rc::make_mut(known) {
                entry.forget_entries(objects);
            }
        }
    }

    /// What stands under its keys and leads to some objects holds what another value is, too.
    pub(super) fn absorb_into_entries(&mut self, objects: &Objects, element: &Self) {
        let meets = |(_, it): &(Rc<str>, Self)| it.meets(objects);
        let known = self.entries.as_mut();
        if let Some(known) = known.filter(|it| it.iter().any(meets)) {
            for (_, entry) in Rc::make_mut(known) {
                if entry.meets(objects) {
                    entry.absorb_into(objects, element);
                }
            }
        }
    }
}
