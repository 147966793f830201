//! Findings that are known: the baseline, which only ever shrinks.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};
use srcify_check::{Baseline, Finding, Package, Selection};

use super::Checked;

/// What one run looked at.
pub(super) struct Judged {
    folder: Utf8PathBuf,
    selection: Selection,
    /// Only these files; empty: all.
    targets: BTreeSet<Utf8PathBuf>,
}

impl Judged {
    /// Whether a finding of a rule in a file would have been found.
    fn holds(&self, path: &str, code: &str) -> bool {
        let Ok(inside) = Utf8Path::new(path).strip_prefix(&self.folder) else {
            return false;
        };
        let is_target = self.targets.is_empty() || self.targets.contains(inside);
        is_target && self.selection.has(code)
    }
}

/// What was looked at in each project.
pub(super) fn judged(projects: &[Checked]) -> Vec<Judged> {
    let judged = projects.iter().map(|it| Judged {
        folder: it.folder.clone(),
        selection: it.selection.clone(),
        targets: it.package.targets.clone(),
    });
    judged.collect()
}

/// Leaves out what the baseline of the command line knows; its paths are those that are shown.
pub(super) fn of_all(
    path: &Utf8Path,
    judged: &[Judged],
    findings: Vec<Finding>,
) -> anyhow::Result<Vec<Finding>> {
    against(path, findings, |path, code| {
        judged.iter().any(|it| it.holds(path, code))
    })
}

/// Leaves out what the baseline of a project knows; its paths are those from the project's folder.
pub(super) fn of_project(
    folder: &Utf8Path,
    baseline: &str,
    (package, selection): (&Package, &Selection),
    findings: Vec<Finding>,
) -> anyhow::Result<Vec<Finding>> {
    let judged = Judged {
        folder: Utf8PathBuf::new(),
        selection: selection.clone(),
        targets: package.targets.clone(),
    };
    against(&folder.join(baseline), findings, |path, code| {
        judged.holds(path, code)
    })
}

fn against(
    path: &Utf8Path,
    findings: Vec<Finding>,
    is_judged: impl Fn(&str, &str) -> bool,
) -> anyhow::Result<Vec<Finding>> {
    let write = |baseline: &Baseline| {
        std::fs::write(path, baseline.render())
            .with_context(|| format!("cannot write the baseline `{path}`"))
    };
    if !path.exists() {
        write(&Baseline::of(&findings))?;
        let count = findings.len();
        writeln!(
            anstream::stderr(),
            "wrote {count} findings to the baseline `{path}`"
        )
        .context("cannot write to standard error")?;
        return Ok(Vec::new());
    }
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the baseline `{path}`"))?;
    let baseline = Baseline::parse(&text);
    let (kept, shrunk) = baseline.filter(findings, is_judged);
    if shrunk != baseline {
        write(&shrunk)?;
    }
    Ok(kept)
}
