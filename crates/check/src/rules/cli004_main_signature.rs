//! `main-signature`: command whose main cannot be called or loses its status.

use srcify_syntax::Ranged;
use srcify_syntax::ast::{Expr, Stmt};

use crate::index::{Function, Index};

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CLI004",
    name: "main-signature",
    summary: "command whose main cannot be called or loses its status",
    page: include_str!("../../docs/CLI004.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let Some(pyproject) = &project.pyproject else {
        return;
    };
    for script in &pyproject.scripts {
        let qualified = script.value.replace(':', ".");
        let Some((at, name)) = project.definition(qualified.trim()) else {
            continue;
        };
        let index = &project.modules[at];
        let Some(number) = index.function(&name) else {
            continue;
        };
        let function = &index.functions[number];
        // A decorator may turn parameters into options, as click does.
        if !function.node.decorator_list.is_empty() {
            continue;
        }
        let mut parameters = function.node.parameters.iter_non_variadic_params();
        if let Some(parameter) = parameters.find(|it| it.default.is_none()) {
            let name = parameter.name();
            reporter
                .report(
                    &index.module.path,
                    parameter.range(),
                    format!(
                        "the command `{}` calls `{}` without arguments, but `{name}` is needed",
                        script.key, function.node.name
                    ),
                )
                .help("give it a default, e.g. `argv: Sequence[str] | None = None`");
        }
        report_status(index, function, reporter);
    }
}

/// A guard that drops what a `main` with a status returns.
fn report_status(index: &Index<'_>, function: &Function<'_>, reporter: &mut Reporter<'_>) {
    let returns_status = function
        .node
        .returns
        .as_deref()
        .is_some_and(|it| matches!(it, Expr::Name(name) if name.id.as_str() == "int"));
    if !returns_status || function.class.is_some() {
        return;
    }
    let name = function.node.name.as_str();
    for statement in index.module.statements() {
        let Stmt::If(branch) = statement else {
            continue;
        };
        if !crate::index::is_main_guard(&branch.test) {
            continue;
        }
        for inner in &branch.body {
            let Stmt::Expr(it) = inner else { continue };
            let Expr::Call(call) = &*it.value else {
                continue;
            };
            if matches!(&*call.func, Expr::Name(called) if called.id.as_str() == name) {
                reporter
                    .report(
                        &index.module.path,
                        inner.range(),
                        format!("the exit status that `{name}` returns is lost here"),
                    )
                    .help(format!("write `raise SystemExit({name}())`"));
            }
        }
    }
}
