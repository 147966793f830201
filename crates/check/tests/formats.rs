//! Findings in the formats of machines, and the schema of the settings.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use srcify_check::output::{self, Sources};
use srcify_check::{Finding, Package, RULES, Selection, Settings, check, settings_schema};
use srcify_effects::Catalog;

/// A package with findings of many kinds: a chain over two files, a fix, a path with a blank, a notebook.
const FILES: [(&str, &str); 6] = [
    (
        "pyproject.toml",
        "[project]\nname = \"churn\"\ndependencies = [\"pandas\"]\n",
    ),
    ("src/churn/__init__.py", "\"\"\"Churn.\"\"\"\n"),
    (
        "src/churn/domain/features.py",
        "\"\"\"Features.\"\"\"\nfrom churn.tracing import note\n\ndef clean(rows):\n    note(rows)\n    return rows\n",
    ),
    (
        "src/churn/tracing.py",
        "def note(rows):\n    write(rows)\n\ndef write(rows):\n    open(\"log.txt\", \"w\").write(\"größer\")\n",
    ),
    ("notes/my script.py", "def main():\n    pass\n\nmain()\n"),
    (
        "a.ipynb",
        r#"{"cells":[{"cell_type":"code","execution_count":1,"metadata":{},"outputs":[],"source":"x = 1\nprint(y)"}],"metadata":{},"nbformat":4,"nbformat_minor":5}"#,
    ),
];

fn findings() -> (Vec<Finding>, Sources) {
    let files: BTreeMap<Utf8PathBuf, String> = FILES
        .iter()
        .map(|(path, text)| (Utf8PathBuf::from(*path), (*text).to_owned()))
        .collect();
    let package = Package::new(files.clone());
    let findings = check(&package, &Catalog::complete(), &Selection::all());
    assert!(findings.iter().any(|it| !it.chain.is_empty()));
    assert!(findings.iter().any(|it| it.fix.is_some()));
    assert!(findings.iter().any(|it| it.cell.is_some()));
    (findings, files)
}

#[test]
fn sarif_fits_the_schema_of_the_standard() {
    let (found, _) = findings();
    let schema = include_str!("sarif/sarif-schema-2.1.0.json");
    let schema: Value = serde_json::from_str(schema).expect("the schema is JSON");
    let mut compiler = boon::Compiler::new();
    compiler
        .add_resource("sarif.json", schema)
        .expect("the schema can be added");
    let mut schemas = boon::Schemas::new();
    let index = compiler
        .compile("sarif.json", &mut schemas)
        .expect("the schema compiles");
    for findings in [&found[..], &[]] {
        let text = output::sarif(findings, "0.1.0");
        let log: Value = serde_json::from_str(&text).expect("SARIF is JSON");
        let verdict = schemas.validate(&log, index);
        assert!(verdict.is_ok(), "{}", verdict.unwrap_err());
        assert_eq!(
            log["runs"][0]["results"].as_array().map(Vec::len),
            Some(findings.len())
        );
    }
    // The validator is not one that takes everything.
    let wrong = serde_json::json!({"version": "2.1.0", "runs": [{"tool": {}}]});
    assert!(schemas.validate(&wrong, index).is_err());
}

#[test]
fn json_has_the_shape_of_ruffs_with_severity_and_chain() {
    let (found, sources) = findings();
    let text = output::json(&found, &sources);
    let list: Vec<Value> = serde_json::from_str(&text).expect("a list");
    assert_eq!(list.len(), found.len());
    for object in &list {
        for key in [
            "code",
            "name",
            "message",
            "filename",
            "location",
            "end_location",
            "fix",
            "severity",
            "chain",
            "cell",
        ] {
            assert!(object.get(key).is_some(), "{key} in {object}");
        }
        assert!(object["location"]["row"].as_u64() >= Some(1));
        assert!(object["location"]["column"].as_u64() >= Some(1));
    }
    let lines = output::json_lines(&found, &sources);
    let objects: Vec<Value> = lines
        .lines()
        .map(|it| serde_json::from_str(it).expect("an object per line"))
        .collect();
    assert_eq!(objects, list);
}

#[test]
fn chains_are_shown_with_their_code() {
    let (found, sources) = findings();
    let impure: Vec<Finding> = found.into_iter().filter(|it| it.code == "LAY001").collect();
    let text = output::full(&impure, &sources, false);
    for part in [
        "`clean` writes a file: `clean → note → write → open`",
        "src/churn/domain/features.py:5",
        "src/churn/tracing.py:2",
        "calls `write`",
        "help: ",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn secrets_are_in_no_output_whatever_the_finding_is_about() {
    let secret = "t1ger-99-x";
    let url = format!("postgresql://scott:{secret}@db.internal:5432/sales");
    let cell = format!("password = '{secret}'\nprint(missing)\nfrom x import *");
    let notebook = serde_json::json!({
        "cells": [{
            "cell_type": "code", "execution_count": 1, "metadata": {}, "source": cell,
            "outputs": [{"output_type": "stream", "text": [url]}],
        }],
        "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
    });
    let code = format!(
        "import sqlalchemy, os\n\ndef connect(host, password='{secret}'):\n    a = sqlalchemy.create_engine('{url}')\n    b = sqlalchemy.create_engine(f'postgresql://scott:{secret}@{{host}}/sales')\n    return a, b, os.getenv('PASSWORD', '{secret}')\n"
    );
    let files: BTreeMap<Utf8PathBuf, String> = [
        (
            "pyproject.toml",
            format!("[project]\nname = 'a'\n[tool.x]\npassword = '{secret}'\n"),
        ),
        ("src/a/__init__.py", String::new()),
        ("src/a/domain/db.py", code),
        (
            "confs/config.yaml",
            format!("password: {secret}\nurl: {url}\n"),
        ),
        (".env", format!("DB_PASSWORD={secret}\n")),
        ("eda.ipynb", notebook.to_string()),
    ]
    .into_iter()
    .map(|(path, text)| (Utf8PathBuf::from(path), text))
    .collect();
    let package = Package::new(files.clone());
    let found = check(&package, &Catalog::complete(), &Selection::all());
    for code in ["SEC001", "SEC002", "SEC003", "SEC004", "CFG003", "TYP001"] {
        assert!(found.iter().any(|it| it.code == code), "{code}");
    }
    let secrets = found.iter().filter(|it| it.code == "SEC001").count();
    assert_eq!(secrets, 3, "the default, the address, the f-string");
    let others: Vec<Finding> = found
        .iter()
        .filter(|it| !it.code.starts_with("SEC"))
        .cloned()
        .collect();
    for findings in [&found, &others] {
        let outputs = [
            output::full(findings, &files, false),
            output::concise(findings),
            output::json(findings, &files),
            output::github(findings),
            output::gitlab(findings),
            output::junit(findings),
            output::sarif(findings, "0.1.0"),
        ];
        for text in outputs {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[test]
fn reports_for_forges_are_well_formed() {
    let (found, _) = findings();
    let gitlab: Vec<Value> = serde_json::from_str(&output::gitlab(&found)).expect("a list");
    let mut prints: Vec<&str> = gitlab
        .iter()
        .filter_map(|it| it["fingerprint"].as_str())
        .collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(
        prints.len(),
        found.len(),
        "every issue has its own fingerprint"
    );
    let github = output::github(&found);
    assert_eq!(github.lines().count(), found.len());
    assert!(
        github
            .lines()
            .all(|it| it.starts_with("::") && it.contains(",line="))
    );
    let junit = output::junit(&found);
    assert_eq!(junit.matches("<failure").count(), found.len());
    assert_eq!(
        junit.matches("<testsuite ").count(),
        junit.matches("</testsuite>").count()
    );
}

#[test]
fn the_schema_of_the_settings_is_current() {
    let path = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../../srcify.schema.json");
    let mut text = serde_json::to_string_pretty(&settings_schema()).expect("the schema is JSON");
    text.push('\n');
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).expect("the schema can be written");
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == text,
        "`srcify.schema.json` is old: run this test with `UPDATE=1`"
    );
}

#[test]
fn the_schema_knows_the_settings_that_are_read() {
    let schema = settings_schema();
    let known = schema["properties"]["check"]["properties"]
        .as_object()
        .expect("settings have names");
    for (key, of) in known {
        let value = match of["type"].as_str() {
            Some("array") => "[]",
            Some("boolean") => "true",
            Some("string") => "'a.txt'",
            _ => "{}",
        };
        let read = Settings::read(&format!("[tool.srcify.check]\n{key} = {value}\n"));
        assert!(read.is_ok(), "{key}: {read:?}");
    }
    assert_eq!(known.len(), 7);
    let codes = schema["definitions"]["selector"]["anyOf"][0]["enum"].to_string();
    assert!(
        RULES
            .iter()
            .all(|rule| codes.contains(rule.code) && codes.contains(rule.name))
    );
}
