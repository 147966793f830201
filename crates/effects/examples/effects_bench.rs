//! Prints recall, precision and the share of unknown over labelled functions; `cargo xtask effects-bench` runs it.
#![allow(clippy::unwrap_used, clippy::print_stdout, dead_code)]

#[path = "../bench/score.rs"]
mod score;

use std::path::PathBuf;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("bench/cases"),
        PathBuf::from,
    );
    for (what, with_calls) in [("by definition", false), ("with calls", true)] {
        let score = score::score(&folder, with_calls);
        println!("{what}");
        for line in &score.differences {
            println!("  {line}");
        }
        println!("{what}: {}", score.line());
    }
}
