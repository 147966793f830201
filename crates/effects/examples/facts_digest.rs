//! Prints a hash of everything that the analysis says, file by file, to see that it says the same after a change:
//! `cargo run --release --example facts_digest -- FOLDER…`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::hash::{Hash, Hasher};

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
    for path in &files {
        println!("{} {path}", digest(path));
    }
}

fn digest(path: &Utf8Path) -> String {
    let Ok(source) = read(path, &std::fs::read(path).unwrap()) else {
        return "unreadable".to_owned();
    };
    let program = parse(source.output).output;
    let libraries = imported_libraries(&program);
    let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
    let graph = analyze(&program, &catalog, &|_| None);
    let mut hasher = rustc_hash::FxHasher::default();
    format!("{graph:?}").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The inputs under a folder.
fn collect(folder: &Utf8Path, files: &mut Vec<Utf8PathBuf>) {
    for entry in folder.read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        if path.is_dir() {
            collect(&path, files);
        } else if matches!(path.extension(), Some("py" | "ipynb")) {
            files.push(path);
        }
    }
}
