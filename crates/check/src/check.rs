//! The stage: every rule that is on, over every file.

use std::cell::OnceCell;

use srcify_effects::Catalog;

use crate::finding::Finding;
use crate::module::Module;
use crate::package::Package;
use crate::project::Project;
use crate::rule::{Context, Reporter};
use crate::rules::RULES;
use crate::selection::Selection;
use crate::suppression;

/// Checks a package: the findings of every rule that is on, by file and place.
pub fn check(package: &Package, catalog: &Catalog, selection: &Selection) -> Vec<Finding> {
    let modules = Module::parse_all(package);
    let project = Project::new(package, &modules);
    let flow = OnceCell::new();
    let context = Context {
        project: &project,
        catalog,
        flow: &flow,
    };
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| selection.contains(rule)) {
        let mut reporter = Reporter {
            rule,
            project: &project,
            findings: Vec::new(),
        };
        (rule.check)(&context, &mut reporter);
        findings.append(&mut reporter.findings);
    }
    findings.retain(|finding| !selection.is_ignored_in(&finding.path, finding.code));
    let mut findings = suppression::apply(&project, selection, findings);
    if !package.targets.is_empty() {
        findings.retain(|finding| package.targets.contains(&finding.path));
    }
    findings.sort_by(|a, b| {
        (&a.path, a.cell, a.start, a.code, &a.message)
            .cmp(&(&b.path, b.cell, b.start, b.code, &b.message))
    });
    findings.dedup();
    findings
}
