//! Attributes of modules, of objects, and of the user's classes.

use std::collections::BTreeSet;
use std::rc::Rc;

use srcify_syntax::{TextRange, ast};

use super::resolve_self;
use crate::Type;
use crate::analyze::{Analyzer, Class};
use crate::catalog::EntryKind;
use crate::value::{Callable, MethodReceiver, Value};

impl<'a> Analyzer<'a> {
    pub(super) fn attribute(&mut self, attribute: &'a ast::ExprAttribute) -> Value {
        let object = self.evaluate(&attribute.value);
        self.member(&object, &attribute.attr, attribute.range)
    }

    /// Reads an attribute of a value.
    pub(crate) fn member(&mut self, object: &Value, name: &str, range: TextRange) -> Value {
        if let Some(path) = &object.path {
            return self.module_member(&format!("{path}.{name}"), range);
        }
        if matches!(&object.callable, Some(Callable::Class(_))) {
            let Some(Callable::Class(class)) = &object.callable else {
                return Value::default();
            };
            return self.class_member(&class.clone(), name, None);
        }
        let Some(ty) = object.ty.clone() else {
            return self.derived(object, None);
        };
        if self.classes.contains_key(&ty.name) {
            return self.class_member(&ty.name, name, Some(object));
        }
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
                    .and_then(|text| resolve_self(text, &ty));
                for effect in entry.effects.clone() {
                    self.add_effect(effect.what, range, &format!("{ty}.{name}"));
                }
                return self.derived(object, returns);
            }
            let callable = Some(Callable::Library(
                ty.members()[0].name.clone(),
                name.to_owned(),
            ));
            let mut method = self.derived(object, None);
            method.callable = callable;
            return method;
        }
        match name {
            "loc" | "iloc" | "at" | "iat" if ty.name.starts_with("pandas.") => Value {
                ty: Some(Type::new("pandas.LocIndexer")),
                ..object.clone()
            },
            _ if ty.is_figure() => self.derived(object, Some(Type::figure_part())),
            _ => self.derived(object, None),
        }
    }

    fn module_member(&mut self, path: &str, range: TextRange) -> Value {
        let path = self.catalog.canonical(path).to_owned();
        if let Some(entry) = self.catalog.exact(&path)
            && entry.kind == EntryKind::Attribute
        {
            let ty = entry.returns.as_deref().and_then(Type::parse);
            for effect in entry.effects.clone() {
                self.add_effect(effect.what, range, &path);
            }
            let is_known = ty.is_some();
            return Value {
                ty,
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
    ) -> Value {
        let Some((owner, known)) = self.find_class(class, name) else {
            return object.map_or_else(Value::default, |object| self.derived(object, None));
        };
        if let Some(index) = known.methods.get(name).copied() {
            let Some(object) = object else {
                return Value {
                    callable: Some(Callable::Closure(index)),
                    ..Value::default()
                };
            };
            if known.properties.contains(name) {
                return self.call_own_method(&owner, name, object, &[]);
            }
            if known.unbound.contains(name) {
                return Value {
                    callable: Some(Callable::Closure(index)),
                    ..Value::default()
                };
            }
            let receiver = MethodReceiver {
                ty: object.ty.clone(),
                own: object.own.clone(),
                holds: object.reach(),
            };
            return Value {
                callable: Some(Callable::Method(index, Box::new(receiver))),
                own: object.own.clone(),
                ..Value::default()
            };
        }
        let mut value = known.attributes.get(name).cloned().unwrap_or_default();
        if let Some(object) = object
            && !value.is_immutable()
        {
            value.own.extend(&object.holds);
            value.views.extend(&object.own);
        }
        value
    }

    /// The class that defines a member, along the bases that are the user's.
    pub(crate) fn find_class(&self, class: &str, member: &str) -> Option<(String, Class)> {
        let mut pending = vec![class.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(name) = pending.pop() {
            let Some(known) = self.classes.get(&name) else {
                continue;
            };
            if !seen.insert(name.clone()) {
                continue;
            }
            if known.methods.contains_key(member) || known.attributes.contains_key(member) {
                return Some((name, known.clone()));
            }
            pending.extend(known.bases.iter().rev().cloned());
        }
        None
    }
}
