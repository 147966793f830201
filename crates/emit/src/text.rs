//! Text of the author as Python strings, docstrings and lines of comment.

/// Columns of a Python line of the emitted package.
pub const LINE_LENGTH: u16 = 100;

/// Columns of a part of a long string: what fits four levels deep.
const PART_WIDTH: usize = 72;

/// `text` on one line, without what nobody sees.
pub fn one_line(text: &str) -> String {
    let spaced = text.replace(|c: char| c.is_whitespace() || c.is_control(), " ");
    let shown: String = spaced.chars().filter(|c| is_shown(*c)).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` on one line, as a sentence with its final stop.
pub fn sentence(text: &str) -> String {
    let line = one_line(text);
    if line.ends_with(['.', '!', '?']) || line.is_empty() {
        line
    } else {
        format!("{line}.")
    }
}

/// `text` as a Python expression: a string, in parentheses and in parts when it is long.
pub fn python_string(text: &str) -> String {
    let parts = parts(text);
    match parts.as_slice() {
        [] => "\"\"".to_owned(),
        [part] => format!("\"{part}\""),
        parts => {
            let quoted: Vec<_> = parts.iter().map(|part| format!("\"{part}\"")).collect();
            format!("({})", quoted.join("\n"))
        }
    }
}

/// `text` escaped and cut into parts that fit on a line, after spaces where it has some.
fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut columns = 0;
    let mut after_space = None;
    for c in text.chars() {
        let piece = escaped_char(c);
        if columns + width(&piece) > PART_WIDTH {
            let cut = after_space.take().unwrap_or(part.len());
            let rest = part.split_off(cut);
            columns = width(&rest);
            parts.push(std::mem::replace(&mut part, rest));
        }
        columns += width(&piece);
        part.push_str(&piece);
        if c == ' ' || c == '\n' {
            after_space = Some(part.len());
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// `c` inside double quotes, in Python and in YAML alike.
pub fn escaped_char(c: char) -> String {
    match c {
        '\\' => r"\\".to_owned(),
        '"' => "\\\"".to_owned(),
        '\n' => r"\n".to_owned(),
        '\t' => r"\t".to_owned(),
        '\r' => r"\r".to_owned(),
        c if is_shown(c) => c.to_string(),
        c if u32::from(c) < 0x100 => format!("\\x{:02x}", u32::from(c)),
        c if u32::from(c) < 0x1_0000 => format!("\\u{:04x}", u32::from(c)),
        c => format!("\\U{:08x}", u32::from(c)),
    }
}

/// Whether a reader sees `c`: no control character, no invisible or reordering mark, no private use.
pub fn is_shown(c: char) -> bool {
    let hidden = matches!(
        c,
        '\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{2000}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{e000}'..='\u{f8ff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{10ffff}'
    );
    !c.is_control() && !hidden
}

/// Columns that `text` takes; at least so many outside ASCII, where a character may be wide.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// `text` as a docstring at `indent` columns.
///
/// The summary stays on one line: when `text` is too long for that, the line ends in `...` and all of it follows.
pub fn docstring(text: &str, indent: usize) -> String {
    let text = capitalized(&sentence(text).replace('"', "'"));
    let raw = if text.contains('\\') { "r" } else { "" };
    let room = usize::from(LINE_LENGTH) - indent - 7;
    if width(&text) <= room {
        return format!("{raw}\"\"\"{text}\"\"\"");
    }
    let margin = " ".repeat(indent);
    let body: Vec<_> = wrapped(&text, usize::from(LINE_LENGTH) - indent)
        .iter()
        .map(|line| format!("{margin}{line}"))
        .collect();
    let summary = shortened(&text, room);
    format!(
        "{raw}\"\"\"{summary}\n\n{}\n{margin}\"\"\"",
        body.join("\n")
    )
}

/// A docstring of a module with more lines below its summary.
pub fn described(docstring: &str, about: &str) -> String {
    if about.is_empty() {
        return docstring.to_owned();
    }
    let inner = docstring.trim_start_matches('r').trim_matches('"');
    let summary = inner.lines().next().unwrap_or_default();
    let about = about.replace("\"\"\"", "'''");
    let is_raw = about.contains('\\') || docstring.starts_with('r');
    let raw = if is_raw { "r" } else { "" };
    let paragraphs: Vec<String> = about.split("\n\n").map(fitted).collect();
    format!(
        "{raw}\"\"\"{summary}\n\n{}\n\"\"\"",
        paragraphs.join("\n\n")
    )
}

/// A paragraph as it is, where its lines fit; else its words on lines of their own, item by item.
fn fitted(paragraph: &str) -> String {
    let room = usize::from(LINE_LENGTH);
    if paragraph.lines().all(|line| width(line) <= room) {
        return paragraph.to_owned();
    }
    let indent_of = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut items: Vec<(usize, String)> = Vec::new();
    for line in paragraph.lines() {
        let said = line.trim();
        let goes_on = said.starts_with(|it: char| it.is_alphabetic() || "`('".contains(it));
        match items.last_mut() {
            Some((indent, item)) if goes_on && *indent <= indent_of(line) => {
                item.push(' ');
                item.push_str(said);
            }
            _ => items.push((indent_of(line), said.to_owned())),
        }
    }
    let mut lines = Vec::new();
    for (indent, item) in items {
        let words: Vec<&str> = item.split_whitespace().collect();
        let parts = wrapped(&words.join(" "), room.saturating_sub(indent).max(40));
        lines.extend(parts.iter().map(|it| format!("{}{it}", " ".repeat(indent))));
    }
    lines.join("\n")
}

/// `text` with a capital letter, if its first word is one of small letters.
pub fn capitalized(text: &str) -> String {
    let word = text.split(' ').next().unwrap_or_default();
    let word = word.trim_end_matches(['.', '!', '?', ',', ':', ';']);
    if !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()) {
        format!("{}{}", text[..1].to_ascii_uppercase(), &text[1..])
    } else {
        text.to_owned()
    }
}

/// `text` without its capital letter, if its first word is one of small letters but for that, or an article.
pub fn uncapitalized(text: &str) -> String {
    let word = text.split(' ').next().unwrap_or_default();
    let word = word.trim_end_matches(['.', '!', '?', ',', ':', ';']);
    let mut letters = word.chars();
    let begins = letters.next().is_some_and(|c| c.is_ascii_uppercase());
    let is_word = !letters.as_str().is_empty() && letters.all(|c| c.is_ascii_lowercase());
    if begins && (is_word || word == "A") {
        format!("{}{}", text[..1].to_ascii_lowercase(), &text[1..])
    } else {
        text.to_owned()
    }
}

/// The first sentence of `text` if it fits in `room` columns, else as many words as do, then `...`.
fn shortened(text: &str, room: usize) -> String {
    if let Some((first, _)) = text.split_once(". ")
        && width(first) < room
    {
        return format!("{first}.");
    }
    let mut lines = wrapped(text, room - 4).into_iter();
    let line = lines.next().unwrap_or_default();
    format!("{}...", line.trim_end_matches(['.', ',', ';', ':', ' ']))
}

/// The words of `text` on lines of at most `room` columns; a longer word is cut.
pub fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let fits = width(&line) + 1 + width(word) <= room;
        if !line.is_empty() && fits {
            line.push(' ');
        } else if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            if width(&line) + 2 > room && width(word) > room {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    lines.push(line);
    lines
}

/// `name` as words of a class name: `churn_model` is `ChurnModel`.
pub fn pascal(name: &str) -> String {
    let mut class = String::new();
    for word in name.split(|c: char| !c.is_alphanumeric()) {
        let mut rest = word.chars();
        class.extend(rest.next().into_iter().flat_map(char::to_uppercase));
        class.push_str(rest.as_str());
    }
    class
}

/// `name` as words of a sentence: `churn_model` is `churn model`.
pub fn words(name: &str) -> String {
    name.split(['_', '-'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A key that sorts names as ruff sorts imports: without case, numbers by value.
pub fn natural_key(name: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            key.push_str(&padded(&std::mem::take(&mut digits)));
            key.push(c);
        }
    }
    key + &padded(&digits)
}

/// `digits` with zeros before them, unless there are none.
fn padded(digits: &str) -> String {
    if digits.is_empty() {
        return String::new();
    }
    format!("{digits:0>12}")
}

#[cfg(test)]
mod tests {
    use super::{
        docstring, natural_key, one_line, pascal, python_string, sentence, uncapitalized, width,
        wrapped,
    };

    #[test]
    fn a_string_keeps_quotes_backslashes_and_marks_that_nobody_sees() {
        assert_eq!(python_string("a \"b\"\\\n"), r#""a \"b\"\\\n""#);
        assert_eq!(python_string("\u{200b}\u{7f}é"), r#""\u200b\x7fé""#);
        assert_eq!(python_string(""), r#""""#);
    }

    #[test]
    fn a_long_string_is_cut_after_spaces_and_never_inside_an_escape() {
        let text = format!("{} {}", "word ".repeat(30), "\\".repeat(100));
        let python = python_string(&text);
        assert!(python.starts_with("(\"word word"));
        for line in python.trim_matches(['(', ')']).lines() {
            let inside = &line[1..line.len() - 1];
            assert!(width(line) <= 74, "{line}");
            assert_eq!(inside.chars().filter(|c| *c == '\\').count() % 2, 0);
        }
        let joined: String = python
            .trim_matches(['(', ')'])
            .lines()
            .map(|line| &line[1..line.len() - 1])
            .collect();
        assert_eq!(joined.replace("\\\\", "\\"), text);
    }

    #[test]
    fn a_docstring_is_a_sentence() {
        assert_eq!(docstring("predict \"x\"", 0), r#""""Predict 'x'.""""#);
        assert_eq!(docstring("sklearn's way!", 4), r#""""sklearn's way!""""#);
        assert_eq!(docstring(r"Read C:\data", 0), r#"r"""Read C:\data.""""#);
    }

    #[test]
    fn a_long_docstring_has_a_summary_of_one_line_and_then_all_of_it() {
        let doc = docstring(&"many words ".repeat(12), 4);
        let lines: Vec<_> = doc.lines().collect();
        assert!(lines[0].starts_with("\"\"\"Many words"));
        assert!(lines[0].ends_with("many words many...") || lines[0].ends_with("words..."));
        assert_eq!(lines[1], "");
        assert!(lines.iter().all(|line| width(line) <= 96));
    }

    #[test]
    fn lines_break_between_words_and_inside_words_that_fit_on_none() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("a 123456789", 5), ["a", "1234", "5678", "9"]);
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn a_comment_begins_with_a_small_letter_unless_it_is_a_name() {
        assert_eq!(uncapitalized("Number of trees"), "number of trees");
        assert_eq!(uncapitalized("A share"), "a share");
        assert_eq!(uncapitalized("CSV file"), "CSV file");
        assert_eq!(uncapitalized("X columns"), "X columns");
        assert_eq!(uncapitalized("É"), "É");
    }

    #[test]
    fn sentences_and_names() {
        assert_eq!(sentence("two\n lines\u{0} here"), "two lines here.");
        assert_eq!(one_line("a\u{2028}b"), "a b");
        assert_eq!(pascal("churn_model2"), "ChurnModel2");
        assert!(natural_key("stage_2") < natural_key("stage_10"));
    }
}
