//! What can be demanded of a parameter, and what is where several things are.

use srcify_syntax::ast::Expr;

use super::plain::PATH;
use super::written::NUMBERS;

/// What is demanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing that an object lacks.
    Object,
    /// It is not known what.
    Anything,
    /// It is computed with: a number, or what is put together or repeated.
    Term,
    /// It is asked whether something is in it.
    Container,
    /// It is gone through by numbers, and this is demanded of its elements.
    Sequence(Box<Need>),
    /// It is asked for what it has under keys of a type, and changed where it is `MutableMapping`.
    Mapping(&'static str, &'static str),
    /// It is gone through, and this is demanded of what it gives.
    Iterable(Box<Need>),
    /// It has a length.
    Sized,
    /// Both.
    Collection(Box<Need>),
    /// It is called.
    Callable,
    /// What an annotation says.
    Is(String),
    /// The same, or `None`.
    Maybe(String),
}

impl Need {
    /// Something that has values under keys.
    pub const fn mapping(key: &'static str) -> Self {
        Self::Mapping("Mapping", key)
    }

    /// The same, where values are put.
    pub const fn changing(key: &'static str) -> Self {
        Self::Mapping("MutableMapping", key)
    }

    pub fn annotation(&self) -> String {
        match self {
            Self::Object => "object".to_owned(),
            Self::Anything | Self::Term => "Any".to_owned(),
            Self::Container => "Container[Any]".to_owned(),
            Self::Sequence(element) => format!("Sequence[{}]", element.annotation()),
            Self::Mapping(class, key) => format!("{class}[{key}, Any]"),
            Self::Iterable(element) => format!("Iterable[{}]", element.annotation()),
            Self::Sized => "Sized".to_owned(),
            Self::Callable => "Callable[..., Any]".to_owned(),
            Self::Collection(element) => format!("Collection[{}]", element.annotation()),
            Self::Is(text) | Self::Maybe(text) => text.clone(),
        }
    }

    /// The annotation of a parameter with a default.
    pub fn annotation_with(&self, default: Option<&Expr>) -> String {
        match self {
            Self::Maybe(text) if default.is_some_and(Expr::is_none_literal_expr) => {
                format!("{text} | None")
            }
            _ => self.annotation(),
        }
    }

    /// Whether it demands more than an object has, of what may be `None` as well.
    pub const fn is_something(&self) -> bool {
        !matches!(self, Self::Object | Self::Maybe(_))
    }

    /// Whether it says something of what is given.
    pub const fn is_told(&self) -> bool {
        !matches!(self, Self::Anything | Self::Term)
    }

    /// Whether an annotation says more: a table of whatever is more than whatever.
    pub fn is_less_than(&self, annotation: &str) -> bool {
        let holds = match self {
            Self::Object => annotation.contains('['),
            Self::Is(_) | Self::Maybe(_) => false,
            _ => annotation.contains('[') && self.annotation().contains("Any"),
        };
        holds && annotation != "Any"
    }

    /// What is demanded where both are.
    pub(super) fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (one, other) if one == other => Some(one),
            (Self::Object, other) | (other, Self::Object) => Some(other),
            (Self::Anything, _) | (_, Self::Anything) => Some(Self::Anything),
            (Self::Term, Self::Is(one)) | (Self::Is(one), Self::Term) => {
                let is_term = ["int", "float", "str"].contains(&one.as_str());
                is_term.then_some(Self::Is(one))
            }
            (one @ (Self::Sequence(_) | Self::Mapping(..) | Self::Container), other)
            | (other, one @ (Self::Sequence(_) | Self::Mapping(..) | Self::Container)) => {
                one.and_holds(other)
            }
            // Texts have a length, and characters.
            (Self::Is(text), Self::Iterable(_) | Self::Sized | Self::Collection(_))
            | (Self::Iterable(_) | Self::Sized | Self::Collection(_), Self::Is(text)) => {
                (text == "str").then_some(Self::Is(text))
            }
            (Self::Iterable(left), Self::Iterable(right)) => {
                Some(Self::Iterable(Box::new(left.and(*right)?)))
            }
            (Self::Iterable(element), Self::Sized) | (Self::Sized, Self::Iterable(element)) => {
                Some(Self::Collection(element))
            }
            (Self::Collection(left), Self::Iterable(right))
            | (Self::Iterable(right), Self::Collection(left)) => {
                Some(Self::Collection(Box::new(left.and(*right)?)))
            }
            (Self::Collection(element), Self::Sized) | (Self::Sized, Self::Collection(element)) => {
                Some(Self::Collection(element))
            }
            (Self::Maybe(one), Self::Is(other)) | (Self::Is(other), Self::Maybe(one)) => {
                if format!("{one} | None") == other {
                    return Some(Self::Is(other));
                }
                Self::Is(one).and(Self::Is(other))
            }
            (Self::Maybe(one), Self::Maybe(other)) => Self::Is(one).and(Self::Is(other)),
            (Self::Is(one), Self::Is(other)) if [&one, &other].contains(&&NUMBERS.to_owned()) => {
                let rest = if one == NUMBERS { other } else { one };
                let is_number = ["int", "float"].contains(&rest.as_str());
                let known = if is_number { rest.as_str() } else { NUMBERS };
                (is_number || rest == ARRAY_LIKE).then(|| Self::Is(known.to_owned()))
            }
            // Numbers and texts can be keys, and texts name files.
            (Self::Is(key), Self::Is(other)) | (Self::Is(other), Self::Is(key))
                if key == KEY && ["int", "float", "str", PATH].contains(&other.as_str())
                    || key == PATH && other == "str" =>
            {
                Some(Self::Is(other))
            }
            // A whole number is a number, and numpy makes an array of either.
            (Self::Is(one), Self::Is(other)) => {
                let scalars = ["int", "float", ARRAY_LIKE];
                let place = |it: &str| scalars.iter().position(|known| *known == it);
                let first = place(&one)?.min(place(&other)?);
                Some(Self::Is(scalars[first].to_owned()))
            }
            _ => None,
        }
    }

    /// What is demanded where the one is a sequence, a mapping or a container.
    fn and_holds(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Container, Self::Iterable(element) | Self::Collection(element)) => {
                Some(Self::Collection(element))
            }
            (Self::Container, Self::Sized) => Some(Self::Collection(Box::new(Self::Anything))),
            (Self::Container, other @ (Self::Sequence(_) | Self::Mapping(..))) => Some(other),
            (Self::Container, Self::Is(text)) => (text == "str").then_some(Self::Is(text)),
            (
                Self::Sequence(one),
                Self::Sequence(other) | Self::Iterable(other) | Self::Collection(other),
            ) => Some(Self::Sequence(Box::new(one.and(*other)?))),
            (Self::Mapping(one, key), Self::Mapping(other, own)) => {
                let class = if one == other { one } else { "MutableMapping" };
                Some(Self::Mapping(class, if key == own { key } else { "Any" }))
            }
            (one, Self::Container | Self::Sized) => Some(one),
            // Keys are gone through.
            (Self::Mapping(class, key), Self::Iterable(_) | Self::Collection(_)) => {
                Some(Self::Mapping(class, key))
            }
            (Self::Sequence(_), Self::Is(text)) => (text == "str").then_some(Self::Is(text)),
            _ => None,
        }
    }

    /// Whether a default meets it.
    pub fn admits(&self, default: &Expr) -> bool {
        match self {
            Self::Object => true,
            Self::Maybe(_) if default.is_none_literal_expr() => true,
            Self::Is(text) | Self::Maybe(text) => match default {
                Expr::NoneLiteral(_) => text.ends_with(" | None"),
                Expr::StringLiteral(_) => ["str", ARRAY_LIKE, PATH].contains(&text.as_str()),
                Expr::NumberLiteral(number) => {
                    text == ARRAY_LIKE
                        || (text == "float" || (text == "int" && number.value.is_int()))
                }
                Expr::BooleanLiteral(_) => text == "bool",
                _ => false,
            },
            _ => false,
        }
    }
}

/// What numpy makes an array of.
pub(super) const ARRAY_LIKE: &str = "npt.ArrayLike";

/// What dictionaries keep values under.
pub(super) const KEY: &str = "Hashable";
