//! Random numbers from a generator that is passed on, instead of one that the whole process shares.
//!
//! `numpy.random.seed(s)` sets a hidden `RandomState`; `numpy.random.RandomState(s)` gives the very same stream to those
//! who hold it, and so does `random.Random(s)` for `random.seed(s)`. The program is rewritten when every draw in it is
//! known: then nothing draws from the hidden generators any more, which the analysis of the new text must confirm.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{
    CallFacts, Callee, Catalog, Condition, Effect, EffectGraph, EffectSet, EntryKind, UnitFacts,
};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize};

use super::{Analysis, NewNames, edited};
use crate::edits::Edit;

/// A generator that a module keeps hidden.
struct Hidden {
    /// The functions that draw from it begin so.
    module: &'static str,
    /// The function that seeds it.
    seed: &'static str,
    /// The class of generators that give the same stream.
    class: &'static str,
    /// What to call one.
    variable: &'static str,
}

const HIDDEN: &[Hidden] = &[
    Hidden {
        module: "numpy.random.",
        seed: "numpy.random.seed",
        class: "RandomState",
        variable: "random_state",
    },
    Hidden {
        module: "random.",
        seed: "random.seed",
        class: "Random",
        variable: "generator",
    },
];

/// Functions of `numpy.random` that its generators call otherwise.
const RENAMED: &[(&str, &str)] = &[("ranf", "random_sample"), ("sample", "random_sample")];

/// Functions that are no draws, or that generators lack.
const OTHERS: &[&str] = &["get_state", "set_state", "getstate", "setstate", "seed"];

/// The program with generators of its own, when that is provably the same; else the program as it is.
pub(super) fn pass_generators(
    program: Program,
    graph: EffectGraph,
    catalog: &Catalog,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    let Some((edits, left)) = edits(&program, &graph, catalog) else {
        return (program, graph);
    };
    match edited(&program, edits, analyze) {
        Some((new, facts)) if confirms(&facts, &graph, &left) => (new, facts),
        _ => (program, graph),
    }
}

/// Whether no statement draws from, or seeds, a hidden generator, or may do so, beside the seeds that are `left`.
fn confirms(graph: &EffectGraph, old: &EffectGraph, left: &BTreeSet<usize>) -> bool {
    let draws = EffectSet::from_slice(&[Effect::Random, Effect::Seed]);
    let may_draw = EffectSet::from_slice(&[Effect::Unknown, Effect::Dynamic]);
    let first = old
        .units
        .iter()
        .position(|unit| unit.effects.contains(Effect::Seed));
    let is_free = |(index, unit): (usize, &UnitFacts)| {
        // What is not known before the first seed leaves no trace in the numbers that follow it.
        let is_before = first.is_some_and(|first| index < first);
        !unit.effects.intersects(draws) && (is_before || !unit.effects.intersects(may_draw))
    };
    let is_free = |(index, unit)| left.contains(&index) || is_free((index, unit));
    graph.units.len() == old.units.len() && graph.units.iter().enumerate().all(is_free)
}

/// All edits that give the program generators of its own, and the statements that seed one from which nothing is seen to
/// draw: they stay what they are. `None` when a draw or seed cannot be rewritten, or there is no draw.
fn edits(
    program: &Program,
    graph: &EffectGraph,
    catalog: &Catalog,
) -> Option<(Vec<Edit>, BTreeSet<usize>)> {
    let mut names = NewNames::of(graph);
    let mut variables: BTreeMap<&str, String> = BTreeMap::new();
    let mut edits = Vec::new();
    let mut seeded: Vec<(&str, Edit)> = Vec::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for call in seeds(graph) {
        let hidden = hidden_of(call, |hidden| hidden.seed.to_owned())?;
        let variable = variables
            .entry(hidden.seed)
            .or_insert_with(|| names.unique(hidden.variable));
        let edit = seed_edit(program, graph, call, hidden, variable)?;
        seeded.push((hidden.seed, edit));
    }
    if seeded.is_empty() || draws_before(program, graph, &variables) {
        return None;
    }
    let mut drawn = Vec::new();
    for call in graph
        .calls
        .iter()
        .filter(|call| call.effects.contains(Effect::Random))
    {
        let Callee::Library(callee) = &call.callee else {
            continue;
        };
        if in_class(program, call.range) {
            return None; // it would have to stand where the generator is made: inside of the job's function
        }
        if let Some(hidden) = HIDDEN.iter().find(|hidden| is_draw(hidden, callee)) {
            let variable = variables.get(hidden.seed)?;
            edits.push(draw_edit(program, graph, call, callee, variable)?);
            used.insert(hidden.seed);
            drawn.push(call.range);
        } else if takes_generator(catalog, callee) && !is_given(program, call) {
            let variable = variables.get(HIDDEN[0].seed)?;
            edits.push(argument_edit(program, call, variable));
            used.insert(HIDDEN[0].seed);
            drawn.push(call.range);
        }
    }
    if drawn.is_empty() || draws_unseen((program, graph, catalog), &drawn) {
        return None;
    }
    let mut left = BTreeSet::new();
    for (seed, edit) in seeded {
        if used.contains(seed) {
            edits.push(edit);
        } else {
            let mut units = program.units().iter();
            left.extend(units.position(|unit| unit.range == edit.range));
        }
    }
    Some((edits, left))
}

/// Whether a draw that no generator can be given for comes before draws that are rewritten: it moves the hidden stream on
/// (`Lasso().fit(…)`, `sns.stripplot(…)`), and would no longer move theirs.
fn draws_unseen(
    (program, graph, catalog): (&Program, &EffectGraph, &Catalog),
    drawn: &[TextRange],
) -> bool {
    let is_drawn_in = |range: TextRange| drawn.iter().any(|it| range.contains_range(*it));
    let is_unseen = |call: &&CallFacts| {
        let Callee::Library(callee) = &call.callee else {
            return false;
        };
        call.effects.contains(Effect::Random)
            && catalog.draws_hidden(callee)
            && !is_drawn_in(call.range)
            && !is_given(program, call)
    };
    let unit_of = |range: TextRange| {
        let mut units = program.units().iter();
        units.position(|unit| unit.range.contains_range(range))
    };
    let Some(first) = graph
        .calls
        .iter()
        .filter(is_unseen)
        .filter_map(|it| unit_of(it.range))
        .min()
    else {
        return false;
    };
    let statement = program.statement(program.units()[first].id);
    // What a function or class does happens wherever it is used.
    let is_anywhere = matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
    let is_repeated = matches!(statement, Stmt::For(_) | Stmt::While(_));
    let from = match (is_anywhere, is_repeated) {
        (true, _) => 0,
        (_, true) => first,
        _ => first + 1,
    };
    program.units()[from..].iter().any(|unit| {
        let may_draw = graph.units[unit.id.index()]
            .effects
            .contains(Effect::Random);
        let by_user = graph.calls_in(unit.range).any(|call| {
            call.effects.contains(Effect::Random) && !matches!(call.callee, Callee::Library(_))
        });
        is_drawn_in(unit.range) || may_draw && by_user
    })
}

/// Whether a class of the module does it.
fn in_class(program: &Program, range: TextRange) -> bool {
    let mut units = program.units().iter();
    let unit = units.find(|unit| unit.range.contains_range(range));
    unit.is_some_and(|unit| program.statement(unit.id).is_class_def_stmt())
}

/// Whether something draws before every generator in use is seeded.
fn draws_before(program: &Program, graph: &EffectGraph, used: &BTreeMap<&str, String>) -> bool {
    let first = |seed: &str| {
        let is_it = |call: &&CallFacts| call.callee == Callee::Library(seed.to_owned());
        let call = seeds(graph)
            .filter(is_it)
            .map(|call| call.range.start())
            .min()?;
        program
            .units()
            .iter()
            .position(|unit| unit.range.contains(call))
    };
    let Some(seeded) = used.keys().filter_map(|seed| first(seed)).max() else {
        return true;
    };
    let earlier = &graph.units[..seeded];
    earlier
        .iter()
        .any(|unit| unit.effects.contains(Effect::Random))
}

fn seeds(graph: &EffectGraph) -> impl Iterator<Item = &CallFacts> {
    let is_seed = |call: &&CallFacts| match &call.callee {
        Callee::Library(name) => HIDDEN.iter().any(|hidden| hidden.seed == name),
        _ => false,
    };
    graph.calls.iter().filter(is_seed)
}

fn hidden_of(call: &CallFacts, name: impl Fn(&Hidden) -> String) -> Option<&'static Hidden> {
    let Callee::Library(callee) = &call.callee else {
        return None;
    };
    HIDDEN.iter().find(|hidden| name(hidden) == *callee)
}

/// `np.random.seed(7)` as `random_state = np.random.RandomState(7)`, where it is a statement at module level.
fn seed_edit(
    program: &Program,
    graph: &EffectGraph,
    call: &CallFacts,
    hidden: &Hidden,
    variable: &str,
) -> Option<Edit> {
    let unit = program
        .units()
        .iter()
        .find(|unit| unit.range == call.range)?;
    let Stmt::Expr(statement) = program.statement(unit.id) else {
        return None;
    };
    let Expr::Call(expression) = &*statement.value else {
        return None;
    };
    let [seed] = &*expression.arguments.args else {
        return None; // no seed, or one that is named
    };
    if !expression.arguments.keywords.is_empty() || !is_plain(seed) {
        return None;
    }
    let class = class_text(program, graph, call, hidden)?;
    let seed = program.text(seed.range());
    Some(Edit {
        range: call.range,
        text: format!("{variable} = {class}({seed})"),
    })
}

/// A literal or a name: not `None`, for which both would ask the system, and nothing that is unpacked.
fn is_plain(seed: &Expr) -> bool {
    matches!(
        seed,
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::Name(_)
    )
}

/// How the class is written where `seed` is called: `np.random.RandomState`.
fn class_text(
    program: &Program,
    graph: &EffectGraph,
    call: &CallFacts,
    hidden: &Hidden,
) -> Option<String> {
    let text = program.text(call.function);
    if !is_spelled_out(graph, text, hidden.seed) {
        return None;
    }
    if let Some(module) = text.strip_suffix(".seed") {
        Some(format!("{module}.{}", hidden.class))
    } else {
        // `from numpy.random import seed`: the class through another name of the module, if there is one.
        let module = hidden.module.trim_end_matches('.');
        let path = |(name, suffix): (&String, &str)| format!("{name}{suffix}.{}", hidden.class);
        let direct = graph.imports.iter().find(|(_, path)| *path == module);
        let parent = graph
            .imports
            .iter()
            .find(|(_, path)| module.split_once('.').is_some_and(|(top, _)| top == *path));
        direct
            .map(|(name, _)| path((name, "")))
            .or_else(|| parent.map(|(name, _)| path((name, ".random"))))
    }
}

/// Whether `text` names the function by the imports of the program, and not through a variable.
fn is_spelled_out(graph: &EffectGraph, text: &str, function: &str) -> bool {
    let (root, rest) = match text.split_once('.') {
        Some((root, rest)) => (root, format!(".{rest}")),
        None => (text, String::new()),
    };
    let imported = graph.imports.get(root);
    imported.is_some_and(|path| format!("{path}{rest}") == function)
}

fn is_draw(hidden: &Hidden, callee: &str) -> bool {
    let function = callee.strip_prefix(hidden.module);
    function.is_some_and(|function| {
        !OTHERS.contains(&function)
            && !function.contains('.')
            && function.starts_with(|c: char| c.is_ascii_lowercase())
            && function != "default_rng"
    })
}

/// `np.random.rand(3)` as `random_state.rand(3)`.
fn draw_edit(
    program: &Program,
    graph: &EffectGraph,
    call: &CallFacts,
    callee: &str,
    variable: &str,
) -> Option<Edit> {
    if !is_spelled_out(graph, program.text(call.function), callee) {
        return None;
    }
    let function = callee.rsplit('.').next()?;
    let renamed = RENAMED
        .iter()
        .find(|(old, _)| *old == function && callee.starts_with("numpy."));
    let method = renamed.map_or(function, |(_, new)| new);
    Some(Edit {
        range: call.function,
        text: format!("{variable}.{method}"),
    })
}

/// Whether a function draws from NumPy's hidden generator unless it is given one.
///
/// Functions, and methods of data frames and distributions, only: they draw while they run. What an estimator draws depends on whether
/// it is cloned before it is fitted.
fn takes_generator(catalog: &Catalog, callee: &str) -> bool {
    let (class, method) = callee.rsplit_once('.').unwrap_or(("", callee));
    let exact = catalog
        .exact(callee)
        .or_else(|| catalog.member(class, method));
    let Some(entry) = exact.or_else(|| catalog.lookup(callee)) else {
        return false;
    };
    let is_known = ["sklearn.", "pandas.", "scipy.stats."]
        .iter()
        .any(|library| callee.starts_with(library));
    let draws = entry.effects.iter().any(|when| {
        when.what == Effect::Random
            && when
                .conditions
                .contains(&Condition::Absent("random_state".to_owned()))
    });
    let is_function = entry.kind == EntryKind::Function
        || (entry.kind == EntryKind::Method && !callee.starts_with("sklearn."));
    is_known && draws && is_function
}

/// Whether a call has, or may have, a `random_state` already.
fn is_given(program: &Program, call: &CallFacts) -> bool {
    let mut arguments = call.arguments.iter();
    arguments.any(|it| it.parameter.as_deref() == Some("random_state")) || unpacks(program, call)
}

/// Whether a call unpacks what may hold anything: `Model(**parameters)`.
pub(crate) fn unpacks(program: &Program, call: &CallFacts) -> bool {
    call.arguments.iter().any(|argument| {
        let before = &program.source.text[..usize::from(argument.range.start())];
        argument.parameter.is_none() && before.trim_end().ends_with('*')
    })
}

fn argument_edit(program: &Program, call: &CallFacts, variable: &str) -> Edit {
    let closing = call.range.end() - TextSize::new(1);
    let inside = program
        .text(TextRange::new(call.function.end(), closing))
        .trim_end();
    let separator = if inside.ends_with('(') || inside.ends_with(',') {
        ""
    } else {
        ", "
    };
    let last_line = inside.rsplit('\n').next().unwrap_or_default();
    let guard = if last_line.contains('#') { "\n" } else { "" };
    Edit {
        range: TextRange::empty(closing),
        text: format!("{guard}{separator}random_state={variable}"),
    }
}
