//! What attributes of single objects hold: of those that the statement makes itself, as long as each of their attributes is
//! set by their methods alone. Of all others is only known what objects of their class hold.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::Type;
use crate::analyze::Analyzer;
use crate::records::Options;
use crate::twins::Twin;
use crate::value::{Callable, Object, Objects, Value};

/// The objects that the statement makes, or is given.
#[derive(Default)]
pub(crate) struct Instances {
    /// What attributes hold of those that it makes.
    held: BTreeMap<Object, Held>,
    /// It made too many to follow what is inside of these.
    is_crowded: bool,
    /// Those that a function is given which nothing calls, and their parts.
    pub twins: FxHashMap<Object, Rc<Twin>>,
}

/// What the attributes of an object hold.
type Held = BTreeMap<String, Kept>;

/// What an attribute holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    /// The objects that it may be.
    own: Objects,
    /// Those whose memory it may share.
    views: Objects,
    /// Those that it may contain.
    holds: Objects,
    /// Those that what it contains may contain.
    deep: Objects,
    /// What was set to it, where that never changes and nothing else was.
    setting: Option<Value>,
    /// What that was.
    ty: Option<Type>,
    /// What a call of it runs.
    callable: Option<Callable>,
    /// How often it was set.
    times: u32,
}

/// What is inside of attributes of more objects than these is not followed.
const MOST_FOLLOWED: usize = 50;

/// What a deep copy of an object has copies of.
const COPIED: [&str; 7] = [
    "list",
    "dict",
    "set",
    "collections.defaultdict",
    "numpy.ndarray",
    "pandas.DataFrame",
    "pandas.Series",
];

impl Analyzer<'_> {
    /// Notes that an object of a class of the program is being made.
    pub(crate) fn begin_instance(&mut self, class: &str, object: Object) {
        if self.find_class(class, "__new__").is_none() {
            self.instances.held.insert(object, Held::new());
        }
    }

    /// A copy of an object, with copies of all that it holds.
    pub(crate) fn deep_copy(&mut self, ty: Option<Type>) -> Value {
        let copy = self.unknown_of(ty);
        let class = copy.ty.as_ref();
        let class = class.and_then(|ty| self.classes.get(ty.name.as_str()));
        let Some(class) = class.filter(|_| !self.copies_by_hand()) else {
            return copy;
        };
        let names = class.own_attributes.iter().filter(|name| {
            let value = class.attributes.get(*name);
            value.is_some_and(|it| COPIED.iter().any(|ty| it.is(ty)))
        });
        let kept = Kept {
            own: copy.holds.clone(),
            holds: copy.holds.clone(),
            deep: copy.holds.clone(),
            times: 1,
            ..Kept::default()
        };
        let held = names.map(|it| (it.clone(), kept.clone()));
        let held: Held = held.collect();
        for object in &copy.own {
            self.instances.held.insert(*object, held.clone());
        }
        copy
    }

    /// Whether nothing is known of objects that the statement makes.
    pub(crate) fn follows_none(&self) -> bool {
        self.instances.held.is_empty()
    }

    /// Whether the statement made an object, and what is set to its attributes was seen since.
    pub(crate) fn is_followed(&self, object: &Value) -> bool {
        let mut all = object.own.iter();
        !object.own.is_empty() && all.all(|it| self.instances.held.contains_key(it))
    }

    /// Notes what is set to an attribute.
    pub(crate) fn hold(&mut self, object: &Value, attribute: &str, value: &Value) {
        for id in &object.own {
            // It was made already.
            if let Some(options) = self.options.get_mut(id) {
                Rc::make_mut(options).remove(attribute);
            }
            let Some(held) = self.instances.held.get_mut(id) else {
                continue;
            };
            let kept = held.entry(attribute.to_owned()).or_default();
            kept.own.add(&value.own);
            kept.views.add(&value.views);
            kept.holds.add(&value.holds);
            kept.deep.add(&value.deep);
            if kept.holds.is_empty() && !value.is_immutable() {
                // What is in there is nothing else, whatever others hold.
                kept.holds.insert(self.next_object);
                self.next_object += 1;
            }
            kept.times += 1;
            kept.ty.clone_from(&value.ty);
            let is_one = kept.times == 1;
            kept.callable = value.callable.clone().filter(|_| is_one);
            kept.setting = (is_one && value.literal.is_some()).then(|| value.clone());
        }
    }

    /// Notes that an object which attributes may lead to holds another value from now on.
    pub(crate) fn hold_inside(&mut self, objects: &Objects, value: &Value) {
        if self.instances.held.len() > MOST_FOLLOWED {
            self.instances.is_crowded = true;
        }
        if self.instances.is_crowded {
            return;
        }
        for kept in self
            .instances
            .held
            .values_mut()
            .flat_map(BTreeMap::values_mut)
        {
            let is_it = !kept.own.is_disjoint(objects) || !kept.views.is_disjoint(objects);
            if is_it {
                kept.holds.add(&value.own);
                kept.holds.add(&value.views);
            } else if !kept.holds.is_disjoint(objects) || !kept.deep.is_disjoint(objects) {
                kept.deep.add(&value.own);
                kept.deep.add(&value.views);
            } else {
                continue;
            }
            kept.deep.add(&value.holds);
            kept.deep.add(&value.deep);
        }
    }

    /// Anything may have been set to attributes of these objects.
    pub(crate) fn forget_held(&mut self, objects: &Objects) {
        if self.instances.held.is_empty() && self.options.is_empty() {
            return;
        }
        for object in objects {
            self.instances.held.remove(object);
            self.options.remove(object);
        }
    }

    /// Whether each object that it may be was seen to be given an attribute.
    pub(crate) fn is_held(&self, object: &Value, name: &str) -> bool {
        let held = |it: &Object| self.instances.held.get(it);
        let mut all = object.own.iter();
        all.all(|it| held(it).is_some_and(|it| it.contains_key(name)))
    }

    /// Leaves of what objects of the class hold under a name what these hold; whether that is known.
    pub(crate) fn keep_held(&self, object: &Value, name: &str, value: &mut Value) -> bool {
        let class = object.ty.as_ref().map_or("", |ty: &Type| ty.name.as_str());
        if object.own.is_empty()
            || self.instances.held.is_empty()
            || !self.is_seen_of_each(class, name)
        {
            return false;
        }
        let mut all = Kept::default();
        for id in &object.own {
            let Some(kept) = self.instances.held.get(id).and_then(|it| it.get(name)) else {
                return false;
            };
            all.own.add(&kept.own);
            all.views.add(&kept.views);
            all.holds.add(&kept.holds);
            all.deep.add(&kept.deep);
        }
        value.own = all.own;
        value.views = all.views;
        if !self.instances.is_crowded {
            value.holds = all.holds;
            value.deep = all.deep;
        }
        true
    }

    /// Leaves of what calls run of an attribute, in objects of the class, what they run in these; where that is known.
    pub(crate) fn keep_called(&self, object: &Value, name: &str, value: &mut Value) {
        if self.instances.held.is_empty() {
            return;
        }
        let of_one = |id| self.instances.held.get(id)?.get(name)?.callable.as_ref();
        let mut called = object.own.iter().map(of_one);
        let Some(Some(first)) = called.next() else {
            return;
        };
        let class = object.ty.as_ref().map_or("", |ty: &Type| ty.name.as_str());
        if called.all(|it| it == Some(first)) && self.is_of_each(class, name) {
            value.callable = Some(first.clone());
            value.is_foreign = false;
        }
    }

    /// What attributes of an object that was just made are set to.
    pub(crate) fn set_options(&self, object: Object) -> Options {
        let held = self.instances.held.get(&object).into_iter().flatten();
        let set = held.filter_map(|(name, kept)| {
            let value = kept.setting.clone().or_else(|| kept.part())?;
            Some((name.as_str().into(), value))
        });
        set.collect()
    }

    /// What an attribute of an object is set to, where that was once, as far as it is made.
    pub(crate) fn set_so_far(&self, object: Object, name: &str) -> Option<&Value> {
        self.instances
            .held
            .get(&object)?
            .get(name)?
            .setting
            .as_ref()
    }

    /// What an attribute of an object is, where it was set when that was made, and never again.
    pub(crate) fn steady_part(&self, object: &Value, name: &str) -> Option<Value> {
        let class = object.ty.as_ref()?.name.as_str();
        let [id] = object.own.iter().as_slice() else {
            return None;
        };
        let part = match self.options.get(id) {
            Some(options) => options.get(name).cloned(),
            None => self.instances.held.get(id)?.get(name)?.part(),
        };
        part.filter(|_| self.is_option(class, name))
    }
}

impl Kept {
    /// The object that it is, where it was set once.
    fn part(&self) -> Option<Value> {
        let is_one = self.times == 1 && self.own.len() == 1 && self.views.is_empty();
        is_one.then(|| Value {
            ty: self.ty.clone(),
            own: self.own.clone(),
            ..Value::default()
        })
    }
}
