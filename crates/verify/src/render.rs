//! A verdict for people and machines.

mod html;
mod json;
mod junit;
mod text;

pub use html::html;
pub use json::json;
pub use junit::junit;
pub use text::text;

use crate::{Failure, Made, ObservableKind};

/// The kind in a word.
fn kind_label(kind: ObservableKind) -> &'static str {
    match kind {
        ObservableKind::Value => "value",
        ObservableKind::File => "file",
        ObservableKind::Text => "text",
    }
}

/// `cell 4, line 2`, as far as it is known.
fn place_of(cell: Option<u64>, line: Option<u64>) -> Option<String> {
    match (cell, line) {
        (Some(cell), Some(line)) => Some(format!("cell {cell}, line {line}")),
        (Some(cell), None) => Some(format!("cell {cell}")),
        (None, Some(line)) => Some(format!("line {line}")),
        (None, None) => None,
    }
}

fn made_label(made: &Made) -> Option<String> {
    let place = place_of(made.cell, made.line);
    match (place, made.statement.as_str()) {
        (None, "") => None,
        (Some(place), "") => Some(place),
        (None, statement) => Some(format!("`{statement}`")),
        (Some(place), statement) => Some(format!("{place}: `{statement}`")),
    }
}

fn failure_label(failure: &Failure) -> String {
    let mut text = if failure.message.is_empty() {
        failure.kind.clone()
    } else {
        format!("{}: {}", failure.kind, failure.message)
    };
    let place = match (failure.cell, &failure.file, failure.inner_line) {
        (None, Some(file), Some(line)) => Some(format!("{file}:{line}")),
        _ => place_of(failure.cell, failure.line),
    };
    if let Some(place) = place {
        text = format!("{place}: {text}");
    }
    text
}

/// Text as it stands in XML and HTML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(character),
            _ if character.is_control() => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}
