//! Types as a reader wants them: a base class in place of many of its subclasses.

use crate::Type;
use crate::analyze::Analyzer;
use crate::catalog::Catalog;
use crate::code::Codes;

/// As many alternatives as an annotation may have.
const MAX_ALTERNATIVES: usize = 3;

impl Analyzer<'_> {
    /// Puts base classes in place of unions, where the facts tell types to others, once all is told.
    pub(crate) fn simplify_types(&mut self) {
        self.tell_partly_known();
        let codes = &self.codes();
        for unit in &mut self.units {
            unit.types.retain(|_, ty| replace(codes, ty));
            unit.hints.retain(|_, ty| replace(codes, ty));
        }
        for facts in self.functions.values_mut() {
            facts.parameters.retain(|_, ty| replace(codes, ty));
            facts.hints.retain(|_, ty| replace(codes, ty));
            facts.locals.retain(|_, ty| replace(codes, ty));
            facts.returns = facts.returns.take().and_then(|ty| readable(codes, &ty));
            facts.returns_hint = facts
                .returns_hint
                .take()
                .and_then(|ty| readable(codes, &ty));
        }
    }
}

impl Codes<'_> {
    /// A type as a reader wants it.
    pub(crate) fn readable(&self, ty: &Type) -> Option<Type> {
        readable(self, ty)
    }
}

/// Replaces a type by the readable one; `false` when none is left.
fn replace(codes: &Codes<'_>, ty: &mut Type) -> bool {
    match readable(codes, ty) {
        Some(simple) => {
            *ty = simple;
            true
        }
        None => false,
    }
}

fn readable(codes: &Codes<'_>, ty: &Type) -> Option<Type> {
    if ty.name == "code" {
        // What functions give may be functions of the program, too.
        return codes
            .deeper()?
            .resolved(&ty.arguments)
            .and_then(|it| readable(&codes.deeper()?, &it));
    }
    let arguments = ty.arguments.iter();
    if ty.name != "|" {
        let is_container =
            ["dict", "collections.defaultdict", "list", "tuple"].contains(&ty.name.as_str());
        let arguments = arguments.map(|it| {
            let told = readable(codes, it).filter(|it| !(is_container && is_mixed(it)));
            Type::or_unknown(told)
        });
        return Some(Type::generic(&ty.name, arguments.collect()));
    }
    let (called, others): (Vec<&Type>, Vec<&Type>) = arguments.partition(|it| it.name == "code");
    // What may be called, or may be something else, is used as both: no union can say when.
    if !called.is_empty() && others.iter().any(|it| it.name != "None") {
        return None;
    }
    let keys = called.into_iter().flat_map(|it| it.arguments.clone());
    let called = Type::generic("code", keys.collect());
    let called = Some(&called).filter(|it| !it.arguments.is_empty());
    let mut members: Vec<Type> = Vec::new();
    for member in called.into_iter().chain(others) {
        let member = readable(codes, member)?;
        if !members.contains(&member) {
            members.push(member);
        }
    }
    let all = members.clone();
    members.retain(|it| !all.iter().any(|other| other != it && covers(other, it)));
    if let Some(tuple) = one_tuple(codes, &members) {
        return Some(tuple);
    }
    let (mut classes, mut others): (Vec<Type>, Vec<Type>) =
        members.into_iter().partition(|it| it.name.contains('.'));
    if classes.len() >= MAX_ALTERNATIVES
        && let Some(base) = common_base(codes.catalog, &classes)
    {
        classes = vec![base];
    }
    classes.append(&mut others);
    match classes.len() {
        0 => None,
        1 => classes.pop(),
        2..=4 => Some(Type::generic("|", classes)),
        _ => None,
    }
}

/// Whether objects of classes stand beside texts and numbers: what a dictionary holds then depends on the key, and no
/// annotation of all its values helps whoever asks for one.
fn is_mixed(ty: &Type) -> bool {
    const PLAIN: [&str; 7] = ["str", "int", "float", "bool", "list", "dict", "tuple"];
    let is_object = |it: &Type| {
        [
            "sklearn.",
            "torch.",
            "xgboost.",
            "lightgbm.",
            "statsmodels.",
        ]
        .iter()
        .any(|root| it.name.starts_with(root))
    };
    let members = ty.members();
    ty.name == "|"
        && members.iter().any(is_object)
        && members.iter().any(|it| PLAIN.contains(&it.name.as_str()))
}

/// Whether one container says all that another says, and leaves more open: `list[Any]` beside `list[int]`.
fn covers(wide: &Type, narrow: &Type) -> bool {
    let is_open = |it: &Type| it.name == "unknown";
    let is_container = !wide.arguments.is_empty() && wide.name != "|";
    let pairs = || wide.arguments.iter().zip(&narrow.arguments);
    is_container
        && wide.name == narrow.name
        && wide.arguments.len() == narrow.arguments.len()
        && pairs().all(|(wide, narrow)| is_open(wide) || wide == narrow || covers(wide, narrow))
}

/// A tuple with alternatives in place of several tuples of one length.
fn one_tuple(codes: &Codes<'_>, members: &[Type]) -> Option<Type> {
    let (first, rest) = members.split_first()?;
    let is_alike = |it: &Type| {
        it.name == "tuple"
            && it.repeated().is_none()
            && it.arguments.len() == first.arguments.len()
            && !it.arguments.is_empty()
    };
    if rest.is_empty() || !members.iter().all(is_alike) {
        return None;
    }
    let places = (0..first.arguments.len()).map(|at| {
        let each = members.iter().map(|it| it.arguments[at].clone());
        let joined = each
            .map(Some)
            .reduce(|all, it| Type::join(all.as_ref(), it.as_ref()))?;
        readable(&codes.deeper()?, &joined?)
    });
    let places: Vec<Type> = places.map(Type::or_unknown).collect();
    Some(Type::generic("tuple", places))
}

/// A class of a library that all of these are instances of.
fn common_base(catalog: &Catalog, classes: &[Type]) -> Option<Type> {
    const ESTIMATOR: &str = "sklearn.base.BaseEstimator";
    let is_base = |base: &str| classes.iter().all(|it| catalog.is_subclass(&it.name, base));
    if is_base(ESTIMATOR) {
        return Some(Type::new(ESTIMATOR));
    }
    let first = classes.first()?;
    let mut pending: Vec<&str> = vec![&first.name];
    while let Some(class) = pending.pop() {
        let is_public = !class.contains("._") && class.contains('.') && !class.starts_with("abc.");
        if is_public && is_base(class) {
            return Some(Type::new(class));
        }
        pending.extend(catalog.bases_of(class));
    }
    None
}
