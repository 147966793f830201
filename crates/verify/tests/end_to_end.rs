//! Small packages against small inputs, with a real Python: the one that `SRCIFY_E2E_PYTHON` names.
#![expect(clippy::unwrap_used, reason = "a set-up that fails fails the test")]

use std::{env, fs, thread, time::Duration};

use camino::{Utf8Path, Utf8PathBuf};
use srcify_verify::{
    Contract, InputEntry, Interrupt, Limits, NoProgress, Observable, Outcome, Package, Pair,
    ProcessRunner, RunContext, RunError, Runs, Settings, Status, Verdict, verify,
};

/// An input, a package of one application module, and the rules of the verification.
struct Case<'a> {
    /// File name and text of the input.
    input: (&'a str, &'a str),
    /// The body of `application/training.py`.
    application: &'a str,
    /// The body of `domain/features.py`.
    domain: &'a str,
    /// The text of `srcify-report.json`.
    report: &'a str,
    timeout: Duration,
    memory: Option<u64>,
    kernel: Option<&'a str>,
    record: bool,
    interrupt: Interrupt,
}

impl<'a> Case<'a> {
    fn new(input: &'a str, application: &'a str) -> Self {
        Self {
            input: ("nb.py", input),
            application,
            domain: "",
            report: "",
            timeout: Duration::from_mins(2),
            memory: None,
            kernel: None,
            record: false,
            interrupt: Interrupt::new(),
        }
    }

    /// `None` when no interpreter is named.
    fn verify(&self) -> Option<Result<Verdict, RunError>> {
        let python = Utf8PathBuf::from(env::var("SRCIFY_E2E_PYTHON").ok()?);
        let keep = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(keep.path().canonicalize().unwrap()).unwrap();
        let pair = self.write(&root.join("ein Ordner – ü"));
        let settings = self.settings(python);
        let runner = ProcessRunner {
            interrupt: self.interrupt.clone(),
        };
        let context = RunContext {
            runner: &runner,
            progress: &NoProgress,
            settings: &settings,
        };
        let result = verify(&Contract::parse(self.report), &pair, &context);
        let original = fs::read_to_string(pair.folder.join("data.csv")).unwrap();
        assert_eq!(original, DATA, "the original never changes");
        Some(result)
    }

    fn settings(&self, python: Utf8PathBuf) -> Settings {
        Settings {
            python,
            limits: Limits {
                timeout: self.timeout,
                memory: self.memory,
                folder: 1 << 30,
            },
            tolerance: 1e-9,
            runs: Runs::AsNeeded,
            jobs: 1,
            keep: false,
            offline: true,
            kernel: self.kernel.map(ToOwned::to_owned),
            record: self.record,
            secrets: std::collections::BTreeMap::new(),
        }
    }

    fn write(&self, folder: &Utf8Path) -> Pair {
        let package = folder.join("package");
        let module = package.join("src/tiny");
        let write = |path: Utf8PathBuf, text: &str| {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(folder.join(self.input.0), self.input.1);
        write(folder.join("data.csv"), DATA);
        for init in ["", "application/", "domain/"] {
            write(module.join(format!("{init}__init__.py")), "");
        }
        write(module.join("__main__.py"), MAIN);
        write(module.join("application/training.py"), self.application);
        write(module.join("domain/features.py"), self.domain);
        Pair {
            inputs: vec![InputEntry {
                path: folder.join(self.input.0),
                order: None,
            }],
            package: Package::find(&package, None).unwrap(),
            folder: folder.to_owned(),
        }
    }
}

const DATA: &str = "a,b\n1,2.5\n3,4.5\n";

const MAIN: &str = "from tiny.application.training import run_training

if __name__ == '__main__':
    raise SystemExit(run_training())
";

/// The verdict of a case that must come to one.
macro_rules! verdict {
    ($case:expr) => {
        match $case.verify() {
            None => return,
            Some(result) => result.unwrap(),
        }
    };
}

fn named<'a>(verdict: &'a Verdict, name: &str) -> &'a Observable {
    let found = verdict.observables.iter().find(|one| one.name == name);
    found.unwrap_or_else(|| panic!("`{name}` is not among {:#?}", verdict.observables))
}

#[test]
fn a_package_that_computes_the_same_is_equal() {
    let case = Case {
        domain: "def total(rows):\n    \"\"\"Doc.\"\"\"\n    return sum(row['b'] for row in rows)\n",
        ..Case::new(
            "import csv\n# %%\nrows = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(open('data.csv'))]\n\
             # %%\ntotal = sum(row['b'] for row in rows)\nprint('total', total)\nopen('out.txt', 'w').write(str(total))\n",
            "import csv\nfrom tiny.domain import features\n\ndef run_training():\n    \
             with open('data.csv') as file:\n        \
             rows = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)]\n    \
             total = features.total(rows)\n    print('total', total)\n    \
             with open('out.txt', 'w') as file:\n        file.write(str(total))\n",
        )
    };
    let verdict = verdict!(case);
    assert_eq!(verdict.status(), Status::Equal, "{verdict:#?}");
    for name in ["rows", "total", "out.txt", "printed text"] {
        assert_eq!(named(&verdict, name).outcome, Outcome::Equal, "{name}");
    }
}

#[test]
fn a_seeded_fault_is_located() {
    let case = Case::new(
        "# %%\nparts = [1, 2]\n# %%\nscores = {'auc': 0.75, 'parts': [1.0, 2.0]}\n",
        "def run_training():\n    parts = [1, 2]\n    scores = {'auc': 0.75, 'parts': [1.0, 2.5]}\n",
    );
    let verdict = verdict!(case);
    assert_eq!(verdict.status(), Status::Different);
    let fault = verdict.first_fault().unwrap();
    assert_eq!(fault.name, "scores");
    let difference = &fault.differences[0];
    assert_eq!(difference.path, "['parts'][1]");
    assert_eq!(
        (difference.left.as_str(), difference.right.as_str()),
        ("2.0", "2.5")
    );
    let made = fault.made.as_ref().unwrap();
    assert_eq!((made.cell, made.line), (Some(2), Some(4)));
    assert_eq!(
        fault.place.as_deref(),
        Some("tiny.application.training:run_training `scores`")
    );
}

#[test]
fn numbers_within_the_tolerance_are_close_and_say_by_how_much() {
    let case = Case::new("x = 0.1 + 0.2\n", "def run_training():\n    x = 0.3\n");
    let verdict = verdict!(case);
    assert_eq!(verdict.status(), Status::Equal);
    let close = named(&verdict, "x");
    assert_eq!(close.outcome, Outcome::Close);
    assert!(close.largest > 0.0 && close.largest < 1e-15);
}

#[test]
fn the_report_says_which_result_holds_a_name() {
    let application = "from tiny.domain.features import split\n\ndef run_training():\n    left, right = split()\n";
    let input = "a = [1, 2, 3]\nb = [4, 5]\n";
    let report = r#"{"names": {
        "a": {"module": "tiny.domain.features", "function": "split", "result": 0},
        "b": {"module": "tiny.domain.features", "function": "split", "result": 1}}}"#;
    let case = Case {
        domain: "def split():\n    return [1, 2, 3], [4, 6]\n",
        report,
        ..Case::new(input, application)
    };
    let verdict = verdict!(case);
    assert_eq!(named(&verdict, "a").outcome, Outcome::Equal);
    assert_eq!(named(&verdict, "b").outcome, Outcome::Different);
    assert_eq!(named(&verdict, "b").differences[0].path, "[1]");
}

#[test]
fn a_result_is_judged_where_a_caller_has_an_older_value() {
    for (made, outcome) in [
        ("rows[1:]", Outcome::Equal),
        ("rows[2:]", Outcome::Different),
    ] {
        let domain = format!("def cut(rows):\n    return {made}\n");
        let case = Case {
            domain: &domain,
            report: r#"{"version": 1, "names": {"rows": {"module": "tiny.domain.features", "function": "cut", "local": "rows"}}}"#,
            ..Case::new(
                "rows = [1, 2, 3]\nrows = rows[1:]\nprint(len(rows))\n",
                "from tiny.domain.features import cut\n\ndef stage(rows):\n    rows = cut(rows)\n    print(2)\n\n\
                 def run_training():\n    rows = [1, 2, 3]\n    stage(rows)\n",
            )
        };
        let verdict = verdict!(case);
        assert_eq!(named(&verdict, "rows").outcome, outcome, "{made}");
    }
}

#[test]
fn a_method_holds_what_the_report_gives_to_its_class() {
    let application = "from tiny.domain.features import Log\n\ndef run_training():\n    row = 0\n    Log().write()\n";
    let report = r#"{"names": {
        "row": {"module": "tiny.domain.features", "function": "Log", "local": "row"}}}"#;
    for (last, outcome) in [(2, Outcome::Equal), (3, Outcome::Different)] {
        let domain = format!(
            "class Log:\n    def write(self):\n        for row in [1, {last}]:\n            pass\n"
        );
        let case = Case {
            domain: &domain,
            report,
            ..Case::new("row = 0\nfor row in [1, 2]:\n    pass\n", application)
        };
        let verdict = verdict!(case);
        assert_eq!(named(&verdict, "row").outcome, outcome, "{last}");
    }
}

#[test]
fn a_value_that_is_not_where_the_report_has_it_is_looked_for() {
    let report = r#"{"names": {"a": {"module": "tiny.domain.features", "function": "no", "result": "return"},
                               "b": {"module": "tiny.domain.features", "function": "no", "result": "return"}}}"#;
    let case = Case {
        report,
        ..Case::new(
            "a = [1, 2, 3]\nb = [4, 5]\n",
            "def run_training():\n    a = [1, 2, 3]\n",
        )
    };
    let verdict = verdict!(case);
    assert_eq!(named(&verdict, "a").outcome, Outcome::Equal);
    assert!(named(&verdict, "a").notes[0].contains("tiny.domain.features:no"));
    assert_eq!(named(&verdict, "b").outcome, Outcome::Missing);
}

#[test]
fn an_input_that_fails_half_way_is_located_and_compared_up_to_there() {
    let notebook = r##"{"nbformat": 4, "cells": [
        {"cell_type": "markdown", "source": ["# Title"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "x = [1, 2, 3]\n", "print('begin')"]},
        {"cell_type": "code", "source": ["def f(a):\n", "    return a['no']\n", "y = f({})"]},
        {"cell_type": "code", "source": ["print('end')"]}]}"##;
    let case = Case {
        input: ("nötebook 1.ipynb", notebook),
        ..Case::new(
            "",
            "def run_training():\n    x = [1, 2, 3]\n    print('begin')\n    print('end')\n",
        )
    };
    let verdict = verdict!(case);
    assert_eq!(verdict.status(), Status::CouldNotRun);
    let failure = verdict.input.failure.clone().unwrap();
    assert_eq!(failure.kind, "KeyError");
    assert_eq!((failure.cell, failure.line), (Some(3), Some(3)));
    assert_eq!(
        (failure.function.as_deref(), failure.inner_line),
        (Some("f"), Some(2))
    );
    assert_eq!(named(&verdict, "x").outcome, Outcome::Equal);
    assert_eq!(named(&verdict, "printed text").outcome, Outcome::Equal);
}

#[test]
fn magics_shell_lines_and_await_run_without_jupyter() {
    let notebook = r#"{"nbformat": 4, "cells": [
        {"cell_type": "code", "source": "%matplotlib inline\nx = !echo a; echo b\n!echo shell"},
        {"cell_type": "code", "source": "%%time\ny = 3"},
        {"cell_type": "code", "source": "async def f():\n    return 4\nz = await f()\ndisplay(z)"},
        {"cell_type": "code", "source": "never = 1", "metadata": {"tags": ["skip-execution"]}}]}"#;
    let case = Case {
        input: ("nb.ipynb", notebook),
        ..Case::new(
            "",
            "import subprocess\n\ndef run_training():\n    x = ['a', 'b']\n    y = 3\n    z = 4\n    \
             subprocess.run(['echo', 'shell'], check=True)\n",
        )
    };
    let verdict = verdict!(case);
    assert_eq!(verdict.status(), Status::Equal, "{verdict:#?}");
    for name in ["x", "y", "z", "printed text"] {
        assert!(named(&verdict, name).outcome.is_proof(), "{verdict:#?}");
    }
    assert!(verdict.observables.iter().all(|one| one.name != "never"));
}

#[test]
fn the_chunks_of_a_markdown_document_run_in_order() {
    let document = "# Title\n\n```{code-cell}\nx = [1, 2]\n```\n\n```{code-cell} ipython3\n:tags: [a]\n\nx.append(1 / 0)\n```\n";
    let case = Case {
        input: ("doc.md", document),
        ..Case::new("", "def run_training():\n    x = [1, 2]\n")
    };
    let verdict = verdict!(case);
    let failure = verdict.input.failure.clone().unwrap();
    assert_eq!((failure.cell, failure.line), (Some(2), Some(10)));
    assert_eq!(named(&verdict, "x").outcome, Outcome::Equal);
}

#[test]
fn chunks_that_are_examples_or_switched_off_do_not_run() {
    let runs = |name, document| {
        let case = Case {
            input: (name, document),
            ..Case::new("", "def run_training():\n    x = [1, 2]\n")
        };
        let verdict = verdict!(case);
        assert_eq!(verdict.status(), Status::Equal, "{verdict:#?}");
    };
    runs(
        "doc.md",
        "```{code-cell}\nx = [1, 2]\n```\n\n```python\nraise SystemExit\n```\n",
    );
    runs(
        "doc.qmd",
        "```{python}\n#| label: a\nx = [1, 2]\n```\n\n```{python}\n#| eval: false\nx = lost()\n```\n",
    );
}

#[test]
fn scripts_that_only_a_notebook_s_shell_runs_have_its_names() {
    let runs = |text| {
        let case = Case {
            input: ("a.py", text),
            ..Case::new(
                "",
                "import subprocess\n\ndef run_training():\n    x = 3\n    subprocess.run(['echo', 'shell'], check=True)\n",
            )
        };
        let verdict = verdict!(case);
        assert_eq!(verdict.status(), Status::Equal, "{verdict:#?}");
    };
    runs(
        "# In[1]:\nget_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('echo shell')\n# In[2]:\nx = 3\n",
    );
    runs(
        "# Databricks notebook source\nx = 3\ndisplay(x)\n\n# COMMAND ----------\n\n# MAGIC %sh echo shell\n",
    );
}

#[test]
fn what_a_cell_prints_is_kept_and_files_run_among_the_names() {
    let notebook = r#"{"nbformat": 4, "cells": [
        {"cell_type": "code", "source": "%%capture kept\nprint('hidden')"},
        {"cell_type": "code", "source": "y = 2"},
        {"cell_type": "code", "source": "open('part.py', 'w').write('x = y + 1')\n%run -i part.py"},
        {"cell_type": "code", "source": "print(kept.stdout.strip(), x)"}]}"#;
    let case = Case {
        input: ("nb.ipynb", notebook),
        ..Case::new(
            "",
            "def run_training():\n    y = 2\n    open('part.py', 'w').write('x = y + 1')\n    x = y + 1\n    print('hidden', x)\n",
        )
    };
    let verdict = verdict!(case);
    assert_eq!(verdict.status(), Status::Equal, "{verdict:#?}");
}

#[test]
fn a_package_that_fails_where_the_input_runs_is_different() {
    let case = Case::new(
        "x = 1\nprint(x)\n",
        "def run_training():\n    x = 1\n    raise ValueError('no')\n",
    );
    let verdict = verdict!(case);
    assert_eq!(verdict.status(), Status::Different);
    let failure = verdict.package.failure.unwrap();
    assert_eq!(failure.kind, "ValueError");
    assert_eq!(failure.function.as_deref(), Some("run_training"));
    assert_eq!(
        failure.file.as_deref(),
        Some("tiny/application/training.py")
    );
    assert_eq!(failure.inner_line, Some(3));
    assert_eq!(failure.statement, "raise ValueError('no')");
}

#[test]
fn a_missing_library_is_named() {
    let case = Case::new(
        "import no_such_library\n",
        "def run_training():\n    pass\n",
    );
    let verdict = verdict!(case);
    assert_eq!(verdict.status(), Status::CouldNotRun);
    let failure = verdict.input.failure.unwrap();
    assert_eq!(failure.missing_module.as_deref(), Some("no_such_library"));
    assert_eq!(failure.line, Some(1));
}

#[test]
fn an_input_whose_time_is_up_says_where_it_was() {
    let mut case = Case::new(
        "import time\nx = 1\ntime.sleep(60)\n",
        "def run_training():\n    x = 1\n",
    );
    case.timeout = Duration::from_secs(8);
    let verdict = verdict!(case);
    assert_eq!(verdict.status(), Status::CouldNotRun);
    let failure = verdict.input.failure.clone().unwrap();
    assert_eq!((failure.kind.as_str(), failure.line), ("Timeout", Some(3)));
    assert_eq!(failure.statement, "time.sleep(60)");
}

#[test]
fn memory_beyond_the_limit_fails_at_its_statement() {
    let mut case = Case::new(
        "x = 1\ny = bytearray(4_000_000_000)\n",
        "def run_training():\n    x = 1\n",
    );
    case.memory = Some(2_000_000_000);
    let verdict = verdict!(case);
    let failure = verdict.input.failure.clone().unwrap();
    assert_eq!(
        (failure.kind.as_str(), failure.line),
        ("MemoryError", Some(2))
    );
}

#[test]
fn a_process_that_dies_is_reported() {
    let case = Case::new(
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n",
        "def run_training():\n    pass\n",
    );
    let verdict = verdict!(case);
    assert_eq!(verdict.status(), Status::CouldNotRun);
    assert_eq!(verdict.input.failure.unwrap().kind, "Crash");
}

#[test]
fn an_input_that_never_repeats_itself_is_not_held_against_the_package() {
    let input = "import uuid\nx = [uuid.uuid4() for _ in range(3)]\ny = [1, 2]\n";
    let application = "import uuid\n\ndef run_training():\n    x = [uuid.uuid4() for _ in range(3)]\n    y = [1, 2]\n";
    let verdict = verdict!(Case::new(input, application));
    assert_eq!(named(&verdict, "x").outcome, Outcome::NonDeterministic);
    assert_eq!(named(&verdict, "y").outcome, Outcome::Equal);
    assert_eq!(verdict.status(), Status::Equal);
}

#[test]
fn a_difference_beside_what_never_repeats_is_still_found() {
    let input =
        "import uuid\nx = {'id': uuid.uuid4(), 'score': 1}\nz = {'id': uuid.uuid4(), 'score': 1}\n";
    let application = "import uuid\n\ndef run_training():\n    x = {'id': uuid.uuid4(), 'score': 2}\n    \
        z = {'id': uuid.uuid4(), 'score': 1}\n";
    let verdict = verdict!(Case::new(input, application));
    assert_eq!(named(&verdict, "x").outcome, Outcome::Different);
    assert_eq!(named(&verdict, "x").differences[0].path, "['score']");
    assert_eq!(named(&verdict, "z").outcome, Outcome::NonDeterministic);
}

#[test]
fn other_keys_each_time_are_not_held_against_the_package() {
    let input =
        "import uuid\nx = {uuid.uuid4(): 1, 'score': 1}\nz = {uuid.uuid4(): 1, 'score': 1}\n";
    let application = "import uuid\n\ndef run_training():\n    x = {uuid.uuid4(): 1}\n    \
        z = {uuid.uuid4(): 1, 'score': 1}\n";
    let verdict = verdict!(Case::new(input, application));
    assert_eq!(named(&verdict, "x").outcome, Outcome::Different);
    assert_eq!(named(&verdict, "x").differences[0].path, "['score']");
    assert_eq!(named(&verdict, "z").outcome, Outcome::NonDeterministic);
}

#[test]
fn what_a_library_keeps_on_demand_may_be_missing_wherever_it_is_installed() {
    let library = "import os, sys, tempfile\nplace = os.path.join(tempfile.gettempdir(), 'srcify-kept-on-demand')\n\
        os.makedirs(os.path.join(place, 'kept-1.dist-info'), exist_ok=True)\n\
        with open(os.path.join(place, 'kept.py'), 'w') as file:\n    \
        file.write('class Kept:\\n    def size(self):\\n        self._size = 3\\n        return 3\\n')\n\
        sys.path.append(place)\nimport kept\nx = kept.Kept()\n";
    let input = format!("{library}x.size()\n");
    let body = library.replace('\n', "\n    ");
    let application = format!("def run_training():\n    {body}pass\n");
    let verdict = verdict!(Case::new(&input, &application));
    assert_eq!(named(&verdict, "x").outcome, Outcome::Close);
}

#[test]
fn models_and_cached_functions_are_the_same_wherever_they_stand() {
    let made = "import functools\nfrom sklearn.linear_model import LinearRegression\n\
        @functools.lru_cache\ndef f(x): return x\nfitted = {}\n\
        fitted['a'] = LinearRegression().fit([[0], [1]], [0, 1])\n";
    let body = made.replace('\n', "\n    ");
    let application = format!(
        "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Made:\n    fitted: dict\n\n\n\
        def stage(made):\n    len(made.fitted)\n\n\ndef run_training():\n    {body}stage(Made(fitted=fitted))\n"
    );
    let report = r#"{"version": 1, "jobs": [{"name": "training", "function": "tiny.application.training:run_training"}],
        "names": {"fitted": {"module": "tiny.application.training", "function": "stage", "local": "fitted"}}}"#;
    let verdict = verdict!(Case {
        report,
        ..Case::new(made, &application)
    });
    assert_eq!(named(&verdict, "fitted").outcome, Outcome::Close);
    assert_eq!(named(&verdict, "f").outcome, Outcome::Equal);
}

#[test]
fn how_often_a_tree_of_neighbours_was_asked_is_no_value() {
    let made = "from sklearn.neighbors import KNeighborsClassifier\nimport numpy as np\n\
        x = np.random.RandomState(0).rand(60, 2)\n\
        near = KNeighborsClassifier(3, algorithm='kd_tree').fit(x, x[:, 0] > 0.5)\n";
    let body = made.replace('\n', "\n    ");
    let application = format!("def run_training():\n    {body}pass\n");
    let input = format!("{made}near.predict(x)\n");
    let verdict = verdict!(Case::new(&input, &application));
    assert_ne!(named(&verdict, "near").outcome, Outcome::Different);
    // Another point is another tree.
    let other = application.replace("RandomState(0)", "RandomState(1)");
    let verdict = verdict!(Case::new(&input, &other));
    assert_eq!(named(&verdict, "near").outcome, Outcome::Different);
}

#[test]
fn how_a_program_was_started_is_no_value_of_its_parser() {
    let made = "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--n', default=1)\n";
    let body = made.replace('\n', "\n    ");
    let application = format!("def run_training():\n    {body}pass\n");
    let verdict = verdict!(Case::new(made, &application));
    assert_ne!(named(&verdict, "parser").outcome, Outcome::Different);
    let other = application.replace("Parser()", "Parser(prog='other')");
    let verdict = verdict!(Case::new(made, &other));
    assert_eq!(named(&verdict, "parser").outcome, Outcome::Different);
}

#[test]
fn where_functions_and_classes_stand_is_no_difference_of_the_text() {
    let input = "def f(): pass\nclass A: pass\nprint(f, A())\nx = repr(f)\n";
    let application = "def run_training():\n    def f(): pass\n    class A: pass\n    print(f, A())\n    \
        x = repr(f)\n";
    let verdict = verdict!(Case::new(input, application));
    assert_eq!(named(&verdict, "x").outcome, Outcome::Close);
    assert_eq!(verdict.status(), Status::Equal);
}

#[test]
fn a_stage_holds_what_it_is_given_and_fields_of_it() {
    let input = "x = [1]\nx = [2]\ny = 3\nx.append(y)\n";
    let application = "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Made:\n    x: list\n\n\n\
        def stage(made):\n    y = 3\n    made.x.append(y)\n\n\n\
        def run_training():\n    x = [1]\n    stage(Made(x=[2]))\n    return x\n";
    let report = r#"{"version": 1, "jobs": [{"name": "training", "function": "tiny.application.training:run_training"}],
        "names": {"x": {"module": "tiny.application.training", "function": "stage", "local": "x"}}}"#;
    let verdict = verdict!(Case {
        report,
        ..Case::new(input, application)
    });
    assert_eq!(named(&verdict, "x").outcome, Outcome::Equal);
}

#[test]
fn an_input_without_a_seed_is_compared_with_the_same_draws() {
    let input = "import random\nx = [random.random() for _ in range(3)]\ny = random.random()\n";
    let alike = "import random\n\ndef run_training():\n    x = [random.random() for _ in range(3)]\n    \
        y = random.random()\n";
    let verdict = verdict!(Case::new(input, alike));
    assert_eq!(named(&verdict, "x").outcome, Outcome::Equal);
    assert_eq!(named(&verdict, "y").outcome, Outcome::Equal);
    let unlike = "import random\n\ndef run_training():\n    y = random.random()\n    \
        x = [random.random() for _ in range(3)]\n";
    let verdict = verdict!(Case::new(input, unlike));
    assert_eq!(named(&verdict, "x").outcome, Outcome::NonDeterministic);
}

#[test]
fn files_are_compared_by_what_they_hold() {
    let input = "import json, pickle\n\nclass Point:\n    def __init__(self):\n        self.x = 1\n\n\
        json.dump({'a': 1, 'b': 2}, open('same.json', 'w'))\n\
        json.dump({'a': 1}, open('other.json', 'w'))\n\
        open('data.csv', 'w').write('changed')\n\
        pickle.dump(Point(), open('point.pkl', 'wb'))\n\
        open('lost.txt', 'w').write('x')\n";
    let domain = "class Point:\n    def __init__(self):\n        self.x = 1\n";
    let application = "import json, pickle\nfrom tiny.domain.features import Point\n\n\
        def run_training():\n    json.dump({'b': 2, 'a': 1}, open('same.json', 'w'))\n    \
        json.dump({'a': 2}, open('other.json', 'w'))\n    open('data.csv', 'w').write('changed')\n    \
        pickle.dump(Point(), open('point.pkl', 'wb'))\n    open('extra.txt', 'w').write('x')\n";
    let case = Case {
        domain,
        ..Case::new(input, application)
    };
    let verdict = verdict!(case);
    let outcomes = [
        "same.json",
        "data.csv",
        "point.pkl",
        "other.json",
        "lost.txt",
        "extra.txt",
    ]
    .map(|name| named(&verdict, name).outcome);
    assert!(
        outcomes[..3].iter().all(|one| one.is_proof()),
        "{verdict:#?}"
    );
    assert_eq!(
        outcomes[3..],
        [Outcome::Different, Outcome::Missing, Outcome::Missing]
    );
    let other = named(&verdict, "other.json");
    assert_eq!(other.differences[0].path, "['a']");
    assert_eq!(other.made.as_ref().unwrap().line, Some(8));
}

#[test]
fn when_a_drawing_was_made_is_none_of_what_it_shows() {
    let written = |date: &str, drawn: &str| {
        format!(
            "open('{drawn}.eps', 'w').write('%%CreationDate: {date}\\n%%EndComments\\n0 1 {drawn}\\n')\n"
        )
    };
    let input = written("Mon", "moveto") + &written("Mon", "lineto");
    let other = written("Tue", "lineto").replace("0 1", "0 2");
    let application = format!(
        "def run_training():\n    {}    {other}",
        written("Tue", "moveto")
    );
    let verdict = verdict!(Case::new(&input, &application));
    assert_eq!(named(&verdict, "moveto.eps").outcome, Outcome::Close);
    assert_eq!(named(&verdict, "lineto.eps").outcome, Outcome::Different);
}

#[test]
fn harmless_differences_of_the_text_are_listed() {
    let input = "import time\nprint('took 1.25 s')\nprint('value 2')\nprint(object())\n";
    let application =
        "def run_training():\n    print('took 3.5 s')\n    print('value 2')\n    print(object())\n";
    let verdict = verdict!(Case::new(input, application));
    let text = named(&verdict, "printed text");
    assert_eq!(text.outcome, Outcome::Close);
    for reason in ["a duration", "a memory address"] {
        let is_listed = text.notes.iter().any(|note| note.contains(reason));
        assert!(is_listed, "{:?}", text.notes);
    }
}

#[test]
fn a_date_that_the_input_prints_every_time_must_be_the_same() {
    let input = "print('until 2024-05-01')\n";
    let application = "def run_training():\n    print('until 2025-05-01')\n";
    let verdict = verdict!(Case::new(input, application));
    assert_eq!(named(&verdict, "printed text").outcome, Outcome::Different);
    let now = "import datetime\nprint('at', datetime.datetime.now())\n";
    let application =
        "import datetime\n\ndef run_training():\n    print('at', datetime.datetime.now())\n";
    let verdict = verdict!(Case::new(now, application));
    let text = named(&verdict, "printed text");
    assert_eq!(text.outcome, Outcome::Close);
    assert!(text.notes[0].contains("further run"), "{:?}", text.notes);
}

#[test]
fn a_line_that_is_not_printed_is_a_difference() {
    let input = "print('a')\nprint('b')\nprint('c')\n";
    let application = "def run_training():\n    print('a')\n    print('c')\n";
    let verdict = verdict!(Case::new(input, application));
    let text = named(&verdict, "printed text");
    assert_eq!(text.outcome, Outcome::Different);
    assert_eq!(
        (text.differences[0].path.as_str(), text.count),
        ("line 2", 1)
    );
}

#[test]
fn writes_outside_of_the_folder_are_listed() {
    let input = "open('../beside.txt', 'w').write('x')\nx = 1\n";
    let verdict = verdict!(Case::new(input, "def run_training():\n    x = 1\n"));
    assert_eq!(verdict.input.outside, ["../beside.txt"]);
}

/// Whether the environment lacks a library that the case needs; such a case says nothing.
fn lacks_library(verdict: &Verdict) -> bool {
    let failure = verdict.input.failure.as_ref();
    failure.is_some_and(|failure| failure.missing_module.is_some())
}

#[test]
fn frames_and_estimators_are_compared_by_content() {
    let input = "import pandas as pd\nfrom sklearn.tree import DecisionTreeClassifier\n\
        # %%\ndf = pd.read_csv('data.csv')\n\
        # %%\ndf['c'] = df['b'] * 2\ndf['d'] = df['b'] * 3\nmodel = DecisionTreeClassifier(max_depth=2).fit(df[['a']], df['d'] > 8)\n\
        same = DecisionTreeClassifier(random_state=1).fit(df[['a']], df['b'] > 3)\ndf.to_pickle('out.pkl')\n";
    let application = "import pandas as pd\nfrom sklearn.tree import DecisionTreeClassifier\n\n\
        def run_training():\n    df = pd.read_csv('data.csv')\n    df['c'] = df['b'] * 2\n    df['d'] = df['b'] * 3.5\n    \
        model = DecisionTreeClassifier(max_depth=3).fit(df[['a']], df['d'] > 8)\n    \
        same = DecisionTreeClassifier(random_state=1).fit(df[['a']], df['b'] > 3)\n    df.to_pickle('out.pkl')\n";
    let verdict = verdict!(Case::new(input, application));
    if lacks_library(&verdict) {
        return;
    }
    let frame = named(&verdict, "df");
    assert_eq!(frame.outcome, Outcome::Different, "{verdict:#?}");
    assert_eq!(frame.differences[0].path, "['d'][0]");
    assert_eq!(
        frame.made.as_ref().unwrap().statement,
        "df['d'] = df['b'] * 3"
    );
    assert_eq!(named(&verdict, "model").differences[0].path, ".max_depth");
    assert_eq!(named(&verdict, "same").outcome, Outcome::Equal);
    assert_eq!(named(&verdict, "out.pkl").differences[0].path, "['d'][0]");
}

#[test]
fn a_figure_that_is_only_shown_is_not_compared_when_its_drawing_is_left_out() {
    let input =
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nplt.show()\n";
    let application =
        "import matplotlib.pyplot as plt\n\ndef run_training():\n    fig, ax = plt.subplots()\n";
    let verdict = verdict!(Case::new(input, application));
    if lacks_library(&verdict) {
        return;
    }
    assert_eq!(named(&verdict, "ax").outcome, Outcome::Different);
    let case = Case {
        report: r#"{"statements": [{"rung": "dropped", "reason": "only draws a figure that is shown"}]}"#,
        ..Case::new(input, application)
    };
    let verdict = verdict!(case);
    assert_eq!(named(&verdict, "ax").outcome, Outcome::NotComparable);
    assert_eq!(named(&verdict, "fig").outcome, Outcome::NotComparable);
}

#[test]
fn parts_of_figures_are_not_compared_whoever_wrote_their_class() {
    let head = "import matplotlib.lines as lines\nfrom matplotlib.colors import Normalize\nfrom matplotlib.ticker import EngFormatter\n";
    let class = "class Mine(lines.Line2D):\n    pass\n";
    let input = format!(
        "import matplotlib.pyplot as plt\n{head}{class}line = Mine([0, 1], [2, 3])\nnorm = Normalize(0, 1)\nticks = EngFormatter()\n\
         fig, ax = plt.subplots()\nax.xaxis.set_major_formatter(ticks)\nax.set_xlim(0, 9e9)\nax.add_line(line)\nax.imshow([[0, 1]], norm=norm)\nfig.tight_layout()\nplt.show()\n"
    );
    let application = format!(
        "{head}{class}\ndef run_training():\n    line = Mine([0, 1], [2, 3])\n    norm = Normalize(0, 1)\n    ticks = EngFormatter()\n"
    );
    let case = Case {
        report: r#"{"statements": [{"rung": "dropped", "reason": "only draws a figure that is shown"}]}"#,
        ..Case::new(&input, &application)
    };
    let verdict = verdict!(case);
    if lacks_library(&verdict) {
        return;
    }
    assert_eq!(named(&verdict, "line").outcome, Outcome::NotComparable);
    for name in ["norm", "ticks"] {
        let outcome = named(&verdict, name).outcome;
        assert_ne!(outcome, Outcome::Different, "{verdict:#?}");
    }
}

#[test]
fn ten_million_rows_are_compared_in_bounded_memory() {
    // The frame takes 170 MB, the libraries about a gigabyte of addresses: a copy of the frame would not fit.
    let build = "df = pd.DataFrame({'a': np.arange(10_000_000), 'b': np.arange(10_000_000) * 0.5, 'c': np.arange(10_000_000) % 3 == 0})\n";
    let input = format!("import numpy as np\nimport pandas as pd\n{build}");
    let indented = build.replace("* 0.5", "* 0.5 + (np.arange(10_000_000) == 9_999_999)");
    let application =
        format!("import numpy as np\nimport pandas as pd\n\ndef run_training():\n    {indented}");
    let mut case = Case::new(&input, &application);
    case.timeout = Duration::from_mins(5);
    case.memory = Some(HUGE_LIMIT);
    let verdict = verdict!(case);
    if lacks_library(&verdict) {
        return;
    }
    assert_eq!(verdict.input.failure, None);
    let frame = named(&verdict, "df");
    assert_eq!(frame.count, 1, "{frame:#?}");
    assert_eq!(frame.differences[0].path, "['b'][9999999]");
    assert_eq!(frame.differences[0].left, "4999999.5");
}

/// Bytes of addresses for the frame of ten million rows.
const HUGE_LIMIT: u64 = 2_000_000_000;

#[test]
fn frames_of_polars_sparse_matrices_figures_and_workbooks_are_compared_by_what_they_hold() {
    let body = "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\nimport polars as pl\nimport scipy.sparse as sp\n\
        frame = pl.DataFrame({'a': [1, 2], 'b': ['x', None]})\nmatrix = sp.coo_matrix(([1.0, 2.0], ([0, 1], [1, 0])))\n\
        fig, ax = plt.subplots()\nlines = ax.plot([1, 2, FIGURE])\nholes = [float('nan'), {1, 2}]\n\
        pd.DataFrame({'a': [1, 2]}).to_parquet('p.parquet')\npd.DataFrame({'a': [1, BOOK]}).to_excel('b.xlsx')\n\
        np.savez('n.npz', a=np.arange(ARRAY))\n";
    let fill = |figure, book, array| {
        let body = body.replace("FIGURE", figure);
        body.replace("BOOK", book).replace("ARRAY", array)
    };
    let input = fill("3", "2", "3");
    let application = format!(
        "def run_training():\n    {}",
        fill("4", "3", "4").trim_end().replace('\n', "\n    ")
    );
    let verdict = verdict!(Case::new(&input, &application));
    if lacks_library(&verdict) {
        return;
    }
    for name in ["frame", "matrix", "holes", "p.parquet"] {
        assert!(named(&verdict, name).outcome.is_proof(), "{verdict:#?}");
    }
    for name in ["fig", "ax", "b.xlsx", "n.npz"] {
        assert_eq!(named(&verdict, name).outcome, Outcome::Different, "{name}");
    }
}

#[test]
fn predictions_judge_an_estimator_that_hides_its_state() {
    let class = "class Hidden:\n    __slots__ = ('n_features_in_', 'rule')\n    def __init__(self, weight):\n        \
        self.n_features_in_ = 2\n        self.rule = make(weight)\n    def get_params(self):\n        return {}\n    \
        def predict(self, rows):\n        return self.rule(rows)\n    def __reduce_ex__(self, version):\n        return 'hidden'\n\n\
        def make(weight):\n    return lambda rows: rows[:, 0] * weight\n";
    let input = format!("import numpy as np\n{class}same = Hidden(2)\nother = Hidden(2)\n");
    let application = format!(
        "import numpy as np\n{class}\ndef run_training():\n    same = Hidden(2)\n    other = Hidden(3)\n"
    );
    let verdict = verdict!(Case::new(&input, &application));
    if lacks_library(&verdict) {
        return;
    }
    assert_eq!(named(&verdict, "same").outcome, Outcome::Equal);
    let other = named(&verdict, "other");
    assert_eq!(other.outcome, Outcome::Different, "{verdict:#?}");
    assert!(other.differences[0].path.contains("predict("), "{other:#?}");
}

#[test]
fn a_notebook_runs_in_a_kernel_when_asked() {
    let notebook = r#"{"nbformat": 4, "cells": [
        {"cell_type": "code", "source": "x = [1, 2, 3]\nprint('begin')"},
        {"cell_type": "code", "source": "y = In[1][0]\nz = 1\nz / 0"},
        {"cell_type": "code", "source": "print('end')"}]}"#;
    let case = Case {
        input: ("nb.ipynb", notebook),
        kernel: Some("python3"),
        ..Case::new(
            "",
            "def run_training():\n    x = [1, 2, 3]\n    print('begin')\n    z = 1\n",
        )
    };
    let verdict = verdict!(case);
    if lacks_library(&verdict) {
        return;
    }
    let failure = verdict.input.failure.clone().unwrap();
    assert_eq!(failure.kind, "ZeroDivisionError", "{failure:#?}");
    assert_eq!((failure.cell, failure.line), (Some(2), Some(3)));
    for name in ["x", "z", "printed text"] {
        assert_eq!(named(&verdict, name).outcome, Outcome::Equal, "{name}");
    }
}

#[test]
fn what_is_recorded_holds_digests_and_calls_but_no_data() {
    let body = "rows = open('data.csv').read().splitlines()\nn = len(rows)\nprint('rows', rows[1], n)\n\
        open('out.txt', 'w').write('\\n'.join(rows))\n";
    let application = format!(
        "from tiny.domain.features import double\n\ndef run_training():\n    {}\n    double(n)\n",
        body.trim_end().replace('\n', "\n    ")
    );
    let case = Case {
        domain: "def double(n: int) -> int:\n    return n * 2\n",
        record: true,
        ..Case::new(body, &application)
    };
    let verdict = verdict!(case);
    assert_eq!(verdict.status(), Status::Equal, "{verdict:#?}");
    let golden = verdict.golden.unwrap();
    assert_eq!(golden["reads"].as_object().unwrap().len(), 1);
    assert!(golden["reads"]["data.csv"].is_string());
    assert_eq!(golden["lines"].as_array().unwrap().len(), 1);
    assert!(golden["writes"]["out.txt"].is_string());
    let call = serde_json::json!([{"function": "tiny.domain.features:double", "arguments": {"n": 3}, "result": 6}]);
    assert_eq!(golden["calls"], call);
    assert!(!golden.to_string().contains("2.5"), "{golden}");
}

#[test]
fn several_inputs_are_compared_each_with_its_own_job() {
    let keep = tempfile::tempdir().unwrap();
    let Ok(python) = env::var("SRCIFY_E2E_PYTHON") else {
        return;
    };
    let folder = Utf8PathBuf::from_path_buf(keep.path().canonicalize().unwrap()).unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("a.py", "x = [1, 2]\nopen('a.txt', 'w').write('a')\n");
    write("b.py", "x = open('a.txt').read()\ny = 3\n");
    write("package/src/tiny/__init__.py", "");
    write("package/src/tiny/application/__init__.py", "");
    write(
        "package/src/tiny/application/a.py",
        "def run_a():\n    x = [1, 2]\n    open('a.txt', 'w').write('a')\n",
    );
    write(
        "package/src/tiny/application/b.py",
        "def run_b():\n    x = open('a.txt').read()\n    y = 4\n",
    );
    write(
        "package/src/tiny/__main__.py",
        "import sys\nfrom tiny.application.a import run_a\nfrom tiny.application.b import run_b\n{'a': run_a, 'b': run_b}[sys.argv[1]]()\n",
    );
    let contract = Contract::parse(
        r#"{"inputs": [{"path": "a.py"}, {"path": "b.py"}],
            "jobs": [{"name": "b", "input": "b.py"}, {"name": "a", "input": "a.py"}]}"#,
    );
    let inputs = ["a.py", "b.py"].map(|name| InputEntry {
        path: folder.join(name),
        order: None,
    });
    let pair = Pair {
        inputs: inputs.into(),
        package: Package::find(&folder.join("package"), None).unwrap(),
        folder: folder.clone(),
    };
    let settings = Case::new("", "").settings(Utf8PathBuf::from(python));
    let runner = ProcessRunner {
        interrupt: Interrupt::new(),
    };
    let context = RunContext {
        runner: &runner,
        progress: &NoProgress,
        settings: &settings,
    };
    let verdict = verify(&contract, &pair, &context).unwrap();
    let outcomes: Vec<_> = verdict
        .observables
        .iter()
        .map(|one| (one.name.as_str(), one.outcome))
        .collect();
    for name in ["a.py: x", "b.py: x"] {
        assert!(outcomes.contains(&(name, Outcome::Equal)), "{outcomes:?}");
    }
    let different = ("b.py: y", Outcome::Different);
    assert!(outcomes.contains(&different), "{outcomes:?}");
}

#[test]
fn an_interrupt_ends_the_run_and_removes_the_copies() {
    let keep = tempfile::tempdir().unwrap();
    let witness = keep.path().join("where");
    let input = format!(
        "import os, time\nopen({:?}, 'w').write(os.getcwd())\ntime.sleep(60)\n",
        witness.display().to_string()
    );
    let case = Case::new(&input, "def run_training():\n    pass\n");
    let interrupt = case.interrupt.clone();
    let seen = witness.clone();
    let raiser = thread::spawn(move || {
        for _ in 0..500 {
            thread::sleep(Duration::from_millis(20));
            if fs::metadata(&seen).is_ok_and(|file| file.len() > 0) {
                break;
            }
        }
        interrupt.raise();
    });
    let result = case.verify();
    raiser.join().unwrap();
    let Some(result) = result else { return };
    assert!(matches!(result, Err(RunError::Interrupted)));
    let copy = fs::read_to_string(&witness).unwrap();
    assert!(copy.contains("srcify-verify-"), "{copy}");
    assert!(!Utf8Path::new(&copy).exists());
}
