//! `domain-mutates-argument`: domain function that changes an argument in place.

use crate::annotations::is_public_function;
use crate::index::Index;
use crate::module::Layer;
use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;
use srcify_syntax::ast;

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
        for (number, function) in index.functions.iter().enumerate() {
            let Some(node) = flow.node(at, Some(number)) else {
                continue;
            };
            for parameter in flow.nodes[node].mutates.keys() {
                if is_generator(index, number, parameter) {
                    continue;
                }
                let steps = flow.changes(node, parameter);
                let is_elsewhere = !is_public_function(index, function)
                    && steps
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

/// Classes whose objects draw random numbers.
const GENERATORS: [&str; 3] = [
    "numpy.random.Generator",
    "numpy.random.RandomState",
    "random.Random",
];

/// Whether a parameter is annotated as a generator of random numbers: drawing from the one that is passed is how a
/// function stays deterministic in its arguments.
fn is_generator(index: &Index<'_>, function: usize, name: &str) -> bool {
    let parameters = &index.functions[function].node.parameters;
    let parameter = parameters.iter().find(|it| it.name().as_str() == name);
    let class = parameter
        .and_then(ast::AnyParameterRef::annotation)
        .and_then(|annotation| index.qualified(None, annotation));
    class.is_some_and(|class| GENERATORS.contains(&class.as_str()))
}
