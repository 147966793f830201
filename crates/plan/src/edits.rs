//! Slices of the user's text with edits.

use srcify_effects::{Access, Callee, EffectGraph};
use srcify_syntax::{Program, TextRange, TextSize, UnitId};

use crate::context::Context;

/// A replacement of a range of the program's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub range: TextRange,
    pub text: String,
}

/// The text at `range` with `edits` applied; of nested edits the outer one wins.
pub(crate) fn apply(program: &Program, range: TextRange, mut edits: Vec<Edit>) -> String {
    edits.retain(|edit| range.contains_range(edit.range));
    edits.sort_by_key(|edit| (edit.range.start(), std::cmp::Reverse(edit.range.end())));
    let mut text = String::new();
    let mut at = range.start();
    for edit in edits {
        if edit.range.start() < at {
            continue;
        }
        text.push_str(program.text(TextRange::new(at, edit.range.start())));
        text.push_str(&edit.text);
        at = edit.range.end();
    }
    text.push_str(program.text(TextRange::new(at, range.end())));
    text
}

/// The edits that names, lifted parameters and prints need in `unit`, seen from `context`.
pub(crate) fn edits_of(
    program: &Program,
    graph: &EffectGraph,
    unit: UnitId,
    context: &Context,
) -> Vec<Edit> {
    let access = &graph.units[unit.index()].access;
    let range = program.units()[unit.index()].range;
    let mut edits = fragment_edits(program, graph, access, range, context);
    if let Some(logger) = &context.logger {
        let fragment = |range| {
            apply(
                program,
                range,
                fragment_edits(program, graph, access, range, context),
            )
        };
        edits.extend(crate::prints::logger_edits(
            program.statement(unit),
            logger,
            &fragment,
        ));
    }
    edits
}

/// The edits that names and lifted parameters need in a part of a statement.
pub(crate) fn fragment_edits(
    program: &Program,
    graph: &EffectGraph,
    access: &Access,
    range: TextRange,
    context: &Context,
) -> Vec<Edit> {
    let mut edits = context.literals.clone();
    edits.extend(name_edits(access, context));
    edits.extend(lifted_arguments(program, graph, range, context));
    edits
}

fn name_edits<'a>(access: &'a Access, context: &'a Context) -> impl Iterator<Item = Edit> + 'a {
    access.occurrences.iter().filter_map(|(name, range, _)| {
        let text = context.names.get(name)?;
        Some(Edit {
            range: *range,
            text: text.clone(),
        })
    })
}

/// Text that is evaluated sees the module's names, as it did in the input.
pub(crate) fn introspection_edits(
    program: &Program,
    graph: &EffectGraph,
    unit: UnitId,
) -> Vec<Edit> {
    let range = program.units()[unit.index()].range;
    let mut edits = Vec::new();
    for call in graph
        .calls
        .iter()
        .filter(|call| range.contains_range(call.range))
    {
        let closing = call.range.end() - TextSize::new(1);
        match (program.text(call.function), call.arguments.len()) {
            ("exec" | "eval", 1) => {
                edits.push(Edit {
                    range: TextRange::empty(closing),
                    text: ", globals()".to_owned(),
                });
            }
            ("vars" | "locals", 0) => edits.push(Edit {
                range: call.function,
                text: "globals".to_owned(),
            }),
            _ => {}
        }
    }
    edits
}

/// Adds the arguments for the parameters that functions got instead of reading variables of the module.
fn lifted_arguments(
    program: &Program,
    graph: &EffectGraph,
    range: TextRange,
    context: &Context,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    for call in graph
        .calls
        .iter()
        .filter(|call| range.contains_range(call.range))
    {
        let Callee::User(function) = &call.callee else {
            continue;
        };
        let Some(lifted) = context.lifted.get(function) else {
            continue;
        };
        let mut text = Vec::new();
        for (variable, parameter) in lifted {
            let value = context.names.get(variable).unwrap_or(variable);
            text.push(format!("{parameter}={value}"));
        }
        if text.is_empty() {
            continue;
        }
        let text = text.join(", ");
        let closing = call.range.end() - TextSize::new(1);
        let inside = program
            .text(TextRange::new(call.function.end(), closing))
            .trim_end();
        let separator = if inside.ends_with('(') || inside.ends_with(',') {
            ""
        } else {
            ", "
        };
        // A comment may stand before the bracket: a line feed keeps the arguments out of it.
        let last_line = inside.rsplit('\n').next().unwrap_or_default();
        let guard = if last_line.contains('#') { "\n" } else { "" };
        edits.push(Edit {
            range: TextRange::empty(closing),
            text: format!("{guard}{separator}{text}"),
        });
    }
    edits
}

/// Indents `text` by four spaces, lines inside strings excepted.
pub(crate) fn indent(text: &str) -> String {
    let snippet = srcify_syntax::snippet(text);
    let inside = snippet.lines_inside_strings(text);
    let mut indented = String::new();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if !line.trim().is_empty() && !inside.contains(&number) {
            indented.push_str("    ");
        }
        indented.push_str(line);
    }
    indented
}
