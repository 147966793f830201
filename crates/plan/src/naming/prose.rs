//! What the author tells in paragraphs above cells.

use srcify_syntax::Program;

use super::titles::{Title, markdown_above, plain, title_of};

/// What the paragraph above a cell tells to do: "Hold out the last two ratings of each user."
pub(crate) fn told_in_prose(program: &Program, cell: usize) -> Option<Title> {
    let text = prose(program, cell)?;
    let title = title_of(&text)?;
    (title.is_imperative || is_told(&text)).then_some(title)
}

/// Whether a sentence tells to do something, by its form: a word that may be a verb, then what it is done to.
fn is_told(text: &str) -> bool {
    const OBJECTS: &[&str] = &[
        "the", "a", "an", "all", "each", "every", "our", "that", "this", "these", "those", "both",
        "out", "up", "only",
    ];
    const NO_VERBS: &[&str] = &[
        "about",
        "above",
        "against",
        "all",
        "among",
        "around",
        "below",
        "besides",
        "between",
        "both",
        "despite",
        "during",
        "given",
        "half",
        "instead",
        "into",
        "just",
        "most",
        "near",
        "now",
        "of",
        "once",
        "over",
        "per",
        "quite",
        "regarding",
        "still",
        "such",
        "then",
        "through",
        "under",
        "unless",
        "until",
        "whether",
    ];
    let mut words = text.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else {
        return false;
    };
    let first = first.to_lowercase();
    let is_plain = first.chars().all(|it| it.is_ascii_lowercase()) && first.len() > 2;
    let is_other = ["ing", "ly", "ed", "s"]
        .iter()
        .any(|it| first.ends_with(it));
    let is_verb = is_plain && !is_other && !NO_VERBS.contains(&first.as_str());
    is_verb && words.next().is_some() && OBJECTS.contains(&second)
}

/// The last paragraph of prose right above a cell.
fn prose(program: &Program, cell: usize) -> Option<String> {
    let texts = markdown_above(program, cell);
    let is_heading = |line: &&str| line.starts_with('#');
    let lines: Vec<&str> = texts.first()?.lines().skip_while(is_heading).collect();
    let text = lines.join("\n");
    let paragraphs = text.split("\n\n");
    let is_prose = |text: &&str| {
        let first = text.trim_start();
        !first.starts_with(['#', '$', '|', '-', '*', '<', '!', '.', '>', '`'])
            && !text.contains("\\begin")
            && text.chars().filter(|c| c.is_alphabetic()).count() > 8
    };
    let last = paragraphs.filter(is_prose).last()?;
    Some(plain(
        &last.split_whitespace().collect::<Vec<_>>().join(" "),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_tells_what_its_first_sentence_tells_to_do() {
        let told = |text: &str| -> Option<String> {
            let input = format!("# %% [markdown]\n# ## Split\n# {text}\n# %%\ny = 2\n");
            let source = srcify_syntax::read("a.py".into(), input.as_bytes()).unwrap();
            let program = srcify_syntax::parse(source.output).output;
            told_in_prose(&program, program.units()[0].cell).map(|it| it.text)
        };
        let expected = "Hold out the last two ratings of each user";
        assert_eq!(
            told(&format!("hold out {}.", &expected[9..])).as_deref(),
            Some(expected)
        );
        for talk in [
            "Ratings are made by users.",
            "All the users are here.",
            "Loosely the same.",
        ] {
            assert_eq!(told(talk), None, "{talk}");
        }
    }
}
