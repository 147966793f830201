//! What calls appear to give: types that annotations may say, and nothing else rests on.

use super::results::is_receiver;
use super::{Called, Known, Passed};
use crate::Type;
use crate::analyze::Analyzer;
use crate::catalog::EntryKind;
use crate::documented::Given;
use crate::value::{Callable, Value};

impl Analyzer<'_> {
    /// What a call appears to give, of which the analysis does not know the type.
    pub(super) fn apparent_result(&self, called: &Called, arguments: &[Passed]) -> Option<Type> {
        let arguments: Vec<Passed> = arguments.iter().map(as_apparent).collect();
        let path = match (&called.function.callable, &called.function.path) {
            (Some(Callable::Path(path)), _) | (None, Some(path)) => Some(path),
            (None | Some(Callable::Library(..)), None) => None,
            // Of the user's code the value itself tells.
            _ => return None,
        };
        let found = if let Some(path) = path {
            self.apparent_of_function(path, &arguments)
        } else {
            let (receiver, method) = called.member.as_ref()?;
            self.apparent_of_method(receiver, method, &arguments)
        };
        found.filter(|it| !it.is_vague())
    }

    fn apparent_of_function(&self, path: &str, arguments: &[Passed]) -> Option<Type> {
        let path = &*self.catalog.resolved(path);
        if let Some(ty) = split(path, arguments) {
            return Some(ty);
        }
        let entry = self.catalog.lookup(path).cloned().unwrap_or_default();
        self.result_type(Known::free(&entry, path), arguments)
            .filter(|it| !it.is_vague())
            .or_else(|| self.catalog.apparent_call(path, &Given::of(arguments)))
    }

    fn apparent_of_method(
        &self,
        receiver: &Value,
        method: &str,
        arguments: &[Passed],
    ) -> Option<Type> {
        let ty = receiver.apparent()?;
        let mut joined: Option<Type> = None;
        for member in ty.members().iter().filter(|it| it.name != "None") {
            let receiver = Value {
                ty: Some(member.clone()),
                ..receiver.clone()
            };
            let found = self.apparent_of_member(&receiver, member, method, arguments)?;
            joined = match joined {
                Some(known) => Some(Type::join(Some(&known), Some(&found))?),
                None => Some(found),
            };
        }
        joined
    }

    fn apparent_of_member(
        &self,
        receiver: &Value,
        ty: &Type,
        method: &str,
        arguments: &[Passed],
    ) -> Option<Type> {
        if let Some(ty) = of_container(ty, method) {
            return Some(ty);
        }
        let entry = self.member_entry(&ty.name, method).unwrap_or_default();
        let name = format!("{}.{method}", ty.name);
        let known = Known {
            entry: &entry,
            name: &name,
            receiver: Some(receiver),
        };
        if entry.kind == EntryKind::Method && is_receiver(&entry, arguments) {
            return Some(ty.clone());
        }
        self.result_type(known, arguments)
            .filter(|it| !it.is_vague())
            .or_else(|| {
                let bases = self
                    .lineage(&ty.name)
                    .into_iter()
                    .flat_map(|(_, it)| it.bases);
                let classes = std::iter::once(ty.name.clone()).chain(bases);
                let told = classes
                    .map(|class| format!("{class}.{method}"))
                    .find_map(|name| self.catalog.apparent_call(&name, &Given::of(arguments)))?;
                Some(if told.name == "self" {
                    ty.clone()
                } else {
                    told
                })
            })
    }
}

fn as_apparent(passed: &Passed) -> Passed {
    Passed {
        value: passed.value.as_apparent(),
        ..passed.clone()
    }
}

/// What methods of containers give of their elements.
fn of_container(ty: &Type, method: &str) -> Option<Type> {
    let argument = |at: usize| ty.arguments.get(at).cloned();
    let of = |name: &str, element: Option<Type>| Some(Type::generic(name, vec![element?]));
    match (ty.name.as_str(), method) {
        ("dict" | "collections.defaultdict" | "collections.OrderedDict", "values") => {
            of("dict_values", argument(1))
        }
        ("dict" | "collections.defaultdict" | "collections.OrderedDict", "keys") => {
            of("dict_keys", argument(0))
        }
        ("dict" | "collections.defaultdict" | "collections.OrderedDict", "items") => of(
            "dict_items",
            Some(Type::generic("tuple", vec![argument(0)?, argument(1)?])),
        ),
        ("dict" | "collections.defaultdict" | "collections.OrderedDict", "pop" | "setdefault") => {
            argument(1)
        }
        ("list" | "collections.deque" | "set", "pop") => argument(0),
        ("list" | "set" | "dict", "copy") => Some(ty.clone()),
        _ => None,
    }
}

/// Functions that divide what they are given: each array or table becomes several of its kind.
fn split(path: &str, arguments: &[Passed]) -> Option<Type> {
    let parts = SPLITTERS.iter().find(|(name, _)| *name == path)?.1;
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    let is_data = |it: &&Passed| !it.is_keyword || matches!(it.name.as_deref(), Some("X" | "y"));
    let mut types = Vec::new();
    for argument in arguments.iter().filter(is_data) {
        let ty = argument.value.ty.clone()?;
        // A masked array, a matrix or a table stays what it is; a list stays a list.
        types.extend(std::iter::repeat_n(ty, parts));
    }
    (!types.is_empty()).then(|| Type::generic("tuple", types))
}

/// Splitting functions, with how many parts each array becomes.
const SPLITTERS: &[(&str, usize)] = &[
    ("sklearn.model_selection.train_test_split", 2),
    ("mapie.utils.train_conformalize_test_split", 3),
    ("sktime.split.temporal_train_test_split", 2),
    (
        "sktime.forecasting.model_selection.temporal_train_test_split",
        2,
    ),
    ("sktime.forecasting.base.temporal_train_test_split", 2),
    ("pmdarima.model_selection.train_test_split", 2),
    ("pmdarima.model_selection.split.train_test_split", 2),
    ("dask_ml.model_selection.train_test_split", 2),
];
