//! `cargo xtask demo`: the example notebook becomes a package, and both print the same numbers.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};

use crate::folder::{self, Files};
use crate::process::{build_srcify, capture, step, target};
use crate::python::{self, Environment, system_python};
use crate::text;

/// Converts the example, runs both sides in copies of its folder, and compares what they print and write.
pub fn run(root: &Utf8Path) -> anyhow::Result<()> {
    let srcify = build_srcify(root)?;
    let demo = Demo {
        example: root.join("examples/churn"),
        project: target(root)?.join("demo/churn"),
        work: target(root)?.join("demo/runs"),
        uv: python::uv(root)?,
    };
    demo.convert(&srcify)?;
    demo.make_environment()?;
    let notebook = demo.run_notebook(&root.join("xtask/ecosystem/run_input.py"))?;
    let package = demo.run_package()?;
    show(&notebook, &package)?;
    println!("the package: {}", demo.project);
    Ok(())
}

/// What a run left behind.
struct Made {
    text: String,
    files: Files,
}

/// Prints both sides; fails when they differ, or when there is nothing to compare.
fn show(notebook: &Made, package: &Made) -> anyhow::Result<()> {
    let titles = ["notebook", "package"];
    println!(
        "\n{}",
        text::side_by_side(titles, &notebook.text, &package.text)
    );
    if let Some(difference) = text::difference(&notebook.text, &package.text) {
        bail!("the package prints something else: {difference}");
    }
    let numbers = text::count_numbers(&notebook.text);
    if numbers == 0 {
        bail!("the notebook printed no number, so nothing was compared");
    }
    println!(
        "equal: {} lines with {numbers} numbers",
        notebook.text.lines().count()
    );
    let names: BTreeSet<&Utf8PathBuf> = notebook.files.keys().chain(package.files.keys()).collect();
    let mut differing = Vec::new();
    for name in names {
        let word = match (notebook.files.get(name), package.files.get(name)) {
            (Some(one), Some(other)) if one == other => "equal, byte for byte",
            (Some(_), Some(_)) => "other content",
            (Some(_), None) => "only the notebook writes it",
            (None, _) => "only the package writes it",
        };
        println!("{name}: {word}");
        if notebook.files.get(name) != package.files.get(name) {
            differing.push(name.as_str());
        }
    }
    if !differing.is_empty() {
        bail!("the package writes other files: {}", differing.join(", "));
    }
    Ok(())
}

struct Demo {
    example: Utf8PathBuf,
    /// The emitted project.
    project: Utf8PathBuf,
    /// Copies of the example's folder, one for each run.
    work: Utf8PathBuf,
    uv: Environment,
}

impl Demo {
    fn convert(&self, srcify: &Utf8Path) -> anyhow::Result<()> {
        for folder in [&self.project, &self.work] {
            if folder.exists() {
                fs::remove_dir_all(folder).with_context(|| format!("cannot remove `{folder}`"))?;
            }
        }
        fs::create_dir_all(&self.work).with_context(|| format!("cannot make `{}`", self.work))?;
        let notebook = self.example.join("churn.ipynb");
        let mut command = Command::new(srcify);
        command.args([
            "convert",
            notebook.as_str(),
            "--output",
            self.project.as_str(),
            "--name",
            "churn",
        ]);
        // So that `convert` finds uv and locks the dependencies.
        step("convert the notebook", command.env("PATH", self.uv.path()?))
    }

    fn make_environment(&self) -> anyhow::Result<()> {
        let mut command = self.uv(&["sync", "--quiet", "--project", self.project.as_str()])?;
        step("make the package's environment", &mut command)
    }

    fn run_notebook(&self, runner: &Utf8Path) -> anyhow::Result<Made> {
        // What the notebook imports and the package no longer needs comes on top of the package's environment.
        let requirements = self.example.join("requirements.txt");
        let project = self.project.as_str();
        let mut command = self.uv(&[
            "run",
            "--quiet",
            "--project",
            project,
            "--with-requirements",
        ])?;
        command.args([
            requirements.as_str(),
            "--with",
            "ipython",
            "python",
            runner.as_str(),
            "churn.ipynb",
        ]);
        self.run_in_copy("notebook", &mut command)
    }

    fn run_package(&self) -> anyhow::Result<Made> {
        let mut command = self.uv(&[
            "run",
            "--quiet",
            "--project",
            self.project.as_str(),
            "churn",
        ])?;
        // The notebook's fake secrets are read from the environment now.
        let names = fs::read_to_string(self.project.join(".env.example")).unwrap_or_default();
        for (name, _) in names.lines().filter_map(|line| line.split_once('=')) {
            command.env(name.trim_start_matches("# "), "a value for the demo");
        }
        self.run_in_copy("package", &mut command)
    }

    fn run_in_copy(&self, side: &str, command: &mut Command) -> anyhow::Result<Made> {
        eprintln!("==> run the {side}");
        let copy = self.work.join(side);
        folder::copy(&self.example, &copy)?;
        command
            .current_dir(&copy)
            .env("MPLBACKEND", "Agg")
            .env("PYTHONHASHSEED", "0")
            .env("PYTHONDONTWRITEBYTECODE", "1");
        let text = capture(&format!("run the {side}"), command)?;
        Ok(Made {
            text,
            files: folder::changes(&self.example, &copy)?,
        })
    }

    fn uv(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut command = Command::new(self.uv.program("uv"));
        command.args(arguments);
        command
            .env("UV_PYTHON", system_python()?)
            .env("UV_PYTHON_DOWNLOADS", "never")
            .env_remove("VIRTUAL_ENV");
        Ok(command)
    }
}
