//! Python scripts, with or without cell markers.

use camino::Utf8Path;
use ruff_text_size::{TextRange, TextSize};

use crate::{Cell, CellKind, ReadError, Source, SourceKind};

/// Reads a script.
pub(super) fn read(path: &Utf8Path, bytes: &[u8]) -> Result<Source, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|error| ReadError::NotText {
        path: path.to_owned(),
        reason: error.to_string(),
    })?;
    let text = text.to_owned();
    let range = TextRange::new(TextSize::new(0), TextSize::of(text.as_str()));
    let cell = Cell {
        number: 1,
        kind: CellKind::Code,
        range,
        markdown: String::new(),
        tags: Vec::new(),
        execution_count: None,
    };
    Ok(Source {
        path: path.to_owned(),
        kind: SourceKind::Script,
        text,
        cells: vec![cell],
        dropped: Vec::new(),
        requirements: Vec::new(),
    })
}
