//! `secret-in-code`: secret as a literal in code.

use srcify_effects::{SecretKind, environment_variable, find_secret};

use crate::index::{Index, Literal};
use crate::module::Role;
use crate::project::Project;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "SEC001",
    name: "secret-in-code",
    summary: "secret as a literal in code",
    page: include_str!("../../docs/SEC001.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for (index, literal) in literals(context.project, &[Role::Package, Role::Loose, Role::Test]) {
        // Tests make up passwords; only keys that services issue are secrets there.
        let is_test = index.module.role == Role::Test;
        let name = literal.name.filter(|_| !is_test);
        let Some(kind) = find_secret(name, &literal.text) else {
            continue;
        };
        if is_test && kind == SecretKind::ConnectionString {
            continue;
        }
        let variable = environment_variable(literal.name, kind);
        reporter
            .report(
                &index.module.path,
                literal.range,
                format!(
                    "{} in code: everyone who reads it has it",
                    kind.description()
                ),
            )
            .help(format!(
                "read it with `os.environ[\"{variable}\"]`, and have this one revoked"
            ));
    }
}

/// String literals of files of some roles, docstrings and defaults of `getenv` excepted.
pub(crate) fn literals<'p, 'a>(
    project: &'p Project<'a>,
    roles: &'p [Role],
) -> impl Iterator<Item = (&'p Index<'a>, &'p Literal<'a>)> {
    let modules = project
        .modules
        .iter()
        .filter(|it| roles.contains(&it.module.role));
    modules.flat_map(|index| {
        let defaults = super::sec004_secret_default::defaults(index);
        index
            .literals
            .iter()
            .filter(move |it| !it.is_docstring && !defaults.contains(&it.range))
            .map(move |it| (index, it))
    })
}
