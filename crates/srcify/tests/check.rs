//! `srcify check` and `srcify explain`, as users run them.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use srcify_testing::{Fixture, Outcome, Sandbox, examples, files_in, fixtures, repository};

const SRCIFY: &str = env!("CARGO_BIN_EXE_srcify");

/// A small package that follows the layers, with one impure function.
fn package() -> Sandbox {
    let sandbox = Sandbox::new(SRCIFY);
    sandbox.write("pyproject.toml", "[project]\nname = \"churn\"\n");
    sandbox.write("src/churn/__init__.py", "\"\"\"Churn.\"\"\"\n");
    sandbox.write("src/churn/domain/__init__.py", "");
    sandbox.write(
        "src/churn/domain/features.py",
        "\"\"\"Features.\"\"\"\n\n\ndef clean(rows: list[str]) -> list[str]:\n    \"\"\"Clean.\"\"\"\n    print(len(rows))\n    return rows\n",
    );
    sandbox
}

fn check(sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
    let mut all = vec!["check", "--output-format", "concise", "--select", "LAY,SUP"];
    all.extend(arguments);
    sandbox.run(&all)
}

const FINDING: &str = "src/churn/domain/features.py:6:5: LAY001 `clean` prints: `clean → print`\n";

#[test]
fn the_status_says_whether_there_are_findings() {
    let sandbox = package();
    let found = check(&sandbox, &[]);
    assert_eq!((found.status, found.stdout.as_str()), (Some(1), FINDING));
    assert_eq!(check(&sandbox, &["--exit-zero"]).status, Some(0));
    assert_eq!(
        check(&sandbox, &["--ignore", "impure-domain"]).status,
        Some(0)
    );
    assert_eq!(check(&sandbox, &["--ignore", "ABC"]).status, Some(2));
    assert_eq!(check(&sandbox, &["nowhere"]).status, Some(2));
    sandbox.write("pyproject.toml", "[tool.srcify.check]\nselekt = []\n");
    let wrong = check(&sandbox, &[]);
    assert_eq!(wrong.status, Some(2));
    assert!(
        wrong
            .stderr
            .contains("`tool.srcify.check.selekt` is no setting"),
        "{}",
        wrong.stderr
    );
}

#[test]
fn the_project_is_found_from_any_folder_and_file_in_it() {
    let sandbox = package();
    assert_eq!(
        check(&sandbox, &["src/churn/domain/features.py"]).stdout,
        FINDING
    );
    assert_eq!(check(&sandbox, &["src/churn/__init__.py"]).stdout, "");
    let mut inside = Command::new(SRCIFY);
    inside
        .args([
            "check",
            "--select",
            "LAY,PKG001",
            "--output-format",
            "concise",
            ".",
        ])
        .current_dir(sandbox.folder().join("src/churn"));
    let outcome = srcify_testing::run(&mut inside);
    assert_eq!(
        outcome.stdout,
        "../../src/churn/domain/features.py:6:5: LAY001 `clean` prints: `clean → print`\n"
    );
}

#[test]
fn comments_and_settings_allow_findings() {
    let sandbox = package();
    assert_eq!(check(&sandbox, &["--add-ignore"]).status, Some(0));
    assert!(
        sandbox
            .read("src/churn/domain/features.py")
            .contains("print(len(rows))  # srcify: ignore[LAY001]\n")
    );
    assert_eq!(check(&sandbox, &[]).stdout, "");
    let sandbox = package();
    sandbox.write(
        "pyproject.toml",
        "[tool.srcify.check]\nper-file-ignores = {\"src/*/domain/*.py\" = [\"LAY001\"]}\n",
    );
    assert_eq!(check(&sandbox, &[]).stdout, "");
    sandbox.write(
        "pyproject.toml",
        "[tool.srcify.check]\nexclude = [\"src/churn/domain\"]\n",
    );
    assert_eq!(check(&sandbox, &[]).stdout, "");
    sandbox.write("pyproject.toml", "");
    sandbox.write(".gitignore", "features.py\n");
    assert_eq!(check(&sandbox, &[]).stdout, "");
}

#[test]
fn comments_that_allow_nothing_are_found_and_taken_out() {
    let sandbox = package();
    sandbox.write(
        "src/churn/domain/other.py",
        "X = 1  # srcify: ignore[LAY001] once needed\n",
    );
    let found = check(&sandbox, &[]).stdout;
    assert!(found.contains("other.py:1:8: SUP001"), "{found}");
    check(&sandbox, &["--fix"]);
    assert_eq!(sandbox.read("src/churn/domain/other.py"), "X = 1\n");
}

#[test]
fn a_baseline_only_ever_shrinks() {
    let sandbox = package();
    sandbox.write(
        "pyproject.toml",
        "[tool.srcify.check]\nbaseline = \"known.txt\"\n",
    );
    assert_eq!(check(&sandbox, &[]).status, Some(0));
    let known = sandbox.read("known.txt");
    assert!(known.contains("LAY001"), "{known}");
    // Looking at less forgets nothing.
    assert_eq!(check(&sandbox, &["src/churn/__init__.py"]).status, Some(0));
    assert_eq!(check(&sandbox, &["--ignore", "LAY001"]).status, Some(0));
    assert_eq!(sandbox.read("known.txt"), known);
    sandbox.write("src/churn/domain/more.py", "def show(x):\n    print(x)\n");
    let new = check(&sandbox, &[]);
    assert_eq!(
        (new.status, new.stdout.lines().count()),
        (Some(1), 1),
        "{}",
        new.stdout
    );
    assert_eq!(sandbox.read("known.txt"), known);
    sandbox.write("src/churn/domain/features.py", "\"\"\"Features.\"\"\"\n");
    assert_eq!(check(&sandbox, &[]).stdout.lines().count(), 1);
    assert_eq!(sandbox.read("known.txt"), "");
}

#[test]
fn fixes_are_shown_and_applied() {
    let sandbox = Sandbox::new(SRCIFY);
    sandbox.write(
        "pyproject.toml",
        "[project]\nname = \"churn\"\nrequires-python = \">=3.11\"\n",
    );
    sandbox.write("src/churn/__init__.py", "");
    sandbox.write(
        "src/churn/scripts.py",
        "from typing import Optional\n\ndef main(argv: Optional[list[str]] = None) -> None:\n    pass\n\nmain()\n",
    );
    sandbox.write(
        "src/churn/domain/features.py",
        "from dataclasses import dataclass\n\n@dataclass\nclass Row:\n    total: float\n",
    );
    let before = sandbox.files();
    let diff = sandbox.run(&["check", "--diff"]);
    assert!(
        diff.stdout.contains("+if __name__ == \"__main__\":"),
        "{}",
        diff.stdout
    );
    assert_eq!(sandbox.files(), before, "`--diff` changes nothing");
    sandbox.run(&["check", "--fix"]);
    let script = sandbox.read("src/churn/scripts.py");
    assert!(script.contains("argv: list[str] | None = None"), "{script}");
    assert!(
        script.ends_with("if __name__ == \"__main__\":\n    main()\n"),
        "{script}"
    );
    assert!(
        sandbox
            .read("pyproject.toml")
            .ends_with("[project.scripts]\nchurn = \"churn.scripts:main\"\n")
    );
    assert!(
        sandbox
            .read("src/churn/domain/features.py")
            .contains("@dataclass(frozen=True)")
    );
    assert_eq!(sandbox.read("src/churn/domain/__init__.py"), "");
    let again = sandbox.files();
    sandbox.run(&["check", "--fix"]);
    assert_eq!(sandbox.files(), again, "nothing is mended twice");
}

#[test]
fn standard_input_stands_for_a_file_of_the_project() {
    let sandbox = package();
    let text = "def clean(rows):\n    print(rows)\n";
    let path = "src/churn/domain/features.py";
    let found = with_input(&sandbox, &["--stdin-filename", path, "-"], text);
    assert_eq!(
        found.stdout.replace(path, ""),
        ":2:5: LAY001 `clean` prints: `clean → print`\n"
    );
    let mended = with_input(
        &sandbox,
        &["--fix", "--select", "CLI", "-"],
        "def main():\n    pass\n\nmain()\n",
    );
    assert_eq!(
        mended.stdout,
        "def main():\n    pass\n\nif __name__ == \"__main__\":\n    main()\n"
    );
    assert_eq!(
        sandbox.read(path).lines().count(),
        7,
        "the file is left alone"
    );
}

fn with_input(sandbox: &Sandbox, arguments: &[&str], text: &str) -> Outcome {
    let mut child = Command::new(SRCIFY)
        .args(["check", "--output-format", "concise", "--select", "LAY"])
        .args(arguments)
        .current_dir(sandbox.folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut input = child.stdin.take().expect("standard input is a pipe");
    input.write_all(text.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    Outcome {
        status: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn a_repository_of_several_packages_is_checked_as_several() {
    let sandbox = Sandbox::new(SRCIFY);
    for (name, other) in [("acme-core", ""), ("acme-app", "\"acme-core\"")] {
        sandbox.write(
            &format!("packages/{name}/pyproject.toml"),
            format!("[project]\nname = \"{name}\"\ndependencies = [{other}]\n"),
        );
    }
    // The module is not called as its distribution is.
    sandbox.write("packages/acme-core/src/kernel/__init__.py", "X = 1\n");
    sandbox.write(
        "packages/acme-app/src/app/__init__.py",
        "import kernel\nimport numpy\n",
    );
    let found = sandbox.run(&["check", "--select", "PKG01", "--output-format", "concise"]);
    assert_eq!(
        found.stdout,
        "packages/acme-app/src/app/__init__.py:2:8: PKG010 `numpy` is imported, but `numpy` is not among the dependencies\n"
    );
}

#[test]
fn names_of_distributions_come_from_the_environment_of_the_project() {
    let sandbox = Sandbox::new(SRCIFY);
    sandbox.write(
        "pyproject.toml",
        "[project]\nname = \"a\"\ndependencies = [\"odd-name\"]\n",
    );
    sandbox.write("src/a/__init__.py", "import oddly.called\n");
    let select = ["check", "--select", "PKG01", "--output-format", "concise"];
    assert_eq!(sandbox.run(&select).status, Some(1));
    let site = ".venv/lib/python3.12/site-packages";
    sandbox.write(
        &format!("{site}/odd_name-1.0.dist-info/RECORD"),
        "oddly/called.py,,\nodd_name-1.0.dist-info/RECORD,,\n",
    );
    let found = sandbox.run(&select);
    assert_eq!((found.status, found.stdout.as_str()), (Some(0), ""));
}

#[test]
fn output_is_the_same_on_every_run() {
    let sandbox = Sandbox::new(SRCIFY);
    sandbox.copy(&repository().join("fixtures"), "fixtures");
    for format in ["full", "json"] {
        let run = || sandbox.run(&["check", "--select", "ALL", "--output-format", format]);
        let first = run();
        assert!(first.stdout.len() > 1000);
        assert_eq!(run().stdout, first.stdout);
    }
}

#[test]
fn a_change_is_seen_while_watching() {
    let sandbox = package();
    let mut child = Command::new(SRCIFY)
        .args([
            "check",
            "--watch",
            "--select",
            "LAY",
            "--output-format",
            "concise",
        ])
        .current_dir(sandbox.folder())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let output = child.stdout.take().expect("standard output is a pipe");
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    let wait = || lines.recv_timeout(Duration::from_secs(30));
    assert_eq!(wait().as_deref(), Ok(FINDING.trim_end()));
    let started = Instant::now();
    sandbox.write(
        "src/churn/domain/features.py",
        "def clean(rows):\n    print(rows)\n",
    );
    let line = wait();
    let waited = started.elapsed();
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
    assert_eq!(
        line.as_deref(),
        Ok("src/churn/domain/features.py:2:5: LAY001 `clean` prints: `clean → print`")
    );
    // 300 ms is what a release does on a quiet machine; this one is neither.
    assert!(waited < Duration::from_secs(10), "{waited:?}");
}

#[test]
fn pages_are_shown_by_code_and_by_name() {
    let sandbox = Sandbox::new(SRCIFY);
    let page = sandbox.run(&["explain", "LAY001"]);
    assert!(page.stdout.starts_with("# LAY001: impure-domain\n"));
    assert_eq!(sandbox.run(&["explain", "impure-domain"]), page);
    assert_eq!(sandbox.run(&["explain", "ABC"]).status, Some(2));
    let schema = sandbox.run(&["explain", "--schema"]).stdout;
    assert_eq!(
        schema,
        std::fs::read_to_string(repository().join("srcify.schema.json")).expect("it is committed")
    );
}

/// What emitted packages may still break, and how often over all fixtures: the fixtures are traps, and what cannot be
/// proven stays in the job with its effects, without a type, or as its author wrote it. The numbers may only go down.
const LEFT: [(&str, usize); 5] = [
    ("DOC001", 5),
    // What libraries read when they are imported is set before that.
    ("IMP001", 2),
    ("LAY006", 11),
    ("TYP001", 9),
    ("TYP002", 26),
];

#[test]
fn emitted_packages_have_no_finding_that_conversion_could_have_mended() {
    let inputs: Vec<Fixture> = fixtures().into_iter().chain(examples()).collect();
    let found: Vec<String> = std::thread::scope(|scope| {
        let parts = inputs.chunks(inputs.len().div_ceil(4));
        let threads: Vec<_> = parts
            .map(|part| {
                scope.spawn(move || part.iter().map(findings_of_emitted).collect::<String>())
            })
            .collect();
        let joined = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined.map(|it| it.expect("a part is checked")).collect()
    });
    let mut counts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in found.iter().flat_map(|it| it.lines()) {
        let code = line.split(' ').nth(1).unwrap_or("").to_owned();
        counts.entry(code).or_default().push(line.to_owned());
    }
    for (code, lines) in &counts {
        let left = LEFT.iter().find(|(it, _)| it == code).map_or(0, |it| it.1);
        assert!(
            lines.len() <= left,
            "{code} {}:\n{}",
            lines.len(),
            lines.join("\n")
        );
    }
}

/// Converts a fixture, and gives what `srcify check` says about the package, a line each.
fn findings_of_emitted(fixture: &Fixture) -> String {
    let sandbox = Sandbox::new(SRCIFY);
    for (path, content) in fixture.files() {
        sandbox.write(path.as_str(), content);
    }
    let (input, name) = (fixture.input.as_str(), fixture.name.as_str());
    let outcome = sandbox.run(&["convert", input, "-o", "out", "--name", name, "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{name}: {}", outcome.stderr);
    // The lock file needs uv and a network.
    let rules = ["--ignore", "PKG003", "--output-format", "concise"];
    sandbox
        .run(&[&["check", "out"], &rules[..]].concat())
        .stdout
}

#[test]
fn the_notebook_of_the_example_hears_what_stands_between_it_and_production() {
    let sandbox = Sandbox::new(SRCIFY);
    for (path, content) in files_in(&repository().join("examples/churn")) {
        sandbox.write(path.as_str(), content);
    }
    let outcome = sandbox.run(&["check", "churn.ipynb"]);
    for part in [
        "note[NBK006]: ",
        " between the lines",
        " --> churn.ipynb:cell ",
        "::: churn.ipynb:cell ",
        "`srcify convert` does it",
    ] {
        assert!(
            outcome.stdout.contains(part),
            "{part} in\n{}",
            outcome.stdout
        );
    }
    let findings = outcome.stdout.matches("[NBK006]").count();
    assert_eq!(findings, 1, "one finding for all of them");
    sandbox.write(
        "calm.ipynb",
        r#"{"cells":[{"cell_type":"code","execution_count":1,"metadata":{},"outputs":[],"source":"print(1)"}],"metadata":{},"nbformat":4,"nbformat_minor":5}"#,
    );
    let calm = sandbox.run(&["check", "calm.ipynb"]);
    assert_eq!(calm.stdout, "");
    assert_eq!(
        calm.stderr,
        "no finding: `srcify convert calm.ipynb` makes a package of it\n"
    );
}
