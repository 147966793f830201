//! Generated programs do as scripts what their packages do. `cargo xtask programs` runs thousands, with pandas.

use std::process::Command;

use srcify_testing::{repository, run};

#[test]
fn packages_of_generated_programs_print_and_write_the_same() {
    let Ok(python) = std::env::var("SRCIFY_E2E_PYTHON") else {
        eprintln!("nothing was run: `SRCIFY_E2E_PYTHON` names no interpreter");
        return;
    };
    let script = repository().join("xtask/programs/programs.py");
    let outcome = run(Command::new(python)
        .arg(script)
        .args(["--srcify", env!("CARGO_BIN_EXE_srcify")])
        .args(["--count", "100", "--seed", "1"])
        .env("PYTHONDONTWRITEBYTECODE", "1"));
    assert_eq!(
        outcome.status,
        Some(0),
        "{}{}",
        outcome.stdout,
        outcome.stderr
    );
}
