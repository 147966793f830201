//! `_`: what the last cell displayed. IPython binds it (`IPython.core.displayhook`); in plain Python an assignment does.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

use crate::draft::{Block, Part};
use crate::magics::Lowered;
use crate::{nesting, snippet};

/// Names the value that a cell displays, where a later cell reads it as `_`.
///
/// IPython leaves a `_` alone that the author binds.
pub(crate) fn name_displayed_values(cells: &mut [(Block, Lowered)]) {
    let mentions = |(block, cell): &(Block, Lowered)| {
        block.part == Part::Code && mentions_underscore(&cell.text)
    };
    if !cells.iter().any(mentions) {
        return;
    }
    // The cell that displayed a value last, and where the value begins.
    let mut last: Option<(usize, usize)> = None;
    let mut named: Vec<(usize, usize)> = Vec::new();
    for (index, (block, cell)) in cells.iter().enumerate() {
        if block.part != Part::Code || nesting::too_deep(&cell.text).is_some() {
            continue;
        }
        let parsed = snippet(&cell.text);
        let mut uses = Uses::default();
        uses.visit_body(parsed.statements());
        if uses.is_bound {
            return;
        }
        if uses.is_read {
            named.extend(last);
        }
        if let Some(start) = displayed_value(&cell.text, parsed.statements()) {
            last = Some((index, start));
        }
    }
    named.dedup();
    for (index, start) in named {
        cells[index].1.insert(start, "_ = ");
    }
}

/// Whether `_` stands somewhere as a word: what few texts do, and costs less than to look closely.
fn mentions_underscore(text: &str) -> bool {
    let is_word = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
    text.match_indices('_').any(|(at, _)| {
        !is_word(text[..at].chars().next_back()) && !is_word(text[at + 1..].chars().next())
    })
}

/// What the top level of a cell does with `_`.
#[derive(Default)]
struct Uses {
    is_read: bool,
    is_bound: bool,
}

impl<'a> Visitor<'a> for Uses {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Import(ast::StmtImport { names, .. })
            | Stmt::ImportFrom(ast::StmtImportFrom { names, .. }) => {
                let own = names
                    .iter()
                    .map(|it| it.asname.as_ref().unwrap_or(&it.name));
                self.is_bound |= own.into_iter().any(|name| name.as_str() == "_");
            }
            Stmt::FunctionDef(function) => self.is_bound |= function.name.as_str() == "_",
            Stmt::ClassDef(class) => self.is_bound |= class.name.as_str() == "_",
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let generators = match expression {
            Expr::ListComp(it) => &it.generators,
            Expr::SetComp(it) => &it.generators,
            Expr::DictComp(it) => &it.generators,
            Expr::Generator(it) => &it.generators,
            Expr::Lambda(_) => return,
            Expr::Name(name) if name.id == "_" => {
                self.is_read |= name.ctx.is_load();
                self.is_bound |= name.ctx.is_store();
                return;
            }
            _ => return walk_expr(self, expression),
        };
        let mut targets = Self::default();
        for generator in generators {
            targets.visit_expr(&generator.target);
        }
        if targets.is_bound {
            // The name means the loop's variable, but for what it goes through.
            if let Some(first) = generators.first() {
                self.visit_expr(&first.iter);
            }
        } else {
            walk_expr(self, expression);
        }
    }
}

/// Where the expression begins whose value a cell displays. Values that are likely `None` are not displayed.
fn displayed_value(text: &str, statements: &[Stmt]) -> Option<usize> {
    let Stmt::Expr(ast::StmtExpr { value, .. }) = statements.last()? else {
        return None;
    };
    let end = usize::from(value.end());
    let is_quiet = text[end..].trim_start().starts_with(';');
    let called = value.as_call_expr().map(|call| match &*call.func {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => "",
    });
    let is_nothing =
        value.is_none_literal_expr() || called.is_some_and(|name| NOTHING.contains(&name));
    (!is_quiet && !is_nothing).then(|| usize::from(value.start()))
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
                let block = Block::new(Part::Code, number, String::new());
                (block, Lowered::unchanged(format!("{text}\n")))
            })
            .collect();
        name_displayed_values(&mut blocks);
        let texts = blocks.into_iter().map(|(_, cell)| cell.text);
        texts.map(|text| text.trim_end().to_owned()).collect()
    }

    #[test]
    fn the_last_displayed_value_gets_the_name_underscore() {
        let cells = ["x = 1\nx + 1", "print(x)", "y = 2\ny;", "z = _ * 2"];
        let found = ["x = 1\n_ = x + 1", "print(x)", "y = 2\ny;", "z = _ * 2"];
        assert_eq!(named(&cells), found);
    }

    #[test]
    fn an_underscore_of_the_author_stays_as_it_is() {
        let cells = ["1 + 1", "for _ in range(2): pass", "print(_)"];
        assert_eq!(named(&cells), cells);
        let unread = ["1 + 1", "snake_case = [3 for _ in range(2)]"];
        assert_eq!(named(&unread), unread);
    }
}
