//! The labelled functions in `bench/`: what the analysis says of them, against what they were seen to do.
#![allow(clippy::unwrap_used, clippy::panic, dead_code)]

#[path = "../bench/score.rs"]
mod score;

use std::path::Path;

#[test]
fn the_labelled_functions_are_told_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/cases");
    let score = score::score(&folder, true);
    let line = score.line();
    assert!(
        score.recall() >= 0.97,
        "{line}\n{}",
        score.differences.join("\n")
    );
    assert!(
        score.precision() >= 0.97,
        "{line}\n{}",
        score.differences.join("\n")
    );
    assert!(score.unknown_share() <= 0.10, "{line}");
}
