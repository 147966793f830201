//! What the attributes of the program's objects appear to hold: for annotations alone.

use std::collections::BTreeMap;

use crate::Type;
use crate::analyze::Analyzer;
use crate::code::note_type;
use crate::value::Value;

/// Types of attributes, by class and name.
pub(crate) type AttributeTypes = BTreeMap<String, BTreeMap<String, Type>>;

impl Analyzer<'_> {
    /// What was seen in the attributes that objects have of their own: those of a class, and of its heirs.
    pub(crate) fn tell_attributes(&mut self) -> AttributeTypes {
        let mut seen: BTreeMap<String, BTreeMap<String, Option<Type>>> = BTreeMap::new();
        for (class, known) in &self.classes {
            for owner in self.resolution_order(class) {
                let attributes = seen.entry(owner.to_owned()).or_default();
                for name in &known.own_attributes {
                    let ty = known.attributes.get(name).and_then(Value::apparent);
                    note_type(attributes, name, ty);
                }
            }
        }
        let codes = &self.codes();
        let told = |attributes: BTreeMap<String, Option<Type>>| {
            let known = attributes.into_iter();
            known
                .filter_map(|(name, ty)| Some((name, codes.readable(&ty?)?)))
                .collect()
        };
        seen.into_iter()
            .map(|(class, attributes)| (class, told(attributes)))
            .collect()
    }
}
