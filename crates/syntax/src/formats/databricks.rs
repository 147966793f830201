//! Databricks exports: cells between `# COMMAND ----------`; other languages and magics are comments with `# MAGIC`.

use std::ops::Range;

use super::outline::{Blocks, Outline};
use crate::draft::{Draft, Part};
use crate::source::DATABRICKS;

/// Whether the script begins as an export does.
pub(super) fn is_export(text: &str) -> bool {
    text.trim_start().starts_with(DATABRICKS)
}

/// Reads its cells.
pub(super) fn read(text: &str) -> Draft {
    let outline = Outline::new(text);
    let mut blocks = Blocks::new(&outline);
    let mut start = 0;
    let is_break =
        |line: &str| line.trim_end() == "# COMMAND ----------" || line.starts_with(DATABRICKS);
    for (index, line) in outline.lines.iter().enumerate() {
        if is_break(line) {
            cell(&outline, start..index, &mut blocks);
            blocks.gap(index..index + 1);
            start = index + 1;
        }
    }
    cell(&outline, start..outline.lines.len(), &mut blocks);
    blocks.into_draft()
}

fn cell(outline: &Outline, lines: Range<usize>, blocks: &mut Blocks) {
    let title =
        |line: &usize| outline.lines[*line].starts_with("# DBTITLE") || outline.is_blank(*line);
    let start = lines.clone().find(|line| !title(line)).unwrap_or(lines.end);
    blocks.gap(lines.start..start);
    let lines = start..lines.end;
    let Some(first) = outline
        .lines
        .get(start)
        .filter(|_| !lines.is_empty())
        .and_then(|line| magic(line))
    else {
        blocks.code(lines, &[]);
        return;
    };
    let all_magic = lines
        .clone()
        .all(|line| outline.is_blank(line) || magic(outline.lines[line]).is_some());
    if all_magic && first.starts_with("%md") {
        let prose: Vec<&str> = lines
            .clone()
            .map(|line| magic(outline.lines[line]).unwrap_or(""))
            .collect();
        let prose = prose.join("\n");
        let prose = prose
            .strip_prefix("%md-sandbox")
            .or_else(|| prose.strip_prefix("%md"));
        blocks.markdown(lines, prose.unwrap_or("").trim().to_owned());
        return;
    }
    if let Some(block) = blocks.code(lines.clone(), &[])
        && block.part == Part::Code
    {
        let is_alone = lines.clone().skip(1).all(|line| outline.is_blank(line));
        block.text = match first.strip_prefix("%sh ").filter(|_| is_alone) {
            // IPython has no cell of one line: what follows would be the program's arguments.
            Some(command) => format!("!{command}{}", "\n".repeat(lines.len())),
            None => lines.map(|line| uncommented(outline.lines[line])).collect(),
        };
    }
}

/// What follows `# MAGIC`.
fn magic(line: &str) -> Option<&str> {
    let rest = line.trim_end().strip_prefix("# MAGIC")?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

/// A line as IPython would read it: `%sh` begins a cell of another language, as `%%sh` does elsewhere.
fn uncommented(line: &str) -> String {
    let Some(content) = magic(line) else {
        return line.to_owned();
    };
    let end = if line.ends_with('\n') { "\n" } else { "" };
    let name = content
        .strip_prefix('%')
        .map(|rest| rest.split_whitespace().next().unwrap_or(""));
    match name {
        Some("python") => format!(
            "{}{end}",
            content.trim_start_matches("%python").trim_start()
        ),
        Some("sh" | "sql" | "scala" | "r" | "fs") => format!("%{content}{end}"),
        _ => format!("{content}{end}"),
    }
}
