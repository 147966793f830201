#: churn_features
import pandas as pd

def churn_features(customers, orders, as_of):
    recent = orders[orders["date"] <= as_of]
    agg = recent.groupby("cid").agg(n=("amount", "size"), total=("amount", "sum")).reset_index()
    out = customers.merge(agg, on="cid", how="left")
    out[["n", "total"]] = out[["n", "total"]].fillna(0)
    return out
#> churn_features(pd.DataFrame({"cid": [1, 2]}), pd.DataFrame({"cid": [1], "date": ["2020"], "amount": [3.0]}), "2021")

#: drop_highly_correlated
import numpy as np

def drop_correlated(df, limit=0.9):
    corr = df.corr().abs()
    upper = corr.where(np.triu(np.ones(corr.shape), k=1).astype(bool))
    doomed = [c for c in upper.columns if (upper[c] > limit).any()]
    df.drop(doomed, axis=1, inplace=True)
    return doomed
#> drop_correlated(__import__("pandas").DataFrame({"a": [1, 2, 3], "b": [2, 4, 6]}))

#: del_column
def drop_id(df):
    del df["id"]
    return df.mean()
#> drop_id(__import__("pandas").DataFrame({"id": [1], "a": [2.0]}))

#: column_attr_write
def shift_age(df):
    df.age += 1
    return df.age.max()
#> shift_age(__import__("pandas").DataFrame({"age": [1]}))

#: series_arithmetic_new
def standard(s):
    s = s - s.mean()
    s /= s.std()
    return s
#> standard(__import__("pandas").Series([1.0, 2.0]))

#: series_iadd_given
def bump(s):
    s += 1
    return s
#> bump(__import__("pandas").Series([1.0, 2.0]))

#: frame_iadd_column_variable
def bump(df):
    col = df["a"]
    col += 1
    return df
#> bump(__import__("pandas").DataFrame({"a": [1.0, 2.0]}))

#: frame_apply_inplace_lambda
def lengths(df):
    return df.apply(lambda c: c.astype(str).str.len().max())
#> lengths(__import__("pandas").DataFrame({"a": ["x"]}))

#: frame_from_records_alias
import pandas as pd

def table(records):
    df = pd.DataFrame(records)
    df["n"] = df.sum(axis=1)
    return df
#> table([{"a": 1, "b": 2}])

#: frame_from_array_alias
import pandas as pd

def named(arr, names):
    df = pd.DataFrame(arr, columns=names)
    return df.describe()
#> named(__import__("numpy").ones((2, 2)), ["a", "b"])

#: stack_unstack_fill
def grid(df):
    g = df.set_index(["i", "j"])["v"].unstack()
    g[g.isna()] = 0
    return g.values
#> grid(__import__("pandas").DataFrame({"i": [0], "j": [1], "v": [2.0]}))

#: multiindex_names
def label(df):
    df.index.name = "row"
    df.columns.name = "feature"
    return df
#> label(__import__("pandas").DataFrame({"a": [1]}))

#: attrs_written
def note(df, text):
    df.attrs["note"] = text
    return df
#> note(__import__("pandas").DataFrame({"a": [1]}), "x")

#: iloc_rows_swapped
def swap(df, i, j):
    tmp = df.iloc[i].copy()
    df.iloc[i] = df.iloc[j]
    df.iloc[j] = tmp
#> swap(__import__("pandas").DataFrame({"a": [1, 2]}), 0, 1)

#: sample_without_seed
def bootstrap(df):
    return df.sample(frac=1.0, replace=True)
#> bootstrap(__import__("pandas").DataFrame({"a": [1, 2, 3, 4, 5, 6]}))

#: sample_with_seed
def bootstrap(df, seed):
    return df.sample(frac=1.0, replace=True, random_state=seed)
#> bootstrap(__import__("pandas").DataFrame({"a": [1, 2, 3]}), 0)

#: estimators_in_dict
from sklearn.linear_model import LinearRegression
from sklearn.tree import DecisionTreeRegressor

def fit_all(models, X, y):
    for name, m in models.items():
        m.fit(X, y)
    return sorted(models)
#> fit_all({"a": LinearRegression()}, [[1.0], [2.0]], [1.0, 2.0])

#: estimators_made_in_loop
from sklearn.neighbors import KNeighborsClassifier

def best_k(X, y, ks):
    scores = {}
    for k in ks:
        scores[k] = KNeighborsClassifier(n_neighbors=k).fit(X, y).score(X, y)
    return max(scores, key=scores.get)
#> best_k([[0.0], [1.0]], [0, 1], [1])

#: ensemble_average
import numpy as np

def blend(models, X, weights=None):
    P = np.column_stack([m.predict(X) for m in models])
    if weights is None:
        weights = np.ones(len(models))
    weights = weights / weights.sum()
    return P @ weights
#> blend([__import__("sklearn.dummy", fromlist=["x"]).DummyRegressor().fit([[1.0]], [1.0])], [[1.0]])

#: stacking_out_of_fold
import numpy as np
from sklearn.base import clone
from sklearn.model_selection import KFold

def oof(model, X, y, k=2):
    out = np.zeros(len(y))
    for tr, te in KFold(k).split(X):
        m = clone(model)
        m.fit(X[tr], y[tr])
        out[te] = m.predict(X[te])
    return out
#> oof(__import__("sklearn.linear_model", fromlist=["x"]).Ridge(), np.arange(4.0).reshape(4, 1), np.arange(4.0))

#: vectorizer_given_fit
def bag(vectorizer, docs, fit=True):
    if fit:
        return vectorizer.fit_transform(docs)
    return vectorizer.transform(docs)
#> bag(__import__("sklearn.feature_extraction.text", fromlist=["x"]).CountVectorizer(), ["a b", "cc dd"])

#: calibration_wrapper
from sklearn.calibration import CalibratedClassifierCV
from sklearn.naive_bayes import GaussianNB

def calibrated(X, y):
    clf = CalibratedClassifierCV(GaussianNB(), cv=2)
    clf.fit(X, y)
    return clf.predict_proba(X)[:, 1]
#> calibrated([[0.0], [0.1], [1.0], [1.1]], [0, 0, 1, 1])

#: permutation_importance_seeded
from sklearn.inspection import permutation_importance

def importances(model, X, y, seed=0):
    r = permutation_importance(model, X, y, n_repeats=2, random_state=seed)
    return r.importances_mean
#> importances(__import__("sklearn.linear_model", fromlist=["x"]).Ridge().fit([[1.0], [2.0]], [1.0, 2.0]), [[1.0], [2.0]], [1.0, 2.0])

#: custom_estimator_class
import numpy as np

class MeanRegressor:
    def fit(self, X, y):
        self.mean_ = float(np.mean(y))
        return self

    def predict(self, X):
        return np.full(len(X), self.mean_)

def baseline_mse(X, y):
    p = MeanRegressor().fit(X, y).predict(X)
    return float(np.mean((p - y) ** 2))
#> baseline_mse(np.ones((2, 1)), np.array([1.0, 2.0]))

#: perceptron_online
import numpy as np

class Perceptron:
    def __init__(self, n):
        self.w = np.zeros(n)

    def update(self, x, y):
        if y * (self.w @ x) <= 0:
            self.w += y * x
            return True
        return False

def epoch(model, X, y):
    return sum(model.update(a, b) for a, b in zip(X, y))
#> epoch(Perceptron(2), np.ones((2, 2)), np.array([1, 1]))

#: weights_shared_through_init
import numpy as np

class Layer:
    def __init__(self, W):
        self.W = W

    def decay(self, rate):
        self.W *= 1 - rate

def shrink(W, rate):
    layer = Layer(W)
    layer.decay(rate)
    return layer
#> shrink(np.ones(2), 0.1)

#: weights_copied_in_init
import numpy as np

class Layer:
    def __init__(self, W):
        self.W = W.copy()

    def decay(self, rate):
        self.W *= 1 - rate

def shrink(W, rate):
    layer = Layer(W)
    layer.decay(rate)
    return layer.W
#> shrink(np.ones(2), 0.1)

#: cache_decorator_dict
import functools

def memoize(fn):
    cache = {}
    @functools.wraps(fn)
    def inner(*args):
        if args not in cache:
            cache[args] = fn(*args)
        return cache[args]
    return inner

@memoize
def slow_square(x):
    return x * x

def total(xs):
    return sum(slow_square(x) for x in xs)
#> total([1, 2])

#: timer_decorator
import functools
import time

def timed(fn):
    @functools.wraps(fn)
    def inner(*a, **k):
        t0 = time.time()
        out = fn(*a, **k)
        inner.elapsed = time.time() - t0
        return out
    return inner

@timed
def work(n):
    return sum(range(n))

def run(n):
    return work(n)
#> run(3)

#: validate_decorator
import functools

def non_negative(fn):
    @functools.wraps(fn)
    def inner(x):
        if x < 0:
            raise ValueError(x)
        return fn(x)
    return inner

@non_negative
def root(x):
    return x ** 0.5
#> root(4.0)

#: class_decorator_registry
REGISTRY = []

def register(cls):
    REGISTRY.append(cls.__name__)
    return cls

@register
class Plugin:
    def run(self, data):
        return len(data)

def use(data):
    return Plugin().run(data)
#> use([1])

#: singleton_new
class Config:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.values = {}
        return cls._instance

def set_value(k, v):
    Config().values[k] = v
#> set_value("a", 1)

#: class_level_cache_dict
class Loader:
    _cache = {}

    def load(self, key):
        if key not in self._cache:
            self._cache[key] = key.upper()
        return self._cache[key]

def load_twice(key):
    return Loader().load(key) + Loader().load(key)
#> load_twice("a")

#: instance_cache_dict
class Loader:
    def __init__(self):
        self._cache = {}

    def load(self, key):
        if key not in self._cache:
            self._cache[key] = key.upper()
        return self._cache[key]

def load_with(loader, keys):
    return [loader.load(k) for k in keys]
#> load_with(Loader(), ["a"])

#: context_class_restores_list
class Pushed:
    def __init__(self, stack, item):
        self.stack, self.item = stack, item

    def __enter__(self):
        self.stack.append(self.item)
        return self.stack

    def __exit__(self, *exc):
        self.stack.pop()

def depth_with(stack, item):
    with Pushed(stack, item) as s:
        return len(s)
#> depth_with([], 1)

#: contextmanager_yields_list
from contextlib import contextmanager

@contextmanager
def collecting():
    items = []
    yield items
    items.sort()

def gather(xs):
    with collecting() as out:
        for x in xs:
            out.append(x * 2)
    return out
#> gather([2, 1])

#: generator_send
def averager():
    total, n, avg = 0.0, 0, None
    while True:
        x = yield avg
        total += x
        n += 1
        avg = total / n

def averages(xs):
    g = averager()
    next(g)
    return [g.send(x) for x in xs]
#> averages([1, 3])

#: generator_given_next
def take(gen, n):
    return [next(gen) for _ in range(n)]
#> take((x for x in [1, 2, 3]), 2)

#: generator_mutates_param_when_run
def draining(queue):
    while queue:
        yield queue.pop(0)

def lengths(queue):
    return [len(x) for x in draining(queue)]
#> lengths(["a", "bb"])

#: generator_expression_reads
def any_long(words, n):
    return any(len(w) > n for w in words)
#> any_long(["a"], 2)

#: closure_over_list_factory
def make_logger(store):
    def log(msg):
        store.append(msg)
    return log

def run(store):
    log = make_logger(store)
    log("a")
    log("b")
#> run([])

#: closure_returned_not_called
def make_logger(store):
    def log(msg):
        store.append(msg)
    return log
#> make_logger([])

#: lambda_default_binding
def multipliers(n):
    fs = [lambda x, k=k: x * k for k in range(n)]
    return [f(2) for f in fs]
#> multipliers(3)

#: lambda_mutating_arg
def apply_all(d, keys):
    fill = lambda k: d.setdefault(k, 0)
    return [fill(k) for k in keys]
#> apply_all({}, ["a"])

#: partial_method
from functools import partial

def scale_all(rows, factor):
    def scale(row, by):
        row["x"] *= by
        return row
    return list(map(partial(scale, by=factor), rows))
#> scale_all([{"x": 1}], 2)

#: swap_references
def swap(pair):
    pair[0], pair[1] = pair[1], pair[0]
#> swap([1, 2])

#: rebinding_does_not_leak
def clear(xs):
    xs = []
    xs.append(1)
    return xs
#> clear([5])

#: slice_assignment
def clear(xs):
    xs[:] = [x for x in xs if x]
#> clear([0, 1])

#: nested_alias_via_attr
class Box:
    def __init__(self):
        self.items = []

def fill(box, xs):
    items = box.items
    items.extend(xs)
    return box
#> fill(Box(), [1])

#: nested_alias_via_tuple_return
def parts(box):
    return box["a"], box["b"]

def touch(box):
    a, b = parts(box)
    a.append(1)
    return len(b)
#> touch({"a": [], "b": []})

#: alias_through_identity
def identity(x):
    return x

def touch(xs):
    ys = identity(xs)
    ys.append(1)
#> touch([])

#: copy_through_helper
def snapshot(x):
    return list(x)

def touch(xs):
    ys = snapshot(xs)
    ys.append(1)
    return ys
#> touch([])

#: conditional_copy
def maybe_copy(xs, copy=True):
    ys = list(xs) if copy else xs
    ys.append(1)
    return ys
#> maybe_copy([1], copy=False)
#> maybe_copy([1])

#: try_else_mutation
def add_int(xs, text):
    try:
        n = int(text)
    except ValueError:
        return False
    else:
        xs.append(n)
        return True
#> add_int([], "3")

#: finally_mutation
def always(log, fn=None):
    try:
        return 1
    finally:
        log.append("done")
#> always([])

#: while_else_break
def find(xs, x, seen):
    i = 0
    while i < len(xs):
        if xs[i] == x:
            break
        i += 1
    else:
        seen.append(x)
    return i
#> find([1], 2, [])

#: star_unpack_call
def add(target, *vals):
    target.extend(vals)

def use(args):
    add(*args)
#> use([[], 1])

#: dict_unpack_call
def put(store, key, value):
    store[key] = value

def use(spec):
    put(**spec)
#> use({"store": {}, "key": 1, "value": 2})
