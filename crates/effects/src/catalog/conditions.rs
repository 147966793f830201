//! What holds under which conditions: the small language of entries.

use std::str::FromStr;

use serde::Deserialize;

/// Something that holds under a condition: `read-file when path is path`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When<T> {
    /// What holds.
    pub what: T,
    /// All must be met; empty: always.
    pub conditions: Vec<Condition>,
}

/// A condition on an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// `inplace=True`
    Equals(String, String),
    /// `verbose!=0`: also met when the argument is absent.
    Differs(String, String),
    /// `mode~w/a`: a literal that contains one of the parts.
    Contains(String, Vec<String>),
    /// `arg says now/today`: a literal that contains one of the parts, where it is known.
    Says(String, Vec<String>),
    /// `random_state given`: present and not `None`.
    Given(String),
    /// `random_state absent`: left out or `None`.
    Absent(String),
    /// `path is url`
    Is(String, ArgumentKind),
    /// `others draw`: something else in the program draws from the generator, or seeds it. What is drawn here shows in
    /// nothing but that.
    OthersDraw,
}

impl Condition {
    /// The parameter that it asks for, if it asks for one.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Equals(name, _)
            | Self::Differs(name, _)
            | Self::Contains(name, _)
            | Self::Says(name, _)
            | Self::Given(name)
            | Self::Absent(name)
            | Self::Is(name, _) => Some(name),
            Self::OthersDraw => None,
        }
    }
}

/// What an argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentKind {
    /// A path in the file system: a string that is no URL, or a `Path`.
    Path,
    /// A string that begins with a scheme.
    Url,
    /// An open file or buffer.
    Handle,
    /// A random generator object.
    Generator,
}

/// What a call changes in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// `self`, or the name of a parameter.
    pub name: String,
    /// Views of the object keep their values (pandas columns when another column is set).
    pub shallow: bool,
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (shallow, name) = match text.strip_prefix("shallow ") {
            Some(name) => (true, name),
            None => (false, text),
        };
        Ok(Self {
            name: name.to_owned(),
            shallow,
        })
    }
}

impl<T: FromStr<Err = String>> FromStr for When<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (what, conditions) = match text.split_once(" when ") {
            Some((what, conditions)) => (
                what,
                conditions
                    .split(" & ")
                    .map(str::parse)
                    .collect::<Result<_, _>>()?,
            ),
            None => (text, Vec::new()),
        };
        Ok(Self {
            what: what.trim().parse()?,
            conditions,
        })
    }
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some((name, literal)) = text.split_once("!=") {
            return Ok(Self::Differs(name.to_owned(), literal.to_owned()));
        }
        if let Some((name, literal)) = text.split_once('=') {
            return Ok(Self::Equals(name.to_owned(), literal.to_owned()));
        }
        if let Some((name, parts)) = text.split_once('~') {
            return Ok(Self::Contains(
                name.to_owned(),
                parts.split('/').map(str::to_owned).collect(),
            ));
        }
        let words: Vec<&str> = text.split(' ').collect();
        match words[..] {
            ["others", "draw"] => Ok(Self::OthersDraw),
            [name, "given"] => Ok(Self::Given(name.to_owned())),
            [name, "absent"] => Ok(Self::Absent(name.to_owned())),
            [name, "says", parts] => Ok(Self::Says(
                name.to_owned(),
                parts.split('/').map(str::to_owned).collect(),
            )),
            [name, "is", kind] => Ok(Self::Is(name.to_owned(), kind.parse()?)),
            _ => Err(format!("`{text}` is no condition")),
        }
    }
}

impl FromStr for ArgumentKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "path" => Ok(Self::Path),
            "url" => Ok(Self::Url),
            "handle" => Ok(Self::Handle),
            "generator" => Ok(Self::Generator),
            _ => Err(format!(
                "an argument is a path, url, handle or generator, not `{text}`"
            )),
        }
    }
}

impl<'de, T: FromStr<Err = String>> Deserialize<'de> for When<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
