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
    recent: BTreeMap<String, Option<Value>>,
}

#[derive(Debug, Clone, Default)]
struct Settled {
    values: BTreeMap<String, Value>,
    /// The variables that lead to an object.
    by_object: BTreeMap<Object, BTreeSet<String>>,
    /// Those that may be it, or look at its memory.
    by_identity: BTreeMap<Object, BTreeSet<String>>,
}

impl Env {
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        match self.recent.get(name) {
            Some(recent) => recent.as_ref(),
            None => self.settled.values.get(name),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        let settled = self.settled.values.iter();
        let settled = settled.filter(|(name, _)| !self.recent.contains_key(*name));
        let recent = self.recent.iter();
        settled.chain(recent.filter_map(|(name, value)| Some((name, value.as_ref()?))))
    }

    pub(crate) fn insert(&mut self, name: String, value: Value) {
        self.recent.insert(name, Some(value));
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Value> {
        let removed = self.get(name).cloned();
        self.recent.insert(name.to_owned(), None);
        removed
    }

    /// The variables that lead to any of some objects, in no particular order.
    pub(crate) fn leading_to(&self, objects: &Objects) -> Vec<(&str, &Value)> {
        let settled = self.settled_names(objects).into_iter();
        let settled = settled.filter_map(|name| Some((name, self.settled.values.get(name)?)));
        let recent = self.recent.iter().filter_map(|(name, value)| {
            let value = value.as_ref()?;
            value.meets(objects).then_some((name.as_str(), value))
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
            let value = value.as_ref()?;
            let is_it = !value.own.is_disjoint(objects) || !value.views.is_disjoint(objects);
            is_it.then_some(name.as_str())
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
                change(value);
            }
        }
        for (name, mut value) in settled {
            change(&mut value);
            self.recent.insert(name, Some(value));
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
        let own: Vec<&String> = self.recent.keys().collect();
        let names: BTreeSet<String> = own
            .into_iter()
            .chain(other.recent.keys())
            .cloned()
            .collect();
        for name in names {
            let joined = match (self.get(&name), other.get(&name)) {
                (Some(left), Some(right)) => Some(left.join(right)),
                (Some(only), None) | (None, Some(only)) => Some(only.clone()),
                (None, None) => None,
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
            let old = settled.values.remove(&name).unwrap_or_default();
            let new = value.as_ref();
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
            let Some(value) = value else { continue };
            for object in value.own.union(&value.views) {
                let names = settled.by_identity.entry(object).or_default();
                names.insert(name.clone());
            }
            for object in value.objects().filter(|it| !old.leads_to(*it)) {
                let names = settled.by_object.entry(object).or_default();
                names.insert(name.clone());
            }
            settled.values.insert(name, value);
        }
    }
}
