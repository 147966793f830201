//! A bug of srcify itself, in any stage: one message, nothing half-written, and the other inputs still convert.
//!
//! Builds for tests panic where `SRCIFY_PANIC` says.

use std::process::{Command, Output};

use srcify_testing::{Sandbox, files_in};

const STAGES: [&str; 5] = ["read", "link", "plan", "emit", "write"];

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("nb/a.py", "import math\nprint(math.sqrt(4))\n");
    sandbox.write("nb/b.py", "token = 'sk-1234567890abcdef1234'\nprint(1)\n");
    sandbox.write("nb/c.py", "print('c')\n");
    sandbox
}

fn with_a_bug(sandbox: &Sandbox, stage: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_srcify"))
        .args(arguments)
        .current_dir(sandbox.folder())
        .env("SRCIFY_PANIC", stage)
        .env_remove("RUST_BACKTRACE")
        .output()
        .expect("the binary is there")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_panic_in_any_stage_is_one_message_and_writes_nothing() {
    for stage in STAGES {
        let sandbox = sandbox();
        let arguments = ["convert", "nb/b.py", "-o", "out", "--no-lock"];
        let output = with_a_bug(&sandbox, stage, &arguments);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{stage}: {said}");
        let lines: Vec<&str> = said.lines().collect();
        assert!(
            matches!(lines[..], [line] if line.starts_with("error: ")
                && line.contains("internal error at crates/srcify/src/bugs.rs")
                && line.contains("please report it at https://")),
            "{stage}: {said}"
        );
        let files = files_in(sandbox.folder());
        assert_eq!(files.len(), 3, "{stage}: {:?}", files.keys());
    }
}

#[test]
fn a_panic_leaves_an_older_package_as_it_was() {
    for stage in STAGES {
        let sandbox = sandbox();
        let arguments = ["convert", "nb/a.py", "-o", "out", "--no-lock", "--force"];
        assert_eq!(sandbox.run(&arguments).status, Some(0));
        let before = files_in(&sandbox.folder().join("out"));
        sandbox.write("nb/a.py", "print('new')\n");
        let output = with_a_bug(&sandbox, stage, &arguments);
        assert_eq!(output.status.code(), Some(2), "{stage}");
        assert_eq!(files_in(&sandbox.folder().join("out")), before, "{stage}");
    }
}

#[test]
fn a_panic_for_one_input_of_a_folder_leaves_the_others() {
    for stage in ["read", "link", "plan"] {
        let sandbox = sandbox();
        let arguments = ["convert", "nb", "-o", "out", "--no-lock"];
        let output = with_a_bug(&sandbox, &format!("{stage}:b.py"), &arguments);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{stage}: {said}");
        assert!(said.contains("`nb/b.py`: internal error at "), "{said}");
        assert!(said.contains("1 of 3 inputs could not be converted"));
        let files = files_in(&sandbox.folder().join("out/src/nb/application"));
        let names: Vec<&str> = files.keys().map(|it| it.as_str()).collect();
        assert_eq!(names, ["__init__.py", "a.py", "c.py"], "{stage}");
    }
}

#[test]
fn other_commands_say_the_same() {
    let sandbox = sandbox();
    let output = with_a_bug(&sandbox, "plan", &["plan", "nb/a.py"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("internal error at "));
    assert!(output.stdout.is_empty());
}
