//! From bytes to a [`Source`]: one module per form of input.

mod notebook;
mod script;

use camino::Utf8Path;

use crate::{ReadError, Source};

/// Reads the input at `path`, whose content is `bytes`. The extension tells the family, the content the rest.
///
/// # Errors
/// When the bytes are no text, no notebook, another language's notebook, or hold no code.
pub fn read(path: &Utf8Path, bytes: &[u8]) -> Result<Source, ReadError> {
    let source = match path.extension() {
        Some("ipynb") => notebook::read(path, bytes)?,
        Some("py") => script::read(path, bytes)?,
        _ => {
            return Err(ReadError::UnknownFormat {
                path: path.to_owned(),
            });
        }
    };
    if source.text.trim().is_empty() {
        return Err(ReadError::Empty {
            path: path.to_owned(),
        });
    }
    Ok(source)
}
