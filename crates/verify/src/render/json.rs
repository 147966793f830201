//! For machines.

use serde_json::{Map, Value, json};

use super::kind_label;
use crate::{Failure, Made, Observable, Outcome, SideReport, Verdict};

/// The version of this form.
const VERSION: u32 = 1;

/// The verdict as JSON; `version` changes when a field changes its meaning.
pub fn json(verdict: &Verdict) -> Value {
    let counts: Map<String, Value> = Outcome::ALL
        .into_iter()
        .map(|outcome| (outcome.id().to_owned(), json!(verdict.count(outcome))))
        .collect();
    json!({
        "version": VERSION,
        "status": verdict.status().label().replace(' ', "-"),
        "counts": counts,
        "runs": verdict.runs,
        "input": side(&verdict.input),
        "package": side(&verdict.package),
        "observables": verdict.observables.iter().map(observable).collect::<Vec<_>>(),
        "kept": verdict.kept,
    })
}

fn side(side: &SideReport) -> Value {
    json!({
        "label": side.label,
        "seconds": side.seconds,
        "failure": side.failure.as_ref().map(failure),
        "outside": side.outside,
        "notes": side.notes,
    })
}

fn failure(failure: &Failure) -> Value {
    json!({
        "kind": failure.kind,
        "message": failure.message,
        "cell": failure.cell,
        "line": failure.line,
        "file": failure.file,
        "function": failure.function,
        "function_line": failure.inner_line,
        "statement": failure.statement,
        "missing_module": failure.missing_module,
        "traceback": failure.traceback,
    })
}

fn observable(one: &Observable) -> Value {
    let differences: Vec<Value> = one
        .differences
        .iter()
        .map(|difference| {
            json!({
                "path": difference.path,
                "input": difference.left,
                "package": difference.right,
            })
        })
        .collect();
    json!({
        "kind": kind_label(one.kind),
        "name": one.name,
        "outcome": one.outcome.id(),
        "place": one.place,
        "made_by": one.made.as_ref().map(made),
        "differences": differences,
        "count": one.count,
        "largest": one.largest,
        "notes": one.notes,
    })
}

fn made(made: &Made) -> Value {
    json!({ "cell": made.cell, "line": made.line, "statement": made.statement })
}
