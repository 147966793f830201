//! Applies fixes to texts.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use crate::finding::{Edit, Finding, Safety};
use crate::package::Package;

/// The files that change when the fixes of `findings` up to `safety` are applied, and how many findings that mends.
///
/// A fix whose edits overlap one before it waits for the next run.
pub fn apply(
    package: &Package,
    findings: &[Finding],
    safety: Safety,
) -> (BTreeMap<Utf8PathBuf, String>, usize) {
    let mut accepted: Vec<&Edit> = Vec::new();
    let mut mended = 0;
    for finding in findings {
        let Some(fix) = finding.fix.as_ref().filter(|fix| fix.safety <= safety) else {
            continue;
        };
        let fits = fix.edits.iter().all(|edit| {
            fits_text(package, edit)
                && !accepted
                    .iter()
                    .any(|other| overlap(edit, other) && *other != edit)
        });
        if fits {
            mended += 1;
            for edit in &fix.edits {
                if !accepted.contains(&edit) {
                    accepted.push(edit);
                }
            }
        }
    }
    (edit_files(package, accepted), mended)
}

fn fits_text(package: &Package, edit: &Edit) -> bool {
    let text = package.files.get(&edit.path).map_or("", String::as_str);
    let is_shifted = text.starts_with('\u{feff}') || edit.path.extension() == Some("ipynb");
    let (start, end) = (
        usize::from(edit.range.start()),
        usize::from(edit.range.end()),
    );
    !is_shifted && text.get(start..end).is_some()
}

fn overlap(a: &Edit, b: &Edit) -> bool {
    let touches = a.range.start() < b.range.end() && b.range.start() < a.range.end();
    a.path == b.path && (touches || a.range.start() == b.range.start())
}

fn edit_files(package: &Package, mut edits: Vec<&Edit>) -> BTreeMap<Utf8PathBuf, String> {
    edits.sort_by(|a, b| (&a.path, b.range.start()).cmp(&(&b.path, a.range.start())));
    let mut files: BTreeMap<Utf8PathBuf, String> = BTreeMap::new();
    for edit in edits {
        let text = files
            .entry(edit.path.clone())
            .or_insert_with(|| package.files.get(&edit.path).cloned().unwrap_or_default());
        let range = usize::from(edit.range.start())..usize::from(edit.range.end());
        text.replace_range(range, &edit.content);
    }
    files
}
