//! What calls of what the catalog describes give back.

use super::arrays::array_result;
use super::{Known, Passed};
use crate::analyze::Analyzer;
use crate::catalog::{Entry, EntryKind};
use crate::expressions::resolve_self;
use crate::value::Value;
use crate::{Effect, Type};

impl Analyzer<'_> {
    pub(super) fn result(&mut self, known: Known<'_>, arguments: &[Passed]) -> Value {
        let Known {
            entry,
            name,
            receiver,
        } = known;
        let ty = self.result_type(known, arguments);
        if is_receiver(entry)
            && let Some(receiver) = receiver
        {
            return receiver.clone();
        }
        if let Some(value) = self.container_result(known, ty.clone(), arguments) {
            return value;
        }
        let mut value = self.fresh(ty);
        if value.is_immutable() {
            return value;
        }
        let copy = arguments
            .iter()
            .find(|it| it.name.as_deref() == Some("copy"));
        let copies = match copy.and_then(|it| it.value.literal.as_deref()) {
            Some(text) => text == "True",
            None => copy.is_none() && (name.ends_with(".astype") || name == "pandas.concat"),
        };
        for alias in entry.aliases.iter().filter(|_| !copies) {
            let sources = arguments
                .iter()
                .filter(|it| alias == "*" || it.name.as_deref() == Some(alias));
            for argument in sources {
                share(&mut value, &argument.value);
            }
            if alias == "self"
                && let Some(receiver) = receiver
            {
                share(&mut value, receiver);
            }
        }
        // An object made from others may keep them, unless it is known to copy them.
        if entry.kind == EntryKind::Class && entry.aliases.is_empty() && !COPYING.contains(&name) {
            let is_figure = value.ty.as_ref().is_some_and(Type::is_figure);
            // A figure shows what it is given, and never changes it.
            let is_kept = |it: &Value| !is_figure || it.ty.as_ref().is_some_and(Type::is_figure);
            for argument in arguments.iter().filter(|it| is_kept(&it.value)) {
                value.absorb(&argument.value);
            }
        }
        value
    }

    fn result_type(&self, known: Known<'_>, arguments: &[Passed]) -> Option<Type> {
        let Known {
            entry,
            name,
            receiver,
        } = known;
        let first = arguments
            .first()
            .and_then(|argument| argument.value.ty.clone());
        if let Some(ty) = builtin_result(name, arguments) {
            return Some(ty);
        }
        if entry.returns.is_none()
            && let Some(ty) = array_result(name, arguments)
        {
            return Some(ty);
        }
        match (entry.returns.as_deref(), receiver) {
            (Some("T0"), _) => first,
            (Some(text), Some(Value { ty: Some(ty), .. })) => resolve_self(text, ty),
            (Some(text), _) => Type::parse(text),
            (None, _) if entry.kind == EntryKind::Class => {
                Some(Type::new(self.catalog.canonical(name)))
            }
            (None, receiver) => {
                let is_drawn = entry.effects.iter().any(|it| it.what == Effect::Figure);
                let is_part = receiver
                    .and_then(|it| it.ty.as_ref())
                    .is_some_and(Type::is_figure);
                (is_drawn || is_part).then(Type::figure_part)
            }
        }
    }
}

/// Classes whose objects keep nothing of their arguments.
const COPYING: &[&str] = &[
    "str",
    "int",
    "float",
    "bool",
    "pathlib.Path",
    "datetime.datetime",
    "datetime.timedelta",
];

/// Makes `value` share the objects of `source`.
fn share(value: &mut Value, source: &Value) {
    if source.is_immutable() {
        return;
    }
    value.views.extend(source.own.iter().chain(&source.views));
    value.holds.extend(source.holds.iter().chain(&source.own));
    value.draws |= source.draws;
}

pub(super) fn is_receiver(entry: &Entry) -> bool {
    matches!(entry.returns.as_deref(), Some("self" | "Self"))
        && entry.mutates.iter().any(|it| it.what.name == "self")
}

/// Types of results that follow from the arguments.
fn builtin_result(name: &str, arguments: &[Passed]) -> Option<Type> {
    let first = arguments
        .first()
        .and_then(|argument| argument.value.ty.clone());
    let element = |ty: Option<Type>| -> Vec<Type> {
        let Some(ty) = ty else { return Vec::new() };
        match ty.name.as_str() {
            "range" => vec![Type::new("int")],
            "str" => vec![Type::new("str")],
            "list" | "set" | "dict" | "frozenset" | "Iterator" | "Generator" | "reversed"
            | "map" | "filter" => ty.arguments.first().cloned().into_iter().collect(),
            "zip" | "enumerate" => ty.arguments.first().cloned().into_iter().collect(),
            "pandas.Series" | "pandas.Index" => vec![Type::new("scalar")],
            _ => Vec::new(),
        }
    };
    match name {
        "list" | "sorted" => Some(Type::generic("list", element(first))),
        "set" | "frozenset" => Some(Type::generic(name, element(first))),
        "reversed" => Some(Type::generic("reversed", element(first))),
        "enumerate" => {
            let inner = element(first);
            let pair = inner
                .into_iter()
                .next()
                .map(|ty| Type::generic("tuple", vec![Type::new("int"), ty]));
            Some(Type::generic("enumerate", pair.into_iter().collect()))
        }
        "zip" => {
            let parts: Option<Vec<Type>> = arguments
                .iter()
                .map(|argument| element(argument.value.ty.clone()).into_iter().next())
                .collect();
            let pair = parts.map(|parts| Type::generic("tuple", parts));
            Some(Type::generic("zip", pair.into_iter().collect()))
        }
        "sklearn.model_selection.train_test_split" => {
            let halves: Option<Vec<Type>> = arguments
                .iter()
                .filter(|argument| !argument.is_keyword)
                .flat_map(|argument| [argument.value.ty.clone(), argument.value.ty.clone()])
                .collect();
            halves
                .filter(|halves| !halves.is_empty())
                .map(|halves| Type::generic("tuple", halves))
        }
        "abs" | "max" | "min" | "round" | "sum" => first.filter(|ty| {
            matches!(
                ty.name.as_str(),
                "int" | "float" | "numpy.float64" | "numpy.ndarray"
            )
        }),
        _ => None,
    }
}
