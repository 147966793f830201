//! `srcify verify` and `srcify convert --observe`, with the interpreter that `SRCIFY_E2E_PYTHON` names.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use srcify_testing::{Outcome, Sandbox, run};

const INPUT: &str = "values = [1.5, 2.5]\n\n# The mean of all values.\nmean = sum(values) / len(values)\nprint('mean', mean)\nwith open('mean.txt', 'w') as file:\n    file.write(str(mean))\n";

/// A sandbox with the package of `input`; `None` when no interpreter is named.
fn converted(input: &str) -> Option<(Sandbox, String)> {
    let python = std::env::var("SRCIFY_E2E_PYTHON").ok()?;
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("größe 1/means.py", input);
    let done = sandbox.run(&[
        "convert",
        "größe 1/means.py",
        "-o",
        "größe 1/package",
        "--name",
        "means",
        "--no-lock",
    ]);
    assert_eq!(done.status, Some(0), "{}", done.stderr);
    Some((sandbox, python))
}

fn verify(sandbox: &Sandbox, python: &str, options: &[&str]) -> Outcome {
    let mut arguments = vec!["verify", "größe 1/package", "--python", python];
    arguments.extend_from_slice(options);
    sandbox.run(&arguments)
}

#[test]
fn a_package_is_equal_and_its_record_is_a_test_that_passes_and_can_fail() {
    let Some((sandbox, python)) = converted(INPUT) else {
        return;
    };
    let done = verify(&sandbox, &python, &["--record"]);
    assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
    assert!(done.stdout.contains("value  mean"), "{}", done.stdout);
    assert!(
        done.stderr
            .contains("recorded tests/golden/equivalence.json")
    );
    let project = sandbox.folder().join("größe 1/package");
    let pytest = || {
        let mut command = Command::new(&python);
        command.current_dir(&project);
        command.args([
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/test_equivalence.py",
        ]);
        run(&mut command)
    };
    let passed = pytest();
    assert_eq!(passed.status, Some(0), "{}{}", passed.stdout, passed.stderr);
    let golden = sandbox.read("größe 1/package/tests/golden/equivalence.json");
    assert!(!golden.contains("mean 2"), "{golden}");
    let is_digest = |word: &&str| word.len() == 16 && word.chars().all(|c| c.is_ascii_hexdigit());
    let digest = golden.split('"').find(is_digest).map(ToOwned::to_owned);
    let other = golden.replace(&digest.unwrap_or_default(), "0123456789abcdef");
    sandbox.write("größe 1/package/tests/golden/equivalence.json", other);
    assert_eq!(pytest().status, Some(1));
}

#[test]
fn a_changed_package_is_different_in_every_form_of_the_verdict() {
    let Some((sandbox, python)) = converted(INPUT) else {
        return;
    };
    let changed = INPUT.replace("2.5", "3.5");
    sandbox.write("größe 1/means.py", changed);
    let text = verify(&sandbox, &python, &[]);
    assert_eq!(text.status, Some(1), "{}{}", text.stdout, text.stderr);
    assert!(
        text.stdout.contains("first difference: value `mean`"),
        "{}",
        text.stdout
    );
    for (form, start) in [
        ("json", "{"),
        ("junit", "<?xml"),
        ("html", "<!doctype html>"),
    ] {
        let done = verify(&sandbox, &python, &["--output-format", form]);
        assert_eq!(done.status, Some(1), "{form}");
        assert!(
            done.stdout.to_lowercase().starts_with(start),
            "{}",
            done.stdout
        );
    }
}

#[test]
fn what_cannot_run_has_status_2_and_says_why() {
    let Some((sandbox, python)) = converted(INPUT) else {
        return;
    };
    sandbox.write("größe 1/means.py", INPUT.replace("print(", "1 / 0\nprint("));
    let done = verify(&sandbox, &python, &[]);
    assert_eq!(done.status, Some(2), "{}{}", done.stdout, done.stderr);
    assert!(done.stdout.contains("ZeroDivisionError"), "{}", done.stdout);
    let done = verify(&sandbox, "/no/such/python", &[]);
    assert_eq!(done.status, Some(2));
    assert!(done.stderr.contains("/no/such/python"), "{}", done.stderr);
    let done = verify(&sandbox, &python, &["--folder-limit", "0"]);
    assert_eq!(done.status, Some(2));
    assert!(done.stderr.contains("--folder-limit"), "{}", done.stderr);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_children_and_removes_the_copies() {
    let Some((sandbox, python)) = converted("import time\ntime.sleep(300)\nx = 1\n") else {
        return;
    };
    let scratch = sandbox.folder().join("scratch");
    sandbox.write("scratch/.keep", "");
    let mut child = Command::new(env!("CARGO_BIN_EXE_srcify"))
        .args(["verify", "größe 1/package", "--python", &python])
        .current_dir(sandbox.folder())
        .env("TMPDIR", &scratch)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program that was just built starts");
    let running = || {
        let mut command = Command::new("ps");
        let listed = run(command.args(["-eo", "args"])).stdout;
        listed
            .lines()
            .filter(|line| line.contains(scratch.as_str()))
            .count()
    };
    wait_until(|| running() > 0);
    let mut kill = Command::new("kill");
    run(kill.args(["-INT", &child.id().to_string()]));
    let status = child.wait().expect("it can be waited for");
    assert_eq!(status.code(), Some(130));
    assert_eq!(running(), 0);
    let left = scratch.read_dir_utf8().expect("it was made above");
    assert_eq!(left.count(), 1, "only what was there before");
}

#[cfg(unix)]
fn wait_until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() && start.elapsed() < Duration::from_mins(2) {
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(is_so(), "waited in vain");
}

#[test]
fn a_run_of_the_input_first_gives_types_and_a_record() {
    let Ok(python) = std::env::var("SRCIFY_E2E_PYTHON") else {
        return;
    };
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("data.csv", "a,b\n1,x\n2,y\n");
    sandbox.write(
        "prices.py",
        "import csv\n\ndef longest(rows, least):\n    return [row for row in rows if len(row) > least]\n\n\
         rows = list(csv.reader(open('data.csv')))\nkept = longest(rows, 1)\nprint(len(kept))\n",
    );
    let done = sandbox.run(&[
        "convert",
        "prices.py",
        "-o",
        "package",
        "--no-lock",
        "--observe",
        "--python",
        &python,
    ]);
    assert_eq!(done.status, Some(0), "{}", done.stderr);
    assert!(done.stderr.contains("recorded"), "{}", done.stderr);
    let files = sandbox.files();
    let holds = |text: &str| {
        files
            .values()
            .any(|file| String::from_utf8_lossy(file).contains(text))
    };
    assert!(holds("rows: list[list[str]]"), "{:?}", files.keys());
    assert!(holds("-> list[list[str]]"));
    assert!(
        files
            .keys()
            .any(|path| path.as_str().ends_with("test_equivalence.py"))
    );
}

#[test]
fn cells_run_in_the_order_in_which_they_were_converted() {
    let Ok(python) = std::env::var("SRCIFY_E2E_PYTHON") else {
        return;
    };
    let cell = |number: u32, code: &str| {
        format!(
            r#"{{"cell_type": "code", "execution_count": {number}, "metadata": {{}}, "outputs": [], "source": "{code}"}}"#
        )
    };
    let cells = [cell(2, "print(total + 1)"), cell(1, "total = len('four')")].join(", ");
    let notebook =
        format!(r#"{{"cells": [{cells}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 4}}"#);
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("sums.ipynb", &notebook);
    let done = sandbox.run(&["convert", "sums.ipynb", "-o", "out", "--no-lock"]);
    assert_eq!(done.status, Some(0), "{}", done.stderr);
    let done = sandbox.run(&["verify", "out", "--python", &python]);
    assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
    let observed = [
        "convert",
        "sums.ipynb",
        "-o",
        "seen",
        "--observe",
        "--no-lock",
        "--python",
        &python,
    ];
    let done = sandbox.run(&observed);
    assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
    assert!(!done.stderr.contains("ended early"), "{}", done.stderr);
}

#[test]
fn a_setting_of_one_input_is_not_taken_for_a_constant_of_another() {
    let Ok(python) = std::env::var("SRCIFY_E2E_PYTHON") else {
        return;
    };
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(
        "nb/first.py",
        "LIMIT = -0.5\n\nclass Model:\n    def judge(self, x):\n        return x < LIMIT\n\nprint(Model().judge(len('ab')))\n",
    );
    sandbox.write(
        "nb/second.py",
        "LIMIT = 0.8\nprint(int(len('abcde') * LIMIT))\n",
    );
    let done = sandbox.run(&["convert", "nb", "-o", "pkg", "--no-lock"]);
    assert_eq!(done.status, Some(0), "{}", done.stderr);
    let code = sandbox.files().into_iter().any(|(path, text)| {
        path.as_str().contains("/domain/")
            && String::from_utf8_lossy(&text).contains("LIMIT = -0.5")
    });
    assert!(code, "the limit of the first is a constant of a module");
    let verdict = |sandbox: &Sandbox| {
        let inputs = ["--against", "nb/first.py", "--against", "nb/second.py"];
        let mut arguments = vec!["verify", "pkg", "--python", &python];
        arguments.extend(inputs);
        sandbox.run(&arguments)
    };
    let done = verdict(&sandbox);
    assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
}

/// A function that a library calls is given with what it read of the module; another function is a difference.
#[test]
fn a_function_that_is_given_along_with_values_is_no_difference() {
    let input = "import pickle\nfrom sklearn.feature_extraction.text import CountVectorizer\n\nLIMIT = 2\n\n\ndef words(text):\n    return text.split()[:LIMIT]\n\n\ncounts = CountVectorizer(analyzer=words).fit([\"a b c\", \"d\"])\nwith open(\"counts.pkl\", \"wb\") as file:\n    pickle.dump(counts, file)\n";
    let Some((sandbox, python)) = converted(input) else {
        return;
    };
    let done = verify(&sandbox, &python, &[]);
    assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
    let remark = ".analyzer is given what it read of the module";
    assert!(done.stdout.contains(remark), "{}", done.stdout);
    let (path, text) = sandbox
        .files()
        .into_iter()
        .map(|(path, content)| (path, String::from_utf8_lossy(&content).into_owned()))
        .find(|(path, text)| path.extension() == Some("py") && text.contains("partial(words"))
        .expect("it is given along");
    sandbox.write(
        path.as_str(),
        text.replace("partial(words", "partial(lambda text, limit: text.split()"),
    );
    let done = verify(&sandbox, &python, &[]);
    assert_eq!(done.status, Some(1), "{}{}", done.stdout, done.stderr);
}

/// An object of the package holds the settings that its methods read; the rest of it must be the same.
#[test]
fn a_setting_that_an_object_is_handed_is_no_difference() {
    let input = "from sklearn.linear_model import Ridge\n\n\nclass Fit:\n    def __init__(self, rows):\n        self.rows = rows\n\n    def run(self):\n        self.model = Ridge(alpha=0.75).fit(self.rows, [1, 2, 4])\n\n\nfit = Fit([[1], [2], [3]])\nfit.run()\nprint(fit.model.coef_)\n";
    let Some((sandbox, python)) = converted(input) else {
        return;
    };
    let done = verify(&sandbox, &python, &[]);
    assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
    let remark = ".alpha is a setting that only the package's objects hold";
    assert!(done.stdout.contains(remark), "{}", done.stdout);
    let report = "größe 1/package/srcify-report.json";
    let other = sandbox.read(report).replace("\"Fit\": [", "\"Other\": [");
    sandbox.write(report, &other);
    let done = verify(&sandbox, &python, &[]);
    assert_eq!(done.status, Some(1), "{}{}", done.stdout, done.stderr);
}
