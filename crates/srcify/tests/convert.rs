//! The command line of `convert` and `plan`: what is refused, what is written, and what is left alone.

use camino::Utf8Path;
use srcify_testing::{Outcome, Sandbox};

/// A notebook of code cells, for a kernel of `language`.
fn notebook(language: &str, cells: &[&str]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|source| {
            let source = source.replace('\n', "\\n");
            format!(
                r#"{{"cell_type": "code", "execution_count": null, "metadata": {{}}, "outputs": [], "source": "{source}"}}"#
            )
        })
        .collect();
    format!(
        r#"{{"cells": [{}], "metadata": {{"kernelspec": {{"display_name": "{language}", "language": "{language}", "name": "kernel"}}}}, "nbformat": 4, "nbformat_minor": 4}}"#,
        cells.join(", ")
    )
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(
        "orders.py",
        "import math\n\nlimit = 3\nprint(math.sqrt(limit))\n",
    );
    sandbox
}

/// Says that `arguments` are refused: one message with all of `parts`, and not a file is written or changed.
#[track_caller]
fn refuses(sandbox: &Sandbox, arguments: &[&str], parts: &[&str]) {
    let before = sandbox.files();
    let outcome = sandbox.run(arguments);
    assert_eq!(outcome.status, Some(2), "{arguments:?}: {outcome:?}");
    assert_eq!(outcome.stdout, "", "{arguments:?}");
    is_one_message(&outcome);
    for part in parts {
        assert!(
            outcome.stderr.contains(part),
            "{arguments:?} does not say `{part}`:\n{}",
            outcome.stderr
        );
    }
    assert!(
        sandbox.files() == before,
        "{arguments:?} left something behind"
    );
    let staged = sandbox
        .folder()
        .read_dir_utf8()
        .expect("the sandbox can be read")
        .filter_map(Result::ok)
        .any(|entry| entry.file_name().starts_with(".srcify-"));
    assert!(!staged, "{arguments:?} left its temporary folder");
}

/// The message is the last line, `error: …`, without a backtrace.
#[track_caller]
fn is_one_message(outcome: &Outcome) {
    let errors = outcome
        .stderr
        .lines()
        .filter(|line| line.starts_with("error: "))
        .count();
    assert_eq!(errors, 1, "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("panicked"), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains('\u{1b}'), "{}", outcome.stderr);
}

#[track_caller]
fn succeeds(sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
    let outcome = sandbox.run(arguments);
    assert_eq!(outcome.status, Some(0), "{arguments:?}: {}", outcome.stderr);
    outcome
}

#[test]
fn a_missing_file_is_named() {
    refuses(
        &sandbox(),
        &["convert", "sales.ipynb"],
        &["cannot read `sales.ipynb`"],
    );
    refuses(
        &sandbox(),
        &["plan", "sales.ipynb"],
        &["cannot read `sales.ipynb`"],
    );
}

#[test]
fn a_folder_without_inputs_is_refused() {
    let sandbox = sandbox();
    sandbox.write("data/readme.txt", "nothing to convert\n");
    refuses(&sandbox, &["convert", "data"], &["`data`"]);
}

#[test]
fn what_is_no_notebook_is_refused() {
    let sandbox = sandbox();
    for text in [
        "{not json",
        "",
        "[]",
        "17",
        r#"{"cells": 3}"#,
        r#"{"a": 1}"#,
    ] {
        sandbox.write("a.ipynb", text);
        refuses(
            &sandbox,
            &["convert", "a.ipynb"],
            &["`a.ipynb` is not a notebook"],
        );
    }
}

#[test]
fn other_files_are_refused_with_what_can_be_read() {
    let sandbox = sandbox();
    sandbox.write("notes.txt", "print(1)\n");
    refuses(
        &sandbox,
        &["convert", "notes.txt"],
        &["`notes.txt`", ".ipynb, .py"],
    );
}

#[test]
fn the_kernel_of_another_language_is_named() {
    let sandbox = sandbox();
    sandbox.write("a.ipynb", notebook("R", &["x <- 1"]));
    refuses(
        &sandbox,
        &["convert", "a.ipynb"],
        &["`a.ipynb`", "kernel `R`"],
    );
}

#[test]
fn inputs_without_code_are_refused() {
    let sandbox = sandbox();
    sandbox.write("none.ipynb", notebook("python", &[]));
    sandbox.write("blank.ipynb", notebook("python", &["", "\n"]));
    sandbox.write("empty.py", "");
    for input in ["none.ipynb", "blank.ipynb", "empty.py"] {
        refuses(&sandbox, &["convert", input], &[input, "holds no code"]);
    }
}

#[test]
fn a_broken_cell_is_named_with_its_line() {
    let sandbox = sandbox();
    sandbox.write("a.ipynb", notebook("python", &["a = 1", "b = 2\nprint b"]));
    refuses(
        &sandbox,
        &["convert", "a.ipynb"],
        &[
            "a.ipynb:cell 2:2:",
            "Python 2",
            "1 part that cannot be read",
        ],
    );
    sandbox.write(
        "a.ipynb",
        notebook("python", &["a = (1", "b = 2", "c = 3 +"]),
    );
    refuses(
        &sandbox,
        &["convert", "a.ipynb"],
        &[
            "cell 1 is not Python 3",
            "a.ipynb:cell 1:1:6",
            "a.ipynb:cell 3:1:",
            "2 parts",
        ],
    );
    sandbox.write("broken.py", "a = 1\nfor in a:\n");
    refuses(&sandbox, &["convert", "broken.py"], &["broken.py:2:"]);
}

#[test]
fn deep_nesting_is_refused_without_a_crash() {
    let sandbox = sandbox();
    let deep = format!("x = {}1{}\n", "(".repeat(5000), ")".repeat(5000));
    sandbox.write("deep.py", deep);
    refuses(
        &sandbox,
        &["convert", "deep.py"],
        &["deep.py:1:", "nests too deeply"],
    );
}

#[test]
fn names_that_no_index_accepts_are_refused() {
    let sandbox = sandbox();
    for name in ["1st", "a b", "", "a-", "ünï", "a/b", "../a"] {
        refuses(
            &sandbox,
            &["convert", "orders.py", "--name", name],
            &[&format!("`{name}` is no name for a package")],
        );
    }
}

#[test]
fn a_package_does_not_hide_a_module() {
    let sandbox = sandbox();
    sandbox.write("frames.py", "import pandas as pd\nprint(pd.NA)\n");
    let hidden = |input: &str, name: &str| {
        refuses(
            &sandbox,
            &["convert", input, "--name", name],
            &[&format!("`{name}` would hide the module"), "--name"],
        );
    };
    hidden("orders.py", "json");
    hidden("orders.py", "math");
    hidden("frames.py", "pandas");
    for name in ["omegaconf", "pydantic", "yaml"] {
        hidden("orders.py", name);
    }
    succeeds(
        &sandbox,
        &["convert", "orders.py", "--name", "pandas", "--dry-run"],
    );
}

#[test]
fn a_notebook_called_after_a_library_gets_another_name() {
    let sandbox = sandbox();
    let cell = r#"{"cell_type": "code", "source": "import pandas as pd\nprint(pd.NA)", "metadata": {}, "outputs": [], "execution_count": null}"#;
    let notebook =
        format!(r#"{{"cells": [{cell}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}"#);
    sandbox.write("pandas.ipynb", notebook);
    succeeds(&sandbox, &["convert", "pandas.ipynb", "--no-lock"]);
    assert!(
        sandbox
            .folder()
            .join("pandas-analysis/src/pandas_analysis")
            .is_dir()
    );
}

#[test]
fn a_file_is_no_output_folder() {
    let sandbox = sandbox();
    sandbox.write("taken", "mine\n");
    refuses(
        &sandbox,
        &["convert", "orders.py", "-o", "taken"],
        &["`taken` is a file"],
    );
    refuses(
        &sandbox,
        &["convert", "orders.py", "-o", "taken/out"],
        &["`taken`"],
    );
    refuses(
        &sandbox,
        &["convert", "orders.py", "-o", "taken", "--force"],
        &["`taken` is a file"],
    );
}

#[test]
fn a_folder_that_is_not_empty_is_left_alone() {
    let sandbox = sandbox();
    sandbox.write("out/notes.txt", "mine\n");
    refuses(
        &sandbox,
        &["convert", "orders.py", "-o", "out"],
        &["`out` is not empty", "--force"],
    );
    refuses(
        &sandbox,
        &["convert", "orders.py", "-o", "out", "--force"],
        &["`out` was not written by srcify"],
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    let sandbox = sandbox();
    let locked = sandbox.folder().join("locked");
    fs::create_dir(&locked).expect("folders can be made in the sandbox");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("it is our folder");
    if fs::write(locked.join("probe"), "").is_ok() {
        eprintln!("nothing was tested: this user may write everywhere");
        return;
    }
    refuses(
        &sandbox,
        &["convert", "orders.py", "-o", "locked/out"],
        &["`locked`"],
    );
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("it is our folder");
}

#[test]
fn an_empty_folder_is_filled() {
    let sandbox = sandbox();
    std::fs::create_dir(sandbox.folder().join("out")).expect("folders can be made in the sandbox");
    succeeds(
        &sandbox,
        &["convert", "orders.py", "-o", "out", "--no-lock"],
    );
    assert!(
        sandbox
            .read("out/pyproject.toml")
            .contains("name = \"orders\"")
    );
}

#[test]
fn force_replaces_what_was_written_and_nothing_else() {
    let sandbox = sandbox();
    let convert = ["convert", "orders.py", "-o", "out", "--no-lock"];
    let force = [&convert[..], &["--force"]].concat();
    succeeds(&sandbox, &convert);
    let first = sandbox.files();
    sandbox.write("out/data/notes.txt", "mine\n");

    sandbox.write(
        "orders.py",
        "def area(side):\n    return side * side\n\n\nprint(area(4))\n",
    );
    succeeds(&sandbox, &force);
    let second = sandbox.files();
    assert_eq!(sandbox.read("out/data/notes.txt"), "mine\n");
    assert!(
        first.keys().any(|path| !second.contains_key(path)),
        "nothing is outdated"
    );

    sandbox.write(
        "orders.py",
        "import math\n\nlimit = 3\nprint(math.sqrt(limit))\n",
    );
    succeeds(&sandbox, &force);
    let mut third = sandbox.files();
    third.remove(Utf8Path::new("out/data/notes.txt"));
    assert_eq!(third, first);
}

#[test]
fn force_stops_at_an_edited_file() {
    let sandbox = sandbox();
    succeeds(
        &sandbox,
        &["convert", "orders.py", "-o", "out", "--no-lock"],
    );
    let readme = sandbox.read("out/README.md") + "\nMy own words.\n";
    sandbox.write("out/README.md", readme);
    refuses(
        &sandbox,
        &["convert", "orders.py", "-o", "out", "--no-lock", "--force"],
        &["`out/README.md` was edited"],
    );
}

#[test]
fn force_stops_at_a_foreign_file_in_the_way() {
    let sandbox = sandbox();
    succeeds(
        &sandbox,
        &["convert", "orders.py", "-o", "out", "--no-lock"],
    );
    sandbox.write(
        "orders.py",
        "def area(side):\n    return side * side\n\n\nprint(area(4))\n",
    );
    let tree = succeeds(
        &sandbox,
        &["convert", "orders.py", "-o", "out", "--dry-run"],
    )
    .stdout;
    let added = tree
        .lines()
        .filter_map(|line| line.split_once(" (").map(|(path, _)| path))
        .find(|path| !sandbox.folder().join(path).exists())
        .expect("the function has a module of its own");
    sandbox.write(added, "# mine\n");
    refuses(
        &sandbox,
        &["convert", "orders.py", "-o", "out", "--no-lock", "--force"],
        &[&format!("`{added}` was not written by srcify")],
    );
}

#[test]
fn a_dry_run_lists_the_files_and_writes_none() {
    let sandbox = sandbox();
    let before = sandbox.files();
    let listed = succeeds(
        &sandbox,
        &["convert", "orders.py", "-o", "out", "--dry-run"],
    )
    .stdout;
    assert!(sandbox.files() == before);
    let listed: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split_once(" (").map(|(path, _)| path))
        .collect();
    succeeds(
        &sandbox,
        &["convert", "orders.py", "-o", "out", "--no-lock"],
    );
    let files = sandbox.files();
    let written: Vec<&str> = files
        .keys()
        .map(|path| path.as_str())
        .filter(|path| path.starts_with("out/") && *path != "out/.srcify-manifest.json")
        .collect();
    assert_eq!(listed, written);
}

#[test]
fn the_folder_is_named_as_the_project() {
    let sandbox = sandbox();
    succeeds(&sandbox, &["convert", "orders.py", "--no-lock"]);
    assert!(
        sandbox
            .read("orders/pyproject.toml")
            .contains("name = \"orders\"")
    );
    succeeds(
        &sandbox,
        &[
            "convert",
            "orders.py",
            "--no-lock",
            "--name",
            "daily-orders",
        ],
    );
    assert!(
        sandbox
            .folder()
            .join("daily-orders/src/daily_orders")
            .is_dir()
    );
}

#[test]
fn nothing_is_said_when_asked() {
    let sandbox = sandbox();
    let outcome = succeeds(&sandbox, &["convert", "orders.py", "--no-lock", "--quiet"]);
    assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("", ""));
}

#[test]
fn help_shows_examples() {
    let sandbox = sandbox();
    for command in ["convert", "plan", "verify", "check", "explain"] {
        let help = succeeds(&sandbox, &[command, "--help"]).stdout;
        assert!(help.contains("Examples:"), "{command}: {help}");
        assert!(
            help.contains(&format!("srcify {command} ")),
            "{command}: {help}"
        );
        assert!(!help.contains('\u{1b}'), "{command} colours its help");
    }
}

#[test]
fn unknown_options_are_refused_with_the_usage() {
    refuses(
        &sandbox(),
        &["convert", "orders.py", "--fast"],
        &["--fast", "Usage:"],
    );
    refuses(&sandbox(), &["convert"], &["INPUTS", "Usage:"]);
}

#[test]
fn the_plan_is_json_when_asked() {
    let sandbox = sandbox();
    let before = sandbox.files();
    let arguments = ["plan", "orders.py", "--output-format", "json"];
    let text = succeeds(&sandbox, &arguments).stdout;
    let plan: serde_json::Value = serde_json::from_str(&text).expect("the plan is JSON");
    assert_eq!(plan["version"], 1);
    assert_eq!(plan["package"], "orders");
    let statements = plan["statements"]
        .as_array()
        .expect("statements are a list");
    assert_eq!(statements.len(), 3);
    for (number, statement) in statements.iter().enumerate() {
        assert_eq!(statement["id"], number);
        for key in ["rung", "place", "reason"] {
            assert!(statement[key].is_string(), "{key} of {statement}");
        }
    }
    let settings = plan["settings"].to_string();
    assert!(settings.contains("limit"), "{settings}");
    assert!(sandbox.files() == before);
}

#[test]
fn a_secret_is_in_no_file_and_no_message() {
    // Put together here, so that nobody takes it for a key that works.
    let secret = ["F1xture", "0nly", "4711"].join("-");
    let sandbox = sandbox();
    let text = format!(
        "import os\n\nAPI_KEY = \"{secret}\"\nos.environ[\"KEY\"] = API_KEY\nprint(len(API_KEY))\n"
    );
    sandbox.write("client.py", text);
    let outcome = succeeds(
        &sandbox,
        &["convert", "client.py", "-o", "out", "--no-lock", "-v"],
    );
    let mut leaks = Vec::new();
    for (path, content) in sandbox.files() {
        if path.starts_with("out") && String::from_utf8_lossy(&content).contains(&secret) {
            leaks.push(path);
        }
    }
    let is_said = outcome.stderr.contains(&secret) || outcome.stdout.contains(&secret);
    assert!(
        !is_said && leaks.is_empty(),
        "the secret is in {leaks:?}; said: {is_said}"
    );
}

#[test]
fn libraries_that_are_imported_after_the_seed_are_named() {
    let sandbox = sandbox();
    for (code, is_named) in [
        (
            "import random\nrandom.seed(1)\nimport sklearn\nprint(random.random())\n",
            true,
        ),
        (
            "import random\nimport sklearn\nrandom.seed(1)\nimport json\nprint(random.random())\n",
            false,
        ),
        (
            "import random\nrandom.seed(1)\nprint(random.random())\nimport sklearn\n",
            false,
        ),
    ] {
        sandbox.write("draws.py", code);
        let outcome = sandbox.run(&["convert", "draws.py", "--no-lock", "--force"]);
        assert_eq!(outcome.status, Some(0), "{outcome:?}");
        let found = outcome
            .stderr
            .contains("`sklearn` is imported after `random` is seeded");
        assert_eq!(found, is_named, "{code}: {outcome:?}");
    }
}

#[test]
fn what_opens_a_file_and_is_used_later_stays_in_the_job() {
    let sandbox = sandbox();
    sandbox.write(
        "store.py",
        "import tables\nfile = tables.open_file(\"a.h5\", \"w\")\nfile.create_group(\"/\", \"x\")\nfile.close()\n",
    );
    let outcome = sandbox.run(&["convert", "store.py", "--no-lock", "-o", "out"]);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    let job = sandbox.read("out/src/store/application/analysis.py");
    assert!(job.contains("file = tables.open_file("), "{job}");
}

/// The job that is made of an input.
#[track_caller]
fn job_of(name: &str, input: &str) -> String {
    let sandbox = sandbox();
    sandbox.write(name, input);
    let arguments = ["convert", name, "-o", "out", "--no-lock", "--name", "made"];
    let outcome = sandbox.run(&arguments);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    let path = sandbox
        .folder()
        .join("out/src/made/application/analysis.py");
    std::fs::read_to_string(path).expect("there is a job")
}

#[test]
fn older_figures_are_closed_before_anything_draws() {
    let total = "for i in range(2):\n    if i == 0:\n        total = df['a']\n    else:\n        total = total + 1\n";
    let cells = [
        "import pandas as pd\nimport matplotlib.pyplot as plt\ndf = pd.read_csv('a.csv')",
        "plt.plot([1])\nplt.savefig('one.png')",
        &format!("{total}total.plot(kind='bar')\nplt.tight_layout()\nplt.savefig('two.png')"),
    ];
    let job = job_of("drawn.ipynb", &notebook("python", &cells));
    let place = |text: &str| {
        job.find(text)
            .unwrap_or_else(|| panic!("no `{text}`: {job}"))
    };
    assert!(place("plt.close(\"all\")") < place("total.plot("), "{job}");
    assert!(place("OneFigure(") < place("plt.close(\"all\")"), "{job}");
}

#[test]
fn names_that_functions_unbind_are_unbound_where_the_input_looks_names_up() {
    let unbinds = "def forget():\n    global kept\n    del kept\n";
    let runs = "if __name__ == '__main__':\n    forget()\n    print('kept' in globals())\n";
    let job = job_of("kept.py", &format!("kept = 3\n{unbinds}{runs}"));
    assert_eq!(job.matches("global").count(), 2, "{job}"); // and `globals()`
    assert!(job.contains("del kept"), "{job}");
}

#[test]
fn paths_of_click_are_settings() {
    let options = "@click.command()\n@click.option('--data', type=click.Path(exists=True, path_type=Path), default='a.csv')\n@click.option('--top', default=5)\n";
    let body = "def main(data, top):\n    print(data.name, top)\n\nif __name__ == '__main__':\n    main()\n";
    let job = job_of(
        "few.py",
        &format!("import click\nfrom pathlib import Path\n{options}{body}"),
    );
    assert!(!job.contains("click"), "{job}");
    assert!(job.contains("config."), "{job}");
}

#[test]
fn a_loop_that_fits_models_and_keeps_them_is_a_function() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(
        "compare.py",
        "from sklearn.linear_model import Lasso, Ridge\n\nmodels = {\"ridge\": Ridge(), \"lasso\": Lasso()}\nscores = []\nfor name, model in models.items():\n    model.fit([[1], [2]], [1, 2])\n    models[name] = model\n    scores.append(model.score([[1], [2]], [1, 2]))\n    print(name, scores[-1])\nprint(models[\"ridge\"].coef_)\n",
    );
    let plan = sandbox.run(&["plan", "compare.py"]);
    let line = plan
        .stdout
        .lines()
        .find(|it| it.contains("for name, model"));
    assert!(
        line.is_some_and(|it| it.contains("layered") && it.contains("domain/model.py")),
        "{}",
        plan.stdout
    );
}

#[test]
fn what_a_loop_binds_again_has_no_type_inside() {
    use std::fmt::Write;
    let mut input = "import numpy as np\n\nfor k in range(3):\n    rows = []\n    for i in range(4):\n        rows.append(i * k)\n".to_owned();
    for n in 0..24 {
        writeln!(input, "        print(i, {n}, rows[-1])").expect("it fits");
    }
    input.push_str("    rows = np.array(rows)\n");
    for n in 0..24 {
        writeln!(input, "    print(k, {n}, rows.sum())").expect("it fits");
    }
    let sandbox = sandbox();
    sandbox.write("again.py", &input);
    let arguments = ["convert", "again.py", "-o", "out", "--no-lock"];
    assert_eq!(sandbox.run(&arguments).status, Some(0));
    let files = srcify_testing::files_in(&sandbox.folder().join("out/src"));
    let text: String = files
        .values()
        .map(|it| String::from_utf8_lossy(it).into_owned())
        .collect();
    // While the inner loop runs, it is a list.
    assert!(
        text.contains("rows.append(") && !text.contains("rows: np.ndarray"),
        "{text}"
    );
    assert!(text.contains("rows: Any"), "{text}");
}

#[test]
fn what_runs_code_when_it_is_deleted_is_deleted_in_its_place() {
    let class = "class R:\n    def __del__(self):\n        print('gone')\n\n";
    let job = job_of(
        "gone.py",
        &format!("{class}r = R()\ndel r\nprint('after')\n"),
    );
    let (before, after) = job.split_once("del r").unwrap_or_else(|| panic!("{job}"));
    assert!(
        before.contains("r = R()") && after.contains("after"),
        "{job}"
    );
    // What nothing notices goes.
    let job = job_of("freed.py", "r = [1]\nprint(r)\ndel r\nprint('after')\n");
    assert!(!job.contains("del r"), "{job}");
}

#[test]
fn a_docstring_that_says_nothing_is_replaced_and_one_that_nobody_reads_is_in_our_form() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(
        "trace.py",
        "from sphinx.util.inspect import safe_getattr\n\n\ndef blank(values):\n    \"\"\" \"\"\"\n    return len(values)\n\n\ndef told(name):\n    \"\"\"Trace a name.\n\n    Parameters\n    ----------\n    name : str\n        Where to begin.\n    \"\"\"\n    return safe_getattr(name, \"x\")\n\n\nprint(blank([1]), told(\"a\"))\n",
    );
    let outcome = sandbox.run(&["convert", "trace.py", "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let files = sandbox.files();
    let code: String = files
        .iter()
        .filter(|(path, _)| path.as_str().starts_with("out/src/"))
        .map(|(_, content)| String::from_utf8_lossy(content).into_owned())
        .collect();
    assert!(!code.contains("\"\"\" \"\"\""), "{code}");
    assert!(code.contains("Args:"), "{code}");
    assert!(!code.contains("----------"), "{code}");
}

#[test]
fn names_that_nothing_defines_are_told() {
    let sandbox = sandbox();
    let told = |python: &str| {
        sandbox.write("names.py", python);
        let outcome = sandbox.run(&["convert", "names.py", "--no-lock", "--force"]);
        outcome.stderr
    };
    let missing = told("def f():\n    return later\nx = 1\nprint(x, gone)\n");
    assert!(missing.contains("no statement defines `gone`"), "{missing}");
    assert!(
        missing.contains("no statement defines `later`"),
        "{missing}"
    );
    for known in [
        "try:\n    gone\nexcept NameError:\n    gone = 1\nprint(gone)\n",
        "from os.path import *\nprint(join('a', 'b'))\n",
        "exec('gone = 1')\nprint(gone)\n",
        "print(__name__, [i for i in range(3)])\n",
    ] {
        let said = told(known);
        assert!(!said.contains("no statement defines"), "{said}");
    }
}
