//! `hard-coded-path`: path as a literal in code.

use srcify_effects::Entry;
use srcify_syntax::Ranged;
use srcify_syntax::ast::{Expr, ExprCall};

use crate::flow::{Callee, Types, argument_for};
use crate::module::Role;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CFG001",
    name: "hard-coded-path",
    summary: "path as a literal in code",
    page: include_str!("../../docs/CFG001.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

/// Beginnings of paths that exist on one machine only.
const MACHINES: &[&str] = &[
    "/home/",
    "/Users/",
    "/mnt/",
    "/content/",
    "/kaggle/",
    "/root/",
    "/scratch/",
    "/gpfs/",
    "/dbfs/",
    "C:\\",
    "D:\\",
    "C:/",
    "D:/",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let types = Types::new(project, context.catalog);
    for (at, index) in project.modules.iter().enumerate() {
        if index.module.role != Role::Package || index.module.is_config() {
            continue;
        }
        let mut seen = Vec::new();
        for call in &index.calls {
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
            let path = entry.and_then(|it| path_argument(it, call.node));
            let Some(Expr::StringLiteral(text)) = path else {
                continue;
            };
            if is_path(text.value.to_str()) {
                seen.push(text.range());
                reporter
                    .report(
                        &index.module.path,
                        text.range(),
                        format!(
                            "the path `{}` is fixed in code: nobody can run this on other data",
                            text.value.to_str()
                        ),
                    )
                    .help("make it a field of the settings, or a parameter");
            }
        }
        for literal in index
            .literals
            .iter()
            .filter(|it| !it.is_docstring && !seen.contains(&it.range))
        {
            let text = literal.text.as_ref();
            if MACHINES.iter().any(|it| text.starts_with(it))
                && !text.contains(char::is_whitespace)
                && text.len() > 8
                && !text.contains(['*', '{'])
            {
                reporter
                    .report(
                        &index.module.path,
                        literal.range,
                        format!("the path `{text}` exists on one machine only"),
                    )
                    .help("make it a field of the settings, or a parameter");
            }
        }
    }
}

/// The argument that names a file; the only text among them where the catalog has no order of parameters.
fn path_argument<'a>(entry: &Entry, call: &'a ExprCall) -> Option<&'a Expr> {
    let path = entry.path.as_deref()?;
    let mut texts = call
        .arguments
        .args
        .iter()
        .filter(|it| it.is_string_literal_expr());
    let only = texts
        .next()
        .filter(|_| entry.parameters.is_empty() && texts.next().is_none());
    argument_for(entry, call, path).or(only)
}

/// Whether a text names a file or folder of the user: no device, no URL, no name of a column.
fn is_path(text: &str) -> bool {
    let is_special = text.is_empty()
        || text.contains("://")
        || text.starts_with("/dev/")
        || text.starts_with("/proc/")
        || text == "."
        || text == ".."
        || text.contains('\n');
    let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
    let has_extension = name.rsplit_once('.').is_some_and(|(_, it)| {
        (1..=8).contains(&it.len()) && it.chars().all(char::is_alphanumeric)
    });
    !is_special && (text.contains(['/', '\\']) || has_extension)
}
