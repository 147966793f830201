//! `config-schema-mismatch`: YAML that does not fit its Pydantic model.

use camino::Utf8Path;
use srcify_syntax::Ranged;

use crate::models::{Field, Model, definition, models};
use crate::project::Project;
use crate::schema;
use crate::yaml::{self, Node, Value};

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CFG005",
    name: "config-schema-mismatch",
    summary: "YAML that does not fit its Pydantic model",
    page: include_str!("../../docs/CFG005.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let models = models(project);
    if models.is_empty() {
        return;
    }
    for (path, text) in project
        .package
        .files
        .iter()
        .filter(|(path, _)| is_settings_file(path))
    {
        let Some(root) = yaml::parse(text) else {
            continue;
        };
        let Value::Map(items) = &root.value else {
            continue;
        };
        let Some(model) = matching(project, &models, items) else {
            continue;
        };
        for problem in schema::compare(project, &models, model, &root) {
            let path_of_model = &project.modules[problem.module].module.path;
            let chain = vec![reporter.step(path_of_model, problem.field, "the model says")];
            reporter
                .report_line(path, problem.range, problem.message)
                .help(problem.help)
                .chain(chain);
        }
    }
}

fn is_settings_file(path: &Utf8Path) -> bool {
    let is_yaml = matches!(path.extension(), Some("yaml" | "yml"));
    let in_folder = path.components().any(|it| {
        matches!(
            it.as_str(),
            "conf" | "confs" | "config" | "configs" | "settings"
        )
    });
    let stem = path.file_stem().unwrap_or("");
    is_yaml
        && !path.starts_with(".github")
        && (in_folder
            || stem.contains("config")
            || stem.contains("settings")
            || stem.contains("params"))
}

/// The model that a file is for: the one that knows most of its keys, and no doubt about it.
fn matching<'m, 'p, 'a>(
    project: &Project<'a>,
    models: &'m [Model<'p, 'a>],
    items: &[(Node, Node)],
) -> Option<&'m Model<'p, 'a>> {
    let keys: Vec<&str> = items.iter().filter_map(|(key, _)| key.as_text()).collect();
    let known =
        |model: &Model<'_, '_>| keys.iter().filter(|key| model.field(key).is_some()).count();
    let roots = models
        .iter()
        .filter(|model| !models.iter().any(|it| uses(project, it, model)));
    let best = roots
        .map(|model| (known(model), model))
        .filter(|(count, _)| *count > 0 && *count * 2 >= keys.len());
    let mut best: Vec<_> = best.collect();
    best.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match best[..] {
        [(_, only)] => Some(only),
        [(first, model), (second, _), ..] if first > second => Some(model),
        _ => None,
    }
}

fn uses(project: &Project<'_>, model: &Model<'_, '_>, part: &Model<'_, '_>) -> bool {
    let is_base = model.module != part.module || model.class.name != part.class.name;
    let inherits = model.index.bases(model.class).iter().any(|base| {
        definition(project, model.module, base).is_some_and(|(at, class)| {
            at == part.module && project.modules[at].classes[class].name == part.class.name
        })
    });
    let text = |field: &Field<'_>| {
        project.modules[field.module]
            .module
            .slice(field.annotation.range())
            .to_owned()
    };
    is_base
        && (inherits
            || model.fields.iter().any(|field| {
                text(field)
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .any(|word| word == part.class.node.name.as_str())
            }))
}
