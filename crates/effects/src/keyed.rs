//! Loops that put something at each key once: what one pass stores, no later pass finds.

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr};

use crate::analyze::Analyzer;
use crate::value::Value;

impl Analyzer<'_> {
    /// The values of some variables; each holds, from now on, only what `earlier` did.
    pub(crate) fn forget_stored(&mut self, earlier: &[(String, Value)]) -> Vec<(String, Value)> {
        let mut now = Vec::new();
        for (name, before) in earlier {
            let Some(value) = self.variables().get(name).cloned() else {
                continue;
            };
            let mut shorter = value.clone();
            shorter.holds.clone_from(&before.holds);
            shorter.deep.clone_from(&before.deep);
            if shorter.is_closed() && !value.is_closed() {
                // What it holds is known to be something else than itself.
                shorter.holds.insert(self.next_object);
                self.next_object += 1;
            }
            self.bind(name, shorter);
            now.push((name.clone(), value));
        }
        now
    }

    /// Lets variables hold again what they held.
    pub(crate) fn remember_stored(&mut self, held: Vec<(String, Value)>) {
        for (name, value) in held {
            let now = self.variables().get(&name).cloned();
            let value = now.map_or(value.clone(), |now| now.join(&value));
            self.bind(&name, value);
        }
    }

    /// Those variables of the scope in progress that the loop uses at its own keys alone.
    pub(crate) fn keyed(&self, each: &ast::StmtFor) -> Vec<(String, Value)> {
        let Some(key) = distinct_key(each) else {
            return Vec::new();
        };
        let mut uses = Uses {
            key,
            containers: Vec::new(),
            others: Vec::new(),
            is_bound: false,
        };
        for statement in &each.body {
            uses.visit_stmt(statement);
        }
        if uses.is_bound {
            return Vec::new();
        }
        let variables = self.variables();
        let mut found: Vec<(String, Value)> = Vec::new();
        for name in uses.containers {
            let is_only_keyed = !uses.others.contains(&name);
            if is_only_keyed
                && !found.iter().any(|(known, _)| known == name)
                && let Some(value) = variables.get(name)
            {
                found.push((name.to_owned(), value.clone()));
            }
        }
        found
    }
}

/// The name of a loop's variable that is another in each pass: a key of a dictionary, a number that counts.
fn distinct_key(each: &ast::StmtFor) -> Option<&str> {
    let Expr::Call(call) = &*each.iter else {
        return None;
    };
    let name = |it: &ast::ExprName| it.id.clone();
    let (is_pair, is_key) = match &*call.func {
        Expr::Attribute(it) if call.arguments.is_empty() => {
            let method = it.attr.as_str();
            (method == "items", method == "keys")
        }
        Expr::Name(it) => (name(it) == "enumerate", name(it) == "range"),
        _ => return None,
    };
    let target = match &*each.target {
        Expr::Tuple(pair) if is_pair && pair.elts.len() == 2 => &pair.elts[0],
        one if is_key => one,
        _ => return None,
    };
    target.as_name_expr().map(|it| it.id.as_str())
}

/// What a loop's body does with names.
struct Uses<'a> {
    key: &'a str,
    /// Used at the key.
    containers: Vec<&'a str>,
    /// Used in other ways.
    others: Vec<&'a str>,
    /// The key gets another value.
    is_bound: bool,
}

impl Uses<'_> {
    fn is_key(&self, expression: &Expr) -> bool {
        matches!(expression, Expr::Name(name) if name.id == self.key)
    }
}

impl<'a> Visitor<'a> for Uses<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => {
                self.is_bound |= !name.ctx.is_load() && name.id == self.key;
                self.others.push(name.id.as_str());
                return;
            }
            // `table[key]`
            Expr::Subscript(it) if self.is_key(&it.slice) => {
                if let Expr::Name(name) = &*it.value {
                    self.containers.push(name.id.as_str());
                    return;
                }
            }
            // `table.get(key)`
            Expr::Call(call) => {
                let is_at_key = call
                    .arguments
                    .args
                    .first()
                    .is_some_and(|it| self.is_key(it));
                if let Expr::Attribute(method) = &*call.func
                    && let Expr::Name(name) = &*method.value
                    && matches!(method.attr.as_str(), "get" | "pop" | "setdefault")
                    && is_at_key
                {
                    self.containers.push(name.id.as_str());
                    self.visit_arguments(&call.arguments);
                    return;
                }
            }
            // `key in table`
            Expr::Compare(it) if it.comparators.len() == 1 && self.is_key(&it.left) => {
                if let Expr::Name(_) = &it.comparators[0]
                    && matches!(it.ops[0], ast::CmpOp::In | ast::CmpOp::NotIn)
                {
                    return;
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}
