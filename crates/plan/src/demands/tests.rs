use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use srcify_syntax::snippet;

use super::*;

/// The head of a function as the module has it afterwards.
fn check(imports: &[&str], code: &str, expected: &Expect) {
    let mut module = Module {
        folder: crate::Folder::Domain,
        name: "functions".to_owned(),
        summary: "Functions.".to_owned(),
        imports: imports
            .iter()
            .map(|it| (*it).to_owned())
            .collect::<BTreeSet<_>>(),
        items: vec![crate::Item {
            name: "f".to_owned(),
            text: code.to_owned(),
            units: Vec::new(),
        }],
    };
    let known = Known {
        signatures: &Signatures::new(),
        has_sparse: false,
        read_elsewhere: &|_| BTreeSet::new(),
    };
    annotate_module(&mut module, &known);
    let text = &module.items[0].text;
    let parsed = snippet(text);
    let function = parsed.statements()[0].as_function_def_stmt().unwrap();
    let imports: Vec<&str> = module.imports.iter().map(String::as_str).collect();
    let found = format!(
        "{} {}",
        &text[function.parameters.range()],
        imports.join("; ")
    );
    expected.assert_eq(&found);
}

fn module_of(code: &str) -> Module {
    Module {
        folder: crate::Folder::Domain,
        name: "functions".to_owned(),
        summary: "Functions.".to_owned(),
        imports: BTreeSet::from([ANY.to_owned()]),
        items: vec![crate::Item {
            name: "f".to_owned(),
            text: code.to_owned(),
            units: Vec::new(),
        }],
    }
}

const ANY: &str = "from typing import Any";
const NUMPY: &str = "import numpy as np";

#[test]
fn what_numpy_makes_an_array_of_is_array_like() {
    check(
        &[ANY, NUMPY],
        "def f(x: Any, y: Any = None):\n    x = np.asarray(x)\n    return x[0] + np.sum(y)\n",
        &expect![
            "(x: npt.ArrayLike, y: Any = None) from typing import Any; import numpy as np; import numpy.typing as npt"
        ],
    );
}

#[test]
fn what_functions_inside_of_functions_demand_is_said() {
    let code = "def f(x: Any):\n    def g(names: Any):\n        return [len(it) for it in names]\n    return g(x)\n";
    let mut module = module_of(code);
    let known = Known {
        signatures: &Signatures::new(),
        has_sparse: false,
        read_elsewhere: &|_| BTreeSet::new(),
    };
    annotate_module(&mut module, &known);
    assert!(
        module.items[0]
            .text
            .contains("def g(names: Iterable[Sized]):")
    );
    assert!(module.items[0].text.contains("def f(x: Any):"));
}

#[test]
fn what_is_gone_through_is_iterable() {
    check(
        &[ANY],
        "def f(names: Any, rows: Any, sizes: Any):\n    for name, row in zip(names, rows):\n        print(name, len(row))\n    return len(sizes), [str(it) for it in sizes]\n",
        &expect![
            "(names: Iterable[object], rows: Iterable[Sized], sizes: Collection[object]) from collections.abc import Collection; from collections.abc import Iterable; from collections.abc import Sized"
        ],
    );
}

#[test]
fn what_is_only_shown_or_not_used_may_be_anything() {
    check(
        &[ANY],
        "def f(label: Any, unused: Any = 3, *rest: Any):\n    if label is not None:\n        print(f\"{label}\")\n",
        &expect!["(label: object, unused: object = 3, *rest: object) "],
    );
}

#[test]
fn what_more_is_done_with_stays_unknown() {
    check(
        &[ANY, NUMPY],
        "def f(a: Any, b: Any, c: Any, d: Any, e: Any):\n    a = a or 1\n    b.x(np.sum(b))\n    for it in d:\n        it.go()\n    print(f\"{e:.2f}\")\n    return c\n",
        &expect![
            "(a: Any, b: Any, c: Any, d: Any, e: float) from typing import Any; import numpy as np"
        ],
    );
}

#[test]
fn what_a_number_or_a_text_is_asked_for_is_one() {
    check(
        &[ANY, "import os"],
        "def f(kind: Any, path: Any, rate: Any, count: Any):\n    if kind == \"a\":\n        print(os.path.join(\"x\", path), f\"{rate:.1%}\")\n    if count > 2:\n        print(list(range(count)))\n",
        &expect!["(kind: str, path: str, rate: float, count: int) import os"],
    );
}

#[test]
fn what_may_be_left_to_a_library_may_be_none() {
    check(
        &[ANY, NUMPY, "import argparse"],
        "def f(argv: Any = None, seed: None = None, lr: Any = None, other: Any = None, size: None = None, depth: Any = 3):\n    parser = argparse.ArgumentParser()\n    parser.add_argument(\"a\")\n    rng = np.random.RandomState(seed)\n    fit(other)\n    make(learning_rate=lr)\n    print(size)\n    np.make(max_depth=depth)\n    return rng, parser.parse_args(argv)\n",
        &expect![
            "(argv: Sequence[str] | None = None, seed: int | None = None, lr: Any = None, other: Any = None, size: None = None, depth: int = 3) from collections.abc import Sequence; from typing import Any; import argparse; import numpy as np"
        ],
    );
    check(
        &[ANY, "import argparse"],
        "def f(argv: Any = None, late: Any = None):\n    parser = make()\n    other = argparse.ArgumentParser()\n    other = make(other)\n    other.parse_args(late)\n    return parser.parse_args(argv)\n",
        &expect!["(argv: Any = None, late: Any = None) from typing import Any; import argparse"],
    );
}

#[test]
fn what_is_called_is_callable_and_no_more() {
    check(
        &[ANY],
        "def f(make: Any, named: Any, other: Any = None):\n    print(named.__name__, named(1))\n    return make(3, size=2), other()\n",
        &expect![
            "(make: Callable[..., Any], named: Any, other: Any = None) from collections.abc import Callable; from typing import Any"
        ],
    );
}

#[test]
fn what_a_class_keeps_is_what_it_does_with_it() {
    let code = "class A:\n    def __init__(self, repeat: Any, label: Any) -> None:\n        self.repeat = repeat\n        self.label = label\n    def go(self) -> None:\n        for _ in range(self.repeat):\n            self.label.go()\n";
    let mut module = Module {
        folder: crate::Folder::Domain,
        name: "functions".to_owned(),
        summary: "Functions.".to_owned(),
        imports: BTreeSet::from([ANY.to_owned()]),
        items: vec![crate::Item {
            name: "A".to_owned(),
            text: code.to_owned(),
            units: Vec::new(),
        }],
    };
    let mut known = Known {
        signatures: &Signatures::new(),
        has_sparse: false,
        read_elsewhere: &|_| BTreeSet::from(["repeat".to_owned()]),
    };
    annotate_module(&mut module, &known);
    assert_eq!(module.items[0].text, code, "others read it, too");
    known.read_elsewhere = &|_| BTreeSet::new();
    annotate_module(&mut module, &known);
    assert!(
        module.items[0]
            .text
            .contains("(self, repeat: int, label: Any)")
    );
}
