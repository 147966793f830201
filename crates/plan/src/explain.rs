//! What is known of a name, a function or a line, and what became of it.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Callee, EffectGraph, FunctionFacts, Mutation, Reason, Type, UnitFacts};
use srcify_syntax::{Program, Span, TextRange, UnitId};

use crate::model::{Decision, Plan};

/// Everything that answers one question.
#[derive(Debug, Default)]
pub struct Explanation {
    /// A variable of the module, with all that happens to it.
    pub variable: Option<VariableExplained>,
    /// Functions, classes and methods of this name.
    pub functions: Vec<FunctionExplained>,
    /// The statements on the line.
    pub statements: Vec<StatementExplained>,
    /// What became of the statements that are named.
    pub decisions: BTreeMap<UnitId, Decision>,
}

impl Explanation {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.variable.is_none() && self.functions.is_empty() && self.statements.is_empty()
    }
}

/// A name of the module.
#[derive(Debug)]
pub struct VariableExplained {
    /// The name.
    pub name: String,
    /// What an import binds it to.
    pub import: Option<String>,
    /// What happens to it, in execution order.
    pub events: Vec<Event>,
    /// Names that may lead to the same object.
    pub aliases: BTreeSet<String>,
    /// The settings that it became.
    pub settings: Vec<String>,
    /// Its name in the package, where that is another.
    pub renamed: Option<String>,
}

/// Something that a statement does to a variable.
#[derive(Debug)]
pub struct Event {
    /// The statement.
    pub statement: UnitId,
    /// What it does.
    pub kind: EventKind,
    /// Which value the name has afterwards: 1 after it was first bound.
    pub version: u32,
    /// The type of the value afterwards.
    pub ty: Option<Type>,
    /// Nothing else leads to its objects.
    pub is_fresh: bool,
}

/// What can happen to a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// It is bound.
    Binds,
    /// It is bound on some paths.
    MayBind,
    /// The object it is changes.
    Changes,
    /// An object that it holds or looks at changes.
    ChangesPart,
    /// Its iterator is used up.
    UsesUp,
    /// It is read.
    Reads,
    /// A function reads it, which the statement calls.
    ReadsByCall,
    /// Code that runs later may read it.
    Captures,
    /// It is deleted.
    Deletes,
}

impl EventKind {
    /// In a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::Binds => "binds",
            Self::MayBind => "may bind",
            Self::Changes => "changes",
            Self::ChangesPart => "changes a part",
            Self::UsesUp => "uses up",
            Self::Reads => "reads",
            Self::ReadsByCall => "reads by a call",
            Self::Captures => "captures",
            Self::Deletes => "deletes",
        }
    }
}

/// A function, class or method of the input.
#[derive(Debug)]
pub struct FunctionExplained {
    /// `clean`, `Model.fit`
    pub name: String,
    /// What is known.
    pub facts: FunctionFacts,
    /// Where it is called.
    pub calls: Vec<TextRange>,
    /// What became of its definition.
    pub decision: Option<Decision>,
}

/// A statement.
#[derive(Debug)]
pub struct StatementExplained {
    /// Its number.
    pub unit: UnitId,
    /// What is known.
    pub facts: UnitFacts,
    /// What became of it.
    pub decision: Option<Decision>,
    /// What it calls: the place, the callee, its effects and the type of its result.
    pub calls: Vec<CallExplained>,
}

/// A call in a statement.
#[derive(Debug)]
pub struct CallExplained {
    /// The call.
    pub range: TextRange,
    /// `pandas.read_csv`; nothing when nobody knows.
    pub callee: Option<String>,
    /// In the words of the catalog.
    pub effects: String,
    /// The type of its result.
    pub returns: Option<Type>,
}

/// Explains what a user asks about: a name, or a line as `plan` shows it (`12`, `12:1`, `3:2` for cell 3, line 2).
///
/// # Errors
/// Names that resemble the one asked for, the nearest first, when there is nothing of this name or on this line.
pub fn explain(
    program: &Program,
    graph: &EffectGraph,
    plan: &Plan,
    asked: &str,
) -> Result<Explanation, Vec<String>> {
    let asked = asked.trim().trim_start_matches("cell ").trim();
    let found = if asked.starts_with(|it: char| it.is_ascii_digit()) {
        explain_line(program, graph, plan, asked)
    } else {
        explain_name(program, graph, plan, asked)
    };
    if found.is_empty() {
        return Err(resembling(graph, asked));
    }
    Ok(found)
}

fn explain_line(program: &Program, graph: &EffectGraph, plan: &Plan, asked: &str) -> Explanation {
    let mut numbers = asked.split(':').map(str::parse::<u32>);
    let (Some(Ok(first)), second) = (numbers.next(), numbers.next()) else {
        return Explanation::default();
    };
    let second = second.and_then(Result::ok);
    let is_on_line = |range: TextRange| {
        let location = program.source.location(Span::from(range));
        let text = program.text(range);
        let lines = u32::try_from(text.lines().count().max(1)).unwrap_or(1);
        let (is_cell, line) = match (location.cell, second) {
            (Some(cell), line) => (cell == first, line),
            (None, _) => (true, Some(first)),
        };
        let covers = line.is_none_or(|line| (location.line..location.line + lines).contains(&line));
        is_cell && covers && program.source.inclusion_at(range.start()).is_none()
    };
    let units = program.units().iter().filter(|unit| is_on_line(unit.range));
    let statements = units
        .filter_map(|unit| {
            let facts = graph.units.get(unit.id.index())?.clone();
            let calls = graph
                .calls
                .iter()
                .filter(|it| unit.range.contains_range(it.range));
            Some(StatementExplained {
                unit: unit.id,
                facts,
                decision: decision_of(plan, unit.id),
                calls: calls
                    .map(|call| CallExplained {
                        range: call.range,
                        callee: match &call.callee {
                            Callee::Library(name) | Callee::User(name) => Some(name.clone()),
                            Callee::Unknown => None,
                        },
                        effects: call.effects.to_string(),
                        returns: call.returns.clone(),
                    })
                    .collect(),
            })
        })
        .collect();
    Explanation {
        statements,
        ..Explanation::default()
    }
}

fn explain_name(program: &Program, graph: &EffectGraph, plan: &Plan, name: &str) -> Explanation {
    let is_meant = |known: &str| {
        known == name
            || known.rsplit('.').next() == Some(name)
            || known.starts_with(&format!("{name}."))
    };
    let functions = graph
        .functions
        .iter()
        .filter(|(known, _)| is_meant(known) && !known.contains('<'))
        .map(|(known, facts)| FunctionExplained {
            name: known.clone(),
            facts: facts.clone(),
            calls: calls_of(graph, known),
            decision: facts
                .unit
                .or_else(|| {
                    let owner = known.split('.').next()?;
                    graph.functions.get(owner)?.unit
                })
                .and_then(|unit| decision_of(plan, unit)),
        })
        .collect();
    let events = events_of(program, graph, name);
    let named = events.iter().map(|event| event.statement);
    let decisions = named
        .filter_map(|unit| Some((unit, decision_of(plan, unit)?)))
        .collect();
    let import = graph.imports.get(name).cloned();
    let is_variable =
        import.is_some() || (!events.is_empty() && !graph.functions.contains_key(name));
    Explanation {
        variable: is_variable.then(|| VariableExplained {
            name: name.to_owned(),
            import,
            aliases: aliases_of(graph, name),
            settings: settings_of(plan, name),
            renamed: plan.renames.get(name).filter(|it| *it != name).cloned(),
            events,
        }),
        functions,
        decisions,
        statements: Vec::new(),
    }
}

fn events_of(program: &Program, graph: &EffectGraph, name: &str) -> Vec<Event> {
    let mut events = Vec::new();
    let mut version = 0;
    for unit in program.units() {
        let Some(facts) = graph.units.get(unit.id.index()) else {
            continue;
        };
        for kind in kinds_of(facts, name) {
            if matches!(kind, EventKind::Binds | EventKind::MayBind) {
                version += 1;
            }
            events.push(Event {
                statement: unit.id,
                kind,
                version,
                ty: facts.types.get(name).cloned(),
                is_fresh: facts.fresh.contains(name),
            });
        }
    }
    events
}

/// What a statement does to a name, in the order in which it does it.
fn kinds_of(facts: &UnitFacts, name: &str) -> Vec<EventKind> {
    let access = &facts.access;
    let mut kinds = Vec::new();
    if access.reads.contains(name) {
        kinds.push(EventKind::Reads);
    }
    if facts.reads_by_call.contains(name) {
        kinds.push(EventKind::ReadsByCall);
    }
    if access.captures.contains(name) {
        kinds.push(EventKind::Captures);
    }
    match facts.mutates.get(name) {
        Some(Mutation::Own) => kinds.push(EventKind::Changes),
        Some(Mutation::Alias) => kinds.push(EventKind::ChangesPart),
        None => {}
    }
    if facts.consumes.contains(name) {
        kinds.push(EventKind::UsesUp);
    }
    if access.must.contains(name) {
        kinds.push(EventKind::Binds);
    } else if access.may.contains(name) || facts.writes_by_call.contains(name) {
        kinds.push(EventKind::MayBind);
    }
    if access.deletes.contains(name) {
        kinds.push(EventKind::Deletes);
    }
    kinds
}

fn aliases_of(graph: &EffectGraph, name: &str) -> BTreeSet<String> {
    let pairs = graph.units.iter().flat_map(|facts| &facts.shares);
    pairs
        .filter_map(|(left, right)| match (left == name, right == name) {
            (true, _) => Some(right.clone()),
            (_, true) => Some(left.clone()),
            _ => None,
        })
        .collect()
}

/// The settings that are named after a variable.
fn settings_of(plan: &Plan, name: &str) -> Vec<String> {
    let field = name.to_lowercase();
    let sections = plan.jobs.iter().flat_map(|job| &job.settings.sections);
    let fields = sections.flat_map(|section| section.fields.iter().map(move |it| (section, it)));
    fields
        .filter(|(_, it)| it.name == field)
        .map(|(section, it)| format!("{}.{}", section.name, it.name))
        .collect()
}

fn calls_of(graph: &EffectGraph, name: &str) -> Vec<TextRange> {
    let is_it = |callee: &Callee| matches!(callee, Callee::User(it) if it == name);
    let calls = graph.calls.iter().filter(|call| is_it(&call.callee));
    calls.map(|call| call.range).collect()
}

fn decision_of(plan: &Plan, unit: UnitId) -> Option<Decision> {
    plan.decisions.iter().find(|it| it.unit == unit).cloned()
}

/// Why a statement or function has its effects, where the place is in the input.
pub fn proofs(reasons: &[Reason]) -> impl Iterator<Item = (&Reason, Option<TextRange>)> {
    reasons
        .iter()
        .map(|reason| (reason, (!reason.range.is_empty()).then_some(reason.range)))
}

/// Names of the input that look like one that it does not have, the nearest first.
fn resembling(graph: &EffectGraph, asked: &str) -> Vec<String> {
    let mut known: BTreeSet<&str> = graph.functions.keys().map(String::as_str).collect();
    known.extend(graph.imports.keys().map(String::as_str));
    for facts in &graph.units {
        known.extend(facts.access.may.iter().map(String::as_str));
    }
    let mut found: BTreeSet<(usize, &str)> = BTreeSet::new();
    for name in known.into_iter().filter(|it| !it.contains('<')) {
        let distance = distance(&name.to_lowercase(), &asked.to_lowercase());
        if distance <= asked.chars().count().max(3) / 2 {
            found.insert((distance, name));
        }
    }
    found
        .into_iter()
        .take(3)
        .map(|(_, name)| name.to_owned())
        .collect()
}

/// How many letters must be added, removed or replaced to make one word of another (Levenshtein, 1965).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().take(80).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.chars().take(80).enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (column, other) in right.iter().enumerate() {
            let replaced = before + usize::from(letter != *other);
            before = row[column + 1];
            row[column + 1] = replaced.min(before + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn words_are_as_far_apart_as_letters_differ() {
        assert_eq!(distance("rooms", "rooms"), 0);
        assert_eq!(distance("rooms", "room"), 1);
        assert_eq!(distance("", "ab"), 2);
        assert_eq!(distance("means", "neams"), 2);
    }
}
