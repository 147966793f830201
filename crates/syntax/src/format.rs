//! Ruff's formatter, behind our door.

use ruff_formatter::LineWidth;
use ruff_python_ast::PythonVersion;
use ruff_python_formatter::{PyFormatOptions, QuoteStyle, format_module_source};
use ruff_python_parser::{Mode, ParseOptions, parse};

/// The oldest Python that what we format must run on.
const OLDEST: PythonVersion = PythonVersion::PY311;

/// Formats a Python module as `ruff format` does, with lines of up to `width` characters.
///
/// # Errors
/// The message of the parser, when `source` is no Python.
pub fn format_module(source: &str, width: u16) -> Result<String, String> {
    let width = LineWidth::try_from(width).map_err(|error| error.to_string())?;
    let options = PyFormatOptions::default()
        .with_line_width(width)
        .with_target_version(OLDEST);
    let format = |options| match format_module_source(source, options) {
        Ok(printed) => Ok(printed.into_code()),
        Err(error) => Err(error.to_string()),
    };
    let formatted = format(options.clone())?;
    // `f'{x:{width or "2"}}'`: within the format of a value the formatter does not see the quotes.
    if is_for_oldest(&formatted) || !is_for_oldest(source) {
        return Ok(formatted);
    }
    format(options.with_quote_style(QuoteStyle::Preserve))
}

/// Whether the oldest Python reads a text.
fn is_for_oldest(source: &str) -> bool {
    // Only f-strings within f-strings differ by their quotes.
    if !source.contains(":{") {
        return true;
    }
    let options = ParseOptions::from(Mode::Module).with_target_version(OLDEST);
    parse(source, options).is_ok_and(|it| it.unsupported_syntax_errors().is_empty())
}

#[cfg(test)]
mod tests {
    use super::format_module;

    #[test]
    fn quotes_in_the_format_of_a_value_stay_different() {
        let text = "x = f'{a:{b or \".2f\"}} {c}'\n";
        assert_eq!(format_module(text, 100).unwrap(), text);
    }
}
