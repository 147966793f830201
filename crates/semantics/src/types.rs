//! Types of our own.

/// The type of an expression.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// An instance of a class.
    Class {
        /// Its public name, qualified: `pandas.DataFrame`; bare for builtins and for classes of the program itself.
        name: String,
        /// Type arguments: `[str, int]` of `dict[str, int]`; the one item type of a tuple of any length.
        arguments: Vec<Type>,
    },
    /// A tuple of known length.
    Tuple(Vec<Type>),
    /// One of several, without duplicates.
    Union(Vec<Type>),
    /// `None`
    None,
    /// A function, a method, a lambda.
    Function,
    /// A module, by its dotted name.
    Module(String),
    /// A class itself, not an instance, by its public name.
    ClassObject(String),
    /// Not known.
    Unknown,
}

/// More alternatives than a reader wants to see are unknown.
const MAX_ALTERNATIVES: usize = 6;

impl Type {
    /// An instance of a class without type arguments.
    pub(crate) fn class(name: impl Into<String>) -> Self {
        Self::Class {
            name: name.into(),
            arguments: Vec::new(),
        }
    }

    /// The type of a value that is one of `types`. Unknown as soon as one of them is.
    #[must_use]
    pub fn join(types: impl IntoIterator<Item = Self>) -> Self {
        let mut members = Vec::new();
        for each in types {
            match each {
                Self::Union(inner) => inner
                    .into_iter()
                    .for_each(|each| push_unique(&mut members, each)),
                each => push_unique(&mut members, each),
            }
        }
        if members.contains(&Self::Unknown) || members.len() > MAX_ALTERNATIVES {
            return Self::Unknown;
        }
        // As annotations, `float` admits `int` and `complex` admits both.
        if members.contains(&Self::class("complex")) {
            members.retain(|each| *each != Self::class("float"));
        }
        if members.contains(&Self::class("float")) || members.contains(&Self::class("complex")) {
            members.retain(|each| *each != Self::class("int"));
        }
        if let Some(at) = members.iter().position(|each| *each == Self::None) {
            let none = members.remove(at);
            members.push(none);
        }
        match members.len() {
            0 => Self::Unknown,
            1 => members.remove(0),
            _ => Self::Union(members),
        }
    }

    /// A Python annotation with fully qualified names: `list[pandas.DataFrame]`. `None` when any part is unknown or has
    /// no public name.
    #[must_use]
    pub fn annotation(&self) -> Option<String> {
        match self {
            Self::Class { name, arguments } => {
                let name = public(name)?;
                if arguments.is_empty() {
                    return Some(name.to_owned());
                }
                let arguments = annotations(arguments, ", ")?;
                let ellipsis = if name == "tuple" { ", ..." } else { "" };
                Some(format!("{name}[{arguments}{ellipsis}]"))
            }
            Self::Tuple(items) if items.is_empty() => Some("tuple[()]".to_owned()),
            Self::Tuple(items) => Some(format!("tuple[{}]", annotations(items, ", ")?)),
            Self::Union(members) => annotations(members, " | "),
            Self::None => Some("None".to_owned()),
            Self::Function => Some("collections.abc.Callable".to_owned()),
            Self::Module(_) => Some("types.ModuleType".to_owned()),
            Self::ClassObject(name) => Some(format!("type[{}]", public(name)?)),
            Self::Unknown => None,
        }
    }

    /// The class of the value, when there is exactly one: `pandas.DataFrame`, `list`, `tuple`.
    #[must_use]
    pub fn class_name(&self) -> Option<&str> {
        match self {
            Self::Class { name, .. } => Some(name),
            Self::Tuple(_) => Some("tuple"),
            _ => None,
        }
    }

    /// Whether nothing at all is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }

    /// The classes that the value may be an instance of; empty when one of them is unknown.
    #[must_use]
    pub fn class_names(&self) -> Vec<&str> {
        match self {
            Self::Union(members) => members
                .iter()
                .map(Self::class_name)
                .collect::<Option<Vec<_>>>()
                .unwrap_or_default(),
            other => other.class_name().into_iter().collect(),
        }
    }
}

impl std::fmt::Display for Type {
    /// As an annotation, `?` where unknown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Class { name, arguments } if arguments.is_empty() => f.write_str(name),
            Self::Class { name, arguments } => {
                write!(f, "{name}[")?;
                write_all(f, arguments, ", ")?;
                f.write_str(if name == "tuple" { ", ...]" } else { "]" })
            }
            Self::Tuple(items) => {
                f.write_str("tuple[")?;
                if items.is_empty() {
                    f.write_str("()")?;
                }
                write_all(f, items, ", ")?;
                f.write_str("]")
            }
            Self::Union(members) => write_all(f, members, " | "),
            Self::None => f.write_str("None"),
            Self::Function => f.write_str("<function>"),
            Self::Module(name) => write!(f, "<module {name}>"),
            Self::ClassObject(name) => write!(f, "type[{name}]"),
            Self::Unknown => f.write_str("?"),
        }
    }
}

fn write_all(f: &mut std::fmt::Formatter<'_>, types: &[Type], separator: &str) -> std::fmt::Result {
    for (index, each) in types.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        write!(f, "{each}")?;
    }
    Ok(())
}

fn annotations(types: &[Type], separator: &str) -> Option<String> {
    let parts: Option<Vec<String>> = types.iter().map(Type::annotation).collect();
    Some(parts?.join(separator))
}

fn push_unique(members: &mut Vec<Type>, each: Type) {
    if !members.contains(&each) {
        members.push(each);
    }
}

/// A name that other code may import.
fn public(name: &str) -> Option<&str> {
    let is_public = !name.is_empty() && name.split('.').all(|part| !part.starts_with('_'));
    is_public.then_some(name)
}
