//! `hard-coded-url`: address as a literal in code.

use srcify_effects::{Effect, EntryKind};
use srcify_syntax::Ranged;
use srcify_syntax::ast::{self, Expr};

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
        for call in &index.calls {
            let arguments = call
                .node
                .arguments
                .iter_source_order()
                .map(ast::ArgOrKeyword::value);
            let addresses: Vec<_> = arguments.filter_map(address).collect();
            if addresses.is_empty() {
                continue;
            }
            let Some(Callee::Library(name, receiver)) =
                types.callee(at, call.function, &call.node.func)
            else {
                continue;
            };
            let entry = match &receiver {
                Some(class) => context
                    .catalog
                    .member(class, name.rsplit('.').next().unwrap_or(&name)),
                None => context.catalog.lookup(&name),
            };
            // A client that is made talks later; a function that may talk does it now.
            let talks = entry.is_some_and(|it| {
                it.kind == EntryKind::Class
                    || it
                        .effects
                        .iter()
                        .any(|it| matches!(it.what, Effect::Network | Effect::Database))
            }) || name.ends_with("create_engine");
            for (range, text) in addresses.into_iter().filter(|_| talks) {
                reporter
                    .report(
                        &index.module.path,
                        range,
                        format!("the address `{text}` is fixed in code"),
                    )
                    .help("make it a field of the settings, or a parameter");
            }
        }
    }
}

/// The place and the beginning of an address.
fn address(value: &Expr) -> Option<(srcify_syntax::TextRange, String)> {
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
