//! `mutable-config`: settings model that is neither frozen nor closed.

use srcify_syntax::ast::Stmt;
use srcify_syntax::{Ranged, TextRange};

use crate::finding::{Edit, Fix, Safety};
use crate::models::{Model, models};
use crate::module::Layer;
use crate::project::Project;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CFG006",
    name: "mutable-config",
    summary: "settings model that is neither frozen nor closed",
    page: include_str!("../../docs/CFG006.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    for model in models(project) {
        let name = model.class.node.name.as_str();
        let stem = model.index.module.path.file_stem().unwrap_or("");
        let is_settings = model.index.module.layer == Layer::Config
            || matches!(stem, "config" | "settings" | "configs")
            || name.ends_with("Config")
            || name.ends_with("Settings");
        if !is_settings || model.is_frozen || model.is_closed || model.is_partial || model.is_open {
            continue;
        }
        let fix = fix(project, &model);
        let finding = reporter
            .report(&model.index.module.path, model.range(), format!("`{name}` takes misspelt keys without a word, and can be changed while the program runs"))
            .help("add `model_config = ConfigDict(frozen=True, extra=\"forbid\")`");
        if let Some(fix) = fix {
            finding.fix(fix);
        }
    }
}

/// Adds the configuration, where nobody assigns to the fields and `ConfigDict` can be had.
fn fix(project: &Project<'_>, model: &Model<'_, '_>) -> Option<Fix> {
    let is_changed = project.modules.iter().any(|index| {
        let text = index.module.text();
        text.contains("setattr(")
            || model
                .fields
                .iter()
                .any(|it| text.contains(&format!(".{} =", it.name)))
    });
    let module = model.index.module;
    let first = model.class.node.body.first()?;
    let has_own = module
        .slice(model.class.node.range())
        .contains("model_config");
    if is_changed || has_own {
        return None;
    }
    let line = module.line_range(first.start());
    let indent = module.slice(TextRange::new(line.start(), first.start()));
    if !indent.trim().is_empty() {
        return None;
    }
    let setting = "model_config = ConfigDict(frozen=True, extra=\"forbid\")";
    let is_docstring = matches!(first, Stmt::Expr(it) if it.value.is_string_literal_expr());
    let (at, content) = if is_docstring {
        (first.end(), format!("\n\n{indent}{setting}"))
    } else {
        (first.start(), format!("{setting}\n\n{indent}"))
    };
    let edit = |range, content| Edit {
        path: module.path.clone(),
        range,
        content,
    };
    let mut edits = vec![edit(TextRange::empty(at), content)];
    if !model.index.names.contains_key("ConfigDict") {
        let import = module.statements().find_map(|it| {
            it.as_import_from_stmt()
                .filter(|it| it.module.as_deref() == Some("pydantic"))
        })?;
        let last = import.names.last()?;
        edits.push(edit(
            TextRange::empty(last.end()),
            ", ConfigDict".to_owned(),
        ));
    }
    Some(Fix {
        safety: Safety::Safe,
        message: "freeze and close the model".to_owned(),
        edits,
    })
}
