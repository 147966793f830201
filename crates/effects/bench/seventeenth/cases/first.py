#: hotel_occupancy
import pandas as pd

def occupancy(bookings: pd.DataFrame, rooms: int) -> pd.Series:
    nights = bookings["checkout"] - bookings["checkin"]
    bookings["nights"] = nights.dt.days
    per_day = bookings.groupby("checkin")["nights"].sum()
    return per_day / rooms
#> occupancy(pd.DataFrame({"checkin": pd.to_datetime(["2020-01-01"]), "checkout": pd.to_datetime(["2020-01-03"])}), 3)

#: groupby_transform_back
def demean(df, key, col):
    means = df.groupby(key)[col].transform("mean")
    return df[col] - means
#> demean(__import__("pandas").DataFrame({"k": [1, 1], "v": [1.0, 2.0]}), "k", "v")

#: view_of_row_block
import numpy as np

def zero_border(img):
    top = img[0]
    bottom = img[-1]
    top[:] = 0
    bottom[...] = 0
    img.T[0] = 0
    return img.sum()
#> zero_border(np.ones((4, 4)))

#: fancy_index_is_copy
import numpy as np

def shuffle_rows(m, order):
    picked = m[order]
    picked[0] = -1
    return picked
#> shuffle_rows(np.ones((3, 2)), [2, 0])

#: boolean_mask_then_inplace
import numpy as np

def winsor(x, lo, hi):
    mask = x > hi
    part = x[mask]
    part -= 1
    return part.mean() + lo
#> winsor(np.array([1.0, 5.0]), 0, 2)

#: ravel_writes_through
import numpy as np

def flatten_and_mark(grid):
    flat = grid.ravel()
    flat[::2] = 9
    return flat
#> flatten_and_mark(np.zeros((2, 2)))

#: flatten_is_copy
import numpy as np

def flatten_and_mark(grid):
    flat = grid.flatten()
    flat[::2] = 9
    return flat
#> flatten_and_mark(np.zeros((2, 2)))

#: series_values_write
import pandas as pd

def clip_values(s: pd.Series, top):
    raw = s.values
    raw[raw > top] = top
    return s
#> clip_values(pd.Series([1.0, 9.0]), 5)

#: to_numpy_copy
import pandas as pd

def clip_values(s: pd.Series, top):
    raw = s.to_numpy(copy=True)
    raw[raw > top] = top
    return raw
#> clip_values(pd.Series([1.0, 9.0]), 5)

#: zipfile_members
import zipfile

def members(path, suffix=".csv"):
    with zipfile.ZipFile(path) as z:
        return [i.filename for i in z.infolist() if i.filename.endswith(suffix)]

def bundle(paths, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as z:
        for p in paths:
            z.write(p, arcname=p.upper())
    return members(target)
#> bundle(["data.csv"], "out.zip")

#: sqlite_upsert
import sqlite3

def save_prices(conn, rows):
    conn.execute("create table if not exists p (k text, v real)")
    conn.executemany("insert into p values (?, ?)", rows)
    conn.commit()
    return conn.execute("select count(*) from p").fetchone()[0]
#> save_prices(sqlite3.connect(":memory:"), [("a", 1.0)])

#: csv_dictwriter_to_buffer
import csv
import io

def to_csv(rows):
    buf = io.StringIO()
    w = csv.DictWriter(buf, fieldnames=sorted(rows[0]))
    w.writeheader()
    w.writerows(rows)
    return buf.getvalue()
#> to_csv([{"b": 1, "a": 2}])

#: csv_reader_of_given_handle
import csv

def read_totals(fh):
    total = 0.0
    for row in csv.DictReader(fh):
        total += float(row["b"])
    return total
#> read_totals(open("data.csv"))

#: pathlib_touch_rename
from pathlib import Path

def rotate_logs(folder, keep=3):
    logs = sorted(Path(folder).glob("*.txt"))
    for i, p in enumerate(logs):
        p.rename(p.with_suffix(f".{i}"))
    return len(logs) > keep
#> rotate_logs(".")

#: pathlib_pure_parts
from pathlib import Path

def out_name(path, stage):
    p = Path(path)
    return p.parent / stage / f"{p.stem}_{stage}{p.suffix}"
#> out_name("a/b.csv", "clean")

#: json_roundtrip_settings
import json

def bump_version(path):
    with open(path) as f:
        cfg = json.load(f)
    cfg["version"] = cfg.get("version", 0) + 1
    with open(path, "w") as f:
        json.dump(cfg, f, indent=2)
    return cfg["version"]
#> bump_version("data.json")

#: subprocess_capture
import subprocess

def git_like(args):
    out = subprocess.run(["echo", *args], capture_output=True, text=True, check=True)
    return out.stdout.strip()
#> git_like(["a"])

#: retry_with_sleep
import time

def retry(fn, attempts=2, wait=0.001):
    for i in range(attempts):
        try:
            return fn()
        except ValueError:
            time.sleep(wait)
    return None

def parse_number(text):
    return retry(lambda: int(text))
#> parse_number("x")

#: stopwatch_context
import time
from contextlib import contextmanager

@contextmanager
def stopwatch(store, key):
    start = time.perf_counter()
    try:
        yield
    finally:
        store[key] = time.perf_counter() - start

def timed_sum(xs, timings):
    with stopwatch(timings, "sum"):
        return sum(xs)
#> timed_sum([1, 2], {})

#: thread_lock_counter
import threading

_lock = threading.Lock()
_seen = {}

def record(key):
    with _lock:
        _seen[key] = _seen.get(key, 0) + 1
        return _seen[key]
#> record("a")

#: property_caches_on_self
class Report:
    def __init__(self, rows):
        self.rows = rows
        self._total = None

    @property
    def total(self):
        if self._total is None:
            self._total = sum(r["x"] for r in self.rows)
        return self._total

def share(report, x):
    return x / report.total
#> share(Report([{"x": 2}]), 1)

#: cached_property_on_given
from functools import cached_property

class Doc:
    def __init__(self, text):
        self.text = text

    @cached_property
    def words(self):
        return self.text.split()

def word_count(doc):
    return len(doc.words)
#> word_count(Doc("a b"))

#: getitem_with_counting
class Table:
    def __init__(self, rows):
        self.rows = rows
        self.hits = 0

    def __getitem__(self, i):
        self.hits += 1
        return self.rows[i]

def first_two(table):
    return table[0] + table[1]
#> first_two(Table([1, 2]))

#: iadd_dunder_returns_self
class Tally:
    def __init__(self):
        self.items = []

    def __iadd__(self, other):
        self.items.append(other)
        return self

def collect(tally, xs):
    for x in xs:
        tally += x
    return len(tally.items)
#> collect(Tally(), [1])

#: add_dunder_new
class Money:
    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        return Money(self.v + other.v)

def collect(start, xs):
    for x in xs:
        start += x
    return start.v
#> collect(Money(1), [Money(2)])

#: lru_cache_pure_fib
from functools import lru_cache

def fib_table(n):
    @lru_cache(maxsize=None)
    def fib(k):
        return k if k < 2 else fib(k - 1) + fib(k - 2)
    return [fib(i) for i in range(n)]
#> fib_table(5)

#: groupby_itertools
from itertools import groupby
from operator import itemgetter

def by_day(events):
    events.sort(key=itemgetter("day"))
    return {k: list(g) for k, g in groupby(events, key=itemgetter("day"))}
#> by_day([{"day": 2}, {"day": 1}])

#: groupby_itertools_sorted
from itertools import groupby
from operator import itemgetter

def by_day(events):
    ordered = sorted(events, key=itemgetter("day"))
    return {k: list(g) for k, g in groupby(ordered, key=itemgetter("day"))}
#> by_day([{"day": 2}, {"day": 1}])

#: islice_consumes
from itertools import islice

def peek(it, n):
    return list(islice(it, n))
#> peek(iter([1, 2, 3]), 2)

#: dataclass_replace
from dataclasses import dataclass, replace, field

@dataclass(frozen=True)
class Config:
    lr: float = 0.1
    tags: list = field(default_factory=list)

def warm(cfg, factor):
    return replace(cfg, lr=cfg.lr * factor)
#> warm(Config(), 2)

#: dataclass_shared_list
from dataclasses import dataclass, replace, field

@dataclass
class Config:
    lr: float = 0.1
    tags: list = field(default_factory=list)

def tagged(cfg, tag):
    new = replace(cfg, lr=1.0)
    new.tags.append(tag)
    return new
#> tagged(Config(), "a")

#: enum_lookup
from enum import Enum

class Grade(Enum):
    LOW = 1
    HIGH = 2

def grade(score):
    return Grade.HIGH.name if score > 50 else Grade(1).name.lower()
#> grade(60)

#: regex_sub_with_callback
import re

def mask(text, seen):
    def repl(m):
        seen.append(m.group(0))
        return "*" * len(m.group(0))
    return re.sub(r"\d+", repl, text)
#> mask("a 12", [])

#: regex_sub_pure
import re

PATTERN = re.compile(r"(?P<h>\d+):(?P<m>\d+)")

def minutes(text):
    m = PATTERN.search(text)
    if m is None:
        return None
    return int(m["h"]) * 60 + int(m.group("m"))
#> minutes("10:30")

#: date_range_business
import datetime as dt

def next_workday(day):
    day += dt.timedelta(days=1)
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    return day
#> next_workday(dt.date(2020, 1, 3))

#: today_default
import datetime as dt

def age(born, on=None):
    on = on or dt.date.today()
    return (on - born).days // 365
#> age(dt.date(2000, 1, 1))

#: networkx_weights
import networkx as nx

def relabel_weights(g, factor):
    for u, v, data in g.edges(data=True):
        data["weight"] = data.get("weight", 1) * factor
    return nx.shortest_path_length(g, 0, 2, weight="weight")
#> relabel_weights(nx.path_graph(3), 2)

#: networkx_subgraph_copy
import networkx as nx

def core(g, k):
    h = g.copy()
    low = [n for n, d in h.degree() if d < k]
    h.remove_nodes_from(low)
    return sorted(h.nodes)
#> core(nx.path_graph(3), 2)

#: matplotlib_ax_given
import matplotlib.pyplot as plt

def draw(ax, xs, ys, title="t"):
    line, = ax.plot(xs, ys)
    line.set_linewidth(3)
    ax.set(title=title, xlabel="x")
    return ax
#> draw(plt.subplots()[1], [1, 2], [1, 2])

#: matplotlib_new_figure_saved
import matplotlib.pyplot as plt

def save_hist(values, path):
    fig, ax = plt.subplots(figsize=(3, 2))
    ax.hist(values, bins=3)
    fig.savefig(path)
    plt.close(fig)
#> save_hist([1, 2, 2], "h.png")

#: rc_context_only
import matplotlib as mpl

def dpi():
    with mpl.rc_context({"figure.dpi": 50}):
        return mpl.rcParams["figure.dpi"]
#> dpi()

#: scaler_fit_given
from sklearn.preprocessing import StandardScaler

def scale(train, test, scaler=None):
    scaler = scaler or StandardScaler()
    a = scaler.fit_transform(train)
    b = scaler.transform(test)
    return a, b
#> scale([[1.0], [2.0]], [[3.0]], StandardScaler())

#: clone_then_fit
from sklearn.base import clone
from sklearn.linear_model import LinearRegression

def fit_copies(model, sets):
    fitted = []
    for X, y in sets:
        m = clone(model)
        fitted.append(m.fit(X, y).coef_[0])
    return fitted
#> fit_copies(LinearRegression(), [([[1.0], [2.0]], [1.0, 2.0])])

#: partial_fit_stream
from sklearn.linear_model import SGDClassifier
import numpy as np

def stream(clf, batches):
    for X, y in batches:
        clf.partial_fit(X, y, classes=[0, 1])
    return clf
#> stream(SGDClassifier(random_state=0), [(np.array([[0.0], [1.0]]), [0, 1])])

#: pipeline_set_params
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import Ridge

def tune(pipe, alphas, X, y):
    best, score = None, float("-inf")
    for a in alphas:
        pipe.set_params(ridge__alpha=a).fit(X, y)
        s = pipe.score(X, y)
        if s > score:
            best, score = a, s
    return best
#> tune(make_pipeline(StandardScaler(), Ridge()), [0.1], [[1.0], [2.0]], [1.0, 2.0])

#: cross_val_no_change
from sklearn.model_selection import cross_val_score
from sklearn.linear_model import Ridge
import numpy as np

def evaluate(model, X, y):
    scores = cross_val_score(model, X, y, cv=2)
    return float(np.mean(scores))
#> evaluate(Ridge(), np.arange(8.0).reshape(4, 2), np.arange(4.0))

#: rng_given
import numpy as np

def bootstrap(rng, data, n):
    idx = rng.integers(0, len(data), size=(n, len(data)))
    return data[idx].mean(axis=1)
#> bootstrap(np.random.default_rng(0), np.array([1.0, 2.0]), 3)

#: rng_global_choice
import random

def sample_names(names, k):
    random.shuffle(names)
    return names[:k]
#> sample_names(list("abcdefghijklmnop"), 1)

#: rng_local_seeded
import random

def sample_names(names, k, seed):
    r = random.Random(seed)
    return r.sample(names, k)
#> sample_names(["a", "b"], 1, 3)

#: warn_and_filter
import warnings

def quiet_ratio(a, b):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if b == 0:
            warnings.warn("zero")
            return 0.0
        return a / b
#> quiet_ratio(1, 0)

#: logger_module_level
import logging

log = logging.getLogger("jobs.load")

def load(rows):
    kept = [r for r in rows if r]
    if len(kept) < len(rows):
        log.warning("dropped %d", len(rows) - len(kept))
    return kept
#> load([1, 0])

#: env_with_default
import os

def data_dir(sub):
    base = os.environ.get("DATA_DIR", ".")
    return os.path.join(base, sub)
#> data_dir("a")

#: mutable_default_memo
def steps(n, memo={1: 0}):
    if n not in memo:
        memo[n] = 1 + steps(n // 2 if n % 2 == 0 else 3 * n + 1)
    return memo[n]
#> steps(6)

#: callback_runs_on_items
def each(items, fn):
    for it in items:
        fn(it)

def mark_all(rows):
    def mark(r):
        r["done"] = True
    each(rows, mark)
#> mark_all([{"a": 1}])

#: closure_accumulator_factory
def make_acc(start):
    total = start
    def add(x):
        nonlocal total
        total += x
        return total
    return add

def running(xs):
    acc = make_acc(0)
    return [acc(x) for x in xs]
#> running([1, 2])

#: decorator_counts_calls
import functools

def counted(fn):
    @functools.wraps(fn)
    def inner(*a, **k):
        inner.calls += 1
        return fn(*a, **k)
    inner.calls = 0
    return inner

@counted
def area(w, h):
    return w * h
#> area(2, 3)

#: iterrows_write_is_lost
def label(df):
    for i, row in df.iterrows():
        row["a"] = row["a"] + 1
    return len(df)
#> label(__import__("pandas").DataFrame({"a": [1, 2], "b": ["x", "y"]}))

#: itertuples_and_at
def label(df, limit):
    for row in df.itertuples():
        if row.a > limit:
            df.at[row.Index, "flag"] = True
    return df
#> label(__import__("pandas").DataFrame({"a": [1, 2]}), 1)

#: nested_setdefault
def tree(paths):
    root = {}
    for p in paths:
        node = root
        for part in p.split("/"):
            node = node.setdefault(part, {})
    return root
#> tree(["a/b", "a/c"])

#: nested_setdefault_given
def tree_into(root, paths):
    for p in paths:
        node = root
        for part in p.split("/"):
            node = node.setdefault(part, {})
        node.setdefault("leaves", []).append(p)
#> tree_into({}, ["a/b"])

#: param_call_unknown
def apply_twice(fn, x):
    return fn(fn(x))

def plus_two(x):
    return apply_twice(lambda v: v + 1, x)
#> plus_two(1)
