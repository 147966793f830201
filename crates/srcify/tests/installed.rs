//! `--python`: types that installed libraries declare, in signatures and nowhere else.

use std::process::Command;

use srcify_testing::{Files, Outcome, Sandbox, run};

/// A library with types; a class is public under another name than the one under which it is defined.
const ACME: &[(&str, &str)] = &[
    ("py.typed", ""),
    (
        "__init__.py",
        "from acme._core import Mesh, load_mesh, smoothed\n__all__ = ['Mesh', 'load_mesh', 'smoothed']\n",
    ),
    (
        "_core.py",
        "\
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from acme.report import Report

class _Hidden: ...

class Mesh:
    name: str
    def scaled(self, factor: float) -> Mesh: ...
    def report(self) -> Report: ...
    def hidden(self) -> _Hidden: ...
    def copied(self):
        return self

def load_mesh(path: str) -> Mesh: ...

def smoothed(mesh, rounds=1):
    if rounds == 0:
        return Mesh()
    return mesh.scaled(2) if False else Mesh()
",
    ),
    ("report.py", "class Report:\n    volume: float\n"),
];

const SCRIPT: &str = "\
import acme

mesh = acme.load_mesh('a.obj')


def describe(mesh):
    return mesh.name


def summarise(report):
    return report.volume * 2


def soften(mesh):
    return acme.smoothed(mesh)


def twin(mesh):
    return mesh.copied()


def secret(mesh):
    return mesh.hidden()


def halves(mesh):
    while True:
        yield mesh.scaled(0.5)


big = mesh.scaled(2)
half = next(halves(big))
print(describe(big), summarise(big.report()), soften(big), twin(big), secret(big))
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("script.py", SCRIPT);
    for (path, text) in ACME {
        sandbox.write(&format!("site-packages/acme/{path}"), text);
    }
    sandbox
}

/// The package of the script, made with more arguments.
fn converted(sandbox: &Sandbox, folder: &str, more: &[&str]) -> Files {
    let arguments = ["convert", "script.py", "--no-lock", "--force", "-o", folder];
    let outcome = sandbox.run(&[&arguments[..], more].concat());
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    srcify_testing::files_in(&sandbox.folder().join(folder))
}

/// The line of a signature.
fn signature(files: &Files, function: &str) -> String {
    let texts = files.values().map(|it| String::from_utf8_lossy(it));
    let lines = texts.flat_map(|it| it.lines().map(str::to_owned).collect::<Vec<_>>());
    let start = format!("def {function}(");
    let mut found = lines.filter(|it| it.starts_with(&start));
    found.next().unwrap_or_else(|| panic!("no `{function}`"))
}

#[test]
fn signatures_name_what_an_installed_library_declares() {
    let sandbox = sandbox();
    let files = converted(&sandbox, "with", &["--python", "site-packages"]);
    for (function, expected) in [
        ("describe", "def describe(mesh: acme.Mesh) -> str:"),
        ("summarise", "def summarise(report: Report) -> float:"),
        // What `return`s give counts where nothing is declared.
        ("soften", "def soften(mesh: acme.Mesh) -> acme.Mesh:"),
        ("twin", "def twin(mesh: acme.Mesh) -> acme.Mesh:"),
        // What libraries ask of generators is more than what they give.
        (
            "halves",
            "def halves(mesh: acme.Mesh) -> Generator[Any, Any, Any]:",
        ),
        // Nobody can import it.
        ("secret", "def secret(mesh: acme.Mesh) -> Any:"),
    ] {
        assert_eq!(signature(&files, function), expected);
    }
    let module = files
        .values()
        .find(|it| String::from_utf8_lossy(it).contains("def summarise"));
    let module = String::from_utf8_lossy(module.unwrap());
    // The library itself imports it for type checkers only.
    let import = "if TYPE_CHECKING:\n    from acme.report import Report";
    assert!(module.contains(import), "{module}");
}

#[test]
fn without_it_nothing_is_read() {
    let sandbox = sandbox();
    let files = converted(&sandbox, "without", &[]);
    assert_eq!(signature(&files, "soften"), "def soften(mesh: Any) -> Any:");
}

#[test]
fn what_is_declared_decides_nothing() {
    let sandbox = sandbox();
    let plan = |more: &[&str]| sandbox.run(&[&["plan", "script.py"], more].concat());
    let without = plan(&[]);
    assert!(
        without.stdout.contains("has the effect `unknown`"),
        "{}",
        without.stdout
    );
    assert_eq!(plan(&["--python", "site-packages"]).stdout, without.stdout);
}

#[test]
fn environments_are_found_by_their_layout() {
    let sandbox = sandbox();
    for (path, text) in ACME {
        sandbox.write(
            &format!(".venv/lib/python3.12/site-packages/acme/{path}"),
            text,
        );
    }
    sandbox.write(".venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.12.1\n");
    // It would fail if it ran.
    sandbox.write(".venv/bin/python", "no interpreter");
    for named in [".venv", ".venv/bin/python"] {
        let files = converted(&sandbox, "out", &["--python", named]);
        let expected = "def describe(mesh: acme.Mesh) -> str:";
        assert_eq!(signature(&files, "describe"), expected, "{named}");
    }
    let outcome = auto(&sandbox);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    assert!(outcome.stderr.contains(".venv"), "{}", outcome.stderr);
}

fn auto(sandbox: &Sandbox) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_srcify"));
    let arguments = ["convert", "script.py", "--no-lock", "--force", "-o", "out"];
    command.args(arguments).args(["--python", "auto"]);
    run(command
        .current_dir(sandbox.folder())
        .env_remove("VIRTUAL_ENV"))
}

#[test]
fn what_is_no_environment_is_one_error() {
    let sandbox = sandbox();
    sandbox.write("empty/readme.txt", "");
    sandbox.write("broken/pyvenv.cfg", b"\xff\xfe\0");
    for named in ["nowhere", "empty", "broken", "script.py", ""] {
        let arguments = ["convert", "script.py", "--no-lock", "--python", named];
        let outcome = sandbox.run(&arguments);
        assert_eq!(outcome.status, Some(2), "{named}: {}", outcome.stderr);
        assert!(outcome.stderr.starts_with("error: "), "{}", outcome.stderr);
        assert!(
            outcome.stderr.trim_end().lines().count() <= 5,
            "{}",
            outcome.stderr
        );
    }
    let outcome = auto(&sandbox);
    assert_eq!(outcome.status, Some(2), "{}", outcome.stderr);
    assert!(
        outcome.stderr.contains("--python names one"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn odd_bytes_in_a_library_say_nothing() {
    let sandbox = sandbox();
    let without = converted(&sandbox, "out", &[]);
    let deep = format!("def load_mesh(path): return {}\n", "(".repeat(3000));
    let many = format!("x = 1{}\n", " + 1".repeat(200_000));
    let oddities: [&[u8]; 6] = [
        b"\xff\xfe\0\x01 def load_mesh(",
        b"class Mesh(Mesh): ...\ndef load_mesh(x) -> load_mesh: ...\nfrom acme import *\n",
        b"def load_mesh(path) -> 'Mesh[': ...\ndef smoothed(m): return smoothed(m)\n",
        b"from acme import load_mesh\nload_mesh = load_mesh\n",
        deep.as_bytes(),
        many.as_bytes(),
    ];
    for odd in oddities {
        sandbox.write("site-packages/acme/__init__.py", odd);
        let with = converted(&sandbox, "out", &["--python", "site-packages"]);
        let shown = String::from_utf8_lossy(&odd[..odd.len().min(60)]);
        assert_eq!(with, without, "{shown}");
    }
}
