//! Comments that became the docstring of a function of ours: they are not said twice. And what is drawn around comments
//! for the eye, or marks a heading of a document that was cut, stands in no package.

use srcify_syntax::ast::{Expr, StmtFunctionDef};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

use super::{Mend, in_functions};

pub(super) fn mends(text: &str) -> Vec<Mend> {
    if !text.contains("# ") {
        return Vec::new();
    }
    in_functions(text, |function| said_twice(text, function))
}

/// Lines of comments without what is drawn around them: `# ====`, `# --- Load ---`, `## Load`.
pub(super) fn undrawn(text: &str) -> Vec<Mend> {
    let mut mends = Vec::new();
    for range in snippet(text).texts() {
        let line_start = text[..usize::from(range.start())]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let is_line = text[line_start..usize::from(range.start())]
            .trim()
            .is_empty();
        let comment = &text[range];
        if !is_line || !comment.starts_with('#') {
            continue;
        }
        let end = usize::from(range.end());
        match plain_comment(comment) {
            Some(said) if said != comment => mends.push((range, said)),
            Some(_) => {}
            None if text[end..].starts_with('\n') => {
                let start = TextSize::try_from(line_start).unwrap_or_default();
                let line = TextRange::new(start, range.end() + TextSize::new(1));
                mends.push((line, String::new()));
            }
            None => {}
        }
    }
    mends
}

/// A comment without decoration; `None` when it is nothing but that.
fn plain_comment(comment: &str) -> Option<String> {
    const SIGNS: &[char] = &['#', '=', '-', '_', '*', '~', '+', '/', '\\'];
    let content = comment.trim_start_matches('#').trim();
    if content.is_empty() {
        // It parts paragraphs.
        return (comment.trim_end() == "#").then(|| comment.to_owned());
    }
    let drawn = |text: &str| text.chars().take_while(|it| SIGNS.contains(it)).count();
    let reversed: String = content.chars().rev().collect();
    let (before, behind) = (drawn(content), drawn(&reversed));
    if before == content.chars().count() {
        return (before < LEAST).then(|| comment.to_owned());
    }
    let hashes = comment.len() - comment.trim_start_matches('#').len();
    let is_heading =
        content.starts_with("# ") || content.starts_with("## ") || content.starts_with("### ");
    let mut said = content;
    if before >= LEAST || is_heading {
        said = said.trim_start_matches(SIGNS).trim_start();
    }
    if behind >= LEAST {
        said = said.trim_end_matches(SIGNS).trim_end();
    }
    let is_marked = hashes > 1 && comment[hashes..].starts_with([' ', '\t']);
    (said != content || is_marked)
        .then(|| format!("# {said}"))
        .or_else(|| Some(comment.to_owned()))
}

/// So many signs in a row are drawn.
const LEAST: usize = 3;

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
    fn what_is_drawn_around_comments_goes() {
        let check = |before: &str, after: &str| {
            assert_eq!(mended(before, super::undrawn), after);
        };
        check(
            "# =====\n# Load\n# =====\nx = 1\n# ____\n\n\ndef f():\n    ##### Fit #####\n    return \"\"\"\n# ===\n\"\"\"\n",
            "# Load\nx = 1\n\n\ndef f():\n    # Fit\n    return \"\"\"\n# ===\n\"\"\"\n",
        );
        check(
            "# ### Fit and summary\nx = 1\n",
            "# Fit and summary\nx = 1\n",
        );
        check("# --- 1) Fit ---\nx = 1\n", "# 1) Fit\nx = 1\n");
        for text in [
            "# - one\n# - two\n#\n# --flag is given\nx = 1\n",
            "#!shell\n#: said\nx = 1  # ----\n",
        ] {
            check(text, text);
        }
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
