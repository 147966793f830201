//! Parameters that some calls tell of and others do not: where what is done with one fits what it is told to be, and little
//! else, it appears to be that everywhere. Annotations say it, nothing rests on it.

use std::collections::BTreeSet;

use super::evidence::{Evidence, evidence};
use crate::Type;
use crate::analyze::{Analyzer, Body};

impl Analyzer<'_> {
    /// Adds what some calls tell of parameters of which all calls together tell nothing.
    pub(crate) fn tell_partly_known(&mut self) {
        let mut told: Vec<(String, String, Type)> = Vec::new();
        for (function, facts) in &self.functions {
            let open = facts
                .told
                .iter()
                .filter(|(name, _)| !facts.hints.contains_key(*name))
                .filter_map(|(name, ty)| Some((name, ty.as_ref()?)));
            for (name, ty) in open {
                if self.is_used_as(function, name, ty) {
                    told.push((function.clone(), name.clone(), ty.clone()));
                }
            }
        }
        for (function, name, ty) in told {
            if let Some(facts) = self.functions.get_mut(&function) {
                facts.hints.insert(name, ty);
            }
        }
    }

    /// Whether a function does with a parameter what objects of a type are for.
    fn is_used_as(&self, function: &str, name: &str, ty: &Type) -> bool {
        let mut closures = self.closures.iter().filter(|it| it.name == function);
        let (Some(closure), None) = (closures.next(), closures.next()) else {
            return false;
        };
        let Body::Statements(body) = closure.body else {
            return false;
        };
        let has_default = closure.defaults.contains_key(name);
        let found = evidence(BTreeSet::from([name.to_owned()]), body);
        let Some(found) = found.get(name).filter(|_| !has_default) else {
            return false;
        };
        !found.is_bound && !found.is_tested && !found.is_called && self.is_told_by(ty, found)
    }

    /// Whether something is done that tells of the type, and all members that are used are its own.
    fn is_told_by(&self, ty: &Type, found: &Evidence) -> bool {
        let mut members = found.members.iter();
        let are_own = members.all(|it| self.catalog.own_member(&ty.name, it).is_some());
        let has_members = !found.members.is_empty();
        are_own
            && match ty.name.as_str() {
                "pandas.DataFrame" => has_members || found.has_text_key || found.has_frame_index,
                "numpy.ndarray" => has_members || found.has_grid_index || found.has_mask_index,
                name => has_members && name.contains('.'),
            }
    }
}
