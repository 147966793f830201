//! What can be demanded of a parameter, and what is where several things are.

use srcify_syntax::ast::Expr;

use super::written::NUMBERS;

/// What is demanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing that an object lacks.
    Object,
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
    pub fn annotation(&self) -> String {
        match self {
            Self::Object => "object".to_owned(),
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

    /// What is demanded where both are.
    pub(super) fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (one, other) if one == other => Some(one),
            (Self::Object, other) | (other, Self::Object) => Some(other),
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
            // Numbers and texts can be keys.
            (Self::Is(key), Self::Is(other)) | (Self::Is(other), Self::Is(key))
                if key == KEY && ["int", "float", "str"].contains(&other.as_str()) =>
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

    /// Whether a default meets it.
    pub fn admits(&self, default: &Expr) -> bool {
        match self {
            Self::Object => true,
            Self::Maybe(_) if default.is_none_literal_expr() => true,
            Self::Is(text) | Self::Maybe(text) => match default {
                Expr::NoneLiteral(_) => text.ends_with(" | None"),
                Expr::StringLiteral(_) => text == "str" || text == ARRAY_LIKE,
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
