//! `srcify plan --explain`: what is known of a part of an input.

use std::process::{Command, Output};

const SCRIPT: &str = "\
import pandas as pd
LIMIT = 3
def load(path):
    return pd.read_csv(path)
def mark(df):
    df['big'] = df['a'] > LIMIT
    return df
raw = load('a.csv')
table = mark(raw)
print(len(table))
";

fn explain(name: &str, asked: &str, more: &[&str]) -> Output {
    let folder = std::env::temp_dir().join(format!("srcify-explain-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder of temporary files is writable");
    std::fs::write(folder.join("marks.py"), SCRIPT).expect("the folder is there");
    let output = Command::new(env!("CARGO_BIN_EXE_srcify"))
        .current_dir(&folder)
        .args(["plan", "marks.py", "--explain", asked])
        .args(more)
        .output()
        .expect("the binary is built");
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_function_is_explained_with_what_proves_its_effects() {
    let output = text(&explain("function", "load", &[]).stdout);
    assert!(
        output.contains("read-file, by pandas.read_csv at 4:12"),
        "{output}"
    );
    assert!(output.contains("io/"), "{output}");
    assert!(output.contains("called at              8:7"), "{output}");
}

#[test]
fn a_function_that_changes_its_argument_says_so() {
    let output = text(&explain("argument", "mark", &[]).stdout);
    assert!(output.contains("changes its arguments  df"), "{output}");
    assert!(output.contains("reads of the module    LIMIT"), "{output}");
}

#[test]
fn a_variable_is_explained_from_its_binding_to_its_last_use() {
    let output = text(&explain("variable", "raw", &[]).stdout);
    let binding = output.find("8:1: raw = load('a.csv')").unwrap();
    let change = output.find("9:1: table = mark(raw)").unwrap();
    assert!(binding < change, "{output}");
    assert!(output.contains("may share objects with table"), "{output}");
    assert!(
        output.contains("type afterwards        pandas.DataFrame"),
        "{output}"
    );
}

#[test]
fn a_setting_names_the_setting_that_it_became() {
    let output = text(&explain("setting", "LIMIT", &[]).stdout);
    assert!(output.contains("    setting                "), "{output}");
    assert!(output.contains(".limit"), "{output}");
}

#[test]
fn a_line_is_explained_by_the_statement_on_it() {
    for asked in ["9", "9:1"] {
        let output = text(&explain("line", asked, &[]).stdout);
        assert!(output.contains("9:1: table = mark(raw)"), "{output}");
        assert!(
            output.contains("changes in place       raw, table"),
            "{output}"
        );
    }
}

#[test]
fn machines_get_the_same() {
    let output = explain("json", "load", &["--output-format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let function = &json["functions"][0];
    assert_eq!(function["effects"][0]["effect"], "read-file");
    assert_eq!(function["effects"][0]["chain"][0], "pandas.read_csv");
    assert_eq!(function["effects"][0]["at"]["line"], 4);
}

#[test]
fn an_unknown_name_gets_the_names_that_look_like_it() {
    let output = explain("unknown", "lod", &[]);
    assert_eq!(output.status.code(), Some(2));
    let error = text(&output.stderr);
    assert!(
        error.contains("nothing is called `lod`: did you mean `load`"),
        "{error}"
    );
    let error = text(&explain("nowhere", "99", &[]).stderr);
    assert!(error.contains("no statement at `99`"), "{error}");
}
