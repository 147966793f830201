//! `no-main-guard`: script that runs when it is imported.

use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::finding::{Edit, Fix, Safety};
use crate::module::{Module, Role};

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CLI003",
    name: "no-main-guard",
    summary: "script that runs when it is imported",
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
