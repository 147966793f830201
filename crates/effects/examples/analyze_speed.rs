//! Prints how long `effects::analyze` alone takes on inputs: `cargo run --release --example analyze_speed -- FILE…`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::{Duration, Instant};

use camino::Utf8Path;
use srcify_effects::{Catalog, analyze, imported_libraries};
use srcify_syntax::{parse, read};

/// Runs of each, of which the fastest counts.
const RUNS: usize = 10;

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let source = read(Utf8Path::new(&path), &bytes).unwrap().output;
        let program = parse(source).output;
        let libraries = imported_libraries(&program);
        let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
        let fastest = (0..RUNS).map(|_| {
            let start = Instant::now();
            let graph = analyze(&program, &catalog, &|_| None);
            assert_eq!(graph.units.len(), program.units().len());
            start.elapsed()
        });
        let fastest = fastest.min().unwrap_or(Duration::ZERO);
        println!(
            "{path}: {} statements in {:.1} ms",
            program.units().len(),
            fastest.as_secs_f64() * 1000.0
        );
    }
}
