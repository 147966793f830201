//! For the test report of a CI system.

use std::fmt::Write;

use super::{escape, failure_label, kind_label};
use crate::{Observable, Outcome, Verdict};

/// The verdict as JUnit XML: one test per observable, and one for each side's run.
pub fn junit(verdict: &Verdict) -> String {
    let sides = [("input", &verdict.input), ("package", &verdict.package)];
    let failed_sides = sides
        .iter()
        .filter(|(_, side)| side.failure.is_some())
        .count();
    let faults = verdict
        .observables
        .iter()
        .filter(|one| one.outcome.is_fault())
        .count();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites>\n  <testsuite name=\"srcify verify\" tests=\"{}\" failures=\"{faults}\" errors=\"{failed_sides}\">",
        verdict.observables.len() + sides.len()
    );
    for (title, side) in sides {
        let name = escape(&format!("{title} {}", side.label));
        let start = format!(
            "    <testcase classname=\"run\" name=\"{name}\" time=\"{:.3}\"",
            side.seconds
        );
        let _ = match &side.failure {
            None => writeln!(out, "{start}/>"),
            Some(failure) => writeln!(
                out,
                "{start}><error message=\"{}\">{}</error></testcase>",
                escape(&failure_label(failure)),
                escape(&failure.traceback)
            ),
        };
    }
    for one in &verdict.observables {
        push_case(&mut out, one);
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn push_case(out: &mut String, one: &Observable) {
    let start = format!(
        "    <testcase classname=\"{}\" name=\"{}\"",
        kind_label(one.kind),
        escape(&one.name)
    );
    let _ = if one.outcome.is_fault() {
        let details: Vec<String> = one
            .differences
            .iter()
            .map(|one| format!("{} input {} package {}", one.path, one.left, one.right))
            .chain(one.notes.iter().cloned())
            .collect();
        writeln!(
            out,
            "{start}><failure message=\"{}\">{}</failure></testcase>",
            one.label(),
            escape(details.join("\n").trim())
        )
    } else if matches!(
        one.outcome,
        Outcome::NotComparable | Outcome::NonDeterministic
    ) {
        writeln!(
            out,
            "{start}><skipped message=\"{}\"/></testcase>",
            one.label()
        )
    } else {
        writeln!(out, "{start}/>")
    };
}
