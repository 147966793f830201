//! What calls of generators give.

use std::rc::Rc;

use crate::Type;
use crate::analyze::{Analyzer, Frame};
use crate::value::{Changes, Later, Value, YIELDED};

impl Analyzer<'_> {
    /// A generator looks at what it was given, and at variables of the module, until it is used up.
    pub(crate) fn generator_of(&mut self, frame: Frame) -> Value {
        let yielded = frame.yielded.unwrap_or_default();
        // A library that is given generators asks for more than what they give: `Generator[Event, Any, Any]`.
        let element = yielded.element_type().into_iter();
        let element = element.filter(|it| !self.may_be_declared(it)).collect();
        let mut value = self.fresh(Some(Type::generic("Generator", element)));
        value.absorb(&yielded);
        value.later = value.later.and(&Later::of(Changes {
            objects: frame.changed,
            asleep: frame.dormant,
            ..Changes::default()
        }));
        (frame.parameters.iter()).for_each(|(_, it)| value.deep.add(it));
        for name in &frame.names.free {
            if let Some(seen) = self.globals.get(name) {
                value.deep.add(&seen.reach());
            }
        }
        // Pairs that are made for it hold nothing else.
        if yielded.is("tuple") && !yielded.parts.is_empty() {
            value.entries = Some(Rc::new(vec![(YIELDED.into(), yielded)]));
            self.has_entries = true;
        }
        value
    }
}
