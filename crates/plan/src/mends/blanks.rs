//! No blank line between a function's docstring and its body.

use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize};

use super::{Mend, in_functions};

/// Leaves out the blank lines after the docstrings of functions; before definitions they stay.
pub(super) fn mends(text: &str) -> Vec<Mend> {
    if !text.contains("def ") {
        return Vec::new();
    }
    in_functions(text, |function| blanks(text, function))
}

fn blanks(text: &str, function: &ast::StmtFunctionDef) -> Option<Mend> {
    let [Stmt::Expr(first), next, ..] = &function.body[..] else {
        return None;
    };
    let is_definition = matches!(next, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
    if !first.value.is_string_literal_expr() || is_definition {
        return None;
    }
    let rest = &text[usize::from(first.end())..usize::from(next.start())];
    let lines: Vec<&str> = rest.split_inclusive('\n').collect();
    let (end, after) = lines.split_first()?;
    let blank = after
        .iter()
        .take_while(|it| it.trim().is_empty() && it.ends_with('\n'));
    let length: usize = blank.map(|it| it.len()).sum();
    let from = first.end() + TextSize::of(*end);
    let range = TextRange::at(from, TextSize::try_from(length).ok()?);
    (end.trim().is_empty() && length > 0).then(|| (range, String::new()))
}

#[cfg(test)]
mod tests {
    use super::super::mended;
    use super::mends;

    #[test]
    fn the_body_follows_the_docstring() {
        let before =
            "def f():\n    \"\"\"Fit.\"\"\"\n\n    \n    # so\n\n    x = 1\n    return x\n";
        let after = "def f():\n    \"\"\"Fit.\"\"\"\n    # so\n\n    x = 1\n    return x\n";
        assert_eq!(mended(before, mends), after);
    }

    #[test]
    fn definitions_stand_apart() {
        for text in [
            "def f():\n    \"\"\"Fit.\"\"\"\n\n    def g(): pass\n",
            "class A:\n    \"\"\"Fit.\"\"\"\n\n    x = 1\n",
            "def f():\n    \"\"\"Fit.\"\"\"; x = 1\n\n    y = 1\n",
            "def f():\n    x = 1\n\n    y = 1\n",
        ] {
            assert_eq!(mended(text, mends), text);
        }
    }
}
