//! `domain-nondeterminism`: domain function whose result depends on more than its arguments.

use srcify_effects::{Effect, EffectSet};

use super::lay001_impure_domain::report_effects;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "LAY003",
    name: "domain-nondeterminism",
    summary: "domain function whose result depends on more than its arguments",
    page: include_str!("../../docs/LAY003.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

/// What makes two calls with the same arguments differ.
const NONDETERMINISTIC: EffectSet = EffectSet::from_slice(&[
    Effect::Random,
    Effect::Clock,
    Effect::ReadEnvironment,
    Effect::Nondeterministic,
]);

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let help = "pass it in: a seed or a generator, the time, the setting";
    report_effects(context, reporter, NONDETERMINISTIC, help);
}
