//! A folder of its own for each test.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

/// Files by their path in a folder, with `/` between its parts, and what is in them.
pub type Files = BTreeMap<Utf8PathBuf, Vec<u8>>;

/// A folder that is removed when the test ends, and a program that runs there.
pub struct Sandbox {
    program: Utf8PathBuf,
    folder: TempDir,
}

impl Sandbox {
    /// Makes an empty folder for `program`, an absolute path.
    pub fn new(program: &str) -> Self {
        Self {
            program: Utf8PathBuf::from(program),
            folder: TempDir::new().expect("a temporary folder can be made"),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).expect("temporary folders have UTF-8 names")
    }

    /// Writes a file, and the folders it is in.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.folder().join(path);
        let parent = path.parent().expect("the path is below the folder");
        fs::create_dir_all(parent).expect("folders can be made in the sandbox");
        fs::write(&path, content).expect("files can be written in the sandbox");
    }

    /// What is in a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder().join(path))
            .unwrap_or_else(|error| panic!("cannot read `{path}`: {error}"))
    }

    /// Copies the files of `folder` to the folder `to`.
    pub fn copy(&self, folder: &Utf8Path, to: &str) {
        for (path, content) in files_in(folder) {
            self.write(&format!("{to}/{path}"), content);
        }
    }

    /// Runs the program in the folder, without colours.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(&self.program);
        command
            .args(arguments)
            .current_dir(self.folder())
            .env("NO_COLOR", "1");
        run(&mut command)
    }

    /// All files of the folder.
    pub fn files(&self) -> Files {
        files_in(self.folder())
    }
}

/// What a program said, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The exit status; none when a signal ended it.
    pub status: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Outcome {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
    Outcome {
        status: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// All files below a folder, without Python's caches.
pub fn files_in(folder: &Utf8Path) -> Files {
    let mut files = Files::new();
    collect(folder, Utf8Path::new(""), &mut files);
    files
}

fn collect(folder: &Utf8Path, below: &Utf8Path, files: &mut Files) {
    let entries = folder
        .read_dir_utf8()
        .unwrap_or_else(|error| panic!("cannot read `{folder}`: {error}"));
    for entry in entries {
        let entry = entry.expect("the folder's entries have UTF-8 names");
        let name = entry.file_name();
        // Joined with `/` on every system, as the paths in a project are.
        let path = match below.as_str() {
            "" => Utf8PathBuf::from(name),
            below => Utf8PathBuf::from(format!("{below}/{name}")),
        };
        let is_cache = name == "__pycache__" || name.ends_with("_cache");
        if is_cache {
            continue;
        }
        if entry.path().is_dir() {
            collect(entry.path(), &path, files);
        } else {
            let content = fs::read(entry.path())
                .unwrap_or_else(|error| panic!("cannot read `{}`: {error}", entry.path()));
            files.insert(path, content);
        }
    }
}
