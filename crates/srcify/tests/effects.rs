//! `[tool.srcify.effects]`: what users say of libraries that the catalog does not know.

use std::path::PathBuf;
use std::process::{Command, Output};

use srcify_testing::Sandbox;

const ENTRIES: &str = "\
[[tool.srcify.effects.shop]]
name = \"load_orders\"
parameters = [\"path\"]
effects = [\"read-file\"]
returns = \"pandas.DataFrame\"
path = \"path\"

[[tool.srcify.effects.shop]]
name = \"rebate\"
parameters = [\"frame\"]
returns = \"pandas.DataFrame\"
";

const SCRIPT: &str = "\
import shop
orders = shop.load_orders('orders.bin')
cheap = shop.rebate(orders)
print(len(cheap))
";

struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let folder =
            std::env::temp_dir().join(format!("srcify-effects-{}-{name}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            let parent = path.parent().expect("a file lies in a folder");
            std::fs::create_dir_all(parent).expect("the folder of temporary files is writable");
            std::fs::write(path, text).expect("the folder is there");
        }
        Self(folder)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_srcify"))
            .current_dir(&self.0)
            .args(arguments)
            .output()
            .expect("the binary is built")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn calls_that_are_described_are_no_longer_unknown() {
    let without = Folder::with("without", &[("a.py", SCRIPT)]);
    let plan = text(&without.run(&["plan", "a.py"]).stdout);
    assert!(plan.contains("has the effect `unknown`"), "{plan}");
    for file in ["pyproject.toml", "srcify.toml"] {
        let with = Folder::with(file, &[("a.py", SCRIPT), (file, ENTRIES)]);
        let plan = text(&with.run(&["plan", "a.py"]).stdout);
        assert!(!plan.contains("unknown"), "{plan}");
        assert!(plan.contains("domain/"), "{plan}");
    }
}

#[test]
fn explaining_shows_what_was_understood() {
    let folder = Folder::with("explain", &[("a.py", SCRIPT), ("srcify.toml", ENTRIES)]);
    let output = text(&folder.run(&["plan", "a.py", "--explain", "2"]).stdout);
    assert!(
        output.contains("read-file, by shop.load_orders at 2:10"),
        "{output}"
    );
    assert!(output.contains("orders: pandas.DataFrame"), "{output}");
}

#[test]
fn a_mistake_names_file_library_and_entry() {
    let wrong = ENTRIES.replace("\"read-file\"", "\"reads\"");
    let folder = Folder::with("wrong", &[("a.py", SCRIPT), ("srcify.toml", &wrong)]);
    for command in [
        &["plan", "a.py"][..],
        &["convert", "a.py", "-o", "out"],
        &["check", "."],
    ] {
        let output = folder.run(command);
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        let error = text(&output.stderr);
        assert!(error.contains("srcify.toml"), "{error}");
        assert!(
            error.contains(
                "`tool.srcify.effects.shop`, entry 1 (`load_orders`): `reads` is no effect"
            ),
            "{error}"
        );
    }
}

#[test]
fn checks_know_what_the_project_says() {
    let module = "\"\"\"Domain.\"\"\"\n\nimport shop\n\n\ndef orders(path: str) -> int:\n    \"\"\"Count.\"\"\"\n    return len(shop.load_orders(path))\n";
    let files = [
        ("src/p/__init__.py", ""),
        ("src/p/domain/__init__.py", ""),
        ("src/p/domain/data.py", module),
    ];
    let project = format!("[project]\nname = \"p\"\nversion = \"1\"\n\n{ENTRIES}");
    let check = |name: &str, project: &str| {
        let folder = Folder::with(name, &[&files[..], &[("pyproject.toml", project)]].concat());
        text(&folder.run(&["check", ".", "--select", "LAY001"]).stdout)
    };
    let plain = check("plain", "[project]\nname = \"p\"\nversion = \"1\"\n");
    assert!(!plain.contains("LAY001"), "{plain}");
    let told = check("told", &project);
    assert!(told.contains("LAY001"), "{told}");
}

#[test]
fn functions_that_a_decorator_registers_stay_where_the_registry_is() {
    let script = "\
REGISTRY = {}

def register(name):
    def keep(function):
        REGISTRY[name] = function
        return function
    return keep

@register('double')
def double(x):
    return 2 * x

REGISTRY['triple'] = lambda x: 3 * x
print(sorted(REGISTRY), REGISTRY['double'](4))
";
    let folder = Folder::with("registry", &[("job.py", script)]);
    let plan = folder.run(&["plan", "job.py"]);
    let plan = text(&plan.stdout);
    let line = plan.lines().find(|it| it.contains("@register('double')"));
    assert!(line.is_some_and(|it| it.contains("application/")), "{plan}");
}

#[test]
fn no_domain_function_changes_what_it_is_given_under_a_name_of_its_own() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write(
        "job.py",
        "import pandas as pd\n\n# %%\ndf = pd.read_csv('a.csv')\n\n# %%\nraw = df\ndf = df[df['x'] > 1]\nraw['z'] = raw['x'] * 2\n\n# %%\nprint(raw['z'].sum(), df.shape)\n",
    );
    sandbox.write("a.csv", "x\n1\n2\n");
    let converted = sandbox.run(&["convert", "job.py", "-o", "out", "--no-lock"]);
    assert_eq!(converted.status, Some(0), "{converted:?}");
    let checked = sandbox.run(&["check", "out", "--select", "LAY"]);
    assert_eq!(checked.status, Some(0), "{checked:?}");
}
