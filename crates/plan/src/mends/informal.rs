//! Sections of docstrings as people write them outside of any convention: `Parameters:` over a list with dashes,
//! `Input: df - the table`, `df: the table` in a paragraph of its own, `@param df: the table`.

use super::sections::{dedented, filled_lines, indented, sentence};

/// Columns of a line.
const WIDTH: usize = 100;

/// What people call the sections.
const TITLES: &[(&str, &str)] = &[
    ("arg", ARGS),
    ("args", ARGS),
    ("argument", ARGS),
    ("arguments", ARGS),
    ("input", ARGS),
    ("inputs", ARGS),
    ("param", ARGS),
    ("parameter", ARGS),
    ("parameters", ARGS),
    ("params", ARGS),
    ("output", RETURNS),
    ("outputs", RETURNS),
    ("return", RETURNS),
    ("returns", RETURNS),
    ("raise", "Raises"),
    ("raises", "Raises"),
    ("yield", "Yields"),
    ("yields", "Yields"),
];

const ARGS: &str = "Args";
const RETURNS: &str = "Returns";

/// Fields of Epydoc, which Sphinx writes with a colon.
const FIELDS: &[&str] = &[
    "param", "raise", "raises", "return", "returns", "rtype", "type",
];

/// First words of types, where what a parameter means stands below.
const TYPES: &[&str] = &[
    "array",
    "bool",
    "boolean",
    "callable",
    "dict",
    "dictionary",
    "float",
    "int",
    "integer",
    "list",
    "number",
    "object",
    "set",
    "str",
    "string",
    "tuple",
    "DataFrame",
    "Series",
    "ndarray",
];

/// A docstring with its informal sections in Google's convention; nothing where it has none that can be read.
///
/// `inner` is what stands between the quotes, `indentation` that of its lines after the first, and `names` are all
/// parameters of the function.
pub(super) fn in_convention(inner: &str, indentation: &str, names: &[&str]) -> Option<String> {
    let lines = dedented(inner, indentation);
    let is_rule = |line: &String| line.len() > 2 && line.chars().all(|it| "-=~".contains(it));
    if lines.iter().any(is_rule) || inner.lines().any(|line| line.ends_with('\\')) {
        return None;
    }
    let room = WIDTH.saturating_sub(indentation.chars().count() + 4);
    let text = sphinx(&lines).or_else(|| Sections { names, room }.rewritten(&lines))?;
    let mut lines = text.into_iter();
    let first = lines.next()?;
    let rest = lines.map(|line| match line.trim_end() {
        "" => "\n".to_owned(),
        line => format!("\n{indentation}{line}"),
    });
    let text: String = std::iter::once(first).chain(rest).collect();
    Some(format!("{}\n{indentation}", text.trim_end()))
}

/// The fields of Epydoc as those of Sphinx.
fn sphinx(lines: &[String]) -> Option<Vec<String>> {
    let field = |line: &str| {
        let rest = line.strip_prefix('@')?;
        let name = rest.split([' ', ':']).next()?;
        (FIELDS.contains(&name) && rest.contains(':')).then(|| format!(":{rest}"))
    };
    if !lines.iter().any(|line| field(line).is_some()) {
        return None;
    }
    let lines = lines
        .iter()
        .map(|line| field(line).unwrap_or_else(|| line.clone()));
    Some(lines.collect())
}

/// A section: its title, and its lines.
type Titled = (&'static str, Vec<String>);

/// What a parameter means.
struct Entry<'l> {
    names: Vec<&'l str>,
    kind: Option<&'l str>,
    text: String,
}

struct Sections<'n> {
    names: &'n [&'n str],
    /// Columns of a line of a section.
    room: usize,
}

impl Sections<'_> {
    fn rewritten(&self, lines: &[String]) -> Option<Vec<String>> {
        let mut written: Vec<String> = Vec::new();
        let mut is_changed = false;
        let mut at = 0;
        while at < lines.len() {
            let begins = match at {
                0 => lines.len() > 1,
                _ => lines[at - 1].is_empty(),
            };
            let found = match title(&lines[at]) {
                Some((title, rest)) => {
                    let end = end_of(lines, at + 1);
                    let body = &lines[at + 1..end];
                    let is_google = lines[at] == format!("{title}:");
                    let section = self.section((title, is_google), rest, body);
                    section.map(|it| (end, vec![(title, it)]))
                }
                None if begins => self.paragraph(lines, at),
                None => None,
            };
            let Some((end, sections)) = found else {
                written.push(lines[at].clone());
                at += 1;
                continue;
            };
            for (title, body) in sections {
                while written.last().is_some_and(String::is_empty) {
                    written.pop();
                }
                if !written.is_empty() {
                    written.push(String::new());
                }
                written.push(format!("{title}:"));
                written.extend(body.iter().map(|line| indented(line, 4)));
            }
            written.push(String::new());
            is_changed = true;
            let is_filled = |line: &String| !line.is_empty();
            at = lines[end..]
                .iter()
                .position(is_filled)
                .map_or(lines.len(), |it| end + it);
        }
        while written.last().is_some_and(String::is_empty) {
            written.pop();
        }
        is_changed.then_some(written)
    }

    /// The lines of a section; nothing where it is one of Google's, or can't be read.
    fn section(
        &self,
        (title, is_google): (&str, bool),
        rest: &str,
        body: &[String],
    ) -> Option<Vec<String>> {
        let filled = body.iter().find(|line| !line.is_empty());
        let is_apart = filled.is_some_and(|line| line.starts_with(' ') && bullet(line).is_none());
        match title {
            _ if is_google && is_apart || rest.is_empty() && filled.is_none() => None,
            ARGS => self.arguments(rest, body),
            _ => Some(results(rest, body)),
        }
    }

    fn arguments(&self, rest: &str, body: &[String]) -> Option<Vec<String>> {
        let mut entries: Vec<Entry<'_>> = Vec::new();
        let first = (!rest.is_empty()).then_some(rest);
        let lines = first.into_iter().chain(body.iter().map(String::as_str));
        let mut lines = lines.filter(|line| !line.is_empty()).peekable();
        let mut margin = None;
        while let Some(line) = lines.next() {
            let depth = line.len() - line.trim_start().len();
            let item = bullet(line).unwrap_or_else(|| line.trim());
            let is_deep = margin.is_some_and(|it| depth > it) && bullet(line).is_some();
            match self.entry(item, lines.peek().copied(), depth) {
                Some(entry) if !is_deep => entries.push(entry),
                // A list below a parameter is more than a meaning in a few words.
                _ if bullet(line).is_some() => return None,
                _ => {
                    let last = entries.last_mut()?;
                    last.text.push(' ');
                    last.text.push_str(item);
                }
            }
            // What stands beside the title tells no margin.
            if !std::ptr::eq(line, rest) {
                margin.get_or_insert(depth);
            }
        }
        self.written(&entries)
    }

    fn written(&self, entries: &[Entry<'_>]) -> Option<Vec<String>> {
        let mut lines = Vec::new();
        for entry in entries {
            let text = entry.text.trim();
            let (kind, text) = match (entry.kind, text) {
                (None, "") => return None,
                (Some(kind), "") => (None, kind),
                (kind, text) => (kind, text),
            };
            for name in &entry.names {
                let kind = kind.map(|it| format!(" ({it})")).unwrap_or_default();
                let text = format!("{name}{kind}: {}", sentence(text));
                lines.extend(filled_lines(&text, self.room, 4));
            }
        }
        (!lines.is_empty()).then_some(lines)
    }

    /// `df (DataFrame): the table`, `df - the table`, `x, y: the data`, as an entry of parameters of the function.
    fn entry<'l>(&self, item: &'l str, next: Option<&str>, depth: usize) -> Option<Entry<'l>> {
        let (names, rest) = self.named(item)?;
        let rest = rest.trim_start();
        let (kind, rest) = match rest.strip_prefix('(') {
            Some(inner) => {
                let end = closing(inner)?;
                (Some(inner[..end].trim()), inner[end + 1..].trim_start())
            }
            None => (None, rest),
        };
        let text = rest.trim_start_matches([':', '-', '–', '—', '=', '>', ' ']);
        let is_parted = text.len() < rest.len() || rest.is_empty() && kind.is_some();
        // Below a type stands what the parameter means.
        let is_below = next.is_some_and(|it| it.len() - it.trim_start().len() > depth);
        let text = text.trim();
        let first = text.split([' ', '[', ',']).next().unwrap_or_default();
        let word = first.rsplit('.').next().unwrap_or_default();
        let is_type = kind.is_none() && is_below && TYPES.contains(&word);
        is_parted.then(|| Entry {
            names,
            kind: if is_type { Some(text) } else { kind },
            text: if is_type {
                String::new()
            } else {
                text.to_owned()
            },
        })
    }

    /// The parameters that an entry begins with, and what follows.
    fn named<'l>(&self, item: &'l str) -> Option<(Vec<&'l str>, &'l str)> {
        let mut names = Vec::new();
        let mut rest = item;
        loop {
            rest = rest.trim_start_matches(['`', '*', '\'', '"', ' ']);
            let is_part = |it: char| it.is_alphanumeric() || it == '_';
            let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
            let name = &rest[..end];
            if !self.names.contains(&name) {
                return None;
            }
            names.push(name);
            rest = rest[end..].trim_start_matches(['`', '*', '\'', '"']);
            match rest.strip_prefix([',', '/']) {
                Some(more) => rest = more,
                None => return Some((names, rest)),
            }
        }
    }

    /// A paragraph of nothing but parameters, and what is returned.
    fn paragraph(&self, lines: &[String], at: usize) -> Option<(usize, Vec<Titled>)> {
        let blank = lines[at..].iter().position(String::is_empty);
        let end = blank.map_or(lines.len(), |it| at + it);
        let body = &lines[at..end];
        let is_title =
            |line: &String| title(line).is_some_and(|it| it.0 == RETURNS && !it.1.is_empty());
        let results_at = body.iter().position(is_title).unwrap_or(body.len());
        let is_plain = |line: &String| {
            line.starts_with(' ')
                || self
                    .named(line)
                    .is_some_and(|it| begins_text(it.1.trim_start()))
        };
        if !body[..results_at].iter().all(is_plain) {
            return None;
        }
        let mut sections = vec![(ARGS, self.arguments("", &body[..results_at])?)];
        if let Some((title, rest)) = body.get(results_at).and_then(|line| title(line)) {
            sections.push((title, results(rest, &body[results_at + 1..])));
        }
        Some((end, sections))
    }
}

/// Whether what stands behind a name says what it means: `: text`, `(kind) text`, `-> text`.
fn begins_text(rest: &str) -> bool {
    rest.starts_with([':', '(']) || rest.starts_with("->") || rest.starts_with("=>")
}

/// What a section of results says: an item of a list of one is a text.
fn results(rest: &str, body: &[String]) -> Vec<String> {
    let filled: Vec<&String> = body.iter().filter(|line| !line.is_empty()).collect();
    let margin = filled
        .iter()
        .map(|it| it.len() - it.trim_start().len())
        .min();
    let items = filled.iter().filter(|line| bullet(line).is_some()).count();
    let mut lines: Vec<String> = Vec::new();
    if !rest.is_empty() {
        lines.push(rest.to_owned());
    }
    for (number, line) in filled.iter().enumerate() {
        let text = line.get(margin.unwrap_or(0)..).unwrap_or_default();
        lines.push(match bullet(line) {
            Some(item) if items == 1 && number == 0 => item.to_owned(),
            None if items == 1 && number > 0 => text.trim().to_owned(),
            _ => text.to_owned(),
        });
    }
    if let [only] = &mut lines[..] {
        *only = sentence(only);
    }
    lines
}

/// A title at the margin, with what follows on its line.
fn title(line: &str) -> Option<(&'static str, &str)> {
    let (word, rest) = line.split_once(':')?;
    let word = word.trim_end().to_lowercase();
    let known = TITLES.iter().find(|(it, _)| *it == word)?;
    Some((known.1, rest.trim()))
}

/// Where a section ends: at the next title, and at a paragraph at the margin that is no list.
fn end_of(lines: &[String], from: usize) -> usize {
    let ends = |at: &usize| {
        let line = &lines[*at];
        let is_apart = *at > from && lines[at - 1].is_empty();
        let at_margin = !line.is_empty() && !line.starts_with(' ');
        at_margin && (is_title_like(line) || is_apart && bullet(line).is_none())
    };
    (from..lines.len()).find(ends).unwrap_or(lines.len())
}

/// `Returns:`, `Example:`, `Note:`.
fn is_title_like(line: &str) -> bool {
    let word = line.strip_suffix(':').unwrap_or_default();
    let is_word = word.chars().all(char::is_alphabetic) && word.starts_with(char::is_uppercase);
    title(line).is_some() || is_word
}

/// What stands behind the dash of an item of a list.
fn bullet(line: &str) -> Option<&str> {
    let rest = line.trim_start();
    let rest = rest.strip_prefix(['-', '*', '•', '+', '–'])?;
    rest.starts_with(' ').then(|| rest.trim())
}

/// Where the bracket ends that is open before a text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::in_convention;

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let found = in_convention(written, "    ", &["df", "column", "x", "y"]);
        assert_eq!(found.unwrap_or_default(), expected);
    }

    #[test]
    fn lists_are_entries() {
        check(
            "Take it.\n\n    Parameters:\n    - df (pd.DataFrame): The table,\n      as read\n    * `column` (str, optional) - The column.\n\n    Returns:\n    - pd.DataFrame: the rest\n    ",
            "Take it.\n\n    Args:\n        df (pd.DataFrame): The table, as read.\n        column (str, optional): The column.\n\n    Returns:\n        pd.DataFrame: the rest.\n    ",
        );
    }

    #[test]
    fn words_beside_titles_are_entries() {
        check(
            "Input: df - the table\n           column - the column\n    Output: the rest\n    ",
            "Args:\n        df: the table.\n        column: the column.\n\n    Returns:\n        the rest.\n    ",
        );
    }

    #[test]
    fn a_paragraph_of_parameters_is_a_section() {
        check(
            "Take it.\n\n    df: the table\n    x, y: where\n    returns: the rest\n\n    More.\n    ",
            "Take it.\n\n    Args:\n        df: the table.\n        x: where.\n        y: where.\n\n    Returns:\n        the rest.\n\n    More.\n    ",
        );
    }

    #[test]
    fn types_stand_above_what_they_are_of() {
        check(
            "Take it.\n\n    Parameters:\n    df : pd.DataFrame\n        The table.\n    column: str\n        Its column.\n    ",
            "Take it.\n\n    Args:\n        df (pd.DataFrame): The table.\n        column (str): Its column.\n    ",
        );
    }

    #[test]
    fn fields_of_epydoc_are_those_of_sphinx() {
        check(
            "Take it.\n\n    @param df: the table\n    @return: the rest\n    ",
            "Take it.\n\n    :param df: the table\n    :return: the rest\n    ",
        );
    }

    #[test]
    fn what_is_no_section_stays() {
        for written in [
            "Take it.\n\n    Args:\n        df: The table.\n    ",
            "Take it.\n\n    Input: what you like\n    ",
            "Take it.\n\n    Parameters:\n    - df: The table, with\n        - a: one\n        - b: two\n    ",
            "Take it.\n\n    Parameters\n    ----------\n    df : table\n        The table.\n    ",
            "Take it.\n\n    Steps:\n    - x: go\n    ",
            "Take it.\n\n    z: what\n    df: the table\n    ",
        ] {
            assert_eq!(
                in_convention(written, "    ", &["df", "column", "x", "y"]),
                None,
                "{written}"
            );
        }
    }
}
