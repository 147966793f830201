//! Options that objects are made with and that nothing changes: `Settings(verbose=False)` of a record, and what `__init__`
//! sets once. They are known for as long as the object is, whichever statement made it.

use std::collections::BTreeMap;
use std::rc::Rc;

use srcify_syntax::ast::{self, Expr};

use crate::analyze::{Analyzer, Class};
use crate::calls::Passed;
use crate::value::{Object, Value};

/// Options of an object, by name.
pub(crate) type Options = BTreeMap<Rc<str>, Value>;

/// Words of what makes records of other things than of what they are given.
const CONVERTING: [&str; 9] = [
    "alias",
    "validator",
    "Annotated",
    "InitVar",
    "init=",
    "__new__",
    "__getattr",
    "__setattr",
    "factory=lambda",
];

impl<'a> Analyzer<'a> {
    /// Whether objects of a class that is being defined hold what they are given, under the names of its fields.
    pub(crate) fn is_plain_record(&mut self, class: &'a ast::StmtClassDef, known: &Class) -> bool {
        let text = self.program.text(class.range);
        if CONVERTING.iter().any(|it| text.contains(it)) {
            return false;
        }
        match &class.decorator_list[..] {
            [] => known.is_record() && !known.is_dataclass,
            [decorator] => {
                let named = match &decorator.expression {
                    Expr::Call(call) => &*call.func,
                    other => other,
                };
                let is_name = named.is_name_expr() || named.is_attribute_expr();
                let path = is_name.then(|| self.evaluate(named).path).flatten();
                path.as_deref() == Some("dataclasses.dataclass") && known.bases.is_empty()
            }
            _ => false,
        }
    }

    /// What a field is that nothing is given for: `False`, `Field(False, description="…")`.
    pub(crate) fn default_of_field(&mut self, written: &'a Expr, value: &Value) -> Option<Value> {
        if value.literal.is_some() {
            return Some(value.clone());
        }
        let call = written.as_call_expr()?;
        let name = match &*call.func {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            _ => return None,
        };
        if !matches!(name, "field" | "Field") {
            return None;
        }
        let named = call.arguments.find_keyword("default").map(|it| &it.value);
        let default = named.or_else(|| call.arguments.args.first())?;
        let is_written = default.is_literal_expr();
        let value = is_written.then(|| self.evaluate(default))?;
        value.literal.is_some().then_some(value)
    }

    /// Notes the options of an object that was just made.
    pub(crate) fn note_options(&mut self, class: &str, made: &Value, arguments: &[Passed]) {
        let [object] = made.own.iter().as_slice() else {
            return;
        };
        let options = match self.classes.get(class) {
            Some(known) if known.is_plain_record => self.given_options(known, arguments),
            // While the statement runs, they are known anyway.
            Some(_) if self.frames.is_empty() => self.set_options(*object),
            _ => return,
        };
        if !options.is_empty() {
            self.options.insert(*object, Rc::new(options));
        }
    }

    /// What a record holds that is made of these arguments.
    fn given_options(&self, known: &Class, arguments: &[Passed]) -> Options {
        let is_open = self.has_unknown_arguments || self.is_handed;
        if is_open || arguments.iter().any(|it| it.is_unpacked) {
            return Options::new();
        }
        let defaults = known.defaults.iter();
        let defaults = defaults.map(|(name, value)| (name.as_str().into(), value.clone()));
        let mut options: Options = defaults.collect();
        Self::replace_options(known, arguments, &mut options);
        options
    }

    /// Notes what the fields of a record hold that is made of these arguments.
    pub(crate) fn fill_fields(&mut self, class: &str, arguments: &[Passed]) {
        let lineage = self.lineage(class);
        let fields = lineage.iter().rev().flat_map(|(_, it)| it.fields.clone());
        let fields: Vec<String> = fields.collect();
        let mut owners: Vec<String> = lineage.into_iter().map(|(name, _)| name).collect();
        owners.retain(|it| self.classes.contains_key(it));
        for (at, argument) in arguments.iter().enumerate() {
            let name = match &argument.name {
                Some(name) if argument.is_keyword => Some(name),
                _ => fields.get(at),
            };
            let Some(name) = name.filter(|_| !argument.is_unpacked) else {
                return;
            };
            let owner = owners
                .iter()
                .find(|it| self.classes[*it].fields.contains(name));
            let Some(class) = owner.and_then(|it| self.classes.get_mut(it)) else {
                continue;
            };
            if let Some(field) = Rc::make_mut(class).attributes.get_mut(name) {
                field.own.add(&argument.value.own);
                field.views.add(&argument.value.views);
                field.holds.add(&argument.value.holds);
                field.deep.add(&argument.value.deep);
            }
        }
    }

    /// Notes what the fields of a dataclass that is being made are given.
    pub(crate) fn hold_fields(&mut self, known: &Class, made: &Value, arguments: &[Passed]) {
        let is_open = self.has_unknown_arguments || self.is_handed;
        let is_plain = known.is_plain_record && known.is_dataclass;
        if !is_plain || is_open || arguments.iter().any(|it| it.is_unpacked) {
            return;
        }
        for (at, argument) in arguments.iter().enumerate() {
            let name = match &argument.name {
                Some(name) if argument.is_keyword => Some(name),
                _ => known.fields.get(at),
            };
            if let Some(name) = name {
                self.hold(made, name, &argument.value);
            }
        }
    }

    /// Notes what stands at the places of a named tuple.
    pub(crate) fn place(&self, class: &str, made: &mut Value, arguments: &[Passed]) {
        let Some(known) = self.classes.get(class).filter(|it| !it.places().is_empty()) else {
            return;
        };
        let is_open = self.has_unknown_arguments || self.is_handed;
        if is_open || arguments.iter().any(|it| it.is_unpacked) {
            return;
        }
        let given = |(at, name): (usize, &String)| {
            let mut all = arguments.iter().enumerate();
            let found = all.find(|(place, it)| match &it.name {
                Some(keyword) if it.is_keyword => keyword == name,
                _ => *place == at,
            });
            found.map(|(_, it)| it.value.clone())
        };
        let parts: Option<Vec<Value>> = known.places().iter().enumerate().map(given).collect();
        made.parts = parts.unwrap_or_default();
    }

    /// Puts what is given in the places of what was.
    fn replace_options(known: &Class, arguments: &[Passed], options: &mut Options) {
        for (at, argument) in arguments.iter().enumerate() {
            let name = match &argument.name {
                Some(name) if argument.is_keyword => Some(name),
                _ => known.fields.get(at),
            };
            let Some(name) = name else {
                options.clear();
                return;
            };
            // Others than dataclasses make it what the annotation says.
            let declared = known.attributes.get(name).and_then(|it| it.ty.as_ref());
            let is_as_given = known.is_dataclass || declared == argument.value.ty.as_ref();
            match option(&argument.value).filter(|_| is_as_given) {
                Some(value) => options.insert(name.as_str().into(), value),
                None => options.remove(name.as_str()),
            };
        }
    }

    /// Notes what a namespace holds: `SimpleNamespace(verbose=False)`.
    pub(crate) fn note_namespace(&mut self, made: &Value, arguments: &[Passed]) {
        let [object] = made.own.iter().as_slice() else {
            return;
        };
        let named = arguments
            .iter()
            .filter(|it| it.is_keyword && !it.is_unpacked);
        let named = named.filter_map(|it| Some((it.name.as_deref()?.into(), option(&it.value)?)));
        let is_complete = arguments.iter().all(|it| it.is_keyword && !it.is_unpacked);
        if is_complete && !self.has_unknown_arguments {
            self.options.insert(*object, Rc::new(named.collect()));
        }
    }

    /// Notes the options of a copy of an object, some of which are given anew.
    pub(crate) fn note_replaced(
        &mut self,
        class: &str,
        made: &Value,
        from: &Value,
        arguments: &[Passed],
    ) {
        let [object] = made.own.iter().as_slice() else {
            return;
        };
        self.options.remove(object);
        let Some(known) = self.classes.get(class).filter(|it| it.is_plain_record) else {
            return;
        };
        let names = known.fields.iter();
        let held =
            names.filter_map(|it| Some((it.as_str().into(), self.option_of(from, it)?.clone())));
        let mut options: Options = held.collect();
        if arguments.iter().any(|it| it.is_unpacked || !it.is_keyword) {
            return;
        }
        Self::replace_options(known, arguments, &mut options);
        self.options.insert(*object, Rc::new(options));
    }

    /// An option that all objects have which a value may be.
    pub(crate) fn option_of(&self, object: &Value, name: &str) -> Option<&Value> {
        if self.options.is_empty() && self.follows_none() {
            return None;
        }
        let class = object.ty.as_ref()?.name.as_str();
        let of_one = |id: &Object| match self.options.get(id) {
            Some(known) => known.get(name),
            None => self.set_so_far(*id, name),
        };
        let mut found = object.own.iter().map(of_one);
        let first = found.next()??;
        let is_same =
            found.all(|it| it.is_some_and(|it| it.literal == first.literal && it.ty == first.ty));
        let is_steady = is_same && self.is_option(class, name);
        is_steady.then_some(first)
    }
}

/// What is known of what an object is made with: a literal, or which object of the program it is.
fn option(value: &Value) -> Option<Value> {
    let is_one = value.own.len() == 1 && value.views.is_empty() && value.callable.is_none();
    let is_known = value.literal.is_some() || is_one;
    is_known.then(|| Value {
        ty: value.ty.clone(),
        own: value.own.clone(),
        literal: value.literal.clone(),
        ..Value::default()
    })
}

impl Value {
    /// Makes it lead to what stands at a place of a tuple.
    pub(crate) fn stand_at_place(&mut self, part: &Self, tuple: &Self) {
        self.own.clone_from(&part.own);
        self.views.clone_from(&part.views);
        self.holds.clone_from(&part.holds);
        self.deep.clone_from(&part.deep);
        if part.is_immutable() {
            self.ty = self.ty.take().or_else(|| part.ty.clone());
        } else {
            self.views.extend(tuple.own.iter().chain(&tuple.views));
        }
    }
}

impl Class {
    /// The names of a tuple's places, in their order.
    fn places(&self) -> &[String] {
        let is_tuple = |it: &String| ["tuple", "typing.NamedTuple"].contains(&it.as_str());
        let is_tuple = self.bases.len() == 1 && is_tuple(&self.bases[0]);
        let is_made = ["__new__", "__getattribute__"]
            .iter()
            .any(|it| self.methods.contains_key(*it));
        if is_tuple && !is_made {
            &self.fields
        } else {
            &[]
        }
    }

    /// What stands at a place of a tuple that has a name.
    pub(crate) fn place_in<'v>(&self, object: &'v Value, name: &str) -> Option<&'v Value> {
        let places = self.places();
        let is_whole = !places.is_empty() && object.parts.len() == places.len();
        let at = places.iter().position(|it| it == name);
        object.parts.get(at.filter(|_| is_whole)?)
    }

    /// Whether what it declares are attributes of each of its objects.
    pub(crate) fn is_record(&self) -> bool {
        let mut bases = self.bases.iter();
        self.is_dataclass || bases.any(|it| RECORDS.contains(&it.as_str()))
    }
}

/// Classes whose heirs have what they declare as attributes of each object.
const RECORDS: &[&str] = &["typing.NamedTuple", "pydantic.BaseModel"];
