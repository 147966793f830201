//! Objects that the program stores, and loads again from where it stored them: annotations say what they were.

use std::collections::BTreeMap;

use srcify_syntax::Ranged;
use srcify_syntax::ast::{Expr, ExprCall};

use super::{Called, Passed};
use crate::Type;
use crate::analyze::Analyzer;
use crate::value::Value;

/// Functions that store the first of their arguments in the file that is the second.
const STORING: [&str; 6] = [
    "joblib.dump",
    "pickle.dump",
    "_pickle.dump",
    "dill.dump",
    "cloudpickle.dump",
    "torch.save",
];

/// Functions that load what was stored in their first argument.
const LOADING: [&str; 6] = [
    "joblib.load",
    "pickle.load",
    "_pickle.load",
    "dill.load",
    "cloudpickle.load",
    "torch.load",
];

/// What files appear to hold.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// The places of open files, by the variables that have them.
    opened: BTreeMap<String, String>,
    /// What was stored at a place: `None` where it is not always the same.
    objects: BTreeMap<String, Option<Type>>,
}

impl Analyzer<'_> {
    /// Notes which file a variable has: `with open("model.pkl", "wb") as file`.
    pub(crate) fn note_opened(&mut self, target: &Expr, context: &Expr) {
        let (Expr::Name(name), Expr::Call(_)) = (target, context) else {
            return;
        };
        let place = self.place_of(context);
        let opened = &mut self.apparent.held.opened;
        match place {
            Some(place) => opened.insert(name.id.to_string(), place),
            None => opened.remove(name.id.as_str()),
        };
    }

    /// What a call appears to give, where the analysis does not know it; what it stores is noted.
    pub(super) fn hint_of(
        &mut self,
        call: &ExprCall,
        called: &Called,
        arguments: &[Passed],
        value: &Value,
    ) -> Option<Type> {
        self.note_stored(call, called, arguments);
        if !value.is_vague() {
            return None;
        }
        let hint = self.apparent_result(called, arguments);
        hint.or_else(|| self.loaded(call, called))
    }

    /// Notes what a call stores.
    fn note_stored(&mut self, call: &ExprCall, called: &Called, arguments: &[Passed]) {
        let path = called.function.path.as_deref();
        if !path.is_some_and(|it| STORING.contains(&it)) {
            return;
        }
        let [_, file, ..] = &*call.arguments.args else {
            return;
        };
        if let (Some(place), Some(object)) = (self.place_of(file), arguments.first()) {
            let ty = object.value.apparent().filter(|it| !it.is_vague());
            let known = self.apparent.held.objects.entry(place);
            // Which of several things is there when it is read nobody knows.
            known
                .and_modify(|it| *it = it.take().filter(|it| Some(it) == ty.as_ref()))
                .or_insert(ty);
        }
    }

    /// What a call loads that the program stored before.
    fn loaded(&self, call: &ExprCall, called: &Called) -> Option<Type> {
        let path = called.function.path.as_deref();
        path.filter(|it| LOADING.contains(it))?;
        let place = self.place_of(call.arguments.args.first()?)?;
        self.apparent.held.objects.get(&place)?.clone()
    }

    /// A text that two expressions share which mean the same file: the path, where it is written down, else how the module
    /// puts it together.
    fn place_of(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::StringLiteral(it) => Some(it.value.to_str().to_owned()),
            Expr::Name(name) => {
                let name = name.id.as_str();
                if let Some(place) = self.apparent.held.opened.get(name) {
                    return Some(place.clone());
                }
                let locals = self.frames.last().and_then(|it| it.locals.get(name));
                let known = locals.or_else(|| self.globals.get(name));
                let literal = known.filter(|it| it.is("str"))?.literal.as_deref();
                literal
                    .map(str::to_owned)
                    .or_else(|| self.frames.is_empty().then(|| format!("{{{name}}}")))
            }
            Expr::Call(call) => match &*call.func {
                Expr::Attribute(method) if method.attr.as_str() == "open" => {
                    let first = call.arguments.args.first();
                    let is_module = |it: &Expr| {
                        it.as_name_expr()
                            .is_some_and(|it| self.imports.contains_key(it.id.as_str()))
                    };
                    if is_module(&method.value) {
                        self.place_of(first?)
                    } else {
                        self.place_of(&method.value)
                    }
                }
                Expr::Name(name) if ["open", "str", "Path"].contains(&name.id.as_str()) => {
                    self.place_of(call.arguments.args.first()?)
                }
                _ => None,
            },
            other => {
                let text = || self.program.text(other.range()).to_owned();
                self.frames.is_empty().then(text)
            }
        }
    }
}
