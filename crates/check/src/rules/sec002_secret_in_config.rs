//! `secret-in-config`: secret in TOML, YAML or .env.

use camino::Utf8Path;
use srcify_effects::{SecretKind, find_secret};
use srcify_syntax::{TextRange, TextSize};

use crate::yaml::{self, Node, Value};

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "SEC002",
    name: "secret-in-config",
    summary: "secret in TOML, YAML or .env",
    page: include_str!("../../docs/SEC002.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    for (path, text) in &project.package.files {
        let name = path.file_name().unwrap_or("");
        if NO_SETTINGS.iter().any(|it| name.contains(it)) {
            continue;
        }
        for (range, kind) in secrets(path, text) {
            reporter
                .report_line(
                    path,
                    range,
                    format!(
                        "{} in a file that is shared with the code",
                        kind.description()
                    ),
                )
                .help("keep it in an environment variable, and have this one revoked");
        }
    }
}

/// Parts of names of files that lock versions, or show what settings look like.
const NO_SETTINGS: &[&str] = &[
    "lock.",
    ".lock",
    ".example",
    ".sample",
    ".template",
    ".dist",
];

/// Where secrets are in TOML, YAML and files of environment variables.
pub(crate) fn secrets(path: &Utf8Path, text: &str) -> Vec<(TextRange, SecretKind)> {
    let name = path.file_name().unwrap_or("");
    let mut found = Vec::new();
    match path.extension() {
        Some("yaml" | "yml") => {
            if let Some(root) = yaml::parse(text) {
                in_yaml(&root, None, &mut found);
            }
        }
        Some("toml") => {
            let toml = crate::project::Pyproject::parse(text);
            let strings = toml
                .strings
                .iter()
                .filter_map(|it| Some((it.range, find_secret(Some(&it.key), &it.value)?)));
            found.extend(strings);
        }
        _ if name == ".env" || name.starts_with(".env.") => in_env(text, &mut found),
        _ => {}
    }
    found
}

type Found = Vec<(TextRange, SecretKind)>;

fn in_yaml(node: &Node, key: Option<&str>, found: &mut Found) {
    match &node.value {
        // Permissions of workflows: `id-token: write`.
        Value::Text(text) if matches!(text.as_str(), "read" | "write" | "none" | "admin") => {}
        Value::Text(text) => found.extend(find_secret(key, text).map(|kind| (node.range, kind))),
        Value::List(items) => items.iter().for_each(|it| in_yaml(it, key, found)),
        Value::Map(items) => items
            .iter()
            .for_each(|(key, value)| in_yaml(value, key.as_text(), found)),
        _ => {}
    }
}

fn in_env(text: &str, found: &mut Found) {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start().trim_start_matches("export ");
        if let Some((name, value)) = content
            .split_once('=')
            .filter(|_| !content.starts_with('#'))
        {
            let value = value.trim().trim_matches(['"', '\'']);
            if let Some(kind) = find_secret(Some(name.trim()), value) {
                let start = line.rfind(value).unwrap_or(0) + offset;
                let range = TextRange::at(
                    TextSize::new(start as u32),
                    TextSize::new(value.len() as u32),
                );
                found.push((range, kind));
            }
        }
        offset += line.len();
    }
}
