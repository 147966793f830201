//! What attributes of the program's objects most likely are, by what the methods of their class do with them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use srcify_syntax::ast::{Expr, Stmt};

use super::evidence::evidence_in;
use crate::Type;
use crate::analyze::{Analyzer, Body};

impl Analyzer<'_> {
    /// Whether the program changes an attribute of this name by a method of containers: it is no text or number.
    pub(super) fn is_changed_as_part(&self, name: &str) -> bool {
        let text = &self.program.source.text;
        let part = format!(".{name}.");
        text.match_indices(&part).any(|(at, _)| {
            let rest = &text[at + part.len()..];
            CHANGING_METHODS
                .iter()
                .any(|it| rest.starts_with(it) && rest[it.len()..].starts_with('('))
        })
    }

    /// The types that the attributes of a class most likely have, where they are not known.
    pub(crate) fn attribute_types(&mut self, class: &str) -> Rc<BTreeMap<String, Type>> {
        if let Some(known) = self.attribute_types.get(class) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.find_attribute_types(class));
        self.attribute_types
            .insert(class.to_owned(), Rc::clone(&found));
        found
    }

    fn find_attribute_types(&self, class: &str) -> BTreeMap<String, Type> {
        let Some(known) = self.classes.get(class) else {
            return BTreeMap::new();
        };
        let names: BTreeSet<String> = known
            .own_attributes
            .iter()
            .map(|it| format!("self.{it}"))
            .collect();
        let bodies: Vec<&[Stmt]> = self
            .closures
            .iter()
            .filter(|it| it.class.as_deref() == Some(class))
            .filter_map(|it| match it.body {
                Body::Statements(body) => Some(body),
                Body::Expression(_) => None,
            })
            .collect();
        let found = evidence_in(names, &bodies).into_iter();
        let mut types: BTreeMap<String, Type> = found
            .filter_map(|(name, evidence)| {
                let name = name.strip_prefix("self.")?;
                let own = self.own_class(name, &evidence);
                let ty = own.or_else(|| self.presumed_type(name, &evidence))?;
                Some((name.to_owned(), ty))
            })
            .collect();
        for (name, ty) in self.types_by_default(class) {
            if !self.is_changed_as_part(&name) {
                types.entry(name).or_insert(ty);
            }
        }
        types
    }

    /// The types of attributes that `__init__` sets to a parameter whose default is a number or a text.
    fn types_by_default(&self, class: &str) -> Vec<(String, Type)> {
        const PLAIN: [&str; 4] = ["bool", "float", "int", "str"];
        let making = format!("{class}.__init__");
        let mut closures = self.closures.iter();
        let Some(closure) = closures.find(|it| it.is_top_level && it.name == making) else {
            return Vec::new();
        };
        let Body::Statements(body) = closure.body else {
            return Vec::new();
        };
        let set = body.iter().filter_map(|it| {
            let assign = it.as_assign_stmt()?;
            let [Expr::Attribute(target)] = &assign.targets[..] else {
                return None;
            };
            let given = assign.value.as_name_expr()?;
            let default = closure.defaults.get(given.id.as_str())?;
            let ty = default.ty.clone().filter(|_| default.literal.is_some())?;
            let is_plain = PLAIN.contains(&&*ty.name);
            is_plain.then(|| (target.attr.to_string(), ty))
        });
        set.collect()
    }

    /// The type of the attribute that a parameter of `__init__` becomes: `self.df = df`.
    pub(super) fn type_of_kept(&mut self, index: usize, parameter: &str) -> Option<Type> {
        let closure = &self.closures[index];
        let class = closure.class.clone()?;
        let Body::Statements(body) = closure.body else {
            return None;
        };
        let kept = body.iter().find_map(|it| {
            let assign = it.as_assign_stmt()?;
            let [Expr::Attribute(target)] = &assign.targets[..] else {
                return None;
            };
            let given = assign.value.as_name_expr()?;
            (given.id.as_str() == parameter).then(|| target.attr.to_string())
        })?;
        self.attribute_types(&class).get(&kept).cloned()
    }
}

/// Methods of Python's containers that change them. Source: "Built-in Types" in the documentation.
pub const CHANGING_METHODS: &[&str] = &[
    "add",
    "append",
    "appendleft",
    "clear",
    "discard",
    "extend",
    "insert",
    "pop",
    "popitem",
    "popleft",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "update",
];
