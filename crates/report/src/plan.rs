//! Plans as a table and as JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Serialize;
use srcify_plan::{Decision, Literal, Plan, Rung, redacted};
use srcify_syntax::{Diagnostic, Program, Severity, Span, UnitId};

use crate::conversion::untyped;
use crate::left_out::{LeftOut, left_out};

/// How many statements went where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// In functions of the domain or classes of io.
    pub layered: usize,
    /// In place, in the application.
    pub in_place: usize,
    /// Imports, definitions, settings, prints.
    pub not_counted: usize,
    /// Dropped, with a reason each.
    pub dropped: usize,
    /// Settings lifted out of the code.
    pub settings: usize,
}

/// Counts the decisions of a plan.
pub fn summary_of(plan: &Plan) -> Summary {
    let count = |rung| {
        plan.decisions
            .iter()
            .filter(|decision| decision.rung == rung)
            .count()
    };
    let sections = plan.jobs.iter().flat_map(|job| &job.settings.sections);
    Summary {
        layered: count(Rung::Layered),
        in_place: count(Rung::InPlace),
        not_counted: count(Rung::NotCounted),
        dropped: count(Rung::Dropped),
        settings: sections.map(|section| section.fields.len()).sum(),
    }
}

pub(crate) fn rung_name(rung: Rung) -> &'static str {
    match rung {
        Rung::Layered => "layered",
        Rung::InPlace => "in-place",
        Rung::NotCounted => "not-counted",
        Rung::Dropped => "dropped",
    }
}

/// The decisions as a table: one line a statement.
pub fn plan_text(program: &Program, plan: &Plan) -> String {
    let mut rows: Vec<[String; 5]> = Vec::new();
    for decision in &plan.decisions {
        let unit = &program.units()[decision.unit.index()];
        let line = program.text(unit.range).lines().next().unwrap_or_default();
        let line = redacted(line, &plan.secret_values);
        let mut code: String = line.chars().take(48).collect();
        if line.chars().count() > 48 {
            code.push('…');
        }
        rows.push([
            program.source.place(Span::from(unit.range)),
            code,
            rung_name(decision.rung).to_owned(),
            decision.place.clone(),
            decision.reason.clone(),
        ]);
    }
    let titles = ["where", "statement", "rung", "place", "reason"].map(str::to_owned);
    rows.insert(0, titles);
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2), width(3)];
    let mut text = String::new();
    for row in &rows {
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(text, "{cell:width$}  ");
        }
        let _ = writeln!(text, "{}", row[4]);
    }
    let summary = summary_of(plan);
    let _ = writeln!(
        text,
        "\n{} statements in domain and io, {} in place, {} dropped, {} settings",
        summary.layered, summary.in_place, summary.dropped, summary.settings
    );
    text
}

#[derive(Serialize)]
struct PlanJson<'a> {
    version: u32,
    package: &'a str,
    project: &'a str,
    inputs: Vec<InputJson<'a>>,
    jobs: Vec<JobJson<'a>>,
    statements: Vec<StatementJson<'a>>,
    names: BTreeMap<&'a str, HolderJson<'a>>,
    settings: Vec<SettingJson<'a>>,
    secrets: Vec<&'a str>,
    dependencies: Vec<&'a str>,
    dropped: usize,
    left_out: Vec<LeftOutJson>,
    renames: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    handed: BTreeMap<&'a str, BTreeSet<&'a str>>,
    untyped: Vec<String>,
    remarks: Vec<RemarkJson<'a>>,
}

#[derive(Serialize)]
struct LeftOutJson {
    cell: Option<u32>,
    line: u32,
    reason: String,
}

/// What there is to say about the input; advice changes nothing in the package.
#[derive(Serialize)]
struct RemarkJson<'a> {
    code: &'a str,
    severity: &'static str,
    cell: Option<u32>,
    line: Option<u32>,
    message: &'a str,
    hint: Option<&'a str>,
}

#[derive(Serialize)]
struct InputJson<'a> {
    path: &'a str,
    /// The numbers of the cells as they run, when it is not the order of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<Vec<u32>>,
    /// As in the whole, for a package of several inputs.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    names: BTreeMap<&'a str, HolderJson<'a>>,
}

#[derive(Serialize)]
struct JobJson<'a> {
    name: &'a str,
    module: String,
    function: &'a str,
    /// The input that it was made of.
    input: &'a str,
}

#[derive(Serialize)]
struct StatementJson<'a> {
    id: u32,
    /// The input, when there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    /// The local module that it stands in; the input when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    cell: Option<u32>,
    line: u32,
    rung: &'static str,
    place: &'a str,
    reason: &'a str,
}

/// Where the package holds the last value of a variable.
#[derive(Serialize)]
#[serde(untagged)]
enum HolderJson<'a> {
    Held {
        module: String,
        function: &'a str,
        local: &'a str,
    },
    /// The package has no use for its last value.
    LeftOut { left_out: bool },
}

#[derive(Serialize)]
struct SettingJson<'a> {
    job: &'a str,
    name: String,
    r#type: &'a str,
    value: serde_json::Value,
}

/// An input of a package, with what became of it.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// The input, with its local modules.
    pub program: &'a Program,
    /// Its plan.
    pub plan: &'a Plan,
    /// What there is to say about it.
    pub diagnostics: &'a [Diagnostic],
}

/// A package as JSON, for machines: its parts, an input each, and the whole. The package keeps it as the record of its
/// making. `general` is what there is to say about all inputs together.
pub fn package_json(parts: &[Part<'_>], plan: &Plan, general: &[Diagnostic]) -> String {
    let is_one = parts.len() == 1;
    let statements = parts.iter().flat_map(|part| {
        let origin = part.plan.origins.first().map_or("", String::as_str);
        let input = (!is_one).then_some(origin);
        let decisions = part.plan.decisions.iter();
        decisions.map(move |decision| statement_json(part.program, decision, input))
    });
    let named = parts.iter().filter(|part| !part.plan.origins.is_empty());
    let inputs = named.map(|part| InputJson {
        path: &part.plan.origins[0],
        order: part.program.source.run_order(),
        names: if is_one {
            BTreeMap::new()
        } else {
            holders(part.plan)
        },
    });
    let remarks = parts.iter().flat_map(|part| {
        let all = part.diagnostics.iter();
        all.map(|diagnostic| remark(part.program, diagnostic))
    });
    let general = parts.iter().take(1).flat_map(|part| {
        let all = general.iter();
        all.map(|diagnostic| remark(part.program, diagnostic))
    });
    let json = PlanJson {
        version: 1,
        package: &plan.package,
        project: &plan.project,
        inputs: inputs.collect(),
        jobs: jobs_json(plan),
        statements: statements.collect(),
        names: match parts {
            [part] => holders(part.plan),
            _ => BTreeMap::new(),
        },
        settings: settings_json(plan),
        secrets: plan
            .secrets
            .iter()
            .map(|secret| secret.variable.as_str())
            .collect(),
        dependencies: plan
            .dependencies
            .iter()
            .map(|dependency| dependency.distribution.as_str())
            .collect(),
        dropped: parts.iter().map(|part| part.plan.dropped.len()).sum(),
        left_out: parts
            .iter()
            .flat_map(|part| left_out_json(part.program, part.plan))
            .collect(),
        renames: parts.iter().flat_map(|part| renames(part.plan)).collect(),
        handed: handed(parts),
        untyped: untyped(plan),
        remarks: remarks.chain(general).collect(),
    };
    let mut text = serde_json::to_string_pretty(&json).expect("plain data has a JSON form");
    text.push('\n');
    text
}

fn jobs_json(plan: &Plan) -> Vec<JobJson<'_>> {
    let jobs = plan.jobs.iter().map(|job| JobJson {
        name: &job.name,
        module: format!("{}.application.{}", plan.package, job.name),
        function: &job.function,
        input: &job.origin,
    });
    jobs.collect()
}

fn settings_json(plan: &Plan) -> Vec<SettingJson<'_>> {
    let mut settings = Vec::new();
    for job in &plan.jobs {
        for section in &job.settings.sections {
            settings.extend(section.fields.iter().map(|field| SettingJson {
                job: &job.name,
                name: format!("{}.{}", section.name, field.name),
                r#type: &field.annotation,
                value: value_json(&field.default),
            }));
        }
    }
    settings
}

fn statement_json<'a>(
    program: &'a Program,
    decision: &'a Decision,
    input: Option<&'a str>,
) -> StatementJson<'a> {
    let range = program.units()[decision.unit.index()].range;
    let location = program.source.location(Span::from(range));
    let module = program.source.inclusion_at(range.start());
    StatementJson {
        id: decision.unit.0,
        input,
        file: module.map(AsRef::as_ref),
        cell: location.cell,
        line: location.line,
        rung: rung_name(decision.rung),
        place: &decision.place,
        reason: &decision.reason,
    }
}

/// The functions that hold the last values of the input's variables.
fn holders(plan: &Plan) -> BTreeMap<&str, HolderJson<'_>> {
    let found = plan
        .holders
        .iter()
        .filter_map(|(name, unit)| Some((name.as_str(), holder(plan, name, *unit)?)));
    let gone = plan.left_out.keys();
    let gone = gone.map(|name| (name.as_str(), HolderJson::LeftOut { left_out: true }));
    found.chain(gone).collect()
}

/// The function that a statement is in: its place is `domain/model.py: fit`, or the file of a job.
fn holder<'a>(plan: &'a Plan, name: &'a str, unit: UnitId) -> Option<HolderJson<'a>> {
    let decision = plan.decisions.iter().find(|it| it.unit == unit)?;
    let (file, function) = match decision.place.split_once(": ") {
        Some((file, function)) => (file, Some(function)),
        None => (decision.place.as_str(), None),
    };
    let path = file.strip_suffix(".py")?.replace('/', ".");
    let job = plan
        .jobs
        .iter()
        .find(|job| path == format!("application.{}", job.name));
    Some(HolderJson::Held {
        module: format!("{}.{path}", plan.package),
        function: moved(
            plan,
            name,
            function.or_else(|| job.map(|job| job.function.as_str()))?,
        ),
        local: plan.renames.get(name).map_or(name, String::as_str),
    })
}

/// The part of a function that has the last value of a variable, when the function was divided.
fn moved<'a>(plan: &'a Plan, name: &str, function: &'a str) -> &'a str {
    let local = plan.renames.get(name).map_or(name, String::as_str);
    let mut function = function;
    while let Some(part) = plan.moved.get(&(function.to_owned(), local.to_owned())) {
        function = part;
    }
    function
}

fn left_out_json(program: &Program, plan: &Plan) -> Vec<LeftOutJson> {
    let one = |it: LeftOut| LeftOutJson {
        cell: it.location.cell,
        line: it.location.line,
        reason: it.reason,
    };
    left_out(program, plan).into_iter().map(one).collect()
}

/// The author's names that are others in the package.
fn renames(plan: &Plan) -> BTreeMap<&str, &str> {
    let pairs = plan.renames.iter();
    pairs
        .map(|(old, new)| (old.as_str(), new.as_str()))
        .filter(|(old, new)| old != new)
        .collect()
}

/// The attributes that objects of the author's classes hold more than in the inputs.
fn handed<'a>(parts: &[Part<'a>]) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (class, names) in parts.iter().flat_map(|part| &part.plan.handed) {
        let known = all.entry(class).or_default();
        known.extend(names.iter().map(String::as_str));
    }
    all
}

fn remark<'a>(program: &Program, diagnostic: &'a Diagnostic) -> RemarkJson<'a> {
    let location = diagnostic.span.map(|span| program.source.location(span));
    RemarkJson {
        code: diagnostic.code,
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        },
        cell: location.as_ref().and_then(|location| location.cell),
        line: location.as_ref().map(|location| location.line),
        message: &diagnostic.message,
        hint: diagnostic.hint.as_deref(),
    }
}

fn value_json(literal: &Literal) -> serde_json::Value {
    use serde_json::Value;
    match literal {
        Literal::None => Value::Null,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Int(text) => text
            .parse::<i64>()
            .map_or_else(|_| Value::String(text.clone()), Value::from),
        Literal::Float(text) => text
            .parse::<f64>()
            .map_or_else(|_| Value::String(text.clone()), Value::from),
        Literal::Str(text) => Value::String(text.clone()),
        Literal::List(items) => Value::Array(items.iter().map(value_json).collect()),
        Literal::Map(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), value_json(value)))
                .collect(),
        ),
    }
}
