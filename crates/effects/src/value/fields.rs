//! What stands under the keys of records that are written down, for annotations: `{"name": "ridge", "model": Ridge()}`, alone
//! or in lists and dictionaries of such records.

use std::rc::Rc;

use super::Value;
use crate::Type;

/// What records hold, as their displays say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    /// The types under literal texts.
    keys: Vec<(Rc<str>, Type)>,
    /// Those of what it contains, where that are records as well.
    elements: Option<Rc<Fields>>,
}

impl Fields {
    /// Of a display with these elements; `None` where one of them is no record.
    pub fn of_elements<'v>(mut elements: impl Iterator<Item = &'v Value>) -> Option<Rc<Self>> {
        let first = elements.next()?.fields.clone();
        let elements = elements.try_fold(first?, |all, it| all.join(it.fields.as_ref()?));
        Some(Rc::new(Self {
            keys: Vec::new(),
            elements: Some(elements?),
        }))
    }

    /// Of a dictionary with these keys, as literals, and values.
    pub fn of_record(keys: &[Option<Rc<str>>], parts: &[Value]) -> Option<Rc<Self>> {
        let named = keys.iter().zip(parts).map(|(key, part)| {
            let key = key.as_deref()?.strip_prefix("str ")?;
            Some((Rc::from(key), part.apparent().filter(|it| !it.is_vague())))
        });
        let named: Option<Vec<_>> = named.collect();
        let known = named?.into_iter().filter_map(|(key, ty)| Some((key, ty?)));
        let elements = Self::of_elements(parts.iter());
        Some(Rc::new(Self {
            keys: known.collect(),
            elements: elements.and_then(|it| it.elements.clone()),
        }))
    }

    /// What both say; `None` where that is nothing.
    pub fn join(self: &Rc<Self>, other: &Rc<Self>) -> Option<Rc<Self>> {
        if Rc::ptr_eq(self, other) {
            return Some(Rc::clone(self));
        }
        let keys = self.keys.iter().filter_map(|(key, left)| {
            let (_, right) = other.keys.iter().find(|(it, _)| it == key)?;
            Some((Rc::clone(key), Type::join(Some(left), Some(right))?))
        });
        let joined = Self {
            keys: keys.collect(),
            elements: match (&self.elements, &other.elements) {
                (Some(own), Some(others)) => own.join(others),
                _ => None,
            },
        };
        let is_empty = joined.keys.is_empty() && joined.elements.is_none();
        (!is_empty).then(|| Rc::new(joined))
    }
}

impl Value {
    /// What both are said to hold.
    pub(super) fn joined_fields(&self, other: &Self) -> Option<Rc<Fields>> {
        self.fields.as_ref()?.join(other.fields.as_ref()?)
    }

    /// Something out of it, with what is said of its elements.
    pub(crate) fn tell_element(&self, mut element: Self) -> Self {
        let elements = self.fields.as_ref().and_then(|it| it.elements.clone());
        element.fields = elements.or(element.fields);
        element
    }

    /// Something that stood at an index of it: of several types, the one that the records say of that key, unless the program
    /// with this text may put something else there.
    pub(crate) fn tell_item(&self, index: &Self, item: &mut Self, program: &str) {
        let Some(fields) = &self.fields else { return };
        let key = index.literal.as_deref().filter(|_| index.is("str"));
        let Some(key) = key else {
            item.fields = fields.elements.clone().or(item.fields.take());
            return;
        };
        let known = fields.keys.iter().find(|(it, _)| **it == *key);
        let is_one_of = |ty: &Type| {
            let several = item.ty.as_ref().filter(|it| it.name == "|");
            several.is_some_and(|it| ty.members().iter().all(|one| it.members().contains(one)))
        };
        let known = known.filter(|(_, it)| item.ty.is_none() || is_one_of(it));
        if let Some((_, ty)) = known.filter(|_| !may_be_set(program, key)) {
            item.hint = Some(ty.clone());
        }
    }
}

/// Whether a program may put something under a key of a record, or other records beside those that are written down: by any
/// of the ways to do so, to whatever object.
fn may_be_set(program: &str, key: &str) -> bool {
    const GROWING: &[&str] = &[".update(", ".setdefault(", ".extend(", ".insert(", "+= ["];
    let is_set = |quote: char| {
        let item = format!("[{quote}{key}{quote}]");
        program.match_indices(&item).any(|(at, _)| {
            let after = program[at + item.len()..].trim_start();
            let operator = after.trim_start_matches(['+', '-', '*', '/', '%', '|', '&', '@', '^']);
            operator.starts_with('=') && !after.starts_with("==")
        })
    };
    GROWING.iter().any(|it| program.contains(it)) || is_set('"') || is_set('\'')
}
