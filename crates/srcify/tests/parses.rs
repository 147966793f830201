//! Odd programs that fuzzing found: what is emitted for them parses.

use srcify_syntax::snippet;
use srcify_testing::Sandbox;

#[track_caller]
fn parses(script: &str) {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("a.py", script);
    let outcome = sandbox.run(&["convert", "a.py", "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{script}: {outcome:?}");
    for (path, content) in sandbox.files() {
        let text = String::from_utf8_lossy(&content).into_owned();
        let is_python = path.starts_with("out") && path.extension() == Some("py");
        assert!(!is_python || snippet(&text).is_valid(), "{path}:\n{text}");
    }
}

#[test]
fn a_class_may_change_the_name_of_the_module() {
    parses("class f:\n    __name__ += '1'\n    seen = __name__\nprint(f.seen)\n");
    parses("try:\n    class h:\n        __name__ %= ['']\nexcept a['']:\n    g\n");
}

#[test]
fn files_that_are_opened_in_a_comprehension() {
    parses("{'': {open('a').r(x): 1 for y in open('a').e()}}\n");
}

#[test]
fn names_of_code_in_prose_are_no_secrets() {
    parses("# key=subprocess.run\n# token=os.environ\nimport os\nprint(len(os.environ) > 0)\n");
}

#[test]
fn brackets_around_a_value_belong_to_it() {
    parses(
        "with open('a', 'w') as f:\n    f.write('b')\n    n = (\n        1\n        + 2\n    )\nprint(n)\n",
    );
    let draws =
        "fig, ax = plt.subplots()\nline = (\n    ax.plot([1, 2])\n)\nfig.savefig('a.png')\n";
    parses(&format!("import matplotlib.pyplot as plt\n{draws}"));
}
