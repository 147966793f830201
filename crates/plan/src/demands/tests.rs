use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use srcify_syntax::snippet;

use super::*;

/// The head of a function as the module has it afterwards.
fn check(imports: &[&str], code: &str, expected: &Expect) {
    check_in(imports, code, &Around::default(), expected);
}

/// The same, in a program that imports nothing but what comes with Python.
fn check_plain(code: &str, expected: &Expect) {
    let around = Around {
        is_plain: true,
        ..Around::default()
    };
    check_in(&[ANY], code, &around, expected);
}

fn check_in(imports: &[&str], code: &str, around: &Around, expected: &Expect) {
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
        around,
        values: &BTreeSet::new(),
        words: &BTreeMap::new(),
        read_elsewhere: &|_| BTreeSet::new(),
    };
    annotate_module(&mut module, &known);
    let text = &module.items[0].text;
    let parsed = snippet(text);
    let function = parsed.statements()[0].as_function_def_stmt().unwrap();
    let imports: Vec<&str> = module.imports.iter().map(String::as_str).collect();
    let result = function.returns.as_deref();
    let result = result.map_or(String::new(), |it| format!(" -> {}", &text[it.range()]));
    let found = format!(
        "{}{result} {}",
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
        around: &Around::default(),
        values: &BTreeSet::new(),
        words: &BTreeMap::new(),
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
            "(a: Any, b: Any, c: Any, d: Iterable[Any], e: float) from collections.abc import Iterable; from typing import Any; import numpy as np"
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
        around: &Around::default(),
        values: &BTreeSet::new(),
        words: &BTreeMap::new(),
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

#[test]
fn nothing_but_numbers_is_divided() {
    check_plain(
        "def f(part: Any, whole: Any, names: Any, more: Any):\n    if whole == 0:\n        return 0\n    return 100 * part / whole, names * 2, more\n",
        &expect!["(part: float, whole: float, names: Any, more: Any) from typing import Any"],
    );
    check(
        &[ANY],
        "def f(part: Any, whole: Any):\n    return part / whole\n",
        &expect!["(part: Any, whole: Any) from typing import Any"],
    );
}

#[test]
fn so_are_what_is_computed_of_them() {
    check_plain(
        "def f(values: Any, shares: Any, low: Any):\n    m = sum(values) / len(values)\n    return sum((v - m) ** 2 for v in values), [p * 2 for p in shares if p > 0], low + m\n",
        &expect![
            "(values: Collection[float], shares: Iterable[float], low: float) from collections.abc import Collection; from collections.abc import Iterable"
        ],
    );
}

#[test]
fn what_has_items_is_a_mapping() {
    check_plain(
        "def f(rows: Any, handlers: Any, store: Any, key: Any, value: Any):\n    for row in rows:\n        print(row[\"name\"])\n    store.setdefault(key, []).append(value)\n    return {k: v for k, v in handlers.items()}\n",
        &expect![
            "(rows: Iterable[Mapping[str, Any]], handlers: Mapping[Any, Any], store: MutableMapping[Any, Any], key: Hashable, value: object) from collections.abc import Hashable; from collections.abc import Iterable; from collections.abc import Mapping; from collections.abc import MutableMapping; from typing import Any"
        ],
    );
}

#[test]
fn what_is_cut_is_a_sequence_where_nothing_is_asked_of_its_parts() {
    check_plain(
        "def f(items: Any, text: Any, size: Any):\n    for at in range(0, len(items), size):\n        yield items[at : at + size]\n    print(int(text[1:3]))\n",
        &expect![
            "(items: Sequence[Any], text: Any, size: int) from collections.abc import Sequence; from typing import Any"
        ],
    );
}

#[test]
fn what_names_a_file_is_a_text_or_a_path() {
    check(
        &[ANY],
        "def f(path: Any, text: Any):\n    with open(path) as file:\n        return re.sub(\"a\", \"b\", text), file.read()\n",
        &expect!["(path: str | Path, text: str) from pathlib import Path"],
    );
}

#[test]
fn what_is_tried_or_put_somewhere_is_not_demanded() {
    check_plain(
        "def f(a: Any, b: Any):\n    try:\n        iter(a)\n    except TypeError:\n        return False\n    table[0] = f\n    return [it.x for it in b]\n",
        &expect![
            "(a: Any, b: Iterable[Any]) from collections.abc import Iterable; from typing import Any"
        ],
    );
    let code = "def f(a: Any):\n    return [it.x for it in a]\n";
    let mut module = module_of(code);
    let known = Known {
        signatures: &Signatures::new(),
        has_sparse: false,
        around: &Around::default(),
        values: &BTreeSet::from(["f".to_owned()]),
        words: &BTreeMap::new(),
        read_elsewhere: &|_| BTreeSet::new(),
    };
    annotate_module(&mut module, &known);
    assert_eq!(module.items[0].text, code);
}

#[test]
fn what_is_used_only_where_it_is_there_may_be_none() {
    check(
        &[ANY],
        "def f(done: Any = None, other: Any = None):\n    if done:\n        done(1)\n    other(1)\n",
        &expect![
            "(done: Callable[..., Any] | None = None, other: Any = None) from collections.abc import Callable; from typing import Any"
        ],
    );
    check_plain(
        "def f(names: Any = None):\n    if names is None:\n        return 0\n    return len(names)\n",
        &expect!["(names: Sized | None = None) from collections.abc import Sized"],
    );
}

#[test]
fn what_is_returned_as_it_is_or_computed_is_what_it_is() {
    check_plain(
        "def f(thing: Any) -> Any:\n    print(thing)\n    return thing\n",
        &expect!["(thing: object) -> Any from typing import Any"],
    );
    check_plain(
        "def f(n: float) -> Any:\n    if n <= 1:\n        return 1\n    return n * f(n - 1)\n",
        &expect!["(n: float) -> float "],
    );
}
