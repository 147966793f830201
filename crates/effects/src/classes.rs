//! The user's classes on abstract values.

use std::collections::BTreeMap;
use std::rc::Rc;

use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::analyze::{Analyzer, Body, Class};
use crate::calls::{Known, Passed, Site};
use crate::mentions::Mentions;
use crate::value::{Callable, Object, Objects, Value};
use crate::{Effect, Type};

/// More bases than this are not followed.
const MAX_BASES: usize = 200;

impl<'a> Analyzer<'a> {
    /// Runs a class body and registers the class.
    pub(crate) fn define_class(&mut self, class: &'a ast::StmtClassDef) {
        let name = class.name.to_string();
        let plain = Value {
            callable: Some(Callable::Class(name.clone())),
            ..Value::of_type("type")
        };
        let decorated = self.decorate(&class.decorator_list, plain.clone());
        let is_dataclass = class.decorator_list.iter().any(|it| {
            self.program
                .text(it.expression.range())
                .contains("dataclass")
        });
        let mut known = Class {
            is_opaque: decorated.callable != plain.callable,
            is_dataclass,
            ..Class::default()
        };
        if let Some(arguments) = &class.arguments {
            for base in &arguments.args {
                let value = self.evaluate(base);
                match (&value.path, &value.callable) {
                    // Its objects are plain dictionaries.
                    (Some(path), _) if path.ends_with(".TypedDict") => {
                        known.bases.push("dict".to_owned());
                    }
                    (Some(path), _) => known.bases.push(path.to_string()),
                    (_, Some(Callable::Class(base))) => known.bases.push(base.clone()),
                    _ => known.is_opaque = true,
                }
            }
            for keyword in &arguments.keywords {
                let value = self.evaluate(&keyword.value);
                // Others are options of bases: `total=False`, `frozen=True`.
                let is_meta = keyword.arg.as_ref().is_none_or(|it| it == "metaclass");
                known.is_opaque |= is_meta && value.path.as_deref() != Some("abc.ABCMeta");
            }
        }
        for statement in &class.body {
            self.class_statement(statement, &name, &mut known);
        }
        known.is_plain_record = known.is_record() && self.is_plain_record(class, &known);
        self.forget_hidden(&name, &mut known);
        for (attribute, value) in &known.attributes {
            if !known.own_attributes.contains(attribute) {
                self.shared.add(&value.reach());
            }
        }
        let holds = known.attributes.values().flat_map(Value::reach).collect();
        self.classes.insert(name.clone(), Rc::new(known));
        let value = Value {
            own: self.class_state(class),
            holds,
            callable: Some(Callable::Class(name.clone())),
            ..Value::of_type("type")
        };
        self.bind(&name, value.clone());
        self.greet_heir(&name, value);
    }

    /// Forgets what a class itself holds under names that each of its objects sets when it is made, where nothing else
    /// can ask the class for it.
    fn forget_hidden(&self, name: &str, known: &mut Class) {
        let making = known
            .methods
            .get("__init__")
            .map(|it| self.closures[*it].body);
        let Some(Body::Statements(body)) = making else {
            return;
        };
        let shared = |it: &&String| !known.own_attributes.contains(*it);
        if !known.attributes.keys().any(|it| shared(&it)) {
            return;
        }
        let mentions = self.mentions();
        let leaves = body
            .iter()
            .any(|it| self.program.text(it.range()).contains("return"));
        if leaves
            || !mentions.is_only_called(name)
            || mentions.asks_classes()
            || mentions.is_listed(name)
        {
            return;
        }
        // What a statement of `__init__` reads of the object before may be the class's own.
        let reads = |it: &Stmt| {
            let value = it
                .as_assign_stmt()
                .map_or(it.range(), |it| it.value.range());
            self.program.text(value).contains("self")
        };
        let until = body.iter().position(reads).unwrap_or(body.len());
        let sets = |attribute: &str| {
            body[..until].iter().any(|it| {
                let [ast::Expr::Attribute(target)] =
                    it.as_assign_stmt().map_or(&[][..], |it| &it.targets)
                else {
                    return false;
                };
                let is_self = target
                    .value
                    .as_name_expr()
                    .is_some_and(|it| it.id.as_str() == "self");
                is_self && target.attr.as_str() == attribute
            })
        };
        for (attribute, value) in &mut known.attributes {
            let is_asked = mentions.asks(name, attribute);
            if !known.own_attributes.contains(attribute) && !is_asked && sets(attribute) {
                *value = Value {
                    ty: value.ty.clone(),
                    ..Value::default()
                };
            }
        }
    }

    /// The nearest base of a class that wants to hear of its heirs does.
    fn greet_heir(&mut self, name: &str, class: Value) {
        const GREETING: &str = "__init_subclass__";
        let bases = self.lineage(name);
        let hears = |(_, it): &&(String, Rc<Class>)| it.methods.contains_key(GREETING);
        let found = bases.iter().skip(1).find(hears);
        if let Some(index) = found.and_then(|(_, it)| it.methods.get(GREETING).copied()) {
            self.invoke(index, Some(class), &[], TextRange::default());
        }
    }

    /// `type(name, bases, members)`: a class whose bases hear of it.
    pub(crate) fn make_class(&mut self, bases: &Value) {
        for base in &bases.parts {
            if let Some(Callable::Class(base)) = &base.callable
                && let Some((owner, known)) = self.find_class(base, "__init_subclass__")
                && let Some(index) = known.methods.get("__init_subclass__").copied()
            {
                let heir = Value {
                    callable: Some(Callable::Class(owner)),
                    ..Value::of_type("type")
                };
                self.invoke(index, Some(heir), &[], TextRange::default());
            }
        }
    }

    /// How the program's text mentions names.
    fn mentions(&self) -> &Mentions<'a> {
        let program = self.program;
        self.mentions
            .get_or_init(|| Mentions::of(&program.source.text))
    }

    /// The object that stands for attributes of a class which code outside of its body sets, where there is such code.
    fn class_state(&mut self, class: &ast::StmtClassDef) -> Objects {
        let name = class.name.as_str();
        let body = self.program.text(class.range);
        let is_set = self.mentions().sets_attribute(name)
            || ["cls", "__class__", "type(self)"]
                .iter()
                .any(|it| sets_attribute(body, it));
        let object = is_set.then(|| self.module_object(&format!("{STATE}{name}")));
        self.class_states.extend(object);
        object.into_iter().collect()
    }

    /// A class that one of its methods is given, or that is read out of an object, changes.
    pub(crate) fn change_class(&mut self, class: &str) {
        let order = self.resolution_order(class);
        let states = order.iter().map(|it| format!("{STATE}{it}"));
        let own = states
            .filter_map(|it| self.module_objects.get(&it).copied())
            .collect();
        let state = Value {
            own,
            ..Value::default()
        };
        self.mutate(&state, true);
    }

    fn class_statement(&mut self, statement: &'a Stmt, class: &str, known: &mut Class) {
        match statement {
            Stmt::FunctionDef(method) => self.method(method, class, known),
            Stmt::Assign(ast::StmtAssign { targets, value, .. }) => {
                if let [ast::Expr::Name(name)] = &targets[..]
                    && self.assigned_method(&name.id, value, known)
                {
                    return;
                }
                let mut value = self.evaluate(value);
                if self.is_enumeration(known) {
                    value.ty = Some(Type::new(class));
                    value.hint = None;
                    value.forget_literal();
                }
                for target in targets {
                    if let ast::Expr::Name(name) = target {
                        known.attributes.insert(name.id.to_string(), value.clone());
                    }
                }
            }
            Stmt::AnnAssign(assign) => {
                let mut value = assign
                    .value
                    .as_deref()
                    .map_or_else(Value::default, |it| self.evaluate(it));
                let default = assign.value.as_deref();
                let default = default.and_then(|it| self.default_of_field(it, &value));
                if let Some(ty) = self.annotation(&assign.annotation) {
                    value.ty = Some(ty);
                    value.forget_literal();
                }
                if let ast::Expr::Name(name) = &*assign.target {
                    let is_record = known.is_record();
                    let annotation = self.program.text(assign.annotation.range());
                    let is_shared = annotation.contains("ClassVar") && assign.value.is_some();
                    if !is_shared && (is_record || assign.value.is_none()) {
                        // Each instance has one of its own.
                        value = Value {
                            ty: value.ty,
                            ..Value::default()
                        };
                        known.own_attributes.insert(name.id.to_string());
                        known.fields.extend(is_record.then(|| name.id.to_string()));
                        let default = default.filter(|_| is_record);
                        known
                            .defaults
                            .extend(default.map(|it| (name.id.to_string(), it)));
                    }
                    known.attributes.insert(name.id.to_string(), value);
                }
            }
            other => self.execute(other),
        }
    }

    fn method(&mut self, method: &'a ast::StmtFunctionDef, class: &str, known: &mut Class) {
        let index = self.add_closure(method, Some(class));
        let name = method.name.to_string();
        let texts = method
            .decorator_list
            .iter()
            .map(|it| self.program.text(it.expression.range()).to_owned());
        let texts: Vec<String> = texts.collect();
        if texts
            .iter()
            .any(|it| it.ends_with(".setter") || it.ends_with(".deleter"))
        {
            known.setters.insert(name, index);
            return;
        }
        for text in &texts {
            match text.rsplit('.').next().unwrap_or_default() {
                "property" => {
                    known.properties.insert(name.clone());
                }
                "cached_property" => {
                    known.properties.insert(name.clone());
                    known.cached.insert(name.clone());
                }
                "staticmethod" => {
                    known.unbound.insert(name.clone());
                }
                "classmethod" => {
                    known.bound_to_type.insert(name.clone());
                }
                _ => {}
            }
        }
        let plain = Value {
            callable: Some(Callable::Closure(index)),
            ..Value::of_type("function")
        };
        let decorated = self.decorate(&method.decorator_list, plain.clone());
        if decorated.callable == plain.callable {
            known.methods.insert(name, index);
            return;
        }
        match decorated.callable {
            Some(Callable::Closure(wrapper)) => {
                known.methods.insert(name, wrapper);
            }
            _ => {
                known.attributes.insert(name, decorated);
            }
        }
    }

    /// The classes of libraries that those of the program inherit from.
    pub(crate) fn library_bases(&self) -> BTreeMap<String, String> {
        let of = |class: &String| {
            let lineage = self.lineage(class);
            let bases = lineage.iter().flat_map(|(_, it)| &it.bases);
            let mut known = bases.map(|it| self.catalog.resolved(it));
            known.find(|it| it.contains('.') && self.catalog.is_class(it) && !it.contains("._"))
        };
        let classes = self.classes.keys();
        classes
            .filter_map(|it| Some((it.clone(), of(it)?)))
            .collect()
    }

    /// A class of the user and its bases that are the user's, too.
    pub(crate) fn lineage(&self, class: &str) -> Vec<(String, Rc<Class>)> {
        let order = self.resolution_order(class).into_iter();
        order
            .filter_map(|it| Some((it.to_owned(), self.classes.get(it)?.clone())))
            .collect()
    }

    /// The class and its bases that are the user's, in the order in which members are looked for.
    pub(crate) fn resolution_order<'c>(&'c self, class: &'c str) -> Vec<&'c str> {
        let mut known = BTreeMap::new();
        if let Some(it) = self.classes.get(class)
            && !it.bases.iter().any(|it| self.classes.contains_key(it))
        {
            return vec![class];
        }
        self.order_among(class, &mut known);
        known.remove(class).unwrap_or_default()
    }

    /// Finds that order for a class and all its bases.
    fn order_among<'c>(&'c self, class: &'c str, found: &mut BTreeMap<&'c str, Vec<&'c str>>) {
        let Some(known) = self.classes.get(class) else {
            return;
        };
        if found.contains_key(class) || found.len() > MAX_BASES {
            return;
        }
        found.insert(class, Vec::new()); // it may be its own base
        let is_own = |it: &&str| self.classes.contains_key(*it);
        let bases: Vec<&str> = known
            .bases
            .iter()
            .map(String::as_str)
            .filter(is_own)
            .collect();
        for base in &bases {
            self.order_among(base, found);
        }
        let orders = bases.iter().filter_map(|it| found.get(it).cloned());
        let mut rows: Vec<Vec<&str>> = orders.collect();
        rows.push(bases);
        let mut order = vec![class];
        // Each base once, before its own bases (Barrett et al., 1996).
        while let Some(next) = next_base(&rows) {
            for row in &mut rows {
                row.retain(|it| *it != next);
            }
            order.push(next);
        }
        found.insert(class, order);
    }

    /// Makes an instance of a user's class.
    pub(crate) fn construct(
        &mut self,
        class: &str,
        arguments: &mut [Passed],
        site: &Site,
    ) -> Value {
        let known = self.classes.get(class).cloned().unwrap_or_default();
        if known.is_opaque {
            self.add_effect(
                Effect::Unknown,
                site.range,
                &format!("the making of class {class}"),
            );
        }
        let mut instance = self.unknown_of(Some(Type::new(class)));
        for object in instance.own.clone() {
            self.begin_instance(class, object);
        }
        if let Some(kept) = self.kept_instance(class, arguments) {
            instance.own.insert(kept);
            instance.holds.insert(kept);
        }
        if self.find_class(class, "__init__").is_none() {
            for argument in arguments.iter() {
                instance.absorb(&argument.value);
            }
            self.fill_fields(class, arguments);
            self.hold_fields(&known, &instance, arguments);
        }
        // While it is made it is a variable, so that it holds what its attributes are set to.
        let hidden = format!("<instance {}>", self.next_object);
        self.globals.insert(hidden.clone(), instance.clone());
        let catalog = self.catalog;
        for base in &known.bases {
            if !self.classes.contains_key(base)
                && let Some(entry) = catalog.lookup(base)
            {
                self.apply(Known::free(entry, base), &mut [], site);
            } else if !self.classes.contains_key(base) && base != "object" {
                self.add_effect(Effect::Unknown, site.range, base);
            }
        }
        self.end_of(&instance, site.range);
        if self.find_class(class, "__init__").is_some() {
            self.call_own_method(class, "__init__", &instance, arguments);
        }
        if self.find_class(class, "__post_init__").is_some() {
            self.call_own_method(class, "__post_init__", &instance, &[]);
        }
        if let Some(made) = self.globals.remove(&hidden) {
            instance = made;
        }
        self.hold_attributes(class, &mut instance);
        self.place(class, &mut instance, arguments);
        self.note_options(class, &instance, arguments);
        // What making an object does to itself concerns nobody else.
        self.record.mutated.forget(&instance.own);
        self.record.asleep.forget(&instance.own);
        instance
    }

    /// The object that stands for the instances that a class's own `__new__` keeps and gives out again.
    fn kept_instance(&mut self, class: &str, arguments: &[Passed]) -> Option<Object> {
        let (owner, known) = self.find_class(class, "__new__")?;
        let index = *known.methods.get("__new__")?;
        let receiver = Value {
            callable: Some(Callable::Class(class.to_owned())),
            ..Value::of_type("type")
        };
        self.invoke(index, Some(receiver), arguments, TextRange::default());
        let Body::Statements(body) = self.closures[index].body else {
            return None;
        };
        let text = body.iter().map(|it| self.program.text(it.range()));
        let keeps = text
            .into_iter()
            .any(|it| it.contains("cls.") || it.contains(&owner));
        keeps.then(|| self.module_object(&format!("instances of {class}")))
    }

    /// Calls a method of a user's class; nothing happens when the class has none of this name.
    pub(crate) fn call_own_method(
        &mut self,
        class: &str,
        method: &str,
        object: &Value,
        arguments: &[Passed],
    ) -> Value {
        let Some((_, owner)) = self.find_class(class, method) else {
            return self.derived(object, None);
        };
        let Some(index) = owner.methods.get(method).copied() else {
            return self.derived(object, None);
        };
        let object = if owner.bound_to_type.contains(method) {
            &Value {
                callable: Some(Callable::Class(class.to_owned())),
                ..Value::of_type("type")
            }
        } else {
            object
        };
        self.invoke(index, Some(object.clone()), arguments, TextRange::default())
    }

    /// An object holds what its class keeps in attributes of the object.
    pub(crate) fn hold_attributes(&self, class: &str, instance: &mut Value) {
        let is_followed = self.is_followed(instance);
        for (owner, known) in self.lineage(class) {
            let state = self.module_objects.get(&format!("{STATE}{owner}"));
            instance.holds.extend(state);
            for (name, attribute) in &known.attributes {
                // What all objects of the class share.
                if !known.own_attributes.contains(name) && attribute.callable.is_none() {
                    instance.holds.add(&attribute.own);
                    instance.deep.add(&attribute.holds);
                    instance.deep.add(&attribute.deep);
                }
            }
            for name in &known.own_attributes {
                // What its methods set to it, it was given.
                let is_given = || self.is_held(instance, name);
                let is_own = !known.is_record() && self.is_of_each(&owner, name);
                if is_followed && (is_own || self.is_seen_of_each(&owner, name) && is_given()) {
                    continue;
                }
                if let Some(attribute) = known.attributes.get(name) {
                    instance.holds.add(&attribute.own);
                    instance.holds.add(&attribute.views);
                    instance.deep.add(&attribute.holds);
                    instance.deep.add(&attribute.deep);
                }
            }
        }
    }

    /// An instance about which only its class is known.
    pub(crate) fn instance_of(&mut self, class: &str) -> Value {
        let mut instance = self.unknown_of(Some(Type::new(class)));
        self.hold_attributes(class, &mut instance);
        self.set_apart(instance)
    }
}

/// Those of some objects that classes hold, and not each of their objects one of its own.
pub(crate) fn held_by_classes(
    objects: &Objects,
    shared: &Objects,
    classes: &BTreeMap<String, Rc<Class>>,
) -> Objects {
    let mut held = Objects::new();
    for class in classes.values() {
        for (name, value) in &class.attributes {
            if !class.own_attributes.contains(name) && value.meets(objects) {
                held.add(&value.reach());
            }
        }
    }
    let is_meant = |it: &&Object| shared.contains(it) && objects.contains(it);
    held.iter().filter(is_meant).copied().collect()
}

/// Whether a value is an object of a class of the program, or holds such objects.
pub(crate) fn leads_to_instances(
    value: Option<&Value>,
    classes: &BTreeMap<String, Rc<Class>>,
) -> bool {
    let ty = value.and_then(|it| it.ty.as_ref());
    ty.is_some_and(|it| {
        let mut types = std::iter::once(it).chain(&it.arguments);
        types.any(|it| classes.contains_key(it.name.as_str()))
    })
}

/// What the names of objects begin with that stand for the attributes of classes.
const STATE: &str = "attributes of class ";

/// Whether a text sets an attribute of what a name stands for: `name.count += 1`.
fn sets_attribute(text: &str, name: &str) -> bool {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = text.split_at(at);
        if before.ends_with(is_word) {
            return false;
        }
        let Some(attribute) = after.strip_prefix(name).and_then(|it| it.strip_prefix('.')) else {
            return false;
        };
        let rest = attribute.trim_start_matches(is_word).trim_start();
        let rest = rest.trim_start_matches(['+', '-', '*', '/', '%', '&', '|', '^', '@']);
        rest.starts_with('=') && !rest.starts_with("==")
    })
}

/// The first class at the head of a row that stands in no other row's tail.
fn next_base<'c>(rows: &[Vec<&'c str>]) -> Option<&'c str> {
    let is_free = |it: &&str| rows.iter().all(|row| !row.iter().skip(1).any(|o| o == it));
    let mut heads = rows.iter().filter_map(|it| it.first().copied());
    let first = heads.clone().next();
    heads.find(is_free).or(first)
}
