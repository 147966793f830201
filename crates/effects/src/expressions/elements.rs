//! What iterables give, by their types.

use srcify_syntax::ast::ExprStarred;

use super::items::is_vector;
use crate::Type;
use crate::analyze::Analyzer;
use crate::calls::models::READER;
use crate::calls::shapes::{AXES, is_grid, one_of_axes, row};
use crate::value::Value;

impl<'a> Analyzer<'a> {
    /// The value that stands after a star: all that it gives is taken, so that a generator runs to its end.
    pub(super) fn unpacked(&mut self, starred: &'a ExprStarred) -> Value {
        let value = self.evaluate(&starred.value);
        self.element(&value, starred.range);
        value
    }

    /// The list that a starred target gets, as the part `index` of `count` into which a value is unpacked.
    pub(crate) fn rest(
        &mut self,
        value: &Value,
        part: &Value,
        (index, count): (usize, usize),
    ) -> Value {
        let mut rest = self.fresh(Some(Type::new("list")));
        let element = value.apparent().and_then(|it| {
            if it.name != "tuple" || it.repeated().is_some() {
                return apparent_element(&it);
            }
            let end = (it.arguments.len() + index + 1).checked_sub(count)?;
            one_of(it.arguments.get(index..end)?)
        });
        rest.hint = element.map(|it| Type::generic("list", vec![it]));
        rest.absorb(part);
        rest
    }
}

/// The type of what an iterable gives, one after another.
pub(crate) fn element_of(ty: &Type) -> Option<Type> {
    match ty.name.as_str() {
        "range" => Some(Type::new("int")),
        "str" => Some(Type::new("str")),
        "tuple" if ty.repeated().is_some() => ty.repeated().cloned(),
        "tuple" => one_of(&ty.arguments),
        _ if is_record(ty) => one_of(&ty.arguments),
        "dict_keys" | "dict_values" | "dict_items" => ty.arguments.first().cloned(),
        "zip" if ty.arguments.len() > 1 => one_of(&ty.arguments),
        "list"
        | "set"
        | "dict"
        | "frozenset"
        | "Iterator"
        | "itertools.islice"
        | "itertools.cycle"
        | "itertools.chain"
        | "itertools.takewhile"
        | "itertools.dropwhile"
        | "itertools.combinations"
        | "itertools.permutations"
        | "itertools.combinations_with_replacement"
        | "itertools.pairwise"
        | "itertools.batched"
        | "itertools.product"
        | "itertools.chain.from_iterable"
        | "itertools.repeat"
        | "itertools.compress"
        | "itertools.count"
        | "Generator"
        | "enumerate"
        | "zip"
        | "map"
        | "filter"
        | "reversed"
        | "collections.deque"
        | "collections.Counter"
        | "collections.OrderedDict"
        | "collections.defaultdict" => ty.arguments.first().cloned(),
        AXES => Some(one_of_axes(ty)),
        _ if ty.is_figure() => Some(Type::figure_part()),
        "numpy.ndarray" if is_vector(ty) => ty.arguments.first().cloned(),
        "numpy.ndarray" if is_grid(ty) => Some(row(ty)),
        "pandas.DataFrame" | "pandas.Index" if !ty.arguments.is_empty() => {
            ty.arguments.first().cloned()
        }
        "pandas.DataFrame" | "pandas.Index" | "pandas.Series" => Some(Type::new("scalar")),
        "io.TextIOWrapper" => Some(Type::new("str")),
        READER => Some(Type::new("pandas.DataFrame")),
        _ => None,
    }
}

/// The type of any of several values.
fn one_of(types: &[Type]) -> Option<Type> {
    let (first, rest) = types.split_first()?;
    rest.iter().try_fold(first.clone(), |joined, it| {
        Type::join(Some(&joined), Some(it))
    })
}

/// What an iterable appears to give.
pub(crate) fn apparent_element(ty: &Type) -> Option<Type> {
    let text = || Type::new("str");
    match ty.name.as_str() {
        // Columns are called by texts, as the stubs of pandas have it; others are told apart where a table is made.
        "pandas.DataFrame" if ty.arguments.is_empty() => Some(text()),
        "pandas.Series" if !ty.arguments.is_empty() => ty.arguments.first().cloned(),
        "csv.DictReader" => Some(Type::generic("dict", vec![text(), text()])),
        "csv.reader" | "_csv.reader" => Some(Type::generic("list", vec![text()])),
        name if let Some(set) = name.strip_prefix("river.datasets.") => {
            let (value, target) = match set {
                "Phishing" | "CreditCard" | "Elec2" | "HTTP" => ("float", "bool"),
                "TrumpApproval" => ("float", "float"),
                "ChickWeights" | "WaterFlow" => ("float", "int"),
                "ImageSegments" => ("float", "str"),
                _ => return None,
            };
            let features = Type::generic("dict", vec![text(), Type::new(value)]);
            Some(Type::generic("tuple", vec![features, Type::new(target)]))
        }
        name if let Some(view) = name.strip_prefix("networkx.classes.reportviews.") => {
            let node = || Type::new("collections.abc.Hashable");
            let pair = |second: Type| Some(Type::generic("tuple", vec![node(), second]));
            match view {
                "NodeView" => Some(node()),
                "EdgeView" | "OutEdgeView" | "InEdgeView" => pair(node()),
                "DegreeView" | "InDegreeView" | "OutDegreeView" | "DiDegreeView" => {
                    pair(Type::new("int"))
                }
                _ => None,
            }
        }
        _ => element_of(ty),
    }
}

/// Whether it is a tuple whose parts have names, as the tests of scipy give: `Result[float, float]`.
pub(super) fn is_record(ty: &Type) -> bool {
    ty.name.starts_with("scipy.stats.") && ty.name.ends_with("Result") && !ty.arguments.is_empty()
}

/// The type of one of the parts that a value is unpacked into.
pub(super) fn part_of(ty: &Type, index: usize, count: usize) -> Option<Type> {
    match ty.name.as_str() {
        "tuple" if ty.repeated().is_some() => ty.repeated().cloned(),
        "tuple" | "zip" if ty.arguments.len() == count => ty.arguments.get(index).cloned(),
        _ if is_record(ty) && ty.arguments.len() == count => ty.arguments.get(index).cloned(),
        "list" | "Generator" | "Iterator" | "map" | "filter" | "set" | "frozenset"
        | "dict_values" | "dict_keys" | "dict_items" | "reversed" => ty.arguments.first().cloned(),
        "str" => Some(ty.clone()),
        AXES => Some(one_of_axes(ty)),
        // Records of arrays that go through them.
        "control.TimeResponseData" | "control.FrequencyResponseData" => {
            Some(Type::new("numpy.ndarray"))
        }
        "numpy.ndarray" if is_vector(ty) => ty.arguments.first().cloned(),
        "numpy.ndarray" if is_grid(ty) => Some(row(ty)),
        "pandas.Series" => ty.arguments.first().cloned(),
        _ if ty.is_figure() => Some(Type::figure_part()),
        // One of several tuples: `("ridge", Ridge())` or `("lasso", Lasso())`.
        "|" => {
            let mut parts = ty.members().iter().map(|it| part_of(it, index, count));
            let first = parts.next()??;
            parts.try_fold(first, |known, part| Type::join(Some(&known), part.as_ref()))
        }
        _ => None,
    }
}
