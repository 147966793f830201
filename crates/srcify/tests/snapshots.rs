//! What becomes of the fixtures: their plans, and for some the whole project.

use std::fs;

use camino::Utf8Path;
use srcify_testing::{
    Files, Fixture, Sandbox, examples, files_in, fixtures, is_updating, repository,
};

/// Inputs whose project is committed, as a user would receive it.
const PROJECTS: [&str; 6] = [
    "churn",
    "energy",
    "files_and_class",
    "flights",
    "options",
    "small",
];

/// A file that only repeats what the others hold: a fingerprint of each.
const MANIFEST: &str = ".srcify-manifest.json";

#[test]
fn plans_are_those_we_reviewed() {
    let mut changed = Vec::new();
    for fixture in fixtures() {
        let sandbox = sandbox_with(&fixture);
        let outcome = sandbox.run(&["plan", &fixture.input, "--name", &fixture.name]);
        assert_eq!(
            outcome.status,
            Some(0),
            "{}: {}",
            fixture.name,
            outcome.stderr
        );
        let path = fixture.folder.join("plan.snap");
        if is_updating() {
            fs::write(&path, &outcome.stdout).expect("the snapshot can be written");
        } else if fs::read_to_string(&path).ok().as_deref() != Some(&outcome.stdout) {
            changed.push(format!("{path} is not\n{}", outcome.stdout));
        }
    }
    assert!(changed.is_empty(), "{}\n{HINT}", changed.join("\n"));
}

#[test]
fn projects_are_those_we_reviewed() {
    let mut changed = Vec::new();
    let mut seen = 0;
    for fixture in fixtures().into_iter().chain(examples()) {
        if !PROJECTS.contains(&fixture.name.as_str()) {
            continue;
        }
        seen += 1;
        let project = project_of(&fixture);
        let expected = repository()
            .join("fixtures")
            .join(&fixture.name)
            .join("package");
        if is_updating() {
            rewrite(&expected, &project);
            continue;
        }
        let known = if expected.is_dir() {
            files_in(&expected)
        } else {
            Files::new()
        };
        for path in project.keys().chain(known.keys()) {
            if project.get(path) != known.get(path) {
                changed.push(format!("{expected}/{path} is not what is emitted"));
            }
        }
    }
    assert_eq!(seen, PROJECTS.len(), "an input of `PROJECTS` is missing");
    changed.sort();
    changed.dedup();
    assert!(changed.is_empty(), "{}\n{HINT}", changed.join("\n"));
}

#[test]
fn two_conversions_write_the_same_bytes() {
    for fixture in fixtures() {
        assert_eq!(
            project_of(&fixture),
            project_of(&fixture),
            "{}",
            fixture.name
        );
    }
}

/// What to do when an expectation changed.
const HINT: &str = "read the differences after `UPDATE=1 cargo test -p srcify --test snapshots`";

fn sandbox_with(fixture: &Fixture) -> Sandbox {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    for (path, content) in fixture.files() {
        sandbox.write(path.as_str(), content);
    }
    sandbox
}

fn project_of(fixture: &Fixture) -> Files {
    let sandbox = sandbox_with(fixture);
    let output = ["-o", "project", "--name", &fixture.name, "--no-lock"];
    let outcome = sandbox.run(&[&["convert", &fixture.input], &output[..]].concat());
    assert_eq!(
        outcome.status,
        Some(0),
        "{}: {}",
        fixture.name,
        outcome.stderr
    );
    let mut project = files_in(&sandbox.folder().join("project"));
    project.remove(Utf8Path::new(MANIFEST));
    project
}

fn rewrite(folder: &Utf8Path, project: &Files) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the old package can be removed");
    }
    for (path, content) in project {
        let path = folder.join(path);
        let parent = path.parent().expect("the path is below the folder");
        fs::create_dir_all(parent).expect("folders can be made");
        fs::write(&path, content).expect("files can be written");
    }
}
