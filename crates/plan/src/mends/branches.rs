//! `if a: return x` and what follows it, for an `else` or `elif` after a branch that leaves.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

use super::{Mend, mended};

/// Branches inside branches are mended one level at a time.
const LEVELS: usize = 12;

/// The text without `else` after branches that leave.
pub(super) fn flattened(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..LEVELS {
        let next = mended(&text, mends);
        if next == text {
            break;
        }
        text = next;
    }
    text
}

fn mends(text: &str) -> Vec<Mend> {
    if !text.contains("else:") && !text.contains("elif ") && !text.contains("elif(") {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut search = Search {
        text,
        strings: parsed.lines_inside_strings(text),
        mends: Vec::new(),
    };
    search.visit_body(parsed.statements());
    search.mends
}

struct Search<'a> {
    text: &'a str,
    /// Lines that begin inside a string.
    strings: BTreeSet<usize>,
    mends: Vec<Mend>,
}

impl<'a> Visitor<'a> for Search<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::If(it) = statement {
            self.branches(it);
        }
        walk_stmt(self, statement);
    }
}

impl Search<'_> {
    fn branches(&mut self, statement: &ast::StmtIf) {
        let mut before = &statement.body;
        for clause in &statement.elif_else_clauses {
            if !leaves(before) {
                return;
            }
            if clause.test.is_some() {
                let elif = TextRange::at(clause.start(), TextSize::of("elif"));
                self.mends.push((elif, "if".to_owned()));
            } else {
                let moved = self.moved_out(clause);
                self.mends.extend(moved);
            }
            before = &clause.body;
        }
    }

    /// The block of an `else`, at the level of the `else`.
    fn moved_out(&self, clause: &ast::ElifElseClause) -> Option<Mend> {
        let start = usize::from(clause.start());
        let first = usize::from(clause.body.first()?.start());
        let end = usize::from(clause.end());
        let head = self.text[start..first].strip_prefix("else")?.trim_start();
        let head = head.strip_prefix(':')?;
        let margin = self.margin_at(start)?;
        let Some((comment, above)) = head.split_once('\n') else {
            // `else: return x`
            return Some((
                TextRange::new(clause.start(), clause.body[0].start()),
                String::new(),
            ));
        };
        let inner = self.margin_at(first)?;
        inner.strip_prefix(margin)?;
        let comment = comment.trim();
        let mut result = String::new();
        if !comment.is_empty() {
            result.push_str(&format!("{comment}\n{margin}"));
        }
        // Comments above the first statement, and the blank lines between.
        for line in above.lines().take(above.matches('\n').count()) {
            if !line.trim().is_empty() {
                result.push_str(&format!("{}\n{margin}", line.trim()));
            }
        }
        let number = self.text[..first].matches('\n').count();
        for (offset, line) in self.text[first..end].split_inclusive('\n').enumerate() {
            let moved = line.strip_prefix(inner).filter(|_| offset > 0);
            match moved.filter(|_| !self.strings.contains(&(number + offset))) {
                Some(rest) => result.push_str(&format!("{margin}{rest}")),
                None => result.push_str(line),
            }
        }
        Some((clause.range(), result))
    }

    /// What indents the statement at an offset; nothing where others stand before it on its line.
    fn margin_at(&self, offset: usize) -> Option<&str> {
        let line = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let margin = &self.text[line..offset];
        margin.trim().is_empty().then_some(margin)
    }
}

/// Whether nothing after a block runs when it does.
fn leaves(body: &[Stmt]) -> bool {
    matches!(
        body.last(),
        Some(Stmt::Return(_) | Stmt::Raise(_) | Stmt::Continue(_) | Stmt::Break(_))
    )
}

#[cfg(test)]
mod tests {
    use super::flattened;

    #[test]
    fn what_follows_a_branch_that_leaves_needs_no_else() {
        assert_eq!(
            flattened(
                "def f(a):\n    if a < 1:\n        return 0\n    elif a < 2:\n        return 1\n    else:\n        b = a\n        return b\n"
            ),
            "def f(a):\n    if a < 1:\n        return 0\n    if a < 2:\n        return 1\n    b = a\n    return b\n"
        );
        assert_eq!(
            flattened("for i in x:\n    if i: continue\n    else: print(i)\n"),
            "for i in x:\n    if i: continue\n    print(i)\n"
        );
    }

    #[test]
    fn blocks_in_blocks_and_their_comments_move_along() {
        assert_eq!(
            flattened(
                "def f(a):\n    if a:\n        return 0\n    else:  # no\n        # so\n        if b:\n            return '''\n        x'''\n        else:\n            return 2\n"
            ),
            "def f(a):\n    if a:\n        return 0\n    # no\n    # so\n    if b:\n        return '''\n        x'''\n    return 2\n"
        );
    }

    #[test]
    fn branches_that_go_on_keep_their_else() {
        for text in [
            "def f(a):\n    if a:\n        b = 1\n    elif c:\n        return 2\n    else:\n        return 1\n    return b\n",
            "for i in x:\n    if i:\n        y = i\n    else:\n        break\n",
            "for i in x:\n    break\nelse:\n    y = 1\n",
        ] {
            assert_eq!(flattened(text), text);
        }
    }
}
