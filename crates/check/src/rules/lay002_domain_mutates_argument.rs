//! `domain-mutates-argument`: domain function that changes an argument in place.

use crate::module::Layer;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;
use srcify_syntax::ast::{self, Expr};

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
                if is_generator(&index.functions[number].node.parameters, parameter) {
                    continue;
                }
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

/// Whether a parameter is annotated as a generator of random numbers: drawing from the one that is passed is how a
/// function stays deterministic in its arguments.
fn is_generator(parameters: &ast::Parameters, name: &str) -> bool {
    let parameter = parameters.iter().find(|it| it.name().as_str() == name);
    let class = match parameter.and_then(ast::AnyParameterRef::annotation) {
        Some(Expr::Name(class)) => class.id.as_str(),
        Some(Expr::Attribute(class)) => class.attr.as_str(),
        _ => return false,
    };
    matches!(class, "RandomState" | "Random" | "Generator")
}
