//! How inputs are read: what is left out with `--skip-broken`, and in which order cells run.

use srcify_testing::{Outcome, Sandbox};

/// A notebook of code cells with the numbers that Jupyter showed beside them.
fn notebook(cells: &[(&str, u32)]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|(source, count)| {
            let source = source.replace('\n', "\\n");
            format!(
                r#"{{"cell_type": "code", "execution_count": {count}, "metadata": {{}}, "outputs": [], "source": "{source}"}}"#
            )
        })
        .collect();
    format!(
        r#"{{"cells": [{}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 4}}"#,
        cells.join(", ")
    )
}

#[track_caller]
fn plan(cells: &[(&str, u32)], options: &[&str], status: i32) -> Outcome {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("a.ipynb", notebook(cells));
    let outcome = sandbox.run(&[&["plan", "a.ipynb"], options].concat());
    assert_eq!(outcome.status, Some(status), "{outcome:?}");
    outcome
}

/// The places of the statements that are planned, e.g. `cell 2:1:1`.
fn places(outcome: &Outcome) -> Vec<&str> {
    let rows = outcome.stdout.lines().skip(1);
    let rows = rows.take_while(|line| !line.is_empty());
    rows.filter_map(|line| line.split("  ").next()).collect()
}

#[test]
fn broken_cells_go_and_what_needs_their_names() {
    let cells = [
        ("a = 1\nb = 2", 1),
        ("print 'half a line'\nc = 3", 2),
        ("d = c + a\nprint(d)", 3),
        ("def f():\n    return d\nprint(f())", 4),
        ("c = 4\nprint(a, b, c)", 5),
    ];
    let refused = plan(&cells, &[], 2);
    assert!(refused.stderr.contains("--skip-broken"), "{refused:?}");
    let planned = plan(&cells, &["--skip-broken"], 0);
    assert_eq!(
        places(&planned),
        ["cell 1:1:1", "cell 1:2:1", "cell 5:1:1", "cell 5:2:1"]
    );
}

#[test]
fn nothing_is_left_of_a_notebook_of_broken_cells() {
    let refused = plan(&[("print 1", 1), ("x = (", 2)], &["--skip-broken"], 2);
    assert!(
        refused.stderr.contains("holds no code that can be read"),
        "{refused:?}"
    );
}

#[test]
fn secrets_of_broken_cells_are_not_shown() {
    let secret = ["tr0ub4dor", "and", "3"].join("-");
    let cell = format!("password = '{secret}'; print password");
    for options in [&[][..], &["--skip-broken"]] {
        let cells = [(cell.as_str(), 1), ("print(1)", 2)];
        let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
        sandbox.write("a.ipynb", notebook(&cells));
        let command = ["convert", "a.ipynb", "-o", "out", "--no-lock"];
        let outcome = sandbox.run(&[&command[..], options].concat());
        assert!(outcome.stderr.contains("Python 2"), "{outcome:?}");
        assert!(!outcome.stderr.contains(&secret), "{outcome:?}");
        let mut written = sandbox.files();
        written.remove(camino::Utf8Path::new("a.ipynb"));
        for (path, content) in written {
            let text = String::from_utf8_lossy(&content).into_owned();
            assert!(!text.contains(&secret), "{path}");
        }
    }
}

#[test]
fn the_numbers_of_cells_tell_the_order_where_the_document_does_not_work() {
    let cells = [("print(total + 1)", 2), ("total = len('abc')", 1)];
    assert_eq!(places(&plan(&cells, &[], 0)), ["cell 2:1:1", "cell 1:1:1"]);
    assert_eq!(
        places(&plan(&cells, &["--order", "document"], 0)),
        ["cell 1:1:1", "cell 2:1:1"]
    );
}

#[test]
fn a_document_that_works_keeps_its_order_unless_it_is_told() {
    let cells = [("total = len('abc')", 2), ("print(total + 1)", 1)];
    assert_eq!(places(&plan(&cells, &[], 0)), ["cell 1:1:1", "cell 2:1:1"]);
    assert_eq!(
        places(&plan(&cells, &["--order", "executed"], 0)),
        ["cell 2:1:1", "cell 1:1:1"]
    );
}
