//! Scripts cut by `# %%` (VS Code, Spyder, PyCharm, hydrogen, jupytext) or by nbconvert's `# In[3]:`.

use std::ops::Range;

use super::outline::{Blocks, Outline, header_end};
use crate::draft::Draft;

/// What begins a cell.
#[derive(Debug, Default, PartialEq, Eq)]
struct Marker {
    kind: Kind,
    tags: Vec<String>,
    execution_count: Option<u32>,
    /// The title behind `# %%`.
    title: String,
    /// `# In[3]:`, below which prose may follow as comments.
    is_export: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Code,
    Markdown,
    /// Text for other tools.
    Raw,
}

/// Whether a line of the script is a marker.
pub(super) fn has_markers(outline: &Outline) -> bool {
    (0..outline.lines.len()).any(|line| marker_at(outline, line).is_some())
}

/// Reads the cells between the markers.
pub(super) fn read(outline: &Outline) -> Draft {
    let markers: Vec<(usize, Marker)> = (0..outline.lines.len())
        .filter_map(|line| marker_at(outline, line).map(|marker| (line, marker)))
        .collect();
    let mut blocks = Blocks::new(outline);
    let first = markers
        .first()
        .map_or(outline.lines.len(), |(line, _)| *line);
    let header = header_end(outline).min(first);
    blocks.gap(0..header);
    let is_export = markers.iter().any(|(_, marker)| marker.is_export);
    if outline.has_code(&(header..first)) {
        blocks.code(header..first, &[]);
    } else if is_export {
        paragraphs(outline, header..first, &mut blocks);
    } else {
        blocks.gap(header..first);
    }
    for (index, (line, marker)) in markers.iter().enumerate() {
        let end = markers
            .get(index + 1)
            .map_or(outline.lines.len(), |(next, _)| *next);
        match heading(marker) {
            Some(heading) => blocks.heading(*line..line + 1, heading),
            None => blocks.gap(*line..line + 1),
        }
        cell(outline, marker, line + 1..end, &mut blocks);
    }
    blocks.into_draft()
}

/// The title of a code cell, as the heading that it is.
fn heading(marker: &Marker) -> Option<String> {
    let title = marker.title.trim_matches(['#', '-', '=', '*', ' ']);
    let is_said = marker.kind == Kind::Code && title.contains(char::is_alphabetic);
    is_said.then(|| format!("## {title}"))
}

fn cell(outline: &Outline, marker: &Marker, lines: Range<usize>, blocks: &mut Blocks) {
    match marker.kind {
        Kind::Raw => {
            let code = first_code(outline, &lines);
            blocks.gap(lines.start..code);
            blocks.code(code..lines.end, &[]);
        }
        Kind::Markdown => {
            let code = first_code(outline, &lines);
            let text = lines.start..code;
            let mut prose = prose(outline, &text);
            if prose.is_empty() {
                prose.clone_from(&marker.title);
            }
            blocks.markdown(text, prose).tags.clone_from(&marker.tags);
            blocks.code(code..lines.end, &[]);
        }
        Kind::Code => {
            let end = if marker.is_export {
                end_of_code(outline, &lines)
            } else {
                lines.end
            };
            if let Some(block) = blocks.code(lines.start..end, &marker.tags) {
                block.execution_count = marker.execution_count;
            }
            paragraphs(outline, end..lines.end, blocks);
        }
    }
}

/// The line of a prose cell where Python begins that is more than a string: authors put code below the prose, and it
/// runs like any other.
fn first_code(outline: &Outline, lines: &Range<usize>) -> usize {
    let is_string =
        |statement: &Range<usize>| outline.strings.iter().any(|(range, _)| range == statement);
    outline
        .statements
        .iter()
        .find(|statement| lines.contains(&statement.start) && !is_string(statement))
        .map_or(lines.end, |statement| statement.start)
}

/// The prose of a markdown cell: comments, or one string.
fn prose(outline: &Outline, lines: &Range<usize>) -> String {
    let string = outline
        .strings
        .iter()
        .find(|(range, _)| lines.contains(&range.start));
    match string {
        Some((_, text)) => text.trim().to_owned(),
        None => outline.prose(lines.clone()),
    }
}

/// Where the code of an exported cell ends: comments below a blank line after it are the next cell's prose.
fn end_of_code(outline: &Outline, lines: &Range<usize>) -> usize {
    let last = outline
        .statements
        .iter()
        .rev()
        .find(|statement| lines.contains(&statement.start));
    let Some(last) = last else { return lines.end };
    let after = last.end.min(lines.end);
    (after..lines.end)
        .find(|&line| outline.is_blank(line))
        .unwrap_or(lines.end)
}

/// Comments that stand together are a cell of prose.
fn paragraphs(outline: &Outline, lines: Range<usize>, blocks: &mut Blocks) {
    let mut at = lines.start;
    while at < lines.end {
        let is_comment = outline.comments[at];
        let end = (at..lines.end)
            .find(|&line| outline.comments[line] != is_comment)
            .unwrap_or(lines.end);
        if is_comment {
            blocks.markdown(at..end, outline.prose(at..end));
        } else {
            blocks.gap(at..end);
        }
        at = end;
    }
}

fn marker_at(outline: &Outline, line: usize) -> Option<Marker> {
    if !outline.comments[line] {
        return None;
    }
    marker(outline.lines[line])
}

/// Reads `# %% title [markdown] tags=["a"]`, `# In[3]:`, `# <codecell>`.
fn marker(line: &str) -> Option<Marker> {
    let content = line.strip_prefix('#')?.trim();
    match content {
        "<codecell>" => return Some(Marker::default()),
        "<markdowncell>" => {
            return Some(Marker {
                kind: Kind::Markdown,
                ..Marker::default()
            });
        }
        _ => {}
    }
    if let Some(count) = content
        .strip_prefix("In")
        .map(str::trim_start)
        .and_then(|rest| rest.strip_prefix('['))
    {
        let (count, rest) = count.split_once(']')?;
        let is_marker =
            matches!(rest, "" | ":") && count.trim().chars().all(|c| c.is_ascii_digit());
        return is_marker.then(|| Marker {
            execution_count: count.trim().parse().ok(),
            is_export: true,
            ..Marker::default()
        });
    }
    let rest = content.strip_prefix("%%")?.trim_start_matches('%');
    if !rest.is_empty() && !rest.starts_with([' ', '\t', '[']) {
        return None;
    }
    let kind = if rest.contains("[markdown]") || rest.contains("[md]") {
        Kind::Markdown
    } else if rest.contains("[raw]") {
        Kind::Raw
    } else {
        Kind::Code
    };
    let title = rest
        .split(['[', '{'])
        .next()
        .unwrap_or("")
        .split(" tags=")
        .next()
        .unwrap_or("");
    Some(Marker {
        kind,
        tags: tags_in(rest),
        title: title.trim().to_owned(),
        ..Marker::default()
    })
}

/// The tags in `tags=["a", "b"]` or `{"tags": ["a"]}`.
pub(super) fn tags_in(options: &str) -> Vec<String> {
    let Some((_, rest)) = options.split_once("tags") else {
        return Vec::new();
    };
    let Some(list) = rest
        .trim_start_matches(['"', '\'', '=', ':', ' '])
        .strip_prefix('[')
    else {
        return Vec::new();
    };
    let list = list.split(']').next().unwrap_or("");
    list.split(',')
        .map(|tag| tag.trim().trim_matches(['"', '\'']).to_owned())
        .filter(|tag| !tag.is_empty())
        .collect()
}
