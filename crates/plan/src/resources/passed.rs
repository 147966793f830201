//! Calls that read or write what the job computes in place: `make(5).to_csv(path)`, `np.save(path, np.array(rows))`.
//!
//! What cannot be passed by its name is passed as it stands. The job computes it before the method runs, as it did before
//! the call; only the location, which is found first then, must be no more than a name or a setting.

use srcify_effects::{Access as Names, CallFacts, Callee, Effect, EffectSet, Type};
use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::{Access, Extractor, MOST, OUTSIDE};
use crate::edits::Edit;
use crate::settings::expression_at;
use crate::types::{Annotator, Imports};

/// A part of a call that the job computes and passes.
pub(super) struct Whole {
    name: String,
    ty: Option<Type>,
    pub value: TextRange,
}

impl Whole {
    /// The parameter, in place of what is passed.
    pub(super) fn edit(&self) -> Edit {
        Edit {
            range: self.value,
            text: self.name.clone(),
        }
    }

    /// The parameter with its annotation.
    pub(super) fn parameter(&self, annotator: &Annotator<'_>, imports: &mut Imports) -> String {
        let annotation = annotator.annotation(self.ty.as_ref(), imports);
        format!("{}: {annotation}", self.name)
    }
}

impl Extractor<'_> {
    /// What a call is given besides its location: variables by their names, and what is computed in the call. `None` where
    /// that cannot be told apart, or does something itself that belongs into a class.
    pub(super) fn passed(
        &self,
        unit: UnitId,
        access: &Access<'_>,
    ) -> Option<(Vec<String>, Vec<Whole>)> {
        let location = access.location?;
        if self.location_that_acts(access).is_some() {
            return None;
        }
        let call = expression_at(self.program, unit, access.call.range)?.as_call_expr()?;
        let (mut names, mut wholes): (Vec<String>, Vec<Whole>) = Default::default();
        for (part, name) in self.parts(call, access) {
            if part.range().contains_range(location) {
                if part.range() == location || self.only_opens(unit, part, location) {
                    continue;
                }
                return None;
            }
            if let Some(name) = part.as_name_expr().map(|it| it.id.to_string()) {
                if (self.is_variable)(&name) && !names.contains(&name) {
                    names.push(name);
                } else if !(self.is_variable)(&name) && !(self.is_within_reach)(&name) {
                    return None;
                }
                continue;
            }
            let own = Names::of_expression(part);
            if !own.may.is_empty() || part.is_await_expr() || part.is_yield_expr() {
                return None;
            }
            let is_open = own
                .occurrences
                .iter()
                .any(|(it, ..)| (self.is_variable)(it));
            let has_calls = self.graph.calls_in(part.range()).next().is_some();
            if !is_open && !has_calls && own.captures.is_empty() && own.occurrences.is_empty() {
                continue; // a literal
            }
            if part.end() <= location.start() && self.may_rebind(part.range(), location) {
                return None;
            }
            if self.acts_itself(part.range()) || self.lifting.at(part.range()).is_some() {
                return None;
            }
            wholes.push(Whole {
                name: free_name(&name, &names, &wholes),
                ty: self.type_of_part(part),
                value: part.range(),
            });
        }
        let is_text_of_location = |name: &String| {
            let own = expression_at(self.program, unit, location);
            let own = own.map(Names::of_expression);
            own.is_some_and(|it| it.occurrences.iter().any(|(it, ..)| it == name))
        };
        let clashes = wholes
            .iter()
            .any(|it| names.contains(&it.name) || is_text_of_location(&it.name));
        let fits = !wholes.is_empty() && names.len() + wholes.len() <= MOST && !clashes;
        fits.then_some((names, wholes))
    }

    /// Whether a part opens the file there and is given nothing else that has to be computed: `open(p, "w")`.
    fn only_opens(&self, unit: UnitId, part: &Expr, location: TextRange) -> bool {
        let opened = self.opened_in_place(unit, part.range());
        let opens_it = opened.is_some_and(|(_, path)| path == location);
        opens_it
            && part.as_call_expr().is_some_and(|call| {
                let keywords = call.arguments.keywords.iter().map(|it| &it.value);
                let mut given = call.arguments.args.iter().chain(keywords);
                given.all(|it| it.range() == location || it.is_literal_expr())
            })
    }

    /// The receiver of a call and its arguments, in the order in which they are evaluated, each with a name for it.
    fn parts<'e>(&self, call: &'e ast::ExprCall, access: &Access<'_>) -> Vec<(&'e Expr, String)> {
        let is_table = matches!(access.family.module, "tables" | "datasets");
        let kind = match access.family.module {
            "tables" | "datasets" => "table",
            "models" => "model",
            "figures" => "figure",
            "databases" if access.callee.starts_with("pandas.") => "table",
            "databases" => "values",
            _ => "content",
        };
        let receiver = call.func.as_attribute_expr().map(|it| &*it.value);
        // The name of a module is none of its parts.
        let is_module = |it: &Expr| {
            let own = Names::of_expression(it);
            let is_variable = own
                .occurrences
                .iter()
                .any(|(name, ..)| (self.is_variable)(name));
            !is_variable && self.graph.calls_in(it.range()).next().is_none()
        };
        let mut parts: Vec<(&Expr, String)> = receiver
            .filter(|it| !is_module(it))
            .map(|it| (it, kind.to_owned()))
            .into_iter()
            .collect();
        let named = |range: TextRange| {
            let mut known = access.call.arguments.iter();
            let known = known.find(|it| it.range == range)?.parameter.clone()?;
            let says = known.len() > 2 && !["obj", "arr", "args", "kwds"].contains(&known.as_str());
            says.then_some(known)
        };
        let general = if is_table { "value" } else { kind };
        for argument in &call.arguments.args {
            let (value, name) = match argument {
                Expr::Starred(it) => (&*it.value, Some("values".to_owned())),
                other => (other, named(other.range())),
            };
            parts.push((value, name.unwrap_or_else(|| general.to_owned())));
        }
        for keyword in &call.arguments.keywords {
            let name = keyword.arg.as_ref().map(ToString::to_string);
            let several = || "named_values".to_owned();
            parts.push((&keyword.value, name.unwrap_or_else(several)));
        }
        parts
    }

    /// Whether a part that is computed before the location is read may bind a variable in it to another value.
    fn may_rebind(&self, part: TextRange, location: TextRange) -> bool {
        let is_own = |it: &CallFacts| matches!(it.callee, Callee::Library(_));
        let mut calls = self.graph.calls_in(part);
        let acts = calls.any(|it| !is_own(it) && !it.effects.is_pure());
        let is_settled = self.lifting.at(location).is_some()
            || self
                .lifting
                .by_variable(self.program.text(location))
                .is_some();
        let text = self.program.text(location);
        acts && !is_settled && !text.starts_with(['"', '\''])
    }

    /// Whether something in a part of a call reads or writes what belongs into a class of its own.
    fn acts_itself(&self, part: TextRange) -> bool {
        let outside = OUTSIDE.without(EffectSet::from_slice(&[
            Effect::Nondeterministic,
            Effect::Dynamic,
        ]));
        let mut calls = self.graph.calls_in(part);
        calls.any(|it| it.own_effects.intersects(outside))
    }

    /// The type of what is passed, as far as its call or its brackets tell.
    fn type_of_part(&self, part: &Expr) -> Option<Type> {
        if let Some(call) = self.graph.call_at(part.range()) {
            return call.hint.clone().or_else(|| call.returns.clone());
        }
        let any = || Type::new("unknown");
        match part {
            Expr::ListComp(_) | Expr::List(_) => Some(Type::generic("list", vec![any()])),
            Expr::Tuple(_) => Some(Type::new("tuple")),
            Expr::Dict(_) | Expr::DictComp(_) => {
                Some(Type::generic("dict", vec![Type::new("str"), any()]))
            }
            Expr::FString(_) | Expr::StringLiteral(_) => Some(Type::new("str")),
            _ => None,
        }
    }
}

/// A name that no other parameter has, and no keyword of Python.
fn free_name(name: &str, names: &[String], wholes: &[Whole]) -> String {
    let is_taken = |name: &str| {
        name == "self"
            || names.iter().any(|it| it == name)
            || wholes.iter().any(|it| it.name == name)
    };
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let mut all = std::iter::once(name.to_owned()).chain(numbered);
    all.find(|it| !is_taken(it))
        .unwrap_or_else(|| name.to_owned())
}
