//! Headings of one word, which say what a part is about and not what it does.

use super::sentence;
use super::summaries::SUMMARY;
use super::titles::Title;
use super::verbs::verb_of_word;

/// Headings that say of no part what it is about.
const EMPTY_TOPICS: &[&str] = &[
    "analysis",
    "analyses",
    "appendix",
    "basics",
    "calculation",
    "calculations",
    "code",
    "computation",
    "computations",
    "conclusion",
    "config",
    "configuration",
    "constants",
    "data",
    "dataset",
    "demo",
    "discussion",
    "eda",
    "evaluation",
    "example",
    "examples",
    "experiment",
    "experiments",
    "features",
    "functions",
    "generation",
    "helpers",
    "imports",
    "introduction",
    "libraries",
    "main",
    "methods",
    "model",
    "modeling",
    "modelling",
    "models",
    "more",
    "next",
    "other",
    "others",
    "outcome",
    "output",
    "outputs",
    "overview",
    "parameters",
    "part",
    "pipeline",
    "plan",
    "prediction",
    "predictions",
    "preparation",
    "preprocessing",
    "processing",
    "result",
    "results",
    "script",
    "section",
    "settings",
    "setup",
    "solution",
    "start",
    "step",
    "steps",
    "summary",
    "task",
    "test",
    "tests",
    "train",
    "training",
    "usage",
    "utils",
    "variables",
];

/// A summary of ours under the one word that the author's heading is: `RFM: aggregate by group.`
pub(super) fn under_topic(topic: Option<&Title>, summary: String) -> String {
    let word = topic.map_or("", |it| it.text.trim_end_matches('.'));
    let lower = word.to_lowercase();
    let is_word = word.len() > 2 && word.chars().all(|it| it.is_alphanumeric() || it == '-');
    let mut characters = summary.chars();
    let is_told = summary.to_lowercase().contains(lower.trim_end_matches('s'));
    let fits = word.len() + 2 + summary.chars().count() <= SUMMARY;
    let is_verb = verb_of_word(&lower).is_some();
    if !is_word || is_verb || is_told || !fits || EMPTY_TOPICS.contains(&lower.as_str()) {
        return summary;
    }
    let Some(first) = characters.next() else {
        return summary;
    };
    let begin: String = word.chars().take(1).flat_map(char::to_uppercase).collect();
    let rest: String = word.chars().skip(1).collect();
    format!(
        "{begin}{rest}: {}{}",
        first.to_lowercase(),
        characters.as_str()
    )
}

/// Words of a heading that names a part and tells nothing of it.
const HEADING: usize = 6;

/// Whether it is a word of a sentence: "Marimo doesn't track attributes".
fn is_of_sentence(word: &str) -> bool {
    const VERBS: &[&str] = &[
        "are", "can", "does", "has", "have", "is", "it", "should", "this", "was", "we", "were",
        "will",
    ];
    word.ends_with("n't") || VERBS.contains(&word.to_lowercase().as_str())
}

/// Whether the first word does something to what follows, as no noun does: "Book some moves".
fn begins_with_a_verb(heading: &str) -> bool {
    const DETERMINERS: &[&str] = &[
        "a", "all", "an", "any", "each", "every", "it", "its", "my", "our", "some", "the", "them",
        "up",
    ];
    let second = heading.split_whitespace().nth(1);
    second.is_some_and(|it| DETERMINERS.contains(&it))
}

/// A summary of ours under the author's heading that is no sentence: `Wages of men: fit an OLS model.` The heading alone
/// where both do not fit on a line, or where one says what the other does.
pub(crate) fn under_heading(heading: &str, summary: &str) -> String {
    let alone = sentence(heading);
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|it: char| !it.is_alphanumeric());
        let long = words.filter(|it| it.len() > 2 && *it != "data");
        long.map(|it| it.to_lowercase().trim_end_matches('s').to_owned())
            .collect()
    };
    let own = words(heading);
    let is_phrase = heading
        .chars()
        .all(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '(' | ')' | '\'' | '’'))
        && heading.split_whitespace().count() <= HEADING
        && !heading.split_whitespace().any(is_of_sentence)
        && !begins_with_a_verb(heading)
        && !summary.ends_with(" the results.");
    let fits = |it: &String| heading.chars().count() + 2 + it.chars().count() <= SUMMARY;
    let is_told = words(summary).iter().any(|it| own.contains(it));
    // What is fitted says more than what it is fitted to.
    let object = sentence(summary.split(" to ").next().unwrap_or(summary));
    let told = [summary.to_owned(), object].into_iter().find(fits);
    let told = told.unwrap_or_default();
    let mut characters = told.chars();
    match characters.next() {
        Some(first) if is_phrase && !is_told => format!(
            "{}: {}{}",
            alone.trim_end_matches('.'),
            first.to_lowercase(),
            characters.as_str()
        ),
        _ => alone,
    }
}

#[cfg(test)]
mod tests {
    use super::under_heading;

    #[test]
    fn a_heading_that_is_no_sentence_is_told_what_is_done_under_it() {
        let fit = "Fit an OLS model.";
        for (heading, expected) in [
            ("Wages of men", "Wages of men: fit an OLS model."),
            ("2-Step estimation", "2-Step estimation: fit an OLS model."),
            // It says so itself, it is a sentence, or it tells to do something.
            ("OLS with dummies", "OLS with dummies."),
            ("The fit is good", "The fit is good."),
            ("Book some moves", "Book some moves."),
            ("Rows, then columns", "Rows, then columns."),
        ] {
            assert_eq!(under_heading(heading, fit), expected);
        }
        assert_eq!(
            under_heading("Wages of men", "Compute the results."),
            "Wages of men."
        );
    }
}
