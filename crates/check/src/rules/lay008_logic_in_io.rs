//! `logic-in-io`: io function that computes on data.

use srcify_effects::EntryKind;
use srcify_syntax::Ranged;

use crate::flow::{Callee, Types, name_range};
use crate::module::Layer;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "LAY008",
    name: "logic-in-io",
    summary: "io function that computes on data",
    page: include_str!("../../docs/LAY008.md"),
    confidence: Confidence::Opinion,
    severity: Severity::Warning,
    check,
};

/// So many pure operations on data are logic, not reading or writing.
const ENOUGH: usize = 4;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let types = Types::new(project, context.catalog);
    for (at, index) in project.modules.iter().enumerate() {
        if index.module.layer != Layer::Io {
            continue;
        }
        for (number, function) in index.functions.iter().enumerate() {
            let calls = index.calls.iter().filter(|it| it.function == Some(number));
            let steps: Vec<_> = calls
                .filter(|it| is_computation(&types, (at, number), it.node))
                .collect();
            if steps.len() < ENOUGH {
                continue;
            }
            let chain = steps
                .iter()
                .map(|it| reporter.step(&index.module.path, it.node.range(), "computes"))
                .collect();
            let message = format!(
                "`{}` computes on data in {} places, beside reading or writing it",
                function.node.name,
                steps.len()
            );
            reporter
                .report(&index.module.path, name_range(function), message)
                .help("move these steps to a function in `domain`")
                .chain(chain);
        }
    }
}

fn is_computation(
    types: &Types<'_>,
    (module, function): (usize, usize),
    call: &srcify_syntax::ast::ExprCall,
) -> bool {
    let Some(Callee::Library(name, receiver)) = types.callee(module, Some(function), &call.func)
    else {
        return false;
    };
    let is_data = ["pandas.", "numpy.", "sklearn.", "scipy.", "polars."]
        .iter()
        .any(|it| name.starts_with(it));
    let entry = match receiver {
        Some(class) => types
            .catalog
            .member(&class, name.rsplit('.').next().unwrap_or(&name)),
        None => types.catalog.lookup(&name),
    };
    is_data && entry.is_some_and(|it| it.effects.is_empty() && it.kind != EntryKind::Class)
}
