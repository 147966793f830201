//! Code that never runs as the program stands: no deed of the functions around it, but one of statements.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../bench/score.rs"]
mod score;

/// What a function does, and what only its dormant code does.
fn check(python: &str, function: &str, does: &str, dormant: &str) {
    let graph = score::graph_of(python);
    let facts = &graph.functions[function];
    let asleep = facts
        .dormant
        .as_ref()
        .map_or("pure".to_owned(), |it| it.effects.to_string());
    assert_eq!(facts.effects.to_string(), does, "{python}");
    assert_eq!(asleep, dormant, "{python}");
}

#[test]
fn a_constant_of_the_module_keeps_code_from_running() {
    let with = |test: &str| {
        format!(
            "DEBUG = False\nLEVEL = 3\ndef f(x):\n    if {test}:\n        print(x)\n    return x\n"
        )
    };
    for test in [
        "DEBUG",
        "DEBUG and x",
        "not LEVEL",
        "LEVEL > 5",
        "LEVEL == 2",
        "DEBUG is None",
    ] {
        check(&with(test), "f", "pure", "stdout");
    }
    for test in [
        "not DEBUG",
        "x or LEVEL",
        "x and LEVEL",
        "LEVEL > x",
        "LEVEL >= 3",
        "DEBUG or x",
    ] {
        check(&with(test), "f", "stdout", "pure");
    }
}

#[test]
fn what_may_be_bound_again_keeps_nothing_from_running() {
    let f = "def f(x):\n    if DEBUG:\n        print(x)\n    return x\n";
    for before in [
        "DEBUG = False\ndef on():\n    global DEBUG\n    DEBUG = True\n",
        "DEBUG = False\nDEBUG = len(__file__) > 3\n",
        "DEBUG = False\nfor DEBUG in (True,):\n    pass\n",
        "import sys\nif sys.argv:\n    DEBUG = False\nelse:\n    DEBUG = True\n",
        "DEBUG = False\nglobals()['DEBUG'] = True\n",
    ] {
        let text = format!("{before}{f}");
        let graph = score::graph_of(&text);
        let effects = graph.functions["f"].effects.to_string();
        assert!(effects.contains("stdout"), "{text}: {effects}");
    }
}

#[test]
fn a_variable_that_is_bound_twice_is_not_what_it_was_first() {
    for body in [
        "done = False\n    try:\n        work()\n        done = True\n    finally:\n        if not done:\n            print(1)",
        "done = False\n    for _ in x:\n        if done:\n            print(1)\n        done = later\n        later = True",
        "done = False\n    def finish():\n        nonlocal done\n        done = True\n    call(finish)\n    if done:\n        print(1)",
        "done = False\n    with suppress(ValueError):\n        done = work()\n    if done:\n        print(1)",
    ] {
        let text = format!(
            "from contextlib import suppress\ndef f(x, call, work, later=False):\n    {body}\n"
        );
        let graph = score::graph_of(&text);
        let effects = graph.functions["f"].effects.to_string();
        assert!(effects.contains("stdout"), "{text}: {effects}");
    }
}

#[test]
fn what_a_function_is_given_first_it_is_not_given_when_it_calls_itself() {
    check(
        "def show(node, top=True):\n    if not top:\n        print(node)\n    for it in node:\n        show(it, False)\nshow([[1]])\n",
        "show",
        "stdout",
        "stdout",
    );
    check(
        "def show(node, out=None):\n    if out is not None:\n        print(node)\n    for it in node:\n        show(it, node)\nshow([[1]])\n",
        "show",
        "stdout",
        "stdout",
    );
}

#[test]
fn a_default_that_calls_leave_alone_keeps_code_from_running() {
    let text = "def save(x, path=None):\n    if path is None:\n        return x\n    open(path, 'w').write(x)\ny = save('a')\n";
    check(text, "save", "pure", "write-file");
    // Who makes a setting of it wakes it up.
    let graph = score::graph_of(text);
    assert_eq!(graph.units[1].effects.to_string(), "write-file");
    let awake = graph.functions["save"].clone().awake();
    assert_eq!(awake.effects.to_string(), "write-file");
    check(
        &format!("{text}save('a', 'b')\n"),
        "save",
        "write-file",
        "write-file",
    );
}

#[test]
fn a_class_of_constants_keeps_code_from_running() {
    let f = "def f(x):\n    if Settings.DEBUG:\n        x.append(1)\n    return Settings.DEBUG and print(x)\n";
    let class = "class Settings:\n    DEBUG = False\n";
    let text = format!("{class}{f}");
    check(&text, "f", "pure", "stdout");
    let graph = score::graph_of(&text);
    assert!(graph.functions["f"].mutates.is_empty());
    assert!(graph.functions["f"].clone().awake().mutates.contains("x"));
    check(
        &format!("{class}{f}def on():\n    Settings.DEBUG = True\n"),
        "f",
        "stdout",
        "pure",
    );
}

#[test]
fn who_is_handed_a_function_may_pass_more_than_is_known() {
    let f = "def f(row, loud=False):\n    if loud:\n        print(row)\n    return row\n";
    for call in [
        "import pandas as pd\ndf = pd.read_csv('a.csv')\ndf.apply(f, loud=True)\n",
        "import threading\nthreading.Thread(target=f, args=(1,), kwargs={'loud': True}).start()\n",
        "from functools import partial\nlist(map(partial(f, loud=True), [1]))\n",
    ] {
        let text = format!("{f}{call}");
        let graph = score::graph_of(&text);
        let effects = graph.functions["f"].effects.to_string();
        assert!(effects.contains("stdout"), "{text}: {effects}");
    }
}

#[test]
fn a_decorator_with_options_runs_what_it_makes() {
    let text = "import functools\ndef logged(function=None, *, prefix=''):\n    if function is None:\n        return functools.partial(logged, prefix=prefix)\n    def wrapper(*args):\n        print(prefix)\n        return function(*args)\n    return wrapper\n@logged(prefix='now')\ndef add(a, b):\n    return a + b\n@logged\ndef sub(a, b):\n    return a - b\n";
    check(text, "add", "stdout", "pure");
    check(text, "sub", "stdout", "pure");
}

#[test]
fn what_a_decorator_never_calls_is_dormant() {
    let text = "def disabled(function):\n    def nothing(*args):\n        return None\n    return nothing\n@disabled\ndef wipe(rows):\n    rows.clear()\n    print(rows)\n";
    check(text, "wipe", "pure", "stdout");
}

/// What a function changes, and what it would change if all of its code ran.
fn check_changes(python: &str, changes: &[&str], awake: &[&str]) {
    let facts = score::graph_of(python).functions["f"].clone();
    let all = |it: &std::collections::BTreeSet<String>| it.iter().cloned().collect::<Vec<_>>();
    assert_eq!(all(&facts.mutates), changes, "{python}");
    assert_eq!(all(&facts.awake().mutates), awake, "{python}");
}

#[test]
fn a_variable_is_what_the_ways_make_of_it_that_are_taken() {
    let with = |body: &str, call: &str| {
        format!(
            "KEEP = True\ndef f(xs, inplace=False):\n    {body}\n    out.append(1)\n    return out\n{call}\n"
        )
    };
    for body in [
        "out = xs if inplace else list(xs)",
        "if inplace:\n        out = xs\n    else:\n        out = list(xs)",
        "out = xs\n    if not inplace:\n        out = list(xs)",
        "out = xs\n    if KEEP:\n        out = list(xs)",
        "def same(ys):\n        if inplace:\n            return ys\n        return list(ys)\n    out = same(xs)",
    ] {
        let text = with(body, "f([])");
        check_changes(&text, &[], &["xs"]);
        // For the statement that calls it, it may be either.
        let text = with(body, "xs = []\nys = f(xs)\nys.append(1)");
        let graph = score::graph_of(&text);
        let last = &graph.units[4].mutates;
        assert!(last.contains_key("xs") && last.contains_key("ys"), "{text}");
        assert!(!graph.units[3].fresh.contains("ys"), "{text}");
        if !body.contains("KEEP") {
            check_changes(&with(body, "f([], inplace=True)"), &["xs"], &["xs"]);
            check_changes(&with(body, "f([], inplace=len('a') > 2)"), &["xs"], &["xs"]);
        }
    }
}

#[test]
fn functions_of_ways_that_are_not_taken_sleep() {
    let asleep = |text: &str| check(text, "f", "pure", "stdout");
    asleep(
        "DEBUG = False\nreport = print if DEBUG else (lambda *args: None)\ndef f(x):\n    report(x)\n    return x\n",
    );
    asleep(
        "def f(x, loud=False):\n    if loud:\n        def note(it):\n            print(it)\n    else:\n        def note(it):\n            return None\n    note(x)\n    return x\nf(1)\n",
    );
    asleep(
        "def f(x, loud=False):\n    note = print if loud else str\n    return sorted(x, key=note)\nf([1])\n",
    );
    asleep("def f(x):\n    if not __debug__:\n        print(x)\n    return x\n");
    let awake = "DEBUG = False\nreport = print if DEBUG else None\ndef on():\n    global DEBUG\n    DEBUG = True\ndef f(x):\n    report(x)\n";
    check(awake, "f", "stdout", "pure");
}

#[test]
fn what_a_function_around_was_given_keeps_code_from_running() {
    let text = |flag: &str, last: &str| {
        format!(
            "def traced(loud):\n    def decorate(function):\n        def inner(*args):\n            if loud:\n                print(args)\n            return function(*args)\n{last}        return inner\n    return decorate\n@traced({flag})\ndef f(x):\n    return x\n"
        )
    };
    check(&text("False", ""), "f", "pure", "stdout");
    check(&text("True", ""), "f", "stdout", "pure");
    let bound = "        def on():\n            nonlocal loud\n            loud = True\n        inner.on = on\n";
    let graph = score::graph_of(&text("False", bound));
    assert!(graph.functions["f"].effects.to_string().contains("stdout"));
}

#[test]
fn what_looks_into_options_may_be_a_function_of_the_program() {
    let text = |own: &str| {
        format!(
            "OPTIONS = {{'loud': False}}\n{own}\ndef f(rows):\n    print(OPTIONS)\n    if OPTIONS['loud']:\n        rows.append(1)\n    return rows\n"
        )
    };
    check_changes(&text(""), &[], &["rows"]);
    let own = "def print(options):\n    options['loud'] = True\n";
    check_changes(&text(own), &["rows"], &["rows"]);
}

#[test]
fn a_case_that_does_not_fit_is_not_run() {
    let with = |cases: &str, call: &str| {
        format!(
            "def f(x, way, loud=False):\n    match way:\n{cases}    return x\ndef g(x):\n    return {call}\n"
        )
    };
    let cases = "        case 'show' | 'tell':\n            print(x)\n        case None | 3:\n            open('a', 'w')\n        case [first, *rest]:\n            input()\n        case _:\n            pass\n";
    let does = |call: &str, does: &str| {
        let graph = score::graph_of(&with(cases, call));
        assert_eq!(graph.functions["g"].effects.to_string(), does, "{call}");
    };
    does("f(x, 'keep')", "pure");
    does("f(x, 'tell')", "stdout");
    does("f(x, None)", "write-file");
    does("f(x, 3.0)", "write-file");
    does("f(x, 4)", "pure");
    // What may be anything, and what is no literal.
    does("f(x, x)", "write-file, stdout");
    does("f(x, [1])", "write-file, stdout");

    // `True` is 1, and a class, a member of an enumeration and a guard may say anything.
    let any = "        case True:\n            print(x)\n        case str():\n            open('a', 'w')\n        case _:\n            pass\n";
    check(&with(any, "f(x, 1)"), "g", "write-file, stdout", "pure");
    check(&with(any, "f(x, 'a')"), "g", "write-file", "stdout");
    let guards = "        case 'a' if loud:\n            print(x)\n        case 'a' if x:\n            open('a', 'w')\n        case 'a':\n            input()\n        case _:\n            exit()\n";
    let graph = score::graph_of(&with(guards, "f(x, 'a')"));
    assert_eq!(
        graph.functions["g"].effects.to_string(),
        "write-file, stdout"
    );
    let member = "import enum\nclass Way(enum.Enum):\n    A = 'a'\ndef f(way):\n    match way:\n        case Way.A:\n            return 1\n        case _:\n            print(way)\ndef g():\n    return f('a')\n";
    check(member, "g", "stdout", "pure");
}

#[test]
fn a_case_that_leaves_keeps_what_is_behind_it_from_running() {
    let with = |before: &str, call: &str| {
        format!(
            "def f(way, **options):\n{before}    match way:\n        case 'a':\n            return 1\n        case _:\n            pass\n    print(way)\ndef g():\n    return f({call})\n"
        )
    };
    check(&with("", "'a'"), "g", "pure", "stdout");
    check(&with("", "'b'"), "g", "stdout", "pure");
    let bound = "    if options:\n        way = input()\n";
    check(&with(bound, "'a'"), "g", "stdout", "pure");
    // What a case sets it was not asked for.
    for (first, second) in [
        (
            "match options.get('way'):\n        case 'a':",
            "        case 'b':\n            return\n",
        ),
        (
            "if 1:\n        if options.get('way') == 'a':",
            "        elif options.get('way') == 'b':\n            return\n",
        ),
    ] {
        let text = format!(
            "def f(**options):\n    {first}\n            options['way'] = 'b'\n{second}    print(options)\ndef g():\n    f(way='a')\n"
        );
        check(&text, "g", "stdout", "pure");
    }
}

#[test]
fn a_variable_is_what_the_case_makes_of_it_that_runs() {
    let with = |way: &str| {
        format!(
            "def f(way, items):\n    match way:\n        case 'new':\n            out = []\n        case _:\n            out = items\n    out.append(1)\n    return out\nf({way}, [])\n"
        )
    };
    check_changes(&with("'new'"), &[], &["items"]);
    check_changes(&with("'old'"), &["items"], &["items"]);
    check_changes(&with("input()"), &["items"], &["items"]);
}

#[test]
fn what_is_taken_out_of_options_is_asked_before() {
    let with = |test: &str, call: &str| {
        format!(
            "def f(x, **options):\n    if {test}:\n        print(x)\n    return x\ndef g(x, given=None):\n    return f(x{call})\n"
        )
    };
    for (test, call, does) in [
        ("options.pop('loud', False)", "", "pure"),
        ("options.pop('loud', False)", ", a=1", "pure"),
        ("options.pop('loud', False)", ", loud=True", "stdout"),
        ("not options.pop('quiet', True)", "", "pure"),
        ("not options.pop('quiet', True)", ", quiet=False", "stdout"),
        ("options.pop('out', None) is not None", "", "pure"),
        (
            "options.pop('out', None) is not None",
            ", out='a'",
            "stdout",
        ),
        ("options.pop('loud', False)", ", **given", "stdout"),
        ("options.pop('loud', x)", "", "stdout"),
        // Whatever changes them comes before.
        (
            "options.update(loud=1) or options.pop('loud', False)",
            "",
            "stdout",
        ),
    ] {
        let graph = score::graph_of(&with(test, call));
        let found = graph.functions["g"].effects.to_string();
        assert_eq!(found, does, "{test} {call}");
    }
    // It is asked again, when it is gone.
    let again = "def f(xs, **options):\n    for x in xs:\n        if not options.pop('first', False):\n            print(x)\ndef g(xs):\n    f(xs, first=True)\n";
    check(again, "g", "stdout", "stdout");
}

#[test]
fn what_is_asked_of_a_text_or_nothing_is_settled() {
    let with = |test: &str, call: &str| {
        format!(
            "def f(x):\n    if {test}:\n        print(x)\n    return x\ndef g(xs):\n    return f({call})\n"
        )
    };
    for (test, call, does) in [
        ("isinstance(x, str)", "'a'", "stdout"),
        ("isinstance(x, (list, tuple))", "'a'", "pure"),
        ("isinstance(x, (list, str))", "'a'", "stdout"),
        ("not isinstance(x, str)", "None", "stdout"),
        ("hasattr(x, 'read')", "'a'", "pure"),
        ("hasattr(x, 'read')", "None", "pure"),
        ("hasattr(x, 'strip')", "'a'", "stdout"),
        ("hasattr(x, '__iter__')", "'a'", "stdout"),
        // What may be anything, numbers of several kinds, and other classes.
        ("isinstance(x, list)", "xs", "stdout"),
        ("hasattr(x, 'read')", "xs", "stdout"),
        ("isinstance(x, int)", "True", "stdout"),
        ("isinstance(x, Text)", "'a'", "stdout"),
    ] {
        let graph = score::graph_of(&with(test, call));
        let found = graph.functions["g"].effects.to_string();
        assert_eq!(found, does, "{test} {call}");
    }
    // A name may be the program's own.
    for own in [
        "list = str\n",
        "def isinstance(x, kind):\n    return True\n",
    ] {
        let text = format!("{own}{}", with("isinstance(x, list)", "'a'"));
        check(&text, "g", "stdout", "pure");
    }
}

#[test]
fn what_only_the_making_of_an_object_sets_keeps_code_from_running() {
    let class = "class Solver:\n    def __init__(self, loud=False, level=0):\n        self.loud = loud\n        self.level = level\n        self.steps = 0\n    def step(self, x):\n        self.steps += 1\n        if self.loud:\n            print(x)\n        if self.level > 2:\n            open('a', 'w')\n        return x\n";
    let does = |class: &str, body: &str, does: &str| {
        let body = body.replace('\n', "\n    ");
        let text = format!("{class}def f(x, given=None):\n    {body}\n");
        let graph = score::graph_of(&text);
        assert_eq!(graph.functions["f"].effects.to_string(), does, "{text}");
    };
    does(
        class,
        "solver = Solver()\nwhile x:\n    x = solver.step(x)",
        "pure",
    );
    does(
        class,
        "solver = Solver()\nif solver.loud:\n    print(x)",
        "pure",
    );
    does(class, "Solver(True).step(x)", "stdout");
    does(class, "Solver(level=3).step(x)", "write-file");
    does(class, "Solver(loud=x).step(x)", "stdout");
    does(class, "given.step(x)", "write-file, stdout");
    does(
        class,
        "solver = Solver()\nsolver.__init__(True)\nsolver.step(x)",
        "write-file, stdout",
    );
    // It may be set again, by whatever sets it.
    let later = "    def on(self):\n        self.loud = True\n";
    does(&format!("{class}{later}"), "Solver().step(x)", "stdout");
    for again in [
        "def on(solver):\n    solver.loud = True\n",
        "def on(solver):\n    setattr(solver, 'loud', True)\n",
        "class Louder(Solver):\n    loud = True\n",
    ] {
        let text = format!("{class}{again}");
        let graph = score::graph_of(&format!("{text}def f(x):\n    Solver().step(x)\n"));
        let found = &graph.functions["f"].effects;
        assert!(found.to_string().contains("stdout"), "{again}");
    }
    let several = "class Solver:\n    def __init__(self, all):\n        for one in all:\n            self.loud = one\n    def step(self, x):\n        if self.loud:\n            print(x)\n";
    does(several, "Solver([False, True]).step(x)", "stdout");
}

/// Records whose options nothing changes, and what changes them.
const RECORDS: &str = "from dataclasses import dataclass, field, replace\nfrom typing import NamedTuple\nfrom pydantic import BaseModel, Field\n@dataclass\nclass Data:\n    n: int = 3\n    loud: bool = False\n    tags: list = field(default_factory=list)\nclass Pair(NamedTuple):\n    n: int\n    loud: bool = False\nclass Model(BaseModel):\n    n: int = 3\n    loud: bool = Field(False, description='says what it does')\n";

#[test]
fn options_of_records_keep_code_from_running() {
    let with = |made: &str, more: &str| {
        format!("{RECORDS}given = {made}\n{more}def f():\n    if given.loud:\n        print(1)\n")
    };
    for made in [
        "Data()",
        "Data(4, False)",
        "Data(loud=False)",
        "Pair(1)",
        "Model(n=4)",
        "replace(Data(2), n=5)",
    ] {
        check(&with(made, ""), "f", "pure", "stdout");
    }
    for (made, more) in [
        ("Data(4, True)", ""),
        ("Data(**options)", ""),
        ("Data(*options)", ""),
        ("Pair(1, True)", ""),
        ("Model(loud='yes')", ""),
        ("replace(Data(), loud=True)", ""),
        ("replace(Data(loud=True), n=5)", ""),
        ("next(map(Data, [1]))", ""),
        ("Data()", "given.loud = True\n"),
        (
            "Data()",
            "for name in 'loud', 'n':\n    setattr(given, name, 1)\n",
        ),
        ("Data()", "given = Data(loud=True)\n"),
        ("Data()", "class Heir(Data):\n    loud: bool = True\n"),
    ] {
        check(&with(made, more), "f", "stdout", "pure");
    }
}

#[test]
fn an_object_is_made_with_the_options_of_its_parts() {
    let with = |made: &str| {
        format!(
            "{RECORDS}class Trainer:\n    def __init__(self, options):\n        self.options = options\n    def run(self):\n        if self.options.loud:\n            print(1)\ndef f():\n    Trainer({made}).run()\n"
        )
    };
    check(&with("Data()"), "f", "pure", "stdout");
    check(&with("Data(loud=True)"), "f", "stdout", "pure");
    let with = |made: &str, more: &str| {
        format!(
            "{RECORDS}@dataclass\nclass Run:\n    data: Data\nrun = Run({made})\n{more}def f():\n    if run.data.loud:\n        print(1)\n"
        )
    };
    check(&with("Data()", ""), "f", "pure", "stdout");
    check(&with("Data(loud=True)", ""), "f", "stdout", "pure");
    check(
        &with("Data()", "run.data = Data(loud=True)\n"),
        "f",
        "stdout",
        "pure",
    );
}

#[test]
fn options_in_namespaces_keep_code_from_running() {
    let with = |made: &str, more: &str| {
        format!(
            "from argparse import ArgumentParser, Namespace\nfrom types import SimpleNamespace\ngiven = {made}\n{more}def f():\n    if given.loud:\n        print(1)\n"
        )
    };
    check(
        &with("SimpleNamespace(loud=False)", ""),
        "f",
        "pure",
        "stdout",
    );
    check(
        &with("Namespace(n=1, loud=False)", ""),
        "f",
        "pure",
        "stdout",
    );
    for (made, more) in [
        ("SimpleNamespace(loud=True)", ""),
        ("SimpleNamespace(loud=False)", "given.loud = True\n"),
        (
            "SimpleNamespace(loud=False)",
            "vars(given)['loud'] = True\n",
        ),
        ("SimpleNamespace(**{'loud': True})", ""),
        (
            "Namespace(loud=False)",
            "ArgumentParser().parse_args(namespace=given)\n",
        ),
    ] {
        let effects = score::graph_of(&with(made, more)).functions["f"]
            .effects
            .to_string();
        assert!(effects.contains("stdout"), "{made} {more}: {effects}");
    }
}

#[test]
fn a_generator_without_a_seed_is_told_by_what_a_default_becomes() {
    let with = |body: &str| {
        format!(
            "import random\ndef f(items, seed=None):\n    {}\n    return rng.choice(items)\n",
            body.replace('\n', "\n    ")
        )
    };
    for body in [
        "rng = random.Random(0 if seed is None else seed)",
        "rng = random.Random(seed if seed is not None else 0)",
        "if seed is None:\n    seed = 1\nrng = random.Random(seed)",
    ] {
        for call in ["", "f([1])\n", "f([1])\nf([1], 2)\n"] {
            check(&format!("{}{call}", with(body)), "f", "pure", "pure");
        }
    }
    for body in [
        "rng = random.Random(seed)",
        "rng = random.Random(1 if seed == 0 else seed)",
        "if not items:\n    seed = 1\nrng = random.Random(seed)",
    ] {
        check(&with(body), "f", "random", "pure");
    }
}

#[test]
fn typed_dictionaries_are_dictionaries() {
    let text = "from typing import TypedDict\nclass Row(TypedDict, total=False):\n    score: float\ndef f(row: Row):\n    return row.get('score', 0) + len(Row(score=1))\n";
    check(text, "f", "pure", "pure");
}

#[test]
fn a_lambda_keeps_what_its_comprehension_goes_through() {
    let text = "def f(rows):\n    acts = [lambda: row.append(0) for row in rows]\n    acts[0]()\n";
    let facts = &score::graph_of(text).functions["f"];
    assert_eq!(facts.effects.to_string(), "pure");
    assert!(facts.mutates.contains("rows"));
}

#[test]
fn an_object_calls_back_what_it_was_given() {
    let text = "class Button:\n    def __init__(self, act):\n        self.act = act\n    def click(self):\n        self.act()\ndef f(log):\n    Button(lambda: log.append(1)).click()\ndef g():\n    Button(lambda: print(1)).click()\n";
    let graph = score::graph_of(text);
    assert_eq!(graph.functions["f"].effects.to_string(), "pure");
    assert!(graph.functions["f"].mutates.contains("log"));
    assert_eq!(graph.functions["g"].effects.to_string(), "stdout");
}

#[test]
fn a_record_that_makes_something_else_of_what_it_is_given_may_be_loud() {
    for class in [
        "@dataclass\nclass Data:\n    loud: bool = False\n    def __post_init__(self):\n        self.loud = True\n",
        "class Data(BaseModel):\n    loud: bool = Field(False, alias='quiet')\n",
        "class Data(BaseModel):\n    loud: bool = False\n    @field_validator('loud')\n    def check(cls, value):\n        return True\n",
        "@wrapped\n@dataclass\nclass Data:\n    loud: bool = False\n",
        "@dataclass\nclass Data(Other):\n    loud: bool = False\n",
    ] {
        let text = format!(
            "from dataclasses import dataclass\nfrom pydantic import BaseModel, Field, field_validator\n{class}given = Data()\ndef f():\n    if given.loud:\n        print(1)\n"
        );
        let effects = score::graph_of(&text).functions["f"].effects.to_string();
        assert!(effects.contains("stdout"), "{text}: {effects}");
    }
}

#[test]
fn what_waits_in_a_generator_sleeps_with_the_code_that_does_it() {
    let log = "def log(value, sink=None):\n    if sink is not None:\n        sink.append(value)\n    return value\n";
    let graph = score::graph_of(&format!(
        "{log}def f(xs):\n    return sum(log(x) for x in xs)\nf([1])\n"
    ));
    let facts = &graph.functions["f"];
    assert_eq!(facts.effects.to_string(), "pure");
    assert!(facts.mutates.is_empty());
    let loud =
        "LOUD = False\ndef log(value):\n    if LOUD:\n        print(value)\n    return value\n";
    for body in ["sum(log(x) for x in xs)", "list(map(log, xs))"] {
        check(
            &format!("{loud}def f(xs):\n    return {body}\n"),
            "f",
            "pure",
            "stdout",
        );
    }
    let lines = "def lines(xs):\n    for x in xs:\n        yield log(x)\n";
    check(
        &format!("{loud}{lines}def f(xs):\n    return list(lines(xs))\n"),
        "f",
        "pure",
        "stdout",
    );
}
