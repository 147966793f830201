//! Findings with the code they are about.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use camino::{Utf8Path, Utf8PathBuf};
use srcify_effects::find_secret;
use srcify_syntax::{Severity, TextRange};

use super::Sources;
use crate::finding::Finding;
use crate::index::Index;
use crate::module::Module;
use crate::output::place;
use crate::rules::sec002_secret_in_config::secrets;
use crate::rules::sec004_secret_default as secret_default;
use crate::text::LineIndex;

/// More lines than these are not shown.
const LINES: usize = 5;

/// Every finding with its lines, its chain and its help; in colour when `colour` says so.
pub fn full(findings: &[Finding], sources: &Sources, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let texts = Texts::new(findings, sources);
    let mut out = String::new();
    for finding in findings {
        out.push_str(&render(&renderer, &texts, finding));
        out.push_str("\n\n");
    }
    out
}

/// Texts that findings point into, with every secret blotted out.
struct Texts {
    texts: BTreeMap<Utf8PathBuf, (String, LineIndex)>,
}

impl Texts {
    fn new(findings: &[Finding], sources: &Sources) -> Self {
        let mut texts = BTreeMap::new();
        let steps = findings
            .iter()
            .flat_map(|it| it.chain.iter().map(|step| &step.path));
        for path in findings.iter().map(|it| &it.path).chain(steps) {
            if texts.contains_key(path) {
                continue;
            }
            let raw = sources.get(path).map_or("", String::as_str);
            texts.insert(path.clone(), without_secrets(path, raw));
        }
        for finding in findings.iter().filter(|it| it.code.starts_with("SEC")) {
            if let Some(text) = texts.get_mut(&finding.path) {
                blot(text, finding.range);
            }
        }
        let indexed = texts.into_iter().map(|(path, text)| {
            let lines = LineIndex::new(&text);
            (path, (text, lines))
        });
        Self {
            texts: indexed.collect(),
        }
    }

    /// The lines of a range, where the range is in them, and the number of the first.
    fn window(&self, path: &Utf8Path, range: TextRange) -> Option<(&str, Range<usize>, usize)> {
        let (text, lines) = self.texts.get(path)?;
        let first = lines.line(range.start());
        let last = lines.line(range.end()).min(first + LINES - 1);
        let start = usize::from(lines.start(first, text));
        let end = usize::from(lines.start(last + 1, text));
        let window = text.get(start..end)?.trim_end_matches('\n');
        let from = usize::from(range.start())
            .checked_sub(start)?
            .min(window.len());
        let to = (usize::from(range.end()).checked_sub(start)?).clamp(from, window.len());
        window.get(from..to)?;
        (!window.trim().is_empty()).then_some((window, from..to, first))
    }
}

/// The text that places point into, without the secrets in it, whatever the finding is about.
fn without_secrets(path: &Utf8Path, raw: &str) -> String {
    let (mut text, ranges) = if let Some(module) = Module::loose(path, raw) {
        let index = Index::of(&module);
        let literals = index.literals.iter();
        let literals = literals.filter(|it| find_secret(it.name, &it.text).is_some());
        let mut ranges: Vec<TextRange> = literals.map(|it| it.range).collect();
        ranges.extend(secret_default::secrets(&index).iter().map(|it| it.1));
        (module.text().to_owned(), ranges)
    } else {
        let found = secrets(path, raw).into_iter();
        (raw.to_owned(), found.map(|it| it.0).collect())
    };
    for range in ranges {
        blot(&mut text, range);
    }
    text
}

/// Replaces what is secret by stars of the same length.
fn blot(text: &mut String, range: TextRange) {
    let range = usize::from(range.start())..usize::from(range.end());
    let Some(secret) = text.get(range.clone()) else {
        return;
    };
    let stars: String = secret
        .bytes()
        .map(|byte| {
            if matches!(byte, b'\n' | b'"' | b'\'') {
                char::from(byte)
            } else {
                '*'
            }
        })
        .collect();
    text.replace_range(range, &stars);
}

fn render(renderer: &Renderer, texts: &Texts, finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE,
    };
    let title = level
        .primary_title(finding.message.as_str())
        .id(finding.code);
    let mut group = match texts.window(&finding.path, finding.range) {
        Some((window, span, first)) => {
            let shown = finding.start.row as usize;
            // Lines of notebooks are counted in their cells.
            let line = if finding.cell.is_some() {
                shown
            } else {
                first + 1
            };
            let path = place(finding);
            let name = path.rsplitn(3, ':').nth(2).unwrap_or(&path).to_owned();
            let snippet = Snippet::source(window.to_owned())
                .line_start(line)
                .path(name)
                .annotation(AnnotationKind::Primary.span(span));
            title.element(snippet)
        }
        None => title.element(annotate_snippets::Origin::path(place(finding))),
    };
    for step in &finding.chain {
        let Some((window, span, first)) = texts.window(&step.path, step.range) else {
            continue;
        };
        let annotation = AnnotationKind::Context
            .span(span)
            .label(step.message.as_str());
        let (line, path) = match step.cell {
            Some(cell) => (
                step.start.row as usize,
                format!("{}:cell {cell}", step.path),
            ),
            None => (first + 1, step.path.to_string()),
        };
        let snippet = Snippet::source(window.to_owned())
            .line_start(line)
            .path(path)
            .annotation(annotation);
        group = group.element(snippet);
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}
