//! Docstrings in the convention of Google: a summary, and sections with entries.

use srcify_syntax::Ranged;
use srcify_syntax::TextRange;
use srcify_syntax::ast::{Expr, Stmt, StmtExpr};

/// A docstring, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Docstring<'a> {
    pub range: TextRange,
    pub text: &'a str,
    /// In order.
    pub sections: Vec<Section<'a>>,
    /// The convention of another school: "NumPy", "Sphinx", "Epytext".
    pub other_style: Option<&'static str>,
}

/// `Args:` and what stands under it.
#[derive(Debug)]
pub(crate) struct Section<'a> {
    pub kind: SectionKind,
    /// As written, without the colon.
    pub title: &'a str,
    /// Names of entries: `customers` of `customers (pd.DataFrame): Those who left.`
    pub entries: Vec<&'a str>,
    /// Names of lines that have nothing else, or several: `customers`, `width, height: Of the picture.`
    pub mentions: Vec<&'a str>,
    pub is_empty: bool,
    /// It is empty, and the line after it has a text that is not indented.
    pub is_flat: bool,
    /// The first line with text, trimmed.
    pub first: &'a str,
}

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SectionKind {
    Args,
    Returns,
    Raises,
    Yields,
    Other,
}

const TITLES: &[(&str, SectionKind)] = &[
    ("Args", SectionKind::Args),
    ("Arguments", SectionKind::Args),
    ("Keyword Args", SectionKind::Args),
    ("Keyword Arguments", SectionKind::Args),
    ("Other Parameters", SectionKind::Args),
    ("Parameters", SectionKind::Args),
    ("Returns", SectionKind::Returns),
    ("Return", SectionKind::Returns),
    ("Raises", SectionKind::Raises),
    ("Yields", SectionKind::Yields),
    ("Yield", SectionKind::Yields),
    ("Attributes", SectionKind::Other),
    ("Example", SectionKind::Other),
    ("Examples", SectionKind::Other),
    ("Note", SectionKind::Other),
    ("Notes", SectionKind::Other),
    ("References", SectionKind::Other),
    ("See Also", SectionKind::Other),
    ("Todo", SectionKind::Other),
    ("Warning", SectionKind::Other),
    ("Warnings", SectionKind::Other),
    ("Warns", SectionKind::Other),
];

/// The docstring of a body.
pub(crate) fn of_body(body: &[Stmt]) -> Option<Docstring<'_>> {
    let Some(Stmt::Expr(StmtExpr { value, .. })) = body.first() else {
        return None;
    };
    let Expr::StringLiteral(literal) = &**value else {
        return None;
    };
    Some(parse(literal.value.to_str(), literal.range()))
}

/// Takes a docstring apart.
pub(crate) fn parse(text: &str, range: TextRange) -> Docstring<'_> {
    let mut docstring = Docstring {
        range,
        text,
        ..Docstring::default()
    };
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim();
        let next = lines.get(at + 1).map_or("", |it| it.trim());
        let underlined = next.len() >= 3 && next.chars().all(|c| c == '-');
        if underlined && TITLES.iter().any(|(title, _)| *title == line) {
            docstring.other_style = docstring.other_style.or(Some("NumPy"));
        }
        if line.starts_with(":param ")
            || line.starts_with(":type ")
            || line.starts_with(":rtype:")
            || (line.starts_with(":return") && line.contains(": "))
        {
            docstring.other_style = docstring.other_style.or(Some("Sphinx"));
        }
        if line.starts_with("@param ") || line.starts_with("@return") {
            docstring.other_style = docstring.other_style.or(Some("Epytext"));
        }
        let title = line
            .strip_suffix(':')
            .and_then(|it| TITLES.iter().find(|(title, _)| *title == it));
        if let Some((title, kind)) = title {
            let indent = indent_of(lines[at]);
            let end = end_of_section(&lines, at + 1, indent);
            let mut section = section(title, *kind, &lines[at + 1..end], indent);
            section.is_flat = section.is_empty && end == at + 1 && !next.is_empty();
            docstring.sections.push(section);
            at = end;
            continue;
        }
        at += 1;
    }
    docstring
}

/// The first line after a section: one that is not deeper than its title.
fn end_of_section(lines: &[&str], start: usize, indent: usize) -> usize {
    let rest = lines.iter().enumerate().skip(start);
    let end = rest
        .filter(|(_, line)| !line.trim().is_empty())
        .find(|(_, line)| indent_of(line) <= indent);
    end.map_or(lines.len(), |(at, _)| at)
}

fn section<'a>(title: &'a str, kind: SectionKind, lines: &[&'a str], indent: usize) -> Section<'a> {
    let filled: Vec<&'a str> = lines
        .iter()
        .copied()
        .filter(|it| !it.trim().is_empty())
        .collect();
    let depth = filled.first().map_or(indent, |it| indent_of(it));
    let heads = || filled.iter().filter(|it| indent_of(it) == depth);
    let entries = heads().filter_map(|it| entry(it.trim()));
    Section {
        kind,
        title,
        entries: entries.collect(),
        mentions: heads().flat_map(|it| mentions(it.trim())).collect(),
        // Examples and notes may stand beside their title.
        is_empty: filled.is_empty() && kind != SectionKind::Other,
        is_flat: false,
        first: filled.first().map_or("", |it| it.trim()),
    }
}

/// `name` of `name (type): text`, `*args: text`, `ValueError: text`.
fn entry(line: &str) -> Option<&str> {
    let end = line.find([':', ' ', '(']).unwrap_or(line.len());
    let name = &line[..end];
    let rest = line[end..].trim_start();
    let has_text = rest.starts_with(':') || rest.starts_with('(');
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '*' | '.' | '`' | '\\'));
    (has_text && is_name).then(|| name.trim_matches(['*', '`', '\\']))
}

/// The names before the text of a line, if there is nothing but names.
fn mentions(line: &str) -> Vec<&str> {
    let head = line.split([':', '(']).next().unwrap_or(line);
    let names: Vec<&str> = head
        .split([',', '/'])
        .map(|it| it.trim().trim_matches(['*', '`', '\\']))
        .collect();
    let is_name = |it: &&str| !it.is_empty() && it.chars().all(|c| c.is_alphanumeric() || c == '_');
    if names.iter().all(is_name) {
        names
    } else {
        Vec::new()
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

impl<'a> Docstring<'a> {
    /// The sections of a kind.
    pub(crate) fn of_kind(&self, kind: SectionKind) -> impl Iterator<Item = &Section<'a>> {
        self.sections.iter().filter(move |it| it.kind == kind)
    }

    /// The first paragraph, trimmed.
    pub(crate) fn summary(&self) -> &'a str {
        self.text.trim().split("\n\n").next().unwrap_or("").trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_have_entries() {
        let text = "Do it.\n\n    Args:\n        a (int): The a.\n            More: of it.\n        *rest: Others.\n\n    Returns:\n        The sum: of all.\n    ";
        let docstring = parse(text, TextRange::default());
        assert_eq!(docstring.summary(), "Do it.");
        assert_eq!(docstring.sections[0].entries, ["a", "rest"]);
        assert_eq!(docstring.sections[1].kind, SectionKind::Returns);
    }

    #[test]
    fn names_without_a_text_of_their_own_are_mentioned() {
        let text = "Do it.\n\n    Args:\n        a\n        b, c: Of the picture.\n        all the others\n    ";
        let docstring = parse(text, TextRange::default());
        assert_eq!(docstring.sections[0].mentions, ["a", "b", "c"]);
        assert!(docstring.sections[0].entries.is_empty());
    }

    #[test]
    fn other_conventions_are_told_apart() {
        assert_eq!(
            parse(
                "Do.\n\nParameters\n----------\na : int\n",
                TextRange::default()
            )
            .other_style,
            Some("NumPy")
        );
        assert_eq!(
            parse("Do.\n\n:param a: The a.\n", TextRange::default()).other_style,
            Some("Sphinx")
        );
        assert_eq!(parse("Do.", TextRange::default()).other_style, None);
    }
}
