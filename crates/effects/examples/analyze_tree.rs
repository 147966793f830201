//! Prints how much Python `effects::analyze` takes, file by file: `cargo run --release --example analyze_tree -- FOLDER…`.
//! After `--digest`, a hash of all that it says of each file: the same before and after a change that is only to be faster.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::hash::{Hash, Hasher};
use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};
use srcify_effects::{Catalog, EffectGraph, analyze, imported_libraries};
use srcify_syntax::{parse, read};

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut files = Vec::new();
    let (options, folders): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|it| it.starts_with("--"));
    for folder in &folders {
        collect(Utf8Path::new(folder), &mut files);
    }
    files.sort();
    if options == ["--digest"] {
        for path in &files {
            let graph = graph_of(path, &std::fs::read(path).unwrap());
            let digest = graph.map_or_else(|| "unreadable".to_owned(), |it| digest(&it));
            println!("{digest} {path}");
        }
        return;
    }
    let start = Instant::now();
    let (mut lines, mut functions, mut slowest) = (0, 0, Vec::new());
    for path in &files {
        let started = Instant::now();
        let bytes = std::fs::read(path).unwrap();
        lines += bytes.split(|it| *it == b'\n').count() - 1;
        let Some(graph) = graph_of(path, &bytes) else {
            continue; // a test of encodings
        };
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

fn graph_of(path: &Utf8Path, bytes: &[u8]) -> Option<EffectGraph> {
    let program = parse(read(path, bytes).ok()?.output).output;
    let libraries = imported_libraries(&program);
    let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
    Some(analyze(&program, &catalog, &|_| None))
}

fn digest(graph: &EffectGraph) -> String {
    let mut hasher = rustc_hash::FxHasher::default();
    format!("{graph:?}").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
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
