//! `settings-in-cells`: paths, addresses and hyperparameters between the lines of an experiment.

use srcify_syntax::TextRange;

use super::cfg001_hard_coded_path::paths;
use super::cfg002_hard_coded_hyperparameter::hyperparameters;
use super::cfg003_hard_coded_url::addresses;
use crate::flow::Types;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "NBK006",
    name: "settings-in-cells",
    summary: "paths, addresses and hyperparameters between the lines of a notebook",
    page: include_str!("../../docs/NBK006.md"),
    confidence: Confidence::Opinion,
    severity: Severity::Advice,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let types = Types::new(project, context.catalog);
    for (at, index) in project.modules.iter().enumerate() {
        if !project.is_experiment(index) {
            continue;
        }
        let paths: Vec<TextRange> = paths(&types, at).into_iter().map(|it| it.0).collect();
        let addresses: Vec<TextRange> = addresses(&types, at).into_iter().map(|it| it.0).collect();
        let tuned: Vec<TextRange> = hyperparameters(&types, at)
            .into_iter()
            .map(|it| it.range)
            .collect();
        let parts = [
            (paths.len(), "path", "paths"),
            (addresses.len(), "address", "addresses"),
            (tuned.len(), "hyperparameter", "hyperparameters"),
        ];
        let mut words = Vec::new();
        for (count, one, many) in parts {
            match count {
                0 => {}
                1 => words.push(format!("1 {one}")),
                count => words.push(format!("{count} {many}")),
            }
        }
        let mut places = [paths, addresses, tuned].concat();
        places.sort_by_key(|it| it.start());
        let Some(first) = places.first() else {
            continue;
        };
        let verb = if places.len() == 1 { "stands" } else { "stand" };
        let what = match &words[..] {
            [others @ .., before, last] => {
                let listed = [others, std::slice::from_ref(before)].concat().join(", ");
                format!("{listed} and {last}")
            }
            _ => words.concat(),
        };
        let message = format!("{what} {verb} between the lines");
        let chain = places
            .iter()
            .skip(1)
            .map(|it| reporter.step(&index.module.path, *it, "also here"))
            .collect();
        reporter
            .report(&index.module.path, *first, message)
            .help("make them settings, in one place; `srcify convert` does it")
            .chain(chain);
    }
}
