//! `unvalidated-config`: settings that are read and never validated.

use srcify_syntax::Ranged;

use crate::module::Role;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CFG004",
    name: "unvalidated-config",
    summary: "settings that are read and never validated",
    page: include_str!("../../docs/CFG004.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

const READERS: &[&str] = &[
    "omegaconf.OmegaConf.load",
    "omegaconf.OmegaConf.from_cli",
    "yaml.safe_load",
    "yaml.load",
    "yaml.full_load",
    "tomllib.load",
    "tomli.load",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let validators = [
        "pydantic",
        "pydantic_settings",
        "attrs",
        "attr",
        "marshmallow",
        "cerberus",
        "voluptuous",
        "jsonschema",
        "msgspec",
        "dacite",
        "typeguard",
        "schema",
    ];
    let validates = project.package_modules().any(|index| {
        index
            .imports
            .iter()
            .any(|it| validators.contains(&it.module.split('.').next().unwrap_or("")))
            || index.module.text().contains("OmegaConf.structured")
    });
    if validates {
        return;
    }
    for index in project
        .modules
        .iter()
        .filter(|it| it.module.role == Role::Package)
    {
        for call in &index.calls {
            let Some(name) = index.qualified(call.function, &call.node.func) else {
                continue;
            };
            let is_omegaconf = name.starts_with("omegaconf.");
            let text = index.module.slice(call.node.range()).to_lowercase();
            let is_settings = is_omegaconf
                || ["config", "settings", "params.y", "cfg"]
                    .iter()
                    .any(|it| text.contains(it));
            if READERS.contains(&name.as_str()) && is_settings {
                reporter
                    .report(&index.module.path, call.node.range(), "these settings are used as they come: a misspelt key or a wrong type goes unnoticed")
                    .help("describe them by a Pydantic model, and make one from what is read");
            }
        }
    }
}
