//! What statements do, on small Python.
#![allow(clippy::unwrap_used, clippy::needless_raw_string_hashes)]

use std::fmt::Write;

use camino::Utf8Path;
use expect_test::{Expect, expect};
use srcify_effects::{Catalog, EffectGraph, analyze, imported_libraries};
use srcify_syntax::{Program, parse, read};

fn analyzed(python: &str) -> (Program, EffectGraph) {
    let source = read(Utf8Path::new("input.py"), python.as_bytes())
        .unwrap()
        .output;
    let program = parse(source).output;
    let libraries = imported_libraries(&program);
    let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
    let graph = analyze(&program, &catalog, &|_| None);
    (program, graph)
}

fn check(python: &str, expected: Expect) {
    let (program, graph) = analyzed(python);
    let mut text = String::new();
    for (unit, facts) in program.units().iter().zip(&graph.units) {
        let line = program.text(unit.range).lines().next().unwrap_or_default();
        if line.starts_with("import") || line.starts_with("from") {
            continue;
        }
        write!(text, "{line:<40}  {}", facts.effects).unwrap();
        if !facts.mutates.is_empty() {
            write!(text, "  mutates {:?}", facts.mutates).unwrap();
        }
        if !facts.types.is_empty() {
            let types: Vec<String> = facts
                .types
                .iter()
                .map(|(name, ty)| format!("{name}: {ty}"))
                .collect();
            write!(text, "  {}", types.join(", ")).unwrap();
        }
        text.push('\n');
    }
    expected.assert_eq(&text);
}

#[test]
fn setting_a_column_leaves_columns_taken_before_alone() {
    check(
        "import pandas as pd\ndf = pd.read_csv('a.csv')\ny = df['t']\nsame = df\ndf['x'] = 1\ndf.dropna(inplace=True)\ndf.fillna(0, inplace=True)\n",
        expect![[r#"
            df = pd.read_csv('a.csv')                 read-file  df: pandas.DataFrame[str]
            y = df['t']                               pure  y: pandas.Series
            same = df                                 pure  same: pandas.DataFrame[str]
            df['x'] = 1                               pure  mutates {"df": Own, "same": Own}  df: pandas.DataFrame[str], same: pandas.DataFrame[str]
            df.dropna(inplace=True)                   pure  mutates {"df": Own, "same": Own}  df: pandas.DataFrame[str], same: pandas.DataFrame[str]
            df.fillna(0, inplace=True)                pure  mutates {"df": Own, "same": Own, "y": Alias}  df: pandas.DataFrame[str], same: pandas.DataFrame[str], y: pandas.Series
        "#]],
    );
}

#[test]
fn a_column_that_is_popped_is_no_part_of_what_is_left() {
    check(
        "import pandas as pd\ndf = pd.read_csv('a.csv')\ny = df.pop('t').map({'a': 1})\nz = df.pop('u')\ndf['x'] = 1\ndf.fillna(0, inplace=True)\nz[0] = 5\n",
        expect![[r#"
            df = pd.read_csv('a.csv')                 read-file  df: pandas.DataFrame[str]
            y = df.pop('t').map({'a': 1})             pure  mutates {"df": Own}  df: pandas.DataFrame[str], y: pandas.Series
            z = df.pop('u')                           pure  mutates {"df": Own}  df: pandas.DataFrame[str], z: pandas.Series
            df['x'] = 1                               pure  mutates {"df": Own}  df: pandas.DataFrame[str]
            df.fillna(0, inplace=True)                pure  mutates {"df": Own, "z": Alias}  df: pandas.DataFrame[str], z: pandas.Series
            z[0] = 5                                  pure  mutates {"df": Own, "z": Own}  df: pandas.DataFrame[str], z: pandas.Series
        "#]],
    );
}

#[test]
fn what_is_scaled_in_place_is_given_back() {
    let scaled = "import numpy as np\nfrom sklearn.preprocessing import StandardScaler\na = np.ones((4, 2))\nb = StandardScaler(copy=False).fit_transform(a)\na[0] = 5\n";
    let changed = |python: &str| {
        let (_, graph) = analyzed(python);
        let mutates = &graph.units.last().unwrap().mutates;
        mutates.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(changed(scaled), ["a", "b"]);
    assert_eq!(changed(&scaled.replace("copy=False", "")), ["a"]);
}

#[test]
fn what_keeps_nothing_of_its_data_leads_to_none() {
    let fitted = |class: &str| {
        format!(
            "import pandas as pd\nfrom sklearn.neighbors import KNeighborsClassifier\nfrom sklearn.preprocessing import LabelEncoder\ndf = pd.read_csv('a.csv')\nmodel = {class}()\nmodel.fit(df[['x']], df['y'])\ndf.fillna(0, inplace=True)\n"
        )
    };
    let changed = |python: &str| {
        let (_, graph) = analyzed(python);
        let mutates = &graph.units.last().unwrap().mutates;
        mutates.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(changed(&fitted("LabelEncoder")), ["df"]);
    assert_eq!(changed(&fitted("KNeighborsClassifier")), ["df", "model"]);
    // A class of the program may keep what it likes.
    let own = fitted("Own").replace(
        "df = ",
        "class Own(LabelEncoder):\n    def fit(self, X, y):\n        self.y = y\n        return self\ndf = ",
    );
    assert_eq!(changed(&own), ["df", "model"]);
}

#[test]
fn effects_follow_calls() {
    check(
        "def log(x):\n    print(x)\ndef clean(x):\n    log(x)\n    return x + 1\ny = clean(1)\nz = len('a')\n",
        expect![[r#"
            def log(x):                               pure  log: function
            def clean(x):                             pure  clean: function
            y = clean(1)                              stdout  y: int
            z = len('a')                              pure  z: int
        "#]],
    );
}

#[test]
fn unknown_calls_may_do_anything() {
    check(
        "import nowhere\nxs = [1]\ny = nowhere.f(xs)\n",
        expect![[r#"
        xs = [1]                                  pure  xs: list[int]
        y = nowhere.f(xs)                         unknown  mutates {"xs": Own, "y": Own}  xs: list[int]
    "#]],
    );
}

#[test]
fn estimators_without_a_seed_draw_when_they_fit() {
    check(
        "from sklearn.ensemble import RandomForestClassifier\nX = [[1]]\ny = [1]\na = RandomForestClassifier(random_state=0)\na.fit(X, y)\nb = RandomForestClassifier()\nb.fit(X, y)\n",
        expect![[r#"
            X = [[1]]                                 pure  X: list[list[int]]
            y = [1]                                   pure  y: list[int]
            a = RandomForestClassifier(random_state=0)  pure  a: sklearn.ensemble.RandomForestClassifier
            a.fit(X, y)                               pure  mutates {"a": Own}  a: sklearn.ensemble.RandomForestClassifier
            b = RandomForestClassifier()              pure  b: sklearn.ensemble.RandomForestClassifier
            b.fit(X, y)                               random  mutates {"b": Own}  b: sklearn.ensemble.RandomForestClassifier
        "#]],
    );
}

#[test]
fn what_is_unpacked_for_a_call_stays_as_it_is() {
    check(
        "import matplotlib.pyplot as plt\nimport networkx as nx\nG = nx.Graph()\nstyle = {'alpha': 0.9, 'node_size': 8}\nnx.draw(G, **style)\nfig, ax = plt.subplots()\nplace = {'ax': ax}\nnx.draw(G, **place)\n",
        expect![[r#"
            G = nx.Graph()                            pure  G: networkx.Graph
            style = {'alpha': 0.9, 'node_size': 8}    pure  style: dict[str, float | int]
            nx.draw(G, **style)                       figure
            fig, ax = plt.subplots()                  figure  ax: matplotlib.axes.Axes, fig: matplotlib.figure.Figure
            place = {'ax': ax}                        pure  place: dict[str, matplotlib.axes.Axes]
            nx.draw(G, **place)                       figure  mutates {"ax": Own, "place": Alias}  ax: matplotlib.axes.Axes, place: dict[str, matplotlib.axes.Axes]
        "#]],
    );
}

#[test]
fn a_figure_changes_nothing_that_it_shows() {
    check(
        "import matplotlib.pyplot as plt\nimport numpy as np\nfrom sklearn.cluster import KMeans\nx = np.arange(3)\nmodel = KMeans()\nfig, ax = plt.subplots()\nax.plot(x, model.labels_)\nax.grid()\npoints = ax.scatter(x, x)\nax.legend(*points.legend_elements())\n",
        expect![[r#"
            x = np.arange(3)                          pure  x: numpy.ndarray[numpy.int64, vector]
            model = KMeans()                          pure  model: sklearn.cluster.KMeans
            fig, ax = plt.subplots()                  figure  ax: matplotlib.axes.Axes, fig: matplotlib.figure.Figure
            ax.plot(x, model.labels_)                 pure  mutates {"ax": Own}  ax: matplotlib.axes.Axes
            ax.grid()                                 pure  mutates {"ax": Own}  ax: matplotlib.axes.Axes
            points = ax.scatter(x, x)                 pure  mutates {"ax": Own}  ax: matplotlib.axes.Axes, points: matplotlib.part
            ax.legend(*points.legend_elements())      pure  mutates {"ax": Own, "points": Own}  ax: matplotlib.axes.Axes, points: matplotlib.part
        "#]],
    );
}

#[test]
fn all_elements_of_a_repeated_tuple_have_its_type() {
    check(
        "import numpy as np\na, b = np.meshgrid([1], [2])\nc = b.ravel()\n",
        expect![[r#"
            a, b = np.meshgrid([1], [2])              pure  a: numpy.ndarray, b: numpy.ndarray
            c = b.ravel()                             pure  c: numpy.ndarray[unknown, vector]
        "#]],
    );
}

#[test]
fn looking_at_what_was_fitted_draws_nothing() {
    check(
        "from sklearn.cluster import KMeans\nX = [[1]]\nmodels = [KMeans()]\nfor name, model in zip(['a'], models):\n    print(name)\n",
        expect![[r#"
            X = [[1]]                                 pure  X: list[list[int]]
            models = [KMeans()]                       pure  models: list[sklearn.cluster.KMeans]
            for name, model in zip(['a'], models):    stdout  model: sklearn.cluster.KMeans, name: str
        "#]],
    );
}

#[test]
fn some_drawing_changes_what_it_draws() {
    check(
        "from sktime.datasets import load_airline\nfrom sktime.utils.plotting import plot_series\ny = load_airline()\nplot_series(y, labels=['y'])\n",
        expect![[r#"
            y = load_airline()                        pure  y: pandas.Series
            plot_series(y, labels=['y'])              figure  mutates {"y": Own}  y: pandas.Series
        "#]],
    );
}

#[test]
fn a_method_that_only_its_class_is_known_for_may_act() {
    check(
        "from mapie.exchangeability_testing import FixedDatasetExchangeabilityTest\ntest = FixedDatasetExchangeabilityTest()\ntest.run([[1]], [1])\ntest.describe()\n",
        expect![[r#"
            test = FixedDatasetExchangeabilityTest()  pure  test: mapie.exchangeability_testing.FixedDatasetExchangeabilityTest
            test.run([[1]], [1])                      pure  mutates {"test": Own}  test: mapie.exchangeability_testing.FixedDatasetExchangeabilityTest
            test.describe()                           pure  mutates {"test": Own}  test: mapie.exchangeability_testing.FixedDatasetExchangeabilityTest
        "#]],
    );
}

#[test]
fn an_object_that_holds_functions_has_methods_of_its_own() {
    check(
        "from lmfit.models import ExponentialModel, GaussianModel\nmodel = GaussianModel() + ExponentialModel() + GaussianModel()\npars = model.make_params(a=1)\ndef after(result):\n    return None\nmodel.post_fit = after\nout = model.fit([1], pars)\npars.add('area', expr='a')\n",
        expect![[r#"
            model = GaussianModel() + ExponentialModel() + GaussianModel()  pure
            pars = model.make_params(a=1)             pure
            def after(result):                        pure  after: function
            model.post_fit = after                    pure  mutates {"model": Own}
            out = model.fit([1], pars)                pure  mutates {"model": Own, "out": Alias, "pars": Alias}
            pars.add('area', expr='a')                pure  mutates {"model": Own, "out": Alias, "pars": Own}
        "#]],
    );
}

#[test]
fn a_class_that_makes_its_objects_from_other_things_is_known() {
    check(
        "import statsmodels.api as sm\nmodel = sm.MixedLM.from_formula('y ~ x', {'y': [1], 'x': [2]}, groups=[1])\nresult = model.fit()\n",
        expect![[r#"
            model = sm.MixedLM.from_formula('y ~ x', {'y': [1], 'x': [2]}, groups=[1])  pure  model: statsmodels.regression.mixed_linear_model.MixedLM
            result = model.fit()                      pure  result: statsmodels.regression.mixed_linear_model.MixedLMResultsWrapper
        "#]],
    );
}

#[test]
fn a_generator_holds_what_it_goes_through() {
    check(
        "queue = [1]\nlimit = [2]\nsource = (v for v in queue if v in limit)\nqueue.append(2)\nlimit.append(1)\n",
        expect![[r#"
            queue = [1]                               pure  queue: list[int]
            limit = [2]                               pure  limit: list[int]
            source = (v for v in queue if v in limit)  pure  source: Generator[int]
            queue.append(2)                           pure  mutates {"queue": Own, "source": Alias}  queue: list[int], source: Generator[int]
            limit.append(1)                           pure  mutates {"limit": Own, "source": Alias}  limit: list[int], source: Generator[int]
        "#]],
    );
}

#[test]
fn example_data_have_the_types_of_their_set() {
    check(
        "import statsmodels.api as sm\nfrom sklearn.datasets import load_iris\ndata = sm.datasets.longley.load_pandas()\ny = data.endog\nfeatures = data.exog\nx, labels = load_iris(return_X_y=True)\n",
        expect![[r#"
            data = sm.datasets.longley.load_pandas()  pure  data: statsmodels.datasets.utils.Dataset[pandas.Series, pandas.DataFrame]
            y = data.endog                            pure  y: pandas.Series
            features = data.exog                      pure  features: pandas.DataFrame
            x, labels = load_iris(return_X_y=True)    pure  labels: numpy.ndarray, x: numpy.ndarray[number]
        "#]],
    );
}

#[test]
fn a_name_that_is_bound_again_is_read_with_the_other_names_of_its_object() {
    let python = "ids = [1]\nnumbers = ids\nids = ids[::-1]\nnumbers.insert(0, 5)\n";
    let source = read(Utf8Path::new("input.py"), python.as_bytes())
        .unwrap()
        .output;
    let program = parse(source).output;
    let graph = analyze(&program, &Catalog::for_libraries([]), &|_| None);
    let looked_at: Vec<Vec<&str>> = graph
        .units
        .iter()
        .map(|unit| unit.looks_at.iter().map(String::as_str).collect())
        .collect();
    // What `insert` changes is what the copy was made of: it must not come first.
    assert_eq!(looked_at, [vec![], vec![], vec!["numbers"], vec![]]);
}

#[test]
fn a_view_of_a_dictionary_changes_with_it() {
    check(
        "prices = {\"a\": 1}\nnames = prices.keys()\nprices[\"b\"] = 2\n",
        expect![[r#"
            prices = {"a": 1}                         pure  prices: dict[str, int]
            names = prices.keys()                     pure  names: dict_keys[str]
            prices["b"] = 2                           pure  mutates {"names": Own, "prices": Own}  names: dict_keys[str], prices: dict[str, int]
        "#]],
    );
}

#[test]
fn what_a_loop_puts_at_its_own_keys_no_later_pass_changes() {
    check(
        "def merge(into, other):\n    for key, value in other.items():\n        if key in into:\n            into[key].append(1)\n        else:\n            into[key] = value\na = {'x': [1]}\nb = {'y': [2]}\nmerge(a, b)\n",
        expect![[r#"
            def merge(into, other):                   pure  merge: function
            a = {'x': [1]}                            pure  a: dict[str, list[int]]
            b = {'y': [2]}                            pure  b: dict[str, list[int]]
            merge(a, b)                               pure  mutates {"a": Own}  a: dict[str, list[int]]
        "#]],
    );
}

#[test]
fn what_a_loop_puts_at_other_keys_later_passes_change() {
    check(
        "def merge(into, other):\n    for key, value in other.items():\n        into['last'].append(1)\n        into['last'] = value\na = {'last': [1]}\nb = {'y': [2]}\nmerge(a, b)\n",
        expect![[r#"
            def merge(into, other):                   pure  merge: function
            a = {'last': [1]}                         pure  a: dict[str, list[int]]
            b = {'y': [2]}                            pure  b: dict[str, list[int]]
            merge(a, b)                               pure  mutates {"a": Own, "b": Alias}  a: dict[str, list[int]], b: dict[str, list[int]]
        "#]],
    );
}

#[test]
fn a_recursion_on_copies_leaves_what_it_was_given_alone() {
    check(
        "def merge_sort(xs):\n    if len(xs) < 2:\n        return xs\n    left, right = merge_sort(xs[:1]), merge_sort(xs[1:])\n    out = []\n    while left and right:\n        out.append(left.pop(0) if left[0] <= right[0] else right.pop(0))\n    return out + left + right\na = [3, 1, 2]\nb = merge_sort(a)\n",
        expect![[r#"
            def merge_sort(xs):                       pure  merge_sort: function
            a = [3, 1, 2]                             pure  a: list[int]
            b = merge_sort(a)                         pure  b: list
        "#]],
    );
}

#[test]
fn a_query_leaves_the_connection_as_it_is() {
    check(
        "import sqlite3\nconnection = sqlite3.connect('a.db')\nrows = connection.execute('SELECT 1').fetchall()\nconnection.execute('INSERT INTO t VALUES (1)')\n",
        expect![[r#"
            connection = sqlite3.connect('a.db')      database  connection: sqlite3.Connection
            rows = connection.execute('SELECT 1').fetchall()  database  rows: list
            connection.execute('INSERT INTO t VALUES (1)')  database  mutates {"connection": Own}  connection: sqlite3.Connection
        "#]],
    );
}

#[test]
fn a_function_that_unbinds_a_name_of_the_module_changes_it() {
    let python = "k = 1\ndef drop():\n    global k\n    del k\ndrop()\n";
    let source = read(Utf8Path::new("input.py"), python.as_bytes())
        .unwrap()
        .output;
    let program = parse(source).output;
    let graph = analyze(&program, &Catalog::for_libraries([]), &|_| None);
    let last = graph.units.last().unwrap();
    assert!(last.writes_by_call.contains("k"), "{last:?}");
}

/// What is merged into a container is an element of it, and has the types of elements.
#[test]
fn containers_lead_to_what_is_merged_into_them() {
    check(
        "import heapq\nfrom concurrent.futures import ThreadPoolExecutor\nitem = [1]\nd = {'a': item}\nmerged = {**d, 'rate': 3}\nmerged['a'].append(2)\nother = {'rate': 3}\nother |= d\nother['a'].append(2)\nxs = [1, 2]\nxs += [item]\nxs[2].append(3)\nheap = [(1, item)]\nleast = heapq.heappop(heap)\nleast[1].append(4)\na, b = zip(*[(item, 1)])\na[0].append(5)\nys = [*xs, 1]\nys[2].append(6)\nwith ThreadPoolExecutor() as pool:\n    pool.submit(lambda: item).result().append(6)\n",
        expect![[r#"
            item = [1]                                pure  item: list[int]
            d = {'a': item}                           pure  d: dict[str, list[int]]
            merged = {**d, 'rate': 3}                 pure  merged: dict[str, list[int] | int]
            merged['a'].append(2)                     pure  mutates {"d": Alias, "item": Own, "merged": Alias}  d: dict[str, list[int]], item: list[int], merged: dict[str, list[int] | int]
            other = {'rate': 3}                       pure  other: dict[str, int]
            other |= d                                pure  mutates {"other": Own}  other: dict[str, int | list[int]]
            other['a'].append(2)                      pure  mutates {"d": Alias, "item": Own, "merged": Alias, "other": Alias}  d: dict[str, list[int]], item: list[int], merged: dict[str, list[int] | int], other: dict[str, int | list[int]]
            xs = [1, 2]                               pure  xs: list[int]
            xs += [item]                              pure  mutates {"xs": Own}  xs: list[int | list[int]]
            xs[2].append(3)                           pure  mutates {"d": Alias, "item": Own, "merged": Alias, "other": Alias, "xs": Alias}  d: dict[str, list[int]], item: list[int], merged: dict[str, list[int] | int], other: dict[str, int | list[int]], xs: list[int | list[int]]
            heap = [(1, item)]                        pure  heap: list[tuple[int, list[int]]]
            least = heapq.heappop(heap)               pure  mutates {"heap": Own}  heap: list[tuple[int, list[int]]], least: tuple[int, list[int]]
            least[1].append(4)                        pure  mutates {"d": Alias, "heap": Alias, "item": Own, "least": Own, "merged": Alias, "other": Alias, "xs": Alias}  d: dict[str, list[int]], heap: list[tuple[int, list[int]]], item: list[int], least: tuple[int, list[int]], merged: dict[str, list[int] | int], other: dict[str, int | list[int]], xs: list[int | list[int]]
            a, b = zip(*[(item, 1)])                  pure
            a[0].append(5)                            pure  mutates {"a": Own, "b": Own, "d": Alias, "heap": Alias, "item": Own, "least": Alias, "merged": Alias, "other": Alias, "xs": Alias}  d: dict[str, list[int]], heap: list[tuple[int, list[int]]], item: list[int], least: tuple[int, list[int]], merged: dict[str, list[int] | int], other: dict[str, int | list[int]], xs: list[int | list[int]]
            ys = [*xs, 1]                             pure  ys: list[unknown]
            ys[2].append(6)                           pure  mutates {"a": Alias, "b": Alias, "d": Alias, "heap": Alias, "item": Own, "least": Alias, "merged": Alias, "other": Alias, "xs": Alias, "ys": Alias}  d: dict[str, list[int]], heap: list[tuple[int, list[int]]], item: list[int], least: tuple[int, list[int]], merged: dict[str, list[int] | int], other: dict[str, int | list[int]], xs: list[int | list[int]], ys: list[unknown]
            with ThreadPoolExecutor() as pool:        nondeterministic, unknown  mutates {"a": Alias, "b": Alias, "d": Alias, "heap": Alias, "item": Own, "least": Alias, "merged": Alias, "other": Alias, "xs": Alias, "ys": Alias}  d: dict[str, list[int]], heap: list[tuple[int, list[int]]], item: list[int], least: tuple[int, list[int]], merged: dict[str, list[int] | int], other: dict[str, int | list[int]], pool: concurrent.futures.ThreadPoolExecutor, xs: list[int | list[int]], ys: list[unknown]
        "#]],
    );
}

#[test]
fn parts_of_a_type_that_say_nothing_are_asked_once() {
    // What `n` is nobody can tell: asked for a member or an operand, it must not appear to be the whole again.
    check(
        "for n in {}:\n    for a, *n in ['d', *a]:\n        continue\n    x = (3 if c else n).real\n    y = (None if c else n) // [z]\n    w = abs(None if c else n)\n    v = [k for k in (None if c else n)]\n",
        expect![[r#"
            for n in {}:                              pure  v: list[unknown]
        "#]],
    );
}

#[test]
fn what_is_put_back_is_exactly_what_was_there() {
    check(
        "d = {'a': 1}\nlog = []\ndef once(v):\n    old = d['a']\n    d['a'] = v\n    try:\n        return d['a']\n    finally:\n        d['a'] = old\ndef twice(v):\n    old = d['a']\n    try:\n        d['a'] = v\n    finally:\n        d['a'] = old\n        d['a'] = 7\ndef other(v):\n    old = d['a']\n    old = v\n    try:\n        d['a'] = 9\n    finally:\n        d['a'] = old\ndef moved(k):\n    old = d[k]\n    try:\n        d[k] = 2\n        k = 'b'\n    finally:\n        d[k] = old\ndef pushed(x):\n    log.append(x)\n    try:\n        return len(log)\n    finally:\n        log.pop()\ndef left(x):\n    log.append(x)\n    try:\n        log.append(x)\n    finally:\n        log.pop()\ndef counted(o):\n    o.n += 1\n    try:\n        return o.n\n    finally:\n        o.n -= 1\nonce(1)\npushed(1)\ntwice(1)\nother(1)\nmoved('a')\nleft(1)\n",
        expect![[r#"
            d = {'a': 1}                              pure  d: dict[str, int]
            log = []                                  pure  log: list
            def once(v):                              pure  once: function
            def twice(v):                             pure  twice: function
            def other(v):                             pure  other: function
            def moved(k):                             pure  moved: function
            def pushed(x):                            pure  pushed: function
            def left(x):                              pure  left: function
            def counted(o):                           pure  counted: function
            once(1)                                   pure
            pushed(1)                                 pure
            twice(1)                                  pure  mutates {"d": Own}  d: dict[str, int]
            other(1)                                  pure  mutates {"d": Own}  d: dict[str, int]
            moved('a')                                pure  mutates {"d": Own}  d: dict[str, int]
            left(1)                                   pure  mutates {"log": Own}  log: list[int]
        "#]],
    );
}

#[test]
fn replacing_fields_makes_an_object() {
    check(
        "from dataclasses import dataclass, replace\nfrom typing import ClassVar\n@dataclass\nclass Order:\n    id: int\n    known: ClassVar[dict] = {}\n    def __post_init__(self):\n        Order.known[self.id] = self\n@dataclass\nclass Loud:\n    id: int\n    def __post_init__(self):\n        print(self.id)\na = Order(1)\nb = replace(a, id=2)\nrest = [a, b]\nc = replace(rest[0], id=3)\nd = Loud(1)\ne = replace(d, id=2)\n",
        expect![[r#"
            @dataclass                                pure  Order: type
            @dataclass                                pure  Loud: type
            a = Order(1)                              global-state  mutates {"Order": Alias, "a": Alias}  Order: type, a: Order
            b = replace(a, id=2)                      global-state  mutates {"Order": Alias, "a": Alias, "b": Alias}  Order: type, a: Order, b: Order
            rest = [a, b]                             pure  rest: list[Order]
            c = replace(rest[0], id=3)                global-state  mutates {"Order": Alias, "a": Alias, "b": Alias, "c": Alias, "rest": Alias}  Order: type, a: Order, b: Order, c: Order, rest: list[Order]
            d = Loud(1)                               stdout  d: Loud
            e = replace(d, id=2)                      stdout  e: Loud
        "#]],
    );
}

#[test]
fn what_tables_draw_is_told_where_nobody_knows_that_they_are_tables() {
    check(
        "import pandas as pd\nimport matplotlib.pyplot as plt\ndf = pd.DataFrame({'a': [1, 2, 3], 'b': [3, 1, 2]})\nfor i in range(2):\n    s = df['a'] * i\n    if i == 0:\n        total = s\n    else:\n        total = total + s\ntotal.plot(kind='bar')\ntotal.plot.barh()\ntotal.hist()\n",
        expect![[r#"
            df = pd.DataFrame({'a': [1, 2, 3], 'b': [3, 1, 2]})  pure  df: pandas.DataFrame[str]
            for i in range(2):                        pure  i: int, s: pandas.Series
            total.plot(kind='bar')                    unknown  mutates {"s": Own, "total": Own}  s: pandas.Series
            total.plot.barh()                         unknown  mutates {"s": Own, "total": Own}  s: pandas.Series
            total.hist()                              unknown  mutates {"s": Own, "total": Own}  s: pandas.Series
        "#]],
    );
}

#[test]
fn a_pipeline_fits_its_steps_and_not_their_columns() {
    check(
        "from sklearn.pipeline import Pipeline\nfrom sklearn.compose import ColumnTransformer\nfrom sklearn.preprocessing import StandardScaler\nfrom sklearn.linear_model import LogisticRegression\nnum = ['a', 'b']\nscaler = StandardScaler()\npre = ColumnTransformer([('num', scaler, num)])\npipe = Pipeline([('pre', pre), ('model', LogisticRegression())])\npipe.fit([[1, 2]], [0])\nnum.append('c')\n",
        expect![[r#"
            num = ['a', 'b']                          pure  num: list[str]
            scaler = StandardScaler()                 pure  scaler: sklearn.preprocessing.StandardScaler
            pre = ColumnTransformer([('num', scaler, num)])  pure  pre: sklearn.compose.ColumnTransformer
            pipe = Pipeline([('pre', pre), ('model', LogisticRegression())])  pure  pipe: sklearn.pipeline.Pipeline
            pipe.fit([[1, 2]], [0])                   pure  mutates {"pipe": Own, "pre": Own, "scaler": Own}  pipe: sklearn.pipeline.Pipeline, pre: sklearn.compose.ColumnTransformer, scaler: sklearn.preprocessing.StandardScaler
            num.append('c')                           pure  mutates {"num": Own, "pipe": Alias, "pre": Alias}  num: list[str], pipe: sklearn.pipeline.Pipeline, pre: sklearn.compose.ColumnTransformer
        "#]],
    );
}

#[test]
fn what_writes_to_a_stream_of_the_process_prints() {
    check(
        "import csv, json, sys\nrows = [1]\njson.dump(rows, sys.stdout)\nout = sys.stderr\njson.dump(rows, out)\nw = csv.writer(sys.stdout)\nw.writerow(rows)\ndef emit(rows, stream=sys.stdout):\n    json.dump(rows, stream)\nemit(rows)\nwith open('a.json', 'w') as f:\n    json.dump(rows, f)\n",
        expect![[r#"
            rows = [1]                                pure  rows: list[int]
            json.dump(rows, sys.stdout)               stdout, read-global
            out = sys.stderr                          read-global
            json.dump(rows, out)                      stdout
            w = csv.writer(sys.stdout)                read-global  w: csv._writer
            w.writerow(rows)                          stdout  mutates {"w": Own}  w: csv._writer
            def emit(rows, stream=sys.stdout):        read-global  emit: function
            emit(rows)                                stdout
            with open('a.json', 'w') as f:            write-file  f: io.TextIOWrapper
        "#]],
    );
}

#[test]
fn a_star_runs_what_it_unpacks() {
    check(
        "def noisy():\n    print('a')\n    yield 1\nwaiting = noisy()\nrows = [*waiting]\npair = (*noisy(), 2)\n",
        expect![[r#"
            def noisy():                              pure  noisy: function
            waiting = noisy()                         stdout  waiting: Generator[int]
            rows = [*waiting]                         stdout  rows: list[unknown]
            pair = (*noisy(), 2)                      stdout  pair: tuple
        "#]],
    );
}

#[test]
fn storing_what_will_draw_draws_nothing() {
    check(
        "import pickle\nfrom sklearn.cluster import KMeans\nmodel = KMeans()\ntext = pickle.dumps(model)\nmodel.fit([[1]])\n",
        expect![[r#"
            model = KMeans()                          pure  model: sklearn.cluster.KMeans
            text = pickle.dumps(model)                pure  text: bytes
            model.fit([[1]])                          random  mutates {"model": Own}  model: sklearn.cluster.KMeans
        "#]],
    );
}

#[test]
fn what_tuples_of_several_types_are_unpacked_into() {
    check(
        "from sklearn.linear_model import Lasso, Ridge\nmodels = [('a', Ridge()), ('b', Lasso())]\nfor name, model in models:\n    upper = name.upper()\n",
        expect![[r#"
            models = [('a', Ridge()), ('b', Lasso())]  pure  models: list[tuple[str, sklearn.linear_model.Ridge | sklearn.linear_model.Lasso]]
            for name, model in models:                pure  model: sklearn.linear_model.Ridge | sklearn.linear_model.Lasso, name: str, upper: str
        "#]],
    );
}

#[test]
fn what_is_none_is_left_behind() {
    check(
        "def parse(line):\n    if line == 'a':\n        return None\n    return line.upper()\nwords = []\nfor line in ['a', 'b']:\n    word = parse(line)\n    if word is None:\n        continue\n    words.append(word)\nlast = parse('a')\nif last is not None:\n    big = last.upper()\n",
        expect![[r#"
            def parse(line):                          pure  parse: function
            words = []                                pure  words: list
            for line in ['a', 'b']:                   pure  mutates {"words": Own}  line: str, word: str | None, words: list[str]
            last = parse('a')                         pure  last: str | None
            if last is not None:                      pure  big: str
        "#]],
    );
    // What ends the loop, or is raised, is seen behind it.
    check(
        "def parse(line):\n    if line == 'a':\n        return None\n    return line.upper()\nfor line in ['a', 'b']:\n    value = parse(line)\n    if value is None:\n        break\n    size = len(value)\nlast = value\ntry:\n    word = parse('b')\n    if word is None:\n        raise ValueError\nexcept ValueError:\n    other = word\n",
        expect![[r#"
            def parse(line):                          pure  parse: function
            for line in ['a', 'b']:                   pure  line: str, size: int, value: str | None
            last = value                              pure  last: str | None
            try:                                      pure  other: str | None, word: str | None
        "#]],
    );
}

#[test]
fn fields_of_named_tuples_are_what_they_were_made_of() {
    check(
        "from collections import namedtuple\nHit = namedtuple('Hit', ['path', 'tags'])\nhit = Hit('a', [])\npath = hit.path\nhit.tags.append(1)\nfields = make()\nOpen = namedtuple('Open', fields)\nother = Open(1).x\nother.append(2)\n",
        expect![[r#"
            Hit = namedtuple('Hit', ['path', 'tags'])  pure  Hit: type
            hit = Hit('a', [])                        pure  hit: Hit
            path = hit.path                           pure  path: str
            hit.tags.append(1)                        pure  mutates {"hit": Own}  hit: Hit
            fields = make()                           unknown
            Open = namedtuple('Open', fields)         pure  Open: type
            other = Open(1).x                         pure
            other.append(2)                           pure  mutates {"other": Own}
        "#]],
    );
}

#[test]
fn a_generator_reads_no_name_that_it_binds_itself() {
    let python = "h = [1]\nlimit = 1\nhits = [[1], [2]]\ncount = sum(len(h) for h in hits if len(h) > limit)\n";
    let (_, graph) = analyzed(python);
    let later = &graph.units[3].reads_by_call;
    assert_eq!(later.iter().collect::<Vec<_>>(), ["limit"]);
}

#[test]
fn the_style_of_a_table_changes_apart_from_it() {
    check(
        "import pandas as pd\ndf = pd.read_csv('a.csv')\ndf.style.highlight_max()\nstyle = df.style\nstyle.format('{:.2f}')\ndf['x'] = 1\n",
        expect![[r#"
            df = pd.read_csv('a.csv')                 read-file  df: pandas.DataFrame[str]
            df.style.highlight_max()                  pure
            style = df.style                          pure  style: pandas.io.formats.style.Styler
            style.format('{:.2f}')                    pure  mutates {"style": Own}  style: pandas.io.formats.style.Styler
            df['x'] = 1                               pure  mutates {"df": Own, "style": Alias}  df: pandas.DataFrame[str], style: pandas.io.formats.style.Styler
        "#]],
    );
}

#[test]
fn a_table_that_a_result_keeps_changes_with_it() {
    check(
        "import pandas as pd\nfrom statsmodels.tsa.seasonal import seasonal_decompose\ndf = pd.read_csv('a.csv')\nparts = seasonal_decompose(df['x'])\nleft = parts.resid\nleft.dropna(inplace=True)\n",
        expect![[r#"
            df = pd.read_csv('a.csv')                 read-file  df: pandas.DataFrame[str]
            parts = seasonal_decompose(df['x'])       pure  parts: statsmodels.tsa.seasonal.DecomposeResult[pandas.Series]
            left = parts.resid                        pure  left: pandas.Series
            left.dropna(inplace=True)                 pure  mutates {"left": Own, "parts": Own}  left: pandas.Series, parts: statsmodels.tsa.seasonal.DecomposeResult[pandas.Series]
        "#]],
    );
}
