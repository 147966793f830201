//! What may happen while an input is converted: nothing is left half-written, and nothing is read half.
#![cfg(unix)]

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use srcify_testing::{Outcome, Sandbox, files_in, run};

const MANIFEST: &str = "out/.srcify-manifest.json";

fn sandbox() -> Sandbox {
    Sandbox::new(env!("CARGO_BIN_EXE_srcify"))
}

/// A shell that runs srcify in the sandbox, after `setup`.
fn limited(sandbox: &Sandbox, setup: &str, arguments: &str) -> (Option<i32>, String) {
    let script = format!(
        "{setup}; exec '{}' convert {arguments} --no-lock",
        env!("CARGO_BIN_EXE_srcify")
    );
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(sandbox.folder())
        .output()
        .expect("a shell is there");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

/// Files that are no input.
fn written(sandbox: &Sandbox) -> Vec<String> {
    let paths = files_in(sandbox.folder()).into_keys();
    let paths = paths.map(|path| path.to_string());
    paths.filter(|path| path != "a.py").collect()
}

const FULL: &str = "trap '' XFSZ; ulimit -f 1";

#[test]
fn a_full_disk_leaves_nothing_behind() {
    let sandbox = sandbox();
    sandbox.write("a.py", "import math\nx = math.sqrt(4)\nprint(x)\n");
    let (status, said) = limited(&sandbox, FULL, "a.py -o out");
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("cannot write"), "{said}");
    assert_eq!(written(&sandbox), Vec::<String>::new());
}

#[test]
fn a_full_disk_leaves_an_older_package_as_it_was() {
    let sandbox = sandbox();
    sandbox.write("a.py", "print('old')\n");
    let outcome = sandbox.run(&["convert", "a.py", "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    let before = files_in(&sandbox.folder().join("out"));
    sandbox.write("a.py", "print('new')\n");
    let (status, said) = limited(&sandbox, FULL, "a.py -o out --force");
    assert_eq!(status, Some(2), "{said}");
    assert_eq!(files_in(&sandbox.folder().join("out")), before);
}

/// Whenever it comes, what is there is nothing or all.
#[test]
fn an_interrupt_leaves_nothing_half_written() {
    for delay in [2, 10, 20, 30, 40, 60, 90, 130, 180, 250] {
        let sandbox = sandbox();
        sandbox.write(
            "a.py",
            "import math\n\n\ndef f(x):\n    return math.sqrt(x)\n\n\nprint(f(4))\n",
        );
        let mut child = Command::new(env!("CARGO_BIN_EXE_srcify"))
            .args(["convert", "a.py", "-o", "out", "--no-lock"])
            .current_dir(sandbox.folder())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary is there");
        thread::sleep(Duration::from_millis(delay));
        let killed = Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .stderr(Stdio::null())
            .status();
        assert!(killed.is_ok());
        let status = child.wait().expect("it ends");
        let files = files_in(sandbox.folder());
        let names: Vec<&str> = files.keys().map(|path| path.as_str()).collect();
        let is_whole = names.contains(&MANIFEST) && names.contains(&"out/pyproject.toml");
        let is_nothing = !names.iter().any(|path| path.starts_with("out/"));
        assert!(is_whole || is_nothing, "{delay} ms, {status}: {names:?}");
        assert_eq!(status.success(), is_whole, "{delay} ms: {names:?}");
    }
}

/// A file that is saved meanwhile is read as it was before, or as it is after.
#[test]
fn a_file_that_changes_is_read_in_one_state() {
    let text = |word: &str| {
        let lines = "x = 1\n".repeat(3000);
        format!("print('first {word}')\n{lines}print('last {word}')\n")
    };
    let sandbox = sandbox();
    let path = sandbox.folder().join("a.py");
    sandbox.write("a.py", text("one"));
    let (one, two) = (text("one"), text("two"));
    let writer = thread::spawn(move || {
        for _ in 0..150 {
            std::fs::write(&path, &two).expect("the folder is ours");
            thread::sleep(Duration::from_millis(3));
            std::fs::write(&path, &one).expect("the folder is ours");
            thread::sleep(Duration::from_millis(3));
        }
    });
    for round in 0..3 {
        let folder = format!("out{round}");
        let outcome = sandbox.run(&["convert", "a.py", "-o", &folder, "--no-lock"]);
        if outcome.status == Some(2) {
            // Writing begins by emptying the file, which is a state of it, too.
            let is_told = ["changes while it is read", "holds no code"]
                .iter()
                .any(|part| outcome.stderr.contains(part));
            assert!(is_told, "{outcome:?}");
            continue;
        }
        let files = files_in(&sandbox.folder().join(&folder).join("src"));
        let all: String = files
            .values()
            .map(|content| String::from_utf8_lossy(content).into_owned())
            .collect();
        for word in ["one", "two"] {
            let has = |part: &str| all.contains(&format!("{part} {word}"));
            assert_eq!(has("first"), has("last"), "{word}");
        }
        assert!(all.contains("first one") || all.contains("first two"));
    }
    writer.join().expect("it writes");
    let outcome = sandbox.run(&["convert", "a.py", "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
}

// Other systems tell the memory of a process in other ways.
#[cfg(target_os = "linux")]
#[test]
fn outputs_of_a_notebook_are_not_kept_in_memory() {
    let sandbox = sandbox();
    let picture = "iVBORw0KGgo".repeat(1 << 20);
    let cell = |source: &str| {
        format!(
            r#"{{"cell_type": "code", "execution_count": 1, "metadata": {{}}, "outputs": [{{"output_type": "display_data", "data": {{"image/png": "{picture}"}}, "metadata": {{}}}}], "source": "{source}"}}"#
        )
    };
    let cells: Vec<String> = (0..8)
        .map(|index| cell(&format!("print({index})")))
        .collect();
    let notebook = format!(
        r#"{{"cells": [{}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 4}}"#,
        cells.join(", ")
    );
    assert!(notebook.len() > 80 << 20);
    sandbox.write("a.ipynb", notebook);
    let most = peak(&sandbox, "a.ipynb");
    sandbox.write("b.py", "print(1)\n");
    let least = peak(&sandbox, "b.py");
    // Beyond what any input takes: one piece of the file, and the code.
    assert!(most < least + (24 << 10), "{most} kB against {least} kB");
}

/// The most memory that planning a file takes, in kilobytes.
#[cfg(target_os = "linux")]
fn peak(sandbox: &Sandbox, input: &str) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_srcify"))
        .args(["plan", input])
        .current_dir(sandbox.folder())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary is there");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait().expect("it is our child") {
            break ended;
        }
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with("VmHWM:"));
        let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        peak = peak.max(number.unwrap_or(0));
        thread::sleep(Duration::from_millis(1));
    };
    assert!(ended.success(), "{input}: {ended}");
    assert!(peak > 0, "{input}: nobody saw it run");
    peak
}

#[test]
fn odd_places_of_files_are_no_matter() {
    let sandbox = sandbox();
    let cell = r#"{"cells": [{"cell_type": "code", "source": "print('seen')"}], "nbformat": 4}"#;
    for (index, path) in [
        "a b/\u{1f600} \u{e9}.ipynb",
        "x/../numpy.ipynb",
        "test.ipynb",
        "class.ipynb",
        "数据处理.ipynb",
        "-v.ipynb",
    ]
    .into_iter()
    .enumerate()
    {
        sandbox.write("x/keep", "");
        sandbox.write(path, cell);
        let folder = format!("out {index}");
        let outcome = sandbox.run(&["convert", "-o", &folder, "--no-lock", "--", path]);
        assert_eq!(outcome.status, Some(0), "{path}: {outcome:?}");
        let files = files_in(&sandbox.folder().join(&folder));
        let seen = files
            .values()
            .any(|it| String::from_utf8_lossy(it).contains("\"seen\""));
        assert!(seen, "{path}");
    }
}

/// Names of files that are keywords, modules of Python, of libraries, of the package itself, or no names at all.
const NAMES: &[&str] = &[
    "imports",
    "class",
    "numpy",
    "test",
    "io",
    "domain",
    "config",
    "logging",
    "scripts",
    "None",
    "1",
    "...",
    "-",
    "\u{1f600}",
    "数据处理",
    "a b\tc",
    "__init__",
    "main",
    "omegaconf",
];

const NUMPY: &str = r#"{"cells": [{"cell_type": "code", "source": "import io\nimport numpy as np\nx = np.arange(3).sum()\nprint(int(x), io.SEEK_SET)"}], "nbformat": 4}"#;

#[test]
fn a_file_of_any_name_becomes_a_package_that_can_be_imported() {
    for name in NAMES {
        let sandbox = sandbox();
        let file = format!("./{name}.ipynb");
        sandbox.write(&file, NUMPY);
        let outcome = sandbox.run(&["convert", "-o", "out", "--no-lock", &file]);
        assert_eq!(outcome.status, Some(0), "{name}: {outcome:?}");
        let files = files_in(&sandbox.folder().join("out/src"));
        let package = files
            .keys()
            .find_map(|it| it.as_str().split('/').next())
            .unwrap_or_default();
        let hides = ["numpy", "io", "logging", "omegaconf", "class", "test"];
        let is_name = package
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '_');
        let is_fit =
            !hides.contains(&package) && !package.starts_with(|it: char| it.is_ascii_digit());
        assert!(is_name && is_fit, "{name}: {package}");
    }
}

#[test]
fn files_of_all_these_names_are_jobs_of_one_package() {
    let sandbox = sandbox();
    for name in NAMES {
        sandbox.write(&format!("nb/{name}.ipynb"), NUMPY);
    }
    let outcome = sandbox.run(&["convert", "nb", "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    // A name that begins with a dot is that of a hidden file; beside the jobs is an `__init__.py`.
    let modules = files_in(&sandbox.folder().join("out/src/nb/application"));
    assert_eq!(modules.len(), NAMES.len(), "{:?}", modules.keys());
}

#[test]
fn links_that_lead_nowhere_or_in_circles_are_no_inputs() {
    use std::os::unix::fs::symlink;
    let sandbox = sandbox();
    sandbox.write("nb/a.py", "print(1)\n");
    let folder = sandbox.folder().join("nb");
    symlink("../nb", folder.join("circle")).expect("links can be made");
    symlink("itself.py", folder.join("itself.py")).expect("links can be made");
    symlink("gone.py", folder.join("dangling.py")).expect("links can be made");
    let outcome = sandbox.run(&["convert", "nb", "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    for link in ["nb/itself.py", "nb/dangling.py"] {
        let outcome = sandbox.run(&["convert", link, "-o", "other", "--no-lock"]);
        assert_eq!(outcome.status, Some(2), "{outcome:?}");
        assert!(outcome.stderr.contains("cannot read `nb/"), "{outcome:?}");
    }
    assert!(!sandbox.folder().join("other").exists());
}

#[test]
fn what_never_ends_is_not_read() {
    let sandbox = sandbox();
    let made = Command::new("mkfifo")
        .arg(sandbox.folder().join("pipe.py"))
        .status();
    assert!(made.is_ok_and(|it| it.success()));
    let outcome = sandbox.run(&["convert", "pipe.py", "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(2), "{outcome:?}");
    assert!(
        outcome.stderr.contains("`pipe.py` is no file"),
        "{outcome:?}"
    );
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let sandbox = sandbox();
    sandbox.write("a.py", "print(1)\n");
    for folder in ["a.py", "a.py/out", "/proc/version/out"] {
        let outcome = sandbox.run(&["convert", "a.py", "-o", folder, "--no-lock"]);
        assert_eq!(outcome.status, Some(2), "{outcome:?}");
        assert!(
            outcome.stderr.contains(folder.trim_end_matches("/out")),
            "{outcome:?}"
        );
    }
    assert_eq!(written(&sandbox), Vec::<String>::new());
}

/// The program as somebody who may not do everything: as the user itself, or, for root, as nobody.
fn unprivileged(sandbox: &Sandbox, arguments: &[&str]) -> Option<Outcome> {
    use std::os::unix::fs::PermissionsExt;
    let program = env!("CARGO_BIN_EXE_srcify");
    let is_root = run(Command::new("id").arg("-u")).stdout.trim() == "0";
    let mut command = if is_root {
        let open = std::fs::Permissions::from_mode(0o777);
        std::fs::set_permissions(sandbox.folder(), open).ok()?;
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program]);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(sandbox.folder()).env("NO_COLOR", "1");
    // Who may not even start the program tells nothing about it.
    let mut probe = Command::new(command.get_program());
    probe.args(command.get_args()).arg("--version");
    let can_run = probe.output().is_ok_and(|it| it.status.success());
    can_run.then(|| run(command.args(arguments)))
}

#[test]
fn what_may_not_be_read_or_written_is_named_and_does_not_stop_the_rest() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = sandbox();
    for name in ["all/a.py", "all/b.py", "all/c.py", "closed/x.py"] {
        sandbox.write(name, "print(1)\n");
    }
    let close = |path: &str, mode: u32| {
        let path = sandbox.folder().join(path);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
            .expect("its mode can be changed");
    };
    close("all/b.py", 0o000);
    close("closed", 0o555);
    let convert = |input: &str, out: &str| {
        unprivileged(&sandbox, &["convert", input, "-o", out, "--no-lock"])
    };
    let Some(one) = convert("all/b.py", "one") else {
        return;
    };
    assert_eq!(one.status, Some(2), "{one:?}");
    assert!(one.stderr.contains("all/b.py"), "{one:?}");
    let folder = convert("all", "many").expect("it ran before");
    assert_eq!(folder.status, Some(1), "{folder:?}");
    assert!(
        folder
            .stderr
            .contains("1 of 3 inputs could not be converted"),
        "{folder:?}"
    );
    let place = convert("all/a.py", "closed/out").expect("it ran before");
    assert_eq!(place.status, Some(2), "{place:?}");
    assert!(place.stderr.contains("closed"), "{place:?}");
    assert!(!sandbox.folder().join("one").exists());
    assert!(!sandbox.folder().join("closed/out").exists());
    assert!(sandbox.folder().join("many/src").exists());
    close("closed", 0o755);
    close("all/b.py", 0o644);
}
