//! Documents with chunks of Python: MyST (`{code-cell}`), Quarto and R Markdown (`{python}`), jupytext's Markdown.

use camino::Utf8Path;

use super::percent::tags_in;
use crate::draft::{Block, Draft, Part};
use crate::{Diagnostic, ReadError, SourceKind};

/// The head of a chunk.
#[derive(Debug)]
struct Fence<'a> {
    /// The signs that close it.
    signs: &'a str,
    language: String,
    options: &'a str,
}

/// Reads the chunks as code cells and what is between them as prose. Lines keep their numbers.
pub(super) fn read(path: &Utf8Path, text: &str) -> Result<Draft, ReadError> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let start = front_matter(&lines);
    let header = lines[..start].concat();
    // Where cells are directives, plain code blocks are examples.
    let has_directives = lines.iter().any(|line| {
        signs(line).is_some_and(|(_, rest)| rest.trim_start().starts_with("{code-cell"))
    });
    let is_jupytext =
        !has_directives && (header.contains("jupytext:") || header.contains("kernelspec:"));
    let mut document = Document {
        lines: &lines,
        blocks: Vec::new(),
        cells: 0,
        diagnostics: Vec::new(),
        other: None,
    };
    document.blank(0..start);
    let mut at = start;
    let mut prose = start;
    while at < lines.len() {
        let Some(fence) = fence(lines[at], is_jupytext) else {
            at = end_of_other_fence(&lines, at);
            continue;
        };
        document.prose(prose..at);
        let close = (at + 1..lines.len())
            .find(|&line| closes(lines[line], fence.signs))
            .unwrap_or(lines.len());
        document.chunk(&fence, at, close);
        at = (close + 1).min(lines.len());
        prose = at;
    }
    document.prose(prose..lines.len());
    document.finish(path)
}

struct Document<'a> {
    lines: &'a [&'a str],
    blocks: Vec<Block>,
    cells: u32,
    diagnostics: Vec<Diagnostic>,
    /// Another language that a chunk has.
    other: Option<String>,
}

impl Document<'_> {
    fn push(&mut self, part: Part, lines: &std::ops::Range<usize>, text: String) -> &mut Block {
        if part != Part::Gap {
            self.cells += 1;
        }
        let mut block = Block::new(part, if part == Part::Gap { 0 } else { self.cells }, text);
        block.line = lines.start as u32 + 1;
        self.blocks.push(block);
        let last = self.blocks.len() - 1;
        &mut self.blocks[last]
    }

    fn blank(&mut self, lines: std::ops::Range<usize>) {
        let text = "\n".repeat(lines.len());
        self.push(Part::Gap, &lines, text);
    }

    fn prose(&mut self, lines: std::ops::Range<usize>) {
        let text = self.lines[lines.clone()].concat();
        if text.trim().is_empty() {
            return self.blank(lines);
        }
        let blanks = "\n".repeat(lines.len());
        self.push(Part::Markdown, &lines, blanks).markdown = text.trim().to_owned();
    }

    fn chunk(&mut self, fence: &Fence, at: usize, close: usize) {
        let body = self.options_end(at + 1, close);
        let options = self.lines[at + 1..body].concat() + fence.options;
        let is_python = matches!(
            fence.language.as_str(),
            "" | "python" | "python3" | "ipython" | "ipython3" | "py"
        );
        let is_off = ["eval: false", "eval=FALSE", "eval=false"]
            .iter()
            .any(|option| options.contains(option));
        if !is_python || is_off {
            self.cells += 1;
            let what = if is_python {
                "is switched off".to_owned()
            } else {
                format!("is `{}`", fence.language)
            };
            if !is_python {
                self.other.get_or_insert_with(|| fence.language.clone());
            }
            let message = format!("the chunk at line {} {what} and is left out", at + 1);
            self.diagnostics
                .push(Diagnostic::advice("skipped-cell", None, message));
            return self.blank(at..(close + 1).min(self.lines.len()));
        }
        self.blank(at..body);
        let text = self.lines[body..close].concat();
        let block = self.push(Part::Code, &(body..close), text);
        block.tags = tags_in(&options);
        self.blank(close..(close + 1).min(self.lines.len()));
    }

    /// The line after a chunk's options: `:tags: [...]`, `#| label: x`, or YAML between `---`.
    fn options_end(&self, start: usize, close: usize) -> usize {
        let text = |line: usize| self.lines[line].trim();
        if start < close && text(start) == "---" {
            return (start + 1..close)
                .find(|&line| text(line) == "---")
                .map_or(start, |line| line + 1);
        }
        let is_option =
            |line: &str| line.starts_with("#|") || line.starts_with(':') && line[1..].contains(':');
        (start..close)
            .find(|&line| !is_option(text(line)))
            .unwrap_or(close)
    }

    fn finish(self, path: &Utf8Path) -> Result<Draft, ReadError> {
        let has_code = self.blocks.iter().any(|block| block.part == Part::Code);
        match self.other {
            Some(kernel) if !has_code => Err(ReadError::OtherKernel {
                path: path.to_owned(),
                kernel,
            }),
            _ => Ok(Draft {
                kind: SourceKind::CellScript,
                blocks: self.blocks,
                requirements: Vec::new(),
                diagnostics: self.diagnostics,
            }),
        }
    }
}

/// The line after the YAML at the top.
fn front_matter(lines: &[&str]) -> usize {
    if lines.first().is_none_or(|line| line.trim_end() != "---") {
        return 0;
    }
    let close = lines
        .iter()
        .skip(1)
        .position(|line| matches!(line.trim_end(), "---" | "..."));
    close.map_or(0, |at| at + 2)
}

/// Reads the head of a chunk of code to run.
fn fence(line: &str, is_jupytext: bool) -> Option<Fence<'_>> {
    let (signs, rest) = signs(line)?;
    let rest = rest.trim();
    if let Some(cell) = rest.strip_prefix("{code-cell}").or_else(|| {
        rest.strip_prefix("{code-cell")
            .and_then(|rest| rest.strip_suffix('}'))
    }) {
        let language = cell.split_whitespace().next().unwrap_or("").to_lowercase();
        return Some(Fence {
            signs,
            language,
            options: "",
        });
    }
    if let Some(inner) = rest
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
    {
        let end = inner.find([' ', ',']).unwrap_or(inner.len());
        let language = inner[..end].to_lowercase();
        let is_language =
            ["python", "r", "julia", "bash", "sql", "ojs", "sh"].contains(&language.as_str());
        return is_language.then_some(Fence {
            signs,
            language,
            options: &inner[end..],
        });
    }
    let (language, options) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let is_cell = is_jupytext
        && matches!(language, "python" | "ipython3")
        && !options.contains("active=\"\"");
    is_cell.then(|| Fence {
        signs,
        language: language.to_owned(),
        options,
    })
}

fn signs(line: &str) -> Option<(&str, &str)> {
    let sign = line
        .chars()
        .next()
        .filter(|sign| matches!(sign, '`' | '~'))?;
    let length = line.chars().take_while(|&c| c == sign).count();
    (length >= 3).then(|| line.split_at(length))
}

fn closes(line: &str, open: &str) -> bool {
    signs(line.trim_start())
        .is_some_and(|(signs, rest)| signs.starts_with(open) && rest.trim().is_empty())
}

/// The line after a fence that holds an example, or after a line of prose.
fn end_of_other_fence(lines: &[&str], at: usize) -> usize {
    let Some((open, _)) = signs(lines[at]) else {
        return at + 1;
    };
    let close = (at + 1..lines.len()).find(|&line| closes(lines[line], open));
    close.map_or(at + 1, |line| line + 1)
}
