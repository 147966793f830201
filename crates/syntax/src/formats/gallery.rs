//! Sphinx-Gallery examples: the docstring is prose, and so are comments below `# %%` or a line of `#`.

use super::outline::{Blocks, Outline, header_end};
use crate::draft::Draft;

/// Whether the script is an example for a gallery: a docstring with a title, and at least one marker.
pub(super) fn is_gallery(outline: &Outline) -> bool {
    let Some((_, docstring)) = &outline.docstring else {
        return false;
    };
    let is_rule = |line: &str| {
        line.len() >= 3 && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'))
    };
    docstring.lines().any(|line| is_rule(line.trim()))
        && (0..outline.lines.len()).any(|line| is_marker(outline, line))
        && !(0..outline.lines.len())
            .any(|line| is_marker(outline, line) && outline.lines[line].contains("[markdown]"))
}

/// Reads its cells.
pub(super) fn read(outline: &Outline) -> Draft {
    let mut blocks = Blocks::new(outline);
    let mut at = 0;
    if let Some((lines, text)) = &outline.docstring {
        blocks.gap(0..lines.start);
        blocks.markdown(lines.clone(), text.trim().to_owned());
        at = lines.end;
    } else {
        blocks.gap(0..header_end(outline));
    }
    while at < outline.lines.len() {
        let next = (at + 1..outline.lines.len())
            .find(|&line| is_marker(outline, line))
            .unwrap_or(outline.lines.len());
        section(outline, at..next, &mut blocks);
        at = next;
    }
    blocks.into_draft()
}

/// A marker with its prose, then code.
fn section(outline: &Outline, lines: std::ops::Range<usize>, blocks: &mut Blocks) {
    let mut code = lines.start;
    if is_marker(outline, lines.start) {
        blocks.gap(lines.start..lines.start + 1);
        let prose = lines.start + 1;
        code = (prose..lines.end)
            .find(|&line| !outline.comments[line])
            .unwrap_or(lines.end);
        let title = outline.lines[lines.start]
            .trim()
            .trim_start_matches(['#', ' ', '%'])
            .trim();
        let mut text = outline.prose(prose..code);
        if !title.is_empty() {
            text = format!("{title}\n{text}").trim_end().to_owned();
        }
        if !text.is_empty() {
            blocks.markdown(prose..code, text);
        }
    }
    blocks.code(code..lines.end, &[]);
}

fn is_marker(outline: &Outline, line: usize) -> bool {
    if !outline.comments[line] {
        return false;
    }
    let text = outline.lines[line].trim_end();
    let is_rule = text.len() >= 20 && text.bytes().all(|byte| byte == b'#');
    is_rule
        || text.strip_prefix('#').is_some_and(|rest| {
            let rest = rest.trim_start();
            rest == "%%" || rest.starts_with("%% ")
        })
}
