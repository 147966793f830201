//! From a source to a program: in which order its cells run, and what is left out.

use anyhow::Context;
use camino::Utf8Path;
use srcify_effects::{LeftOut, dependents, early_reads, secrets_in};
use srcify_plan::redacted;
use srcify_report::diagnostic_text;
use srcify_syntax::{
    Diagnostic, Order, ParseOptions, Program, Reading, Severity, Source, Span, TextRange, Warned,
    parse, parse_with,
};

use crate::commands::Failure;

/// Reads and parses the file at `path`, as `reading` says.
pub fn program_of(
    path: &Utf8Path,
    bytes: &[u8],
    reading: Reading,
) -> Result<Warned<Program>, Failure> {
    let read = srcify_syntax::read(path, bytes).map_err(anyhow::Error::from)?;
    let mut diagnostics = read.diagnostics;
    let source = in_order(read.output, reading.order, &mut diagnostics);
    let known = source.dropped.len();
    let options = ParseOptions {
        skip_broken: reading.skip_broken,
    };
    let text = source.text.clone();
    let parsed = parse_with(source, options);
    diagnostics.extend(parsed.diagnostics);
    let program = parsed.output;
    refuse_errors(path, &program, &text, &diagnostics)?;
    let program = without_dependents(program, known, &mut diagnostics);
    if reading.skip_broken && program.units().is_empty() {
        return Err(anyhow::anyhow!("`{path}` holds no code that can be read").into());
    }
    Ok(Warned {
        output: program,
        diagnostics,
    })
}

/// The numbers of the cells of the file at `path` in the order in which they run, when it is not that of the document.
pub fn order_of(path: &Utf8Path, reading: Reading) -> anyhow::Result<Option<Vec<u64>>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read `{path}`"))?;
    let source = srcify_syntax::read(path, &bytes)?.output;
    let source = in_order(source, reading.order, &mut Vec::new());
    let order = source.run_order();
    Ok(order.map(|numbers| numbers.into_iter().map(u64::from).collect()))
}

/// Fails with the errors among the diagnostics; the lines that they show hold no secret.
fn refuse_errors(
    path: &Utf8Path,
    program: &Program,
    text: &str,
    diagnostics: &[Diagnostic],
) -> Result<(), Failure> {
    let errors: Vec<&Diagnostic> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .collect();
    if errors.is_empty() {
        return Ok(());
    }
    let shown: String = errors
        .iter()
        .map(|error| diagnostic_text(error, &program.source, true) + "\n\n")
        .collect();
    let parts = if errors.len() == 1 { "part" } else { "parts" };
    Err(Failure {
        details: redacted(&shown, &secrets_in(text)),
        error: anyhow::anyhow!("`{path}` has {} {parts} that cannot be read", errors.len()),
    })
}

/// The source with its cells in the order in which they run.
fn in_order(source: Source, order: Order, diagnostics: &mut Vec<Diagnostic>) -> Source {
    if order == Order::Document {
        return source;
    }
    let Some(executed) = source.execution_order() else {
        if order == Order::Executed {
            let message = "the numbers of the cells tell no other order than that of the document";
            diagnostics.push(Diagnostic::new("order", Severity::Advice, None, message));
        }
        return source;
    };
    let early = |source: Source| early_reads(&parse(source).output);
    let reordered = source.reordered(&executed);
    let takes =
        order == Order::Executed || (early(source.clone()) > 0 && early(reordered.clone()) == 0);
    if !takes {
        let message =
            "the cells were last run in another order than that of the document, which is taken";
        let hint = "run the notebook from top to bottom to see what it computes; `--order executed` takes the other";
        diagnostics.push(Diagnostic::new("order", Severity::Advice, None, message).hint(hint));
        return source;
    }
    let message = "cells run in the order of their numbers, not in that of the document";
    let hint = "`--order document` takes that of the document";
    diagnostics.push(Diagnostic::new("order", Severity::Advice, None, message).hint(hint));
    reordered
}

/// The program without what needs names of cells that were left out, those listed after the first `known`.
fn without_dependents(
    program: Program,
    known: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Program {
    let left_out: Vec<LeftOut> = program.source.dropped[known..]
        .iter()
        .map(|cell| LeftOut::broken(TextRange::from(cell.span).start(), &cell.text))
        .collect();
    let needing = dependents(&program, &left_out);
    if needing.is_empty() {
        return program;
    }
    let mut parts = Vec::new();
    for (unit, name) in needing {
        let unit = &program.units()[unit.index()];
        let message = format!("needs `{name}`, which a cell that is left out would bind");
        parts.push((unit.full_range, message.clone()));
        let span = Span::from(unit.range);
        diagnostics
            .push(Diagnostic::warning("left-out", span, message).hint("it is left out, too"));
    }
    let mut source = program.source;
    source.leave_out(&parts);
    parse(source).output
}
