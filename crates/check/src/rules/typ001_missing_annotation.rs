//! `missing-annotation`: public function without types.

use srcify_syntax::Ranged;

use crate::annotations::{has_decorator, is_public_function, own_parameters};
use crate::flow::name_range;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "TYP001",
    name: "missing-annotation",
    summary: "public function without types",
    page: include_str!("../../docs/TYP001.md"),
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
                || has_decorator(function.node, &["overload", "no_type_check"])
            {
                continue;
            }
            let name = &function.node.name;
            for parameter in own_parameters(function) {
                let is_ignored = parameter.name().starts_with('_');
                if parameter.annotation().is_none() && !is_ignored {
                    let what = parameter.name();
                    reporter
                        .report(
                            &index.module.path,
                            parameter.range(),
                            format!("the parameter `{what}` of `{name}` has no type"),
                        )
                        .help(format!("write `{what}: <type>`"));
                }
            }
            let is_special = matches!(name.as_str(), "__init__" | "__new__" | "__init_subclass__");
            if function.node.returns.is_none() && !is_special {
                reporter
                    .report(
                        &index.module.path,
                        name_range(function),
                        format!("`{name}` does not say what it returns"),
                    )
                    .help("write `-> <type>`; `-> None` when it returns nothing");
            }
        }
    }
}
