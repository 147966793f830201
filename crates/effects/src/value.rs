//! What the analysis knows of a value: its type and the objects it may be, look at, or hold.

mod entries;
mod fields;
mod later;

use std::rc::Rc;

use crate::Type;
use crate::written::Written;

pub(crate) use crate::objects::{Object, Objects};
pub(crate) use entries::YIELDED;
pub(crate) use fields::Fields;
pub(crate) use later::{Changes, Happened, Later};

/// What stands under keys that are known, in the order of the display.
pub(crate) type Entries = Rc<Vec<(Rc<str>, Value)>>;

/// An abstract value (allocation sites as in points-to analysis; Andersen, 1994, made flow-sensitive).
#[derive(Debug, Clone, Default)]
pub(crate) struct Value {
    /// `None`: unknown.
    pub ty: Option<Type>,
    /// What it is by all appearances, where the type is not known: for annotations alone.
    pub hint: Option<Type>,
    /// The objects it may be. Empty for immutable values.
    pub own: Objects,
    /// The objects whose memory it may share: an array's slice, a frame's column.
    pub views: Objects,
    /// The objects it may contain: a list's elements, an estimator's steps.
    pub holds: Objects,
    /// The objects that what it contains may contain.
    pub deep: Objects,
    /// What it was read out of, where it is taken for a number or a text and may be a list all the same: a cell.
    pub cell_of: Objects,
    /// Import path, for modules, functions and classes of libraries.
    pub path: Option<Rc<str>>,
    /// What a call of it runs, when that is the user's code.
    pub callable: Option<Callable>,
    /// What a tuple's elements are; for `zip` and the like, those of the tuples it gives.
    pub parts: Vec<Value>,
    /// What a display puts at positions and under literal keys, while nothing was put elsewhere.
    pub entries: Option<Entries>,
    /// The types of what records hold, as they were made.
    pub fields: Option<Rc<Fields>>,
    /// What stands under its keys, if it is a dictionary that is as it was made.
    pub written: Option<Rc<Written>>,
    /// The functions it may contain: a table of actions, a list of steps.
    pub functions: Rc<Vec<Callable>>,
    /// The literal it is known to be.
    pub literal: Option<Rc<str>>,
    /// The literals it is known to be one of, when they are several.
    pub literals: Vec<Rc<str>>,
    /// It may be `None`: the default of a parameter of which nothing else is known.
    pub may_be_none: bool,
    /// Using it draws from a global generator: an estimator made without `random_state`.
    pub draws: bool,
    /// Effects that happen when it is iterated: generator expressions, `map`.
    pub lazy: Happened,
    /// What it changes, reads and binds when it is iterated: generators.
    pub later: Later,
    /// It comes from code that nobody knows: nothing may be assumed of its methods.
    pub is_foreign: bool,
    /// No value: what a call gives back that is still being followed.
    pub is_never: bool,
}

/// What the words begin with that stand for functions and classes in types.
pub(crate) const CLOSURE: &str = "closure ";
pub(crate) const CLASS: &str = "class ";
pub(crate) const METHOD: &str = "method ";
pub(crate) const PATH: &str = "path ";

/// Code of the user that a value runs when it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Callable {
    /// A function or lambda, by index into the analyzer's closures.
    Closure(usize),
    /// A method with its object.
    Method(usize, Rc<MethodReceiver>),
    /// A class, by name.
    Class(String),
    /// A method of a library's class, with its object.
    Library(String, String, Rc<MethodReceiver>),
    /// A function or class of a library.
    Path(Rc<str>),
    /// A function with arguments that are bound already, by index into the analyzer's partial calls.
    Partial(Box<Callable>, usize),
    /// One of several.
    Either(Rc<Vec<Callable>>),
    /// What it would be if a condition had another answer, which it has not.
    Asleep(Box<Callable>),
}

impl Callable {
    /// One of the two.
    pub fn either(self, other: Self) -> Self {
        let mut all = self.alternatives();
        for it in other.alternatives() {
            if !all.contains(&it) {
                all.push(it);
            }
        }
        Self::one_of(Rc::new(all)).unwrap_or(Self::Either(Rc::default()))
    }

    /// One of these; `None` when there is none, or more than can be followed.
    pub fn one_of(all: Rc<Vec<Self>>) -> Option<Self> {
        match all.len() {
            0 => None,
            1 => all.first().cloned(),
            2..=MAX_ALTERNATIVES => Some(Self::Either(all)),
            _ => None,
        }
    }

    /// Words for what it is, which `Type`s hold until all results are known.
    fn keys(&self) -> Option<Vec<String>> {
        match self {
            Self::Closure(at) | Self::Method(at, _) => Some(vec![format!("{CLOSURE}{at}")]),
            Self::Class(name) => Some(vec![format!("{CLASS}{name}")]),
            Self::Library(class, method, _) => Some(vec![format!("{METHOD}{class} {method}")]),
            Self::Path(path) => Some(vec![format!("{PATH}{path}")]),
            Self::Partial(inner, _) | Self::Asleep(inner) => inner.keys(),
            Self::Either(all) => {
                let keys: Option<Vec<Vec<String>>> = all.iter().map(Self::keys).collect();
                Some(keys?.concat())
            }
        }
    }

    fn alternatives(self) -> Vec<Self> {
        match self {
            Self::Either(all) => Rc::unwrap_or_clone(all),
            one => vec![one],
        }
    }
}

/// More literals than this are not told apart.
const MAX_LITERALS: usize = 4;

/// More functions than this are not told apart.
const MAX_ALTERNATIVES: usize = 12;

/// The object of a bound method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MethodReceiver {
    pub ty: Option<Type>,
    pub own: Objects,
    pub views: Objects,
    pub holds: Objects,
    pub deep: Objects,
    /// The class, when it is one.
    pub class: Option<String>,
}

impl MethodReceiver {
    /// What a method needs to know of its object.
    pub fn of(value: &Value) -> Rc<Self> {
        let class = match &value.callable {
            Some(Callable::Class(name)) => Some(name.clone()),
            _ => None,
        };
        Rc::new(Self {
            ty: value.ty.clone(),
            own: value.own.clone(),
            views: value.views.clone(),
            holds: value.holds.clone(),
            deep: value.deep.clone(),
            class,
        })
    }

    /// The object.
    pub fn value(&self) -> Value {
        Value {
            ty: self.ty.clone(),
            own: self.own.clone(),
            views: self.views.clone(),
            holds: self.holds.clone(),
            deep: self.deep.clone(),
            callable: self.class.clone().map(Callable::Class),
            ..Value::default()
        }
    }
}

impl Value {
    /// A value of a type, without objects.
    pub fn of_type(ty: &str) -> Self {
        Self {
            ty: Some(Type::new(ty)),
            ..Self::default()
        }
    }

    /// The value of what never ends.
    pub fn never() -> Self {
        Self {
            is_never: true,
            ..Self::default()
        }
    }

    /// It, as a value of another type.
    pub fn with_type(mut self, ty: Type) -> Self {
        self.ty = Some(ty);
        self
    }

    /// All objects that a change through it, however deep, may reach.
    pub fn reach(&self) -> Objects {
        let mut all = self.own.clone();
        all.add(&self.views);
        all.add(&self.holds);
        all.add(&self.deep);
        all
    }

    /// Its objects, some of them twice.
    pub fn objects(&self) -> impl Iterator<Item = Object> {
        let all = self.own.iter().chain(&self.views).chain(self.inside());
        all.copied()
    }

    /// Whether a change through it, however deep, may reach an object.
    pub fn leads_to(&self, object: Object) -> bool {
        let reach = [&self.own, &self.views, &self.holds, &self.deep];
        reach.iter().any(|it| it.contains(&object))
    }

    /// Whether a change through it, however deep, may reach any of some objects.
    pub fn meets(&self, objects: &Objects) -> bool {
        let reach = [&self.own, &self.views, &self.holds, &self.deep];
        reach.iter().any(|it| !it.is_disjoint(objects))
    }

    /// All objects that it may contain, however deep.
    pub fn inside(&self) -> impl Iterator<Item = &Object> {
        self.holds.iter().chain(&self.deep)
    }

    /// Makes it contain what another container contains.
    pub fn take_elements(&mut self, other: &Self) {
        if other.is_closed() {
            self.holds.add(&other.own);
        }
        self.holds.add(&other.holds);
        self.deep.add(&other.deep);
    }

    /// Whether nobody knows what it holds, and that may change: it stands for its elements itself, then.
    pub fn is_closed(&self) -> bool {
        let may_change = |ty: &Type| !ty.is_immutable() && ty.name != "never";
        let is_open = |ty: &Type| match ty.name.as_str() {
            "list" | "tuple" | "set" => {
                ty.arguments.is_empty() || ty.arguments.iter().any(may_change)
            }
            "dict" | "collections.defaultdict" | "collections.deque" => {
                ty.arguments.last().is_none_or(may_change)
            }
            _ => false,
        };
        self.holds.is_empty() && self.ty.as_ref().is_some_and(is_open)
    }

    /// What a cell was read out of.
    pub fn table_of_cell(&self) -> Self {
        Self {
            own: self.cell_of.clone(),
            ..Self::default()
        }
    }

    /// What is read out of it, where that is a cell.
    pub fn cells(&self) -> Objects {
        if self.is_table() {
            self.reach().union(&self.cell_of)
        } else {
            self.cell_of.clone()
        }
    }

    /// Whether its cells may be any objects, whatever they are taken for.
    pub fn is_table(&self) -> bool {
        let is_one = |ty: &Type| ty.name == "numpy.ndarray" || ty.name.starts_with("pandas.");
        self.ty.as_ref().is_some_and(is_one)
    }

    /// Makes it an iterator over another value: what is added to that, or taken from it, shows in what is left.
    pub fn look_at(&mut self, other: &Self) {
        self.deep.add(&other.own);
        self.deep.add(&other.views);
    }

    /// The value that is one of the two.
    pub fn join(&self, other: &Self) -> Self {
        if self.is_never {
            return other.clone();
        }
        if other.is_never {
            return self.clone();
        }
        let union = Objects::union;
        let (path, callable) = self.join_callables(other);
        let mut lazy = self.lazy;
        lazy.extend(other.lazy);
        Self {
            ty: Type::join(self.ty.as_ref(), other.ty.as_ref()),
            hint: self.join_hints(other),
            own: union(&self.own, &other.own),
            views: union(&self.views, &other.views),
            holds: union(&self.holds, &other.holds),
            deep: union(&self.deep, &other.deep),
            cell_of: union(&self.cell_of, &other.cell_of),
            path,
            callable,
            functions: union_of(&self.functions, &other.functions),
            parts: if self.parts.len() == other.parts.len() {
                let pairs = self.parts.iter().zip(&other.parts);
                pairs.map(|(left, right)| left.join(right)).collect()
            } else {
                Vec::new()
            },
            entries: self.joined_entries(other),
            fields: self.joined_fields(other),
            written: match (&self.written, &other.written) {
                (Some(own), Some(others)) if Rc::ptr_eq(own, others) => Some(Rc::clone(own)),
                _ => None,
            },
            literal: self
                .literal
                .clone()
                .filter(|_| self.literal == other.literal),
            literals: self.joined_literals(other),
            may_be_none: self.may_be_none || other.may_be_none,
            draws: self.draws || other.draws,
            lazy,
            later: self.later.and(&other.later),
            is_foreign: self.is_foreign || other.is_foreign,
            is_never: false,
        }
    }

    /// Whether [`Value::join`] with itself certainly gives the value itself, which it may know less than.
    pub fn is_joined_with_itself(&self) -> bool {
        let parts = &mut self.parts.iter();
        self.literals.is_empty()
            && self.is_hint_apparent()
            && parts.all(Self::is_joined_with_itself)
    }

    /// Whether it appears to be no less than what its hint says.
    fn is_hint_apparent(&self) -> bool {
        let (Some(hint), Some(ty)) = (&self.hint, &self.ty) else {
            return true;
        };
        if self.is_plain_array() && hint.name == "numpy.ndarray" {
            return true;
        }
        let certain = ty.apparent();
        certain.is_vague() || certain.name == "|" || certain == *hint
    }

    /// The literals of which it is one, where they are known.
    pub fn known_literals(&self) -> &[Rc<str>] {
        match &self.literal {
            Some(literal) => std::slice::from_ref(literal),
            None => &self.literals,
        }
    }

    fn joined_literals(&self, other: &Self) -> Vec<Rc<str>> {
        let (own, others) = (self.known_literals(), other.known_literals());
        if self.literal == other.literal || own.is_empty() || others.is_empty() {
            return Vec::new();
        }
        let new = others.iter().filter(|it| !own.contains(it));
        let all: Vec<Rc<str>> = own.iter().chain(new).cloned().collect();
        if all.len() > MAX_LITERALS {
            return Vec::new();
        }
        all
    }

    /// Forgets which objects it may be, look at or hold.
    pub fn forget_objects(&mut self) {
        for objects in [
            &mut self.own,
            &mut self.views,
            &mut self.holds,
            &mut self.deep,
        ] {
            objects.clear();
        }
    }

    /// Forgets which literal it is.
    pub fn forget_literal(&mut self) {
        self.literal = None;
        self.written = None;
        self.literals.clear();
    }

    fn join_hints(&self, other: &Self) -> Option<Type> {
        if self.hint.is_none() && other.hint.is_none() {
            return None;
        }
        Type::join(self.apparent().as_ref(), other.apparent().as_ref())
    }

    /// The type that an annotation may say: the one that is certain, or else what it appears to be.
    pub fn apparent(&self) -> Option<Type> {
        let certain = self.ty.as_ref().map(Type::apparent);
        let is_open = certain.as_ref().is_none_or(Type::is_vague);
        if is_open
            && self.hint.is_none()
            && let Some(code) = self.code()
        {
            return Some(code);
        }
        match (certain, &self.hint) {
            (Some(ty), Some(hint)) if ty.is_vague() || ty.name == "|" => Some(hint.apparent()),
            (Some(_), Some(hint)) if self.is_plain_array() && hint.name == "numpy.ndarray" => {
                Some(hint.apparent())
            }
            (Some(ty), _) => Some(ty),
            (None, hint) => hint.as_ref().map(Type::apparent),
        }
    }

    /// Its type as that of an element, with what it appears to be.
    pub fn element_type(&self) -> Option<Type> {
        if let Some(code) = self.code().filter(|_| self.hint.is_none()) {
            match &self.ty {
                None => return Some(Type::hinted(Some(code))),
                Some(ty) if ["function", "type"].contains(&ty.name.as_str()) => {
                    return Some(Type::generic(&ty.name, vec![code]));
                }
                Some(_) => {}
            }
        }
        if self.is("scalar") {
            return Some(Type::generic(
                "scalar",
                self.hint.clone().into_iter().collect(),
            ));
        }
        let hinted = || Type::hinted(self.hint.clone());
        let certain = self
            .ty
            .clone()
            .filter(|it| it.name != "|" || self.hint.is_none());
        certain.or_else(|| self.hint.is_some().then(hinted))
    }

    /// Which functions and classes it may be: what they give is known in the end.
    fn code(&self) -> Option<Type> {
        // What is read out of something may be a function that it holds, and may be something else.
        let is_certain = match &self.ty {
            None => self.path.is_some() || matches!(self.callable, Some(Callable::Class(_))),
            Some(ty) => ["function", "type", "functools.partial"].contains(&ty.name.as_str()),
        };
        let keys = self.called().filter(|_| is_certain)?.keys()?;
        let keys = keys.iter().map(|it| Type::new(it));
        Some(Type::generic("code", keys.collect()))
    }

    /// Whether an annotation cannot say what it is.
    pub fn is_vague(&self) -> bool {
        self.path.is_none() && self.apparent().is_none_or(|it| it.is_vague())
    }

    /// Whether it is an array of which neither elements nor dimensions are known.
    pub fn is_plain_array(&self) -> bool {
        let is_plain = |ty: &Type| ty.name == "numpy.ndarray" && ty.arguments.is_empty();
        self.ty.as_ref().is_some_and(is_plain)
    }

    /// It, as what it appears to be.
    pub fn as_apparent(&self) -> Self {
        Self {
            ty: self.apparent(),
            ..self.clone()
        }
    }

    fn join_callables(&self, other: &Self) -> (Option<Rc<str>>, Option<Callable>) {
        if self.path == other.path && self.callable == other.callable {
            return (self.path.clone(), self.callable.clone());
        }
        match (self.called(), other.called()) {
            (Some(left), Some(right)) => (None, Some(left.either(right))),
            (Some(only), None) if other.is("None") => (None, Some(only)),
            (None, Some(only)) if self.is("None") => (None, Some(only)),
            _ => (None, None),
        }
    }

    /// What a call of it runs, functions of libraries included.
    pub fn called(&self) -> Option<Callable> {
        self.callable
            .clone()
            .or_else(|| self.path.clone().map(Callable::Path))
    }

    /// Whether it is known to have a type of this name.
    pub fn is(&self, name: &str) -> bool {
        self.ty.as_ref().is_some_and(|ty| ty.name == name)
    }

    /// The types that it may have, where they are known.
    pub fn members(&self) -> impl Iterator<Item = &Type> {
        self.ty.iter().flat_map(Type::members)
    }

    /// Whether it can change at all, as far as we know.
    pub fn is_immutable(&self) -> bool {
        self.path.is_some() || self.ty.as_ref().is_some_and(Type::is_immutable)
    }

    /// Objects that it leads to get an element: it holds the element, or what it holds does.
    pub fn absorb_into(&mut self, objects: &Objects, element: &Self) {
        let is_it = !self.own.is_disjoint(objects) || !self.views.is_disjoint(objects);
        if !is_it && !self.looks_at(objects) {
            let (entries, fields) = (self.entries.take(), self.fields.take());
            self.absorb_deeply(element);
            // What stands under its keys is what it was, and may hold more.
            (self.entries, self.fields) = (entries, fields);
            self.absorb_into_entries(objects, element);
        } else {
            self.absorb(element);
        }
    }

    /// Whether it gives what some objects hold, one after another, when it is iterated.
    fn looks_at(&self, objects: &Objects) -> bool {
        self.ty.as_ref().is_some_and(Type::is_iterator) && !self.deep.is_disjoint(objects)
    }

    /// Makes what it contains hold the objects of another value.
    pub fn absorb_deeply(&mut self, other: &Self) {
        let new = &other.own.union(&other.views) - &self.holds;
        self.deep.add(&new);
        self.absorb_inside(other);
    }

    /// Makes it contain the functions that another value contains.
    pub fn take_functions(&mut self, other: &Self) {
        self.functions = union_of(&self.functions, &other.functions);
    }

    /// Makes it hold the objects of another value.
    pub fn absorb(&mut self, other: &Self) {
        self.holds.add(&other.own);
        self.holds.add(&other.views);
        self.absorb_inside(other);
    }

    /// Makes it hold, deeper, what another value holds.
    fn absorb_inside(&mut self, other: &Self) {
        (self.entries, self.fields, self.written) = (None, None, None);
        self.deep.add(&other.holds);
        self.deep.add(&other.deep);
        self.draws |= other.draws;
        self.lazy.extend(other.lazy);
        self.later = self.later.and(&other.later);
        for part in &mut self.parts {
            part.absorb(other);
        }
        take_new(&mut self.functions, other.called());
        take_new(&mut self.functions, other.functions.iter().cloned());
    }
}

fn union_of(left: &Rc<Vec<Callable>>, right: &Rc<Vec<Callable>>) -> Rc<Vec<Callable>> {
    if Rc::ptr_eq(left, right) || right.is_empty() {
        return Rc::clone(left);
    }
    let mut all = Rc::clone(left);
    take_new(&mut all, right.iter().cloned());
    all
}

fn take_new(all: &mut Rc<Vec<Callable>>, others: impl IntoIterator<Item = Callable>) {
    for it in others {
        if all.len() > MAX_ALTERNATIVES {
            break;
        }
        if !all.contains(&it) {
            Rc::make_mut(all).push(it);
        }
    }
}
