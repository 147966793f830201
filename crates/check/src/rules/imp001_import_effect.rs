//! `import-effect`: code that does something when the package is imported.

use std::collections::{BTreeMap, VecDeque};

use srcify_effects::{Effect, EffectSet};

use srcify_syntax::{TextRange, TextSize};

use crate::flow::{NodeId, Step, render, verb};
use crate::module::Role;
use crate::project::Project;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "IMP001",
    name: "import-effect",
    summary: "code that does something when the package is imported",
    page: include_str!("../../docs/IMP001.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

const NOTICEABLE: EffectSet = EffectSet::from_slice(&[
    Effect::ReadFile,
    Effect::WriteFile,
    Effect::Network,
    Effect::Database,
    Effect::ReadEnvironment,
    Effect::WriteEnvironment,
    Effect::Process,
    Effect::Random,
    Effect::Seed,
    Effect::Stdout,
    Effect::Display,
    Effect::Figure,
    Effect::Logging,
    Effect::GlobalState,
    Effect::Exit,
]);

/// What packages do at import by convention: import, and ask for their own version and for the platform.
const HARMLESS: &[&str] = &[
    "importlib.",
    "importlib_metadata.",
    "__import__",
    "pkg_resources.",
    "pkgutil.",
    "platform.",
    "os.cpu_count",
    "multiprocessing.cpu_count",
    "sys.prefix",
    "sys.exec_prefix",
    "sys.executable",
    "sysconfig.",
    "sys.version",
    "sys.platform",
    "logging.getLogger",
    "warnings.",
    "tempfile.",
    // Where the package lies, and whether a file is there.
    "os.path.",
    "os.getcwd",
    "pathlib.Path.absolute",
    "pathlib.Path.cwd",
    "pathlib.Path.exists",
    "pathlib.Path.expanduser",
    "pathlib.Path.home",
    "pathlib.Path.is_",
    "pathlib.Path.resolve",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let (project, flow) = (context.project, context.flow());
    let importers = importers(project);
    for (at, index) in project.modules.iter().enumerate() {
        let is_run = index.module.path.file_name() == Some("__main__.py");
        let Some(node) = flow
            .node(at, None)
            .filter(|_| index.module.role == Role::Package && !is_run)
        else {
            continue;
        };
        for ((start, end), found) in places(context, node) {
            let range = TextRange::new(start, end);
            let verbs: Vec<&str> = found.iter().map(|(effect, _)| verb(*effect)).collect();
            let Some((_, steps)) = found.first() else {
                continue;
            };
            let mut chain: Vec<_> = steps
                .iter()
                .skip(1)
                .map(|step| {
                    let path = &project.modules[step.module].module.path;
                    reporter.step(path, step.range, format!("calls `{}`", step.calls))
                })
                .collect();
            chain.extend(import_chain(project, &importers, at));
            let name = &index.module.name;
            let message = format!(
                "importing `{name}` {}: `{}`",
                verbs.join(", "),
                render(name, steps)
            );
            reporter
                .report(&index.module.path, range, message)
                .help("move it into a function that is called when it is needed")
                .chain(chain);
        }
    }
}

/// By place: each effect with its chain.
type Places = BTreeMap<(TextSize, TextSize), Vec<(Effect, Vec<Step>)>>;

/// Where importing a module does something: by place, each effect with its chain.
fn places(context: &Context<'_>, node: NodeId) -> Places {
    let flow = context.flow();
    let mut places: Places = BTreeMap::new();
    for effect in flow
        .certain_effects(node)
        .filter(|it| NOTICEABLE.contains(*it))
    {
        let steps = flow.certain_chain(node, effect);
        let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
            continue;
        };
        // An estimator or a generator that is made draws when it is used.
        let is_made = effect == Effect::Random
            && (context.catalog.is_class(&last.calls) || last.calls.ends_with("default_rng"));
        // What libraries are told to do, so that they stay silent.
        let is_null_handler = context.project.modules[last.module]
            .module
            .slice(last.range)
            .contains("NullHandler");
        if !is_made && !is_null_handler && !HARMLESS.iter().any(|it| last.calls.starts_with(it)) {
            places
                .entry((first.range.start(), first.range.end()))
                .or_default()
                .push((effect, steps.clone()));
        }
    }
    places
}

/// By module: the modules that import it when they are imported, with the place.
type Importers = BTreeMap<usize, Vec<(usize, TextRange)>>;

fn importers(project: &Project<'_>) -> Importers {
    let mut found = Importers::new();
    for (at, index) in project.modules.iter().enumerate() {
        let running = index
            .imports
            .iter()
            .filter(|it| !it.is_type_checking && it.function.is_none() && !it.is_guarded);
        for import in running {
            let inner = import
                .name
                .and_then(|name| project.find(&format!("{}.{name}", import.module)));
            if let Some(target) = inner
                .or_else(|| project.find(&import.module))
                .filter(|it| *it != at)
            {
                found.entry(target).or_default().push((at, import.range));
            }
        }
    }
    found
}

/// How `import package` comes to a module.
fn import_chain(
    project: &Project<'_>,
    importers: &Importers,
    module: usize,
) -> Vec<crate::finding::Chain> {
    let top = project.find(project.modules[module].module.top_level());
    let Some(top) = top.filter(|it| *it != module) else {
        return Vec::new();
    };
    let mut before: BTreeMap<usize, (usize, TextRange)> = BTreeMap::new();
    let mut queue = VecDeque::from([module]);
    while let Some(at) = queue.pop_front() {
        for &(importer, range) in importers.get(&at).into_iter().flatten() {
            if importer != module && !before.contains_key(&importer) {
                before.insert(importer, (at, range));
                queue.push_back(importer);
            }
        }
    }
    let mut chain = Vec::new();
    let mut current = top;
    while let Some(&(next, range)) = before.get(&current) {
        let index = project.modules[current].module;
        let (cell, start, _) = project.locate(&index.path, range);
        chain.push(crate::finding::Chain {
            path: index.path.clone(),
            cell,
            range,
            start,
            message: format!(
                "`{}` imports `{}`",
                index.name, project.modules[next].module.name
            ),
        });
        current = next;
    }
    chain
}
