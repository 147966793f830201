//! Calls of methods on objects that are no instances of the user's classes.

use super::application::bind_positions;
use super::conditions::may_hold;
use super::scalars::scalar_method;
use super::{Known, Passed, Site};
use crate::Type;
use crate::analyze::Analyzer;
use crate::catalog::{Condition, Entry};
use crate::facts::Callee;
use crate::value::Value;

impl Analyzer<'_> {
    pub(super) fn call_method(
        &mut self,
        receiver: &Value,
        method: &str,
        arguments: &mut [Passed],
        site: &Site,
    ) -> (Value, Callee) {
        let Some(ty) = receiver.ty.clone() else {
            return (
                self.method_of_unknown(receiver, method, arguments, site),
                Callee::Unknown,
            );
        };
        if let Some(result) = scalar_method(&ty, method) {
            let value = self.fresh(result.into_type());
            return (value, Callee::Library(format!("{ty}.{method}")));
        }
        let members = ty.members().to_vec();
        let entries: Option<Vec<Entry>> = members
            .iter()
            .filter(|member| member.name != "None")
            .map(|member| self.member_entry(&member.name, method))
            .collect();
        let Some(entries) = entries.filter(|entries| !entries.is_empty()) else {
            if ty.is_figure() && !OUTPUTS.contains(&method) && !method.starts_with("print_") {
                let value = self.call_figure(receiver, arguments, site);
                return (value, Callee::Library(format!("{ty}.{method}")));
            }
            let name = format!("{ty}.{method}");
            return (
                self.unknown_call(&name, Some(receiver), arguments, site),
                Callee::Unknown,
            );
        };
        let mut joined: Option<Value> = None;
        for (entry, member) in entries.iter().zip(&members) {
            let mut receiver = receiver.clone();
            receiver.ty = Some(member.clone());
            let known = Known {
                entry,
                name: &format!("{}.{method}", member.name),
                receiver: Some(&receiver),
            };
            let value = self.apply(known, arguments, site);
            joined = Some(joined.map_or_else(|| value.clone(), |known| known.join(&value)));
        }
        (
            joined.unwrap_or_default(),
            Callee::Library(format!("{}.{method}", members[0].name)),
        )
    }

    /// What the catalog says of a method or attribute; of a user's class, what it says of the library's classes that
    /// are its bases.
    pub(crate) fn member_entry(&self, class: &str, name: &str) -> Option<Entry> {
        if !self.classes.contains_key(class) {
            return self.catalog.member(class, name).cloned();
        }
        self.lineage(class)
            .iter()
            .flat_map(|(_, known)| &known.bases)
            .find_map(|base| self.catalog.member(base, name).cloned())
    }

    /// A method of an object whose type is not known. In the closed world of a program whose libraries all have a
    /// catalog, and whose own classes do not define the name, a name that every catalogued class gives a pure method is
    /// taken to be one; the statement is marked as resting on that.
    fn method_of_unknown(
        &mut self,
        receiver: &Value,
        method: &str,
        arguments: &[Passed],
        site: &Site,
    ) -> Value {
        let is_own = self
            .classes
            .values()
            .any(|class| class.methods.contains_key(method));
        let is_plain =
            !is_own && !receiver.draws && !receiver.is_foreign && receiver.lazy.is_pure();
        if is_plain && let Some(changes) = self.same_everywhere(method, arguments) {
            self.record.is_assumed = true;
            for argument in arguments {
                if argument.value.callable.is_some() {
                    self.call_argument(&argument.value, &[], site);
                }
            }
            if changes {
                self.mutate(receiver, false);
                for argument in arguments {
                    self.absorb(receiver, &argument.value);
                }
            }
            let mut value = self.derived(receiver, None);
            for argument in arguments {
                value.absorb(&argument.value);
            }
            return value;
        }
        self.unknown_call(
            &format!("method `{method}` of an object of unknown type"),
            Some(receiver),
            arguments,
            site,
        )
    }

    /// Whether a method changes its object, where every catalogued class that has one of this name agrees that, on these
    /// arguments, it does nothing else.
    fn same_everywhere(&self, method: &str, arguments: &[Passed]) -> Option<bool> {
        let mut changes = None;
        for entry in self.catalog.methods_named(method) {
            let mut arguments = arguments.to_vec();
            bind_positions(entry, &mut arguments);
            let holds =
                |conditions: &[Condition]| conditions.iter().all(|it| may_hold(it, &arguments));
            if entry.effects.iter().any(|it| holds(&it.conditions)) {
                return None;
            }
            // A parameter that is not passed cannot change.
            let is_passed = |name: &str| {
                name == "self"
                    || arguments
                        .iter()
                        .any(|it| it.is_unpacked || it.name.as_deref() == Some(name))
            };
            let mut changed = entry
                .mutates
                .iter()
                .filter(|it| holds(&it.conditions) && is_passed(&it.what.name));
            let is_changed = changed.clone().next().is_some();
            if changed.any(|it| it.what.name != "self") {
                return None;
            }
            changes = Some(changes.unwrap_or(false) || is_changed);
        }
        changes
    }

    /// Figures have hundreds of methods; but for those that save or show, they change the figure alone.
    fn call_figure(&mut self, receiver: &Value, arguments: &[Passed], site: &Site) -> Value {
        for argument in arguments {
            if argument.value.callable.is_some() {
                self.call_argument(&argument.value, &[], site);
            }
        }
        self.mutate(receiver, false);
        self.derived(receiver, Some(Type::figure_part()))
    }
}

/// Methods of figures that do more than draw.
const OUTPUTS: &[&str] = &[
    "savefig",
    "save",
    "show",
    "write",
    "write_html",
    "write_image",
    "write_json",
    "to_file",
];
