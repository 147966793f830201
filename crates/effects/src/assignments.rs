//! Attributes and items that are set.

use std::rc::Rc;

use srcify_syntax::{TextRange, ast};

use crate::Effect;
use crate::analyze::Analyzer;
use crate::calls::Site;
use crate::expressions::{MAX_ENTRIES, key_of};
use crate::value::{Callable, Value};
use crate::written::Item;

impl<'a> Analyzer<'a> {
    pub(crate) fn assign_attribute(&mut self, attribute: &'a ast::ExprAttribute, value: &Value) {
        let object = self.evaluate(&attribute.value);
        self.last_stores.retain(|it| !it.is_of(&attribute.attr));
        if object.path.as_deref() == Some("sys") && attribute.attr.as_str() == "stdout" {
            self.quiet.clear();
            if self.is_restored(attribute.range) && value.is("io.StringIO") {
                self.quiet.push(self.frames.len());
            }
        }
        if self.is_restored(attribute.range) {
            let class = object.ty.as_ref().map(|ty| ty.name.clone());
            self.miss_stores(class.as_deref());
            self.absorb(&object, value);
            return;
        }
        if let ast::Expr::Attribute(outer) = &*attribute.value
            && matches!(outer.attr.as_str(), "index" | "columns")
        {
            let frame = self.evaluate(&outer.value);
            self.mutate(&frame, true); // the names of an index
        }
        if let Some(path) = &object.path {
            let name = format!("{path}.{}", attribute.attr);
            self.add_effect(Effect::GlobalState, attribute.range, &name);
            self.patch(&name, value, attribute.range);
            return;
        }
        if object.callable.is_some() {
            self.add_effect(
                Effect::GlobalState,
                attribute.range,
                "an attribute of a function or class",
            );
            if let Some(Callable::Class(class)) = &object.callable {
                self.change_class(&class.clone());
            }
        }
        if self.set_by_code(&object, &attribute.attr, value) {
            return;
        }
        // Frames that get an attribute get a column; other objects keep their parts.
        self.mutate(&object, true);
        // The name of an index or a column's attribute is the frame's.
        if object.own.is_disjoint(&object.views) && !object.views.is_empty() {
            self.mutate(&object, false);
        }
        self.absorb(&object, value);
        let stored = self.part_of_any(&object, value);
        let class = object.ty.as_ref();
        let class = class.and_then(|ty| self.classes.get_mut(ty.name.as_str()));
        let Some(class) = class else {
            self.miss_store_of(&attribute.attr);
            return;
        };
        let known = class.attributes.get(attribute.attr.as_str());
        let known = known.map(|known| known.join(&stored));
        let class = Rc::make_mut(class);
        class.own_attributes.insert(attribute.attr.to_string());
        class
            .attributes
            .insert(attribute.attr.to_string(), known.unwrap_or(stored));
        self.hold(&object, &attribute.attr, value);
        self.note_store(attribute, value);
    }

    pub(crate) fn assign_item(&mut self, subscript: &'a ast::ExprSubscript, value: &Value) {
        let container = self.evaluate_container(&subscript.value);
        let index = self.evaluate(&subscript.slice);
        if container.path.as_deref() == Some("os.environ") {
            self.add_effect(Effect::WriteEnvironment, subscript.range, "os.environ");
            return;
        }
        if self.is_restored(subscript.range) && self.keeps_items(&container) {
            self.last_stores.clear();
            self.absorb(&container, value);
            return;
        }
        if container.path.is_some() {
            let path = container.path.as_deref().unwrap_or_default().to_owned();
            self.add_effect(Effect::GlobalState, subscript.range, &path);
            return;
        }
        // A variable of which nothing is known may be the copy of a row that the cells were read out of.
        let may_be_row = container.ty.is_none() && subscript.value.is_name_expr();
        if !container.cell_of.is_empty() && !container.is_table() && !may_be_row {
            // It has items, so it is no number.
            self.change_cell(&container);
            self.absorb(&container.table_of_cell(), value);
        }
        self.protocol(&index, "__hash__", &[]);
        let passed = [Value::default(), value.clone()];
        if self.protocol(&container, "__setitem__", &passed).is_some() {
            return;
        }
        let items = self.items(&container).map(<[_]>::to_vec);
        self.change_item(&container, subscript.range);
        if !container.is("list") || !index.is("slice") {
            self.grow(&container, index.element_type(), value.element_type());
        }
        self.absorb(&container, value);
        let is_plain = |(_, it): &Item| it.plain().is_some_and(|it| it.reach().is_empty());
        let is_empty = items.as_ref().is_some_and(|it| it.iter().all(is_plain));
        self.rewrite(&subscript.value, items, &index, Some(value));
        self.keep_entries(subscript, (&container, is_empty), &index, value);
        self.note_item(subscript, &container, value);
    }

    /// After an item of a variable's dictionary was set, there stands nothing else under its key, and under the others what
    /// stood there.
    fn keep_entries(
        &mut self,
        subscript: &'a ast::ExprSubscript,
        (container, is_empty): (&Value, bool),
        index: &Value,
        value: &Value,
    ) {
        let key = key_of(index).filter(|_| index.is("str"));
        let name = subscript.value.as_name_expr();
        let (Some(key), Some(name), 1) = (key, name, container.own.len()) else {
            return;
        };
        let known = container.entries.as_deref().cloned();
        let known = known.or_else(|| is_empty.then(Vec::new));
        let is_inside = value.meets(&container.own);
        let Some(mut known) = known.filter(|_| container.is("dict") && !is_inside) else {
            return;
        };
        known.retain(|(it, _)| *it != key);
        if !value.own.is_empty() {
            known.push((key, value.clone()));
        }
        let is_text = |(it, _): &(Rc<str>, Value)| it.starts_with("str ");
        if known.len() > MAX_ENTRIES || !known.iter().all(is_text) {
            return;
        }
        let mut variables = self.variables();
        let variable = variables.get(&name.id);
        let variable = variable.filter(|it| it.own == container.own && it.views.is_empty());
        let Some(mut variable) = variable.cloned() else {
            return;
        };
        variable.entries = Some(Rc::new(known));
        self.has_entries = true;
        variables.insert(name.id.to_string(), variable);
        self.restore(variables);
    }

    /// An item is set or deleted.
    pub(crate) fn change_item(&mut self, container: &Value, range: TextRange) {
        if container.path.as_deref() == Some("globals()") {
            self.add_effect(Effect::GlobalState, range, "globals");
            return;
        }
        let type_name = container.ty.as_ref().map(|ty| ty.name.as_str());
        // Setting a frame's column, a list's or dictionary's element leaves what was taken out alone.
        let shallow = matches!(
            type_name,
            Some("pandas.DataFrame" | "list" | "dict" | "collections.defaultdict")
        );
        self.mutate(container, shallow);
    }

    /// `time.sleep = note`: the library, and whoever calls it, may call what it is given now.
    fn patch(&mut self, path: &str, value: &Value, range: TextRange) {
        if value.callable.is_none() {
            return;
        }
        let site = Site {
            range,
            function: range,
        };
        self.call_argument(value, &[], &site);
        let path = self.catalog.canonical(path).to_owned();
        self.patched.insert(path);
    }

    /// Whether setting an attribute runs code of the user: a property's setter, a descriptor, `__setattr__`.
    fn set_by_code(&mut self, object: &Value, name: &str, value: &Value) -> bool {
        let Some(class) = object.ty.as_ref().map(|ty| ty.name.clone()) else {
            return false;
        };
        if matches!(object.callable, Some(Callable::Class(_))) {
            return false;
        }
        if let Some(index) = self.setter(&class, name) {
            self.call_closure_on(index, object, std::slice::from_ref(value));
            return true;
        }
        let descriptor = self
            .find_class(&class, name)
            .and_then(|(_, known)| known.attributes.get(name).cloned());
        if let Some(descriptor) = descriptor {
            let passed = [object.clone(), value.clone()];
            if self.protocol(&descriptor, "__set__", &passed).is_some() {
                return true;
            }
        }
        let passed = [Value::of_type("str"), value.clone()];
        self.protocol(object, "__setattr__", &passed).is_some()
    }

    fn setter(&self, class: &str, name: &str) -> Option<usize> {
        self.lineage(class)
            .iter()
            .find_map(|(_, known)| known.setters.get(name).copied())
    }
}
