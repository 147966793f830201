//! `not-google-style`: docstring that is not written as Google does.

use crate::annotations::{is_public_class, is_public_function};
use crate::docstring::{Docstring, of_body};

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "DOC002",
    name: "not-google-style",
    summary: "docstring that is not written as Google does",
    page: include_str!("../../docs/DOC002.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for index in context.project.package_modules() {
        let functions = index
            .functions
            .iter()
            .filter(|it| is_public_function(index, it));
        let functions =
            functions.filter_map(|it| Some((it.node.name.as_str(), of_body(&it.node.body)?)));
        let classes = index.classes.iter().filter(|it| is_public_class(it));
        let classes =
            classes.filter_map(|it| Some((it.node.name.as_str(), of_body(&it.node.body)?)));
        for (name, docstring) in classes.chain(functions) {
            if let Some((message, help)) = problem(name, &docstring) {
                reporter
                    .report(&index.module.path, docstring.range, message)
                    .help(help);
            }
        }
    }
}

fn problem(name: &str, docstring: &Docstring<'_>) -> Option<(String, &'static str)> {
    if let Some(style) = docstring.other_style {
        return Some((
            format!("the docstring of `{name}` is written in the style of {style}, not of Google"),
            "write sections as `Args:` with indented `name: text`",
        ));
    }
    if docstring.text.trim().is_empty() {
        return Some((
            format!("the docstring of `{name}` is empty"),
            "say in one line what it does",
        ));
    }
    let starts_with_section = docstring
        .sections
        .first()
        .is_some_and(|it| docstring.summary().starts_with(&format!("{}:", it.title)));
    if starts_with_section {
        return Some((
            format!("the docstring of `{name}` has no summary"),
            "begin with one line that says what it does",
        ));
    }
    let empty = docstring.sections.iter().find(|it| it.is_empty)?;
    if empty.is_flat {
        let title = empty.title;
        return Some((
            format!("what stands under `{title}` in the docstring of `{name}` is not indented"),
            "indent the entries below the title of their section, as `name: text`",
        ));
    }
    Some((
        format!("the section `{}` of `{name}` is empty", empty.title),
        "write what belongs there, or take the section out",
    ))
}
