//! Edits of a cell's text that keep track of its lines.

use std::ops::Range;

use super::{Action, DroppedText, Gathered, LineOrigin, Lowered, Note};
use crate::SourceKind;

/// A stretch of a cell and what becomes of it.
#[derive(Debug)]
pub(super) struct Edit {
    pub range: Range<usize>,
    pub action: Action,
    /// A statement must stay: the escape stands in a block, or beside other statements on its line.
    pub needs_statement: bool,
    /// Characters of the escape before the code that stays.
    pub shift: u32,
}

/// Adds `code` below a cell.
pub(super) fn at_end(text: &str, code: &str) -> Edit {
    let code = if text.ends_with('\n') {
        format!("{code}\n")
    } else {
        format!("\n{code}")
    };
    Edit {
        range: text.len()..text.len(),
        action: Action::Python(code),
        needs_statement: false,
        shift: 0,
    }
}

/// Removes the indentation of the first line from all lines that have it, as IPython does.
pub(super) fn dedent(code: &str) -> (String, u32) {
    let Some(first) = code.split('\n').find(|line| !line.trim().is_empty()) else {
        return (code.to_owned(), 0);
    };
    let indent = &first[..first.len() - first.trim_start_matches([' ', '\t']).len()];
    if indent.is_empty() {
        return (code.to_owned(), 0);
    }
    let lines: Vec<&str> = code
        .split('\n')
        .map(|line| line.strip_prefix(indent).unwrap_or(line))
        .collect();
    (lines.join("\n"), indent.len() as u32)
}

/// Carries out `edits`, which do not overlap.
pub(super) fn apply(text: &str, mut edits: Vec<Edit>, indent: u32, gathered: Gathered) -> Lowered {
    edits.sort_by_key(|edit| edit.range.start);
    let mut writer = Writer {
        result: Lowered::default(),
        line: 0,
        shift: indent,
        indent,
    };
    let mut at = 0;
    for edit in edits {
        if edit.range.start < at {
            continue;
        }
        writer.copy(&text[at..edit.range.start]);
        at = edit.range.end;
        writer.replace(&text[edit.range.clone()], edit, &gathered);
    }
    writer.copy(&text[at..]);
    let mut result = writer.finish();
    for argument in gathered.left_out {
        result.notes.push(Note {
            code: "install-argument",
            range: 0..0,
            message: format!("`{argument}` is installed by the input but names no package"),
            is_warning: false,
            hint: Some("add what it stands for to the dependencies".to_owned()),
        });
    }
    result.notes.extend(gathered.notes);
    result.needs = gathered.needs;
    result.requirements = gathered.requirements;
    result.captured = gathered.captured;
    result
}

struct Writer {
    result: Lowered,
    /// Line of the cell at which the next text begins.
    line: u32,
    /// Characters that are gone at the start of the line being written.
    shift: u32,
    indent: u32,
}

impl Writer {
    fn copy(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            self.result.text.push_str(line);
            if line.ends_with('\n') {
                self.end_line();
                self.line += 1;
            }
        }
    }

    fn end_line(&mut self) {
        self.result.lines.push(LineOrigin {
            number: self.line,
            shift: self.shift,
        });
        self.shift = self.indent;
    }

    fn replace(&mut self, old: &str, edit: Edit, gathered: &Gathered) {
        let start = self.result.text.len();
        self.shift += edit.shift;
        let new = match &edit.action {
            Action::Drop(_) => blank(old, edit.needs_statement),
            Action::Python(code) => code.clone(),
            Action::Unsupported(_) => not_implemented(old, self.line, gathered),
        };
        let last = self.line + old.matches('\n').count() as u32;
        for line in new.split_inclusive('\n') {
            self.result.text.push_str(line);
            if line.ends_with('\n') {
                self.end_line();
                self.line = (self.line + 1).min(last);
            }
        }
        let end = self.result.text.len();
        while self.line < last {
            self.result.text.push('\n');
            self.end_line();
            self.line += 1;
        }
        match edit.action {
            Action::Drop(reason) => self.result.dropped.push(DroppedText {
                range: start..end,
                text: old.trim_end().to_owned(),
                reason: reason.to_owned(),
            }),
            Action::Unsupported(reason) => self.result.notes.push(Note {
                code: "unsupported-magic",
                range: start..end,
                message: format!("`{}` has no Python equal: {reason}", named(old)),
                is_warning: true,
                hint: Some(format!(
                    "{}; until then the package raises here",
                    way_out(reason)
                )),
            }),
            Action::Python(_) => {}
        }
    }

    fn finish(mut self) -> Lowered {
        if !self.result.text.is_empty() && !self.result.text.ends_with('\n') {
            self.end_line();
        }
        self.result
    }
}

/// What a person can do about an escape that has no equal for this reason.
fn way_out(reason: &str) -> &'static str {
    if reason.contains("SQL") || reason.contains("rows") {
        "run the query in Python, with SQLAlchemy or `pandas.read_sql_query`"
    } else if reason.contains("runs R") || reason.contains("Scala") {
        "translate the cell, or run it as a script of its own and read the files that it writes"
    } else if reason.contains("compiles") {
        "move the cell into a module that is built before, and import it"
    } else if reason.contains("does not know") {
        "write in Python what the magic does"
    } else {
        "write it in Python"
    }
}

/// Blanks at equal length, or writes `pass` where a statement is needed.
fn blank(old: &str, needs_statement: bool) -> String {
    let blanks = old
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    if !needs_statement {
        return blanks.collect();
    }
    let mut rest: String = blanks.skip("pass".len()).collect();
    if old.bytes().take("pass".len()).any(|byte| byte == b'\n') {
        rest.insert(0, '\n');
    }
    format!("pass{rest}")
}

/// The statement that stands for an escape without a Python equal.
fn not_implemented(old: &str, line: u32, gathered: &Gathered) -> String {
    let cx = &gathered.cx;
    let place = match cx.kind {
        SourceKind::Script => format!("line {}", cx.line + line),
        SourceKind::Notebook | SourceKind::CellScript => format!("cell {}", cx.number),
    };
    let what = super::quote::literal(&format!("{place}: {}", named(old)));
    format!("raise NotImplementedError({what})")
}

/// An escape by its name alone: what follows may hold a password.
fn named(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or("").trim_end();
    let is_call = line.contains("get_ipython");
    let magic = line.find(['%', '!']).filter(|_| !is_call).unwrap_or(0);
    let length = line[magic..].find(char::is_whitespace);
    match length {
        Some(length) => format!("{} …", &line[..magic + length]),
        None => line.to_owned(),
    }
}
