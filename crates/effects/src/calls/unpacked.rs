//! Calls with dictionaries of which is known what they hold.

use super::{Called, Passed, Site};
use crate::analyze::Analyzer;
use crate::facts::Callee;
use crate::value::Value;
use crate::written::Item;

impl Analyzer<'_> {
    /// A call on what it is written with, of which dictionaries of keywords are unpacked.
    pub(super) fn call_spread(
        &mut self,
        called: &Called,
        arguments: &mut [Passed],
        site: &Site,
    ) -> (Value, Callee) {
        let Some(mut spread) = self.spread(arguments) else {
            return self.call_value(called, arguments, site);
        };
        let result = self.call_value(called, &mut spread, site);
        for argument in arguments {
            let same = spread.iter().find(|it| it.range == argument.range);
            if let Some(same) = same.filter(|_| !argument.is_unpacked) {
                argument.name.clone_from(&same.name);
            }
        }
        result
    }

    /// What a dictionary holds that something is looked up in, or taken out of.
    pub(super) fn looked_into(&self, called: &Called) -> Option<Vec<Item>> {
        let is_meant = |it: &str| matches!(it, "get" | "pop");
        let (receiver, _) = called.member.as_ref().filter(|(_, it)| is_meant(it))?;
        self.items(receiver).map(<[Item]>::to_vec)
    }
}
