//! Programs that look their own names up: all of such a program stays in one function, whose variables are global.

use srcify_effects::{CallFacts, Callee, Effect, EffectGraph, EffectSet};
use srcify_syntax::{Diagnostic, Program, Span, TextRange};

use super::{Planner, deep, evaluated};

/// Methods that Python and libraries call unseen: who sorts, looks up, groups or adds up objects calls them.
const COMPARING: &[&str] = &[
    "__eq__", "__ge__", "__gt__", "__hash__", "__le__", "__lt__", "__ne__",
];
const COMBINING: &[&str] = &[
    "__add__",
    "__array__",
    "__mul__",
    "__radd__",
    "__rmul__",
    "__sub__",
    "__truediv__",
];

/// What others would notice of a method that is called more or less often, or earlier.
const NOTICED: EffectSet = EffectSet::from_slice(&[
    Effect::Stdout,
    Effect::WriteFile,
    Effect::GlobalState,
    Effect::Logging,
]);

/// Whether a class of the input counts, or tells, how often its objects are compared or combined, or when they go.
fn tells_of_calls(graph: &EffectGraph) -> bool {
    graph.functions.iter().any(|(name, facts)| {
        let method = name.rsplit('.').next().unwrap_or(name);
        let compares = COMPARING.contains(&method);
        let is_noticed = facts.effects.intersects(NOTICED)
            || !facts.changes.is_empty()
            || !facts.writes.is_empty()
            || compares && !facts.mutates.is_empty();
        let is_unseen = compares || COMBINING.contains(&method) || method == "__del__";
        is_noticed && name.contains('.') && is_unseen
    })
}

/// Why the variables of a program have to stay those of a module.
pub(super) struct Introspection {
    /// What looks them up, where one place does.
    range: Option<TextRange>,
    what: String,
    hint: &'static str,
}

impl Introspection {
    fn of_all(what: &str, hint: &'static str) -> Self {
        Self {
            range: None,
            what: what.to_owned(),
            hint,
        }
    }

    fn of_name(name: &str, range: TextRange) -> Self {
        Self {
            range: Some(range),
            what: format!("`{name}` may use any variable by its name"),
            hint: match name {
                "eval" => {
                    "`ast.literal_eval` reads values from texts; a dict holds what is chosen by name"
                }
                _ => "a dict holds what is chosen by name",
            },
        }
    }
}

impl Planner<'_> {
    /// Tells what keeps the job in one function.
    pub(super) fn note_introspection(&mut self) {
        let Some(found) = introspection(self.program, self.graph) else {
            return;
        };
        let message = format!(
            "{}: the job stays one function, and its variables global",
            found.what
        );
        let span = found.range.map(Span::from);
        self.diagnostics
            .push(Diagnostic::warning("introspection", span, message).hint(found.hint));
    }
}

/// Says of the first `eval` of data what is taken for granted of it.
pub(crate) fn evaluates_data(program: &Program, graph: &EffectGraph) -> Option<Diagnostic> {
    let mut occurrences = graph.units.iter().flat_map(|unit| &unit.access.occurrences);
    if !occurrences.any(|(name, ..)| name == "eval") || is_introspective(program, graph) {
        return None;
    }
    let found = evaluated::evaluating_data(program, graph);
    let first = found.into_iter().min_by_key(|it| it.start())?;
    let message = "`eval` runs what the data holds; where that names a variable of the input, the package does not find it";
    let advice = Diagnostic::advice("eval-of-data", Span::from(first), message);
    Some(advice.hint("`ast.literal_eval` reads values and runs nothing"))
}

/// Whether the input uses builtins or libraries that look names up, or run text that may, or has methods that tell when
/// they are called.
pub(crate) fn is_introspective(program: &Program, graph: &EffectGraph) -> bool {
    introspection(program, graph).is_some()
}

fn introspection(program: &Program, graph: &EffectGraph) -> Option<Introspection> {
    let looks_later = |it: &&String| LOOKING_LATER.contains(&it.as_str());
    if tells_of_calls(graph) {
        let what = "a class counts or tells how often its objects are compared or combined";
        return Some(Introspection::of_all(
            what,
            "methods such as `__eq__` are best without effects",
        ));
    }
    if let Some(library) = graph.libraries.iter().find(looks_later) {
        let what = format!("`{library}` looks variables up by their names");
        return Some(Introspection::of_all(&what, "pass a namespace to it"));
    }
    if deep::names_variables(program, graph) {
        let what = "a text inside of a function, lambda or comprehension names variables";
        return Some(Introspection::of_all(what, "pass them as values"));
    }
    let binds = |call: &&CallFacts| matches!(&call.callee, Callee::Library(it) if BINDING.contains(&it.as_str()));
    if let Some(call) = graph.calls.iter().find(binds) {
        return Some(Introspection {
            range: Some(call.range),
            what: format!(
                "`{}` binds variables by their names",
                program.text(call.function)
            ),
            hint: "assign what it makes: `x, y = symbols(\"x y\")`",
        });
    }
    let (name, range) = looked_up(graph, program)?;
    Some(Introspection::of_name(name, range))
}

/// The first name of a builtin that looks variables up.
fn looked_up<'g>(graph: &'g EffectGraph, program: &Program) -> Option<(&'g str, TextRange)> {
    let looks_up = ["globals", "locals", "exec", "eval"];
    let occurrences = || graph.units.iter().flat_map(|unit| &unit.access.occurrences);
    let evaluates = occurrences().any(|(name, ..)| name == "eval");
    let harmless = evaluates.then(|| evaluated::evaluating_data(program, graph));
    let harmless = harmless.unwrap_or_default();
    let is_looking = |name: &str, range: &TextRange| {
        if harmless.contains(range) {
            return false;
        }
        // `vars(x)` is what `x` holds.
        let is_given = |call: &CallFacts| call.function == *range && !call.arguments.is_empty();
        let is_given = || graph.calls.iter().any(is_given);
        // `dir()` lists the names that are there.
        let lists = |call: &CallFacts| call.function == *range && call.arguments.is_empty();
        let lists = || name == "dir" && graph.calls.iter().any(lists);
        // pandas calls it, and it sees the names of pandas.
        let passed = |call: &CallFacts| {
            matches!(&call.callee, Callee::Library(it) if CALLED_BY_PANDAS.contains(&it.as_str()))
                && call.arguments.first().is_some_and(|it| it.range == *range)
        };
        let is_passed = || graph.calls.iter().any(passed);
        let looks = looks_up.contains(&name) && !is_passed();
        looks || name == "vars" && !is_given() || lists()
    };
    let mut found = occurrences().filter(|(name, range, _)| is_looking(name, range));
    found.next().map(|(name, range, _)| (name.as_str(), *range))
}

/// Libraries that keep texts of the program, and look the names in them up where it calls them later (`brian2.run`).
const LOOKING_LATER: [&str; 1] = ["brian2"];

/// Functions that bind names in the module that calls them: `var("x y")`.
const BINDING: [&str; 6] = [
    "sympy.var",
    "sympy.core.symbol.var",
    "sympy.vring",
    "sympy.polys.rings.vring",
    "sympy.vfield",
    "sympy.polys.fields.vfield",
];

/// Methods of pandas that call what they are given from pandas' own code, once for each value.
const CALLED_BY_PANDAS: [&str; 4] = [
    "pandas.Series.apply",
    "pandas.Series.map",
    "pandas.DataFrame.map",
    "pandas.DataFrame.applymap",
];
