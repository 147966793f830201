//! No `pass` beside other statements: it stood for what is left out, or before there was a docstring.

use srcify_syntax::ast::visitor::{Visitor, walk_body};
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

use super::Mend;

/// Leaves out each `pass` that has a line of its own and is not all of its block.
pub(super) fn mends(text: &str) -> Vec<Mend> {
    if !text.contains("pass") {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut search = Search {
        text,
        found: Vec::new(),
    };
    for statement in parsed.statements() {
        search.visit_stmt(statement);
    }
    let found = search.found.into_iter();
    found.map(|range| (range, String::new())).collect()
}

struct Search<'a> {
    text: &'a str,
    found: Vec<TextRange>,
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_body(&mut self, body: &'a [Stmt]) {
        let passes = body.iter().filter_map(Stmt::as_pass_stmt);
        let lines: Vec<TextRange> = passes.filter_map(|it| self.line(it)).collect();
        let stays = usize::from(lines.len() == body.len());
        self.found.extend(lines.into_iter().skip(stays));
        walk_body(self, body);
    }
}

impl Search<'_> {
    /// The line of a statement that stands there alone.
    fn line(&self, statement: &ast::StmtPass) -> Option<TextRange> {
        let start = self.text[..usize::from(statement.start())].rfind('\n')? + 1;
        let length = self.text[start..].find('\n')? + 1;
        let line = &self.text[start..start + length];
        let place = |at: usize| TextSize::try_from(at).ok();
        let is_alone = line.trim() == "pass";
        is_alone.then_some(TextRange::new(place(start)?, place(start + length)?))
    }
}

#[cfg(test)]
mod tests {
    use super::super::mended;
    use super::*;

    #[test]
    fn a_pass_that_is_not_needed_goes() {
        let check = |text: &str, expected: &str| assert_eq!(mended(text, mends), expected);
        check(
            "def f(x):\n    if x:\n        pass\n        pass\n        y = 1\n    else:\n        pass\n        pass\n",
            "def f(x):\n    if x:\n        y = 1\n    else:\n        pass\n",
        );
        check(
            "class A(Exception):\n    \"\"\"What.\"\"\"\n\n    pass\n",
            "class A(Exception):\n    \"\"\"What.\"\"\"\n\n",
        );
        for kept in [
            "def f():\n    pass\n",
            "def f():\n    x = '''\n    pass\n    '''\n    pass  # why\n",
        ] {
            check(kept, kept);
        }
    }
}
