//! The types that annotations name.

use srcify_syntax::ast::{self, Expr};

use crate::Type;
use crate::analyze::Analyzer;
use crate::value::{Callable, Value};

/// Forms of `typing` whose brackets hold no arguments of a class.
const SPECIAL_FORMS: &[&str] = &[
    "Union",
    "Literal",
    "Annotated",
    "Final",
    "ClassVar",
    "Required",
    "NotRequired",
];

/// What is most likely given where an annotation names an interface; `None` where that may be anything.
fn likely(name: &str) -> Option<&str> {
    let plain = name
        .strip_prefix("collections.abc.")
        .or_else(|| name.strip_prefix("typing_extensions."))
        .unwrap_or(name);
    Some(match plain {
        "Sequence" | "MutableSequence" | "Collection" | "Iterable" | "List" | "Reversible"
        | "Container" => "list",
        "Mapping" | "MutableMapping" | "Dict" => "dict",
        "AbstractSet" | "MutableSet" | "Set" => "set",
        "FrozenSet" => "frozenset",
        "Deque" => "collections.deque",
        "DefaultDict" => "collections.defaultdict",
        "Counter" => "collections.Counter",
        "OrderedDict" => "collections.OrderedDict",
        "TextIO" | "BinaryIO" | "IO" => "io.TextIOWrapper",
        "Text" | "AnyStr" => "str",
        "Hashable" => "scalar",
        "Type" => "type",
        "numpy.typing.NDArray" => "numpy.ndarray",
        "numpy.floating" | "numpy.integer" | "numpy.number" | "numbers.Number" => "float",
        "object" | "Any" | "Callable" | "Union" | "Self" | "Sized" | "numpy.typing.ArrayLike" => {
            return None;
        }
        _ => name,
    })
}

impl<'a> Analyzer<'a> {
    /// The type that an annotation names.
    pub(crate) fn annotation(&mut self, annotation: &'a Expr) -> Option<Type> {
        match annotation {
            Expr::StringLiteral(string) => {
                let written = Type::parse(string.value.to_str())?;
                self.quoted(&written)
            }
            Expr::NoneLiteral(_) => Some(Type::new("None")),
            Expr::BinOp(union) if union.op == ast::Operator::BitOr => {
                let (left, right) = (
                    self.annotation(&union.left)?,
                    self.annotation(&union.right)?,
                );
                Type::join(Some(&left), Some(&right))
            }
            Expr::Subscript(generic) if self.special_form(&generic.value).is_some() => {
                let form = self.special_form(&generic.value)?;
                self.of_special_form(form, &generic.slice)
            }
            Expr::Subscript(generic) => {
                let outer = self.annotation(&generic.value)?;
                let arguments: Option<Vec<Type>> = match &*generic.slice {
                    Expr::Tuple(tuple) => tuple.elts.iter().map(|it| self.annotation(it)).collect(),
                    single => self.annotation(single).map(|ty| vec![ty]),
                };
                match outer.name.as_str() {
                    "Optional" => {
                        let inner = arguments?.into_iter().next()?;
                        Type::join(Some(&inner), Some(&Type::new("None")))
                    }
                    _ => Some(with_arguments(outer, arguments.unwrap_or_default())),
                }
            }
            Expr::Name(_) | Expr::Attribute(_) => {
                let value = self.evaluate(annotation);
                match (&value.path, &value.callable) {
                    (Some(path), _) => {
                        let name = path.strip_prefix("typing.").unwrap_or(path);
                        let name = match name {
                            "List" => "list",
                            "Dict" => "dict",
                            "Tuple" => "tuple",
                            "Set" => "set",
                            "Any" | "Callable" | "Union" => return None,
                            other if self.is_presuming => likely(other)?,
                            other => other,
                        };
                        Some(Type::new(name))
                    }
                    (None, Some(Callable::Class(class))) => Some(Type::new(class)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
    /// `Union`, `Literal` and the like, by their name.
    fn special_form(&mut self, form: &'a Expr) -> Option<&'static str> {
        if !matches!(form, Expr::Name(_) | Expr::Attribute(_)) {
            return None;
        }
        let path = self.evaluate(form).path?;
        let (module, name) = path.rsplit_once('.')?;
        let is_typing = matches!(module, "typing" | "typing_extensions");
        let known = SPECIAL_FORMS.iter().copied().find(|it| *it == name);
        known.filter(|_| is_typing)
    }

    fn of_special_form(&mut self, form: &str, slice: &'a Expr) -> Option<Type> {
        let parts: &'a [Expr] = match slice {
            Expr::Tuple(tuple) => &tuple.elts,
            single => std::slice::from_ref(single),
        };
        match form {
            "Union" => {
                let mut parts = parts.iter();
                let first = self.annotation(parts.next()?)?;
                parts.try_fold(first, |all, it| {
                    Type::join(Some(&all), Some(&self.annotation(it)?))
                })
            }
            "Literal" => {
                let mut parts = parts.iter();
                let first = self.evaluate(parts.next()?).ty?;
                parts.try_fold(first, |all, it| {
                    Type::join(Some(&all), Some(&self.evaluate(it).ty?))
                })
            }
            _ => self.annotation(parts.first()?),
        }
    }

    /// The type that a quoted annotation means: its names are those of the module.
    fn quoted(&self, written: &Type) -> Option<Type> {
        let arguments: Option<Vec<Type>> =
            written.arguments.iter().map(|it| self.quoted(it)).collect();
        let arguments = arguments?;
        let (first, rest) = match written.name.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (written.name.as_str(), None),
        };
        let is_plain = written.name == "|" || self.classes.contains_key(written.name.as_str());
        let name = match self.globals.get(first) {
            _ if is_plain => written.name.to_string(),
            Some(Value {
                path: Some(path), ..
            }) => match rest {
                Some(rest) => format!("{path}.{rest}"),
                None => path.to_string(),
            },
            Some(_) => return None,
            None => written.name.to_string(),
        };
        match name.strip_prefix("typing.").unwrap_or(&name) {
            "Optional" => Type::join(arguments.first(), Some(&Type::new("None"))),
            "Any" | "Callable" | "Union" => None,
            plain => {
                let is_known = plain == "|"
                    || Type::new(plain).is_immutable()
                    || self.classes.contains_key(plain)
                    || self.catalog.is_class(plain);
                is_known.then(|| Type::generic(self.catalog.canonical(plain), arguments))
            }
        }
    }
}

/// A generic type with what is written in its brackets. What a `Counter` counts is written, that it counts is meant.
fn with_arguments(outer: Type, mut arguments: Vec<Type>) -> Type {
    if outer.name == "collections.Counter" {
        arguments.push(Type::new("int"));
    }
    Type {
        name: outer.name,
        arguments,
    }
}
