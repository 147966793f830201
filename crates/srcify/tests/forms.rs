//! Every form of input that `docs/inputs.md` names is recognised without being told.

use srcify_testing::Sandbox;

/// Converts an input; the text of its job's module, and what was said.
#[track_caller]
fn job(path: &str, content: impl AsRef<[u8]>) -> (String, String) {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(path, content);
    let outcome = sandbox.run(&[
        "convert",
        path,
        "-o",
        "out",
        "--name",
        "job",
        "--no-lock",
        "-v",
    ]);
    assert_eq!(outcome.status, Some(0), "{path}: {}", outcome.stderr);
    let files = sandbox.files();
    let modules = files
        .iter()
        .filter(|(path, _)| path.as_str().starts_with("out/src/job/"));
    let text = modules.map(|(_, content)| String::from_utf8_lossy(content).into_owned());
    (text.collect(), outcome.stderr)
}

#[track_caller]
fn holds(path: &str, content: impl AsRef<[u8]>, parts: &[&str]) {
    let (text, said) = job(path, content);
    for part in parts {
        assert!(
            text.contains(part),
            "{path} lacks `{part}`:\n{text}\n{said}"
        );
    }
}

#[track_caller]
fn refuses(path: &str, content: impl AsRef<[u8]>, part: &str) {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(path, content);
    let outcome = sandbox.run(&["convert", path, "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(2), "{path}: {outcome:?}");
    assert!(outcome.stderr.contains(part), "{path}: {}", outcome.stderr);
    assert!(!sandbox.folder().join("out").exists(), "{path}");
}

fn cell(source: &str) -> String {
    let source = serde_json::to_string(source).expect("text has a JSON form");
    format!(
        r#"{{"cell_type": "code", "execution_count": null, "metadata": {{}}, "outputs": [], "source": {source}}}"#
    )
}

fn notebook(sources: &[&str]) -> String {
    let cells: Vec<String> = sources.iter().map(|source| cell(source)).collect();
    format!(
        r#"{{"cells": [{}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}"#,
        cells.join(", ")
    )
}

#[test]
fn notebooks_of_every_age() {
    let parts = ["\"seen\""];
    holds("a.ipynb", notebook(&["print('seen')"]), &parts);
    holds(
        "a.ipynb",
        r#"{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["print('seen')"], "prompt_number": 1}]}]}"#,
        &parts,
    );
    holds(
        "a.ipynb",
        r#"{"nbformat": 2, "worksheets": [{"cells": [{"cell_type": "code", "input": "print('seen')"}]}]}"#,
        &parts,
    );
    holds(
        "a.ipynb",
        r#"{"cells": [{"cell_type": "code", "source": ["print('seen')"]}]}"#,
        &parts,
    );
    holds(
        "a.ipynb",
        r#"{"cells": [], "cells": [{"cell_type": "code", "source": "x", "source": "print('seen')"}]}"#,
        &parts,
    );
    holds(
        "a.ipynb",
        format!("\u{feff}{}", notebook(&["print('seen')"])),
        &parts,
    );
    let wide = notebook(&["print('seen')"])
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect::<Vec<u8>>();
    holds("a.ipynb", [&[0xff, 0xfe], &wide[..]].concat(), &parts);
}

#[test]
fn scripts_of_every_kind() {
    let parts = ["\"seen\""];
    for text in [
        "print('seen')\n",
        "# %% [markdown]\n# # Title\n# %%\nprint('seen')\n",
        "#%%\nprint('seen')\n",
        "# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n#       format_name: light\n# ---\n\n# +\nprint('seen')\n# -\n",
        "\"\"\"\nTitle\n=====\n\"\"\"\n\n#########\n# Show\n# ----\n\nprint('seen')\n",
        "import marimo\n\napp = marimo.App()\n\n@app.cell\ndef _():\n    print('seen')\n    return\n\nif __name__ == \"__main__\":\n    app.run()\n",
        "# Databricks notebook source\n# MAGIC %md\n# MAGIC # Title\n\n# COMMAND ----------\n\nprint('seen')\n",
        "# Databricks notebook source\n# MAGIC %sh echo seen\n",
    ] {
        holds("a.py", text, &parts);
    }
    holds(
        "a.qmd",
        "---\ntitle: T\n---\n\n```{python}\nprint('seen')\n```\n\n```{r}\ny <- 1\n```\n",
        &parts,
    );
    holds(
        "a.md",
        "---\nkernelspec:\n  name: python3\n---\n\n```{code-cell} ipython3\nprint('seen')\n```\n",
        &parts,
    );
}

#[test]
fn the_main_function_of_a_script_is_the_job() {
    let script = "import argparse\n\n\ndef parse_args():\n    parser = argparse.ArgumentParser()\n    parser.add_argument('--n', type=int, default=3)\n    return parser.parse_args()\n\n\ndef main():\n    args = parse_args()\n    rows = list(range(args.n))\n    print(len(rows))\n\n\nif __name__ == '__main__':\n    main()\n";
    let (text, _) = job("a.py", script);
    assert!(!text.contains("def main() -> None"), "{text}");
    assert!(!text.contains("\"__main__\" == "), "{text}");
    assert!(text.contains("len(rows)"), "{text}");
}

#[test]
fn magics_have_their_python() {
    holds(
        "a.ipynb",
        notebook(&[
            "%matplotlib inline\n%cd data\n%env A=b",
            "files = !ls",
            "%%writefile a.txt\nseen",
            "%time x = 3\nx?",
        ]),
        &[
            "os.chdir(",
            "os.environ[\"A\"] = \"b\"",
            "subprocess.run(",
            "write_text(",
        ],
    );
    let (text, said) = job("a.ipynb", notebook(&["print(1)", "%%sql\ndelete from t"]));
    assert!(text.contains("NotImplementedError"), "{text}");
    assert!(said.contains("cell 2"), "{said}");
}

/// Messages name the cell and the line of the input, whatever moved since.
#[test]
fn findings_name_the_place_in_the_input() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(
        "helper.py",
        "import math\n\ndef double(x):\n    return 2 * x\n",
    );
    let cells = [
        "import helper\nimport numpy as np\nnp.random.seed(1)\nprint(helper.double(np.random.rand()))",
        "x = 1\n%R plot(x)\nprint(x)",
    ];
    sandbox.write("a.ipynb", notebook(&cells));
    let outcome = sandbox.run(&["convert", "a.ipynb", "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    assert!(
        outcome.stderr.contains("cell 2:2:1 `%R …`"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn files_that_are_run_come_along() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(
        "setup.ipynb",
        notebook(&["def double(x):\n    return 2 * x"]),
    );
    sandbox.write("more.py", "if __name__ == '__main__':\n    offset = 4\n");
    sandbox.write(
        "a.ipynb",
        notebook(&["%run ./setup.ipynb\n%run more", "print(double(1) + offset)"]),
    );
    let outcome = sandbox.run(&[
        "convert",
        "a.ipynb",
        "-o",
        "out",
        "--name",
        "job",
        "--no-lock",
    ]);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    let files = sandbox.files();
    let holds = |part: &str| {
        let mut texts = files
            .iter()
            .filter(|(path, _)| path.as_str().starts_with("out/src/"));
        texts.any(|(_, content)| String::from_utf8_lossy(content).contains(part))
    };
    assert!(holds("def double(") && holds("offset"), "{files:?}");
    assert!(!holds("NotImplementedError"));
}

#[test]
fn what_a_host_has_is_left_or_replaced() {
    let (text, said) = job(
        "a.ipynb",
        notebook(&[
            "from google.colab import drive, userdata\ndrive.mount('/content/drive')",
            "import pandas as pd\ndf = pd.read_csv('/content/drive/MyDrive/a.csv')\nprint(df.shape, len(userdata.get('TOKEN')))",
        ]),
    );
    assert!(!text.contains("google.colab"), "{text}");
    assert!(text.contains("os.environ[\"TOKEN\"]"), "{text}");
    assert!(said.contains("cell 1:2:1"), "{said}");
    holds(
        "a.ipynb",
        notebook(&[
            "import os\nfor folder, _, names in os.walk('/kaggle/input'):\n    for name in names:\n        print(os.path.join(folder, name))",
        ]),
        &["os.walk(self.path)", "Path(\"/kaggle/input\")"],
    );
    holds(
        "a.py",
        "# Databricks notebook source\ndbutils.widgets.text('path', '/a.csv')\npath = dbutils.widgets.get('path')\n\n# COMMAND ----------\n\n# MAGIC %sql\n# MAGIC select 1\n\n# COMMAND ----------\n\ndf = spark.read.csv(path)\ndisplay(df)\nprint(df.count())\n",
        &["default=\"/a.csv\"", "SparkSession.builder"],
    );
}

#[test]
fn a_password_in_a_magic_reaches_no_file() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    let cells = [
        "%sql postgresql://ann:tiger9Xk@localhost/base\n!pip install git+https://ann:tiger9Xk@host/a",
        "%%sql postgresql://ann:tiger9Xk@localhost/base\ndelete from t",
        "print(1)",
    ];
    sandbox.write("a.ipynb", notebook(&cells));
    let outcome = sandbox.run(&["convert", "a.ipynb", "-o", "out", "--no-lock", "-v"]);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    assert!(!outcome.stderr.contains("tiger9Xk"), "{}", outcome.stderr);
    for (path, content) in sandbox.files() {
        let text = String::from_utf8_lossy(&content).into_owned();
        assert!(
            !path.starts_with("out") || !text.contains("tiger9Xk"),
            "{path}:\n{text}"
        );
    }
}

#[test]
fn statements_out_of_place_are_errors() {
    refuses(
        "a.ipynb",
        notebook(&["x = 1\nreturn x"]),
        "`return` outside of a function",
    );
    refuses(
        "a.py",
        "for x in [1]:\n    pass\nbreak\n",
        "`break` outside of a loop",
    );
    refuses("a.py", "x = yield 1\n", "`yield` outside of a function");
    refuses(
        "a.py",
        "i = 1\n\ndef f():\n    nonlocal i\n    i = 2\n",
        "`nonlocal` in a function that stands in no other",
    );
}

#[test]
fn a_backslash_before_a_statement_means_nothing() {
    holds(
        "a.py",
        "def f():\n\\\n    return 'seen'\n\nprint(f())\n",
        &["    return \"seen\""],
    );
}

#[test]
fn what_cannot_be_read_says_why() {
    refuses("a.ipynb", &notebook(&["print(1)"])[..60], "ends too early");
    refuses("a.py", b"print(1)\n\0\n", "NUL byte");
    refuses("a.py", b"print('\xe9')\n", "not UTF-8");
    refuses("a.py", "print 'x'\n", "the statement `print` is Python 2");
    refuses(
        "a.py",
        format!("x = {}{}\n", "(".repeat(10_000), ")".repeat(10_000)),
        "nests too deeply",
    );
    refuses(
        "a.py",
        format!("x = {}\n", "[".repeat(10_000)),
        "nests too deeply",
    );
}

#[test]
fn odd_names_of_files_become_names_of_packages() {
    for path in [
        "a b.py",
        "\u{1f600}.py",
        "class.py",
        "1.py",
        "_.py",
        "数据处理.py",
        "..py",
        "numpy.py",
        "test.py",
    ] {
        let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
        sandbox.write(path, "print(1)\n");
        let outcome = sandbox.run(&["convert", path, "-o", "out", "--no-lock"]);
        assert_eq!(outcome.status, Some(0), "{path}: {outcome:?}");
        let files = sandbox.files();
        let hidden = ["out/src/numpy/__init__.py", "out/src/test/__init__.py"];
        assert!(
            !files.keys().any(|it| hidden.contains(&it.as_str())),
            "{path} hides a module"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_itself_is_an_error() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    std::os::unix::fs::symlink("loop.py", sandbox.folder().join("loop.py"))
        .expect("links can be made");
    let outcome = sandbox.run(&["convert", "loop.py"]);
    assert_eq!(outcome.status, Some(2), "{outcome:?}");
    assert!(outcome.stderr.contains("`loop.py`"), "{outcome:?}");
}

#[test]
fn plain_blocks_beside_directives_are_examples() {
    let text = "---\nkernelspec:\n  name: python3\n---\n\n```{code-cell}\nprint('run')\n```\n\n```python\nprint('shown')\n```\n";
    let (code, _) = job("lesson.md", text);
    assert!(code.contains("run") && !code.contains("shown"), "{code}");
}

#[test]
fn choices_of_a_form_reach_functions_with_their_type() {
    let text = "# %%\nimport pandas as pd\nregion = 'north' #@param ['north', 'south']\n# %%\n# Narrow down\ndf = pd.read_csv('a.csv')\n# %%\nsub = df[df['region'] == region].copy()\nsub['x'] = 1\nsub = sub.dropna()\n# %%\nprint(len(sub))\n";
    let (code, _) = job("form.py", text);
    let modules = code.matches("Literal[").count();
    assert!(modules >= 2, "{code}");
    assert!(
        code.matches("from typing import Literal").count() >= 2,
        "{code}"
    );
}

/// What is printed while standard output is turned elsewhere is printed there, whatever is computed beside.
#[test]
fn redirected_text_stays_where_it_goes() {
    let text = "import contextlib\nimport io\nfor k, v in enumerate([v + 1 for v in [3, 4]]):\n    with contextlib.redirect_stdout(io.StringIO()) as out:\n        print(k, v)\n";
    let (code, _) = job("a.py", text);
    assert!(code.contains("as out:\n            print("), "{code}");
    assert!(!code.contains("lines.append"), "{code}");
}

#[test]
fn controls_call_their_functions_once() {
    let cells = [
        "from ipywidgets import interact\ndef show(n, name='a'):\n    print(n, name)",
        "interact(show, n=(0, 10), name=['a', 'b'])",
    ];
    let (text, said) = job("a.ipynb", notebook(&cells));
    assert!(text.contains("show(n=5, name="), "{text}");
    assert!(!text.contains("ipywidgets"), "{text}");
    assert!(
        said.contains("`interact` calls its function once"),
        "{said}"
    );
}

#[test]
fn names_that_are_looked_up_are_decided() {
    let cells = [
        "if 'rows' not in globals():\n    rows = [3, 4]",
        "total = sum(rows)\nprint('{total} of {n}'.format(n=1, total=total), 'total' in dir())",
    ];
    let (text, said) = job("a.ipynb", notebook(&cells));
    assert!(
        !text.contains("globals()") && !text.contains("dir()"),
        "{text}"
    );
    assert!(text.contains("True"), "{text}{said}");
}

#[test]
fn sql_that_changes_a_database_runs() {
    let cells = [
        "%load_ext sql\n%sql sqlite:///a.db",
        "%%sql\ncreate table t (a integer);\ninsert into t values (1)",
        "rows = %sql select * from t",
        "print(len(rows.DataFrame()))",
    ];
    let (text, _) = job("a.ipynb", notebook(&cells));
    for part in ["exec_driver_sql(", "read_sql_query(", "self.engine.begin()"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

/// Only the job is a coroutine.
#[test]
fn what_waits_stays_in_the_job() {
    let cells = [
        "async def numbers():\n    for n in range(3):\n        yield n\nasync def double(x):\n    return 2 * x",
        "async for n in numbers():\n    print(n + 1)",
        "twice = await double(2)\nall_of_them = [n async for n in numbers()]\nprint(twice, all_of_them)",
    ];
    let (text, _) = job("a.ipynb", notebook(&cells));
    let job = text.find("async def run_").expect("the job waits");
    for part in [
        "async for n in numbers():",
        "await double(2)",
        "async for n in numbers()]",
    ] {
        assert!(text.find(part).is_some_and(|at| at > job), "{part}: {text}");
    }
}
