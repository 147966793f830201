//! Settings in a text that code writes or reads: lines of INI, YAML, TOML and JSON.

/// The names and values in a text of several lines, or of JSON: `password = x`, `"token": "x",`.
pub(super) fn entries(text: &str) -> Vec<(&str, &str)> {
    let is_json = text.trim_start().starts_with(['{', '[']);
    if !is_json && !text.contains('\n') {
        return Vec::new();
    }
    let pieces = text.lines().flat_map(|line| {
        let signs: &[char] = if is_json { &[',', '{', '}'] } else { &[] };
        line.split(signs)
    });
    pieces.filter_map(entry).collect()
}

fn entry(piece: &str) -> Option<(&str, &str)> {
    let (name, value) = piece.split_once(['=', ':'])?;
    let name = name.trim().trim_start_matches("export ");
    let name = name
        .trim_start_matches(['-', ' '])
        .trim_matches(['"', '\'']);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    let value = value.trim().trim_end_matches([',', ';']).trim_end();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = match quote {
        Some(quote) => value[1..].split(quote).next()?,
        None => value.split(" #").next()?.trim_end(),
    };
    let is_entry = !name.is_empty() && name.chars().all(is_name);
    (is_entry && !value.contains(char::is_whitespace)).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn settings_have_names_and_values() {
        let found = |text| entries(text);
        assert_eq!(
            found("[db]\nhost = a # the host\n- pass: 'x y'\n"),
            [("host", "a")]
        );
        assert_eq!(found("{'a': \"b\", \"c\": 1}"), [("a", "b"), ("c", "1")]);
        assert_eq!(found("password = x"), []);
    }
}
