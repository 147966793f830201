//! What tests show of a linked program.

use srcify_syntax::{Program, Warned};

/// The lines of a program that are not empty, then what was left out of it, then what there is to say about it.
pub fn shown(program: &Warned<Program>) -> String {
    let source = &program.output.source;
    let lines = source.text.lines().map(str::trim_end);
    let mut shown: Vec<String> = lines
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect();
    for dropped in &source.dropped {
        shown.push(format!("left out: {}: {}", dropped.text, dropped.reason));
    }
    for diagnostic in &program.diagnostics {
        let place = diagnostic.span.map(|span| source.place(span));
        let place = place.unwrap_or_default();
        shown.push(format!("{place}: {}", diagnostic.message));
    }
    shown.join("\n") + "\n"
}
