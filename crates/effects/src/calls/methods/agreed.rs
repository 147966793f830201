//! What all classes say of a method, where it is called on an object of which nothing is known.

use crate::analyze::Analyzer;
use crate::calls::Passed;
use crate::value::Value;
use crate::{EffectSet, Type};

impl Analyzer<'_> {
    /// What a method gives back on which all classes agree.
    pub(super) fn agreed_result(
        &mut self,
        (receiver, method): (&Value, &str),
        agreed: Agreed,
        kept: &[Passed],
    ) -> Value {
        if agreed.is_list {
            // A new list, of whatever is in there.
            let mut value = self.fresh(agreed.returns);
            value.holds.add(&receiver.reach());
            value.cell_of = receiver.cells();
            return value;
        }
        if agreed.is_new {
            let mut value = self.fresh(agreed.returns);
            // Estimators give arrays of numbers, which hold nothing that is theirs.
            let is_predicted = self.is_presuming && PREDICTING.contains(&method);
            if !value.is_immutable() && !is_predicted {
                value.take_elements(receiver);
            }
            return value;
        }
        let mut value = if agreed.is_object && self.is_presuming {
            receiver.clone()
        } else {
            self.derived(receiver, agreed.returns)
        };
        for argument in kept {
            value.absorb(&argument.value);
        }
        value
    }
}

/// What all classes say of a method.
pub(super) struct Agreed {
    pub effects: EffectSet,
    /// It changes its object.
    pub changes: bool,
    /// Parameters that it changes.
    pub changed: Vec<String>,
    /// Its result is a new object, which shares elements at most.
    pub is_new: bool,
    /// Its result is a new list.
    pub is_list: bool,
    /// Its result is its object.
    pub is_object: bool,
    pub returns: Option<Type>,
}

impl Agreed {
    /// What both say; `None` when they do not agree.
    pub fn and(self, other: Self) -> Option<Self> {
        (self.effects == other.effects).then(|| Self {
            effects: self.effects,
            changes: self.changes || other.changes,
            changed: [self.changed, other.changed].concat(),
            is_new: self.is_new && other.is_new,
            is_list: false,
            is_object: self.is_object && other.is_object,
            returns: self.returns.filter(|it| other.returns.as_ref() == Some(it)),
        })
    }
}

/// Methods of estimators that give new arrays.
const PREDICTING: [&str; 7] = [
    "predict",
    "predict_proba",
    "predict_log_proba",
    "decision_function",
    "score_samples",
    "transform",
    "inverse_transform",
];
