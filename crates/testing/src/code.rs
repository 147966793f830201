//! The code of a package that is made of a script.

use crate::Sandbox;

/// The files of a package's code, without its tests, by path from the package on.
#[derive(Debug)]
pub struct Code(pub Vec<(String, String)>);

impl Code {
    /// What `binary` makes of a script called `made.py`.
    ///
    /// # Panics
    /// When it makes none.
    #[track_caller]
    pub fn of(binary: &str, input: &str) -> Self {
        let sandbox = Sandbox::new(binary);
        sandbox.write("made.py", input);
        let outcome = sandbox.run(&["convert", "made.py", "-o", "out", "--no-lock"]);
        assert_eq!(outcome.status, Some(0), "{outcome:?}");
        let files = sandbox.files().into_iter();
        let code = files.filter_map(|(path, content)| {
            let path = path.as_str().strip_prefix("out/src/made/")?.to_owned();
            Some((path, String::from_utf8_lossy(&content).into_owned()))
        });
        Self(code.collect())
    }

    /// The code without some files.
    #[must_use]
    pub fn without(mut self, paths: &[&str]) -> Self {
        self.0.retain(|(path, _)| !paths.contains(&path.as_str()));
        self
    }

    /// Asserts that some file holds each of `parts`.
    ///
    /// # Panics
    /// When none holds one of them.
    #[track_caller]
    pub fn says(&self, parts: &[&str]) {
        for part in parts {
            let mut files = self.0.iter();
            let is_said = files.any(|(_, text)| text.contains(part));
            assert!(is_said, "no `{part}`: {self:#?}");
        }
    }

    /// Asserts that no file holds any of `parts`.
    ///
    /// # Panics
    /// When one holds one of them.
    #[track_caller]
    pub fn never_says(&self, parts: &[&str]) {
        for part in parts {
            let found = self.0.iter().find(|(_, text)| text.contains(part));
            assert!(found.is_none(), "`{part}`: {found:#?}");
        }
    }
}
