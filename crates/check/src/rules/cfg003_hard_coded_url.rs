//! `hard-coded-url`: address as a literal in code.

use srcify_effects::{Effect, EntryKind};
use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange};

use crate::flow::{Callee, Types};
use crate::module::Role;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CFG003",
    name: "hard-coded-url",
    summary: "address as a literal in code",
    page: include_str!("../../docs/CFG003.md"),
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
        for (range, text) in addresses(&types, at) {
            let message = format!("the address `{text}` is fixed in code");
            reporter
                .report(&index.module.path, range, message)
                .help("make it a field of the settings, or a parameter");
        }
    }
}

/// Where a module fixes addresses that it talks to, and what they begin with.
pub(crate) fn addresses(types: &Types<'_>, at: usize) -> Vec<(TextRange, String)> {
    let mut found = Vec::new();
    for call in &types.project.modules[at].calls {
        let arguments = call.node.arguments.iter_source_order();
        let given: Vec<_> = arguments
            .map(ast::ArgOrKeyword::value)
            .filter_map(address)
            .collect();
        if given.is_empty() {
            continue;
        }
        let Some(Callee::Library(name, receiver)) =
            types.callee(at, call.function, &call.node.func)
        else {
            continue;
        };
        let entry = match &receiver {
            Some(class) => types
                .catalog
                .member(class, name.rsplit('.').next().unwrap_or(&name)),
            None => types.catalog.lookup(&name),
        };
        // A client that is made talks later; a function that may talk does it now.
        let talks = entry.is_some_and(|it| {
            it.kind == EntryKind::Class
                || it
                    .effects
                    .iter()
                    .any(|it| matches!(it.what, Effect::Network | Effect::Database))
        }) || name.ends_with("create_engine");
        if talks {
            found.extend(given);
        }
    }
    found
}

/// The place and the beginning of an address.
fn address(value: &Expr) -> Option<(TextRange, String)> {
    let (range, text) = match value {
        Expr::StringLiteral(it) => (it.range(), it.value.to_str().to_owned()),
        Expr::FString(it) => {
            let first = it.value.elements().next()?.as_literal()?;
            (it.range(), first.value.to_string())
        }
        _ => return None,
    };
    let (scheme, rest) = text.split_once("://")?;
    let is_remote = matches!(
        scheme,
        "http"
            | "https"
            | "ftp"
            | "s3"
            | "gs"
            | "postgresql"
            | "postgres"
            | "mysql"
            | "mongodb"
            | "redis"
            | "postgresql+psycopg2"
            | "mssql+pyodbc"
    );
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    // Credentials are for another rule, and never shown.
    let shown = format!("{scheme}://{}", host.rsplit('@').next().unwrap_or(host));
    let is_here = ["localhost", "127.0.0.1", "0.0.0.0"]
        .iter()
        .any(|it| host.starts_with(it));
    (is_remote && !is_here && !rest.is_empty()).then_some((range, shown))
}
