//! `hard-coded-hyperparameter`: hyperparameter as a literal in code.

use srcify_syntax::Ranged;
use srcify_syntax::ast::{Expr, Number};

use crate::flow::{Callee, Types, argument_for};
use crate::module::Role;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CFG002",
    name: "hard-coded-hyperparameter",
    summary: "hyperparameter as a literal in code",
    page: include_str!("../../docs/CFG002.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let types = Types::new(project, context.catalog);
    for (at, index) in project.modules.iter().enumerate() {
        if index.module.role != Role::Package || index.module.is_config() {
            continue;
        }
        for call in &index.calls {
            let Some(Callee::Library(name, None)) =
                types.callee(at, call.function, &call.node.func)
            else {
                continue;
            };
            let Some(entry) = context.catalog.lookup(&name) else {
                continue;
            };
            // Sizes of data that are made up are no hyperparameters.
            if name.starts_with("sklearn.datasets.make_") {
                continue;
            }
            for setting in entry.settings.iter().filter(|it| is_hyperparameter(it)) {
                let Some(value) =
                    argument_for(entry, call.node, setting).filter(|it| is_tuned(it, setting))
                else {
                    continue;
                };
                let text = index.module.slice(value.range());
                let callee = name.rsplit('.').next().unwrap_or(&name);
                reporter
                    .report(
                        &index.module.path,
                        value.range(),
                        format!("`{setting}` of `{callee}` is fixed to `{text}` in code"),
                    )
                    .help(format!(
                        "make `{setting}` a field of the settings, with this value as its default"
                    ));
            }
        }
    }
}

/// How much of the machine is used and what is told on the way changes no result.
fn is_hyperparameter(setting: &str) -> bool {
    !matches!(setting, "n_jobs" | "verbose" | "verbosity" | "num_workers")
}

/// A number or a word; `None` and booleans are choices of the code more often than tuned.
fn is_tuned(value: &Expr, setting: &str) -> bool {
    let all = |items: &[Expr]| !items.is_empty() && items.iter().all(|it| is_tuned(it, setting));
    match value {
        // One neighbour, one component, a tree of one level: that is what the method is.
        Expr::NumberLiteral(it) => {
            let is_one = matches!(&it.value, Number::Int(number) if number.as_u8() == Some(1));
            !is_one || setting.contains("seed") || setting == "random_state"
        }
        Expr::StringLiteral(_) => true,
        Expr::UnaryOp(it) => it.operand.is_number_literal_expr(),
        Expr::Tuple(it) => all(&it.elts),
        Expr::List(it) => all(&it.elts),
        _ => false,
    }
}
