//! Findings that people decided to live with: comments and a baseline.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use camino::{Utf8Path, Utf8PathBuf};
use srcify_syntax::{Ranged, TextLen, TextRange, TextSize, snippet};

use crate::finding::{Edit, Finding, Fix, Safety};
use crate::package::Package;
use crate::project::Project;
use crate::rule::Reporter;
use crate::rules::{RULES, sup001_unused_suppression};
use crate::selection::{Selection, matches};
use crate::text::LineIndex;

const MARKER: &str = "srcify: ignore";

/// A comment that allows findings: `# srcify: ignore[LAY001] reason`.
struct Directive {
    path: Utf8PathBuf,
    /// The lines it speaks about, from 0: its own, and the next when it stands alone.
    lines: RangeInclusive<usize>,
    selectors: Vec<String>,
    range: TextRange,
    is_used: bool,
}

/// Takes out the findings that comments allow, and reports comments that allow nothing.
pub(crate) fn apply(
    project: &Project<'_>,
    selection: &Selection,
    findings: Vec<Finding>,
) -> Vec<Finding> {
    let mut directives = directives(project);
    if directives.is_empty() {
        return findings;
    }
    let mut kept = Vec::new();
    let mut lines: BTreeMap<Utf8PathBuf, LineIndex> = BTreeMap::new();
    for finding in findings {
        let index = lines
            .entry(finding.path.clone())
            .or_insert_with(|| LineIndex::new(text_of(project, &finding.path)));
        let first = index.line(finding.range.start());
        let allowed = directives.iter_mut().find(|it| {
            it.path == finding.path && it.lines.contains(&first) && allows(&it.selectors, &finding)
        });
        match allowed {
            Some(directive) => directive.is_used = true,
            None => kept.push(finding),
        }
    }
    if selection.contains(&sup001_unused_suppression::RULE) {
        kept.extend(unused(project, selection, &directives));
    }
    kept
}

fn unused(project: &Project<'_>, selection: &Selection, directives: &[Directive]) -> Vec<Finding> {
    let mut reporter = Reporter {
        rule: &sup001_unused_suppression::RULE,
        project,
        findings: Vec::new(),
    };
    for directive in directives.iter().filter(|it| !it.is_used) {
        let selectors = &directive.selectors;
        let is_on = |selector: &String| {
            let mut rules = RULES.iter().filter(|rule| matches(selector, rule));
            rules.any(|rule| selection.contains(rule))
        };
        let message = if selectors.is_empty() {
            "this comment names no rule, so it allows nothing".to_owned()
        } else if let Some(unknown) = selectors
            .iter()
            .find(|it| !RULES.iter().any(|rule| matches(it, rule)))
        {
            format!("`{unknown}` is no rule, so this comment allows nothing")
        } else if selectors.iter().all(is_on) {
            format!(
                "nothing to allow here: `{}` has no finding",
                selectors.join(", ")
            )
        } else {
            continue;
        };
        reporter
            .report_line(&directive.path, directive.range, message)
            .help("take the comment out")
            .fix(Fix {
                safety: Safety::Safe,
                message: "take the comment out".to_owned(),
                edits: vec![removal(project, directive)],
            });
    }
    reporter.findings
}

/// Removes a comment with the blanks before it, or its whole line.
fn removal(project: &Project<'_>, directive: &Directive) -> Edit {
    let text = text_of(project, &directive.path);
    let start = usize::from(directive.range.start());
    let before = text.get(..start).unwrap_or("");
    let trimmed = before.trim_end_matches([' ', '\t']);
    let is_alone = trimmed.is_empty() || trimmed.ends_with('\n');
    let end = if is_alone {
        let rest = text.get(usize::from(directive.range.end())..).unwrap_or("");
        directive.range.end() + TextSize::new(u32::from(rest.starts_with('\n')))
    } else {
        directive.range.end()
    };
    Edit {
        path: directive.path.clone(),
        range: TextRange::new(trimmed.text_len(), end),
        content: String::new(),
    }
}

fn allows(selectors: &[String], finding: &Finding) -> bool {
    let rule = RULES.iter().find(|rule| rule.code == finding.code);
    rule.is_some_and(|rule| selectors.iter().any(|it| matches(it, rule)))
}

fn text_of<'a>(project: &'a Project<'_>, path: &Utf8Path) -> &'a str {
    match project.at_path(path) {
        Some(index) => index.module.text(),
        None => project.package.files.get(path).map_or("", String::as_str),
    }
}

fn directives(project: &Project<'_>) -> Vec<Directive> {
    let mut found = Vec::new();
    for index in &project.modules {
        let module = index.module;
        if !module.text().contains(MARKER) {
            continue;
        }
        for comment in module.program.comments() {
            let line = module.lines.line(comment.start());
            let before = module.slice(TextRange::new(
                module.lines.start(line, module.text()),
                comment.start(),
            ));
            let lines = line..=line + usize::from(before.trim().is_empty());
            found.extend(directive(
                &module.path,
                module.slice(comment.range()),
                lines,
                comment.range(),
            ));
        }
    }
    for (path, text) in &project.package.files {
        let is_data = matches!(path.extension(), Some("toml" | "yaml" | "yml"))
            || path
                .file_name()
                .is_some_and(|name| name.starts_with(".env"));
        if is_data && text.contains(MARKER) {
            found.extend(directives_of_lines(path, text));
        }
    }
    found
}

fn directives_of_lines(path: &Utf8Path, text: &str) -> Vec<Directive> {
    let mut found = Vec::new();
    let mut offset = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if let Some(at) = line.find("# srcify: ignore") {
            let comment = line[at..].trim_end();
            let start = TextSize::new((offset + at) as u32);
            let own = usize::from(line[..at].trim().is_empty());
            let range = TextRange::at(start, comment.text_len());
            found.extend(directive(path, comment, number..=number + own, range));
        }
        offset += line.len();
    }
    found
}

fn directive(
    path: &Utf8Path,
    comment: &str,
    lines: RangeInclusive<usize>,
    range: TextRange,
) -> Option<Directive> {
    let rest = comment
        .trim_start_matches('#')
        .trim_start()
        .strip_prefix(MARKER)?;
    let list = rest.strip_prefix('[').and_then(|it| it.split_once(']'));
    let selectors = list.map_or("", |(list, _)| list).split(',').map(str::trim);
    Some(Directive {
        path: path.to_owned(),
        lines,
        selectors: selectors
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        range,
        is_used: false,
    })
}

/// Edits that allow `findings` where they stand, by a comment at the end of their lines.
pub fn add_ignores(package: &Package, findings: &[Finding]) -> Vec<Edit> {
    let mut codes: BTreeMap<(&Utf8Path, TextSize), BTreeSet<&str>> = BTreeMap::new();
    let mut strings: BTreeMap<&Utf8Path, BTreeSet<usize>> = BTreeMap::new();
    for finding in findings {
        let is_text = matches!(
            finding.path.extension(),
            Some("py" | "toml" | "yaml" | "yml")
        );
        let text = package.files.get(&finding.path).filter(|_| is_text);
        let Some(text) = text else { continue };
        let start = usize::from(finding.range.start());
        let line_end = text
            .get(start..)
            .and_then(|rest| rest.find('\n'))
            .map_or(text.len(), |at| start + at);
        let line = text[..line_end].rsplit('\n').next().unwrap_or("");
        // A backslash, or a string that goes on, takes no comment; a byte order mark shifts every place.
        let next = text[..line_end].matches('\n').count() + 1;
        let is_python = finding.path.extension() == Some("py");
        let goes_on = is_python
            && strings
                .entry(&finding.path)
                .or_insert_with(|| snippet(text).lines_inside_strings(text))
                .contains(&next);
        let is_fit = !line.trim_end().ends_with('\\') && !line.contains(MARKER);
        if goes_on || !is_fit || text.starts_with('\u{feff}') {
            continue;
        }
        let end = TextSize::new((text[..line_end].trim_end_matches('\r').len()) as u32);
        codes
            .entry((&finding.path, end))
            .or_default()
            .insert(finding.code);
    }
    let edits = codes.into_iter().map(|((path, end), codes)| {
        let codes: Vec<&str> = codes.into_iter().collect();
        Edit {
            path: path.to_owned(),
            range: TextRange::empty(end),
            content: format!("  # {MARKER}[{}]", codes.join(", ")),
        }
    });
    edits.collect()
}

/// Findings known when it was written; it may only shrink.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// How many findings of each file, rule and message.
    known: BTreeMap<(String, String, String), usize>,
}

impl Baseline {
    /// Of these findings.
    pub fn of(findings: &[Finding]) -> Self {
        let mut baseline = Self::default();
        for finding in findings {
            *baseline.known.entry(key(finding)).or_default() += 1;
        }
        baseline
    }

    /// Reads the form that [`Baseline::render`] writes; other lines are passed over.
    pub fn parse(text: &str) -> Self {
        let mut baseline = Self::default();
        for line in text.lines() {
            let mut parts = line.splitn(4, '\t');
            let (Some(count), Some(path), Some(code), Some(message)) =
                (parts.next(), parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            let key = (path.to_owned(), code.to_owned(), message.to_owned());
            baseline.known.insert(key, count.parse().unwrap_or(1));
        }
        baseline
    }

    /// One line per file, rule and message, without line numbers, so that edits elsewhere do not touch it.
    pub fn render(&self) -> String {
        let lines = self
            .known
            .iter()
            .map(|((path, code, message), count)| format!("{count}\t{path}\t{code}\t{message}\n"));
        lines.collect()
    }

    /// The findings that it does not know, and itself without what was not found again where `is_judged` says, of a
    /// path and a code, that it would have been.
    pub fn filter(
        &self,
        findings: Vec<Finding>,
        is_judged: impl Fn(&str, &str) -> bool,
    ) -> (Vec<Finding>, Self) {
        let mut left = self.known.clone();
        let mut kept = Vec::new();
        for finding in findings {
            match left.get_mut(&key(&finding)) {
                Some(count) if *count > 0 => *count -= 1,
                _ => kept.push(finding),
            }
        }
        let mut shrunk = Self::default();
        for (key, count) in &self.known {
            let seen = if is_judged(&key.0, &key.1) {
                count - left.get(key).copied().unwrap_or(0)
            } else {
                *count
            };
            if seen > 0 {
                shrunk.known.insert(key.clone(), seen);
            }
        }
        (kept, shrunk)
    }
}

fn key(finding: &Finding) -> (String, String, String) {
    let message = finding.message.replace(['\t', '\n'], " ");
    (finding.path.to_string(), finding.code.to_owned(), message)
}
