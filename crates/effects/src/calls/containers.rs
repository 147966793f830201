//! Containers of the language and of `collections`: what takes elements out, and what makes a new one of them.

use srcify_syntax::ast::Expr;

use super::shapes::{AXES, one_of_axes};
use super::{Known, Passed};
use crate::analyze::{Analyzer, Body};
use crate::expressions::elements::{apparent_element, element_of};
use crate::value::{Callable, Changes, Later, Value};
use crate::{Effect, Type};

impl Analyzer<'_> {
    /// The result of a function or method that gives elements, or a new container with the same elements.
    #[expect(clippy::too_many_lines, reason = "a table of names")]
    pub(super) fn container_result(
        &mut self,
        known: Known<'_>,
        ty: Option<Type>,
        arguments: &[Passed],
    ) -> Option<Value> {
        if let Some(receiver) = known.receiver {
            return self.container_method(known, receiver, ty, arguments);
        }
        let first = arguments.first().map(|it| it.value.clone());
        match known.name {
            "next" | "max" | "min" => {
                let mut result = Value::never();
                for argument in arguments.iter().filter(|it| !it.is_keyword) {
                    let is_single =
                        known.name == "next" || arguments.len() == 1 || arguments[1].is_keyword;
                    let one =
                        if is_single && (is_container(&argument.value) || known.name == "next") {
                            let inner = element_type(argument.value.ty.as_ref());
                            self.inside(&argument.value, inner)
                        } else {
                            argument.value.clone()
                        };
                    result = result.join(&one);
                    if is_single {
                        break;
                    }
                }
                if result.is_never {
                    return None;
                }
                result.ty = ty.or(result.ty);
                Some(result)
            }
            "zip" | "enumerate" => {
                let mut parts: Vec<Value> = Vec::new();
                if known.name == "enumerate" {
                    parts.push(Value::of_type("int"));
                }
                for argument in arguments.iter().filter(|it| !it.is_keyword) {
                    if argument.is_unpacked || (known.name == "enumerate" && parts.len() > 1) {
                        break;
                    }
                    let inner = element_type(argument.value.ty.as_ref());
                    let mut part = self.inside(&argument.value, inner);
                    if part.is_vague() {
                        let ty = argument.value.apparent();
                        let hint = ty.and_then(|it| apparent_element(&it));
                        part.hint = hint.filter(|it| !it.is_vague()).or(part.hint);
                    }
                    // `enumerate(zip(rows, labels))`
                    if argument.value.is("zip") || argument.value.is("enumerate") {
                        part.parts.clone_from(&argument.value.parts);
                    }
                    parts.push(part);
                }
                let is_known = arguments.iter().all(|it| !it.is_unpacked);
                let mut value = self.fresh(ty);
                for part in &parts {
                    value.absorb(part);
                }
                for argument in arguments {
                    value.look_at(&argument.value);
                    if argument.is_unpacked {
                        value.take_elements(&argument.value);
                    }
                    if argument.is_unpacked || !is_container(&argument.value) {
                        value.absorb(&argument.value);
                    }
                }
                if is_known {
                    value.parts = parts;
                }
                Some(value)
            }
            name if name.starts_with("itertools.") || name == "iter" => {
                if arguments.is_empty() {
                    return None;
                }
                let inner = element_type(first.as_ref()?.ty.as_ref());
                let kind = if name == "iter" { "Iterator" } else { name };
                let ty = match name {
                    "iter"
                    | "itertools.islice"
                    | "itertools.cycle"
                    | "itertools.chain"
                    | "itertools.takewhile"
                    | "itertools.dropwhile"
                    | "itertools.filterfalse" => Type::generic(kind, inner.into_iter().collect()),
                    _ => Type::generic(kind, put_together(name, arguments).into_iter().collect()),
                };
                let mut value = self.fresh(Some(ty));
                for argument in arguments {
                    value.look_at(&argument.value);
                    if is_container(&argument.value) || argument.value.called().is_some() {
                        value.take_elements(&argument.value);
                        value.take_functions(&argument.value);
                    } else {
                        value.absorb(&argument.value);
                    }
                }
                if name == "itertools.tee" {
                    let parts = vec![value.clone().with_type(Type::new("Iterator")); 2];
                    value.ty = Some(Type::new("tuple"));
                    value.parts = parts;
                }
                Some(value)
            }
            "list"
            | "tuple"
            | "set"
            | "frozenset"
            | "sorted"
            | "dict"
            | "collections.deque"
            | "collections.OrderedDict" => {
                let mut value = self.fresh(ty);
                // `dict(a=x)`: what is named is an element itself; `key=` is none.
                let takes_named = matches!(known.name, "dict" | "collections.OrderedDict");
                for argument in arguments.iter().filter(|it| takes_named && it.is_keyword) {
                    value.absorb(&argument.value);
                }
                for argument in arguments.iter().filter(|it| !it.is_keyword) {
                    if is_container(&argument.value) {
                        value.take_elements(&argument.value);
                    } else {
                        // Of what is not known the elements may be views: rows of an array.
                        value.absorb(&argument.value);
                    }
                    value.take_functions(&argument.value);
                    value.draws |= argument.value.draws;
                }
                if known.name == "dict" {
                    let items = self.copied_items(arguments);
                    self.write_items(&mut value, items);
                }
                Some(value)
            }
            "map" | "filter" | "reversed" => {
                let mut value = self.fresh(ty);
                for argument in arguments {
                    value.look_at(&argument.value);
                    if is_container(&argument.value) || argument.value.called().is_some() {
                        value.take_elements(&argument.value);
                        value.take_functions(&argument.value);
                    } else {
                        value.absorb(&argument.value);
                    }
                }
                Some(value)
            }
            "csv.reader" | "csv.DictReader" | "river.stream.iter_csv" => {
                let file = first?;
                let mut value = self.fresh(ty);
                value.look_at(&file);
                let is_file = file.is("io.TextIOWrapper");
                let is_read_on = is_file
                    || file.is("io.StringIO")
                    || file.is("Iterator")
                    || file.ty.is_none() && !file.own.is_empty();
                // River opens the file when it is asked for the first row.
                if is_file || known.name == "river.stream.iter_csv" {
                    value.lazy.insert(Effect::ReadFile, true);
                }
                if is_read_on {
                    value.later = Later::of(Changes {
                        objects: file.own,
                        ..Changes::default()
                    });
                }
                value.literal = Some(ROWS.into());
                Some(value)
            }
            "heapq.heappop" => {
                let heap = first?;
                Some(self.inside(&heap, element_type(heap.ty.as_ref())))
            }
            "heapq.heappushpop" | "heapq.heapreplace" => {
                let heap = first?;
                let least = self.inside(&heap, element_type(heap.ty.as_ref()));
                Some(least.join(&arguments.get(1)?.value))
            }
            // Keys are hashable, and counts are numbers.
            "collections.Counter" => {
                let key = first.and_then(|it| element_type(it.ty.as_ref()));
                let key = key.filter(Type::is_immutable);
                let key = key.filter(|it| it.name != "scalar");
                let hashable = Type::new("collections.abc.Hashable");
                let key = key.unwrap_or_else(|| Type::hinted(Some(hashable)));
                let counts = vec![key, Type::new("int")];
                Some(self.fresh(Some(Type::generic("collections.Counter", counts))))
            }
            "types.SimpleNamespace" | "argparse.Namespace" => {
                let mut value = self.fresh(ty);
                for argument in arguments {
                    value.absorb(&argument.value);
                }
                self.note_namespace(&value, arguments);
                Some(value)
            }
            // What is written goes to the first.
            "collections.ChainMap" => {
                let mut value = self.fresh(ty);
                value.own.add(&first?.own);
                for argument in arguments {
                    value.absorb(&argument.value);
                }
                Some(value)
            }
            // An array's copy shares nothing, a frame's its columns until one is written to.
            "copy.copy" | "dataclasses.replace" | "copy.replace" => {
                let first = first?;
                let own = first
                    .ty
                    .clone()
                    .filter(|it| self.classes.contains_key(it.name.as_str()));
                let mut value = self.fresh(own.clone().or(ty));
                value.take_elements(&first);
                if own.is_some() {
                    // What its attributes are is shared.
                    value.deep.add(&first.own);
                    value.holds.add(&first.own);
                }
                value.parts.clone_from(&first.parts);
                for argument in arguments.iter().skip(1) {
                    value.absorb(&argument.value);
                }
                Some(value)
            }
            "collections.defaultdict" => {
                let first = first?;
                let made = match (&first.path, &first.callable) {
                    (Some(factory), _) => empty(factory),
                    (None, Some(Callable::Closure(index))) => match self.closures[*index].body {
                        Body::Expression(body) => {
                            let is_plain = |name: &str| match self.imports.get(name) {
                                Some(path) => path == "collections.defaultdict",
                                None => self.globals.get(name).is_none(),
                            };
                            made_by(body, &is_plain)?
                        }
                        Body::Statements(_) => return None,
                    },
                    _ => return None,
                };
                let ty = Type::generic("collections.defaultdict", vec![Type::never(), made]);
                Some(self.unknown_of(Some(ty)))
            }
            _ => None,
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table of names")]
    fn container_method(
        &mut self,
        known: Known<'_>,
        receiver: &Value,
        ty: Option<Type>,
        arguments: &[Passed],
    ) -> Option<Value> {
        let own = receiver.ty.as_ref()?;
        let method = known.name.rsplit('.').next()?;
        let is_dict = matches!(
            own.name.as_str(),
            "dict" | "collections.defaultdict" | "collections.OrderedDict" | "collections.Counter"
        );
        let is_list = matches!(
            own.name.as_str(),
            "list" | "collections.deque" | "set" | "frozenset"
        );
        let argument = |at: usize| {
            own.arguments
                .get(at)
                .cloned()
                .filter(|ty| ty.name != "never")
        };
        if is_dict {
            return match method {
                "get" | "pop" | "setdefault" => {
                    let is_empty = own.arguments.iter().any(|ty| ty.name == "never");
                    let default = arguments.get(1).map(|it| it.value.clone());
                    let inner = self.inside(receiver, argument(1));
                    match default {
                        Some(default) if is_empty => Some(default),
                        // `counts.get(key, 0)`: a number, whatever else is counted.
                        Some(default)
                            if self.is_presuming && is_number(&default) && inner.ty.is_none() =>
                        {
                            Some(default)
                        }
                        Some(default) => Some(inner.join(&default)),
                        None => Some(inner),
                    }
                }
                "values" => Some(self.elements(receiver, "dict_values", argument(1))),
                "keys" => Some(self.elements(receiver, "dict_keys", argument(0))),
                "items" => {
                    let mut key = self.inside(receiver, argument(0));
                    // Keys are hashable.
                    for objects in [&mut key.own, &mut key.views, &mut key.holds, &mut key.deep] {
                        objects.clear();
                    }
                    let parts = vec![key, self.inside(receiver, argument(1))];
                    let types: Option<Vec<Type>> = parts.iter().map(Value::element_type).collect();
                    let pair = types
                        .map_or_else(|| Type::new("tuple"), |types| Type::generic("tuple", types));
                    let mut value = self.elements(receiver, "dict_items", Some(pair));
                    value.parts = parts;
                    Some(value)
                }
                "copy" => Some(
                    self.elements(receiver, &own.name.clone(), None)
                        .with_type(own.clone()),
                ),
                _ => None,
            };
        }
        if is_list {
            return match method {
                "pop" | "popleft" => Some(self.inside(receiver, argument(0))),
                "copy" => Some(
                    self.elements(receiver, &own.name.clone(), None)
                        .with_type(own.clone()),
                ),
                "union" | "intersection" | "difference" | "symmetric_difference" => {
                    let mut value = self.elements(receiver, "set", None).with_type(own.clone());
                    for it in arguments {
                        value.take_elements(&it.value);
                    }
                    Some(value)
                }
                _ => None,
            };
        }
        let _ = ty;
        None
    }

    /// An element of a container.
    pub(crate) fn inside(&mut self, container: &Value, ty: Option<Type>) -> Value {
        let mut value = self.derived(container, ty);
        if is_container(container) {
            part_from(&mut value, container);
        }
        container.tell_element(value)
    }

    /// A new container, or a view of one, with the same elements.
    fn elements(&mut self, container: &Value, name: &str, element: Option<Type>) -> Value {
        let mut value = self.fresh(Some(Type::generic(name, element.into_iter().collect())));
        value.take_elements(container);
        value.functions.clone_from(&container.functions);
        value.fields.clone_from(&container.fields);
        value.draws = container.draws;
        if name.starts_with("dict_") {
            // A view shows what becomes of its dictionary.
            value.own.add(&container.own);
        }
        value
    }
}

/// What a class of the language makes of nothing.
fn empty(class: &str) -> Type {
    match class {
        "list" | "set" => Type::generic(class, vec![Type::never()]),
        "dict" => Type::generic("dict", vec![Type::never(), Type::never()]),
        _ => Type::new(class),
    }
}

/// What an expression makes that begins something empty, or at a number.
fn made_by(expression: &Expr, is_plain: &dyn Fn(&str) -> bool) -> Option<Type> {
    let ty = match expression {
        Expr::List(it) if it.elts.is_empty() => empty("list"),
        Expr::Dict(it) if it.items.is_empty() => empty("dict"),
        Expr::StringLiteral(_) => Type::new("str"),
        Expr::BooleanLiteral(_) => Type::new("bool"),
        Expr::NumberLiteral(it) if it.value.is_int() => Type::new("int"),
        Expr::NumberLiteral(it) if it.value.is_float() => Type::new("float"),
        Expr::Call(call) => {
            let class = call.func.as_name_expr()?.id.as_str();
            if !is_plain(class) {
                return None;
            }
            match (class, &call.arguments.args[..]) {
                ("list" | "set" | "dict" | "int" | "float" | "str", []) => empty(class),
                ("defaultdict", [Expr::Name(factory)]) => {
                    let made = vec![Type::never(), empty(factory.id.as_str())];
                    Type::generic("collections.defaultdict", made)
                }
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(ty)
}

/// What iterators give that put elements of others together.
fn put_together(name: &str, arguments: &[Passed]) -> Option<Type> {
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    let element = |at: usize| element_of(arguments.get(at)?.value.ty.as_ref()?);
    let literal = |at: usize| arguments.get(at)?.value.literal.as_deref()?.parse().ok();
    let tuple = |each: Type, count: Option<usize>| match count.filter(|it| *it <= MAX_TUPLE) {
        Some(count) => Type::generic("tuple", vec![each; count]),
        None => Type::tuple_of(each),
    };
    match name.strip_prefix("itertools.")? {
        "combinations" | "permutations" | "combinations_with_replacement" => {
            Some(tuple(element(0)?, literal(1)))
        }
        "pairwise" => Some(tuple(element(0)?, Some(2))),
        "batched" => Some(Type::tuple_of(element(0)?)),
        "product" => {
            let named = arguments.iter().position(|it| it.is_keyword);
            let parts: Option<Vec<Type>> =
                (0..named.unwrap_or(arguments.len())).map(element).collect();
            match (named, &parts?[..]) {
                (None, parts) => Some(Type::generic("tuple", parts.to_vec())),
                (Some(at), [each]) => Some(tuple(each.clone(), literal(at))),
                _ => None,
            }
        }
        "chain.from_iterable" => element_of(&element(0)?),
        "repeat" => arguments.first()?.value.element_type(),
        "compress" => element(0),
        "count" => arguments
            .iter()
            .all(|it| it.value.is("int"))
            .then(|| Type::new("int")),
        _ => None,
    }
}

/// Longer tuples are not written out.
const MAX_TUPLE: usize = 4;

/// What the value of a reader of rows says: each row is a new object.
pub(crate) const ROWS: &str = "rows";

fn is_number(value: &Value) -> bool {
    ["int", "float"].iter().any(|it| value.is(it))
}

/// Makes an element an object apart from its container; one of a container of which nobody knows what it holds stands for
/// the container, so that a change of it is one.
pub(crate) fn part_from(element: &mut Value, container: &Value) {
    element.views.clear();
    if container.is_closed() && !element.is_immutable() {
        element.own.add(&container.own);
    }
}

/// Containers whose elements are objects of their own; those made by a call have the elements of what it was given.
pub(crate) fn is_container(value: &Value) -> bool {
    value.ty.as_ref().is_some_and(|ty| {
        ty.is_immutable()
            || matches!(
                ty.name.as_str(),
                "list"
                    | "dict"
                    | "set"
                    | "tuple"
                    | "frozenset"
                    | "collections.deque"
                    | "collections.defaultdict"
                    | "collections.OrderedDict"
                    | "collections.Counter"
                    | "dict_values"
                    | "dict_keys"
                    | "dict_items"
                    | "zip"
                    | "map"
                    | "filter"
                    | "enumerate"
                    | "reversed"
                    | "Generator"
                    | "Iterator"
                    | "csv.DictReader"
                    | "pandas.Index"
                    | "pandas.Series"
            )
            || ty.name.starts_with("itertools.")
    })
}

/// The type of the elements.
pub(crate) fn element_type(ty: Option<&Type>) -> Option<Type> {
    let ty = ty?;
    match ty.name.as_str() {
        "range" => Some(Type::new("int")),
        "str" => Some(Type::new("str")),
        "pandas.Index" | "pandas.DataFrame" if !ty.arguments.is_empty() => {
            ty.arguments.first().cloned()
        }
        "pandas.Index" | "pandas.Series" | "pandas.DataFrame" => Some(Type::new("scalar")),
        AXES => Some(one_of_axes(ty)),
        _ if ty.repeated().is_some() => ty.repeated().cloned(),
        "tuple" => {
            let mut members = ty.arguments.iter();
            let first = members.next().cloned();
            members.fold(first, |joined, member| {
                Type::join(joined.as_ref(), Some(member))
            })
        }
        "list" if ty.is_figure() => ty.arguments.first().cloned(),
        _ if ty.is_figure() => Some(Type::figure_part()),
        name if name.contains('.') && !name.starts_with("collections.") => None,
        _ => ty
            .arguments
            .first()
            .cloned()
            .filter(|ty| ty.name != "never" && *ty != Type::unknown()),
    }
}
