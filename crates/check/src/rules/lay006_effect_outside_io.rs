//! `effect-outside-io`: application or scripts that touch files, network or databases themselves.

use srcify_effects::{Effect, EffectSet};

use crate::flow::{render, verb};
use crate::module::Layer;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "LAY006",
    name: "effect-outside-io",
    summary: "application or scripts that touch files, network or databases themselves",
    page: include_str!("../../docs/LAY006.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

const OUTSIDE_WORLD: EffectSet = EffectSet::from_slice(&[
    Effect::ReadFile,
    Effect::WriteFile,
    Effect::Network,
    Effect::Database,
]);

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let (project, flow) = (context.project, context.flow());
    for (id, node) in flow.nodes.iter().enumerate() {
        let module = project.modules[node.module].module;
        if !matches!(module.layer, Layer::Application | Layer::Scripts) || node.function.is_none() {
            continue;
        }
        for effect in flow
            .effects(id)
            .iter()
            .filter(|it| OUTSIDE_WORLD.contains(*it))
        {
            let steps = flow.chain(id, effect);
            let Some(first) = steps.first() else { continue };
            // Through `io` it is as it should be; in another function of the layers, it is found there.
            let is_elsewhere = steps
                .iter()
                .skip(1)
                .any(|step| project.modules[step.module].module.layer != Layer::Other);
            // Where a program's log goes is said where it starts.
            let last = steps.last().map_or("", |step| step.calls.as_str());
            if is_elsewhere || last.starts_with("logging.") {
                continue;
            }
            let message = format!(
                "`{}` {} itself: `{}`",
                node.name,
                verb(effect),
                render(&node.name, &steps)
            );
            reporter
                .report(&module.path, first.range, message)
                .help("put it into a class in `io`, and call that");
        }
    }
}
