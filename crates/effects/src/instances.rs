//! What attributes of single objects hold: of those that the statement makes itself, as long as each of their attributes is
//! set by their methods alone. Of all others is only known what objects of their class hold.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::Type;
use crate::analyze::Analyzer;
use crate::records::Options;
use crate::value::{Callable, Object, Objects, Value};

/// What the attributes of an object hold.
pub(crate) type Held = BTreeMap<String, Kept>;

/// What an attribute holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    /// The objects that it may be.
    own: Objects,
    /// Those whose memory it may share.
    views: Objects,
    /// What was set to it, where that never changes and nothing else was.
    setting: Option<Value>,
    /// What that was.
    ty: Option<Type>,
    /// What a call of it runs.
    callable: Option<Callable>,
    /// How often it was set.
    times: u32,
}

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
            self.instances.insert(object, Held::new());
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
            times: 1,
            ..Kept::default()
        };
        let held = names.map(|it| (it.clone(), kept.clone()));
        let held: Held = held.collect();
        for object in &copy.own {
            self.instances.insert(*object, held.clone());
        }
        copy
    }

    /// Whether the statement made an object, and what is set to its attributes was seen since.
    pub(crate) fn is_followed(&self, object: &Value) -> bool {
        let mut all = object.own.iter();
        !object.own.is_empty() && all.all(|it| self.instances.contains_key(it))
    }

    /// Notes what is set to an attribute.
    pub(crate) fn hold(&mut self, object: &Value, attribute: &str, value: &Value) {
        for id in &object.own {
            // It was made already.
            if let Some(options) = self.options.get_mut(id) {
                Rc::make_mut(options).remove(attribute);
            }
            let Some(held) = self.instances.get_mut(id) else {
                continue;
            };
            let kept = held.entry(attribute.to_owned()).or_default();
            kept.own.add(&value.own);
            kept.views.add(&value.views);
            kept.times += 1;
            kept.ty.clone_from(&value.ty);
            let is_one = kept.times == 1;
            kept.callable = value.callable.clone().filter(|_| is_one);
            kept.setting = (is_one && value.literal.is_some()).then(|| value.clone());
        }
    }

    /// Anything may have been set to attributes of these objects.
    pub(crate) fn forget_held(&mut self, objects: &Objects) {
        if self.instances.is_empty() && self.options.is_empty() {
            return;
        }
        for object in objects {
            self.instances.remove(object);
            self.options.remove(object);
        }
    }

    /// Leaves of what objects of the class hold under a name what these hold; whether that is known.
    pub(crate) fn keep_held(&self, object: &Value, name: &str, value: &mut Value) -> bool {
        let class = object.ty.as_ref().map_or("", |ty: &Type| ty.name.as_str());
        if object.own.is_empty() || self.instances.is_empty() || !self.is_of_each(class, name) {
            return false;
        }
        let (mut own, mut views) = (Objects::new(), Objects::new());
        for id in &object.own {
            let Some(kept) = self.instances.get(id).and_then(|it| it.get(name)) else {
                return false;
            };
            own.add(&kept.own);
            views.add(&kept.views);
        }
        value.own = own;
        value.views = views;
        true
    }

    /// Leaves of what calls run of an attribute, in objects of the class, what they run in these; where that is known.
    pub(crate) fn keep_called(&self, object: &Value, name: &str, value: &mut Value) {
        if self.instances.is_empty() {
            return;
        }
        let of_one = |id| self.instances.get(id)?.get(name)?.callable.as_ref();
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
        let held = self.instances.get(&object).into_iter().flatten();
        let set = held.filter_map(|(name, kept)| {
            let value = kept.setting.clone().or_else(|| kept.part())?;
            Some((name.as_str().into(), value))
        });
        set.collect()
    }

    /// What an attribute of an object is set to, where that was once, as far as it is made.
    pub(crate) fn set_so_far(&self, object: Object, name: &str) -> Option<&Value> {
        self.instances.get(&object)?.get(name)?.setting.as_ref()
    }

    /// What an attribute of an object is, where it was set when that was made, and never again.
    pub(crate) fn steady_part(&self, object: &Value, name: &str) -> Option<Value> {
        let class = object.ty.as_ref()?.name.as_str();
        let [id] = object.own.iter().as_slice() else {
            return None;
        };
        let part = match self.options.get(id) {
            Some(options) => options.get(name).cloned(),
            None => self.instances.get(id)?.get(name)?.part(),
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
