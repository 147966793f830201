//! `any-annotation`: annotation that says Any.

use srcify_syntax::Ranged;
use srcify_syntax::ast::Expr;

use crate::annotations::{has_decorator, is_public_function, own_parameters};
use crate::index::Index;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "TYP002",
    name: "any-annotation",
    summary: "annotation that says Any",
    page: include_str!("../../docs/TYP002.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for index in context.project.package_modules() {
        if index.module.is_private() {
            continue;
        }
        for function in &index.functions {
            if !is_public_function(index, function)
                || has_decorator(function.node, &["overload", "override"])
            {
                continue;
            }
            let is_protocol_method = function.node.name.starts_with("__");
            for parameter in own_parameters(function) {
                let Some(annotation) = parameter.annotation() else {
                    continue;
                };
                if is_any(index, annotation) && !parameter.is_variadic() && !is_protocol_method {
                    let what = parameter.name();
                    reporter
                        .report(
                            &index.module.path,
                            annotation.range(),
                            format!("`Any` for `{what}` turns the type checker off"),
                        )
                        .help("name what it may be; `object` when it may be anything");
                }
            }
            if let Some(returns) = function
                .node
                .returns
                .as_deref()
                .filter(|it| is_any(index, it) && !is_protocol_method)
            {
                reporter
                    .report(
                        &index.module.path,
                        returns.range(),
                        format!(
                            "`{}` returns `Any`, which turns the type checker off for its callers",
                            function.node.name
                        ),
                    )
                    .help("name what it returns; `object` when it may be anything");
            }
        }
    }
}

fn is_any(index: &Index<'_>, annotation: &Expr) -> bool {
    index
        .qualified(None, annotation)
        .is_some_and(|it| matches!(it.as_str(), "typing.Any" | "typing_extensions.Any"))
}
