//! Ruff's formatter, behind our door.

use ruff_formatter::LineWidth;
use ruff_python_formatter::{PyFormatOptions, format_module_source};

/// Formats a Python module as `ruff format` does, with lines of up to `width` characters.
///
/// # Errors
/// The message of the parser, when `source` is no Python.
pub fn format_module(source: &str, width: u16) -> Result<String, String> {
    let width = LineWidth::try_from(width).map_err(|error| error.to_string())?;
    let options = PyFormatOptions::default().with_line_width(width);
    match format_module_source(source, options) {
        Ok(printed) => Ok(printed.into_code()),
        Err(error) => Err(error.to_string()),
    }
}
