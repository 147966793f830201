//! Attributes of modules, of objects, and of the user's classes.

use std::collections::BTreeSet;
use std::rc::Rc;

use srcify_syntax::{Ranged, TextRange, ast};

use super::parts::{ESTIMATES, component, told_part};
use super::picking::indexer;
use super::{labelled, resolve_self};
use crate::Type;
use crate::analyze::{Analyzer, Body, Class};
use crate::calls::shapes::AXES;
use crate::catalog::EntryKind;
use crate::statements::STDOUT;
use crate::types::SUPER;
use crate::value::{Callable, MethodReceiver, Objects, Value};

/// What a program and its user say to each other.
const STREAMS: [&str; 3] = [STDOUT, "sys.stderr", "sys.stdin"];

/// Classes of the language that map keys to values.
const DICTIONARIES: &[&str] = &[
    "dict",
    "collections.Counter",
    "collections.OrderedDict",
    "collections.defaultdict",
];

impl<'a> Analyzer<'a> {
    pub(super) fn attribute(&mut self, attribute: &'a ast::ExprAttribute) -> Value {
        let object = self.evaluate(&attribute.value);
        if attribute.attr.as_str() == "get" && attribute.value.is_name_expr() {
            self.note_lookup(&object, attribute.range);
        }
        let mut value = self.member(&object, &attribute.attr, attribute.range);
        if let Some(set) = self.last_store(attribute) {
            value.own.clone_from(set);
        }
        if let Some(path) = value.path.as_deref().filter(|_| value.hint.is_none()) {
            value.hint = self.declared_constant(path);
        }
        value
    }

    /// Notes whether what `get` is read of is a dictionary.
    fn note_lookup(&mut self, object: &Value, range: TextRange) {
        let place = (range.start().to_u32(), range.end().to_u32());
        let is_dictionary = DICTIONARIES.iter().any(|it| object.is(it)) && !self.is_presuming;
        *self.lookups.entry(place).or_insert(true) &= is_dictionary;
    }

    /// Where `get` is read of what was a dictionary each time.
    pub(crate) fn certain_lookups(&self) -> BTreeSet<(u32, u32)> {
        let certain = self.lookups.iter().filter(|(_, is_certain)| **is_certain);
        certain.map(|(place, _)| *place).collect()
    }

    /// Reads an attribute of a value.
    pub(crate) fn member(&mut self, object: &Value, name: &str, range: TextRange) -> Value {
        let mut value = if self.is_computed_anew(object, name) {
            self.fresh(Some(Type::new("numpy.ndarray")))
        } else {
            self.certain_member(object, name, range)
        };
        if name == "flat" && object.is(AXES) && value.is(AXES) {
            value.ty = Some(Type::generic(AXES, vec![Type::new("vector")]));
        }
        let is_described = self.is_described(object, name) && !object.functions.is_empty();
        if value.is_vague() && (value.callable.is_none() || is_described) {
            value.hint = self.apparent_member(object, name).or(value.hint);
        } else if value.hint.is_none() && value.ty.is_none() {
            // What only a convention takes for a method may be an attribute that is described.
            let ty = object.apparent();
            value.hint = ty.and_then(|ty| {
                let told = self.catalog.apparent_attribute(&ty.name, name);
                told.or_else(|| self.variable_of(&ty, name))
            });
        }
        if value.is_open_column()
            && ESTIMATES.contains(&name)
            && object
                .apparent()
                .is_some_and(|it| it.name.starts_with("statsmodels."))
        {
            value.tell_numbers();
        }
        if value.is_open_array()
            && let Some(ty) = object.apparent()
            && let Some(told) =
                told_part(&ty, name).or_else(|| self.catalog.told_array(&ty.name, name))
        {
            value.tell_array(&told);
        }
        value
    }

    /// What an attribute appears to be, of what an object appears to be.
    fn apparent_member(&self, object: &Value, name: &str) -> Option<Type> {
        if object.path.is_some() {
            return None;
        }
        let Some(ty) = object.apparent() else {
            return self.member_of_unknown(object, name);
        };
        if ty.members().len() > 1 {
            // Those that have it. A part that says nothing would appear to be the whole again.
            let parts = ty.members().iter().filter(|it| !it.is_vague());
            let found = parts.filter_map(|it| {
                let mut object = object.clone().with_type(it.clone());
                object.hint = None;
                self.apparent_member(&object, name)
            });
            let found: Vec<Type> = found.collect();
            let (first, rest) = found.split_first()?;
            return rest.iter().all(|it| it == first).then(|| first.clone());
        }
        let ty = &ty;
        if let Some(ty) = indexer(ty, name)
            .or_else(|| self.column(ty, name))
            .or_else(|| component(ty, name))
        {
            return Some(ty);
        }
        let entry = self.member_entry(&ty.name, name);
        let known = entry
            .filter(|it| it.kind == EntryKind::Attribute)
            .and_then(|it| resolve_self(it.returns.as_deref()?, ty));
        let documented = || Type::parse(self.catalog.documented_attribute(&ty.name, name)?);
        known
            .or_else(documented)
            .filter(|it| !it.is_vague())
            .or_else(|| self.catalog.apparent_attribute(&ty.name, name))
            .or_else(|| self.declared_attribute(ty, name))
    }

    /// What an attribute appears to be that only objects of one kind have: nothing else is known of the object.
    fn member_of_unknown(&self, object: &Value, name: &str) -> Option<Type> {
        if object.callable.is_some() || object.is_never {
            return None;
        }
        let ty = match name {
            "shape" if self.has_numpy_only() => Type::tuple_of(Type::new("int")),
            "ndim" => Type::new("int"),
            "columns" if self.uses("pandas") => Type::new("pandas.Index"),
            "T" if self.has_arrays_only() => Type::new("numpy.ndarray"),
            "str" if self.uses("pandas") => Type::new("pandas.core.strings.accessor.StringMethods"),
            _ => return None,
        };
        Some(ty)
    }

    /// A member of what may be of several classes of the program.
    fn member_of_any(&mut self, object: &Value, ty: &Type, name: &str, range: TextRange) -> Value {
        let mut joined = Value::never();
        for member in ty.members().iter().filter(|it| it.name != "None") {
            let object = object.clone().with_type(member.clone());
            let value = self.class_member(&member.name, name, Some(&object), range);
            joined = joined.join(&value);
        }
        joined
    }

    /// Whether it is one of several classes of the program, or of one and `None`, which has none of their members.
    pub(crate) fn is_own_union(&self, ty: &Type) -> bool {
        let is_own = |it: &Type| self.classes.contains_key(it.name.as_str());
        ty.members().len() > 1
            && ty.members().iter().any(is_own)
            && ty
                .members()
                .iter()
                .all(|it| is_own(it) || it.name == "None")
    }

    fn certain_member(&mut self, object: &Value, name: &str, range: TextRange) -> Value {
        if let Some(path) = &object.path {
            return self.module_member(&format!("{path}.{name}"), range);
        }
        if matches!(&object.callable, Some(Callable::Class(_))) {
            let Some(Callable::Class(class)) = &object.callable else {
                return Value::default();
            };
            return self.class_member(&class.clone(), name, None, range);
        }
        let Some(ty) = object.ty.clone() else {
            return self.derived(object, None);
        };
        if self.classes.contains_key(ty.name.as_str()) {
            return self.class_member(&ty.name, name, Some(object), range);
        }
        if self.is_own_union(&ty) {
            return self.member_of_any(object, &ty, name, range);
        }
        if let Some(ty) = indexer(&ty, name).or_else(|| self.column(&ty, name)) {
            return self.part_of_table(object, ty);
        }
        let documented = self
            .catalog
            .documented_attribute(&ty.name, name)
            .and_then(Type::parse);
        let entries: Vec<_> = ty
            .members()
            .iter()
            .map(|member| self.catalog.member(&member.name, name))
            .collect();
        if let [Some(entry), ..] = entries[..]
            && entries.iter().all(Option::is_some)
        {
            if entry.kind == EntryKind::Attribute {
                let returns = entry
                    .returns
                    .as_deref()
                    .map_or(documented, |text| resolve_self(text, &ty))
                    .or_else(|| ty.is_figure().then(Type::figure_part));
                for effect in entry.effects.clone() {
                    self.add_effect(effect.what, range, &format!("{ty}.{name}"));
                }
                return self.read_off(object, returns, entry.keeps_self);
            }
            let is_convention = entry.name.ends_with('*');
            return if is_convention {
                self.conventional(object, &ty, name, documented)
            } else {
                bound(&ty, name, object)
            };
        }
        match name {
            "loc" | "iloc" | "at" | "iat" if ty.name.starts_with("pandas.") => Value {
                ty: Some(Type::new("pandas.LocIndexer")),
                ..object.clone()
            },
            _ if ty.is_figure() => self.derived(object, Some(Type::figure_part())),
            _ => self.part_of(object, documented),
        }
    }

    /// Whether an attribute is what models compute each time that they are asked for it.
    fn is_computed_anew(&self, object: &Value, name: &str) -> bool {
        let has_it =
            |it: &Rc<Class>| it.own_attributes.contains(name) || it.methods.contains_key(name);
        name == "feature_importances_"
            && object.path.is_none()
            && object.callable.is_none()
            && !self.classes.values().any(has_it)
    }

    /// What an attribute gives: a part of the object, or something that keeps it.
    fn read_off(&mut self, object: &Value, ty: Option<Type>, keeps: bool) -> Value {
        if !keeps {
            return self.part_of(object, ty);
        }
        let mut value = self.fresh(ty);
        value.absorb(object);
        value
    }

    /// What an object of a library keeps in an attribute: a list or dictionary is part of it, and so is a table of what is
    /// none itself (`result.resid`).
    fn part_of(&mut self, object: &Value, ty: Option<Type>) -> Value {
        let mut value = self.derived(object, ty);
        let is_of_tables = |it: &Type| it.name.starts_with("pandas.");
        let is_table = !object.ty.as_ref().is_some_and(is_of_tables)
            && ["pandas.DataFrame", "pandas.Series"]
                .iter()
                .any(|it| value.is(it));
        if is_table || ["dict", "list", "set"].iter().any(|it| value.is(it)) {
            value.own.add(&object.own);
        }
        value
    }

    /// A convention does not say whether it is a method or an attribute.
    fn conventional(
        &mut self,
        object: &Value,
        ty: &Type,
        name: &str,
        documented: Option<Type>,
    ) -> Value {
        if documented.is_some() {
            return self.part_of(object, documented);
        }
        let part = ty.is_figure().then(Type::figure_part);
        let mut value = self.derived(object, part);
        let method = bound(ty, name, object).callable;
        value.callable = method.filter(|_| !name.ends_with('_'));
        value
    }

    /// `dataset.temperature`: what xarray gives every dataset has an entry of its own.
    fn variable_of(&self, ty: &Type, name: &str) -> Option<Type> {
        let member = self.catalog.member(&ty.name, name);
        let is_given = member.is_some_and(|it| !it.name.ends_with('*'));
        let is_variable = ty.name == labelled::DATASET
            && !is_given
            && !name.starts_with('_')
            && !labelled::ACCESSORS.contains(&name);
        is_variable.then(|| Type::new(labelled::ARRAY))
    }

    /// A frame's attribute that pandas does not define is a column.
    fn column(&self, ty: &Type, name: &str) -> Option<Type> {
        if ty.name.ends_with(".DataFrameGroupBy") && ty.arguments.is_empty() {
            // `table.groupby("shop").price`: what pandas gives every group has an entry of its own.
            let member = self.catalog.member(&ty.name, name);
            let is_given = member.is_some_and(|it| !it.name.ends_with('*'));
            let column = ty.name.replace("DataFrameGroupBy", "SeriesGroupBy");
            return (!is_given && !name.starts_with('_')).then(|| Type::new(&column));
        }
        let is_frame = ty.name == "pandas.DataFrame";
        let is_column = is_frame
            && !name.starts_with('_')
            && self.catalog.member(&ty.name, name).is_none()
            && !OTHER_ATTRIBUTES.contains(&name);
        is_column.then(|| Type::new("pandas.Series"))
    }

    fn module_member(&mut self, path: &str, range: TextRange) -> Value {
        let path = self.catalog.canonical(path).to_owned();
        if let Some(entry) = self.catalog.exact(&path)
            && entry.kind == EntryKind::Attribute
        {
            let ty = entry.returns.as_deref().and_then(Type::parse);
            for effect in entry.effects.clone() {
                // What is done to the variables, or with a stream, is told where it is done.
                let is_told = path == "os.environ" || STREAMS.contains(&path.as_str());
                if !is_told || !self.is_container_only {
                    self.add_effect(effect.what, range, &path);
                }
            }
            let is_known = ty.is_some();
            let is_mutable = ty
                .as_ref()
                .is_some_and(|ty| !ty.is_immutable() && !ty.is_figure());
            let own = if STREAMS.contains(&path.as_str()) {
                // Whoever changes it writes.
                [self.module_object(STDOUT)].into()
            } else if is_mutable && path != "os.environ" {
                [self.module_object(&path)].into()
            } else {
                Objects::new()
            };
            let flag = path.strip_prefix("os.").filter(|it| is_flag(it));
            return Value {
                ty,
                own,
                literal: flag.map(Rc::from),
                path: (!is_known || path == "os.environ").then(|| Rc::from(path)),
                ..Value::default()
            };
        }
        Value {
            path: Some(Rc::from(path)),
            ..Value::default()
        }
    }

    /// An attribute of a user's class, read from an instance or from the class.
    pub(crate) fn class_member(
        &mut self,
        class: &str,
        name: &str,
        object: Option<&Value>,
        range: TextRange,
    ) -> Value {
        let Some((owner, known)) = self.find_class(class, name) else {
            return self.missing_member(class, name, object, range);
        };
        let closure = |index: usize| Value {
            callable: Some(Callable::Closure(index)),
            ..Value::of_type("function")
        };
        if let Some(index) = known.methods.get(name).copied() {
            if known.bound_to_type.contains(name) {
                let receiver = Value {
                    callable: Some(Callable::Class(class.to_owned())),
                    ..Value::of_type("type")
                };
                return method_of(index, MethodReceiver::of(&receiver));
            }
            let Some(object) = object.filter(|_| !known.unbound.contains(name)) else {
                return closure(index);
            };
            if known.properties.contains(name) {
                if known.cached.contains(name) {
                    self.mutate(object, true);
                }
                return self.call_own_method(&owner, name, object, &[]);
            }
            return method_of(index, Self::receiver_of(object));
        }
        let mut value = known.attributes.get(name).cloned().unwrap_or_default();
        value.written = None;
        let Some(object) = object else { return value };
        value = self.part_of_twin(object, (&known, name), value);
        if let Some(method) = Self::partial_of(&value, object) {
            return method;
        }
        let passed = [object.clone(), Value::of_type("type")];
        if let Some(given) = self.protocol(&value, "__get__", &passed) {
            return given;
        }
        let is_own = known.own_attributes.contains(name);
        if is_own && self.may_be_missing(class, name) {
            let made = self.protocol(object, "__getattr__", &[named(name)]);
            value = made.map_or(value.clone(), |it| value.join(&it));
        }
        self.keep_called(object, name, &mut value);
        let is_open = value.ty.is_none() && value.called().is_none() && !value.is_foreign;
        if self.is_presuming && is_own && is_open {
            value.ty = self.attribute_types(&owner).get(name).cloned();
        }
        let is_apart = !object.holds.is_empty() && value.own.is_disjoint(&object.holds);
        if self.is_presuming && is_own && is_apart {
            // The object is a deep copy: it has none of what others were seen to have.
            value.forget_objects();
        }
        if let Some(part) = known.place_in(object, name) {
            value.stand_at_place(part, object);
        } else if !value.is_immutable() && is_own {
            self.lead_into(object, (&owner, name), &mut value);
        }
        value
    }

    /// Makes what objects of a class hold in an attribute lead to what one of them holds.
    fn lead_into(&self, object: &Value, (owner, name): (&str, &str), value: &mut Value) {
        let is_held = self.keep_held(object, name, value);
        // What is set to an attribute is known; summaries do not mix it with what other attributes are.
        let is_known = || self.is_presuming || self.is_apart(owner, name);
        if !is_held {
            if value.own.is_empty() || !is_known() {
                value.own.add(&object.holds);
            }
            value.holds.add(&object.deep);
        }
        value.views.extend(object.own.iter().chain(&object.views));
    }

    /// Whether an attribute that is set somewhere is not set when objects are made, so that `__getattr__` may be asked.
    fn may_be_missing(&self, class: &str, name: &str) -> bool {
        if self.find_class(class, "__getattr__").is_none() {
            return false;
        }
        let making = self.find_class(class, "__init__");
        let index = making.and_then(|(_, known)| known.methods.get("__init__").copied());
        let body = index.map(|it| self.closures[it].body);
        let Some(Body::Statements(body)) = body else {
            return true;
        };
        let set = format!(".{name}");
        !body
            .iter()
            .any(|it| self.program.text(it.range()).contains(&set))
    }

    /// A member that no class of the user defines: of a library's class that is a base, or made by `__getattr__`.
    fn missing_member(
        &mut self,
        class: &str,
        name: &str,
        object: Option<&Value>,
        range: TextRange,
    ) -> Value {
        let Some(object) = object else {
            let bases = self
                .lineage(class)
                .into_iter()
                .flat_map(|(_, it)| it.bases.clone());
            for base in bases.collect::<Vec<_>>() {
                if self.catalog.member(&base, name).is_some() {
                    return self.module_member(&format!("{base}.{name}"), range);
                }
            }
            return Value::default();
        };
        if name == "__dict__" {
            return Value {
                ty: Some(Type::new("dict")),
                callable: None,
                ..object.clone()
            };
        }
        if name == "__class__" {
            return Value {
                callable: Some(Callable::Class(class.to_owned())),
                ..Value::of_type("type")
            };
        }
        if let Some(entry) = self.member_entry(class, name) {
            if entry.kind == EntryKind::Attribute {
                let returns = entry.returns.as_deref().and_then(Type::parse);
                return self.derived(object, returns);
            }
            if entry.name.ends_with('*') {
                return self.conventional(object, &Type::new(class), name, None);
            }
            return bound(&Type::new(class), name, object);
        }
        let is_dunder = name.starts_with("__");
        if is_dunder && class.starts_with(SUPER) {
            if CHANGING.contains(&name) {
                self.mutate(object, false); // the base of a library holds what is set
            }
            // `object` has these, and they do nothing that is seen.
            return Value {
                path: Some(Rc::from(if name == "__setattr__" {
                    "object.__setattr__"
                } else {
                    "object"
                })),
                ..Value::default()
            };
        }
        if let Some(value) = self.protocol(object, "__getattr__", &[named(name)]) {
            return value;
        }
        self.derived(object, None)
    }

    /// The class that defines a member, along the bases that are the user's.
    pub(crate) fn find_class(&self, class: &str, member: &str) -> Option<(String, Rc<Class>)> {
        let has =
            |it: &Rc<Class>| it.methods.contains_key(member) || it.attributes.contains_key(member);
        if let Some(known) = self.classes.get(class).filter(|it| has(it)) {
            return Some((class.to_owned(), known.clone()));
        }
        let order = self.resolution_order(class).into_iter();
        let mut known = order.filter_map(|it| Some((it, self.classes.get(it)?)));
        let (name, found) = known.find(|(_, it)| has(it))?;
        Some((name.to_owned(), found.clone()))
    }
}

/// What containers of libraries do that syntax asks for.
const CHANGING: [&str; 6] = [
    "__setitem__",
    "__delitem__",
    "__iadd__",
    "__ior__",
    "__iand__",
    "__isub__",
];

/// What frames have besides the methods and attributes that the catalog describes.
const OTHER_ATTRIBUTES: &[&str] = &["attrs", "flags", "plot", "style", "sparse"];

/// The name of an attribute, as `__getattr__` is given it.
fn named(name: &str) -> Value {
    Value {
        literal: Some(Rc::from(name)),
        ..Value::of_type("str")
    }
}

/// A method of a library's class with its object.
fn bound(ty: &Type, name: &str, object: &Value) -> Value {
    Value {
        callable: Some(Callable::Library(
            ty.members()[0].name.to_string(),
            name.to_owned(),
            MethodReceiver::of(object),
        )),
        holds: object.reach(),
        ..Value::of_type("function")
    }
}

fn method_of(index: usize, receiver: Rc<MethodReceiver>) -> Value {
    Value {
        holds: receiver.value().reach(),
        callable: Some(Callable::Method(index, receiver)),
        ..Value::of_type("function")
    }
}

/// Whether it is the name of a flag of `os.open`.
pub(crate) fn is_flag(name: &str) -> bool {
    name.starts_with("O_")
}
