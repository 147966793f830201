//! Runs every fixture and example, and the package made of it, and compares what they print and write.
//!
//! Needs `SRCIFY_E2E_PYTHON=<interpreter>`, one that has what the fixtures import, what packages are made with, pytest,
//! ruff and mypy.

use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use srcify_testing::{Files, Fixture, Sandbox, examples, files_in, fixtures, repository, run};

/// Projects whose tools find something, and why. To be mended, as above.
const KNOWN_FINDINGS: &[(&str, &str, &str)] = &[(
    "energy",
    "mypy",
    "attr-defined, index: what `predict` of a searched model gives is taken for a number",
)];

/// Projects that the tools check, and their tests run.
const CHECKED: [&str; 5] = ["churn", "energy", "files_and_class", "flights", "small"];

/// Files that hold more than values: paths of modules, in any order.
const NOT_COMPARED: [&str; 3] = ["joblib", "pickle", "pkl"];

/// The interpreter to run with, if one is named.
#[expect(
    clippy::print_stderr,
    reason = "whoever runs the tests must see that these did not run"
)]
fn interpreter() -> Option<String> {
    let named = std::env::var("SRCIFY_E2E_PYTHON").ok();
    if named.is_none() {
        eprintln!("nothing was run: `SRCIFY_E2E_PYTHON` names no interpreter");
    }
    named
}

#[test]
fn packages_print_and_write_what_their_input_does() {
    let Some(python) = interpreter() else { return };
    let inputs: Vec<Fixture> = fixtures().into_iter().chain(examples()).collect();
    assert!(inputs.len() > 3, "the fixtures are not where they were");
    let mut wrong = Vec::new();
    for fixture in &inputs {
        if let Some(difference) = difference(&python, fixture) {
            wrong.push(format!("{}: {difference}", fixture.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// How a package differs from its input, if it does.
fn difference(python: &str, fixture: &Fixture) -> Option<String> {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    if let Err(error) = convert(&sandbox, fixture) {
        return Some(error);
    }
    let package = match package_of(&sandbox) {
        Ok(package) => package,
        Err(error) => return Some(error),
    };
    for (path, content) in fixture.files() {
        sandbox.write(&format!("after/{path}"), content);
    }
    let runner = repository().join("xtask/ecosystem/run_input.py");
    let is_notebook = Utf8Path::new(&fixture.input).extension() == Some("ipynb");
    let notebook_runner = is_notebook.then_some(runner.as_str());
    let before = run(command(python, &sandbox, "before")
        .args(notebook_runner)
        .arg(&fixture.input));
    let sources = sandbox.folder().join("project/src");
    let after = run(command(python, &sandbox, "after")
        .env("PYTHONPATH", sources)
        .args(["-m", &package]));
    if before.status != after.status {
        return Some(format!(
            "the input ended with {:?}, the package with {:?}:\n{}{}",
            before.status, after.status, before.stderr, after.stderr
        ));
    }
    different_text(&before.stdout, &after.stdout)
        .or_else(|| different_files(&sandbox, Utf8Path::new("before"), Utf8Path::new("after")))
}

/// Copies the fixture to `before`, and converts it there into `project`.
fn convert(sandbox: &Sandbox, fixture: &Fixture) -> Result<(), String> {
    for (path, content) in fixture.files() {
        sandbox.write(&format!("before/{path}"), content);
    }
    let input = format!("before/{}", fixture.input);
    let name = &fixture.name;
    let outcome = sandbox.run(&[
        "convert",
        &input,
        "-o",
        "project",
        "--name",
        name,
        "--no-lock",
    ]);
    match outcome.status {
        Some(0) => Ok(()),
        status => Err(format!(
            "`convert` ended with {status:?}:\n{}",
            outcome.stderr
        )),
    }
}

/// The name of the package in `project`.
fn package_of(sandbox: &Sandbox) -> Result<String, String> {
    let files = files_in(&sandbox.folder().join("project/src"));
    let main = files.keys().find(|path| path.ends_with("__main__.py"));
    main.and_then(|path| path.components().next())
        .map(|package| package.as_str().to_owned())
        .ok_or_else(|| "the project has no package with a `__main__.py`".to_owned())
}

/// Python in a folder of the sandbox, the same on every run.
fn command(python: &str, sandbox: &Sandbox, folder: &str) -> Command {
    let mut command = Command::new(python);
    command
        .current_dir(sandbox.folder().join(folder))
        .env("API_KEY", "F1xture-0nly-4711")
        .env("PASSWORD", "postgres9")
        .env("PASSWORD_2", "F1xture-0nly-two")
        .env("SIGNING_KEY", "F1xture-0nly-4712")
        .env("ADDRESS", "postgresql://admin:F1xture0nly9@")
        .env("DATABASE_URL", "redis://admin:F1xture0nly8@")
        .env("MPLBACKEND", "Agg")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONIOENCODING", "utf-8")
        .env_remove("PYTHONPATH");
    command
}

fn different_text(before: &str, after: &str) -> Option<String> {
    if before == after {
        return None;
    }
    let mut others = after.split('\n');
    for (number, line) in before.split('\n').enumerate() {
        let other = others.next();
        if other != Some(line) {
            return Some(format!(
                "line {} of the text: {line:?} became {other:?}",
                number + 1
            ));
        }
    }
    Some(format!("more text: {:?}", others.next()))
}

fn different_files(sandbox: &Sandbox, before: &Utf8Path, after: &Utf8Path) -> Option<String> {
    let compared = |folder: &Utf8Path| -> Files {
        let mut files = files_in(&sandbox.folder().join(folder));
        files.retain(|path, _| {
            !path
                .extension()
                .is_some_and(|extension| NOT_COMPARED.contains(&extension))
        });
        files
    };
    let (before, after) = (compared(before), compared(after));
    let paths: Vec<&Utf8PathBuf> = before.keys().chain(after.keys()).collect();
    let path = paths
        .into_iter()
        .find(|path| before.get(*path) != after.get(*path))?;
    Some(match (before.get(path), after.get(path)) {
        (Some(_), None) => format!("`{path}` is not written"),
        (None, Some(_)) => format!("`{path}` is written by the package only"),
        _ => format!("`{path}` has other content"),
    })
}

#[test]
fn projects_pass_the_tools_they_are_set_up_for() {
    let Some(python) = interpreter() else { return };
    let mut wrong = Vec::new();
    for fixture in fixtures().into_iter().chain(examples()) {
        if !CHECKED.contains(&fixture.name.as_str()) {
            continue;
        }
        let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
        if let Err(error) = convert(&sandbox, &fixture) {
            wrong.push(format!("{}: {error}", fixture.name));
            continue;
        }
        for (tool, arguments) in TOOLS {
            let outcome = run(command(&python, &sandbox, "project")
                .arg("-m")
                .args(*arguments));
            let is_known = KNOWN_FINDINGS
                .iter()
                .any(|(name, known, _)| *name == fixture.name && known == tool);
            match (outcome.status == Some(0), is_known) {
                (false, false) => wrong.push(format!(
                    "{}: {tool} fails\n{}{}",
                    fixture.name, outcome.stdout, outcome.stderr
                )),
                (true, true) => wrong.push(format!(
                    "{}: {tool} passes again; take it off `KNOWN_FINDINGS`",
                    fixture.name
                )),
                (true, false) | (false, true) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The tools a project is set up for.
const TOOLS: &[(&str, &[&str])] = &[
    ("ruff check", &["ruff", "check", "."]),
    ("ruff format", &["ruff", "format", "--check", "."]),
    ("mypy", &["mypy", "src", "tests"]),
    ("pytest", &["pytest", "-q"]),
];
