#: feature_store_get
class FeatureStore:
    def __init__(self):
        self._features = {}

    def register(self, name, fn):
        self._features[name] = fn
        return self

    def compute(self, row):
        return {name: fn(row) for name, fn in self._features.items()}

def features(row):
    store = FeatureStore()
    store.register("double", lambda r: r["x"] * 2).register("neg", lambda r: -r["x"])
    return store.compute(row)
#> features({"x": 1})

#: experiment_tracker
class Tracker:
    def __init__(self):
        self.runs = []

    def log(self, **metrics):
        self.runs.append(dict(metrics))

    def best(self, key):
        return max(self.runs, key=lambda r: r[key])

def search(grid):
    tracker = Tracker()
    for lr in grid:
        tracker.log(lr=lr, score=1 - lr)
    return tracker.best("score")
#> search([0.1, 0.5])

#: experiment_tracker_given
class Tracker:
    def __init__(self):
        self.runs = []

    def log(self, **metrics):
        self.runs.append(dict(metrics))

def search(tracker, grid):
    for lr in grid:
        tracker.log(lr=lr, score=1 - lr)
    return len(tracker.runs)
#> search(Tracker(), [0.1])

#: vector_ops
class Vec:
    def __init__(self, xs):
        self.xs = list(xs)

    def __sub__(self, o):
        return Vec(a - b for a, b in zip(self.xs, o.xs))

    def __len__(self):
        return len(self.xs)

    def norm(self):
        return sum(x * x for x in self.xs) ** 0.5

def distance(a, b):
    return (a - b).norm() / len(a)
#> distance(Vec([1, 2]), Vec([0, 0]))

#: vector_scale_in_place
class Vec:
    def __init__(self, xs):
        self.xs = list(xs)

    def __imul__(self, k):
        self.xs = [x * k for x in self.xs]
        return self

def shrink(v, k):
    v *= k
    return v
#> shrink(Vec([1, 2]), 0.5)

#: interval_sort
class Interval:
    def __init__(self, lo, hi):
        self.lo, self.hi = lo, hi

    def __lt__(self, o):
        return self.lo < o.lo

def merge(intervals):
    merged = []
    for iv in sorted(intervals):
        if merged and iv.lo <= merged[-1].hi:
            merged[-1] = Interval(merged[-1].lo, max(merged[-1].hi, iv.hi))
        else:
            merged.append(iv)
    return [(m.lo, m.hi) for m in merged]
#> merge([Interval(1, 3), Interval(2, 4)])

#: interval_merge_aliased
class Interval:
    def __init__(self, lo, hi):
        self.lo, self.hi = lo, hi

def merge(intervals):
    merged = []
    for iv in sorted(intervals, key=lambda i: i.lo):
        if merged and iv.lo <= merged[-1].hi:
            merged[-1].hi = max(merged[-1].hi, iv.hi)
        else:
            merged.append(iv)
    return merged
#> merge([Interval(1, 3), Interval(2, 4)])

#: tokens_parser
class Parser:
    def __init__(self, tokens):
        self.tokens = tokens
        self.pos = 0

    def next(self):
        t = self.tokens[self.pos]
        self.pos += 1
        return t

    def expr(self):
        value = int(self.next())
        while self.pos < len(self.tokens):
            op = self.next()
            rhs = int(self.next())
            value = value + rhs if op == "+" else value - rhs
        return value

def evaluate(text):
    return Parser(text.split()).expr()
#> evaluate("1 + 2")

#: shopping_cart
class Cart:
    tax = 0.2

    def __init__(self, items=()):
        self.items = list(items)

    def with_item(self, name, price):
        return Cart(self.items + [(name, price)])

    @property
    def total(self):
        return sum(p for _, p in self.items) * (1 + self.tax)

def quote(cart, extra):
    cart = cart.with_item(*extra)
    return cart.total
#> quote(Cart([("a", 1.0)]), ("b", 2.0))

#: shopping_cart_tax
class Cart:
    tax = 0.2

def set_tax(rate):
    Cart.tax = rate
#> set_tax(0.1)

#: repository_pattern
class Repo:
    def __init__(self):
        self.rows = {}

    def save(self, key, row):
        self.rows[key] = row

    def load(self, key):
        return self.rows[key]

class Service:
    def __init__(self, repo):
        self.repo = repo

    def rename(self, key, name):
        row = dict(self.repo.load(key))
        row["name"] = name
        self.repo.save(key, row)

def rename(service, key, name):
    service.rename(key, name)
#> rename(Service((lambda r: (r.save("a", {}), r)[1])(Repo())), "a", "b")

#: composite_render
class Leaf:
    def __init__(self, text):
        self.text = text

    def render(self, out):
        out.append(self.text)

class Group:
    def __init__(self, children):
        self.children = children

    def render(self, out):
        for c in self.children:
            c.render(out)

def render(root):
    out = []
    root.render(out)
    return "".join(out)
#> render(Group([Leaf("a"), Leaf("b")]))

#: visitor_collects
import ast

class Names(ast.NodeVisitor):
    def __init__(self):
        self.names = set()

    def visit_Name(self, node):
        self.names.add(node.id)
        self.generic_visit(node)

def names_in(code):
    v = Names()
    v.visit(ast.parse(code))
    return sorted(v.names)
#> names_in("a + b")

#: bound_method_as_key
class Ranker:
    def __init__(self, weights):
        self.weights = weights

    def score(self, doc):
        return sum(self.weights.get(w, 0) for w in doc.split())

def rank(docs, weights):
    r = Ranker(weights)
    return sorted(docs, key=r.score, reverse=True)
#> rank(["a b", "b"], {"a": 1})

#: mutable_key_cached
class Lazy:
    def __init__(self, make):
        self.make = make
        self.value = None

    def get(self):
        if self.value is None:
            self.value = self.make()
        return self.value

def lazy_sum(xs):
    l = Lazy(lambda: sum(xs))
    return l.get() + l.get()
#> lazy_sum([1])

#: frame_subclass_helper
import pandas as pd

class Report:
    def __init__(self, df):
        self.df = df.copy()

    def add_total(self):
        self.df["total"] = self.df.sum(axis=1, numeric_only=True)
        return self

def totals(df):
    return Report(df).add_total().df
#> totals(pd.DataFrame({"a": [1], "b": [2]}))

#: frame_helper_shared
import pandas as pd

class Report:
    def __init__(self, df):
        self.df = df

    def add_total(self):
        self.df["total"] = self.df.sum(axis=1, numeric_only=True)
        return self

def totals(df):
    return Report(df).add_total().df
#> totals(pd.DataFrame({"a": [1], "b": [2]}))

#: cleaning_pipeline_list
import pandas as pd

def lower(df):
    return df.rename(columns=str.lower)

def drop_empty(df):
    return df.dropna(how="all")

STEPS = [lower, drop_empty]

def clean(df):
    for step in STEPS:
        df = step(df)
    return df
#> clean(pd.DataFrame({"A": [1, None]}))

#: cleaning_pipeline_mutating_step
import pandas as pd

def lower(df):
    df.columns = [c.lower() for c in df.columns]
    return df

def drop_empty(df):
    return df.dropna(how="all")

STEPS = [lower, drop_empty]

def clean(df):
    for step in STEPS:
        df = step(df)
    return df
#> clean(pd.DataFrame({"A": [1, None]}))

#: encode_then_join
import pandas as pd

def one_hot(df, cols):
    dummies = pd.get_dummies(df[cols], prefix=cols)
    rest = df.drop(columns=cols)
    out = rest.join(dummies)
    out.columns = [c.replace(" ", "_") for c in out.columns]
    return out
#> one_hot(pd.DataFrame({"c": ["a b", "c"], "x": [1, 2]}), ["c"])

#: rolling_zscore
import pandas as pd

def zscore(s: pd.Series, n: int) -> pd.Series:
    mean, std = s.rolling(n).mean(), s.rolling(n).std()
    z = (s - mean) / std
    z[std == 0] = 0
    return z
#> zscore(pd.Series([1.0, 2.0, 4.0]), 2)

#: fill_from_other
import pandas as pd

def fill_from(df, other, cols):
    for c in cols:
        df[c].update(other[c])
    return df[cols]
#> fill_from(pd.DataFrame({"a": [1.0]}), pd.DataFrame({"a": [2.0]}), ["a"])

#: combine_first
import pandas as pd

def fill_from(df, other):
    df = df.combine_first(other)
    df["filled"] = True
    return df
#> fill_from(pd.DataFrame({"a": [None]}), pd.DataFrame({"a": [2.0]}))

#: multiindex_levels
import pandas as pd

def flatten(df):
    agg = df.groupby("k").agg({"v": ["mean", "max"]})
    agg.columns = ["_".join(c) for c in agg.columns]
    return agg.reset_index()
#> flatten(pd.DataFrame({"k": [1, 1], "v": [1, 2]}))

#: sort_values_inplace_subset
import pandas as pd

def top(df, n):
    sub = df[df["v"] > 0]
    sub = sub.sort_values("v", ascending=False)
    sub.reset_index(drop=True, inplace=True)
    return sub.head(n)
#> top(pd.DataFrame({"v": [1, 2]}), 1)

#: numpy_where_tuple
import numpy as np

def first_true(mask):
    hits = np.where(mask)[0]
    hits.sort()
    return hits[0] if len(hits) else -1
#> first_true(np.array([False, True]))

#: partition_indices
import numpy as np

def split(n, frac, seed):
    idx = np.arange(n)
    np.random.default_rng(seed).shuffle(idx)
    cut = int(n * frac)
    return idx[:cut], idx[cut:]
#> split(10, 0.5, 0)

#: einsum_in_place_diag
import numpy as np

def zero_diag(A):
    np.einsum("ii->i", A)[:] = 0
    return A
#> zero_diag(np.ones((2, 2)))

#: lu_like
import numpy as np

def eliminate(A, b):
    A = A.astype(float).copy()
    b = b.astype(float)
    n = len(b)
    for i in range(n):
        b[i] /= A[i, i]
        A[i] /= A[i, i]
        for j in range(i + 1, n):
            b[j] -= A[j, i] * b[i]
            A[j] -= A[j, i] * A[i]
    return A, b
#> eliminate(np.array([[2, 1], [1, 3]]), np.array([1, 2]))

#: lu_in_place
import numpy as np

def eliminate(A, b):
    n = len(b)
    for i in range(n):
        for j in range(i + 1, n):
            f = A[j, i] / A[i, i]
            A[j] -= f * A[i]
            b[j] -= f * b[i]
#> eliminate(np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0]))

#: ufunc_at_on_copy
import numpy as np

def bump(counts, idx):
    counts = np.array(counts, copy=True)
    np.add.at(counts, idx, 1)
    return counts
#> bump(np.zeros(3), [0])

#: split_views
import numpy as np

def halves(x):
    a, b = np.split(x, 2)
    a[:] = 0
    return b
#> halves(np.arange(4))

#: vstack_of_views
import numpy as np

def halves(x):
    a, b = np.split(x, 2)
    both = np.vstack([a, b])
    both[0] = 0
    return both
#> halves(np.arange(4))

#: json_default_function
import json
import datetime as dt

def dump(obj):
    def default(o):
        if isinstance(o, dt.date):
            return o.isoformat()
        raise TypeError
    return json.dumps(obj, default=default)
#> dump({"d": dt.date(2024, 1, 1)})

#: csv_dict_writer
import csv
import io

def to_csv(rows):
    out = io.StringIO()
    w = csv.DictWriter(out, fieldnames=sorted(rows[0]))
    w.writeheader()
    w.writerows(rows)
    return out.getvalue()
#> to_csv([{"a": 1}])

#: csv_to_handle
import csv
import io

def write_rows(handle, rows):
    w = csv.writer(handle)
    w.writerows(rows)
    return len(rows)
#> write_rows(io.StringIO(), [[1]])

#: string_template
from string import Template

def letter(name):
    return Template("Dear $name").substitute(name=name)
#> letter("a")

#: path_rename
from pathlib import Path

def archive(path):
    p = Path(path)
    target = p.with_suffix(".bak")
    p.rename(target)
    return target.name
#> archive("notes.txt")

#: path_rename_plan
from pathlib import Path

def plan(paths):
    return {str(p): str(Path(p).with_suffix(".bak")) for p in paths}
#> plan(["a.txt"])

#: env_overlay
import os

def child_env(extra):
    env = os.environ.copy()
    env.update(extra)
    return env
#> child_env({"A": "1"})

#: cwd_context
import os
from contextlib import contextmanager

@contextmanager
def inside(folder):
    old = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(old)

def list_in(folder):
    with inside(folder):
        return sorted(os.listdir("."))
#> list_in(".")

#: logger_child
import logging

def get_logger(name):
    logger = logging.getLogger(name)
    if not logger.handlers:
        logger.addHandler(logging.StreamHandler())
    logger.setLevel(logging.INFO)
    return logger
#> get_logger("shop.orders")

#: decimal_context
from decimal import Decimal, localcontext

def precise(a, b):
    with localcontext() as ctx:
        ctx.prec = 5
        return Decimal(a) / Decimal(b)
#> precise(1, 3)

#: queue_local
import queue

def drain(items):
    q = queue.Queue()
    for it in items:
        q.put(it)
    out = []
    while not q.empty():
        out.append(q.get())
    return out
#> drain([1])

#: threads_fill
import threading

def parallel_fill(n):
    out = [None] * n
    def work(i):
        out[i] = i * i
    ts = [threading.Thread(target=work, args=(i,)) for i in range(n)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    return out
#> parallel_fill(2)

#: regex_sub_callback
import re

def number(text):
    count = 0
    def repl(m):
        nonlocal count
        count += 1
        return f"{count}"
    return re.sub(r"#", repl, text)
#> number("# #")

#: bisect_insert
import bisect

def insert_sorted(xs, x):
    bisect.insort(xs, x)
    return xs.index(x)
#> insert_sorted([1, 3], 2)

#: bisect_lookup
import bisect

def grade(score, cuts=(60, 70, 80), letters="DCBA"):
    return letters[bisect.bisect(cuts, score)]
#> grade(75)
