//! The files around the modules, for plans made by hand.
//!
//! With `SRCIFY_E2E_PYTHON=<interpreter>` (one that has pydantic, omegaconf, pyyaml, pytest, ruff and mypy), the projects
//! are also written to a temporary folder (and to `SRCIFY_E2E_KEEP`, if set), where `ruff check`, `ruff format --check`, `mypy --strict` and `pytest` must pass.

mod plans;

use std::path::Path;
use std::process::Command;

use srcify_emit::{Tree, project_files, settings_class};
use srcify_plan::{Item, Plan};

fn files(plan: &Plan) -> Tree {
    let mut tree = Tree::default();
    project_files(plan, &mut tree);
    tree
}

fn file<'a>(tree: &'a Tree, path: &str) -> &'a str {
    tree.get(path).unwrap_or_else(|| panic!("no {path}"))
}

#[test]
fn a_project_has_the_files_of_its_layers_only() {
    let paths = |plan: &Plan| -> Vec<String> {
        let tree = files(plan);
        tree.iter().map(|(path, _)| path.to_string()).collect()
    };
    assert_eq!(
        paths(&plans::churn()),
        [
            ".gitignore",
            ".python-version",
            "README.md",
            "confs/training.yaml",
            "pyproject.toml",
            "src/churn/__init__.py",
            "src/churn/__main__.py",
            "src/churn/application/__init__.py",
            "src/churn/config.py",
            "src/churn/domain/__init__.py",
            "src/churn/errors.py",
            "src/churn/io/__init__.py",
            "src/churn/io/configs.py",
            "src/churn/scripts.py",
            "tests/test_config.py",
            "tests/test_imports.py",
            "tests/test_scripts.py",
        ]
    );
    let nasty = paths(&plans::nasty());
    assert!(nasty.contains(&".env.example".to_owned()));
    assert!(nasty.contains(&"src/night_shift/io/secrets.py".to_owned()));
    assert!(nasty.contains(&"tests/io/test_secrets.py".to_owned()));
    let bare = paths(&plans::bare());
    assert!(
        !bare
            .iter()
            .any(|path| path.starts_with("confs") || path.contains("domain"))
    );
}

#[test]
fn the_settings_of_the_sample_are_those_of_the_style_guide() {
    let tree = files(&plans::churn());
    let config = file(&tree, "src/churn/config.py");
    for expected in [
        "\"\"\"Settings of the training job; the defaults are the values of the script.\"\"\"\n\nfrom pathlib import Path\n\nfrom pydantic import BaseModel, ConfigDict, Field\n\n\nclass Config(BaseModel):",
        "    model_config = ConfigDict(frozen=True, extra=\"forbid\")\n",
        "    path: Path = Field(default=Path(\"data/customers.csv\"), description=\"CSV file of customers.\")\n",
        "    tenure_edges: tuple[int, ...] = Field(\n        default=(0, 12, 24, 48, 72), min_length=2, description=\"Edges of the bands, in months.\"\n    )\n",
        "    max_depth: int | None = Field(default=8, gt=0, description=\"Depth of a tree; null: no limit.\")\n",
        "class TrainingConfig(Config):\n    \"\"\"Everything one training run depends on.\"\"\"\n\n    data: DataConfig = DataConfig()\n    features: FeatureConfig = FeatureConfig()\n",
    ] {
        assert!(config.contains(expected), "{expected}\nis not in\n{config}");
    }
    let yaml = file(&tree, "confs/training.yaml");
    for expected in [
        "# The default settings, to copy and edit: `churn --config my.yaml`.\ndata:\n  path: data/customers.csv # CSV file of customers\n\nfeatures:\n",
        "  tenure_edges: [0, 12, 24, 48, 72] # months\n",
        "  metrics_path: null # e.g. metrics.json\n",
    ] {
        assert!(yaml.contains(expected), "{expected}\nis not in\n{yaml}");
    }
}

#[test]
fn dependencies_are_sorted_and_types_are_looked_for_where_they_are() {
    let tree = files(&plans::churn());
    let project = file(&tree, "pyproject.toml");
    for expected in [
        "dependencies = [\"joblib\", \"omegaconf>=2.3\", \"pandas\", \"pydantic>=2.10\", \"pyyaml\", \"scikit-learn\"]\n",
        "churn = \"churn.scripts:main\"\n",
        "dev = [\"mypy\", \"pandas-stubs\", \"pytest\", \"ruff\"]\n",
        "module = [\"joblib.*\", \"sklearn.*\", \"yaml.*\"]\nignore_missing_imports = true\n",
    ] {
        assert!(
            project.contains(expected),
            "{expected}\nis not in\n{project}"
        );
    }
}

#[test]
fn classes_of_libraries_without_types_may_be_inherited_from() {
    let mut plan = plans::churn();
    let project = |plan: &Plan| file(&files(plan), "pyproject.toml").to_owned();
    assert!(!project(&plan).contains("disallow"));
    let module = &mut plan.modules[0];
    module
        .imports
        .insert("from sklearn.base import BaseEstimator".to_owned());
    module.imports.insert("import joblib".to_owned());
    module.items.push(Item {
        name: "Ratio".to_owned(),
        text: "class Ratio(BaseEstimator):\n    @joblib.wrapped(1)\n    def f(self) -> None: ...\n"
            .to_owned(),
        units: Vec::new(),
    });
    let text = project(&plan);
    for expected in [
        "module = [\"churn.domain.features\"]\ndisallow_subclassing_any = false\n",
        "module = [\"churn.domain.features\"]\ndisallow_untyped_decorators = false\n",
    ] {
        assert!(text.contains(expected), "{expected}\nis not in\n{text}");
    }
    // Pandas has types, and so has what the language brings.
    plan.modules[0].imports.clear();
    assert!(!project(&plan).contains("disallow"));
}

#[test]
fn git_keeps_neither_data_nor_results_nor_secrets() {
    let ignored = |plan: &Plan| file(&files(plan), ".gitignore").to_owned();
    let churn = ignored(&plans::churn());
    assert_eq!(
        churn,
        ".venv/\n__pycache__/\n.*_cache/\n/data/\n/model.joblib\n"
    );
    assert!(ignored(&plans::nasty()).contains("\n.env\n"));
}

#[test]
fn sections_that_jobs_share_are_written_once() {
    let tree = files(&plans::nasty());
    let config = file(&tree, "src/night_shift/config.py");
    assert_eq!(config.matches("class SharedConfig(").count(), 1);
    assert_eq!(
        config
            .matches("shared: SharedConfig = SharedConfig()")
            .count(),
        2
    );
}

#[test]
fn every_file_is_the_same_on_every_run() {
    for plan in [plans::churn(), plans::bare(), plans::nasty()] {
        assert_eq!(files(&plan), files(&plan));
    }
}

/// What an author may write that some language takes for something else.
const FRAGMENTS: [&str; 36] = [
    "",
    "\"",
    "\"\"\"",
    "''",
    "\\",
    "\\\"",
    "ends in \"",
    "\n\n",
    "%",
    "%(prog)s",
    "{",
    "{{",
    "{%",
    "{#",
    "#",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "é",
    "日本語",
    "a\r\nb",
    "$",
    "${",
    "\\N{DASH}",
    "Args:",
    "Returns:\n    x",
    "🙂",
    "\u{301}",
    "f'{x}'",
    "*/",
    "-->",
    "`",
    "~~~",
    ".",
    "...",
    "?!",
];

#[test]
fn any_text_gives_python_as_ruff_formats_it_and_valid_toml() {
    for fragment in FRAGMENTS {
        for text in [
            fragment.to_owned(),
            format!("a{fragment}"),
            fragment.repeat(150),
        ] {
            let tree = files(&plans::saying(&text));
            for (path, content) in tree.iter() {
                match path.extension() {
                    Some("py") => {
                        let formatted = srcify_syntax::format_module(content, 100);
                        assert_eq!(formatted.as_deref(), Ok(content), "{path} with {text:?}");
                    }
                    Some("toml") => {
                        let parsed = content.parse::<toml_edit::DocumentMut>();
                        assert!(parsed.is_ok(), "{content}");
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn the_projects_pass_their_own_checks() {
    let Ok(python) = std::env::var("SRCIFY_E2E_PYTHON") else {
        eprintln!("skipped: `SRCIFY_E2E_PYTHON` names no interpreter");
        return;
    };
    for plan in [
        plans::churn(),
        plans::bare(),
        plans::nasty(),
        plans::coroutine(),
        plans::flags(),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(&plan, folder.path());
        for tool in [
            &["ruff", "check"][..],
            &["ruff", "format", "--check", "--diff"],
            &["mypy", "src", "tests"],
            &["pytest", "-q", "-p", "no:cacheprovider"],
        ] {
            run(&python, tool, &plan, folder.path());
        }
    }
    for fragment in FRAGMENTS {
        let plan = plans::saying(&format!("a{fragment}").repeat(20));
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(&plan, folder.path());
        run(&python, &["ruff", "check"], &plan, folder.path());
        if std::env::var("SRCIFY_E2E_ALL").is_ok() {
            run(
                &python,
                &["pytest", "-q", "-p", "no:cacheprovider"],
                &plan,
                folder.path(),
            );
        }
    }
}

/// Runs a tool in `folder`; it must be content.
fn run(python: &str, tool: &[&str], plan: &Plan, folder: &Path) {
    let done = Command::new(python)
        .arg("-m")
        .args(tool)
        .current_dir(folder)
        .output()
        .expect("the interpreter starts");
    assert!(
        done.status.success(),
        "{} in `{}`: {:?}\n{}{}",
        tool.join(" "),
        plan.project,
        plan.summary,
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
}

/// Writes the project into `folder`, with jobs that log their settings.
fn write(plan: &Plan, folder: &Path) {
    let mut tree = files(plan);
    for job in &plan.jobs {
        let (package, function) = (&plan.package, &job.function);
        let class = settings_class(job);
        let keyword = if job.is_async { "async def" } else { "def" };
        let path = format!("src/{package}/application/{}.py", job.name);
        let text = format!(
            "\"\"\"A job.\"\"\"\n\nimport logging\n\nfrom {package}.config import {class}\n\n\
             logger = logging.getLogger(__name__)\n\n\n{keyword} {function}(config: {class}) -> None:\n    \
             \"\"\"Log the settings.\"\"\"\n    logger.info(\"%s\", config)\n"
        );
        tree.insert(path, text);
    }
    for (path, text) in tree.iter() {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    if let Ok(copy) = std::env::var("SRCIFY_E2E_KEEP") {
        let copy = Path::new(&copy).join(&plan.project);
        for (path, text) in tree.iter() {
            let path = copy.join(path);
            std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
    }
}
