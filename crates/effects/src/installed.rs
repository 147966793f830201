//! Installed libraries, as far as somebody can say what they declare: hints for annotations alone.
//!
//! A version that is installed here is not the one that runs elsewhere, and what is declared says nothing of what is done:
//! no decision may rest on an answer.

use std::fmt;
use std::sync::Arc;

use crate::Type;
use crate::distributions::is_standard_library;

/// An expression that is made of names of libraries, and of `_0`, `_1`… for values of which a type is known, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// `_0.to(astropy.units.m, _1)`
    pub expression: String,
    /// The annotations of `_0`, `_1`…
    pub given: Vec<Option<String>>,
}

/// Who is asked.
#[derive(Clone)]
pub(crate) struct Installed(Arc<Answer>);

/// Gives the type of an expression, by public names.
pub type Answer = dyn Fn(&Asked) -> Option<Type> + Send + Sync;

impl Installed {
    pub fn new(answer: Arc<Answer>) -> Self {
        Self(answer)
    }

    pub fn type_of(&self, asked: &Asked) -> Option<Type> {
        (self.0)(asked)
    }
}

impl fmt::Debug for Installed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Installed")
    }
}

/// Whether it is worth asking about a name: of the language, and of what the catalog describes as a whole, nobody is asked.
pub(crate) fn is_asked(path: &str) -> bool {
    let library = path.split_once('.').map_or("", |(library, _)| library);
    !library.is_empty()
        && !is_standard_library(library)
        && !DESCRIBED.contains(&library)
        && !path.contains("._")
}

/// Libraries of which the catalog knows what there is to know.
const DESCRIBED: &[&str] = &[
    "numpy",
    "pandas",
    "scipy",
    "sklearn",
    "matplotlib",
    "seaborn",
];
