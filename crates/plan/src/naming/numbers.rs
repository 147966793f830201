//! Comments that are headings, and the numbers of headings.

use super::titles::comment_paragraph;

/// Whether the comment right above a statement is drawn or numbered as a heading is: `# --- Load ---`, `# 2) Clean`, a text
/// between two rules.
pub(crate) fn is_heading_comment(before: &str) -> bool {
    let Some((text, start)) = comment_paragraph(before) else {
        return false;
    };
    let is_drawn = |line: &str| {
        let line = line.trim();
        let said = line.trim_end_matches(|it| "#-=*~_".contains(it));
        line.starts_with('#') && line.len() - said.len() > 2
    };
    let number = &text[..text.len() - without_number(&text).len()];
    let is_numbered =
        number.contains(['.', ')', ':', '-', '–', '—']) || number.starts_with(char::is_alphabetic);
    is_numbered || before[start..].lines().any(is_drawn)
}

/// Words that stand before the number of a part.
const PARTS: &[&str] = &[
    "cell", "exercise", "part", "phase", "q", "question", "section", "stage", "step", "task",
];

/// A heading without its number: `2.1 Data`, `(3) Fit`, `Step 4: Scale`, `b) Totals`; in `2-Step Estimation` it is a part
/// of the word. What is a number and no more stays.
pub(crate) fn without_number(text: &str) -> &str {
    let mut rest = text;
    while let Some(next) = without_one_number(rest) {
        rest = next;
    }
    if rest.is_empty() { text } else { rest }
}

fn without_one_number(text: &str) -> Option<&str> {
    const ENDS: [char; 7] = ['.', ')', ':', '-', '–', '—', ' '];
    let word = text.split(|it: char| !it.is_alphabetic()).next()?;
    let behind = text[word.len()..].trim_start_matches([' ', '#']);
    let is_part = PARTS.contains(&word.to_lowercase().as_str()) && behind.len() < text.len();
    let inner = if is_part { behind } else { text };
    let is_open = inner.starts_with('(');
    let inner = inner.strip_prefix('(').unwrap_or(inner);
    let digits = inner.trim_start_matches(|it: char| it.is_ascii_digit());
    let mark = inner
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .count();
    let (number, after) = match &inner[..inner.len() - digits.len()] {
        // `a) Totals`, `Part B: the model`.
        "" if mark == 1 => inner.split_at(1),
        "" if mark > 1 && is_roman(&inner[..mark]) => inner.split_at(mark),
        number => (number, digits),
    };
    let is_number = number.starts_with(|it: char| it.is_ascii_digit());
    let is_closed = if is_open || !is_number && !is_part {
        after.starts_with(')') || !is_open && is_number && after.starts_with('.')
    } else {
        after.is_empty() || after.starts_with(['.', ')', ' ', ':'])
    };
    let rest = after.trim_start_matches(ENDS);
    // `3 rows are lost` counts them.
    let counts = !is_part && after.starts_with(' ') && rest.starts_with(char::is_lowercase);
    // A lone letter before a word is no number, and a number behind which nothing stands is all that is said.
    (!number.is_empty() && is_closed && !counts && rest.len() < text.len()).then_some(rest)
}

fn is_roman(text: &str) -> bool {
    text.len() < 5 && text.chars().all(|it| "ivxIVX".contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_drawn_or_numbered() {
        for comment in [
            "# --- Load the data ---\n",
            "\n# 2) Clean the names\n",
            "# -------\n# Fit the model\n# -------\n",
            "####### FITS #######\n",
            "# Step 3: totals of all\n",
        ] {
            assert!(is_heading_comment(comment), "{comment}");
        }
        for comment in [
            "# Load the data\n",
            "",
            "# ----------\n",
            "# 3 rows are lost - so what\n",
        ] {
            assert!(!is_heading_comment(comment), "{comment}");
        }
    }

    #[test]
    fn numbers_in_words_stay() {
        for text in [
            "2-Step estimation",
            "A small group",
            "Step function",
            "Stepwise groups",
            "I and V",
        ] {
            assert_eq!(without_number(text), text);
        }
    }
}
