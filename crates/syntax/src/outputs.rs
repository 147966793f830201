//! What cells displayed, by the names under which IPython keeps it: `_`, `__`, `___`, `_4`, `Out[4]`.
//!
//! IPython binds them (`IPython.core.displayhook`); in plain Python an assignment does. What it keeps of the cells' texts
//! (`In`, `_i`) has no Python equal.

mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use crate::draft::{Block, Part};
use crate::magics::{Lowered, Note};
use crate::{nesting, snippet};

use uses::{Kept, Use, Uses};

/// Gives names to the values that cells display, where other code reads them by IPython's names.
///
/// A cell's number is its place among the cells that hold something, as when all of them run from the top. IPython leaves
/// a `_` alone that the author binds.
pub(crate) fn name_displayed_values(cells: &mut [(Block, Lowered)]) {
    let mut found: Vec<Found> = Vec::new();
    let is_code = |block: &Block| block.part == Part::Code && !block.text.trim().is_empty();
    let mut code = cells.iter().filter(|(block, _)| is_code(block));
    if !code.any(|(_, cell)| uses::mentions_kept(&cell.text)) {
        return;
    }
    for (index, (block, cell)) in cells.iter().enumerate() {
        if is_code(block) {
            found.push(Found::of(index, found.len() + 1, cell));
        }
    }
    let mut values = Values::of(&found, cells);
    for cell in &found {
        values.read(cell);
        values.show(cell);
    }
    for (index, edits) in values.finish() {
        carry_out(&mut cells[index], edits);
    }
}

/// A cell that holds something.
struct Found {
    /// Its place among all.
    index: usize,
    /// Its number, from 1, when all cells run from the top.
    number: usize,
    /// Where the expression begins whose value it displays, and the function that gives it.
    shown: Option<(usize, String)>,
    uses: Uses,
}

impl Found {
    fn of(index: usize, number: usize, cell: &Lowered) -> Self {
        let mut found = Self {
            index,
            number,
            shown: None,
            uses: Uses::default(),
        };
        if nesting::too_deep(&cell.text).is_none() {
            let parsed = snippet(&cell.text);
            found.uses = Uses::of(parsed.statements());
            found.shown = displayed_value(cell, parsed.statements());
        }
        found
    }
}

/// Something in the place of a stretch.
enum Edit {
    Text(Range<usize>, String),
    /// A statement that needs what only the notebook keeps under this name.
    Unsupported(Range<usize>, String),
}

impl Edit {
    fn range(&self) -> &Range<usize> {
        match self {
            Self::Text(range, _) | Self::Unsupported(range, _) => range,
        }
    }
}

/// What has been displayed, while the cells run.
struct Values {
    /// Names that the author binds: they mean what they mean anywhere.
    own: BTreeSet<String>,
    /// Functions of the author that give nothing.
    quiet: BTreeSet<String>,
    /// All words of the input: none of them is a name for a value.
    words: BTreeSet<String>,
    /// The cells that displayed something: their numbers, and where the values begin.
    shown: Vec<(usize, usize, usize)>,
    /// The names of those that are read, by the numbers of their cells.
    names: BTreeMap<usize, String>,
    /// `_` is the author's.
    is_bound: bool,
    edits: BTreeMap<usize, Vec<Edit>>,
}

impl Values {
    fn of(found: &[Found], cells: &[(Block, Lowered)]) -> Self {
        let uses = || found.iter().map(|it| &it.uses);
        let giving: BTreeSet<&String> = uses().flat_map(|it| &it.giving).collect();
        let quiet = uses().flat_map(|it| &it.quiet);
        let words = cells.iter().flat_map(|(_, cell)| uses::words(&cell.text));
        Self {
            own: uses().flat_map(|it| it.bound.clone()).collect(),
            quiet: quiet.filter(|it| !giving.contains(it)).cloned().collect(),
            words: words.map(str::to_owned).collect(),
            shown: Vec::new(),
            names: BTreeMap::new(),
            is_bound: false,
            edits: BTreeMap::new(),
        }
    }

    /// Puts names in the places where a cell reads what others displayed.
    fn read(&mut self, cell: &Found) {
        self.is_bound |= cell.uses.bound.contains("_");
        for used in &cell.uses.found {
            let edit = self.meaning(used);
            self.edits.entry(cell.index).or_default().extend(edit);
        }
    }

    fn meaning(&mut self, used: &Use) -> Option<Edit> {
        let number = match used.kept {
            Kept::Last(_) if self.is_bound || self.own.contains(&used.name) => return None,
            Kept::Last(back) => {
                let Some(at) = self.shown.len().checked_sub(back) else {
                    return Some(Edit::Text(used.range.clone(), "\"\"".to_owned()));
                };
                self.shown[at].0
            }
            _ if self.own.contains(&used.name) => return None,
            Kept::Number(number) if self.shown.iter().any(|it| it.0 == number) => number,
            Kept::Number(_) | Kept::Other => {
                let statement = used.statement.clone();
                return Some(Edit::Unsupported(statement, used.name.clone()));
            }
        };
        let name = self.name(number);
        Some(Edit::Text(used.range.clone(), name))
    }

    fn name(&mut self, number: usize) -> String {
        let words = &self.words;
        let free = || {
            let mut name = format!("out_{number}");
            while words.contains(&name) {
                name.push('_');
            }
            name
        };
        self.names.entry(number).or_insert_with(free).clone()
    }

    /// Notes what a cell displays.
    fn show(&mut self, cell: &Found) {
        if let Some((start, called)) = &cell.shown
            && !self.quiet.contains(called)
        {
            self.shown.push((cell.number, cell.index, *start));
        }
    }

    /// The edits of each cell.
    fn finish(mut self) -> BTreeMap<usize, Vec<Edit>> {
        for (number, index, start) in self.shown {
            if let Some(name) = self.names.get(&number) {
                let edit = Edit::Text(start..start, format!("{name} = "));
                self.edits.entry(index).or_default().push(edit);
            }
        }
        self.edits
    }
}

/// Edits a cell. What needs something that only the notebook keeps raises, and is named.
fn carry_out((block, cell): &mut (Block, Lowered), mut edits: Vec<Edit>) {
    let raising: Vec<Range<usize>> = edits
        .iter()
        .filter(|it| matches!(it, Edit::Unsupported(..)))
        .map(|it| it.range().clone())
        .collect();
    edits.sort_by_key(|it| std::cmp::Reverse(it.range().start));
    let mut done = usize::MAX;
    for edit in edits {
        match edit {
            Edit::Text(range, text) => {
                let raises = |it: &Range<usize>| it.start <= range.start && range.end <= it.end;
                if !raising.iter().any(raises) {
                    cell.replace(range, &text);
                }
            }
            Edit::Unsupported(range, name) if range.start < done => {
                done = range.start;
                let lines = "\n".repeat(cell.text[range.clone()].matches('\n').count());
                let place = format!("cell {}: {name}", block.number);
                let text = format!("raise NotImplementedError(\"{place}\")");
                cell.notes.push(Note {
                    code: "unsupported-magic",
                    range: range.start..range.start + text.len(),
                    message: format!("`{name}` has no Python equal: only the notebook keeps it"),
                    is_warning: true,
                    hint: Some("give the value a name where it is made".to_owned()),
                });
                cell.replace(range, &format!("{text}{lines}"));
            }
            Edit::Unsupported(..) => {}
        }
    }
}

/// Where the expression begins whose value a cell displays, and the name of the function that gives it. Values that are
/// likely `None` are not displayed.
fn displayed_value(cell: &Lowered, statements: &[Stmt]) -> Option<(usize, String)> {
    let Stmt::Expr(shown) = statements.last()? else {
        return None;
    };
    let value = &shown.value;
    // The statement, for the expression may stand in brackets.
    let end = usize::from(shown.end());
    // A magic below it comes last, and one that hides output hides this.
    let is_hidden = cell
        .dropped
        .iter()
        .any(|it| it.range.start >= end || it.reason == "it hides output");
    let is_quiet = cell.text[end..].trim_start().starts_with(';');
    let called = value.as_call_expr().map_or("", |call| match &*call.func {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => "",
    });
    let is_nothing = value.is_none_literal_expr() || NOTHING.contains(&called);
    let is_shown = !is_quiet && !is_nothing && !is_hidden;
    is_shown.then(|| (usize::from(shown.start()), called.to_owned()))
}

/// Functions and methods that give `None`.
const NOTHING: &[&str] = &[
    "append", "clear", "close", "display", "exec", "extend", "help", "info", "insert", "print",
    "remove", "reverse", "savefig", "seed", "setattr", "show", "sleep", "sort", "to_csv", "update",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn named(cells: &[&str]) -> Vec<String> {
        let mut blocks: Vec<(Block, Lowered)> = (1..)
            .zip(cells)
            .map(|(number, text)| {
                let block = Block::new(Part::Code, number, (*text).to_owned());
                (block, Lowered::unchanged(format!("{text}\n")))
            })
            .collect();
        name_displayed_values(&mut blocks);
        let texts = blocks.into_iter().map(|(_, cell)| cell.text);
        texts.map(|text| text.trim_end().to_owned()).collect()
    }

    #[test]
    fn displayed_values_that_are_read_get_names() {
        let cells = ["x = 1\nx + 1", "print(x)", "y = 2\ny;", "z = _ * 2"];
        let found = [
            "x = 1\nout_1 = x + 1",
            "print(x)",
            "y = 2\ny;",
            "z = out_1 * 2",
        ];
        assert_eq!(named(&cells), found);
        let cells = [
            "1",
            "",
            "2",
            "print(_, __, ___, _1, Out[2])",
            "out_1_ = Out[1]",
        ];
        let found = [
            "out_1 = 1",
            "",
            "out_2 = 2",
            "print(out_2, out_1, \"\", out_1, out_2)",
            "out_1_ = out_1",
        ];
        assert_eq!(named(&cells), found);
    }

    #[test]
    fn brackets_belong_to_what_is_displayed() {
        let cells = ["(x\n + 1)", "((x)) * 2", "print(_, Out[1])"];
        let found = [
            "out_1 = (x\n + 1)",
            "out_2 = ((x)) * 2",
            "print(out_2, out_1)",
        ];
        assert_eq!(named(&cells), found);
    }

    #[test]
    fn functions_that_give_nothing_display_nothing() {
        let cells = ["5", "def f():\n    print(1)", "f()", "_ + 1"];
        let found = ["out_1 = 5", "def f():\n    print(1)", "f()", "out_1 + 1"];
        assert_eq!(named(&cells), found);
    }

    #[test]
    fn an_underscore_of_the_author_stays_as_it_is() {
        let cells = ["1 + 1", "for _ in range(2): pass", "print(_)"];
        assert_eq!(named(&cells), cells);
        let unread = ["1 + 1", "snake_case = [3 for _ in range(2)]"];
        assert_eq!(named(&unread), unread);
    }

    #[test]
    fn what_only_the_notebook_keeps_raises() {
        let cells = [
            "x = 1",
            "print(\n    In[1])\ny = 2",
            "Out[7]",
            "Out = {7: 1}",
        ];
        assert_eq!(named(&cells)[1].lines().count(), 3);
        assert!(named(&cells)[1].starts_with("raise NotImplementedError(\"cell 2: In\")"));
        assert_eq!(named(&cells)[2], "Out[7]");
        assert!(named(&cells[..3])[2].contains("cell 3: Out"));
    }
}
