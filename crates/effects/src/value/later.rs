//! What is still to happen: when a generator is iterated.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::objects::Objects;
use crate::{Effect, EffectSet};

/// Effects that were seen.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Happened {
    pub all: EffectSet,
    /// Without those that only code has which does not run.
    pub awake: EffectSet,
}

impl Happened {
    /// Adds an effect, of code that runs or of code that does not.
    pub fn insert(&mut self, effect: Effect, is_awake: bool) {
        self.all.insert(effect);
        if is_awake {
            self.awake.insert(effect);
        }
    }

    /// Adds all effects of `other`.
    pub fn extend(&mut self, other: Self) {
        self.all.extend(other.all);
        self.awake.extend(other.awake);
    }

    /// The effects that only code has which does not run.
    pub fn asleep(self) -> EffectSet {
        self.all.without(self.awake)
    }
}

/// What happens to older objects, and to names of the module, when something is iterated.
#[derive(Debug, Clone, Default)]
pub(crate) struct Later(Option<Rc<Changes>>);

/// Objects that change, and names that are read and bound.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changes {
    pub objects: Objects,
    /// Those that only code changes which does not run.
    pub asleep: Objects,
    pub reads: BTreeSet<String>,
    pub writes: BTreeSet<String>,
}

impl Later {
    /// These changes.
    pub fn of(changes: Changes) -> Self {
        let is_none = changes.objects.is_empty()
            && changes.asleep.is_empty()
            && changes.reads.is_empty()
            && changes.writes.is_empty();
        Self((!is_none).then(|| Rc::new(changes)))
    }

    /// The changes, where there are any.
    pub fn changes(&self) -> Option<Rc<Changes>> {
        self.0.clone()
    }

    /// Changes the set of objects that change.
    pub fn change_objects(&mut self, change: &impl Fn(&mut Objects)) {
        if let Some(changes) = &mut self.0 {
            let changes = Rc::make_mut(changes);
            change(&mut changes.objects);
            change(&mut changes.asleep);
        }
    }

    /// What happens when both are iterated.
    pub fn and(&self, other: &Self) -> Self {
        let (Some(own), Some(others)) = (&self.0, &other.0) else {
            return Self(self.0.clone().or_else(|| other.0.clone()));
        };
        let mut all = Changes::clone(own);
        all.objects.add(&others.objects);
        all.asleep.add(&others.asleep);
        all.reads.extend(others.reads.iter().cloned());
        all.writes.extend(others.writes.iter().cloned());
        Self(Some(Rc::new(all)))
    }
}
