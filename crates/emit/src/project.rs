//! Every file of the project that holds no statement of the input.

mod dependencies;
mod edges;
mod extras;
mod missing;
mod readme;
mod steps;
mod unchecked;
mod witness;

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Environment, UndefinedBehavior, Value as Json, context};
use srcify_plan::{EnvironmentVariable, Folder, Job, Plan};
use srcify_syntax::format_module;

use crate::escapes::with_known_escapes;
use crate::settings::{Value, config_module, fields};
use crate::text::{
    LINE_LENGTH, capitalized, described, docstring, natural_key, one_line, pascal, python_string,
    sentence, words,
};
use crate::tree::Tree;
use crate::yaml::settings_file;

pub use extras::{Extra, add_extra};

/// The minor version of the Python 3 that the packages need at least.
pub(crate) const PYTHON_MINOR: u8 = 11;

/// Name of the settings class of `job`, also when the job has nothing to set: `TrainingConfig`.
pub fn settings_class(job: &Job) -> String {
    if job.settings.class.is_empty() {
        format!("{}Config", pascal(&job.name))
    } else {
        job.settings.class.clone()
    }
}

/// Adds all files of the project but the modules of `plan.modules`.
pub fn project_files(plan: &Plan, tree: &mut Tree) {
    let mut writer = Writer {
        plan,
        tree,
        templates: templates(),
        facts: facts(plan),
    };
    writer.write_project();
    writer.write_settings();
    writer.write_package();
    writer.write_tests();
}

struct Writer<'a> {
    plan: &'a Plan,
    tree: &'a mut Tree,
    templates: Environment<'static>,
    facts: Json,
}

impl Writer<'_> {
    fn write_project(&mut self) {
        let plan = self.plan;
        self.write(
            "pyproject.toml",
            "pyproject.toml.j2",
            context! { ..dependencies::facts(plan), ..context! { test_paths => test_paths(plan) } },
        );
        self.write("README.md", "README.md.j2", readme::facts(plan));
        let ignored = context! { ignored => readme::ignored(plan) };
        self.write(".gitignore", "gitignore.j2", ignored);
        // The lowest version that `pyproject.toml` promises: what runs there runs on the later ones.
        self.tree
            .insert(".python-version", format!("3.{PYTHON_MINOR}\n"));
        if !plan.secrets.is_empty() {
            self.write(".env.example", "env.example.j2", context! {});
        }
    }

    fn write_settings(&mut self) {
        for job in self.plan.jobs.iter().filter(|job| has_settings(job)) {
            let command = command(self.plan, job);
            let path = format!("confs/{}.yaml", job.name);
            self.tree.insert(path, settings_file(job, &command));
        }
    }

    fn write_package(&mut self) {
        let plan = self.plan;
        let name = words(&plan.package);
        self.write_init("", &summary(plan));
        self.write_module("__main__.py", "main.py.j2");
        self.write_module("errors.py", "errors.py.j2");
        let config = format!("src/{}/config.py", plan.package);
        self.tree.insert(config, formatted(&config_module(plan)));
        if has(plan, Folder::Domain) {
            let pure =
                |name: &str| format!("Pure{name} logic: no files, no clock, no hidden randomness");
            let pure = match pure(&format!(" {name}")) {
                long if long.len() > FIRST_LINE => pure(""),
                fits => fits,
            };
            self.write_init("domain/", &pure);
        }
        let outside = if plan.secrets.is_empty() {
            "files"
        } else {
            "files and secrets"
        };
        self.write_init("io/", &format!("The only modules that touch {outside}"));
        self.write_module("io/configs.py", "configs.py.j2");
        if !plan.secrets.is_empty() {
            self.write_module("io/secrets.py", "secrets.py.j2");
        }
        self.write_init("application/", "Jobs: read, compute, write");
        self.write_module("scripts.py", "scripts.py.j2");
    }

    fn write_tests(&mut self) {
        let plan = self.plan;
        let facts =
            context! { ..witness::facts(plan), ..context! { missing => missing::facts(plan) } };
        let path = "tests/test_config.py";
        self.write(path, "test_config.py.j2", facts.clone());
        self.write("tests/test_scripts.py", "test_scripts.py.j2", facts);
        let environment = plan.environment.iter().map(|it| python_string(&it.name));
        let running = plan.running_modules.iter();
        let running =
            running.map(|it| python_string(&format!("{}.application.{it}", plan.package)));
        let facts = context! {
            environment => environment.collect::<BTreeSet<_>>(),
            running => running.collect::<BTreeSet<_>>(),
        };
        self.write("tests/test_imports.py", "test_imports.py.j2", facts);
        let steps = steps::all(plan);
        if steps.iter().any(|it| it.records) {
            self.write("tests/recorder.py", "recorder.py.j2", context! {});
            self.write("tests/conftest.py", "conftest.py.j2", context! {});
        }
        for test in steps {
            self.write(&test.path, "test_steps.py.j2", test.facts);
        }
        if !plan.secrets.is_empty() {
            self.write(
                "tests/io/test_secrets.py",
                "test_secrets.py.j2",
                context! {},
            );
        }
    }

    fn write_init(&mut self, folder: &str, summary: &str) {
        let path = format!("src/{}/{folder}__init__.py", self.plan.package);
        let environment = match folder {
            "" => environment(&self.plan.environment),
            _ => String::new(),
        };
        let abouts = self.plan.jobs.iter().map(|job| job.about.as_str());
        let abouts: Vec<&str> = abouts
            .filter(|it| folder.is_empty() && !it.is_empty())
            .collect();
        let text = described(&docstring(summary, 0), &abouts.join("\n\n"));
        let text = format!("{text}\n{environment}");
        self.tree.insert(path, formatted(&text));
    }

    fn write_module(&mut self, path: &str, template: &str) {
        let path = format!("src/{}/{path}", self.plan.package);
        self.write(&path, template, context! {});
    }

    fn write(&mut self, path: &str, template: &str, more: Json) {
        let facts = self.facts.clone();
        let text = self
            .templates
            .get_template(template)
            .and_then(|template| template.render(context! { ..more, ..facts }))
            .expect("a template names what its context holds");
        let is_python = camino::Utf8Path::new(path).extension() == Some("py");
        // Tests repeat texts of the author's as they were written.
        let text = if is_python {
            formatted(&with_known_escapes(&text))
        } else {
            text
        };
        self.tree.insert(path, text);
    }
}

/// Sets what libraries read when they are imported.
fn environment(variables: &[EnvironmentVariable]) -> String {
    if variables.is_empty() {
        return String::new();
    }
    let set = |it: &EnvironmentVariable| {
        let (name, value) = (python_string(&it.name), python_string(&it.value));
        if it.is_default {
            format!("os.environ.setdefault({name}, {value})\n")
        } else {
            format!("os.environ[{name}] = {value}\n")
        }
    };
    let lines: String = variables.iter().map(set).collect();
    format!("\nimport os\n\n# Libraries read this when they are imported.\n{lines}")
}

/// `source` as `ruff format` writes it; as it is when it is no Python.
fn formatted(source: &str) -> String {
    format_module(source, LINE_LENGTH).unwrap_or_else(|_| source.to_owned())
}

fn templates() -> Environment<'static> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_trim_blocks(true);
    templates.set_lstrip_blocks(true);
    templates.set_keep_trailing_newline(true);
    templates.add_filter("python", |text: &str| python_string(text));
    templates.add_filter("toml", |text: &str| dependencies::toml_string(text));
    templates.add_filter("toml_array", |items: Vec<String>| {
        dependencies::toml_array(&items)
    });
    for (name, text) in TEMPLATES {
        templates
            .add_template(name, text)
            .expect("templates are valid");
    }
    templates
}

/// Characters of a sentence that stands on the first line of a module, without its quotes and its final stop.
const FIRST_LINE: usize = 90;

const TEMPLATES: [(&str, &str); 19] = [
    (
        "pyproject.toml.j2",
        include_str!("../templates/pyproject.toml.j2"),
    ),
    ("README.md.j2", include_str!("../templates/README.md.j2")),
    ("ci.yml.j2", include_str!("../templates/ci.yml.j2")),
    ("Dockerfile.j2", include_str!("../templates/Dockerfile.j2")),
    ("gitignore.j2", include_str!("../templates/gitignore.j2")),
    (
        "env.example.j2",
        include_str!("../templates/env.example.j2"),
    ),
    ("main.py.j2", include_str!("../templates/main.py.j2")),
    ("errors.py.j2", include_str!("../templates/errors.py.j2")),
    ("configs.py.j2", include_str!("../templates/configs.py.j2")),
    ("secrets.py.j2", include_str!("../templates/secrets.py.j2")),
    ("options.py.j2", include_str!("../templates/options.py.j2")),
    ("scripts.py.j2", include_str!("../templates/scripts.py.j2")),
    (
        "test_config.py.j2",
        include_str!("../templates/tests/test_config.py.j2"),
    ),
    (
        "test_scripts.py.j2",
        include_str!("../templates/tests/test_scripts.py.j2"),
    ),
    (
        "test_secrets.py.j2",
        include_str!("../templates/tests/test_secrets.py.j2"),
    ),
    (
        "test_steps.py.j2",
        include_str!("../templates/tests/test_steps.py.j2"),
    ),
    (
        "recorder.py.j2",
        include_str!("../templates/tests/recorder.py.j2"),
    ),
    (
        "conftest.py.j2",
        include_str!("../templates/tests/conftest.py.j2"),
    ),
    (
        "test_imports.py.j2",
        include_str!("../templates/tests/test_imports.py.j2"),
    ),
];

/// What every template may use.
fn facts(plan: &Plan) -> Json {
    let jobs: Vec<_> = plan.jobs.iter().map(|job| job_facts(plan, job)).collect();
    let sentence = capitalized(&sentence(&summary(plan)));
    let percent = plan.jobs.iter().any(|job| job.summary.contains('%'));
    let any_settings = plan.jobs.iter().any(has_settings);
    let secrets: Vec<_> = plan.secrets.iter().map(secret_facts).collect();
    context! {
        package => plan.package,
        project => plan.project,
        logger => logger(plan),
        error => srcify_plan::error_class(&plan.package),
        help => program_text(&sentence),
        sentence,
        many => plan.jobs.len() > 1,
        jobs,
        percent,
        // Argparse fills in this word, and then every other `%` has to be doubled.
        percent_settings => any_setting(plan, "%(prog)"),
        any_settings,
        any_async => plan.jobs.iter().any(|job| job.is_async),
        references => any_setting(plan, "${"),
        secrets,
        has_domain => has(plan, Folder::Domain),
        job_imports => job_imports(plan),
        config_names => config_names(plan),
        author_names => plan.author_names.iter().collect::<Vec<_>>(),
        acting_imports => acting_modules(plan),
    }
}

/// Whether a default or a description of `plan` contains `text`.
fn any_setting(plan: &Plan, text: &str) -> bool {
    let contains = |other: &str| other.contains(text);
    fields(plan).any(|field| contains(&field.description) || Value::of(field).any_text(&contains))
}

fn secret_facts(secret: &srcify_plan::Secret) -> Json {
    context! {
        variable => secret.variable,
        comment => one_line(&secret.description),
    }
}

fn job_facts(plan: &Plan, job: &Job) -> Json {
    let text = match one_line(&job.summary) {
        text if text.is_empty() => format!("Run the {} job", words(&job.name)),
        text => text,
    };
    context! {
        name => job.name,
        command => subcommand(job),
        function => job.function,
        class => settings_class(job),
        sentence => capitalized(&sentence(&text)),
        is_async => job.is_async,
        invocation => command(plan, job),
        example => witness::example_words(job).pop().unwrap_or_else(|| "KEY=VALUE".to_owned()),
    }
}

/// What the package does, in one line.
fn summary(plan: &Plan) -> String {
    match one_line(&plan.summary) {
        text if text.is_empty() => format!("The {} jobs", words(&plan.package)),
        text => text,
    }
}

/// `text` as argparse shows it: it fills in `%(prog)`, and then every other `%` has to be doubled.
fn program_text(text: &str) -> String {
    if text.contains("%(prog)") {
        text.replace('%', "%%")
    } else {
        text.to_owned()
    }
}

/// The modules whose imports act by being there: linters are told that nothing need read them.
fn acting_modules(plan: &Plan) -> Vec<String> {
    let module = |import: &String| {
        let rest = import.trim_start_matches("from ");
        let rest = rest.trim_start_matches("import ");
        rest.split(' ').next().unwrap_or_default().to_owned()
    };
    let modules: BTreeSet<String> = plan.acting_imports.iter().map(module).collect();
    modules.into_iter().collect()
}

/// The statements that import the jobs' functions, sorted as ruff sorts them.
fn job_imports(plan: &Plan) -> Vec<String> {
    let mut modules: BTreeMap<String, BTreeSet<(String, &str)>> = BTreeMap::new();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for job in &plan.jobs {
        let key = natural_key(&job.name);
        let function = (natural_key(&job.function), job.function.as_str());
        modules.entry(key.clone()).or_default().insert(function);
        names.insert(key, &job.name);
    }
    let statement = |(key, functions): (&String, &BTreeSet<(String, &str)>)| {
        let name = names.get(key).copied().unwrap_or_default();
        let functions: Vec<_> = functions.iter().map(|(_, function)| *function).collect();
        let package = &plan.package;
        format!(
            "from {package}.application.{name} import {}",
            functions.join(", ")
        )
    };
    modules.iter().map(statement).collect()
}

/// The logger whose messages the command line shows. Only the jobs log, so theirs will do where the author has one of the
/// package's name, with a format of its own.
fn logger(plan: &Plan) -> String {
    if plan.is_logger_taken {
        format!("{}.{}", plan.package, Folder::Application.name())
    } else {
        plan.package.clone()
    }
}

/// What `scripts.py` imports from `config.py`.
fn config_names(plan: &Plan) -> Vec<String> {
    let classes = plan.jobs.iter().map(settings_class);
    let base = plan.jobs.len() > 1 || plan.jobs.iter().any(has_settings);
    sorted_names(classes.chain(base.then(|| "Config".to_owned())))
}

/// Class names, each once, as ruff sorts them in an import.
fn sorted_names(names: impl Iterator<Item = String>) -> Vec<String> {
    let names: BTreeMap<_, _> = names
        .map(|name| ((natural_key(&name), name.clone()), name))
        .collect();
    names.into_values().collect()
}

/// Where tests import from.
fn test_paths(plan: &Plan) -> Vec<&'static str> {
    if steps::all(plan).iter().any(|it| it.records) {
        vec!["src", "tests"]
    } else {
        vec!["src"]
    }
}

fn has_settings(job: &Job) -> bool {
    !job.settings.sections.is_empty()
}

fn has(plan: &Plan, folder: Folder) -> bool {
    plan.modules.iter().any(|module| module.folder == folder)
}

/// The word that chooses `job` on the command line.
fn subcommand(job: &Job) -> String {
    job.name.replace('_', "-")
}

/// The command that runs `job`.
fn command(plan: &Plan, job: &Job) -> String {
    if plan.jobs.len() > 1 {
        format!("{} {}", plan.project, subcommand(job))
    } else {
        plan.project.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::{natural_key, program_text};
    use srcify_plan::error_class;

    #[test]
    fn an_error_class_hides_no_other() {
        assert_eq!(error_class("churn_model"), "ChurnModelError");
        assert_eq!(error_class("value"), "ValuePackageError");
        // Pytest collects what begins with `Test`.
        assert_eq!(error_class("tested"), "PackageError");
        assert_eq!(error_class("validation"), "ValidationPackageError");
    }

    #[test]
    fn percent_signs_are_doubled_only_where_argparse_fills_in() {
        assert_eq!(program_text("50%"), "50%");
        assert_eq!(program_text("50% of %(prog)s"), "50%% of %%(prog)s");
        assert!(natural_key("Config") < natural_key("TrainingConfig"));
    }
}
