//! `undeclared-dependency`: import of a distribution that is not declared.

use std::collections::BTreeSet;

use srcify_effects::distributions;

use super::pkg004_stale_lockfile::{normalize, requirement_name};
use crate::project::{Project, Pyproject};

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "PKG010",
    name: "undeclared-dependency",
    summary: "import of a distribution that is not declared",
    page: include_str!("../../docs/PKG010.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let Some(pyproject) = declared(project) else {
        return;
    };
    // What the extras bring is written elsewhere.
    if pyproject
        .dynamic
        .iter()
        .any(|it| it == "optional-dependencies")
    {
        return;
    }
    let extras: BTreeSet<String> = pyproject
        .extras
        .iter()
        .filter_map(|it| requirement_name(&it.value))
        .collect();
    let all: BTreeSet<String> = pyproject
        .dependencies
        .iter()
        .filter_map(|it| requirement_name(&it.value))
        .chain(extras)
        .collect();
    let groups: BTreeSet<String> = pyproject
        .groups
        .iter()
        .filter_map(|it| requirement_name(&it.value))
        .collect();
    let mut seen = BTreeSet::new();
    for index in project.package_modules() {
        for import in index
            .imports
            .iter()
            .filter(|it| !it.is_type_checking && !it.is_optional && !it.is_guarded)
        {
            let top = import.module.split('.').next().unwrap_or("");
            if is_own(project, top) || !seen.insert(top.to_owned()) {
                continue;
            }
            let names = candidates(project, &import.module);
            let is_declared = names.iter().any(|it| all.contains(it)) || is_namespace(top, &all);
            // Imported by the package although only for development: another rule says so.
            if is_declared || names.iter().any(|it| groups.contains(it)) {
                continue;
            }
            let distribution = names.first().cloned().unwrap_or_default();
            reporter
                .report(
                    &index.module.path,
                    import.range,
                    format!(
                        "`{top}` is imported, but `{distribution}` is not among the dependencies"
                    ),
                )
                .help(format!("run `uv add {distribution}`"));
        }
    }
}

/// The project's metadata, when its dependencies are there to be read.
pub(crate) fn declared<'a>(project: &'a Project<'_>) -> Option<&'a Pyproject> {
    let pyproject = project.pyproject.as_ref()?;
    let is_readable = pyproject.has_project
        && !pyproject.is_poetry
        && !pyproject.dynamic.iter().any(|it| it == "dependencies");
    is_readable.then_some(pyproject)
}

/// Whether a module comes with Python or the project itself.
pub(crate) fn is_own(project: &Project<'_>, top: &str) -> bool {
    let is_file = |folder: &str| {
        project.package.files.keys().any(|path| {
            let inside = path.strip_prefix(folder).unwrap_or(path);
            let mut parts = inside.as_str().split('/');
            let first = parts.next().unwrap_or("");
            first.trim_end_matches(".py") == top && (first != top || parts.next().is_some())
        })
    };
    top.is_empty()
        || distributions::is_standard_library(top)
        || project.roots.packages.iter().any(|it| it == top)
        || is_file(project.roots.source.as_str())
        || is_file("")
}

/// The distributions that may bring a module: those installed, the one we know, the module's own name, and parts of
/// namespaces.
pub(crate) fn candidates(project: &Project<'_>, module: &str) -> Vec<String> {
    let top = module.split('.').next().unwrap_or(module);
    let installed = project.package.installed.get(top).into_iter().flatten();
    let mut names: Vec<String> = installed.map(|it| normalize(it)).collect();
    names.extend(distributions::distribution_of(top).map(normalize));
    names.push(normalize(top));
    names.extend(
        ALTERNATIVES
            .iter()
            .filter(|(name, _)| *name == top)
            .map(|(_, it)| (*it).to_owned()),
    );
    names.push(normalize(&format!("{top}-python")));
    names.push(normalize(&format!("python-{top}")));
    names.push(normalize(&format!("py{top}")));
    names
}

/// Other distributions that bring the same module.
const ALTERNATIVES: &[(&str, &str)] = &[
    ("cv2", "opencv-python-headless"),
    ("cv2", "opencv-contrib-python"),
    ("cv2", "opencv-contrib-python-headless"),
    ("psycopg2", "psycopg2-binary"),
    ("tensorflow", "tensorflow-cpu"),
    ("tensorflow", "tensorflow-gpu"),
    ("matplotlib", "matplotlib-base"),
    ("torch", "torch-cpu"),
    ("faiss", "faiss-cpu"),
    ("faiss", "faiss-gpu"),
    ("typing_extensions", "typing-extensions"),
    ("pkg_resources", "setuptools"),
    ("xgboost", "xgboost-cpu"),
    ("mlflow", "mlflow-skinny"),
    ("Crypto", "pycrypto"),
    ("magic", "python-magic"),
    ("lightning", "lightning"),
    ("pytorch_lightning", "lightning"),
    ("onnxruntime", "onnxruntime-gpu"),
    ("spacy", "spacy"),
];

/// `google.cloud.storage` is brought by `google-cloud-storage`: parts of a namespace are declared one by one.
pub(crate) fn is_namespace(top: &str, declared: &BTreeSet<String>) -> bool {
    let prefix = format!("{}-", normalize(top));
    declared.iter().any(|it| it.starts_with(&prefix))
}
