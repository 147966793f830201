//! What functions change and do, told of small Python.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write as _;
use std::time::Instant;

use camino::Utf8Path;
use srcify_effects::{Catalog, Effect, FunctionFacts, analyze, imported_libraries};
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

#[test]
fn what_mixins_of_scikit_learn_call_is_followed() {
    let class = "from sklearn.base import BaseEstimator, TransformerMixin\nclass Centre(BaseEstimator, TransformerMixin):\n    def fit(self, X, y=None):\n        self.mean_ = X.mean(axis=0)\n        return self\n    def transform(self, X):\n        X -= self.mean_\n        return X\n";
    check(
        &format!("{class}def f(X):\n    return Centre().fit_transform(X)\n"),
        &["X"],
        "pure",
    );
}

#[test]
fn objects_are_told_by_operators_that_change_them() {
    let class = "class Money:\n    def __init__(self, n):\n        self.n = n\n    def __iadd__(self, other):\n        self.n += other.n\n        return self\n";
    check(
        &format!("{class}def f(account, amount):\n    account += amount\n    return account\n"),
        &["account"],
        "pure",
    );
}

#[test]
fn flags_of_descriptors_say_what_is_done_with_the_file() {
    let read = "import os\ndef f(path):\n    fd = os.open(path, FLAGS)\n    os.close(fd)\n";
    let with = |flags: &str| read.replace("FLAGS", flags);
    check(&with("os.O_RDONLY"), &[], "read-file");
    check(&with("os.O_WRONLY | os.O_CREAT"), &[], "write-file");
    check(&with("os.O_RDWR"), &[], "read-file, write-file");
    check(
        &with("os.O_RDONLY | os.O_CREAT"),
        &[],
        "read-file, write-file",
    );
    check(&with("flags"), &[], "read-file, write-file");
    check(&with("66"), &[], "read-file, write-file");
}

#[test]
fn fields_of_records_are_told_apart() {
    let class = "from typing import NamedTuple\nclass Split(NamedTuple):\n    train: list\n    test: list\n";
    check(
        &format!(
            "{class}def f(train, test):\n    split = Split(train, test=test)\n    split.test.append(split.train[0])\n"
        ),
        &["test"],
        "pure",
    );
    check(
        &format!("{class}def f(parts):\n    Split(*parts).train.clear()\n"),
        &["parts"],
        "pure",
    );
}

#[test]
fn figures_that_are_closed_in_a_context_are_gone() {
    check(
        "import matplotlib.pyplot as plt\ndef f(xs):\n    with plt.rc_context({\"lines.linewidth\": 4}):\n        fig, ax = plt.subplots()\n        ax.plot(xs)\n    plt.close(fig)\n    return len(xs)\n",
        &[],
        "pure",
    );
}

#[test]
fn rows_that_a_function_is_applied_to_are_copies() {
    let apply = "import pandas as pd\ndef f(df):\n    def mark(part):\n        part[\"n\"] = 0\n        return part\n    return df.apply(mark, axis=AXIS)\n";
    check(&apply.replace("AXIS", "1"), &[], "pure");
    check(&apply.replace("AXIS", "0"), &["df"], "pure");
}

#[test]
fn functions_that_meet_each_other_without_end_are_given_up() {
    // Each method is one that the calls of all others may run, and each function runs one.
    let mut code =
        "class Bar:\n    def __init__(self, host):\n        self.host = host\n".to_owned();
    for at in 0..8 {
        writeln!(code, "        self.host.on{at} = self.act{at}").unwrap();
    }
    for at in 0..8 {
        writeln!(code, "    def act{at}(self):").unwrap();
        for part in 0..12 {
            writeln!(code, "        self.host.parts{part}.run{at}(self.host)").unwrap();
        }
    }
    for at in 0..15 {
        writeln!(code, "def f{at}(bar: Bar):\n    bar.act{}()", at % 8).unwrap();
    }
    code.push_str("def f(bar: Bar):\n    bar.act0()\n");
    let start = Instant::now();
    let facts = facts_of(&code);
    assert!(facts.effects.contains(Effect::Unknown));
    // Without an end it takes minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn columns_that_a_mask_sets_are_no_numbers() {
    check(
        "import pandas as pd\ndef f(values):\n    values[values < 0] = 0\n    return values\n",
        &["values"],
        "pure",
    );
}

#[test]
fn lines_of_standard_input_are_read() {
    check(
        "import sys\ndef f():\n    return [int(it) for it in sys.stdin]\n",
        &[],
        "stdout, read-global",
    );
}

#[test]
fn deep_copies_of_objects_have_parts_of_their_own() {
    let class = "import copy\nclass Net:\n    def __init__(self):\n        self.layers = [1]\n";
    let grow =
        "def f(net):\n    twin = copy.HOW(net)\n    twin.layers.append(2)\n    return twin\n";
    check(
        &format!("{class}{}", grow.replace("HOW", "deepcopy")),
        &[],
        "pure",
    );
    check(
        &format!("{class}{}", grow.replace("HOW", "copy")),
        &["net"],
        "pure",
    );
}

#[test]
fn what_objects_set_for_themselves_is_not_their_class() {
    let add = "    def add(self, x):\n        self.items.append(x)\ndef f():\n    bag = Bag()\n    bag.add(1)\n    return bag.items\n";
    let own = "    def __init__(self):\n        self.items = []\n";
    check(
        &format!("class Bag:\n    items = []\n{own}{add}"),
        &[],
        "pure",
    );
    check(
        &format!("class Bag:\n    items = []\n{add}"),
        &[],
        "global-state",
    );
    // An heir may make its objects without.
    let heir = "class Other(Bag):\n    def __init__(self):\n        pass\n";
    check(
        &format!("class Bag:\n    items = []\n{own}{add}{heir}"),
        &[],
        "global-state",
    );
}

#[test]
fn functions_come_out_of_queues_as_they_went_in() {
    check(
        "import queue\ndef f(found):\n    q = queue.Queue()\n    q.put(lambda: found.append(1))\n    q.get()()\n",
        &["found"],
        "pure",
    );
}

#[test]
fn figures_are_gone_that_a_table_draws_and_that_are_all_closed() {
    check(
        "import pandas as pd\nimport matplotlib.pyplot as plt\ndef f(df: pd.DataFrame, path):\n    df.hist()\n    plt.savefig(path)\n    plt.close(\"all\")\n",
        &[],
        "write-file",
    );
}

#[test]
fn coroutines_that_nothing_awaits_do_nothing() {
    let save = "import asyncio\nasync def save(xs):\n    xs.append(1)\n    print(xs)\n";
    let told = |body: &str| format!("{save}def f(xs):\n{body}");
    check(&told("    save(xs)\n"), &[], "pure");
    check(&told("    job = save(xs)\n    job.close()\n"), &[], "pure");
    let run = "    job = save(xs)\n    asyncio.run(job)\n";
    let (changed, effects) = (["xs"], "stdout, nondeterministic");
    check(&told(run), &changed, effects);
    check(&told("    asyncio.run(save(xs))\n"), &changed, effects);
    let kept = "    global job\n    job = save(xs)\n";
    let facts = facts_of(&told(kept));
    assert!(facts.mutates.contains("xs"));
    check(&told("    return save(xs)\n"), &changed, "stdout");
    let inner = "    job = save(xs)\n    async def g():\n        await job\n    asyncio.run(g())\n";
    check(&told(inner), &changed, effects);
}

#[test]
fn what_is_printed_while_output_goes_elsewhere_is_not_printed() {
    let head = "import contextlib, io, sys\ndef say(x):\n    print(x)\n";
    let told = |body: &str| format!("{head}def f(x):\n{body}");
    let with = "    with contextlib.redirect_stdout(io.StringIO()) as out:\n        say(x)\n";
    let end = "    return out.getvalue()\n";
    for call in ["", "f(1)\n"] {
        check(&told(&format!("{with}{end}{call}")), &[], "pure");
        let other = "        print(x, file=sys.stderr)\n";
        check(
            &told(&format!("{with}{other}{call}")),
            &[],
            "stdout, read-global",
        );
        check(&told(&format!("{with}    say(x)\n{call}")), &[], "stdout");
        let swapped = "    old = sys.stdout\n    sys.stdout = io.StringIO()\n    try:\n        say(x)\n        return sys.stdout.getvalue()\n    finally:\n        sys.stdout = old\n";
        check(&told(&format!("{swapped}{call}")), &[], "read-global");
        let after = swapped.replace("return ", "text = ");
        let after = format!("{after}    print(text)\n{call}");
        check(&told(&after), &[], "stdout, read-global");
        let kept = "    old = sys.stdout\n    sys.stdout = io.StringIO()\n    say(x)\n";
        let kept = facts_of(&told(&format!("{kept}{call}")));
        assert!(kept.effects.contains(Effect::Stdout));
    }
    // Who calls it elsewhere sees what it prints.
    let text = told(&format!("{with}f(1)\n"));
    let text = text.replace("def f(", "def g(").replace("f(1)", "g(1)");
    let text = text.replace("say", "f");
    check(&text, &[], "stdout");
}

#[test]
fn methods_that_are_called_by_name_are_followed() {
    let call = "def call(x, name, *args):\n    return getattr(x, name)(*args)\n";
    check(
        &format!("{call}def f(xs):\n    call(xs, 'append', 1)\n"),
        &["xs"],
        "pure",
    );
    check(
        "import operator\ndef f(xs):\n    return [operator.methodcaller('pop', 0)(x) for x in xs]\nf([[1]])\n",
        &["xs"],
        "pure",
    );
    let proxy = "class Proxy:\n    def __init__(self, of):\n        self.of = of\n    def __getattr__(self, name):\n        return getattr(self.of, name)\n";
    check(
        &format!("{proxy}def f(xs):\n    Proxy(xs).append(1)\nf([])\n"),
        &["xs"],
        "pure",
    );
}

#[test]
fn what_never_runs_does_nothing() {
    let text = |head: &str| {
        format!("def f(x, ok):\n    {head}\n    print(x)\n    x.append(1)\n    return x\n")
    };
    check(&text("if True:\n        return x"), &[], "pure");
    let both = "if ok:\n        return 1\n    else:\n        raise ValueError\n";
    check(&text(both), &[], "pure");
    let one = "if ok:\n        return 1\n    elif x:\n        raise ValueError\n";
    check(&text(one), &["x"], "stdout");
    let loops = "for it in x:\n        if ok:\n            break\n        else:\n            continue\n        print(it)\n";
    check(&format!("def f(x, ok):\n    {loops}"), &[], "pure");
}

#[test]
fn other_objects_may_be_given_in_the_place_of_defaults() {
    check(
        "def f(x, seen=[]):\n    seen.append(x)\n",
        &["seen"],
        "global-state",
    );
}

#[test]
fn attributes_are_what_was_set_to_them_just_now() {
    let class =
        "class Split:\n    def __init__(self, a, b):\n        self.a = a\n        self.b = b\n";
    let told = |body: &str| {
        let method = format!("    def go(self, other):\n{body}");
        format!("{class}{method}def f(a, b):\n    Split(a, b).go(Split(b, a))\nf([1], [2])\n")
    };
    let swap = "        self.a, self.b = self.b, self.a\n";
    let pop = "        self.a.pop()\n";
    check(&told(&format!("{swap}{pop}")), &["b"], "pure");
    let fresh = "        self.a = []\n";
    check(&told(&format!("{fresh}{pop}")), &[], "pure");
    // Something else may have set it since.
    for other in [
        "        other.a = other.b\n",
        "        self = other\n",
        "        setattr(self, 'a', self.b)\n",
        "        self.__init__(self.b, [])\n",
        "        if self.b:\n            self.a = self.b\n",
        "        for it in [1]:\n            self.a = self.b\n",
        "        yield 1\n",
    ] {
        let facts = facts_of(&told(&format!("{fresh}{other}{pop}")).replace(
            "    Split(a, b).go(Split(b, a))",
            "    list(Split(a, b).go(Split(b, a)) or [])",
        ));
        assert!(!facts.mutates.is_empty(), "{other}");
    }
}

#[test]
fn pairs_in_pairs_are_told_apart() {
    check(
        "def f(rows, names):\n    for at, (row, name) in enumerate(zip(rows, names)):\n        row.append((at, name))\n",
        &["rows"],
        "pure",
    );
}

#[test]
fn what_is_set_by_position_in_a_copy_is_set_in_that_alone() {
    for (made, changed) in [
        ("df['a'].sort_values()", vec![]),
        ("df['a'].copy()", vec![]),
        ("df['a'].rename('b')", vec![]),
        ("df['a'].set_axis([1, 2])", vec![]),
        ("df['a'].set_axis([1, 2], copy=False)", vec!["df"]),
        ("df['a'].head(1)", vec!["df"]),
        ("df['a']", vec!["df"]),
    ] {
        let text = format!(
            "import pandas as pd\ndef f(df):\n    s = {made}\n    s.iloc[0] = 0\n    return s\nf(pd.DataFrame({{'a': [1, 2]}}))\n"
        );
        check(&text, &changed, "pure");
    }
    check(
        "import pandas as pd\ndef f(df):\n    return df.rename(columns=print)\nf(pd.DataFrame())\n",
        &[],
        "stdout",
    );
}

#[test]
fn files_in_memory_maps_are_read_unless_they_are_made_anew() {
    let with = |options: &str| {
        format!("import numpy as np\ndef f(path):\n    return np.memmap(path{options})\n")
    };
    check(&with(", mode='w+'"), &[], "write-file");
    check(&with(", mode='r'"), &[], "read-file");
    check(&with(""), &[], "read-file, write-file");
}

#[test]
fn options_are_what_a_dictionary_holds() {
    let f = |options: &str, call: &str| {
        format!("import pandas as pd\n{options}    df.dropna(**options)\n    return df\n{call}")
    };
    let local = |options: &str| f(&format!("def f(df):\n    {options}\n"), "");
    for (options, changed) in [
        ("options = {'inplace': False}", vec![]),
        ("options = dict(how='any')", vec![]),
        ("options = {}\n    options['inplace'] = True", vec!["df"]),
        (
            "options = {'inplace': False}\n    options['how'] = 'any'",
            vec![],
        ),
        (
            "options = {'inplace': True}\n    options.pop('inplace')",
            vec![],
        ),
        (
            "options = {'inplace': False}\n    other = options\n    other['inplace'] = True",
            vec!["df"],
        ),
        (
            "options = {'inplace': False}\n    options.update(inplace=True)",
            vec!["df"],
        ),
        (
            "options = {'inplace': False}\n    for it in df:\n        df.dropna(**options)\n        options['inplace'] = True",
            vec!["df"],
        ),
        (
            "options = {'inplace': False}\n    if len(df) > 2:\n        options['inplace'] = True",
            vec!["df"],
        ),
        (
            "options = {'inplace': False}\n    def on():\n        options['inplace'] = True\n    on()",
            vec!["df"],
        ),
    ] {
        check(&local(options), &changed, "pure");
    }
    // Keywords that are gathered.
    let gathered = "def f(df, **options):\n";
    check(&f(gathered, "f(pd.DataFrame(), how='any')\n"), &[], "pure");
    check(
        &f(gathered, "f(pd.DataFrame(), inplace=True)\n"),
        &["df"],
        "pure",
    );
    // What functions share.
    let shared = "options = {'inplace': False}\ndef f(df):\n";
    check(&f(shared, ""), &[], "pure");
    for other in [
        "def on():\n    options['inplace'] = True\n",
        "def on(change):\n    change(options)\n",
        "other = options\n",
    ] {
        check(&f(shared, other), &["df"], "pure");
    }
}

#[test]
fn what_a_dictionary_holds_keeps_code_from_running() {
    let with = |test: &str, call: &str| {
        format!(
            "LEVELS = {{'quiet': 0, 'loud': 2}}\ndef f(x, **options):\n    if {test}:\n        print(x)\n    return x\n{call}\n"
        )
    };
    for (test, call, effects) in [
        ("options.get('loud')", "f(1, a=2)", "pure"),
        ("options.get('loud', True)", "f(1, a=2)", "stdout"),
        ("'loud' in options", "f(1, a=2)", "pure"),
        ("'loud' in options", "f(1, loud=2)", "stdout"),
        ("options['loud'] > 2", "f(1, loud=2)", "pure"),
        ("options['loud'] > 2", "f(1, loud=3)", "stdout"),
        ("LEVELS['quiet']", "f(1)", "pure"),
        ("LEVELS['quiet']", "LEVELS['quiet'] = 3", "stdout"),
        (
            "LEVELS['quiet']",
            "def on():\n    LEVELS['quiet'] = 3",
            "stdout",
        ),
    ] {
        check(&with(test, call), &[], effects);
    }
    // A table of functions.
    let table = "def say(x):\n    print(x)\ndef keep(x):\n    open('a', 'w').write(x)\nTABLE = {'say': say, 'keep': keep}\n";
    check(
        &format!("{table}def f(x):\n    TABLE['say'](x)\n"),
        &[],
        "stdout",
    );
    check(
        &format!("{table}def f(x, way='say'):\n    TABLE[way](x)\nf('a')\n"),
        &[],
        "stdout",
    );
    // What is left half done is not what it was meant to be.
    check(
        "def f(work):\n    state = {'done': False}\n    try:\n        work.run()\n        state['done'] = True\n    finally:\n        if not state['done']:\n            print(1)\nclass Work:\n    def run(self):\n        pass\nf(Work())\n",
        &[],
        "stdout",
    );
}

#[test]
fn a_table_in_chunks_is_read_when_they_are_asked_for() {
    check(
        "import pandas as pd\ndef f(reader):\n    for chunk in reader:\n        pass\nf(pd.read_csv('a.csv', chunksize=9))\n",
        &["reader"],
        "read-file",
    );
}

#[test]
fn methods_may_be_made_by_assignments() {
    let class = "from functools import partialmethod\nclass Cart:\n    def __init__(self):\n        self.items = []\n    def add(self, item, count=1):\n        self.items.extend([item] * count)\n    def show(self):\n        print(self.items)\n        return self.items\n";
    for (assigned, used) in [
        ("push = add", "cart.push(1)"),
        (
            "push = lambda self, item: self.items.append(item)",
            "cart.push(1)",
        ),
        ("push = partialmethod(add, count=2)", "cart.push(1)"),
        ("push = partialmethod(add, 1)", "cart.push()"),
        ("last = property(add, add)", "cart.last = 1"),
    ] {
        let text = format!("{class}    {assigned}\ndef f(cart):\n    {used}\nf(Cart())\n");
        check(&text, &["cart"], "pure");
    }
    let text =
        format!("{class}    all = property(show)\ndef f(cart):\n    return cart.all\nf(Cart())\n");
    check(&text, &[], "stdout");
}

#[test]
fn open_files_that_functions_are_given_are_read_or_written() {
    for (imported, used, mode, effects) in [
        ("json", "json.dump(1, file)", "w", "write-file"),
        ("json", "json.load(file)", "r", "read-file"),
        ("csv", "csv.writer(file).writerow([1])", "w", "write-file"),
        ("sys", "print(1, file=file)", "w", "write-file"),
        (
            "pandas",
            "pandas.DataFrame().to_csv(file)",
            "w",
            "write-file",
        ),
        ("pandas", "pandas.read_csv(file)", "r", "read-file"),
    ] {
        let text = format!("import {imported}\ndef f(file):\n    {used}\nf(open('a', '{mode}'))\n");
        check(&text, &["file"], effects);
    }
    check(
        "import csv, io\ndef f(file):\n    csv.writer(file).writerow([1])\nf(io.StringIO())\n",
        &["file"],
        "pure",
    );
}

#[test]
fn what_may_be_a_path_or_a_file_changes_as_a_file() {
    for body in [
        "    handle = open(to, \"w\") if isinstance(to, str) else to\n    handle.write(text)\n    if handle is not to:\n        handle.close()\n",
        "    opened = open(to, \"w\") if isinstance(to, str) else contextlib.nullcontext(to)\n    with opened as handle:\n        handle.write(text)\n",
        "    if hasattr(to, \"write\"):\n        to.write(text)\n    else:\n        with open(to, \"w\") as handle:\n            handle.write(text)\n",
    ] {
        let f = format!("import contextlib\nimport io\ndef f(to, text):\n{body}");
        check(&f, &["to"], "write-file");
        let called = format!("{f}f(io.StringIO(), \"a\")\nf(\"a.txt\", \"a\")\n");
        check(&called, &["to"], "write-file");
    }
    // A class of the program closes as it says.
    let own = "class Box:\n    def close(self):\n        print(1)\ndef f(box):\n    box.close()\n";
    check(own, &[], "stdout");
}

#[test]
fn tables_that_are_aligned_are_new_ones() {
    let f = |copy: &str| {
        format!(
            "import pandas as pd\ndef f(df, other):\n    df, other = df.align(other, join=\"left\", axis=1{copy})\n    other = other[df.columns]\n    other[\"n\"] = 0\n    df.loc[0, \"n\"] = 1\n    return df, other\nf(pd.DataFrame({{\"a\": [1]}}), pd.DataFrame({{\"b\": [1]}}))\n"
        )
    };
    check(&f(""), &[], "pure");
    let facts = facts_of(&f(", copy=False"));
    assert!(facts.mutates.contains("df"));
}

#[test]
fn what_a_generator_gives_is_not_what_it_goes_through() {
    let f = |made: &str| {
        format!(
            "def f(rows):\n    new = {made}\n    for row in new:\n        row[\"n\"] = 0\n    return new\n"
        )
    };
    for made in [
        "list({**row} for row in rows)",
        "sorted((dict(row) for row in rows), key=len)",
        "[*({\"a\": row[\"a\"]} for row in rows if row)]",
    ] {
        check(&f(made), &[], "pure");
    }
    for made in [
        "list(row for row in rows)",
        "sorted((row or {} for row in rows), key=len)",
        "list(part for row in rows for part in row)",
        "list(rows[at] for at in range(3))",
    ] {
        check(&f(made), &["rows"], "pure");
    }
    // It goes through what is there when it is used up.
    for made in [
        "(it for it in seen)",
        "iter(seen)",
        "map(lambda it: it, seen)",
    ] {
        let text = format!(
            "def f(rows):\n    seen = []\n    new = {made}\n    seen.append(rows)\n    for it in new:\n        it.append(1)\n"
        );
        check(&text, &["rows"], "pure");
    }
}

#[test]
fn a_copy_that_a_swallowed_exception_may_skip_protects_nothing() {
    let body = "    with suppress(KeyError):\n        print(df['k'])\n        df = df.copy()\n    df['x'] = 1\n";
    let head = "from contextlib import suppress\nimport pandas as pd\n";
    let call = "f(pd.DataFrame({'a': [1]}))\n";
    check(
        &format!("{head}def f(df):\n{body}{call}"),
        &["df"],
        "stdout",
    );
}

#[test]
fn what_begins_as_a_default_is_changed_as_a_parameter() {
    let kept = "def f(x, acc=[]):\n    acc.append(x)\n    return acc\n";
    for call in ["", "f(1)\n"] {
        check(&format!("{kept}{call}"), &["acc"], "global-state");
    }
    // Its own list is nobody else's business.
    check(&format!("{kept}f(1, [])\n"), &["acc"], "pure");
    let read =
        "def f(x, known={}):\n    known = dict(known)\n    known[x] = 1\n    return known\nf(1)\n";
    check(read, &[], "pure");
}

#[test]
fn what_is_called_as_arrays_are_changes_in_place() {
    for body in ["a += 1", "a -= by", "a[a > 2] = 2"] {
        check(&format!("def f(a, by):\n    {body}\n"), &["a"], "pure");
    }
    for body in ["a = a + 1\n    a += 1", "while a < 10:\n        a += 1"] {
        check(&format!("def f(a, by):\n    {body}\n"), &[], "pure");
    }
    check("def f(n, by):\n    n += by\n    return n\n", &[], "pure");
}

#[test]
fn who_fits_a_pipeline_changes_no_settings_of_its_steps() {
    let head = "from sklearn.compose import ColumnTransformer\nfrom sklearn.linear_model import Ridge\nfrom sklearn.pipeline import Pipeline\nfrom sklearn.preprocessing import StandardScaler\n";
    let of_columns = "ColumnTransformer([('s', StandardScaler(), num_cols)])";
    let f = |last: &str| {
        format!(
            "{head}def f(X, y, alphas, num_cols, model):\n    for alpha in alphas:\n        pipe = Pipeline([('c', {of_columns}), ('m', {last})])\n        pipe.fit(X, y)\n"
        )
    };
    check(&f("Ridge(alpha=alpha)"), &[], "pure");
    check(&f("model"), &["model"], "pure");
}

#[test]
fn async_contexts_and_iterators_of_the_author_run() {
    let class = "class C:\n    async def __aenter__(self):\n        print(1)\n        return self\n    async def __aexit__(self, *rest):\n        pass\n    def __aiter__(self):\n        return self\n    async def __anext__(self):\n        print(2)\n        raise StopAsyncIteration\n    def __await__(self):\n        print(3)\n        yield\n";
    for body in [
        "    async with C():\n        pass\n",
        "    async for x in C():\n        pass\n",
        "    await C()\n",
        "    async with AsyncExitStack() as stack:\n        await stack.enter_async_context(C())\n",
    ] {
        let head = "from contextlib import AsyncExitStack\n";
        check(
            &format!("{head}{class}async def f():\n{body}"),
            &[],
            "stdout",
        );
    }
}

#[test]
fn callbacks_are_those_that_the_function_itself_hands_on() {
    let class = "class B:\n    def __init__(self):\n        self.all = []\n    def click(self):\n        for it in self.all:\n            it()\n";
    let body = "def f(log):\n    b = B()\n    b.all.append(lambda: log.append(1))\n    b.click()\n";
    check(&format!("{class}{body}"), &["log"], "pure");
}

#[test]
fn a_copy_that_contexts_of_the_author_may_skip_protects_nothing() {
    let class = |end: &str| {
        format!(
            "class C:\n    def __enter__(self):\n        return self\n    def __exit__(self, *rest):\n        {end}\n"
        )
    };
    let made = |last: &str| {
        format!(
            "from contextlib import contextmanager\n@contextmanager\ndef C():\n    try:\n        yield\n    except KeyError:\n        {last}\n"
        )
    };
    let body = "    with C():\n        rows['k']\n        rows = list(rows)\n    rows.append(1)\n";
    for (context, changed) in [
        (class("return True"), vec!["rows"]),
        (class("return rest[0] is KeyError"), vec!["rows"]),
        (class("return False"), vec![]),
        (class("pass"), vec![]),
        (made("pass"), vec!["rows"]),
        (made("raise"), vec![]),
        (
            "from contextlib import suppress\nC = lambda: suppress(KeyError)\n".to_owned(),
            vec!["rows"],
        ),
    ] {
        check(
            &format!("{context}def f(rows):\n{body}f([])\n"),
            &changed,
            "pure",
        );
    }
    let stack = "from contextlib import ExitStack as S, suppress as ignore\ndef f(rows):\n    stack = S()\n    stack.enter_context(ignore(IndexError))\n    with stack:\n        rows = list(rows)\n    rows.append(1)\nf([])\n";
    check(stack, &["rows"], "pure");
}

#[test]
fn what_is_handed_to_threads_loops_and_pools_is_changed() {
    let put = "import asyncio, sched, threading, time\nfrom multiprocessing.pool import ThreadPool\ndef put(out, x):\n    out.append(x)\n";
    for body in [
        "threading.Thread(target=put, args=[out, 1]).start()",
        "threading.Thread(target=put, kwargs={'out': out, 'x': 1}).start()",
        "threading.Timer(1, put, [out, 1]).start()",
        "ThreadPool(2).starmap(put, [(out, 1)])",
        "ThreadPool(2).apply(put, (out, 1))",
        "asyncio.new_event_loop().run_in_executor(None, put, out, 1)",
        "asyncio.run(asyncio.to_thread(put, out, 1))",
        "sched.scheduler(time.time, time.sleep).enter(0, 1, put, (out, 1))",
    ] {
        let facts = facts_of(&format!("{put}def f(out):\n    {body}\nf([])\n"));
        assert!(facts.mutates.contains("out"), "{body}");
        assert!(!facts.effects.contains(Effect::Unknown), "{body}");
    }
}

#[test]
fn what_is_cut_by_islice_is_an_iterator() {
    let f = "from itertools import islice\ndef f(lines, n):\n    return list(islice(lines, n))\n";
    check(f, &["lines"], "pure");
    check(&format!("{f}f([1, 2], 1)\n"), &[], "pure");
}

#[test]
fn what_contexts_of_the_author_may_cut_short_binds_nothing_for_certain() {
    let python = "from contextlib import ExitStack, contextmanager, suppress as ignore\nclass C:\n    def __exit__(self, *rest):\n        return True\nclass D(C):\n    pass\nclass E:\n    def __exit__(self, *rest):\n        return False\n@contextmanager\ndef made():\n    try:\n        yield\n    except KeyError:\n        pass\nstack = ExitStack()\nwith ignore(KeyError):\n    a = 1\nwith C():\n    b = 1\nwith D():\n    c = 1\nwith E():\n    d = 1\nwith made():\n    e = 1\nwith stack as s:\n    g = 1\n";
    let program = parse(
        read(Utf8Path::new("input.py"), python.as_bytes())
            .unwrap()
            .output,
    );
    let graph = analyze(&program.output, &Catalog::for_libraries([]), &|_| None);
    let bound = |of: fn(&srcify_effects::Access) -> &std::collections::BTreeSet<String>| {
        let units = graph.units.iter().skip(6);
        let names = units.flat_map(|it| of(&it.access).iter().map(String::as_str));
        names.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(bound(|it| &it.may), "a b c d e g s");
    assert_eq!(bound(|it| &it.must), "d s");
}
