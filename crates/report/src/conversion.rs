//! What `convert` says when it is done: what went where, what is left out, what a person should look at.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use camino::{Utf8Component, Utf8Path};
use srcify_plan::{Folder, Plan, redacted};
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Diagnostic, Program, Ranged, Severity, snippet};

use crate::left_out::{LeftOut, left_out};
use crate::plan::summary_of;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const ACCENT: Style = AnsiColor::Cyan.on_default();
const ALERT: Style = AnsiColor::Yellow.on_default().bold();

/// So many points of each kind are listed; `-v` shows all.
const SHOWN: usize = 5;

/// A conversion that is done.
#[derive(Debug, Clone, Copy)]
pub struct Conversion<'a> {
    /// The input.
    pub program: &'a Program,
    /// What became of it.
    pub plan: &'a Plan,
    /// What there is to say about it.
    pub diagnostics: &'a [Diagnostic],
    /// Where the project was written.
    pub folder: &'a str,
    /// The input's folder, as the user named it.
    pub home: &'a str,
    /// Whether everything is listed.
    pub is_verbose: bool,
}

/// The report for a terminal, with styles that whoever prints it may strip; no secret is in it.
pub fn conversion_text(conversion: &Conversion<'_>) -> String {
    let mut text = String::new();
    conversion.write_title(&mut text);
    conversion.write_places(&mut text);
    conversion.write_list(&mut text, "for you to look at", ALERT, &conversion.points());
    conversion.write_list(
        &mut text,
        "advice on the code as it was",
        ACCENT,
        &conversion.advice(),
    );
    conversion.write_list(&mut text, "left out", DIM, &conversion.left_out());
    conversion.write_next(&mut text);
    redacted(&text, &conversion.plan.secret_values)
}

impl Conversion<'_> {
    fn write_title(&self, text: &mut String) {
        let origins = self.plan.origins.join(", ");
        let Self { folder, .. } = self;
        let _ = writeln!(text, "{BOLD}{folder}{BOLD:#} {DIM}from {origins}{DIM:#}\n");
    }

    fn write_places(&self, text: &mut String) {
        let summary = summary_of(self.plan);
        let counted = summary.layered + summary.in_place;
        let mut row = |title: &str, value: String| {
            let _ = writeln!(text, "  {title:14}{value}");
        };
        let functions = definitions(self.plan).len();
        row(
            "functions",
            format!("{functions} in {} modules", self.plan.modules.len()),
        );
        if let Some(share) = (summary.layered * 100).checked_div(counted) {
            row(
                "domain and io",
                format!("{} of {counted} statements ({share} %)", summary.layered),
            );
            row(
                "application",
                format!("{} stay in place, in their order", summary.in_place),
            );
        }
        let jobs: Vec<&str> = self.plan.jobs.iter().map(|job| job.name.as_str()).collect();
        row("jobs", jobs.join(", "));
        row(
            "settings",
            match settings_files(self.plan) {
                files if files.is_empty() => "none".to_owned(),
                files => format!("{} in {files}", summary.settings),
            },
        );
        if !self.plan.secrets.is_empty() {
            let names = self
                .plan
                .secrets
                .iter()
                .map(|secret| secret.variable.as_str());
            let names: BTreeSet<&str> = names.collect();
            row(
                "secrets",
                format!(
                    "{} from the environment",
                    names.into_iter().collect::<Vec<_>>().join(", ")
                ),
            );
        }
    }

    /// What a person should look at, the most pressing first.
    fn points(&self) -> Vec<String> {
        let mut points = Vec::new();
        if !self.plan.secrets.is_empty() {
            let origins = self.plan.origins.join(", ");
            points.push(format!("a secret stands in {origins}: replace it where it is valid, and fill in .env.example"));
        }
        for severity in [Severity::Error, Severity::Warning] {
            points.extend(self.messages(|diagnostic| diagnostic.severity == severity));
        }
        points.extend(self.messages(|diagnostic| diagnostic.code == UNKNOWN_EFFECT));
        let untyped = untyped(self.plan);
        if !untyped.is_empty() {
            let names: Vec<String> = untyped
                .iter()
                .take(SHOWN)
                .map(|name| format!("`{name}`"))
                .collect();
            let more = if untyped.len() > SHOWN { ", …" } else { "" };
            points.push(format!(
                "{} with `Any`, for nothing is known of a type: {}{more}",
                counted(untyped.len(), "signature"),
                names.join(", ")
            ));
        }
        points
    }

    fn advice(&self) -> Vec<String> {
        self.messages(|diagnostic| {
            diagnostic.severity == Severity::Advice && diagnostic.code != UNKNOWN_EFFECT
        })
    }

    /// The messages of some diagnostics, each once, with the first of its places.
    fn messages(&self, wanted: impl Fn(&Diagnostic) -> bool) -> Vec<String> {
        let mut seen: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let mut lines: Vec<(String, String)> = Vec::new();
        for diagnostic in self.diagnostics.iter().filter(|it| wanted(it)) {
            let entry = seen
                .entry(diagnostic.message.clone())
                .or_insert((lines.len(), 0));
            entry.1 += 1;
            if entry.1 == 1 {
                let place = diagnostic
                    .span
                    .map(|span| self.program.source.location(span).to_string());
                let place = place.map_or_else(String::new, |place| format!("{DIM}{place}{DIM:#} "));
                lines.push((place, diagnostic.message.clone()));
            }
        }
        let line = |(place, message): (String, String)| {
            let count = seen[&message].1;
            let times = if count > 1 {
                format!(" ({count} times)")
            } else {
                String::new()
            };
            format!("{place}{message}{times}")
        };
        lines.into_iter().map(line).collect()
    }

    /// What is in no function, by reason.
    fn left_out(&self) -> Vec<String> {
        let all = left_out(self.program, self.plan);
        if self.is_verbose {
            let line = |it: &LeftOut| {
                let code = it.text.lines().next().unwrap_or_default();
                format!(
                    "{DIM}{}{DIM:#} `{}`: {}",
                    it.place,
                    shortened(code),
                    it.reason
                )
            };
            return all.iter().map(line).collect();
        }
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for it in &all {
            *reasons.entry(&it.reason).or_default() += 1;
        }
        let mut ranked: Vec<(&str, usize)> = reasons.into_iter().collect();
        ranked.sort_by_key(|(reason, count)| (std::cmp::Reverse(*count), *reason));
        ranked
            .into_iter()
            .map(|(reason, count)| format!("{}: {reason}", counted(count, "statement")))
            .collect()
    }

    fn write_list(&self, text: &mut String, title: &str, style: Style, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{style}{title}{style:#}");
        let shown = if self.is_verbose { lines.len() } else { SHOWN };
        for line in lines.iter().take(shown) {
            let _ = writeln!(text, "  {line}");
        }
        if lines.len() > shown {
            let _ = writeln!(
                text,
                "  {DIM}and {} more; -v shows them{DIM:#}",
                lines.len() - shown
            );
        }
    }

    fn write_next(&self, text: &mut String) {
        let Self { folder, plan, .. } = self;
        let job = match plan.jobs.as_slice() {
            [_] => String::new(),
            [first, ..] => format!(" {}", first.name.replace('_', "-")),
            [] => return,
        };
        let command = format!("{}{job}", plan.project);
        let _ = writeln!(text, "\n{BOLD}next{BOLD:#}");
        if !plan.modules.iter().any(|it| it.folder == Folder::Io) {
            let _ = writeln!(text, "  cd {folder} && uv run pytest && uv run {command}");
            return;
        }
        // Paths are relative to the folder in which the package runs: there, as the input did, it finds its data.
        let (go, project) = seen_from_home(folder, self.home);
        let _ = writeln!(
            text,
            "  uv run --directory {folder} pytest\n  {go}uv run --project {project} {command}"
        );
    }
}

/// How to get to the input's folder, and where the project is when one is there.
fn seen_from_home(folder: &str, home: &str) -> (String, String) {
    if matches!(home, "" | ".") {
        return (String::new(), folder.to_owned());
    }
    let (home_path, folder_path) = (Utf8Path::new(home), Utf8Path::new(folder));
    let is_plain = |path: &Utf8Path| {
        let mut parts = path.components();
        parts.all(|it| matches!(it, Utf8Component::Normal(_) | Utf8Component::CurDir))
    };
    let project = if let Ok(inside) = folder_path.strip_prefix(home_path) {
        inside.to_string()
    } else if is_plain(home_path) && is_plain(folder_path) {
        let up = home_path
            .components()
            .filter(|it| matches!(it, Utf8Component::Normal(_)));
        format!("{}{folder}", "../".repeat(up.count()))
    } else {
        camino::absolute_utf8(folder_path).map_or_else(|_| folder.to_owned(), Into::into)
    };
    (format!("cd {home} && "), project)
}

/// The code of diagnostics about calls that nobody knows.
const UNKNOWN_EFFECT: &str = "unknown-effect";

/// `1 statement`, `2 statements`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn shortened(code: &str) -> String {
    let mut text: String = code.chars().take(48).collect();
    if code.chars().count() > 48 {
        text.push('…');
    }
    text
}

/// Where the settings lie.
fn settings_files(plan: &Plan) -> String {
    let jobs = plan
        .jobs
        .iter()
        .filter(|job| !job.settings.sections.is_empty());
    let files: Vec<String> = jobs.map(|job| format!("confs/{}.yaml", job.name)).collect();
    files.join(", ")
}

/// The qualified names of all functions and methods of the layers, and whether nothing is known of a type in them.
fn definitions(plan: &Plan) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for item in plan.modules.iter().flat_map(|module| &module.items) {
        let parsed = snippet(&item.text);
        for statement in parsed.statements() {
            match statement {
                Stmt::FunctionDef(it) => {
                    found.push((it.name.to_string(), has_any(&item.text, it, false)));
                }
                Stmt::ClassDef(class) => {
                    for member in &class.body {
                        if let Stmt::FunctionDef(it) = member {
                            let name = format!("{}.{}", class.name, it.name);
                            found.push((name, has_any(&item.text, it, true)));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// The functions whose signatures hold `Any`, or nothing.
pub(crate) fn untyped(plan: &Plan) -> Vec<String> {
    let all = definitions(plan).into_iter();
    all.filter(|(_, has_any)| *has_any)
        .map(|(name, _)| name)
        .collect()
}

fn has_any(text: &str, function: &ast::StmtFunctionDef, is_method: bool) -> bool {
    let is_any = |annotation: &ast::Expr| {
        let words = text[annotation.range()].split(|c: char| !(c.is_alphanumeric() || c == '_'));
        words.into_iter().any(|word| word == "Any")
    };
    let receiver = usize::from(is_method);
    let parameters = function.parameters.iter().skip(receiver);
    let mut annotations = parameters.map(ast::AnyParameterRef::annotation);
    annotations.any(|it| it.is_none_or(is_any)) || function.returns.as_deref().is_none_or(is_any)
}

#[cfg(test)]
mod tests {
    use super::seen_from_home;

    #[test]
    fn the_project_is_named_as_seen_from_the_inputs_folder() {
        let seen = |folder, home| {
            let (go, project) = seen_from_home(folder, home);
            format!("{go}{project}")
        };
        assert_eq!(seen("churn", ""), "churn");
        assert_eq!(seen("churn", "notebooks"), "cd notebooks && ../churn");
        assert_eq!(seen("out/churn", "a/b"), "cd a/b && ../../out/churn");
        assert_eq!(
            seen("notebooks/churn", "notebooks"),
            "cd notebooks && churn"
        );
        assert_eq!(
            seen("/srv/churn", "notebooks"),
            "cd notebooks && /srv/churn"
        );
    }
}
