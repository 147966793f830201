//! Types as the catalog writes them: `pandas.DataFrame`, `list[str]`, `tuple[int, float]`, `int | None`.

use std::fmt;

use srcify_syntax::ast::name::Name;

/// The parts that the type of a container may have.
const MOST_PARTS: usize = 200;

/// A type by its public qualified name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Type {
    /// Qualified name; `|` for unions. A copy of it costs nothing, and types are copied at every turn.
    pub name: Name,
    /// Arguments, or the members of a union.
    pub arguments: Vec<Type>,
}

/// What the name of the type of `super()` begins with; the bases follow.
pub(crate) const SUPER: &str = "super of ";

/// Classes that documentation names as what functions give, by the modules that it does not document, and the ends of their
/// names.
const DOCUMENTED: &[(&str, &str)] = &[
    ("scipy.stats._", "Result"),
    ("statsmodels.base._prediction_inference.", "ResultsBase"),
    ("statsmodels.discrete._diagnostics_count.", "Results"),
];

impl Type {
    /// A type without arguments.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            arguments: Vec::new(),
        }
    }

    /// A type with arguments. A container that holds more than anybody reads is only that: a function that calls itself
    /// and puts the result into a tuple (`("neg", parse(rest))`) would make it larger each time.
    pub fn generic(name: &str, arguments: Vec<Self>) -> Self {
        let mut left = MOST_PARTS;
        let is_large = CONTAINERS.contains(&name) && !arguments.iter().all(|it| it.fits(&mut left));
        Self {
            name: name.into(),
            arguments: if is_large { Vec::new() } else { arguments },
        }
    }

    /// Takes the number of its parts from `left`; whether there were as many.
    fn fits(&self, left: &mut usize) -> bool {
        let Some(rest) = left.checked_sub(1) else {
            return false;
        };
        *left = rest;
        self.arguments.iter().all(|it| it.fits(left))
    }

    /// Reads the form in which [`fmt::Display`] writes it; `None` for what is no type.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let members = split(text, '|');
        if members.len() > 1 {
            let arguments = members
                .into_iter()
                .map(Self::parse)
                .collect::<Option<_>>()?;
            return Some(Self {
                name: "|".into(),
                arguments,
            });
        }
        if text.is_empty() || text == "Any" {
            return None;
        }
        match text.split_once('[') {
            Some((name, rest)) => {
                let inner = rest.strip_suffix(']')?;
                let arguments = split(inner, ',')
                    .into_iter()
                    .map(Self::parse)
                    .collect::<Option<Vec<_>>>();
                Some(Self {
                    name: name.into(),
                    arguments: arguments.unwrap_or_default(),
                })
            }
            None => Some(Self::new(text)),
        }
    }

    /// Its members: the type itself unless it is a union.
    pub fn members(&self) -> &[Self] {
        if self.name == "|" {
            &self.arguments
        } else {
            std::slice::from_ref(self)
        }
    }

    /// The type of either.
    #[must_use]
    pub fn join(left: Option<&Self>, right: Option<&Self>) -> Option<Self> {
        let (left, right) = (left?, right?);
        if left == right || right.name == "never" {
            return Some(left.clone());
        }
        if left.name == "unknown" || right.name == "unknown" {
            return Some(Self::hinted(Self::join(left.hint(), right.hint())));
        }
        if left.name == "never" {
            return Some(right.clone());
        }
        if left.name == right.name && (left.is_code() || right.is_code()) {
            let codes = Self::join(left.arguments.first(), right.arguments.first());
            return Some(Self::generic(&left.name, codes.into_iter().collect()));
        }
        if left.name == "code" && right.name == "code" {
            let new = right.arguments.iter();
            let new = new.filter(|it| !left.arguments.contains(it));
            let all: Vec<Self> = left.arguments.iter().chain(new).cloned().collect();
            return (all.len() <= MAX_CODES).then(|| Self::generic("code", all));
        }
        if left.name == right.name
            && let Some(one) = Self::join_arguments(left, right)
        {
            return Some(one);
        }
        let mut members: Vec<Self> = left.members().to_vec();
        for member in right.members() {
            if !members.contains(member) {
                members.push(member.clone());
            }
        }
        members.sort_by_key(|member| member.name == "None");
        (1..=MAX_MEMBERS).contains(&members.len()).then_some(Self {
            name: "|".into(),
            arguments: members,
        })
    }

    /// One container in place of several of a kind, with what all of them hold.
    #[must_use]
    pub fn one_container(union: &Self) -> Option<Self> {
        let (first, rest) = union.arguments.split_first()?;
        let is_alike = |it: &Self| {
            it.name == first.name && it.arguments.len() == first.arguments.len() && !it.is_empty()
        };
        if union.name != "|" || !first.is_filled_later() || !union.arguments.iter().all(is_alike) {
            return None;
        }
        let mut arguments = first.arguments.clone();
        for other in rest {
            for (left, right) in arguments.iter_mut().zip(&other.arguments) {
                *left = Self::join(Some(left), Some(right))?;
            }
        }
        Some(Self::generic(&first.name, arguments))
    }

    /// Whether it is a container with elements that are known, into which others may come.
    pub fn is_filled_later(&self) -> bool {
        ["dict", "list", "set", "collections.defaultdict"].contains(&self.name.as_str())
            && !self.arguments.is_empty()
    }

    /// Two types of one name as one: what is empty yet takes the other's elements, what a class of a library was made
    /// of counts only where both agree, and a container with elements that are not known has elements of the other.
    fn join_arguments(left: &Self, right: &Self) -> Option<Self> {
        let is_empty = |it: &Self| it.arguments.iter().any(|it| it.name == "never");
        if is_empty(left) || is_empty(right) {
            let known = if is_empty(left) { right } else { left };
            return Some(known.clone());
        }
        // A container of containers, of which some are empty yet.
        if left.arguments.len() == right.arguments.len() && (left.is_empty() || right.is_empty()) {
            let pairs = left.arguments.iter().zip(&right.arguments);
            let parts: Option<Vec<Self>> = pairs
                .map(|(left, right)| Self::join(Some(left), Some(right)))
                .collect();
            return Some(Self::generic(&left.name, parts?));
        }
        if left.name == "scalar" {
            let hints = left.arguments.first().zip(right.arguments.first());
            let hint = hints.and_then(|(left, right)| Self::join(Some(left), Some(right)));
            return Some(Self::generic("scalar", hint.into_iter().collect()));
        }
        if left.name == "matplotlib.axes.Axes" {
            return Some(Self::generic(&left.name, vec![Self::unknown()]));
        }
        if left.name == "numpy.ndarray" {
            return Some(Self::join_arrays(left, right));
        }
        if left.is_of_library() {
            return Some(Self::new(&left.name));
        }
        let is_vague = |it: &Self| it.arguments.iter().any(|it| it.name == "unknown");
        let is_plain =
            |it: &Self| it.arguments.is_empty() && CONTAINERS.contains(&it.name.as_str());
        if is_plain(left) || is_plain(right) {
            return Some(Self::new(&left.name));
        }
        let same_length = left.arguments.len() == right.arguments.len();
        if same_length && (is_vague(left) || is_vague(right)) {
            let pairs = left.arguments.iter().zip(&right.arguments);
            let arguments: Option<Vec<Self>> = pairs
                .map(|(left, right)| Self::join(Some(left), Some(right)))
                .collect();
            return Some(Self::generic(&left.name, arguments?));
        }
        None
    }

    /// An array that is one of two: what both hold, and the dimensions that both have.
    fn join_arrays(left: &Self, right: &Self) -> Self {
        const NUMBERS: [&str; 5] = ["int", "float", "number", "numpy.float64", "numpy.int64"];
        let part = |at: usize| {
            let (Some(left), Some(right)) = (left.arguments.get(at), right.arguments.get(at))
            else {
                return Self::unknown();
            };
            if left == right {
                return left.clone();
            }
            let both = left.hint().zip(right.hint());
            let common = both.and_then(|(left, right)| {
                let is_number = |it: &Self| NUMBERS.contains(&it.name.as_str());
                if left == right {
                    return Some(left.clone());
                }
                (is_number(left) && is_number(right)).then(|| Self::new("number"))
            });
            Self::hinted(common)
        };
        let parts: Vec<Self> = (0..2).map(part).collect();
        let is_open = parts.iter().all(|it| *it == Self::unknown());
        Self::generic(&left.name, if is_open { Vec::new() } else { parts })
    }

    /// A class of a library, whose arguments say what its objects were made of: no annotation shows them.
    fn is_of_library(&self) -> bool {
        self.name.contains('.')
            && !["collections.", "itertools."]
                .iter()
                .any(|prefix| self.name.starts_with(prefix))
    }

    /// Whether no object of this type can change.
    pub fn is_immutable(&self) -> bool {
        match self.name.as_str() {
            "|" => self.arguments.iter().all(Self::is_immutable),
            "tuple" | "frozenset" => {
                !self.arguments.is_empty() && self.arguments.iter().all(Self::is_immutable)
            }
            name => {
                IMMUTABLE.contains(&name)
                    || name.starts_with("datetime.")
                    || name.starts_with("numpy.float")
            }
        }
    }

    /// The type of elements of which nothing is known; a value of it has no type.
    pub fn unknown() -> Self {
        Self::new("unknown")
    }

    /// An element of which nothing is known for certain, and what it is by all appearances: annotations say that, and
    /// nothing else rests on it.
    pub(crate) fn hinted(hint: Option<Self>) -> Self {
        let hint = hint.filter(|it| it.name != "unknown");
        Self::generic("unknown", hint.into_iter().collect())
    }

    /// What it is, or appears to be.
    fn hint(&self) -> Option<&Self> {
        if self.name == "unknown" {
            return self.arguments.first();
        }
        Some(self)
    }

    /// The type with what is certain only.
    #[must_use]
    pub(crate) fn certain(&self) -> Self {
        if self.name == "unknown" {
            return Self::unknown();
        }
        if self.is_code() || self.name == "scalar" {
            return Self::new(&self.name);
        }
        let arguments: Vec<Self> = self.arguments.iter().map(Self::certain).collect();
        // Of an array or a column that only appears to hold something nothing is certain.
        let is_open = ["numpy.ndarray", "pandas.Series"].contains(&self.name.as_str())
            && arguments.iter().all(|it| it.name == "unknown");
        Self::generic(&self.name, if is_open { Vec::new() } else { arguments })
    }

    /// The type with what its elements appear to be.
    #[must_use]
    pub(crate) fn apparent(&self) -> Self {
        if self.stands_for_another()
            && let Some(hint) = self.arguments.first()
        {
            return hint.apparent();
        }
        let arguments = self.arguments.iter().map(Self::apparent);
        Self {
            name: self.name.clone(),
            arguments: arguments.collect(),
        }
    }

    /// Whether its argument says what it appears to be.
    pub(crate) fn stands_for_another(&self) -> bool {
        !self.arguments.is_empty()
            && (["unknown", "scalar"].contains(&self.name.as_str()) || self.is_code())
    }

    /// Whether it is a function or class of which the argument says which.
    fn is_code(&self) -> bool {
        let is_named = self.arguments.first().is_some_and(|it| it.name == "code");
        is_named && CODE.contains(&self.name.as_str())
    }

    /// Whether an annotation could not say it, or only in part.
    pub(crate) fn is_vague(&self) -> bool {
        let name = self.name.as_str();
        VAGUE.contains(&name)
            || self.is_private()
            || ((CONTAINERS.contains(&name) || ["zip", "enumerate", "Iterator"].contains(&name))
                && self.arguments.is_empty())
            || (!self.is_of_library() && self.arguments.iter().any(Self::is_vague))
    }

    /// Whether it is a class that its library keeps for itself. What the tests of scipy give is documented, though it stands
    /// in modules that are not: annotations may name it, which only type checkers import.
    pub fn is_private(&self) -> bool {
        let name = self.name.as_str();
        let is_hidden = name.starts_with('_') || name.as_bytes().windows(2).any(|it| it == b"._");
        let mut documented = DOCUMENTED.iter();
        is_hidden
            && !documented.any(|(module, end)| name.starts_with(module) && name.ends_with(end))
    }

    /// The type of the object itself: `super()` is the object, as one of its class's bases.
    pub fn of_object(&self) -> Option<&Self> {
        if self.name.starts_with(SUPER) {
            self.arguments.first()
        } else {
            Some(self)
        }
    }

    /// Whether it is a container of the language, of which the parts may be anything.
    pub(crate) fn is_container_of_something(&self) -> bool {
        CONTAINERS.contains(&self.name.as_str()) && !self.arguments.is_empty()
    }

    /// The type, or [`Type::unknown`] for an element of which nothing is known.
    pub fn or_unknown(ty: Option<Self>) -> Self {
        ty.unwrap_or_else(Self::unknown)
    }

    /// A tuple of any length.
    pub fn tuple_of(element: Self) -> Self {
        Self::generic("tuple", vec![element, Self::new("...")])
    }

    /// Whether it is, or contains, a container that has no elements yet.
    pub fn is_empty(&self) -> bool {
        self.name == "never" || self.arguments.iter().any(Self::is_empty)
    }

    /// The type of the elements of a container that has none yet.
    pub fn never() -> Self {
        Self::new("never")
    }

    /// Some part of a figure: an artist, or data read off it.
    pub fn figure_part() -> Self {
        Self::new("matplotlib.part")
    }

    /// Whether it is a container of what never changes, or of such containers.
    pub fn is_plain_data(&self) -> bool {
        let is_plain = |it: &Self| it.is_immutable() || it.is_plain_data();
        matches!(self.name.as_str(), "list" | "tuple" | "set" | "dict")
            && !self.arguments.is_empty()
            && self.arguments.iter().all(is_plain)
    }

    /// Whether it is a figure, or part of one.
    pub fn is_figure(&self) -> bool {
        match self.name.as_str() {
            "|" | "tuple" | "list" => {
                !self.arguments.is_empty() && self.arguments.iter().all(Self::is_figure)
            }
            name => {
                ["matplotlib.", "seaborn.", "plotly."]
                    .iter()
                    .any(|library| name.starts_with(library))
                    || (name.starts_with("sklearn.") && name.ends_with("Display"))
            }
        }
    }

    /// Whether it is numbers and texts, which run nothing.
    pub fn is_data(&self) -> bool {
        matches!(
            self.name.as_str(),
            "numpy.ndarray" | "pandas.DataFrame" | "pandas.Series"
        )
    }

    /// The type of the elements of a `tuple[X, ...]`.
    pub fn repeated(&self) -> Option<&Self> {
        match &self.arguments[..] {
            [element, rest] if self.name == "tuple" && rest.name == "..." => Some(element),
            _ => None,
        }
    }

    /// Whether it is a list of dictionaries.
    pub fn is_records(&self) -> bool {
        self.name == "list" && self.arguments.first().is_some_and(|it| it.name == "dict")
    }

    /// Whether reading its elements uses them up.
    pub fn is_iterator(&self) -> bool {
        ITERATORS.contains(&self.name.as_str())
    }
}

/// Unions of more types than these are not told apart.
const MAX_MEMBERS: usize = 12;

/// Types that no annotation can name.
const VAGUE: &[&str] = &[
    "unknown",
    "scalar",
    "function",
    "type",
    "module",
    "functools.partial",
    "matplotlib.part",
    "statsmodels.base.model.Results",
];

/// Types of what is called; an argument says what they appear to be.
const CODE: &[&str] = &["function", "type"];

/// As many functions and classes one value may be.
const MAX_CODES: usize = 12;

/// Containers of the language.
const CONTAINERS: &[&str] = &["list", "set", "dict", "tuple", "frozenset"];

const IMMUTABLE: &[&str] = &[
    "...",
    "number",
    "int",
    "float",
    "str",
    "bool",
    "bytes",
    "complex",
    "None",
    "range",
    "slice",
    "type",
    "function",
    "module",
    "scalar",
    "ellipsis",
    "decimal.Decimal",
    "fractions.Fraction",
    "pathlib.Path",
    "pathlib.PurePath",
    "pandas.Timestamp",
    "pandas.Timedelta",
    "pandas.Period",
    "pandas.Interval",
    "pandas.Index",
    "numpy.dtype",
    "numpy.int64",
    "numpy.bool_",
    "re.Pattern",
    "re.Match",
    "uuid.UUID",
    "...",
    "torch.device",
    "torch.dtype",
];

const ITERATORS: &[&str] = &[
    "Iterator",
    "Generator",
    "itertools.islice",
    "itertools.chain",
    "itertools.product",
    "itertools.groupby",
    "itertools.accumulate",
    "itertools.combinations",
    "itertools.permutations",
    "itertools.cycle",
    "itertools.starmap",
    "itertools.zip_longest",
    "itertools.repeat",
    "itertools.count",
    "itertools.takewhile",
    "itertools.dropwhile",
    "collections.abc.Iterator",
    "collections.abc.Generator",
    "zip",
    "map",
    "filter",
    "enumerate",
    "reversed",
    "io.TextIOWrapper",
    "io.IOBase",
    "_csv.reader",
    "csv.DictReader",
];

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Type")
            .field("name", &self.name.as_str())
            .field("arguments", &self.arguments)
            .finish()
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (open, separator, close) = if self.name == "|" {
            ("", " | ", "")
        } else {
            ("[", ", ", "]")
        };
        if self.name != "|" {
            f.write_str(&self.name)?;
        }
        if self.arguments.is_empty() || self.arguments.iter().any(|it| it.name == "never") {
            return Ok(());
        }
        f.write_str(open)?;
        for (index, argument) in self.arguments.iter().enumerate() {
            if index > 0 {
                f.write_str(separator)?;
            }
            write!(f, "{argument}")?;
        }
        f.write_str(close)
    }
}

/// Splits at `separator` outside brackets.
fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, character) in text.char_indices() {
        match character {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if character == separator && depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + character.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_and_written() {
        for text in [
            "int",
            "dict[str, list[pandas.DataFrame]]",
            "int | None",
            "tuple[a.B, c.D | None]",
        ] {
            assert_eq!(Type::parse(text).unwrap().to_string(), text);
        }
    }
}
