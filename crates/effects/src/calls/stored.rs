//! Objects that the program stores, and loads again from where it stored them: annotations say what they were.

use std::collections::BTreeMap;

use srcify_syntax::Ranged;
use srcify_syntax::ast::{Expr, ExprCall};

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
    /// What was stored last at a place.
    objects: BTreeMap<String, Option<Type>>,
}

impl<'a> Analyzer<'a> {
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

    /// Notes what a call stores.
    pub(super) fn note_stored(
        &mut self,
        call: &ExprCall,
        path: Option<&str>,
        first: Option<&Value>,
    ) {
        if !path.is_some_and(|it| STORING.contains(&it)) {
            return;
        }
        let [_, file, ..] = &*call.arguments.args else {
            return;
        };
        if let (Some(place), Some(object)) = (self.place_of(file), first) {
            let ty = object.apparent().filter(|it| !it.is_vague());
            self.apparent.held.objects.insert(place, ty);
        }
    }

    /// What a call loads that the program stored before.
    pub(super) fn loaded(&self, call: &ExprCall, path: Option<&str>) -> Option<Type> {
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
