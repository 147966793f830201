//! `srcify`: experimental Python in, a package out.

mod args;
mod bugs;
mod commands;
mod files;
mod inputs;
mod installed;
mod modules;
mod wishes;

use std::process::ExitCode;

use clap::Parser;

/// The analysis makes and drops many small values; this takes a fifth less time than the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    bugs::note_places();
    // Deep code needs a deep stack: the parser and the analysis recurse.
    let worker = std::thread::Builder::new()
        .stack_size(256 << 20)
        .spawn(|| bugs::guarded(run));
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(code))) => code,
        Ok(Ok(Err(message))) => failed(&message),
        Ok(Err(_)) => failed("a thread ended unexpectedly"),
        Err(error) => failed(&format!("cannot start a thread: {error}")),
    }
}

fn run() -> ExitCode {
    let arguments = args::Arguments::parse();
    commands::run(arguments).unwrap_or_else(|error| failed(&format!("{error:#}")))
}

fn failed(message: &str) -> ExitCode {
    anstream::eprintln!("error: {message}");
    ExitCode::from(2)
}
