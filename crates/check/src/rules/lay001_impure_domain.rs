//! `impure-domain`: effect that a domain function has, itself or through calls.

use srcify_effects::{Effect, EffectSet};

use crate::annotations::is_public_function;
use crate::flow::{Flow, NodeId, Step, render, verb};
use crate::index::{Function, Index};
use crate::module::Layer;
use crate::project::Project;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "LAY001",
    name: "impure-domain",
    summary: "effect that a domain function has, itself or through calls",
    page: include_str!("../../docs/LAY001.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

/// What the domain leaves to the other layers.
const IMPURE: EffectSet = EffectSet::from_slice(&[
    Effect::ReadFile,
    Effect::WriteFile,
    Effect::Network,
    Effect::Database,
    Effect::WriteEnvironment,
    Effect::Process,
    Effect::Seed,
    Effect::Stdout,
    Effect::Display,
    Effect::Figure,
    Effect::Logging,
    Effect::GlobalState,
    Effect::Exit,
]);

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let help = "return the value and let `application` or `io` do this, or pass in what is needed";
    report_effects(context, reporter, IMPURE, help);
}

/// Reports the effects of domain functions that are in `effects`, each with the chain that proves it.
pub(crate) fn report_effects(
    context: &Context<'_>,
    reporter: &mut Reporter<'_>,
    effects: EffectSet,
    help: &str,
) {
    let (project, flow) = (context.project, context.flow());
    for (at, index) in project.modules.iter().enumerate() {
        if index.module.layer != Layer::Domain {
            continue;
        }
        for (number, function) in index.functions.iter().enumerate() {
            let Some(node) = flow.node(at, Some(number)) else {
                continue;
            };
            if function.node.name.as_str() == "__hash__" {
                continue;
            }
            for effect in flow.effects(node).iter().filter(|it| effects.contains(*it)) {
                let steps = flow.chain(node, effect);
                if effect == Effect::Random && makes_layers(function, &steps) {
                    continue;
                }
                if is_told_elsewhere(project, (index, function), &steps) {
                    continue;
                }
                report_effect(project, flow, reporter, (node, &steps, effect), help);
            }
        }
    }
}

/// Whether a class of the domain is the architecture of a network, whose layers draw their first weights when it is made.
fn makes_layers(function: &Function<'_>, steps: &[Step]) -> bool {
    let is_layer = |step: &Step| step.calls.starts_with("torch.nn.");
    function.node.name.as_str() == "__init__" && steps.len() == 1 && steps.iter().all(is_layer)
}

/// Whether a domain function further down has the finding, and this one is only a step on the way to it: users of the
/// domain call public functions.
fn is_told_elsewhere(
    project: &Project<'_>,
    (index, function): (&Index<'_>, &Function<'_>),
    steps: &[Step],
) -> bool {
    let mut later = steps.iter().skip(1);
    !is_public_function(index, function)
        && later.any(|step| project.modules[step.module].module.layer == Layer::Domain)
}

fn report_effect(
    project: &Project<'_>,
    flow: &Flow,
    reporter: &mut Reporter<'_>,
    (node, steps, effect): (NodeId, &[Step], Effect),
    help: &str,
) {
    let Some(first) = steps.first() else { return };
    let name = &flow.nodes[node].name;
    let path = project.modules[first.module].module.path.clone();
    let chain = steps
        .iter()
        .skip(1)
        .map(|step| {
            reporter.step(
                &project.modules[step.module].module.path,
                step.range,
                format!("calls `{}`", step.calls),
            )
        })
        .collect();
    let message = format!("`{name}` {}: `{}`", verb(effect), render(name, steps));
    reporter
        .report(&path, first.range, message)
        .help(help)
        .chain(chain);
}
