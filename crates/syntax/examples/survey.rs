//! Reads and parses every input named on the command line, and prints one line for each: for surveys of a corpus.
#![allow(clippy::print_stdout)]

use camino::Utf8Path;
use srcify_syntax::{CellKind, parse, read};

fn main() {
    for argument in std::env::args().skip(1) {
        let path = Utf8Path::new(&argument);
        let name = path.file_name().unwrap_or(&argument);
        let Ok(bytes) = std::fs::read(path) else {
            println!("{name}: cannot be opened");
            continue;
        };
        let source = match read(path, &bytes) {
            Ok(source) => source,
            Err(error) => {
                println!("{name}: refused: {error}");
                continue;
            }
        };
        let kind = source.output.kind;
        let (dropped, requirements) = (
            source.output.dropped.len(),
            source.output.requirements.clone(),
        );
        let program = parse(source.output);
        let cells = &program.output.source.cells;
        let code = cells
            .iter()
            .filter(|cell| cell.kind == CellKind::Code)
            .count();
        println!(
            "{name}: {kind:?}, {code} code cells, {} others, {} units, {dropped} dropped, {requirements:?}",
            cells.len() - code,
            program.output.units().len(),
        );
        for diagnostic in source.diagnostics.iter().chain(&program.diagnostics) {
            let place = diagnostic
                .span
                .map(|span| program.output.source.location(span));
            let place = place.map_or(String::new(), |place| place.to_string());
            println!("    {} {place} {}", diagnostic.code, diagnostic.message);
        }
    }
}
