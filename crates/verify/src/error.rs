//! What keeps a verification from happening.

use std::{io, time::Duration};

use camino::Utf8PathBuf;

/// Why no verdict could be reached: the world, never the user's Python.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The interpreter is missing or cannot be executed.
    #[error("cannot start `{program}`")]
    Start {
        /// What should have started.
        program: Utf8PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file or folder of ours or of the user cannot be used.
    #[error("cannot {action} `{path}`")]
    Io {
        /// A verb: `read`, `copy`…
        action: &'static str,
        /// The file or folder.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The input's folder is larger than we copy without being asked to.
    #[error(
        "the folder `{folder}` holds more than {limit} MB, and every run works on its own copy; `--folder-limit` raises \
         the limit"
    )]
    FolderTooLarge {
        /// The input's folder.
        folder: String,
        /// In megabytes.
        limit: u64,
    },
    /// The package is not where it was said to be.
    #[error("`{folder}` holds no package: there is no `src/<name>/__init__.py`")]
    NoPackage {
        /// Where we looked.
        folder: Utf8PathBuf,
    },
    /// The package's record names no input, and neither did the command.
    #[error("it is not known which input the package was made from; name it with `--against`")]
    NoInput,
    /// The input is gone.
    #[error(
        "the input `{path}` is neither here nor in `{root}` or a folder above; name it with `--against`"
    )]
    InputMissing {
        /// Its name, as `convert` was given it.
        path: Utf8PathBuf,
        /// The folder of the package.
        root: Utf8PathBuf,
    },
    /// The probe itself failed: a fault of ours or a strange interpreter.
    #[error("comparing the two runs failed: {message}")]
    Compare {
        /// The last line that it said.
        message: String,
    },
    /// Comparing took longer than a run may.
    #[error("comparing the two runs took longer than {limit:?}")]
    CompareTimeout {
        /// The limit.
        limit: Duration,
    },
    /// uv could not make the package's environment.
    #[error("uv cannot make the environment of `{project}`: {message}")]
    Environment {
        /// The project's folder.
        project: Utf8PathBuf,
        /// What uv said.
        message: String,
    },
    /// Ctrl-C.
    #[error("interrupted")]
    Interrupted,
}

impl RunError {
    /// Makes the adapter that adds a path to an [`io::Error`].
    pub(crate) fn io(
        action: &'static str,
        path: impl Into<String>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }
}
