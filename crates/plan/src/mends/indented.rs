//! Sections of docstrings whose lines stand at the margin of their titles: `Returns:` above a text that is not further in.

/// Titles that stand alone on a line above what belongs to them.
const TITLES: &[&str] = &[
    "Args",
    "Arguments",
    "Parameters",
    "Raises",
    "Returns",
    "Yields",
];

/// A docstring with what stands under a title of Google's convention further in, up to the next empty line; nothing where it
/// is so already.
///
/// `inner` is what stands between the quotes, as written; `indentation` that of its lines after the first.
pub(super) fn below_titles(inner: &str, indentation: &str) -> Option<String> {
    let mut lines: Vec<String> = inner.lines().map(str::to_owned).collect();
    let is_title = |line: &str| {
        let title = line.strip_prefix(indentation);
        let title = title.and_then(|it| it.strip_suffix(':'));
        title.is_some_and(|it| TITLES.contains(&it))
    };
    let is_at_margin = |line: &str| {
        let text = line.strip_prefix(indentation);
        // A rule below a title is how NumPy writes sections.
        text.is_some_and(|it| {
            it.starts_with(|first: char| first.is_alphanumeric() || "-*[(`".contains(first))
        }) && !line.trim().chars().all(|it| it == '-')
    };
    let mut is_changed = false;
    let mut is_below = false;
    for at in 1..lines.len() {
        let is_first = is_title(&lines[at - 1]);
        let goes_on = is_first || is_below;
        let is_line = lines[at].starts_with(indentation) && !lines[at].trim().is_empty();
        is_below = goes_on && is_line && !is_title(&lines[at]);
        // What is further in than the title is a section already.
        is_below &= !is_first || is_at_margin(&lines[at]);
        if is_below {
            lines[at].insert_str(indentation.len(), "    ");
            is_changed = true;
        }
    }
    is_changed.then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::below_titles;

    #[test]
    fn what_stands_under_a_title_goes_in() {
        let written = "Take them.\n\n    Returns:\n    A dict of lists:\n        [(id, estimate)].\n\n    More.\n    ";
        let expected = "Take them.\n\n    Returns:\n        A dict of lists:\n            [(id, estimate)].\n\n    More.\n    ";
        assert_eq!(below_titles(written, "    ").as_deref(), Some(expected));
        assert_eq!(below_titles(expected, "    "), None);
    }

    #[test]
    fn sections_of_numpy_and_lone_words_stay() {
        let numpy = "Take them.\n\n    Returns:\n    -------\n    dict\n        All.\n    ";
        assert_eq!(below_titles(numpy, "    "), None);
        assert_eq!(below_titles("It returns:\n    nothing", "    "), None);
    }
}
