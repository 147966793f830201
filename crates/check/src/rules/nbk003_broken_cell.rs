//! `broken-cell`: code that is no Python.

use srcify_syntax::TextRange;

use crate::module::Role;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "NBK003",
    name: "broken-cell",
    summary: "code that is no Python",
    page: include_str!("../../docs/NBK003.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for index in &context.project.modules {
        // One mistake makes many messages: the first is the one to mend.
        let Some(error) = index.module.errors.first() else {
            continue;
        };
        // Templates and data of tests are broken on purpose.
        if index.module.role == Role::Test || index.module.path.as_str().contains("{{") {
            continue;
        }
        let range = error.span.map_or(TextRange::default(), TextRange::from);
        let what = if index.module.role == Role::Notebook {
            "cell"
        } else {
            "file"
        };
        reporter
            .report(
                &index.module.path,
                range,
                format!("this {what} is no Python: {}", error.message),
            )
            .help(format!(
                "correct it; the rest of the {what} cannot be judged until then"
            ));
    }
}
