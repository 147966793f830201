//! Which attributes are set by nothing but the methods of their class: what is seen there is all that they hold; and what
//! was set last, where nothing ran since.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use srcify_syntax::Program;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};

use crate::Type;
use crate::analyze::{Analyzer, Class};
use crate::names::Access;
use crate::value::{Objects, Value};

impl Analyzer<'_> {
    /// Whether an attribute of a class's objects holds what its methods were seen to set, and nothing else that its objects
    /// hold.
    pub(crate) fn is_apart(&self, class: &str, name: &str) -> bool {
        let stores = self.stores.get_or_init(|| Stores::of(self.program));
        !stores.makes_copies && self.is_set_openly(class, name)
    }

    /// Whether each object has an attribute of its own, which methods of its class alone set.
    pub(crate) fn is_of_each(&self, class: &str, name: &str) -> bool {
        let stores = self.stores.get_or_init(|| Stores::of(self.program));
        let is_field = |it: &Rc<Class>| {
            let is_record = it.is_plain_record && it.is_dataclass && !it.is_opaque;
            is_record && it.fields.iter().any(|field| field == name)
        };
        // What the body says of a field is what an object has that is not given another one.
        if self.classes.get(class).is_some_and(is_field) {
            return self.is_set_seen(stores, class, name);
        }
        !stores.in_bodies.contains(name) && self.is_set_openly(class, name)
    }

    /// The same, where others than methods of the class may set it: what an object holds that the statement made is known,
    /// whoever set it since.
    pub(crate) fn is_seen_of_each(&self, class: &str, name: &str) -> bool {
        let stores = self.stores.get_or_init(|| Stores::of(self.program));
        let is_plain = |it: &Rc<Class>| !it.is_opaque && !it.is_record() && it.fields.is_empty();
        let is_set_elsewhere = stores.elsewhere.contains(name);
        let is_seen = is_set_elsewhere
            && stores.is_plain(class)
            && !stores.in_bodies.contains(name)
            && !self.unseen_stores[0].contains(class)
            && !self.unseen_stores[1].contains(name)
            && self.classes.get(class).is_some_and(is_plain);
        is_seen || self.is_of_each(class, name)
    }

    /// Whether the program says of some objects how they are copied.
    pub(crate) fn copies_by_hand(&self) -> bool {
        let stores = self.stores.get_or_init(|| Stores::of(self.program));
        stores.copies_by_hand
    }

    /// Whether an attribute of a class's objects is what it is when they are made: one statement sets it there, or, for a
    /// record, none does.
    pub(crate) fn is_option(&self, class: &str, name: &str) -> bool {
        let stores = self.stores.get_or_init(|| Stores::of(self.program));
        let times = stores.own.get(&format!("{class}.{name}"));
        match self.classes.get(class) {
            // What is parsed may be put into a namespace that is there.
            None => {
                matches!(class, "types.SimpleNamespace" | "argparse.Namespace")
                    && !stores.is_reflective
                    && !stores.parses
                    && !stores.elsewhere.contains(name)
                    && !self.unseen_stores[1].contains(name)
            }
            Some(known) if known.is_record() => {
                times.is_none() && known.is_plain_record && self.is_set_seen(stores, class, name)
            }
            _ => times == Some(&1) && self.is_of_each(class, name),
        }
    }

    /// Whether an attribute of a class's objects is set by its methods alone, but for objects that are copies.
    fn is_set_openly(&self, class: &str, name: &str) -> bool {
        let stores = self.stores.get_or_init(|| Stores::of(self.program));
        self.is_set_seen(stores, class, name)
            && self.classes.get(class).is_some_and(|known| {
                !known.is_opaque && !known.is_record() && known.fields.is_empty()
            })
    }

    /// Whether nothing but methods of a class sets an attribute of its objects, all of which were followed.
    fn is_set_seen(&self, stores: &Stores, class: &str, name: &str) -> bool {
        stores.is_plain(class)
            && !stores.elsewhere.contains(name)
            && !self.unseen_stores[0].contains(class)
            && !self.unseen_stores[1].contains(name)
    }

    /// Notes that a method was called and not followed, or that what it sets is not kept: attributes of its class may hold
    /// what was not seen.
    pub(crate) fn miss_stores(&mut self, class: Option<&str>) {
        let seen = &mut self.unseen_stores[0];
        if let Some(class) = class.filter(|it| !seen.contains(*it)) {
            seen.insert(class.to_owned());
        }
    }

    /// Notes that an attribute was set on an object that may be of any class.
    pub(crate) fn miss_store_of(&mut self, name: &str) {
        let seen = &mut self.unseen_stores[1];
        if !seen.contains(name) {
            seen.insert(name.to_owned());
        }
    }
}

/// What was set to an attribute of what a variable is, or to an item of it.
#[derive(Debug)]
pub(crate) struct LastStore {
    frame: u32,
    variable: String,
    attribute: String,
    objects: Objects,
    ty: Option<Type>,
    /// What has the item, and the variable that says which one it is.
    container: Objects,
    key: Option<String>,
}

impl LastStore {
    /// Whether it is of an attribute of this name.
    pub fn is_of(&self, attribute: &str) -> bool {
        self.attribute == attribute
    }

    /// Whether it is of what a variable of this name was, or said.
    pub fn is_through(&self, variable: &str) -> bool {
        self.variable == variable || self.key.as_deref() == Some(variable)
    }

    /// Whether it is an item of one of some objects.
    pub fn is_in(&self, objects: &Objects) -> bool {
        !self.container.is_disjoint(objects)
    }
}

impl Analyzer<'_> {
    /// Notes what an attribute of a local variable's object is from here on.
    pub(crate) fn note_store(&mut self, place: &ast::ExprAttribute, value: &Value) {
        let Some(variable) = place.value.as_name_expr() else {
            return;
        };
        let Some(frame) = self.frames.last().filter(|_| !value.own.is_empty()) else {
            return;
        };
        if !frame.is_kept && frame.locals.get(&variable.id).is_some() {
            self.last_stores.push(LastStore {
                frame: frame.id,
                variable: variable.id.to_string(),
                attribute: place.attr.to_string(),
                objects: value.own.clone(),
                ty: None,
                container: Objects::new(),
                key: None,
            });
        }
    }

    /// Notes what an item of a local variable's list or dictionary is from here on: `rows[i] = dict(rows[i])`.
    pub(crate) fn note_item(
        &mut self,
        place: &ast::ExprSubscript,
        container: &Value,
        value: &Value,
    ) {
        const KEEPING: [&str; 3] = ["dict", "list", "collections.defaultdict"];
        let keeps = KEEPING.iter().any(|it| container.is(it)) && !value.own.is_empty();
        let (Some(variable), Some((attribute, key))) = (place.value.as_name_expr(), key(place))
        else {
            return;
        };
        let Some(frame) = self.frames.last().filter(|_| keeps) else {
            return;
        };
        let is_local = |name: &str| frame.locals.get(name).is_some();
        let is_seen = key.as_deref().is_none_or(is_local) && is_local(&variable.id);
        if !frame.is_kept && is_seen && !value.meets(&container.own) {
            self.last_stores.push(LastStore {
                frame: frame.id,
                variable: variable.id.to_string(),
                attribute,
                objects: value.own.clone(),
                ty: value.ty.clone(),
                container: container.own.union(&container.views),
                key,
            });
        }
    }

    /// What an item of a variable's list or dictionary was set to just now.
    pub(crate) fn last_item(
        &self,
        place: &ast::ExprSubscript,
        container: &Value,
    ) -> Option<(&Objects, Option<&Type>)> {
        if self.last_stores.is_empty() {
            return None;
        }
        let (variable, (attribute, _)) = (place.value.as_name_expr()?, key(place)?);
        let frame = self.frames.last()?;
        let mut stores = self.last_stores.iter().rev();
        let found = stores.find(|it| {
            it.frame == frame.id && it.is_of(&attribute) && it.variable == variable.id.as_str()
        });
        let found = found.filter(|it| container.own.difference(&it.container).next().is_none());
        found.map(|it| (&it.objects, it.ty.as_ref()))
    }

    /// What an attribute of a variable's object was set to just now.
    pub(crate) fn last_store(&self, place: &ast::ExprAttribute) -> Option<&Objects> {
        if self.last_stores.is_empty() {
            return None;
        }
        let variable = place.value.as_name_expr()?;
        let frame = self.frames.last()?;
        let mut stores = self.last_stores.iter();
        let found = stores.find(|it| {
            it.frame == frame.id && it.is_of(&place.attr) && it.is_through(&variable.id)
        });
        found.map(|it| &it.objects)
    }
}

/// What stands for an item among attributes, and the variable that says which one it is.
fn key(place: &ast::ExprSubscript) -> Option<(String, Option<String>)> {
    match &*place.slice {
        Expr::Name(it) => Some((format!("[{}]", it.id), Some(it.id.to_string()))),
        Expr::StringLiteral(it) => Some((format!("['{}']", it.value.to_str()), None)),
        Expr::NumberLiteral(it) => {
            let at = it.value.as_int().and_then(ast::Int::as_i64)?;
            Some((format!("[{at}]"), None))
        }
        _ => None,
    }
}

/// What a program's text shows of classes and of the attributes that it sets.
#[derive(Debug, Default)]
pub(crate) struct Stores {
    /// Classes of modules, with how often each is defined.
    classes: BTreeMap<String, usize>,
    /// Classes that have heirs or bases, or are defined elsewhere than in a module.
    entangled: BTreeSet<String>,
    /// Attributes that are set on something else than the object of the method that sets them.
    elsewhere: BTreeSet<String>,
    /// How often methods set attributes of their own object, by class and name; elsewhere than in `__init__` more than once.
    own: BTreeMap<String, usize>,
    /// Names that bodies of classes bind: objects share what stands there until they have their own.
    in_bodies: BTreeSet<String>,
    /// Attributes may be set by names that nobody knows.
    is_reflective: bool,
    /// Objects may be made without their methods.
    makes_copies: bool,
    /// Options of the command line are parsed.
    parses: bool,
    /// Some objects say how they are copied.
    copies_by_hand: bool,
}

/// Words of what makes objects that no statement shows.
const COPYING: &[&str] = &["copy", "pickle", "dill", "joblib", "shelve"];

/// Words of what sets attributes that no statement shows.
const REFLECTIVE: &[&str] = &[
    "setattr",
    "__dict__",
    "vars(",
    "__setstate__",
    "__getstate__",
    "__new__",
    "__class__",
    "__slots__",
    "__set__",
    "exec(",
    "eval(",
    "globals(",
    "locals(",
];

impl Stores {
    fn of(program: &Program) -> Self {
        let text = &program.source.text;
        let mut finder = Finder {
            stores: Self {
                is_reflective: REFLECTIVE.iter().any(|it| text.contains(it)),
                makes_copies: COPYING.iter().any(|it| text.contains(it)),
                parses: text.contains("parse_"),
                copies_by_hand: ["copy__", "__reduce"].iter().any(|it| text.contains(it)),
                ..Self::default()
            },
            object: None,
            class: None,
        };
        if !finder.stores.is_reflective {
            for unit in program.units() {
                match program.statement(unit.id) {
                    Stmt::ClassDef(class) => finder.class(class),
                    other => finder.visit_stmt(other),
                }
            }
        }
        finder.stores
    }

    fn is_plain(&self, class: &str) -> bool {
        !self.is_reflective
            && self.classes.get(class) == Some(&1)
            && !self.entangled.contains(class)
    }
}

/// Bases that set no attributes but those which a record is given.
const PLAIN_BASES: [&str; 3] = ["object", "BaseModel", "NamedTuple"];

/// `@dataclass(frozen=True)`
fn is_dataclass(decorator: &Expr) -> bool {
    let named = match decorator {
        Expr::Call(call) => &*call.func,
        other => other,
    };
    match named {
        Expr::Name(name) => name.id.as_str() == "dataclass",
        Expr::Attribute(attribute) => attribute.attr.as_str() == "dataclass",
        _ => false,
    }
}

struct Finder<'n> {
    stores: Stores,
    /// What the method that is read calls its object.
    object: Option<&'n str>,
    /// The class of that method, and how often a store in it counts.
    class: Option<(&'n str, usize)>,
}

impl<'n> Finder<'n> {
    /// A class of the module.
    fn class(&mut self, class: &'n ast::StmtClassDef) {
        let name = class.name.to_string();
        *self.stores.classes.entry(name.clone()).or_default() += 1;
        self.bases(class);
        for decorator in &class.decorator_list {
            if !is_dataclass(&decorator.expression) {
                self.stores.entangled.insert(name.clone());
            }
            self.visit_expr(&decorator.expression);
        }
        for statement in &class.body {
            let Stmt::FunctionDef(method) = statement else {
                self.stores.in_bodies.extend(Access::of(statement).may);
                self.visit_stmt(statement);
                continue;
            };
            let parameters = &method.parameters;
            let first = parameters.posonlyargs.iter().chain(&parameters.args).next();
            self.object = first
                .filter(|_| method.decorator_list.is_empty())
                .map(|it| it.name().as_str());
            let times = if method.name.as_str() == "__init__" {
                1
            } else {
                2
            };
            self.class = Some((&class.name, times));
            self.visit_body(&method.body);
            self.object = None;
            for decorator in &method.decorator_list {
                self.visit_expr(&decorator.expression);
            }
        }
    }

    fn bases(&mut self, class: &'n ast::StmtClassDef) {
        let Some(arguments) = class.arguments.as_deref() else {
            return;
        };
        for base in &arguments.args {
            let name = match base {
                Expr::Name(name) => name.id.to_string(),
                Expr::Attribute(attribute) => attribute.attr.to_string(),
                // It may be any class.
                _ => {
                    self.stores.is_reflective = true;
                    return;
                }
            };
            if !PLAIN_BASES.contains(&&*name) {
                self.stores.entangled.insert(class.name.to_string());
                self.stores.entangled.insert(name);
            }
        }
        if !arguments.keywords.is_empty() {
            self.stores.entangled.insert(class.name.to_string());
        }
    }

    /// What a function inside of the method calls something of its own is not the object.
    fn function(&mut self, parameters: Option<&'n ast::Parameters>) -> Option<&'n str> {
        let object = self.object;
        let mut own = parameters.into_iter().flat_map(ast::Parameters::iter);
        if own.any(|it| Some(it.name().as_str()) == object) {
            self.object = None;
        }
        object
    }
}

impl<'n> Visitor<'n> for Finder<'n> {
    fn visit_stmt(&mut self, statement: &'n Stmt) {
        match statement {
            Stmt::ClassDef(class) => {
                self.stores.entangled.insert(class.name.to_string());
                self.bases(class);
                let object = self.object.take();
                walk_stmt(self, statement);
                self.object = object;
            }
            Stmt::FunctionDef(function) => {
                let object = self.function(Some(&function.parameters));
                walk_stmt(self, statement);
                self.object = object;
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'n Expr) {
        match expression {
            Expr::Attribute(attribute) if !attribute.ctx.is_load() => {
                let base = attribute.value.as_name_expr().map(|it| it.id.as_str());
                if base.is_none() || base != self.object {
                    self.stores.elsewhere.insert(attribute.attr.to_string());
                } else if let Some((class, times)) = self.class {
                    let name = format!("{class}.{}", attribute.attr);
                    *self.stores.own.entry(name).or_default() += times;
                }
            }
            // The object may be another one from here on.
            Expr::Name(name) if !name.ctx.is_load() && Some(name.id.as_str()) == self.object => {
                self.stores.is_reflective = true;
            }
            // `type(name, bases, members)`
            Expr::Call(call) if call.arguments.args.len() > 2 => {
                let function = call.func.as_name_expr();
                self.stores.is_reflective |= function.is_some_and(|it| it.id.as_str() == "type");
            }
            Expr::Lambda(lambda) => {
                let object = self.function(lambda.parameters.as_deref());
                walk_expr(self, expression);
                self.object = object;
                return;
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}
