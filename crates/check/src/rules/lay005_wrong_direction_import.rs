//! `wrong-direction-import`: import that points up the layers.

use crate::index::Import;
use crate::module::{Layer, Module};
use crate::project::Project;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "LAY005",
    name: "wrong-direction-import",
    summary: "import that points up the layers",
    page: include_str!("../../docs/LAY005.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    for index in project.package_modules() {
        let from = index.module.layer;
        for import in index.imports.iter().filter(|it| !it.is_type_checking) {
            let Some(target) = target(project, import) else {
                continue;
            };
            if target.top_level() != index.module.top_level() || may_import(from, target.layer) {
                continue;
            }
            let (name, layer) = (&target.name, target.layer.name());
            let deferred = if import.function.is_some() {
                ", also not when a function is called"
            } else {
                ""
            };
            reporter
                .report(&index.module.path, import.range, format!("`{}` may not import from `{layer}`{deferred}: `{name}`", from.name()))
                .help("pass the value in as an argument, or move what both need to `domain` or `config`");
        }
    }
}

/// The module of the package that an import brings.
fn target<'a>(project: &Project<'a>, import: &Import<'_>) -> Option<&'a Module> {
    let inner = import
        .name
        .and_then(|name| project.find(&format!("{}.{name}", import.module)));
    let at = inner.or_else(|| project.find(&import.module))?;
    Some(project.modules[at].module)
}

fn may_import(from: Layer, to: Layer) -> bool {
    match (from, to) {
        (Layer::Scripts, _) | (_, Layer::Other) => true,
        (_, Layer::Scripts)
        | (Layer::Domain | Layer::Config, Layer::Io | Layer::Application)
        | (Layer::Io, Layer::Application) => false,
        _ => true,
    }
}
