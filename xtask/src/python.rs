//! Python environments: found or made once, kept under `target/`, named after what is in them.

use std::ffi::OsString;
use std::fs;
use std::process::Command;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};

use crate::process::{capture, step, target};

/// The uv that makes the environments; it comes from PyPI, so that a machine needs only Rust and Python.
const UV: &str = "uv==0.13.9";

/// A virtual environment.
#[derive(Debug, Clone)]
pub struct Environment {
    folder: Utf8PathBuf,
}

impl Environment {
    /// Its interpreter.
    pub fn python(&self) -> Utf8PathBuf {
        self.program("python")
    }

    /// One of its programs.
    pub fn program(&self, name: &str) -> Utf8PathBuf {
        self.folder
            .join(BIN)
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// The variable `PATH` with its programs first.
    pub fn path(&self) -> anyhow::Result<OsString> {
        let old = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(self.folder.join(BIN).into_std_path_buf());
        std::env::join_paths(folders.chain(std::env::split_paths(&old)))
            .context("cannot extend `PATH`")
    }
}

const BIN: &str = if cfg!(windows) { "Scripts" } else { "bin" };

/// The environment that holds uv, and nothing else.
pub fn uv(root: &Utf8Path) -> anyhow::Result<Environment> {
    let environment = Environment {
        folder: target(root)?.join(UV.replace("==", "-")),
    };
    make_once(&environment, || {
        let python = system_python()?;
        let folder = environment.folder.as_str();
        step(
            "make an environment for uv",
            Command::new(python).args(["-m", "venv", folder]),
        )?;
        let install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            UV,
        ];
        step(
            "install uv",
            Command::new(environment.python()).args(install),
        )
    })?;
    Ok(environment)
}

/// The environment with exactly the distributions of a requirements file.
pub fn environment(root: &Utf8Path, requirements: &Utf8Path) -> anyhow::Result<Environment> {
    let text = fs::read(requirements).with_context(|| format!("cannot read `{requirements}`"))?;
    let environment = Environment {
        folder: target(root)?.join(format!("python-{:016x}", digest(&text))),
    };
    make_once(&environment, || {
        let uv = uv(root)?.program("uv");
        let python = system_python()?;
        let title = format!(
            "make the environment of `{}`",
            requirements.file_name().unwrap_or_default()
        );
        step(
            &title,
            Command::new(&uv).args([
                "venv",
                "--quiet",
                "--python",
                &python,
                environment.folder.as_str(),
            ]),
        )?;
        let mut install = Command::new(&uv);
        install.args([
            "pip",
            "install",
            "--python",
            environment.python().as_str(),
            "--requirement",
        ]);
        step("install what it needs", install.arg(requirements))
    })?;
    Ok(environment)
}

/// Makes an environment unless an earlier call finished it; what a broken-off call left is removed.
fn make_once(
    environment: &Environment,
    make: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let ready = environment.folder.join(".ready");
    if ready.is_file() && environment.python().is_file() {
        return Ok(());
    }
    if environment.folder.exists() {
        fs::remove_dir_all(&environment.folder)
            .with_context(|| format!("cannot remove `{}`", environment.folder))?;
    }
    make()?;
    fs::write(&ready, "").with_context(|| format!("cannot write `{ready}`"))
}

/// A Python of at least 3.11 on this machine.
pub fn system_python() -> anyhow::Result<String> {
    let print = "import sys; print(sys.executable if sys.version_info >= (3, 11) else '')";
    for name in [
        "python3",
        "python3.13",
        "python3.12",
        "python3.11",
        "python",
    ] {
        let Ok(path) = capture(name, Command::new(name).args(["-c", print])) else {
            continue;
        };
        if !path.trim().is_empty() {
            return Ok(path.trim().to_owned());
        }
    }
    bail!("no Python of at least 3.11 is on the `PATH`; install one, with its module `venv`")
}

/// FNV-1a: the same on every machine and with every compiler.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_requirements_make_another_environment() {
        assert_eq!(digest(b"pandas==2.3.3\n"), digest(b"pandas==2.3.3\n"));
        assert_ne!(digest(b"pandas==2.3.3\n"), digest(b"pandas==2.3.2\n"));
    }

    #[test]
    fn a_broken_environment_is_made_again_and_a_finished_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap().join("env");
        let environment = Environment {
            folder: folder.clone(),
        };
        fs::create_dir_all(folder.join("left-over")).unwrap();
        let make = || {
            assert!(!folder.exists());
            fs::create_dir_all(folder.join(BIN))?;
            Ok(fs::write(environment.python(), "")?)
        };
        make_once(&environment, make).unwrap();
        make_once(&environment, || bail!("made twice")).unwrap();
    }
}
