//! The inputs in `fixtures/forms`: one of each form that `docs/inputs.md` names, and what becomes of it.
//!
//! `prints.txt` is what the author sees of it where it runs at home (in Jupyter, in a terminal, in Databricks), and
//! `refused.txt` a part of the message where it cannot be read. Packages run under `SRCIFY_E2E_PYTHON`, where it is set.

use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use srcify_testing::{Outcome, Sandbox, files_in, is_updating, repository, run};

/// What a form's folder holds beside the input and what it needs.
const OURS: [&str; 4] = ["plan.snap", "prints.txt", "refused.txt", "options.txt"];

/// A folder of `fixtures/forms`.
struct Form {
    name: String,
    folder: Utf8PathBuf,
    /// The name of its file or folder.
    input: String,
}

impl Form {
    fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(file)).ok()
    }

    fn sandbox(&self) -> Sandbox {
        let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
        for (path, content) in files_in(&self.folder) {
            if !OURS.contains(&path.as_str()) {
                sandbox.write(path.as_str(), content);
            }
        }
        sandbox
    }

    fn run(&self, sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
        let options = self.text("options.txt").unwrap_or_default();
        let own = options.split_whitespace();
        let all: Vec<&str> = arguments.iter().copied().chain(own).collect();
        sandbox.run(&all)
    }
}

fn forms() -> Vec<Form> {
    let home = repository().join("fixtures/forms");
    let entries = home
        .read_dir_utf8()
        .expect("the forms are in the repository");
    let mut forms: Vec<Form> = entries
        .map(|entry| {
            let folder = entry.expect("the folder can be read").into_path();
            let name = folder.file_name().expect("it has a name").to_owned();
            let inputs = folder.read_dir_utf8().expect("a form is a folder");
            let mut names = inputs.map(|it| {
                let it = it.expect("the folder can be read");
                it.file_name().to_owned()
            });
            let is_input = |it: &String| it == "input" || it.starts_with("input.");
            let input = names.find(is_input);
            let input = input.unwrap_or_else(|| panic!("`{folder}` has no input"));
            Form {
                name,
                folder,
                input,
            }
        })
        .collect();
    forms.sort_by(|one, other| one.name.cmp(&other.name));
    forms
}

#[test]
fn every_form_is_recognised() {
    let mut wrong = Vec::new();
    for form in forms() {
        let sandbox = form.sandbox();
        let outcome = form.run(&sandbox, &["plan", &form.input, "--name", "form"]);
        if let Some(reason) = form.text("refused.txt") {
            let is_refused = outcome.status == Some(2) && outcome.stderr.contains(reason.trim());
            if !is_refused {
                wrong.push(format!("{} is not refused: {outcome:?}", form.name));
            }
            continue;
        }
        if outcome.status != Some(0) {
            wrong.push(format!("{}: {}", form.name, outcome.stderr));
            continue;
        }
        let snapshot = form.folder.join("plan.snap");
        if is_updating() {
            fs::write(&snapshot, &outcome.stdout).expect("the snapshot can be written");
        } else if form.text("plan.snap").as_deref() != Some(&outcome.stdout) {
            wrong.push(format!("{snapshot} is not\n{}", outcome.stdout));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether an interpreter has a module.
fn has(python: &str, module: &str) -> bool {
    let code = format!("import {module}");
    run(Command::new(python).args(["-c", &code])).status == Some(0)
}

#[test]
fn packages_of_every_form_print_what_their_author_sees() {
    let Ok(python) = std::env::var("SRCIFY_E2E_PYTHON") else {
        eprintln!("nothing was run: `SRCIFY_E2E_PYTHON` names no interpreter");
        return;
    };
    let mut wrong = Vec::new();
    for form in forms() {
        let Some(expected) = form.text("prints.txt") else {
            continue;
        };
        let sandbox = form.sandbox();
        let arguments = [
            "convert",
            &form.input,
            "-o",
            "project",
            "--name",
            "form",
            "--no-lock",
        ];
        let outcome = form.run(&sandbox, &arguments);
        if outcome.status != Some(0) {
            wrong.push(format!("{}: {}", form.name, outcome.stderr));
            continue;
        }
        let project = sandbox.read("project/pyproject.toml");
        let needed = ["sqlalchemy", "click", "typer", "fire"];
        let mut needed = needed
            .iter()
            .filter(|it| project.to_lowercase().contains(&format!("\"{it}")));
        if let Some(missing) = needed.find(|it| !has(&python, it)) {
            eprintln!("`{}` was not run: there is no `{missing}`", form.name);
            continue;
        }
        let outcome = run(&mut package(&python, sandbox.folder()));
        if outcome.status != Some(0) || outcome.stdout != expected {
            wrong.push(format!(
                "{} prints\n{}{}",
                form.name, outcome.stdout, outcome.stderr
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The package in `project`, to be run in the input's folder.
fn package(python: &str, folder: &Utf8Path) -> Command {
    let mut command = Command::new(python);
    command
        .args(["-W", "ignore", "-m", "form"])
        .current_dir(folder)
        .env("PYTHONPATH", folder.join("project/src"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONIOENCODING", "utf-8");
    command
}
