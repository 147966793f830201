//! `missing-init`: folder of modules without __init__.py.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use srcify_syntax::{TextRange, TextSize};

use crate::finding::{Edit, Fix, Safety};
use crate::project::Project;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "PKG007",
    name: "missing-init",
    summary: "folder of modules without __init__.py",
    page: include_str!("../../docs/PKG007.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let mut missing = BTreeSet::new();
    let templates = templates(project);
    for index in project.package_modules() {
        let root = project.roots.source.join(index.module.top_level());
        let mut folder = index.module.path.parent();
        while let Some(at) = folder.filter(|at| at.starts_with(&root)) {
            let path = at.join("__init__.py");
            let is_template = templates
                .iter()
                .any(|it| it.starts_with(at) || at.starts_with(it));
            if !is_template && !project.package.files.contains_key(&path) {
                missing.insert(path);
            }
            folder = at.parent();
        }
    }
    // A package whose root has no `__init__.py` is a namespace on purpose.
    for path in missing {
        let folder = path.parent().map_or("", |it| it.as_str()).to_owned();
        if project
            .roots
            .packages
            .iter()
            .any(|name| project.roots.source.join(name) == folder.as_str())
            && project.roots.packages.len() > 1
        {
            continue;
        }
        let edit = Edit {
            path: path.clone(),
            range: TextRange::empty(TextSize::new(0)),
            content: String::new(),
        };
        reporter
            .report_file(
                &path,
                format!("`{folder}/` has no `__init__.py`, so tools may pass over it"),
            )
            .help("add an `__init__.py`, with a docstring that says what the folder holds")
            .fix(Fix {
                safety: Safety::Safe,
                message: "add an empty `__init__.py`".to_owned(),
                edits: vec![edit],
            });
    }
}

/// Folders of templates of packages, which are no packages themselves: what is around `{{ name }}/`.
fn templates(project: &Project<'_>) -> BTreeSet<Utf8PathBuf> {
    let paths = project.package.files.keys();
    let outside = paths.filter_map(|path| path.as_str().split_once("{{"));
    outside
        .filter_map(|(before, _)| before.rsplit_once('/'))
        .map(|(folder, _)| Utf8PathBuf::from(folder))
        .collect()
}
