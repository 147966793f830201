//! The stage: every rule that is on, over every file.

use std::sync::OnceLock;

use rayon::prelude::*;
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
    let flow = OnceLock::new();
    let context = Context {
        project: &project,
        catalog,
        flow: &flow,
    };
    let of_rule = |rule| {
        let mut reporter = Reporter {
            rule,
            project: &project,
            findings: Vec::new(),
        };
        (rule.check)(&context, &mut reporter);
        reporter.findings
    };
    let rules = RULES.par_iter().filter(|rule| selection.contains(rule));
    let mut findings: Vec<Finding> = rules.flat_map_iter(|rule| of_rule(*rule)).collect();
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
