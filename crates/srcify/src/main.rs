//! `srcify`: experimental Python in, a package out.

mod args;
mod commands;
mod files;
mod inputs;
mod modules;
mod wishes;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    // Deep code needs a deep stack: the parser and the analysis recurse.
    let worker = std::thread::Builder::new().stack_size(256 << 20).spawn(|| {
        let arguments = args::Arguments::parse();
        match commands::run(arguments) {
            Ok(code) => code,
            Err(error) => {
                anstream::eprintln!("error: {error:#}");
                ExitCode::from(2)
            }
        }
    });
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        Ok(Err(_)) => {
            anstream::eprintln!(
                "srcify {} met a bug of its own (the lines above say where); the input was left as it was",
                env!("CARGO_PKG_VERSION")
            );
            ExitCode::from(101)
        }
        Err(error) => {
            anstream::eprintln!("error: cannot start a thread: {error}");
            ExitCode::from(2)
        }
    }
}
