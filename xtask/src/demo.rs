//! `cargo xtask demo`: the example notebook becomes a package, and both print the same numbers.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};

use crate::process::{build_srcify, capture, step, target};
use crate::python::{self, Environment, system_python};
use crate::text;

/// Converts the example, runs both sides in copies of its folder, and compares what they print.
pub fn run(root: &Utf8Path) -> anyhow::Result<()> {
    let srcify = build_srcify(root)?;
    let uv = python::uv(root)?;
    let example = root.join("examples/churn");
    let demo = Demo {
        project: target(root)?.join("demo/churn"),
        work: target(root)?.join("demo/runs"),
        example,
        uv,
    };
    demo.convert(&srcify)?;
    demo.make_environment()?;
    let notebook = demo.run_notebook(&root.join("xtask/ecosystem/run_input.py"))?;
    let package = demo.run_package()?;
    println!(
        "\n{}",
        text::side_by_side(["notebook", "package"], &notebook, &package)
    );
    if let Some(difference) = text::difference(&notebook, &package) {
        bail!("the package prints something else: {difference}");
    }
    let numbers = text::count_numbers(&notebook);
    if numbers == 0 {
        bail!("the notebook printed no number, so nothing was compared");
    }
    println!(
        "equal: {} lines, {numbers} numbers; the package is in {}",
        notebook.lines().count(),
        demo.project
    );
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

    fn run_notebook(&self, runner: &Utf8Path) -> anyhow::Result<String> {
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

    fn run_package(&self) -> anyhow::Result<String> {
        let mut command = self.uv(&[
            "run",
            "--quiet",
            "--project",
            self.project.as_str(),
            "churn",
        ])?;
        self.run_in_copy("package", &mut command)
    }

    fn run_in_copy(&self, side: &str, command: &mut Command) -> anyhow::Result<String> {
        eprintln!("==> run the {side}");
        let copy = self.work.join(side);
        copy_folder(self.example.as_std_path(), copy.as_std_path())?;
        command
            .current_dir(&copy)
            .env("MPLBACKEND", "Agg")
            .env("PYTHONHASHSEED", "0");
        capture(&format!("run the {side}"), command)
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

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make `{}`", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read `{}`", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)
                .with_context(|| format!("cannot write `{}`", target.display()))?;
        }
    }
    Ok(())
}
