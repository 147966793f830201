//! `no-main-guard`: script without a guard.

use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize};

use crate::finding::{Edit, Fix, Safety};
use crate::flow::name_range;
use crate::index::Index;
use crate::module::{Module, Role};

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CLI003",
    name: "no-main-guard",
    summary: "script without a guard",
    page: include_str!("../../docs/CLI003.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for index in &context.project.modules {
        let module = index.module;
        if matches!(module.role, Role::Notebook | Role::Test)
            || (module.role == Role::Loose && module.path.file_name() == Some("setup.py"))
            || module.path.file_name() == Some("__main__.py")
        {
            continue;
        }
        if module.role == Role::Package && module.path.file_name() == Some("scripts.py") {
            report_missing(index, reporter);
        }
        for statement in module.statements() {
            let Some(name) = main_call(statement) else {
                continue;
            };
            if index.function(name).is_none() && !index.names.contains_key(name) {
                continue;
            }
            let finding = reporter
                .report(
                    &module.path,
                    statement.range(),
                    format!("`{name}()` runs whenever the module is imported"),
                )
                .help("put it under `if __name__ == \"__main__\":`");
            if let Some(fix) = guard(module, statement.range()) {
                finding.fix(fix);
            }
        }
    }
}

/// `scripts.py` with a `main` that nothing in the module runs, guarded or not.
fn report_missing(index: &Index<'_>, reporter: &mut Reporter<'_>) {
    let module = index.module;
    let Some(main) = index.function("main") else {
        return;
    };
    if index.guard.is_some() || module.statements().any(|it| main_call(it).is_some()) {
        return;
    }
    let function = &index.functions[main];
    let message = "`python -m` runs nothing of this module: it has no guard that calls `main`";
    let finding = reporter
        .report(&module.path, name_range(function), message)
        .help("end the module with `if __name__ == \"__main__\":` and a call of `main`");
    // What `main` returns is the status, where it says so.
    let returns = function.node.returns.as_deref();
    let gives_status =
        returns.is_some_and(|it| matches!(it, Expr::Name(name) if name.id.as_str() == "int"));
    let call = if gives_status {
        "raise SystemExit(main())"
    } else {
        "main()"
    };
    let content = format!("\n\nif __name__ == \"__main__\":\n    {call}\n");
    let is_callable = function
        .node
        .parameters
        .iter_non_variadic_params()
        .all(|it| it.default.is_some());
    if is_callable && module.text().ends_with('\n') {
        finding.fix(Fix {
            safety: Safety::Safe,
            message: "add a guard".to_owned(),
            edits: vec![Edit {
                path: module.path.clone(),
                range: TextRange::empty(TextSize::of(module.text())),
                content,
            }],
        });
    }
}

/// `main()`, `sys.exit(main())`, `raise SystemExit(main())`, and the like.
fn main_call(statement: &Stmt) -> Option<&str> {
    let expression = match statement {
        Stmt::Expr(it) => &*it.value,
        Stmt::Raise(it) => it.exc.as_deref()?,
        _ => return None,
    };
    let Expr::Call(call) = expression else {
        return None;
    };
    if let Expr::Name(name) = &*call.func {
        let is_main = matches!(name.id.as_str(), "main" | "cli" | "run_main" | "_main");
        if is_main {
            return Some(name.id.as_str());
        }
    }
    let inner = call.arguments.args.first()?;
    match inner {
        Expr::Call(it) => match &*it.func {
            Expr::Name(name) if matches!(name.id.as_str(), "main" | "cli" | "_main") => {
                Some(name.id.as_str())
            }
            _ => None,
        },
        _ => None,
    }
}

/// Puts a statement under the guard, where it has its lines for itself.
fn guard(module: &Module, range: TextRange) -> Option<Fix> {
    let first = module.line_range(range.start()).start();
    let last = module.line_range(range.end()).end();
    let after = module.slice(TextRange::new(range.end(), last)).trim();
    let is_alone = first == range.start() && (after.is_empty() || after.starts_with('#'));
    let is_text = module.slice(range).contains("\"\"\"") || module.slice(range).contains("'''");
    if !is_alone || is_text {
        return None;
    }
    let lines = module.slice(range).replace('\n', "\n    ");
    let content = format!("if __name__ == \"__main__\":\n    {lines}");
    let edit = Edit {
        path: module.path.clone(),
        range,
        content,
    };
    Some(Fix {
        safety: Safety::Safe,
        message: "add a guard".to_owned(),
        edits: vec![edit],
    })
}
