//! `pyproject.toml`, with the places of what rules look at.

use std::ops::Range;

use srcify_syntax::{TextRange, TextSize};
use toml_edit::{Document, Item, TableLike};

/// A text of the file, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spanned {
    pub key: String,
    pub value: String,
    pub range: TextRange,
}

/// What rules look at.
#[derive(Debug, Default)]
pub(crate) struct Pyproject {
    /// Why the file is no TOML.
    pub error: Option<String>,
    pub has_project: bool,
    pub has_build_system: bool,
    pub name: Option<String>,
    pub requires_python: Option<Spanned>,
    pub readme: Option<Spanned>,
    /// `[project] dependencies`: requirements as written.
    pub dependencies: Vec<Spanned>,
    /// Optional dependencies; the key is the extra.
    pub extras: Vec<Spanned>,
    /// Dependency groups and tools' development dependencies; the key is the group.
    pub groups: Vec<Spanned>,
    /// `[project.scripts]` and `gui-scripts`.
    pub scripts: Vec<Spanned>,
    /// `[project] dynamic`.
    pub dynamic: Vec<String>,
    /// Every string of the file with its key, for secrets.
    pub strings: Vec<Spanned>,
    /// Another tool manages the project: `[tool.poetry]` with dependencies of its own.
    pub is_poetry: bool,
    /// `[tool.uv] package = false`, workspaces without a project.
    pub is_virtual: bool,
}

impl Pyproject {
    pub(crate) fn parse(text: &str) -> Self {
        let document = match Document::parse(text) {
            Ok(document) => document,
            Err(error) => {
                return Self {
                    error: Some(error.message().to_owned()),
                    ..Self::default()
                };
            }
        };
        let root = document.as_item();
        let mut it = Self {
            has_build_system: root.get("build-system").is_some(),
            is_poetry: at(root, &["tool", "poetry", "dependencies"]).is_some(),
            is_virtual: at(root, &["tool", "uv", "package"]).and_then(Item::as_bool) == Some(false),
            ..Self::default()
        };
        strings(root, "", &mut it.strings);
        if let Some(groups) = root.get("dependency-groups") {
            lists(groups, &mut it.groups);
        }
        if let Some(list) = at(root, &["tool", "uv", "dev-dependencies"]) {
            list_of("dev", list, &mut it.groups);
        }
        if let Some(project) = root.get("project") {
            it.read_project(project);
        }
        it
    }

    fn read_project(&mut self, project: &Item) {
        self.has_project = true;
        let text = |key: &str| {
            project.get(key).and_then(|item| {
                Some(Spanned {
                    key: key.to_owned(),
                    value: item.as_str()?.to_owned(),
                    range: range(item.span()),
                })
            })
        };
        self.name = text("name").map(|it| it.value);
        self.requires_python = text("requires-python");
        self.readme = text("readme");
        if let Some(list) = project.get("dependencies") {
            list_of("dependencies", list, &mut self.dependencies);
        }
        if let Some(extras) = project.get("optional-dependencies") {
            lists(extras, &mut self.extras);
        }
        for key in ["scripts", "gui-scripts"] {
            let table = project.get(key).and_then(Item::as_table_like);
            for (name, item) in table.into_iter().flat_map(TableLike::iter) {
                self.scripts.push(Spanned {
                    key: name.to_owned(),
                    value: item.as_str().unwrap_or("").to_owned(),
                    range: range(item.span()),
                });
            }
        }
        let dynamic = project.get("dynamic").and_then(Item::as_array);
        self.dynamic = dynamic
            .into_iter()
            .flat_map(toml_edit::Array::iter)
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect();
    }
}

fn at<'a>(root: &'a Item, keys: &[&str]) -> Option<&'a Item> {
    keys.iter().try_fold(root, |item, key| item.get(key))
}

fn lists(item: &Item, out: &mut Vec<Spanned>) {
    let table = item.as_table_like();
    for (key, list) in table.into_iter().flat_map(TableLike::iter) {
        list_of(key, list, out);
    }
}

fn list_of(key: &str, item: &Item, out: &mut Vec<Spanned>) {
    let array = item.as_array();
    for value in array.into_iter().flat_map(toml_edit::Array::iter) {
        if let Some(text) = value.as_str() {
            out.push(Spanned {
                key: key.to_owned(),
                value: text.to_owned(),
                range: range(value.span()),
            });
        }
    }
}

fn strings(item: &Item, key: &str, out: &mut Vec<Spanned>) {
    if let Some(value) = item.as_str() {
        out.push(Spanned {
            key: key.to_owned(),
            value: value.to_owned(),
            range: range(item.span()),
        });
    } else if let Some(table) = item.as_table_like() {
        table.iter().for_each(|(key, item)| strings(item, key, out));
    } else if let Some(array) = item.as_array() {
        for value in array {
            if let Some(text) = value.as_str() {
                out.push(Spanned {
                    key: key.to_owned(),
                    value: text.to_owned(),
                    range: range(value.span()),
                });
            }
        }
    }
}

fn range(span: Option<Range<usize>>) -> TextRange {
    let span = span.unwrap_or(0..0);
    TextRange::new(
        TextSize::new(span.start as u32),
        TextSize::new(span.end as u32),
    )
}
