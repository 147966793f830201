//! What functions change and do, told of small Python.
#![allow(clippy::unwrap_used, clippy::panic)]

use camino::Utf8Path;
use srcify_effects::{Catalog, FunctionFacts, analyze, imported_libraries};
use srcify_syntax::{parse, read};

/// The parameters that the function `f` changes or uses up, and its effects.
#[track_caller]
fn check(python: &str, changed: &[&str], effects: &str) {
    let facts = facts_of(python);
    let told = facts.mutates.union(&facts.consumes);
    let told: Vec<&str> = told.map(String::as_str).collect();
    assert_eq!(told, changed, "{python}");
    assert_eq!(facts.effects.to_string(), effects, "{python}");
}

fn facts_of(python: &str) -> FunctionFacts {
    let source = read(Utf8Path::new("input.py"), python.as_bytes());
    let program = parse(source.unwrap().output).output;
    let libraries = imported_libraries(&program);
    let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
    let graph = analyze(&program, &catalog, &|_| None);
    graph.functions["f"].clone()
}

#[test]
fn iterators_that_nothing_iterates_do_nothing() {
    let generator = "def g(xs):\n    for x in xs:\n        print(x)\n        yield x\n";
    check(
        &format!("{generator}def f(xs):\n    return type(g(xs)).__name__\n"),
        &[],
        "pure",
    );
    check(
        &format!("{generator}def f(xs):\n    return list(g(xs))\n"),
        &[],
        "stdout",
    );
    check(
        "def f(xs, sink):\n    return bool(map(sink.append, xs))\nf([1], [])\n",
        &[],
        "pure",
    );
}

#[test]
fn an_iterator_over_a_list_leaves_the_list_alone() {
    for iterator in ["reversed(xs)", "map(str, xs)", "filter(None, xs)"] {
        let python = format!("def f(xs):\n    return next({iterator})\n");
        check(&format!("{python}f([1, 2])\n"), &[], "pure");
    }
    check(
        "def f(xs):\n    next(filter(None, xs)).append(1)\nf([[1]])\n",
        &["xs"],
        "pure",
    );
    check(
        "def f(xs):\n    return next(map(str, xs))\nf(iter([1]))\n",
        &["xs"],
        "pure",
    );
}

#[test]
fn readers_read_on_in_what_is_not_known() {
    check(
        "import csv\ndef f(lines):\n    return next(csv.reader(lines))\n",
        &["lines"],
        "pure",
    );
}

#[test]
fn estimators_that_make_no_copy_write_into_their_data() {
    let python = "from sklearn.preprocessing import StandardScaler\ndef f(x):\n    scaler = StandardScaler(copy={})\n    return scaler.fit_transform(x)\n";
    check(&python.replace("{}", "False"), &["x"], "pure");
    check(&python.replace("{}", "True"), &[], "pure");
}

#[test]
fn methods_may_be_picked_by_name() {
    check(
        "def f(xs):\n    getattr(xs, 'append')(1)\n",
        &["xs"],
        "pure",
    );
    let class = "class Robot:\n    def __init__(self):\n        self.log = []\n    def do_walk(self):\n        self.log.append(1)\n    def do_stop(self):\n        return None\n    def say(self):\n        print(1)\n";
    for name in ["'do_' + word", "f'do_{word}'"] {
        let python = format!(
            "{class}def f(robot, word):\n    getattr(robot, {name})()\nf(Robot(), 'walk')\n"
        );
        check(&python, &["robot"], "pure");
    }
}

#[test]
fn handlers_get_what_exceptions_carry() {
    let class = "class Stop(Exception):\n    def __init__(self, payload):\n        self.payload = payload\ndef g(xs):\n    raise Stop(xs)\n";
    for kind in ["Stop", "Exception", "(KeyError, Stop)"] {
        let python = format!(
            "{class}def f(xs):\n    try:\n        g(xs)\n    except {kind} as stop:\n        stop.payload.append(1)\n"
        );
        check(&python, &["xs"], "pure");
    }
}

#[test]
fn classes_hear_of_their_heirs() {
    let class = "class Base:\n    def __init_subclass__(cls, **options):\n        print(cls)\nclass Child(Base):\n    pass\n";
    for made in ["class Made(Child): pass", "type('Made', (Child,), {})"] {
        check(&format!("{class}def f():\n    {made}\n"), &[], "stdout");
    }
}

#[test]
fn tables_of_lists_share_their_cells_alone() {
    let table = "import pandas as pd\ndef f(xs):\n    df = pd.DataFrame({'a': xs})\n";
    check(
        &format!("{table}    df['b'] = 1\n    df['a'].fillna(0, inplace=True)\n"),
        &[],
        "pure",
    );
    for cell in [
        "df.loc[0, 'a']",
        "df.to_dict('list')['a'][0]",
        "df.sort_values('a')['a'].tolist()[0]",
    ] {
        check(&format!("{table}    {cell}.append(1)\n"), &["xs"], "pure");
    }
    let column = "import pandas as pd\ndef f(xs):\n    column = pd.Series(xs)\n";
    check(
        &format!("{column}    column['b'] = 1\nf({{'a': 1}})\n"),
        &[],
        "pure",
    );
    let copied = facts_of(
        "import pandas as pd\ndef f(xs):\n    column = pd.Series([xs]).copy()\n    column[0].append(1)\nf([1])\n",
    );
    assert!(copied.mutates.contains("xs"));
}

#[test]
fn attributes_that_are_containers_are_parts_of_their_object() {
    check(
        "import pandas as pd\ndef f(df):\n    df.attrs.update(a=1)\nf(pd.read_csv('a.csv'))\n",
        &["df"],
        "pure",
    );
    let facts = facts_of("import sys\ndef f():\n    return sys.modules.get('a')\n");
    assert_eq!(facts.effects.to_string(), "read-global");
}

#[test]
fn queues_are_told_by_their_methods() {
    check(
        "import queue\ndef f(q):\n    while not q.empty():\n        q.get_nowait()\n",
        &["q"],
        "pure",
    );
}
