//! The variables of a scope, of which copies are taken at every branch.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::value::{Object, Objects, Value};

/// Variables of a scope.
///
/// A copy costs nothing, and the first change of it what changed since the last [`Env::settle`]; to find the variables of
/// some objects costs what is found, however many variables there are: all of it happens at nearly every statement.
#[derive(Debug, Clone, Default)]
pub(crate) struct Env {
    settled: Rc<Settled>,
    /// What changed since, by name.
    recent: Rc<Vec<Recent>>,
}

/// A variable, and what it is; `None` where it was unbound.
type Recent = (Rc<str>, Option<Rc<Value>>);

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

impl Settled {
    /// What a variable is after two ways of which one alone changed it: the first, or the second.
    fn joined_with(&self, (name, value): &Recent, is_first: bool) -> Recent {
        let joined = match (value, self.values.get(&**name)) {
            (Some(value), Some(known)) if is_first => Some(Rc::new(value.join(known))),
            (Some(value), Some(known)) => Some(Rc::new(known.join(value))),
            (None, known) => known.cloned().map(Rc::new),
            (value, None) => value.clone(),
        };
        (Rc::clone(name), joined)
    }
}

impl Env {
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        match self.place(name) {
            Ok(at) => self.recent[at].1.as_deref(),
            Err(_) => self.settled.values.get(name),
        }
    }

    /// Where a variable stands among the recent ones, or would stand.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.recent.binary_search_by(|(it, _)| (**it).cmp(name))
    }

    fn is_recent(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let settled = self.settled.values.iter();
        let settled = settled.map(|(name, value)| (name.as_str(), value));
        let settled = settled.filter(|(name, _)| !self.is_recent(name));
        let recent = self.recent.iter();
        settled.chain(recent.filter_map(|(name, value)| Some((&**name, value.as_deref()?))))
    }

    pub(crate) fn insert(&mut self, name: String, value: Value) {
        self.set(&name, Some(Rc::new(value)));
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Value> {
        let removed = self.get(name).cloned();
        self.set(name, None);
        removed
    }

    fn set(&mut self, name: &str, value: Option<Rc<Value>>) {
        let place = self.place(name);
        let recent = Rc::make_mut(&mut self.recent);
        match place {
            Ok(at) => recent[at].1 = value,
            Err(at) => recent.insert(at, (name.into(), value)),
        }
    }

    /// Changes the recent values that are to be changed.
    fn change_recent(
        &mut self,
        is_meant: impl Fn(&Value) -> bool,
        mut change: impl FnMut(&mut Value),
    ) {
        let is_meant = |it: &Recent| it.1.as_deref().is_some_and(&is_meant);
        let Some(first) = self.recent.iter().position(is_meant) else {
            return;
        };
        let recent = Rc::make_mut(&mut self.recent)[first..].iter_mut();
        for (_, value) in recent.filter(|it| is_meant(it)) {
            value.iter_mut().for_each(|it| change(Rc::make_mut(it)));
        }
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
            .filter(|name| !self.is_recent(name))
            .chain(recent)
            .collect()
    }

    /// Changes the variables that lead to any of some objects.
    pub(crate) fn change(&mut self, objects: &Objects, mut change: impl FnMut(&mut Value)) {
        let settled = self.settled_names(objects).into_iter();
        let settled: Vec<(String, Value)> = settled
            .filter_map(|name| Some((name.to_owned(), self.settled.values.get(name)?.clone())))
            .collect();
        self.change_recent(|it| it.meets(objects), &mut change);
        for (name, mut value) in settled {
            change(&mut value);
            self.insert(name, value);
        }
    }

    /// Forgets what stands at positions and under keys of what leads to any of some objects.
    pub(crate) fn forget_entries(&mut self, objects: &Objects) {
        let settled = self.settled.with_entries.iter();
        let settled = settled.filter(|name| !self.is_recent(name));
        let settled = settled.filter_map(|name| Some((name, self.settled.values.get(name)?)));
        let forgotten: Vec<(String, Value)> = settled
            .filter(|(_, value)| value.meets(objects))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        self.change_recent(
            |it| it.entries.is_some() && it.meets(objects),
            |it| it.forget_entries(objects),
        );
        for (name, mut value) in forgotten {
            value.forget_entries(objects);
            self.insert(name, value);
        }
    }

    /// The variables that are not what they are in another copy since the same statement.
    pub(crate) fn changed_from(&self, other: &Self) -> Vec<(String, Value)> {
        let mut changed = Vec::new();
        for (name, value) in self.recent.iter() {
            let is_same = match (value, other.place(name)) {
                (Some(value), Ok(at)) => {
                    let known = other.recent[at].1.as_ref();
                    known.is_some_and(|it| Rc::ptr_eq(it, value))
                }
                _ => false,
            };
            if let Some(value) = value.as_deref().filter(|_| !is_same) {
                changed.push((name.to_string(), value.clone()));
            }
        }
        // What it left alone may have been changed there.
        for (name, _) in other.recent.iter().filter(|it| !self.is_recent(&it.0)) {
            if let Some(value) = self.settled.values.get(&**name) {
                changed.push((name.to_string(), value.clone()));
            }
        }
        changed
    }

    fn settled_names(&self, objects: &Objects) -> BTreeSet<&str> {
        if objects.len() > self.settled.values.len() {
            let values = self.settled.values.iter();
            let meeting = values.filter(|(_, value)| value.meets(objects));
            return meeting
                .map(|(name, _)| name.as_str())
                .filter(|name| !self.is_recent(name))
                .collect();
        }
        let names = objects
            .iter()
            .filter_map(|it| self.settled.by_object.get(it));
        names
            .flatten()
            .map(String::as_str)
            .filter(|name| !self.is_recent(name))
            .collect()
    }

    /// What the variables are after either of two ways.
    pub(crate) fn join(self, other: Self) -> Self {
        debug_assert!(
            Rc::ptr_eq(&self.settled, &other.settled),
            "both ways began at one statement"
        );
        let is_same = |it: &Recent| it.1.as_ref().is_none_or(|it| it.is_joined_with_itself());
        if Rc::ptr_eq(&self.recent, &other.recent) && self.recent.iter().all(is_same) {
            return self;
        }
        let mut joined: Vec<Recent> = Vec::with_capacity(self.recent.len());
        let mut others = other.recent.iter().peekable();
        for (name, own) in Rc::unwrap_or_clone(self.recent) {
            while let Some(only) = others.next_if(|it| it.0 < name) {
                joined.push(self.settled.joined_with(only, false));
            }
            let own = match others.next_if(|it| it.0 == name) {
                Some((_, other)) => (name, either(own, other.as_ref())),
                None => self.settled.joined_with(&(name, own), true),
            };
            joined.push(own);
        }
        joined.extend(others.map(|only| self.settled.joined_with(only, false)));
        Self {
            settled: self.settled,
            recent: Rc::new(joined),
        }
    }

    /// Makes later copies cheap: nothing may hold a copy any more.
    pub(crate) fn settle(&mut self) {
        if self.recent.is_empty() {
            return;
        }
        let settled = Rc::make_mut(&mut self.settled);
        for (name, value) in Rc::unwrap_or_clone(std::mem::take(&mut self.recent)) {
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

/// What a variable is after either of two ways that both changed it.
fn either(left: Option<Rc<Value>>, right: Option<&Rc<Value>>) -> Option<Rc<Value>> {
    match (left, right) {
        // What neither way changed, as most, is not copied.
        (Some(left), Some(right)) if Rc::ptr_eq(&left, right) && left.is_joined_with_itself() => {
            Some(left)
        }
        (Some(left), Some(right)) => Some(Rc::new(left.join(right))),
        (left, right) => left.or_else(|| right.cloned()),
    }
}
