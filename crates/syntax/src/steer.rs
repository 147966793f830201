//! The author's wishes in comments: `# srcify: name=clean_customers`.

use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::{Cell, CellKind, Program, Source};

/// What a tag, or a comment, that is meant for us begins with.
pub const WISH: &str = "srcify:";

/// Whether `program` holds comments with wishes.
pub fn has_wishes(program: &Program) -> bool {
    program.source.text.contains(WISH) && !comments(program).is_empty()
}

/// The same input with each such comment as tags of a cell of its own: the paragraph that the comment stands in.
pub fn with_wishes_as_tags(program: &Program) -> Source {
    let mut source = program.source.clone();
    // A wish holds up to the next one.
    let mut limit = TextSize::of(&*source.text);
    for (comment, tags) in comments(program).into_iter().rev() {
        let start = line_start(&source.text, comment.start());
        let end = paragraph_end(program, comment.end()).min(limit);
        limit = start;
        let blank = " ".repeat(usize::from(comment.len()));
        source
            .text
            .replace_range(std::ops::Range::<usize>::from(comment), &blank);
        source.cells = split(&source.cells, TextRange::new(start, end.max(start)), &tags);
    }
    source
}

/// Comments that are whole lines at module level, with their wishes as tags.
fn comments(program: &Program) -> Vec<(TextRange, Vec<String>)> {
    let text = &program.source.text;
    let mut found = Vec::new();
    for comment in program.comments() {
        let content = text[comment.range()].trim_start_matches('#').trim();
        let is_line = line_start(text, comment.start()) == comment.start();
        if let Some(wishes) = content.strip_prefix(WISH).filter(|_| is_line) {
            let parts = wishes.split([',', ' ']).map(str::trim);
            let tags = parts
                .filter(|it| !it.is_empty())
                .map(|it| format!("{WISH}{it}"));
            found.push((comment.range(), tags.collect()));
        }
    }
    found
}

fn line_start(text: &str, at: TextSize) -> TextSize {
    let start = text[..usize::from(at)].rfind('\n').map_or(0, |at| at + 1);
    TextSize::try_from(start).unwrap_or(at)
}

/// The end of the last statement before the next blank line.
fn paragraph_end(program: &Program, from: TextSize) -> TextSize {
    let text = &program.source.text;
    let mut end = from;
    let cell = program.source.cell_at(from);
    for unit in program
        .units()
        .iter()
        .filter(|unit| unit.range.start() > from)
    {
        let between = &text[TextRange::new(end, unit.full_range.start().max(end))];
        if unit.cell != cell || between.matches('\n').count() > 1 {
            break;
        }
        let rest = text[usize::from(unit.full_range.end())..].find('\n');
        let length = rest.map_or(text.len() - usize::from(unit.full_range.end()), |at| at + 1);
        end = unit.full_range.end() + TextSize::try_from(length).unwrap_or_default();
        // The line feed is behind us: what follows begins a line.
        if text[usize::from(end)..].starts_with(['\n', '\r']) {
            break;
        }
    }
    end
}

/// Cells with one cut out of the cell that holds it.
fn split(cells: &[Cell], range: TextRange, tags: &[String]) -> Vec<Cell> {
    let mut result = Vec::new();
    for cell in cells {
        let holds = cell.kind == CellKind::Code && cell.range.contains_range(range);
        if !holds {
            result.push(cell.clone());
            continue;
        }
        let part = |start: TextSize, end: TextSize| Cell {
            range: TextRange::new(start, end),
            ..cell.clone()
        };
        if cell.range.start() < range.start() {
            result.push(part(cell.range.start(), range.start()));
        }
        let mut middle = part(range.start(), range.end());
        middle.tags.extend(tags.iter().cloned());
        result.push(middle);
        if range.end() < cell.range.end() {
            result.push(part(range.end(), cell.range.end()));
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use super::*;
    use crate::{parse, read};

    #[test]
    fn a_comment_steers_its_paragraph() {
        let text = "a = 1\n\n# srcify: name=clean, layer=domain\n# why\nb = 2\nc = 3\n# srcify: keep\ne = 1\n\nd = '''\n# srcify: drop\n'''\n";
        let source = read(Utf8Path::new("a.py"), text.as_bytes()).unwrap().output;
        let program = parse(source).output;
        assert!(has_wishes(&program));
        let steered = with_wishes_as_tags(&program);
        let cells: Vec<(String, &[String])> = steered
            .cells
            .iter()
            .map(|cell| (steered.text[cell.range].trim().to_owned(), &cell.tags[..]))
            .collect();
        let tags = [
            "srcify:name=clean".to_owned(),
            "srcify:layer=domain".to_owned(),
        ];
        assert_eq!(cells.len(), 4);
        assert_eq!(cells[0], ("a = 1".to_owned(), &[][..]));
        assert_eq!(cells[1], ("# why\nb = 2\nc = 3".to_owned(), &tags[..]));
        assert_eq!(
            cells[2],
            ("e = 1".to_owned(), &["srcify:keep".to_owned()][..])
        );
        assert_eq!(cells[3].1, &[] as &[String]);
        assert!(cells[3].0.contains("# srcify: drop"));
    }
}
