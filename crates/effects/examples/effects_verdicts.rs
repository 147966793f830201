//! Prints what the analysis says of every function of some files, to be read beside them: effects, what it changes, and why
//! it is unknown where it is.
#![allow(clippy::print_stdout)]

use camino::Utf8Path;
use srcify_effects::{Catalog, Effect, FunctionFacts, analyze, imported_libraries};
use srcify_syntax::{parse, read};

fn main() {
    for file in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&file) else {
            continue;
        };
        let Ok(source) = read(Utf8Path::new(&file), &bytes) else {
            continue;
        };
        let program = parse(source.output).output;
        let libraries = imported_libraries(&program);
        let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
        let graph = analyze(&program, &catalog, &|_| None);
        for (name, facts) in &graph.functions {
            println!("{file}\t{name}\t{}", verdict(facts));
        }
    }
}

fn verdict(facts: &FunctionFacts) -> String {
    let effects: Vec<&str> = facts.effects.iter().map(Effect::name).collect();
    let changed: Vec<&str> = facts
        .mutates
        .union(&facts.consumes)
        .chain(&facts.writes)
        .chain(&facts.changes)
        .map(String::as_str)
        .collect();
    let why = facts
        .reasons
        .iter()
        .find(|it| it.effect == Effect::Unknown)
        .map(|it| it.chain.join(" < "));
    [
        effects.join(","),
        changed.join(","),
        why.unwrap_or_default(),
    ]
    .join("\t")
}
