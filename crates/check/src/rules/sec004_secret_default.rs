//! `secret-default`: secret as the default of an environment variable.

use std::collections::HashSet;

use srcify_effects::{SecretKind, find_secret};
use srcify_syntax::ast::Expr;
use srcify_syntax::{Ranged, TextRange};

use crate::index::Index;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "SEC004",
    name: "secret-default",
    summary: "secret as the default of an environment variable",
    page: include_str!("../../docs/SEC004.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for index in &context.project.modules {
        for (name, range, kind) in secrets(index) {
            reporter
                .report(&index.module.path, range, format!("{} as the default of `{name}`: it works without the variable, so it is in use", kind.description()))
                .help(format!("write `os.environ[\"{name}\"]`, which fails when the variable is missing"));
        }
    }
}

/// Variables whose defaults are secrets, and where these stand.
pub(crate) fn secrets<'a>(index: &Index<'a>) -> Vec<(&'a str, TextRange, SecretKind)> {
    let pairs = pairs(index).into_iter();
    let found = pairs.filter_map(|(name, default)| {
        let text = default.as_string_literal_expr()?;
        let kind = find_secret(Some(name), text.value.to_str())?;
        Some((name, default.range(), kind))
    });
    found.collect()
}

/// Names and defaults of `os.getenv` and `os.environ.get`.
fn pairs<'a>(index: &Index<'a>) -> Vec<(&'a str, &'a Expr)> {
    let mut found = Vec::new();
    if !index.names.values().any(|it| it.starts_with("os")) {
        return found;
    }
    for call in &index.calls {
        let name = index.qualified(call.function, &call.node.func);
        if !matches!(
            name.as_deref(),
            Some("os.getenv" | "os.environ.get" | "os.environ.setdefault")
        ) {
            continue;
        }
        let arguments = &call.node.arguments;
        if let (Some(Expr::StringLiteral(name)), Some(default)) = (
            arguments.args.first(),
            arguments.find_argument_value("default", 1),
        ) {
            found.push((name.value.to_str(), default));
        }
    }
    found
}

/// Where the defaults stand: other rules leave them to this one.
pub(crate) fn defaults(index: &Index<'_>) -> HashSet<TextRange> {
    let pairs = pairs(index).into_iter();
    pairs.map(|(_, default)| default.range()).collect()
}
