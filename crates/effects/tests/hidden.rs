//! Changes that syntax does not show: through cells, classes, operators, outputs and the end of objects.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use camino::Utf8Path;
use srcify_effects::{Catalog, Effect, EffectGraph, analyze, imported_libraries};
use srcify_syntax::{Program, parse, read};

fn analyzed(python: &str) -> (Program, EffectGraph) {
    let path = Utf8Path::new("input.py");
    let program = parse(read(path, python.as_bytes()).unwrap().output).output;
    let libraries = imported_libraries(&program);
    let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
    let graph = analyze(&program, &catalog, &|_| None);
    (program, graph)
}

/// The names whose objects the last statement changes.
fn changed(python: &str) -> BTreeSet<String> {
    let (_, graph) = analyzed(python);
    let last = graph.units.last().unwrap();
    last.mutates.keys().cloned().collect()
}

/// Whether the last statement may do anything.
fn is_unknown(python: &str) -> bool {
    let (_, graph) = analyzed(python);
    let last = graph.units.last().unwrap();
    last.effects.contains(Effect::Unknown)
}

#[test]
fn a_list_in_a_cell_is_changed_through_the_cell() {
    let series = "import pandas as pd\ntags = ['a']\nrow = pd.Series([tags, ['b']])\n";
    let through = changed(&format!("{series}row[0].append('z')\n"));
    assert!(through.contains("tags") && through.contains("row"));
    let deeper = "import numpy as np\ncells = np.empty(1, dtype=object)\nbag = []\ncells[0] = {}\ncells[0]['k'] = bag\n";
    assert!(changed(&format!("{deeper}cells[0]['k'].append(1)\n")).contains("bag"));
    let named = changed(&format!("{series}cell = row.iloc[0]\ncell += ['q']\n"));
    assert!(named.contains("tags") && named.contains("row"));
    let array =
        "import numpy as np\nbag = [1]\ncells = np.empty(2, dtype=object)\ncells[0] = bag\n";
    let through = changed(&format!("{array}cells[0].append(2)\n"));
    assert!(through.contains("bag") && through.contains("cells"));
}

#[test]
fn numbers_in_cells_change_nothing() {
    let series = "import pandas as pd\ncells = pd.Series([1.0, 2.0])\ncell = cells[0]\n";
    assert!(changed(&format!("{series}cell += 1\n")).is_empty());
}

#[test]
fn what_a_function_writes_its_result_into_is_its_result() {
    let output = "import numpy as np\na = np.zeros(3)\nb = np.add(a, 1, out=a)\n";
    assert!(changed(&format!("{output}b.fill(0)\n")).contains("a"));
}

#[test]
fn objects_share_what_their_class_holds() {
    let class = "class Cart:\n    items = []\n    total = 0\n\none = Cart()\ntwo = Cart()\n";
    let list = changed(&format!("{class}one.items.append(1)\n"));
    assert!(list.contains("two") && list.contains("Cart"));
    let number = changed(&format!("{class}Cart.total += 1\n"));
    assert!(number.contains("two") && number.contains("Cart"));
}

#[test]
fn what_all_objects_of_a_class_share_is_no_argument() {
    let class =
        "class Cart:\n    items = []\n    def add(self, x):\n        self.items.append(x)\n";
    let (_, graph) = analyzed(&format!("{class}one = Cart()\none.add(1)\n"));
    assert!(
        graph.functions["Cart.add"]
            .effects
            .contains(Effect::GlobalState)
    );
    let (_, graph) = analyzed(class);
    assert!(
        graph.functions["Cart.add"]
            .effects
            .contains(Effect::GlobalState)
    );
}

#[test]
fn comparisons_change_the_class_that_counts_them() {
    let class = "class Counted:\n    count = 0\n    def __init__(self, v): self.v = v\n    def __lt__(self, other):\n        Counted.count += 1\n        return self.v < other.v\n";
    let python = format!("{class}all = [Counted(1), Counted(2)]\nleast = min(all)\n");
    assert!(changed(&python).contains("Counted"));
}

#[test]
fn operators_of_unknown_objects_may_change_them() {
    let tasks = "from somewhere import Task\na = Task('a')\nb = Task('b')\n";
    assert!(changed(&format!("{tasks}a >> b\n")).contains("a"));
    assert!(changed(&format!("{tasks}a - b\n")).contains("b"));
    assert!(changed(&format!("{tasks}both = a | b\n")).contains("b"));
    assert!(changed(&format!("{tasks}more = a * 2\n")).is_empty());
    // Arithmetic whose result goes on, and comparisons, compute.
    assert!(changed(&format!("{tasks}same = a == b\n")).is_empty());
    assert!(changed(&format!("{tasks}print(abs(a - b))\n")).is_empty());
}

#[test]
fn the_end_of_an_object_may_run_code() {
    let class = "class File:\n    def __del__(self):\n        print('closed')\n";
    assert!(is_unknown(&format!("{class}f = File()\n")));
    assert!(is_unknown(&format!("{class}f = File()\ndel f\n")));
    assert!(is_unknown(&format!("{class}f = File()\nf = 1\n")));
    assert!(!is_unknown(&format!("{class}f = 1\ndel f\n")));
}

#[test]
fn texts_of_tables_come_before_the_options_that_are_set_after_them() {
    let array = "import numpy as np\nx = np.zeros(2)\n";
    let (_, graph) = analyzed(&format!(
        "{array}s = str(x)\nnp.set_printoptions(precision=2)\nt = f'{{x}}'\n"
    ));
    let acts = |at: usize| graph.units[at].effects.contains(Effect::GlobalState);
    assert!(acts(2) && acts(3) && !acts(4));
}

#[test]
fn options_that_functions_set_may_come_later_than_their_text() {
    let table = "import pandas as pd\n{}df = pd.DataFrame({'a': [1]})\n{}s = str(df)\n";
    let is_pure = |function: &str, before: &str| {
        let python = table.replacen("{}", function, 1).replacen("{}", before, 1);
        let (_, graph) = analyzed(&python);
        graph.units.last().unwrap().effects.is_pure()
    };
    let setter = "pd.set_option('display.width', 20)\n";
    assert!(is_pure("", ""));
    assert!(is_pure("", setter));
    assert!(!is_pure(&format!("def wide():\n    {setter}"), ""));
}

#[test]
fn attributes_hold_what_their_class_sets() {
    let class = "class Job:\n    def __init__(self, todo):\n        self.todo = todo\n        self.done = []\n    def run(self):\n        self.done.append(1)\n";
    let calls = "todo = [1]\njob = Job(todo)\njob.run()\n";
    let changes = |text: String| changed(&text).contains("todo");
    assert!(!changes(format!("{class}{calls}")));
    assert!(changed(&format!("{class}{calls}")).contains("job"));
    // Where something else may set them, they may hold whatever the object holds.
    let set = "setattr(job, 'done', todo)\n";
    assert!(changes(
        format!("{class}{calls}").replace("job.run", &format!("{set}job.run"))
    ));
    let put = "job.done = todo\n";
    assert!(changes(
        format!("{class}{calls}").replace("job.run", &format!("{put}job.run"))
    ));
    let heir = "class Late(Job):\n    def swap(self):\n        self.done = self.todo\n";
    assert!(changes(
        format!("{class}{heir}{calls}")
            .replace("job = Job(todo)\n", "job = Late(todo)\njob.swap()\n")
    ));
    let swap = "    def swap(self):\n        self.done = self.todo\n";
    let by_class = "for one in [job]:\n    Job.swap(one)\n";
    assert!(changes(
        format!("{class}{swap}{calls}").replace("job.run", &format!("{by_class}job.run"))
    ));
    let lent = "    def lend(self, to):\n        old = self.done\n        self.done = to\n        try:\n            self.run()\n        finally:\n            self.done = old\n";
    assert!(changes(
        format!("{class}{lent}{calls}").replace("job.run()", "job.lend(todo)")
    ));
    let met = "class Node:\n    def __init__(self, rows, tail):\n        self.rows = rows\n        self.tail = tail\n        self.next = Node(tail, rows) if rows else None\n    def run(self):\n        self.rows.append(1)\n";
    let met = format!("{met}rows = []\ntail = []\nnode = Node(rows, tail)\nnode.next.run()\n");
    assert!(changed(&met).contains("tail"));
}

/// The effects of a function, and what it changes.
fn does(python: &str, function: &str) -> (String, BTreeSet<String>) {
    let (_, graph) = analyzed(python);
    let facts = &graph.functions[function];
    (facts.effects.to_string(), facts.mutates.clone())
}

#[test]
fn a_thread_runs_its_target_only_where_something_is_started() {
    let build = "import threading\ndef plan(out):\n    worker = threading.Thread(target=out.append, args=(1,))\n    return worker\n";
    assert!(does(build, "plan").1.is_empty());
    let begun = format!("{build}plan([]).start()\n");
    assert!(does(&begun, "plan").1.contains("out"));
}

#[test]
fn methods_of_bases_call_those_of_heirs() {
    let thread = "import threading\nclass Worker(threading.Thread):\n    def __init__(self, out):\n        super().__init__()\n        self.out = out\n    def run(self):\n        print('run')\n        self.out.append(1)\ndef work(out):\n    worker = Worker(out)\n    worker.start()\n";
    let (effects, changed) = does(thread, "work");
    assert!(
        effects.contains("stdout") && changed.contains("out"),
        "{effects}"
    );
    let parser = "from html.parser import HTMLParser\nclass Links(HTMLParser):\n    def handle_starttag(self, tag, attrs):\n        print(tag)\ndef work(text):\n    Links().feed(text)\n";
    assert!(does(parser, "work").0.contains("stdout"));
    let visitor = "import ast\nclass Names(ast.NodeVisitor):\n    def visit_Name(self, node):\n        print(node)\ndef work(tree):\n    Names().visit(tree)\n";
    assert!(does(visitor, "work").0.contains("stdout"));
}

#[test]
fn what_a_container_of_a_library_is_given_changes_its_heir() {
    let text = "from collections import UserDict\nclass Noted(UserDict):\n    def __setitem__(self, key, value):\n        super().__setitem__(key, value)\ndef store(noted: Noted):\n    noted['a'] = 1\n";
    assert!(does(text, "store").1.contains("noted"));
}

#[test]
fn a_context_that_decorates_a_function_is_entered_by_each_call() {
    let class = "from contextlib import ContextDecorator\nclass announced(ContextDecorator):\n    def __enter__(self):\n        print('start')\n    def __exit__(self, *details):\n        return False\n@announced()\ndef work(x):\n    return x + 1\n";
    assert_eq!(does(class, "work").0, "stdout");
    let function = "from contextlib import contextmanager\n@contextmanager\ndef announced():\n    print('start')\n    yield\n@announced()\ndef work(x):\n    return x + 1\ny = work(1)\n";
    assert_eq!(does(function, "work").0, "stdout");
    let (_, graph) = analyzed(function);
    assert!(graph.units[3].effects.contains(Effect::Stdout));
}

#[test]
fn keys_are_hashed() {
    let class = "class Key:\n    def __hash__(self):\n        print('hashed')\n        return 1\n";
    for body in [
        "{key: 1}",
        "{key}",
        "{it: 1 for it in [key]}",
        "[{}]\n    d = {}\n    d[key] = 1",
    ] {
        let text = format!("{class}def index(key: Key):\n    x = {body}\n");
        assert_eq!(does(&text, "index").0, "stdout", "{text}");
    }
}

#[test]
fn keywords_that_are_written_as_a_dictionary_are_keywords() {
    let with = |flag: &str| {
        format!(
            "import pandas as pd\ndef sort(df: pd.DataFrame):\n    return df.sort_values(**{{'by': 'a', 'inplace': {flag}}})\n"
        )
    };
    assert!(does(&with("False"), "sort").1.is_empty());
    assert!(does(&with("True"), "sort").1.contains("df"));
}

#[test]
fn grids_that_are_no_copies_share_memory() {
    let with = |more: &str| {
        format!(
            "import numpy as np\ndef f(x: np.ndarray, y: np.ndarray):\n    a, b = np.meshgrid(x, y{more})\n    a += 1\n"
        )
    };
    assert!(does(&with(", copy=False"), "f").1.contains("x"));
    assert!(does(&with(""), "f").1.is_empty());
}

#[test]
fn a_copied_row_shares_the_lists_in_its_cells() {
    let with = |line: &str| {
        format!(
            "import pandas as pd\ndef f(df):\n    for _, row in df.iterrows():\n        {line}\n"
        )
    };
    assert!(does(&with("row['tags'].append(1)"), "f").1.contains("df"));
    assert!(does(&with("row['n'] = row['n'] * 2"), "f").1.is_empty());
}

#[test]
fn objects_of_a_class_hold_what_was_set_to_them() {
    let class = "class Box:\n    def __init__(self, items):\n        self.items = items\n    def put(self, x):\n        self.items.append(x)\n    def swap(self, items):\n        self.items = items\n";
    let with = |body: &str| format!("{class}def use(a, b):\n    {body}\n");
    let two = "first, second = Box(a), Box(b)\n    ";
    let one = does(&with(&format!("{two}first.put(1)")), "use").1;
    assert_eq!(one, BTreeSet::from(["a".to_owned()]));
    for body in [
        "first.swap(b)\n    first.put(1)",
        "for it in (first, second):\n        it.put(1)",
        "(first if len(a) else second).put(1)",
        "first.items = b\n    first.put(1)",
        "setattr(first, 'items', b)\n    first.put(1)",
        "[first, second][len(a)].put(1)",
    ] {
        let text = with(&format!("{two}{body}"));
        assert!(does(&text, "use").1.contains("b"), "{text}");
    }
    let shared = "class Bag:\n    items = []\n    def begin(self):\n        self.items = []\ndef use(x):\n    bag = Bag()\n    if x:\n        bag.begin()\n    bag.items.append(x)\n";
    assert!(does(shared, "use").0.contains("global-state"));
    let deep = "class Node:\n    def __init__(self, log):\n        self.log = []\n        self.next = None\n    def walk(self, log):\n        self.log = log\n        if self.next:\n            self.next.walk(log)\ndef use(log):\n    first, second = Node([]), Node([])\n    first.next = second\n    first.walk(log)\n    second.log.append(1)\n";
    assert!(does(deep, "use").1.contains("log"));
}

#[test]
fn what_may_be_none_has_the_methods_of_what_else_it_may_be() {
    let text = "class Node:\n    def __init__(self, log):\n        self.log = log\n        self.next = None\n    def walk(self):\n        self.log.append(1)\n        if self.next:\n            self.next.walk()\ndef use(log):\n    first, second = Node([]), Node(log)\n    first.next = second\n    first.walk()\n";
    let (effects, changed) = does(text, "use");
    assert_eq!(effects, "pure");
    assert!(changed.contains("log"));
}

#[test]
fn what_is_not_known_may_be_of_the_classes_that_have_the_method() {
    let text = "class Recorder:\n    def __init__(self):\n        self.seen = []\n    def update(self, value):\n        self.seen.append(value)\n        print(value)\ndef tell(them, value):\n    for it in them:\n        it.update(value)\n";
    let (effects, changed) = does(text, "tell");
    assert_eq!(effects, "stdout");
    assert!(changed.contains("them"));
    // A dictionary may be meant as well.
    let text = "class Quiet:\n    def update(self, value):\n        return value\ndef tell(them, value):\n    for it in them:\n        it.update(value)\n";
    assert!(does(text, "tell").1.contains("them"));
    // A statement of the program itself rests on nothing of that.
    assert!(is_unknown(&format!(
        "{text}from somewhere import it\nit.update(1)\n"
    )));
}

#[test]
fn a_ufunc_writes_into_each_of_its_outputs() {
    let modf = "import numpy as np\ndef f(x, whole):\n    rest = np.empty(3)\n    np.modf(x, out=(rest, whole))\n    return rest\n";
    assert_eq!(does(modf, "f").1, BTreeSet::from(["whole".to_owned()]));
    let filled = "import numpy as np\ndef f(x, scratch):\n    np.exp(x, out=scratch)\n    scratch += 1.0\n    return 1.0 / scratch\n";
    assert_eq!(does(filled, "f").1, BTreeSet::from(["scratch".to_owned()]));
}

#[test]
fn what_a_class_holds_is_no_part_of_its_objects() {
    let team = "class Team:\n    members = []\n    made = 0\n    def add(self, name):\n        self.members.append(name)\n    def count(self):\n        Team.made += 1\n";
    for method in ["Team.add", "Team.count"] {
        let (effects, changes) = does(team, method);
        assert_eq!(effects, "global-state", "{method}");
        assert!(changes.is_empty(), "{method}");
    }
    let given = format!("{team}def f(names):\n    names.append(1)\nf(Team.members)\n");
    assert_eq!(does(&given, "f").1, BTreeSet::from(["names".to_owned()]));
}

#[test]
fn weights_of_a_model_of_keras_are_drawn_when_it_is_made() {
    let text = "from tensorflow.keras.layers import Dense\nfrom tensorflow.keras.models import Sequential\nfrom tensorflow.keras.optimizers import Adam\ndef f(n):\n    return Sequential([Dense(8, input_shape=(n,)), Dense(1)])\ndef step(opt, gradients, weights):\n    opt.apply_gradients(zip(gradients, weights))\n";
    assert_eq!(does(text, "f").0, "random");
    let (effects, changes) = does(text, "step");
    assert_eq!(effects, "pure");
    assert!(changes.contains("opt"));
}

#[test]
fn what_a_function_reads_back_of_its_own_file_it_reads_of_no_file() {
    let with = |open: &str| {
        format!(
            "import tempfile\ndef f(path):\n    with {open} as it:\n        it.write('a')\n        it.seek(0)\n        return it.read()\n"
        )
    };
    for open in ["open(path, 'w+')", "open(path, mode='x+')"] {
        assert_eq!(does(&with(open), "f").0, "write-file", "{open}");
    }
    for open in [
        "tempfile.TemporaryFile('w+')",
        "tempfile.SpooledTemporaryFile()",
    ] {
        let effects = does(&with(open), "f").0;
        assert_eq!(effects, "write-file, nondeterministic", "{open}");
    }
    for open in ["open(path, 'r+')", "open(path, 'a+')", "open(path, mode)"] {
        assert!(does(&with(open), "f").0.contains("read-file"), "{open}");
    }
    // What others do to a file that is open for longer shows.
    let text = "def read(it):\n    return it.read()\nit = open('a', 'w+')\nread(it)\n";
    assert_eq!(does(text, "read").0, "read-file");
}

#[test]
fn functions_that_a_library_is_given_may_be_called_by_it() {
    let head = "import numpy as np\nimport pandas as pd\nfrom sklearn.model_selection import GridSearchCV\nfrom sklearn.linear_model import Ridge\nfrom scipy.optimize import minimize\nd = pd.DataFrame({'x': [1.0], 'g': ['a']})\n";
    let draws = |statement: &str| {
        let (_, graph) = analyzed(&format!("{head}{statement}\n"));
        graph.units.last().unwrap().effects.contains(Effect::Random)
    };
    for statement in [
        "d.assign(z=lambda it: np.random.rand())",
        "d.groupby('g').agg(m=('x', lambda it: np.random.rand()))",
        "d.groupby('g').agg(m=pd.NamedAgg('x', lambda it: np.random.rand()))",
        "d.sort_values('x', key=lambda it: it * np.random.rand())",
        "d.loc[lambda it: it.x > np.random.rand()]",
        "d.loc[lambda it: it.x > np.random.rand(), 'x']",
        "d.where(lambda it: it > np.random.rand())",
        "minimize(lambda v: v[0], [1.0], constraints=[{'type': 'eq', 'fun': lambda v: np.random.rand()}])",
        "from sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import FunctionTransformer\ns = make_pipeline(FunctionTransformer(lambda x: x + np.random.rand()))\ns.transform([[1]])",
        "s = GridSearchCV(Ridge(), {}, scoring=lambda m, x, y: np.random.rand())\ns.fit([[1]], [1])",
    ] {
        assert!(draws(statement), "{statement}");
    }
    // Nobody knows what a function of an unknown library does, whatever it is given.
    let unknown = "import nowhere\nd.sort_values('x', key=lambda it: nowhere.log(it))\n";
    assert!(is_unknown(&format!("{head}{unknown}")));
    // What its body does with an argument of which nothing is known is no effect.
    for statement in [
        "d.sort_values('x', key=lambda it: it.anything())",
        "d.loc[lambda it: it.x > 1]",
    ] {
        assert!(
            !draws(statement) && !is_unknown(&format!("{head}{statement}\n")),
            "{statement}"
        );
    }
}

#[test]
fn what_a_search_found_tells_its_names_without_drawing() {
    let head = "import pandas as pd\nfrom sklearn.linear_model import LogisticRegression\nfrom sklearn.model_selection import RandomizedSearchCV\nfrom sklearn.pipeline import Pipeline\nfrom sklearn.preprocessing import StandardScaler\nd = pd.read_csv('a.csv')\ns = RandomizedSearchCV(Pipeline([('p', StandardScaler()), ('c', LogisticRegression())]), {'c__C': [1, 2]})\ns.fit(d[['x']], d['y'])\n";
    let step = "s.best_estimator_.named_steps['p']";
    assert!(!is_unknown(&format!(
        "{head}n = {step}.get_feature_names_out()\n"
    )));
    // What is fitted again may draw.
    assert!(is_unknown(&format!(
        "{head}n = {step}.fit_transform(d[['x']])\n"
    )));
}
