//! Several inputs and local modules as one package: what is written, and that it does what the inputs do.

use std::process::Command;

use srcify_testing::{Sandbox, files_in, run};

const UTILS: &str = r#""""Helpers of the shop."""
import pandas as pd
from rates import RATE, TOKEN

FLOOR = 2.0  # smaller amounts are noise


def clean(table):
    """Keep the rows with an amount."""
    return table.dropna(subset=["amount"])


def taxed(table):
    """Add the tax, and keep what is above the floor."""
    table = table.copy()
    table["taxed"] = table["amount"] * RATE
    return table[table["taxed"] > FLOOR]


def save(table):
    """Write the table."""
    table.to_csv("big.csv", index=False)


def greet():
    return "token of " + str(len(TOKEN))


def nobody_calls_this(x):
    return x


if __name__ == "__main__":
    print("never printed")
"#;

const SECRET: &str = "q7Zt4Lw9Xk2Vb8RmT3nYc6JdF5hG1sA";

/// Three jobs that share modules and functions, and have names in common that mean different things.
fn shop() -> Sandbox {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("nb/utils.py", UTILS);
    sandbox.write(
        "nb/rates.py",
        format!("RATE = 1.25\nTOKEN = \"{SECRET}\"\n"),
    );
    sandbox.write("nb/shop.csv", "amount,name\n1.5,a\n,b\n3,c\n9,d\n4,e\n");
    sandbox.write(
        "nb/01_report.py",
        "\"\"\"Report on the shop.\"\"\"\nimport pandas as pd\nimport utils\n\nrows = utils.clean(pd.read_csv(\"shop.csv\"))\nbig = utils.taxed(rows)\nprint(len(big), big[\"taxed\"].sum())\nutils.save(big)\nprint(utils.greet())\n",
    );
    sandbox.write(
        "nb/train.py",
        "\"\"\"Fit a line to the amounts.\"\"\"\nimport pandas as pd\nfrom sklearn.linear_model import LinearRegression\nfrom utils import clean as tidy\n\n\ndef describe(model: LinearRegression) -> list[float]:\n    return [round(float(it), 3) for it in model.coef_]\n\n\nrows = tidy(pd.read_csv(\"shop.csv\"))\nrows[\"double\"] = rows[\"amount\"] * 2\nmodel = LinearRegression()\nmodel.fit(rows[[\"amount\"]], rows[\"double\"])\nprint(describe(model))\n",
    );
    sandbox.write(
        "nb/explore.py",
        "import pandas as pd\nfrom utils import *\n\nLIMIT = 3\n\n\ndef describe(table: pd.DataFrame) -> int:\n    return len(table)\n\n\nrows = pd.read_csv(\"shop.csv\", nrows=LIMIT)\nprint(describe(clean(rows)))\n",
    );
    sandbox
}

const JOBS: [(&str, &str); 3] = [
    ("report", "01_report"),
    ("train", "train"),
    ("explore", "explore"),
];

fn convert(sandbox: &Sandbox) {
    let outcome = sandbox.run(&["convert", "nb", "-o", "pkg", "--name", "shop", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
}

#[test]
fn a_folder_becomes_one_package_with_a_job_each() {
    let sandbox = shop();
    convert(&sandbox);
    for job in ["report", "train", "explore"] {
        let text = sandbox.read(&format!("pkg/src/shop/application/{job}.py"));
        assert!(text.contains(&format!("def run_{job}(")), "{text}");
        sandbox.read(&format!("pkg/confs/{job}.yaml"));
    }
    let files = files_in(&sandbox.folder().join("pkg/src"));
    let all: String = files
        .values()
        .map(|content| String::from_utf8_lossy(content).into_owned())
        .collect();
    assert_eq!(all.matches("def clean(").count(), 1, "shared once");
    assert_eq!(
        all.matches("def describe(").count(),
        2,
        "two things of one name"
    );
    assert!(!all.contains("nobody_calls_this"));
    assert!(!all.contains("import utils"));
}

#[test]
fn secrets_of_modules_are_written_nowhere() {
    let sandbox = shop();
    convert(&sandbox);
    for (path, content) in files_in(&sandbox.folder().join("pkg")) {
        let text = String::from_utf8_lossy(&content);
        assert!(!text.contains(SECRET), "{path} holds the secret");
    }
    assert!(sandbox.read("pkg/.env.example").contains("TOKEN"));
}

#[test]
fn an_input_that_fails_does_not_stop_the_others() {
    let sandbox = shop();
    sandbox.write("nb/broken.py", "print (\n");
    sandbox.write("nb/other.ipynb", "{not json");
    let outcome = sandbox.run(&["convert", "nb", "-o", "pkg", "--name", "shop", "--no-lock"]);
    assert_eq!(outcome.status, Some(1), "{}", outcome.stderr);
    assert!(
        outcome
            .stderr
            .contains("2 of 5 inputs could not be converted"),
        "{}",
        outcome.stderr
    );
    assert!(outcome.stderr.contains("nb/broken.py"));
    sandbox.read("pkg/src/shop/application/train.py");
}

#[test]
fn what_is_no_input_is_left_alone() {
    let sandbox = shop();
    for path in [
        "nb/.ipynb_checkpoints/train-checkpoint.ipynb",
        "nb/.venv/lib/thing.py",
        "nb/node_modules/a/b.py",
        "nb/ignored/secret.py",
        "nb/test_train.py",
        "nb/pack/__init__.py",
        "nb/pack/inner.py",
    ] {
        sandbox.write(path, "print('not an input')\n");
    }
    sandbox.write("nb/.gitignore", "ignored/\n");
    let loops = std::os::unix::fs::symlink("..", sandbox.folder().join("nb/pack/loop"));
    loops.expect("links can be made in the sandbox");
    convert(&sandbox);
    let report = sandbox.read("pkg/srcify-report.json");
    let report: serde_json::Value = serde_json::from_str(&report).expect("the report is JSON");
    let jobs: Vec<&str> = report["jobs"]
        .as_array()
        .expect("jobs are a list")
        .iter()
        .filter_map(|job| job["name"].as_str())
        .collect();
    assert_eq!(jobs, ["report", "explore", "train"]);
    assert_eq!(report["jobs"][0]["input"], "nb/01_report.py");
}

#[test]
fn named_inputs_are_one_package() {
    let sandbox = shop();
    let outcome = sandbox.run(&["convert", "nb/train.py", "nb/explore.py", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    // Not among the inputs, though it is named as their folder.
    sandbox.read("nb-package/src/nb/application/train.py");
    sandbox.read("nb-package/src/nb/application/explore.py");
}

/// The interpreter to run with, if one is named.
#[expect(
    clippy::print_stderr,
    reason = "whoever runs the tests must see that these did not run"
)]
fn interpreter() -> Option<String> {
    let named = std::env::var("SRCIFY_E2E_PYTHON").ok();
    if named.is_none() {
        eprintln!("nothing was run: `SRCIFY_E2E_PYTHON` names no interpreter");
    }
    named
}

#[test]
fn every_job_does_what_its_input_does() {
    let Some(python) = interpreter() else { return };
    let sandbox = shop();
    convert(&sandbox);
    sandbox.copy(&sandbox.folder().join("nb"), "after");
    let command = |folder: &str| {
        let mut command = Command::new(&python);
        command.current_dir(sandbox.folder().join(folder));
        command.env("PYTHONPATH", sandbox.folder().join("pkg/src"));
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command.env("TOKEN", SECRET);
        command
    };
    for (job, input) in JOBS {
        let before = run(command("nb")
            .env_remove("PYTHONPATH")
            .arg(format!("{input}.py")));
        let after = run(command("after").args(["-m", "shop", job]));
        assert_eq!(before.status, Some(0), "{}", before.stderr);
        assert_eq!(after.status, Some(0), "{}", after.stderr);
        assert_eq!(before.stdout, after.stdout, "{job}");
    }
    assert_eq!(sandbox.read("nb/big.csv"), sandbox.read("after/big.csv"));
    let alone = run(command("after").args(["-m", "shop"]));
    assert_eq!(alone.status, Some(2));
    for (job, _) in JOBS {
        assert!(alone.stderr.contains(job), "{}", alone.stderr);
    }
}

#[test]
fn the_package_passes_the_tools() {
    let Some(python) = interpreter() else { return };
    let sandbox = shop();
    convert(&sandbox);
    // The lock file is uv's, and the author's function names its file.
    let checked = sandbox.run(&["check", "pkg", "--ignore", "PKG003,CFG001"]);
    assert_eq!(
        checked.status,
        Some(0),
        "{}{}",
        checked.stdout,
        checked.stderr
    );
    for arguments in [
        &["-m", "ruff", "check", "--no-cache", "."][..],
        &["-m", "ruff", "format", "--no-cache", "--check", "."],
        &["-m", "mypy", "src", "tests"],
        &["-m", "pytest", "-q", "-p", "no:cacheprovider"],
    ] {
        let mut command = Command::new(&python);
        command.current_dir(sandbox.folder().join("pkg"));
        command.env("TOKEN", SECRET);
        let outcome = run(command.args(arguments));
        assert_eq!(
            outcome.status,
            Some(0),
            "{arguments:?}\n{}{}",
            outcome.stdout,
            outcome.stderr
        );
    }
}

#[test]
fn what_a_module_computes_for_others_is_left_out() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(
        "nb/dates.py",
        "import pandas as pd\n\nSTART = pd.Timestamp(\"2021-06-30\")\n\n\ndef age(dates, start=START):\n    return (start - dates).dt.days\n\n\ndef double(x):\n    return 2 * x\n",
    );
    sandbox.write(
        "nb/02_count.py",
        "from dates import double\n\nprint(double(4))\n",
    );
    sandbox.write(
        "nb/03_age.py",
        "import pandas as pd\nfrom dates import age\n\ndays = pd.Series(pd.to_datetime([\"2021-06-01\"]))\nprint(age(days).sum())\n",
    );
    let text_of = |input: &str, out: &str, word: &str| {
        let output = sandbox.run(&["convert", input, "-o", out, "--no-lock"]);
        assert_eq!(output.status, Some(0), "{}", output.stderr);
        let files = files_in(&sandbox.folder().join(out).join("src"));
        let with = files
            .iter()
            .filter(|(_, text)| String::from_utf8_lossy(text).contains(word));
        with.map(|(path, _)| path.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        text_of("nb/02_count.py", "count", "START"),
        Vec::<String>::new()
    );
    // A date is a constant beside the function that has it as a default.
    assert_eq!(
        text_of("nb/03_age.py", "age", "START = "),
        ["age/domain/functions.py"]
    );
}

#[test]
fn classes_that_their_bases_may_note_stay() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(
        "nb/plugins.py",
        "import abc\n\n\nclass Base:\n    registry = []\n\n    def __init_subclass__(cls):\n        Base.registry.append(cls.__name__)\n\n\nclass Named(Base):\n    x = 1\n\n\nclass Plain(abc.ABC):\n    y = 1\n\n\nclass Failure(ValueError):\n    pass\n",
    );
    sandbox.write(
        "nb/show.py",
        "from plugins import Base\n\nprint(Base.registry)\n",
    );
    let output = sandbox.run(&["convert", "nb/show.py", "-o", "out", "--no-lock"]);
    assert_eq!(output.status, Some(0), "{}", output.stderr);
    let files = files_in(&sandbox.folder().join("out/src"));
    let has = |word: &str| {
        let mut texts = files.values();
        texts.any(|text| String::from_utf8_lossy(text).contains(word))
    };
    assert!(has("class Named(Base)"));
    assert!(!has("class Plain") && !has("class Failure"));
}

#[test]
fn modules_that_import_everything_from_each_other_stay_whole() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    for (path, text) in [
        ("p/__init__.py", "from .a import *\nfrom .b import *\n"),
        (
            "p/a.py",
            "from .b import *\n\ndef first(x):\n    return sum(x)\n",
        ),
        (
            "p/b.py",
            "from .a import *\n\ndef second(x):\n    return 2 * x\n",
        ),
        (
            "made.py",
            "from p import *\nprint(first([1, 2]), second(3))\n",
        ),
    ] {
        sandbox.write(path, text);
    }
    let outcome = sandbox.run(&["convert", "made.py", "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    let said = "`p.a` imports everything from `p.b`, which imports it";
    assert!(format!("{outcome:?}").contains(said), "{outcome:?}");
    let Some(python) = interpreter() else { return };
    let mut command = Command::new(&python);
    command.current_dir(sandbox.folder());
    command.env("PYTHONPATH", sandbox.folder().join("out/src"));
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    let outcome = run(command.args(["-m", "made"]));
    assert_eq!(outcome.stdout, "3 6\n", "{}", outcome.stderr);
}

#[test]
fn names_that_modules_import_from_each_other_are_nobody_s() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("a.py", "from b import x\n");
    sandbox.write("b.py", "from a import x\n");
    sandbox.write("made.py", "import a\nprint(a.x)\n");
    let outcome = sandbox.run(&["convert", "made.py", "-o", "out", "--no-lock"]);
    assert!(matches!(outcome.status, Some(0 | 2)), "{outcome:?}");
}

#[test]
fn what_writes_a_file_runs_before_what_reads_it() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(
        "nb/predict.py",
        "import pandas as pd\nfitted = pd.read_csv(\"fitted.csv\")\nprint(fitted[\"a\"].sum())\n",
    );
    sandbox.write(
        "nb/train.py",
        "import pandas as pd\nrows = pd.read_csv(\"rows.csv\")\nrows[rows[\"a\"] > 1].to_csv(\"./fitted.csv\", index=False)\n",
    );
    let order = |arguments: &[&str], output: &str| {
        let words = [&["convert"], arguments, &["-o", output, "--no-lock"]].concat();
        let outcome = sandbox.run(&words);
        assert_eq!(outcome.status, Some(0), "{outcome:?}");
        let path = format!("{output}/README.md");
        let files = sandbox.files();
        let readme = files.iter().find(|(it, _)| it.as_str() == path);
        let (_, text) = readme.expect("there is a readme");
        let text = String::from_utf8_lossy(text).into_owned();
        text.find(" train`:") < text.find(" predict`:")
    };
    assert!(order(&["nb"], "found"), "the folder");
    // Who names the files says in which order, too.
    assert!(!order(&["nb/predict.py", "nb/train.py"], "named"), "named");
}

#[test]
fn what_jobs_define_alike_is_defined_once_in_the_application_too() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    let banner = "def rule(width):\n    return '-' * width\n\n\ndef banner(text):\n    print(rule(3), text)\n\n\ndef greet(text):\n    banner(text.upper())\n\n\n";
    let own = |times: &str| format!("def tell(n):\n    print(n * {times})\n\n\n");
    sandbox.write(
        "nb/first.py",
        format!("{banner}{}greet('one')\ntell(4)\n", own("2")),
    );
    sandbox.write(
        "nb/second.py",
        format!(
            "{banner}{}greet('two')\nbanner('three')\ntell(5)\n",
            own("3")
        ),
    );
    convert(&sandbox);
    let text = |job: &str| sandbox.read(&format!("pkg/src/shop/application/{job}.py"));
    let shared = text("functions");
    assert!(
        shared.contains("def banner(") && shared.contains("def greet("),
        "{shared}"
    );
    for job in ["first", "second"] {
        let own = text(job);
        assert!(
            !own.contains("def banner(") && !own.contains("def greet("),
            "{own}"
        );
        assert!(own.contains("def tell("), "{own}");
    }
    let Some(python) = interpreter() else {
        return;
    };
    let printed = |job: &str| {
        let mut command = Command::new(&python);
        command.env("PYTHONPATH", sandbox.folder().join("pkg/src"));
        run(command.args(["-m", "shop", job])).stdout
    };
    assert_eq!(printed("first"), "--- ONE\n8\n");
    assert_eq!(printed("second"), "--- TWO\n--- three\n15\n");
}
