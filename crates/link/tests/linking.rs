//! Inputs and their local modules, as one program.

use camino::Utf8Path;
use expect_test::{Expect, expect};
use srcify_syntax::{parse, read};

use srcify_link::{Found, link};

/// Links `files`, of which the first is the input, and shows the text and what is said.
fn check(files: &[(&str, &str)], expected: Expect) {
    let source = |path: &str, text: &str| {
        if text.is_empty() {
            return srcify_syntax::Source::empty(
                Utf8Path::new(path),
                srcify_syntax::SourceKind::Script,
            );
        }
        read(Utf8Path::new(path), text.as_bytes())
            .expect("the text is UTF-8")
            .output
    };
    let find = |name: &str| {
        let path = name.replace('.', "/");
        let module = files.iter().find(|(it, _)| *it == format!("{path}.py"));
        let package = files
            .iter()
            .find(|(it, _)| *it == format!("{path}/__init__.py"));
        let (path, text) = package.or(module)?;
        Some(Found {
            source: source(path, text),
            is_package: package.is_some(),
        })
    };
    let (path, text) = files[0];
    let linked = link(parse(source(path, text)).output, &find, "app.application");
    let mut shown = linked.output.program.source.text.clone();
    for module in &linked.output.whole {
        shown.push_str(&format!(
            "--- {}\n{}",
            module.name, module.program.source.text
        ));
    }
    for diagnostic in &linked.diagnostics {
        shown.push_str(&format!("{}: {}\n", diagnostic.code, diagnostic.message));
    }
    let shown: Vec<&str> = shown
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    expected.assert_eq(&(shown.join("\n") + "\n"));
}

const CLEAN: &str =
    "\"\"\"Helpers.\"\"\"\nimport pandas as pd\n\ndef clean(df):\n    return df.dropna()\n";

#[test]
fn functions_come_along() {
    check(
        &[
            (
                "a.py",
                "import pandas as pd\nfrom utils import clean\nprint(clean(pd.read_csv('a.csv')))\n",
            ),
            ("utils.py", CLEAN),
        ],
        expect![[r"
            import pandas as pd
            def clean(df):
                return df.dropna()
            import pandas as pd
            print(clean(pd.read_csv('a.csv')))
        "]],
    );
}

#[test]
fn attributes_of_modules_become_names() {
    check(
        &[
            (
                "a.py",
                "import utils as u, os\nimport pkg.sub\nx = u.clean(1) + pkg.sub.f(u.pd)\n",
            ),
            ("utils.py", CLEAN),
            ("pkg/__init__.py", ""),
            (
                "pkg/sub.py",
                "from . import other\nfrom .other import LIMIT as limit\ndef f(x):\n    return x + limit + other.g()\n",
            ),
            ("pkg/other.py", "LIMIT = 3\ndef g():\n    return LIMIT\n"),
        ],
        expect![[r"
            import pandas as pd
            def clean(df):
                return df.dropna()
            LIMIT = 3
            def g():
                return LIMIT
            def f(x):
                return x + LIMIT + g()
            import os
            x = clean(1) + f(pd)
        "]],
    );
}

#[test]
fn names_that_clash_are_changed() {
    check(
        &[
            (
                "a.py",
                "import numpy as pd\nimport utils\nfrom utils import helper as h\ndef clean(x):\n    return utils.clean(x) + h()\ndata = clean(1)\n",
            ),
            (
                "utils.py",
                "import pandas as pd\ndata = [1]\ndef clean(data):\n    return data\ndef helper():\n    global data\n    data = pd.DataFrame(data)\n    return data\n",
            ),
        ],
        expect![[r"
            import pandas as utils_pd
            utils_data = [1]
            def utils_clean(data):
                return data
            def helper():
                global utils_data
                utils_data = utils_pd.DataFrame(utils_data)
                return utils_data
            import numpy as pd
            def clean(x):
                return utils_clean(x) + helper()
            data = clean(1)
            name-clash: `clean` of the module `utils` is `utils_clean` in the package
            name-clash: `data` of the module `utils` is `utils_data` in the package
            name-clash: `pd` of the module `utils` is `utils_pd` in the package
        "]],
    );
}

#[test]
fn a_name_that_changes_is_bound_when_it_is_imported() {
    check(
        &[
            (
                "a.py",
                "from state import count, add\nadd()\nprint(count)\n",
            ),
            (
                "state.py",
                "count = 0\ndef add():\n    global count\n    count += 1\n",
            ),
        ],
        expect![[r"
            state_count = 0
            def add():
                global state_count
                state_count += 1
            count = state_count
            add()
            print(count)
            name-clash: `count` of the module `state` is `state_count` in the package
        "]],
    );
}

#[test]
fn code_runs_where_the_module_is_imported() {
    check(
        &[
            (
                "a.py",
                "print('before')\nfrom noisy import value\nprint(value)\n",
            ),
            (
                "noisy.py",
                "print('importing')\nvalue = 3\nif __name__ == '__main__':\n    print('never')\n",
            ),
        ],
        expect![[r"
            print('before')
            print('importing')
            value = 3
            print(value)
        "]],
    );
}

#[test]
fn stars_bring_public_names() {
    check(
        &[
            ("a.py", "from pkg import *\nprint(f(2))\n"),
            (
                "pkg/__init__.py",
                "from .core import *\n__version__ = '1'\n",
            ),
            (
                "pkg/core.py",
                "__all__ = ['f']\ndef f(x):\n    return _g(x)\ndef _g(x):\n    return x\n",
            ),
        ],
        expect![[r"
            def f(x):
                return _g(x)
            def _g(x):
                return x
            print(f(2))
        "]],
    );
}

#[test]
fn imports_in_functions_and_under_conditions() {
    check(
        &[
            (
                "a.py",
                "def run():\n    from utils import clean\n    import utils\n    return utils.clean(clean(1))\ntry:\n    from fast import g\nexcept ImportError:\n    from slow import g\nprint(run(), g())\n",
            ),
            ("utils.py", CLEAN),
            ("fast.py", "def g():\n    return 1\n"),
            ("slow.py", "def g():\n    return 2\n"),
        ],
        expect![[r"
            import pandas as pd
            def clean(df):
                return df.dropna()
            def fast_g():
                return 1
            def slow_g():
                return 2
            def run():
                pass
                pass
                return clean(clean(1))
            try:
                g = fast_g
            except ImportError:
                g = slow_g
            print(run(), g())
            name-clash: `g` of the module `fast` is `fast_g` in the package
            name-clash: `g` of the module `slow` is `slow_g` in the package
        "]],
    );
}

#[test]
fn modules_in_a_circle_stand_together() {
    check(
        &[
            ("a.py", "from even import is_even\nprint(is_even(4))\n"),
            (
                "even.py",
                "import odd\ndef is_even(n):\n    return n == 0 or odd.is_odd(n - 1)\n",
            ),
            (
                "odd.py",
                "import even\ndef is_odd(n):\n    return n != 0 and even.is_even(n - 1)\n",
            ),
        ],
        expect![[r"
            def is_odd(n):
                return n != 0 and is_even(n - 1)
            def is_even(n):
                return n == 0 or is_odd(n - 1)
            print(is_even(4))
            import-cycle: the modules `even`, `odd` import each other
        "]],
    );
}

#[test]
fn a_module_that_is_used_as_a_value_stays_whole() {
    check(
        &[
            ("a.py", "import utils\nprint(vars(utils), utils.clean(1))\n"),
            (
                "utils.py",
                "from other import x\ndef clean(y):\n    return x + y\n",
            ),
            ("other.py", "x = 1\n"),
        ],
        expect![[r"
            from app.application import utils
            print(vars(utils), utils.clean(1))
            --- utils
            from app.application.other import x
            def clean(y):
                return x + y
            --- other
            x = 1
            whole-module: the module `utils` stays whole: `utils` is used as a value
            whole-module: the module `other` stays whole: `utils`, which imports it, stays whole
        "]],
    );
}

#[test]
fn a_whole_module_that_acts_runs_where_it_is_imported() {
    check(
        &[
            (
                "a.py",
                "print(1)\nimport utils, odd\nfrom utils import x as y\nutils.x = odd.x\nodd.x = 1\n",
            ),
            ("utils.py", "print(2)\nx = 1\n"),
            ("odd.py", "x = 1\n"),
        ],
        expect![[r#"
            print(1)
            import importlib; utils = importlib.import_module("app.application.utils"); from app.application import odd
            import importlib; y = importlib.import_module("app.application.utils").x
            utils.x = odd.x
            odd.x = 1
            --- utils
            print(2)
            x = 1
            --- odd
            x = 1
            whole-module: the module `utils` stays whole: `utils.x` is bound from outside
            whole-module: the module `odd` stays whole: `odd.x` is bound from outside
        "#]],
    );
    check(
        &[
            ("a.py", "import utils\nutils.x = 1\nprint(1)\n"),
            ("utils.py", "print(2)\nx = 1\n"),
        ],
        expect![[r"
            from app.application import utils
            utils.x = 1
            print(1)
            --- utils
            print(2)
            x = 1
            whole-module: the module `utils` stays whole: `utils.x` is bound from outside
        "]],
    );
}

#[test]
fn what_is_missing_is_reported() {
    check(
        &[
            (
                "a.py",
                "from .gone import x\nfrom utils import nothing\nimport pandas\n",
            ),
            ("utils.py", CLEAN),
        ],
        expect![[r#"
            from .gone import x
            from utils import nothing
            import pandas
            --- utils
            """Helpers."""
            import pandas as pd
            def clean(df):
                return df.dropna()
            missing-module: cannot find `gone` beside the input
            missing-module: cannot find `utils.nothing` beside the input
            whole-module: the module `utils` stays whole: `nothing` is no name in it
        "#]],
    );
}

#[test]
fn loading_a_module_again_does_nothing() {
    check(
        &[
            (
                "a.py",
                "import importlib\nimport utils\nimportlib.reload(utils)\nprint(utils.clean(1))\n",
            ),
            ("utils.py", CLEAN),
        ],
        expect![[r"
            import pandas as pd
            def clean(df):
                return df.dropna()
            import importlib
            print(clean(1))
        "]],
    );
}

#[test]
fn what_nothing_uses_stays_behind() {
    check(
        &[
            ("a.py", "import utils\nprint(utils.first(1))\n"),
            (
                "utils.py",
                "A = 1\nB = 2\ndef first(x):\n    return second(x) + A\ndef second(x):\n    return x\ndef third(x):\n    return x + B\n",
            ),
        ],
        expect![[r"
            A = 1
            def first(x):
                return second(x) + A
            def second(x):
                return x
            print(first(1))
        "]],
    );
}

/// Shows the text of a script after the statements of its main function took the place of the call.
fn unwraps(python: &str, expected: Expect) {
    let source = read(Utf8Path::new("a.py"), python.as_bytes()).expect("the text is UTF-8");
    let program = srcify_link::unwrap_main(parse(source.output).output);
    expected.assert_eq(&program.source.text);
}

#[test]
fn the_work_of_a_script_stands_in_its_main_function() {
    unwraps(
        "def clean(rows):\n    return rows\n\n\ndef main():\n    \"\"\"Do it.\"\"\"\n    text = \"\"\"a\n    b\"\"\"\n\n    # Say it.\n    print(clean(text))\n    return 0\n\n\nif __name__ == \"__main__\":\n    sys.exit(main())\n",
        expect![[r#"
            def clean(rows):
                return rows


            text = """a
                b"""

            # Say it.
            print(clean(text))




        "#]],
    );
}

#[test]
fn what_leaves_the_main_function_early_ends_the_program() {
    unwraps(
        "import sys\ndef main():\n    if not rows:\n        return 2\n    with open('a') as file:\n        file.read()\n    return 0\nif __name__ == '__main__':\n    sys.exit(main())\n",
        expect![[r"
            import sys
            if not rows:
                sys.exit(2)
            with open('a') as file:
                file.read()


        "]],
    );
    // What stands around it could catch that.
    unwraps(
        "import sys\ndef main():\n    with suppress(SystemExit):\n        return 2\n    return 0\nif __name__ == '__main__':\n    sys.exit(main())\n",
        expect![[r"
            import sys
            def main():
                with suppress(SystemExit):
                    return 2
                return 0
            sys.exit(main())
        "]],
    );
}

#[test]
fn options_are_parsed_where_the_work_is() {
    unwraps(
        "def main():\n    args = parse_args()\n    print(args)\n\n\ndef parse_args():\n    parser = ArgumentParser()\n    return parser.parse_args()\n\n\nif __name__ == '__main__': main()\n",
        expect![[r"



            parser = ArgumentParser()
            args = parser.parse_args()



            print(args)
        "]],
    );
}

#[test]
fn a_notebook_runs_what_stands_below_each_of_its_guards() {
    let guard = |body: &str| format!("if __name__ == '__main__':\\n    {body}\\n");
    let cells = [guard("n = 3"), guard("print(n)")];
    let cells = cells.map(|it| {
        format!(r#"{{"cell_type":"code","execution_count":null,"metadata":{{}},"outputs":[],"source":"{it}"}}"#)
    });
    let text = format!(
        r#"{{"cells":[{}],"metadata":{{}},"nbformat":4,"nbformat_minor":4}}"#,
        cells.join(",")
    );
    let source = read(Utf8Path::new("a.ipynb"), text.as_bytes()).expect("it is a notebook");
    let program = srcify_link::unwrap_main(parse(source.output).output);
    let statements = program.units().iter().map(|unit| program.text(unit.range));
    assert_eq!(statements.collect::<Vec<_>>(), ["n = 3", "print(n)"]);
}

#[test]
fn a_main_function_stays_where_others_would_see_its_variables() {
    let helper = "def show():\n    print(rows)\n\n\n";
    let guard = "if __name__ == '__main__':\n    main()\n";
    let kept = |main: &str| {
        let source = read(
            Utf8Path::new("a.py"),
            format!("{helper}{main}{guard}").as_bytes(),
        );
        let program = srcify_link::unwrap_main(parse(source.unwrap().output).output);
        assert!(program.source.text.contains("def main("), "{main}");
    };
    kept("def main():\n    rows = 1\n    show()\n");
    kept("def main():\n    try:\n        return\n    finally:\n        show()\n");
    kept("def main():\n    if f():\n        return show()\n    show()\n");
    kept("def main(n=1):\n    show()\n");
    kept("@timed\ndef main():\n    show()\n");
    kept("def main():\n    print(locals())\n");
    kept("def main():\n    yield show()\n");
    kept("def main():\n    show()\n    return f()\n");
    kept("def main():\n    show()\n\nmain()\n");
}

#[test]
fn a_star_of_a_library_names_what_is_used() {
    check(
        &[(
            "input.py",
            "from math import *\n\ndef hypotenuse(a, b):\n    return sqrt(a * a + b * b)\n\nprint(pi)\n",
        )],
        expect![[r"
            from math import pi, sqrt
            def hypotenuse(a, b):
                return sqrt(a * a + b * b)
            print(pi)
        "]],
    );
}

#[test]
fn a_star_hides_builtins_and_the_last_one_wins() {
    check(
        &[(
            "input.py",
            "from numpy import *\nfrom math import *\nprint(sum([1]), floor(2.5), sorted([2, 1]))\n",
        )],
        expect![[r"
            from numpy import sum
            from math import floor
            print(sum([1]), floor(2.5), sorted([2, 1]))
        "]],
    );
}

#[test]
fn a_star_keeps_what_a_function_may_need_before_the_next_star() {
    check(
        &[(
            "input.py",
            "def low(x):\n    return floor(x)\n\nfrom numpy import *\nprint(low(2.5))\nfrom math import *\nprint(low(2.5))\n",
        )],
        expect![[r"
            def low(x):
                return floor(x)
            from numpy import floor
            print(low(2.5))
            from math import floor
            print(low(2.5))
        "]],
    );
}

#[test]
fn a_name_that_is_bound_again_is_imported_apart() {
    check(
        &[(
            "input.py",
            "from numpy import *\nprint(sum(zeros(2)))\nsum = 3\nmean = 4\nprint(mean)\n",
        )],
        expect![[r"
            from numpy import zeros; from numpy import sum
            print(sum(zeros(2)))
            sum = 3
            mean = 4
            print(mean)
        "]],
    );
}

#[test]
fn a_name_of_no_list_comes_from_the_library_without_one() {
    check(
        &[(
            "input.py",
            "from math import *\nfrom somewhere import *\nfrom elsewhere import *\nprint(Dense(floor(2)))\n",
        )],
        expect![[r"
            from math import floor
            import somewhere as _somewhere
            from elsewhere import Dense
            print(Dense(floor(2)))
            star-import: cannot tell which `import *` brings `Dense`: taken from `elsewhere`
        "]],
    );
}

#[test]
fn a_star_in_a_local_module_brings_what_the_input_uses() {
    check(
        &[
            ("input.py", "from tools import *\nprint(sqrt(twice(2)))\n"),
            (
                "tools.py",
                "from math import *\n\ndef twice(x):\n    return 2 * x\n",
            ),
        ],
        expect![[r"
            from math import sqrt
            def twice(x):
                return 2 * x
            print(sqrt(twice(2)))
        "]],
    );
}

#[test]
fn a_package_that_imports_its_own_module_shows_the_module() {
    check(
        &[
            (
                "main.py",
                "import pkg\nfrom pkg import config, show\nshow()\nprint(config.LIMIT, pkg.config.LIMIT)\n",
            ),
            (
                "pkg/__init__.py",
                "from .work import show\nfrom . import config\n",
            ),
            ("pkg/config.py", "LIMIT = 2.5\n"),
            (
                "pkg/work.py",
                "from . import config\n\ndef show():\n    print(config.LIMIT)\n",
            ),
        ],
        expect![[r"
            LIMIT = 2.5
            def show():
                print(LIMIT)
            show()
            print(LIMIT, LIMIT)
        "]],
    );
}
