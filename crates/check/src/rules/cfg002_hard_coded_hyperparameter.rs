//! `hard-coded-hyperparameter`: hyperparameter as a literal in code.

use srcify_syntax::Ranged;
use srcify_syntax::ast::Expr;

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
            for setting in &entry.settings {
                let Some(value) = argument_for(entry, call.node, setting).filter(|it| is_tuned(it))
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

/// A number or a word; `None` and booleans are choices of the code more often than tuned.
fn is_tuned(value: &Expr) -> bool {
    match value {
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) => true,
        Expr::UnaryOp(it) => it.operand.is_number_literal_expr(),
        Expr::Tuple(it) => !it.elts.is_empty() && it.elts.iter().all(is_tuned),
        Expr::List(it) => !it.elts.is_empty() && it.elts.iter().all(is_tuned),
        _ => false,
    }
}
