//! `io-without-class`: io functions that share a connection as a parameter instead of a class.

use std::collections::BTreeMap;

use crate::annotations::{is_public_function, own_parameters};
use crate::flow::name_range;
use crate::module::Layer;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "LAY007",
    name: "io-without-class",
    summary: "io functions that share a connection as a parameter instead of a class",
    page: include_str!("../../docs/LAY007.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

/// Parameters that stand for something which stays open or configured between calls.
const CONNECTIONS: &[&str] = &[
    "connection",
    "conn",
    "engine",
    "session",
    "client",
    "cursor",
    "db",
    "database",
    "s3",
    "bucket",
    "bucket_name",
    "base_url",
    "dsn",
    "connection_string",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for index in context.project.layer(Layer::Io) {
        let mut users: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, function) in index.functions.iter().enumerate() {
            if function.class.is_some() || !is_public_function(index, function) {
                continue;
            }
            for parameter in own_parameters(function) {
                if CONNECTIONS.contains(&parameter.name().as_str()) {
                    users
                        .entry(parameter.name().as_str())
                        .or_default()
                        .push(number);
                }
            }
        }
        for (name, functions) in users.iter().filter(|(_, functions)| functions.len() >= 2) {
            let first = &index.functions[functions[0]];
            let others: Vec<String> = functions[1..]
                .iter()
                .map(|it| format!("`{}`", index.functions[*it].node.name))
                .collect();
            reporter
                .report(
                    &index.module.path,
                    name_range(first),
                    format!(
                        "`{}` takes `{name}`, and so does {}: every caller has to hold it",
                        first.node.name,
                        others.join(", ")
                    ),
                )
                .help(format!(
                    "write a small class that holds `{name}`, with these functions as its methods"
                ));
        }
    }
}
