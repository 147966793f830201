//! For the browser: one file without scripts.

use std::fmt::Write;

use super::{escape, failure_label, kind_label, made_label};
use crate::{Observable, SideReport, Verdict};

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem;\
border-bottom:1px solid #8884}code{font-size:.9em}.fault{font-weight:600}small{display:block;opacity:.75}\
:root{color-scheme:light dark}";

/// The verdict as an HTML page.
pub fn html(verdict: &Verdict) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>srcify verify</title><style>{STYLE}</style>\n\
         <h1>{}</h1>\n",
        verdict.status().label()
    );
    push_side(&mut out, "Input", &verdict.input);
    push_side(&mut out, "Package", &verdict.package);
    out.push_str(
        "<table><thead><tr><th>Kind<th>Name<th>Outcome<th>Where<th>Details</tr></thead><tbody>\n",
    );
    for one in &verdict.observables {
        push_row(&mut out, one);
    }
    out.push_str("</tbody></table></html>\n");
    out
}

fn push_side(out: &mut String, title: &str, side: &SideReport) {
    let _ = write!(
        out,
        "<p>{title} <code>{}</code>, {:.1} s",
        escape(&side.label),
        side.seconds
    );
    if let Some(failure) = &side.failure {
        let _ = write!(
            out,
            "<br><span class=\"fault\">failed at {}</span><pre>{}</pre>",
            escape(&failure_label(failure)),
            escape(&failure.traceback)
        );
    }
    out.push_str("</p>\n");
}

fn push_row(out: &mut String, one: &Observable) {
    let class = if one.outcome.is_fault() {
        " class=\"fault\""
    } else {
        ""
    };
    let made = one.made.as_ref().and_then(made_label).unwrap_or_default();
    let place = one.place.as_deref().unwrap_or_default();
    let _ = write!(
        out,
        "<tr><td>{}<td><code>{}</code><small>{}</small><td{class}>{}<td><code>{}</code><td>",
        kind_label(one.kind),
        escape(&one.name),
        escape(&made),
        one.label(),
        escape(place)
    );
    for difference in &one.differences {
        let _ = write!(
            out,
            "<div><code>{}</code> input <code>{}</code> package <code>{}</code></div>",
            escape(&difference.path),
            escape(&difference.left),
            escape(&difference.right)
        );
    }
    for note in &one.notes {
        let _ = write!(out, "<small>{}</small>", escape(note));
    }
    out.push_str("</tr>\n");
}
