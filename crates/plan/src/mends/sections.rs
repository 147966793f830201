//! Sections of docstrings in the convention of Google, from those of NumPy (numpydoc 1.8) and the fields of Sphinx.

/// Columns of a line.
const WIDTH: usize = 100;

/// A section: its title in Google's convention, and its lines, dedented.
struct Section {
    title: &'static str,
    lines: Vec<String>,
}

/// What a title of NumPy's convention is called in Google's.
const TITLES: &[(&str, &str)] = &[
    ("Parameters", "Args"),
    ("Arguments", "Args"),
    ("Other Parameters", "Keyword Args"),
    ("Attributes", "Attributes"),
    ("Returns", "Returns"),
    ("Return", "Returns"),
    ("Yields", "Yields"),
    ("Raises", "Raises"),
    ("Warns", "Warns"),
    ("Notes", "Notes"),
    ("Note", "Note"),
    ("References", "References"),
    ("Examples", "Examples"),
    ("Example", "Example"),
    ("See Also", "See Also"),
    ("Warnings", "Warnings"),
];

/// A docstring with Google's sections; nothing where it has no others, or where one of them can't be read.
///
/// `inner` is what stands between the quotes, as written; `indentation` that of its lines after the first.
pub(super) fn google(inner: &str, indentation: &str) -> Option<String> {
    if inner.lines().any(|line| line.ends_with('\\')) {
        return None;
    }
    let lines = dedented(inner, indentation);
    let room = WIDTH.saturating_sub(indentation.chars().count() + 8);
    let (head, sections) = numpy_sections(&lines, room).or_else(|| fields(&lines, room))?;
    let mut text = head;
    for section in sections {
        while text.last().is_some_and(String::is_empty) {
            text.pop();
        }
        if section.lines.iter().all(String::is_empty) {
            continue;
        }
        text.push(String::new());
        text.push(format!("{}:", section.title));
        text.extend(section.lines.into_iter().map(|line| indented(&line, 4)));
    }
    let mut lines = text.into_iter().map(|line| line.trim_end().to_owned());
    let first = lines.next()?;
    let rest = lines.map(|line| match line.as_str() {
        "" => "\n".to_owned(),
        _ => format!("\n{indentation}{line}"),
    });
    Some(std::iter::once(first).chain(rest).collect())
}

/// A docstring whose `Args:` describe all `parameters`, given with what they mean; nothing where it has no such section, or
/// where none is missing.
///
/// An entry that names a parameter in other letters (`N` for `n`) is an entry of that one. Where `names` are all that the
/// function takes, an entry beside theirs that names none of them speaks of an older version, and goes.
pub(super) fn completed(
    inner: &str,
    indentation: &str,
    parameters: &[(&str, String)],
    names: &[&str],
) -> Option<String> {
    let mut lines: Vec<String> = inner.lines().map(str::to_owned).collect();
    let (start, mut end) = arguments(&lines, indentation)?;
    let margin = format!("{indentation}    ");
    let mut described: Vec<String> = Vec::new();
    let mut is_changed = false;
    let mut takes_others = false;
    for line in &mut lines[start..end] {
        let entry = line.strip_prefix(&margin);
        takes_others |= entry.is_some_and(|it| it.starts_with('*') && it.contains(':'));
        let Some(name) = entry.and_then(entry_name) else {
            continue;
        };
        let mut name = name.to_owned();
        let is_known = parameters.iter().any(|(it, _)| *it == name);
        let folded = |it: &str| it.to_lowercase() == name.to_lowercase();
        let mut others = parameters.iter().filter(|(it, _)| folded(it));
        if let (false, Some((meant, _)), None) = (is_known, others.next(), others.next()) {
            line.replace_range(margin.len()..margin.len() + name.len(), meant);
            name = (*meant).to_owned();
            is_changed = true;
        }
        described.push(name);
    }
    is_changed |=
        !names.is_empty() && renamed(&mut lines[start..end], &margin, parameters, &mut described);
    let outdated = outdated(&lines[start..end], &margin, names);
    for at in outdated.iter().rev() {
        lines.remove(start + at);
        end -= 1;
        is_changed = true;
    }
    while end > start && lines[end - 1].trim().is_empty() {
        end -= 1;
    }
    let room = WIDTH.saturating_sub(margin.chars().count());
    let missing: Vec<String> = parameters
        .iter()
        .filter(|(name, _)| !described.iter().any(|it| it == name))
        .flat_map(|(name, meaning)| filled_lines(&format!("{name}: {meaning}"), room, 4))
        .map(|line| format!("{margin}{line}"))
        .collect();
    let has_entries = takes_others || !described.is_empty();
    if !has_entries || missing.is_empty() && !is_changed {
        return None;
    }
    lines.splice(end..end, missing);
    Some(lines.join("\n"))
}

/// Whether the one entry that names no parameter got the name of the one parameter that no entry names.
fn renamed(
    lines: &mut [String],
    margin: &str,
    parameters: &[(&str, String)],
    described: &mut [String],
) -> bool {
    let is_described = |name: &str| described.iter().any(|it| it == name);
    let mut missing = parameters.iter().filter(|(it, _)| !is_described(it));
    let (Some((missing, _)), None) = (missing.next(), missing.next()) else {
        return false;
    };
    let is_parameter = |name: &str| parameters.iter().any(|(it, _)| *it == name);
    let mut strange = described.iter_mut().filter(|it| !is_parameter(it));
    let (Some(strange), None) = (strange.next(), strange.next()) else {
        return false;
    };
    let named = |line: &&mut String| {
        let entry = line.strip_prefix(margin).and_then(entry_name);
        entry == Some(strange.as_str())
    };
    let Some(line) = lines.iter_mut().find(named) else {
        return false;
    };
    line.replace_range(margin.len()..margin.len() + strange.len(), missing);
    (*missing).clone_into(strange);
    true
}

/// The lines of entries that name none of the parameters, among others that do.
fn outdated(lines: &[String], margin: &str, names: &[&str]) -> Vec<usize> {
    let entry_of = |line: &String| {
        line.strip_prefix(margin)
            .and_then(entry_name)
            .map(str::to_owned)
    };
    let is_known = |name: &String| names.contains(&name.as_str());
    let is_small = |name: &String| name.starts_with(|it: char| it.is_lowercase());
    let mut found = Vec::new();
    let mut has_known = false;
    let mut is_inside = false;
    for (at, line) in lines.iter().enumerate() {
        if let Some(name) = entry_of(line) {
            has_known |= is_known(&name);
            is_inside = !is_known(&name) && is_small(&name);
        } else if line.trim().is_empty() || !line.starts_with(&format!("{margin} ")) {
            is_inside = false;
        }
        if is_inside {
            found.push(at);
        }
    }
    found.retain(|_| has_known);
    found
}

/// What a docstring says of each parameter, by name; without what it says of types.
pub(super) fn meanings(inner: &str, indentation: &str) -> Vec<(String, String)> {
    let lines: Vec<String> = inner.lines().map(str::to_owned).collect();
    let Some((start, end)) = arguments(&lines, indentation) else {
        return Vec::new();
    };
    let margin = format!("{indentation}    ");
    let mut found: Vec<(String, String)> = Vec::new();
    let mut is_open = false;
    for line in &lines[start..end] {
        // A second paragraph is more than a meaning in a few words.
        let Some(line) = line
            .strip_prefix(&margin)
            .filter(|it| !it.trim().is_empty())
        else {
            is_open = false;
            continue;
        };
        if let Some(name) = entry_name(line) {
            let rest = line[name.len()..].trim_start();
            let text = match rest.strip_prefix(':') {
                Some(text) => text,
                None => rest.split_once("): ").map_or("", |(_, text)| text),
            };
            found.push((name.to_owned(), text.trim().to_owned()));
            is_open = true;
        } else if let Some((_, text)) = found.last_mut()
            && is_open
        {
            text.push(' ');
            text.push_str(line.trim());
        }
    }
    found.retain(|(_, text)| !text.is_empty());
    found
}

/// The lines below `Args:`, as far as they are further in.
fn arguments(lines: &[String], indentation: &str) -> Option<(usize, usize)> {
    let title = format!("{indentation}Args:");
    let start = lines.iter().position(|line| *line == title)? + 1;
    let margin = format!("{indentation}    ");
    let is_inside = |line: &String| line.trim().is_empty() || line.starts_with(&margin);
    let end = lines[start..].iter().position(|line| !is_inside(line));
    Some((start, end.map_or(lines.len(), |it| start + it)))
}

/// The name that a line at the margin of a section describes.
fn entry_name(line: &str) -> Option<&str> {
    let name = line.split([':', ' ', '(']).next()?;
    let rest = line[name.len()..].trim_start();
    (is_name(name) && !name.starts_with('*') && rest.starts_with([':', '('])).then_some(name)
}

pub(super) fn indented(line: &str, columns: usize) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!("{}{line}", " ".repeat(columns))
    }
}

/// The lines without the indentation of the function's body.
pub(super) fn dedented(inner: &str, indentation: &str) -> Vec<String> {
    let mut lines = inner.trim().lines();
    let first = lines.next().unwrap_or_default().trim().to_owned();
    let rest: Vec<&str> = lines.collect();
    let columns = |line: &&&str| line.len() - line.trim_start().len();
    let filled = || rest.iter().filter(|line| !line.trim().is_empty());
    let least = filled().map(|line| columns(&line)).min();
    let least = least.unwrap_or(indentation.len());
    let rest = rest.iter().map(|line| {
        let line = line.trim_end();
        line.get(least..).unwrap_or_default().to_owned()
    });
    std::iter::once(first).chain(rest).collect()
}

/// The lines before the sections, and those of NumPy's convention: a title over a line of dashes.
fn numpy_sections(lines: &[String], room: usize) -> Option<(Vec<String>, Vec<Section>)> {
    let is_rule = |line: &String| line.len() > 2 && line.chars().all(|c| c == '-' || c == '=');
    let starts: Vec<usize> = (1..lines.len())
        .filter(|&at| is_rule(&lines[at]) && title_of(&lines[at - 1]).is_some())
        .map(|at| at - 1)
        .collect();
    let first = *starts.first()?;
    let mut sections = Vec::new();
    for (number, &start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(lines.len());
        let title = title_of(&lines[start])?;
        let body = &lines[start + 2..end];
        let lines = match title {
            "Args" | "Keyword Args" | "Attributes" => entries(body, room, parameter)?,
            "Returns" | "Yields" if is_text(body) => trimmed(body),
            "Returns" | "Yields" => entries(body, room, result)?,
            "Raises" | "Warns" => entries(body, room, error)?,
            _ => trimmed(body),
        };
        sections.push(Section { title, lines });
    }
    Some((lines[..first].to_vec(), sections))
}

/// Whether a section of results is prose over several lines rather than entries.
fn is_text(body: &[String]) -> bool {
    let filled: Vec<&String> = body.iter().filter(|line| !line.is_empty()).collect();
    filled.len() > 1
        && filled.iter().all(|line| !line.starts_with(' '))
        && !filled.iter().all(|line| {
            let name = line.split_once(':').map(|(name, _)| name.trim());
            name.is_some_and(is_name)
        })
}

fn title_of(line: &str) -> Option<&'static str> {
    let line = line.trim_end_matches(':');
    let mut known = TITLES.iter();
    known.find(|(numpy, _)| *numpy == line).map(|(_, it)| *it)
}

fn trimmed(lines: &[String]) -> Vec<String> {
    let is_filled = |line: &String| !line.trim().is_empty();
    let start = lines.iter().position(is_filled).unwrap_or(lines.len());
    let end = lines.iter().rposition(is_filled).map_or(start, |it| it + 1);
    lines[start..end].to_vec()
}

/// What stands before the description of an entry, a line each; nothing where a header can't be read.
type Header = fn(&str, bool) -> Option<Vec<String>>;

/// The entries of a section: headers at its margin, descriptions below them and further in.
fn entries(body: &[String], room: usize, header: Header) -> Option<Vec<String>> {
    let body = trimmed(body);
    // A margin of its own: where the author indented the whole section.
    let filled = body.iter().filter(|line| !line.is_empty());
    let margin = filled
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let body: Vec<&str> = body
        .iter()
        .map(|line| line.get(margin..).unwrap_or_default())
        .collect();
    let mut written = Vec::new();
    let mut at = 0;
    while at < body.len() {
        if body[at].is_empty() {
            at += 1;
            continue;
        }
        let rest = &body[at + 1..];
        let is_next = |line: &&str| !line.is_empty() && !line.starts_with(' ');
        let end = rest.iter().position(is_next).unwrap_or(rest.len());
        let description = described(&rest[..end], room);
        for head in header(body[at], !description.is_empty())? {
            written.extend(entry(&head, &description, room));
        }
        at += end + 1;
    }
    Some(written)
}

/// The lines of a description: refilled where they are prose, as they are where they are more than that.
fn described(lines: &[&str], room: usize) -> Vec<String> {
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let lines = trimmed(&lines);
    if lines.is_empty() {
        return lines;
    }
    let filled = lines.iter().filter(|line| !line.is_empty());
    let margin = filled
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.get(margin..).unwrap_or_default())
        .collect();
    let is_prose = lines.iter().all(|line| {
        !line.is_empty() && !line.starts_with([' ', '-', '*', '>', '|', '+', '.', '`', ':'])
    });
    if is_prose {
        filled_lines(&lines.join(" "), room, 0)
    } else {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }
}

/// An entry: its header, and the description on the same line and below.
fn entry(head: &str, description: &[String], room: usize) -> Vec<String> {
    let Some((first, more)) = description.split_first() else {
        return filled_lines(head, room + 4, 4);
    };
    let is_prose = !first.starts_with(['-', '*', '>', '|', '+', '.']);
    if is_prose
        && description
            .iter()
            .all(|it| !it.is_empty() && !it.starts_with([' ', '-', '*']))
    {
        return filled_lines(&format!("{head}: {}", description.join(" ")), room + 4, 4);
    }
    let mut lines = filled_lines(&format!("{head}: {first}"), room + 4, 4);
    lines.extend(more.iter().map(|line| indented(line, 4)));
    lines
}

/// Words in lines; those after the first further in.
pub(super) fn filled_lines(text: &str, room: usize, further: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        let columns = lines[last].chars().count();
        if columns == 0 {
            lines[last].push_str(word);
        } else if columns + 1 + word.chars().count() <= room || lines[last].trim().is_empty() {
            lines[last].push(' ');
            lines[last].push_str(word);
        } else {
            lines.push(format!("{}{word}", " ".repeat(further)));
        }
    }
    lines
}

fn is_name(text: &str) -> bool {
    let text = text.trim_start_matches('*').trim_start_matches("\\*");
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_')
        && characters.all(|c| c.is_alphanumeric() || c == '_')
}

/// `kwargs passed to scatter` as `**kwargs: Passed to scatter.`
fn passed_on(header: &str) -> Option<Vec<String>> {
    let (name, text) = header.split_once(' ')?;
    let stars = match name.trim_start_matches(['*', '\\']) {
        "kwargs" => "**",
        "args" => "*",
        _ => return None,
    };
    let name = name.trim_start_matches(['*', '\\']);
    let is_passed = text.starts_with("passed") || text.starts_with("are passed");
    is_passed.then(|| vec![format!("{stars}{name}: {}", sentence(text))])
}

/// `x, y : int` as `x (int)` and `y (int)`.
fn parameter(header: &str, is_described: bool) -> Option<Vec<String>> {
    let (names, kind) = match header.split_once(':') {
        Some((names, kind)) => (names, kind.trim()),
        None => (header, ""),
    };
    let names: Vec<&str> = names.split(',').map(str::trim).collect();
    if !names.iter().all(|it| is_name(it)) {
        return passed_on(header);
    }
    let kind = kind.trim_end_matches(['.', ',', ':']);
    let write = |name: &&str| match (kind, is_described) {
        ("", true) => Some((*name).to_owned()),
        ("", false) => None,
        (kind, true) => Some(format!("{name} ({kind})")),
        (kind, false) => Some(format!("{name}: {}", sentence(kind))),
    };
    names.iter().map(write).collect()
}

/// `scores : list` as `scores (list)`, `list` as it is.
fn result(header: &str, is_described: bool) -> Option<Vec<String>> {
    if let Some((name, kind)) = header.split_once(':')
        && is_name(name.trim())
    {
        return parameter(&format!("{}:{kind}", name.trim()), is_described);
    }
    let header = header.trim_end_matches(':');
    Some(vec![if is_described {
        header.to_owned()
    } else {
        sentence(header)
    }])
}

/// `ValueError`, with what it means below.
fn error(header: &str, is_described: bool) -> Option<Vec<String>> {
    let (name, meaning) = header.split_once(':').unwrap_or((header, ""));
    let name = name.trim();
    let is_error = name.split('.').all(is_name);
    let meaning = meaning.trim();
    match (is_error, is_described, meaning) {
        (true, true, "") => Some(vec![name.to_owned()]),
        (true, false, meaning) if !meaning.is_empty() => {
            Some(vec![format!("{name}: {}", sentence(meaning))])
        }
        _ => None,
    }
}

/// With a full stop.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// A field of Sphinx: `:param int x: How many.`
struct Field {
    kind: String,
    /// The words between the kind and the colon.
    about: Vec<String>,
    text: String,
}

/// The lines before the fields of Sphinx, and the sections that the fields make.
fn fields(lines: &[String], room: usize) -> Option<(Vec<String>, Vec<Section>)> {
    let is_field = |line: &String| field_of(line).is_some();
    let first = lines.iter().position(is_field)?;
    let mut found: Vec<Field> = Vec::new();
    for line in lines[first..].iter().filter(|line| !line.is_empty()) {
        if let Some(field) = field_of(line) {
            found.push(field);
        } else if line.starts_with(' ') {
            let last = found.last_mut()?;
            last.text = format!("{} {}", last.text, line.trim());
        } else {
            return None; // more text, that belongs to none of them
        }
    }
    let mut sections = ["Args", "Returns", "Raises"].map(|title| Section {
        title,
        lines: Vec::new(),
    });
    for field in &found {
        if let Some((section, text)) = field.entry(&found).ok()? {
            let lines = filled_lines(&text, room + 4, 4);
            sections[section].lines.extend(lines);
        }
    }
    if sections[1].lines.is_empty() {
        let kind = found.iter().find(|it| it.kind == "rtype");
        sections[1].lines.extend(kind.map(|it| sentence(&it.text)));
    }
    Some((lines[..first].to_vec(), sections.into()))
}

/// A field that can't be an entry of a section.
struct Unreadable;

impl Field {
    /// Which section it belongs to, and its entry there; an empty option where it says something of another field.
    fn entry(&self, others: &[Self]) -> Result<Option<(usize, String)>, Unreadable> {
        let text = sentence(&self.text);
        let is_said = !self.text.is_empty();
        let of_kind = |kind: &'static str| others.iter().filter(move |it| it.kind == kind);
        match (self.kind.as_str(), self.about.as_slice()) {
            ("param" | "parameter" | "arg" | "argument", [kind @ .., name]) => {
                let mut types = of_kind("type").filter(|it| it.about.last() == Some(name));
                let kind = match kind {
                    [] => types.next().map(|it| it.text.clone()),
                    kind => Some(kind.join(" ")),
                };
                let entry = match kind {
                    None if is_said => format!("{name}: {text}"),
                    None => return Err(Unreadable),
                    Some(kind) if is_said => format!("{name} ({kind}): {text}"),
                    Some(kind) => format!("{name}: {}", sentence(&kind)),
                };
                Ok(Some((0, entry)))
            }
            ("return" | "returns", []) if is_said => {
                let entry = match of_kind("rtype").next() {
                    Some(kind) => format!("{}: {text}", kind.text),
                    None => text,
                };
                Ok(Some((1, entry)))
            }
            ("raise" | "raises", [name]) if is_said => Ok(Some((2, format!("{name}: {text}")))),
            ("type" | "rtype", _) | ("return" | "returns", []) => Ok(None),
            _ => Err(Unreadable),
        }
    }
}

/// `:param int x: How many.` taken apart.
fn field_of(line: &str) -> Option<Field> {
    const KINDS: &[&str] = &[
        "param",
        "parameter",
        "arg",
        "argument",
        "type",
        "return",
        "returns",
        "rtype",
        "raise",
        "raises",
    ];
    let (head, text) = line.strip_prefix(':')?.split_once(':')?;
    let mut words = head.split_whitespace().map(str::to_owned);
    let kind = words.next()?;
    KINDS.contains(&kind.as_str()).then(|| Field {
        kind,
        about: words.collect(),
        text: text.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{completed, google, meanings};

    fn check(docstring: &str, expected: &str) {
        assert_eq!(google(docstring, "    ").as_deref(), Some(expected));
    }

    #[test]
    fn sections_of_numpy() {
        check(
            "Fit.

    Parameters
    ----------
    x, y : ndarray of shape (n,)
        What to fit,
        in rows.
    *args
        More.
    depth : int, default=3

    Returns
    -------
    Model
        The fitted one.

    Raises
    ------
    ValueError
        If there are no rows.

    Notes
    -----
    It is slow.
    ",
            "Fit.

    Args:
        x (ndarray of shape (n,)): What to fit, in rows.
        y (ndarray of shape (n,)): What to fit, in rows.
        *args: More.
        depth: int, default=3.

    Returns:
        Model: The fitted one.

    Raises:
        ValueError: If there are no rows.

    Notes:
        It is slow.",
        );
    }

    #[test]
    fn lists_in_descriptions_keep_their_lines() {
        check(
            "Fit.

    Parameters
    ----------
    how : str
        One of:

        - a
        - b

    Returns
    -------
    score : float
    ",
            "Fit.

    Args:
        how (str): One of:

            - a
            - b

    Returns:
        score: float.",
        );
    }

    #[test]
    fn what_became_a_parameter_is_described() {
        let known = [
            ("x", "The x.".to_owned()),
            ("seed", "Decides what is drawn.".to_owned()),
        ];
        let complete = |text: &str| completed(text, "    ", &known, &[]);
        assert_eq!(
            complete("Fit.\n\n    Args:\n        x: It.\n\n    Returns:\n        It.\n    ")
                .as_deref(),
            Some(
                "Fit.\n\n    Args:\n        x: It.\n        seed: Decides what is drawn.\n\n    Returns:\n        It.\n    "
            )
        );
    }

    #[test]
    fn an_entry_for_what_is_no_parameter_goes() {
        let text = "Fit.\n\n    Args:\n        x: It.\n        old: What\n            it was.\n        y: More.\n\n    Returns:\n        It.\n    ";
        let known = [("x", String::new()), ("y", String::new())];
        assert_eq!(
            completed(text, "    ", &known, &["x", "y"]).as_deref(),
            Some(
                "Fit.\n\n    Args:\n        x: It.\n        y: More.\n\n    Returns:\n        It.\n    "
            )
        );
        // Nobody knows what it takes.
        assert_eq!(completed(text, "    ", &known, &[]), None);
    }

    #[test]
    fn an_entry_in_other_letters_is_one_of_the_parameter() {
        let known = [("n", "Another.".to_owned()), ("m", "Mass.".to_owned())];
        let text = "Fit.\n\n    Args:\n        N (int): How many.\n        k: Both.\n    ";
        assert_eq!(
            completed(text, "    ", &known, &[]).as_deref(),
            Some(
                "Fit.\n\n    Args:\n        n (int): How many.\n        k: Both.\n        m: Mass.\n    "
            )
        );
        // The one entry that names no parameter is about the one that none names.
        let renamed = "Fit.\n\n    Args:\n        n (int): How many.\n        m: Both.\n    ";
        let lower = text.replace('N', "n");
        assert_eq!(
            completed(&lower, "    ", &known, &["n", "m"]).as_deref(),
            Some(renamed)
        );
        let others = "Fit.\n\n    Args:\n        **others: More.\n    ";
        let expected = "Fit.\n\n    Args:\n        **others: More.\n        m: Mass.\n    ";
        let mass = [("m", "Mass.".to_owned())];
        assert_eq!(
            completed(others, "    ", &mass, &[]).as_deref(),
            Some(expected)
        );
        let none = "Fit.\n\n    Args:\n        See the paper.\n    ";
        assert_eq!(completed(none, "    ", &known, &[]), None);
    }

    #[test]
    fn what_entries_say_is_found() {
        let text = "Fit.\n\n    Args:\n        x (dict[str, int]): What to fit,\n            in m.\n        y: It.\n\n            More.\n        z (int)\n    ";
        let found = meanings(text, "    ");
        let found: Vec<_> = found
            .iter()
            .map(|(name, text)| (&**name, &**text))
            .collect();
        assert_eq!(found, [("x", "What to fit, in m."), ("y", "It.")]);
    }

    #[test]
    fn results_in_prose_stay_prose() {
        check(
            "Fit.\n\n    Returns\n    -------\n    a, b : a pair of arrays\n    in seconds\n    ",
            "Fit.\n\n    Returns:\n        a, b : a pair of arrays\n        in seconds",
        );
    }

    #[test]
    fn empty_sections_go() {
        check("Fit.\n\n    Parameters\n    ----------\n", "Fit.");
    }

    #[test]
    fn fields_of_sphinx() {
        check(
            "Fit.

    :param x: what to fit
    :type x: list
    :param int n: how often,
        at most
    :return: the model
    :raises ValueError: if empty
    ",
            "Fit.

    Args:
        x (list): what to fit.
        n (int): how often, at most.

    Returns:
        the model.

    Raises:
        ValueError: if empty.",
        );
    }

    #[test]
    fn what_can_not_be_read_stays() {
        for text in [
            "Fit.\n\n    Args:\n        x: It.",
            "Fit.\n\n    Parameters\n    ----------\n    what is this\n        x\n",
            "Fit.\n\n    :param x: a\n\n    And more.",
            "Fit.\n\n    :ivar x: a",
        ] {
            assert_eq!(google(text, "    "), None);
        }
    }
}
