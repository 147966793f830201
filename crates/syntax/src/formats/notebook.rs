//! Jupyter notebooks, read leniently: what people have, not what the schema says.

use camino::Utf8Path;
use ruff_text_size::{TextRange, TextSize};
use serde_json::Value;

use crate::{Cell, CellKind, ReadError, Source, SourceKind};

/// Reads a notebook.
pub(super) fn read(path: &Utf8Path, bytes: &[u8]) -> Result<Source, ReadError> {
    let not_a_notebook = |reason: String| ReadError::NotANotebook {
        path: path.to_owned(),
        reason,
    };
    let notebook: Value =
        serde_json::from_slice(bytes).map_err(|error| not_a_notebook(error.to_string()))?;
    let cells = notebook.get("cells").and_then(Value::as_array);
    let cells = cells.ok_or_else(|| not_a_notebook("it has no list of cells".to_owned()))?;
    let mut source = Source {
        path: path.to_owned(),
        kind: SourceKind::Notebook,
        text: String::new(),
        cells: Vec::new(),
        dropped: Vec::new(),
        requirements: Vec::new(),
    };
    for (index, cell) in cells.iter().enumerate() {
        let code = cell_text(&cell["source"]);
        let kind = match cell["cell_type"].as_str() {
            Some("code") => CellKind::Code,
            Some("markdown") => CellKind::Markdown,
            _ => continue,
        };
        let start = TextSize::of(source.text.as_str());
        if kind == CellKind::Code {
            source.text.push_str(&blank_magics(&code));
            source.text.push('\n');
        }
        let range = TextRange::new(start, TextSize::of(source.text.as_str()));
        source.cells.push(Cell {
            number: index as u32 + 1,
            kind,
            range,
            markdown: if kind == CellKind::Markdown {
                code
            } else {
                String::new()
            },
            tags: Vec::new(),
            execution_count: cell["execution_count"]
                .as_u64()
                .and_then(|count| u32::try_from(count).ok()),
        });
    }
    Ok(source)
}

/// The text of a cell: a string, or a list of lines.
fn cell_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        _ => String::new(),
    }
}

/// Blanks magics and shell lines at equal length.
fn blank_magics(code: &str) -> String {
    code.split_inclusive('\n')
        .map(|line| {
            let head = line.trim_start();
            if head.starts_with('%') || head.starts_with('!') {
                line.chars()
                    .map(|c| if c == '\n' { c } else { ' ' })
                    .collect()
            } else {
                line.to_owned()
            }
        })
        .collect()
}
