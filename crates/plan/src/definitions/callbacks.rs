//! Functions that libraries are given to call: with what they read of the module, as `functools.partial`. Those that only
//! order or choose have become calls before (`untangle/keys.rs`), where they are used for nothing else.

use srcify_effects::{Callee, EffectGraph};
use srcify_syntax::ast;
use srcify_syntax::{Program, TextRange, UnitId};

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
    pub program: &'a Program,
    pub graph: &'a EffectGraph,
    pub names: &'a Names,
    pub function: &'a ast::StmtFunctionDef,
    /// Whether a name is bound before a statement, or stands for a setting.
    pub is_there: &'a dyn Fn(UnitId, &str) -> bool,
}

impl Callbacks<'_> {
    /// Whether the function at a place can as well be `functools.partial` of it with some variables: it is an argument of a
    /// library that only calls it, and they mean the same from there on, whenever that is.
    pub(super) fn may_be_partial(
        &self,
        unit: UnitId,
        range: TextRange,
        variables: &[&String],
    ) -> bool {
        let is_library = match self.graph.imports.get("functools") {
            Some(path) => path == "functools",
            None => self.names.get("functools").is_none(),
        };
        let is_known = |name: &&String| self.is_bound_once(name) && (self.is_there)(unit, name);
        self.function.decorator_list.is_empty()
            && is_library
            && variables.iter().all(is_known)
            && self.graph.calls.iter().any(|call| {
                let mut arguments = call.arguments.iter();
                let is_given = arguments.any(|it| it.range == range);
                is_given && only_calls(&call.callee)
            })
    }

    /// Whether one assignment of the module binds a variable, which runs once, and nothing else ever does: a loop binds it
    /// again and again.
    fn is_bound_once(&self, name: &str) -> bool {
        let binds = |it: &UnitId| {
            let statement = self.program.statement(*it);
            statement.is_assign_stmt() || statement.is_ann_assign_stmt()
        };
        let facts = self.names.get(name);
        let is_assigned = facts.is_some_and(|it| {
            !it.is_deleted && it.bindings.len() == 1 && it.bindings.iter().all(binds)
        });
        let mut functions = self.graph.functions.values();
        is_assigned && !functions.any(|it| it.writes.contains(name))
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
