//! Comments that became the docstring of a function of ours: they are not said twice.

use srcify_syntax::ast::{Expr, StmtFunctionDef};
use srcify_syntax::{Ranged, TextRange, TextSize};

use super::{Mend, in_functions};

pub(super) fn mends(text: &str) -> Vec<Mend> {
    if !text.contains("# ") {
        return Vec::new();
    }
    in_functions(text, |function| said_twice(text, function))
}

/// The one line of a comment at the head of a function that says what the summary says.
fn said_twice(text: &str, function: &StmtFunctionDef) -> Option<Mend> {
    let [first, second, ..] = &function.body[..] else {
        return None;
    };
    let docstring = first.as_expr_stmt().map(|it| &*it.value);
    let docstring = docstring.and_then(Expr::as_string_literal_expr)?;
    let summary = docstring.value.to_str().lines().next()?;
    let between = &text[usize::from(first.end())..usize::from(second.start())];
    let comment = between.trim();
    let words = comment.strip_prefix("# ")?;
    let start = between.find('#')?;
    // Its line, which may begin elsewhere than the statement below it.
    let from = between[..start].rfind('\n')? + 1;
    let to = between.rfind('\n')? + 1;
    let at = |offset: usize| Some(first.end() + TextSize::try_from(offset).ok()?);
    let range = TextRange::new(at(from)?, at(to)?);
    let is_line = !comment.contains('\n') && from < to;
    // "Wages of men: fit an OLS model." says the heading, too.
    let heading = summary.split(": ").next().unwrap_or(summary);
    let is_said = [summary, heading].iter().any(|it| bare(it) == bare(words));
    (is_line && is_said).then(|| (range, String::new()))
}

/// What a sentence says, without its capital, its end and what decorates it.
fn bare(sentence: &str) -> String {
    let decoration = |c: char| c.is_whitespace() || ".:;#=-".contains(c);
    sentence.trim_matches(decoration).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::mended;

    fn check(before: &str, after: &str) {
        assert_eq!(mended(before, super::mends), after);
    }

    #[test]
    fn a_comment_that_stands_elsewhere_goes_with_its_line() {
        check(
            "def f() -> int:\n    \"\"\"Title.\"\"\"\n     # Title\n    return 1\n",
            "def f() -> int:\n    \"\"\"Title.\"\"\"\n    return 1\n",
        );
    }

    #[test]
    fn a_comment_that_is_the_heading_of_the_summary_goes() {
        check(
            "def f() -> int:\n    \"\"\"Wages of men: fit a model.\"\"\"\n    # Wages of men\n    return 1\n",
            "def f() -> int:\n    \"\"\"Wages of men: fit a model.\"\"\"\n    return 1\n",
        );
    }

    #[test]
    fn a_comment_that_is_the_summary_goes() {
        check(
            "def f(a: int) -> int:\n    \"\"\"Compare with naive bayes.\n\n    Args:\n        a: A.\n    \"\"\"\n    # compare with Naive Bayes\n    b = a\n    # compare with naive bayes\n    return b\n",
            "def f(a: int) -> int:\n    \"\"\"Compare with naive bayes.\n\n    Args:\n        a: A.\n    \"\"\"\n    b = a\n    # compare with naive bayes\n    return b\n",
        );
    }

    #[test]
    fn a_comment_that_says_more_stays() {
        for text in [
            "def f() -> int:\n    \"\"\"Compare.\"\"\"\n    # compare with naive bayes\n    return 1\n",
            "def f() -> int:\n    \"\"\"Compare.\"\"\"\n    # compare\n    # with naive bayes\n    return 1\n",
            "def f() -> int:\n    \"\"\"Compare.\"\"\"  # compare\n    return 1\n",
            "def f() -> int:\n    # compare\n    return 1\n",
        ] {
            check(text, text);
        }
    }
}
