//! The interpreter in which both sides run.

use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};

use crate::RunError;

/// Makes the environment of a project with uv, from its lock, and gives its interpreter.
pub fn project_python(project: &Utf8Path, offline: bool) -> Result<Utf8PathBuf, RunError> {
    let mut command = Command::new("uv");
    command.args(["run", "--quiet", "--project", project.as_str()]);
    if offline {
        command.arg("--offline");
    }
    command.args(["python", "-c", "import sys; print(sys.executable)"]);
    let output = command.output().map_err(|source| RunError::Start {
        program: Utf8PathBuf::from("uv"),
        source,
    })?;
    let path = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if !output.status.success() || path.is_empty() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(RunError::Environment {
            project: project.to_owned(),
            message: said,
        });
    }
    Ok(Utf8PathBuf::from(path))
}

/// The interpreter of a virtual environment, when the folder is one.
pub fn venv_python(environment: &Utf8Path) -> Option<Utf8PathBuf> {
    ["bin/python", "Scripts/python.exe"]
        .iter()
        .map(|path| environment.join(path))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_an_interpreter_is_no_environment() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap();
        assert_eq!(venv_python(path), None);
        std::fs::create_dir(path.join("bin")).unwrap();
        std::fs::write(path.join("bin/python"), "").unwrap();
        assert_eq!(venv_python(path), Some(path.join("bin/python")));
    }
}
