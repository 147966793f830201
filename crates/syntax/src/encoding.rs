//! From bytes to text: byte order marks, UTF-16, coding declarations, line ends.

/// Decodes a script, as Python does: byte order mark, then a coding declaration in the first two lines, else UTF-8.
///
/// Line ends become line feeds.
pub(crate) fn script(bytes: &[u8]) -> Result<String, String> {
    if let Some(text) = utf16(bytes)? {
        return Ok(unix_lines(text));
    }
    let bytes = without_mark(bytes);
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(format!("line {} holds a NUL byte", line_of(bytes, at)));
    }
    match declared(bytes) {
        Some(label) if is_latin1(&label) => Ok(unix_lines(
            bytes.iter().map(|&byte| char::from(byte)).collect(),
        )),
        Some(label) if !is_utf8(&label) => other(bytes, &label).map(unix_lines),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(unix_lines(text.to_owned())),
            Err(error) => Err(format!(
                "line {} is not UTF-8, and no coding is declared",
                line_of(bytes, error.valid_up_to())
            )),
        },
    }
}

/// The bytes of a JSON document as UTF-8, without byte order mark; the text, when it had to be decoded.
pub(crate) fn json(bytes: &[u8]) -> Result<std::borrow::Cow<'_, [u8]>, String> {
    if let Some(text) = utf16(bytes)? {
        return Ok(text.into_bytes().into());
    }
    let bytes = without_mark(bytes);
    let padding = |byte: &u8| *byte == 0 || byte.is_ascii_whitespace();
    let end = bytes.iter().rposition(|byte| !padding(byte));
    Ok(bytes[..end.map_or(0, |at| at + 1)].into())
}

/// Line ends as Python reads them: `\r\n` and `\r` are line feeds.
pub(crate) fn unix_lines(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Decodes UTF-16, recognised by its mark or by the NUL beside an ASCII character at the start.
fn utf16(bytes: &[u8]) -> Result<Option<String>, String> {
    let (little, body) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (true, rest),
        [0xFE, 0xFF, rest @ ..] => (false, rest),
        [first, 0, third, 0, ..] if *first != 0 && *third != 0 => (true, bytes),
        [0, second, 0, fourth, ..] if *second != 0 && *fourth != 0 => (false, bytes),
        _ => return Ok(None),
    };
    let units = body.chunks_exact(2).map(|pair| match pair {
        &[low, high] if little => u16::from_le_bytes([low, high]),
        &[high, low] => u16::from_be_bytes([high, low]),
        _ => 0,
    });
    char::decode_utf16(units)
        .collect::<Result<String, _>>()
        .map(Some)
        .map_err(|_| "it is broken UTF-16".to_owned())
}

/// The coding that the first two lines declare (PEP 263), in lower case with hyphens.
fn declared(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|&byte| byte == b'\n').take(2) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim();
        if !line.starts_with('#') {
            if line.is_empty() {
                continue;
            }
            return None;
        }
        let Some((_, rest)) = line.split_once("coding") else {
            continue;
        };
        let Some(rest) = rest.strip_prefix([':', '=']) else {
            continue;
        };
        let name: String = rest
            .trim_start()
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
            .collect();
        if !name.is_empty() {
            return Some(name.to_ascii_lowercase().replace('_', "-"));
        }
    }
    None
}

fn is_utf8(label: &str) -> bool {
    label == "utf8" || label.starts_with("utf-8")
}

fn is_latin1(label: &str) -> bool {
    ["latin-1", "latin1", "iso-8859-1", "iso8859-1", "l1", "8859"].contains(&label)
        || label.starts_with("latin-1-")
        || label.starts_with("iso-8859-1-")
}

/// Decodes any other coding that the WHATWG names, as `cp1252` or `gbk`.
fn other(bytes: &[u8], label: &str) -> Result<String, String> {
    let alias = match label {
        "cp936" => "gbk".to_owned(),
        "cp932" => "shift-jis".to_owned(),
        _ if label.starts_with("cp125") => label.replace("cp", "windows-"),
        _ => label.to_owned(),
    };
    let Some(encoding) = encoding_rs::Encoding::for_label(alias.as_bytes()) else {
        return std::str::from_utf8(bytes)
            .map(str::to_owned)
            .map_err(|_| format!("its coding `{label}` is not known"));
    };
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned()),
        None => Err(format!("it is not in its declared coding `{label}`")),
    }
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at].split(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_line_ends_go_away() {
        assert_eq!(
            script(b"\xEF\xBB\xBFx = 1\r\ny = 2\r").unwrap(),
            "x = 1\ny = 2\n"
        );
    }

    #[test]
    fn utf16_is_recognised_with_and_without_mark() {
        let units: Vec<u8> = "x = 'é'\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(script(&units).unwrap(), "x = 'é'\n");
        let marked = [&[0xFF, 0xFE][..], &units].concat();
        assert_eq!(script(&marked).unwrap(), "x = 'é'\n");
    }

    #[test]
    fn a_declared_coding_is_used_on_the_first_two_lines_only() {
        assert_eq!(
            script(b"# -*- coding: latin-1 -*-\nx = '\xE9'").unwrap(),
            "# -*- coding: latin-1 -*-\nx = 'é'"
        );
        assert!(
            script(b"#!/usr/bin/python\n# coding=gbk\nx = '\xC4\xE3'")
                .unwrap()
                .ends_with("x = '你'")
        );
        let error = script(b"x = 1\n\n# coding: latin-1\ny = '\xE9'").unwrap_err();
        assert_eq!(error, "line 4 is not UTF-8, and no coding is declared");
    }

    #[test]
    fn nul_bytes_are_named_by_line() {
        assert_eq!(
            script(b"x = 1\ny\0 = 2").unwrap_err(),
            "line 2 holds a NUL byte"
        );
    }
}
