//! Sentences that are too long for one line.

use super::titles::SUMMARY_WIDTH;

/// A text cut at the end of a clause where it is too long for one line; `None` when that is not possible.
pub(super) fn shortened(text: &str, is_imperative: bool) -> Option<String> {
    let text = text.trim_end_matches(['.', ',', ':', ' ', '-', '(']);
    if text.chars().count() <= SUMMARY_WIDTH {
        return Some(text.to_owned());
    }
    if !is_imperative {
        return None;
    }
    let clauses = [
        ", ",
        " which ",
        " that ",
        " so that ",
        " because ",
        " such that ",
        " where ",
        " in order ",
        " (",
        " using ",
        " while ",
        " since ",
        " as ",
        " whose ",
        " – ",
        " - ",
        " and then ",
        " to ",
        " for ",
        " with ",
    ];
    clauses
        .iter()
        .filter_map(|clause| {
            let room: String = text.chars().take(SUMMARY_WIDTH).collect();
            let at = room.rfind(clause)?;
            (at > 20).then_some(at)
        })
        .max()
        .map(|at| without_loose_end(&text[..at]).to_owned())
}

/// What is left of a sentence that was cut, without the word that only leads on: "according" to what went.
fn without_loose_end(text: &str) -> &str {
    let leads_on = |word: &str| {
        let loose = [
            "according",
            "and",
            "based",
            "by",
            "compared",
            "due",
            "in",
            "of",
            "or",
            "so",
        ];
        loose.contains(&word)
    };
    match text.rsplit_once(' ') {
        Some((before, word)) if leads_on(word) => before,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::without_loose_end;

    #[test]
    fn a_sentence_that_is_cut_does_not_lead_on() {
        assert_eq!(
            without_loose_end("Select patients according"),
            "Select patients"
        );
        assert_eq!(without_loose_end("Select patients"), "Select patients");
    }
}
