//! What the analysis knows of a value: its type and the objects it may be, look at, or hold.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::{EffectSet, Type};

/// An object that some expression made; identity is the place in the evaluation.
pub(crate) type Object = u32;

/// A small set of objects.
pub(crate) type Objects = BTreeSet<Object>;

/// An abstract value (allocation sites as in points-to analysis; Andersen, 1994, made flow-sensitive).
#[derive(Debug, Clone, Default)]
pub(crate) struct Value {
    /// `None`: unknown.
    pub ty: Option<Type>,
    /// The objects it may be. Empty for immutable values.
    pub own: Objects,
    /// The objects whose memory it may share: an array's slice, a frame's column.
    pub views: Objects,
    /// The objects it may contain: a list's elements, an estimator's steps.
    pub holds: Objects,
    /// Import path, for modules, functions and classes of libraries.
    pub path: Option<Rc<str>>,
    /// What a call of it runs, when that is the user's code.
    pub callable: Option<Callable>,
    /// The literal it is known to be.
    pub literal: Option<Rc<str>>,
    /// Using it draws from a global generator: an estimator made without `random_state`.
    pub draws: bool,
    /// Effects that happen when it is iterated: generator expressions, `map`.
    pub lazy: EffectSet,
}

/// Code of the user that a value runs when it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Callable {
    /// A function or lambda, by index into the analyzer's closures.
    Closure(usize),
    /// A method with its object.
    Method(usize, Box<MethodReceiver>),
    /// A class, by name.
    Class(String),
    /// A method of a library's class.
    Library(String, String),
}

/// The object of a bound method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MethodReceiver {
    pub ty: Option<Type>,
    pub own: Objects,
    pub holds: Objects,
}

impl Value {
    /// A value of a type, without objects.
    pub fn of_type(ty: &str) -> Self {
        Self {
            ty: Some(Type::new(ty)),
            ..Self::default()
        }
    }

    /// All objects that a change through it, however deep, may reach.
    pub fn reach(&self) -> Objects {
        self.own
            .iter()
            .chain(&self.views)
            .chain(&self.holds)
            .copied()
            .collect()
    }

    /// The value that is one of the two.
    pub fn join(&self, other: &Self) -> Self {
        let union = |a: &Objects, b: &Objects| a.union(b).copied().collect();
        Self {
            ty: Type::join(self.ty.as_ref(), other.ty.as_ref()),
            own: union(&self.own, &other.own),
            views: union(&self.views, &other.views),
            holds: union(&self.holds, &other.holds),
            path: self.path.clone().filter(|_| self.path == other.path),
            callable: self
                .callable
                .clone()
                .filter(|_| self.callable == other.callable),
            literal: self
                .literal
                .clone()
                .filter(|_| self.literal == other.literal),
            draws: self.draws || other.draws,
            lazy: self.lazy.union(other.lazy),
        }
    }

    /// Whether it is known to have a type of this name.
    pub fn is(&self, name: &str) -> bool {
        self.ty.as_ref().is_some_and(|ty| ty.name == name)
    }

    /// Whether it can change at all, as far as we know.
    pub fn is_immutable(&self) -> bool {
        self.path.is_some() || self.ty.as_ref().is_some_and(Type::is_immutable)
    }

    /// Makes it hold the objects of another value.
    pub fn absorb(&mut self, other: &Self) {
        self.holds.extend(other.reach());
        self.draws |= other.draws;
        self.lazy.extend(other.lazy);
    }
}
