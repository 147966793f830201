//! `unseeded-randomness`: notebook that draws random numbers without a seed.

use srcify_effects::Effect;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "NBK005",
    name: "unseeded-randomness",
    summary: "notebook that draws random numbers without a seed",
    page: include_str!("../../docs/NBK005.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let (project, flow) = (context.project, context.flow());
    for (at, index) in project.modules.iter().enumerate() {
        let Some(node) = flow.node(at, None).filter(|_| project.is_experiment(index)) else {
            continue;
        };
        let effects = flow.effects(node);
        if !effects.contains(Effect::Random) || effects.contains(Effect::Seed) {
            continue;
        }
        for cause in flow.nodes[node]
            .causes
            .iter()
            .filter(|it| it.effect == Effect::Random)
        {
            reporter
                .report(&index.module.path, cause.range, format!("`{}` draws without a seed: every run gives other numbers", cause.name))
                .help("pass a seed, e.g. `random_state=0`, or draw from `numpy.random.default_rng(0)`");
        }
    }
}
