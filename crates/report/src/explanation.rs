//! What is known of a name, a function or a line, as text and as JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Serialize;
use srcify_plan::{Decision, Explanation, VariableExplained, proofs};
use srcify_syntax::{Program, Span, TextRange, UnitId};

use crate::plan::rung_name;

#[derive(Serialize)]
struct ExplanationJson {
    version: u32,
    input: String,
    asked: String,
    variable: Option<VariableJson>,
    functions: Vec<FunctionJson>,
    statements: Vec<StatementJson>,
}

#[derive(Serialize)]
struct PlaceJson {
    cell: Option<u32>,
    line: u32,
    column: u32,
    #[serde(skip)]
    text: String,
}

#[derive(Serialize)]
struct DecisionJson {
    rung: &'static str,
    place: String,
    reason: String,
}

#[derive(Serialize)]
struct VariableJson {
    name: String,
    import: Option<String>,
    events: Vec<EventJson>,
    aliases: BTreeSet<String>,
    settings: Vec<String>,
    renamed: Option<String>,
}

#[derive(Serialize)]
struct EventJson {
    at: PlaceJson,
    code: String,
    what: &'static str,
    version: u32,
    r#type: Option<String>,
    fresh: bool,
    #[serde(flatten)]
    decision: Option<DecisionJson>,
}

#[derive(Serialize)]
struct EffectJson {
    effect: &'static str,
    chain: Vec<String>,
    at: Option<PlaceJson>,
}

#[derive(Serialize)]
struct FunctionJson {
    name: String,
    defined: Option<PlaceJson>,
    #[serde(flatten)]
    decision: Option<DecisionJson>,
    effects: Vec<EffectJson>,
    mutates: BTreeSet<String>,
    may_mutate: BTreeSet<String>,
    consumes: BTreeSet<String>,
    changes: BTreeSet<String>,
    reads: BTreeSet<String>,
    writes: BTreeSet<String>,
    parameters: BTreeMap<String, String>,
    returns: Option<String>,
    calls: Vec<PlaceJson>,
    passed_on: bool,
}

#[derive(Serialize)]
struct StatementJson {
    at: PlaceJson,
    code: String,
    #[serde(flatten)]
    decision: Option<DecisionJson>,
    reads: BTreeSet<String>,
    reads_by_call: BTreeSet<String>,
    binds: BTreeSet<String>,
    may_bind: BTreeSet<String>,
    mutates: BTreeSet<String>,
    consumes: BTreeSet<String>,
    shares: Vec<(String, String)>,
    types: BTreeMap<String, String>,
    effects: Vec<EffectJson>,
    assumed: bool,
    calls: Vec<CallJson>,
}

#[derive(Serialize)]
struct CallJson {
    at: PlaceJson,
    callee: Option<String>,
    effects: String,
    returns: Option<String>,
}

/// An explanation for machines.
pub fn explanation_json(program: &Program, asked: &str, explanation: &Explanation) -> String {
    let json = json_of(program, asked, explanation);
    let mut text = serde_json::to_string_pretty(&json).expect("plain data has a JSON form");
    text.push('\n');
    text
}

/// An explanation for people.
pub fn explanation_text(program: &Program, asked: &str, explanation: &Explanation) -> String {
    let json = json_of(program, asked, explanation);
    let mut text = String::new();
    if let Some(variable) = &json.variable {
        variable_text(&mut text, variable);
    }
    for function in &json.functions {
        function_text(&mut text, function);
    }
    for statement in &json.statements {
        statement_text(&mut text, statement);
    }
    text
}

fn json_of(program: &Program, asked: &str, explanation: &Explanation) -> ExplanationJson {
    let describe = Describe { program };
    ExplanationJson {
        version: 1,
        input: program.source.path.to_string(),
        asked: asked.to_owned(),
        variable: explanation
            .variable
            .as_ref()
            .map(|it| describe.variable(it, explanation)),
        functions: explanation
            .functions
            .iter()
            .map(|it| describe.function(it))
            .collect(),
        statements: explanation
            .statements
            .iter()
            .map(|it| describe.statement(it))
            .collect(),
    }
}

struct Describe<'a> {
    program: &'a Program,
}

impl Describe<'_> {
    fn place(&self, range: TextRange) -> PlaceJson {
        let span = Span::from(range);
        let location = self.program.source.location(span);
        PlaceJson {
            cell: location.cell,
            line: location.line,
            column: location.column,
            text: self.program.source.place(span),
        }
    }

    fn unit(&self, unit: UnitId) -> TextRange {
        self.program.units()[unit.index()].range
    }

    fn code(&self, unit: UnitId) -> String {
        let text = self.program.text(self.unit(unit));
        text.lines().next().unwrap_or_default().to_owned()
    }

    fn effects(&self, reasons: &[srcify_plan::Reason]) -> Vec<EffectJson> {
        proofs(reasons)
            .map(|(reason, range)| EffectJson {
                effect: reason.effect.name(),
                chain: reason.chain.clone(),
                at: range.map(|it| self.place(it)),
            })
            .collect()
    }

    fn variable(&self, variable: &VariableExplained, all: &Explanation) -> VariableJson {
        let events = variable.events.iter().map(|event| EventJson {
            at: self.place(self.unit(event.statement)),
            code: self.code(event.statement),
            what: event.kind.name(),
            version: event.version,
            r#type: event.ty.as_ref().map(ToString::to_string),
            fresh: event.is_fresh,
            decision: all.decisions.get(&event.statement).map(decision),
        });
        VariableJson {
            name: variable.name.clone(),
            import: variable.import.clone(),
            events: events.collect(),
            aliases: variable.aliases.clone(),
            settings: variable.settings.clone(),
            renamed: variable.renamed.clone(),
        }
    }

    fn function(&self, function: &srcify_plan::FunctionExplained) -> FunctionJson {
        let facts = &function.facts;
        let parameters = facts.parameters.iter();
        FunctionJson {
            name: function.name.clone(),
            defined: facts.unit.map(|unit| self.place(self.unit(unit))),
            decision: function.decision.as_ref().map(decision),
            effects: self.effects(&facts.reasons),
            mutates: facts.mutates.clone(),
            may_mutate: facts
                .may_mutate
                .difference(&facts.mutates)
                .cloned()
                .collect(),
            consumes: facts.consumes.clone(),
            changes: facts.changes.clone(),
            reads: facts.reads.clone(),
            writes: facts.writes.clone(),
            parameters: parameters
                .map(|(name, ty)| (name.clone(), ty.to_string()))
                .collect(),
            returns: facts.returns.as_ref().map(ToString::to_string),
            calls: function.calls.iter().map(|it| self.place(*it)).collect(),
            passed_on: facts.is_value,
        }
    }

    fn statement(&self, statement: &srcify_plan::StatementExplained) -> StatementJson {
        let facts = &statement.facts;
        let calls = statement.calls.iter().map(|call| CallJson {
            at: self.place(call.range),
            callee: call.callee.clone(),
            effects: call.effects.clone(),
            returns: call.returns.as_ref().map(ToString::to_string),
        });
        let types = facts.types.iter();
        StatementJson {
            at: self.place(self.unit(statement.unit)),
            code: self.code(statement.unit),
            decision: statement.decision.as_ref().map(decision),
            reads: facts.access.reads.clone(),
            reads_by_call: facts.reads_by_call.clone(),
            binds: facts.access.must.clone(),
            may_bind: facts
                .access
                .may
                .difference(&facts.access.must)
                .cloned()
                .collect(),
            mutates: facts.mutates.keys().cloned().collect(),
            consumes: facts.consumes.clone(),
            shares: facts.shares.iter().cloned().collect(),
            types: types
                .map(|(name, ty)| (name.clone(), ty.to_string()))
                .collect(),
            effects: self.effects(&facts.reasons),
            assumed: facts.is_assumed,
            calls: calls.collect(),
        }
    }
}

fn decision(decision: &Decision) -> DecisionJson {
    DecisionJson {
        rung: rung_name(decision.rung),
        place: decision.place.clone(),
        reason: decision.reason.clone(),
    }
}

fn variable_text(text: &mut String, variable: &VariableJson) {
    let _ = writeln!(text, "`{}`: a name of the module", variable.name);
    line(
        text,
        "import",
        variable.import.as_deref().unwrap_or_default(),
    );
    line(text, "setting", &variable.settings.join(", "));
    line(
        text,
        "in the package",
        variable.renamed.as_deref().unwrap_or_default(),
    );
    line(text, "may share objects with", &joined(&variable.aliases));
    let mut events = variable.events.iter().peekable();
    while let Some(event) = events.next() {
        let mut what = vec![event.what];
        let mut last = event;
        while let Some(next) = events.next_if(|it| it.at.text == event.at.text) {
            what.push(next.what);
            last = next;
        }
        let _ = writeln!(text, "  {}: {}", event.at.text, event.code);
        line(text, "becomes", &decision_text(event.decision.as_ref()));
        line(
            text,
            "here",
            &format!("{} (version {})", what.join(", "), last.version),
        );
        line(
            text,
            "type afterwards",
            last.r#type.as_deref().unwrap_or_default(),
        );
        let fresh = "no other name leads to its objects";
        line(text, "shared", if last.fresh { fresh } else { "" });
    }
}

fn function_text(text: &mut String, function: &FunctionJson) {
    let defined = function
        .defined
        .as_ref()
        .map(|it| format!(", defined at {}", it.text));
    let _ = writeln!(
        text,
        "`{}`: a definition{}",
        function.name,
        defined.unwrap_or_default()
    );
    line(text, "becomes", &decision_text(function.decision.as_ref()));
    effects_text(text, &function.effects);
    line(text, "changes its arguments", &joined(&function.mutates));
    line(text, "gives to unknown code", &joined(&function.may_mutate));
    line(text, "uses up", &joined(&function.consumes));
    line(text, "changes of the module", &joined(&function.changes));
    line(text, "reads of the module", &joined(&function.reads));
    line(text, "binds of the module", &joined(&function.writes));
    line(text, "parameters", &typed(&function.parameters));
    line(
        text,
        "returns",
        function.returns.as_deref().unwrap_or_default(),
    );
    let calls: Vec<&str> = function.calls.iter().map(|it| it.text.as_str()).collect();
    let calls = if calls.is_empty() {
        "nowhere".to_owned()
    } else {
        calls.join(", ")
    };
    line(text, "called at", &calls);
    line(
        text,
        "also",
        if function.passed_on {
            "passed on as a value"
        } else {
            ""
        },
    );
}

fn statement_text(text: &mut String, statement: &StatementJson) {
    let _ = writeln!(text, "{}: {}", statement.at.text, statement.code);
    line(text, "becomes", &decision_text(statement.decision.as_ref()));
    effects_text(text, &statement.effects);
    line(text, "reads", &joined(&statement.reads));
    line(text, "reads by calls", &joined(&statement.reads_by_call));
    line(text, "binds", &joined(&statement.binds));
    line(text, "may bind", &joined(&statement.may_bind));
    line(text, "changes in place", &joined(&statement.mutates));
    line(text, "uses up", &joined(&statement.consumes));
    let shares = statement
        .shares
        .iter()
        .map(|(left, right)| format!("{left} and {right}"));
    line(
        text,
        "share objects",
        &shares.collect::<Vec<_>>().join(", "),
    );
    line(text, "types", &typed(&statement.types));
    let assumed = "on the name of a method whose object has no known type";
    line(text, "rests", if statement.assumed { assumed } else { "" });
    for call in &statement.calls {
        let callee = call.callee.as_deref().unwrap_or("something unknown");
        let returns = call.returns.as_deref().map(|it| format!(", gives {it}"));
        let what = format!("{callee}: {}{}", call.effects, returns.unwrap_or_default());
        line(text, &format!("calls at {}", call.at.text), &what);
    }
}

fn effects_text(text: &mut String, effects: &[EffectJson]) {
    if effects.is_empty() {
        line(text, "effects", "pure");
    }
    for effect in effects {
        let place = effect.at.as_ref().map(|it| format!(" at {}", it.text));
        let why = format!(
            "{}, by {}{}",
            effect.effect,
            effect.chain.join(" → "),
            place.unwrap_or_default()
        );
        line(text, "effect", &why);
    }
}

fn decision_text(decision: Option<&DecisionJson>) -> String {
    let Some(decision) = decision else {
        return String::new();
    };
    match decision.place.as_str() {
        "" => format!("{}: {}", decision.rung, decision.reason),
        place => format!("{place} ({}: {})", decision.rung, decision.reason),
    }
}

fn line(text: &mut String, label: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(text, "    {label:<22} {value}");
    }
}

fn joined(names: &BTreeSet<String>) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.join(", ")
}

fn typed(types: &BTreeMap<String, String>) -> String {
    let pairs: Vec<String> = types
        .iter()
        .map(|(name, ty)| format!("{name}: {ty}"))
        .collect();
    pairs.join(", ")
}
