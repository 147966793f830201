//! Jupyter notebooks, read leniently: what people have, not what the schema says.

mod json;

use camino::Utf8Path;

use self::json::{NotebookCell, NotebookFile};
use crate::draft::{Block, Draft, Part};
use crate::encoding::{self, unix_lines};
use crate::{Diagnostic, ReadError, SourceKind};

/// Reads a notebook.
pub(super) fn read(path: &Utf8Path, bytes: &[u8]) -> Result<Draft, ReadError> {
    let wrong = |reason: String| ReadError::NotANotebook {
        path: path.to_owned(),
        reason,
    };
    let bytes = encoding::json(bytes).map_err(wrong)?;
    let file: NotebookFile =
        serde_json::from_slice(&bytes).map_err(|error| wrong(reason(&error)))?;
    if let Some(kernel) = file.other_kernel() {
        return Err(ReadError::OtherKernel {
            path: path.to_owned(),
            kernel,
        });
    }
    let mut reader = Reader {
        blocks: Vec::new(),
        diagnostics: Vec::new(),
    };
    let cells = file
        .into_cells()
        .ok_or_else(|| wrong("it has no list of cells".to_owned()))?;
    for (index, cell) in cells.into_iter().enumerate() {
        reader.cell(index as u32 + 1, cell);
    }
    Ok(Draft {
        kind: SourceKind::Notebook,
        blocks: reader.blocks,
        requirements: Vec::new(),
        diagnostics: reader.diagnostics,
    })
}

/// The parser's message, which ends with line and column.
fn reason(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return format!(
            "it ends too early, at line {} column {}",
            error.line(),
            error.column()
        );
    }
    let message = error.to_string();
    let mut characters = message.chars();
    characters.next().map_or(String::new(), |first| {
        first.to_lowercase().chain(characters).collect()
    })
}

struct Reader {
    blocks: Vec<Block>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn cell(&mut self, number: u32, cell: NotebookCell) {
        if let Some(language) = cell.other_language().filter(|_| cell.kind == "code") {
            return self.leave_out(number, &format!("is `{language}`"));
        }
        let text = unix_lines(cell.source);
        let mut block = match cell.kind.as_str() {
            "code" => {
                let mut block = Block::new(Part::Code, number, text);
                if !block.text.is_empty() && !block.text.ends_with('\n') {
                    block.text.push('\n');
                }
                block
            }
            "markdown" => prose(number, text),
            "heading" => {
                let signs = "#".repeat(cell.level.clamp(1, 6) as usize);
                prose(number, format!("{signs} {}", text.trim()))
            }
            "html" => prose(number, text),
            kind => {
                if !text.trim().is_empty() {
                    self.leave_out(number, &format!("is of the type `{kind}`"));
                }
                return;
            }
        };
        block.tags = cell.tags;
        block.execution_count = cell.execution_count;
        self.blocks.push(block);
    }

    fn leave_out(&mut self, number: u32, what: &str) {
        let message = format!("cell {number} {what} and is left out");
        self.diagnostics
            .push(Diagnostic::advice("skipped-cell", None, message));
    }
}

fn prose(number: u32, text: String) -> Block {
    let mut block = Block::new(Part::Markdown, number, String::new());
    block.markdown = text;
    block
}
