//! `hard-coded-path`: path as a literal in code.

use srcify_effects::Entry;
use srcify_syntax::ast::{Expr, ExprCall};
use srcify_syntax::{MACHINES, Ranged, TextRange};

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

/// What only asks whether a file is there.
const QUESTIONS: &[&str] = &[
    "os.access",
    "os.path.exists",
    "os.path.isdir",
    "os.path.isfile",
    "os.path.lexists",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let types = Types::new(project, context.catalog);
    for (at, index) in project.modules.iter().enumerate() {
        if index.module.role != Role::Package || index.module.is_config() {
            continue;
        }
        for (range, message) in paths(&types, at) {
            reporter
                .report(&index.module.path, range, message)
                .help("make it a field of the settings, or a parameter");
        }
    }
}

/// Where a module fixes paths, and what is wrong with each.
pub(crate) fn paths(types: &Types<'_>, at: usize) -> Vec<(TextRange, String)> {
    let index = &types.project.modules[at];
    let mut found = Vec::new();
    let mut asked = Vec::new();
    for call in &index.calls {
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
        // Where a package asks what machine it is on; what reads the file has a finding of its own.
        if QUESTIONS.contains(&name.as_str()) {
            asked.extend(call.node.arguments.args.iter().map(Ranged::range));
            continue;
        }
        let path = entry.and_then(|it| path_argument(it, call.node));
        let Some(Expr::StringLiteral(text)) = path else {
            continue;
        };
        let path = text.value.to_str();
        if is_path(path) {
            let message =
                format!("the path `{path}` is fixed in code: nobody can run this on other data");
            found.push((text.range(), message));
        }
    }
    for literal in index.literals.iter().filter(|it| !it.is_docstring) {
        let text = literal.text.as_ref();
        let is_known = found.iter().any(|(range, _)| *range == literal.range);
        let is_of_machine = MACHINES.iter().any(|it| text.starts_with(it))
            && text.len() > 8
            && !text.contains(|c: char| c.is_whitespace() || matches!(c, '*' | '{'));
        if is_of_machine && !is_known && !asked.contains(&literal.range) {
            let message = format!("the path `{text}` exists on one machine only");
            found.push((literal.range, message));
        }
    }
    found
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
