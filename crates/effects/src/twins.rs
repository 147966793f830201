//! Objects of the program's classes that functions are given which nothing calls: each has parts of its own.
//!
//! Of what attributes hold is known what objects of a class hold, any of them. Who is given two objects of a class, or makes
//! one more, changes parts of one of them. So each of those that are given gets twins of all that objects of its class were
//! seen to hold, and its attributes are read as if they held these.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::analyze::{Analyzer, Class};
use crate::condense::Renamed;
use crate::value::{Objects, Value};

/// More parts than these are not told apart.
const MOST_PARTS: usize = 300;

/// What stands for the parts that objects of a class are seen to have, in one of these objects, and the other way round.
pub(crate) struct Twin {
    parts: Renamed,
    originals: Renamed,
}

impl Analyzer<'_> {
    /// Gives an object of which only the class is known parts of its own.
    pub(crate) fn set_apart(&mut self, mut instance: Value) -> Value {
        if !self.is_presuming {
            return instance;
        }
        let parts = instance.holds.union(&instance.deep);
        let is_meant = |it: &&u32| !self.shared.contains(it) && !self.class_states.contains(it);
        let parts: Vec<u32> = parts.iter().filter(is_meant).copied().collect();
        if parts.len() > MOST_PARTS {
            return instance;
        }
        let (mut ones, mut originals) = (FxHashMap::default(), FxHashMap::default());
        for part in parts {
            ones.insert(part, self.next_object);
            originals.insert(self.next_object, part);
            self.next_object += 1;
        }
        let keys: Vec<u32> = originals.keys().copied().collect();
        let twin = Rc::new(Twin {
            parts: Renamed::of_some(ones),
            originals: Renamed::of_some(originals),
        });
        twin.parts.change(&mut instance);
        for key in instance.own.iter().copied().chain(keys) {
            self.instances.twins.insert(key, Rc::clone(&twin));
        }
        instance
    }

    /// The twins that some objects are, or are parts of, and whether one of them is none.
    fn twins_of(&self, objects: &Objects) -> (Vec<&Rc<Twin>>, bool) {
        let (mut found, mut is_other) = (Vec::new(), objects.is_empty());
        if self.instances.twins.is_empty() {
            return (found, true);
        }
        for object in objects {
            match self.instances.twins.get(object) {
                Some(twin) if !found.iter().any(|it| Rc::ptr_eq(it, twin)) => found.push(twin),
                Some(_) => {}
                None => is_other = true,
            }
        }
        (found, is_other)
    }

    /// What an attribute of an object holds, where objects of its class hold this.
    pub(crate) fn part_of_twin(
        &self,
        object: &Value,
        (class, name): (&Class, &str),
        value: Value,
    ) -> Value {
        if !class.own_attributes.contains(name) {
            return value;
        }
        let (twins, is_other) = self.twins_of(&object.own);
        let mut all = is_other.then(|| value.clone());
        for twin in twins {
            let mut part = value.clone();
            twin.parts.change(&mut part);
            all = Some(all.map_or_else(|| part.clone(), |all| all.join(&part)));
        }
        all.unwrap_or(value)
    }

    /// What objects of a class hold, where one of them holds this.
    pub(crate) fn part_of_any(&self, object: &Value, value: &Value) -> Value {
        let mut value = value.clone();
        for twin in self.twins_of(&object.own).0 {
            twin.originals.change(&mut value);
        }
        value
    }

    /// Objects, with those that stand for them in what is known of all objects of a class.
    pub(crate) fn with_originals(&self, objects: &Objects) -> Objects {
        let mut all = objects.clone();
        for twin in self.twins_of(objects).0 {
            let mut originals = objects.clone();
            twin.originals.make(&mut originals);
            all.add(&originals);
        }
        all
    }
}
