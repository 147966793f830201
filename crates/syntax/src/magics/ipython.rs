//! The parser in its IPython mode, kept from a fault of its own.

use std::borrow::Cow;

use ruff_python_ast::Mod;
use ruff_python_parser::{Mode, ParseOptions, Parsed, parse_unchecked};

/// What begins a line that IPython takes for a call or for help, wherever the parser recovers from an error.
const RISKY: [&str; 6] = [",", ";", "/", "?", "!!", "%%"];

/// Parses `text` with IPython's escapes, as far as it goes.
///
/// The parser panics where it meets one of some escapes in the middle of an expression, which happens only when it recovers
/// from an error. So where the text is broken without them, it is read without them.
pub(crate) fn parse_ipython(text: &str) -> Parsed<Mod> {
    let parse = |text: &str| parse_unchecked(text, ParseOptions::from(Mode::Ipython));
    let Cow::Owned(safe) = without_risky_lines(text) else {
        return parse(text);
    };
    let parsed = parse(&safe);
    // Lines that begin with a comma may go on with what stands in brackets.
    if parsed.has_valid_syntax() || is_python_but_for_escapes(text) {
        parse(text)
    } else {
        parsed
    }
}

/// Whether the text is Python when other statements stand in the places of its escapes.
fn is_python_but_for_escapes(text: &str) -> bool {
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        let code = line.trim_start_matches([' ', '\t', '\u{c}']);
        let indent = &line[..line.len() - code.len()];
        let value = code
            .split_once('=')
            .filter(|(_, value)| value.trim_start().starts_with(['!', '%']));
        if code.starts_with(['%', '!', '?']) || code.trim_end().ends_with('?') {
            plain.push_str(indent);
            plain.push_str("pass");
        } else if let Some((target, _)) = value {
            plain.push_str(indent);
            plain.push_str(target);
            plain.push_str("= 0");
        } else {
            plain.push_str(line);
        }
        plain.push('\n');
    }
    parse_unchecked(&plain, ParseOptions::from(Mode::Module)).has_valid_syntax()
}

/// The text with blanks of equal length in place of lines that begin with such an escape.
fn without_risky_lines(text: &str) -> Cow<'_, str> {
    let is_risky = |line: &str| {
        let code = line.trim_start_matches([' ', '\t', '\u{c}']);
        RISKY.iter().any(|it| code.starts_with(it))
    };
    if !text.lines().any(is_risky) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if is_risky(line) {
            safe.extend(
                line.bytes()
                    .map(|byte| if byte == b'\n' { '\n' } else { ' ' }),
            );
        } else {
            safe.push_str(line);
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_in_broken_code_are_no_panic() {
        for risky in RISKY {
            for code in [
                "x = sum(# 1)\nif y ]> 1:\n    exit(\n       @print(1)\n",
                "f(\n@a\n",
            ] {
                parse_ipython(&code.replace('@', risky));
            }
        }
        assert!(parse_ipython(",f a b\n?x\n").has_valid_syntax());
        let commas = "%matplotlib inline\nx = !ls\nf(a\n  , b)\n";
        assert!(parse_ipython(commas).has_valid_syntax());
    }
}
