//! What variables and parameters appear to be, for annotations: beside the types, which everything else rests on.
#![allow(clippy::unwrap_used, clippy::needless_raw_string_hashes)]

use std::fmt::Write;

use camino::Utf8Path;
use expect_test::{Expect, expect};
use srcify_effects::{Catalog, EffectGraph, analyze, imported_libraries};
use srcify_syntax::{parse, read};

fn analyzed(python: &str) -> EffectGraph {
    let source = read(Utf8Path::new("input.py"), python.as_bytes())
        .unwrap()
        .output;
    let program = parse(source).output;
    let libraries = imported_libraries(&program);
    let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
    analyze(&program, &catalog, &|_| None)
}

/// The hints of variables after each statement, then those of functions.
fn check(python: &str, expected: Expect) {
    let graph = analyzed(python);
    let mut text = String::new();
    for facts in &graph.units {
        let variables = facts.hints.iter().filter(|(name, _)| {
            !graph.functions.contains_key(*name) && !graph.imports.contains_key(*name)
        });
        for (name, ty) in variables {
            writeln!(text, "{name}: {ty}").unwrap();
        }
    }
    for (name, facts) in &graph.functions {
        let hints: Vec<String> = facts
            .hints
            .iter()
            .map(|(name, ty)| format!("{name}: {ty}"))
            .collect();
        let returns = facts.returns_hint.as_ref();
        let returns = returns.map_or_else(|| "?".to_owned(), ToString::to_string);
        writeln!(text, "{name}({}) -> {returns}", hints.join(", ")).unwrap();
    }
    expected.assert_eq(&text);
}

#[test]
fn what_examples_show_is_a_hint_and_no_type() {
    let python = "from skimage import data, util\nnoisy = util.random_noise(data.camera())\npart = noisy[1:3]\nboth = [noisy, part]\n";
    let graph = analyzed(python);
    assert_eq!(graph.units[1].types.get("noisy"), None);
    assert_eq!(graph.units[2].types.get("part"), None);
    check(
        python,
        expect![[r#"
            noisy: numpy.ndarray
            part: numpy.ndarray
            both: list[numpy.ndarray]
        "#]],
    );
}

#[test]
fn an_object_of_a_class_without_an_entry_appears_to_be_of_it() {
    check(
        "from skimage.feature import ORB\ndetector = ORB(n_keypoints=200)\nkeypoints = detector.keypoints\nother = unknown(detector)\n",
        expect![[r#"
            detector: skimage.feature.ORB
            keypoints: numpy.ndarray
            detector: skimage.feature.ORB
            keypoints: numpy.ndarray
        "#]],
    );
}

#[test]
fn names_of_classes_may_have_several_parts_or_be_all_in_capitals() {
    check(
        "from esda.moran import Moran_Local\nfrom esda.adbscan import ADBSCAN\na = Moran_Local([1], 2)\nb = ADBSCAN(500, 20)\n",
        expect![[r#"
            a: esda.moran.Moran_Local
            b: esda.adbscan.ADBSCAN
        "#]],
    );
}

#[test]
fn what_holds_something_that_nobody_knows_is_a_container() {
    check(
        "from tsfresh.feature_extraction import settings\nfrom statsmodels.tsa import stattools\nimport tracemalloc\nsettings_of = settings.from_columns(unknown())\ntests = stattools.grangercausalitytests(unknown(), 2)\nsnapshot = tracemalloc.take_snapshot().filter_traces([])\n",
        expect![[r#"
            settings_of: dict[str, unknown]
            tests: dict[int, tuple[dict[str, unknown], list[unknown]]]
            snapshot: tracemalloc.Snapshot
        "#]],
    );
}

#[test]
fn a_generator_draws_whole_numbers_of_numpy() {
    let graph = analyzed(
        "import numpy as np\nrng = np.random.default_rng(1)\na = rng.integers(0, 5)\nb = rng.integers(0, 5, 3)\nc = rng.binomial(3, 0.5)\n",
    );
    for (at, name, ty) in [
        (2, "a", "numpy.int64"),
        (3, "b", "numpy.ndarray"),
        (4, "c", "int"),
    ] {
        let found = graph.units[at].types.get(name).map(ToString::to_string);
        assert_eq!(found.as_deref(), Some(ty), "{name}");
    }
}

#[test]
fn options_that_decide_the_result_are_asked_for() {
    check(
        "from mapie.utils import train_conformalize_test_split as split\nimport numpy as np\nX, y = np.zeros((9, 2)), np.ones(9)\na, b, c, d, e, f = split(X, y)\ng = split(*[X, y])\n",
        expect![[r#"
            X: numpy.ndarray[number, matrix]
            a: numpy.ndarray[number, matrix]
            b: numpy.ndarray[number, matrix]
            c: numpy.ndarray[number, matrix]
            d: numpy.ndarray[number, vector]
            e: numpy.ndarray[number, vector]
            f: numpy.ndarray[number, vector]
        "#]],
    );
}

#[test]
fn parameters_appear_to_be_what_they_are_used_as() {
    check(
        "import numpy as np\nimport pandas as pd\ndef rows(df):\n    return df.groupby('a')['b'].mean()\ndef first(X):\n    return X[:, 0]\ndef title(ax, name):\n    ax.set_title(name)\ndef clean(text):\n    return text.strip().lower()\n",
        expect![[r#"
            clean(text: str) -> str
            first(X: numpy.ndarray) -> numpy.ndarray
            rows(df: pandas.DataFrame) -> pandas.Series[number]
            title(ax: matplotlib.axes.Axes) -> None
        "#]],
    );
}

#[test]
fn parameters_with_other_uses_stay_open() {
    check(
        "import numpy as np\nimport torch\ndef first(X):\n    return X[:, 0]\ndef copied(x):\n    return x.copy()\ndef rebound(x):\n    x = np.asarray(x)\n    return x[:, 0]\ndef maybe(ax=None):\n    ax.plot()\n",
        expect![[r#"
            copied() -> ?
            first() -> ?
            maybe() -> None
            rebound() -> numpy.ndarray
        "#]],
    );
}

#[test]
fn products_of_matrices_are_arrays_and_of_vectors_numbers() {
    let graph = analyzed(
        "import numpy as np\nM, v = np.zeros((3, 3)), np.ones(3)\na = np.dot(M, v)\nb = v.dot(M)\nc = np.dot(v, v)\nd = np.dot(np.asarray(x), np.asarray(y))\n",
    );
    let types: Vec<String> = graph.units[2..]
        .iter()
        .flat_map(|facts| &facts.types)
        .map(|(name, ty)| format!("{name}: {ty}"))
        .collect();
    assert_eq!(types, ["a: numpy.ndarray", "b: numpy.ndarray", "c: number"]);
}

#[test]
fn options_decide_how_many_parts_a_call_gives() {
    check(
        "from sklearn.gaussian_process import GaussianProcessRegressor\nfrom sklearn.neighbors import NearestNeighbors\n\
         model = GaussianProcessRegressor()\npredicted = model.predict([[1.0]])\n\
         mean, spread = model.predict([[1.0]], return_std=True)\nnear = NearestNeighbors()\n\
         distances, places = near.kneighbors([[1.0]])\nonly = near.kneighbors([[1.0]], return_distance=False)\n",
        expect![[r#"
            predicted: numpy.ndarray[number, unknown]
            mean: numpy.ndarray
            spread: numpy.ndarray
            distances: numpy.ndarray
            places: numpy.ndarray
            only: numpy.ndarray
        "#]],
    );
}

#[test]
fn operators_put_models_and_steps_together() {
    check(
        "from lmfit.models import GaussianModel, LinearModel\nfrom river import linear_model, preprocessing\n\
         peaks = GaussianModel() + LinearModel()\n\
         model = preprocessing.StandardScaler() | linear_model.LinearRegression()\n",
        expect![[r#"
            peaks: lmfit.CompositeModel
            model: river.compose.Pipeline
        "#]],
    );
}

#[test]
fn what_wraps_results_hands_on_what_they_do() {
    check(
        "import statsmodels.api as sm\nresults = sm.OLS([1.0], [2.0]).fit()\ntest = results.f_test([[1]])\n",
        expect![[r#"
            test: statsmodels.stats.contrast.ContrastResults
        "#]],
    );
}

#[test]
fn rows_of_a_table_are_arrays() {
    let graph = analyzed(
        "import pandas as pd\ntable = pd.DataFrame({'a': [1]})\nfirst, second = table.values.T\n",
    );
    let first = graph.units[2].types.get("first").unwrap();
    assert_eq!(first.name, "numpy.ndarray");
}

#[test]
fn what_documentation_says_holds_whatever_the_options_are() {
    check(
        "import numpy as np\nfrom skimage.feature import canny\nfrom sktime.datasets import load_gunpoint\nedges = canny(np.load(path), sigma=2)\nX, y = load_gunpoint(split=\"train\", return_X_y=True)\nx3, y3 = load_gunpoint(return_type=\"numpy3d\")\nonly = load_gunpoint(return_X_y=False)\n",
        expect![[r#"
            edges: numpy.ndarray
            X: pandas.DataFrame
            y: numpy.ndarray
            x3: numpy.ndarray
            y3: numpy.ndarray
            only: pandas.DataFrame
        "#]],
    );
}

#[test]
fn comparisons_with_an_index_are_masks() {
    check(
        "import pandas as pd\ntable = pd.read_csv(\"a.csv\", index_col=0)\ncut = table.index.max() - other\nold = table[table.index <= cut]\nrow = table.loc[\"a\"]\nshares = table.groupby(\"a\")[\"b\"].apply(lambda s: (s > 1).mean())\n",
        expect![[r#"
            row: pandas.Series
            shares: pandas.Series
            <lambda>(s: pandas.Series) -> float
        "#]],
    );
}

#[test]
fn functions_that_only_compute_are_given_numbers_or_arrays() {
    check(
        "import numpy as np\ndef wave(x, shift):\n    return np.sin(x - shift) ** 2\ndef keep(x, other):\n    return x[other] - x\ndef joined(a, b):\n    return a + b\n",
        expect![[r#"
            joined() -> ?
            keep() -> ?
            wave(shift: numpy.ndarray | float, x: numpy.ndarray | float) -> numpy.float64 | numpy.ndarray
        "#]],
    );
}

#[test]
fn one_element_of_a_column_that_is_computed_with_is_a_number() {
    check(
        "import numpy as np\nimport pandas as pd\ndef missing(celsius, base):\n    if celsius < base:\n        return base - celsius\n    return 0.0\ntable = pd.read_csv(\"a.csv\")\nheat = table[\"t\"].apply(missing, base=5.0)\n",
        expect![[r#"
            missing(celsius: number) -> ?
        "#]],
    );
}

#[test]
fn what_lmfit_fits_is_given_parameters() {
    check(
        "import lmfit\nimport numpy as np\ndef residual(pars, x, data):\n    return pars[\"a\"] * x - data\nx = np.linspace(0, 1)\nfitted = lmfit.minimize(residual, lmfit.Parameters(), args=(x, np.sin(x)))\n",
        expect![[r#"
            residual(data: numpy.ndarray[number, vector], pars: lmfit.Parameters, x: numpy.ndarray[number, vector]) -> numpy.ndarray[number, vector]
        "#]],
    );
}

#[test]
fn functions_and_classes_that_are_passed_around_say_what_they_give() {
    check(
        "import numpy as np\nfrom sklearn.svm import SVC\nfrom sklearn.naive_bayes import GaussianNB\ndef area(r):\n    return np.pi * np.square(r)\ndef size(r):\n    return len(r)\nboth = [area, size]\nclasses = {\"svm\": SVC, \"bayes\": GaussianNB}\nmixed = {\"class\": SVC, \"options\": {\"C\": 1}}\na = area(np.ones(3))\nb = size([1])\nhalf = lambda x: 0.5\nc = half(3)\n",
        expect![[r#"
            both: list[Callable[numpy.ndarray[number, vector] | int]]
            classes: dict[str, type[sklearn.svm.SVC | sklearn.naive_bayes.GaussianNB]]
            mixed: dict[str, unknown]
            a: numpy.ndarray[number, vector]
            <lambda>(x: int) -> float
            area(r: numpy.ndarray[number, vector]) -> numpy.ndarray[number, vector]
            half() -> ?
            size(r: list[int]) -> int
        "#]],
    );
}

#[test]
fn arrays_of_axes_are_told_from_axes() {
    let graph = analyzed(
        "import matplotlib.pyplot as plt\nfig, one = plt.subplots()\nfig, all = plt.subplots(2, 3)\nrow = all[0]\ncell = all[0, 1]\nfor each in all.ravel():\n    each.plot([1])\nfig, some = plt.subplots(1, int(input()))\n",
    );
    let ty = |at: usize, name: &str| graph.units[at].types[name].to_string();
    assert_eq!(ty(1, "one"), "matplotlib.axes.Axes");
    assert_eq!(ty(2, "all"), "matplotlib.axes.Axes[matrix]");
    assert_eq!(ty(3, "row"), "matplotlib.axes.Axes[vector]");
    assert_eq!(ty(4, "cell"), "matplotlib.axes.Axes");
    assert_eq!(ty(5, "each"), "matplotlib.axes.Axes");
    assert_eq!(ty(6, "some"), "matplotlib.axes.Axes[unknown]");
}

#[test]
fn terms_of_formulas_are_numbers_or_arrays() {
    check(
        "import numpy as np\nfrom scipy.optimize import curve_fit\n\ndef decay(x, start, rate):\n    return start * np.exp(-rate * x)\n\ndef label(a, b):\n    return a + b\n\nboth = {\"a\": decay, \"b\": label}\n",
        expect![[r#"
            both: dict[str, Callable[unknown]]
            decay(rate: numpy.ndarray | float, start: numpy.ndarray | float, x: numpy.ndarray | float) -> numpy.float64 | numpy.ndarray
            label() -> ?
        "#]],
    );
}

#[test]
fn defaults_tell_what_nothing_else_does() {
    check(
        "import numpy as np\nimport nowhere\n\ndef spread(x, noise=1.0, n_draws=3, plain=False):\n    return nowhere.go(x, noise, n_draws, plain)\n\nit = nowhere.get()\nspread(it.x, it.noise, it.n, it.plain)\n",
        expect![[r#"
            spread(n_draws: int, noise: float, plain: bool) -> ?
        "#]],
    );
}

#[test]
fn modules_offer_what_modules_below_them_define() {
    check(
        "import statsmodels.api as sm\nimport pandas as pd\ny = pd.Series([1.0])\ncycle, trend = sm.tsa.filters.hpfilter(y)\nlags = sm.tsa.acf(y)\n",
        expect![[r#"
            y: pandas.Series[number]
            cycle: pandas.Series[number]
            trend: pandas.Series[number]
            lags: numpy.ndarray
        "#]],
    );
}

#[test]
fn pairs_are_taken_apart_into_what_each_holds() {
    check(
        "import numpy as np\npairs = {\"a\": 1.0}\nnames, sizes = zip(*pairs.items())\nleft, right = (np.sqrt(it) for it in [np.ones(3), np.ones(4)])\nfirst, *rest = [1, 2]\nrows, columns = np.mgrid[0:3, 0:4]\n",
        expect![[r#"
            names: tuple[str, ...]
            sizes: tuple[float, ...]
            left: numpy.ndarray[number, vector]
            right: numpy.ndarray[number, vector]
            rest: list[int]
            columns: numpy.ndarray[unknown]
            rows: numpy.ndarray[unknown]
        "#]],
    );
}

#[test]
fn methods_and_indices_that_only_arrays_have_tell_an_array() {
    check(
        "import numpy as np\nimport nowhere\nthing = nowhere.get()\nflat = thing.reshape(-1)\nrows = thing.shape[0]\ncolumn = thing[:, 0]\nname = thing.name.lower()\n",
        expect![[r#"
            flat: numpy.ndarray
            rows: int
            column: numpy.ndarray
            column: numpy.ndarray
            flat: numpy.ndarray
            name: str
            rows: int
        "#]],
    );
}

#[test]
fn arrays_say_what_they_hold_and_how_many_dimensions_they_have() {
    check(
        "import numpy as np\na = np.linspace(0, 1, 5)\nb = a * 2 - a.mean()\nfirst = b[0]\ngrid = np.zeros((2, 3))\nrow = grid[1]\ncell = row[0]\nmeans = grid.mean(axis=0)\none = means[1]\norder = np.argsort(a)\nat = order[0]\nboth = np.concatenate([a, b])\nlast = both[-1]\nones = [x for x in both]\n",
        expect![[r#"
            grid: numpy.ndarray[number, matrix]
            row: numpy.ndarray[number, vector]
            cell: number
            means: numpy.ndarray[number, vector]
            one: number
            order: numpy.ndarray[numpy.int64, vector]
            at: numpy.int64
            both: numpy.ndarray[number, vector]
            last: number
            ones: list[number]
        "#]],
    );
}

#[test]
fn what_arrays_do_not_tell_stays_open() {
    // Of what nobody gave, one index may be a row or a number, and an element a text or a number.
    check(
        "import numpy as np\nimport foo\na = np.asarray(foo.data())\nx = a[0]\nnames = np.array(['a', 'b'])\nname = names[0]\nkinds = np.unique(foo.labels())\nfor kind in kinds:\n    pass\nmixed = np.array([[1, 2], 'x'], dtype=object)\ny = mixed[0]\nsummed = names + names\n",
        expect![[r#"
            names: numpy.ndarray[str, vector]
            name: str
            summed: numpy.ndarray[str, vector]
        "#]],
    );
}

#[test]
fn containers_in_containers_grow() {
    let python = "from collections import defaultdict\nrows = defaultdict(list)\nfor i in range(3):\n    rows['a'].append(i * 0.5)\nparts = {'low': [], 'high': []}\nparts['low'].append(1)\nparts['high'].append('x')\ntree = {}\nfor name in ['a', 'b']:\n    tree[name] = {}\n    tree[name]['size'] = len(name)\ncounts = defaultdict(lambda: defaultdict(int))\ncounts['a']['b'] += 1\nalias = parts['low']\nalias.append(None)\n";
    let graph = analyzed(python);
    let mut text = String::new();
    for facts in &graph.units {
        for (name, ty) in &facts.types {
            writeln!(text, "{name}: {ty}").unwrap();
        }
    }
    expect![[r#"
        rows: collections.defaultdict
        i: int
        rows: collections.defaultdict[str, list[float]]
        parts: dict[str, list]
        parts: dict[str, list[int]]
        parts: dict[str, list[int | str]]
        tree: dict
        name: str
        tree: dict[str, dict[str, int]]
        counts: collections.defaultdict
        counts: collections.defaultdict[str, collections.defaultdict[str, int]]
        alias: list[int]
        alias: list[int | None]
        parts: dict[str, list[int | str | None]]
    "#]]
    .assert_eq(&text);
}

#[test]
fn columns_that_are_divided_hold_numbers_and_others_may_hold_anything() {
    check(
        "import pandas as pd\ndf = pd.read_csv('a.csv')\nratio = df['a'] / df['b']\nlargest = ratio.max()\nlast = df['when'].max()\nspan = df['when'] - df['begin']\nlongest = span.max()\nvalue = ratio.iloc[0]\ncell = df['a'].iloc[0]\nbest = df['a'].idxmax()\nmeans = df.groupby('k')['a'].mean().to_dict()\n",
        expect![[r#"
            ratio: pandas.Series[number]
            largest: number
            value: number
            best: collections.abc.Hashable
            means: dict[collections.abc.Hashable, number]
        "#]],
    );
}

#[test]
fn numbers_of_several_kinds_compute_as_numbers() {
    check(
        "import numpy as np\ndef mean(xs):\n    total = 0\n    for x in xs:\n        total += x\n    return total / len(xs)\nm = mean([1.0, 2.0])\nat = np.argmax(np.array([1, 2])) + 1\ndef last(xs):\n    found = None\n    for x in xs:\n        found = x\n    return found\nl = last([1, 2])\n",
        expect![[r#"
            last(xs: list[int]) -> int | None
            mean(xs: list[float]) -> number
        "#]],
    );
}

#[test]
fn iterators_give_what_they_put_together() {
    check(
        "from itertools import combinations, product\nfrom collections import Counter\npairs = list(combinations(range(4), 2))\ngrid = list(product(['a'], [1.0]))\ncounts = Counter('a b'.split())\nitems = counts.items()\ncommon = max(counts, key=counts.get)\n",
        expect![[r#"
            pairs: list[tuple[int, int]]
            grid: list[tuple[str, float]]
        "#]],
    );
}

#[test]
fn constructors_of_classes_make_their_objects() {
    check(
        "from foo import Pipeline, helper\nloaded = Pipeline.from_pretrained('x')\nother = helper.from_file('x')\nthird = Pipeline.create('x')\n",
        expect![[r#"
            loaded: foo.Pipeline
        "#]],
    );
}

#[test]
fn attributes_that_documentation_names_are_told_where_a_convention_holds() {
    check(
        "import numpy as np\nfrom hmmlearn import hmm\nimport statsmodels.api as sm\nmodel = hmm.GaussianHMM(n_components=3)\nstates = model.n_components\nkde = sm.nonparametric.KDEUnivariate(np.zeros(3))\ngrid = kde.support\n",
        expect![[r#"
            states: int
            grid: numpy.ndarray
        "#]],
    );
}

#[test]
fn arrays_tell_what_is_picked_out_of_them() {
    check(
        "import numpy as np\nfrom scipy import sparse, stats\na = np.arange(10)\nb = np.linspace(0, 1, 5)\nfirst = np.where(b > 0.5)[0].min()\none = a[0]\nlisted = b.tolist()\nvalues, counts = np.unique(a, return_counts=True)\nr = np.corrcoef(b, b)[0, 1]\nproduct = sparse.csr_matrix(np.eye(3)) @ np.ones(3)\ndensity = stats.norm.pdf(x=b, loc=1)\nmany = stats.norm.pdf(0.5, loc=b)\nin_order = sorted(np.unique(np.array([3, 1, 3])))\n",
        expect![[r#"
            first: numpy.int64
            listed: list[float]
            counts: numpy.ndarray[numpy.int64, vector]
            values: numpy.ndarray[numpy.int64, vector]
            r: numpy.float64
            product: numpy.ndarray
            in_order: list[numpy.int64]
        "#]],
    );
}

#[test]
fn modules_and_functions_of_numpy_are_values() {
    check(
        "import numpy as np\nimport statsmodels.api as sm\ndef use(x):\n    return x\nuse(sm.robust.norms)\ndef apply(f):\n    return f(1)\napply(np.sin)\ndef smooth(f):\n    return f(1)\nsmooth(sm.nonparametric.lowess)\n",
        expect![[r#"
            apply(f: numpy.ufunc) -> numpy.float64
            smooth(f: Callable[numpy.ndarray]) -> numpy.ndarray
            use(x: types.ModuleType) -> types.ModuleType
        "#]],
    );
}

#[test]
fn intervals_come_with_a_level_of_confidence() {
    check(
        "from mapie.regression import TimeSeriesRegressor\nmodel = TimeSeriesRegressor()\nplain = model.predict(X)\ny, intervals = model.predict(X, confidence_level=0.9, ensemble=True)\n",
        expect![[r#"
            plain: numpy.ndarray
            intervals: numpy.ndarray
            y: numpy.ndarray
        "#]],
    );
}

#[test]
fn results_with_a_robust_covariance_are_not_wrapped() {
    check(
        "import numpy as np\nimport statsmodels.api as sm\nresults = sm.OLS(np.zeros(3), np.zeros((3, 1))).fit()\nrobust = results.get_robustcov_results()\n",
        expect![[r#"
            robust: statsmodels.regression.linear_model.RegressionResults
        "#]],
    );
}

#[test]
fn rows_of_tables_are_columns_by_their_labels() {
    check(
        "import pandas as pd\ntable = pd.read_csv('a.csv')\nrows = {}\nfor label, row in table.iterrows():\n    rows[label] = row\n",
        expect![[r#"
            label: collections.abc.Hashable
            rows: dict[collections.abc.Hashable, pandas.Series]
        "#]],
    );
}

#[test]
fn functions_that_are_handed_to_libraries_are_given_what_those_give() {
    check(
        "import numpy as np\nfrom imblearn import FunctionSampler\nfrom imblearn.under_sampling import RandomUnderSampler\nfrom lmfit import Minimizer, Model\ndef line(x, slope, intercept):\n    return slope * x + intercept\ndef residual(pars, x, data):\n    return pars['a'] * x - data\ndef rejected(X, y):\n    return X, y\ndef ratio(y):\n    return {0: 3}\nmodel = Model(line)\nfit = Minimizer(residual, pars, fcn_args=(x, y))\nsampler = FunctionSampler(func=rejected)\nfewer = RandomUnderSampler(sampling_strategy=ratio)\n",
        expect![[r#"
            line(intercept: float, slope: float, x: numpy.ndarray | float) -> numpy.ndarray | float
            ratio(y: numpy.ndarray) -> dict[int, int]
            rejected(X: numpy.ndarray, y: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]
            residual(data: numpy.ndarray | float, pars: lmfit.Parameters, x: numpy.ndarray | float) -> numpy.ndarray | float
        "#]],
    );
}

#[test]
fn what_is_numbered_or_paired_keeps_what_it_appears_to_be() {
    check(
        "from sktime.datasets import load_airline\nfrom sktime.split import SlidingWindowSplitter\ny = load_airline()\ntrains = []\nfor at, (train, test) in enumerate(SlidingWindowSplitter().split(y)):\n    trains.append(train)\n",
        expect![[r#"
            test: numpy.ndarray
            train: numpy.ndarray
            trains: list[numpy.ndarray]
        "#]],
    );
}

#[test]
fn what_formulas_give_is_not_told_by_what_is_done_with_it() {
    check(
        "import statsmodels.formula.api as smf\ndef double(x):\n    return 2 * x\ndef half(x):\n    return x / 2.0 - 1\nmodel = smf.ols('y ~ double(x)', data)\n",
        expect![[r#"
            double(x: pandas.Series) -> pandas.Series
            half(x: float) -> float
        "#]],
    );
}

#[test]
fn a_table_answers_for_each_row() {
    check(
        "import numpy as np\nimport pandas as pd\ntable = pd.read_csv('a.csv')\nmissing = np.any(table[['a', 'b']].isnull(), axis=1)\nwhole = table.loc[~missing, ['a']]\ndef keep(rows):\n    return rows\nkeep(missing)\nkept = keep(whole)\n",
        expect![[r#"
            keep(rows: pandas.Series | pandas.DataFrame[str]) -> pandas.Series | pandas.DataFrame[str]
        "#]],
    );
}

/// Calls that fail when they run must not fail the analysis.

#[test]
fn calls_may_lack_what_they_need() {
    let builtins = "abs all any bool dict divmod enumerate filter float frozenset getattr int isinstance iter len list map max min next open pow print range reversed round set setattr sorted str sum tuple type vars zip";
    let libraries = "np.array np.where np.unique np.concatenate np.dot np.linspace np.apply_along_axis np.random.choice np.random.default_rng pd.DataFrame pd.concat pd.read_csv pd.cut pd.merge stats.norm.pdf itertools.product itertools.islice functools.partial functools.reduce train_test_split cross_val_score make_pipeline GridSearchCV clone";
    let mut text = "import functools, itertools\nimport numpy as np\nimport pandas as pd\nfrom scipy import stats\nfrom sklearn.base import clone\nfrom sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split\nfrom sklearn.pipeline import make_pipeline\n".to_owned();
    let names = builtins.split(' ').chain(libraries.split(' '));
    for (number, name) in names.enumerate() {
        writeln!(text, "a{number} = {name}()").unwrap();
        writeln!(text, "b{number} = {name}(*a{number})").unwrap();
        writeln!(text, "c{number} = {name}(**{{}})").unwrap();
        writeln!(text, "d{number} = {name}(key=len)").unwrap();
    }
    let graph = analyzed(&text);
    assert_eq!(
        graph.units.len(),
        7 + 4 * (builtins.split(' ').count() + libraries.split(' ').count())
    );
}

#[test]
fn parts_and_sums_of_datasets_are_datasets_and_arrays() {
    check(
        "import xarray as xr\nds = xr.open_dataset('a.nc')\nair = ds.air\nwind = ds['wind']\nboth = ds[['air', 'wind']]\ngroups = ds.groupby('time.month')\nmeans = groups.mean('time')\nshifted = air - air.mean()\nchanged = groups - means\nhidden = ds.rio\nnumbers = air.values\n",
        expect![[r#"
            air: xarray.DataArray
            shifted: xarray.DataArray
            changed: xarray.Dataset
            numbers: numpy.ndarray
        "#]],
    );
}

#[test]
fn a_class_that_a_call_reaches_through_its_library_can_be_named() {
    check(
        "import gpytorch\nkernel = gpytorch.kernels.RBFKernel(ard_num_dims=2)\nmake = gpytorch.kernels\nother = make.MaternKernel()\n",
        expect![[r#"
            kernel: gpytorch.kernels.RBFKernel
        "#]],
    );
}

#[test]
fn what_optimizes_and_samples_gives_arrays_and_what_is_passed_on() {
    check(
        "import numpy as np\nimport emcee\nimport dynesty\nfrom scipy.optimize import minimize\n\ndef cost(theta, x, scale=1.0):\n    return np.sum((theta - x) ** 2) * scale\n\ndef log_prob(theta):\n    m, b = theta\n    return m + b\n\ndef prior(u):\n    return 2 * u - 1\n\nfound = minimize(cost, [1, 2], args=(np.ones(2),))\nsampler = emcee.EnsembleSampler(32, 2, log_prob)\nnested = dynesty.NestedSampler(log_prob, prior, 2)\n",
        expect![[r#"
            nested: dynesty.NestedSampler
            cost(scale: float, theta: numpy.ndarray[numpy.float64, vector], x: numpy.ndarray[number, vector]) -> float
            log_prob(theta: numpy.ndarray[numpy.float64, vector]) -> numpy.float64
            prior(u: numpy.ndarray[numpy.float64, vector]) -> numpy.ndarray[numpy.float64, vector]
        "#]],
    );
}

#[test]
fn a_layer_is_given_tensors() {
    check(
        "import torch\nimport gpytorch\n\nclass GP(gpytorch.models.ExactGP):\n    def __init__(self, x, y, likelihood):\n        super().__init__(x, y, likelihood)\n        self.mean = gpytorch.means.ConstantMean()\n    def forward(self, x):\n        return gpytorch.distributions.MultivariateNormal(self.mean(x), self.covar(x))\n\nclass Other:\n    def forward(self, x):\n        return x.go()\n",
        expect![[r#"
            GP() -> ?
            GP.__init__(self: GP) -> None
            GP.forward(self: GP, x: torch.Tensor) -> gpytorch.distributions.MultivariateNormal
            Other() -> ?
            Other.forward(self: Other) -> ?
        "#]],
    );
}

#[test]
fn what_calls_give_by_their_arguments() {
    check(
        "import re\nimport numpy as np\nimport yaml\n\ndef whole(match):\n    return match.group(0)\n\ndef part(match):\n    return match.group(1)\n\ntext = re.sub('a', whole, 'abc') + re.sub('b', part, 'abc')\nvalues = load()\nbest = np.argmax(values, axis=1)\nfirst = np.argmax(values, axis=0)\nother = values.argmin(1)\nwritten = yaml.dump(values)\nlabel = '_' + values\n",
        expect![[r#"
            best: numpy.ndarray
            other: numpy.ndarray
            written: str
            label: str
            part(match: re.Match) -> ?
            whole(match: re.Match) -> str
        "#]],
    );
    check(
        "import numpy as np\nimport pandas as pd\ns = pd.read_csv('a.csv')['x']\nlogs = s.apply(np.log)\nfolded = s.apply(np.mean)\ntext = s.to_csv()\nlabel = '_' + load()\n",
        expect![[r#"
            logs: pandas.Series
            text: str
        "#]],
    );
}

#[test]
fn functions_in_a_pipeline_of_river_are_given_features() {
    check(
        "from river import compose, preprocessing\n\ndef add_hour(x):\n    return {**x, 'hour': x['moment'].hour}\n\ndef other(x):\n    return x['b']\n\ndef alone(x):\n    return x.go()\n\nmodel = add_hour | preprocessing.StandardScaler()\nstep = compose.FuncTransformer(other)\n",
        expect![[r#"
            add_hour(x: dict[str, unknown]) -> dict
            alone() -> ?
            other(x: dict[str, unknown]) -> ?
        "#]],
    );
}

#[test]
fn tensors_compute_with_numbers_and_give_tensors() {
    check(
        "import torch\nx = torch.rand(4, 2)\nscaled = 2 * (x / x.max(0)[0]) - 1\npart = x[:, :-1]\nlarge = part > 0.5\nlargest = x.max()\nother = x.max(1, keepdim=True)\nmost = x.max(scaled)\nodd = x + [1]\n",
        expect![[r#"
            scaled: torch.Tensor
            part: torch.Tensor
            large: torch.Tensor
            largest: torch.Tensor
            other: tuple[torch.Tensor, torch.Tensor]
        "#]],
    );
}

#[test]
fn numbers_of_all_elements_are_numbers_of_a_number_too() {
    check(
        "import numpy as np\ndef width(lower, upper):\n    return np.mean(np.abs(upper - lower)), np.mean(upper - lower, axis=0)\n",
        expect![[r#"
            width(lower: numpy.ndarray | float, upper: numpy.ndarray | float) -> tuple[numpy.float64, unknown]
        "#]],
    );
}

#[test]
fn docstrings_tell_what_may_be_none() {
    check(
        "import json, sys\ndef f(cov=None, seed=None, name=None, other=None, late=None):\n    \"\"\"Make it.\n\n    cov (np.ndarray or None): What it is.\n    seed (int or None): The seed.\n    name (str, optional): Its name.\n    other (int or str): Anything.\n    late (str): Upper.\n    \"\"\"\n    if cov is None:\n        cov = [1]\n    print(name, other)\n    late = late.upper()\n    return open(seed)\noptions = json.load(sys.stdin)\nf(**options)\n",
        expect![[r#"
            f(cov: numpy.ndarray | None, name: str | None, seed: int | None) -> io.TextIOWrapper
        "#]],
    );
}

#[test]
fn systems_of_control_say_what_they_are_and_give() {
    check(
        "import control as ct\nsys = ct.ss([[0]], [[1]], [[1]], 0)\nresponse = ct.step_response(sys)\ntimes, outputs = ct.forced_response(sys, [0, 1], [1, 1])\nboth = ct.step_response([sys, sys])\ncount = sys.nstates\nnonlinear = ct.nlsys(print, None, states=1)\nlinear = nonlinear.linearize([0], [0])\nstates = response.states\n",
        expect![[r#"
            sys: control.StateSpace
            response: control.TimeResponseData
            sys: control.StateSpace
            outputs: numpy.ndarray
            response: control.TimeResponseData
            sys: control.StateSpace
            times: numpy.ndarray
            outputs: numpy.ndarray
            response: control.TimeResponseData
            sys: control.StateSpace
            times: numpy.ndarray
            count: int
            nonlinear: control.NonlinearIOSystem
            linear: control.StateSpace
            nonlinear: control.NonlinearIOSystem
            states: numpy.ndarray
        "#]],
    );
}

#[test]
fn samplers_say_what_they_drew() {
    check(
        "import dynesty, emcee\nsampler = emcee.EnsembleSampler(8, 2, print)\nchain = sampler.get_chain(flat=True, discard=100)\nnested = dynesty.NestedSampler(print, print, 2)\nresults = nested.results\nlogz = results.logz\n",
        expect![[r#"
            chain: numpy.ndarray
            nested: dynesty.NestedSampler
            results: dynesty.results.Results
            logz: numpy.ndarray
        "#]],
    );
}

#[test]
fn unpacked_tuples_of_any_length_give_each_parameter_an_element() {
    check(
        "def far(lat, lon, other_lat, other_lon):\n    return lat + lon + other_lat + other_lon\n\nhere = tuple(map(float, input().split()))\nthere = 1.5, 2.5\ndistance = far(*here, *there)\n",
        expect![[r#"
            far(lat: float, lon: float, other_lat: float, other_lon: float) -> float
        "#]],
    );
}

#[test]
fn a_container_of_anything_says_what_one_of_numbers_says() {
    check(
        "import nowhere\n\ndef curve(events):\n    points = [(0, 1.0)]\n    for event in events:\n        points.append((event, nowhere.rate(event)))\n    return points\n\nnowhere.show(curve(nowhere.events()))\n",
        expect![[r#"
            curve() -> list[tuple[unknown, unknown]]
        "#]],
    );
}

#[test]
fn what_is_no_longer_asked_for_none_is_something() {
    check(
        "import json\nfrom pathlib import Path\ndef f(out: Path | None, base: str):\n    if out is None:\n        out = Path(\".\")\n    return out / base\ndef g(out: Path | None):\n    if not out:\n        return 1\n    return out / \"a\"\ndef h(out: Path | None, other: str):\n    if out is None:\n        print(1)\n    return out\ndef i(out: Path | None):\n    out = out or Path(\".\")\n    return out\ndef j(out: str | None):\n    if out:\n        return out.upper()\n    elif out is None:\n        return 1\n    return out\n",
        expect![[r#"
            f(base: str, out: pathlib.Path | None) -> pathlib.Path
            g(out: pathlib.Path | None) -> pathlib.Path | int
            h(other: str, out: pathlib.Path | None) -> pathlib.Path | None
            i(out: pathlib.Path | None) -> pathlib.Path
            j(out: str | None) -> str | int | None
        "#]],
    );
}

#[test]
fn what_is_applied_to_columns_gives_a_value_for_each() {
    check(
        "import pandas as pd\ndef size(x):\n    return len(x) if x else 1\ndef both(x):\n    return pd.Series([1, 2])\ntable = pd.read_csv(\"a.csv\")\nfew = table.loc[:, table.apply(pd.Series.nunique) != 1]\nsizes = table[\"a\"].apply(size)\ntexts = table[\"a\"].apply(str)\nfound = table[\"a\"].apply(both)\nlargest = abs(sizes).argmax()\n",
        expect![[r#"
            sizes: pandas.Series
            texts: pandas.Series
            found: pandas.DataFrame
            largest: int
            both(x: scalar) -> pandas.Series[number]
            size(x: scalar) -> int
        "#]],
    );
}

#[test]
fn what_is_applied_to_tables_gives_a_table_where_it_gives_columns_of_their_length() {
    check(
        "import numpy as np\nimport pandas as pd\nfrom sklearn.preprocessing import LabelEncoder\ntable = pd.read_csv(\"a.csv\")\ndef code(column):\n    if column.dtype == \"object\":\n        column = LabelEncoder().fit_transform(column)\n    return column\ndef parts(column):\n    return np.unique(column)\ncodes = table.apply(lambda it: code(it))\nothers = table.apply(LabelEncoder().fit_transform)\nlogs = table.apply(np.log1p)\nrows = table.apply(np.log1p, axis=1)\nfound = table.apply(parts)\n",
        expect![[r#"
            codes: pandas.DataFrame
            others: pandas.DataFrame
            logs: pandas.DataFrame
            <lambda>(it: pandas.Series) -> numpy.ndarray[number] | pandas.Series
            code(column: pandas.Series) -> numpy.ndarray[number] | pandas.Series
            parts(column: pandas.Series) -> numpy.ndarray[unknown, vector]
        "#]],
    );
}

#[test]
fn processes_that_are_asked_for_text_tell_text() {
    check(
        "import os, subprocess\nran = subprocess.run([\"ls\"], capture_output=True, text=True)\ntold = ran.stdout.strip()\nother = subprocess.run([\"ls\"], capture_output=True).stdout\nthird = subprocess.check_output([\"ls\"], encoding=\"utf-8\")\nhome = os.environ.get(\"HOME\", \"/\")\nlevel = os.environ.get(\"LEVEL\", 3)\n",
        expect![[r#"
            ran: subprocess.CompletedProcess[str]
            told: str
            third: str
            home: str
            level: str | int
        "#]],
    );
}

#[test]
fn an_iterator_gives_what_is_gone_through() {
    check(
        "from river import datasets\nx, y = next(iter(datasets.Phishing()))\n",
        expect![[r#"
            x: dict[str, float]
            y: bool
        "#]],
    );
}

#[test]
fn systems_and_searches_call_functions_with_what_they_have() {
    check(
        "import control as ct\nimport numpy as np\nfrom sklearn.mixture import GaussianMixture\nfrom sklearn.model_selection import GridSearchCV\ndef update(t, x, u, params):\n    return params.get(\"a\", 1) * x + u\ndef output(t, x, u, params):\n    return x[0]\ndef bic(estimator, X):\n    return -estimator.bic(X)\ndef best(results):\n    return int(results[\"mean_test_score\"].argmax())\nsys = ct.nlsys(update, output, states=1)\nsearch = GridSearchCV(GaussianMixture(), {\"n_components\": [1, 2]}, scoring=bic, refit=best)\n",
        expect![[r#"
            sys: control.NonlinearIOSystem
            best(results: dict[str, numpy.ndarray]) -> int
            bic(X: numpy.ndarray | pandas.DataFrame, estimator: sklearn.base.BaseEstimator) -> float
            output(params: dict[str, unknown], t: float, u: numpy.ndarray, x: numpy.ndarray) -> ?
            update(params: dict[str, unknown], t: float, u: numpy.ndarray, x: numpy.ndarray) -> numpy.ndarray
        "#]],
    );
}

#[test]
fn what_is_searched_for_a_pattern_and_stays_a_text_is_one() {
    check(
        "import re, pandas as pd\ntable = pd.read_csv(\"t.csv\")\ndef clean(text):\n    text = text.lower()\n    text = re.sub(r\"[^a-z]\", \" \", text)\n    text = text.replace(\"  \", \" \")\n    return text.strip()\ndef tokens(text):\n    return re.findall(r\"[a-z]+\", text)\ndef fill(rows):\n    rows = rows.replace(0, 1)\n    return rows\ntable[\"a\"] = table[\"text\"].apply(clean)\ntable[\"b\"] = table[\"text\"].apply(tokens)\ntable[\"c\"] = table[\"text\"].apply(fill)\n",
        expect![[r#"
            clean(text: str) -> str
            fill(rows: scalar) -> str
            tokens(text: str) -> list[str]
        "#]],
    );
}

#[test]
fn trees_of_clusters_and_parameters_of_fits_say_what_they_hold() {
    check(
        "import hdbscan\nimport numpy as np\nfrom lmfit import Parameters\nfrom sklearn.feature_selection import SelectKBest\ndef score(X, y):\n    return X.shape[1], y\ndef line(params: Parameters, x):\n    return params[\"a\"].value + 2 * np.sin(x)\npicked = SelectKBest(score, k=1)\ntree = hdbscan.HDBSCAN().fit(np.ones((9, 2))).condensed_tree_\nraw = tree._raw_tree\nchosen = tree._select_clusters()\n",
        expect![[r#"
            raw: numpy.ndarray
            chosen: list[numpy.int64]
            line(params: lmfit.Parameters, x: numpy.ndarray | float) -> numpy.float64 | numpy.ndarray
            score(y: numpy.ndarray) -> tuple[int, numpy.ndarray]
        "#]],
    );
}

#[test]
fn an_index_of_several_names_has_a_table_and_rows_by_label_are_no_array() {
    check(
        "import pandas as pd\nimport numpy as np\nimport unknown\nx = unknown.load()\na = x[['age', 'size']]\nb = x.loc[(slice(None), 'a'), :]\ngroups = unknown.load()\nc = groups[['age']]\n",
        expect![[r#"
            x: pandas.DataFrame
            a: pandas.DataFrame
        "#]],
    );
}

#[test]
fn densities_of_what_nobody_knows_are_numbers_or_arrays() {
    check(
        "from scipy import stats\nimport unknown\nx = unknown.load()\na = stats.norm.logpdf(x)\nb = stats.norm.logpdf(x).sum()\n",
        expect![[r#"
            a: numpy.float64 | numpy.ndarray
            b: numpy.float64 | number
        "#]],
    );
}

#[test]
fn the_mean_of_what_nobody_knows_is_a_number_and_a_text_is_split_into_texts() {
    check(
        "import numpy as np\nimport unknown\nx = unknown.load()\na = np.mean(x)\nb = np.mean(x, axis=0)\nc = x.split('/')[-1]\n",
        expect![[r#"
            a: numpy.float64
            c: str
        "#]],
    );
}

#[test]
fn along_the_only_axis_of_a_list_of_numbers_there_is_one_result() {
    check(
        "import numpy as np\nimport unknown\nscores = [float(it) for it in unknown.load()]\nrows = [[1.0, 2.0], [3.0, 4.0]]\na = np.argmax(scores, axis=0)\nb = np.argmax(rows, axis=0)\nc = np.sum(scores, axis=0, keepdims=True)\ndef f(scores, rows):\n    return np.argmax(scores, axis=0), np.argmax(rows, axis=0)\nf(scores, rows)\n",
        expect![[r#"
            f(rows: list[list[float]], scores: list[float]) -> tuple[numpy.int64, numpy.ndarray]
        "#]],
    );
}

#[test]
fn texts_of_a_column_are_counted_in_numbers() {
    check(
        "import pandas as pd\nimport unknown\nx = unknown.load()[['a', 'b']]\nc = x['a']\ns = c.astype(str)\nt = s.str\nu = s.str.len()\nv = s.str.len().max()\nw = c.unique()\ny = c.tolist()\nz = s.str.contains('x').sum()\n",
        expect![[r#"
            x: pandas.DataFrame
            c: pandas.Series
            s: pandas.Series
            t: pandas.core.strings.accessor.StringMethods
            u: pandas.Series
            w: numpy.ndarray[unknown, vector]
            y: list[unknown]
            z: number
        "#]],
    );
}

#[test]
fn functions_of_the_standard_library_give_parts_of_what_they_are_given() {
    check(
        "import random\nimport re\nimport datetime\nfrom collections import Counter\nwords = \"a b\".split()\none = random.choice(words)\nsome = random.sample(words, 2)\nfound = re.findall(r\"\\w+\", \"a b\")\npairs = re.findall(r\"(a)(b)\", \"a b\")\ncounts = dict(Counter(words))\nspan = datetime.datetime(2021, 1, 1) - datetime.datetime(2020, 1, 1)\ndays = span.days\n",
        expect![[r#"
            one: str
            some: list[str]
            found: list[str]
            counts: dict[str, int]
            days: int
        "#]],
    );
}

#[test]
fn tests_of_scipy_give_records() {
    check(
        "from scipy import stats\nimport pandas as pd\ndf = pd.read_csv(\"a.csv\")\ntest = stats.ttest_ind(df[\"a\"], df[\"b\"])\np = test.pvalue\nis_small = p < 0.05\nt, q = stats.ttest_ind(df[\"a\"], df[\"b\"])\nr = stats.pearsonr(df[\"a\"], df[\"b\"])[0]\nline = stats.linregress(df[\"a\"], df[\"b\"]).slope\nmany = stats.spearmanr(df[[\"a\", \"b\", \"c\"]]).statistic\n",
        expect![[r#"
            test: scipy.stats._stats_py.TtestResult[numpy.float64, numpy.float64]
            p: numpy.float64
            is_small: numpy.bool_
            q: numpy.float64
            t: numpy.float64
            r: numpy.float64
            line: numpy.float64
            many: numpy.float64 | numpy.ndarray
        "#]],
    );
}

#[test]
fn what_is_taken_out_of_records_of_models() {
    check(
        "import numpy as np\nimport pandas as pd\nimport statsmodels.formula.api as smf\nfrom sklearn.linear_model import LogisticRegression\nfrom sklearn.inspection import permutation_importance\ndf = pd.read_excel(\"a.xlsx\")\nX = df[[\"a\"]].values\ny = df[\"b\"].values\nmodel = LogisticRegression().fit(X, y)\nweights = model.coef_[0]\nmeans = permutation_importance(model, X, y)[\"importances_mean\"]\nslope = smf.ols(\"b ~ a\", data=df).fit().params[\"a\"]\nlow, high = df[\"a\"].quantile([0.25, 0.75])\ntext = df.to_json(orient=\"records\")\n",
        expect![[r#"
            y: numpy.ndarray[unknown, vector]
            weights: numpy.ndarray[number, vector]
            means: numpy.ndarray
            slope: number
            high: number
            low: number
            text: str
        "#]],
    );
}

#[test]
fn variables_are_told_by_what_the_program_does_with_them() {
    check(
        "import pickle\nimport pandas as pd\npanel = pickle.load(open(\"a.pkl\", \"rb\"))\nmeans = panel.groupby(\"year\").mean()\nprint(panel[\"year\"])\nrest = pickle.load(open(\"b.pkl\", \"rb\"))\nprint(rest.items())\n",
        expect![[r#"
            panel: pandas.DataFrame
            means: pandas.DataFrame
        "#]],
    );
}

#[test]
fn what_one_call_tells_of_a_parameter_holds_where_its_use_agrees() {
    check(
        "import numpy as np\nimport pandas as pd\nimport unknown\ndf = pd.DataFrame({'a': [1, 2]})\ndef by_name(table):\n    return table['a'].mean()\ndef kept(table):\n    return table\nby_name(df)\nby_name(unknown.load())\nkept(df)\nkept(unknown.load())\n",
        expect![[r#"
            by_name(table: pandas.DataFrame[str]) -> ?
            kept() -> ?
        "#]],
    );
}

#[test]
fn what_functions_are_given_that_only_uncalled_ones_call() {
    check(
        "import pandas as pd\ndef show(table):\n    table = table.copy()\n    return table\ndef pick(path: str):\n    return show(pd.read_csv(path))\n",
        expect![[r#"
            pick(path: str) -> pandas.DataFrame[str]
            show(table: pandas.DataFrame[str]) -> pandas.DataFrame[str]
        "#]],
    );
}

#[test]
fn a_column_compared_with_one_of_its_values_is_a_mask() {
    check(
        "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\ndef largest(table):\n    return table['a'] >= table['a'].max()\ndef above(table):\n    return table['a'] - table['a'].min()\nlargest(df)\nabove(df)\n",
        expect![[r#"
            above(table: pandas.DataFrame[str]) -> pandas.Series
            largest(table: pandas.DataFrame[str]) -> pandas.Series
        "#]],
    );
}

#[test]
fn pairs_of_several_kinds_are_passed_on_as_arguments() {
    check(
        "from sklearn import datasets\nX, y = datasets.load_iris(return_X_y=True)\npairs = [(X, y), datasets.make_circles()]\ndef fit(a, b):\n    b = b + 1\n    return a, b\nfor pair in pairs:\n    fit(*pair)\n",
        expect![[r#"
            fit(a: numpy.ndarray, b: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]
        "#]],
    );
}

#[test]
fn estimators_of_the_author_are_given_tables_where_one_method_asks_for_columns() {
    check(
        "import math\nimport numpy as np\nimport pandas as pd\nfrom sklearn.base import BaseEstimator, TransformerMixin\nclass Clipper(BaseEstimator, TransformerMixin):\n    def fit(self, X, y=None):\n        self.low = X['a'].quantile(0.1)\n        return self\n    def transform(self, X):\n        return X.clip(self.low)\nclass Scaler(BaseEstimator, TransformerMixin):\n    def transform(self, X):\n        return X[:3]\ndef sigmoid(x):\n    return 1 / (1 + math.exp(-x))\n",
        expect![[r#"
            Clipper() -> ?
            Clipper.fit(X: pandas.DataFrame, self: Clipper) -> Clipper
            Clipper.transform(X: pandas.DataFrame, self: Clipper) -> pandas.DataFrame
            Scaler() -> ?
            Scaler.transform(X: numpy.ndarray | pandas.DataFrame, self: Scaler) -> numpy.ndarray | pandas.DataFrame
            sigmoid(x: float) -> float
        "#]],
    );
}

#[test]
fn predictions_of_statsmodels_are_as_the_data_is_and_statistics_of_columns_are_no_numbers() {
    check(
        "import numpy as np\nimport pandas as pd\nimport statsmodels.api as sm\nfrom scipy import stats\nfrom statsmodels.tsa.arima.model import ARIMA\nd = pd.DataFrame({'a': np.arange(9.0)})\ndef ahead(d):\n    return ARIMA(d, order=(1, 0, 0)).fit().predict('1990', '1992', dynamic=True)\ndef known(X, y):\n    return sm.OLS(y, X).fit().predict(X)\ndef uncertain(model):\n    return stats.entropy(model.label_distributions_.T)\nahead(d)\nknown(np.eye(3), np.ones(3))\n",
        expect![[r#"
            ahead(d: pandas.DataFrame[str]) -> pandas.Series
            known(X: numpy.ndarray[unknown, matrix], y: numpy.ndarray[number, vector]) -> numpy.ndarray
            uncertain() -> ?
        "#]],
    );
}

#[test]
fn records_say_what_stands_under_which_key() {
    check(
        "from sklearn.linear_model import Lasso, Ridge\nmodels = [{'name': 'a', 'model': Ridge(), 'n': 1}, {'name': 'b', 'model': Lasso(), 'n': 2}]\ngrids = {'a': {'model': Ridge(), 'grid': {'alpha': [1]}}, 'b': {'model': Lasso(), 'grid': {'alpha': [2]}}}\nothers = [{'name': 'a', 'n': 1}]\nothers.append({'name': 2, 'n': 'b'})\ndef fit(model, name, n):\n    return model, name, n\ndef search(model, grid):\n    return model, grid\ndef other(name):\n    return name\nfor it in models:\n    fit(it['model'], it['name'], it['n'])\nfor key, it in grids.items():\n    search(it['model'], it['grid'])\nfor it in others:\n    other(it['name'])\n",
        expect![[r#"
            fit(model: sklearn.linear_model.Ridge | sklearn.linear_model.Lasso, n: int, name: str) -> tuple[sklearn.linear_model.Ridge | sklearn.linear_model.Lasso, str, int]
            other(name: str | int) -> str | int
            search(grid: dict[str, list[int]], model: sklearn.linear_model.Ridge | sklearn.linear_model.Lasso) -> tuple[sklearn.linear_model.Ridge | sklearn.linear_model.Lasso, dict[str, list[int]]]
        "#]],
    );
}

#[test]
fn records_that_change_do_not_say_what_they_held() {
    let head = "from sklearn.linear_model import Ridge\nmodels = [{'n': 1, 'm': Ridge()}, {'n': 2, 'm': Ridge()}]\n";
    let tail = "def fit(n):\n    return n\nfor it in models:\n    fit(it['n'])\n";
    let told = |change: &str| {
        let graph = analyzed(&format!("{head}{change}{tail}"));
        graph.functions["fit"]
            .hints
            .get("n")
            .map(|it| it.name.clone())
    };
    assert_eq!(told("print(models[0]['n'] == 1)\n").as_deref(), Some("int"));
    for change in [
        "for it in models:\n    it['n'] = 'x'\n",
        "models[0]['n'] += 1.5\n",
        "models[0].update(n='x')\n",
        "models += [{'n': 'x', 'm': Ridge()}]\n",
    ] {
        assert_ne!(told(change).as_deref(), Some("int"), "{change}");
    }
}

#[test]
fn powers_and_quotients_of_whole_numbers_are_whole_only_where_they_must_be() {
    let said = |python: &str| {
        let graph = analyzed(python);
        let last = graph.units.last().unwrap();
        last.types.get("x").map(ToString::to_string)
    };
    for (python, expected) in [
        ("x = 10 ** -1\n", "number"),
        ("x = 2 ** 3\n", "int"),
        ("x = [2 ** k for k in range(5)]\n", "list[int]"),
        ("x = [2 ** k for k in range(-5, 5)]\n", "list[number]"),
        ("def f(n):\n    return 2 ** n\nx = f(-1)\n", "number"),
        ("x = 2 ** len('ab')\n", "int"),
        ("x = 6\nx /= 4\n", "float"),
        ("x = 6\nx //= 4\n", "int"),
        ("x = True + True\n", "int"),
        ("x = True & False\n", "bool"),
    ] {
        assert_eq!(said(python).as_deref(), Some(expected), "{python}");
    }
}

#[test]
fn what_is_solved_is_a_matrix_at_several_times() {
    check(
        "from scipy.integrate import solve_ivp\nfrom scipy.sparse import rand\ns = solve_ivp(lambda t, y: -y, [0, 4], [1.0])\ny = s.y\nfirst = s.y[0]\nt = s.t\nlast = s.t[-1]\na = rand(3, 3)\nb = rand(3, 3, format='csr')\n",
        expect![[r#"
            s: scipy.optimize.OptimizeResult
            y: numpy.ndarray[unknown, matrix]
            first: numpy.ndarray[unknown, vector]
            t: numpy.ndarray[numpy.float64, vector]
            last: numpy.float64
            a: scipy.sparse.coo_matrix
            <lambda>(t: float, y: numpy.ndarray) -> numpy.ndarray
        "#]],
    );
}

#[test]
fn what_a_library_passes_on_is_no_default() {
    check(
        "from scipy.integrate import solve_ivp\ndef sir(t, z, nu, u=0):\n    return [-(1 - u) * nu * z[0]]\nfor parameters in ((1.0, 0.3),):\n    solve_ivp(sir, [0, 4], [1.0], args=tuple(parameters))\n",
        expect![[r#"
            sir(t: float, u: float, z: numpy.ndarray) -> list[unknown]
        "#]],
    );
}

#[test]
fn what_is_asked_of_a_constant_of_the_module_is_known_afterwards() {
    let given = |test: &str| {
        let graph = analyzed(&format!(
            "p: str | None = None\nq: str | None = None\n\ndef load(a, b):\n    return a + b\n\ndef main():\n    {test}\n    return load(p, q)\n\nmain()\n"
        ));
        let hints = &graph.functions["load"].hints;
        ["a", "b"].map(|it| hints[it].to_string()).join(", ")
    };
    for (test, expected) in [
        ("print(p)", "str | None, str | None"),
        (
            "if p is None:\n        raise SystemExit('x')",
            "str, str | None",
        ),
        ("if p is None or q == None:\n        return 1", "str, str"),
        (
            "if p is None and q is None:\n        return 1",
            "str | None, str | None",
        ),
    ] {
        assert_eq!(given(test), expected, "{test}");
    }
}

#[test]
fn what_python_adds_up_is_a_number_or_an_array_of_fewer_dimensions() {
    check(
        "import numpy as np\nfrom scipy.optimize import least_squares\ndef cost(x):\n    return x[0] * x[1] + x[2] ** 2\ndef total(values):\n    return sum((np.exp(values) - 1) ** 2)\ndef scaled(column):\n    low, high = min(column), max(column)\n    return [(v - low) / (high - low) for v in column]\nleast_squares(cost, [1.0, 2.0, 3.0])\nc = np.load('x.npy')\nlow = min(c)\nfor v in c:\n    d = v - low\ntotal(c)\nscaled(c)\n",
        expect![[r#"
            c: numpy.ndarray
            low: numpy.ndarray
            d: numpy.ndarray
            cost(x: numpy.ndarray[numpy.float64, vector]) -> numpy.float64
            scaled(column: numpy.ndarray) -> list[numpy.ndarray]
            total(values: numpy.ndarray) -> numpy.ndarray | number
        "#]],
    );
}

#[test]
fn nothing_but_numbers_is_divided_and_added_to_nothing_where_python_alone_computes() {
    let python = "def share(part, whole):\n    return part / whole\ndef total(values):\n    return sum(values)\ndef same(a, b):\n    return a == b\ndef field(a, b):\n    return a.x == b.x\n";
    check(
        python,
        expect![[r#"
            field() -> ?
            same() -> bool
            share() -> float
            total() -> float
        "#]],
    );
    for head in [
        "import numpy as np\n",
        "from decimal import Decimal\n",
        "class Money:\n    def __truediv__(self, other):\n        return self\n",
    ] {
        let graph = analyzed(&format!("{head}{python}"));
        for (name, plain) in [("share", "float"), ("total", "float"), ("same", "bool")] {
            let hint = graph.functions[name].returns_hint.as_ref();
            let is_plain = hint.is_some_and(|it| it.to_string() == plain);
            assert!(
                !is_plain || (head.starts_with("class") && name == "total"),
                "{head}{name}"
            );
        }
    }
}

#[test]
fn a_year_or_a_month_picks_several_rows_of_a_column() {
    let python = "import pandas as pd\nfrom arch import arch_model\nframe = pd.read_csv('a.csv')\nprices = frame['close']\nyear = prices['2016']\nmonth = prices['2016-03']\nday = prices['2016-03-01']\nother = prices['a']\nresults = arch_model(prices).fit()\nvolatility = results.conditional_volatility['2016'] ** 2.0\n";
    let graph = analyzed(python);
    for (at, name, ty) in [
        (4, "year", None),
        (5, "month", None),
        (6, "day", None),
        (7, "other", Some("scalar")),
    ] {
        let found = graph.units[at].types.get(name).map(ToString::to_string);
        assert_eq!(found.as_deref(), ty, "{name}");
    }
    for (at, name) in [(4, "year"), (5, "month"), (9, "volatility")] {
        let found = graph.units[at].hints.get(name);
        assert!(found.is_some_and(|it| it.name == "pandas.Series"), "{name}");
    }
}

#[test]
fn functions_of_elements_fold_along_the_first_axis() {
    check(
        "import numpy as np\nfrom scipy import stats\nrow, grid = np.zeros(3), np.zeros((2, 3))\na = np.add.reduce(row)\nb = np.add.reduce(grid)\nc = np.logical_and.reduce([row > 1, row < 2])\nd = np.multiply.accumulate(row)\ne = np.subtract.outer(row, row)\nf = np.add.reduce(stats.norm.logcdf(unknown()))\n",
        expect![[r#"
            grid: numpy.ndarray[number, matrix]
            row: numpy.ndarray[number, vector]
            a: numpy.float64
            b: numpy.ndarray
            c: numpy.ndarray
            d: numpy.ndarray
            e: numpy.ndarray
            f: numpy.float64 | numpy.ndarray
        "#]],
    );
}

#[test]
fn a_distribution_that_a_model_has_answers_with_arrays() {
    check(
        "from arch import arch_model\nimport pandas as pd\nmodel = arch_model(pd.read_csv('a.csv')['close'], dist='skewt')\nresults = model.fit()\nq = model.distribution.ppf([0.01, 0.05], results.params[-2:])\n",
        expect![[r#"
            q: numpy.ndarray
        "#]],
    );
}

#[test]
fn results_know_the_model_that_they_are_of() {
    let graph = analyzed(
        "from statsmodels.base.model import GenericLikelihoodModel\nimport numpy as np\nresults = GenericLikelihoodModel(np.zeros(3), np.zeros((3, 1))).fit()\nscores = results.model.score_obs(results.params)\n",
    );
    let found = graph.units[3].hints.get("scores");
    assert!(found.is_some_and(|it| it.name == "numpy.ndarray"));
}
