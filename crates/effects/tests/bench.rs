//! The labelled functions in `bench/`: what the analysis says of them, against what they were seen to do.
#![allow(clippy::unwrap_used, clippy::panic, dead_code)]

#[path = "../bench/score.rs"]
mod score;

use std::path::Path;

#[test]
fn the_labelled_functions_are_told_right() {
    check("bench/cases", true);
    check("bench/second/cases", true);
}

#[test]
fn they_are_told_right_where_no_call_is_seen() {
    check("bench/cases", false);
    check("bench/second/cases", false);
}

fn check(folder: &str, with_calls: bool) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let score = score::score(&folder, with_calls);
    let line = score.line();
    let differences = score.differences.join("\n");
    assert!(score.recall() >= 0.97, "{line}\n{differences}");
    assert!(score.precision() >= 0.97, "{line}\n{differences}");
    assert!(score.unknown_share() <= 0.10, "{line}");
}
