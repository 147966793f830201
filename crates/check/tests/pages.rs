//! The examples of every rule's page, as tests.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use camino::Utf8PathBuf;
use srcify_check::{Package, RULES, Rule, Selection, check};
use srcify_effects::Catalog;

/// So many examples each rule has at least, of both kinds.
const ENOUGH: usize = 5;

/// The sections that every page has, in order.
const SECTIONS: &[&str] = &[
    "What it does",
    "Why it matters",
    "Invalid",
    "Valid",
    "Options",
];

#[test]
fn every_page_has_its_sections_and_enough_examples() {
    for rule in RULES {
        let titles: Vec<&str> = rule
            .page
            .lines()
            .filter_map(|it| it.strip_prefix("## "))
            .collect();
        assert_eq!(titles, SECTIONS, "{}", rule.code);
        let heading = format!("# {}: {}", rule.code, rule.name);
        assert_eq!(rule.page.lines().next(), Some(heading.as_str()));
        for title in ["Invalid", "Valid"] {
            let count = examples(rule, title).len();
            assert!(
                count >= ENOUGH,
                "{} has {count} examples under {title}",
                rule.code
            );
        }
    }
}

#[test]
fn rules_find_what_their_pages_call_invalid_and_nothing_else() {
    let catalog = Catalog::complete();
    let mut wrong = String::new();
    for rule in RULES {
        for (title, is_invalid) in [("Invalid", true), ("Valid", false)] {
            for (number, example) in examples(rule, title).into_iter().enumerate() {
                let messages = findings(rule, &example, &catalog);
                if messages.is_empty() == is_invalid {
                    let _ = writeln!(
                        wrong,
                        "{} {title} {}: {messages:#?}\n{example:#?}",
                        rule.code,
                        number + 1
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn messages_are_lower_case_without_a_final_stop() {
    let catalog = Catalog::complete();
    for rule in RULES {
        for example in examples(rule, "Invalid") {
            for message in findings(rule, &example, &catalog) {
                let is_lower = !message.starts_with(|c: char| c.is_uppercase());
                assert!(
                    is_lower && !message.ends_with('.') && !message.contains('\n'),
                    "{}: {message}",
                    rule.code
                );
            }
        }
    }
}

#[test]
fn the_same_package_gives_the_same_findings() {
    let catalog = Catalog::complete();
    for rule in RULES {
        for example in examples(rule, "Invalid") {
            let package = Package::new(example);
            assert_eq!(
                check(&package, &catalog, &Selection::all()),
                check(&package, &catalog, &Selection::all()),
            );
        }
    }
}

type Files = BTreeMap<Utf8PathBuf, String>;

fn findings(rule: &Rule, files: &Files, catalog: &Catalog) -> Vec<String> {
    let package = Package::new(files.clone());
    // Whether a comment is used shows only when the rules it names are on.
    let selection = if rule.code == "SUP001" {
        Selection::all()
    } else {
        Selection::only(rule)
    };
    let findings = check(&package, catalog, &selection);
    findings
        .into_iter()
        .filter(|it| it.code == rule.code)
        .map(|it| it.message)
        .collect()
}

/// The examples of a section: fences that name files belong together until a line `---`.
fn examples(rule: &Rule, title: &str) -> Vec<Files> {
    let default = rule
        .page
        .lines()
        .find_map(|line| line.strip_prefix("Examples are `")?.split('`').next())
        .expect("a page says which file its examples are");
    let section = rule
        .page
        .split("\n## ")
        .find(|it| it.starts_with(&format!("{title}\n")));
    let section = section.expect("a page has its sections");
    let mut found = Vec::new();
    for part in section.split("\n---\n") {
        let mut files = Files::new();
        let mut open: Option<(Utf8PathBuf, String)> = None;
        for line in part.lines() {
            match (&mut open, line.strip_prefix("```")) {
                (None, Some(info)) => {
                    let path = info
                        .split_once("file: ")
                        .map_or(default, |(_, path)| path.trim());
                    open = Some((Utf8PathBuf::from(path), String::new()));
                }
                (Some(_), Some(_)) => {
                    let (path, text) = open.take().expect("a fence is open");
                    let text = if path.extension() == Some("ipynb") {
                        notebook(&text)
                    } else {
                        text
                    };
                    files.insert(path, text);
                }
                (Some((_, text)), None) => {
                    text.push_str(line);
                    text.push('\n');
                }
                (None, None) => {}
            }
        }
        if !files.is_empty() {
            found.push(files);
        }
    }
    found
}

/// A notebook of cells that begin with `# %%`, or `# %% [3]` when they ran third; `# Out: text` is an output.
fn notebook(text: &str) -> String {
    let mut cells = Vec::new();
    for part in text.split("# %%").filter(|it| !it.trim().is_empty()) {
        let (head, body) = part.split_once('\n').unwrap_or((part, ""));
        let count: Option<u32> = head.trim().trim_matches(['[', ']']).parse().ok();
        let (outputs, source): (Vec<&str>, Vec<&str>) =
            body.lines().partition(|line| line.starts_with("# Out: "));
        let outputs: Vec<_> = outputs
            .into_iter()
            .map(|line| serde_json::json!({"output_type": "stream", "text": [line.trim_start_matches("# Out: ")]}))
            .collect();
        cells.push(serde_json::json!({
            "cell_type": "code", "execution_count": count, "metadata": {}, "outputs": outputs, "source": source.join("\n"),
        }));
    }
    serde_json::json!({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
        .to_string()
}
