//! From bytes to a [`Source`]: one module per form of input.

mod databricks;
mod gallery;
mod light;
mod marimo;
mod markdown;
mod notebook;
mod outline;
mod percent;
mod script;

use camino::Utf8Path;

use crate::draft::{Draft, assemble};
use crate::{ReadError, Source, Warned};

/// The most text that offsets can count, with room for what lowering adds.
const LARGEST: usize = 1 << 31;

/// Reads the input at `path`, whose content is `bytes`. The extension tells the family, the content the rest.
///
/// The diagnostics name what was left out and what has no Python equal.
///
/// # Errors
/// When the bytes are no text, no notebook, another language's notebook, or hold no code.
pub fn read(path: &Utf8Path, bytes: &[u8]) -> Result<Warned<Source>, ReadError> {
    let extension = path.extension().unwrap_or("").to_ascii_lowercase();
    let draft = match extension.as_str() {
        "ipynb" => notebook::read(path, bytes)?,
        "py" | "pyw" => script::read(&text(path, bytes)?),
        "md" | "markdown" | "myst" | "qmd" | "rmd" => markdown::read(path, &text(path, bytes)?)?,
        _ => {
            return Err(ReadError::UnknownFormat {
                path: path.to_owned(),
            });
        }
    };
    let draft = checked(path, draft)?;
    let source = assemble(path, draft);
    if holds_code(&source.output) {
        Ok(source)
    } else {
        Err(ReadError::Empty {
            path: path.to_owned(),
        })
    }
}

/// Whether there is anything but blanks and comments in a code cell, or was before magics were dropped.
fn holds_code(source: &Source) -> bool {
    let in_cells = source.cells.iter().any(|cell| {
        let is_code = cell.kind == crate::CellKind::Code;
        is_code
            && source.text[cell.range]
                .lines()
                .map(str::trim)
                .any(|line| !line.is_empty() && !line.starts_with('#'))
    });
    in_cells || !source.dropped.is_empty()
}

fn text(path: &Utf8Path, bytes: &[u8]) -> Result<String, ReadError> {
    crate::encoding::script(bytes).map_err(|reason| ReadError::NotText {
        path: path.to_owned(),
        reason,
    })
}

fn checked(path: &Utf8Path, draft: Draft) -> Result<Draft, ReadError> {
    let size: usize = draft.blocks.iter().map(|block| block.text.len()).sum();
    if size < LARGEST {
        return Ok(draft);
    }
    Err(ReadError::NotText {
        path: path.to_owned(),
        reason: "it holds more than 2 GB of code".to_owned(),
    })
}
