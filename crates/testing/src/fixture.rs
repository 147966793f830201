//! The inputs in `fixtures/` and `examples/`.

use camino::{Utf8Path, Utf8PathBuf};

/// An input in a folder with its data.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// The name of its project.
    pub name: String,
    /// The folder it is in.
    pub folder: Utf8PathBuf,
    /// Its file's name.
    pub input: String,
}

/// What a fixture's folder holds beside the input and its data.
const OURS: [&str; 2] = ["package", "plan.snap"];

impl Fixture {
    /// The input and its data, without what is expected of them.
    pub fn files(&self) -> crate::Files {
        let mut files = crate::files_in(&self.folder);
        files.retain(|path, _| {
            path.components()
                .next()
                .is_none_or(|first| !OURS.contains(&first.as_str()))
        });
        files
    }
}

/// The repository's root.
pub fn repository() -> &'static Utf8Path {
    let here = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .nth(2)
        .expect("the crate is two folders below the root")
}

/// All fixtures, by name: the folders of `fixtures/` that hold an `input.py` or `input.ipynb`.
pub fn fixtures() -> Vec<Fixture> {
    inputs(&repository().join("fixtures"), |file| {
        matches!(file, "input.py" | "input.ipynb")
    })
}

/// All examples, by name: the notebook or script of each folder of `examples/`, but not what made its data.
pub fn examples() -> Vec<Fixture> {
    inputs(&repository().join("examples"), |file| {
        let is_input = Utf8Path::new(file)
            .extension()
            .is_some_and(|extension| matches!(extension, "py" | "ipynb"));
        is_input && file != "make_data.py"
    })
}

fn inputs(folder: &Utf8Path, is_input: impl Fn(&str) -> bool) -> Vec<Fixture> {
    let mut found = Vec::new();
    for name in names_in(folder) {
        let folder = folder.join(&name);
        if !folder.is_dir() {
            continue;
        }
        if let Some(input) = names_in(&folder).into_iter().find(|file| is_input(file)) {
            found.push(Fixture {
                name,
                folder,
                input,
            });
        }
    }
    found
}

fn names_in(folder: &Utf8Path) -> Vec<String> {
    let mut names: Vec<String> = folder
        .read_dir_utf8()
        .unwrap_or_else(|error| panic!("cannot read `{folder}`: {error}"))
        .map(|entry| {
            entry
                .expect("the repository's files have UTF-8 names")
                .file_name()
                .to_owned()
        })
        .collect();
    names.sort();
    names
}

/// Whether the tests are asked to rewrite what they expect: `UPDATE=1 cargo test`.
pub fn is_updating() -> bool {
    std::env::var("UPDATE").is_ok_and(|value| value == "1")
}
