//! `domain-mutates-argument`: domain function that changes an argument in place.

use crate::module::Layer;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "LAY002",
    name: "domain-mutates-argument",
    summary: "domain function that changes an argument in place",
    page: include_str!("../../docs/LAY002.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let (project, flow) = (context.project, context.flow());
    for (at, index) in project.modules.iter().enumerate() {
        if index.module.layer != Layer::Domain {
            continue;
        }
        for number in 0..index.functions.len() {
            let Some(node) = flow.node(at, Some(number)) else {
                continue;
            };
            for parameter in flow.nodes[node].mutates.keys() {
                let steps = flow.changes(node, parameter);
                let is_elsewhere = steps
                    .iter()
                    .skip(1)
                    .any(|(module, _)| project.modules[*module].module.layer == Layer::Domain);
                let Some((_, first)) = steps.first().filter(|_| !is_elsewhere) else {
                    continue;
                };
                let chain = steps
                    .iter()
                    .skip(1)
                    .map(|(module, change)| {
                        reporter.step(
                            &project.modules[*module].module.path,
                            change.range,
                            &change.what,
                        )
                    })
                    .collect();
                let name = &flow.nodes[node].name;
                let message = format!(
                    "`{name}` changes its argument `{parameter}`: it {}",
                    first.what
                );
                reporter
                    .report(&index.module.path, first.range, message)
                    .help("work on a copy and return it, e.g. `customers.assign(…)`, `[*items, item]`, `{**row, …}`")
                    .chain(chain);
            }
        }
    }
}
