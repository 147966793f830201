//! Headings of one word, which say what a part is about and not what it does.

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
