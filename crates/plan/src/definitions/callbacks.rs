//! Functions that libraries are given to call: with what they read of the module, as `functools.partial`.

use srcify_effects::{Callee, EffectGraph};
use srcify_syntax::TextRange;
use srcify_syntax::ast;

use crate::names::Names;

/// Libraries that call what they are given, and ask no more of it than that. Other processes would get the values each time.
const CALLERS: &[&str] = &[
    "pandas",
    "numpy",
    "scipy",
    "sklearn",
    "matplotlib",
    "itertools",
    "map",
    "filter",
    "sorted",
    "max",
    "min",
    "functools.reduce",
];

/// Parts of these that ask a function for its name, or look into it.
const ASKERS: &[&str] = &["sklearn.metrics.make_scorer", "numpy.vectorize"];

pub(super) struct Callbacks<'a> {
    pub graph: &'a EffectGraph,
    pub names: &'a Names,
    pub function: &'a ast::StmtFunctionDef,
}

impl Callbacks<'_> {
    /// Whether the function at a place can as well be `functools.partial` of it with some variables: it is an argument of a
    /// library that only calls it, and they mean the same whenever that is.
    pub(super) fn may_be_partial(&self, range: TextRange, variables: &[&String]) -> bool {
        let is_steady = |name: &&&String| {
            let facts = self.names.get(name);
            facts.is_some_and(|it| it.bindings.len() == 1 && !it.is_deleted)
        };
        let is_library = match self.graph.imports.get("functools") {
            Some(path) => path == "functools",
            None => self.names.get("functools").is_none(),
        };
        self.function.decorator_list.is_empty()
            && is_library
            && variables.iter().filter(is_steady).count() == variables.len()
            && self.graph.calls.iter().any(|call| {
                let mut arguments = call.arguments.iter();
                let is_given = arguments.any(|it| it.range == range);
                is_given && only_calls(&call.callee)
            })
    }
}

/// Whether what is called is of a library that only calls the functions that it is given.
pub(crate) fn only_calls(callee: &Callee) -> bool {
    let Callee::Library(path) = callee else {
        return false;
    };
    let is_within = |of: &&str| {
        let rest = path.strip_prefix(*of);
        rest.is_some_and(|it| it.is_empty() || it.starts_with('.'))
    };
    CALLERS.iter().any(is_within) && !ASKERS.iter().any(is_within)
}
