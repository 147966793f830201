//! Prints how much Python `effects::analyze` takes, file by file: `cargo run --release --example analyze_tree -- FOLDER…`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};
use srcify_effects::{Catalog, analyze, imported_libraries};
use srcify_syntax::{parse, read};

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut files = Vec::new();
    for folder in std::env::args().skip(1) {
        collect(Utf8Path::new(&folder), &mut files);
    }
    files.sort();
    let start = Instant::now();
    let (mut lines, mut functions, mut slowest) = (0, 0, Vec::new());
    for path in &files {
        let started = Instant::now();
        let bytes = std::fs::read(path).unwrap();
        lines += bytes.split(|it| *it == b'\n').count() - 1;
        let Ok(source) = read(path, &bytes) else {
            continue; // a test of encodings
        };
        let program = parse(source.output).output;
        let libraries = imported_libraries(&program);
        let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
        let graph = analyze(&program, &catalog, &|_| None);
        functions += graph.functions.len();
        slowest.push((started.elapsed(), path));
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{} files, {lines} lines, {functions} functions in {seconds:.2} s",
        files.len()
    );
    slowest.sort_by(|left, right| right.cmp(left));
    for (time, path) in slowest.iter().take(8) {
        println!("  {:>7.0} ms {path}", time.as_secs_f64() * 1000.0);
    }
}

/// The Python files under a folder.
fn collect(folder: &Utf8Path, files: &mut Vec<Utf8PathBuf>) {
    for entry in folder.read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension() == Some("py") {
            files.push(path);
        }
    }
}
