//! What the plan says of statements that are in no function, and of where its definitions stand.

use srcify_effects::{CallFacts, Callee, Effect, EffectGraph, EffectSet};

use srcify_syntax::Program;

use super::{Planner, deep};
use crate::steps::StepKind;
use crate::{Decision, DroppedUnit, Rung};

impl Planner<'_> {
    /// Notes why statements are in no function.
    pub(super) fn note_others(&mut self) {
        for step in &self.steps {
            if let Some(reason) = self.dropped.get(&step.unit) {
                let range = self.program.units()[step.unit.index()].range;
                self.plan.dropped.push(DroppedUnit {
                    range,
                    reason: (*reason).to_owned(),
                });
                let decision = Decision {
                    unit: step.unit,
                    rung: Rung::Dropped,
                    place: String::new(),
                    reason: (*reason).to_owned(),
                };
                self.decisions.insert(step.unit, decision);
            }
        }
        for step in &self.steps {
            self.decisions.entry(step.unit).or_insert_with(|| Decision {
                unit: step.unit,
                rung: Rung::NotCounted,
                place: String::new(),
                reason: match step.kind {
                    StepKind::Import => crate::acting::IMPORTED.to_owned(),
                    _ => "a setting".to_owned(),
                },
            });
        }
    }

    /// Notes where what the package defines stands.
    pub(super) fn note_own(&mut self) {
        let package = self.plan.package.clone();
        let own: Vec<(String, String)> = self
            .drafts
            .iter()
            .flat_map(|draft| {
                let module = format!("{package}.{}.{}", draft.folder.name(), draft.name);
                draft
                    .items
                    .iter()
                    .map(move |item| (item.name.clone(), module.clone()))
            })
            .collect();
        self.sources.own.extend(own);
        if !self.plan.secrets.is_empty() {
            self.sources
                .own
                .insert("Secret".to_owned(), format!("{package}.io.secrets"));
        }
        for job in &self.plan.jobs {
            let module = format!("{package}.config");
            self.sources
                .own
                .insert(job.settings.class.clone(), module.clone());
            for section in &job.settings.sections {
                self.sources
                    .own
                    .insert(section.class.clone(), module.clone());
            }
        }
    }
}

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

/// Whether the input uses builtins or libraries that look names up, or run text that may, or has methods that tell when
/// they are called.
pub(crate) fn is_introspective(program: &Program, graph: &EffectGraph) -> bool {
    let looks_later = |it: &String| LOOKING_LATER.contains(&it.as_str());
    let binds = |call: &CallFacts| matches!(&call.callee, Callee::Library(it) if BINDING.contains(&it.as_str()));
    if tells_of_calls(graph)
        || graph.calls.iter().any(binds)
        || graph.libraries.iter().any(looks_later)
        || deep::names_variables(program, graph)
    {
        return true;
    }
    let looks_up = ["globals", "locals", "exec", "eval"];
    let occurrences = graph.units.iter().flat_map(|unit| &unit.access.occurrences);
    occurrences.into_iter().any(|(name, range, _)| {
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
        let looks = looks_up.contains(&name.as_str()) && !is_passed();
        looks || name == "vars" && !is_given() || lists()
    })
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
