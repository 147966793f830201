//! Python scripts: which form one has, and the form without cells.

use super::outline::{Outline, header_end};
use super::{databricks, gallery, light, marimo, percent};
use crate::SourceKind;
use crate::draft::{Block, Draft, Part};

/// Reads a script.
pub(super) fn read(text: &str) -> Draft {
    let mut draft = cells(text);
    draft.requirements = declared_dependencies(text);
    draft
}

fn cells(text: &str) -> Draft {
    if databricks::is_export(text) {
        return databricks::read(text);
    }
    if marimo::is_app(text)
        && let Some(draft) = marimo::read(text)
    {
        return draft;
    }
    let outline = Outline::new(text);
    if gallery::is_gallery(&outline) {
        gallery::read(&outline)
    } else if percent::has_markers(&outline) {
        percent::read(&outline)
    } else if light::is_light(&outline) {
        light::read(&outline)
    } else {
        plain(text, &outline)
    }
}

/// A script without cells is one.
fn plain(text: &str, outline: &Outline) -> Draft {
    let header = if outline
        .lines
        .first()
        .is_some_and(|line| line.trim() == "# ---")
    {
        header_end(outline)
    } else {
        0
    };
    let mut blocks = Vec::new();
    if header > 0 {
        blocks.push(Block::new(Part::Gap, 0, outline.lines[..header].concat()));
    }
    let body = if header > 0 {
        outline.lines[header..].concat()
    } else {
        text.to_owned()
    };
    let mut block = Block::new(Part::Code, 1, body);
    block.line = header as u32 + 1;
    blocks.push(block);
    Draft {
        kind: SourceKind::Script,
        blocks,
        requirements: Vec::new(),
        diagnostics: Vec::new(),
    }
}

/// The dependencies in a script's `# /// script` block (PEP 723).
fn declared_dependencies(text: &str) -> Vec<String> {
    let mut lines = text
        .lines()
        .skip_while(|line| line.trim_end() != "# /// script")
        .skip(1);
    let mut list = String::new();
    let mut inside = false;
    for line in lines
        .by_ref()
        .take_while(|line| line.starts_with('#') && line.trim_end() != "# ///")
    {
        let content = line[1..].trim();
        inside |= content.starts_with("dependencies") && content.contains('=');
        if inside {
            list.push_str(content);
            list.push(' ');
            if content.ends_with(']') {
                break;
            }
        }
    }
    let mut parts = list.split(['"', '\'']);
    let mut requirements = Vec::new();
    while let (Some(_), Some(requirement)) = (parts.next(), parts.next()) {
        requirements.push(requirement.to_owned());
    }
    requirements
}
