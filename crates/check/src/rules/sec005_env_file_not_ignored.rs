//! `env-file-not-ignored`: .env file that git does not ignore.

use crate::selection::glob;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "SEC005",
    name: "env-file-not-ignored",
    summary: ".env file that git does not ignore",
    page: include_str!("../../docs/SEC005.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let package = context.project.package;
    let patterns: Vec<&str> = package
        .text(".gitignore")
        .unwrap_or("")
        .lines()
        .map(str::trim)
        .filter(|it| !it.is_empty() && !it.starts_with('#'))
        .collect();
    for path in package.files.keys() {
        let name = path.file_name().unwrap_or("");
        let is_template = matches!(
            name,
            ".env.example" | ".env.sample" | ".env.template" | ".env.dist"
        );
        let is_env = name == ".env" || (name.starts_with(".env.") && !is_template);
        let is_ignored = patterns.iter().any(|it| {
            glob(
                it.trim_start_matches('/').trim_end_matches('/'),
                path.as_str(),
            )
        });
        if is_env && !is_ignored {
            reporter
                .report_file(
                    path,
                    format!(
                        "git does not ignore `{path}`, so it may be committed with its secrets"
                    ),
                )
                .help("add `.env` to `.gitignore`");
        }
    }
}
