//! The variables of a scope, of which copies are taken at every branch.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::value::{Object, Objects, Value};

/// Variables of a scope.
///
/// A copy costs what changed since the last [`Env::settle`], and to find the variables of some objects costs what is
/// found, however many variables there are: both happen at nearly every statement.
#[derive(Debug, Clone, Default)]
pub(crate) struct Env {
    settled: Rc<Settled>,
    /// What changed since; `None` where a variable was unbound.
    recent: BTreeMap<Rc<str>, Option<Rc<Value>>>,
}

#[derive(Debug, Clone, Default)]
struct Settled {
    values: BTreeMap<String, Value>,
    /// The variables that lead to an object.
    by_object: BTreeMap<Object, BTreeSet<String>>,
    /// Those that may be it, or look at its memory.
    by_identity: BTreeMap<Object, BTreeSet<String>>,
    /// Those of which is known what stands at positions and under keys.
    with_entries: BTreeSet<String>,
}

impl Env {
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        match self.recent.get(name) {
            Some(recent) => recent.as_deref(),
            None => self.settled.values.get(name),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let settled = self.settled.values.iter();
        let settled = settled.map(|(name, value)| (name.as_str(), value));
        let settled = settled.filter(|(name, _)| !self.recent.contains_key(*name));
        let recent = self.recent.iter();
        settled.chain(recent.filter_map(|(name, value)| Some((&**name, value.as_deref()?))))
    }

    pub(crate) fn insert(&mut self, name: String, value: Value) {
        self.recent.insert(name.into(), Some(Rc::new(value)));
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Value> {
        let removed = self.get(name).cloned();
        self.recent.insert(name.into(), None);
        removed
    }

    /// The variables that lead to any of some objects, in no particular order.
    pub(crate) fn leading_to(&self, objects: &Objects) -> Vec<(&str, &Value)> {
        let settled = self.settled_names(objects).into_iter();
        let settled = settled.filter_map(|name| Some((name, self.settled.values.get(name)?)));
        let recent = self.recent.iter().filter_map(|(name, value)| {
            let value = value.as_deref()?;
            value.meets(objects).then_some((&**name, value))
        });
        settled.chain(recent).collect()
    }

    /// The variables that may be any of some objects, or look at their memory.
    pub(crate) fn being(&self, objects: &Objects) -> BTreeSet<&str> {
        let settled = objects
            .iter()
            .filter_map(|it| self.settled.by_identity.get(it));
        let settled = settled.flatten().map(String::as_str);
        let recent = self.recent.iter().filter_map(|(name, value)| {
            let value = value.as_deref()?;
            let is_it = !value.own.is_disjoint(objects) || !value.views.is_disjoint(objects);
            is_it.then_some(&**name)
        });
        settled
            .filter(|name| !self.recent.contains_key(*name))
            .chain(recent)
            .collect()
    }

    /// Changes the variables that lead to any of some objects.
    pub(crate) fn change(&mut self, objects: &Objects, mut change: impl FnMut(&mut Value)) {
        let settled = self.settled_names(objects).into_iter();
        let settled: Vec<(String, Value)> = settled
            .filter_map(|name| Some((name.to_owned(), self.settled.values.get(name)?.clone())))
            .collect();
        for value in self.recent.values_mut().flatten() {
            if value.meets(objects) {
                change(Rc::make_mut(value));
            }
        }
        for (name, mut value) in settled {
            change(&mut value);
            self.recent.insert(name.into(), Some(Rc::new(value)));
        }
    }

    /// Forgets what stands at positions and under keys of what leads to any of some objects.
    pub(crate) fn forget_entries(&mut self, objects: &Objects) {
        let settled = self.settled.with_entries.iter();
        let settled = settled.filter(|name| !self.recent.contains_key(name.as_str()));
        let settled = settled.filter_map(|name| Some((name, self.settled.values.get(name)?)));
        let forgotten: Vec<(Rc<str>, Value)> = settled
            .filter(|(_, value)| value.meets(objects))
            .map(|(name, value)| (name.as_str().into(), value.clone()))
            .collect();
        for value in self.recent.values_mut().flatten() {
            if value.entries.is_some() && value.meets(objects) {
                Rc::make_mut(value).entries = None;
            }
        }
        for (name, mut value) in forgotten {
            value.entries = None;
            self.recent.insert(name, Some(Rc::new(value)));
        }
    }

    fn settled_names(&self, objects: &Objects) -> BTreeSet<&str> {
        if objects.len() > self.settled.values.len() {
            let values = self.settled.values.iter();
            let meeting = values.filter(|(_, value)| value.meets(objects));
            return meeting
                .map(|(name, _)| name.as_str())
                .filter(|name| !self.recent.contains_key(*name))
                .collect();
        }
        let names = objects
            .iter()
            .filter_map(|it| self.settled.by_object.get(it));
        names
            .flatten()
            .map(String::as_str)
            .filter(|name| !self.recent.contains_key(*name))
            .collect()
    }

    /// What the variables are after either of two ways.
    pub(crate) fn join(mut self, other: Self) -> Self {
        debug_assert!(
            Rc::ptr_eq(&self.settled, &other.settled),
            "both ways began at one statement"
        );
        let settled = Rc::clone(&self.settled);
        let only = |name: &str| settled.values.get(name);
        for (name, own) in &mut self.recent {
            match (own.as_mut(), other.recent.get(name)) {
                (Some(left), Some(Some(right))) => {
                    // What neither way changed, as most, is not copied.
                    if !(Rc::ptr_eq(left, right) && left.is_joined_with_itself()) {
                        *left = Rc::new(left.join(right));
                    }
                }
                (Some(left), None) => {
                    if let Some(right) = only(name) {
                        *left = Rc::new(left.join(right));
                    }
                }
                (None, Some(right)) => *own = right.clone(),
                (None, None) => *own = only(name).cloned().map(Rc::new),
                (Some(_), Some(None)) => {}
            }
        }
        for (name, right) in other.recent {
            if self.recent.contains_key(&name) {
                continue;
            }
            let joined = match (only(&name), right) {
                (Some(left), Some(right)) => Some(Rc::new(left.join(&right))),
                (Some(left), None) => Some(Rc::new(left.clone())),
                (None, right) => right,
            };
            self.recent.insert(name, joined);
        }
        self
    }

    /// Makes later copies cheap: nothing may hold a copy any more.
    pub(crate) fn settle(&mut self) {
        if self.recent.is_empty() {
            return;
        }
        let settled = Rc::make_mut(&mut self.settled);
        for (name, value) in std::mem::take(&mut self.recent) {
            let name = name.to_string();
            let old = settled.values.remove(&name).unwrap_or_default();
            let new = value.as_deref();
            for object in old.objects() {
                let is_kept = new.is_some_and(|new| new.leads_to(object));
                if let Some(names) = settled.by_object.get_mut(&object).filter(|_| !is_kept) {
                    names.remove(&name);
                }
            }
            for object in old.own.union(&old.views) {
                if let Some(names) = settled.by_identity.get_mut(&object) {
                    names.remove(&name);
                }
            }
            settled.with_entries.remove(&name);
            let Some(value) = value else { continue };
            if value.entries.is_some() {
                settled.with_entries.insert(name.clone());
            }
            for object in value.own.union(&value.views) {
                let names = settled.by_identity.entry(object).or_default();
                names.insert(name.clone());
            }
            for object in value.objects().filter(|it| !old.leads_to(*it)) {
                let names = settled.by_object.entry(object).or_default();
                names.insert(name.clone());
            }
            settled.values.insert(name, Rc::unwrap_or_clone(value));
        }
    }
}
