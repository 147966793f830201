//! Jupytext's light format: paragraphs are cells, comments alone are prose, `# +` and `# -` hold a cell together.

use super::outline::{Blocks, Outline, header_end};
use super::percent::tags_in;
use crate::draft::Draft;

/// Whether the script says that it is in this form, or uses its markers.
pub(super) fn is_light(outline: &Outline) -> bool {
    let header = &outline.lines[..header_end(outline)];
    let declared = header
        .iter()
        .any(|line| line.contains("jupytext:") || line.contains("# jupyter:"));
    declared || (0..outline.lines.len()).any(|line| opens(outline, line).is_some())
}

/// Reads its cells.
pub(super) fn read(outline: &Outline) -> Draft {
    let mut blocks = Blocks::new(outline);
    let mut at = header_end(outline);
    blocks.gap(0..at);
    while at < outline.lines.len() {
        at = if outline.is_blank(at) || closes(outline, at) {
            blocks.gap(at..at + 1);
            at + 1
        } else if let Some(options) = opens(outline, at) {
            marked(outline, at, options, &mut blocks)
        } else {
            paragraph(outline, at, &mut blocks)
        };
    }
    blocks.into_draft()
}

/// Reads a cell from `# +` to `# -`, or to the next `# +`.
fn marked(outline: &Outline, at: usize, options: &str, blocks: &mut Blocks) -> usize {
    let end = (at + 1..outline.lines.len())
        .find(|&line| closes(outline, line) || opens(outline, line).is_some())
        .unwrap_or(outline.lines.len());
    blocks.gap(at..at + 1);
    let tags = tags_in(options);
    if options.contains("[markdown]") || options.contains("[md]") {
        blocks
            .markdown(at + 1..end, outline.prose(at + 1..end))
            .tags = tags;
    } else if options.contains("\"active\": \"\"") || options.contains("[raw]") {
        blocks.gap(at + 1..end);
    } else {
        blocks.code(at + 1..end, &tags);
    }
    end
}

/// Reads lines up to a blank one that no statement spans.
fn paragraph(outline: &Outline, at: usize, blocks: &mut Blocks) -> usize {
    let mut end = at + 1;
    while end < outline.lines.len() {
        let ends = outline.is_blank(end) || opens(outline, end).is_some() || closes(outline, end);
        if ends && !inside_statement(outline, end) {
            break;
        }
        end += 1;
    }
    if (at..end).all(|line| outline.comments[line]) {
        blocks.markdown(at..end, outline.prose(at..end));
    } else {
        blocks.code(at..end, &[]);
    }
    end
}

fn inside_statement(outline: &Outline, line: usize) -> bool {
    let before = outline
        .statements
        .partition_point(|statement| statement.start <= line);
    before > 0 && outline.statements[before - 1].end > line
}

/// The options behind `# +`.
fn opens<'a>(outline: &Outline<'a>, line: usize) -> Option<&'a str> {
    if !outline.comments[line] {
        return None;
    }
    let text = outline.lines[line].trim_end();
    let rest = text
        .strip_prefix("# +")
        .or_else(|| text.strip_prefix("#+"))?;
    let options = rest.trim_start();
    let is_marker = rest.is_empty()
        || options.starts_with(['{', '['])
        || rest.starts_with(' ')
            && options.contains("=[") | options.contains("=\"") | options.contains("=true");
    is_marker.then_some(options)
}

fn closes(outline: &Outline, line: usize) -> bool {
    outline.comments[line] && matches!(outline.lines[line].trim_end(), "# -" | "#-")
}
