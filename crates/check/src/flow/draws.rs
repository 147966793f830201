//! Objects that draw random numbers when they are used: making an unseeded estimator draws nothing, fitting it does.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Catalog, Effect, Entry, EntryKind, is_passive};
use srcify_syntax::ast::{Expr, ExprCall};
use srcify_syntax::{Ranged, TextRange, TextSize};

use super::Flow;
use super::calls::push;
use crate::annotations::last_name;
use crate::flow::types::{Callee, Types};
use crate::index::{Call, Index};

/// Longer ways from a use to where the object was made are given up.
const DEPTH: usize = 16;

/// Calls that make objects which draw later, by where they start and end, with what they make.
pub(super) type Waiting = BTreeMap<Place, String>;

type Place = (TextSize, TextSize);

/// Where a call stands.
pub(super) fn place(call: &ExprCall) -> Place {
    (call.range().start(), call.range().end())
}

/// Whether what an entry draws, it draws when its object is used.
pub(super) fn is_later(catalog: &Catalog, entry: &Entry, name: &str) -> bool {
    entry.kind == EntryKind::Class
        && (catalog.member(name, "fit").is_some() || entry.draws_later)
        && catalog.own_member(name, "load_state_dict").is_none()
}

/// Records the draws of the objects that the same function, or the same module's body, makes and uses.
pub(super) fn record(flow: &mut Flow, types: &Types<'_>, module: usize, waiting: &Waiting) {
    if waiting.is_empty() {
        return;
    }
    let index = &types.project.modules[module];
    let mut found = BTreeSet::new();
    for call in &index.calls {
        let Some(node) = flow.node(module, call.function) else {
            continue;
        };
        if call.function.is_none() && !call.at_import {
            continue;
        }
        let mut search = Search {
            index,
            function: call.function,
            waiting,
            seen: BTreeSet::new(),
            found: BTreeSet::new(),
        };
        search.use_of(types, module, call);
        found.extend(search.found.into_iter().map(|place| (node, place)));
    }
    for (node, place) in found {
        let range = TextRange::new(place.0, place.1);
        push(flow, node, Effect::Random, range, &waiting[&place]);
    }
}

/// Which of the objects a call uses.
struct Search<'a> {
    index: &'a Index<'a>,
    function: Option<usize>,
    waiting: &'a Waiting,
    /// Variables that were looked through.
    seen: BTreeSet<&'a str>,
    found: BTreeSet<Place>,
}

impl<'a> Search<'a> {
    /// `model.fit(…)` uses its receiver, `cross_val_score(model, …)` what it is given.
    fn use_of(&mut self, types: &Types<'_>, module: usize, call: &Call<'a>) {
        let node = call.node;
        if let Expr::Attribute(method) = &*node.func
            && !is_passive(&format!("object.{}", method.attr))
        {
            self.look(&method.value, 0);
        }
        let callee = types.callee(module, self.function, &node.func);
        if let Some(Callee::Library(name, _)) = callee
            && let Some(entry) = types.catalog.lookup(&name)
            && entry.kind == EntryKind::Function
            && !entry.fits_parts
            && !is_passive(&name)
        {
            for argument in &*node.arguments.args {
                self.look(argument, 0);
            }
            for keyword in &*node.arguments.keywords {
                self.look(&keyword.value, 0);
            }
        }
    }

    /// Finds the objects that an expression is or holds.
    fn look(&mut self, expression: &'a Expr, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match expression {
            Expr::Call(call) => {
                if self.waiting.contains_key(&place(call)) {
                    self.found.insert(place(call));
                }
                let name = last_name(&call.func).unwrap_or("");
                if let Expr::Attribute(method) = &*call.func
                    && (name.starts_with("fit") || name == "set_params")
                {
                    self.look(&method.value, depth + 1);
                }
                let is_made = name.starts_with(char::is_uppercase) || name.starts_with("make_");
                if !is_made {
                    return;
                }
                for argument in &*call.arguments.args {
                    self.look(argument, depth + 1);
                }
                for keyword in &*call.arguments.keywords {
                    self.look(&keyword.value, depth + 1);
                }
            }
            Expr::Name(name) => {
                let name = name.id.as_str();
                if !self.seen.insert(name) {
                    return;
                }
                let bindings = match self.function {
                    Some(at) => &self.index.functions[at].bindings,
                    None => &self.index.bindings,
                };
                for value in bindings.get(name).into_iter().flatten() {
                    self.look(value, depth + 1);
                }
            }
            Expr::List(it) => it.elts.iter().for_each(|it| self.look(it, depth + 1)),
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.look(it, depth + 1)),
            Expr::Dict(it) => {
                for item in &it.items {
                    self.look(&item.value, depth + 1);
                }
            }
            Expr::If(it) => {
                self.look(&it.body, depth + 1);
                self.look(&it.orelse, depth + 1);
            }
            _ => {}
        }
    }
}
