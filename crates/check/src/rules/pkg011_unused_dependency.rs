//! `unused-dependency`: declared dependency that nothing imports.

use std::collections::BTreeSet;

use super::pkg004_stale_lockfile::{normalize, requirement_name};
use super::pkg010_undeclared_dependency::{candidates, declared};

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "PKG011",
    name: "unused-dependency",
    summary: "declared dependency that nothing imports",
    page: include_str!("../../docs/PKG011.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

/// Distributions that are there for others: drivers, engines, plugins, servers, build helpers, types.
const COMPANIONS: &[&str] = &[
    "pyarrow",
    "fastparquet",
    "openpyxl",
    "xlrd",
    "xlsxwriter",
    "tables",
    "lxml",
    "html5lib",
    "psycopg2",
    "psycopg2-binary",
    "psycopg",
    "pymysql",
    "mysqlclient",
    "pyodbc",
    "cx-oracle",
    "oracledb",
    "sqlalchemy",
    "s3fs",
    "gcsfs",
    "adlfs",
    "fsspec",
    "boto3",
    "numba",
    "numexpr",
    "bottleneck",
    "tabulate",
    "jinja2",
    "setuptools",
    "wheel",
    "pip",
    "uvicorn",
    "gunicorn",
    "ipykernel",
    "jupyter",
    "jupyterlab",
    "notebook",
    "ipywidgets",
    "kaleido",
    "pyqt5",
    "pyqt6",
    "pyside6",
    "typing-extensions",
    "importlib-metadata",
    "importlib-resources",
    "tzdata",
    "certifi",
    "protobuf",
    "grpcio",
    "python-multipart",
    "email-validator",
    "greenlet",
    "aiosqlite",
    "asyncpg",
    "snowflake-sqlalchemy",
    "hiredis",
    "uvloop",
    "httptools",
    "orjson",
    "zstandard",
    "brotli",
    "accelerate",
    "bitsandbytes",
    "sentencepiece",
    "torchvision",
    "torchaudio",
    "triton",
    "pyyaml",
    "omegaconf",
    "pandas",
    "graphviz",
    "pydot",
    "scipy",
    "tqdm",
    "rich",
    "colorama",
    "urllib3",
    "packaging",
    "kaleido",
    "statsmodels",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let Some(pyproject) = declared(project) else {
        return;
    };
    if project.roots.packages.is_empty() {
        return;
    }
    let mut brought: BTreeSet<String> = BTreeSet::new();
    let mut tops: BTreeSet<String> = BTreeSet::new();
    for import in project.modules.iter().flat_map(|it| &it.imports) {
        let dotted = normalize(&import.module);
        brought.extend(candidates(project, &import.module));
        if let Some(name) = import.name {
            brought.insert(normalize(&format!("{}-{name}", import.module)));
        }
        brought.insert(dotted);
        tops.insert(normalize(import.module.split('.').next().unwrap_or("")));
    }
    for dependency in &pyproject.dependencies {
        let Some(name) = requirement_name(&dependency.value) else {
            continue;
        };
        let is_part = tops.iter().any(|top| {
            top.len() > 2
                && (name.starts_with(&format!("{top}-")) || name.ends_with(&format!("-{top}")))
        });
        let is_companion = COMPANIONS.contains(&name.as_str())
            || name.starts_with("types-")
            || name.ends_with("-stubs");
        // A module of another name may belong to it: only names that we can tell are judged.
        let is_spelled_out = project.package.files.iter().any(|(path, text)| {
            path.extension() != Some("toml")
                && path.extension() != Some("lock")
                && path.extension() != Some("md")
                && text.contains(&name.replace('-', "_"))
        });
        if brought.contains(&name)
            || is_part
            || is_companion
            || is_spelled_out
            || dependency.value.contains(';')
        {
            continue;
        }
        reporter
            .report_line(
                "pyproject.toml".into(),
                dependency.range,
                format!("nothing imports `{name}`"),
            )
            .help(format!(
                "run `uv remove {name}`, or allow it where it is needed without being imported"
            ));
    }
}
