//! Diagnostics that follow their code into an edited text of the same input.

use std::collections::BTreeMap;

use camino::Utf8Path;
use ruff_text_size::{TextRange, TextSize};

use crate::{Diagnostic, Source, Span};

/// A line of a file, as people count: the file, the cell when it is the input's own, the line.
type Place<'a> = (&'a Utf8Path, Option<u32>, u32);

/// The diagnostics about `old` with spans in `new`, which is the same input, or holds it, with other text in places.
///
/// Lines keep their numbers through all edits, so they tell where a statement is now. What is gone has no span.
pub fn moved_to(new: &Source, old: &Source, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if diagnostics.iter().all(|it| it.span.is_none()) || new.text == old.text {
        return diagnostics;
    }
    let lines = lines_by_place(new, &new.path);
    let moved = |span: Span| moved(new, old, &lines, span);
    let moved_one = |mut diagnostic: Diagnostic| {
        diagnostic.span = diagnostic.span.and_then(moved);
        for (span, _) in &mut diagnostic.notes {
            *span = span.and_then(moved);
        }
        diagnostic
    };
    diagnostics.into_iter().map(moved_one).collect()
}

fn lines_by_place<'a>(
    source: &'a Source,
    main: &'a Utf8Path,
) -> BTreeMap<Place<'a>, Vec<TextRange>> {
    let mut found: BTreeMap<Place<'_>, Vec<TextRange>> = BTreeMap::new();
    for (index, line) in source.lines.iter().enumerate() {
        let start = TextSize::new(line.start);
        let end = source
            .lines
            .get(index + 1)
            .map(|next| TextSize::new(next.start));
        let end = end.unwrap_or_else(|| TextSize::of(source.text.as_str()));
        let place = place(source, main, start, line.number);
        found
            .entry(place)
            .or_default()
            .push(TextRange::new(start, end.max(start)));
    }
    found
}

fn place<'a>(source: &'a Source, main: &Utf8Path, start: TextSize, number: u32) -> Place<'a> {
    let file = source.file_at(start);
    let cell = source.location(Span::from(TextRange::empty(start))).cell;
    (file, cell.filter(|_| file == main), number)
}

fn moved(
    new: &Source,
    old: &Source,
    lines: &BTreeMap<Place<'_>, Vec<TextRange>>,
    span: Span,
) -> Option<Span> {
    let range = TextRange::from(span);
    let text = old.text.get(std::ops::Range::<usize>::from(range))?;
    let number = old.location(span).line;
    let (file, cell, number) = place(old, &new.path, range.start(), number);
    let candidates = lines.get(&(file, cell, number))?;
    let first = text.lines().next().unwrap_or("");
    let holder = candidates.iter().find_map(|line| {
        let at = new.text[*line]
            .find(first)
            .filter(|_| !first.trim().is_empty())?;
        Some(line.start() + TextSize::try_from(at).ok()?)
    });
    if let Some(start) = holder {
        let rest = &new.text[usize::from(start)..];
        let length = if rest.starts_with(text) { text } else { first };
        return Some(Span::from(TextRange::at(start, TextSize::of(length))));
    }
    let line = candidates.first()?;
    let content = new.text[*line].trim_end();
    let blanks = content.len() - content.trim_start().len();
    let start = line.start() + TextSize::try_from(blanks).ok()?;
    Some(Span::from(TextRange::at(
        start,
        TextSize::of(content.trim_start()),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn a_message_follows_its_line() {
        let old = read(Utf8Path::new("a.py"), b"x = 1\nprint(x)\ny = f(x)\n").unwrap();
        let old = old.output;
        let range = |text: &str, part: &str| {
            let at = TextSize::try_from(text.find(part).unwrap()).unwrap();
            TextRange::at(at, TextSize::of(part))
        };
        let edit = (
            range(&old.text, "print(x)"),
            "z = x + 1\nprint(z)".to_owned(),
        );
        let new = old.edited(&[edit]);
        let diagnostic = Diagnostic::advice("a", Span::from(range(&old.text, "f(x)")), "b");
        let moved = moved_to(&new, &old, vec![diagnostic]);
        let span = TextRange::from(moved[0].span.unwrap());
        assert_eq!(&new.text[span], "f(x)");
        assert_eq!(new.place(Span::from(span)), "3:5");
    }
}
