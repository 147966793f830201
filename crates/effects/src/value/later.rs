//! What is still to happen: when a generator is iterated.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::objects::Objects;

/// What happens to older objects, and to names of the module, when something is iterated.
#[derive(Debug, Clone, Default)]
pub(crate) struct Later(Option<Rc<Changes>>);

/// Objects that change, and names that are read and bound.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changes {
    pub objects: Objects,
    pub reads: BTreeSet<String>,
    pub writes: BTreeSet<String>,
}

impl Later {
    /// These changes.
    pub fn of(changes: Changes) -> Self {
        let is_none =
            changes.objects.is_empty() && changes.reads.is_empty() && changes.writes.is_empty();
        Self((!is_none).then(|| Rc::new(changes)))
    }

    /// The changes, where there are any.
    pub fn changes(&self) -> Option<Rc<Changes>> {
        self.0.clone()
    }

    /// Changes the set of objects that change.
    pub fn change_objects(&mut self, change: &impl Fn(&mut Objects)) {
        if let Some(changes) = &mut self.0 {
            change(&mut Rc::make_mut(changes).objects);
        }
    }

    /// What happens when both are iterated.
    pub fn and(&self, other: &Self) -> Self {
        let (Some(own), Some(others)) = (&self.0, &other.0) else {
            return Self(self.0.clone().or_else(|| other.0.clone()));
        };
        let mut all = Changes::clone(own);
        all.objects.add(&others.objects);
        all.reads.extend(others.reads.iter().cloned());
        all.writes.extend(others.writes.iter().cloned());
        Self(Some(Rc::new(all)))
    }
}
