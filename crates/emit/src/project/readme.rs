//! What a newcomer sees first: the commands of the README, and what git does not keep.

use std::collections::BTreeSet;

use minijinja::{Value as Json, context};
use srcify_plan::{Folder, Job, Plan};

use super::{command, has_settings, witness};
use crate::settings::{Value, description, fields, origin_noun};
use crate::text::{one_line, width};

/// The facts of `README.md`.
pub fn facts(plan: &Plan) -> Json {
    let origins: Vec<_> = plan
        .origins
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    let touches_files = plan.modules.iter().any(|it| it.folder == Folder::Io)
        || fields(plan).any(|field| matches!(Value::of(field), Value::Path(_)));
    let place = match plan.origins.as_slice() {
        [_] => format!("the folder of {}", listed(&origins)),
        _ => "the folder of the data".to_owned(),
    };
    context! {
        commands => commands(plan),
        origins => listed(&origins),
        files => files(plan),
        touches_files,
        place,
        first_job => plan.jobs.first().map(|job| command(plan, job)),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => "experiments".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Files that a README lists.
const MOST_FILES: usize = 8;

/// What the jobs read and write by their settings, an item of a list each.
fn files(plan: &Plan) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let sections = plan.jobs.iter().flat_map(|job| &job.settings.sections);
    for section in sections.filter(|it| matches!(it.name.as_str(), "data" | "output")) {
        for field in &section.fields {
            let (Value::Path(path) | Value::Str(path)) = Value::of(field) else {
                continue;
            };
            let ends = ["path", "file", "folder", "dir", "url"];
            let last = field.name.rsplit('_').next().unwrap_or_default();
            let is_place = ends.contains(&last) && one_line(&path) == path;
            if is_place && !path.is_empty() && !path.contains('`') {
                let setting = format!("{}.{}", section.name, field.name);
                let told = description(field);
                lines.push(format!("`{path}` (`{setting}`): {told}"));
            }
        }
    }
    let mut seen = BTreeSet::new();
    lines.retain(|line| seen.insert(line.clone()));
    if lines.len() > MOST_FILES {
        lines.truncate(MOST_FILES - 1);
        lines.push("and others, which `--help` lists.".to_owned());
    }
    lines
}

/// The lines of the console, with their comments aligned.
fn commands(plan: &Plan) -> Vec<String> {
    let mut lines = vec![("uv sync".to_owned(), String::new())];
    let source = origin_noun(&plan.origins);
    match plan.jobs.as_slice() {
        [job] => lines.extend(job_commands(plan, job, &format!("what the {source} did"))),
        jobs => {
            for job in jobs {
                let (words, comment) = match handed_on(job, jobs) {
                    Some((word, other)) => (word, format!("stores what `{other}` needs")),
                    None => (String::new(), "with the defaults".to_owned()),
                };
                lines.push((run(plan, job, &words), comment));
            }
            if let Some(job) = jobs.iter().find(|job| has_settings(job)) {
                lines.extend(job_commands(plan, job, "").into_iter().skip(1));
            }
        }
    }
    lines.push(("uv run pytest".to_owned(), String::new()));
    let column = lines
        .iter()
        .map(|(line, _)| width(line))
        .max()
        .unwrap_or_default();
    let shown = |(line, comment): (String, String)| {
        if comment.is_empty() {
            return format!("$ {line}");
        }
        let gap = " ".repeat(column.saturating_sub(width(&line)));
        format!("$ {line}{gap}   # {comment}")
    };
    lines.into_iter().map(shown).collect()
}

/// The setting with which a job stores what another one reads by default, and that one's name: by default it stores nothing.
fn handed_on<'p>(job: &Job, jobs: &'p [Job]) -> Option<(String, &'p str)> {
    let sections = |job: &'p Job| job.settings.sections.iter();
    let mut empty = Vec::new();
    for section in &job.settings.sections {
        let fields = section.fields.iter();
        empty.extend(fields.filter_map(|field| {
            let is_empty = matches!(Value::of(field), Value::Str(text) if text.is_empty());
            is_empty.then_some((section, field))
        }));
    }
    empty.into_iter().find_map(|(section, field)| {
        jobs.iter().find_map(|other| {
            let mut fields = sections(other).flat_map(|it| &it.fields);
            let path = fields.find_map(|it| match Value::of(it) {
                Value::Path(path) if it.name == field.name => Some(path),
                _ => None,
            })?;
            let word = format!("{}.{}={path}", section.name, field.name);
            Some((word, other.name.as_str()))
        })
    })
}

fn job_commands(plan: &Plan, job: &Job, first: &str) -> Vec<(String, String)> {
    let mut lines = vec![(run(plan, job, ""), first.to_owned())];
    if !has_settings(job) {
        lines.push((run(plan, job, "--help"), "every option".to_owned()));
        return lines;
    }
    let words = witness::example_words(job);
    if let [.., last] = words.as_slice() {
        lines.push((
            run(plan, job, &words.join(" ")),
            "with other settings".to_owned(),
        ));
        let file = format!("--config confs/{}.yaml {last}", job.name);
        lines.push((run(plan, job, &file), "from a file; words win".to_owned()));
    } else {
        let file = format!("--config confs/{}.yaml", job.name);
        lines.push((run(plan, job, &file), "settings from a file".to_owned()));
    }
    lines.push((run(plan, job, "--help"), "every setting".to_owned()));
    lines
}

/// The command of a job, with the settings that it does not run without.
fn run(plan: &Plan, job: &Job, arguments: &str) -> String {
    let mut line = format!("uv run {}", command(plan, job));
    if arguments != "--help" {
        for section in &job.settings.sections {
            for field in section.fields.iter().filter(|it| it.is_required) {
                line.push_str(&format!(" {}.{}=VALUE", section.name, field.name));
            }
        }
    }
    format!("{line} {arguments}").trim_end().to_owned()
}

/// The patterns of the data and results: the paths of the settings, by their first folder.
pub fn ignored(plan: &Plan) -> Vec<String> {
    let mut patterns = BTreeSet::new();
    for field in fields(plan) {
        collect_paths(&Value::of(field), &mut patterns);
    }
    patterns.into_iter().collect()
}

fn collect_paths(value: &Value, patterns: &mut BTreeSet<String>) {
    match value {
        Value::Path(path) => patterns.extend(pattern(path)),
        Value::Tuple(items) | Value::List(items) => {
            for item in items {
                collect_paths(item, patterns);
            }
        }
        Value::Map(entries) => {
            for (_, item) in entries {
                collect_paths(item, patterns);
            }
        }
        _ => {}
    }
}

/// The pattern of `path`, unless it lies outside the project or among its sources.
fn pattern(path: &str) -> Option<String> {
    let (first, folder) = match path.split_once('/') {
        Some((first, _)) => (first, "/"),
        None => (path, ""),
    };
    let kept = ["", ".", "..", "~", "src", "tests", "confs"].contains(&first);
    let is_simple = first
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    (!kept && is_simple).then(|| format!("/{first}{folder}"))
}
